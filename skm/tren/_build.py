"""Periods in, trend out: read, put in the order of time, bring to one weight, compare, note what must be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.messages import Phrase
from skm.basics.periods import Periode, parse_period
from skm.basics.reading_numbers import read_decimal
from skm.basics.values import Finding
from skm.stats._core import MeanInterval
from skm.tren._comparable import CommonWeight, rebase, target
from skm.tren._points import TrendPoint, read_point
from skm.tren._steps import belongs, gaps, steps
from skm.tren._tren import AREA, Tren


def build(
    data: Mapping[Any, Any] | Iterable[Any],
    *,
    bobot: Any = None,
    interval: Mapping[Any, Any] | None = None,
    level: float = 0.95,
) -> Tren:
    """Build a trend from what is known of each period (see `skm.trend` for files and answers).

    Parameters
    ----------
    data : mapping or iterable
        Period -> value, pairs of the two, or values that name their own period; values as in `read_point`.
    bobot : optional
        Weight to bring all periods to. Default: that of the latest period that tells its weight.
    interval : mapping, optional
        Period -> `MeanInterval` of the same answers, or the standard error of the index on 25-100.
    level : float
        Confidence level of the change.

    Raises
    ------
    EmptyDataError
        No period.
    DataError
        A period occurs twice.
    OptionError
        A period or value that cannot be read.
    """
    if not 0.5 <= level < 1:
        raise OptionError("tingkat-interval", nilai=level)
    points = sorted((read_point(p, v) for p, v in pairs(data)), key=lambda t: (t.periode.dari, t.periode.hingga))
    if not points:
        raise EmptyDataError("tren-kosong")
    for a, b in pairwise(points):
        if (a.periode.dari, a.periode.hingga) == (b.periode.dari, b.periode.hingga):
            raise DataError("tren-periode-ganda", periode=a.periode.label)
    goal = target(points, bobot)
    points = [rebase(point, goal) for point in points]
    points, known, odd = _with_errors(points, interval or {})
    missing = gaps([p.periode for p in points])
    found = [*_weight_notes(points, goal), *_regime_notes(points), *_time_notes(points), *odd]
    changes = steps(points, missing, known, level)
    return Tren(tuple(points), changes, missing, goal.bobot, goal.pembulatan, level, tuple(found))


def pairs(data: Mapping[Any, Any] | Iterable[Any]) -> list[tuple[Any, Any]]:
    """Return (period, value) of whatever was given; a value alone names its own period."""
    if isinstance(data, Mapping):
        return list(data.items())
    return [(item[0], item[1]) if isinstance(item, (tuple, list)) and len(item) == 2 else (None, item) for item in data]


def _with_errors(
    points: Sequence[TrendPoint], given: Mapping[Any, Any]
) -> tuple[list[TrendPoint], dict[Periode, MeanInterval], list[Finding]]:
    """Return the points with their standard errors, and the intervals that belong to them."""
    by_period = {(p.periode.dari, p.periode.hingga): p for p in points}
    errors: dict[Periode, float] = {}
    intervals: dict[Periode, MeanInterval] = {}
    odd = []
    for key, value in given.items():
        when = parse_period(key)
        point = by_period.get((when.dari, when.hingga))
        if point is None:
            raise OptionError(
                "opsi-tidak-dikenal", opsi="interval", nilai=key, pilihan=[p.periode.label for p in points]
            )
        if not isinstance(value, MeanInterval):
            error = float(read_decimal(value, f"galat baku {when.label}"))
            if error < 0:
                raise OptionError("tren-galat-baku", nilai=error, periode=when.label)
            errors[point.periode] = error
        elif belongs(point, value):
            intervals[point.periode] = value
        else:
            facts = {"periode": when.label, "taksiran": value.ikm.estimate, "ikm": point.setara or point.ikm}
            odd.append(Finding("tren-interval-lain", "peringatan", AREA, facts))
    return [replace(p, galat_baku=errors.get(p.periode, p.galat_baku)) for p in points], intervals, odd


def _weight_notes(points: Sequence[TrendPoint], goal: CommonWeight) -> list[Finding]:
    found = []
    weight = points[-1].label_of(goal.bobot) if goal.bobot else "-"
    moved = [
        Phrase(AREA, "rincian-setara", {"periode": p.periode.label, "dari": p.ikm, "ke": p.setara})
        for p in points
        if p.setara not in (None, p.ikm)
    ]
    if moved:
        found.append(Finding("tren-disetarakan", "catatan", AREA, {"bobot": weight, "rincian": moved}))
    if scaled := [p.periode.label for p in points if p.perkiraan]:
        found.append(Finding("tren-perkiraan", "catatan", AREA, {"periode": scaled}))
    apart = [
        Phrase(AREA, "dengan-bobot", {"angka": p.periode.label, "bobot": p.label_of(p.bobot)})
        for p in points
        if p.setara is None
    ]
    if apart:
        found.append(Finding("tren-tidak-setara", "peringatan", AREA, {"bobot": weight, "rincian": apart}))
    unknown = [p.periode.label for p in points if not p.bobot]
    if unknown and len(points) > 1:
        found.append(Finding("tren-bobot-tak-diketahui", "catatan", AREA, {"periode": unknown}))
    coarse = [p.periode.label for p in points if p.kelonggaran and not p.perkiraan]
    if coarse and len(points) > 1:
        found.append(Finding("tren-desimal", "catatan", AREA, {"periode": coarse}))
    for p in points:
        if p.hitung_ulang is not None and abs(p.hitung_ulang - p.ikm) > _tolerance(p):
            printed = {"periode": p.periode.label, "cetak": p.ikm, "hitung": p.hitung_ulang}
            found.append(Finding("tren-tercetak-beda", "peringatan", AREA, printed))
    for name in ("kosong", "pertanyaan", "unsur_kosong"):
        values = {p.periode.label: p.aturan[name] for p in points if p.aturan and p.aturan.get(name)}
        if len(set(values.values())) > 1:
            facts = {"aturan": name, "rincian": [f"{label}: {value}" for label, value in values.items()]}
            found.append(Finding("tren-aturan-beda", "peringatan", AREA, facts))
    return found


def _tolerance(point: TrendPoint) -> Fraction:
    """Return how far a printed index may lie from its printed means: their rounding, or a rounded weight."""
    return Fraction(1, 4) + Fraction(point.ikm) / 99


def _regime_notes(points: Sequence[TrendPoint]) -> list[Finding]:
    found = []
    rules = [(p.periode.label, p.regulasi.id) for p in points if p.regulasi is not None]
    if len({name for _, name in rules}) > 1:
        facts = {"rincian": [f"{label}: {name}" for label, name in rules]}
        found.append(Finding("tren-regulasi-ganti", "peringatan", AREA, facts))
    elif rules and (none := [p.periode.label for p in points if p.regulasi is None]):
        found.append(Finding("tren-regulasi-tak-diketahui", "peringatan", AREA, {"periode": none}))
    sets = [(p.periode.label, frozenset(p.rata)) for p in points if p.rata is not None]
    for (a, first), (b, second) in pairwise(sets):
        if first != second:
            changed: dict[str, Any] = {
                "dari": a,
                "ke": b,
                "hilang": sorted(first - second) or ["-"],
                "baru": sorted(second - first) or ["-"],
            }
            found.append(Finding("tren-unsur-beda", "peringatan", AREA, changed))
    return found


def _time_notes(points: Sequence[TrendPoint]) -> list[Finding]:
    found = []
    over = [f"{a.periode.label} / {b.periode.label}" for a, b in pairwise(points) if a.periode.hingga >= b.periode.dari]
    if over:
        found.append(Finding("tren-tumpang-tindih", "peringatan", AREA, {"rincian": over}))
    lengths = {p.periode.bulan for p in points}
    if len(lengths) > 1 and len(points) > 1:
        found.append(Finding("tren-panjang-beda", "catatan", AREA, {"periode": [p.periode.label for p in points]}))
    return found
