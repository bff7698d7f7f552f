"""Rank statistics from a table of groups by distinct values; ties are the rule with answers on four levels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skm.stats._dist import chi2_tail, normal_two_sided

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RankTable:
    """How often each distinct value occurs in each group.

    Attributes
    ----------
    counts : int array (groups, values)
    values : float array (values,)
        Ascending.
    """

    counts: Counts
    values: Floats

    @property
    def sizes(self) -> Counts:
        """Respondents per group."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def n(self) -> int:
        """Respondents in all."""
        return int(self.counts.sum())

    @property
    def ties(self) -> Counts:
        """How often each value occurs."""
        return np.asarray(self.counts.sum(axis=0))

    @property
    def midranks(self) -> Floats:
        """Rank of each value, ties sharing their mean rank."""
        upto = np.cumsum(self.ties)
        return np.asarray(upto - (self.ties - 1) / 2)

    def only(self, *groups: int) -> RankTable:
        """Return some groups, values nobody among them has left out."""
        counts = self.counts[list(groups)]
        keep = counts.sum(axis=0) > 0
        return RankTable(counts[:, keep], self.values[keep])


def rank_table(values: Floats, kali: Counts, groups: Counts, n_groups: int) -> RankTable:
    """Return the table; values equal to nine decimals are ties, NaN are left out."""
    keep = ~np.isnan(values)
    keys = np.round(values[keep] * 1e9).astype(np.int64)
    distinct, place = np.unique(keys, return_inverse=True)
    counts = np.bincount(
        groups[keep] * max(len(distinct), 1) + place.reshape(-1), kali[keep], minlength=n_groups * len(distinct)
    )
    return RankTable(counts.astype(np.int64).reshape(n_groups, len(distinct)), distinct / 1e9)


def tie_factor(ties: Counts) -> float:
    """Return the share of the rank variance that ties leave: 1 without ties, 0 where all values are equal."""
    n = int(ties.sum())
    if n < 2:
        return 0.0
    lost = sum(int(t) ** 3 - int(t) for t in ties)
    return 1 - lost / (n**3 - n)


def kruskal_wallis(table: RankTable) -> tuple[float, int, float]:
    """Return H with the correction for ties, its degrees of freedom and the chi-square p; NaN if all are equal."""
    factor = tie_factor(table.ties)
    df = len(table.counts) - 1
    if factor <= 0 or df < 1:
        return math.nan, df, math.nan
    h = _h_of(table.counts @ table.midranks, table.sizes, table.n) / factor
    return h, df, chi2_tail(h, df)


def _h_of(sums: Floats, sizes: Counts, n: int) -> float:
    """Return the uncorrected H; as a spread around the mean rank, which loses no digits."""
    centre = (n + 1) / 2
    return float(12 / (n * (n + 1)) * np.sum((sums - sizes * centre) ** 2 / sizes))


def kruskal_permutation(table: RankTable, draws: int, seed: int) -> float:
    """Return the Monte Carlo p of H under exchange of respondents between groups: (b + 1)/(draws + 1)."""
    ranks = np.repeat(table.midranks, table.ties)
    starts = np.concatenate([[0], np.cumsum(table.sizes)[:-1]])
    observed = _h_of(table.counts @ table.midranks, table.sizes, table.n)
    rng = np.random.Generator(np.random.PCG64(seed))
    hits = 0
    for _ in range(draws):
        sums = np.add.reduceat(rng.permutation(ranks), starts)
        hits += _h_of(sums, table.sizes, table.n) >= observed * (1 - 1e-12)
    return (hits + 1) / (draws + 1)


def mann_whitney(table: RankTable) -> tuple[float, float]:
    """Return U of the first of two groups (pairs it wins, ties half) and its effect 2U/(n1 n2) - 1.

    The effect is the share of pairs the first group wins less the share it loses; above 0 the first is higher.
    """
    n1, n2 = (int(n) for n in table.sizes)
    u = float(table.counts[0] @ table.midranks) - n1 * (n1 + 1) / 2
    return u, 2 * u / (n1 * n2) - 1


def mann_whitney_normal(table: RankTable, *, continuity: bool = True) -> tuple[float, float]:
    """Return z and the two-sided normal p, corrected for ties (and by 1/2 for continuity); NaN if all are equal."""
    n1, n2 = (int(n) for n in table.sizes)
    variance = n1 * n2 * (n1 + n2 + 1) / 12 * tie_factor(table.ties)
    if variance <= 0:
        return math.nan, math.nan
    off = mann_whitney(table)[0] - n1 * n2 / 2
    if continuity:
        off = math.copysign(max(abs(off) - 0.5, 0.0), off)
    z = off / math.sqrt(variance)
    return z, normal_two_sided(z)


def mann_whitney_exact(table: RankTable) -> float:
    """Return the exact two-sided p given the ties: the share of all divisions whose U lies as far from its mean.

    Counted value by value: in how many ways can the smaller group take its respondents from each tie.
    """
    if tie_factor(table.ties) <= 0:
        return math.nan
    small = int(np.argmin(table.sizes))
    size = int(table.sizes[small])
    doubled = np.rint(2 * table.midranks).astype(np.int64)  # midranks are whole or half
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for rank, tie in zip(doubled.tolist(), table.ties.tolist(), strict=True):
        grown: dict[tuple[int, int], int] = {}
        choose = [math.comb(tie, k) for k in range(min(tie, size) + 1)]
        for (taken, total), count in ways.items():
            for k in range(min(tie, size - taken) + 1):
                key = (taken + k, total + k * rank)
                grown[key] = grown.get(key, 0) + count * choose[k]
        ways = grown
    mean = size * (table.n + 1)  # of the doubled rank sum
    observed = abs(int(table.counts[small] @ doubled) - mean)
    far = sum(count for (taken, total), count in ways.items() if taken == size and abs(total - mean) >= observed)
    return far / math.comb(table.n, size)


def dunn(table: RankTable, a: int, b: int) -> float:
    """Return Dunn's z of two groups among all: difference of mean ranks over its standard error, ties corrected."""
    n = table.n
    spread = n * (n + 1) / 12 * tie_factor(table.ties)
    if spread <= 0:
        return math.nan
    means = (table.counts @ table.midranks) / table.sizes
    return float((means[a] - means[b]) / math.sqrt(spread * (1 / table.sizes[a] + 1 / table.sizes[b])))


def jonckheere(table: RankTable) -> tuple[float, float, float]:
    """Return J of ordered groups (pairs in which the later group is higher, ties half), its mean and variance."""
    counts = table.counts.astype(float)
    below = np.cumsum(counts, axis=1) - counts / 2  # lower in value, ties half
    j = sum(float(below[a] @ counts[b]) for a in range(len(counts)) for b in range(a + 1, len(counts)))
    n, sizes, ties = table.n, table.sizes.tolist(), table.ties.tolist()
    mean = (n**2 - sum(s**2 for s in sizes)) / 4
    if n < 3:
        return j, mean, math.nan

    def sums(parts: list[int]) -> tuple[float, float, float]:
        return (
            float(sum(s * (s - 1) * (2 * s + 5) for s in parts)),
            float(sum(s * (s - 1) * (s - 2) for s in parts)),
            float(sum(s * (s - 1) for s in parts)),
        )

    (g5, g3, g2), (t5, t3, t2) = sums(sizes), sums(ties)
    variance = (n * (n - 1) * (2 * n + 5) - g5 - t5) / 72
    variance += g3 * t3 / (36 * n * (n - 1) * (n - 2)) + g2 * t2 / (8 * n * (n - 1))
    return j, mean, variance


def holm(p: list[float]) -> list[float]:
    """Return p adjusted by Holm's step-down; NaN stay NaN and do not count."""
    known = sorted((value, i) for i, value in enumerate(p) if not math.isnan(value))
    out, running = [math.nan] * len(p), 0.0
    for position, (value, i) in enumerate(known):
        running = max(running, min(1.0, value * (len(known) - position)))
        out[i] = running
    return out
