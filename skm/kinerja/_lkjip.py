"""The performance report's chapter as one value: indicators, budget by programme, quarters, what was noticed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from skm.basics.numbers import Lang, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.kinerja._anggaran import Anggaran
from skm.kinerja._belanja import Belanja, say
from skm.kinerja._capaian import show
from skm.kinerja._indikator import Indikator
from skm.kinerja._scales import Skala
from skm.kinerja._triwulan import Triwulan
from skm.scores.result import SCHEMA

_MONEY: tuple[tuple[str, int], ...] = (("pagu", 0), ("anggaran", 0), ("serapan", 2), ("efisiensi", 2), ("porsi", 2))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Lkjip:
    """The figures of a performance report's chapter III.

    Attributes
    ----------
    unit : str
    tahun : int
        The year that is accounted for.
    akhir_renstra : int or None
        The last year of the strategic plan.
    indikator : tuple of Indikator
    belanja : Belanja or None
    triwulan : Triwulan or None
    total : Anggaran or None
        The whole budget.
    catatan : tuple of Finding
        What a reader has to know, of all parts together.
    """

    unit: str
    tahun: int
    akhir_renstra: int | None
    skala: Skala
    indikator: tuple[Indikator, ...]
    belanja: Belanja | None
    triwulan: Triwulan | None
    total: Anggaran | None
    sendiri: tuple[Finding, ...] = ()

    @property
    def tahunan_ada(self) -> bool:
        """Whether any earlier year is known."""
        return any(len(i.tahunan) > 1 for i in self.indikator)

    @property
    def catatan(self) -> tuple[Finding, ...]:
        """All notes, each once."""
        every: list[Finding] = list(self.sendiri)
        for i in self.indikator:
            every += [*i.catatan, *i.capaian.catatan, *(i.anggaran.catatan if i.anggaran else ())]
        every += [*(self.belanja.catatan if self.belanja else ()), *(self.triwulan.catatan if self.triwulan else ())]
        seen: dict[str, Finding] = {}
        for f in every:
            seen.setdefault(f"{f.kode}{plain(f.bukti)}", f)
        return tuple(seen.values())

    def table(self, lang: str | None = None) -> Table:
        """Return all indicators in one table: target, realisation, capaian, word, budget, serapan, efisiensi, share."""
        language = resolve_lang(lang)
        cells = columns(
            language, ("no", "indikator", "satuan", "target", "realisasi"), ("capaian", 2), "predikat", *_MONEY
        )
        rows: list[tuple[Any, ...]] = [
            (
                str(number),
                i.nama,
                i.satuan,
                show(i.target, language),
                show(i.realisasi, language),
                i.capaian.persen,
                i.capaian.predikat.word(language),
                *_amounts(i.anggaran),
            )
            for number, i in enumerate(self.indikator, start=1)
        ]
        if self.total is not None:
            t = self.total
            money = (t.pagu, t.realisasi, t.serapan_tepat, None, t.porsi_tepat)
            rows.append(("", say("total", language), "", "", "", None, "", *money))
        return Table(say("tabel-ikhtisar", language, tahun=self.tahun), cells, tuple(rows), (), language)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text."""
        return {
            "versi_skema": SCHEMA,
            "unit": self.unit,
            "tahun": self.tahun,
            "akhir_renstra": self.akhir_renstra,
            "skala": self.skala.id,
            "indikator": [i.to_dict(lang) for i in self.indikator],
            "total": None if self.total is None else self.total.to_dict(lang),
            "belanja": None if self.belanja is None else self.belanja.to_dict(lang),
            "triwulan": None if self.triwulan is None else self.triwulan.to_dict(lang),
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def text(self, lang: str | None = None) -> str:
        """Return the tables and notes for a terminal."""
        parts = [self.table(lang).to_text()]
        if self.belanja is not None:
            parts.append(replace(self.belanja.table(lang), notes=()).to_text())
        notes = [f"- {f.text(lang)}" for f in self.catatan]
        return "\n\n".join([*parts, "\n".join(notes)] if notes else parts)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.text()


def columns(lang: Lang, *parts: Any) -> tuple[TableColumn, ...]:
    """Return columns of a table: names in a tuple, or alone, are texts; (name, places) are numbers."""
    out = []
    for part in parts:
        if isinstance(part, tuple) and len(part) == 2 and isinstance(part[1], int):
            out.append(TableColumn(part[0], say(f"kolom-{part[0]}", lang), "decimal", part[1]))
            continue
        names = (part,) if isinstance(part, str) else part
        out += [TableColumn(name, say(f"kolom-{name}", lang)) for name in names]
    return tuple(out)


def _amounts(a: Anggaran | None) -> tuple[Any, ...]:
    return (None,) * 5 if a is None else (a.pagu, a.realisasi, a.serapan_tepat, a.efisiensi_tepat, a.porsi_tepat)
