"""The stretch of time that a result is of: a year, a semester, a triwulan, a month, or from day to day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from skm.basics.errors import OptionError

_MONTHS = (
    "januari january jan",
    "februari february pebruari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agt ags agu aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "pertama": 1, "kedua": 2}
# How many months one unit has, by the words for it; the label is that of `Periode`.
_UNITS = {
    6: ("s", "smt", "sem", "semester"),
    3: ("tw", "q", "triwulan", "kuartal", "quarter"),
}
_MARK = {12: "", 6: "-S", 3: "-TW"}


@dataclass(frozen=True, slots=True)
class Periode:
    """A stretch of days, both ends included.

    Attributes
    ----------
    label : str
        "2024", "2024-S2", "2024-TW3", "2024-07", or "2024-06-01..2024-10-14".
    dari, hingga : date
        First and last day.
    """

    label: str
    dari: date
    hingga: date

    @property
    def bulan(self) -> int | None:
        """Months it has where it is a calendar unit (12, 6, 3, 1), else None."""
        return next((m for m in (12, 6, 3, 1) if ".." not in self.label and self == _unit(self.dari, m)), None)

    def between(self, later: Periode) -> tuple[Periode, ...]:
        """Return the periods of the same length that lie between this one and a later one.

        Examples
        --------
        >>> [p.label for p in parse_period("2023-S2").between(parse_period("2025-S1"))]
        ['2024-S1', '2024-S2']
        """
        months = self.bulan
        if months is None or months != later.bulan:
            return ()
        found, start = [], self.hingga + timedelta(days=1)
        while start < later.dari:
            found.append(_unit(start, months))
            start = found[-1].hingga + timedelta(days=1)
        return tuple(found)

    def __str__(self) -> str:
        return f"{self.label} ({self.dari.isoformat()} s.d. {self.hingga.isoformat()})"


def parse_period(spec: Any) -> Periode:
    """Return the period that a text, a year or a pair of days means.

    Parameters
    ----------
    spec : str, int, pair or Periode
        2026, "2026", "2026-S2", "Semester II 2026", "2026-TW3", "Triwulan III Tahun 2026", "2026-07", "Juli 2026",
        "2026-06-01..2026-10-14", "Juni-Oktober 2026", or (first day, last day), both included.

    Raises
    ------
    OptionError
        It means no stretch of time, or ends before it begins.

    Examples
    --------
    >>> str(parse_period("2026-TW3"))
    '2026-TW3 (2026-07-01 s.d. 2026-09-30)'
    >>> [parse_period(x).label for x in (2026, "semester ii tahun 2026", "TW IV 2026", "Agt 2026")]
    ['2026', '2026-S2', '2026-TW4', '2026-08']
    """
    if isinstance(spec, Periode):
        return spec
    if isinstance(spec, (tuple, list)) and len(spec) == 2:
        return _span(_day(spec[0], spec), _day(spec[1], spec), spec)
    if isinstance(spec, bool) or not isinstance(spec, (str, int)):
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    text = re.sub(r"\s+", " ", str(spec)).strip().casefold()
    if match := re.fullmatch(r"(\S+?) ?(?:\.\.|s\.?/?d\.?|sampai|hingga|to) ?(\S+)", text):
        days = [_iso(part) for part in match.groups()]
        if days[0] and days[1]:
            return _span(days[0], days[1], spec)
    found = _calendar(text.replace("tahun ", "")) or _months(text)
    if found is None:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    return found


def _calendar(text: str) -> Periode | None:
    """Return a year, a semester, a triwulan or a month."""
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return _unit(date(int(text), 1, 1), 12)
    if match := re.fullmatch(r"((?:19|20)\d{2})[-/](\d{1,2})", text):
        return _month(int(match[1]), int(match[2]))
    for months, words in _UNITS.items():
        unit = "|".join(sorted(words, key=len, reverse=True))
        match = re.fullmatch(rf"(?P<y>(?:19|20)\d{{2}})[-/ ]?(?:{unit})[-. ]?(?P<k>\w+)", text) or re.fullmatch(
            rf"(?:{unit})[-. ]?(?P<k>\w+?)[-/, ]+(?P<y>(?:19|20)\d{{2}})", text
        )
        position = _ROMAN.get(match["k"]) if match else None
        if match and position and position * months <= 12:
            return _unit(date(int(match["y"]), 1 + (position - 1) * months, 1), months)
    return None


def _months(text: str) -> Periode | None:
    """Return a month by name, or the stretch from one to another of the same year or not."""
    name = "|".join(sorted(_MONTH, key=len, reverse=True))
    if match := re.fullmatch(rf"({name})[ -]?((?:19|20)\d{{2}})", text):
        return _month(int(match[2]), _MONTH[match[1]])
    pattern = rf"({name})(?: ((?:19|20)\d{{2}}))? ?(?:-|–|s\.?/?d\.?|sampai|hingga|to) ?({name}) ((?:19|20)\d{{2}})"
    if match := re.fullmatch(pattern, text):
        last = _month(int(match[4]), _MONTH[match[3]])
        first = _month(int(match[2] or match[4]), _MONTH[match[1]])
        return _span(first.dari, last.hingga, text) if first and last else None
    return None


def _month(year: int, month: int) -> Periode | None:
    return _unit(date(year, month, 1), 1) if 1 <= month <= 12 else None


def _unit(day: date, months: int) -> Periode:
    """Return the calendar unit of so many months that a day lies in."""
    position = (day.month - 1) // months
    first = date(day.year, position * months + 1, 1)
    after = date(day.year + (position + 1) * months // 12, ((position + 1) * months) % 12 + 1, 1)
    tail = f"-{first.month:02d}" if months == 1 else f"{_MARK[months]}{position + 1 if months < 12 else ''}"
    return Periode(f"{first.year}{tail}", first, after - timedelta(days=1))


def _span(first: date, last: date, spec: Any) -> Periode:
    if last < first:
        raise OptionError("periode-terbalik", nilai=_told(spec), dari=first.isoformat(), hingga=last.isoformat())
    exact = next((u for m in (12, 6, 3, 1) if (u := _unit(first, m)) and (u.dari, u.hingga) == (first, last)), None)
    return exact or Periode(f"{first.isoformat()}..{last.isoformat()}", first, last)


def _day(value: Any, spec: Any) -> date:
    day = value if isinstance(value, date) else _written(str(value).strip().casefold())
    if day is None:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    return date(day.year, day.month, day.day)


def _written(text: str) -> date | None:
    """Return the day that a text names: ISO, "1 Juli 2026", or 31/7/2026 where it can only be day first."""
    if day := _iso(text):
        return day
    parts = re.fullmatch(r"(\d{1,2})[ /.-]+(\w+)[ /.-]+((?:19|20)\d{2})", text)
    if parts is None:
        return None
    first, second = int(parts[1]), parts[2]
    month = _MONTH.get(second, int(second) if second.isdigit() and first > 12 else 0)
    try:
        return date(int(parts[3]), month, first)
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _told(spec: Any) -> str:
    return str(spec)[:40]
