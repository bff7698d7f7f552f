"""`collect`: everything that units sent -> one recap, joined to the list, under one rule, every doubt told."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args

from skm.basics.errors import DataError, OptionError, SKMError, UnreadableFileError
from skm.basics.files import is_folder
from skm.basics.period_value import Periode
from skm.basics.periods import parse_period
from skm.basics.reading_numbers import read_count
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io import decisions
from skm.regulasi._choose import questionnaire
from skm.report._set import MANIFEST
from skm.report.compilation.recap import Recap, RecapRow, unsur_of
from skm.report.compilation.rows import Rules, absent, ordered, reason_of, rows_of, settled
from skm.report.compilation.source import read_source, reports_of
from skm.report.compilation.unit_list import read_units
from skm.report.compilation.unit_report import AREA, CollectOptions, FileOutcome
from skm.report.compilation.worker import WORTH, Told, read_all
from skm.scores.combined import HasilGabungan, combine
from skm.scores.options import ScoreOptions

Duplicates = Literal["tahan", "tepercaya"]
Unlisted = Literal["tinggalkan", "sertakan"]
SMALL = 30
# Files in a folder that are no report: ours, and what Windows and macOS leave in every folder.
_NO_REPORT = (decisions.FILE, MANIFEST, "thumbs.db", "desktop.ini", "icon\r")


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
        read_units(units),
    )
    rules = Rules(cara.daftar, cara, duplicates, unlisted, k, read_count(batas_kecil, "batas_kecil"))
    outcomes = _outcomes(source, cara, processes, maju)
    rows = settled(rows_of(outcomes, rules), rules)
    rows = [*ordered(rows, rules.units), *absent(rows, rules.units)]
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
    elif not _can_be_named(str(source)):
        found = []
    else:
        path = Path(str(source))
        if is_folder(source):
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


def _can_be_named(path: str) -> bool:
    """Tell whether a system can look for a file of that name: none holds a zero, none is endless."""
    try:
        Path(path).stat()
    except ValueError:
        return False
    except OSError as problem:
        return problem.errno != errno.ENAMETOOLONG
    return True


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


def _previous(source: Any, rules: Rules, processes: int | None) -> dict[str, RecapRow]:
    if isinstance(source, Recap):
        return {normalise(r.unit): r for r in source.dihitung}
    own = replace(rules, cara=replace(rules.cara, periode=None))
    found = settled(rows_of(_outcomes(source, own.cara, processes, None), own), own)
    return {normalise(r.unit): r for r in found if r.dihitung}


def _with_previous(rows: list[RecapRow], before: Mapping[str, RecapRow]) -> list[RecapRow]:
    out = []
    for row in rows:
        old = before.get(normalise(row.unit)) if row.dihitung else None
        out.append(
            row if old is None else replace(row, lalu=old.ikm, lalu_ragam=old.ragam, lalu_df=old.df, lalu_n=old.n)
        )
    return out


def _only_period(rows: Sequence[RecapRow]) -> str:
    found = {row.periode for row in rows if row.periode and row.dihitung}
    return found.pop() if len(found) == 1 else ""


def _notes(rows: Sequence[RecapRow], rules: Rules, when: Periode | None) -> list[Finding]:
    found: list[Finding] = []
    counted = [row for row in rows if row.dihitung]
    if not counted:
        found.append(Finding("rekap-tak-ada", "kesalahan", AREA))
    if rules.units.kolom_lain:
        found.append(Finding("rekap-daftar-kolom-lain", "catatan", AREA, {"kolom": list(rules.units.kolom_lain)}))
    if silent := [row.unit for row in rows if row.status == "belum"]:
        facts = {"banyak": len(silent), "semua": len(rules.units.unit), "unit": silent}
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
        note = Finding("rekap-tanpa-gabungan", "kesalahan", AREA, {"cara": method, "sebab": reason_of(problem)})
        return replace(recap, catatan=(*recap.catatan, note))
    return replace(recap, gabungan=city)
