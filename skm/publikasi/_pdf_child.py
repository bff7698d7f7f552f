"""Reads one PDF in a process of its own and hands its ruled tables and its text, by position, back as JSON.

It imports nothing of this package, so that it starts quickly. What it meets in a damaged file ends it, not the caller.
"""

import json
import sys
from typing import Any

_MOST_PAGES = 400


def main(path: str, most: int) -> None:
    """Read every page from top to bottom, no more than ``most`` cells together."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as book:
            if len(book.pages) > _MOST_PAGES:
                write({"halaman": len(book.pages), "paling": _MOST_PAGES})
                return
            pages, cells = [], 0
            for page in book.pages:
                pages.append(parts(page))
                cells += sum(len(row) for part in pages[-1] if "tabel" in part for row in part["tabel"])
                page.close()
                if cells > most:
                    write({"galat": "sel"})
                    return
    except PDFPasswordIncorrect:
        write({"galat": "sandi"})
    except PdfminerException as problem:
        protected = isinstance(problem.args[0] if problem.args else None, PDFPasswordIncorrect)
        write({"galat": "sandi" if protected else type(problem).__name__})
    else:
        write({"bagian": pages})


def parts(page: Any) -> list[dict[str, Any]]:
    """Return a page from top to bottom: ruled tables, and the text between them."""
    # A table may end a page after its header: one row is enough, one column is only a frame.
    tables = [t for t in page.find_tables() if max((len(r.cells) for r in t.rows), default=0) > 1]
    tables.sort(key=lambda t: t.bbox[1])
    found: list[dict[str, Any]] = []
    top = page.bbox[1]
    for table in tables:
        found += text(page, top, table.bbox[1])
        rows = [[" ".join(cell.split()) or None if cell else None for cell in row] for row in table.extract()]
        found.append({"tabel": [row for row in rows if any(row)]})
        top = max(top, table.bbox[3])
    return [*found, *text(page, top, page.bbox[3])]


def text(page: Any, top: float, bottom: float) -> list[dict[str, Any]]:
    """Return the text of a strip of the page, its columns kept apart by spaces."""
    if bottom <= top + 1:
        return []
    strip = page.crop((page.bbox[0], top, page.bbox[2], bottom), strict=False)
    shown = strip.extract_text(layout=True, x_density=4.5, y_density=12) or ""
    return [{"teks": shown}] if shown.strip() else []


def write(document: object) -> None:
    """Write the document in ASCII, whatever the encoding of standard output."""
    sys.stdout.buffer.write(json.dumps(document).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[3]))
