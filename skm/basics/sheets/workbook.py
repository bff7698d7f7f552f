"""Workbooks through python-calamine: .xlsx and .ods after a look at what they hold, .xls and .xlsb in a child."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from skm.basics.child import read_in_child
from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit
from skm.basics.sheets.archive import ZIP, Archive, damaged
from skm.basics.sheets.choices import with_choices
from skm.basics.sheets.extent import Extent, refuse_wide
from skm.basics.sheets.grid import Cell, Sheet, SheetFacts, is_empty
from skm.basics.sheets.guard import inspect
from skm.basics.sheets.percent import Places, as_shown, percent_cells

_CHILD = Path(__file__).with_name("sheet_child.py")
_TIMES = {"w": datetime.fromisoformat, "t": date.fromisoformat, "j": time.fromisoformat}


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """Return the visible sheets of a workbook that hold anything.

    Raises
    ------
    UnreadableFileError
        The file is no workbook, is damaged, is protected by a password, or is too large to be a survey.
    """
    sheets, hidden = _read(content, name)
    if not sheets:
        titles = [sheet.nama for sheet in hidden]
        raise UnreadableFileError("lembar-tersembunyi" if hidden else "berkas-kosong", berkas=name, tersembunyi=titles)
    return sheets


def read_whole_sheets(content: bytes, name: str) -> dict[str, list[list[Cell]]]:
    """Return all sheets, hidden ones too, with every row and column from A1 on; for forms, where places count.

    Raises
    ------
    UnreadableFileError
        As `read_workbook`.
    """
    found = {}
    for sheet in (part for kind in _read(content, name) for part in kind):
        rows: list[list[Cell]] = [[] for _ in range(sheet.nomor[0] - 1)] if len(sheet.nomor) else []
        rows += [[""] * sheet.kolom_awal + row for row in sheet.baris]
        found[sheet.nama] = rows
    return found


def _read(content: bytes, name: str) -> tuple[list[Sheet], list[Sheet]]:
    """Return visible and hidden sheets that hold anything."""
    archive = Archive(content, name) if content.startswith(ZIP) else None
    facts = None if archive is None else inspect(archive, name)
    if archive is None or facts is None:
        return _in_child(content, name)
    percent = percent_cells(archive, name)
    import python_calamine as calamine

    sheets: list[Sheet] = []
    hidden: list[Sheet] = []
    total = 0
    try:
        book = calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            opened = book.get_sheet_by_name(meta.name)
            if opened.start is None:
                continue
            total = _bounded(name, meta.name, opened.height, opened.width, total)
            merged = [(*a, *b) for a, b in (opened.merged_cell_ranges or ())]
            rows = opened.to_python(skip_empty_area=True)
            sheet = _sheet(meta.name, rows, opened.start, merged, facts.get(meta.name, SheetFacts()))
            if sheet is not None:
                _show_percent(sheet, percent.get(meta.name, frozenset()))
                (sheets if meta.visible == calamine.SheetVisibleEnum.Visible else hidden).append(sheet)
    except calamine.PasswordError:
        raise UnreadableFileError("buku-bersandi", berkas=name) from None
    except calamine.CalamineError as problem:
        raise damaged(problem, name) from None
    except BaseException as problem:
        # A panic inside the reader arrives as PanicException, which is no Exception: a damaged file, no crash.
        if type(problem).__name__ != "PanicException":
            raise
        raise damaged(problem, name) from None
    return with_choices(archive, name, sheets, [*sheets, *hidden]), hidden


def _in_child(content: bytes, name: str) -> tuple[list[Sheet], list[Sheet]]:
    answer = read_in_child(_CHILD, content, name, ".xls")
    if "bersandi" in answer:
        raise UnreadableFileError("buku-bersandi", berkas=name)
    if wide := answer.get("terlalu_luas"):
        refuse_wide(name, wide["lembar"], Extent(wide["baris"], wide["kolom"]), wide["sel"], "sel")
    if "galat" in answer:
        cause = (str(answer["galat"]).splitlines() or ["?"])[0][:120]
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=cause)
    kinds = []
    for key in ("lembar", "tersembunyi"):
        found = []
        for part in answer[key]:
            rows = [[_cell(value) for value in row] for row in part["baris"]]
            sheet = _sheet(part["nama"], rows, part["awal"], part["gabungan"], SheetFacts(buta=True))
            found += [sheet] if sheet is not None else []
        kinds.append(found)
    return kinds[0], kinds[1]


def _cell(value: Any) -> Cell:
    if not isinstance(value, list):
        return value
    kind, *rest = value
    return timedelta(*rest) if kind == "d" else _TIMES[kind](rest[0])


def _bounded(name: str, title: str, height: int, width: int, total: int) -> int:
    """Return the cells so far; the guard has measured them, and what it measured is what is opened."""
    total += height * width
    if total > limit("sel"):
        refuse_wide(name, title, Extent(height, width), total, "sel")
    return total


def _sheet(
    title: str, rows: list[list[Cell]], start: Sequence[int], merged: Sequence[Sequence[int]], facts: SheetFacts
) -> Sheet | None:
    if all(is_empty(cell) for row in rows for cell in row):
        return None
    places = tuple((a + 1, b, c + 1, d) for a, b, c, d in merged)
    numbers = range(start[0] + 1, start[0] + 1 + len(rows))
    return Sheet(title, rows, numbers, True, start[1], replace(facts, gabungan=places))


def _show_percent(sheet: Sheet, places: Places) -> None:
    """Put what a percent format shows in place of the number behind it."""
    first = sheet.nomor[0]
    for row, column in places:
        i, j = row - first, column - sheet.kolom_awal
        if 0 <= i < len(sheet.baris) and 0 <= j < len(sheet.baris[i]):
            sheet.baris[i][j] = as_shown(sheet.baris[i][j])
