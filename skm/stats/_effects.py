"""Intervals of coefficients and effects: rank correlations, share of pairs won, epsilon squared, Sen's slope."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from skm.basics.values import Interval
from skm.stats._dist import t_quantile
from skm.stats._ranks import Floats, RankTable, mann_whitney

BONETT, FIELLER = "Fisher z, Bonett-Wright", "Fisher z, Fieller"
WON = "logit, Brunner-Munzel"
BOOTSTRAP = "bootstrap persentil"
SEN = "Sen, Kendall"
DRAWS = 999
NO_CORRELATION = Interval(math.nan, math.nan, 0.95, BONETT)
NO_EFFECT = Interval(math.nan, math.nan, 0.95, WON)
NO_EPSILON = Interval(math.nan, math.nan, 0.95, BOOTSTRAP)
NO_SLOPE = Interval(math.nan, math.nan, 0.95, SEN)


def correlation_interval(r: float, n: int, method: str, level: float) -> Interval:
    """Return the interval of a rank correlation on Fisher's z; undefined for r of one or fewer than five respondents.

    Notes
    -----
    Standard error on z: sqrt((1 + rho^2/2)/(n - 3)) for Spearman (D. G. Bonett and T. A. Wright 2000),
    sqrt(0.437/(n - 4)) for Kendall (E. C. Fieller and others 1957).

    >>> i = correlation_interval(0.5, 50, "spearman", 0.95)
    >>> round(i.low, 4), round(i.high, 4)
    (0.2412, 0.6924)
    """
    name = BONETT if method == "spearman" else FIELLER
    if math.isnan(r) or abs(r) == 1 or n < 5:
        return Interval(math.nan, math.nan, level, name)
    se = math.sqrt((1 + r * r / 2) / (n - 3)) if method == "spearman" else math.sqrt(0.437 / (n - 4))
    half = t_quantile((1 + level) / 2, math.inf) * se
    return Interval(math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half), level, name)


def effect_interval(two: RankTable, level: float) -> Interval:
    """Return the interval of the rank-biserial effect of two groups; undefined where one wins every pair.

    Notes
    -----
    The share of pairs won has the variance of E. Brunner and U. Munzel (2000), which needs no equal spreads; bounds
    are on its logit, so that they never leave -1 to 1.
    """
    n1, n2 = (int(n) for n in two.sizes)
    won = (mann_whitney(two)[1] + 1) / 2
    none = Interval(math.nan, math.nan, level, WON)
    if min(n1, n2) < 2 or not 0 < won < 1:
        return none
    counts = two.counts.astype(float)
    below = np.cumsum(counts, axis=1) - counts / 2
    # Of every value of one group the share of the other group below it, ties half.
    first, second = below[1] / n2, below[0] / n1
    v1 = _variance(counts[0], first)
    v2 = _variance(counts[1], second)
    se = math.sqrt(v1 / n1 + v2 / n2)
    if se == 0:
        return none
    df = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
    half = t_quantile((1 + level) / 2, df) * se / (won * (1 - won))
    centre = math.log(won / (1 - won))
    low, high = (2 / (1 + math.exp(-(centre + s * half))) - 1 for s in (-1, 1))
    return Interval(low, high, level, WON)


def epsilon_interval(table: RankTable, p: float, level: float, seed: int) -> Interval:
    """Return the bootstrap interval of epsilon squared, respondents drawn again within every group.

    Drawn again, groups that do not differ do: such samples never give zero. The interval therefore begins at zero
    where ``p``, of the test that they do not differ, does not rule that out. Undefined where no group varies.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    n = table.n
    draws = max(99, min(DRAWS, 20_000_000 // max(table.counts.size, 1)))
    sizes = table.sizes
    again = np.stack(
        [rng.multinomial(int(size), row / size, draws) for size, row in zip(sizes, table.counts, strict=True)], axis=1
    )
    ties = again.sum(axis=1)
    midranks = np.cumsum(ties, axis=1) - (ties - 1) / 2
    sums = np.einsum("mgv,mv->mg", again, midranks)
    spread = ((sums - sizes * (n + 1) / 2) ** 2 / sizes).sum(axis=1) * 12 / (n * (n + 1))
    factor = 1 - (ties.astype(float) ** 3 - ties).sum(axis=1) / (float(n) ** 3 - n)
    values = np.where(factor > 0, spread / np.where(factor > 0, factor, 1.0), 0.0) / (n - 1)
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    if high - low < 1e-12:
        return Interval(math.nan, math.nan, level, BOOTSTRAP)
    return Interval(float(low) if p < 1 - level else 0.0, float(min(high, 1.0)), level, BOOTSTRAP)


def pair_slopes(times: Sequence[float], values: Sequence[float]) -> tuple[Floats, int]:
    """Return the slopes of all pairs, ascending, and Kendall's S: pairs that rise less pairs that fall.

    >>> pair_slopes([1, 2, 4], [80.0, 82.0, 81.0])
    (array([-0.5       ,  0.33333333,  2.        ]), 1)
    """
    t, y = np.asarray(times, float), np.asarray(values, float)
    later, earlier = np.tril_indices(len(y), -1)
    rise = y[later] - y[earlier]
    return np.sort(rise / (t[later] - t[earlier])), int((rise > 0).sum()) - int((rise < 0).sum())


def slope_interval(slopes: Floats, n: int, variance: float, level: float, exact: Sequence[int] | None) -> Interval:
    """Return Sen's interval of the slope: order statistics of the pairwise slopes, by the distribution of Kendall's S.

    Parameters
    ----------
    slopes : float array
        Of all pairs of the ``n`` periods, ascending.
    variance : float
        Of S, ties subtracted.
    exact : sequence of int or None
        Ways of 0, 1, 2, ... inversions without ties, for short series (with ties they err on the wide side); else the
        normal distribution is used.
    """
    none = Interval(math.nan, math.nan, level, SEN)
    if n < 4 or variance <= 0:
        return none
    count = len(slopes)
    if exact is not None:
        # The least c with P(|S| >= c) at most alpha; S falls in steps of two.
        total, top = sum(exact), len(exact) - 1
        tail = {c: sum(w for k, w in enumerate(exact) if abs(top - 2 * k) >= c) / total for c in range(top + 2)}
        inside = next((c for c in range(top + 2) if tail.get(c, 0.0) <= 1 - level), None)
        if inside is None or inside > top:
            return none
        reach = inside - 2 if (inside - top) % 2 == 0 else inside - 1
        lower = (count - reach) // 2 - 1
        upper = count - 1 - lower
    else:
        reach_z = t_quantile((1 + level) / 2, math.inf) * math.sqrt(variance)
        upper = min(round((count + reach_z) / 2), count - 1)
        lower = max(round((count - reach_z) / 2) - 1, 0)
    # Bounds that fall together would make equal figures a certainty.
    if lower < 0 or slopes[lower] == slopes[upper]:
        return none
    return Interval(float(slopes[lower]), float(slopes[upper]), level, SEN)


def _variance(counts: Floats, values: Floats) -> float:
    n = float(counts.sum())
    mean = float(counts @ values) / n
    return float(counts @ (values - mean) ** 2) / (n - 1)
