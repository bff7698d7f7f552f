"""Ranks of units of which only a figure and its variance are known: from counts, an earlier recap, another office."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from skm.basics.errors import DataError
from skm.basics.values import Finding, Interval
from skm.regulasi import _kuesioner
from skm.stats._dist import t_quantile
from skm.stats._result import caution, check_level, group_name, note, undefined
from skm.stats._units import LEND_UPTO, Between, UnitRank, Units, _clearly_higher

Estimate = tuple[Any, int, float, float | None, float | None]


def rank_estimates(estimates: Sequence[Estimate], *, level: float = 0.95, kunci: str = "unit") -> Units:
    """Rank units by figures that are known already, with ranges of ranks that hold for all units at once.

    Parameters
    ----------
    estimates : sequence of tuple
        Unit, respondents, index (25-100), its variance and degrees of freedom; None where they are not known.
    level : float
        Confidence that all ranges of ranks are right together.

    Returns
    -------
    Units
        Units without a variance have no rank. How much units differ at all is not known without answers.

    Raises
    ------
    DataError
        Fewer than two units.

    Notes
    -----
    Comparisons as in `rank_units`. A unit of few respondents has at least the variance of all units together.

    Examples
    --------
    >>> made = rank_estimates([("A", 100, 90.0, 0.25, 99), ("B", 100, 80.0, 0.25, 99), ("C", 90, 79.5, 0.25, 89)])
    >>> [(u.label, u.rank_low, u.rank_high) for u in made.units]
    [('A', 1, 1), ('B', 2, 3), ('C', 2, 3)]
    """
    check_level(level)
    if len(estimates) < 2:
        raise DataError("kurang-kelompok", kolom=kunci, banyak=len(estimates))
    ikm = np.array([float(e[2]) for e in estimates])
    variance = np.array([math.nan if e[3] is None or e[1] < 2 else float(e[3]) for e in estimates])
    df = np.array([1.0 if e[4] is None else float(e[4]) for e in estimates])
    n = np.array([float(e[1]) for e in estimates])
    notes: list[Finding] = []
    known = ~np.isnan(variance)
    inside = float((n[known] - 1).sum())
    common = float((variance[known] * n[known] * (n[known] - 1)).sum() / inside) if inside > 0 else 0.0
    if common > 0:
        floor = np.divide(common, n, out=np.full_like(n, math.nan), where=n > 0)
        lent = known & ((n <= LEND_UPTO) | (variance <= 0)) & (variance < floor)
        variance[lent], df[lent] = floor[lent], inside
        if lent.any():
            notes.append(note("peringkat-ragam-bersama", banyak=int(lent.sum())))
    else:
        variance[known] = math.nan
        known = ~np.isnan(variance)
    if known.sum() == 1:  # nothing to be ranked among
        known[:] = False
    higher = _clearly_higher(ikm, variance, df, known, level)
    k = int(known.sum())
    units = []
    for i, (label, size, *_) in enumerate(estimates):
        if not known[i]:
            units.append(
                UnitRank(
                    label, size, ikm[i], math.nan, undefined(level, "t"), None, None, None, math.nan, "tanpa-ragam"
                )
            )
            continue
        se = math.sqrt(variance[i])
        half = t_quantile((1 + level) / 2, float(df[i])) * se
        interval = Interval(ikm[i] - half, ikm[i] + half, level, "t")
        rank = 1 + int((ikm[known] > ikm[i] + 1e-9).sum())
        low, high = 1 + int(higher[:, i].sum()), k - int(higher[i].sum())
        units.append(UnitRank(label, size, float(ikm[i]), se, interval, rank, low, high, math.nan))
    units.sort(key=lambda u: (u.rank is None, u.rank or 0, group_name(u.label)))
    if k < len(units):
        notes.append(caution("peringkat-tanpa-unit", kelompok=[group_name(u.label) for u in units if u.rank is None]))
    notes.append(note("peringkat-sampel"))
    none = Between(math.nan, undefined(level, "F"), math.nan, math.nan, None, 0.7, math.nan, math.nan, "tanpa-jawaban")
    return Units(tuple(units), none, kunci, level, tuple(notes), _kuesioner.load())
