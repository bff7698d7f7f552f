"""The formulas, as small pure functions of numbers; exact where the figure is one of record."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

from skm.basics.errors import OptionError


def krejcie_morgan(population: int, chi_square: Decimal, margin: Decimal, p: Decimal) -> Fraction:
    """Return the sample size before rounding, exact; never more than the population.

    >>> round(float(krejcie_morgan(255, Decimal("3.841"), Decimal("0.05"), Decimal("0.5"))), 4)
    153.4955
    """
    spread = Fraction(chi_square) * Fraction(p) * (1 - Fraction(p))
    return population * spread / (Fraction(margin) ** 2 * (population - 1) + spread)


def proportion_margin(n: int, population: int | None, level: Decimal, p: Decimal) -> float:
    """Return the half-width of the interval of a proportion, as a part of one, with the finite population correction.

    It assumes a simple random sample and a yes/no question. ``population=None`` means no correction. A census has
    margin 0; without respondents it is NaN.

    >>> round(proportion_margin(80, 100, Decimal("0.95"), Decimal("0.5")), 9)
    0.049245948
    """
    if n == 0:
        return math.nan
    if n == population:
        return 0.0
    share = Fraction(p)
    variance = share * (1 - share) / n
    if population is not None:
        variance *= Fraction(population - n, population - 1)
    return math.sqrt(chi_square_quantile(level)) * math.sqrt(variance)


def chi_square_quantile(level: Decimal) -> float:
    """Return the chi-square quantile with one degree of freedom, the square of the two-sided normal quantile.

    >>> round(chi_square_quantile(Decimal("0.95")), 9)
    3.841458821
    """
    tail = float((1 - level) / 2)
    if tail <= 0:
        raise OptionError("proporsi-di-luar-batas", untuk="level", nilai=level)
    return NormalDist().inv_cdf(tail) ** 2
