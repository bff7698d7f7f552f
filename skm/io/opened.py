"""Whatever was handed over -> an understood table, or counts: the common entry of all friendly functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from skm.answers import ages, understand
from skm.answers.frames.remote import Derived, RemoteTable
from skm.answers.survei import Survei
from skm.answers.table import RawTable
from skm.answers.understand import Reading
from skm.basics import dates
from skm.basics.errors import DataError, OptionError
from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan, roll_up
from skm.counts.pola import Pola
from skm.counts.reduce import both, tally
from skm.io import read as io
from skm.io.layouts.aggregate import kind_of
from skm.regulasi._choose import questionnaire
from skm.regulasi._kuesioner import KelompokUsia
from skm.scores.options import ScoreOptions


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a table is to be understood (see `skm.score` for the options)."""

    regulasi: Any = None
    kuesioner: Any = None
    u8: str | None = None
    nilai_kosong: Sequence[Any] = ()
    columns: Sequence[str] | None = None
    digits: bool = False


def reduce(
    data: Any, by: tuple[str, ...], opsi: ScoreOptions, cara: ReadOptions
) -> tuple[Hitungan, Pola | None, Origin, list[Finding]]:
    """Bring any input to counts, with the patterns where the options need them."""
    if isinstance(data, Hitungan):
        if cara != ReadOptions():
            raise OptionError("hitungan-sudah-jadi")
        counts = data.total() if not by else data if data.kunci == by else roll_up(data, by)
        return counts, None, Origin(sidik=counts.fingerprint()), []
    if isinstance(data, (str, Path)):
        data, cara = opened(data, cara)
        if isinstance(data, Hitungan):
            return reduce(data, by, opsi, cara)
    bacaan, asal = understood(data, cara)
    bacaan, _, notes = with_age_groups(with_periods(bacaan, by), by)
    several = len(bacaan.kuesioner.unsur) < len(bacaan.kuesioner.butir)
    pola: Pola | None = None
    if opsi.pertanyaan == "responden" and several:
        counts, pola, found = both(bacaan, by)
    else:
        counts, found = tally(bacaan, by)
    told = _without(found, {bacaan.profil.get(key, key) for key in by})
    return counts, pola, replace(asal, sidik=counts.fingerprint() if not by else ""), [*told, *notes]


def understood(data: Any, cara: ReadOptions) -> tuple[Reading, Origin]:
    """Bring a survey, a path or any table to an understood table, with what results say of its source."""
    if isinstance(data, Survei) and cara == ReadOptions():
        return data.bacaan, data.asal()
    if isinstance(data, (str, Path, Survei)) and cara.columns is not None:
        raise OptionError("columns-hanya-larik")
    if isinstance(data, (str, Path)):
        data, cara = opened(data, cara)
        if not isinstance(data, Survei):
            raise DataError("bukan-survei", tata_letak=kind_of(data))
        return data.bacaan, data.asal()
    base, peta = questionnaire(cara.kuesioner, cara.regulasi)
    if isinstance(data, Survei):
        if cara.kuesioner is None and cara.regulasi is None:
            base = data.bacaan.kuesioner_dasar
        data = data.reinterpret(base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong)
    if isinstance(data, Survei):
        return data.bacaan, data.asal()
    bacaan = understand.understand(
        data, base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong, columns=cara.columns, digits=cara.digits
    )
    return bacaan, Origin(u8=bacaan.u8, nilai_kosong=tuple(map(repr, cara.nilai_kosong)))


def opened(path: str | Path, cara: ReadOptions) -> tuple[Survei | Hitungan, ReadOptions]:
    """Read a path to a survey or to counts; the ways of reading are used up by it.

    Raises
    ------
    DataError
        The file holds printed results, which are no counts.
    """
    base, peta = questionnaire(cara.kuesioner, cara.regulasi)
    read = io.read(path, base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong)
    if isinstance(read, io.PrintedTable):
        raise DataError("bukan-survei", tata_letak=read.sumber.tata_letak, berkas=read.sumber.berkas)
    return read, ReadOptions()


def _without(notes: Sequence[Finding], used: set[str]) -> list[Finding]:
    """Take columns that divide the groups out of the note about unused ones."""
    out = []
    for note in notes:
        columns = [c for c in note.bukti.get("kolom", ()) if c not in used]
        if note.kode != "kolom-diabaikan" or len(columns) == len(note.bukti["kolom"]):
            out.append(note)
        elif columns:
            out.append(replace(note, bukti={"kolom": columns, "banyak": len(columns)}))
    return out


def with_periods(bacaan: Reading, by: tuple[str, ...]) -> Reading:
    """Return the same reading with columns of years, semesters, quarters or months, where it is grouped by them.

    A column that bears such a name in the data is taken as it is, unless it is the date column itself.

    Raises
    ------
    DataError
        Day and month of the dates cannot be told apart.
    """
    stamp = bacaan.khusus.tanggal
    for unit in by:
        taken = unit in bacaan.profil or (unit in bacaan.tabel.names and unit != stamp)
        if unit not in dates.UNITS or taken or stamp is None:
            continue
        own = f"{unit} ({stamp})"
        if bacaan.tabel.remote is not None:
            bacaan = replace(bacaan, tabel=_remote_periods(bacaan, stamp, unit, own), profil=bacaan.profil | {unit: own})
            continue
        try:
            labels = dates.period_labels(dates.read_dates(bacaan.tabel.column(stamp).tolist()), unit)
        except DataError as problem:
            raise DataError(problem.code, **{**bacaan.tempat, "kolom": stamp, **problem.context}) from None
        values = np.empty(len(labels), dtype=object)
        values[:] = labels
        bacaan = replace(bacaan, tabel=bacaan.tabel.with_column(own, values), profil=bacaan.profil | {unit: own})
    return bacaan


def _remote_periods(bacaan: Reading, stamp: str, unit: str, own: str) -> RawTable:
    """Return a table of an engine with a column of periods; only the distinct days come home."""
    days = [day for day, _ in cast(RemoteTable, bacaan.tabel.remote).values_of(stamp, day=True)]
    try:
        labels = dates.period_labels(dates.read_dates(days), unit)
    except DataError as problem:
        raise DataError(problem.code, **{"kolom": stamp, **problem.context}) from None
    return bacaan.tabel.derive(own, Derived(stamp, dict(zip(days, labels, strict=True)), day=True))


def with_age_groups(
    bacaan: Reading, by: tuple[str, ...], names: Sequence[str] | None = None
) -> tuple[Reading, tuple[KelompokUsia, ...], list[Finding]]:
    """Return the same reading with ages turned into age groups, where it is grouped by age.

    The groups are the caller's (``names``, as printed), else the questionnaire's; they are returned only where
    ages were grouped, that is where the column holds ages and not groups already.
    """
    column = bacaan.profil.get("usia")
    ciri = bacaan.kuesioner.ciri("usia")
    groups = (ages.parse_bins(names) if names else None) or (ciri.kelompok if ciri else ())
    if column is None or not groups or not ({"usia", column} & set(by)):
        return bacaan, (), []
    grouped, notes = ages.with_age_groups(bacaan, column, groups)
    return grouped, (groups if grouped is not bacaan else ()), notes
