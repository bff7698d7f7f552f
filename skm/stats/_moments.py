"""Sums and cross-products of complete answers, exact: what alpha and item-total correlations are made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skm.counts.pola import Pola


@dataclass(frozen=True, eq=False)
class Moments:
    """Exact moments of complete rows.

    Attributes
    ----------
    butir : tuple of str
        The questions in use.
    n : int
        Complete respondents.
    spread : list of list of Fraction
        Sum of (x - mean)(y - mean) for every pair of questions: covariance times n - 1.
    constant : tuple of str
        Questions that all complete respondents answered alike.
    twins : tuple of pairs
        Questions answered alike by every complete respondent.
    """

    butir: tuple[str, ...]
    n: int
    spread: list[list[Fraction]]
    constant: tuple[str, ...]
    twins: tuple[tuple[str, str], ...]

    @property
    def k(self) -> int:
        """Number of questions."""
        return len(self.butir)

    @cached_property
    def own(self) -> list[Fraction]:
        """Spread of every question."""
        return [self.spread[j][j] for j in range(self.k)]

    @cached_property
    def with_total(self) -> list[Fraction]:
        """Joint spread of every question with the total."""
        return [sum(row, Fraction(0)) for row in self.spread]

    @cached_property
    def total(self) -> Fraction:
        """Spread of the total."""
        return sum(self.with_total, Fraction(0))

    def without(self, position: int) -> Moments:
        """Return the moments of the other questions."""
        keep = [j for j in range(self.k) if j != position]
        gone = self.butir[position]
        return Moments(
            tuple(self.butir[j] for j in keep),
            self.n,
            [[self.spread[i][j] for j in keep] for i in keep],
            tuple(b for b in self.constant if b != gone),
            tuple(pair for pair in self.twins if gone not in pair),
        )

    def covariance(self) -> NDArray[np.float64]:
        """Return the covariance matrix (n - 1)."""
        return np.array([[float(v) for v in row] for row in self.spread]) / (self.n - 1)


def moments(pola: Pola, butir: tuple[int, ...]) -> Moments:
    """Return the moments of some of the questions over respondents who answered all of them."""
    levels = pola.nilai[:, butir]
    keep = (levels > 0).all(axis=1)
    levels, kali = levels[keep], pola.kali[keep]
    nilai = pola.kuesioner.nilai
    common = math.lcm(*(v.denominator for v in nilai))
    x = np.array([0, *(int(v * common) for v in nilai)], np.int64)[levels]
    n = int(kali.sum())
    sums = [int(s) for s in kali @ x] if n else [0] * len(butir)
    cross = x.T @ (kali[:, None] * x)
    unit = common * common * max(n, 1)
    spread = [
        [Fraction(n * int(cross[i, j]) - sums[i] * sums[j], unit) for j in range(len(butir))] for i in range(len(butir))
    ]
    names = tuple(pola.kuesioner.butir[j].id for j in butir)
    constant = tuple(name for j, name in enumerate(names) if n and spread[j][j] == 0)
    twins = tuple(
        (names[i], names[j])
        for i in range(len(butir))
        for j in range(i + 1, len(butir))
        if n and spread[i][i] and bool((levels[:, i] == levels[:, j]).all())
    )
    return Moments(names, n, spread, constant, twins)


def pooled(parts: list[Moments]) -> Moments:
    """Return the moments within groups added up; ``n`` is respondents less groups plus one, so that n - 1 holds."""
    first = parts[0]
    k = range(first.k)
    spread = [[sum((p.spread[i][j] for p in parts), Fraction(0)) for j in k] for i in k]
    n = sum(p.n for p in parts) - len(parts) + 1
    constant = tuple(b for j, b in enumerate(first.butir) if spread[j][j] == 0)
    return Moments(first.butir, n, spread, constant, ())


def asked(pola: Pola) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the positions of the questions that anybody answered, and the ids of the others."""
    some = np.asarray((pola.nilai > 0).any(axis=0))
    names = [b.id for b in pola.kuesioner.butir]
    return tuple(int(j) for j in np.flatnonzero(some)), tuple(
        n for n, s in zip(names, some.tolist(), strict=True) if not s
    )


def correlation(joint: Fraction, a: Fraction, b: Fraction) -> float:
    """Return a correlation from exact spreads; NaN where one of them is zero.

    Exactly 1 or -1 where it is so: a float would leave 0.9999999999999998.
    """
    if a == 0 or b == 0:
        return math.nan
    if joint * joint == a * b:
        return 1.0 if joint > 0 else -1.0
    return math.copysign(math.sqrt(joint * joint / (a * b)), joint)
