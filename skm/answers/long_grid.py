"""Long rows (respondent, question, answer) laid out as a grid of respondents and questions, whole columns at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.column import Column, is_blank
from skm.basics.errors import DataError


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """A column as its distinct values in order of arrival, and the number of each row's."""

    distinct: tuple[Any, ...]
    numbers: NDArray[np.intp]

    def named(self, names: Iterable[Any]) -> Numbered:
        """Return the same column with other values; those that become one have one number."""
        new = tuple(names)
        places = {name: place for place, name in enumerate(dict.fromkeys(new))}
        if len(places) == len(new):
            return Numbered(new, self.numbers)
        return Numbered(tuple(places), np.array([places[name] for name in new], np.intp)[self.numbers])

    def values(self) -> list[Any]:
        """Return the column itself."""
        return [self.distinct[i] for i in self.numbers.tolist()]


def numbered(values: Sequence[Any]) -> Numbered:
    """Return a column as distinct values and their numbers.

    >>> numbered(["b", "a", "b"]).numbers.tolist()
    [0, 1, 0]
    """
    known: defaultdict[Any, int] = defaultdict(count().__next__)
    numbers = np.fromiter(map(known.__getitem__, values), np.intp, len(values))
    return Numbered(tuple(known), numbers)


@dataclass(frozen=True, slots=True, eq=False)
class LongGrid:
    """Answers as columns by question, the respondents in order, and the first row that each stands in.

    ``counted`` holds columns of whole numbers once more, as they are counted fastest: with blanks beside them.
    """

    columns: dict[str, NDArray[Any]]
    respondents: tuple[Any, ...]
    first: NDArray[np.intp]
    counted: dict[str, Column]


def long_grid(respondents: Numbered, questions: Numbered, answers: Sequence[Any]) -> LongGrid | None:
    """Return the grid; None where a row names nobody or nothing, or a respondent answered a question twice.

    >>> grid = long_grid(numbered(["a", "a", "b"]), numbered(["u1", "u2", "u1"]), [4, 3, 2])
    >>> {name: column.tolist() for name, column in grid.columns.items()}, grid.first.tolist()
    ({'u1': [4, 2], 'u2': [3, None]}, [0, 2])
    """
    people, rows = respondents.distinct, respondents.numbers
    if any(map(_some_blank, (people, questions.distinct))):
        return None
    asked = questions.named(map(str, questions.distinct))
    names = asked.distinct
    size = len(people) * len(names)
    cells = rows * len(names) + asked.numbers
    met = np.zeros(size, dtype=bool)
    met[cells] = True
    if np.count_nonzero(met) < len(cells):
        return None
    numbers = _whole_numbers(answers)
    wide = np.full(size, None, dtype=object) if numbers is None else np.zeros(size, np.int64)
    wide[cells] = _objects(answers) if numbers is None else numbers
    first = np.empty(len(people), np.intp)
    first[rows[::-1]] = np.arange(len(rows) - 1, -1, -1)
    shape = len(people), len(names)
    answered = dict(zip(names, zip(wide.reshape(shape).T, met.reshape(shape).T, strict=True), strict=True))
    columns = {name: _column(values, given) for name, (values, given) in answered.items()}
    counted = {} if numbers is None else {name: _counted(values, given) for name, (values, given) in answered.items()}
    return LongGrid(columns, people, first, counted)


def row_by_row(
    respondents: Sequence[Any],
    questions: Sequence[Any],
    answers: Sequence[Any],
    keys: Sequence[str],
    place: Callable[[int], Any],
    *,
    kembar: bool,
) -> tuple[LongGrid, int]:
    """Return the grid of long rows of which some repeat an answer, and how many; or say what is wrong with which.

    Parameters
    ----------
    keys : sequence of str
        What the columns are called.
    place : callable
        Position of a row -> how it is told.
    kembar : bool
        Whether rows that repeat an answer exactly count once.

    Raises
    ------
    DataError
        A row names no respondent or no question, or somebody gave two different answers to one question.
    """
    for position, (respondent, question) in enumerate(zip(respondents, questions, strict=True)):
        if is_blank(respondent) or is_blank(question):
            named = keys[0] if is_blank(respondent) else keys[1]
            raise DataError("baris-panjang-kosong", baris=position, kolom=named)
    seen: dict[tuple[Any, str], Any] = {}
    kept: list[int] = []
    doubled: list[str] = []
    for position, (respondent, question, answer) in enumerate(zip(respondents, questions, answers, strict=True)):
        cell = (respondent, str(question))
        if cell not in seen:
            kept.append(position)
        elif not kembar or seen[cell] != answer:
            doubled.append(f"{place(position)} ({question})")
        seen[cell] = answer
    some = [[values[i] for i in kept] for values in (respondents, questions, answers)]
    grid = long_grid(numbered(some[0]), numbered(some[1]), some[2])
    if doubled or grid is None:
        raise DataError("jawaban-ganda", banyak=len(doubled), tempat=", ".join(doubled[:8]))
    return replace(grid, first=np.array(kept, dtype=np.intp)[grid.first]), len(answers) - len(kept)


def _some_blank(values: Sequence[Any]) -> bool:
    """Tell whether a value is none: of a float or a scalar of some library it has to be asked."""
    return not {*map(type, values)} <= {str, int} and any(map(is_blank, values))


def _column(values: NDArray[Any], met: NDArray[np.bool_]) -> NDArray[Any]:
    """Return the answers to one question; whole numbers as such where everybody answered."""
    if values.dtype == object or met.all():
        return np.ascontiguousarray(values)
    column = np.full(len(values), None, dtype=object)
    column[met] = values[met]
    return column


def _counted(values: NDArray[np.int64], met: NDArray[np.bool_]) -> Column:
    return Column(np.ascontiguousarray(values), len(met) - int(np.count_nonzero(met)), lambda: ~met)


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _whole_numbers(values: Sequence[Any]) -> NDArray[np.int64] | None:
    """Return whole numbers as an array of them, which is read at once; None for anything else."""
    if set(map(type, values)) != {int}:
        return None
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        return None
