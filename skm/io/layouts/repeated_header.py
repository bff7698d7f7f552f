"""Headers that a printed list repeats on every page: rows below that say again what stands above the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.sheets.grid import Sheet, is_empty
from skm.basics.words import normalise


def repeated_headers(
    columns: Sequence[NDArray[Any]], answers: Sequence[int], sheet: Sheet, start: int
) -> NDArray[np.intp]:
    """Return the positions of rows that repeat the header or, where they do, a line above it.

    Parameters
    ----------
    columns : sequence of arrays
        The cleaned columns below the header.
    answers : sequence of int
        Positions of the answer columns.
    start : int
        Where the rows begin in the sheet; above it stand the header and its titles.
    """
    above = [_line(row) for row in sheet.baris[:start]]
    known = {line for line in above if line}
    if not answers or not known:
        return np.empty(0, np.intp)
    heads = {cell for row in sheet.baris[:start] for j in answers[:1] if isinstance(cell := _at(row, j), str)}
    heads = {cell.strip() for cell in heads}
    first = columns[answers[0]]
    found = [i for i, v in enumerate(first.tolist()) if isinstance(v, str) and v.strip() in heads]
    lines = {i: _line([column[i] for column in columns]) for i in found}
    # Two lines of a merged header may be repeated as one.
    said = set().union(*known)
    whole = {i for i, line in lines.items() if line in known or (len(line) > 2 and said.issuperset(line))}
    if not whole:
        return np.empty(0, np.intp)
    # Titles are repeated with it: lines that are no row of answers and stand above the table word for word.
    texts = [
        i for i in range(len(first)) if not isinstance(first[i], (int, float)) and any(_filled(c[i]) for c in columns)
    ]
    return np.array([i for i in texts if i in whole or _line([c[i] for c in columns]) in known], dtype=np.intp)


def _line(row: Sequence[Any]) -> tuple[tuple[int, str], ...]:
    """Return what stands in a row, cell by cell; empty for an empty row."""
    return tuple((j, normalise(cell)) for j, cell in enumerate(row) if _filled(cell))


def _filled(cell: Any) -> bool:
    return not is_empty(cell) and cell is not None


def _at(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else None
