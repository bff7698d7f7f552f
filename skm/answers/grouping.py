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
from skm.regulasi._kuesioner import KelompokUsia


def with_periods(bacaan: Reading, by: Sequence[str]) -> Reading:
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
        tabel = bacaan.tabel
        # Of rows on an engine the distinct days come home; each is put through the same reading.
        far = None if tabel.remote is None else [day for day, _ in tabel.remote.values_of(stamp, day=True)]
        try:
            labels = dates.period_labels(dates.read_dates(tabel.column(stamp).tolist() if far is None else far), unit)
        except DataError as problem:
            raise DataError(problem.code, **{**bacaan.tempat, "kolom": stamp, **problem.context}) from None
        own = f"{unit} ({stamp})"
        values = np.empty(len(labels), dtype=object)
        values[:] = labels
        days = Derived(stamp, dict(zip(far or (), labels, strict=False)), day=True)
        tabel = tabel.with_column(own, values) if far is None else tabel.derive(own, days)
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
