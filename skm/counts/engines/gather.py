"""What came home from an engine, in any order and in pieces -> `Hitungan` and `Pola` as the local engine gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skm.counts.engines.keys import Keys, Values
from skm.counts.hitungan import Hitungan
from skm.counts.kernel_words import WordCounts
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True, eq=False)
class CountRows:
    """Counts of pieces of groups.

    Attributes
    ----------
    semua : int64 array (rows, butir, levels + 1)
        Over all respondents of the piece, blanks at 0.
    lengkap : int64 array (rows, butir, levels)
        Over those who answered everything.
    n, n_lengkap, n_tanpa : int64 array (rows,)
        Respondents, those who answered everything, those who answered nothing.
    """

    semua: NDArray[np.int64]
    lengkap: NDArray[np.int64]
    n: NDArray[np.int64]
    n_lengkap: NDArray[np.int64]
    n_tanpa: NDArray[np.int64]


def opened(counts: CountRows | WordCounts) -> CountRows:
    """Return counts that are packed no longer."""
    if isinstance(counts, CountRows):
        return counts
    semua, lengkap, (n, lacking, none) = counts.opened()
    return CountRows(semua, lengkap, n, n - lacking, none)


def gathered(kuesioner: Kuesioner, rows: CountRows | WordCounts, labels: Sequence[Values], keys: Keys) -> Hitungan:
    """Add up pieces of the same group, and put groups in their order."""
    n = rows.rows[0] if isinstance(rows, WordCounts) else rows.n
    group, label = keys.arranged(labels, len(n))
    if isinstance(rows, WordCounts) and len(label) == len(group):  # packed they are sooner put in order
        rows, group = rows.taken(np.argsort(group)), np.arange(len(group))
    counts = opened(rows)
    add = adder(group, len(label))
    return Hitungan(
        kuesioner,
        add(counts.semua),
        add(counts.lengkap),
        add(counts.n),
        add(counts.n_lengkap),
        add(counts.n_tanpa),
        keys.by,
        label,
    )


def adder(group: NDArray[np.intp], groups: int) -> Callable[[NDArray[np.int64]], NDArray[np.int64]]:
    """Return what adds up the rows of every group; where there are rows, each group has at least one."""
    if not len(group):
        return lambda values: np.zeros((groups, *values.shape[1:]), np.int64)
    if len(group) == groups and np.array_equal(group, np.arange(groups)):
        return lambda values: values
    order = np.argsort(group, kind="stable")
    if len(order) == groups:
        return lambda values: values[order]
    starts = np.searchsorted(group[order], np.arange(groups))
    return lambda values: np.add.reduceat(values[order], starts, axis=0)


def gathered_patterns(
    kuesioner: Kuesioner, nilai: NDArray[np.int8], often: NDArray[np.int64], labels: Sequence[Values], keys: Keys
) -> Pola:
    """Add up equal patterns of the same group, and sort by group and pattern."""
    group, label = keys.arranged(labels, len(often))
    order = np.lexsort([*nilai.T[::-1], group])
    nilai, group, often = nilai[order], group[order], often[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (nilai[1:] != nilai[:-1]).any(axis=1) | (group[1:] != group[:-1])
    starts = np.flatnonzero(first)
    total = np.add.reduceat(often, starts) if len(starts) else often
    return Pola(kuesioner, nilai[starts], total, group[starts].astype(np.int64), keys.by, label)
