"""Rows below the respondents with words where a number should stand: "Target", "Semester lalu", a second table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from numpy.typing import NDArray

from skm.io.layouts.foot_rows import number_of


def worded_rows(numbering: Sequence[NDArray[Any]], rows: Sequence[int], answered: Callable[[int], bool]) -> list[int]:
    """Return the rows at the end that have a word in the column that numbers everybody, and what stands below them.

    Parameters
    ----------
    numbering : sequence of arrays
        The columns that number respondents.
    rows : sequence of int
        Positions of the rows that may be respondents.
    answered : callable
        Whether a row holds answers; such a row below a word is a respondent unless it has a word itself.
    """
    for column in numbering:
        if not _ends_with_word(column, rows, answered):
            continue  # as nearly always
        numbered = [i for i in rows if not math.isnan(number_of(column[i]))]
        if len(numbered) < 2 or len(numbered) * 2 <= len(rows):
            continue
        first = next((i for i in rows if _word(column[i])), None)
        if first is None or any(_word(column[i]) for i in rows if i < numbered[-1] and answered(i)):
            continue  # not everybody has a number
        below = [i for i in rows if i >= first]
        if any(answered(i) and not _word(column[i]) for i in below):
            continue
        return below
    return []


def _ends_with_word(column: NDArray[Any], rows: Sequence[int], answered: Callable[[int], bool]) -> bool:
    """Tell whether a word stands below the last row that holds answers and no word."""
    for i in reversed(rows):
        if _word(column[i]):
            return True
        if answered(i):
            return False
    return False


def _word(cell: Any) -> bool:
    return isinstance(cell, str) and any(c.isalpha() for c in cell) and not any(c.isdigit() for c in cell)
