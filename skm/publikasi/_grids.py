"""Any file with a result in it -> tables and text: workbooks, text tables, Word, PDF, HTML, pasted text.

What a file is is seen from its bytes. A cell of a workbook keeps the decimals that it shows.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.basics.errors import MissingDependencyError, UnreadableFileError
from skm.basics.files import decode
from skm.basics.numbers import round_half_up
from skm.basics.sheets.guard import inspect
from skm.publikasi._document import Document, Grid, Prose, titled
from skm.publikasi._html import read_html
from skm.publikasi._text_layout import read_text, split_delimited

FILES = (
    *(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".md"),
    *(".docx", ".pdf", ".html", ".htm"),
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_MOST_TEXT = 5_000_000


def read_document(content: bytes, name: str) -> Document:
    """Return the tables and text of a file.

    Raises
    ------
    UnreadableFileError
        Empty, damaged, protected, an image, or a scan without a text layer.
    MissingDependencyError
        Word files need python-docx, PDF files pdfplumber.
    """
    if not content.strip():
        raise UnreadableFileError("berkas-kosong", berkas=name)
    if content.startswith(_IMAGES):
        raise UnreadableFileError("publikasi-gambar", berkas=name, pilihan=list(FILES))
    return Document(name, tuple(titled(_parts(content, name))))


def _parts(content: bytes, name: str) -> list[Grid | Prose]:
    suffix = Path(name).suffix.lower()
    if b"%PDF" in content[:1024]:
        from skm.publikasi._pdf import read_pdf

        return read_pdf(content, name)
    if content.startswith(b"PK"):
        kind = _kind(content, name)
        if kind == "word":
            return _word(content, name)
        inspect(content, name)
        return list(_excel(content, name) if kind == "excel" else _calamine(content, name))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if suffix == ".doc":
            raise UnreadableFileError("publikasi-doc-lama", berkas=name)
        inspect(content, name)
        return list(_calamine(content, name))
    if suffix in (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".pdf"):
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=suffix)
    return text_parts(decode(content), name)


def text_parts(text: str, name: str) -> list[Grid | Prose]:
    """Return the tables and lines of a text: HTML, a table with separators, or text with columns of spaces."""
    if len(text) > _MOST_TEXT:
        raise UnreadableFileError("publikasi-terlalu-besar", berkas=name, banyak=len(text), paling=_MOST_TEXT)
    if re.search(r"<(?:html|table|body|!doctype)\b", text[:4000], re.IGNORECASE):
        return read_html(text)
    mark = _mark(text, name)
    if mark is not None:
        return [Grid(Path(name).stem, split_delimited(text, mark))]
    return read_text(text)


def _mark(text: str, name: str) -> str | None:
    """Return the separator that most lines have in the same number; None where the text is no such table.

    Raises
    ------
    UnreadableFileError
        Commas separate columns and decimals alike, so that nobody can tell where a number ends.
    """
    lines = [line for line in text.splitlines() if line.strip()][:80]
    if len(lines) < 2:
        return None
    spaced = sum(re.search(r"\S {2,}\S", line) is not None for line in lines) * 2 > len(lines)
    for mark in (";", "\t", ","):
        counts = [_outside(line, mark) for line in lines]
        usual = max(set(counts), key=counts.count)
        often = sum(c == usual for c in counts) * 3 >= len(lines) * 2
        if mark == "," and not spaced and _decimal_commas(lines, counts):
            place = next(i for i, line in enumerate(lines, start=1) if _decimal_commas([line], [1]))
            raise UnreadableFileError("publikasi-koma-desimal", berkas=name, baris=place)
        # Commas of prose differ from line to line, and stand before a space.
        prose = mark == "," and (spaced or sum(line.count(", ") for line in lines) * 2 > sum(counts))
        if usual >= 1 and often and not prose:
            return mark
    return ";" if sum(_outside(line, ";") >= 1 for line in lines) * 2 > len(lines) else None


def _outside(line: str, mark: str) -> int:
    return re.sub(r'"[^"]*"', "", line).count(mark)


def _decimal_commas(lines: list[str], counts: list[int]) -> bool:
    """Tell whether rows are wider than their header because their numbers have commas: "Persyaratan,3,47"."""
    bare = [
        re.search(r"(?:^|,)\s*\d{1,3},\d{1,4}\s*(?:,|$)", re.sub(r'"[^"]*"', "", line)) is not None for line in lines
    ]
    if len(lines) == 1:
        return bare[0]
    head = counts[0]
    wider = sum(b and c > head for b, c in zip(bare[1:], counts[1:], strict=True))
    return head >= 1 and wider * 2 > len(lines) - 1


def _kind(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    if any(part.startswith("word/") for part in names):
        return "word"
    return "excel" if any(part.startswith("xl/") for part in names) else "ods"


def _excel(content: bytes, name: str) -> list[Grid]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    sheets = []
    for sheet in book.worksheets:
        rows = [[_shown(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            _fill(rows, area.min_row - 1, area.min_col - 1, area.max_row, area.max_col)
        sheets.append(Grid(sheet.title, tuple(map(tuple, rows))))
    return sheets


def _fill(rows: list[list[Any]], top: int, left: int, bottom: int, right: int) -> None:
    """Let a merged text stand in every cell that it covers, unless it is a heading over the whole width."""
    value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
    if not isinstance(value, str) or right - left > 8:
        return
    for row in rows[top:bottom]:
        for c in range(left, min(right, len(row))):
            row[c] = value


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
    return f"{round_half_up(number, places):f}{match[2]}"


def _calamine(content: bytes, name: str) -> list[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = [(sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in book.sheet_names]
    except (CalamineError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    return [Grid(sheet, tuple(tuple(None if x == "" else x for x in row) for row in rows)) for sheet, rows in grids]


def _word(content: bytes, name: str) -> list[Grid | Prose]:
    """Return a Word document's tables and paragraphs in order; merged cells fill every place that they cover."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from docx.table import Table
    except ImportError as problem:
        raise MissingDependencyError("publikasi-perlu-docx", berkas=name) from problem
    try:
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, OSError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    parts: list[Grid | Prose] = []
    tables = paragraphs = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            tables += 1
            rows = tuple(tuple(cell.text.strip() or None for cell in row.cells) for row in block.rows)
            parts.append(Grid(f"tabel {tables}", rows))
        elif block.text.strip():
            paragraphs += 1
            if "\t" in block.text.strip():
                parts += read_text(block.text, f"paragraf {paragraphs}")
            else:
                parts.append(Prose(f"paragraf {paragraphs}", block.text.strip()))
    return parts
