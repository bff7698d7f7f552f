"""Small units: figures drawn towards what all units have in common, and when which figure may be shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from skm.basics.arguments import as_mapping
from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_decimal
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._dist import t_quantile
from skm.stats._intervals import GroupIntervals
from skm.stats._result import (
    StatResult,
    caution,
    check_level,
    check_target,
    clean,
    group_name,
    note,
    percent,
    read_figure,
    say,
)

Floats = NDArray[np.float64]
FEWEST = 3  # units beyond the covariates
METHOD = "normal, REML"


@dataclass(frozen=True, slots=True)
class SmallUnit:
    """One unit.

    Attributes
    ----------
    ikm, se : float
        Its own figure and standard error.
    shrunk, se_shrunk : float
        Drawn towards the common figure by 1 - ``reliability``.
    interval : Interval
        Of the shrunk figure.
    reliability : float
        Share of the variance of its own figure that is true difference between units, 0 to 1.
    show : {"sendiri", "susut", "tidak"}
        Its own figure may stand alone; the shrunk one is the better; or neither, because it has no standard error.
    """

    label: Any
    n: int
    ikm: float
    se: float
    shrunk: float
    se_shrunk: float
    interval: Interval
    reliability: float
    show: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SmallUnits(StatResult):
    """Units with shrunk figures, in the order given.

    Attributes
    ----------
    units : tuple of SmallUnit
    tau2 : float
        Variance between units beyond sampling (and beyond the covariates).
    coefficients, se_coefficients : tuple of float
        Common figure, then one per covariate.
    target : float
        Reliability from which a unit's own figure is shown.
    """

    JENIS: ClassVar[str] = "unit-kecil"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("ikm", "", "decimal", 2),
        TableColumn("se", "", "decimal", 2),
        TableColumn("reliability", "", "decimal", 2),
        TableColumn("shrunk", "", "decimal", 2),
        TableColumn("low", "", "decimal", 2),
        TableColumn("high", "", "decimal", 2),
        TableColumn("show", "", "text"),
    )

    units: tuple[SmallUnit, ...]
    tau2: float
    coefficients: tuple[float, ...]
    se_coefficients: tuple[float, ...]
    covariates: tuple[str, ...]
    target: float
    level: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a unit."""
        return [
            (u.label, u.n, u.ikm, u.se, u.reliability, u.shrunk, u.interval.low, u.interval.high, u.show)
            for u in self.units
        ]

    def kalimat(self, lang: str | None = None) -> str:
        """Return how many units may stand alone, as one sentence."""
        own = sum(u.show == "sendiri" for u in self.units)
        known = sum(u.show != "tidak" for u in self.units)
        if self.tau2 == 0:
            return say("kecil-sama", lang, banyak=known, ikm=self.coefficients[0])
        code = "kecil-semua" if own == known else "kecil"
        return say(code, lang, sendiri=own, banyak=known, susut=known - own, target=clean(self.target))

    def extra(self) -> dict[str, Any]:
        """Return the model."""
        return {
            "tau2": self.tau2, "coefficients": list(self.coefficients), "se_coefficients": list(self.se_coefficients),
            "covariates": list(self.covariates), "target": self.target, "level": self.level,
        }  # fmt: skip


def shrink_units(
    units: GroupIntervals | Mapping[Any, tuple[float, float, int]],
    *,
    covariates: Mapping[str, Mapping[Any, Any]] | None = None,
    target: float = 0.7,
    level: float = 0.95,
) -> SmallUnits:
    """Draw the figures of units towards what they have in common, the more the less is known of them.

    Parameters
    ----------
    units : GroupIntervals or mapping
        Result of `mean_interval` by unit, or unit -> (index, standard error, respondents).
    covariates : mapping, optional
        Name -> {unit: number} known of every unit (size, channel as 0 and 1, last year's index): units are then drawn
        towards what units like them have.
    target : float
        Reliability from which a unit's own figure stands alone.
    level : float
        Of the intervals.

    Raises
    ------
    DataError
        Fewer than three units beyond the covariates have a standard error, or a covariate is missing for a unit.

    Notes
    -----
    R. E. Fay and R. A. Herriot (1979): index = common figure + unit's own difference + sampling error, the variance of
    the differences by restricted maximum likelihood. Equal to ``rma(yi, vi, mods, method = "REML")`` and ``blup`` of
    R's ``metafor``. A unit whose answers all agree takes the mean variance of one respondent over its own number.
    """
    check_level(level)
    check_target(target)
    given_covariates = {} if covariates is None else as_mapping(covariates, "covariates")
    if isinstance(units, GroupIntervals):
        given = {k: (r.ikm.estimate, r.ikm.se, r.ikm.n) for k, r in units.items() if k is not None}
        census = [k for k, r in units.items() if r.census]
    else:
        given, census = {k: read_figure(v) for k, v in as_mapping(units, "units").items()}, []
    known = {k: v for k, v in given.items() if not math.isnan(v[0]) and not math.isnan(v[1]) and v[2] > 0}
    spread = [se**2 * n for _, se, n in known.values() if se > 0]
    flat = [k for k, (_, se, _) in known.items() if se == 0 and k not in census]
    if flat and spread:
        for k in flat:
            known[k] = (known[k][0], math.sqrt(float(np.mean(spread)) / known[k][2]), known[k][2])
    elif flat:
        known = {k: v for k, v in known.items() if k not in flat}
    names = tuple(given_covariates)
    if len(known) < FEWEST + len(names):
        raise DataError("kecil-sedikit-unit", banyak=len(known), perlu=FEWEST + len(names))
    y = np.array([v[0] for v in known.values()])
    v = np.array([v[1] ** 2 for v in known.values()])
    x = _matrix(known, given_covariates)
    tau2 = _reml(y, v, x)
    beta, vb = _gls(y, v, x, tau2)
    fitted = x @ beta
    share = np.where(tau2 + v > 0, tau2 / np.where(tau2 + v > 0, tau2 + v, 1.0), 1.0)
    shrunk = share * y + (1 - share) * fitted
    error = np.sqrt(share * v + (1 - share) ** 2 * np.einsum("ij,jk,ik->i", x, vb, x))
    z = t_quantile((1 + level) / 2, math.inf)
    floor, ceiling = _ends(units)
    cut, rows = False, []
    for label, (ikm, _, n) in given.items():
        if label not in known:
            bounds = Interval(math.nan, math.nan, level, METHOD)
            rows.append(SmallUnit(label, n, ikm, math.nan, math.nan, math.nan, bounds, math.nan, "tidak"))
            continue
        i = list(known).index(label)
        s, e = float(shrunk[i]), float(error[i])
        show = "sendiri" if share[i] >= target else "susut"
        low, high = s - z * e, s + z * e
        cut |= low < floor or high > ceiling
        bounds = Interval(max(low, floor), min(high, ceiling), level, METHOD)
        rows.append(SmallUnit(label, n, ikm, math.sqrt(v[i]), s, e, bounds, float(share[i]), show))
    found: list[Finding] = [note("kecil-cara", persen=percent(level), target=clean(target))]
    if cut:
        found.append(note("kecil-ujung-skala"))
    if flat and spread:
        found.append(caution("peringkat-ragam-pinjaman", kelompok=[group_name(k) for k in flat]))
    if lost := [group_name(u.label) for u in rows if u.show == "tidak"]:
        found.append(caution("kecil-tanpa-galat", kelompok=lost))
    return SmallUnits(
        tuple(rows), tau2, tuple(float(b) for b in beta), tuple(float(e) for e in np.sqrt(np.diag(vb))), names, target,
        level, tuple(found), units.kuesioner if isinstance(units, GroupIntervals) else None,
    )  # fmt: skip


def _ends(units: Any) -> tuple[float, float]:
    """Return the ends of the scale of the index, where the units bring their questionnaire."""
    if not isinstance(units, GroupIntervals):
        return -math.inf, math.inf
    low, high = units.kuesioner.regulasi.batas_ikm
    return float(low), float(high)


def _matrix(known: Mapping[Any, Any], covariates: Mapping[str, Mapping[Any, Any]]) -> Floats:
    columns = [np.ones(len(known))]
    for name, values in covariates.items():
        if lost := [group_name(k) for k in known if k not in as_mapping(values, name)]:
            raise DataError("kecil-peubah", nama=name, kelompok=lost)
        columns.append(np.array([float(read_decimal(values[k], f"{name} {k}")) for k in known]))
    x = np.stack(columns, axis=1)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise DataError("kecil-peubah-tetap", nama=list(covariates))
    return x


def _gls(y: Floats, v: Floats, x: Floats, tau2: float) -> tuple[Floats, Floats]:
    # A census has no sampling variance; a hundred-millionth of the mean keeps its weight finite.
    w = 1 / np.maximum(tau2 + v, 1e-8 * max(float(v.mean()), 1e-12))
    vb = np.asarray(np.linalg.inv((x * w[:, None]).T @ x), np.float64)
    return np.asarray(vb @ (x * w[:, None]).T @ y, np.float64), vb


def _reml(y: Floats, v: Floats, x: Floats) -> float:
    """Return the variance between units by Fisher scoring on the restricted likelihood, never below zero."""
    beta = np.linalg.lstsq(x, y, rcond=None)[0]
    tau2 = max(0.0, float(((y - x @ beta) ** 2).sum() / (len(y) - x.shape[1]) - v.mean()))
    for _ in range(1000):
        beta, vb = _gls(y, v, x, tau2)
        w = 1 / np.maximum(tau2 + v, 1e-8 * max(float(v.mean()), 1e-12))
        second, third = (x * (w**2)[:, None]).T @ x, (x * (w**3)[:, None]).T @ x
        trace = float(w.sum() - np.trace(vb @ second))
        squares = float((w**2).sum() - 2 * np.trace(vb @ third) + np.trace(vb @ second @ vb @ second))
        residual = w * (y - x @ beta)
        step = (float(residual @ residual) - trace) / squares
        new = max(0.0, tau2 + step)
        if abs(new - tau2) <= 1e-13 * max(1.0, tau2):
            return new
        tau2 = new
    return tau2
