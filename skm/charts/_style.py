"""What all charts share: colours, text that the font can show, grade bands, axes with Indonesian numbers.

Colours are told apart by colour-blind readers and, by their lightness, on a grey print; nothing is told by colour
alone: bars carry numbers, letters or hatching.
"""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.numbers import Lang, format_decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.regulasi import Regulasi

# Without a handler of its own, matplotlib tells about font caches and unwritable homes on standard error.
logging.getLogger("matplotlib").addHandler(logging.NullHandler())

INK, MUTED, GRID, BAND = "#1f2933", "#52606d", "#d5dbe1", ("#ffffff", "#eef1f4")
ACCENT = "#08519c"
WIDTH = 6.9  # inches: the text width of an A4 page with ordinary margins
FONT: dict[str, Any] = {"fontsize": 8.5, "color": INK}
SMALL: dict[str, Any] = {"fontsize": 7.5, "color": MUTED}

_WORSE = ("#8c2d04", "#e6883c", "#fbc98f")
_BETTER = ("#c6dbef", "#5a9bcf", "#08519c")
_MIDDLE = "#f4f4f4"
_HATCHES = ("////", "..", "xx", "--", "\\\\\\\\")


def say(code: str, lang: Lang, **fields: Any) -> str:
    """Return a text of the charts' catalogue."""
    return messages.text("charts", code, lang, **fields)


_narrow: ContextVar[bool] = ContextVar("skm_narrow", default=False)
PHONE = 3.75  # inches: a page of 360 px, its text as large as on paper


@contextmanager
def narrow() -> Iterator[None]:
    """Draw new charts for the width of a telephone."""
    token = _narrow.set(True)
    try:
        yield
    finally:
        _narrow.reset(token)


def new_axes(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    """Return the given axes, or those of a new figure that no pyplot state knows."""
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    from skm.charts._shown import ShownAxes

    if _narrow.get():
        width, height = PHONE, height * 1.08
    figure = Figure(figsize=(width, height), layout="constrained", dpi=110)
    return figure.add_subplot(axes_class=ShownAxes)


def level_colours(levels: int) -> list[str]:
    """Return one colour per answer level, worst first; the same level always has the same colour."""
    half = levels // 2
    worse = _spread(_WORSE, half)
    better = _spread(_BETTER, half)
    return [*worse, *([_MIDDLE] if levels % 2 else []), *better]


def level_hatch(level: int, levels: int) -> str:
    """Return the hatching of a level (0 = worst): the worse half is hatched, so that it shows without colour."""
    return _HATCHES[level % len(_HATCHES)] if level < levels // 2 else ""


def grade_colours(regulasi: Regulasi) -> dict[str, str]:
    """Return letter -> colour, in the colours of the answer levels."""
    letters = [k.mutu for k in regulasi.kategori]
    palette = ["#8c2d04", "#e6883c", "#6baed6", "#08519c"]
    shades = palette if len(letters) == len(palette) else level_colours(len(letters))
    return dict(zip(letters, shades, strict=True))


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#ffffff" if 0.2126 * r**2.2 + 0.7152 * g**2.2 + 0.0722 * b**2.2 < 0.35 else INK


def label(text: str, width: int = 30, lines: int = 2) -> str:
    r"""Return a text broken into at most so many lines, ending in an ellipsis where more was said.

    >>> label("Penanganan Pengaduan, Saran dan Masukan", 24)
    'Penanganan Pengaduan,\nSaran dan Masukan'
    """
    clean = showable(text)
    if _narrow.get():
        width, lines = min(width, 18), lines + 1
    wrapped = textwrap.wrap(clean, width, max_lines=lines, placeholder=" …", break_long_words=True)
    return "\n".join(wrapped) if wrapped else clean


_ROOMY = 10  # rows that may have names of two lines and still leave half a page free


def row_height(rows: int, dense: float = 0.22) -> float:
    """Return the height in inches of a row of bars: two lines of a name, one where there are many rows."""
    return 0.32 if rows <= _ROOMY or _narrow.get() else dense


def row_label(text: str, rows: int) -> str:
    """Return the name of a row on two lines, on one where there are many rows."""
    return label(text, 34, 2) if rows <= _ROOMY or _narrow.get() else label(text, 34, 1)


def legend_columns(entries: int) -> int:
    """Return how many entries of a legend stand beside each other."""
    return 2 if _narrow.get() else entries


def axis_text(text: str) -> str:
    """Return the words below an axis, on several lines where the chart is narrow."""
    return textwrap.fill(text, 36) if _narrow.get() else text


def unsur_name(unsur: Any, lang: Lang) -> str:
    """Return code and name of an unsur; an office's own unsur may have nothing but its code."""
    name = unsur.nama.name(lang)
    return name if name == unsur.kode else f"{unsur.kode}  {name}"


def showable(text: str) -> str:
    """Return the text without what the font cannot draw: emoji, control characters."""
    known = _glyphs()
    kept = "".join(c if ord(c) in known else " " for c in str(text))
    return " ".join(kept.split()) or "-"


def number(value: Any, places: int, lang: Lang) -> str:
    """Write a number for a chart."""
    return format_decimal(value, places, lang)


def plain_axes(ax: Axes, *, grid: str = "x") -> None:
    """Take away what carries no information."""
    for side in ("top", "right", "left" if grid == "x" else "bottom"):
        ax.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        ax.spines[side].set_color(MUTED)
    ax.tick_params(length=0, labelsize=8.5, colors=INK, pad=5)
    ax.set_axisbelow(True)
    if grid:
        ax.grid(visible=True, axis="x" if grid == "x" else "y", color=GRID, linewidth=0.6)


def decimal_ticks(ax: Axes, axis: str, places: int, lang: Lang, suffix: str = "") -> None:
    """Write the numbers of an axis the way the language does."""
    from matplotlib.ticker import FuncFormatter

    chosen = ax.xaxis if axis == "x" else ax.yaxis
    chosen.set_major_formatter(FuncFormatter(lambda v, _: format_decimal(v, places, lang) + suffix))


def rows(ax: Axes, names: Sequence[str]) -> None:
    """Write the names of horizontal bars, first on top."""
    ax.set_yticks(range(len(names)))
    ax.set_yticklabels(names, parse_math=False, **FONT)
    ax.set_ylim(len(names) - 0.45, -0.55)


def figures(ax: Axes, texts: Sequence[str], *, size: float = 8.5) -> None:
    """Write one text per bar in a column at the right of the plot, where it can cover nothing."""
    for position, text in enumerate(texts):
        ax.text(
            1.012,
            position,
            text,
            transform=ax.get_yaxis_transform(),
            ha="left",
            va="center",
            fontsize=size,
            color=INK,
            parse_math=False,
        )


def grade_bands(ax: Axes, regulasi: Regulasi, axis: str, low: float, high: float, scale: float = 1.0) -> None:
    """Shade the grades behind the bars and name them at the edge.

    ``scale`` turns a NIK into the unit of the axis.
    """
    for position, kategori in enumerate(regulasi.kategori):
        start = float(kategori.nik[0]) * scale
        following = regulasi.kategori[position + 1 : position + 2]
        end = float(following[0].nik[0]) * scale if following else high
        start, end = max(start, low), min(end, high)
        if end <= start:
            continue
        span = ax.axvspan if axis == "x" else ax.axhspan
        span(start, end, color=BAND[position % 2], zorder=0, linewidth=0)
        middle = (start + end) / 2
        if axis == "x":
            ax.text(middle, 1.0, kategori.mutu, transform=ax.get_xaxis_transform(), ha="center", va="bottom", **SMALL)
        elif (end - start) / (high - low) > 0.03:
            ax.text(1.006, middle, kategori.mutu, transform=ax.get_yaxis_transform(), ha="left", va="center", **SMALL)


def title(ax: Axes, text: str) -> None:
    """Write the title at the left, above the names of the grades."""
    if text:
        ax.set_title(showable(text), loc="left", fontsize=9.5, color=INK, pad=14, fontweight="bold", parse_math=False)


def _spread(colours: Sequence[str], k: int) -> list[str]:
    """Return k colours from a ramp, its ends first."""
    if k <= 0:
        return []
    if k == 1:
        return [colours[0] if colours is _WORSE else colours[-1]]
    if k == 2:
        return [colours[0], colours[1]] if colours is _WORSE else [colours[0], colours[2]]
    steps = [i * (len(colours) - 1) / (k - 1) for i in range(k)]
    return [_mix(colours[int(s)], colours[min(int(s) + 1, len(colours) - 1)], s - int(s)) for s in steps]


def _mix(a: str, b: str, share: float) -> str:
    parts = [round(int(a[i : i + 2], 16) * (1 - share) + int(b[i : i + 2], 16) * share) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


@cache
def _glyphs() -> frozenset[int]:
    """Return the characters that the chart font has."""
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont(font_manager.FontProperties()))
    return frozenset(font.get_charmap())
