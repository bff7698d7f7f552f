"""The blocks that every renderer understands, and the document that they form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from skm import charts
from skm.basics import messages
from skm.basics.numbers import Lang
from skm.basics.table import Table
from skm.report.material.photos import Photo


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``nomor`` ("BAB I", "1.2", "Lampiran 3") and ``jangkar`` are given when the document is assembled.

    ``terdaftar`` is False for the heading of the table of contents, which does not list itself.
    """

    teks: str
    tingkat: int
    nomor: str = ""
    jangkar: str = ""
    terdaftar: bool = True

    @property
    def lengkap(self) -> str:
        """Number and text."""
        return f"{self.nomor} {self.teks}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``gaya`` is biasa, penting (set apart), catatan (small), tebal or tengah (centred, bold).

    ``lekat``: it leads up to what follows and stays on its page.
    """

    teks: str
    gaya: str = "biasa"
    lekat: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts. ``lekat`` as in `Paragraph`; its last ``ekor`` items stay together on a page."""

    butir: tuple[str, ...]
    bernomor: bool = False
    kecil: bool = False
    lekat: bool = False
    ekor: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption; ``kaki`` are last rows of a label and a value over the remaining columns.

    ``utuh``: it stays on one page, else its last ``ekor`` rows do; ``lekat`` as in `Paragraph`.
    """

    isi: Table
    keterangan: str
    kaki: tuple[tuple[str, str], ...] = ()
    nomor: int = 0
    lebar: tuple[int, ...] = ()
    utuh: bool = True
    lekat: bool = False
    ekor: int = 0


class Drawing:
    """A chart that is drawn once, however many files show it, and turned into each kind of picture once."""

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw
        self._axes: Any = None
        self._made: dict[tuple[str, int], bytes] = {}

    @property
    def axes(self) -> Any:
        """The axes."""
        if self._axes is None:
            self._axes = self._draw()
        return self._axes

    @property
    def ratio(self) -> float:
        """Width by height."""
        width, height = self.axes.figure.get_size_inches()
        return float(width / height)

    def png(self, dpi: int = 200) -> bytes:
        """Return the picture as PNG."""
        return self._kind("png", dpi)

    def svg(self, awalan: str = "") -> str:
        """Return the picture as an ``<svg>`` element, its ids beginning with ``awalan``."""
        return charts.svg_element(self._kind("svg", 72), awalan)

    def phone_svg(self, awalan: str = "") -> str:
        """Return the chart drawn for a telephone, where one made for paper would be too small to read."""
        with charts.narrow():
            axes = self._draw()
        return charts.svg_element(charts.to_bytes(axes, "svg", 72), awalan)

    def _kind(self, kind: str, dpi: int) -> bytes:
        if (kind, dpi) not in self._made:
            self._made[kind, dpi] = charts.to_bytes(self.axes, kind, dpi)
        return self._made[kind, dpi]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart with its caption. ``buat`` draws it; ``alt`` says in words what it shows; ``nama`` is a file name."""

    nama: str
    keterangan: str
    alt: str
    buat: Callable[[], Any]
    nomor: int = 0
    lekat: bool = False
    drawing: Drawing | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.drawing is None:  # a numbered copy keeps the drawing of the block it is a copy of
            object.__setattr__(self, "drawing", Drawing(self.buat))

    @property
    def gambar(self) -> Drawing:
        """The chart, drawn once."""
        return self.drawing or Drawing(self.buat)


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A picture handed in by the office."""

    gambar: Photo
    keterangan: str
    nomor: int = 0
    lekat: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Something only the office can write: a marked place."""

    teks: str
    lekat: bool = False


@dataclass(frozen=True, slots=True)
class WriterNote:
    """A note for the office that writes the report: a comment in Word, a line of catatan_penyusun.txt, else nothing."""

    teks: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of what is in the document: "isi" (headings), "tabel" or "gambar"; ``ekor`` as in `Bullets`."""

    jenis: str = "isi"
    lekat: bool = False
    ekor: int = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: lines from top to bottom, with the logo where there is one."""

    judul: str
    unit: str
    instansi: str
    periode: str
    logo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official letter: lines from the agency down to the address, the logo beside them, a rule below."""

    baris: tuple[str, ...]
    logo: Photo | None = None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Place and date, office, name and number of the person who signs."""

    tempat_tanggal: str
    jabatan: str
    nama: str
    nip: str
    lekat: bool = False


Blok: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | TableBlock
    | ChartBlock
    | PhotoBlock
    | Missing
    | WriterNote
    | PageBreak
    | Contents
    | Cover
    | Letterhead
    | SignatureBlock
)


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be rendered; ``penulis`` and ``hari`` are the author and the day that its files bear."""

    judul: str
    lang: Lang
    blok: tuple[Blok, ...]
    penulis: str = ""
    hari: Any = None

    @property
    def isi(self) -> tuple[Heading, ...]:
        """The headings that the table of contents lists."""
        return tuple(b for b in self.blok if isinstance(b, Heading) and b.terdaftar and b.tingkat <= 2)

    def listed(self, jenis: str) -> tuple[tuple[str, str], ...]:
        """Return anchor and words of everything that a list holds."""
        if jenis == "isi":
            return tuple((h.jangkar, h.lengkap) for h in self.isi)
        kinds = (TableBlock,) if jenis == "tabel" else (ChartBlock, PhotoBlock)
        label = messages.text("laporan", f"keterangan-{jenis}", self.lang)
        return tuple(
            (f"{jenis[0]}{b.nomor}", f"{label} {b.nomor}. {b.keterangan}") for b in self.blok if isinstance(b, kinds)
        )

    @property
    def grafik(self) -> tuple[ChartBlock, ...]:
        """The charts in order."""
        return tuple(b for b in self.blok if isinstance(b, ChartBlock))

    @property
    def catatan(self) -> tuple[tuple[str, str], ...]:
        """The notes for the writer, each with the heading that it stands below."""
        place, found = "", []
        for b in self.blok:
            if isinstance(b, Heading):
                place = b.lengkap
            elif isinstance(b, WriterNote):
                found.append((place, b.teks))
        return tuple(found)
