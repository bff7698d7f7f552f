"""One file that a unit sent -> what it says of one unit or of several, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm.answers.small_levels import merge_small_levels
from skm.answers.survei import Survei
from skm.basics.errors import EmptyDataError, MissingColumnError, OptionError, SKMError, UnreadableFileError
from skm.basics.period_value import Periode
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan
from skm.counts.reduce import BOTH, reduce
from skm.io import read as io
from skm.io.layouts.aggregate import PrintedTable
from skm.io.options import ReadOptions
from skm.publikasi import Publikasi, load
from skm.report.compilation.printed import printed_report
from skm.report.compilation.stored import document_reports, is_counts, stored_counts
from skm.report.compilation.unit_report import (
    AREA,
    PROFILE,
    UNIT,
    CollectOptions,
    FileOutcome,
    UnitReport,
    counted,
    nameless,
    result_report,
)
from skm.scores.index import score
from skm.scores.options import ScoreOptions
from skm.scores.profil import BarisProfil, profile_of
from skm.scores.result import HasilIKM
from skm.stats._estimate import index_variance

FEW = 5  # respondents; fewer under a level of free text are a person
_PRINTED = (".docx", ".pdf", ".toml", ".odt", ".html")


def read_source(path: Path, cara: CollectOptions) -> FileOutcome:
    """Read one file; what is wrong with it becomes its own outcome and stops nobody else's."""
    try:
        return FileOutcome(path.name, tuple(_reports(path, cara)))
    except SKMError as problem:
        return FileOutcome(path.name, (), problem)


def _reports(path: Path, cara: CollectOptions) -> Iterator[UnitReport]:
    suffix = path.suffix.lower()
    if suffix == ".json":
        yield from document_reports(path, cara)
        return
    if suffix in _PRINTED:
        yield printed_report(load(path), path.name, cara)
        return
    if suffix == ".hitungan" or (suffix == ".parquet" and is_counts(path)):
        yield from stored_counts(path, cara)
        return
    try:
        found = io.read(path, _options(cara))
    except SKMError as problem:
        # A form or a table of a printed result is no table of answers; where it is neither, the first reason counts.
        # Answers that were recognised and cannot be counted are never looked at as figures: their cells are persons'.
        if not isinstance(problem, (MissingColumnError, EmptyDataError, UnreadableFileError)):
            raise
        try:
            printed = load(path)
        except SKMError:
            raise problem from None
        if printed.ikm is None and not printed.unsur:
            raise
        yield printed_report(printed, path.name, cara)
        return
    yield from reports_of(found, path.name, cara)


def _options(cara: CollectOptions) -> ReadOptions:
    return ReadOptions(kuesioner=cara.bentuk, u8=cara.u8, nilai_kosong=cara.nilai_kosong, keputusan=cara.keputusan)


def reports_of(found: Any, name: str, cara: CollectOptions) -> Iterator[UnitReport]:
    """Yield what is known of each unit in something that has been read.

    Raises
    ------
    OptionError
        It is nothing that holds a result.
    """
    if isinstance(found, Survei):
        yield from _answers(found, name, cara)
    elif isinstance(found, Hitungan):
        yield from counted(found, name, "", cara)
    elif isinstance(found, PrintedTable):
        for unit in found:
            yield printed_report(found[unit], f"{name}: {unit}" if len(found) > 1 else name, cara)
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
    found = reduce(survei.bacaan, by, BOTH)
    own = survei.asal()
    profile = _profile(survei) if not by else {}
    span = survei.periode or _span(whole)
    for position, label in enumerate(found.hitungan.label):
        counts = found.hitungan.alone(position) if by else found.hitungan
        unit = "" if not label or label[0] is None else str(label[0])
        if int(counts.n.sum()) == 0:
            continue
        pola = found.lipatan
        if pola is not None and by:
            codes, names = pola.codes(by)
            pola = pola.restrict(codes == names.index(label))
        hasil = score(
            counts, cara.opsi, pola=pola, asal=replace(own, sidik=counts.fingerprint()), catatan=found.catatan
        )
        variance, df = _variance(pola, cara.opsi)
        yield UnitReport(
            nama=unit or (str(labels[0]) if len(labels) == 1 else ""),
            sumber=f"{name}: {unit}" if by else name,
            bukti="jawaban",
            hasil=hasil,
            hitungan=counts,
            n=hasil.n,
            periode=span,
            ragam=variance,
            df=df,
            profil=profile,
            u8_tanpa_nama=nameless(hasil),
            catatan=tuple(notes),
        )


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
    made = profile_of(survei.bacaan, keys)
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
