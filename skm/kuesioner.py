"""Questionnaires as data: which question (butir) asks about which unsur, on which scale, with which labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from skm import regulasi as _regulasi
from skm._files import read_bytes
from skm._format import resolve_lang
from skm._toml import Reader
from skm.errors import DataError, OptionError
from skm.regulasi import Regulasi, Unsur

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
        return parse(read_bytes(path), path.name)
    if kuesioner not in _files():
        raise OptionError("opsi-tidak-dikenal", opsi="kuesioner", nilai=str(kuesioner), pilihan=sorted(_files()))
    return _shipped(kuesioner)


def ids() -> tuple[str, ...]:
    """Return the ids of the questionnaires that come with the package."""
    return tuple(sorted(_files()))


def parse(content: bytes, name: str) -> Kuesioner:
    """Read a questionnaire from the bytes of a TOML file; strict, every problem names file and key."""
    top = Reader.parse(content, name)
    skala = top.table("skala")
    same_profile = top.text("profil_dari", required=False)
    levels = tuple(Fraction(text.replace(",", ".")) for text in skala.texts("nilai"))
    kuesioner = Kuesioner(
        id=top.text("id"),
        nama=top.bilingual("nama"),
        regulasi=_regulasi.load(top.text("regulasi")),
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
        names = [value] if isinstance(value, str) else list(value)
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


def convert(base: Kuesioner, skala: str) -> Kuesioner:
    """Return the questionnaire on a scale of five or six levels, by a named conversion.

    Parameters
    ----------
    skala : {"5-linear", "5-proporsional", "6-linear", "6-proporsional"}
        Linear spreads the levels evenly over 1-4 (six: 1, 1.6, 2.2, 2.8, 3.4, 4); proportional multiplies by
        4/5 or 4/6, which puts the worst answer below 1.

    Raises
    ------
    OptionError
        No such conversion.

    Examples
    --------
    >>> [float(v) for v in convert(load(), "5-linear").nilai]
    [1.0, 1.75, 2.5, 3.25, 4.0]
    """
    if skala not in CONVERSIONS:
        raise OptionError("opsi-tidak-dikenal", opsi="skala", nilai=skala, pilihan=sorted(CONVERSIONS))
    # Four labels say nothing about five levels: an office names its own.
    butir = [replace(b, label=()) for b in base.butir]
    return replace(base, butir=tuple(butir), nilai=CONVERSIONS[skala], huruf=(), makna=(), skala=skala)


def unsur_id(text: str, regulasi: Regulasi, u8: str | None = None) -> str:
    """Return the id meant by an id, an official name or a code such as "U3"; other names are the office's own.

    Raises
    ------
    OptionError
        The name is within a letter or two of an unsur of the regulation: surely a slip.
    """
    key = normalise(text)
    by_name = names_of(regulasi)
    if key in by_name:
        return by_name[key]
    if match := re.fullmatch(r"(?:u|unsur) ?0*(\d+)", key):
        order = order_of(regulasi, u8)
        number = int(match[1])
        return order[number - 1] if 1 <= number <= len(order) else f"u{number}"
    for unsur in regulasi.unsur:
        slip = 1 if len(unsur.id) < 7 else 2
        if edit_distance(key, unsur.id, slip) <= slip:
            raise OptionError("unsur-mirip", nilai=text, mirip=unsur.id)
    return re.sub(r"[^a-z0-9]+", "_", key).strip("_") or text


def is_ambiguous(regulasi: Regulasi) -> bool:
    """Tell whether the text orders its unsur in two ways, so that an unnamed U8 could be either of two."""
    return len({order[7] for order in regulasi.urutan.values() if len(order) >= 8}) > 1


def order_of(regulasi: Regulasi, u8: str | None = None) -> tuple[str, ...]:
    """Return what U1, U2, ... mean, given what U8 is said to be (None: the regulation's list)."""
    orders = list(regulasi.urutan.values())
    if u8 is None:
        return orders[0]
    for order in orders:
        if len(order) >= 8 and order[7] == u8:
            return order
    raise OptionError("opsi-tidak-dikenal", opsi="u8", nilai=u8, pilihan=sorted({o[7] for o in orders if len(o) >= 8}))


@cache
def names_of(regulasi: Regulasi) -> Mapping[str, str]:
    """Return normalised id, official and short names -> unsur id."""
    table: dict[str, str] = {}
    for unsur in regulasi.unsur:
        for name in (unsur.id, *unsur.nama.values(), *unsur.pendek.values()):
            table[normalise(name)] = unsur.id
    return table


def normalise(text: object) -> str:
    """Fold case, width, punctuation and spaces, so that spellings of one label meet.

    >>> normalise("  Sistem, Mekanisme & Prosedur ")
    'sistem mekanisme dan prosedur'
    """
    return _normalised(str(text))


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    folded = (text if text.isascii() else _latin(text)).casefold().replace("&", " dan ")
    return re.sub(r"[\W_]+", " ", folded).strip()


def _latin(text: str) -> str:
    """Fold width, and digits of other scripts, to what a Latin keyboard types."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in folded)


def edit_distance(a: str, b: str, limit: int) -> int:
    """Return the Levenshtein distance, or limit + 1 once it is known to be larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        current = [i]
        for j, y in enumerate(b, start=1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return previous[-1]


@cache
def _shipped(kuesioner: str) -> Kuesioner:
    return parse(_files()[kuesioner].read_bytes(), f"{kuesioner}.toml")


@cache
def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "kuesioner")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}


def _butir(readers: Sequence[Reader], levels: int, name: str) -> tuple[Butir, ...]:
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


def _ciri(r: Reader, name: str) -> Ciri:
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
