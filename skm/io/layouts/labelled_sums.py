"""Rows whose label announces a sum, a mean or the index: told from respondents by what they hold, not by the label.

A person's occupation may be "Jumlah ..." and a service "Total ...": a row whose answers are answers is a respondent,
unless the rows above prove that it is their sum. Sums may stand between the respondents too, one below each unit.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from skm.answers.cell_grammar import NO_ANSWER, level_of_text
from skm.answers.cells import text_rules
from skm.answers.label_sets import looks_missing
from skm.io.layouts.foot_rows import RunningTotals, number_of
from skm.io.layouts.footer import label_kind
from skm.regulasi._kuesioner import Kuesioner

_LETTER = re.compile(r"\s{0,9}[(\"']?[a-fA-F][).\"']?\s{0,9}")


@dataclass(frozen=True, slots=True)
class LabelledSums:
    """Where the block below the respondents begins, and the rows of sums between them that prove themselves."""

    akhir: int
    tengah: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """Tells whether a row holds answers: levels, labels, or texts that others of the column have too."""

    columns: Sequence[NDArray[Any]]
    answers: Sequence[int]
    base: Kuesioner
    _often: dict[int, Counter[Any]] = field(default_factory=dict)
    _rules: dict[str, int] = field(default_factory=dict)

    def __call__(self, row: int) -> bool:
        """More than half of the questions are answered, and nothing but words stands beside; a 0 is no answer."""
        cells = ((j, self.columns[j][row]) for j in self.answers)
        filled = [(j, cell) for j, cell in cells if cell is not None and number_of(cell) != 0]
        if len(filled) * 2 <= len(self.answers):
            return False
        others = [cell for j, cell in filled if not self._is_answer(j, cell)]
        # A label that nobody else chose, or a word for "not answered", is found among answers and in no row of sums.
        return len(others) * 2 < len(filled) and all(_is_words(cell) for cell in others)

    def _is_answer(self, j: int, cell: Any) -> bool:
        number = number_of(cell)
        if not math.isnan(number):
            return number.is_integer() and 1 <= number <= len(self.base.nilai)
        if not isinstance(cell, str) or label_kind(cell) is not None:
            return False
        if j not in self._often:
            self._often[j] = Counter(self.columns[j].tolist())
        return self._often[j][cell] > 1 or self._says(cell) or self._lettered(j, cell)

    def _lettered(self, j: int, cell: str) -> bool:
        """Tell whether a letter stands in a column of letters, where it is an answer; below numbers it is a grade."""
        often = self._often[j]
        letters = sum(times for v, times in often.items() if isinstance(v, str) and _LETTER.fullmatch(v))
        return bool(_LETTER.fullmatch(cell)) and letters * 2 > often.total() - often[None]

    def _says(self, text: str) -> bool:
        """Tell whether a text is a label of a level; a letter alone may be the grade of a mean."""
        for table in () if self._rules else text_rules(self.base).values():
            self._rules.update(table)
        return len(text.strip()) > 1 and level_of_text(text, self._rules, len(self.base.nilai)) != NO_ANSWER


def _is_words(cell: Any) -> bool:
    if not isinstance(cell, str) or label_kind(cell) is not None:
        return False
    return looks_missing(cell) or (len(cell.strip()) > 1 and not any(c.isdigit() for c in cell))


def labelled_sums(columns: Sequence[NDArray[Any]], answered: Answered) -> LabelledSums:
    """Find the rows of sums that have a label.

    Parameters
    ----------
    columns : sequence of arrays
        The cleaned columns below the header, empty where a row repeats it.
    answered : Answered

    Returns
    -------
    LabelledSums
        Where sums between the respondents do not prove themselves, the block begins at the first of them; what stands
        below it is then for the caller to refuse.
    """
    answers, base = answered.answers, answered.base
    n = len(columns[0])
    rows = list(_labelled(columns, answers))
    if not rows:
        return LabelledSums(n)
    factor = float(base.regulasi.konversi)
    totals = RunningTotals.of([columns[j] for j in answers], len(base.nilai), factor) if answers else None
    labelled = set(rows)
    last = next((r for r in range(n - 1, -1, -1) if answers and r not in labelled and answered(r)), -1)
    found: list[int] = []
    proven: dict[int, bool] = {}
    block, group = 0, -1  # where the respondents above begin, and where the sums below them do
    for i in rows:
        if not found or not _empty_between(columns, found[-1], i):
            block, group = found[-1] + 1 if found else 0, i
        # Whole means and extremes are printed below all respondents only.
        named = label_kind(next(c[i] for c in columns if c[i] is not None))
        label = named or "" if i > last else ""
        kind = totals.kind(range(block, group), i, label) if totals else ""
        if answers and answered(i) and not kind and named != "lain" and not _unnumbered(columns, min(answers), i):
            continue  # a respondent whose occupation or service is called so
        found.append(i)
        proven[group] = proven.get(group, False) or bool(kind)
    middle = [i for i in found if i < last]
    for begin, proof in proven.items():
        if begin < last and not proof:
            return LabelledSums(begin, tuple(i for i in middle if i < begin))
    return LabelledSums(next((i for i in found if i > last), n), tuple(middle))


def _labelled(columns: Sequence[NDArray[Any]], answers: Sequence[int]) -> Iterator[int]:
    """Yield the rows whose first filled cell is such a label, in order."""
    candidates: set[int] = set()
    for column in columns[: min(answers, default=0) + 1]:
        values = column.tolist()
        labels = {v for v in set(values) if isinstance(v, str) and label_kind(v) is not None}
        if labels:
            candidates |= {i for i, v in enumerate(values) if v in labels}
    for i in sorted(candidates):
        place = next(j for j, column in enumerate(columns) if column[i] is not None)
        kind = label_kind(columns[place][i]) if isinstance(columns[place][i], str) else None
        if kind is not None and (kind != "lain" or _grades(columns, answers, i, place)):
            yield i


def _grades(columns: Sequence[NDArray[Any]], answers: Sequence[int], row: int, place: int) -> bool:
    """Tell whether a row holds the grades of the unsur: a text below most questions, and nothing of a person."""
    filled = [j for j, column in enumerate(columns) if column[row] is not None and j != place]
    graded = all(isinstance(columns[j][row], str) and math.isnan(number_of(columns[j][row])) for j in filled)
    return place not in answers and graded and set(answers) >= set(filled) and len(filled) * 2 > len(answers)


def _empty_between(columns: Sequence[NDArray[Any]], first: int, second: int) -> bool:
    return all(column[r] is None for column in columns for r in range(first + 1, second))


def _unnumbered(columns: Sequence[NDArray[Any]], first_answer: int, row: int) -> bool:
    """Tell whether the rows above are numbered and this one is not: one called "Rata-rata" is no respondent then.

    Where only some of the numbers are missing, somebody left them out.
    """
    numbering = [column for column in columns[:first_answer] if _numbers(column, row)]
    return bool(numbering) and not any(_is_number(column[row]) for column in numbering)


def _numbers(column: NDArray[Any], end: int) -> bool:
    """Tell whether a column holds numbers above a row, of most rows; a remark may be a number once."""
    start = max(0, end - 200)
    above = [v for v in column[start:end].tolist() if v is not None]
    return len(above) > 1 and len(above) * 2 > end - start and all(map(_is_number, above))


def _is_number(cell: Any) -> bool:
    """Tell whether a cell numbers somebody; the number of an identity card has sixteen digits."""
    return (
        isinstance(cell, int)
        or (isinstance(cell, float) and cell.is_integer())
        or (isinstance(cell, str) and cell.strip().isdigit())
    )


def rows_below(answered: Answered, end: int, known: Sequence[int]) -> list[int]:
    """Return rows below the block's beginning that look like respondents: no label, and answers in them."""
    columns, others = answered.columns, set(known)
    return [
        i
        for i in range(end, len(columns[0]))
        if i not in others and answered(i) and not any(label_kind(column[i]) for column in columns)
    ]
