"""PDF -> tables by their rules and text by its position, from the text layer; a scan has none and is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from skm.basics.child import read_in_child
from skm.basics.errors import UnreadableFileError
from skm.basics.packages import installed
from skm.publikasi._document import PrintedGrid, Prose
from skm.publikasi._names import joined_words
from skm.publikasi._pdf_lines import read_lines

_CHILD = Path(__file__).with_name("_pdf_child.py")


def read_pdf(content: bytes, name: str) -> list[PrintedGrid | Prose]:
    """Return the tables and lines of a PDF, page after page; a table that goes on over pages is one table.

    It is read by pdfplumber in a process of its own, with bounded time and memory.

    Raises
    ------
    UnreadableFileError
        Damaged, protected, too many pages, or no text layer.
    MissingDependencyError
        pdfplumber is not installed.
    """
    installed("pdfplumber")
    answer = read_in_child(_CHILD, content, name, ".pdf")
    if "halaman" in answer:
        raise UnreadableFileError(
            "publikasi-terlalu-besar", berkas=name, banyak=answer["halaman"], paling=answer["paling"]
        )
    if answer.get("galat") == "sandi":
        raise UnreadableFileError("publikasi-bersandi", berkas=name)
    if "galat" in answer:
        code = "publikasi-terlalu-rinci" if answer["galat"] == "sel" else "publikasi-rusak"
        raise UnreadableFileError(code, berkas=name, jenis="PDF")
    parts = list(_joined([list(_page(page, i)) for i, page in enumerate(answer["bagian"], start=1)]))
    if not parts:
        raise UnreadableFileError("publikasi-pindaian", berkas=name)
    return parts


def _page(page: Sequence[dict[str, Any]], number: int) -> Iterator[PrintedGrid | Prose]:
    tables = 0
    for part in page:
        if "tabel" in part:
            tables += 1
            yield PrintedGrid(f"halaman {number} tabel {tables}", _cells(part["tabel"]))
            continue
        yield from read_lines(part["baris"], f"halaman {number}")


def _cells(rows: Sequence[Sequence[str | None]]) -> tuple[tuple[str | None, ...], ...]:
    """Return the cells of a table, each on one line."""
    return tuple(tuple(joined_words(cell) if cell and "\n" in cell else cell for cell in row) for row in rows)


def _joined(pages: Sequence[list[PrintedGrid | Prose]]) -> Iterator[PrintedGrid | Prose]:
    """Join a table that ends a page with one of the same width that begins the next."""
    waiting: PrintedGrid | None = None
    for page in pages:
        rest = page
        if waiting is not None and rest and isinstance(rest[0], PrintedGrid) and rest[0].lebar == waiting.lebar:
            waiting, rest = _continued(waiting, rest[0]), rest[1:]
            if not rest:
                continue
        if waiting is not None:
            yield waiting
            waiting = None
        if rest and isinstance(rest[-1], PrintedGrid):
            waiting, rest = rest[-1], rest[:-1]
        yield from rest
    if waiting is not None:
        yield waiting


def _continued(above: PrintedGrid, below: PrintedGrid) -> PrintedGrid:
    """Join the parts of a table over a page break; a repeated header is dropped."""
    rows = below.baris
    while rows and rows[0] in above.baris[:3]:
        rows = rows[1:]
    return PrintedGrid(above.nama, (*above.baris, *rows), above.judul)
