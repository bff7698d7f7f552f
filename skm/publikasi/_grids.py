"""Files with tables -> grids of cells: xlsx, xls, ods, CSV, Word. A cell keeps the decimals that it shows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.basics.errors import MissingDependencyError, UnreadableFileError
from skm.basics.files import decode, read_bytes


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a table: rows of cells, each text, int, float, date or None."""

    nama: str
    baris: tuple[tuple[Any, ...], ...]


WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")


def read_grids(path: Path) -> list[Grid]:
    """Return the tables of a file.

    Raises
    ------
    UnreadableFileError
        The file is not there or not in its format.
    MissingDependencyError
        python-docx is needed for Word files.
    """
    content = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        return _excel(content, path.name)
    if suffix in (".xls", ".ods"):
        return _calamine(content, path.name)
    if suffix == ".docx":
        return _word(content, path.name)
    return [Grid(path.stem, _delimited(decode(content)))]


def _excel(content: bytes, name: str) -> list[Grid]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    sheets = []
    for sheet in book.worksheets:
        rows = tuple(tuple(_shown(cell.value, cell.number_format) for cell in row) for row in sheet.iter_rows())
        sheets.append(Grid(sheet.title, rows))
    return sheets


def _shown(value: Any, style: str) -> Any:
    """Return a number as the sheet shows it, where its format fixes the decimals.

    >>> _shown(3.4, "0.00"), _shown(0.5279, "0.00%"), _shown(3.4, "General")
    ('3.40', '52.79%', 3.4)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value.strip() if isinstance(value, str) else value
    match = re.search(r"0(?:\.(0+))?(?![#,])(%?)", style.split(";", 1)[0])
    if match is None or style.lower() in ("general", "@"):
        return value
    places = len(match[1] or "")
    number = Decimal(repr(value)) * (100 if match[2] else 1)
    if places == 0 and not match[2] and number != int(number):
        return value
    from skm.basics.numbers import round_half_up

    return f"{round_half_up(number, places):f}{match[2]}"


def _calamine(content: bytes, name: str) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [(sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in book.sheet_names]
    except (CalamineError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    return [Grid(sheet, tuple(tuple(None if x == "" else x for x in row) for row in rows)) for sheet, rows in grids]


def _word(content: bytes, name: str) -> list[Grid]:
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as problem:
        raise MissingDependencyError("publikasi-perlu-docx", berkas=name) from problem
    try:
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    return [
        Grid(f"tabel {i}", tuple(tuple(cell.text.strip() or None for cell in row.cells) for row in table.rows))
        for i, table in enumerate(document.tables, start=1)
    ]


def _delimited(text: str) -> tuple[tuple[Any, ...], ...]:
    """Split at the mark that gives the most columns: with decimal commas that is never the comma by chance."""
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[:20]
    mark = max(
        (";", "\t", "|", ","),
        key=lambda m: (sum(line.count(m) > 0 for line in head), sum(line.count(m) for line in head) * (m != ",")),
    )
    rows = csv.reader(lines, delimiter=mark)
    return tuple(tuple(cell.strip() or None for cell in row) for row in rows)


def cell_text(value: Any) -> str:
    """Return a cell as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
