"""Foot rows found by what they hold: sums, counts, means, weighted means and the index of the rows above them.

A label is not needed. A row that equals the totals of the rows above it, or stands below such a row, is no respondent;
it is compared with the answers and never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ZONE = 60  # foot rows looked for from the end of the rows
_SLACK = 0.0055  # a mean printed with two decimals


@dataclass(frozen=True, slots=True)
class FootRows:
    """Where the respondents end (a position), and what each foot row is: jumlah, n, nrr, tertimbang, indeks, ikm."""

    awal: int
    jenis: Mapping[int, str] = field(default_factory=dict)


def foot_rows(
    columns: Sequence[NDArray[Any]],
    answers: Sequence[int],
    identity: Sequence[int],
    end: int,
    levels: int,
    factor: float,
) -> FootRows:
    """Find the foot rows of a table.

    Parameters
    ----------
    columns : sequence of arrays
        The cleaned columns.
    answers, identity : sequence of int
        Positions of the answer columns, and of the columns that number or describe respondents.
    end : int
        Rows from here on are known to be no respondents.
    levels : int
        The highest level.
    factor : float
        What turns an index into the figure of 25-100.
    """
    whole = FootRows(end)
    if not answers or end < 2:
        return whole
    first = max(1, end - _ZONE)
    zone = np.array([_numbers(columns[j][first:end].tolist()) for j in answers]).T
    zone[_in_words([columns[j][first:end] for j in answers], zone)] = np.nan
    good = (zone >= 1) & (zone <= levels) & (np.floor(zone) == zone)
    described = np.array([any(columns[j][i] is not None for j in identity) for i in range(first, end)])
    usual = bool(identity) and any(columns[j][i] is not None for j in identity for i in range(min(first, 5)))
    odd = (~np.isnan(zone) & ~good).any(axis=1) | (usual & ~described & ~np.isnan(zone).all(axis=1))
    if not odd.any():
        return whole
    sums, counts = _totals([columns[j][:first] for j in answers], levels)
    for k in range(end - first):
        above = _Above(sums, counts, first + k, factor)
        kind = above.kind(zone[k], good[k]) if counts.any() else ""
        # With a number or characteristics it is a respondent, unless no respondent can have answered so.
        if kind and (not described[k] or _beyond(zone[k], good[k], sure=True)):
            kinds = {m: above.kind(zone[m], good[m]) for m in range(k, end - first)}
            proof = any(name and _beyond(zone[m], good[m], sure=False) for m, name in kinds.items())
            if proof or (usual and not described[k]):
                return FootRows(first + k, {first + m: name for m, name in kinds.items() if name})
        sums, counts = sums + np.where(good[k], zone[k], 0), counts + good[k]
    return whole


@dataclass(frozen=True, slots=True)
class RunningTotals:
    """The answers as numbers and their totals above every row: what a run of rows sums to is one subtraction.

    Labels of sums may be an occupation or a service of thousands; each asks what the rows above it come to.
    """

    columns: Sequence[NDArray[Any]]
    cells: NDArray[np.float64]
    good: NDArray[np.bool_]
    sums: NDArray[np.float64]
    counts: NDArray[np.int64]
    factor: float

    @classmethod
    def of(cls, columns: Sequence[NDArray[Any]], levels: int, factor: float) -> RunningTotals:
        """Read the answer columns, once."""
        cells = np.array([_numbers(column.tolist()) for column in columns]).T
        good = (cells >= 1) & (cells <= levels) & (np.floor(cells) == cells)
        nothing = np.zeros((1, len(columns)))
        sums = np.concatenate([nothing, np.cumsum(np.where(good, cells, 0), axis=0)])
        counts = np.concatenate([nothing.astype(np.int64), np.cumsum(good, axis=0)])
        return cls(columns, cells, good, sums, counts, factor)

    def kind(self, above: range, row: int, label: str) -> str:
        """Return what a row is of the rows above it; empty where it is nothing of them.

        With a label that announces means or a measure, whole means and the least, largest, middle and commonest
        answers count as well: nobody prints those without a label.
        """
        cells = self.cells[row]
        counts = self.counts[above.stop] - self.counts[above.start]
        if not counts.any() or _in_words([column[row : row + 1] for column in self.columns], cells[None])[0]:
            return ""
        sums = self.sums[above.stop] - self.sums[above.start]
        if kind := _Above(sums, counts, len(above), self.factor).kind(cells, self.good[row]):
            return kind
        filled = ~np.isnan(cells)
        if label == "nrr" and filled.any() and (np.abs(cells - sums / np.maximum(counts, 1))[filled] <= 0.5).all():
            return "nrr"
        rows = self.cells[above.start : above.stop]
        if label == "ukuran" and filled.sum() * 2 > len(cells) and _is_measure(cells, rows):
            return "ukuran"
        return ""


def _is_measure(cells: NDArray[np.float64], rows: NDArray[np.float64]) -> bool:
    held = [column[~np.isnan(column)].tolist() for column in rows.T]
    measures = (min, max, np.median, _commonest)
    return any(
        all(np.isnan(c) or (values and measure(values) == c) for c, values in zip(cells, held, strict=True))
        for measure in measures
    )


def _commonest(values: Sequence[float]) -> float:
    """Return the value that occurs most often; NaN where two do."""
    first, second = (*Counter(values).most_common(2), (float("nan"), 0))[:2]
    return first[0] if first[1] > second[1] else float("nan")


def _totals(columns: Sequence[NDArray[Any]], levels: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the sum of the levels and how many there are, per column; every distinct value is looked at once."""
    sums, counts = np.zeros(len(columns)), np.zeros(len(columns), np.int64)
    for place, column in enumerate(columns):
        for value, often in Counter(column.tolist()).items():
            number = number_of(value)
            if number.is_integer() and 1 <= number <= levels:
                sums[place] += number * often
                counts[place] += often
    return sums, counts


@dataclass(frozen=True, slots=True)
class _Above:
    """The totals of the rows above a position."""

    sums: NDArray[np.float64]
    counts: NDArray[np.int64]
    rows: int
    factor: float

    def kind(self, row: NDArray[np.float64], good: NDArray[np.bool_]) -> str:
        """Return what a row is of the rows above; empty where it is nothing of them.

        One slip of the pen in a row of totals does not make it a respondent, where most of it lies off the scale.
        """
        filled = ~np.isnan(row)
        if not filled.any():
            return ""
        means = self.sums / np.maximum(self.counts, 1)
        used = self.counts > 0
        x = int(used.sum())
        weights = {1 / x, round(1 / x, 3), round(1 / x, 2)} if x else set()
        if int(filled.sum()) >= max(2, (len(row) + 1) // 2):
            shapes = [("jumlah", self.sums, 0.0), ("n", self.counts, 0.0)]
            shapes += [("n", np.full(len(row), n), 0.0) for n in (self.counts.max(), self.rows)]
            shapes += [("nrr", means, _SLACK), ("nik", means * self.factor, _SLACK * self.factor)]
            shapes += [("tertimbang", means * w, _SLACK) for w in weights]
            for name, wanted, slack in shapes:
                near = np.abs(row - wanted) <= slack + 1e-9
                if near[filled].all() or (near[filled].mean() >= 0.75 and good[filled].mean() < 0.5):
                    return name
        if int(filled.sum()) == 1:
            value = float(row[filled][0])
            total = float(means[used].sum())
            slack = _SLACK * (x + 1)  # a sum of weighted means that were rounded one by one
            for w in weights:
                if abs(value - total * w) <= slack:
                    return "indeks"
                if abs(value - total * w * self.factor) <= slack * self.factor:
                    return "ikm"
            if value in (self.rows, self.counts.max()):
                return "n"
            if value in (self.sums.sum(), self.counts.sum()):
                return "lain"
        return ""


def _beyond(row: NDArray[np.float64], good: NDArray[np.bool_], *, sure: bool) -> bool:
    """Tell whether a row holds what no respondent can have answered; ``sure``: in every cell it fills."""
    filled = ~np.isnan(row)
    outside = filled & ~good & (row > 0)  # 0 is what many write for "not answered"
    return bool(outside.any() and outside[filled & (row != 0)].all() if sure else outside.any())


def _in_words(columns: Sequence[NDArray[Any]], numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which rows are answered in words: one number beside them is no proof of a sum."""
    texts = np.array([[isinstance(v, str) for v in column.tolist()] for column in columns]).T & np.isnan(numbers)
    return np.asarray(texts.sum(axis=1) * 2 > len(columns))


def _numbers(values: list[Any]) -> list[float]:
    known = {value: number_of(value) for value in set(values)} if {int, str}.issuperset(map(type, values)) else None
    return [number_of(v) for v in values] if known is None else [known[v] for v in values]


def number_of(value: Any) -> float:
    """Return a number as it stands in a cell, also with a decimal comma; NaN for everything else."""
    if isinstance(value, bool) or value is None:
        return float("nan")
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e12 else float("nan")
    if isinstance(value, str) and len(value) < 20:
        try:
            return float(value.strip().replace(",", "."))
        except ValueError:
            return float("nan")
    return float("nan")
