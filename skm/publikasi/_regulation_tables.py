"""Tables that a report copies out of the regulation: sample sizes by population, and intervals by grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._meaning import number

_SPAN = re.compile(
    r"(\d{1,9}(?:[.,]\d{1,9})?)\s{0,9}(?:[-\u2013\u2014]|s\.?/?d\.?|sampai(?: dengan)?)\s{0,9}(\d{1,9}(?:[.,]\d{1,9})?)"
)
_LETTER = re.compile(r"\(?([A-E])\)?(?:\s*\(.*\))?")
_LEAST = 3  # rows that make a table


def sample_rows(grid: PrintedGrid) -> list[dict[str, int]]:
    """Return the pairs of population and sample of a printed table; nothing where a row cannot be paired off."""
    out: list[dict[str, int]] = []
    for row in grid.baris:
        counts = [n for cell in row if (n := _count(cell)) is not None]
        if len(counts) % 2:
            counts = counts[1:]
        pairs = list(zip(counts[::2], counts[1::2], strict=True))
        if any(size > people or size < 1 for people, size in pairs):
            return []
        out += [{"populasi": people, "sampel": size} for people, size in pairs]
    return out


def _count(cell: Any) -> int | None:
    """Return a whole number; a point before three digits marks thousands."""
    found = number(cell)
    if found is None:
        return None
    if isinstance(cell, str) and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", cell.strip()):
        return int(re.sub(r"\D", "", cell))
    return int(found.nilai) if found.nilai == int(found.nilai) else None


def grade_rows(grid: PrintedGrid) -> list[dict[str, Any]]:
    """Return the rows of a printed table of grades: letter, and its intervals as they stand."""
    out = []
    for row in grid.baris:
        texts = [cell_text(c) for c in row]
        letters = {m[1] for t in texts if (m := _LETTER.fullmatch(t))}
        spans = list(_spans(texts))
        if len(letters) == 1 and spans:
            out.append({"mutu": letters.pop(), "selang": spans})
    distinct = {line["mutu"] for line in out}
    return out if len(out) >= _LEAST and len(distinct) == len(out) else []


def _spans(texts: Sequence[str]) -> Iterator[list[str]]:
    for text in dict.fromkeys(texts):
        if (m := _SPAN.fullmatch(text)) is not None:
            yield [m[1], m[2]]
