"""`collect`: everything that units sent -> one recap, joined to the list, under one rule, every doubt told."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from skm.auditing.audit import audit
from skm.basics.errors import DataError, OptionError, SKMError, UnreadableFileError
from skm.basics.messages import Phrase
from skm.basics.numbers import round_half_up
from skm.basics.period_value import Periode
from skm.basics.periods import parse_period
from skm.basics.reading_numbers import read_count
from skm.basics.values import ExactFraction, Finding
from skm.basics.words import normalise
from skm.io import decisions
from skm.prioritas import rank
from skm.regulasi._choose import questionnaire
from skm.regulasi._unsur import order_of
from skm.report._set import MANIFEST
from skm.report.compilation.recap import COUNTED, Recap, RecapRow, say, unsur_of
from skm.report.compilation.source import read_source, reports_of
from skm.report.compilation.unit_list import ListedUnit, UnitList, read_units, stem_name
from skm.report.compilation.unit_report import AREA, EVIDENCE, CollectOptions, FileOutcome, UnitReport, base_of
from skm.report.compilation.worker import WORTH, Told, read_all
from skm.sampling import sample_size
from skm.scores.combined import HasilGabungan, combine
from skm.scores.options import ScoreOptions

Duplicates = Literal["tahan", "tepercaya"]
Unlisted = Literal["tinggalkan", "sertakan"]
SMALL = 30
# Files in a folder that are no report: ours, and what Windows and macOS leave in every folder.
_NO_REPORT = (decisions.FILE, MANIFEST, "thumbs.db", "desktop.ini", "icon\r")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The choices of one compilation."""

    units: UnitList
    cara: CollectOptions
    duplicates: str
    unlisted: str
    k: int
    batas_kecil: int


def collect(
    source: Any,
    *,
    units: Any = None,
    periode: Any = None,
    method: str | None = None,
    weights: Any = None,
    bobot: Any = "tepat",
    pembulatan: Any = "nik-2",
    kosong: Any = "per-unsur",
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    kuesioner: Any = None,
    keputusan: str | Path | None = None,
    duplicates: str = "tahan",
    unlisted: str = "tinggalkan",
    previous: Any = None,
    k: int = 3,
    batas_kecil: int = SMALL,
    processes: int | None = None,
    maju: Told | None = None,
) -> Recap:
    """Collect what units sent into one recap.

    Parameters
    ----------
    source : folder, path, pattern, list of them, or mapping of unit to anything `skm.read` gives
        Files of answers, counts (.hitungan), stored results (hasil.json), recaps, and printed results (forms, tables,
        Word, TOML), mixed.
    units : path, names, mapping of name to population, or rows, optional
        The units that should report; see `read_units`. Without it every unit that sent something counts.
    periode : str or pair, optional
        The period that is collected. Answers with dates are cut to it; a source that names another period is shown
        and does not count.
    method : {"simple", "pooled", "weighted"}, optional
        How units become the city's figure; without it there is none.
    weights : "n", "populasi" or mapping, optional
        For "weighted".
    bobot, pembulatan, kosong : optional
        The one rule that all figures are brought to, as in `skm.score`.
    u8 : {"pengaduan", "sarana"}, optional
        What U8 means where a source has no names; without it these two means stay blank.
    nilai_kosong, kuesioner : optional
        As in `skm.read`.
    keputusan : path, optional
        Answers to questions of reading that were kept (``keputusan.toml``), as in `skm.read`.
    duplicates : {"tahan", "tepercaya"}
        Of a unit that sent different figures: none counts until it is settled; or the one with most behind it does.
    unlisted : {"tinggalkan", "sertakan"}
        Whether a unit that is not on the list counts.
    previous : Recap or source, optional
        The period before: a recap, its workbook or JSON, or a folder as ``source``.
    k : int
        How many of the lowest unsur are a unit's priorities.
    batas_kecil : int
        Units with fewer respondents are flagged.
    processes : int, optional
        How many processes read files. Default: up to four, where there are many files.
    maju : callable, optional
        Told (number, of how many, file name).

    Returns
    -------
    Recap
        Every source and every listed unit has a row; nothing is left out.

    Raises
    ------
    EmptyDataError
        There is no file.
    OptionError, DataError
        An option that is not known; a list of units that cannot be used.

    Notes
    -----
    The regulation has no formula for a city; the method is named or there is no figure. A printed index stands where
    the printed means allow it under the rule of the compilation; else the means are what counts, and it is told.
    """
    for name, value, kind in (("duplicates", duplicates, Duplicates), ("unlisted", unlisted, Unlisted)):
        if value not in get_args(kind):
            raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=value, pilihan=list(get_args(kind)))
    base, _ = questionnaire(kuesioner, None)
    when = None if periode is None else parse_period(periode)
    cara = CollectOptions(
        ScoreOptions(bobot, pembulatan, kosong),
        when,
        u8,
        tuple(nilai_kosong),
        base,
        kuesioner,
        None if keputusan is None else str(keputusan),
    )
    rules = _Rules(read_units(units), cara, duplicates, unlisted, k, read_count(batas_kecil, "batas_kecil"))
    outcomes = _outcomes(source, cara, processes, maju)
    rows = _settled(_rows(outcomes, rules), rules)
    rows = [*_ordered(rows, rules.units), *_absent(rows, rules.units)]
    if previous is not None:
        rows = _with_previous(rows, _previous(previous, rules, processes))
    label = when.label if when is not None else _only_period(rows)
    recap = Recap(tuple(rows), unsur_of(list(rows)), (*_about_folders(source), *_notes(rows, rules, when)), None, label)
    return recap if method is None else _with_city(recap, method, weights)


def files_of(source: Any) -> list[Path]:
    """Return the files of a folder, a pattern, a path or a list of them.

    Raises
    ------
    UnreadableFileError
        There is none.
    """
    if isinstance(source, (list, tuple)):
        found = [f for item in source for f in files_of(item)]
    else:
        path = Path(str(source))
        if path.is_dir():
            found = [p for p in sorted(path.iterdir()) if p.is_file()]
        elif any(c in str(source) for c in "*?[") and not path.exists():
            found = [Path(p) for p in sorted(glob.glob(str(source), recursive=True)) if Path(p).is_file()]  # noqa: PTH207
        else:
            found = [path]
    found = [
        f for f in found if not f.name.startswith(("~$", ".~lock", "._", "_", ".")) and f.name.lower() not in _NO_REPORT
    ]
    if not found:
        raise UnreadableFileError("sumber-kosong", nilai=str(source))
    return list(dict.fromkeys(found))


def _outcomes(source: Any, cara: CollectOptions, processes: int | None, maju: Told | None) -> list[FileOutcome]:
    if isinstance(source, Mapping):
        return [_handed(str(unit), value, cara) for unit, value in source.items()]
    files = files_of(source)
    if processes is None:
        processes = min(4, os.cpu_count() or 1) if len(files) >= WORTH else 1
    return read_all(files, cara, processes=read_count(processes, "processes", minimum=1), maju=maju)


def _handed(unit: str, value: Any, cara: CollectOptions) -> FileOutcome:
    """Return the outcome of something that was read already, or of the file that stands for a unit."""
    try:
        if isinstance(value, (str, Path)):
            found = read_source(Path(value), cara)
        else:
            found = FileOutcome(unit, tuple(reports_of(value, "", cara)))
    except SKMError as problem:
        return FileOutcome(unit, (), problem)
    named = found.laporan if len(found.laporan) > 1 else tuple(replace(r, nama=unit) for r in found.laporan)
    return replace(found, laporan=named, berkas=unit if found.galat is not None else found.berkas)


def _rows(outcomes: Iterable[FileOutcome], rules: _Rules) -> list[RecapRow]:
    rows: list[RecapRow] = []
    for outcome in outcomes:
        if outcome.galat is not None:
            match = rules.units.find_in(outcome.berkas)
            name = match.nama if match is not None else stem_name(outcome.berkas) or outcome.berkas
            why = Finding("rekap-rusak", "kesalahan", AREA, {"berkas": outcome.berkas, "sebab": _reason(outcome.galat)})
            rows.append(_without_figure(rules.units.of(name) or ListedUnit(name), "rusak", outcome.berkas, (why,)))
            continue
        rows += [_row(report, outcome.berkas, rules) for report in outcome.laporan if not _is_total(report.nama)]
    return rows


def _reason(problem: SKMError) -> Any:
    """Return why a file could not be read, as a text that is made in the language of the reader."""
    return Phrase("galat", problem.code, dict(problem.context))


def _is_total(name: str) -> bool:
    """Tell whether a row of a sheet is our own row of the city, or a total."""
    words = normalise(name)
    return words in ("jumlah", "total") or any(
        words.startswith(f"{normalise(say('gabungan-awal', lang))} ") for lang in ("id", "en")
    )


def _row(report: UnitReport, file: str, rules: _Rules) -> RecapRow:
    match = rules.units.find(report.nama) if report.nama else None
    match = match or (None if report.nama and rules.units.unit else rules.units.find_in(file))
    name = match.nama if match else report.nama or (stem_name(file).title() or file)
    notes = [replace(f, bukti={**f.bukti, "unit": name}) for f in report.catatan]
    if match is not None and match.cara == "mirip":
        notes.append(Finding("rekap-ejaan", "catatan", AREA, {"dari": report.nama or file, "ke": match.nama}))
    known = rules.units.of(name) or ListedUnit(name)
    status = COUNTED
    if rules.units.unit and match is None and rules.unlisted == "tinggalkan":
        status = "di-luar-daftar"
        notes.append(Finding("rekap-di-luar-daftar", "peringatan", AREA, {"unit": name}))
        if near := rules.units.near(name):
            notes.append(Finding("rekap-mungkin-unit", "catatan", AREA, {"unit": name, "mungkin": near[:3]}))
    elif rules.units.unit and match is None:
        notes.append(Finding("rekap-di-luar-daftar-dihitung", "catatan", AREA, {"unit": name}))
    if _other_period(report.periode, rules.cara.periode):
        label = report.periode.label if report.periode else "-"
        status = "periode-lain" if status == COUNTED else status
        asked = rules.cara.periode.label if rules.cara.periode else "-"
        notes.append(Finding("rekap-periode-lain", "peringatan", AREA, {"unit": name, "ada": label, "diminta": asked}))
    ikm, exact, told = _figure(report, name)
    notes += told
    population = known.populasi or report.populasi
    notes += _about_population(name, report, known.populasi, population)
    minimum = None if population is None else sample_size(population).n
    if report.n is not None and report.n < rules.batas_kecil:
        notes.append(
            Finding("rekap-n-kecil", "catatan", AREA, {"unit": name, "n": report.n, "batas": rules.batas_kecil})
        )
    if report.u8_tanpa_nama and report.hasil is not None:
        notes.append(Finding("rekap-u8-tanpa-nama", "catatan", AREA, {"unit": name}))
    rule = report.hasil.regulasi if report.hasil is not None else base_of(rules.cara).regulasi
    nameless = _nameless_ids(report, rule)
    first = (
        () if report.hasil is None else tuple(r.nama for r in rank(report.hasil, rules.k).utama if r.id not in nameless)
    )
    return RecapRow(
        unit=name,
        periode="" if report.periode is None else report.periode.label,
        hasil=report.hasil,
        n=report.n,
        metode=known.metode,
        prioritas=first,
        ikm=ikm,
        ikm_tepat=exact,
        regulasi=rule,
        status=status,
        bukti=report.bukti,
        sumber=report.sumber,
        tercetak=None if report.tercetak is None else report.tercetak.nilai,
        populasi=population,
        minimum=minimum,
        rtl_selesai=known.rtl_selesai,
        rtl_rencana=known.rtl_rencana,
        profil=report.profil,
        hitungan=report.hitungan,
        ragam=report.ragam,
        df=report.df,
        tanpa_nama=nameless,
        publikasi=report.publikasi,
        catatan=tuple(notes),
    )


def _nameless_ids(report: UnitReport, rule: Any) -> frozenset[str]:
    order = order_of(rule)
    return frozenset(order[7:9]) if report.u8_tanpa_nama and len(order) > 8 else frozenset()


def _figure(report: UnitReport, name: str) -> tuple[Any, ExactFraction | None, list[Finding]]:
    """Return the figure that stands for a unit, exact too, and what is to be told about it."""
    printed, hasil = report.tercetak, report.hasil
    if hasil is None:
        if printed is None:
            return None, None, []
        note = Finding("rekap-indeks-saja", "peringatan", AREA, {"unit": name, "ikm": printed.nilai})
        value = round_half_up(printed.nilai, 2)
        return value, ExactFraction(printed.tepat), [note]
    facts = {"unit": name, "hitung": hasil.ikm}
    if printed is None:
        return hasil.ikm, hasil.ikm_tepat, []
    facts["cetak"] = printed.nilai
    if report.batas is not None and report.bukti == "rata-rata":
        low, high = report.batas
        a, b = printed.rentang
        if a <= high and low <= b:
            # The printed index knows the unrounded means; the printed means do not.
            return round_half_up(printed.nilai, 2), ExactFraction(printed.tepat), []
        weight = _weight_that_fits(report)
        if weight:
            return (
                hasil.ikm,
                hasil.ikm_tepat,
                [Finding("rekap-disetarakan", "catatan", AREA, {**facts, "bobot": weight})],
            )
        return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-ikm-tidak-cocok", "kesalahan", AREA, facts)]
    if round_half_up(hasil.ikm, printed.desimal) == printed.nilai:
        return hasil.ikm, hasil.ikm_tepat, []
    if report.cocok:
        return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-disetarakan", "catatan", AREA, {**facts, "bobot": "-"})]
    return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-ikm-tidak-cocok", "kesalahan", AREA, facts)]


def _weight_that_fits(report: UnitReport) -> str:
    """Return the weight in circulation under which the printed index follows from the printed means, or nothing."""
    if report.publikasi is None:
        return ""
    printed = report.tercetak
    for again in audit(report.publikasi).hitung_ulang:
        if printed is not None and again.bawah <= printed.rentang[1] and printed.rentang[0] <= again.atas:
            return again.bobot
    return ""


def _about_population(name: str, report: UnitReport, listed: int | None, population: int | None) -> list[Finding]:
    found = []
    if population is not None and report.n is not None and report.n > population:
        facts = {"unit": name, "n": report.n, "populasi": population}
        found.append(Finding("rekap-n-melebihi-populasi", "kesalahan", AREA, facts))
    if listed is not None and report.populasi is not None and listed != report.populasi:
        facts = {"unit": name, "daftar": listed, "laporan": report.populasi}
        found.append(Finding("rekap-populasi-beda", "peringatan", AREA, facts))
    return found


def _other_period(own: Periode | None, asked: Periode | None) -> bool:
    """Tell whether a source is of another period: none of its days lies in the one that is collected."""
    return (
        own is not None
        and asked is not None
        and (own.hingga < asked.dari or own.dari > asked.hingga or _wider(own, asked))
    )


def _wider(own: Periode, asked: Periode) -> bool:
    """Tell whether a named period is longer than the one collected: a whole year is not its second semester."""
    return own.bulan is not None and (own.dari < asked.dari or own.hingga > asked.hingga)


def _settled(rows: list[RecapRow], rules: _Rules) -> list[RecapRow]:
    """Let at most one row of a unit count; the others say why they do not."""
    by_unit: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row.dihitung:
            by_unit.setdefault(normalise(row.unit), []).append(i)
    out = list(rows)
    for places in by_unit.values():
        if len(places) < 2:
            continue
        order = sorted(places, key=lambda i: (EVIDENCE.index(rows[i].bukti), rows[i].sumber))
        best = rows[order[0]]
        others = [rows[i] for i in order[1:]]
        same = all(r.ikm == best.ikm and (r.n == best.n or r.n is None) for r in others)
        files = [rows[i].sumber for i in order]
        facts = {"unit": best.unit, "berkas": files, "ikm": [str(rows[i].ikm) for i in order]}
        if same or (rules.duplicates == "tepercaya" and others[0].bukti != best.bukti):
            code = "rekap-salinan" if same else "rekap-ganda-dipilih"
            note = Finding(code, "catatan" if same else "peringatan", AREA, {**facts, "dipakai": files[0]})
            for i in order[1:]:
                out[i] = replace(out[i], status="salinan" if same else "ganda")
            out[order[0]] = replace(best, catatan=(*best.catatan, note))
            continue
        note = Finding("rekap-ganda", "kesalahan", AREA, facts)
        for i in order:
            out[i] = replace(out[i], status="ganda")
        out[order[0]] = replace(out[order[0]], catatan=(*best.catatan, note))
    return out


def _ordered(rows: list[RecapRow], units: UnitList) -> list[RecapRow]:
    place = {u.nama: i for i, u in enumerate(units.unit)}
    return sorted(rows, key=lambda r: (place.get(r.unit, len(place)), normalise(r.unit), r.status != COUNTED, r.sumber))


def _absent(rows: list[RecapRow], units: UnitList) -> list[RecapRow]:
    """Return a row for every listed unit that sent nothing."""
    have = {row.unit for row in rows}
    return [_without_figure(u, "belum") for u in units.unit if u.nama not in have]


def _without_figure(unit: ListedUnit, status: str, file: str = "", notes: tuple[Finding, ...] = ()) -> RecapRow:
    minimum = None if unit.populasi is None else sample_size(unit.populasi).n
    return RecapRow(
        unit.nama,
        "",
        None,
        None,
        metode=unit.metode,
        status=status,
        sumber=file,
        populasi=unit.populasi,
        minimum=minimum,
        rtl_selesai=unit.rtl_selesai,
        rtl_rencana=unit.rtl_rencana,
        catatan=notes,
    )


def _previous(source: Any, rules: _Rules, processes: int | None) -> dict[str, RecapRow]:
    if isinstance(source, Recap):
        return {normalise(r.unit): r for r in source.dihitung}
    own = replace(rules, cara=replace(rules.cara, periode=None))
    found = _settled(_rows(_outcomes(source, own.cara, processes, None), own), own)
    return {normalise(r.unit): r for r in found if r.dihitung}


def _with_previous(rows: list[RecapRow], before: Mapping[str, RecapRow]) -> list[RecapRow]:
    out = []
    for row in rows:
        old = before.get(normalise(row.unit)) if row.dihitung else None
        out.append(row if old is None else replace(row, lalu=old.ikm, lalu_ragam=old.ragam))
    return out


def _only_period(rows: Sequence[RecapRow]) -> str:
    found = {row.periode for row in rows if row.periode and row.dihitung}
    return found.pop() if len(found) == 1 else ""


def _notes(rows: Sequence[RecapRow], rules: _Rules, when: Periode | None) -> list[Finding]:
    found: list[Finding] = []
    counted = [row for row in rows if row.dihitung]
    if not counted:
        found.append(Finding("rekap-tak-ada", "kesalahan", AREA))
    if rules.units.kolom_lain:
        found.append(Finding("rekap-daftar-kolom-lain", "catatan", AREA, {"kolom": list(rules.units.kolom_lain)}))
    if absent := [row.unit for row in rows if row.status == "belum"]:
        facts = {"banyak": len(absent), "semua": len(rules.units.unit), "unit": absent}
        found.append(Finding("rekap-belum", "peringatan", AREA, facts))
    if when is None and len(periods := sorted({row.periode for row in counted if row.periode})) > 1:
        found.append(Finding("rekap-periode-campur", "peringatan", AREA, {"periode": periods[:8]}))
    if bare := [row.unit for row in counted if row.bukti == "indeks"]:
        found.append(Finding("rekap-bobot-tak-diketahui", "peringatan", AREA, {"banyak": len(bare), "unit": bare[:8]}))
    if len(laws := sorted({r.regulasi.id for r in counted if r.regulasi is not None})) > 1:
        found.append(Finding("rekap-regulasi-campur", "peringatan", AREA, {"regulasi": laws}))
    return found


def _about_folders(source: Any) -> list[Finding]:
    """Tell which folders inside the folder were not read."""
    path = Path(source) if isinstance(source, (str, Path)) else None
    if path is None or not path.is_dir():
        return []
    inner = sorted(p.name for p in path.iterdir() if p.is_dir() and not p.name.startswith((".", "_", "disimpan-")))
    if not inner:
        return []
    pattern = f"{path.as_posix()}/**/*"
    return [
        Finding("rekap-subfolder", "peringatan", AREA, {"folder": inner[:8], "banyak": len(inner), "pola": pattern})
    ]


def _with_city(recap: Recap, method: str, weights: Any) -> Recap:
    """Return the recap with the city's figure; where there can be none, with the reason."""
    if method == "weighted" and weights is None:
        weights = "n"
    try:
        if weights == "populasi":
            if without := [r.unit for r in recap.dihitung if r.populasi is None]:
                raise DataError("gabung-tanpa-populasi", unit=without)
            weights = {r.unit: r.populasi for r in recap.dihitung}
        city: HasilGabungan = combine(recap, method=method, weights=weights)
    except SKMError as problem:
        if isinstance(problem, OptionError):
            raise
        note = Finding("rekap-tanpa-gabungan", "kesalahan", AREA, {"cara": method, "sebab": _reason(problem)})
        return replace(recap, catatan=(*recap.catatan, note))
    return replace(recap, gabungan=city)
