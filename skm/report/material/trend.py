"""The trend of a report: earlier periods of the facts and this one, in the order of time where periods can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from skm import tren
from skm.basics.errors import SKMError
from skm.basics.periods import parse_period
from skm.report.material.bahan import Bahan
from skm.report.material.periods import EarlierPeriod
from skm.tren import Tren


def trend_of(bahan: Bahan) -> Tren | None:
    """Return the trend; None where there is no earlier period, or a period is written in words of its own."""
    now = bahan.fakta.text("periode", "id")
    if not bahan.sebelumnya or now is None:
        return None
    points: list[tuple[Any, Any]] = []
    for s in bahan.sebelumnya:
        known = {"ikm": s.ikm, "mutu": s.mutu, "n": s.n, "bobot": s.bobot or None}
        points.append((s.periode, {key: value for key, value in known.items() if value is not None}))
    intervals = {} if bahan.interval is None else {now: bahan.interval}
    try:
        return tren.build([*points, (now, bahan.hasil)], interval=intervals)
    except SKMError:
        # An office may call its periods what it likes, or print a figure twice; the table shows them as they stand.
        return None


def same_or_after(earlier: Sequence[EarlierPeriod], now: str | None) -> list[EarlierPeriod]:
    """Return those of the earlier periods that are this one, or begin after it; words of its own are believed."""
    mine = _start(now)
    return [] if mine is None else [s for s in earlier if (start := _start(s.periode)) is not None and start >= mine]


def _start(text: str | None) -> date | None:
    try:
        return None if text is None else parse_period(text).dari
    except SKMError:
        return None


def compared(bahan: Bahan) -> tuple[str, Decimal, Decimal, bool] | None:
    """Return the period before this one with its figure, this period's figure, and whether they were rebased.

    None where no period is before this one.

    There is one set of numbers for the trend: those of the table and the chart, under one weight where that can be.
    """
    later = same_or_after(bahan.sebelumnya, bahan.fakta.text("periode", "id"))
    before_this = [s for s in bahan.sebelumnya if s not in later]
    if not before_this:
        return None
    last, now = before_this[-1], bahan.hasil.ikm
    found = trend_of(bahan)
    if found is None:
        return last.periode, last.ikm, now, False
    mine = parse_period(bahan.fakta.text("periode", "id")).label
    points = [t for t in found.titik if t.setara is not None]
    place = next((i for i, t in enumerate(points) if t.periode.label == mine), 0)
    if place == 0 or points[place].setara is None:
        return last.periode, last.ikm, now, False
    before, here = points[place - 1], points[place]
    rebased = any(t.setara != t.ikm for t in found.titik)
    written = {parse_period(s.periode).label: s.periode for s in bahan.sebelumnya}
    shown = written.get(before.periode.label, before.periode.label)
    return shown, before.setara or last.ikm, here.setara or now, rebased
