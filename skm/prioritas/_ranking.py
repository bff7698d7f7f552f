"""Unsur from the lowest, the first few of them to be improved first, ties told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.messages import Phrase
from skm.basics.numbers import format_decimal, resolve_lang
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.regulasi import Unsur
from skm.scores.result import SCHEMA, HasilIKM
from skm.stats._core import UnsurRanks

if TYPE_CHECKING:
    import pandas as pd

AREA = "prioritas"


@dataclass(frozen=True, slots=True)
class BarisPrioritas:
    """One unsur with its place from below.

    Attributes
    ----------
    urutan : int
        1 is the lowest; equal means share a place.
    seri : tuple of str
        Ids of the other unsur with the same mean.
    utama : bool
        Whether it is among those to be improved first.
    setara : bool or None
        Whether the sample cannot tell it apart from the lowest; None where respondents were not compared.
    """

    id: str
    kode: str
    nama: Unsur
    urutan: int
    nrr: ExactFraction
    nik: Decimal
    mutu: str
    seri: tuple[str, ...]
    utama: bool
    setara: bool | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Prioritas:
    """Unsur from the lowest to the highest.

    Attributes
    ----------
    baris : tuple of BarisPrioritas
        All unsur.
    k : int
        How many were asked for; with ties more are ``utama``.
    catatan : tuple of Finding
    perbandingan : UnsurRanks or None
        The unsur compared within respondents, where answers were given.
    """

    baris: tuple[BarisPrioritas, ...]
    k: int
    catatan: tuple[Finding, ...]
    perbandingan: UnsurRanks | None = None

    @property
    def setara(self) -> tuple[BarisPrioritas, ...]:
        """The lowest unsur and all that the sample cannot tell apart from it; empty where that was not compared."""
        return tuple(row for row in self.baris if row.setara)

    def kalimat_setara(self, lang: str | None = None) -> str:
        """Return which unsur cannot be told apart from the lowest, for the plan and the report; empty without answers.

        Where they are many, improvement may start with any of them: the sample does not order them.
        """
        return "" if self.perbandingan is None else self.perbandingan.kalimat(lang)

    @property
    def utama(self) -> tuple[BarisPrioritas, ...]:
        """Those to be improved first, lowest first."""
        return tuple(row for row in self.baris if row.utama)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the priorities as one sentence, ties told; nothing to rank where all are equal."""
        if len(self.baris) > 1 and len({row.nrr for row in self.baris}) == 1:
            return say("semua-sama", lang, nilai=self.baris[0].nrr, banyak=len(self.baris))
        places: dict[int, list[BarisPrioritas]] = {}
        for row in self.utama:
            places.setdefault(row.urutan, []).append(row)
        parts = [
            say("tempat", lang, nama=" = ".join(r.nama.short(lang) for r in rows), nilai=rows[0].nrr, mutu=rows[0].mutu)
            for rows in places.values()
        ]
        return say("kalimat", lang, daftar="; ".join(parts))

    def table(self, lang: str | None = None) -> Table:
        """Return one row an unsur, lowest first."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("urutan", say("kolom-urutan", language), "count"),
            TableColumn("kode", say("kolom-kode", language)),
            TableColumn("unsur", say("kolom-unsur", language)),
            TableColumn("nrr", say("kolom-nrr", language), "decimal", 3),
            TableColumn("nik", say("kolom-nik", language), "decimal", 2),
            TableColumn("mutu", say("kolom-mutu", language)),
            TableColumn("utama", say("kolom-utama", language)),
            *([] if self.perbandingan is None else [TableColumn("setara", say("kolom-setara", language))]),
        )
        yes = say("ya", language)
        rows = tuple(
            (
                *(r.urutan, r.kode, r.nama.name(language), r.nrr, r.nik, r.mutu, yes if r.utama else ""),
                *([] if self.perbandingan is None else [yes if r.setara else ""]),
            )
            for r in self.baris
        )
        told = [] if self.perbandingan is None else [self.kalimat_setara(language)]
        notes = (self.kalimat(language), *told, *(f.text(language) for f in self.catatan))
        return Table(say("judul", language), columns, rows, notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an unsur, numeric, lowest first."""
        import pandas as pd

        return pd.DataFrame(
            {
                "unsur": [r.id for r in self.baris],
                "urutan": pd.array([r.urutan for r in self.baris], dtype="Int64"),
                "nrr": [float(r.nrr) for r in self.baris],
                "nik": [float(r.nik) for r in self.baris],
                "mutu": [r.mutu for r in self.baris],
                "utama": [r.utama for r in self.baris],
                "setara": pd.array([r.setara for r in self.baris], dtype="boolean"),
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "versi_skema": SCHEMA,
            "k": self.k,
            "utama": [r.id for r in self.utama],
            "unsur": [
                {
                    "id": r.id,
                    "kode": r.kode,
                    "nama": r.nama.name(lang),
                    "urutan": r.urutan,
                    "nrr": f"{r.nrr:.6f}",
                    "nik": plain(r.nik),
                    "mutu": r.mutu,
                    "seri": list(r.seri),
                    "utama": r.utama,
                    "setara": r.setara,
                }
                for r in self.baris
            ],
            "setara": [r.id for r in self.setara],
            "kalimat": self.kalimat(lang),
            "kalimat_setara": self.kalimat_setara(lang),
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def rank(hasil: HasilIKM, k: int = 3, compared: UnsurRanks | None = None) -> Prioritas:
    """Return the unsur from the lowest; see `skm.priorities`.

    Parameters
    ----------
    compared : UnsurRanks, optional
        Result of `skm.stats.rank_unsur` on the same answers: which unsur cannot be told apart from the lowest.
    """
    setara = None if compared is None else set(compared.setara)
    wanted = read_count(k, "k", minimum=1)
    ordered = sorted(hasil.unsur.values(), key=lambda u: u.nrr)
    first = {u.id for u in hasil.lowest(wanted)}
    equal = len(ordered) > 1 and len({u.nrr for u in ordered}) == 1
    rows = tuple(
        BarisPrioritas(
            u.id,
            u.kode,
            u.nama,
            1 + sum(other.nrr < u.nrr for other in ordered),
            u.nrr,
            u.nik,
            u.mutu,
            tuple(other.id for other in ordered if other.nrr == u.nrr and other.id != u.id),
            u.id in first and not equal,
            None if setara is None else u.id in setara,
        )
        for u in ordered
    )
    found = _notes(rows, hasil, wanted)
    if setara is not None and (missed := [r for r in rows if r.setara and not r.utama]) and not equal:
        facts = {"k": wanted, "unsur": [UnsurWithMean.of(r.nama, r.nrr) for r in missed]}
        found.append(Finding("prioritas-setara", "catatan", AREA, facts))
    return Prioritas(rows, wanted, tuple(found), compared)


def _notes(rows: tuple[BarisPrioritas, ...], hasil: HasilIKM, k: int) -> list[Finding]:
    found = []
    first = [r for r in rows if r.utama]
    if len(first) > min(k, len(rows)):
        edge = [r for r in first if r.urutan == first[-1].urutan]
        facts = {"k": k, "banyak": len(first), "unsur": [UnsurWithMean.of(r.nama, r.nrr) for r in edge]}
        found.append(Finding("prioritas-seri", "catatan", AREA, facts))
    assumed = next((f for f in hasil.catatan if f.kode == "u8-dianggap"), None)
    if assumed is not None and {r.id for r in first} & {assumed.bukti.get("u8"), assumed.bukti.get("u9")}:
        found.append(Finding("prioritas-u8", "peringatan", AREA, dict(assumed.bukti)))
    return found


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text of this area."""
    return messages.text(AREA, code, lang, **fields)


@dataclass(frozen=True, slots=True)
class UnsurWithMean(Phrase):
    """An unsur with its mean, written in the reader's language: "Prosedur 3,35"."""

    unsur: Unsur | None = None
    nrr: Fraction = Fraction(0)

    @classmethod
    def of(cls, unsur: Unsur, nrr: Fraction) -> UnsurWithMean:
        """Return the text of an unsur and its mean."""
        return cls(AREA, "", unsur=unsur, nrr=nrr)

    def text(self, lang: str | None = None) -> str:
        """Return name and mean."""
        name = self.unsur.short(lang) if self.unsur else "-"
        return f"{name} {format_decimal(self.nrr, 2, lang)}"

    def __str__(self) -> str:
        return self.text()
