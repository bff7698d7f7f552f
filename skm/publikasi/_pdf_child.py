"""Reads one PDF in a process of its own and hands its ruled tables and its text, by position, back as JSON.

It imports nothing of this package, so that it starts quickly. What it meets in a damaged file ends it, not the caller.
"""

import json
import sys
from typing import Any

_MOST_PAGES = 400
_NARROW = 4  # letters: a column in which no word has room
_SPACE = 0.75  # of the size of the letters: more between two words is a new column


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
    words = page.extract_words(extra_attrs=["size"])
    for table in tables:
        found += text(words, top, table.bbox[1])
        rows = [[whole(cell) if cell else None for cell in row] for row in table.extract()]
        found.append({"tabel": [row for row in rows if any(row)]})
        top = max(top, table.bbox[3])
    return [*found, *text(words, top, page.bbox[3])]


def whole(cell: str) -> str | None:
    """Return the lines of a cell; what a narrow column broke over lines is one number, or one word."""
    lines = [" ".join(line.split()) for line in cell.splitlines() if line.strip()]
    number = all(set(line) <= set("0123456789.,") for line in lines)
    broken = len(lines) > 1 and (number or all(len(line) <= _NARROW and " " not in line for line in lines))
    return ("".join(lines) if broken else "\n".join(lines)) or None


def text(words: list[dict[str, Any]], top: float, bottom: float) -> list[dict[str, Any]]:
    """Return the lines of a strip of the page: top, height, and every piece of text with its left and right end.

    A word is of the strip in which its middle lies: letters of a table reach over its upper rule.
    """
    strip = [word for word in words if top <= (word["top"] + word["bottom"]) / 2 < bottom]
    lines: list[tuple[float, list[dict[str, Any]]]] = []
    for word in sorted(strip, key=lambda w: (w["bottom"], w["x0"])):
        near = lines[-1] if lines else None
        if near is not None and abs(near[0] - word["bottom"]) <= 0.3 * word["size"]:
            near[1].append(word)
        else:
            lines.append((word["bottom"], [word]))
    found = [[round(y, 1), round(max(w["size"] for w in line), 1), pieces(line)] for y, line in lines]
    return [{"baris": found}] if found else []


def pieces(words: list[dict[str, Any]]) -> list[list[Any]]:
    """Return the words of a line joined where no more than a space is between them."""
    out: list[list[Any]] = []
    for word in sorted(words, key=lambda w: w["x0"]):
        if out and word["x0"] - out[-1][1] <= _SPACE * word["size"]:
            out[-1][1] = round(word["x1"], 1)
            out[-1][2] += f" {word['text']}"
        else:
            out.append([round(word["x0"], 1), round(word["x1"], 1), word["text"]])
    return out


def write(document: object) -> None:
    """Write the document in ASCII, whatever the encoding of standard output."""
    sys.stdout.buffer.write(json.dumps(document).encode("ascii"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[3]))
