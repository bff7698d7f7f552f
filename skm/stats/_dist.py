"""Quantiles and tails of the usual distributions, and of the studentized range."""

from __future__ import annotations

import math
from functools import cache


def t_quantile(p: float, df: float) -> float:
    """Return Student's t quantile; the normal one for endless degrees of freedom."""
    from scipy.special import gammaln, ndtri, stdtr, stdtrit

    if math.isinf(df):
        return float(ndtri(p))
    x = float(stdtrit(df, p))
    # Older SciPy inverts to about ten digits only; one Newton step gives the rest.
    log_density = gammaln((df + 1) / 2) - gammaln(df / 2) - math.log(df * math.pi) / 2
    density = math.exp(log_density - (df + 1) / 2 * math.log1p(x * x / df))
    return x - (float(stdtr(df, x)) - p) / density


def t_two_sided(t: float, df: float) -> float:
    """Return the two-sided p of Student's t."""
    from scipy.special import stdtr

    if math.isinf(t):
        return 0.0
    return normal_two_sided(t) if math.isinf(df) else float(2 * stdtr(df, -abs(t)))


def f_quantile(p: float, d1: float, d2: float) -> float:
    """Return the quantile of F."""
    from scipy.special import fdtri

    return float(fdtri(d1, d2, p))


def f_tail(f: float, d1: float, d2: float) -> float:
    """Return the upper tail of F."""
    from scipy.special import fdtrc

    return float(fdtrc(d1, d2, f))


def chi2_tail(x: float, df: float) -> float:
    """Return the upper tail of chi-square."""
    from scipy.special import chdtrc

    return float(chdtrc(df, x))


def normal_two_sided(z: float) -> float:
    """Return the two-sided p of a standard normal value."""
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


@cache
def range_quantile(p: float, groups: int, df: float) -> float:
    """Return the quantile of the studentized range of ``groups`` means.

    >>> round(range_quantile(0.95, 3, 20), 4)
    3.5779
    """
    if groups < 2:
        return 0.0  # one mean has no range
    from scipy.stats import studentized_range  # costs more to import than all else here: only for who asks

    return float(studentized_range.ppf(p, groups, df))
