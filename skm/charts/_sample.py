"""How many respondents a population needs, and where this survey stands on that curve."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, cast

import numpy as np

import skm.charts._style as style
from skm import sampling
from skm.basics.numbers import Lang, resolve_lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.sampling import Adequacy


def sample_curve(kecukupan: Adequacy, *, ax: Axes | None = None, judul: str = "", lang: str | None = None) -> Axes:
    """Draw the least number of respondents against the population, with this survey as a point.

    Parameters
    ----------
    kecukupan : Adequacy
        Result of `skm.adequacy`.
    ax : Axes, optional
        Where to draw; default a new figure.
    judul : str
        Title.

    Returns
    -------
    matplotlib.axes.Axes
        The population axis is logarithmic; the curve is that of the method the result was computed with.
    """
    language = resolve_lang(lang)
    options = kecukupan.options
    n, size = kecukupan.n, kecukupan.population
    top = max(10_000, size * 10)
    populations = sorted({*(int(v) for v in np.geomspace(10, top, 70)), size})
    needed = [
        sampling.sample_size(
            one,
            method=cast("Any", options.method),
            level=options.level,
            margin=options.margin,
            p=options.p,
            rounding=cast("Any", options.rounding),
            chi2=cast("Any", options.chi2),
        ).n
        for one in populations
    ]
    ax = style.new_axes(ax, 1.9)
    ax.set_xscale("log")
    stepped = "default" if options.method == "krejcie-morgan" else "steps-post"
    ax.plot(populations, needed, color=style.ACCENT, linewidth=1.8, drawstyle=stepped, zorder=3)
    edge = populations[0]
    ax.plot([size, size], [0, max(n, kecukupan.required)], color=style.MUTED, linewidth=0.9, linestyle=":", zorder=2)
    ax.plot([edge, size], [kecukupan.required] * 2, color=style.MUTED, linewidth=0.9, linestyle=":", zorder=2)
    ax.scatter([size], [kecukupan.required], s=44, facecolor="white", edgecolor=style.ACCENT, linewidth=1.6, zorder=4)
    ax.scatter([size], [n], s=52, marker="D", color="#b84a00", zorder=5)
    ax.set_ylim(0, max([*needed, n]) * 1.22)
    ax.set_xlim(edge, top)
    _name_points(ax, kecukupan, bool(np.log(size / edge) < 0.3 * np.log(top / edge)), language)
    style.plain_axes(ax, grid="y")
    ax.spines["bottom"].set_visible(True)
    style.decimal_ticks(ax, "x", 0, language)
    style.decimal_ticks(ax, "y", 0, language)
    ax.minorticks_off()
    ax.set_xlabel(style.axis_text(style.say("populasi", language, N=size)), fontsize=8.5, color=style.MUTED)
    beside = textwrap.fill(style.say("minimum", language), 16)  # the chart is low
    ax.set_ylabel(beside, fontsize=8.5, color=style.MUTED)
    style.title(ax, judul)
    return ax


def _name_points(ax: Axes, kecukupan: Adequacy, leftmost: bool, lang: Lang) -> None:
    """Write at the two points, the higher text above the curve and the lower one under it, where nothing stands."""
    n, required, top = kecukupan.n, kecukupan.required, ax.get_ylim()[1]
    minimum, reached = style.say("titik-minimum", lang, n=required), style.say("titik-responden", lang, n=n)
    low = 0.12 * top
    if max(n, required) < low:
        _name(ax, f"{minimum}\n{reached}", kecukupan.population, max(n, required), (True, True))
        return
    for text, value, upper in ((minimum, required, n < required), (reached, n, n >= required)):
        above = upper or value < low
        _name(ax, text, kecukupan.population, value, (leftmost or not upper, above))


def _name(ax: Axes, text: str, x: int, y: int, side: tuple[bool, bool]) -> None:
    right, above = side
    ax.annotate(
        text,
        (x, y),
        xytext=(9 if right else -9, 9 if above else -9),
        textcoords="offset points",
        ha="left" if right else "right",
        va="bottom" if above else "top",
        fontsize=8.5,
        fontweight="bold",
        color=style.INK,
        zorder=6,
    )
