"""`compile`: everything a report needs in one value. Renderers read only that."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm import sampling as _sampling
from skm.answers.understand import Reading
from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.basics.provenance import Origin
from skm.basics.reading_numbers import read_count
from skm.basics.values import Finding, plain
from skm.counts.hitungan import Hitungan
from skm.counts.reduce import reduce
from skm.io.opened import understood
from skm.io.options import ReadOptions
from skm.regulasi._unsur import unsur_id
from skm.report.material.answers import AnswerSheet, from_reading
from skm.report.material.facts import Fakta, read_facts
from skm.report.material.fields import catalogue
from skm.report.material.masking import hidden
from skm.report.material.periods import EarlierPeriod
from skm.report.material.remarks import Saran, collect, is_person_column, is_remark_column
from skm.sampling import Adequacy
from skm.scores import groups as kelompok
from skm.scores import profil
from skm.scores.combined import HasilGabungan, combine
from skm.scores.groups import HasilKelompok
from skm.scores.index import score
from skm.scores.options import ScoreOptions
from skm.scores.profil import Profil
from skm.scores.result import HasilIKM

_AREA = "laporan"
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

    def missing(self, lang: str | None = None) -> tuple[str, ...]:
        """Return the labels of what is required and not filled in; reports mark these places."""
        known = catalogue()
        return tuple(known.label(key, lang) for key in self.fakta.missing())

    def gabungan(self) -> HasilGabungan | None:
        """Return the plain mean of the services' figures, which one outline asks for; None without services."""
        return None if self.per is None else combine(self.per, method="simple")

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
            "profil": orang,
            "kecukupan": None if self.kecukupan is None else self.kecukupan.to_dict(lang),
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

    def __repr__(self) -> str:
        missing = len(self.fakta.missing())
        return messages.text(_AREA, "ringkas-bahan", None, judul=self.hasil.headline(), kurang=missing)


def compile(  # noqa: A001
    data: Any,
    *,
    unit: str | None = None,
    periode: str | None = None,
    population: Any = None,
    fakta: Fakta | str | Path | Mapping[str, Any] | None = None,
    sebelumnya: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    per: str | None = SERVICE,
    kuesioner: Any = None,
    regulasi: Any = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    interval: Any = None,
    interval_per: Any = None,
    saran: bool = True,
    batas_samaran: int = 5,
    **opsi: Any,
) -> Bahan:
    """Gather everything a report needs.

    Parameters
    ----------
    data : Survei, path or table
        Answers by respondent.
    unit, periode : str, optional
        Name of the unit and of the period; override the facts. A code such as "2026-S2" is written in words.
    population : int, optional
        Recipients of the service in the period; overrides the facts.
    fakta : path, mapping or Fakta, optional
        What only the office knows: a form in Excel, a TOML file or a mapping; see `write_facts_form`.
    sebelumnya : mapping or rows, optional
        Period -> IKM of earlier periods, oldest first; overrides the facts.
    per : str or None
        Characteristic or column that tells services apart; ignored where the data do not have it.
    kuesioner, regulasi, u8, nilai_kosong
        As in `skm.score`.
    interval, interval_per : object, optional
        Results of `skm.stats.mean_interval`, of all respondents and by service; shown in charts and told in words.
    saran : bool
        Whether free remarks of respondents are listed.
    batas_samaran : int
        Groups with fewer respondents are hidden in reports; 0 hides none.
    **opsi
        bobot, pembulatan, kosong, pertanyaan, unsur_kosong, as in `skm.score`.

    Returns
    -------
    Bahan

    Raises
    ------
    OptionError
        U8 and U9 have no names and nobody said what they are: a report prints names.
    DataError
        The facts cannot be understood.

    Examples
    --------
    >>> bahan = compile([{f"u{i}": 3 for i in range(1, 10)}] * 4, unit="Kecamatan Contoh", u8="sarana")
    >>> bahan.hasil.ikm, bahan.per is None
    (Decimal('75.00'), True)
    """
    if isinstance(data, (HasilIKM, Hitungan)):
        raise DataError("laporan-hanya-hasil", jenis=type(data).__name__)
    bacaan, asal = understood(data, ReadOptions(regulasi, kuesioner, u8, nilai_kosong))
    if any(note.kode == "u8-dianggap" for note in bacaan.catatan):
        raise OptionError("laporan-u8")
    choices = ScoreOptions(**opsi)
    hasil = _score(bacaan, asal, choices)
    counted = bacaan.kuesioner.with_butir([b for b in bacaan.kuesioner.butir if b.unsur in hasil.unsur])
    kept = None if asal.periode is None else asal.periode.label
    facts = read_facts(fakta)
    facts = facts.with_values(unit=unit, periode=periode or facts.get("periode") or kept, populasi=population)
    if sebelumnya is not None:
        facts = facts.with_values(sebelumnya=_as_rows(sebelumnya))
    enough, notes = _adequacy(hasil, facts)
    facts = with_unsur(facts, hasil)
    return Bahan(
        hasil=hasil,
        profil=profil.profile_of(bacaan, list(bacaan.profil), opsi=choices) if bacaan.profil else None,
        per=_services(bacaan, asal, choices, per),
        kecukupan=enough,
        fakta=facts,
        sebelumnya=tuple(
            EarlierPeriod(r["periode"], r["ikm"], r.get("mutu") or "", r.get("n"), r.get("bobot") or "")
            for r in facts.rows("sebelumnya")
        ),
        saran=_remarks(bacaan, hasil) if saran else (),
        data=from_reading(bacaan, counted, per),
        opsi=choices,
        interval=interval,
        interval_per=interval_per,
        batas_samaran=read_count(batas_samaran, "batas_samaran"),
        catatan=(*notes, *_checks(hasil, facts)),
    )


def _score(bacaan: Reading, asal: Origin, opsi: ScoreOptions) -> HasilIKM:
    found = reduce(bacaan, (), opsi.needs(bacaan.kuesioner))
    own = replace(asal, sidik=found.hitungan.fingerprint())
    return score(found.hitungan, opsi, pola=found.lipatan, asal=own, catatan=found.catatan)


def _services(bacaan: Reading, asal: Origin, opsi: ScoreOptions, per: str | None) -> HasilKelompok | None:
    if per is None or (per not in bacaan.profil and per not in bacaan.tabel.names):
        return None
    found = reduce(bacaan, (per,), opsi.needs(bacaan.kuesioner))
    told = {n.kode for n in bacaan.catatan}
    own = [n for n in found.catatan if n.kode not in told and not n.kode.startswith("usia-")]
    return kelompok.score_groups(found.hitungan, opsi, pola=found.lipatan, asal=asal, catatan=own)


def _adequacy(hasil: HasilIKM, fakta: Fakta) -> tuple[Adequacy | None, list[Finding]]:
    population = fakta.get("populasi")
    if population is None or hasil.n is None:
        return None, []
    if population < 1 or hasil.n > population:
        evidence = {"n": hasil.n, "N": population}
        return None, [Finding("populasi-kurang", "peringatan", _AREA, evidence)]
    return _sampling.adequacy(hasil.n, population), []


def _as_rows(sebelumnya: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    if not isinstance(sebelumnya, Mapping):
        return list(sebelumnya)
    rows: list[Mapping[str, Any]] = []
    for period, value in sebelumnya.items():
        if isinstance(value, HasilIKM):
            row = {"ikm": value.ikm, "mutu": value.mutu, "n": value.n, "bobot": value.bobot.label("en")}
        elif isinstance(value, Mapping):
            row = dict(value)
        else:
            row = {"ikm": value}
        rows.append({"periode": str(period), **row})
    return rows


def with_unsur(fakta: Fakta, hasil: HasilIKM) -> Fakta:
    """Turn the unsur named in tables into ids of this survey; other words stay as they were typed."""
    by_code = {u.kode.casefold(): u.id for u in hasil.unsur.values()}

    def known(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        if text.strip().casefold() in by_code:
            return by_code[text.strip().casefold()]
        try:
            found = unsur_id(text, hasil.regulasi)
        except OptionError:
            return text
        return found if found in hasil.unsur else text

    tabel = {
        key: tuple({**row, "unsur": known(row["unsur"])} if "unsur" in row else row for row in rows)
        for key, rows in fakta.tabel.items()
    }
    return Fakta(fakta.isi, tabel)


def _remarks(bacaan: Reading, hasil: HasilIKM) -> tuple[Saran, ...]:
    used = {*bacaan.kolom.values(), *bacaan.profil.values()}
    free = [name for name in bacaan.tabel.names if name not in used]
    own = bacaan.khusus
    persons = {name for name in free if name in own.pribadi or is_person_column(name)}
    remarks = [name for name in free if name == own.saran or (is_remark_column(name) and name not in persons)]
    columns = {name: bacaan.tabel.column(name).tolist() for name in remarks}
    people = [cell for name in persons for cell in bacaan.tabel.column(name).tolist()]
    return collect(columns, people, list(hasil.unsur))


def _checks(hasil: HasilIKM, fakta: Fakta) -> list[Finding]:
    """Return what does not fit together in the facts."""
    out, back, usable = (fakta.get(key) for key in ("disebar", "kembali", "layak"))
    found = []
    if usable is not None and hasil.n is not None and usable != hasil.n:
        found.append(Finding("layak-bukan-n", "peringatan", _AREA, {"layak": usable, "n": hasil.n}))
    chain = [v for v in (out, back, usable) if v is not None]
    if any(a < b for a, b in itertools.pairwise(chain)):
        evidence = {"disebar": out or "-", "kembali": back or "-", "layak": usable or "-"}
        found.append(Finding("kuesioner-bertambah", "peringatan", _AREA, evidence))
    planned = {r["unsur"] for r in fakta.rows("rtl")}
    least = min(u.nrr for u in hasil.unsur.values())
    worst = [u for u in hasil.unsur.values() if u.nrr == least]
    if planned & set(hasil.unsur) and len(worst) < len(hasil.unsur) and not planned & {u.id for u in worst}:
        found.append(Finding("rtl-bukan-terendah", "peringatan", _AREA, {"unsur": [u.kode for u in worst]}))
    printed = fakta.get("terbit_ikm")
    if isinstance(printed, Decimal) and printed != hasil.ikm:
        found.append(Finding("terbit-berbeda", "peringatan", _AREA, {"terbit": printed, "ikm": hasil.ikm}))
    return found
