"""PDF -> tables by their rules and text by its position, from the text layer; a scan has none and is refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from skm.basics.errors import MissingDependencyError, UnreadableFileError
from skm.publikasi._document import Grid, Prose
from skm.publikasi._text_layout import read_text

_MOST_PAGES = 400


def read_pdf(content: bytes, name: str) -> list[Grid | Prose]:
    """Return the tables and lines of a PDF, page after page; a table that goes on over pages is one table.

    Raises
    ------
    UnreadableFileError
        Damaged, protected, too many pages, or no text layer.
    MissingDependencyError
        pdfplumber is not installed.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as problem:
        raise MissingDependencyError("publikasi-perlu-pdf", berkas=name) from problem
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content)) as book:
            if len(book.pages) > _MOST_PAGES:
                raise UnreadableFileError(
                    "publikasi-terlalu-besar", berkas=name, banyak=len(book.pages), paling=_MOST_PAGES
                )
            parts = list(_pages(book))
    except (PdfminerException, PSException, PDFPasswordIncorrect) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as problem:
        # What a damaged file makes of the parser's own data.
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=type(problem).__name__) from problem
    if not parts:
        raise UnreadableFileError("publikasi-pindaian", berkas=name)
    return parts


def _pages(book: Any) -> Iterator[Grid | Prose]:
    waiting: Grid | None = None
    for number, page in enumerate(book.pages, start=1):
        found = list(_page(page, number))
        if waiting is not None and found and isinstance(found[0], Grid) and found[0].lebar == waiting.lebar:
            waiting = _continued(waiting, found.pop(0))  # type: ignore[arg-type]
            if not found:
                continue
        if waiting is not None:
            yield waiting
        waiting = found.pop() if found and isinstance(found[-1], Grid) else None  # type: ignore[assignment]
        yield from found
        page.close()
    if waiting is not None:
        yield waiting


def _page(page: Any, number: int) -> Iterator[Grid | Prose]:
    """Return a page from top to bottom: ruled tables, and the text between them."""
    tables = [t for t in page.find_tables() if len(t.rows) > 1 and max(len(r.cells) for r in t.rows) > 1]
    tables.sort(key=lambda t: t.bbox[1])
    top = page.bbox[1]
    bottom = page.bbox[3]
    for count, table in enumerate(tables, start=1):
        if table.bbox[1] > top + 1:
            yield from _text(page, top, table.bbox[1], number)
        rows = tuple(
            tuple(" ".join(cell.split()) or None if cell else None for cell in row)
            for row in table.extract(x_tolerance=2)
        )
        yield Grid(f"halaman {number} tabel {count}", _without_empty(rows))
        top = max(top, table.bbox[3])
    if bottom > top + 1:
        yield from _text(page, top, bottom, number)


def _text(page: Any, top: float, bottom: float, number: int) -> list[Grid | Prose]:
    part = page.crop((page.bbox[0], top, page.bbox[2], bottom), strict=False)
    text = part.extract_text(layout=True, x_density=4.5, y_density=12) or ""
    if not text.strip():
        return []
    lines = text.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return read_text("\n".join(line[margin:].rstrip() for line in lines), f"halaman {number}")


def _without_empty(rows: tuple[tuple[str | None, ...], ...]) -> tuple[tuple[str | None, ...], ...]:
    return tuple(row for row in rows if any(row))


def _continued(above: Grid, below: Grid) -> Grid:
    """Join the parts of a table over a page break; a repeated header is dropped."""
    rows = below.baris
    while rows and rows[0] in above.baris[:3]:
        rows = rows[1:]
    return Grid(above.nama, (*above.baris, *rows), above.judul)
