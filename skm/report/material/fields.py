"""The list of what only the office knows, read from the package's data: labels, kinds, examples, what is required."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from skm.basics.numbers import resolve_lang
from skm.basics.strict_mapping import StrictReader

KINDS = ("teks", "cacah", "desimal", "tanggal", "gambar", "unsur", "centang")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a single value, or a column of a table. ``lama`` are its labels in older forms."""

    id: str
    label: Mapping[str, str]
    jenis: str
    contoh: str
    wajib: bool
    lama: tuple[str, ...] = ()

    def name(self, lang: str | None = None) -> str:
        """Return the label that people read."""
        return self.label[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A list of rows to fill in."""

    id: str
    label: Mapping[str, str]
    kolom: tuple[Field, ...]
    wajib: bool

    def name(self, lang: str | None = None) -> str:
        """Return the label that people read."""
        return self.label[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class FieldList:
    """Everything that can be filled in."""

    isian: tuple[Field, ...]
    tabel: tuple[FieldTable, ...]

    def one(self, key: str) -> Field | None:
        """Return the single value with this id."""
        return next((i for i in self.isian if i.id == key), None)

    def many(self, key: str) -> FieldTable | None:
        """Return the table with this id."""
        return next((t for t in self.tabel if t.id == key), None)

    def label(self, key: str, lang: str | None = None) -> str:
        """Return the label of a value or table."""
        found = self.one(key) or self.many(key)
        return key if found is None else found.name(lang)


@cache
def catalogue() -> FieldList:
    """Return the list that comes with the package."""
    source = resources.files("skm").joinpath("data", "laporan", "fakta.toml")
    top = StrictReader.parse(source.read_bytes(), "fakta.toml")
    tabel = []
    for r in top.tables("tabel"):
        kolom = tuple(_isian(k) for k in r.tables("kolom"))
        tabel.append(FieldTable(r.text("id"), r.bilingual("label"), kolom, r.flag("wajib")))
        r.finish()
    isian = tuple(_isian(r) for r in top.tables("isian"))
    top.finish()
    return FieldList(isian, tuple(tabel))


def _isian(r: StrictReader) -> Field:
    one = Field(
        r.text("id"),
        r.bilingual("label"),
        r.choice("jenis", KINDS),
        r.text("contoh"),
        r.flag("wajib"),
        r.texts("lama", required=False),
    )
    r.finish()
    return one
