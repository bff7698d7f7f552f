"""Questionnaires as data: which question (butir) asks about which unsur, on which scale, with which labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.limits import is_long_number
from skm.basics.numbers import resolve_lang
from skm.basics.strict_mapping import StrictReader
from skm.regulasi import _regulation as _regulasi
from skm.regulasi._regulation import Regulasi, Unsur
from skm.regulasi._unsur import unsur_id

DEFAULT = "permenpanrb-14-2017"


@dataclass(frozen=True, slots=True)
class Butir:
    """One question. ``label`` are its answers from worst to best; empty where only numbers are known.

    ``kuat`` and ``kata`` are phrases that tell a full-sentence question of it from others: one strong phrase
    outweighs all words.
    """

    id: str
    unsur: str
    tanya: Mapping[str, str] = field(default_factory=dict)
    label: tuple[str, ...] = ()
    sinonim: tuple[str, ...] = ()
    kuat: tuple[str, ...] = ()
    kata: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tingkat:
    """One answer to a profile question, with the other spellings that mean the same."""

    nama: str
    en: str = ""
    sinonim: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KelompokUsia:
    """An age group in whole years, both ends included; an open end is None."""

    nama: str
    dari: int | None
    hingga: int | None


@dataclass(frozen=True, slots=True)
class Ciri:
    """A characteristic of respondents: its headers, its levels in order, its age groups."""

    id: str
    nama: Mapping[str, str]
    sinonim: tuple[str, ...] = ()
    tingkat: tuple[Tingkat, ...] = ()
    kelompok: tuple[KelompokUsia, ...] = ()
    kata: tuple[str, ...] = ()

    def name(self, lang: str | None = None) -> str:
        """Return the name people read."""
        return self.nama[resolve_lang(lang)]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kuesioner:
    """A questionnaire.

    Attributes
    ----------
    butir : tuple of Butir
        Questions in printed order; several may ask about one unsur.
    nilai : tuple of Fraction
        Value of each level on the regulation's scale, from worst to best: 1, 2, 3, 4 unless converted.
    huruf : tuple of str
        Letters that stand for the levels.
    makna : tuple of str
        The general meaning of the levels, an answer to any question.
    skala : str
        Name of the conversion where the scale is not the regulation's own; empty otherwise.
    angka : tuple of int
        Numbers that the data have for the levels; empty where they are 1, 2, 3, 4 themselves.
    """

    id: str
    nama: Mapping[str, str]
    regulasi: Regulasi
    status: str
    butir: tuple[Butir, ...]
    nilai: tuple[Fraction, ...]
    huruf: tuple[str, ...]
    profil: tuple[Ciri, ...]
    makna: tuple[str, ...] = ()
    skala: str = ""
    angka: tuple[int, ...] = ()

    @property
    def unsur(self) -> tuple[str, ...]:
        """Ids of the unsur asked about, in order of first appearance."""
        return tuple(dict.fromkeys(b.unsur for b in self.butir))

    def describe(self, unsur: str) -> Unsur:
        """Return the unsur's names; an office's own unsur is named by its id."""
        known = self.regulasi.by_id(unsur)
        if known is not None:
            return known
        name = unsur.upper() if re.fullmatch(r"u\d+", unsur) else unsur
        both = {"id": name, "en": name}
        return Unsur(unsur, both, both)

    def __repr__(self) -> str:
        return f"Kuesioner({self.id!r}, {len(self.butir)} butir, {len(self.unsur)} unsur)"

    def with_butir(self, butir: Sequence[Butir]) -> Kuesioner:
        """Return the same questionnaire with these questions only."""
        return replace(self, butir=tuple(butir))

    def ciri(self, key: str) -> Ciri | None:
        """Return the profile characteristic with this id, or None."""
        return next((c for c in self.profil if c.id == key), None)


def load(kuesioner: str | Path | Kuesioner = DEFAULT) -> Kuesioner:
    """Return a questionnaire by its id, or read one from an office's own TOML file.

    Raises
    ------
    OptionError
        No questionnaire of this id.
    DataError
        The file is not in the format; the message names file and key.

    Examples
    --------
    >>> load("permenpanrb-14-2017").butir[3].label[3]
    'Gratis'
    """
    if isinstance(kuesioner, Kuesioner):
        return kuesioner
    if isinstance(kuesioner, Path) or str(kuesioner).endswith(".toml"):
        path = Path(kuesioner)
        return parse(read_bytes(path), path.name, path.parent)
    if kuesioner not in _files():
        raise OptionError("opsi-tidak-dikenal", opsi="kuesioner", nilai=str(kuesioner), pilihan=sorted(_files()))
    return _shipped(kuesioner)


def of(rule: Regulasi) -> Kuesioner:
    """Return the questionnaire that a regulation names.

    An office's own regulation may name a file beside it, or no other questionnaire than itself: then every unsur has
    one question, answered with the numbers of the scale.

    Raises
    ------
    OptionError
        The regulation names a questionnaire that nobody knows.

    Examples
    --------
    >>> of(_regulasi.load("permenpanrb-14-2017")).id
    'permenpanrb-14-2017'
    """
    if rule.kuesioner == rule.id and rule.id not in _files():
        levels = tuple(Fraction(level) for level in range(rule.terendah, rule.tertinggi + 1))
        butir = tuple(Butir(u.id, u.id, sinonim=tuple(u.pendek.values())) for u in rule.unsur)
        both = {"id": rule.nama, "en": rule.nama}
        return Kuesioner(rule.id, both, rule, "instansi", butir, levels, (), load().profil)
    base = load(rule.kuesioner)
    return base if base.regulasi.id == rule.id else replace(base, regulasi=rule)


def ids() -> tuple[str, ...]:
    """Return the ids of the questionnaires that come with the package."""
    return tuple(sorted(_files()))


def parse(content: bytes, name: str, folder: Path | None = None) -> Kuesioner:
    """Read a questionnaire from the bytes of a TOML file; strict, every problem names file and key.

    ``folder`` is where the file lies: a regulation of its own is looked for beside it.
    """
    top = StrictReader.parse(content, name)
    skala = top.table("skala")
    same_profile = top.text("profil_dari", required=False)
    levels = tuple(_level(text, name) for text in skala.texts("nilai"))
    kuesioner = Kuesioner(
        id=top.text("id"),
        nama=top.bilingual("nama"),
        regulasi=_regulasi.load(_regulasi.beside(top.text("regulasi"), folder)),
        status=top.choice("status", ("dibaca", "belum-dilihat", "instansi")),
        butir=_butir(top.tables("butir"), len(levels), name),
        nilai=levels,
        huruf=skala.texts("huruf", required=False),
        profil=(
            load(same_profile).profil
            if same_profile
            else tuple(_ciri(r, name) for r in top.tables("profil", required=False))
        ),
        makna=skala.texts("makna", required=False),
    )
    skala.finish()
    rujukan = top.table("rujukan", required=False)
    for key in ("bagian", "halaman", "sumber"):
        rujukan.text(key, required=False)
    rujukan.finish()
    top.finish()
    return kuesioner


def _level(text: str, name: str) -> Fraction:
    """Return the value of a level: a whole number, a decimal or a fraction."""
    try:
        if is_long_number(text):
            raise DataError("toml-jenis-salah", berkas=name, kolom="skala.nilai", diharapkan="1.75")
        return Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise DataError("toml-jenis-salah", berkas=name, kolom="skala.nilai", diharapkan="1.75") from None


def custom(peta: Mapping[str, str | Sequence[str]], base: Kuesioner) -> tuple[Kuesioner, dict[str, str]]:
    """Turn an office's own map of unsur to columns into a questionnaire and a map of butir id to column.

    Raises
    ------
    OptionError
        A key is nearly, but not quite, an unsur of the regulation, or a column is named twice.
    """
    butir: list[Butir] = []
    columns: dict[str, str] = {}
    for key, value in peta.items():
        unsur = unsur_id(str(key), base.regulasi)
        names = [str(value)] if isinstance(value, (str, int)) else [str(one) for one in value]
        template = next((b for b in base.butir if b.unsur == unsur), None)
        for number, column in enumerate(names, start=1):
            identity = unsur if len(names) == 1 else f"{unsur}.{number}"
            if column in columns.values() or identity in columns:
                raise OptionError("peta-ganda", kolom=column, unsur=unsur)
            columns[identity] = column
            butir.append(Butir(identity, unsur, template.tanya, template.label) if template else Butir(identity, unsur))
    return base.with_butir(butir), columns


# Values of the levels of longer scales on 1-4, by named rule. No official text gives one, so none is a default.
CONVERSIONS: Mapping[str, tuple[Fraction, ...]] = {
    "5-linear": tuple(1 + Fraction(3, 4) * i for i in range(5)),
    "5-proporsional": tuple(Fraction(4, 5) * i for i in range(1, 6)),
    "6-linear": tuple(1 + Fraction(3, 5) * i for i in range(6)),
    "6-proporsional": tuple(Fraction(4, 6) * i for i in range(1, 7)),
}


# Other numbers that stand for the levels as they are.
HUNDRED, FROM_ZERO = "25-100", "0-3"


def convert(base: Kuesioner, skala: str) -> Kuesioner:
    """Return the questionnaire on another scale, by a named conversion.

    Parameters
    ----------
    skala : {"5-linear", "5-proporsional", "6-linear", "6-proporsional", "25-100", "0-3"}
        Linear spreads the levels evenly over 1-4 (six: 1, 1.6, 2.2, 2.8, 3.4, 4); proportional multiplies by
        4/5 or 4/6, which puts the worst answer below 1. "25-100" reads answers stored as 25, 50, 75, 100 (also with
        a percent sign) as the levels 1, 2, 3, 4; "0-3" reads codes that begin at zero.

    Raises
    ------
    OptionError
        No such conversion.

    Examples
    --------
    >>> [float(v) for v in convert(load(), "5-linear").nilai]
    [1.0, 1.75, 2.5, 3.25, 4.0]
    """
    if skala == HUNDRED:
        levels = len(base.nilai)
        return replace(base, angka=tuple(100 * k // levels for k in range(1, levels + 1)))
    if skala == FROM_ZERO and len(base.nilai) == int(FROM_ZERO[-1]) + 1:
        return replace(base, angka=tuple(range(len(base.nilai))))
    if skala not in CONVERSIONS:
        known = [*sorted(CONVERSIONS), HUNDRED, FROM_ZERO]
        raise OptionError("opsi-tidak-dikenal", opsi="skala", nilai=skala, pilihan=known)
    # Four labels say nothing about five levels: an office names its own.
    butir = [replace(b, label=()) for b in base.butir]
    return replace(base, butir=tuple(butir), nilai=CONVERSIONS[skala], huruf=(), makna=(), skala=skala)


@cache
def _shipped(kuesioner: str) -> Kuesioner:
    return parse(_files()[kuesioner].read_bytes(), f"{kuesioner}.toml")


@cache
def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "kuesioner")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}


def _butir(readers: Sequence[StrictReader], levels: int, name: str) -> tuple[Butir, ...]:
    total: dict[str, int] = {}
    parsed = []
    for r in readers:
        unsur, label = r.text("unsur"), r.texts("label", required=False)
        total[unsur] = total.get(unsur, 0) + 1
        tanya = r.table("tanya", required=False)
        text = {"id": tanya.text("id"), "en": tanya.text("en", required=False)} if tanya else {}
        if label and len(label) != levels:
            raise DataError(
                "kuesioner-label", berkas=name, kolom=f"butir.{unsur}", banyak=len(label), diharapkan=levels
            )
        phrases = [r.texts(key, required=False) for key in ("sinonim", "kuat", "kata")]
        parsed.append((r.text("id", required=False), unsur, text, label, phrases))
        r.finish()
    seen: dict[str, int] = {}
    butir = []
    for identity, unsur, text, label, phrases in parsed:
        seen[unsur] = seen.get(unsur, 0) + 1
        default = unsur if total[unsur] == 1 else f"{unsur}.{seen[unsur]}"
        butir.append(Butir(identity or default, unsur, text, label, *phrases))
    return tuple(butir)


def _ciri(r: StrictReader, name: str) -> Ciri:
    tingkat = []
    for t in r.tables("tingkat", required=False):
        tingkat.append(Tingkat(t.text("nama"), t.text("en", required=False), t.texts("sinonim", required=False)))
        t.finish()
    kelompok = []
    for k in r.tables("kelompok", required=False):
        low, high = (k.integer(key, required=False, default=-1) for key in ("dari", "hingga"))
        kelompok.append(KelompokUsia(k.text("nama"), None if low < 0 else low, None if high < 0 else high))
        k.finish()
    synonyms, words = (r.texts(key, required=False) for key in ("sinonim", "kata"))
    ciri = Ciri(r.text("id"), r.bilingual("nama"), synonyms, tuple(tingkat), tuple(kelompok), words)
    r.finish()
    return ciri
