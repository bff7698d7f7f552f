"""The index of many groups: bars for some, dots for many, with intervals and the number of respondents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import Lang, resolve_lang
from skm.charts._interval import Span, bounds, whiskers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.regulasi import Regulasi
    from skm.scores.groups import HasilKelompok
    from skm.scores.result import HasilIKM

_MANY = 10
_ORDERS = ("tetap", "nilai")


@dataclass(frozen=True, slots=True)
class _Row:
    label: Any
    name: str
    n: int | None
    ikm: float
    mutu: str


def group_bar(
    per: HasilKelompok | Mapping[Any, HasilIKM],
    *,
    interval: Any = None,
    urut: str = "nilai",
    keseluruhan: HasilIKM | None = None,
    ax: Axes | None = None,
    judul: str = "",
    lang: str | None = None,
) -> Axes:
    """Draw the index (25-100) of every group with the grades as bands and the number of respondents.

    Parameters
    ----------
    per : HasilKelompok or mapping of HasilIKM
        Figures by group. Groups without an index are left out; the axis says how many.
    interval : mapping, optional
        Group label -> interval of its index, or a result that has one; drawn as whiskers.
    urut : {"nilai", "tetap"}
        From the highest to the lowest, or as given.
    keseluruhan : HasilIKM, optional
        The figure of all together, drawn as a line.
    ax : Axes, optional
        Where to draw; default a new figure. More than 10 groups become dots.
    judul : str
        Title.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    EmptyDataError
        No group has an index.
    """
    if urut not in _ORDERS:
        raise OptionError("opsi-tidak-dikenal", opsi="urut", nilai=urut, pilihan=list(_ORDERS))
    language = resolve_lang(lang)
    everything = _rows(per, language)
    rows = [row for row in everything if row.ikm == row.ikm]
    if not rows:
        raise EmptyDataError("grafik-tanpa-kelompok")
    if urut == "nilai":
        rows.sort(key=lambda row: -row.ikm)
    regulasi = _regulation(per)
    many = len(rows) > _MANY
    ax = style.new_axes(ax, 0.85 + style.row_height(len(rows), 0.165) * len(rows))
    spans = bounds(interval, [row.label for row in rows])
    low, high = _limits(rows, spans, regulasi)
    style.grade_bands(ax, regulasi, "x", low, high)
    _draw(ax, rows, regulasi, low, many=many)
    whiskers(ax, spans)
    style.figures(ax, [_figure(row, language) for row in rows], size=7.5 if many else 8.5)
    if keseluruhan is not None:
        ax.axvline(float(keseluruhan.ikm), color=style.INK, linewidth=1, linestyle=(0, (4, 3)), zorder=3)
    names = [style.label(row.name, 44 if many else 34, 1 if many else 2) for row in rows]
    style.rows(ax, names)
    if many:
        ax.tick_params(axis="y", labelsize=7.5)
    ax.set_xlim(low, high)
    style.plain_axes(ax)
    style.decimal_ticks(ax, "x", 0, language)
    below = _axis_text(len(everything) - len(rows), keseluruhan, regulasi, language)
    ax.set_xlabel(style.axis_text(below), fontsize=8.5, color=style.MUTED)
    style.title(ax, judul)
    return ax


def _rows(per: Any, lang: Lang) -> list[_Row]:
    blank = style.say("tidak-diisi", lang)
    if not hasattr(per, "hitungan"):
        return [_Row(key, _name(key, blank), h.n, float(h.ikm), h.mutu) for key, h in per.items()]
    columns = zip(per, per.n.tolist(), per.ikm.tolist(), per.mutu, strict=True)
    return [_Row(key, _name(key, blank), n, ikm, mutu or "-") for key, n, ikm, mutu in columns]


def _name(label: Any, blank: str) -> str:
    parts = label if isinstance(label, tuple) else (label,)
    return " / ".join(blank if part is None else str(part) for part in parts)


def _regulation(per: Any) -> Regulasi:
    found: Regulasi = per.hitungan.kuesioner.regulasi if hasattr(per, "hitungan") else next(iter(per.values())).regulasi
    return found


def _limits(rows: Sequence[_Row], spans: Sequence[Span], regulasi: Regulasi) -> tuple[float, float]:
    """Return an axis that starts at the scale's beginning, so that bars keep their proportion."""
    top = float(regulasi.kategori[-1].nik[1])
    bottom = float(regulasi.kategori[0].nik[0])
    least = min([row.ikm for row in rows] + [span[0] for span in spans if span])
    most = max([row.ikm for row in rows] + [span[1] for span in spans if span])
    return min(bottom, least), max(top, most)


def _draw(ax: Axes, rows: Sequence[_Row], regulasi: Regulasi, low: float, *, many: bool) -> None:
    colours = style.grade_colours(regulasi)
    shades = [colours.get(row.mutu, style.MUTED) for row in rows]
    positions = range(len(rows))
    if many:
        ax.hlines(positions, low, [row.ikm for row in rows], color=style.GRID, linewidth=0.8, zorder=1)
        ax.scatter([row.ikm for row in rows], positions, s=26, color=shades, zorder=3)
    else:
        ax.barh(positions, [row.ikm - low for row in rows], left=low, height=0.62, color=shades, zorder=2)


def _figure(row: _Row, lang: Lang) -> str:
    text = f"{style.number(row.ikm, 2, lang)}  {row.mutu}"
    return text if row.n is None else f"{text}   n = {style.number(row.n, 0, lang)}"


def _axis_text(absent: int, keseluruhan: HasilIKM | None, regulasi: Regulasi, lang: Lang) -> str:
    text = style.say("ikm", lang, skala=regulasi.skala[1])
    if keseluruhan is not None:
        text += "; " + style.say("garis-keseluruhan", lang, ikm=keseluruhan.ikm)
    if absent:
        text += "; " + style.say("tanpa-nilai", lang, banyak=absent)
    return text
