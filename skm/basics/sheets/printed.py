"""Files with printed figures -> grids of cells: xlsx, xls, ods, CSV, Word. A cell keeps the decimals that it shows.

The same guard looks first as for respondents; only the decoder is another (openpyxl), because the one for respondents
does not tell how a number is shown.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.files import decode, refuse_large
from skm.basics.limits import is_far, limit
from skm.basics.packages import need
from skm.basics.sheets.archive import ZIP, Archive, damaged
from skm.basics.sheets.extent import parse
from skm.basics.sheets.guard import inspect
from skm.basics.sheets.parts import pieces_of_xml
from skm.basics.sheets.workbook import read_whole_sheets

_SHOWN = re.compile(r"0(?:\.(0+))?(?![#,])(%?)")
_WIDEST = 1_000  # columns that one cell of a printed table may span
_SPANS = ("gridSpan", "gridBefore", "gridAfter")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a table: rows of cells, each text, int, float, date or None."""

    nama: str
    baris: tuple[tuple[Any, ...], ...]


def read_printed(content: bytes, name: str, suffix: str) -> list[Grid]:
    """Return the tables of a file.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.
    suffix : str
        Its ending in small letters: ".docx" is a Word document; other files are what their bytes are.

    Raises
    ------
    UnreadableFileError
        The file is damaged, protected or beyond the limits.
    MissingDependencyError
        python-docx is needed for Word files.
    """
    if suffix == ".docx":
        return _word(content, name)
    if not content.startswith(ZIP):
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            return _whole(content, name)
        return [Grid(name.rpartition(".")[0] or name, _delimited(content, name))]
    facts = inspect(content, name, cells="sel-tercetak")
    if facts is None or suffix == ".ods":
        return _whole(content, name)
    return _excel(content, name)


def _whole(content: bytes, name: str) -> list[Grid]:
    sheets = read_whole_sheets(content, name)
    return [
        Grid(title, tuple(tuple(None if x == "" else x for x in row) for row in rows)) for title, rows in sheets.items()
    ]


def _excel(content: bytes, name: str) -> list[Grid]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        return [Grid(sheet.title, tuple(_rows(sheet))) for sheet in book.worksheets]
    except UnreadableFileError:
        raise
    except (Exception, RecursionError) as problem:
        # openpyxl trusts what stands in a file: whatever it stumbles over is the file's.
        raise damaged(problem, name) from None


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says about its size is not asked; the guard has measured it
    rows = [tuple(_shown(cell.value, getattr(cell, "number_format", "General")) for cell in row) for row in sheet.rows]
    width = max(map(len, rows), default=0)
    yield from (row + (None,) * (width - len(row)) for row in rows)


def _shown(value: Any, style: str) -> Any:
    """Return a number as the sheet shows it, where its format fixes the decimals.

    >>> _shown(3.4, "0.00"), _shown(0.5279, "0.00%"), _shown(3.4, "General")
    ('3.40', '52.79%', 3.4)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value.strip() if isinstance(value, str) else value
    match = _SHOWN.search(str(style)[:255].split(";", 1)[0])
    if match is None or str(style).lower() in ("general", "@"):
        return value
    places = min(len(match[1] or ""), 15)
    number = Decimal(repr(value)) * (100 if match[2] else 1)
    if not number.is_finite() or is_far(number) or (places == 0 and not match[2] and number != int(number)):
        return value
    from skm.basics.numbers import round_half_up

    return f"{round_half_up(number, places):f}{match[2]}"


def _word(content: bytes, name: str) -> list[Grid]:
    tables = [block for block in word_blocks(content, name) if not isinstance(block, str)]
    return [Grid(f"tabel {i}", rows) for i, rows in enumerate(tables, start=1)]


def word_blocks(content: bytes, name: str) -> list[str | tuple[tuple[Any, ...], ...]]:
    """Return a Word document's paragraphs and the rows of its tables, in the order in which they stand.

    A merged cell stands in every place that it covers.

    Raises
    ------
    UnreadableFileError
        The file is damaged or beyond the limits.
    MissingDependencyError
        python-docx is needed.
    """
    docx = need("docx")
    _inspect_word(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        return [
            tuple(tuple(cell.text.strip() or None for cell in row.cells) for row in block.rows)
            if hasattr(block, "rows")
            else block.text.strip()
            for block in document.iter_inner_content()
        ]
    except (Exception, RecursionError) as problem:
        # python-docx trusts what stands in a file: whatever it stumbles over is the file's.
        raise damaged(problem, name) from None


def _inspect_word(content: bytes, name: str) -> None:
    """Refuse a Word document whose tables span more columns than there are cells to print."""
    if not content.startswith(ZIP):
        raise UnreadableFileError("buku-rusak", berkas=name, sebab="bukan .docx")
    archive = Archive(content, name)
    elements = spans = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal elements, spans
        elements += 1
        if tag.rpartition(":")[2] in _SPANS:
            text = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "val"), "1")
            wide = int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else limit("sel-tercetak")
            spans += wide if wide <= _WIDEST else limit("sel-tercetak") + 1
        if elements > limit("sel-tercetak") * 2 or spans > limit("sel-tercetak") // 5:
            raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("sel-tercetak"))

    for member in archive.members:
        if member.name.endswith((".xml", ".rels")):
            parse(pieces_of_xml(archive, member, name), name, start)


def _delimited(content: bytes, name: str) -> tuple[tuple[Any, ...], ...]:
    """Split at the mark that gives the most columns: with decimal commas that is never the comma by chance."""
    refuse_large(len(content), "teks-tercetak", name)
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name) from None
    if "\x00" in text:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name)
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[:20]
    mark = max(
        (";", "\t", "|", ","),
        key=lambda m: (sum(line.count(m) > 0 for line in head), sum(line.count(m) for line in head) * (m != ",")),
    )
    csv.field_size_limit(limit("huruf-sel"))
    reader = csv.reader(lines, delimiter=mark)
    try:
        return tuple(tuple(cell.strip() or None for cell in row) for row in reader)
    except csv.Error as problem:
        raise UnreadableFileError("csv-rusak", berkas=name, baris=reader.line_num, sebab=str(problem)) from None


def cell_text(value: Any) -> str:
    """Return a cell as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
