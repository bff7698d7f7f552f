"""Weights that meet known figures of the population: raking, post-strata, the regression estimator.

What is kept besides the weights lets `mean_interval` take calibration into account: the variance is that of the
residuals from the figures that were met, which a strong auxiliary makes much smaller.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.arguments import as_list, as_mapping, as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.reading_numbers import read_decimal
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._design import Projection
from skm.stats._result import StatResult, caution, group_name, note, say, single
from skm.stats._weights import kish, read_weights

Floats = NDArray[np.float64]
Method = Literal["raking", "pascastrata", "greg"]
Keys = tuple[str, ...]
TOLERANCE = 1e-12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Calibration(StatResult):
    """Weights that meet known figures; hand the whole result to `mean_interval` as ``weights``.

    Attributes
    ----------
    weights : float array
        One per respondent, in the order given.
    base : float array or None
        The weights before; None where all were one.
    method : {"raking", "pascastrata", "greg"}
    terms : tuple
        What was met: the variables of every margin, and whether it is a total of a number.
    iterations : int
        Rounds until the figures were met.
    deviation : float
        Largest relative deviation of a figure from its target that is left.
    n_effective, deff : float
        Kish's effective size, and n over it: what unequal weights cost.
    margins : tuple
        Variable, category, share before, share after, target (means for numbers).
    """

    JENIS: ClassVar[str] = "kalibrasi"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("ciri", "", "text"),
        TableColumn("kelompok", "", "text"),
        TableColumn("before", "", "decimal", 4),
        TableColumn("after", "", "decimal", 4),
        TableColumn("target", "", "decimal", 4),
    )

    weights: Floats
    base: Floats | None
    method: str
    terms: tuple[tuple[Keys, bool], ...]
    iterations: int
    deviation: float
    n_effective: float
    deff: float
    margins: tuple[tuple[Any, ...], ...]
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    @property
    def keys(self) -> Keys:
        """The variables, each once."""
        return tuple(dict.fromkeys(key for keys, _ in self.terms for key in keys))

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a category."""
        return list(self.margins)

    def kalimat(self, lang: str | None = None) -> str:
        """Return what the weights cost, as one sentence."""
        w = self.weights[self.weights > 0]
        return say(
            "kalibrasi", lang, n=len(self.weights), efektif=self.n_effective, rasio=float(w.max() / w.min()),
            putaran=self.iterations, cara=say(f"kalibrasi-{self.method}", lang),
        )  # fmt: skip

    def extra(self) -> dict[str, Any]:
        """Return the cost of the weights."""
        return {
            "metode": self.method, "iterations": self.iterations, "deviation": self.deviation,
            "n_effective": self.n_effective, "deff": self.deff,
        }  # fmt: skip

    def projection(self, pola: Pola, base: Floats | None) -> Projection:
        """Return what variance needs: the figures that were met, per pattern of patterns divided by ``keys``.

        Parameters
        ----------
        base : float array or None
            Sums of the weights before calibration per pattern; None where all were one.
        """
        columns = []
        for keys, number in self.terms:
            code, labels = pola.codes(keys)
            if number:
                columns.append(np.array([float(single(label)) for label in labels])[code][:, None])
            else:
                columns.append((code[:, None] == np.arange(len(labels))).astype(float))
        x = np.concatenate(columns, axis=1)
        if all(number for _, number in self.terms):
            x = np.concatenate([np.ones((len(x), 1)), x], axis=1)
        return Projection(x, pola.kali.astype(float) if base is None else base)


def rake(
    columns: Mapping[str, Sequence[Any]],
    targets: Mapping[str, Mapping[Any, Any]],
    *,
    weights: Any = None,
    max_iterations: int = 1000,
) -> Calibration:
    """Adjust weights until every variable has the margins of the population (iterative proportional fitting).

    Parameters
    ----------
    columns : mapping
        Variable -> one label per respondent.
    targets : mapping
        Variable -> {label: number of people}; all with the same total.
    weights : sequence of float, optional
        Weights to start from; their ratios within a cell are kept. Default 1.

    Raises
    ------
    DataError
        A target for a category nobody is in, a category without a target, totals that differ, or margins that
        cannot be met together.

    Examples
    --------
    >>> rake({"jk": ["L", "L", "P"]}, {"jk": {"L": 50, "P": 50}}).weights.tolist()
    [25.0, 25.0, 50.0]
    """
    return calibrate(columns, targets, method="raking", weights=weights, max_iterations=max_iterations)


def calibrate(
    columns: Mapping[str, Sequence[Any]],
    targets: Mapping[Any, Any],
    *,
    method: Method = "raking",
    weights: Any = None,
    bounds: tuple[float, float] | None = None,
    population: Any = None,
    max_iterations: int = 1000,
) -> Calibration:
    """Adjust weights until they meet known figures of the population.

    Parameters
    ----------
    columns : mapping
        Variable -> one label (or number) per respondent.
    targets : mapping
        Variable, or tuple of variables that are crossed -> {label or tuple of labels: number of people}; for "greg"
        also variable -> total of a number over all people. All counts with the same total.
    method : {"raking", "pascastrata", "greg"}
        Margins one after another; the cells of one (crossed) margin; or the regression estimator, which takes
        numbers too.
    weights : sequence of float, optional
        Weights to start from. Default 1.
    bounds : (low, high), optional
        How far a weight may move, as parts of what it is scaled to; for "greg" and "raking". Trimming while
        calibrating.
    population : int, optional
        N, needed where there are totals of numbers only.

    Raises
    ------
    DataError
        A target for a category nobody is in, a category without a target, totals that differ, figures that cannot be
        met together, or weights that would be negative.
    OptionError
        A method that does not fit the targets.

    Notes
    -----
    W. E. Deming and F. F. Stephan (1940); J.-C. Deville and C.-E. Saerndal (1992). Equal to ``postStratify`` and
    ``calibrate`` of R's ``survey``, and to its ``rake`` where weights start equal; raking from unequal weights has the
    standard error of ``calibrate(calfun = "raking")``, while R's ``rake`` leaves the weights out of the residuals.
    """
    if method not in get_args(Method):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Method)))
    if not as_mapping(targets, "targets"):
        raise DataError("raking-tanpa-sasaran")
    n = len(next(iter(columns.values()), ()))
    start = read_weights(weights, n) if weights is not None else np.ones(n)
    margins = [_margin(variable, columns, wanted, start) for variable, wanted in targets.items()]
    counted = [m for m in margins if not m.number]
    if method == "pascastrata" and (len(margins) != 1 or not counted):
        raise OptionError("kalibrasi-satu-margin")
    if method == "raking" and len(counted) < len(margins):
        raise OptionError("kalibrasi-angka")
    totals = [float(m.goal.sum()) for m in counted]
    if counted and max(totals) - min(totals) > 1e-9 * max(totals):
        names = [" x ".join(m.keys) for m in counted]
        raise DataError("raking-jumlah", rincian=[f"{v}: {t:.10g}" for v, t in zip(names, totals, strict=True)])
    if not totals and population is None:
        raise OptionError("kalibrasi-tanpa-n")
    total = totals[0] if totals else float(read_decimal(population, "population"))
    limits = None if bounds is None else _limits(bounds)
    scaled = start * (total / start.sum())
    if method == "greg" or limits is not None:
        w, rounds = _solved(margins, scaled, total, method, limits)
    else:
        w, rounds = _fitted(margins, scaled, max_iterations)
    deviation = max(m.deviation(w) for m in margins)
    if not deviation <= 1e-6:
        raise DataError("raking-tidak-bertemu", putaran=rounds, selisih=deviation if math.isfinite(deviation) else 1.0)
    if (w < 0).any():
        raise DataError("kalibrasi-negatif", banyak=int((w < 0).sum()))
    w.flags.writeable = False
    effective = kish(w)
    found = [note("kalibrasi-ragam")]
    if w.max() > 5 * w.mean():
        found.append(caution("raking-besar", terbesar=float(w.max() / w.mean())))
    return Calibration(
        w,
        None if weights is None else start,
        method,
        tuple((m.keys, m.number) for m in margins),
        rounds,
        deviation,
        effective,
        int((w > 0).sum()) / effective,
        tuple(row for m in margins for row in m.rows(start, w, total)),
        tuple(found),
    )


def _limits(bounds: Any) -> tuple[float, float]:
    low, high = as_list(bounds, "bounds", length=2)
    found = (as_number(low), as_number(high))
    if not 0 < found[0] < 1 < found[1]:
        raise OptionError("kalibrasi-batas", rendah=low, tinggi=high)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Margin:
    """One figure to be met: counts of categories (``code``), or the total of a number (``value``)."""

    keys: Keys
    number: bool
    code: NDArray[np.int64]
    value: Floats
    labels: tuple[Any, ...]
    goal: Floats

    def of(self, w: Floats) -> Floats:
        if self.number:
            return np.array([float(w @ self.value)])
        return np.bincount(self.code, w, minlength=len(self.goal)).astype(np.float64)

    def deviation(self, w: Floats) -> float:
        return float(np.abs(self.of(w) / self.goal - 1).max())

    def matrix(self) -> Floats:
        return self.value[:, None] if self.number else (self.code[:, None] == np.arange(len(self.goal))).astype(float)

    def rows(self, before: Floats, after: Floats, total: float) -> list[tuple[Any, ...]]:
        name = " x ".join(self.keys)
        first, second = self.of(before) / before.sum(), self.of(after) / after.sum()
        return [
            (name, label, float(a), float(b), float(g / total))
            for label, a, b, g in zip(self.labels, first, second, self.goal, strict=True)
        ]


def _margin(variable: Any, columns: Mapping[str, Sequence[Any]], wanted: Any, w: Floats) -> _Margin:
    keys = variable if isinstance(variable, tuple) else (variable,)
    for key in keys:
        if key not in columns:
            raise DataError("raking-kolom", kolom=key, tersedia=list(columns))
        if len(columns[key]) != len(w):
            raise DataError("bobot-responden-panjang", banyak=len(columns[key]), n=len(w))
    name = " x ".join(keys)
    none = np.zeros(0, np.int64)
    if not isinstance(wanted, Mapping):
        if len(keys) != 1:
            raise OptionError("kalibrasi-angka")
        goal = np.array([float(read_decimal(wanted, name))])
        try:
            value = np.array([float(v) for v in columns[keys[0]]])
        except (TypeError, ValueError):
            raise DataError("kalibrasi-bukan-angka", kolom=name) from None
        if not np.isfinite(value).all() or goal[0] == 0:
            raise DataError("kalibrasi-bukan-angka", kolom=name)
        return _Margin(keys, True, none, value, ("",), goal)
    names = list(wanted)
    goal = np.array([float(read_decimal(wanted[label], f"{name}={label}")) for label in names])
    if (goal <= 0).any():
        raise DataError(
            "raking-sasaran-nol",
            kolom=name,
            kelompok=[str(label) for label, g in zip(names, goal, strict=True) if g <= 0],
        )
    place = {label: i for i, label in enumerate(names)}
    parts = [[None if isinstance(v, float) and math.isnan(v) else v for v in columns[key]] for key in keys]
    cleaned = parts[0] if len(keys) == 1 else list(zip(*parts, strict=True))
    strange = sorted({group_name(label) for label in cleaned if label not in place})
    if strange:
        raise DataError("raking-tanpa-target", kolom=name, kelompok=strange)
    code = np.array([place[label] for label in cleaned], np.int64)
    mass = np.bincount(code, w, minlength=len(names))
    if (mass == 0).any():
        raise DataError(
            "raking-kelompok-kosong", kolom=name, kelompok=[group_name(names[i]) for i in np.flatnonzero(mass == 0)]
        )
    return _Margin(keys, False, code, np.zeros(0), tuple(names), goal)


def _fitted(margins: list[_Margin], w: Floats, max_iterations: int) -> tuple[Floats, int]:
    """Return weights fitted to one margin after the other, and the rounds."""
    rounds, deviation = 0, math.inf
    while deviation > TOLERANCE and rounds < max_iterations:
        for m in margins:
            w = w * (m.goal / m.of(w))[m.code]
        deviation = max(m.deviation(w) for m in margins)
        rounds += 1
    return w, rounds


def _solved(
    margins: list[_Margin], d: Floats, total: float, method: str, bounds: tuple[float, float] | None
) -> tuple[Floats, int]:
    """Return d F(x lambda) that meets the figures, by Newton's method: F is 1 + u, or exp(u), cut at the bounds."""
    x = np.concatenate([m.matrix() for m in margins], axis=1)
    goal = np.concatenate([m.goal for m in margins])
    if all(m.number for m in margins):
        x, goal = np.concatenate([np.ones((len(d), 1)), x], axis=1), np.concatenate([[total], goal])
    size = np.maximum(np.abs(x).max(axis=0), 1e-300)
    x, goal = x / size, goal / size
    low, high = bounds if bounds is not None else (-math.inf, math.inf)
    step = np.zeros(x.shape[1])
    scale, before = float(np.abs(goal).max()), math.inf
    rounds = 0
    while rounds < 200:
        rounds += 1
        u = x @ step
        raw = 1 + u if method == "greg" else np.exp(np.minimum(u, 50.0))
        factor = np.clip(raw, low, high)
        slope = np.where((raw > low) & (raw < high), 1.0 if method == "greg" else raw, 0.0)
        gap = goal - (d * factor) @ x
        off = float(np.abs(gap).max())
        # Met as far as numbers go: within the tolerance, or near it and no longer getting nearer.
        if off <= TOLERANCE * scale or (off <= 1e-8 * scale and off > before / 2):
            break
        before = off
        step = step + np.linalg.lstsq((x * (d * slope)[:, None]).T @ x, gap, rcond=None)[0]
    return d * factor, rounds
