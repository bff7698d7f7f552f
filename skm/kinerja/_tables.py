"""The performance table of a year: every indicator with its capaian, its budget, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics.errors import DataError, EmptyDataError
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding
from skm.kinerja._anggaran import Anggaran, amount, anggaran
from skm.kinerja._capaian import Capaian, capaian, notes, say, show
from skm.kinerja._scales import Skala
from skm.kinerja._scales import skala as _scale
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("nama", "satuan", "arah", "target", "realisasi", "pagu", "realisasi_anggaran")


@dataclass(frozen=True, slots=True)
class BarisKinerja:
    """One indicator: its name and unit, its capaian, and its budget where that was given."""

    nama: str
    satuan: str
    capaian: Capaian
    anggaran: Anggaran | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kinerja:
    """Indicators in order, and the budget of all together where every one of them has one."""

    baris: tuple[BarisKinerja, ...]
    total: Anggaran | None
    skala: Skala

    @property
    def catatan(self) -> tuple[Finding, ...]:
        """The notes of all rows, each kind once."""
        found = {
            f.kode: f
            for row in self.baris
            for f in (*row.capaian.catatan, *(row.anggaran.catatan if row.anggaran else ()))
        }
        return tuple(found.values())

    def table(self, lang: str | None = None) -> Table:
        """Return the table of the report: one row an indicator, budgets beside, the total below."""
        language = resolve_lang(lang)
        money = any(row.anggaran for row in self.baris)
        columns = [
            TableColumn("no", say("kolom-no", language)),
            TableColumn("indikator", say("kolom-indikator", language)),
            TableColumn("satuan", say("kolom-satuan", language)),
            TableColumn("target", say("kolom-target", language)),
            TableColumn("realisasi", say("kolom-realisasi", language)),
            TableColumn("capaian", say("kolom-capaian", language), "decimal", max(2, self.skala.desimal)),
            TableColumn("predikat", say("kolom-predikat", language)),
        ]
        if money:
            keys = (("pagu", 0), ("anggaran", 0), ("serapan", 2), ("efisiensi", 2), ("porsi", 2))
            columns += [TableColumn(key, say(f"kolom-{key}", language), "decimal", places) for key, places in keys]
        rows = [self._row(number, row, language, money) for number, row in enumerate(self.baris, start=1)]
        if self.total is not None:
            rows.append(("", say("total", language), "", "", "", None, "", *_money(self.total)))
        return Table(
            say("judul", language), tuple(columns), tuple(rows), notes(self.skala, self.catatan, language), language
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one numeric row an indicator: capaian and shares in percent, unrounded; amounts in rupiah."""
        import pandas as pd

        frames = [row.capaian.to_frame().assign(indikator=row.nama, satuan=row.satuan) for row in self.baris]
        frame = pd.concat(frames, ignore_index=True)
        for position, key in enumerate(("pagu", "anggaran", "serapan", "efisiensi", "porsi")):
            values = [None if row.anggaran is None else _money(row.anggaran)[position] for row in self.baris]
            frame[key] = [float("nan") if value is None else float(value) for value in values]
        order = ["indikator", "satuan", "target", "realisasi", "capaian", "predikat", "tercapai"]
        return frame[[*order, "pagu", "anggaran", "serapan", "efisiensi", "porsi"]]

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; numbers of record are text."""
        return {
            "versi_skema": SCHEMA,
            "skala": self.skala.id,
            "indikator": [
                {
                    "nama": row.nama,
                    "satuan": row.satuan,
                    "capaian": row.capaian.to_dict(lang),
                    "anggaran": None if row.anggaran is None else row.anggaran.to_dict(lang),
                }
                for row in self.baris
            ],
            "total": None if self.total is None else self.total.to_dict(lang),
        }

    @staticmethod
    def _row(number: int, row: BarisKinerja, lang: str, money: bool) -> tuple[Any, ...]:
        c = row.capaian
        cells = (
            str(number),
            row.nama,
            row.satuan,
            show(c.target, lang),
            show(c.realisasi, lang),
            c.persen,
            c.predikat.word(lang),
        )
        return (*cells, *(_money(row.anggaran) if row.anggaran else (None,) * 5)) if money else cells

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def susun(indikator: Iterable[Any], *, skala: Any = None) -> Kinerja:
    """Build the performance table of a year.

    Parameters
    ----------
    indikator : iterable of mapping or publikasi.Indikator
        Each with ``nama``, ``target``, ``realisasi`` (a `HasilIKM` counts as its published IKM), and optionally
        ``satuan``, ``arah``, ``pagu`` and ``realisasi_anggaran``.
    skala : optional
        See `capaian`.

    Returns
    -------
    Kinerja
        Shares of the whole budget and a total are there where every indicator has a budget.

    Raises
    ------
    EmptyDataError
        No indicator.
    DataError
        An unknown key, or a missing target or realisation; the message names the row.

    Examples
    --------
    >>> k = susun([{"nama": "IKM", "target": "94,14", "realisasi": "94,17"}])
    >>> k.baris[0].capaian.persen
    Decimal('100.03')
    """
    scale = _scale(skala)
    rows = [_read(entry, number) for number, entry in enumerate(indikator, start=1)]
    if not rows:
        raise EmptyDataError("kinerja-kosong")
    whole = None
    if all(row["pagu"] is not None for row in rows):
        whole = sum((amount(row["pagu"], f"pagu {row['nama']}") for row in rows), Decimal(0))
    built = []
    for row in rows:
        achieved = capaian(row["target"], row["realisasi"], skala=scale, arah=row["arah"] or "naik")
        budget = None
        if row["pagu"] is not None and row["realisasi_anggaran"] is not None:
            budget = anggaran(row["pagu"], row["realisasi_anggaran"], capaian=achieved, total=whole)
        built.append(BarisKinerja(str(row["nama"] or "-"), str(row["satuan"] or ""), achieved, budget))
    spent = [row.anggaran.realisasi for row in built if row.anggaran]
    total = anggaran(whole, sum(spent, Decimal(0)), total=whole) if whole and len(spent) == len(built) else None
    return Kinerja(tuple(built), total, scale)


def _read(entry: Any, number: int) -> dict[str, Any]:
    if is_dataclass(entry) and not isinstance(entry, type):
        given = {field.name: getattr(entry, field.name) for field in fields(entry)}
        given = {key: value for key, value in given.items() if key in KEYS}
    elif isinstance(entry, Mapping):
        given = dict(entry)
        if unknown := [key for key in given if key not in KEYS]:
            raise DataError("kinerja-kunci", baris=number, kunci=unknown, pilihan=list(KEYS))
    else:
        raise DataError("kinerja-baris", baris=number)
    row = {key: given.get(key) for key in KEYS}
    if missing := [key for key in ("target", "realisasi") if row[key] is None]:
        raise DataError("kinerja-kurang", baris=number, kunci=missing)
    return row


def _money(a: Anggaran) -> tuple[Any, ...]:
    return a.pagu, a.realisasi, a.serapan_tepat, a.efisiensi_tepat, a.porsi_tepat
