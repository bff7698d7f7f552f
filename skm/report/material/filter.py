"""The period of a report cuts the answers wherever they have dates; where they have none it is a name.

An office names the period once, in the facts form or on the command line. A form that has been open for years would
otherwise be counted whole under the name of one semester.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from skm.answers import repairs
from skm.answers.account import RowAccount
from skm.answers.cells import is_blank
from skm.answers.survei import Survei
from skm.basics.dates import DateColumn, read_dates, within
from skm.basics.errors import DataError, OptionError
from skm.basics.period_value import Periode, stretch
from skm.basics.periods import parse_period
from skm.basics.values import Finding
from skm.report.material.facts import Fakta

_UNDATED = ("tolak", "lewati", "ikut")
_DAYS = ("survei_mulai", "survei_selesai")


def in_period(
    survei: Survei, fakta: Fakta, *, urutan: Any = None, tanpa_tanggal: str = "tolak"
) -> tuple[Survei, Fakta, tuple[Finding, ...]]:
    """Return the respondents of the period, the facts with its name, and what to say about it.

    Raises
    ------
    OptionError
        The period is in words that nobody understands, and no first and last day say what it means.
    DataError
        Nobody answered in the period, or some rows have no date and nobody said what to do with them.
    """
    if tanpa_tanggal not in _UNDATED:
        raise OptionError("opsi-tidak-dikenal", opsi="tanpa_tanggal", nilai=tanpa_tanggal, pilihan=list(_UNDATED))
    name = fakta.text("periode", "id")
    days = _days(fakta)
    if survei.periode is not None and name is None and days is None:
        return survei, fakta.with_values(periode=survei.periode.label), ()
    if name is None and days is None:
        return survei, fakta, ()
    column = survei.bacaan.khusus.tanggal
    cells = [] if column is None else survei.tabel.column(column).tolist()
    if not any(str(cell).strip() for cell in cells if not is_blank(cell)):
        understood(fakta)
        label = name if name is not None else (days.label if days else "")
        return survei, fakta.with_values(periode=label), (Finding("periode-nama-saja", "catatan", "laporan", {}),)
    wanted = days if days is not None else parse_period(name)
    fakta = fakta.with_values(periode=name if name is not None else wanted.label)
    if survei.periode is not None and (survei.periode.dari, survei.periode.hingga) == (wanted.dari, wanted.hingga):
        return survei, fakta, ()
    found = read_dates(cells, urutan)
    undated = int((found.mulai == 0).sum())
    if undated and tanpa_tanggal == "tolak":
        place = dict(survei.bacaan.tempat)
        first = repairs.row_label(survei.bacaan, int(np.flatnonzero(found.mulai == 0)[0]))
        raise DataError(
            "periode-tanpa-tanggal", banyak=undated, dari=len(cells), periode=wanted.phrase(), tempat=first, **place
        )
    cut = _cut_by_days(name, days, found)
    if not undated or tanpa_tanggal == "lewati":
        return survei.period(wanted, urutan=urutan, tanpa_tanggal="lewati"), fakta, cut
    return _with_undated(survei, wanted, found), fakta, cut


def _cut_by_days(name: str | None, days: Periode | None, found: DateColumn) -> tuple[Finding, ...]:
    """Say where the days of collection leave out answers of the named period: a figure must not shrink unseen."""
    if name is None or days is None:
        return ()
    try:
        named = parse_period(name)
    except OptionError:  # an office's own name; its days say what it means
        return ()
    lost = int((within(found, named) & ~within(found, days)).sum())
    if not lost:
        return ()
    facts = {"luar": lost, "periode": named.phrase(), "rentang": days.phrase()}
    return (Finding("periode-hari-memotong", "peringatan", "laporan", facts),)


def named(fakta: Fakta, periode: Any) -> Fakta:
    """Return the facts under the period that the caller names.

    Where the form itself is of another period, its days of collection are those of that other period: they neither
    cut these answers nor stand in their report.
    """
    own = fakta.text("periode", "id")
    if periode is not None and own is not None and _differ(own, periode):
        fakta = replace(fakta, isi={key: value for key, value in fakta.isi.items() if key not in _DAYS})
    return fakta.with_values(periode=periode)


def _differ(one: Any, other: Any) -> bool:
    """Tell whether two names of periods mean different days; a name of the office's own may mean any."""
    try:
        a, b = parse_period(one), parse_period(other)
    except OptionError:
        return False
    return (a.dari, a.hingga) != (b.dari, b.hingga)


def understood(fakta: Fakta) -> None:
    """Refuse a period that nobody understands, also where it is only the name of a file's one period.

    First and last day of collection say what a name of the office's own means; it stays as it is then.

    Raises
    ------
    OptionError
        The code says what is wrong with the words.
    """
    name = fakta.text("periode", "id")
    if name is not None and _days(fakta) is None:
        parse_period(name)


def _with_undated(survei: Survei, wanted: Periode, found: DateColumn) -> Survei:
    """Return the respondents of the period and those without a date, in the order of the file."""
    undated = found.mulai == 0
    inside = within(found, wanted)
    kept = np.flatnonzero(inside | undated)
    outside = survei.n - len(kept)
    counts = {"masuk": int(inside.sum()), "ikut": int(undated.sum()), "luar": outside}
    facts = {"periode": wanted.phrase(), **counts}
    left = (RowAccount("luar-periode", outside),) if outside else ()
    note = Finding("periode-disaring-ikut", "catatan", "laporan", facts)
    return replace(survei, bacaan=repairs.take(survei.bacaan, kept, left), periode=wanted).noted(note)


def _days(fakta: Fakta) -> Periode | None:
    """Return the days of collection, where both are given as days."""
    first, last = (fakta.get(key) for key in _DAYS)
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    if last < first:
        raise DataError("fakta-hari-terbalik", dari=first.isoformat(), hingga=last.isoformat())
    return stretch(first, last)
