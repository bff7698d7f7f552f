"""One file that a unit sent -> what it says of one unit or of several, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from skm.answers.small_levels import merge_small_levels
from skm.answers.survei import Survei
from skm.basics.errors import DataError, EmptyDataError, MissingColumnError, OptionError, SKMError, UnreadableFileError
from skm.basics.files import read_bytes
from skm.basics.period_in_text import named_period
from skm.basics.period_value import Periode
from skm.basics.public_name import public_name
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.counts.reduce import BOTH, reduce
from skm.io import read as io
from skm.io.layouts.aggregate import PrintedTable
from skm.io.layouts.detect import period_of_titles
from skm.io.options import ReadOptions
from skm.publikasi import PartFigure, Publikasi, load
from skm.publikasi._meaning import heads_services, is_total
from skm.report.compilation.printed import printed_report
from skm.report.compilation.stored import document_reports, is_counts, stored_counts
from skm.report.compilation.unit_report import (
    AREA,
    PROFILE,
    UNIT,
    CollectOptions,
    FileOutcome,
    OneUnit,
    UnitReport,
    counted,
    nameless,
    period_of,
    result_report,
    set_aside,
    units_in,
)
from skm.scores.index import score
from skm.scores.options import ScoreOptions
from skm.scores.profil import BarisProfil, profile_of
from skm.scores.result import HasilIKM
from skm.stats._estimate import index_variance

FEW = 5  # respondents; fewer under a level of free text are a person
# What `skm mulai` writes beside the sheet that the office fills in.
_KIT = frozenset({"baca-dulu.txt", "fakta.xlsx", "contoh_jawaban.xlsx", "kuesioner.docx", "kuesioner_daring.csv",
                  "kuesioner_daring.txt", "mulai.ipynb", "buka.bat", "laporan.bat"})  # fmt: skip
_PRINTED = (".docx", ".pdf", ".toml", ".odt", ".html")


def read_source(path: Path, cara: CollectOptions) -> FileOutcome:
    """Read one file; what is wrong with it becomes its own outcome and stops nobody else's."""
    name = public_name(path.name)
    try:
        if path.name.lower() in _KIT:
            raise UnreadableFileError("rekap-berkas-kit", berkas=path.name)
        named = named_period(path.name)
        return FileOutcome(
            name,
            tuple(r if r.periode or named is None else replace(r, periode=named) for r in _reports(path, cara)),
        )
    except SKMError as problem:
        return FileOutcome(name, (), problem)


def _reports(path: Path, cara: CollectOptions) -> Iterator[UnitReport]:
    suffix, name = path.suffix.lower(), public_name(path.name)
    if suffix == ".json":
        yield from document_reports(path, cara)
        return
    if suffix in _PRINTED:
        yield from _printed(load(path, units=cara.daftar.names), name, cara)
        return
    if suffix == ".hitungan" or (suffix == ".parquet" and is_counts(path)):
        yield from stored_counts(path, cara)
        return
    try:
        found = _read(path, cara)
    except SKMError as problem:
        # A form or a table of a printed result is no table of answers; where it is neither, the first reason counts.
        # Answers that were recognised and cannot be counted are never looked at as figures: their cells are persons'.
        if not isinstance(problem, (MissingColumnError, EmptyDataError, UnreadableFileError)):
            raise
        try:
            printed = load(path, units=cara.daftar.names)
        except SKMError:
            raise problem from None
        if printed.ikm is None and not printed.unsur and not _units_of(printed, cara):
            if services := {part.nama for part in (*printed.bagian, *printed.daftar) if part.jenis == "layanan"}:
                raise DataError("rekap-layanan", berkas=path.name, banyak=len(services)) from None
            raise
        when = None if printed.periode else period_of_titles(open_sheets(read_bytes(path), path.name))
        yield from (r if r.periode else replace(r, periode=when) for r in _printed(printed, name, cara))
        return
    made = reports_of(found, name, cara)
    alone = isinstance(found, PrintedTable) and len(found) == 1
    yield from (_with_surroundings(r, path, cara) for r in made) if alone else made


def _with_surroundings(report: UnitReport, path: Path, cara: CollectOptions) -> UnitReport:
    """Return the report of a sheet's only table with what the sheet says around it: whose, when, of how many."""
    if report.nama and report.n is not None:
        return report
    try:
        told = load(path, units=cara.daftar.names)
    except SKMError:
        return report
    if report.publikasi is None or [u.nilai for u in told.unsur] != [u.nilai for u in report.publikasi.unsur]:
        return report
    return replace(
        report,
        nama=report.nama or told.unit,
        n=told.n if report.n is None else report.n,
        populasi=report.populasi or told.populasi,
        periode=report.periode or period_of(told.periode),
    )


def _printed(printed: Publikasi, name: str, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield a printed result; a list of units with an index each and nothing else is a result of each of them."""
    lines = _units_of(printed, cara)
    listed = [part for part in lines if cara.daftar.find(part.nama) is not None]
    own = bool(printed.unit) if not cara.daftar.unit else len(listed) * 2 < len(lines)
    if printed.unsur or not lines or own:
        yield printed_report(printed, name, cara)
        return
    for part in lines:
        one = replace(
            printed, unit=part.nama, ikm=part.ikm, n=part.n, mutu=part.mutu, kinerja=part.kinerja, populasi=None,
            daftar=(), bagian=(), rata=(), bagian_rata=(), ikm_lain=(), n_lain=(),
        )  # fmt: skip
        yield printed_report(one, f"{name}: {part.nama}", cara)


def _units_of(printed: Publikasi, cara: CollectOptions) -> list[PartFigure]:
    """Return the lines of a list of units, with their grades where these are printed; no totals, and no services."""
    graded = {(part.nama, part.ikm.nilai) for part in printed.daftar}
    lines = [*printed.daftar, *(part for part in printed.bagian if (part.nama, part.ikm.nilai) not in graded)]
    return [part for part in lines if cara.daftar.find(part.nama) is not None or _is_unit(part)]


def _is_unit(part: PartFigure) -> bool:
    return part.jenis != "layanan" and not is_total(part.nama) and period_of(part.nama) is None


def _read(path: Path, cara: CollectOptions) -> Any:
    """Return what a file holds; of a workbook with a sheet of answers for each of several listed units, all of them.

    Raises
    ------
    DataError
        Several sheets hold answers, and their names are not those of units.
    """
    try:
        return io.read(path, _options(cara))
    except SKMError as problem:
        if problem.code != "lembar-mendua":
            raise
        sheets = [str(name) for name in problem.context.get("pilihan") or ()]
        units = {match.nama for name in sheets if (match := cara.daftar.find(name)) is not None}
        if len(units) < len(sheets):
            raise DataError("rekap-lembar-banyak", lembar=sheets) from None
        return io.read(path, replace(_options(cara), unit="lembar"))


def _options(cara: CollectOptions) -> ReadOptions:
    return ReadOptions(kuesioner=cara.bentuk, u8=cara.u8, nilai_kosong=cara.nilai_kosong, keputusan=cara.keputusan)


def reports_of(found: Any, name: str, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield what is known of each unit in something that has been read.

    Raises
    ------
    OptionError
        It is nothing that holds a result.
    DataError
        It lists the services of one unit, whose figure is not printed.
    """
    if isinstance(found, Survei):
        yield from _answers(found, name, cara)
    elif isinstance(found, Hitungan):
        yield from counted(found, name, "", cara)
    elif isinstance(found, PrintedTable):
        if len(found) > 1 and heads_services(found.kepala) and not any(cara.daftar.find(unit) for unit in found):
            raise DataError("rekap-layanan", berkas=name, banyak=len(found))
        apart = set_aside()
        for unit in found:
            if normalise(found.status.get(unit, "")) in apart:
                continue  # a recap of ours: its row says why it did not count
            one = printed_report(found[unit], f"{name}: {unit}" if len(found) > 1 else name, cara)
            yield one if one.periode else replace(one, periode=found.sumber.periode)
    elif isinstance(found, Publikasi):
        yield printed_report(found, name, cara)
    elif isinstance(found, HasilIKM):
        yield result_report(found, name, "")
    else:
        known = ["path", "Survei", "Hitungan", "HasilIKM", "Publikasi"]
        raise OptionError("opsi-tidak-dikenal", opsi="units", nilai=type(found).__name__, pilihan=known)


def _answers(survei: Survei, name: str, cara: CollectOptions) -> Iterator[UnitReport]:
    notes: list[Finding] = []
    whole = survei
    if cara.periode is not None and survei.bacaan.khusus.tanggal and survei.periode is None:
        survei, notes = _in_period(survei, cara.periode)
    column = survei.bacaan.profil.get(UNIT)
    labels = (
        [] if column is None else list(dict.fromkeys(v for v in survei.tabel.column(column).tolist() if v is not None))
    )
    by = (UNIT,) if len(labels) > 1 else ()
    if not by and column is None and (other := _column_of_units(survei, cara)):
        notes.append(Finding("rekap-kolom-unit", "peringatan", AREA, {"kolom": other, "berkas": name}))
    found = reduce(survei.bacaan, by, BOTH)
    own = survei.asal()
    profile = _profile(survei) if not by else {}
    span = survei.periode or _span(whole) or survei.sumber.periode
    for own_unit in units_in(found.hitungan.label, cara) if by else [OneUnit("", "", (0,))]:
        counts = found.hitungan.take(own_unit.kelompok).total() if by else found.hitungan
        if int(counts.n.sum()) == 0:
            continue
        pola = found.lipatan
        if pola is not None and by:
            codes, names = pola.codes(by)
            labels_of_unit = {found.hitungan.label[i] for i in own_unit.kelompok}
            pola = pola.restrict(np.isin(codes, [i for i, label in enumerate(names) if label in labels_of_unit]))
        hasil = score(
            counts, cara.opsi, pola=pola, asal=replace(own, sidik=counts.fingerprint()), catatan=found.catatan
        )
        variance, df = _variance(pola, cara.opsi)
        yield UnitReport(
            nama=own_unit.nama or (str(labels[0]) if len(labels) == 1 else ""),
            sumber=f"{name}: {own_unit.tertulis}" if own_unit.tertulis else name,
            bukti="jawaban",
            hasil=hasil,
            hitungan=counts,
            n=hasil.n,
            periode=span,
            ragam=variance,
            df=df,
            profil=profile,
            u8_tanpa_nama=nameless(hasil),
            catatan=(*notes, *own_unit.catatan),
            tak_bertuan=bool(by) and not own_unit.nama,
        )


def _column_of_units(survei: Survei, cara: CollectOptions) -> str:
    """Return the header of a column whose values are several listed units, or nothing.

    It may say where respondents live; so it divides nobody, and is told.
    """
    personal = survei.bacaan.khusus.pribadi
    for name in survei.tabel.names if cara.daftar.unit else ():
        if name in personal:
            continue
        values = {v for v in survei.tabel.column(name).tolist() if isinstance(v, str)}
        if 1 < len(values) <= len(cara.daftar.unit) and all(cara.daftar.find(v) for v in values):
            return str(name)
    return ""


def _in_period(survei: Survei, when: Periode) -> tuple[Survei, list[Finding]]:
    """Return the respondents of a period; the whole survey, told, where none is or the dates cannot be read."""
    try:
        kept = survei.period((when.dari, when.hingga), tanpa_tanggal="tolak")
    except SKMError as problem:
        if problem.code == "periode-kosong":
            return survei, []  # nobody in it: its days say that it is of another period
        return survei, [Finding("rekap-periode-tidak-disaring", "peringatan", AREA, {"kode": problem.code})]
    if kept.n == 0:
        return survei, []
    left = survei.n - kept.n
    return kept, [Finding("rekap-di-luar-periode", "catatan", AREA, {"banyak": left, "n": kept.n})] if left else []


def _span(survei: Survei) -> Periode | None:
    """Return the days that the answers cover, where they have dates."""
    if not survei.bacaan.khusus.tanggal:
        return None
    try:
        found = survei.rentang
    except SKMError:
        return None  # dates that cannot be read say nothing of the period; the file's own reading tells
    if found is None:
        return None
    first, last = (day.isoformat() for day in found)
    return Periode(first if first == last else f"{first}..{last}", *found)


def _profile(survei: Survei) -> dict[str, tuple[tuple[str, int], ...]]:
    keys = [key for key in PROFILE if key in survei.bacaan.profil]
    if not keys:
        return {}
    # Rows are counted, whatever they answered: one question is enough, since all of them were read before.
    whole = survei.bacaan.kuesioner
    one = replace(survei.bacaan, kuesioner=whole.with_butir(whole.butir[:1]))
    made = profile_of(one, keys)
    return {key: _levels(key, rows, survei) for key, rows in made.karakteristik.items()}


def _levels(key: str, rows: Sequence[BarisProfil], survei: Survei) -> tuple[tuple[str, int], ...]:
    """Return levels as they may leave the unit: free text of few is put together, since the label may be the person."""
    filled = [row for row in rows if row.jumlah]
    names = [row.name("id") for row in filled]
    shown = merge_small_levels(names, [row.jumlah for row in filled], FEW, survei.bacaan.kuesioner.ciri(key))
    found: dict[str, int] = {}
    for name, row in zip(names, filled, strict=True):
        found[str(shown[name])] = found.get(str(shown[name]), 0) + row.jumlah
    return tuple(found.items())


def _variance(pola: Any, opsi: ScoreOptions) -> tuple[float | None, float | None]:
    """Return variance and degrees of freedom of the index; None where one respondent tells nothing."""
    if pola is None:
        return None, None
    try:
        made = index_variance(pola, opsi.bobot)
    except SKMError:
        return None, None
    return made or (None, None)
