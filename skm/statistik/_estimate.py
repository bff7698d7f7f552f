"""Means and the index with standard errors and intervals.

The index is a sum of ratios, one per unsur; the standard error is that of its linearised form, so blanks need no
deletion and answers of one respondent are never taken for independent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm import bobot as _bobot
from skm._values import Finding, Interval
from skm.errors import EmptyDataError, OptionError
from skm.pola import Pola
from skm.statistik._design import Design, make_design
from skm.statistik._dist import t_quantile
from skm.statistik._intervals import Deff, Estimate, GroupIntervals, MeanInterval, MutuRange
from skm.statistik._result import caution, note, percent, single, undefined

Estimator = Literal["per-unsur", "per-responden", "hanya-lengkap"]
Sampel = Literal["tidak-disebut", "acak", "seadanya"]
METHOD = "t, linearisasi"
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
    strata_tunggal: Literal["tolak", "pusat"] = "tolak",
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
        Keys of the design. Clusters are sampling units of the first stage; no finite population correction is made
        then, because the number of clusters in the population is not known: the interval errs on the wide side.
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
    strata_tunggal : {"tolak", "pusat"}
        A stratum with a single sampling unit is an error, or is compared with the mean of the whole sample.

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
    _check(level, estimator, sampel)
    whole = pola.where_complete() if estimator == "hanya-lengkap" else pola
    if whole.n == 0:
        raise EmptyDataError("tanpa-jawaban")
    if (
        by is not None
        and strata is None
        and clusters is None
        and (population is None or isinstance(population, Mapping))
    ):
        strata, strata_tunggal = by, "pusat"
    design = make_design(whole, population=population, strata=strata, clusters=clusters, lonely=strata_tunggal)
    ask = _Asked(level, estimator, sampel, bobot, design, clusters is not None)
    if by is None:
        return _estimate(whole, np.ones(len(whole.kali), bool), ask)
    codes, present = whole.codes((by,))
    place = {label: g for g, label in enumerate(present)}
    results = {
        single(label): _estimate(
            whole, codes == place.get(label, -1), ask, label=single(label), alone=population is None
        )
        for label in pola.codes((by,))[1]
    }
    return GroupIntervals(by, MappingProxyType(results), pola.kuesioner)


class _Asked:
    """The options of one call, and the design."""

    __slots__ = ("bobot", "clustered", "design", "estimator", "level", "sampel")

    def __init__(self, level: float, estimator: str, sampel: str, bobot: Any, design: Design, clustered: bool) -> None:
        self.level, self.estimator, self.sampel, self.bobot = level, estimator, sampel, bobot
        self.design, self.clustered = design, clustered


def _check(level: float, estimator: str, sampel: str) -> None:
    if not isinstance(level, (int, float)) or isinstance(level, bool) or not 0.5 <= level < 1:
        raise OptionError("tingkat-interval", nilai=level)
    for name, value, kind in (("estimator", estimator, Estimator), ("sampel", sampel, Sampel)):
        if value not in get_args(kind):
            raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=value, pilihan=list(get_args(kind)))


def _estimate(
    pola: Pola, domain: NDArray[np.bool_], ask: _Asked, *, label: Any = None, alone: bool = False
) -> MeanInterval:
    design, kuesioner = ask.design, pola.kuesioner
    konversi = kuesioner.regulasi.konversi
    # Answers of the domain; columns are the butir, then the coefficients carry them to unsur and index.
    scale = np.array([math.nan, *(float(v) for v in kuesioner.nilai)])
    x = scale[pola.nilai]
    answered = (pola.nilai > 0) & domain[:, None]
    w = design.w[:, None] * answered
    mass = w.sum(axis=0)
    known = mass > 0
    mean = np.full(len(mass), math.nan)
    mean[known] = np.where(answered, w * np.nan_to_num(x), 0.0)[:, known].sum(axis=0) / mass[known]
    used = [u for u in kuesioner.unsur if any(known[j] for j, b in enumerate(kuesioner.butir) if b.unsur == u)]
    names = [*kuesioner.unsur, "ikm"]
    to_names = np.zeros((len(mass), len(names)))
    weights = [float(v) for v in _bobot.resolve(ask.bobot, used).nilai] if used else []
    for u, weight in zip(used, weights, strict=True):
        rows = [j for j, b in enumerate(kuesioner.butir) if b.unsur == u and known[j]]
        to_names[rows, names.index(u)] = 1 / len(rows)
        to_names[rows, -1] = konversi * weight / len(rows)
    value = np.where(known, mean, 0.0) @ to_names
    deviation = np.where(answered & known, np.nan_to_num(x) - np.where(known, mean, 0.0), 0.0)
    linear = deviation / np.where(known, mass, 1.0) @ to_names
    if ask.estimator == "per-responden":
        value[-1], linear[:, -1] = _per_respondent(x, answered, to_names[:, -1], design.w)
    exact = _exact(pola, domain, used, ask) if _official(ask) else None
    if exact is not None:
        value[-1] = float(exact)
    variance = design.variance(linear)
    census = design.census_of(domain)
    estimates = {}
    for q, name in enumerate(names):
        active = np.asarray(answered[:, np.flatnonzero(to_names[:, q])].any(axis=1))
        n = int(design.kali[active].sum())
        estimates[name] = _interval(float(value[q]), float(variance[q]), design.df(active), n, ask, census)
    n = int(design.kali[domain].sum())
    ikm = estimates.pop("ikm")
    notes = _notes(pola, domain, ikm, estimates, used, ask, census)
    return MeanInterval(
        ikm=ikm,
        unsur=MappingProxyType(estimates),
        n=n,
        population=None if label is not None else design.population,
        census=census,
        estimator=ask.estimator,
        sampel=ask.sampel,
        level=ask.level,
        mutu=_letters(ikm, exact, pola),
        deff=_deff(linear[:, -1], variance[-1], domain, ask) if label is None else None,
        n_effective=_effective(design, domain) if design.weighted or (design.stratified and not alone) else None,
        kelompok=label,
        catatan=notes,
        kuesioner=kuesioner,
    )


def _per_respondent(x: Floats, answered: NDArray[np.bool_], share: Floats, w: Floats) -> tuple[float, Floats]:
    """Return the mean of the respondents' own means (unsur weighted as in the index), and its linearised values."""
    factor = float(share.sum())
    parts = np.where(answered, share, 0.0)
    own_mass = parts.sum(axis=1)
    has = own_mass > 0
    own = np.zeros(len(x))
    own[has] = factor * (np.nan_to_num(x) * parts).sum(axis=1)[has] / own_mass[has]
    mass = float(w[has].sum())
    if not mass:
        return math.nan, np.zeros(len(x))
    mean = float((w * own)[has].sum() / mass)
    return mean, np.where(has, (own - mean) / mass, 0.0)


def _interval(value: float, variance: float, df: int, n: int, ask: _Asked, census: bool) -> Estimate:
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, undefined(ask.level, METHOD), 0, "tanpa-jawaban")
    if census:
        return Estimate(value, 0.0, float(df), Interval(value, value, ask.level, "sensus"), n)
    if df <= 0:
        reason = "satu-jawaban" if n == 1 else "tanpa-derajat-kebebasan"
        return Estimate(value, math.nan, float(df), undefined(ask.level, METHOD), n, reason)
    se = math.sqrt(variance)
    half = t_quantile((1 + ask.level) / 2, df) * se
    return Estimate(value, se, float(df), Interval(value - half, value + half, ask.level, METHOD), n)


def _official(ask: _Asked) -> bool:
    plain = ask.design.w is not None and not ask.design.weighted
    return plain and ask.estimator != "per-responden" and bool((ask.design.w == ask.design.kali).all())


def _exact(pola: Pola, domain: NDArray[np.bool_], used: list[str], ask: _Asked) -> Fraction | None:
    """Return the index from integer counts: it decides the letter of the estimate."""
    if not used:
        return None
    kuesioner = pola.kuesioner
    kali, total = pola.kali[domain], Fraction(0)
    for u, weight in zip(used, _bobot.resolve(ask.bobot, used).nilai, strict=True):
        means = []
        for j, b in enumerate(kuesioner.butir):
            if b.unsur != u:
                continue
            counts = np.bincount(pola.nilai[domain, j], kali, minlength=len(kuesioner.nilai) + 1)[1:].astype(np.int64)
            if counts.sum():
                summed = sum((int(k) * v for k, v in zip(counts, kuesioner.nilai, strict=True)), Fraction(0))
                means.append(summed / int(counts.sum()))
        total += weight * sum(means, Fraction(0)) / len(means)
    return total * kuesioner.regulasi.konversi


def _letters(ikm: Estimate, exact: Fraction | None, pola: Pola) -> MutuRange | None:
    if math.isnan(ikm.estimate):
        return None
    rules = pola.kuesioner.regulasi
    centre = rules.grade(exact if exact is not None else ikm.estimate).mutu
    if math.isnan(ikm.interval.low):
        return MutuRange(None, centre, None)
    low, high = (
        _clamped(b, rules.terendah, rules.tertinggi, rules.konversi) for b in (ikm.interval.low, ikm.interval.high)
    )
    if ikm.se == 0:
        return MutuRange(centre, centre, centre)
    return MutuRange(rules.grade(low).mutu, centre, rules.grade(high).mutu)


def _clamped(value: float, low: int, high: int, konversi: int) -> Decimal:
    return Decimal(repr(min(max(value, low * konversi), high * konversi)))


def _deff(linear: Floats, variance: float, domain: NDArray[np.bool_], ask: _Asked) -> Deff | None:
    """Return the variance relative to simple random samples of the same n, with and without replacement."""
    design = ask.design
    n = int(design.kali[domain].sum())
    mass = float(design.w[domain].sum())
    if n < 2 or design.census_of(domain):
        return None
    spread = n / (n - 1) * float((design.w * (linear * mass) ** 2)[domain].sum()) / mass
    if spread <= 0:
        return None
    size = design.population
    correction = math.nan if size is None else 1 - n / size
    wor = float(variance / (correction * spread / n)) if correction else math.nan
    return Deff(wor=wor, wr=float(variance / (spread / n)))


def _effective(design: Design, domain: NDArray[np.bool_]) -> float | None:
    squares = float(design.w2[domain].sum())
    return float(design.w[domain].sum()) ** 2 / squares if squares else None


def _notes(
    pola: Pola,
    domain: NDArray[np.bool_],
    ikm: Estimate,
    unsur: Mapping[str, Estimate],
    used: list[str],
    ask: _Asked,
    census: bool,
) -> tuple[Finding, ...]:
    design, kuesioner = ask.design, pola.kuesioner
    found = [note(f"estimator-{ask.estimator}")]
    if census:
        found.append(note("sensus"))
    else:
        found.append(note(f"sampel-{ask.sampel}"))
    if ikm.alasan:
        found.append(caution(f"alasan-{ikm.alasan}", apa="IKM"))
    elif ikm.se == 0 and not census:
        found.append(caution("semua-sama", n=ikm.n))
    empty = [u for u in kuesioner.unsur if u not in used]
    if empty and used:
        found.append(caution("unsur-kosong", unsur=empty, x=len(used)))
    partly = [u for u in used if unsur[u].alasan and not ikm.alasan]
    if partly:
        found.append(caution("unsur-tanpa-interval", unsur=partly))
    if not math.isnan(ikm.interval.low) and not census:
        rules = kuesioner.regulasi
        if ikm.interval.low < rules.terendah * rules.konversi or ikm.interval.high > rules.tertinggi * rules.konversi:
            found.append(note("interval-melewati-skala"))
    if ask.clustered:
        found.append(note("klaster-tanpa-koreksi"))
    if design.stratified and not design.weighted and design.population is None and not ask.clustered:
        found.append(note("strata-tanpa-bobot"))
    if design.weighted:
        found.append(note("berbobot", efektif=_effective(design, domain) or math.nan, n=int(design.kali[domain].sum())))
    if ask.level != 0.95:
        found.append(note("tingkat", persen=percent(ask.level)))
    return tuple(found)
