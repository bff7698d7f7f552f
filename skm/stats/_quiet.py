"""How wide the limits of a control chart must be, so that a chart without any change stays inside them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

SEED = 2017
_WORK = 400_000  # periods drawn
CROWDED = 0.98  # of charts at an end of the scale: how far its few answers lie from there is itself known from few
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


def quiet_width(sizes: Counts, base: NDArray[np.bool_], away: float, sd: float, weight: float) -> float:
    """Return how many standard errors a chart without any change stays within, in 95 of 100 charts (or in more).

    The larger of two worlds: values spread normally; or, where their spread is wider than their distance ``away`` from
    the end of the scale, respondents either give that end or lie one step from it, as mean and spread ask: limits for
    symmetric answers are then broken by chance. The same draws give the centre, the spread and every period, so that a
    short base line widens the limits.
    """
    rng = np.random.Generator(np.random.PCG64(SEED))
    shape = (int(np.clip(_WORK // len(sizes), 400, 4000)), len(sizes))
    mean = rng.standard_normal(shape) / np.sqrt(sizes)
    own = np.where(sizes > 1, rng.chisquare(np.maximum(sizes - 1, 1), shape), 0.0)  # sums of squares within
    wide = _largest(mean, own, sizes, base, weight)
    if not 0 < away < sd:
        return wide
    # How many lie away from the end is known from the base line only: their share is drawn too.
    share, known = share_aside(away, sd**2), float(sizes[base].sum())
    chance = rng.beta(known * share + 0.5, known * (1 - share) + 0.5, (shape[0], 1))
    far = rng.binomial(sizes, chance, shape)
    return max(wide, _largest(far / sizes, far * (sizes - far) / sizes, sizes, base, weight, CROWDED))


def share_aside(away: float, variance: float) -> float:
    """Return the share of respondents one step from the end of the scale, as mean (``away`` from it) and spread ask.

    >>> share_aside(1.0, 3.0)
    0.25
    """
    return away**2 / (away**2 + variance)


def _largest(
    mean: Floats, own: Floats, sizes: Counts, base: NDArray[np.bool_], weight: float, within: float = 0.95
) -> float:
    """Return the quantile, over the charts drawn, of the point farthest from its centre in standard errors."""
    n = sizes[base].astype(float)
    middle = mean[:, base] @ n / n.sum()
    spread = np.sqrt(own[:, base].sum(axis=1) / (n - 1).sum())
    charted, variance, largest = middle.copy(), 0.0, np.zeros(len(mean))
    for t, size in enumerate(sizes.tolist()):
        charted = weight * mean[:, t] + (1 - weight) * charted
        variance = weight**2 / size + (1 - weight) ** 2 * variance
        largest = np.maximum(largest, np.abs(charted - middle) / math.sqrt(variance))
    known = spread > 0
    return round(float(np.quantile(largest[known] / spread[known], within)), 2) if known.any() else 0.0
