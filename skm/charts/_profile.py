"""Who answered: one panel of bars per characteristic, shares in percent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm.basics.errors import EmptyDataError, OptionError
from skm.basics.numbers import Lang, resolve_lang

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skm.scores.profil import Profil

_MOST = 14


def profile_bar(
    profil: Profil,
    karakteristik: str | Sequence[str] | None = None,
    *,
    ax: Axes | None = None,
    judul: str = "",
    lang: str | None = None,
    tutup: Sequence[Any] = (),
) -> Axes:
    """Draw the shares of respondents by level of one characteristic, of some or of all, one below the other.

    Parameters
    ----------
    profil : Profil
        Counts by characteristic.
    karakteristik : str or sequence of str, optional
        Which one, or which: as groups of bars under their names. Default: all of them.
    ax : Axes, optional
        Where to draw; default a new figure.
    judul : str
        Title.
    tutup : sequence
        Pairs (characteristic, level) whose count stays hidden; their bar is left out and marked.

    Returns
    -------
    matplotlib.axes.Axes
        A characteristic with more than 14 levels shows the largest and sums up the rest.

    Raises
    ------
    OptionError
        No such characteristic.
    EmptyDataError
        There is none at all.
    """
    language = resolve_lang(lang)
    single = isinstance(karakteristik, str)
    chosen = [karakteristik] if isinstance(karakteristik, str) else list(karakteristik or profil.karakteristik)
    for key in chosen:
        if key not in profil.karakteristik:
            raise OptionError("opsi-tidak-dikenal", opsi="karakteristik", nilai=key, pilihan=list(profil.karakteristik))
    if not chosen:
        raise EmptyDataError("grafik-tanpa-kelompok")
    hidden = set(tutup)
    names: list[str] = []
    shares: list[float | None] = []
    texts: list[str] = []
    heads: list[int] = []
    for key in chosen:
        heads.append(len(names))
        if not single:
            _add(names, shares, texts, (profil.judul[key][language], None, ""))
        own = frozenset(level for other, level in hidden if other == key)
        for count, share, name, closed in _levels(profil.karakteristik[key], own, language):
            text = style.say("tertutup", language) if closed else _text(count, share, language)
            _add(names, shares, texts, (style.label(name, 34), None if closed else share, text))
    ax = style.new_axes(ax, 0.75 + 0.2 * len(names))
    drawn = [(i, s) for i, s in enumerate(shares) if s is not None]
    ax.barh([i for i, _ in drawn], [s for _, s in drawn], height=0.66, color=style.ACCENT, zorder=2)
    style.rows(ax, names)
    style.figures(ax, texts, size=8)
    style.plain_axes(ax)
    most = max([s for _, s in drawn], default=100.0)
    ax.set_xlim(0, max(most * 1.02, 10))
    style.decimal_ticks(ax, "x", 0, language, "%")
    ax.set_xlabel(style.axis_text(style.say("bagian-responden", language, n=profil.n)), fontsize=8.5, color=style.MUTED)
    if not single:
        for position, tick in enumerate(ax.get_yticklabels()):
            if position in heads:
                tick.set_fontweight("bold")
    style.title(ax, judul)
    return ax


def rows_of(profil: Profil, key: str) -> int:
    """Return how many rows a characteristic takes under its name.

    >>> import skm
    >>> rows_of(skm.profile(skm.read(skm.contoh())), "jenis_kelamin")
    3
    """
    return 1 + min(len(profil.karakteristik[key]), _MOST)


def _add(names: list[str], shares: list[float | None], texts: list[str], entry: tuple[str, float | None, str]) -> None:
    names.append(entry[0])
    shares.append(entry[1])
    texts.append(entry[2])


def _text(count: int, share: float, lang: Lang) -> str:
    return f"{style.number(count, 0, lang)}  ({style.number(share, 1, lang)}%)"


def _levels(rows: Sequence[Any], closed: frozenset[Any], lang: Lang) -> list[tuple[int, float, str, bool]]:
    """Return count, percent, name and whether it stays hidden; of very many the largest, and the rest together.

    The rest stays hidden where it holds some but not all of what is hidden: with a table of the other levels at
    hand, its sum would give them away.
    """
    found = [(r.jumlah, float(r.bagian * 100), r.name(lang), r.tingkat in closed) for r in rows]
    if len(found) <= _MOST:
        return found
    order = sorted(range(len(found)), key=lambda i: -found[i][0])
    largest, rest = [found[i] for i in order[: _MOST - 1]], [found[i] for i in order[_MOST - 1 :]]
    inside = sum(entry[3] for entry in rest)
    name = style.say("sisanya", lang, banyak=len(rest))
    partly = 0 < inside < sum(entry[3] for entry in found)
    return [*largest, (sum(e[0] for e in rest), sum(e[1] for e in rest), name, partly)]
