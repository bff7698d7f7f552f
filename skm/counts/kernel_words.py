"""The counting kernel for many small groups: the levels of a question share one number per group.

Why: a table of groups x questions x levels is written and read where groups are many, however few rows there are.
Measured on 1 million rows x 9 in 50,000 groups (two cores, NumPy 2.4, processor time): 33 ms here, 69 ms by
`LevelTally`; and what partitions hand over to be added up is 21 numbers a group instead of 84. What breaks:
`numpy.bincount` adds weights as floats, which hold whole numbers below 2**53 only, so a group must have fewer rows
than 2 to the bits that a level has, 13 where there are four. Rows are counted first, and where a group has more
nothing is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MANY = 4096
"""Groups from which this is worth it; below, the tables of `LevelTally` stay in the processor's cache."""

_EXACT = 53  # bits of the whole numbers that a float holds


@dataclass(frozen=True, slots=True, eq=False)
class WordCounts:
    """Counts of groups, packed.

    Attributes
    ----------
    bits : int
        Bits of a level; a group has fewer rows than 2 to this power.
    levels : int
        Levels of a question.
    words : int64 array (2, butir, groups)
        Over all rows, and over those that lack an answer: level k on bit (k - 1) * bits.
    rows : int64 array (3, groups)
        Rows, those that lack an answer, and those without any.
    """

    bits: int
    levels: int
    words: NDArray[np.int64]
    rows: NDArray[np.int64]

    @property
    def largest(self) -> int:
        """Rows of the largest group."""
        return int(self.rows[0].max(initial=0))

    def taken(self, order: NDArray[np.intp]) -> WordCounts:
        """Return these groups in an order."""
        return WordCounts(self.bits, self.levels, self.words[:, :, order], self.rows[:, order])

    def opened(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return counts over all rows (groups, butir, levels + 1), blanks at 0, over complete ones, and the rows."""
        _, butir, groups = self.words.shape
        semua = np.empty((groups, butir, self.levels + 1), np.int64)
        lengkap = np.empty((groups, butir, self.levels), np.int64)
        mask = (1 << self.bits) - 1
        # Every level of the rows that lack an answer is among all of them, so that nothing is borrowed.
        complete = self.words[0] - self.words[1]
        for i in range(butir):
            blank = self.rows[0].copy()
            for k in range(self.levels):
                found = self.words[0, i] >> k * self.bits & mask
                semua[:, i, k + 1] = found
                blank -= found
                lengkap[:, i, k] = complete[i] >> k * self.bits & mask
            semua[:, i, 0] = blank
        return semua, lengkap, self.rows


def count_words(
    columns: Sequence[NDArray[np.int8]], group: NDArray[np.intp], groups: int, levels: int
) -> WordCounts | None:
    """Count levels (0 blank) by group; None where a group has more rows than a level has room for."""
    bits = _EXACT // levels
    rows = np.zeros((3, groups), np.int64)
    rows[0] = np.bincount(group, minlength=groups)
    if rows[0].max(initial=0) >> bits:
        return None
    least, most = columns[0].copy(), columns[0].copy()
    for column in columns[1:]:
        np.minimum(least, column, out=least)
        np.bitwise_or(most, column, out=most)
    lacking = np.flatnonzero(least == 0)
    partly = group[lacking]
    rows[1] = np.bincount(partly, minlength=groups)
    rows[2] = np.bincount(group[most == 0], minlength=groups)
    weights = np.array([0, *(1 << k * bits for k in range(levels))], np.float64)
    words = np.empty((2, len(columns), groups), np.int64)
    weight = np.empty(len(group))
    for i, column in enumerate(columns):
        np.take(weights, column, out=weight, mode="clip")  # without "clip" NumPy copies once more
        words[0, i] = np.bincount(group, weight, groups)
        words[1, i] = np.bincount(partly, weights[column[lacking]], groups)
    return WordCounts(bits, levels, words, rows)


def merged(pieces: Sequence[WordCounts], places: Sequence[NDArray[np.intp]] | None, groups: int) -> WordCounts | None:
    """Add up pieces whose groups stand at some places, by default the same; None where they have no room together."""
    first = pieces[0]
    if sum(piece.largest for piece in pieces) >> first.bits:
        return None
    words, rows = np.zeros((*first.words.shape[:2], groups), np.int64), np.zeros((3, groups), np.int64)
    for number, piece in enumerate(pieces):
        if places is None:
            words += piece.words
            rows += piece.rows
        else:
            words[:, :, places[number]] += piece.words
            rows[:, places[number]] += piece.rows
    return WordCounts(first.bits, first.levels, words, rows)
