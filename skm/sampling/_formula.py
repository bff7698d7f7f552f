"""The formulas, as small pure functions of numbers; exact where the figure is one of record."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.reading_numbers import read_count, read_decimal


def krejcie_morgan(population: int, chi_square: Decimal, margin: Decimal, p: Decimal) -> Fraction:
    """Return the sample size before rounding, exact; never more than the population.

    >>> round(float(krejcie_morgan(255, Decimal("3.841"), Decimal("0.05"), Decimal("0.5"))), 4)
    153.4955
    """
    people = read_count(population, "N", minimum=1)
    chi, error, share = (_exact(v, n) for v, n in ((chi_square, "chi2"), (margin, "margin"), (p, "p")))
    if chi <= 0 or not 0 < error < 1 or not 0 < share < 1:
        name, value = ("chi2", chi_square) if chi <= 0 else ("margin", margin) if not 0 < error < 1 else ("p", p)
        raise OptionError("di-luar-rentang", untuk=name, nilai=value, rendah=0, tinggi=1 if name != "chi2" else 100)
    spread = chi * share * (1 - share)
    return people * spread / (error**2 * (people - 1) + spread)


def proportion_margin(n: int, population: int | None, level: Decimal, p: Decimal) -> float:
    """Return the half-width of the interval of a proportion, as a part of one, with the finite population correction.

    It assumes a simple random sample and a yes/no question. ``population=None`` means no correction. A census has
    margin 0; without respondents it is NaN.

    >>> round(proportion_margin(80, 100, Decimal("0.95"), Decimal("0.5")), 9)
    0.049245948
    """
    reached = read_count(n, "n")
    people = None if population is None else read_count(population, "N", minimum=1)
    share = _exact(p, "p")
    if people is not None and reached > people:
        raise OptionError("n-melebihi-populasi", n=reached, N=people)
    if not 0 < share < 1:
        raise OptionError("di-luar-rentang", untuk="p", nilai=p, rendah=0, tinggi=1)
    if reached == 0:
        return math.nan
    if reached == people:
        return 0.0
    variance = share * (1 - share) / reached
    if people is not None:
        variance *= Fraction(people - reached, people - 1)
    return math.sqrt(chi_square_quantile(level)) * math.sqrt(variance)


def _exact(value: Any, name: str) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(read_decimal(value, name))


def chi_square_quantile(level: Decimal) -> float:
    """Return the chi-square quantile with one degree of freedom, the square of the two-sided normal quantile.

    >>> round(chi_square_quantile(Decimal("0.95")), 9)
    3.841458821
    """
    tail = float((1 - _exact(level, "level")) / 2)
    if not 0 < tail < 0.5:
        raise OptionError("proporsi-di-luar-batas", untuk="level", nilai=level)
    return NormalDist().inv_cdf(tail) ** 2
