"""Regulations as data: look one up, list them, ask which one held on a date, and grade an index.

One TOML file per regulation in ``data/regulasi``; nothing here knows what any of them says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from skm.basics.errors import OptionError, RegulationError
from skm.basics.files import read_bytes
from skm.basics.numbers import resolve_lang, round_half_up
from skm.basics.strict_mapping import StrictReader

DEFAULT = "permenpanrb-14-2017"


@dataclass(frozen=True, slots=True)
class Rujukan:
    """Where a value stands: the part of the text and the printed page, or the secondary source."""

    bagian: str
    halaman: str = ""
    sumber: str = ""


@dataclass(frozen=True, slots=True)
class Unsur:
    """One of the things asked about. ``id`` is its meaning and never changes with order or language."""

    id: str
    nama: Mapping[str, str]
    pendek: Mapping[str, str]
    rujukan: Rujukan | None = None
    tafsir: str = ""

    def name(self, lang: str | None = None) -> str:
        """Return the official name."""
        return self.nama[resolve_lang(lang)]

    def short(self, lang: str | None = None) -> str:
        """Return the short name that fits a chart or a narrow column."""
        return self.pendek[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class Kategori:
    """One row of the table of grades, bounds as printed. ``nik`` runs 25-100, ``ni`` 1-4."""

    persepsi: int
    mutu: str
    kinerja: Mapping[str, str]
    ni: tuple[Decimal, Decimal]
    nik: tuple[Decimal, Decimal]
    rujukan: Rujukan

    def word(self, lang: str | None = None) -> str:
        """Return the performance word, e.g. "Sangat Baik"."""
        return self.kinerja[resolve_lang(lang)]


@dataclass(frozen=True, slots=True)
class BobotTercetak:
    """A weight as the text prints it, with where."""

    nilai: Decimal
    rujukan: Rujukan


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Regulasi:
    """A regulation on satisfaction surveys, as read from its data file.

    Attributes
    ----------
    status : {"dibaca", "belum-dilihat"}
        Whether the text itself was read; otherwise values come from the named secondary sources.
    terendah, tertinggi, konversi : int
        The answer scale and the factor that turns an index on it into the NIK.
    desimal : int
        Decimals to which the NIK is rounded (half up) before it is graded.
    kategori : tuple of Kategori
        From worst to best.
    urutan : mapping
        The orders of unsur that the text uses, by name.
    revisi : str
        Digest of the data file, so that a result can say exactly which data it was computed under.
    """

    id: str
    nama: str
    judul: str
    status: str
    berlaku_sejak: date | None
    menggantikan: str | None
    kuesioner: str
    rujukan: Rujukan
    terendah: int
    tertinggi: int
    konversi: int
    bobot_tercetak: tuple[BobotTercetak, ...]
    desimal: int
    kategori: tuple[Kategori, ...]
    unsur: tuple[Unsur, ...]
    urutan: Mapping[str, tuple[str, ...]]
    revisi: str

    @property
    def batas_ikm(self) -> tuple[int, int]:
        """Least and greatest index that answers can give: 25 and 100."""
        return self.terendah * self.konversi, self.tertinggi * self.konversi

    @property
    def skala(self) -> tuple[str, str]:
        """The names of its two scales, that of the answers and that of the index: "1-4" and "25-100"."""
        low, high, factor = self.terendah, self.tertinggi, self.konversi
        return f"{low}-{high}", f"{low * factor}-{high * factor}"

    def grade(self, nik: Decimal | Fraction | float) -> Kategori:
        """Return the category of an index on the 25-100 scale. The one grading function.

        The value is rounded half up to ``desimal`` decimals and compared with the lower bounds, so there is no
        gap between categories. Rounded weights can carry an index past either end of the scale; the letter is
        then that of the nearest end, and the caller notes it.

        Parameters
        ----------
        nik : Decimal, Fraction or float
            Index, 25-100.

        Returns
        -------
        Kategori

        Examples
        --------
        >>> load("permenpanrb-14-2017").grade(Decimal("88.305")).mutu
        'A'
        >>> load("permenpanrb-14-2017").grade(Decimal("88.304")).mutu
        'B'
        """
        settled = type(nik) is Decimal and nik.same_quantum(Decimal(1).scaleb(-self.desimal))
        rounded = nik if settled else round_half_up(nik, self.desimal)
        for kategori in reversed(self.kategori):
            if rounded >= kategori.nik[0]:
                return kategori
        return self.kategori[0]

    def __repr__(self) -> str:
        return f"Regulasi({self.id!r}, revisi={self.revisi!r})"

    def by_id(self, unsur: str) -> Unsur | None:
        """Return the unsur with this id, or None where the regulation has no such unsur."""
        return next((u for u in self.unsur if u.id == unsur), None)


def ids() -> tuple[str, ...]:
    """Return the ids of the regulations that come with the package, oldest first.

    Examples
    --------
    >>> "permenpanrb-14-2017" in ids()
    True
    """
    return tuple(sorted(_files(), key=lambda name: (load(name).berlaku_sejak or date.min, name)))


def load(regulasi: str | Path | Regulasi = DEFAULT) -> Regulasi:
    """Return a regulation by its id, or read one from an agency's own TOML file.

    Parameters
    ----------
    regulasi : str, Path or Regulasi
        An id from `ids`, a path ending in ``.toml``, or a regulation (returned as it is).

    Raises
    ------
    RegulationError
        No regulation of this id.
    DataError
        The file is not in the format; the message names file and key.

    Examples
    --------
    >>> load("permenpanrb-14-2017").konversi
    25
    """
    if isinstance(regulasi, Regulasi):
        return regulasi
    if isinstance(regulasi, Path) or str(regulasi).endswith(".toml"):
        path = Path(regulasi)
        return parse(read_bytes(path), path.name, path.parent)
    if regulasi not in _files():
        raise RegulationError("regulasi-tidak-ada", nilai=str(regulasi), pilihan=sorted(_files()))
    return _shipped(regulasi)


def on(when: date) -> Regulasi:
    """Return the regulation that held on a date.

    Raises
    ------
    RegulationError
        No regulation whose date of force is known held then; the ids to choose from are named.

    Examples
    --------
    >>> on(date(2024, 7, 1)).id
    'permenpanrb-14-2017'
    """
    dated = [r for r in map(load, ids()) if r.berlaku_sejak is not None and r.berlaku_sejak <= when]
    if not dated:
        raise RegulationError("regulasi-tanggal", tanggal=when.isoformat(), pilihan=ids())
    return max(dated, key=lambda r: r.berlaku_sejak or date.min)


def successor(regulasi: Regulasi) -> Regulasi | None:
    """Return the regulation that came in the place of this one, or None while it holds.

    Examples
    --------
    >>> successor(load("permenpanrb-16-2014")).id
    'permenpanrb-14-2017'
    """
    replaced = _replaced()
    return load(replaced[regulasi.id]) if regulasi.id in replaced else None


@cache
def _replaced() -> dict[str, str]:
    known = map(load, ids())
    return {r.menggantikan: r.id for r in known if r.menggantikan is not None}


def beside(named: str, folder: Path | None) -> str:
    """Return the name of a shipped file, or the path of an office's own file that lies in the same folder."""
    return str(folder / named) if folder is not None and named.lower().endswith(".toml") else named


def parse(content: bytes, name: str, folder: Path | None = None) -> Regulasi:
    """Read a regulation from the bytes of a TOML file; strict, every problem names file and key.

    ``folder`` is where the file lies: a questionnaire of its own is looked for beside it.
    """
    top = StrictReader.parse(content, name)
    skala, bobot, bulat, urutan = (top.table(key) for key in ("skala", "bobot", "pembulatan", "urutan"))
    status = top.choice("status", ("dibaca", "belum-dilihat"))
    seen = status == "dibaca"
    regulasi = Regulasi(
        id=top.text("id"),
        nama=top.text("nama"),
        judul=top.text("judul"),
        status=status,
        berlaku_sejak=top.date("berlaku_sejak", required=seen),
        menggantikan=top.text("menggantikan", required=False) or None,
        kuesioner=beside(top.text("kuesioner"), folder),
        rujukan=_rujukan(top, seen),
        terendah=skala.integer("terendah"),
        tertinggi=skala.integer("tertinggi"),
        konversi=skala.integer("konversi"),
        bobot_tercetak=tuple(BobotTercetak(r.decimal("nilai"), _rujukan(r, seen)) for r in bobot.tables("tercetak")),
        desimal=bulat.integer("desimal"),
        kategori=tuple(_kategori(r, seen) for r in top.tables("kategori")),
        unsur=tuple(_unsur(r, seen) for r in top.tables("unsur")),
        urutan={key: urutan.texts(key) for key in urutan.keys_besides("tafsir", "rujukan")},
        revisi=hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:12],
    )
    if tanggal := top.table("tanggal", required=False):
        for key in tanggal.keys_besides("rujukan"):
            tanggal.date(key)
        _rujukan(tanggal, seen)
        tanggal.finish()
    for reader, choices in (
        (skala, None),
        (bobot, ("cara", ("1/x",))),
        (bulat, ("arah", ("setengah-ke-atas",))),
        (urutan, None),
    ):
        if choices:
            reader.choice(*choices)
        reader.text("tafsir", required=False)
        _rujukan(reader, seen)
        reader.finish()
    top.finish()
    _consistent(regulasi, name)
    return regulasi


@cache
def _shipped(regulasi: str) -> Regulasi:
    return parse(_files()[regulasi].read_bytes(), f"{regulasi}.toml")


@cache
def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "regulasi")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}


def _rujukan(reader: StrictReader, seen: bool) -> Rujukan:
    r = reader.table("rujukan")
    rujukan = Rujukan(r.text("bagian"), r.text("halaman", required=seen), r.text("sumber", required=not seen))
    r.finish()
    return rujukan


def _kategori(r: StrictReader, seen: bool) -> Kategori:
    kategori = Kategori(
        persepsi=r.integer("persepsi"),
        mutu=r.text("mutu"),
        kinerja=r.bilingual("kinerja"),
        ni=r.pair("ni"),
        nik=r.pair("nik"),
        rujukan=_rujukan(r, seen),
    )
    r.finish()
    return kategori


def _unsur(r: StrictReader, seen: bool) -> Unsur:
    unsur = Unsur(
        id=r.text("id"),
        nama=r.bilingual("nama"),
        pendek=r.bilingual("pendek"),
        tafsir=r.text("tafsir", required=False),
        rujukan=_rujukan(r, seen),
    )
    r.finish()
    return unsur


def _consistent(regulasi: Regulasi, name: str) -> None:
    """Refuse a file whose grades leave a gap or overlap at the declared rounding, or whose orders are not orders."""
    step = Decimal(1).scaleb(-regulasi.desimal)
    for below, above in zip(regulasi.kategori, regulasi.kategori[1:], strict=False):
        if below.nik[1] + step != above.nik[0]:
            raise OptionError("regulasi-celah", berkas=name, bawah=below.mutu, atas=above.mutu)
    members = sorted(u.id for u in regulasi.unsur)
    for key, order in regulasi.urutan.items():
        if sorted(order) != members:
            raise OptionError("regulasi-urutan", berkas=name, kolom=f"urutan.{key}")
