"""Bars of the unsur with the regulation's grades behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang
from skm.charts._interval import bounds, whiskers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.scores.result import HasilIKM

_ORDERS = ("nomor", "nilai")


def unsur_bar(
    hasil: HasilIKM,
    *,
    urut: str = "nomor",
    interval: Any = None,
    ax: Axes | None = None,
    judul: str = "",
    lang: str | None = None,
) -> Axes:
    """Draw the mean of every unsur (1-4) with the grades as bands.

    Parameters
    ----------
    hasil : HasilIKM
        The figure.
    urut : {"nomor", "nilai"}
        By number, or from the lowest mean to the highest.
    interval : object or mapping, optional
        Unsur id -> interval of its mean, or a result that has them as ``.unsur``; drawn as whiskers.
    ax : Axes, optional
        Where to draw; default a new figure.
    judul : str
        Title; default none, for reports have captions.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    OptionError
        No such order.
    """
    if urut not in _ORDERS:
        raise OptionError("opsi-tidak-dikenal", opsi="urut", nilai=urut, pilihan=list(_ORDERS))
    language = resolve_lang(lang)
    regulasi = hasil.regulasi
    values = list(hasil.unsur.values())
    if urut == "nilai":
        values.sort(key=lambda u: u.nrr)
    long = [style.row_label(style.unsur_name(u, language), len(values)) for u in values]
    ax = style.new_axes(ax, 0.85 + style.row_height(len(values)) * len(values))
    low, high = float(regulasi.terendah), float(regulasi.tertinggi)
    style.grade_bands(ax, regulasi, "x", low, high, 1 / regulasi.konversi)
    colours = style.grade_colours(regulasi)
    ax.barh(
        range(len(values)),
        [float(u.nrr) - low for u in values],
        left=low,
        height=0.62,
        color=[colours[u.mutu] for u in values],
        zorder=2,
    )
    spans = bounds(getattr(interval, "unsur", interval), [u.id for u in values])
    whiskers(ax, spans)
    style.figures(ax, [f"{style.number(u.nrr, 2, language)}  {u.mutu}" for u in values])
    style.rows(ax, long)
    ax.set_xlim(low, high)
    style.plain_axes(ax)
    style.decimal_ticks(ax, "x", 1, language)
    ax.set_xlabel(style.axis_text(style.say("nrr", language)), fontsize=8.5, color=style.MUTED)
    style.title(ax, judul)
    return ax
