"""The share of a page that each column of a wide table takes: no number and no word is broken while they fit."""

from __future__ import annotations

import re

from skm.basics.table import Table

_PAGE = 90.0  # digits side by side on the text width of an A4 page, in the letters of a table
_MARGINS = 2.4  # of a cell, left and right
_LONG = 26.0  # what a long text gets beside others; alone among few columns it gets more
_ALONE = 44.0
_WORD = 20  # letters; longer words, such as names of files, are broken
_NUMBERS = re.compile(r"[\d.,\s%()-]+")


def widths(table: Table) -> tuple[int, ...]:
    """Return shares of the page in thousandths, by column.

    Every column first gets what its longest number, or word, or word of its header needs; what is left goes to those
    that would like more.
    """
    cells = table.cells()
    columns = [[row[i] for row in cells] for i in range(len(table.columns))]
    long = sum(1 for texts in columns if any(_length(text) > _LONG for text in texts))
    most = _ALONE if long == 1 and len(columns) <= 5 else _LONG
    need, want = [], []
    for column, texts in zip(table.columns, columns, strict=True):
        head = max((_length(word) * 1.08 for word in column.label.split()), default=1.0)
        least = max((_length(part) for text in texts for part in _parts(text)), default=1.0)
        longest = max((_length(text) for text in texts), default=1.0)
        need.append(max(head, least, 1.5) + _MARGINS)
        want.append(max(need[-1], min(longest, most) + _MARGINS))
    spare = max(_PAGE - sum(need), 0.0)
    wish = sum(want) - sum(need)
    given = [n + (min(spare / wish, 1.0) * (w - n) if wish else 0.0) for n, w in zip(need, want, strict=True)]
    total = sum(given)
    return tuple(round(1000 * share / total) for share in given)


def _parts(text: str) -> list[str]:
    """Return what is never broken: a number, or numbers joined to a range, whole; of a text each word."""
    return [text] if _NUMBERS.fullmatch(text) else [word[:_WORD] for word in text.split()]


def _length(text: str) -> float:
    """Return how long a text is, in digits of an ordinary typeface.

    >>> round(_length("14.415.022.746"), 2), round(_length("Peringkat"), 2)
    (12.5, 7.9)
    """
    return sum(
        1.2 if c.isupper() else 0.5 if c in " .,:;|/()-'il" else 0.6 if c in "fjrt" else 1.6 if c in "mw%" else 1.0
        for c in text
    )
