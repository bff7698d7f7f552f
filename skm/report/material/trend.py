"""The trend of a report: earlier periods of the facts and this one, in the order of time where periods can be read."""

from __future__ import annotations

from typing import Any

from skm import tren
from skm.basics.errors import SKMError
from skm.report.material.bahan import Bahan
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
