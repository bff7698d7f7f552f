"""Respondents' weights: Kish's effective size, and raking to known margins."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_decimal
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._result import StatResult, caution, group_name, note, say

Floats = NDArray[np.float64]
TOLERANCE = 1e-12


def read_weights(weights: Any, n: int | None = None) -> Floats:
    """Return weights as floats; zero is allowed, nothing below it, no blanks, not all zero.

    Raises
    ------
    DataError
        A weight is negative, blank or not a number, all are zero, or there are not ``n`` of them.
    """
    try:
        w = np.asarray(weights, dtype=float).reshape(-1)
    except (TypeError, ValueError):
        raise DataError("bobot-responden-bukan-angka") from None
    if n is not None and len(w) != n:
        raise DataError("bobot-responden-panjang", banyak=len(w), n=n)
    bad = ~np.isfinite(w) | (w < 0)
    if bad.any():
        raise DataError("bobot-responden-tidak-sah", banyak=int(bad.sum()), baris=int(np.flatnonzero(bad)[0]) + 1)
    if not w.any():
        raise DataError("bobot-responden-nol")
    return w


def kish(weights: Any) -> float:
    """Return Kish's effective sample size, (sum w)^2 / sum w^2: n if all weights are equal, less otherwise.

    >>> kish([1, 1, 1, 1])
    4.0
    """
    w = read_weights(weights)
    w = w / w.max()
    return float(w.sum()) ** 2 / float((w**2).sum())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Raking(StatResult):
    """Weights that meet known margins.

    Attributes
    ----------
    weights : float array
        One per respondent, in the order given.
    iterations : int
        Rounds over all margins.
    deviation : float
        Largest relative deviation of a margin from its target that is left.
    n_effective, deff : float
        Kish's effective size, and n over it: what unequal weights cost.
    margins : tuple
        Variable, category, share before, share after, target.
    """

    JENIS: ClassVar[str] = "raking"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("ciri", "", "text"),
        TableColumn("kelompok", "", "text"),
        TableColumn("before", "", "decimal", 4),
        TableColumn("after", "", "decimal", 4),
        TableColumn("target", "", "decimal", 4),
    )

    weights: Floats
    iterations: int
    deviation: float
    n_effective: float
    deff: float
    margins: tuple[tuple[Any, ...], ...]
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a category."""
        return list(self.margins)

    def kalimat(self, lang: str | None = None) -> str:
        """Return what the weights cost, as one sentence."""
        w = self.weights[self.weights > 0]
        return say(
            "raking",
            lang,
            n=len(self.weights),
            efektif=self.n_effective,
            rasio=float(w.max() / w.min()),
            putaran=self.iterations,
        )

    def extra(self) -> dict[str, Any]:
        """Return the cost of the weights."""
        return {
            "iterations": self.iterations, "deviation": self.deviation, "n_effective": self.n_effective,
            "deff": self.deff,
        }  # fmt: skip


def rake(
    columns: Mapping[str, Sequence[Any]],
    targets: Mapping[str, Mapping[Any, Any]],
    *,
    weights: Any = None,
    max_iterations: int = 1000,
) -> Raking:
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
    if not targets:
        raise DataError("raking-tanpa-sasaran")
    codes, names, goals = [], [], []
    n = len(next(iter(columns.values()), ()))
    w = read_weights(weights, n) if weights is not None else np.ones(n)
    for variable, wanted in targets.items():
        if variable not in columns:
            raise DataError("raking-kolom", kolom=variable, tersedia=list(columns))
        code, labels, goal = _target(variable, list(columns[variable]), wanted, w)
        codes.append(code)
        names.append(labels)
        goals.append(goal)
    totals = [float(goal.sum()) for goal in goals]
    if max(totals) - min(totals) > 1e-9 * max(totals):
        raise DataError("raking-jumlah", rincian=[f"{v}: {t:.10g}" for v, t in zip(targets, totals, strict=True)])
    start = w.copy()
    w = w * (totals[0] / w.sum())
    deviation, rounds = math.inf, 0
    while deviation > TOLERANCE and rounds < max_iterations:
        for code, goal in zip(codes, goals, strict=True):
            w = w * (goal / np.bincount(code, w, minlength=len(goal)))[code]
        deviation = max(
            float(np.abs(np.bincount(code, w, minlength=len(goal)) / goal - 1).max())
            for code, goal in zip(codes, goals, strict=True)
        )
        rounds += 1
    if deviation > 1e-6:
        raise DataError("raking-tidak-bertemu", putaran=rounds, selisih=deviation)
    margins = tuple(
        (variable, label, float(before), float(after), float(goal / total))
        for variable, code, labels, target, total in zip(targets, codes, names, goals, totals, strict=True)
        for label, before, after, goal in zip(labels, _shares(code, start), _shares(code, w), target, strict=True)
    )
    found = [note("raking-tetap")]
    if w.max() > 5 * w.mean():
        found.append(caution("raking-besar", terbesar=float(w.max() / w.mean())))
    w.flags.writeable = False
    effective = kish(w)
    return Raking(w, rounds, deviation, effective, int((w > 0).sum()) / effective, margins, tuple(found))


def _target(variable: str, labels: list[Any], wanted: Mapping[Any, Any], w: Floats) -> tuple[Any, list[Any], Floats]:
    if len(labels) != len(w):
        raise DataError("bobot-responden-panjang", banyak=len(labels), n=len(w))
    names = list(wanted)
    goal = np.array([float(read_decimal(wanted[name], f"{variable}={name}")) for name in names])
    if (goal <= 0).any():
        raise DataError(
            "raking-sasaran-nol",
            kolom=variable,
            kelompok=[str(name) for name, g in zip(names, goal, strict=True) if g <= 0],
        )
    place = {name: i for i, name in enumerate(names)}
    cleaned = [None if isinstance(label, float) and math.isnan(label) else label for label in labels]
    strange = sorted({group_name(label) for label in cleaned if label not in place})
    if strange:
        raise DataError("raking-tanpa-target", kolom=variable, kelompok=strange)
    code = np.array([place[label] for label in cleaned], np.int64)
    mass = np.bincount(code, w, minlength=len(names))
    if (mass == 0).any():
        raise DataError(
            "raking-kelompok-kosong", kolom=variable, kelompok=[str(names[i]) for i in np.flatnonzero(mass == 0)]
        )
    return code, names, goal


def _shares(code: Any, w: Floats) -> Floats:
    mass = np.bincount(code, w)
    return np.asarray(mass / mass.sum())
