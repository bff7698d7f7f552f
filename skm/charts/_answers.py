"""How often each answer was chosen, per unsur: stacked to a hundred percent, or diverging around the middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import skm.charts._style as style
from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import Lang, resolve_lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.scores.result import HasilIKM

_SHAPES = ("tumpuk", "menyebar")
_ROOM = 4.0  # percent of the axis that a number needs


def answer_bar(
    hasil: HasilIKM,
    *,
    bentuk: str = "tumpuk",
    label: Sequence[str] | None = None,
    ax: Axes | None = None,
    judul: str = "",
    lang: str | None = None,
) -> Axes:
    """Draw the distribution of the answers of every unsur.

    Parameters
    ----------
    hasil : HasilIKM
        The figure, with level counts.
    bentuk : {"tumpuk", "menyebar"}
        Stacked to 100 percent; or diverging, the worse half to the left of zero and the better half to the right.
    label : sequence of str, optional
        Names of the levels, worst first. Default: the regulation's general meaning for four levels, else numbers.
    ax : Axes, optional
        Where to draw; default a new figure.
    judul : str
        Title.

    Returns
    -------
    matplotlib.axes.Axes
        Levels that nobody chose keep their place and colour in the legend.

    Raises
    ------
    EmptyDataError
        Only means are known, so there are no counts to draw.
    OptionError
        No such shape, or as many names as there are levels were not given.
    """
    if bentuk not in _SHAPES:
        raise OptionError("opsi-tidak-dikenal", opsi="bentuk", nilai=bentuk, pilihan=list(_SHAPES))
    language = resolve_lang(lang)
    values = [u for u in hasil.unsur.values() if u.frekuensi is not None and any(u.frekuensi)]
    if not values:
        raise EmptyDataError("grafik-tanpa-cacah")
    levels = len(values[0].frekuensi or ())
    names = _names(label, levels, language)
    shares = [_shares(u.frekuensi or ()) for u in values]
    ax = style.new_axes(ax, 1.05 + style.row_height(len(values)) * len(values))
    starts = [_start(row, bentuk) for row in shares]
    _draw(ax, shares, starts, names, language)
    style.rows(ax, [style.row_label(style.unsur_name(u, language), len(values)) for u in values])
    style.plain_axes(ax)
    if bentuk == "menyebar":
        left = max(12.0, *(-s for s in starts))
        right = max(12.0, *(s + sum(row) for s, row in zip(starts, shares, strict=True)))
        ax.set_xlim(-left * 1.04, right * 1.02)
        ax.axvline(0, color=style.INK, linewidth=0.9, zorder=3)
        _absolute_ticks(ax, language)
    else:
        ax.set_xlim(0, 100)
        style.decimal_ticks(ax, "x", 0, language, "%")
    ax.set_xlabel(style.axis_text(style.say("bagian-jawaban", language)), fontsize=8.5, color=style.MUTED)
    _legend(ax, names, levels)
    style.title(ax, judul)
    return ax


def _names(label: Sequence[str] | None, levels: int, lang: Lang) -> list[str]:
    if label is not None:
        if len(label) != levels:
            raise OptionError("grafik-label", banyak=len(label), diharapkan=levels)
        return [f"{i} {name}" for i, name in enumerate(label, start=1)]
    if levels == 4:
        return [f"{i} {style.say(f'tingkat-{i}', lang)}" for i in range(1, 5)]
    return [str(i) for i in range(1, levels + 1)]


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts)
    return [100 * count / total for count in counts]


def _start(row: Sequence[float], bentuk: str) -> float:
    if bentuk == "tumpuk":
        return 0.0
    half = len(row) // 2
    middle = row[half] / 2 if len(row) % 2 else 0.0
    return -(sum(row[:half]) + middle)


def _draw(
    ax: Axes, shares: Sequence[Sequence[float]], starts: Sequence[float], names: Sequence[str], lang: Lang
) -> None:
    levels = len(names)
    colours = style.level_colours(levels)
    left = list(starts)
    for level in range(levels):
        widths = [row[level] for row in shares]
        ax.barh(
            range(len(shares)),
            widths,
            left=left,
            height=0.66,
            color=colours[level],
            hatch=style.level_hatch(level, levels),
            edgecolor="white",
            linewidth=0.7,
            zorder=2,
            label=names[level],
        )
        for position, width in enumerate(widths):
            if width >= _ROOM:
                ax.text(
                    left[position] + width / 2,
                    position,
                    style.number(width, 0, lang),
                    ha="center",
                    va="center",
                    fontsize=7.5,
                    color=style.ink_on(colours[level]),
                    bbox={"facecolor": colours[level], "edgecolor": "none", "pad": 0.8}
                    if style.level_hatch(level, levels)
                    else None,
                    zorder=4,
                )
            left[position] += width


def _absolute_ticks(ax: Axes, lang: Lang) -> None:
    from matplotlib.ticker import FuncFormatter

    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{style.number(abs(v), 0, lang)}%"))


def _legend(ax: Axes, names: Sequence[str], levels: int) -> None:
    from matplotlib.patches import Patch

    colours = style.level_colours(levels)
    handles = [
        Patch(facecolor=c, hatch=style.level_hatch(i, levels), edgecolor="white", label=name)
        for i, (c, name) in enumerate(zip(colours, names, strict=True))
    ]
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=style.legend_columns(min(levels, 4)),
        frameon=False,
        fontsize=8,
        handlelength=1.4,
        columnspacing=1.4,
        borderaxespad=0.1,
    )
