"""The recap as a value: one row a unit with its figure, what stands behind it, and what was noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.answers.small_levels import other_level_names
from skm.basics import messages
from skm.basics.numbers import Lang, resolve_lang, round_half_up
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.counts.hitungan import Hitungan
from skm.publikasi import Publikasi
from skm.regulasi import Regulasi, Unsur
from skm.regulasi._choose import questionnaire
from skm.report.compilation.unit_report import AREA, PROFILE
from skm.scores.combined import HasilGabungan, UnitFigure
from skm.scores.result import SCHEMA, HasilIKM

if TYPE_CHECKING:
    import pandas as pd

COUNTED = "dihitung"
# Notes that many units share -> the note that names them all; up to so many are told one by one.
_TOLD_ONCE = {"rekap-u8-tanpa-nama": "rekap-u8-banyak", "rekap-n-kecil": "rekap-kecil"}
_MANY = 2


@dataclass(frozen=True, slots=True)
class RecapRow:
    """One unit, or one thing that was sent and belongs to none.

    Attributes
    ----------
    unit : str
    periode : str
    hasil : HasilIKM or None
        The figure with its unsur; None where only an index is printed, nothing came, or nothing could be read.
    n : int or None
        Respondents.
    metode, rtl : str
        Way of collecting; follow-up plan.
    prioritas : tuple of Unsur
        The lowest unsur with all that tie.
    ikm, ikm_tepat : Decimal, ExactFraction or None
        The figure that stands for the unit; printed where the printed means allow it, else computed.
    status : str
        "dihitung" counts towards the city; "belum" (nothing came), "rusak", "salinan", "ganda", "periode-lain" and
        "di-luar-daftar" do not.
    bukti : str
        "jawaban", "cacah", "rata-rata", "indeks": what stands behind the figure; empty where there is none.
    sumber : str
        The file, and the place in it.
    tercetak : Decimal or None
        The index that the source prints.
    rentang : tuple of Fraction or None
        What the index may have been before it, or the means behind it, were rounded for print.
    populasi, minimum : int or None
        People served, and the sample that they ask for.
    rtl_selesai, rtl_rencana : int or None
        Actions done, of how many.
    profil : mapping
        Characteristic -> (level, respondents).
    ragam, df : float or None
        Variance of the index, 25-100, and its degrees of freedom.
    lalu : Decimal or None
        The index of the period before.
    """

    unit: str
    periode: str
    hasil: HasilIKM | None
    n: int | None
    metode: str = ""
    prioritas: tuple[Unsur, ...] = ()
    rtl: str = ""
    ikm: Decimal | None = None
    ikm_tepat: ExactFraction | None = None
    regulasi: Regulasi | None = None
    status: str = COUNTED
    bukti: str = ""
    sumber: str = ""
    tercetak: Decimal | None = None
    rentang: tuple[Fraction, Fraction] | None = None
    populasi: int | None = None
    minimum: int | None = None
    rtl_selesai: int | None = None
    rtl_rencana: int | None = None
    profil: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    hitungan: Hitungan | None = None
    ragam: float | None = None
    df: float | None = None
    tanpa_nama: frozenset[str] = frozenset()
    publikasi: Publikasi | None = None
    lalu: Decimal | None = None
    lalu_ragam: float | None = None
    lalu_df: float | None = None
    lalu_n: int | None = None
    catatan: tuple[Finding, ...] = ()

    @property
    def dihitung(self) -> bool:
        """Whether it counts towards the city's figure."""
        return self.status == COUNTED and self.ikm is not None

    @property
    def mutu(self) -> str | None:
        """The letter."""
        return None if self.ikm is None or self.regulasi is None else self.regulasi.grade(self.ikm).mutu

    def kategori(self, lang: str | None = None) -> str | None:
        """Return letter and word."""
        if self.ikm is None or self.regulasi is None:
            return None
        grade = self.regulasi.grade(self.ikm)
        return f"{grade.mutu} ({grade.word(lang)})"

    @property
    def rtl_bagian(self) -> Decimal | None:
        """Share of the planned actions that is done, percent."""
        if not self.rtl_rencana or self.rtl_selesai is None:
            return None
        return round_half_up(ExactFraction(self.rtl_selesai * 100, self.rtl_rencana), 2)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Recap(Mapping[str, Any]):
    """Units in order, one row each; a mapping from unit to `HasilIKM` (to its row where only an index is known).

    The mapping holds the units that count. `skm.combine`, `skm.stats.rank_units`, `skm.audit`, `skm.trend` and the
    charts of groups take it.

    Attributes
    ----------
    baris : tuple of RecapRow
    unsur : tuple of Unsur
        The columns: every unsur that any unit asked about, in the regulation's order, own ones last.
    catatan : tuple of Finding
        What was noticed about all of them; what was noticed about one is in its row.
    gabungan : HasilGabungan or None
        The city's figure, by the method that was named.
    periode : str
        The period asked for, or the only one there is.
    """

    baris: tuple[RecapRow, ...]
    unsur: tuple[Unsur, ...]
    catatan: tuple[Finding, ...]
    gabungan: HasilGabungan | None = None
    periode: str = ""

    def __getitem__(self, unit: str) -> Any:
        row = next((r for r in self.dihitung if r.unit == unit), None)
        if row is None:
            raise KeyError(unit)
        return row if row.hasil is None else row.hasil

    def __iter__(self) -> Iterator[str]:
        return iter([row.unit for row in self.dihitung])

    def __len__(self) -> int:
        return len(self.dihitung)

    @property
    def dihitung(self) -> tuple[RecapRow, ...]:
        """The rows that count towards the city's figure."""
        return tuple(row for row in self.baris if row.dihitung)

    def unit_figures(self) -> list[UnitFigure]:
        """Return what `skm.combine` needs of every unit that counts."""
        return [
            UnitFigure(r.unit, r.ikm_tepat, r.n, r.hitungan, r.regulasi, r.hasil.provenance.bobot if r.hasil else "")
            for r in self.dihitung
            if r.ikm_tepat is not None and r.regulasi is not None
        ]

    def estimates(self) -> list[tuple[str, int, float, float | None, float | None]]:
        """Return unit, n, index, variance and degrees of freedom of every unit that counts, for its rank."""
        return [
            (r.unit, r.n or 0, float(r.ikm_tepat if r.ikm_tepat is not None else r.ikm or 0), r.ragam, r.df)
            for r in self.dihitung
        ]

    def publications(self) -> dict[str, Any]:
        """Return what `skm.audit` judges of every unit: what was printed, else the result."""
        return {
            row.unit: row.publikasi if row.publikasi is not None else row.hasil
            for row in self.baris
            if row.publikasi is not None or row.hasil is not None
        }

    def of_status(self, *status: str) -> tuple[RecapRow, ...]:
        """Return the rows with one of these statuses."""
        return tuple(row for row in self.baris if row.status in status)

    def findings(self) -> tuple[Finding, ...]:
        """Return all notes: of the whole, then of each row."""
        return (*self.catatan, *self.row_findings())

    def row_findings(self) -> tuple[Finding, ...]:
        """Return the notes of the rows; what many rows have in common is told once."""
        own = [f for row in self.baris for f in row.catatan]
        shared = {code for code in _TOLD_ONCE if sum(f.kode == code for f in own) > _MANY}
        together = [_together([f for f in own if f.kode == code]) for code in _TOLD_ONCE if code in shared]
        return (*together, *(f for f in own if f.kode not in shared))

    def table(self, lang: str | None = None) -> Table:
        """Return the collected sheet, one row a unit, the city below where its method was named."""
        language = resolve_lang(lang)
        collected = any(row.sumber or row.status != COUNTED for row in self.baris)
        columns = self._columns(language, collected=collected)
        rows = [self._row(number, row, language, collected=collected) for number, row in enumerate(self.baris, start=1)]
        if self.gabungan is not None:
            rows.append(self._city(columns, language))
        notes = tuple(f.text(language) for f in self.findings())
        return Table(say("judul", language), columns, tuple(rows), notes, language)

    def summary(self, lang: str | None = None) -> Table:
        """Return the few columns that a terminal has room for."""
        language = resolve_lang(lang)
        whole = self.table(language)
        keys = ("no", "unit", "periode", "ikm", "kategori", "n", "status", "bukti")
        places = [i for i, c in enumerate(whole.columns) if c.key in keys]
        rows = tuple(tuple(row[i] for i in places) for row in whole.rows)
        return Table(whole.title, tuple(whole.columns[i] for i in places), rows, (), language)

    def levels(self) -> list[tuple[str, str]]:
        """Return the (characteristic, level) pairs that any unit has, in order of characteristic and size."""
        found: dict[tuple[str, str], int] = {}
        for row in self.baris:
            for key, levels in row.profil.items():
                for level, count in levels:
                    found[key, level] = found.get((key, level), 0) + count
        return sorted(found, key=lambda pair: (PROFILE.index(pair[0]), -found[pair], pair[1]))

    def _columns(self, lang: Lang, *, collected: bool) -> tuple[TableColumn, ...]:
        base = (
            TableColumn("no", say("kolom-no", lang), "count"),
            TableColumn("unit", say("kolom-unit", lang)),
            TableColumn("periode", say("kolom-periode", lang)),
            *(TableColumn(u.id, u.name(lang), "decimal", 2) for u in self.unsur),
            TableColumn("ikm", "IKM", "decimal", 2),
            TableColumn("kategori", say("kolom-kategori", lang)),
            TableColumn("n", say("kolom-n", lang), "count"),
            TableColumn("metode", say("kolom-metode", lang)),
            TableColumn("prioritas", say("kolom-prioritas", lang)),
            TableColumn("rtl", say("kolom-rtl", lang)),
        )
        if not collected:
            return base
        return (
            *base,
            TableColumn("rtl_selesai", say("kolom-rtl-selesai", lang), "decimal", 2),
            TableColumn("populasi", say("kolom-populasi", lang), "count"),
            TableColumn("minimum", say("kolom-minimum", lang), "count"),
            *(TableColumn(f"{key}:{level}", level_name(key, level, lang), "count") for key, level in self.levels()),
            TableColumn("tercetak", say("kolom-tercetak", lang), "decimal", 2),
            TableColumn("status", say("kolom-status", lang)),
            TableColumn("bukti", say("kolom-bukti", lang)),
            TableColumn("sumber", say("kolom-sumber", lang)),
        )

    def _row(self, number: int, row: RecapRow, lang: Lang, *, collected: bool) -> tuple[Any, ...]:
        means = [mean_of(row, u.id) for u in self.unsur]
        first = ", ".join(u.short(lang) for u in row.prioritas)
        base = (
            number, row.unit, row.periode, *means, row.ikm, row.kategori(lang), row.n, row.metode, first, row.rtl
        )  # fmt: skip
        if not collected:
            return base
        own = {(key, level): count for key, levels in row.profil.items() for level, count in levels}
        return (
            *base,
            row.rtl_bagian,
            row.populasi,
            row.minimum,
            *(own.get(pair) if pair[0] not in row.profil else own.get(pair, 0) for pair in self.levels()),
            row.tercetak,
            say(f"status-{row.status}", lang),
            say(f"bukti-{row.bukti}", lang) if row.bukti else "-",
            row.sumber or "-",
        )

    def _city(self, columns: tuple[TableColumn, ...], lang: Lang) -> tuple[Any, ...]:
        g = self.gabungan
        if g is None:  # pragma: no cover - called where there is one
            return ()
        cells: dict[str, Any] = {
            "unit": say("gabungan", lang, cara=say(f"cara-{g.cara}", lang)),
            "periode": self.periode,
            "ikm": g.ikm,
            "kategori": f"{g.mutu} ({g.regulasi.grade(g.ikm).word(lang)})",
            "n": g.n,
        }
        if g.pooled is not None:
            cells |= {key: round_half_up(u.nrr, 4) for key, u in g.pooled.unsur.items()}
        texts = {"metode", "prioritas", "rtl", "status", "bukti", "sumber"}
        return tuple(cells.get(c.key, "" if c.key in texts else None) for c in columns)

    def to_frame(self) -> pd.DataFrame:
        """Return one numeric row a unit."""
        import pandas as pd

        def number(value: Any) -> float:
            return float("nan") if value is None else float(value)

        rows = self.baris
        return pd.DataFrame(
            {
                "unit": [r.unit for r in rows],
                "periode": [r.periode for r in rows],
                **{u.id: [number(mean_of(r, u.id)) for r in rows] for u in self.unsur},
                "ikm": [number(r.ikm) for r in rows],
                "mutu": [r.mutu for r in rows],
                "n": pd.array([r.n for r in rows], dtype="Int64"),
                "status": [r.status for r in rows],
                "bukti": [r.bukti for r in rows],
                "sumber": [r.sumber for r in rows],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text. ``rekap_unit`` is what a later compilation reads back."""
        table = self.table(lang)
        keys = [c.key for c in table.columns]
        rows = [dict(zip(keys, map(plain, row), strict=True)) for row in table.rows[: len(self.baris)]]
        return {
            "versi_skema": SCHEMA,
            "periode": self.periode,
            "baris": rows,
            "gabungan": None if self.gabungan is None else self.gabungan.to_dict(lang),
            "rekap_unit": [_stored(row) for row in self.dihitung],
            "catatan": [f.to_dict(lang) for f in self.findings()],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def level_name(key: str, level: str, lang: str | None = None) -> str:
    """Return a level of a characteristic as people read it: known ones by language, free text as it is.

    >>> level_name("jenis_kelamin", "Laki-laki", "en"), level_name("pekerjaan", "Juru parkir", "en")
    ('Male', 'Juru parkir')
    """
    language = resolve_lang(lang)
    others = other_level_names()
    if language == "id" or level == others["id"]:
        return others[language] if level == others["id"] else level
    known = questionnaire(None, None)[0].ciri(key)
    names = {} if known is None else {t.nama: t.en for t in known.tingkat}
    return names.get(level) or level


def _together(found: Sequence[Finding]) -> Finding:
    first = found[0]
    facts = {**first.bukti, "unit": [str(f.bukti["unit"]) for f in found], "banyak": len(found)}
    return Finding(_TOLD_ONCE[first.kode], first.tingkat, first.area, facts)


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text of the recap."""
    return messages.text(AREA, code, lang, **fields)


def mean_of(row: RecapRow, unsur: str) -> Decimal | None:
    """Return the mean of an unsur, four decimals; None where the unit has none, or it has a number and no name."""
    if row.hasil is None or unsur not in row.hasil.unsur or unsur in row.tanpa_nama:
        return None
    return round_half_up(row.hasil.unsur[unsur].nrr, 4)


def unsur_of(rows: list[RecapRow]) -> tuple[Unsur, ...]:
    """Return every unsur that any row has, in the order of the regulation, own ones last."""
    found: dict[str, Unsur] = {}
    order: list[str] = []
    for row in rows:
        if row.hasil is not None:
            found.update({u.id: u.nama for u in row.hasil.unsur.values()})
            order += [u.id for u in row.hasil.regulasi.unsur]
    return tuple(found[name] for name in dict.fromkeys([*order, *found]) if name in found)


def as_json(recap: Recap, lang: str | None = None) -> bytes:
    """Return the recap as a JSON document that a later compilation reads back."""
    return (json.dumps(recap.to_dict(lang), ensure_ascii=True, allow_nan=False, indent=1) + "\n").encode("ascii")


def _stored(row: RecapRow) -> dict[str, Any]:
    means = {} if row.hasil is None else {key: plain(u.nrr) for key, u in row.hasil.unsur.items()}
    return {
        "unit": row.unit,
        "periode": row.periode,
        "ikm": plain(row.ikm),
        "mutu": row.mutu,
        "n": row.n,
        "populasi": row.populasi,
        "bukti": row.bukti or "rata-rata",
        "regulasi": "" if row.regulasi is None else row.regulasi.id,
        "unsur": means,
        "ragam": row.ragam,
        "df": row.df,
    }
