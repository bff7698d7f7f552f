"""`Pola`: each distinct pattern of answers and how often it occurs. Joint statistics are computed from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import OptionError
from skm.counts.kernel_fold import PatternFold
from skm.regulasi._kuesioner import Kuesioner

_WORD_BITS = 62


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pola:
    """Distinct answer patterns.

    Attributes
    ----------
    nilai : int8 array (patterns, butir)
        Levels 1..L, 0 for a blank.
    kali : int64 array (patterns,)
        How often the pattern occurs.
    kelompok : int64 array (patterns,)
        Position of the pattern's group in ``label``; ascending, and patterns ascend within a group.
    w, w2 : float64 array (patterns,) or None
        Sums of the respondents' weights and of their squares; None where respondents carry no weights.
    """

    kuesioner: Kuesioner
    nilai: NDArray[np.int8]
    kali: NDArray[np.int64]
    kelompok: NDArray[np.int64]
    kunci: tuple[str, ...] = ()
    label: tuple[tuple[Any, ...], ...] = ((),)
    w: NDArray[np.float64] | None = None
    w2: NDArray[np.float64] | None = None

    @property
    def n(self) -> int:
        """Number of respondents."""
        return int(self.kali.sum())

    def groups(self) -> Iterator[tuple[tuple[Any, ...], Pola]]:
        """Yield each group's label and its own patterns."""
        edges = np.searchsorted(self.kelompok, np.arange(len(self.label) + 1)).tolist()
        for label, start, end in zip(self.label, edges, edges[1:], strict=False):
            yield label, self.where(slice(start, end))

    def where(self, some: NDArray[np.bool_] | slice) -> Pola:
        """Return some of the patterns as one undivided group."""
        w, w2 = (None if a is None else a[some] for a in (self.w, self.w2))
        often = self.kali[some]
        return Pola(self.kuesioner, self.nilai[some], often, np.zeros(len(often), np.int64), w=w, w2=w2)

    def where_complete(self) -> Pola:
        """Return the patterns without a blank, groups kept."""
        return self.restrict(np.asarray((self.nilai > 0).all(axis=1)))

    def restrict(self, keep: NDArray[np.bool_]) -> Pola:
        """Return some of the patterns, groups kept."""
        return replace(
            self,
            nilai=self.nilai[keep],
            kali=self.kali[keep],
            kelompok=self.kelompok[keep],
            w=None if self.w is None else self.w[keep],
            w2=None if self.w2 is None else self.w2[keep],
        )

    def codes(self, keys: Sequence[str]) -> tuple[NDArray[np.int64], tuple[tuple[Any, ...], ...]]:
        """Return, for some of the keys, a group number per pattern and the labels of the groups that have any.

        Raises
        ------
        OptionError
            The patterns are not divided by one of the keys.
        """
        missing = [key for key in keys if key not in self.kunci]
        if missing:
            raise OptionError("opsi-tidak-dikenal", opsi="by", nilai=missing[0], pilihan=list(self.kunci))
        places = [self.kunci.index(key) for key in keys]
        reduced = [tuple(label[i] for i in places) for label in self.label]
        position = {label: i for i, label in enumerate(dict.fromkeys(reduced))}
        table = np.array([position[label] for label in reduced], dtype=np.int64)
        present, dense = np.unique(table[self.kelompok], return_inverse=True)
        labels = tuple(position)
        return dense.astype(np.int64).reshape(-1), tuple(labels[i] for i in present)

    def __repr__(self) -> str:
        return f"Pola({self.n} responden, {len(self.kali)} pola, {self.nilai.shape[1]} butir)"


def collapse(
    levels: Sequence[NDArray[np.int8]], groups: NDArray[np.int64] | None, n_levels: int, n_groups: int
) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    """Return distinct patterns of columns in memory, their counts and groups, sorted by group and pattern."""
    folding = PatternFold(len(levels), n_levels)
    folding.add(folding.prepare(levels, None if groups is None else groups.astype(np.intp)))
    return folding.finish(np.arange(n_groups))


def collapse_weighted(
    levels: Sequence[NDArray[np.int8]],
    groups: NDArray[np.int64] | None,
    n_levels: int,
    n_groups: int,
    weights: NDArray[np.float64],
) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return what `collapse` returns, and per pattern the sum of the weights and of their squares."""
    words, rows = _packed(levels, groups, n_levels, n_groups)
    order, starts = _runs(words, rows)
    counts = np.diff(np.append(starts, rows))
    member = np.repeat(np.arange(len(starts)), counts)
    ordered = weights[order]
    w, w2 = (np.bincount(member, power, minlength=len(starts)).astype(np.float64) for power in (ordered, ordered**2))
    nilai, kali, kelompok = _patterns(levels, groups, order[starts], counts)
    return nilai, kali, kelompok, w, w2


def _packed(
    levels: Sequence[NDArray[np.int8]], groups: NDArray[np.int64] | None, n_levels: int, n_groups: int
) -> tuple[list[NDArray[np.int64]], int]:
    base = n_levels + 1
    rows = len(levels[0]) if levels else 0
    words: list[NDArray[np.int64]] = []
    word = np.zeros(rows, np.int64) if groups is None else groups.astype(np.int64)
    room = max(n_groups, 1)
    for column in levels:
        if room * base >= 1 << _WORD_BITS:
            words.append(word)
            word, room = np.zeros(rows, np.int64), 1
        word = word * base + column
        room *= base
    return [*words, word], rows


def _runs(words: list[NDArray[np.int64]], rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the sorting order of the rows, and where in it each distinct pattern starts."""
    order = np.lexsort(words[::-1])
    changed = np.zeros(rows, dtype=bool)
    changed[:1] = True
    for word in words:
        ordered = word[order]
        changed[1:] |= ordered[1:] != ordered[:-1]
    return order, np.flatnonzero(changed)


def _patterns(
    levels: Sequence[NDArray[np.int8]], groups: NDArray[np.int64] | None, first: NDArray[np.intp], counts: NDArray[Any]
) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    nilai = np.stack([column[first] for column in levels], axis=1) if levels else np.zeros((len(first), 0), np.int8)
    kelompok = np.zeros(len(first), np.int64) if groups is None else groups[first].astype(np.int64)
    return nilai.astype(np.int8), counts.astype(np.int64), kelompok
