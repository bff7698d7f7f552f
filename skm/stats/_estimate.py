"""Means and the index with standard errors and intervals.

The index is a sum of ratios, one per unsur; the standard error is that of its linearised form, so blanks need no
deletion and answers of one respondent are never taken for independent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.progress import walked
from skm.basics.values import Interval
from skm.counts.pola import Pola
from skm.regulasi import _bobot
from skm.scores.index import mean_of_butir
from skm.stats._design import Design, Projection, make_design
from skm.stats._dist import t_quantile
from skm.stats._intervals import Estimate, GroupIntervals, MeanInterval, MutuRange
from skm.stats._linear import Linear, linearised
from skm.stats._remarks import design_effect, effective_size, independent_size, remarks
from skm.stats._result import check_level, single, undefined
from skm.stats._scores import scores

Estimator = Literal["per-unsur", "per-responden", "hanya-lengkap"]
Sampel = Literal["tidak-disebut", "acak", "seadanya"]
Bentuk = Literal["logit", "t", "wilson"]
METHODS = {"t": "t, linearisasi", "logit": "logit, linearisasi", "wilson": "Wilson, linearisasi"}
FLAT = "Wilson, ragam terbesar"  # of answers that do not vary: whatever their spread may be
Floats = NDArray[np.float64]


def mean_interval(
    pola: Pola,
    *,
    population: Any = None,
    by: str | None = None,
    strata: str | None = None,
    clusters: str | None = None,
    level: float = 0.95,
    estimator: Estimator = "per-unsur",
    sampel: Sampel = "tidak-disebut",
    bobot: Any = "tepat",
    interval: Bentuk = "logit",
    strata_tunggal: Literal["tolak", "pusat"] = "tolak",
    n_clusters: Any = None,
    projection: Projection | None = None,
) -> MeanInterval | GroupIntervals:
    """Estimate the mean of every unsur and the index, with standard errors and intervals.

    Parameters
    ----------
    pola : Pola
        Patterns, divided by the keys that ``by``, ``strata`` and ``clusters`` name.
    population : int or mapping, optional
        N for the finite population correction; stratum -> N_h under ``strata``. Without respondents' own weights
        the strata are then weighted by N_h / n_h. With ``by`` and no strata, a mapping makes every group a stratum.
    by : str, optional
        A key: one result per group, as domains of the same design, each with its own degrees of freedom. Without
        population, strata and clusters every group stands alone.
    strata, clusters : str, optional
        Keys of the design. Clusters are sampling units of the first stage; without ``n_clusters`` no finite
        population correction is made then: the interval errs on the wide side.
    level : float
        Confidence level, a part of one.
    estimator : {"per-unsur", "per-responden", "hanya-lengkap"}
        The official figure (every unsur over those who answered it); the mean of the respondents' own means; or
        respondents who answered everything. They agree where there are no blanks.
    sampel : {"tidak-disebut", "acak", "seadanya"}
        How respondents were chosen, as far as it is known; every interval assumes a random sample, and the result
        says so, or what to say of a convenience sample.
    bobot : str, number or mapping
        Weights of the unsur, as in `skm.score`.
    interval : {"logit", "t", "wilson"}
        Symmetric on the logit of the position on the scale, which never leaves the scale and covers best near its
        ends (benchmarks/cakupan.md); the estimate plus and minus t times the standard error, as R's ``survey``; or
        Wilson's with the effective size that the standard error implies. Where the answers do not vary and it is no
        census, the bounds are Wilson's for the largest spread possible (undefined under "t").
    strata_tunggal : {"tolak", "pusat"}
        A stratum with a single sampling unit is an error, or is compared with the mean of the whole sample.
    n_clusters : int or mapping, optional
        Clusters that there are (stratum -> clusters under ``strata``), for the correction of the first stage.
    projection : Projection, optional
        Of calibrated weights (`Calibration.projection`): the variance is then that of the residuals.

    Raises
    ------
    DataError, EmptyDataError, OptionError
        Options or a design that cannot be; see `skm.errors`.

    Notes
    -----
    With u_i the linearised value of respondent i, the variance is sum over strata of
    (1 - n_h/N_h) n_h/(n_h - 1) sum (u_i - mean u)^2. Degrees of freedom: sampling units less strata, of those who
    answered. S. Lohr, "Sampling: Design and Analysis", ch. 4 and 9. Equal to R's ``survey``.
    """
    _check(level, estimator, sampel, interval)
    if projection is not None and estimator == "hanya-lengkap":
        raise OptionError("kalibrasi-hanya-lengkap")
    whole, apart = pola.where_complete() if estimator == "hanya-lengkap" else pola, False
    if whole.n == 0:
        raise EmptyDataError("tanpa-jawaban")
    if (
        by is not None
        and strata is None
        and clusters is None
        and projection is None
        and (population is None or isinstance(population, Mapping))
    ):
        strata, strata_tunggal, apart = by, "pusat", True
    design = make_design(
        whole,
        population=population,
        strata=strata,
        clusters=clusters,
        lonely=strata_tunggal,
        n_clusters=n_clusters,
        projection=projection,
        apart=apart,
    )
    ask = _Asked(level, estimator, sampel, bobot, interval, clusters is not None and n_clusters is None)
    if by is None:
        return _estimate(whole, design, ask)
    codes, present = whole.codes((by,))
    place = {label: g for g, label in enumerate(present)}
    results = {
        single(label): _estimate(
            whole.restrict(mask := codes == place.get(label, -1)),
            design.restrict(mask),
            ask,
            label=single(label),
            alone=population is None,
        )
        for label in walked(pola.codes((by,))[1])
    }
    return GroupIntervals(by, MappingProxyType(results), pola.kuesioner)


def index_variance(pola: Pola, bobot: Any = "tepat") -> tuple[float, float] | None:
    """Return the variance of the index and its degrees of freedom, as `mean_interval` has them without a design.

    None where a single respondent tells nothing of the spread.

    Raises
    ------
    EmptyDataError
        There is no respondent.
    """
    if pola.n == 0:
        raise EmptyDataError("tanpa-jawaban")
    design = make_design(pola, population=None, strata=None, clusters=None, lonely="tolak", n_clusters=None)
    made = linearised(pola, design, bobot)
    df = design.df(made.active[:, -1])
    if df <= 0:
        return None
    return math.sqrt(float(design.variance(made.linear)[-1])) ** 2, float(df)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options of one call."""

    level: float
    estimator: str
    sampel: str
    bobot: Any
    interval: str
    clustered: bool


def _check(level: float, estimator: str, sampel: str, interval: str) -> None:
    check_level(level)
    choices = (("estimator", estimator, Estimator), ("sampel", sampel, Sampel), ("interval", interval, Bentuk))
    for name, value, kind in choices:
        if value not in get_args(kind):
            raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=value, pilihan=list(get_args(kind)))


def _estimate(pola: Pola, design: Design, ask: _Asked, *, label: Any = None, alone: bool = False) -> MeanInterval:
    kuesioner = pola.kuesioner
    rules = kuesioner.regulasi
    made = linearised(pola, design, ask.bobot)
    names, value, linear = list(made.names), made.value, made.linear
    used = list(made.used)
    if ask.estimator == "per-responden":
        own = scores(pola, weights=dict(zip(used, made.weights, strict=True)))
        value[-1], linear[:, -1] = _mean_of_own(own, design.w)
    exact = _exact(pola, used, ask.bobot) if _official(design, ask) else None
    if exact is not None:
        value[-1] = float(exact)
    variance = design.variance(linear)
    estimates = {}
    for q, name in enumerate(names):
        active = made.active[:, q]
        n, factor = int(design.kali[active].sum()), rules.konversi if name == "ikm" else 1
        scale = (rules.terendah * factor, rules.tertinggi * factor)
        size = independent_size(design, active)
        estimates[name] = _interval(float(value[q]), float(variance[q]), design.df(active), n, size, scale, design, ask)
        if n > 1 and not estimates[name].alasan and design.lopsided(active):
            one, none = estimates[name], undefined(ask.level, METHODS[ask.interval])
            estimates[name] = replace(one, se=math.nan, interval=none, alasan="bobot-terpusat")
    ikm = estimates.pop("ikm")
    return MeanInterval(
        ikm=ikm,
        unsur=MappingProxyType(estimates),
        n=pola.n,
        population=None if label is not None else design.population,
        census=design.census,
        estimator=ask.estimator,
        sampel=ask.sampel,
        level=ask.level,
        mutu=letters(ikm, exact, pola),
        deff=design_effect(linear[:, -1], variance[-1], design) if label is None else None,
        n_effective=effective_size(design) if design.weighted or (design.stratified and not alone) else None,
        kelompok=label,
        catatan=remarks(ikm, estimates, used, design, kuesioner, ask, _silent(made, design) if label is None else []),
        kuesioner=kuesioner,
    )


def _silent(made: Linear, design: Design) -> list[str]:
    """Return the unsur that nobody answered in some stratum whose people they are to stand for."""
    if design.population is None or not design.stratified:
        return []
    strata = len(np.unique(design.stratum))
    said = [len(np.unique(design.stratum[made.active[:, q]])) for q in range(len(made.names) - 1)]
    return [u for u, count in zip(made.names, said, strict=False) if 0 < count < strata]


def _mean_of_own(own: Floats, w: Floats) -> tuple[float, Floats]:
    """Return the mean of the respondents' own indices, and its linearised values."""
    has = ~np.isnan(own)
    mass = float(w[has].sum())
    if not mass:
        return math.nan, np.zeros(len(own))
    mean = float((w * np.where(has, own, 0.0)).sum() / mass)
    return mean, np.where(has, (np.where(has, own, mean) - mean) / mass, 0.0)


def _interval(
    value: float, variance: float, df: int, n: int, size: float, scale: tuple[int, int], design: Design, ask: _Asked
) -> Estimate:
    method = METHODS[ask.interval]
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, undefined(ask.level, method), 0, "tanpa-jawaban")
    if design.census:
        return Estimate(value, 0.0, float(df), Interval(value, value, ask.level, "sensus"), n)
    if df <= 0:
        reason = "satu-jawaban" if n == 1 else "tanpa-derajat-kebebasan"
        return Estimate(value, math.nan, float(df), undefined(ask.level, method), n, reason)
    se, t = math.sqrt(variance), t_quantile((1 + ask.level) / 2, df)
    if se == 0 and ask.interval == "t":
        return Estimate(value, 0.0, float(df), undefined(ask.level, method), n, "ragam-nol")
    if se == 0:
        low, high = wilson_bounds(value, size, t, *scale)
        return Estimate(value, 0.0, float(df), Interval(low, high, ask.level, FLAT), n)
    if ask.interval == "wilson":
        position = (value - scale[0]) / (scale[1] - scale[0])
        implied = position * (1 - position) * (scale[1] - scale[0]) ** 2 / variance
        low, high = wilson_bounds(value, implied, t, *scale) if implied > 0 else (value - t * se, value + t * se)
    else:
        low, high = position_bounds(ask.interval, value, t * se, *scale)
    return Estimate(value, se, float(df), Interval(low, high, ask.level, method), n)


def position_bounds(interval: str, value: float, half: float, low: float, high: float) -> tuple[float, float]:
    """Return the bounds of the named interval; ``half`` is t times the standard error."""
    return logit_bounds(value, half, low, high) if interval == "logit" else (value - half, value + half)


def wilson_bounds(value: float, n: float, t: float, low: float, high: float) -> tuple[float, float]:
    """Return Wilson's bounds of a mean on a scale, taken as a share of ``n`` answers of the largest spread."""
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    extra = t * t / n
    centre = (share + extra / 2) / (1 + extra)
    half = math.sqrt(extra * (share * (1 - share) + extra / 4)) / (1 + extra)
    # Whole at the end where the share is 0 or 1; rounding must not step over the estimate.
    first = low + (high - low) * max(centre - half, 0.0) if share > 0 else low
    last = low + (high - low) * min(centre + half, 1.0) if share < 1 else high
    return min(first, value), max(last, value)


def logit_bounds(value: float, half: float, low: float, high: float) -> tuple[float, float]:
    """Return bounds symmetric on the logit of the position on a scale; ``half`` is t times the standard error."""
    up, down = value - low, high - value
    if half == 0 or up <= 0 or down <= 0:
        return value, value
    step = min(half * (high - low) / (up * down), 700.0)  # beyond it the exponential is the end of the scale itself
    return tuple(low + (high - low) / (1 + down / up * math.exp(-s * step)) for s in (-1, 1))  # type: ignore[return-value]


def _official(design: Design, ask: _Asked) -> bool:
    """Return whether the estimate is the official figure itself, so that it can be had from integer counts."""
    equal = not design.weighted and bool((design.w == design.kali).all())
    return equal and ask.estimator != "per-responden"


def _exact(pola: Pola, used: list[str], bobot: Any) -> Fraction | None:
    """Return the index from integer counts: it decides the letter of the estimate."""
    if not used:
        return None
    kuesioner, total = pola.kuesioner, Fraction(0)
    for u, weight in zip(used, _bobot.resolve(bobot, used).nilai, strict=True):
        asked = [j for j, b in enumerate(kuesioner.butir) if b.unsur == u]
        rows = [
            np.bincount(pola.nilai[:, j], pola.kali, minlength=len(kuesioner.nilai) + 1)[1:].astype(np.int64).tolist()
            for j in asked
        ]
        found = mean_of_butir(rows, kuesioner.nilai)
        total += weight * found[0] if found is not None else 0
    return total * kuesioner.regulasi.konversi


def letters(ikm: Estimate, exact: Fraction | None, pola: Pola) -> MutuRange | None:
    """Return the grades at the figure and at the ends of its interval; ``exact`` where the figure is official."""
    if math.isnan(ikm.estimate):
        return None
    rules = pola.kuesioner.regulasi
    centre = rules.grade(exact if exact is not None else ikm.estimate).mutu
    if math.isnan(ikm.interval.low):
        return MutuRange(None, centre, None)
    low, high = (
        _clamped(b, rules.terendah, rules.tertinggi, rules.konversi) for b in (ikm.interval.low, ikm.interval.high)
    )
    if ikm.interval.low == ikm.interval.high:
        return MutuRange(centre, centre, centre)
    return MutuRange(rules.grade(low).mutu, centre, rules.grade(high).mutu)


def _clamped(value: float, low: int, high: int, konversi: int) -> Decimal:
    return Decimal(repr(min(max(value, low * konversi), high * konversi)))
