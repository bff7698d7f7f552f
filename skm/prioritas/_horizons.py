"""Short, medium and long term: the regulation's horizons as data, with what it leaves open decided in one place."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.periods import parse_period
from skm.basics.reading_numbers import read_count
from skm.basics.strict_mapping import StrictReader
from skm.regulasi import DEFAULT


@dataclass(frozen=True, slots=True)
class Jangka:
    """A horizon. Months from ``dari`` to ``sampai`` belong to it, both included; an open end is None.

    ``tercetak`` is the regulation's wording, which says nothing of exactly 12 and exactly 24 months.
    """

    id: str
    nama: Mapping[str, str]
    tercetak: str
    di_bawah: int | None
    dari: int | None
    sampai: int | None
    di_atas: int | None

    def name(self, lang: str | None = None) -> str:
        """Return the name people read."""
        return self.nama[resolve_lang(lang)]

    def holds(self, bulan: int, lebih: bool = False) -> bool:
        """Tell whether so many months, or some days more (``lebih``), belong here."""
        return not (
            (self.di_bawah is not None and bulan >= self.di_bawah)
            or (self.dari is not None and bulan < self.dari)
            or (self.sampai is not None and (bulan > self.sampai or (bulan == self.sampai and lebih)))
            or (self.di_atas is not None and (bulan < self.di_atas or (bulan == self.di_atas and not lebih)))
        )


def horizon(bulan: Any = None, *, mulai: Any = None, selesai: Any = None) -> Jangka:
    """Return the horizon of a plan.

    Parameters
    ----------
    bulan : int, optional
        Months that the plan takes.
    mulai, selesai : date, text or period, optional
        Instead of months: the day it begins and the day it is to be done, compared by the calendar. Of a period
        the first day begins and the last day ends.

    Returns
    -------
    Jangka
        Below 12 months short, 12 to 24 medium, above 24 long. The regulation (p. 24) prints "less than 12", "more than
        12 and less than 24" and "more than 24" and leaves exactly 12 and exactly 24 open; both count as medium here,
        so that short term always means done within a year.

    Raises
    ------
    OptionError
        No duration, a negative one, or an end before the beginning.

    Examples
    --------
    >>> [horizon(m).id for m in (11, 12, 24, 25)]
    ['pendek', 'menengah', 'menengah', 'panjang']
    >>> horizon(mulai="2024-10-14", selesai="2025-10-14").id, horizon(mulai="2024-10-14", selesai="2026-10-15").id
    ('menengah', 'panjang')
    """
    if bulan is not None:
        months, more = read_count(bulan, "bulan"), False
    elif mulai is not None and selesai is not None:
        months, more = _months(_day(mulai, first=True), _day(selesai, first=False))
    else:
        raise OptionError("jangka-kosong")
    return next(j for j in horizons() if j.holds(months, more))


@cache
def horizons(regulasi: str = DEFAULT) -> tuple[Jangka, ...]:
    """Return the horizons of the regulation, from short to long."""
    source = resources.files("skm").joinpath("data", "rtl", f"{regulasi}.toml")
    top = StrictReader.parse(source.read_bytes(), f"{regulasi}.toml")
    found = []
    for row in top.tables("jangka"):
        bounds = [row.integer(k, required=False, default=-1) for k in ("di_bawah", "dari", "sampai", "di_atas")]
        found.append(
            Jangka(row.text("id"), row.bilingual("nama"), row.text("tercetak"), *(None if b < 0 else b for b in bounds))
        )
        row.finish()
    return tuple(found)


def _months(start: date, end: date) -> tuple[int, bool]:
    """Return the whole calendar months between two days, and whether some days are left over."""
    if end < start:
        raise OptionError("jangka-terbalik", mulai=start.isoformat(), selesai=end.isoformat())
    months = (end.year - start.year) * 12 + end.month - start.month
    if _after(start, months) > end:
        months -= 1
    return months, _after(start, months) < end


def _after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _day(value: Any, *, first: bool) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        period = parse_period(value)
        return period.dari if first else period.hingga
