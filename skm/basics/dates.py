"""Dates as they stand in files, and the periods that a survey is cut by.

Day and month are never guessed cell by cell: the order is decided once for the whole column, and where the
column cannot tell, asking for a period is an error.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, OptionError
from skm.basics.messages import Phrase
from skm.basics.months import MONTH_PATTERN, MONTHS
from skm.basics.period_value import Periode, calendar_unit, month_end

Urutan = Literal["hari-bulan", "bulan-hari"]

_EPOCH = date(1899, 12, 30).toordinal()  # day 0 of Excel's calendar, for every day after February 1900
_FIRST, _LAST = date(2000, 1, 1).toordinal(), date(2099, 12, 31).toordinal()

_CLOCK = r"(?P<jam>\d{1,2})[:.](?P<menit>\d{2})(?:[:.](?P<detik>\d{2})(?:[.,]\d+)?)?(?: ?(?P<ampm>[ap]\.?m\.?))?"
_ZONE = r"(?: ?(?:z|wib|wita|wit|(?:gmt|utc)? ?[+-]\d{1,2}(?::?\d{2})?|gmt|utc))?"
_TIME = rf"(?:[ T,]+(?:pukul |jam |at )?{_CLOCK}{_ZONE})?"
_ISO = re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}", re.I)
_PACKED = re.compile(r"(?P<y>20\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)")
_NUMERIC = re.compile(rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y>\d{{4}}|\d{{2}}){_TIME}", re.I)
_DAY_NAME = re.compile(rf"(?P<d>\d{{1,2}})[ \-/.]*(?P<n>{MONTH_PATTERN})[ \-/.,]*(?P<y>\d{{4}}|\d{{2}}){_TIME}", re.I)
_NAME_DAY = re.compile(rf"(?P<n>{MONTH_PATTERN})[ \-.]+(?P<d>\d{{1,2}})[ ,]+(?P<y>\d{{4}}){_TIME}", re.I)
_YEAR_MONTH = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})")
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})")
_NAME_YEAR = re.compile(rf"(?P<n>{MONTH_PATTERN})[ \-/.,]*(?P<y>\d{{4}})", re.I)
_DAYS = r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)"
_WEEKDAY = re.compile(rf"^{_DAYS}[a-z]*[ ,.]+", re.I)
# How every date begins, and that it holds a year: most texts of a survey are told apart by that alone.
_PERHAPS = re.compile(rf"\s*(?:\d|{_DAYS}|{MONTH_PATTERN}).*?\d\d", re.I | re.S)


@dataclass(frozen=True, slots=True, eq=False)
class DateColumn:
    """A column of dates, read.

    Attributes
    ----------
    mulai, akhir : int array
        First and last day that the cell can mean, as proleptic ordinals; equal where it names a day, a month
        apart where it names a month only. 0 where there is no date.
    detik : int array
        Seconds since midnight; -1 where no time is told.
    urutan : {"hari-bulan", "bulan-hari", ""}
        How 3/4/2026 was read; empty where nothing depends on it.
    mendua : bool
        Some cells could be read both ways and no other cell decides.
    salah : int array
        Positions of cells that hold something that is no date.
    """

    mulai: NDArray[np.int32]
    akhir: NDArray[np.int32]
    detik: NDArray[np.int32]
    urutan: str
    mendua: bool
    salah: NDArray[np.intp]

    @property
    def rentang(self) -> tuple[date, date] | None:
        """First and last day in the column."""
        known = self.mulai > 0
        if not known.any():
            return None
        return date.fromordinal(int(self.mulai[known].min())), date.fromordinal(int(self.akhir[known].max()))


@dataclass(frozen=True, slots=True)
class _ReadDate:
    """One cell: (first day, last day, seconds), or numbers whose order is still open, or neither."""

    hari: tuple[int, int] | None = None
    terbuka: tuple[int, int, int] | None = None
    detik: int = -1
    salah: bool = False
    sel_tanggal: bool = False


def read_dates(values: Sequence[Any], urutan: Urutan | None = None) -> DateColumn:
    """Read a column of dates.

    Understood are date cells, ISO dates, d/m/y in either order, Indonesian and English month names, Excel serial
    numbers, and months alone ("2026-07", "Juli 2026").

    Parameters
    ----------
    values : sequence
        Cells; None is no date.
    urutan : {"hari-bulan", "bulan-hari"}, optional
        How 3/4/2026 is to be read. Default: whatever the column shows.

    Raises
    ------
    DataError
        The column holds dates that can only be day first and dates that can only be month first.

    Examples
    --------
    >>> t = read_dates(["31/12/2024", "10/03/2024"])
    >>> [date.fromordinal(d).isoformat() for d in t.mulai.tolist()]
    ['2024-12-31', '2024-03-10']
    """
    if urutan not in (None, "hari-bulan", "bulan-hari"):
        raise OptionError("opsi-tidak-dikenal", opsi="urutan", nilai=urutan, pilihan=["hari-bulan", "bulan-hari"])
    table: dict[Any, int] = {}
    read: list[_ReadDate] = []
    places = np.empty(len(values), np.int64)
    for i, value in enumerate(values):
        key = (type(value), value)
        at = table.get(key)
        if at is None:
            at = table[key] = len(read)
            read.append(_read_cell(value))
        places[i] = at
    order, unclear = _decide(read, urutan)
    days = [_days(cell, order) for cell in read]
    start, end, seconds, wrong = (np.array([d[k] for d in days] or [0]) for k in range(4))
    if not len(places):
        places = np.zeros(0, np.int64)
    return DateColumn(
        start[places].astype(np.int32),
        end[places].astype(np.int32),
        seconds[places].astype(np.int32),
        order if any(cell.terbuka for cell in read) else "",
        unclear,
        np.flatnonzero(wrong[places]),
    )


def is_date_like(value: Any) -> bool:
    """Tell whether a cell is a date beyond doubt (numbers are not)."""
    if isinstance(value, (date, np.datetime64)):
        return True
    if not isinstance(value, str) or len(value) < 6 or (value.isascii() and not _PERHAPS.match(value)):
        return False
    return not _read_cell(value).salah and not value.strip().isdigit()


def within(tanggal: DateColumn, periode: Periode) -> NDArray[np.bool_]:
    """Return which rows lie in the period.

    Raises
    ------
    DataError
        Day and month cannot be told apart, or a cell that names a month only lies across the border.
    """
    if tanggal.mendua:
        raise DataError("tanggal-mendua")
    first, last = periode.dari.toordinal(), periode.hingga.toordinal()
    inside = (tanggal.mulai >= first) & (tanggal.akhir <= last) & (tanggal.mulai > 0)
    touching = (tanggal.mulai > 0) & (tanggal.mulai <= last) & (tanggal.akhir >= first)
    across = int((touching & ~inside).sum())
    if across:
        raise DataError("tanggal-terlalu-kasar", banyak=across, periode=periode.phrase())
    return inside


def period_labels(tanggal: DateColumn, satuan: str) -> list[str | None]:
    """Return the label of the year, semester, triwulan or month of every row; None where there is no date.

    Raises
    ------
    DataError
        Day and month cannot be told apart.
    """
    if tanggal.mendua:
        raise DataError("tanggal-mendua")

    def label(first: int, last: int) -> str | None:
        if not first:
            return None
        a, b = (calendar_unit(date.fromordinal(day), UNITS[satuan]).label for day in (first, last))
        return a if a == b else None

    pairs = list(zip(tanggal.mulai.tolist(), tanggal.akhir.tolist(), strict=True))
    table = {pair: label(*pair) for pair in set(pairs)}
    return [table[pair] for pair in pairs]


UNITS = {"tahun": 12, "semester": 6, "triwulan": 3, "bulan": 1}


def _decide(cells: list[_ReadDate], urutan: Urutan | None) -> tuple[str, bool]:
    """Return the order of day and month for the whole column, and whether it stays open."""
    open_cells = [cell.terbuka for cell in cells if cell.terbuka is not None]
    day_first = [c for c in open_cells if c[0] > 12]
    month_first = [c for c in open_cells if c[1] > 12]
    if day_first and month_first:
        raise DataError("tanggal-campur", hari_bulan=len(day_first), bulan_hari=len(month_first))
    if urutan is not None:
        if (urutan == "hari-bulan" and month_first) or (urutan == "bulan-hari" and day_first):
            raise DataError("tanggal-lawan-urutan", urutan=urutan)
        return urutan, False
    if month_first:
        return "bulan-hari", False
    if day_first:
        # Excel under American settings turns 3/4/2026 into 4 March and leaves 13/4/2026 as text: real dates that
        # all have a day up to 12, beside texts that all have a day above 12, were swapped on opening.
        real = [date.fromordinal(c.hari[0]).day for c in cells if c.sel_tanggal and c.hari]
        swapped = len(real) >= 3 and max(real) <= 12 and len(day_first) == len(open_cells)
        return "hari-bulan", swapped
    return "hari-bulan", any(a != b for a, b, _ in open_cells)


def _days(cell: _ReadDate, order: str) -> tuple[int, int, int, bool]:
    if cell.terbuka is not None:
        a, b, year = cell.terbuka
        day, month = (a, b) if order == "hari-bulan" else (b, a)
        ordinal = _ordinal(year, month, day)
        return ordinal, ordinal, cell.detik if ordinal else -1, not ordinal
    if cell.hari is not None:
        return *cell.hari, cell.detik, False
    return 0, 0, -1, cell.salah


def _read_cell(value: Any) -> _ReadDate:
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ == "NaTType":
        return _ReadDate()
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[s]").item()
        if value is None:
            return _ReadDate()
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return _ReadDate((value.toordinal(),) * 2, detik=seconds, sel_tanggal=True)
    if isinstance(value, date):
        return _ReadDate((value.toordinal(),) * 2, sel_tanggal=True)
    if isinstance(value, bool):
        return _ReadDate(salah=True)
    if isinstance(value, (int, float, np.number)):
        return _serial(float(value))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return _read_text(text) if text else _ReadDate()


def _serial(number: float) -> _ReadDate:
    day = _EPOCH + int(number)
    if not _FIRST <= day <= _LAST:
        if number.is_integer() and 20000101 <= number <= 20991231:
            return _read_text(str(int(number)))
        return _ReadDate(salah=True)
    fraction = number - int(number)
    return _ReadDate((day, day), detik=round(fraction * 86400) % 86400 if fraction else -1)


@cache
def _patterns(digit: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return how dates are written that begin with a digit, or with the name of a month."""
    if not digit:
        return (_NAME_DAY, "ymd"), (_NAME_YEAR, "ym")
    return (
        (_ISO, "ymd"),
        (_PACKED, "ymd"),
        (_NUMERIC, "ab"),
        (_DAY_NAME, "ymd"),
        (_YEAR_MONTH, "ym"),
        (_MONTH_YEAR, "ym"),
    )


def _read_text(text: str) -> _ReadDate:
    compact = re.sub(r"\s+", " ", _WEEKDAY.sub("", text))
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", compact):
        return _serial(float(compact.replace(",", ".")))
    for pattern, kind in _patterns(compact[:1].isdecimal()):
        match = pattern.fullmatch(compact)
        if match is None:
            continue
        part = match.groupdict()
        year = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0)
        seconds = _seconds(part)
        if seconds is None:
            return _ReadDate(salah=True)
        if kind == "ab":
            a, b = int(part["a"]), int(part["b"])
            if not (_ordinal(year, b, a) or _ordinal(year, a, b)):
                return _ReadDate(salah=True)
            return _ReadDate(terbuka=(a, b, year), detik=seconds)
        month = MONTHS[part["n"].lower()] if part.get("n") else int(part["m"])
        if kind == "ym":
            first = _ordinal(year, month, 1)
            return _ReadDate((first, month_end(year, month).toordinal())) if first else _ReadDate(salah=True)
        day = _ordinal(year, month, int(part["d"]))
        return _ReadDate((day, day), detik=seconds) if day else _ReadDate(salah=True)
    return _ReadDate(salah=True)


def _seconds(part: dict[str, str | None]) -> int | None:
    """Return seconds since midnight, -1 where no time is told, None where the time is impossible."""
    if part.get("jam") is None:
        return -1
    hour, minute, second = (int(part.get(key) or 0) for key in ("jam", "menit", "detik"))
    if suffix := (part.get("ampm") or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if suffix.startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def _ordinal(year: int, month: int, day: int) -> int:
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        return 0
    return ordinal if _FIRST <= ordinal <= _LAST else 0


def span_text(span: tuple[date, date] | None, lang: str | None = None) -> str:
    """Return first and last day as people read them, or a dash.

    >>> span_text((date(2026, 7, 1), date(2026, 12, 31)), "id")
    '2026-07-01 s.d. 2026-12-31'
    """
    return "-" if span is None else span_phrase(span).text(lang)


def span_phrase(span: tuple[date, date] | None) -> Phrase:
    """Return first and last day, to be written in the language of the sentence around them."""
    if span is None:
        return Phrase("survei", "rentang-kosong")
    return Phrase("survei", "rentang", {"dari": span[0].isoformat(), "hingga": span[1].isoformat()})
