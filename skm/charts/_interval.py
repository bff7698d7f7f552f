"""Intervals in whatever form a result carries them, and the whiskers that show them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import skm.charts._style as style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Span = tuple[float, float] | None


def bounds(intervals: Any, keys: Sequence[Any]) -> list[Span]:
    """Return low and high per key, None where there is no interval.

    An entry may be an `Interval`, a pair, an estimate with ``.interval``, or a result with ``.ikm``.
    """
    if intervals is None:
        return [None] * len(keys)
    return [_span(_entry(intervals, key)) for key in keys]


def whiskers(ax: Axes, spans: Sequence[Span]) -> None:
    """Draw the intervals over horizontal bars, dark on a light edge so that they show on any colour."""
    for position, span in enumerate(spans):
        if span is None:
            continue
        for colour, width, size in (("#ffffff", 3.6, 10), (style.INK, 1.5, 8)):
            ax.plot(span, [position] * 2, color=colour, linewidth=width, zorder=4, solid_capstyle="butt")
            ax.plot(span, [position] * 2, "|", color=colour, markersize=size, markeredgewidth=width, zorder=4)


def _entry(intervals: Any, key: Any) -> Any:
    if isinstance(intervals, Mapping):
        return intervals.get(key)
    return None


def _span(entry: Any) -> Span:
    if entry is None:
        return None
    for name in ("ikm", "interval"):
        inner = getattr(entry, name, None)
        if inner is not None:
            return _span(inner)
    low, high = (entry.low, entry.high) if hasattr(entry, "low") else entry
    return None if not (math.isfinite(low) and math.isfinite(high)) else (float(low), float(high))
