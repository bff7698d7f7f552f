"""The index over periods, with the grades as bands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm import regulasi as _regulasi
from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def trend_line(
    nilai: Any,
    *,
    regulasi: Any = None,
    target: Mapping[str, Any] | None = None,
    ax: Axes | None = None,
    judul: str = "",
    lang: str | None = None,
) -> Axes:
    """Draw the index (25-100) of one unit over periods, in the order given.

    Parameters
    ----------
    nilai : mapping or Tren
        Period -> `HasilIKM`, number, or text such as "87,64"; None leaves a gap. Or what `skm.trend` returns.
    regulasi : str or Regulasi, optional
        Whose grades are shown. Default: those in force.
    target : mapping, optional
        Period -> target; drawn as open diamonds.
    ax : Axes, optional
        Where to draw; default a new figure.
    judul : str
        Title.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    EmptyDataError
        No period has a value.
    OptionError
        It is neither.
    """
    from matplotlib.ticker import MaxNLocator

    language = resolve_lang(lang)
    rules = _regulasi.load(regulasi) if regulasi is not None else _regulasi.load()
    if hasattr(nilai, "seri"):
        nilai = nilai.seri()
    if not isinstance(nilai, Mapping):
        raise OptionError("grafik-tren-jenis", jenis=type(nilai).__name__)
    periods = list(nilai)
    values = [None if nilai[p] is None else _value(nilai[p], p) for p in periods]
    known = [(i, float(v)) for i, v in enumerate(values) if v is not None]
    if not known:
        raise EmptyDataError("grafik-tanpa-periode")
    goals = {i: float(_value(target[p], p)) for i, p in enumerate(periods) if target and target.get(p) is not None}
    ax = style.new_axes(ax, 2.9)
    low, high = _limits([v for _, v in known] + list(goals.values()), rules)
    style.grade_bands(ax, rules, "y", low, high)
    # A period without a figure breaks the line: nobody knows what happened in between.
    line = [math.nan if v is None else float(v) for v in values]
    ax.plot(range(len(line)), line, color=style.ACCENT, linewidth=1.8, zorder=3)
    ax.scatter([i for i, _ in known], [v for _, v in known], s=34, color=style.ACCENT, zorder=4)
    if goals:
        ax.scatter(
            list(goals),
            list(goals.values()),
            s=36,
            marker="D",
            facecolor="white",
            edgecolor=style.INK,
            zorder=3,
            label=style.say("target", language),
        )
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False, fontsize=8, borderaxespad=0.1)
    crowded = len(periods) > 9
    for i, v in known:
        below = i in goals and goals[i] > v
        ax.annotate(
            style.number(values[i], 2, language),
            (i, v),
            xytext=(0, -13 if below else 8),
            textcoords="offset points",
            ha="center",
            fontsize=7 if crowded else 8.5,
            fontweight="bold",
            color=style.INK,
            zorder=5,
        )
    ax.set_xticks(range(len(periods)))
    names = [style.label(str(p), 12 if len(periods) > 5 else 20, 2) for p in periods]
    ax.set_xticklabels(names, parse_math=False, **style.FONT)
    if crowded:
        for tick in ax.get_xticklabels():
            tick.set(rotation=45, ha="right", fontsize=7.5)
    ax.set_xlim(-0.5, max(len(periods) - 0.5, 0.5))
    ax.set_ylim(low, high)
    style.plain_axes(ax, grid="y")
    ax.spines["bottom"].set_visible(True)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))
    style.decimal_ticks(ax, "y", 0, language)
    ax.set_ylabel(style.say("ikm", language, skala=rules.skala[1]), fontsize=8.5, color=style.MUTED)
    style.title(ax, judul)
    return ax


def _value(value: Any, period: str) -> Decimal:
    ikm = getattr(value, "ikm", value)
    return read_decimal(ikm, f"IKM {period}")


def _limits(values: list[float], rules: _regulasi.Regulasi) -> tuple[float, float]:
    """Return an axis of at least 20 points around the values, never beyond the scale; a wiggle stays a wiggle."""
    low, high = min(values), max(values)
    floor, ceiling = (float(level * rules.konversi) for level in (rules.terendah, rules.tertinggi))
    room = max(4.0, (high - low) / 4)
    bottom = max(min(floor, low), 5 * ((low - room) // 5))
    top = min(max(ceiling, high), 5 * (-(-(high + room) // 5)))
    if top - bottom < 20:
        bottom = max(min(floor, low), top - 20)
        top = max(top, bottom + 20)
    return bottom, top + 1.5 if high > top - 2 else top
