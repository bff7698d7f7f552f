"""From one period to the next: the change, its uncertainty where that is known, and the gaps that are not bridged."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import NormalDist
from typing import Any

from skm.basics.periods import Periode
from skm.basics.values import Interval, plain
from skm.stats._core import MeanInterval, difference
from skm.tren._points import TrendPoint

_AGREE = 0.0051  # an estimate and a figure rounded to two decimals are the same number within this


@dataclass(frozen=True, slots=True)
class Step:
    """The change between two periods that follow each other.

    Attributes
    ----------
    dari, ke : Periode
    selisih : Decimal or None
        Later figure less earlier one, of the figures as shown, on 25-100; None where they may not be compared.
    arah : {"naik", "turun", "tetap", ""}
    perkiraan : bool
        One of the figures was scaled from a printed number.
    galat_baku : float or None
        Standard error of the change.
    interval : Interval or None
        Of the change; None where the answers of a period are not known.
    nyata : bool or None
        Whether the interval leaves zero out.
    """

    dari: Periode
    ke: Periode
    selisih: Decimal | None
    arah: str
    perkiraan: bool = False
    galat_baku: float | None = None
    interval: Interval | None = None
    nyata: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "dari": self.dari.label,
            "ke": self.ke.label,
            "selisih": plain(self.selisih),
            "arah": self.arah,
            "perkiraan": self.perkiraan,
            "galat_baku": plain(self.galat_baku),
            "interval": None if self.interval is None else self.interval.to_dict(),
            "nyata": self.nyata,
        }


def direction(a: TrendPoint, b: TrendPoint) -> str:
    """Return the word for a change; one that rounding alone can make is none."""
    if a.setara is None or b.setara is None:
        return ""
    change = b.setara - a.setara
    if abs(change) <= a.kelonggaran + b.kelonggaran:
        return "tetap"
    return "naik" if change > 0 else "turun"


def gaps(periods: Sequence[Periode]) -> tuple[Periode, ...]:
    """Return the periods that are missing between the first and the last, in the rhythm of the series.

    A yearly survey named by its semester has a rhythm of two semesters; the regulation asks for one survey a year at
    least, so no rhythm is longer.
    """
    found: list[Periode] = []
    runs = [(a, b, a.between(b)) for a, b in pairwise(periods)]
    same = [(len(between) + 1, a.bulan) for a, b, between in runs if a.bulan is not None and a.bulan == b.bulan]
    rhythm = {months: 12 // months for _, months in same if months}
    for steps, months in same:
        rhythm[months or 12] = math.gcd(rhythm[months or 12], steps)
    for a, _, between in runs:
        stride = rhythm.get(a.bulan or 0, 1)
        found += [p for k, p in enumerate(between, start=1) if k % stride == 0]
    return tuple(found)


def steps(
    points: Sequence[TrendPoint], missing: Sequence[Periode], intervals: Mapping[Periode, MeanInterval], level: float
) -> tuple[Step, ...]:
    """Return the changes between neighbours; none across a gap, none between periods that overlap."""
    found = []
    for a, b in pairwise(points):
        if a.periode.hingga >= b.periode.dari or any(a.periode.hingga < p.dari < b.periode.dari for p in missing):
            continue
        change = None if a.setara is None or b.setara is None else b.setara - a.setara
        error, interval = (None, None) if change is None else _uncertainty(a, b, change, intervals, level)
        sure = None if interval is None or math.isnan(interval.low) else not interval.low <= 0 <= interval.high
        found.append(
            Step(a.periode, b.periode, change, direction(a, b), a.perkiraan or b.perkiraan, error, interval, sure)
        )
    return tuple(found)


def _uncertainty(
    a: TrendPoint, b: TrendPoint, change: Decimal, intervals: Mapping[Periode, MeanInterval], level: float
) -> tuple[float | None, Interval | None]:
    first, second = intervals.get(a.periode), intervals.get(b.periode)
    if first is not None and second is not None:
        result = difference(first, second, level=level).ikm
        return (None if math.isnan(result.se) else result.se), result.interval
    errors = [_error(point, intervals) for point in (a, b)]
    if errors[0] is None or errors[1] is None:
        return None, None
    se = math.hypot(errors[0], errors[1])
    half = NormalDist().inv_cdf((1 + level) / 2) * se
    return se, Interval(float(change) - half, float(change) + half, level, "normal")


def _error(point: TrendPoint, intervals: Mapping[Periode, MeanInterval]) -> float | None:
    own = intervals.get(point.periode)
    if own is None:
        return point.galat_baku
    return None if math.isnan(own.ikm.se) else own.ikm.se


def belongs(point: TrendPoint, interval: MeanInterval) -> bool:
    """Tell whether an interval is of the figure that stands in the trend."""
    return point.setara is not None and abs(interval.ikm.estimate - float(point.setara)) <= _AGREE
