"""Columns that a grouping needs and the source does not hold: periods out of dates, age groups out of ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skm.answers import ages
from skm.answers.frames.remote import Derived
from skm.answers.understand import Reading
from skm.basics import dates
from skm.basics.errors import DataError
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.regulasi._kuesioner import KelompokUsia


def with_periods(bacaan: Reading, by: Sequence[str]) -> Reading:
    """Return the same reading with columns of years, semesters, quarters or months, where it is grouped by them.

    A column that bears such a name in the data is taken as it is, unless it is the date column itself and holds dates.

    Raises
    ------
    DataError
        Day and month of the dates cannot be told apart.
    """
    stamp = bacaan.khusus.tanggal
    for unit in by:
        taken = unit in bacaan.profil or (unit in bacaan.tabel.names and unit != stamp)
        if unit not in dates.UNITS or taken:
            continue
        if stamp is None:
            heads = [name for name in bacaan.tabel.names if normalise(name) == unit]
            bacaan = replace(bacaan, profil=bacaan.profil | {unit: heads[0]}) if len(heads) == 1 else bacaan
            continue
        tabel = bacaan.tabel
        read, _ = tabel.days(stamp)
        try:
            labels = dates.period_labels(dates.read_dates(read), unit)
        except DataError as problem:
            raise DataError(problem.code, **{**bacaan.tempat, "kolom": stamp, **problem.context}) from None
        if normalise(stamp) == unit and not any(labels):
            bacaan = replace(bacaan, profil=bacaan.profil | {unit: stamp})  # "Januari", 202501: times of its own words
            continue
        own = f"{unit} ({stamp})"
        values = np.empty(len(labels), dtype=object)
        values[:] = labels
        if tabel.remote is None:
            tabel = tabel.with_column(own, values)
        else:
            tabel = tabel.derive(own, Derived(stamp, dict(zip(read, labels, strict=True)), day=True))
        bacaan = replace(bacaan, tabel=tabel, profil=bacaan.profil | {unit: own})
    return bacaan


def with_age_groups(
    bacaan: Reading, by: Sequence[str], names: Sequence[str] | None = None
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
