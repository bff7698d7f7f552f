"""`Bahan`: everything a report needs in one value. Renderers read only that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skm.basics import messages
from skm.basics.numbers import format_count, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.prioritas import Prioritas, rank
from skm.report.material.answers import AnswerSheet
from skm.report.material.facts import Fakta
from skm.report.material.fields import catalogue
from skm.report.material.masking import hidden
from skm.report.material.periods import EarlierPeriod
from skm.report.material.remarks import Saran
from skm.report.material.sample_rule import SampleRule
from skm.sampling import Adequacy
from skm.scores.combined import HasilGabungan, combine
from skm.scores.groups import HasilKelompok
from skm.scores.options import ScoreOptions
from skm.scores.profil import Profil
from skm.scores.result import HasilIKM
from skm.stats._core import UnsurRanks

AREA = "laporan"
SERVICE = "layanan"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bahan:
    """Everything a report is made of.

    Attributes
    ----------
    hasil : HasilIKM
        The official figure.
    profil : Profil or None
        Who answered; None where the data have no characteristics.
    per : HasilKelompok or None
        Figures by service; None where the data do not tell services apart.
    kecukupan : Adequacy or None
        Whether the respondents are enough; None where the population is not known.
    fakta : Fakta
        What only the office knows.
    sebelumnya : tuple of EarlierPeriod
        Earlier periods, oldest first.
    saran : tuple of Saran
        Remarks by unsur, persons taken out.
    data : AnswerSheet
        The answers without persons, for the workbook.
    interval, interval_per : object or None
        Intervals of the index and the means, and of the services' figures, if they were computed.
    perbandingan : UnsurRanks or None
        The unsur compared within respondents, where there are answers: which cannot be told apart from the lowest.
    aturan_sampel : SampleRule or None
        The rule by which the office sets its minimum.
    batas_samaran : int
        Groups with fewer respondents are hidden in reports.
    catatan : tuple of Finding
        What does not fit together in the facts.
    """

    hasil: HasilIKM
    profil: Profil | None
    per: HasilKelompok | None
    kecukupan: Adequacy | None
    fakta: Fakta
    sebelumnya: tuple[EarlierPeriod, ...]
    saran: tuple[Saran, ...]
    data: AnswerSheet
    opsi: ScoreOptions
    interval: Any
    batas_samaran: int
    catatan: tuple[Finding, ...]
    interval_per: Any = None
    perbandingan: UnsurRanks | None = None
    aturan_sampel: SampleRule | None = None

    def missing(self, lang: str | None = None) -> tuple[str, ...]:
        """Return the labels of what is required and not filled in; reports mark these places."""
        known = catalogue()
        return tuple(known.label(key, lang) for key in self.fakta.missing())

    def gabungan(self) -> HasilGabungan | None:
        """Return the plain mean of the services' figures, which one outline asks for; None without services."""
        return None if self.per is None else combine(self.per, method="simple")

    def priorities(self) -> Prioritas:
        """Return the unsur from the lowest, with those that the sample cannot tell apart from it."""
        return rank(self.hasil, compared=self.perbandingan)

    def tertutup(self) -> frozenset[tuple[str, Any]]:
        """Return the (characteristic, level) pairs whose numbers stay hidden in reports."""
        closed: set[tuple[str, Any]] = set()
        for key, rows in (self.profil.karakteristik if self.profil else {}).items():
            closed |= {(key, rows[i].tingkat) for i in hidden([r.jumlah for r in rows], self.batas_samaran)}
        return frozenset(closed)

    def tertutup_per(self) -> frozenset[int]:
        """Return the positions of the services whose figures stay hidden in reports."""
        return frozenset() if self.per is None else hidden(self.per.n.tolist(), self.batas_samaran)

    def findings(self) -> tuple[Finding, ...]:
        """Return all notes once: on the figure, the profile, the services, the facts."""
        every = [*self.hasil.catatan, *(self.profil.catatan if self.profil else ())]
        every += [*(self.per.catatan if self.per else ()), *self.catatan]
        seen: dict[str, Finding] = {}
        for finding in every:
            seen.setdefault(f"{finding.kode}{plain(finding.bukti)}", finding)
        return tuple(seen.values())

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping of the figures; hidden groups show neither n nor index."""
        closed, services = self.tertutup(), self.tertutup_per()
        orang = None if self.profil is None else self.profil.to_dict(lang)
        if orang is not None and self.profil is not None:
            for entry, (key, rows) in zip(orang["karakteristik"], self.profil.karakteristik.items(), strict=True):
                for shown, row in zip(entry["tingkat"], rows, strict=True):
                    if (key, row.tingkat) in closed:
                        shown.update(jumlah=None, bagian=None, persentase=None)
        kelompok_ = None if self.per is None else [self._group(i, i in services, lang) for i in range(len(self.per))]
        return {
            "versi_skema": "1",
            "keseluruhan": self.hasil.to_dict(lang),
            "kelompok": kelompok_,
            "prioritas": self.priorities().to_dict(lang),
            "profil": orang,
            "kecukupan": None if self.kecukupan is None else self.kecukupan.to_dict(lang),
            "aturan_sampel": None if self.aturan_sampel is None else self.aturan_sampel.to_dict(),
            "belum_diisi": list(self.fakta.missing()),
            "catatan": [f.to_dict(lang) for f in self.findings()],
        }

    def _group(self, position: int, closed: bool, lang: str | None) -> dict[str, Any]:
        per = self.per
        if per is None:  # pragma: no cover - called for groups only
            return {}
        key = list(per)[position]
        has = per.mutu[position] is not None and not closed
        return {
            "kelompok": {per.kunci[0]: plain(key)},
            "n": None if closed else int(per.n[position]),
            "tertutup": closed,
            "hasil": per[key].to_dict(lang) if has else None,
        }

    def for_audit(self) -> dict[str, Any]:
        """Return what an audit of this material needs: the result, and population, interval, groups and notes."""
        return {
            "hasil": self.hasil,
            "populasi": None if self.kecukupan is None else self.kecukupan.population,
            "selang": None if self.interval is None else self.interval.ikm.interval,
            "per": self.per,
            "catatan": self.catatan,
        }

    def table(self, lang: str | None = None) -> Table:
        """Return what a report would say at a glance: the figure, the respondents, what is missing, for people."""
        language = resolve_lang(lang)

        def say(code: str) -> str:
            return messages.text(AREA, code, language)

        rows = [(say("ringkas-ikm"), self.hasil.headline(language))]
        if self.hasil.n is not None:
            rows.append((say("ringkas-responden"), format_count(self.hasil.n, language)))
        for key in ("unit", "periode"):
            shown = self.fakta.text(key, language)
            rows.append((catalogue().label(key, language), shown or "-"))
        if self.kecukupan is not None:
            minimum = self.kecukupan.required if self.aturan_sampel is None else self.aturan_sampel.minimum
            rows.append((say("ringkas-minimum"), format_count(minimum, language)))
        missing = self.missing(language)
        rows.append((say("catatan-penyusun-kosong").partition(" (")[0], "; ".join(missing) or "-"))
        columns = (TableColumn("hal", say("kolom-hal")), TableColumn("nilai", say("kolom-nilai")))
        return Table(say("tabel-ringkasan"), columns, tuple(rows), (), language)

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        missing = len(self.fakta.missing())
        return messages.text(AREA, "ringkas-bahan", None, judul=self.hasil.headline(), kurang=missing)
