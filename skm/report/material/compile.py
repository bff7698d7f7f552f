"""`compile`: answers, counts and facts -> the material of a report."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.answers.survei import Survei
from skm.answers.understand import Reading
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.provenance import Origin
from skm.basics.reading_numbers import read_count
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.counts.reduce import PATTERNS, reduce
from skm.io.opened import opened
from skm.io.options import ReadOptions
from skm.io.read import PrintedTable
from skm.publikasi import Publikasi
from skm.regulasi._unsur import unsur_id
from skm.report.material.answers import from_reading
from skm.report.material.bahan import AREA, SERVICE, Bahan
from skm.report.material.facts import Fakta, read_facts, u8_of
from skm.report.material.filter import in_period, named, understood
from skm.report.material.periods import EarlierPeriod
from skm.report.material.redactor import without_names
from skm.report.material.remark_review import reviewed, with_quotes
from skm.report.material.remarks import Saran, collect, is_person_column, is_remark_column
from skm.report.material.sample_rule import SampleRule, sample_rule
from skm.report.material.small_levels import merged
from skm.report.material.trend import same_or_after
from skm.report.material.without_respondents import from_counts, from_result
from skm.sampling import Adequacy
from skm.scores import groups as kelompok
from skm.scores import profil
from skm.scores.groups import HasilKelompok
from skm.scores.index import score
from skm.scores.options import ScoreOptions
from skm.scores.result import HasilIKM
from skm.stats._core import UnsurRanks, rank_unsur
from skm.stats._scores import unsur_means

_ONLINE = ("daring", "online", "elektronik", "aplikasi", "website", "e-survei")


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
    saran_periksa: str | Path | None = None,
    batas_samaran: int = 5,
    urutan: Any = None,
    tanpa_tanggal: str = "tolak",
    **opsi: Any,
) -> Bahan:
    """Gather everything a report needs.

    Parameters
    ----------
    data : Survei, path, table, Hitungan or HasilIKM
        Answers by respondent; or counts, or a figure with the means per unsur: then the report leaves out what needs
        respondents or counts, and says so.
    unit, periode : str, optional
        Name of the unit and of the period; override the facts. A code such as "2026-S2" is written in words. The
        period is a filter wherever rows have dates: rows outside it are not counted. First and last day of
        collection in the facts are the filter where they are given, and the period is its name; not so where the
        facts are of another period than the one named here.
    population : int, optional
        Recipients of the service in the period; overrides the facts.
    fakta : path, mapping or Fakta, optional
        What only the office knows: a form in Excel, a TOML file or a mapping; see `write_facts_form`.
    sebelumnya : mapping or rows, optional
        Period -> IKM of earlier periods, oldest first; overrides the facts.
    per : str or None
        Characteristic or column that tells services apart. "layanan" is looked for and may be absent; another name
        that the data do not have is an error.
    kuesioner, regulasi, u8, nilai_kosong
        As in `skm.score`.
    interval, interval_per : object, optional
        Results of `skm.stats.mean_interval`, of all respondents and by service; shown in charts and told in words.
    saran : bool
        Whether free remarks of respondents are counted by unsur, and those quoted that a person ticked.
    saran_periksa : path, optional
        The workbook ``saran_periksa.xlsx`` of an earlier run, with ticks; without it no remark is quoted.
    batas_samaran : int
        Groups with fewer respondents are hidden in reports; 0 hides none. Smaller levels of free text (occupation,
        service) are merged, unless the facts list the services: the label is the person.
    urutan : {"hari-bulan", "bulan-hari"}, optional
        How 3/4/2026 is to be read where the column of dates does not tell.
    tanpa_tanggal : {"tolak", "lewati", "ikut"}
        Rows without a readable date where the period cuts the answers: asked about, left out, or counted.
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
        The facts cannot be understood; nobody answered in the period; some rows have no date and nobody said what
        to do with them.

    Examples
    --------
    >>> bahan = compile([{f"u{i}": 3 for i in range(1, 10)}] * 4, unit="Kecamatan Contoh", u8="sarana")
    >>> bahan.hasil.ikm, bahan.per is None
    (Decimal('75.00'), True)
    """
    if isinstance(data, (PrintedTable, Publikasi)):
        raise DataError("laporan-hanya-hasil", jenis=type(data).__name__)
    choices = ScoreOptions(**opsi)
    facts = named(read_facts(fakta), periode).with_values(unit=unit, populasi=population)
    if sebelumnya is not None:
        facts = facts.with_values(sebelumnya=_as_rows(sebelumnya))
    limit = read_count(batas_samaran, "batas_samaran")
    if u8 is None and _open_u8(data):
        u8 = u8_of(facts)
    given = data if isinstance(data, HasilIKM) else opened(data, _options(data, regulasi, kuesioner, u8, nilai_kosong))
    if not isinstance(given, Survei):
        understood(facts)
    if isinstance(given, HasilIKM):
        _settled(opsi, regulasi=regulasi, kuesioner=kuesioner, u8=u8, nilai_kosong=nilai_kosong)
        parts, choices = from_result(given)
        if facts.get("periode") is None and given.provenance.periode is not None:
            facts = facts.with_values(periode=given.provenance.periode.label)
    elif isinstance(given, Hitungan):
        parts = from_counts(given, choices, per)
    else:
        given, facts, told = in_period(given, facts, urutan=urutan, tanpa_tanggal=tanpa_tanggal)
        parts = _from_answers(given, choices, per, facts, limit, saran=saran)
        parts["hasil"] = replace(parts["hasil"], catatan=(*parts["hasil"].catatan, *told))
    if saran_periksa is not None:
        ticked = Path(saran_periksa)
        parts["saran"], old = with_quotes(parts["saran"], reviewed(read_bytes(ticked, rewritten=True), ticked.name))
        if old:
            gone = Finding("saran-lama", "peringatan", AREA, {"banyak": old})
            parts["hasil"] = replace(parts["hasil"], catatan=(*parts["hasil"].catatan, gone))
    hasil: HasilIKM = parts["hasil"]
    source = _source(hasil.provenance.sumber, facts)
    hasil = parts["hasil"] = replace(hasil, provenance=replace(hasil.provenance, sumber=source))
    if any(note.kode == "u8-dianggap" for note in hasil.catatan):
        raise OptionError("laporan-u8")
    enough, rule, notes = _adequacy(hasil, facts)
    parts["perbandingan"] = _compared(parts.pop("pola", None), None if enough is None else enough.population)
    facts = with_unsur(facts, hasil)
    facts, online = _online(facts, hasil)
    notes += online
    earlier = tuple(
        EarlierPeriod(r["periode"], r["ikm"], r.get("mutu") or "", r.get("n"), r.get("bobot") or "")
        for r in facts.rows("sebelumnya")
    )
    return Bahan(
        **parts,
        kecukupan=enough,
        aturan_sampel=rule,
        fakta=facts,
        sebelumnya=earlier,
        opsi=choices,
        interval=interval,
        interval_per=interval_per,
        batas_samaran=limit,
        catatan=(*notes, *_checks(hasil, facts, earlier)),
    )


def _source(name: str, fakta: Fakta) -> str:
    """Return the name of the file that a figure comes from, without persons; the unit's own name is public."""
    return without_names(name, *(str(fakta.get(key) or "") for key in ("unit", "instansi")))


def _settled(opsi: Mapping[str, Any], **reading: Any) -> None:
    """Refuse options that concern a figure which is there already."""
    if late := [*opsi, *(name for name, value in reading.items() if value not in (None, ()))]:
        raise OptionError("laporan-hasil-jadi", opsi=late)


def _open_u8(data: Any) -> bool:
    """Tell whether the form may say what U8 means: the data are still to be read, or were read without knowing."""
    if isinstance(data, (Hitungan, HasilIKM)):
        return False
    return not isinstance(data, Survei) or any(note.kode == "u8-dianggap" for note in data.catatan)


def _options(data: Any, regulasi: Any, kuesioner: Any, u8: Any, nilai_kosong: Sequence[Any]) -> ReadOptions | None:
    """Return the options of reading; none for what is read already and was given none."""
    if isinstance(data, Hitungan) and regulasi is None and kuesioner is None and u8 is None and not nilai_kosong:
        return None
    return ReadOptions(regulasi, kuesioner, u8, nilai_kosong)


def _from_answers(
    survei: Survei, opsi: ScoreOptions, per: str | None, fakta: Fakta, limit: int, *, saran: bool
) -> dict[str, Any]:
    """Return what a report says from the answers of respondents."""
    bacaan, asal = survei.bacaan, survei.asal()
    asal = replace(asal, sumber=_source(asal.sumber, fakta))
    hasil = _score(bacaan, asal, opsi)
    read = {name for name, kind in _free_columns(bacaan).items() if kind == "saran"} if saran else set()
    hasil = replace(hasil, catatan=tuple(f for note in hasil.catatan if (f := _without_columns(note, read))))
    counted = bacaan.kuesioner.with_butir([b for b in bacaan.kuesioner.butir if b.unsur in hasil.unsur])
    services = tuple(dict.fromkeys(str(r["nama"]) for r in fakta.rows("daftar_layanan")))
    if services and SERVICE in bacaan.profil and SERVICE not in bacaan.tingkat:
        bacaan = replace(bacaan, tingkat={**bacaan.tingkat, SERVICE: services})
    shown = merged(bacaan, per, limit, frozenset(services))
    return {
        "hasil": hasil,
        "profil": profil.profile_of(shown, list(shown.profil), opsi=opsi) if shown.profil else None,
        "per": _services(shown, asal, opsi, per),
        "saran": _remarks(bacaan, hasil) if saran else (),
        "data": from_reading(shown, counted, per),
        "pola": _patterns(bacaan, opsi),
    }


def _patterns(bacaan: Reading, opsi: ScoreOptions) -> Pola:
    """Return the answers that the figure counts, respondent by respondent."""
    pola = reduce(bacaan, (), PATTERNS).pola
    return pola.where_complete() if opsi.kosong == "hanya-lengkap" else pola


def _compared(pola: Pola | None, population: int | None) -> UnsurRanks | None:
    """Return the unsur compared within respondents; None where there are no answers or only one unsur."""
    if pola is None or sum(not math.isnan(mean) for mean in unsur_means(pola).values()) < 2:
        return None
    return rank_unsur(pola, population=population)


def _score(bacaan: Reading, asal: Origin, opsi: ScoreOptions) -> HasilIKM:
    found = reduce(bacaan, (), opsi.needs(bacaan.kuesioner))
    own = replace(asal, sidik=found.hitungan.fingerprint())
    return score(found.hitungan, opsi, pola=found.lipatan, asal=own, catatan=found.catatan)


def _services(bacaan: Reading, asal: Origin, opsi: ScoreOptions, per: str | None) -> HasilKelompok | None:
    if per is None or (per == SERVICE and per not in bacaan.profil and per not in bacaan.tabel.names):
        return None
    found = reduce(bacaan, (per,), opsi.needs(bacaan.kuesioner))
    told = {n.kode for n in bacaan.catatan}
    own = [n for n in found.catatan if n.kode not in told and not n.kode.startswith("usia-")]
    return kelompok.score_groups(found.hitungan, opsi, pola=found.lipatan, asal=asal, catatan=own)


def _adequacy(hasil: HasilIKM, fakta: Fakta) -> tuple[Adequacy | None, SampleRule | None, list[Finding]]:
    population = fakta.get("populasi")
    if population is None or hasil.n is None:
        return None, None, []
    if population < 1 or hasil.n > population:
        evidence = {"n": hasil.n, "N": population}
        return None, None, [Finding("populasi-kurang", "peringatan", AREA, evidence)]
    return *sample_rule(hasil.n, population, fakta), []


def _online(fakta: Fakta, hasil: HasilIKM) -> tuple[Fakta, list[Finding]]:
    """Propose the numbers of questionnaires of a survey on line: every answer sent has come back and can be used."""
    way = normalise(fakta.text("pengumpulan", "id") or "")
    blank = [key for key in ("kembali", "layak") if fakta.get(key) is None]
    if hasil.n is None or not blank or not any(word in way.split() for word in _ONLINE):
        return fakta, []
    found = Finding("kuesioner-daring", "catatan", AREA, {"n": hasil.n})
    return fakta.with_values(**dict.fromkeys(blank, hasil.n)), [found]


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


def _without_columns(note: Finding, read: set[str]) -> Finding | None:
    """Return the note on unused columns without those that a report reads after all; None where none is left."""
    if note.kode != "kolom-diabaikan" or not read:
        return note
    left = [name for name in note.bukti["kolom"] if name not in read]
    return replace(note, bukti={**note.bukti, "kolom": left, "banyak": len(left)}) if left else None


def _free_columns(bacaan: Reading) -> dict[str, str]:
    """Return the columns with free text: "saran" for remarks, "pribadi" for persons."""
    used = {*bacaan.kolom.values(), *bacaan.profil.values()}
    free = [name for name in bacaan.tabel.names if name not in used]
    own = bacaan.khusus
    persons = {name for name in free if name in own.pribadi or is_person_column(name)}
    found = dict.fromkeys(persons, "pribadi")
    for name in free:
        if name == own.saran or (is_remark_column(name) and name not in persons):
            found[name] = "saran"
    return found


def _remarks(bacaan: Reading, hasil: HasilIKM) -> tuple[Saran, ...]:
    kinds = _free_columns(bacaan)
    columns = {name: bacaan.tabel.column(name).tolist() for name, kind in kinds.items() if kind == "saran"}
    people = [cell for name, kind in kinds.items() if kind == "pribadi" for cell in bacaan.tabel.column(name).tolist()]
    return collect(columns, people, list(hasil.unsur))


def _checks(hasil: HasilIKM, fakta: Fakta, earlier: Sequence[EarlierPeriod]) -> list[Finding]:
    """Return what does not fit together in the facts."""
    out, back, usable = (fakta.get(key) for key in ("disebar", "kembali", "layak"))
    found = []
    if usable is not None and hasil.n is not None and usable != hasil.n:
        found.append(Finding("layak-bukan-n", "peringatan", AREA, {"layak": usable, "n": hasil.n}))
    chain = [v for v in (out, back, usable) if v is not None]
    if any(a < b for a, b in itertools.pairwise(chain)):
        evidence = {"disebar": out or "-", "kembali": back or "-", "layak": usable or "-"}
        found.append(Finding("kuesioner-bertambah", "peringatan", AREA, evidence))
    planned = {r["unsur"] for r in fakta.rows("rtl")}
    least = min(u.nrr for u in hasil.unsur.values())
    worst = [u for u in hasil.unsur.values() if u.nrr == least]
    if planned & set(hasil.unsur) and len(worst) < len(hasil.unsur) and not planned & {u.id for u in worst}:
        found.append(Finding("rtl-bukan-terendah", "peringatan", AREA, {"unsur": [u.kode for u in worst]}))
    late = same_or_after(earlier, fakta.text("periode", "id"))
    if late:
        found.append(Finding("sebelumnya-bukan", "peringatan", AREA, {"periode": [s.periode for s in late]}))
    printed = fakta.get("terbit_ikm")
    if isinstance(printed, Decimal) and printed != hasil.ikm:
        found.append(Finding("terbit-berbeda", "peringatan", AREA, {"terbit": printed, "ikm": hasil.ikm}))
    return found
