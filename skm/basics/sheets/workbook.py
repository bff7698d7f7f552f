"""Workbooks (.xlsx, .xlsm, .xls, .ods) through python-calamine, after a look at what they really hold."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.sheets.grid import Sheet, SheetFacts, is_empty
from skm.basics.sheets.guard import inspect
from skm.basics.sheets.percent import Places, as_shown, percent_cells

_ZIP = b"PK\x03\x04"


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """Return the visible sheets of a workbook that hold anything.

    Raises
    ------
    UnreadableFileError
        The file is no workbook, is damaged, is protected by a password, or is too large to be a survey.
    """
    import python_calamine as calamine

    zipped = content.startswith(_ZIP)
    facts = inspect(content, name) if zipped else {}
    percent = percent_cells(content, name) if zipped else {}
    try:
        book = calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        sheets, hidden = [], []
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(meta.name)
                continue
            sheet = _sheet(book, meta.name, facts.get(meta.name, SheetFacts(buta=not zipped)))
            if sheet is not None and percent.get(meta.name):
                _show_percent(sheet, percent[meta.name])
            if sheet is not None:
                sheets.append(sheet)
    except calamine.PasswordError:
        raise UnreadableFileError("buku-bersandi", berkas=name) from None
    except calamine.CalamineError as problem:
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=_cause(problem)) from None
    except BaseException as problem:
        # A panic inside the reader arrives as PanicException, which is no Exception: a damaged file, no crash.
        if type(problem).__name__ != "PanicException":
            raise
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=_cause(problem)) from None
    if not sheets:
        raise UnreadableFileError("lembar-tersembunyi" if hidden else "berkas-kosong", berkas=name, tersembunyi=hidden)
    return sheets


def _sheet(book: Any, title: str, facts: SheetFacts) -> Sheet | None:
    sheet = book.get_sheet_by_name(title)
    if sheet.start is None:
        return None
    rows = sheet.to_python(skip_empty_area=True)
    if all(is_empty(cell) for row in rows for cell in row):
        return None
    first_row, first_column = sheet.start
    merged = tuple((a + 1, b, c + 1, d) for (a, b), (c, d) in (sheet.merged_cell_ranges or ()))
    numbers = range(first_row + 1, first_row + 1 + len(rows))
    return Sheet(title, rows, numbers, True, first_column, replace(facts, gabungan=merged))


def _show_percent(sheet: Sheet, places: Places) -> None:
    """Put what a percent format shows in place of the number behind it."""
    first = sheet.nomor[0]
    for row, column in places:
        i, j = row - first, column - sheet.kolom_awal
        if 0 <= i < len(sheet.baris) and 0 <= j < len(sheet.baris[i]):
            sheet.baris[i][j] = as_shown(sheet.baris[i][j])


def _cause(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:120]
