"""Cells as columns of plain characters under their headers, for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

_GAP = "  "


def drawn(headers: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[bool]) -> list[str]:
    r"""Return the lines of a table: headers, a rule and the rows; numbers end, texts begin under their header.

    A column is two wider than its header at least. A cell of several lines makes its row as high.

    Examples
    --------
    >>> print(*drawn(["Unsur", "NRR"], [["Waktu", "3,50"], ["Biaya", "12,00"]], [True, False]), sep="\n")
    Unsur      NRR
    -------  -----
    Waktu     3,50
    Biaya    12,00
    """
    heads = [header.split("\n") for header in headers]
    cells = [[cell.strip().split("\n") for cell in row] for row in rows]
    widths = [
        max(*(width(line) + 2 for line in head), *(width(line) for row in cells for line in row[place]))
        for place, head in enumerate(heads)
    ]
    rule = [["-" * wide] for wide in widths]
    return [line for row in (heads, rule, *cells) for line in _lines(row, widths, left)]


def width(text: str) -> int:
    """Return how many places a text takes: letters of East Asian scripts two, marks above another letter none.

    >>> width("Siti"), width("\u90b1"), width("e\u0301")
    (4, 2, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _lines(row: Sequence[Sequence[str]], widths: Sequence[int], left: Sequence[bool]) -> list[str]:
    out = []
    for line in zip_longest(*row, fillvalue=""):
        spaces = [" " * (wide - width(text)) for text, wide in zip(line, widths, strict=True)]
        padded = [
            text + space if first else space + text for text, space, first in zip(line, spaces, left, strict=True)
        ]
        out.append(_GAP.join(padded).rstrip())
    return out
