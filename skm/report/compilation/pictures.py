"""Charts of many units that can still be read: pages of units, how they spread, which unsur is lowest most often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm.basics.numbers import format_count, resolve_lang
from skm.charts import group_bar
from skm.report.compilation.analysis import lowest_counts
from skm.report.compilation.recap import Recap, RecapRow, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.basics.values import Interval
    from skm.stats._units import Units

PAGE = 40  # units that one page shows legibly


def pages(recap: Recap) -> list[list[RecapRow]]:
    """Return the units from the highest index to the lowest, in parts of a page each, as even as they can be."""
    rows = sorted(recap.dihitung, key=lambda r: (-(r.ikm or 0), r.unit))
    parts = max(1, -(-len(rows) // PAGE))
    size = -(-len(rows) // parts) if rows else 1
    return [rows[i : i + size] for i in range(0, len(rows), size)]


def intervals(made: Units | None) -> dict[str, Interval]:
    """Return the interval of every unit that has one."""
    return {} if made is None else {str(u.label): u.interval for u in made.units if u.rank is not None}


def unit_bar(rows: Sequence[RecapRow], spans: Mapping[str, Interval], lang: str | None = None) -> Axes:
    """Draw the index of some units, with their intervals where they are known."""
    shown: dict[str, Any] = {r.unit: r for r in rows}
    return group_bar(shown, interval=spans, urut="tetap", lang=lang)


def histogram(recap: Recap, lang: str | None = None) -> Axes:
    """Draw how many units have which index, in steps of two and a half, over the grades."""
    from matplotlib.ticker import MaxNLocator

    language = resolve_lang(lang)
    rows = recap.dihitung
    values = [float(r.ikm or 0) for r in rows]
    step = 2.5
    low = min(values) // step * step
    top = max(values) // step * step + step
    edges = [low + i * step for i in range(int((top - low) / step) + 1)]
    ax = style.new_axes(None, 2.9)
    rule = next((r.regulasi for r in rows if r.regulasi is not None), None)
    if rule is not None:
        style.grade_bands(ax, rule, "x", edges[0], edges[-1])
    counts, _, bars = ax.hist(values, bins=edges, color=style.ACCENT, edgecolor="white", zorder=2)
    for count, bar in zip(counts, list(bars), strict=True):  # type: ignore[arg-type]
        if count:
            place = bar.get_x() + bar.get_width() / 2
            ax.annotate(format_count(int(count), language), (place, count), ha="center", va="bottom", fontsize=7.5)
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(0, max(counts) * 1.15)  # type: ignore[arg-type]
    style.plain_axes(ax, grid="y")
    style.decimal_ticks(ax, "x", 0, language)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("IKM", fontsize=8.5, color=style.MUTED)
    ax.set_ylabel(say("banyak-unit", language), fontsize=8.5, color=style.MUTED)
    return ax


def lowest_bar(recap: Recap, lang: str | None = None) -> Axes:
    """Draw how often each unsur is a unit's lowest."""
    from matplotlib.ticker import MaxNLocator

    language = resolve_lang(lang)
    rows = lowest_counts(recap)
    ax = style.new_axes(None, 0.7 + 0.3 * len(rows))
    counts = [least for _, least, _, _ in rows]
    ax.barh(range(len(rows)), counts, height=0.62, color=style.ACCENT, zorder=2)
    style.rows(ax, [style.label(u.name(language), 40, 1) for u, *_ in rows])
    for place, count in enumerate(counts):
        ax.annotate(f" {count}", (count, place), va="center", fontsize=8)
    style.plain_axes(ax)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlim(0, max([*counts, 1]) * 1.12)
    ax.set_xlabel(say("banyak-unit", language), fontsize=8.5, color=style.MUTED)
    return ax
