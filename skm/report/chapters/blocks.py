"""The blocks that every renderer understands, and the document that they form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

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
    """A paragraph. ``gaya`` is biasa, penting (set apart), catatan (small) or tebal."""

    teks: str
    gaya: str = "biasa"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    butir: tuple[str, ...]
    bernomor: bool = False
    kecil: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption; ``kaki`` are last rows of a label and a value over the remaining columns."""

    isi: Table
    keterangan: str
    kaki: tuple[tuple[str, str], ...] = ()
    nomor: int = 0
    lebar: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart with its caption. ``buat`` draws it; ``alt`` says in words what it shows; ``nama`` is a file name."""

    nama: str
    keterangan: str
    alt: str
    buat: Callable[[], Any]
    nomor: int = 0


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A picture handed in by the office."""

    gambar: Photo
    keterangan: str
    nomor: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """Something only the office can write: a marked place."""

    teks: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: lines from top to bottom, with the logo where there is one."""

    judul: str
    unit: str
    instansi: str
    periode: str
    logo: Photo | None = None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Place and date, office, name and number of the person who signs."""

    tempat_tanggal: str
    jabatan: str
    nama: str
    nip: str


Blok: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | TableBlock
    | ChartBlock
    | PhotoBlock
    | Missing
    | PageBreak
    | Contents
    | Cover
    | SignatureBlock
)


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be rendered."""

    judul: str
    lang: Lang
    blok: tuple[Blok, ...]

    @property
    def isi(self) -> tuple[Heading, ...]:
        """The headings that the table of contents lists."""
        return tuple(b for b in self.blok if isinstance(b, Heading) and b.terdaftar and b.tingkat <= 2)

    @property
    def grafik(self) -> tuple[ChartBlock, ...]:
        """The charts in order."""
        return tuple(b for b in self.blok if isinstance(b, ChartBlock))
