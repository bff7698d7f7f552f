"""The poster of the publication duty: one figure, who answered, when, and thanks; a sheet of A4 or a square.

The regulation's example (Lampiran IV) asks for the name of the unit and its agency, the period, the index as one large
number, the service, the number of respondents, sex, education and the days of the survey. Its list of education has a
diploma and no S3, the sample questionnaire has S3 and no diploma: the poster shows both.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import skm.charts._style as style
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import Lang, format_count, format_exact, resolve_lang
from skm.basics.words import normalise
from skm.regulasi import _kuesioner
from skm.scores.profil import BarisProfil, Profil
from skm.scores.result import HasilIKM

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EDUCATION = ("SD", "SMP", "SMA", "D3", "S1", "S2", "S3")
LEAST = 0.85  # of the smallest type of a format: where long names need the room
_PAPER = "#f6f8fa"


@dataclass(frozen=True, slots=True)
class PosterSize:
    """A format: inches, and the sizes of type (points) that stay legible where it hangs."""

    lebar: float
    tinggi: float
    judul: float
    unit: float
    angka: float
    teks: float
    kecil: float


# On paper read from a metre away nothing is under 13 points; a square is read on a telephone, 1080 pixels on seven
# centimetres, so nothing is under a fiftieth of its side.
FORMATS = {
    "a4": PosterSize(8.27, 11.69, 27, 21, 82, 18, 13),
    "persegi": PosterSize(10.8, 10.8, 30, 25, 92, 21, 17),
}


def poster(
    hasil: HasilIKM,
    *,
    unit: str,
    instansi: str = "",
    periode: str = "",
    layanan: str = "",
    profil: Profil | None = None,
    tutup: Iterable[tuple[str, Any]] = (),
    mulai: str = "",
    selesai: str = "",
    metode: str = "",
    logo: bytes | None = None,
    ukuran: str = "a4",
    lang: str | None = None,
) -> Axes:
    """Draw the poster of a result.

    Parameters
    ----------
    hasil : HasilIKM
        The official figure.
    unit, instansi, periode : str
        Name of the unit, its agency, and the period in words.
    layanan : str
        Name of the service; empty for all services of the unit.
    profil : Profil, optional
        For sex and education.
    tutup : iterable
        Pairs (characteristic, level) whose counts stay hidden.
    mulai, selesai : str
        First and last day of the survey.
    metode : str
        How the survey was made; the regulation wants it published with the result. Default: number of unsur, the
        regulation and the weight.
    logo : bytes, optional
        A PNG or JPEG.
    ukuran : {"a4", "persegi"}
        A sheet of paper, or a square for social media (save it with ``dpi=100`` for 1080 x 1080 pixels).
    lang : str, optional
        Language.

    Returns
    -------
    matplotlib.axes.Axes
        Save it with `save` as PNG, SVG or PDF.

    Raises
    ------
    OptionError
        No such format.
    DataError
        The logo is no picture.
    """
    if ukuran not in FORMATS:
        raise OptionError("opsi-tidak-dikenal", opsi="ukuran", nilai=ukuran, pilihan=list(FORMATS))
    language = resolve_lang(lang)
    parts = _right_box(hasil, layanan, profil, frozenset(tutup), mulai, selesai, language)
    notes = [metode or _method(hasil, language)]
    if any("*" in line for _, lines in parts for line in lines):
        notes.append(style.say("poster-samaran", language))
    # Long names take the room of the answers: then all type gives way a little, down to what is still legible.
    for share in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7):
        board = _Board(FORMATS[ukuran], language, share)
        top = board.head((unit, instansi, periode), logo)
        bottom = board.foot(notes)
        if board.boxes(hasil, parts, top, bottom):
            break
    return board.ax


def education(rows: Sequence[BarisProfil]) -> list[tuple[str, BarisProfil | None]]:
    """Return the levels of education that a poster shows, each with its row; None where it was not asked.

    Where every answer is one of the levels of the poster or of the questionnaire, both lists together; otherwise the
    survey's own levels, because a mixed one ("D-I/D-III/D-IV/S1") cannot be taken apart.
    """
    ciri = _kuesioner.load().ciri("pendidikan")
    names = {} if ciri is None else {normalise(s): t.nama for t in ciri.tingkat for s in (t.nama, *t.sinonim)}
    known: dict[str, BarisProfil] = {}
    for row in rows:
        name = names.get(normalise(str(row.tingkat))) if row.tingkat is not None else None
        if name in EDUCATION and name not in known:
            known[name] = row
        elif row.jumlah or row.tingkat is not None:
            return [(r.name(), r) for r in rows if r.jumlah or r.tingkat is not None]
    return [(name, known.get(name)) for name in EDUCATION]


def _right_box(
    hasil: HasilIKM,
    layanan: str,
    profil: Profil | None,
    tutup: frozenset[tuple[str, Any]],
    mulai: str,
    selesai: str,
    lang: Lang,
) -> list[tuple[str, list[str]]]:
    """Return heading and lines of every part of the right box."""
    parts = [(style.say("poster-layanan", lang), [layanan or style.say("poster-semua-layanan", lang)])]
    n = "-" if hasil.n is None else format_count(hasil.n, lang)
    parts.append((style.say("poster-responden", lang), [style.say("poster-orang", lang, n=n)]))
    known = {} if profil is None else profil.karakteristik
    if sex := known.get("jenis_kelamin"):
        shown = [
            f"{_sex(row, lang)} = {_count('jenis_kelamin', row, tutup, lang)}"
            for row in sex
            if row.jumlah or row.tingkat is not None
        ]
        parts.append((style.say("poster-kelamin", lang), [" / ".join(shown)]))
    if levels := known.get("pendidikan"):
        shown = [
            f"{_level(name, row, lang)} = {_count('pendidikan', row, tutup, lang)}" for name, row in education(levels)
        ]
        parts.append((style.say("poster-pendidikan", lang), shown))
    if mulai or selesai:
        parts.append(
            (
                style.say("poster-periode", lang),
                [style.say("poster-sd", lang, mulai=mulai or "-", selesai=selesai or "-")],
            )
        )
    return parts


def _sex(row: BarisProfil, lang: Lang) -> str:
    word = normalise(str(row.tingkat)) if row.tingkat is not None else ""
    short = "L" if word in {"l", "laki laki", "pria"} else "P" if word in {"p", "perempuan", "wanita"} else ""
    return style.say(f"poster-{short}", lang) if short else row.name(lang)


def _level(name: str, row: BarisProfil | None, lang: Lang) -> str:
    if name in EDUCATION:
        return "D-III" if name == "D3" else name
    return name if row is None else row.name(lang)


def _count(key: str, row: BarisProfil | None, tutup: frozenset[tuple[str, Any]], lang: Lang) -> str:
    if row is None:
        return "\u2013"
    return "*" if (key, row.tingkat) in tutup else format_count(row.jumlah, lang)


def _method(hasil: HasilIKM, lang: Lang) -> str:
    fields = {"x": len(hasil.unsur), "peraturan": hasil.regulasi.nama, "bobot": hasil.bobot.label(lang)}
    return style.say("poster-metode", lang, **fields)


class _Board:
    """A sheet in inches, with type that is measured before it is set."""

    def __init__(self, size: PosterSize, lang: Lang, share: float = 1.0) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        from skm.charts._shown import ShownAxes

        self.least = size.kecil * LEAST
        small = max(size.kecil * share, self.least)
        scaled = {name: getattr(size, name) * share for name in ("judul", "unit", "angka", "teks")}
        self.size, self.lang = replace(size, kecil=small, **scaled), lang
        figure = Figure(figsize=(size.lebar, size.tinggi), dpi=100, facecolor="white")
        canvas: Any = FigureCanvasAgg(figure)
        self.renderer = canvas.get_renderer()
        self.ax = figure.add_axes((0, 0, 1, 1), axes_class=ShownAxes)
        self.ax.set_xlim(0, size.lebar)
        self.ax.set_ylim(0, size.tinggi)
        self.ax.axis("off")
        self.margin = 0.055 * size.lebar

    def head(self, lines: tuple[str, str, str], logo: bytes | None) -> float:
        """Write title, unit, agency and period on a coloured ground; return where it ends."""
        s = self.size
        left = self.margin
        width = s.lebar - 2 * self.margin
        if logo is not None:
            left += 1.55
            width -= 1.55
        texts = [(style.say("poster-judul", self.lang), s.judul, s.judul * 0.6, "bold", 2)]
        texts += [(lines[0], s.unit, s.teks, "bold", 3), (lines[1], s.teks, s.kecil, "normal", 2)]
        texts += [(lines[2], s.teks, s.kecil, "normal", 2)]
        set_ = [
            (*self.fit(text, size, least, width, most, weight), weight)
            for text, size, least, weight, most in texts
            if text
        ]
        gap = 0.11
        needed = sum(len(rows) * _line(size) for rows, size, _ in set_) + gap * (len(set_) - 1)
        height = max(needed + 0.7, 1.9 if logo is None else 2.1)
        self.ground(0, s.tinggi - height, s.lebar, height, style.ACCENT, edge="none")
        y = s.tinggi - (height - needed) / 2
        for rows, size, weight in set_:
            for row in rows:
                y -= _line(size)
                self.write(left, y, row, size, weight=weight, colour="white")
            y -= gap
        if logo is not None:
            self.picture(logo, self.margin, s.tinggi - height / 2 - 0.65, 1.3)
        return s.tinggi - height

    def foot(self, remarks: Sequence[str]) -> float:
        """Write the thanks, the method and other remarks at the bottom; return where they begin."""
        s = self.size
        width = s.lebar - 2 * self.margin
        thanks, size = self.fit(style.say("poster-terima-kasih", self.lang), s.teks, s.kecil, width, 4, "bold")
        small = s.kecil
        notes = [row for text in remarks for row in self.fit(text, small, small, width, 3)[0]]
        y = 0.38
        for row in reversed(notes):
            self.write(s.lebar / 2, y, row, small, colour=style.MUTED, ha="center")
            y += _line(small)
        y += 0.16
        for row in reversed(thanks):
            self.write(s.lebar / 2, y, row, size, ha="center", weight="bold")
            y += _line(size)
        return y + 0.12

    def boxes(self, hasil: HasilIKM, parts: list[tuple[str, list[str]]], top: float, bottom: float) -> bool:
        """Draw the box of the figure and the box of the respondents; tell whether all that belongs in it fits."""
        s = self.size
        top, gap = top - 0.3, 0.28
        left = (s.lebar - 2 * self.margin - gap) * 0.44
        right = s.lebar - 2 * self.margin - gap - left
        height = top - bottom
        self.ground(self.margin, bottom, left, height, _PAPER)
        self._figure(hasil, self.margin + left / 2, left - 0.3, bottom, height)
        x = self.margin + left + gap
        self.ground(x, bottom, right, height, _PAPER)
        return self._answers(parts, x + 0.22, right - 0.44, top - 0.2, height - 0.4)

    def _figure(self, hasil: HasilIKM, middle: float, width: float, bottom: float, height: float) -> None:
        s = self.size
        figure, size = self.fit(format_exact(hasil.ikm, self.lang), s.angka, 30, width, 1, "bold")
        kategori = hasil.regulasi.grade(hasil.ikm)
        rows = [style.say("poster-mutu", self.lang, mutu=hasil.mutu), kategori.word(self.lang)]
        grade = min(self.fit(row, s.unit, s.kecil, width, 1, "bold")[1] for row in rows)
        scale, small = self.fit(
            style.say("poster-skala", self.lang, skala=hasil.regulasi.skala[1]), s.kecil, s.kecil, width, 2
        )
        block = _line(s.teks) + _line(size) + len(rows) * _line(grade) + len(scale) * _line(small) + 0.3
        y = bottom + (height + block) / 2 - _line(s.teks)
        self.write(middle, y, style.say("poster-nilai", self.lang), s.teks, ha="center", weight="bold")
        y -= _line(size) + 0.05
        self.write(middle, y, figure[0], size, ha="center", weight="bold", colour=style.ACCENT)
        y -= 0.15
        for row in rows:
            y -= _line(grade)
            self.write(middle, y, row, grade, ha="center", weight="bold")
        y -= 0.1
        for row in scale:
            y -= _line(small)
            self.write(middle, y, row, small, ha="center", colour=style.MUTED)

    def _answers(self, parts: list[tuple[str, list[str]]], x: float, width: float, top: float, height: float) -> bool:
        """Write the parts, the type as large as the box allows; tell whether they fit."""
        s = self.size
        sizes = [s.teks - step / 2 for step in range(int((s.teks - s.kecil) * 2) + 1)]
        # As a list where it fits at some size, else as running text, as large as the box allows.
        for size, flowing in [*((size, False) for size in sizes), *((size, True) for size in sizes)]:
            laid = [(head, self._columns(lines, width, size, flowing=flowing)) for head, lines in parts]
            gap = size / 72 * (0.45 if flowing else 0.75)
            needed = sum(_line(size * 0.85) + len(rows) * _line(size) for _, rows in laid) + gap * (len(laid) - 1)
            if needed <= height:
                break
        spare = min(max((height - needed) / max(len(laid), 1), 0), 0.3)
        y = top - max(height - needed - spare * (len(laid) - 1), 0) / 2
        for head, rows in laid:
            y -= _line(size * 0.85)
            self.write(x, y, head, max(size * 0.85, self.least), colour=style.MUTED, weight="bold")
            for row in rows:
                y -= _line(size)
                for offset, cell in row:
                    self.write(x + offset, y, cell, size)
            y -= gap + spare
        return needed <= height

    def _columns(self, lines: list[str], width: float, size: float, *, flowing: bool) -> list[list[tuple[float, str]]]:
        """Return lines as rows of one or two columns; a line too long for a column has its own rows."""
        half = width / 2
        if flowing:
            return [[(0.0, row)] for row in self._wrap("; ".join(lines).split(), size, width, "normal")]
        if len(lines) > 2 and all(self.width(text, size) <= half - 0.08 for text in lines):
            rows = -(-len(lines) // 2)
            pairs = [(lines[i], lines[i + rows] if i + rows < len(lines) else None) for i in range(rows)]
            return [[(0.0, a), *([(half, b)] if b is not None else [])] for a, b in pairs]
        return [[(0.0, row)] for text in lines for row in self.fit(text, size, size, width, 5)[0]]

    def fit(
        self, text: str, size: float, least: float, width: float, most: int, weight: str = "normal"
    ) -> tuple[list[str], float]:
        """Return the text in at most so many lines and the size of type at which they fit."""
        words = style.showable(text).split()
        now = size
        while True:
            rows = self._wrap(words, now, width, weight)
            if len(rows) <= most and all(self.width(row, now, weight) <= width for row in rows):
                return self._even(words, rows, now, width, weight), now
            if now <= least:
                return self._cut(rows[:most], len(rows) > most, now, width, weight), now
            now = max(now - 1, least)

    def _wrap(self, words: list[str], size: float, width: float, weight: str) -> list[str]:
        rows: list[str] = []
        for word in words:
            longer = f"{rows[-1]} {word}" if rows else word
            if rows and self.width(longer, size, weight) <= width:
                rows[-1] = longer
            else:
                rows.append(word)
        return rows

    def _even(self, words: list[str], rows: list[str], size: float, width: float, weight: str) -> list[str]:
        """Return as many rows, as even in length as they can be."""
        best = rows
        for share in range(95, 45, -5):
            narrow = self._wrap(words, size, width * share / 100, weight)
            if len(narrow) > len(rows) or any(self.width(row, size, weight) > width for row in narrow):
                break
            best = narrow
        return best

    def _cut(self, rows: list[str], more: bool, size: float, width: float, weight: str) -> list[str]:
        """Return rows that fit: what is too long, or goes on, ends in an ellipsis."""
        out = []
        for i, row in enumerate(rows):
            text, mark = row, more and i == len(rows) - 1
            while text and self.width(text + (" …" if mark else ""), size, weight) > width:
                text, mark = text[:-1].rstrip(), True
            out.append(text + (" …" if mark else ""))
        return out

    def width(self, text: str, size: float, weight: str = "normal") -> float:
        """Return the width of a line in inches."""
        from matplotlib.font_manager import FontProperties

        wide, _, _ = self.renderer.get_text_width_height_descent(text, FontProperties(size=size, weight=weight), False)
        return float(wide) / 100

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "normal",
        colour: str = style.INK,
        ha: Any = "left",
    ) -> None:
        """Write one line; y is its base line."""
        self.ax.text(x, y, text, fontsize=size, fontweight=weight, color=colour, ha=ha, va="baseline", parse_math=False)

    def ground(self, x: float, y: float, wide: float, high: float, colour: str, *, edge: str = style.GRID) -> None:
        """Draw a ground for text."""
        from matplotlib.patches import Rectangle

        self.ax.add_patch(Rectangle((x, y), wide, high, facecolor=colour, edgecolor=edge, linewidth=1.2, zorder=0))

    def picture(self, content: bytes, x: float, y: float, side: float) -> None:
        """Put a picture into a white square, its shape kept."""
        from matplotlib import image

        try:
            pixels = image.imread(io.BytesIO(content), format="png" if content[:4] == b"\x89PNG" else "jpg")
        except (OSError, ValueError, SyntaxError):
            raise DataError("gambar-bukan", berkas="logo") from None
        high, wide = pixels.shape[:2]
        scale = (side - 0.14) / max(high, wide)
        self.ground(x, y, side, side, "white", edge="none")
        cx, cy, dx, dy = x + side / 2, y + side / 2, wide * scale / 2, high * scale / 2
        self.ax.imshow(pixels, extent=(cx - dx, cx + dx, cy - dy, cy + dy), aspect="auto", zorder=2)
        self.ax.set_xlim(0, self.size.lebar)
        self.ax.set_ylim(0, self.size.tinggi)


def _line(size: float) -> float:
    """Return the height of a line of type in inches."""
    return size / 72 * 1.28
