"""Any file with a result in it -> tables and text: workbooks, text tables, Word, PDF, HTML, pasted text.

What a file is is seen from its bytes. A cell of a workbook keeps the decimals that it shows.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.files import decode, refuse_large
from skm.basics.limits import limit
from skm.basics.sheets.archive import Archive
from skm.basics.sheets.guard import inspect
from skm.basics.sheets.printed import read_printed, word_blocks
from skm.publikasi._document import PrintedGrid, Prose, SourceDocument, titled
from skm.publikasi._html import read_html
from skm.publikasi._labelled import labelled
from skm.publikasi._pdf import read_pdf
from skm.publikasi._side_by_side import apart, unfolded
from skm.publikasi._text_layout import read_text, split_delimited

FILES = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".md"),
    *(".docx", ".pdf", ".html", ".htm"),
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic")
_TOLD = re.compile(r"[^;,\t:=]{2,90}[:=]\s{0,9}[+-]?\d[\d.,]*\s{0,9}(?:[;(%]|$)")
_WIDEST = 1_000  # columns of a table with a printed result
_HEADING = 8  # columns; what is merged over more is a heading and no label


def read_document(content: bytes, name: str) -> SourceDocument:
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
    if content.startswith(_IMAGES) or Path(name).suffix.lower() in _PICTURES:
        raise UnreadableFileError("publikasi-gambar", berkas=name, pilihan=list(FILES))
    parts = [unfolded(p) if isinstance(p, PrintedGrid) else p for p in labelled(_parts(content, name))]
    document = SourceDocument(name, tuple(titled(parts)))
    widest = max((grid.lebar for grid in document.grids), default=0)
    cells = sum(grid.lebar * len(grid.baris) for grid in document.grids)
    if widest > _WIDEST or cells > limit("sel-tercetak"):
        many, most = (widest, _WIDEST) if widest > _WIDEST else (cells, limit("sel-tercetak"))
        raise UnreadableFileError("publikasi-terlalu-besar", berkas=name, banyak=many, paling=most)
    return document


def _parts(content: bytes, name: str) -> list[PrintedGrid | Prose]:
    suffix = Path(name).suffix.lower()
    if b"%PDF" in content[:1024]:
        return read_pdf(content, name)
    if content.startswith(b"PK"):
        kind = _kind(content, name)
        return _word(content, name) if kind == "word" else _workbook(content, name, kind)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if suffix == ".doc":
            raise UnreadableFileError("publikasi-doc-lama", berkas=name)
        return _workbook(content, name, suffix)
    if suffix in (".docx", ".pdf"):
        raise UnreadableFileError("publikasi-rusak", berkas=name, jenis=suffix[1:].upper())
    refuse_large(len(content), "teks-tercetak", name)
    text = decode(content)
    if "\x00" in text:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name)
    return text_parts(text, name)


def _kind(content: bytes, name: str) -> str:
    """Return what an archive is, by its members: "word", ".xlsx" or ".ods"."""
    names = [member.name for member in Archive(content, name).members]
    if any(part.casefold().startswith("word/") for part in names):
        return "word"
    return ".ods" if "content.xml" in names and not any(part.startswith("xl/") for part in names) else ".xlsx"


def text_parts(text: str, name: str) -> list[PrintedGrid | Prose]:
    """Return the tables and lines of a text: HTML, a table with separators, or text with columns of spaces."""
    if re.search(r"<(?:html|table|body|!doctype)\b", text[:4000], re.IGNORECASE):
        return read_html(text)
    mark = _mark(text, name)
    if mark is not None:
        return [PrintedGrid(Path(name).stem, split_delimited(text, mark))]
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
    if sum(line.count("|") >= 2 for line in lines) * 2 > len(lines):
        return None  # Markdown
    if sum(_TOLD.match(line) is not None for line in lines) * 2 > len(lines):
        return None  # a label and its figure on every line
    spaced = sum(re.search(r"\S {2,}\S", line) is not None for line in lines) * 2 > len(lines)
    for mark in (";", "\t", ","):
        counts = [_outside(line, mark) for line in lines]
        usual = max(set(counts), key=counts.count)
        often = sum(c == usual for c in counts) * 3 >= len(lines) * 2
        if mark == "," and not spaced and _decimal_commas(lines, counts):
            place = next(i for i, line in enumerate(lines, start=1) if _decimal_commas([line], [1]))
            raise UnreadableFileError("publikasi-koma-desimal", berkas=name, baris=place)
        inner = sum(len(re.findall(r"\d,\d", re.sub(r'"[^"]*"', "", line))) for line in lines)
        if mark == "," and inner * 2 > sum(counts):
            continue  # decimal commas
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


def _workbook(content: bytes, name: str, suffix: str) -> list[PrintedGrid | Prose]:
    """Return the sheets of a workbook; a merged text stands in every cell that it covers."""
    grids = read_printed(content, name, suffix)
    facts = inspect(content, name, cells="sel-tercetak") if content.startswith(b"PK") else None
    out: list[PrintedGrid | Prose] = []
    for grid in grids:
        rows = [list(row) for row in grid.baris]
        known = (facts or {}).get(grid.nama)
        for top, left, bottom, right in known.gabungan if known is not None else ():
            _fill(rows, top - 1, left, bottom, right + 1)
        out += apart(PrintedGrid(grid.nama, tuple(map(tuple, rows))))
    return out


def _fill(rows: list[list[Any]], top: int, left: int, bottom: int, right: int) -> None:
    """Let a merged text stand in every cell that it covers, unless it is a heading over the whole width."""
    value = rows[top][left] if 0 <= top < len(rows) and left < len(rows[top]) else None
    if not isinstance(value, str) or right - left > _HEADING:
        return
    for row in rows[top:bottom]:
        for c in range(left, min(right, len(row))):
            row[c] = value


def _word(content: bytes, name: str) -> list[PrintedGrid | Prose]:
    """Return a Word document's tables and paragraphs in order; merged cells fill every place that they cover."""
    parts: list[PrintedGrid | Prose] = []
    tables = paragraphs = 0
    for block in word_blocks(content, name):
        if not isinstance(block, str):
            tables += 1
            parts.append(PrintedGrid(f"tabel {tables}", block))
        elif block:
            paragraphs += 1
            place = f"paragraf {paragraphs}"
            parts += read_text(block, place) if "\t" in block else [Prose(place, block)]
    return parts
