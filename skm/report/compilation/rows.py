"""What units sent -> the rows of the recap: figures under one rule, doubts beside their unit, one row that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from skm.auditing.audit import audit
from skm.basics.errors import SKMError
from skm.basics.messages import Phrase
from skm.basics.numbers import round_half_up
from skm.basics.period_value import Periode
from skm.basics.values import ExactFraction, Finding
from skm.basics.words import normalise
from skm.prioritas import rank
from skm.regulasi._unsur import order_of
from skm.report.compilation.recap import COUNTED, RecapRow, say
from skm.report.compilation.unit_list import ListedUnit, UnitList, stem_name
from skm.report.compilation.unit_report import AREA, EVIDENCE, CollectOptions, FileOutcome, UnitReport, base_of
from skm.sampling import sample_size

_TOTAL = re.compile(r"(?:(?:grand )?(?:jumlah|total)|rata rata|rerata|ikm (?:kota|kabupaten|gabungan))(?: |$)")


@dataclass(frozen=True, slots=True)
class Rules:
    """The choices of one compilation."""

    units: UnitList
    cara: CollectOptions
    duplicates: str
    unlisted: str
    k: int
    batas_kecil: int


def rows_of(outcomes: Iterable[FileOutcome], rules: Rules) -> list[RecapRow]:
    """Return a row for every unit that a file speaks of; one that cannot be read is a row with the reason."""
    rows: list[RecapRow] = []
    for outcome in outcomes:
        if outcome.galat is not None:
            match = rules.units.find_in(outcome.berkas)
            name = match.nama if match is not None else stem_name(outcome.berkas) or outcome.berkas
            facts = {"berkas": outcome.berkas, "sebab": reason_of(outcome.galat), "langkah": _step(outcome.galat)}
            why = Finding("rekap-rusak", "kesalahan", AREA, facts)
            rows.append(_without_figure(rules.units.of(name) or ListedUnit(name), "rusak", outcome.berkas, (why,)))
            continue
        rows += [_row(report, outcome.berkas, rules) for report in outcome.laporan if not _is_total(report.nama)]
    return rows


def reason_of(problem: SKMError) -> Any:
    """Return why a file could not be read, as a text that is made in the language of the reader."""
    return Phrase("galat", problem.code, dict(problem.context))


def _step(problem: SKMError) -> Phrase:
    """Return what the city can do: what the error itself says where it is of a compilation, else ask again."""
    if problem.code.startswith(("rekap-", "berkas-arsip")) and problem.hint():
        return Phrase("galat", f"{problem.code}.saran", dict(problem.context))
    return Phrase(AREA, "minta-ulang")


def _is_total(name: str) -> bool:
    """Tell whether a row of a sheet is our own row of the city, or a total."""
    words = normalise(name)
    return bool(_TOTAL.match(words)) or any(
        words.startswith(f"{normalise(say('gabungan-awal', lang))} ") for lang in ("id", "en")
    )


def _row(report: UnitReport, file: str, rules: Rules) -> RecapRow:
    match = rules.units.find(report.nama) if report.nama else None
    match = match or (None if report.tak_bertuan or (report.nama and rules.units.unit) else rules.units.find_in(file))
    name = match.nama if match else report.nama or (stem_name(file).title() or file)
    if report.tak_bertuan:
        name = f"{file} (?)"
    notes = [replace(f, bukti={**f.bukti, "unit": name}) for f in report.catatan]
    if match is not None and match.cara == "mirip":
        notes.append(Finding("rekap-ejaan", "catatan", AREA, {"dari": report.nama or file, "ke": match.nama}))
    known = rules.units.of(name) or ListedUnit(name)
    status = COUNTED
    if report.tak_bertuan:
        status = "di-luar-daftar"
        notes.append(Finding("rekap-tanpa-unit", "peringatan", AREA, {"berkas": file, "banyak": report.n}))
    elif rules.units.unit and match is None and rules.unlisted == "tinggalkan":
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
        rentang=_allowed(report, ikm),
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
        if _lacks_unsur(report):
            # A mean that is not printed may be part of the index: nothing can be recomputed from the others.
            note = Finding("rekap-indeks-saja", "peringatan", AREA, {"unit": name, "ikm": printed.nilai})
            return round_half_up(printed.nilai, 2), ExactFraction(printed.tepat), [note]
        return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-ikm-tidak-cocok", "kesalahan", AREA, facts)]
    if round_half_up(hasil.ikm, printed.desimal) == printed.nilai:
        return hasil.ikm, hasil.ikm_tepat, []
    if report.cocok:
        return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-disetarakan", "catatan", AREA, {**facts, "bobot": "-"})]
    return hasil.ikm, hasil.ikm_tepat, [Finding("rekap-ikm-tidak-cocok", "kesalahan", AREA, facts)]


def _lacks_unsur(report: UnitReport) -> bool:
    """Tell whether unsur of the regulation have no mean beside a printed index that is on the scale."""
    if report.hasil is None or report.tercetak is None:
        return False
    rule = report.hasil.regulasi
    low, high = rule.batas_ikm
    return low <= report.tercetak.tepat <= high and any(u.id not in report.hasil.unsur for u in rule.unsur)


def _allowed(report: UnitReport, ikm: Any) -> tuple[Fraction, Fraction] | None:
    """Return what the index may be before it was printed; None where it is known exactly."""
    if report.tercetak is not None and (report.hasil is None or ikm != report.hasil.ikm):
        return report.tercetak.rentang
    return report.batas if report.bukti == "rata-rata" else None


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


def settled(rows: list[RecapRow], rules: Rules) -> list[RecapRow]:
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
        same = all(_same(r, best) for r in others)
        files = [rows[i].sumber for i in order]
        facts: dict[str, Any] = {"unit": best.unit, "berkas": files, "ikm": [rows[i].ikm for i in order]}
        if same or (rules.duplicates == "tepercaya" and others[0].bukti != best.bukti):
            facts["dipakai"] = files[0]
            if not same:
                note = Finding("rekap-ganda-dipilih", "peringatan", AREA, facts)
            elif any(r.ikm != best.ikm for r in others):
                note = Finding("rekap-salinan-bulat", "catatan", AREA, facts)
            else:
                note = Finding("rekap-salinan", "catatan", AREA, facts)
            for i in order[1:]:
                out[i] = replace(out[i], status="salinan" if same else "ganda")
            out[order[0]] = replace(best, catatan=(*best.catatan, note))
            continue
        note = Finding("rekap-ganda", "kesalahan", AREA, facts)
        for i in order:
            out[i] = replace(out[i], status="ganda")
        out[order[0]] = replace(out[order[0]], catatan=(*best.catatan, note))
    return out


def _same(row: RecapRow, best: RecapRow) -> bool:
    """Tell whether a row says the same as one with more behind it: its figures, as rounded as they are printed."""
    if row.n is not None and best.n is not None and row.n != best.n:
        return False
    exact = best.ikm_tepat
    return row.ikm == best.ikm or (
        row.rentang is not None and exact is not None and row.rentang[0] <= exact <= row.rentang[1]
    )


def ordered(rows: list[RecapRow], units: UnitList) -> list[RecapRow]:
    """Return the rows in the order of the list, others behind by name; of one unit the row that counts first."""
    place = {u.nama: i for i, u in enumerate(units.unit)}
    return sorted(rows, key=lambda r: (place.get(r.unit, len(place)), normalise(r.unit), r.status != COUNTED, r.sumber))


def absent(rows: list[RecapRow], units: UnitList) -> list[RecapRow]:
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
