"""A column per choice instead of one per question: a tick, a 1 or the level under "1 | 2 | 3 | 4", nothing elsewhere.

Read one by one such columns are several questions whose every answer is the same, and the figure is that of the tick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.column import holds_nothing

_CHOICES = 3  # the fewest answers that a question of a survey offers
_ROWS = 3
_NOT_CHOSEN = ("0", "0.0", "0,0", "false", "tidak", "no", "n")


def choice_columns(groups: Mapping[str, Sequence[NDArray[Any]]]) -> tuple[str, ...]:
    """Return the questions whose columns are the choices of one answer: one mark a row, the same down a column.

    Parameters
    ----------
    groups : mapping
        Question -> its columns.

    Examples
    --------
    >>> marks = [np.array(column, dtype=object) for column in ([1, None, None], [None, 1, None], [None, None, 1])]
    >>> choice_columns({"U1": marks}), choice_columns({"U1": marks[:2]})
    (('U1',), ())
    """
    return tuple(question for question, columns in groups.items() if _one_each(columns))


def one_mark(values: Iterable[Any]) -> bool:
    """Tell whether cells hold one and the same mark, apart from what says "not chosen".

    >>> one_mark(["v", None, ""]), one_mark([0, 1]), one_mark([3, 4]), one_mark([])
    (True, True, False, False)
    """
    return len({_mark(value) for value in values} - {""}) == 1


def _one_each(columns: Sequence[NDArray[Any]]) -> bool:
    if len(columns) < _CHOICES:
        return False
    columns = _below_line(columns)
    often = np.zeros(len(columns[0]), dtype=np.int64)
    used = 0
    for column in columns:
        marks = [_mark(value) for value in column.tolist()]
        if len({*marks} - {""}) > 1:
            return False
        marked = np.array([bool(mark) for mark in marks], dtype=np.bool_)
        often += marked
        used += bool(marked.any())
    return used > 1 and int(often.max()) == 1 and int(often.sum()) >= _ROWS


def _below_line(columns: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Return the columns without the first lines that say what each means: those are filled in all of them."""
    top = next((i for i in range(min(_ROWS, len(columns[0]))) if not all(_mark(c[i]) for c in columns)), 0)
    return [column[top:] for column in columns]


def _mark(value: Any) -> str:
    """Return a mark as text; a blank, a zero and a "no" are none and give an empty one."""
    text = "" if holds_nothing(value) else str(value).strip().casefold()
    return "" if text in _NOT_CHOSEN else text
