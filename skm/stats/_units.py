"""Many units honestly: ranks with simultaneous intervals, and how much units differ at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError
from skm.basics.progress import walked
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._dist import f_quantile, f_tail, range_quantile
from skm.stats._estimate import mean_interval
from skm.stats._intervals import GroupIntervals
from skm.stats._ranks import rank_table, sparse, spread_permutation
from skm.stats._result import (
    StatResult,
    caution,
    check_level,
    check_target,
    clean,
    group_name,
    note,
    percent,
    say,
    single,
    undefined,
)
from skm.stats._scores import scores

Floats = NDArray[np.float64]
LEND_UPTO = 30  # respondents of a unit up to which its variance is at least that of all units together
SEED = 2017
_WORK = 20_000_000
# Degrees of freedom of the printed tables of the studentized range; between two, the smaller is used (wider interval).
_DF = (*range(1, 21), 24, 30, 40, 60, 120, 240, 1000)


@dataclass(frozen=True, slots=True)
class Between:
    """How much of the variance of the respondents' indices lies between units.

    Attributes
    ----------
    icc : float
        Share between units, ICC(1), from the analysis of variance; below 0 where units differ less than chance.
    interval : Interval
        Of the ICC; exact for units of one size, else approximate.
    n0 : float
        Effective respondents per unit.
    reliability : float
        Of a unit mean with n0 respondents, ICC(1,k).
    n_needed : int or None
        Respondents per unit for a mean of reliability ``target``; None where no number is enough.
    f, p : float
        F test of equal units; p over exchanges of respondents where units are small or nearly all agree (``method``).
    """

    icc: float
    interval: Interval
    n0: float
    reliability: float
    n_needed: int | None
    target: float
    f: float
    p: float
    alasan: str = ""
    method: str = "F"


@dataclass(frozen=True, slots=True)
class UnitRank:
    """One unit: its index, and the range of ranks it may have. 1 is the highest index."""

    label: Any
    n: int
    ikm: float
    se: float
    interval: Interval
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    reliability: float
    alasan: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Units(StatResult):
    """Units ranked, best first.

    Attributes
    ----------
    units : tuple of UnitRank
        ``interval`` holds for each unit alone; the ranges of ranks hold for all units at once, at ``level``.
    between : Between
    """

    JENIS: ClassVar[str] = "peringkat"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("ikm", "", "decimal", 2),
        TableColumn("se", "", "decimal", 2),
        TableColumn("low", "", "decimal", 2),
        TableColumn("high", "", "decimal", 2),
        TableColumn("rank", "", "count"),
        TableColumn("rank_low", "", "count"),
        TableColumn("rank_high", "", "count"),
        TableColumn("reliability", "", "decimal", 2),
        TableColumn("alasan", "", "text"),
    )

    units: tuple[UnitRank, ...]
    between: Between
    kunci: str
    level: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a unit, best first."""
        return [
            (
                u.label,
                u.n,
                u.ikm,
                u.se,
                u.interval.low,
                u.interval.high,
                u.rank,
                u.rank_low,
                u.rank_high,
                u.reliability,
                u.alasan,
            )
            for u in self.units
        ]

    def kalimat(self, lang: str | None = None) -> str:
        """Return what can be said of the ranking, as one sentence."""
        ranked = [u for u in self.units if u.rank is not None]
        first = [u for u in ranked if u.rank_low == 1]
        fill: dict[str, Any] = {"banyak": len(ranked), "persen": percent(self.level)}
        if len(ranked) < 2:
            return say("peringkat-takada", lang, **fill)
        if all(u.interval.method == "sensus" for u in ranked):
            best = [group_name(u.label, lang) for u in ranked if u.rank == 1]
            return say("peringkat-sensus", lang, nama=best, **fill)
        if len(first) == len(ranked) and all(u.rank_high == len(ranked) for u in ranked):
            return say("peringkat-tak-terbedakan", lang, **fill)
        if len(first) == 1:
            return say("peringkat-satu", lang, nama=group_name(first[0].label, lang), **fill)
        return say("peringkat", lang, pertama=len(first), nama=group_name(ranked[0].label, lang), **fill)

    def footnotes(self, lang: str) -> list[str]:
        """Return the share of variance between units and what it asks for."""
        b = self.between
        if any(u.rank is not None for u in self.units) and all(
            u.interval.method == "sensus" for u in self.units if u.rank is not None
        ):
            return []
        if math.isnan(b.icc):
            return [say("icc-tanpa-jawaban" if b.alasan == "tanpa-jawaban" else "icc-takada", lang)]
        code = "icc-nol" if b.n_needed is None else "icc"
        return [
            say(code, lang, icc=b.icc * 100, n0=b.n0, andal=b.reliability, n=b.n_needed or 0, target=clean(b.target))
        ]

    def extra(self) -> dict[str, Any]:
        """Return the level and the variance between units."""
        b = self.between
        return {
            "kunci": self.kunci, "level": self.level,
            "antar_unit": {
                "icc": b.icc, "interval": b.interval.to_dict(), "n0": b.n0, "reliability": b.reliability,
                "n_needed": b.n_needed, "target": b.target, "f": b.f, "p": b.p, "metode": b.method, "alasan": b.alasan,
            },
        }  # fmt: skip


def rank_units(pola: Pola, by: str, *, population: Any = None, level: float = 0.95, target: float = 0.70) -> Units:
    """Rank units by their index, with ranges of ranks that hold for all units at once.

    Parameters
    ----------
    by : str
        The key that names the unit. Respondents without a label are left out, and told.
    population : mapping, optional
        Unit -> N, for the finite population correction.
    level : float
        Confidence that all ranges of ranks are right together.
    target : float
        Reliability of a unit mean to aim at.

    Raises
    ------
    DataError
        Fewer than two units have answers.

    Notes
    -----
    A unit may have every rank that the pairwise comparisons leave: as many places lost as there are units clearly
    higher, as many won as there are units clearly lower. Comparisons are Tukey's, for unequal variances (P. A. Games
    and J. F. Howell 1976); ranges after D. Al Mohamad, J. Goeman and E. van Zwet (2022). Reliability of a unit's
    mean: between / (between + within / n), by Spearman-Brown n = target/(1 - target) (1 - ICC)/ICC.
    """
    check_level(level)
    check_target(target)
    codes, labels = pola.codes((by,))
    named = [g for g, label in enumerate(labels) if single(label) is not None]
    values = scores(pola)
    answered = ~np.isnan(values)
    n = np.bincount(codes[answered], pola.kali[answered], minlength=len(labels)).astype(int)
    present = [g for g in named if n[g] > 0]
    if len(present) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(present))
    kept = np.isin(codes, named)
    sub = pola if kept.all() else pola.restrict(kept)
    intervals = mean_interval(sub, by=by, population=population, level=level)
    if not isinstance(intervals, GroupIntervals):  # pragma: no cover - ``by`` always gives groups
        raise TypeError
    between = _between(values, pola.kali, codes, present, level, target)
    table = rank_table(values, pola.kali, codes, len(labels)).only(*present)
    if not math.isnan(between.p) and sparse(table):
        draws = max(999, min(9999, _WORK // table.n))
        between = replace(between, p=spread_permutation(table, table.values, draws, SEED), method="permutasi")
    units, notes = _ranked(
        intervals, [single(labels[g]) for g in present], values, pola, codes, present, between, level
    )
    left = int(pola.kali[~kept].sum())
    if left:
        notes.append(note("tanpa-kelompok", banyak=left, kunci=by))
    everybody = all(u.interval.method == "sensus" for u in units)
    notes.append(note("sensus" if everybody else "peringkat-sampel"))
    return Units(tuple(units), between, by, level, tuple(notes), pola.kuesioner)


def _between(values: Floats, kali: Any, codes: Any, present: list[int], level: float, target: float) -> Between:
    keep = ~np.isnan(values) & np.isin(codes, present)
    y, f, g = values[keep], kali[keep].astype(float), codes[keep]
    size = np.bincount(g, f)[present]
    mean = np.bincount(g, f * y)[present] / size
    place = np.zeros(int(g.max()) + 1, int)
    place[present] = np.arange(len(present))
    total, k = float(size.sum()), len(present)
    grand = float((size * mean).sum()) / total
    between = float((size * (mean - grand) ** 2).sum()) / (k - 1)
    inside = total - k
    none = undefined(level, "F")
    if inside < 1:
        return Between(math.nan, none, math.nan, math.nan, None, target, math.nan, math.nan, "satu-per-unit")
    within = float((f * (y - mean[place[g]]) ** 2).sum()) / inside
    if within < 1e-18:
        return Between(math.nan, none, math.nan, math.nan, None, target, math.nan, math.nan, "ragam-nol")
    n0 = (total - float((size**2).sum()) / total) / (k - 1)
    ratio = between / within
    icc = (ratio - 1) / (ratio + n0 - 1)
    tail = (1 - level) / 2
    bounds = [ratio / f_quantile(p, k - 1, inside) for p in (1 - tail, tail)]
    low, high = ((b - 1) / (b + n0 - 1) for b in bounds)
    reliability = 1 - 1 / ratio if ratio > 0 else -math.inf
    needed = None if icc <= 0 else math.ceil(round(target / (1 - target) * (1 - icc) / icc, 9))
    method = "F" if len(set(size.tolist())) == 1 else "F, kira-kira"
    return Between(
        icc, Interval(low, high, level, method), n0, reliability, needed, target, ratio, f_tail(ratio, k - 1, inside)
    )


def _ranked(
    intervals: GroupIntervals, labels: list[Any], values: Floats, pola: Pola, codes: Any, present: list[int],
    between: Between, level: float,
) -> tuple[list[UnitRank], list[Finding]]:  # fmt: skip
    estimates = [intervals[label].ikm for label in labels]
    ikm = np.array([e.estimate for e in estimates])
    variance = np.array([e.se**2 for e in estimates])
    df = np.array([e.df for e in estimates])
    notes: list[Finding] = []
    asked = [i for i, e in enumerate(estimates) if e.interval.method != "sensus" and not math.isnan(e.se)]
    flat = [i for i in asked if estimates[i].se == 0]
    common = _within(values, pola.kali, codes, present)
    # A unit whose few respondents agree is not known without error: it borrows the variance of all units.
    lent = [i for i in asked if common > 0 and estimates[i].n <= LEND_UPTO and variance[i] < common / estimates[i].n]
    inside = float(sum(estimates[i].n for i in range(len(estimates)))) - len(estimates)
    for i in {*lent, *(flat if common > 0 else ())}:
        variance[i], df[i] = common / estimates[i].n, inside
    if lent:
        notes.append(note("peringkat-ragam-bersama", banyak=len(lent)))
    if flat and common > 0:
        notes.append(caution("peringkat-ragam-pinjaman", kelompok=[group_name(labels[i]) for i in flat]))
    reasons = [e.alasan for e in estimates]
    if flat and common <= 0:
        for i in flat:
            variance[i], reasons[i] = math.nan, "ragam-nol"
    usable = ~np.isnan(variance)
    if usable.sum() == 1:  # nothing to be ranked among
        reasons[int(np.flatnonzero(usable)[0])] = "tanpa-pembanding"
        usable[:] = False
    higher = _clearly_higher(ikm, variance, df, usable, level)
    k = int(usable.sum())
    units = []
    for i, (label, e) in enumerate(zip(labels, estimates, strict=True)):
        share = _reliability(between, e.n)
        if not usable[i]:
            units.append(UnitRank(label, e.n, e.estimate, e.se, e.interval, None, None, None, share, reasons[i]))
            continue
        rank = 1 + int((ikm[usable] > ikm[i] + 1e-9).sum())
        low, high = 1 + int(higher[:, i].sum()), k - int(higher[i].sum())
        units.append(UnitRank(label, e.n, e.estimate, e.se, e.interval, rank, low, high, share))
    units.sort(key=lambda u: (u.rank is None, u.rank or 0, group_name(u.label)))
    if k < len(units):
        notes.append(caution("peringkat-tanpa-unit", kelompok=[group_name(u.label) for u in units if u.rank is None]))
    return units, notes


def _clearly_higher(
    ikm: Floats, variance: Floats, df: Floats, usable: NDArray[np.bool_], level: float
) -> NDArray[np.bool_]:
    """Return for every pair whether the first is higher beyond what all comparisons together leave to chance."""
    k = int(usable.sum())
    v = np.where(usable, variance, 0.0)
    d = np.where(usable & (df > 0), df, 1.0)
    total = v[:, None] + v[None, :]
    parts = v**2 / d
    shared = parts[:, None] + parts[None, :]
    pair_df = np.where(shared > 0, total**2 / np.where(shared > 0, shared, 1.0), np.inf)
    grid = np.array(_DF, float)
    place = np.searchsorted(grid, pair_df, side="right") - 1
    critical = {
        int(i): range_quantile(level, k, float(grid[i])) for i in walked(np.unique(np.maximum(place, 0)).tolist())
    }
    q = np.vectorize(critical.get, otypes=[float])(np.maximum(place, 0))
    gap = ikm[:, None] - ikm[None, :]
    clear = np.where(total > 0, gap > q * np.sqrt(total / 2), gap > 1e-9)
    return np.asarray(clear & usable[:, None] & usable[None, :])


def _within(values: Floats, kali: Any, codes: Any, present: list[int]) -> float:
    keep = ~np.isnan(values) & np.isin(codes, present)
    y, f, g = values[keep], kali[keep].astype(float), codes[keep]
    size = np.bincount(g, f)
    mean = np.bincount(g, f * y) / np.maximum(size, 1)
    inside = float(size.sum()) - len(present)
    common = float((f * (y - mean[g]) ** 2).sum()) / inside if inside > 0 else 0.0
    return common if common > 1e-18 else 0.0  # below it rounding noise of equal answers


def _reliability(between: Between, n: int) -> float:
    if math.isnan(between.icc):
        return math.nan
    icc = max(between.icc, 0.0)
    return n * icc / (1 + (n - 1) * icc)
