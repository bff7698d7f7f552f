"""Rank statistics from a table of groups by distinct values; ties are the rule with answers on four levels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skm.basics.progress import walked
from skm.stats._conditional import drawn_tables, linear_p
from skm.stats._dist import chi2_tail, normal_two_sided

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
SMALL_GROUP = 10
FEW_EXPECTED = 5  # respondents of a group expected to differ from the commonest value
CELL = 10  # what drawing one cell of a table costs, in respondents put into a random order
DIVISIONS = 300_000  # steps of counting all divisions into two groups


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
    return spread_permutation(table, table.midranks, draws, seed)


def spread_permutation(table: RankTable, scores: Floats, draws: int, seed: int) -> float:
    """Return the p of the spread between the groups' mean scores under exchange: (b + 1)/(draws + 1).

    Scores are midranks for Kruskal-Wallis, the values themselves for the F test. Groups are taken by size, so that
    their order changes nothing.
    """
    sizes = np.sort(table.sizes)
    centred = scores - float(table.ties @ scores) / table.n
    observed = float(np.sum((table.counts @ centred) ** 2 / table.sizes)) * (1 - 1e-12)
    if table.counts.size * CELL < table.n:
        hits = 0
        for part in drawn_tables(sizes, table.ties, draws, seed):
            hits += int((((part @ centred) ** 2 / sizes).sum(axis=1) >= observed).sum())
        return (hits + 1) / (draws + 1)
    everybody = np.repeat(centred, table.ties)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rng = np.random.Generator(np.random.PCG64(seed))
    hits = 0
    for _ in walked(range(draws)):
        sums = np.add.reduceat(rng.permutation(everybody), starts)
        hits += float(np.sum(sums**2 / sizes)) >= observed
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


def mann_whitney_exact(table: RankTable, draws: int = 9999, seed: int = 2017) -> tuple[float, str]:
    """Return the two-sided p given the ties, and how: the share of all divisions whose U lies as far from its mean.

    Counted where that takes a moment, else from random divisions; NaN if all values are equal.
    """
    if tie_factor(table.ties) <= 0:
        return math.nan, "eksak"
    n1, n2 = (int(n) for n in table.sizes)
    doubled = np.rint(2 * table.midranks).astype(np.int64) - (table.n + 1)  # midranks are whole or half
    return linear_p(table.counts, (n2, -n1), doubled.tolist(), draws, seed, DIVISIONS)


def sparse(table: RankTable) -> bool:
    """Tell whether a large-sample p would mislead: a small group, or few values other than the commonest in one."""
    rare = 1 - int(table.ties.max(initial=0)) / max(table.n, 1)
    return bool((table.sizes < SMALL_GROUP).any() or (table.sizes * rare < FEW_EXPECTED).any())


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
