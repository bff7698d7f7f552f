"""Outlines as data: which chapters a report has, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.numbers import resolve_lang
from skm.basics.strict_mapping import StrictReader

DEFAULT = "upp-2023"
_KINDS = ("sampul", "polos", "bab", "lampiran")


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section: its heading, the parts in it, and an office's own paragraphs before them."""

    judul: Mapping[str, str]
    isi: tuple[str, ...]
    teks: tuple[str, ...]

    def name(self, lang: str | None = None) -> str:
        """Return the heading."""
        return self.judul[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A chapter: ``jenis`` is sampul (no heading), polos (no number), bab (roman number) or lampiran."""

    jenis: str
    judul: Mapping[str, str]
    isi: tuple[str, ...]
    teks: tuple[str, ...]
    sub: tuple[OutlineSection, ...]

    def name(self, lang: str | None = None) -> str:
        """Return the heading."""
        return self.judul[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline."""

    id: str
    nama: Mapping[str, str]
    bagian: tuple[OutlinePart, ...]


def ids() -> tuple[str, ...]:
    """Return the ids of the outlines that come with the package."""
    return tuple(sorted(_files()))


def load(kerangka: str | Path | Outline = DEFAULT) -> Outline:
    """Return an outline by its id, or read an office's own TOML file.

    Raises
    ------
    OptionError
        No outline of this id.
    DataError
        The file is not in the format; the message names file and key.
    """
    if isinstance(kerangka, Outline):
        return kerangka
    if isinstance(kerangka, Path) or str(kerangka).endswith(".toml"):
        path = Path(kerangka)
        return parse(read_bytes(path), path.name)
    if kerangka not in _files():
        raise OptionError("opsi-tidak-dikenal", opsi="kerangka", nilai=str(kerangka), pilihan=list(ids()))
    return _shipped(kerangka)


def parse(content: bytes, name: str) -> Outline:
    """Read an outline from the bytes of a TOML file."""
    top = StrictReader.parse(content, name)
    found = Outline(top.text("id"), top.bilingual("nama"), tuple(_bagian(r) for r in top.tables("bagian")))
    top.finish()
    if not found.bagian:
        raise DataError("kerangka-kosong", berkas=name)
    return found


def _bagian(r: StrictReader) -> OutlinePart:
    kind = r.choice("jenis", _KINDS)
    judul = {"id": "", "en": ""} if kind == "sampul" else r.bilingual("judul")
    sub = []
    for s in r.tables("sub", required=False):
        isi, teks = s.texts("isi", required=False), s.texts("teks", required=False)
        sub.append(OutlineSection(s.bilingual("judul"), isi, teks))
        s.finish()
    bagian = OutlinePart(kind, judul, r.texts("isi", required=False), r.texts("teks", required=False), tuple(sub))
    r.finish()
    return bagian


@cache
def _shipped(kerangka: str) -> Outline:
    return parse(_files()[kerangka].read_bytes(), f"{kerangka}.toml")


@cache
def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "laporan", "kerangka")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
