"""Workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods) through python-calamine."""

from __future__ import annotations

import io
from typing import Any

from skm.errors import UnreadableFileError
from skm.io._grid import Lembar


def read_workbook(content: bytes, name: str) -> list[Lembar]:
    """Return the visible sheets of a workbook that hold anything.

    Raises
    ------
    UnreadableFileError
        The file is no workbook, is damaged or is protected by a password.
    """
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_object(io.BytesIO(content))
    except calamine.PasswordError:
        raise UnreadableFileError("buku-bersandi", berkas=name) from None
    except calamine.CalamineError as problem:
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=_cause(problem)) from None
    sheets = []
    for meta in book.sheets_metadata:
        if meta.visible != calamine.SheetVisibleEnum.Visible or meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=False)
        kept = [[_cell(cell) for cell in row] for row in rows]
        if any(cell is not None for row in kept for cell in row):
            sheets.append(Lembar(meta.name, kept, range(1, len(kept) + 1)))
    if not sheets:
        raise UnreadableFileError("berkas-kosong", berkas=name)
    return sheets


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell


def _cause(problem: Exception) -> str:
    return str(problem).splitlines()[0][:120]
