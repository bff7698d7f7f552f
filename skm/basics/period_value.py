"""`Periode`: a stretch of days with a name, and the calendar units that have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from skm.basics.messages import Phrase

_MARK = {12: "", 6: "-S", 3: "-TW"}
_UNITS = (12, 6, 3, 1)


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
        return next((m for m in _UNITS if ".." not in self.label and self == calendar_unit(self.dari, m)), None)

    def between(self, later: Periode) -> tuple[Periode, ...]:
        """Return the periods of the same length that lie between this one and a later one.

        Examples
        --------
        >>> from skm.basics.periods import parse_period
        >>> [p.label for p in parse_period("2023-S2").between(parse_period("2025-S1"))]
        ['2024-S1', '2024-S2']
        """
        months = self.bulan
        if months is None or months != later.bulan:
            return ()
        found, start = [], self.hingga + timedelta(days=1)
        while start < later.dari:
            found.append(calendar_unit(start, months))
            start = found[-1].hingga + timedelta(days=1)
        return tuple(found)

    def phrase(self) -> Phrase:
        """Return the label with its days, to be written in whatever language the sentence around it has."""
        fields = {"label": self.label, "dari": self.dari.isoformat(), "hingga": self.hingga.isoformat()}
        return Phrase("survei", "periode-hari" if ".." in self.label else "periode", fields)

    def text(self, lang: str | None = None) -> str:
        """Return the label with its days.

        >>> calendar_unit(date(2026, 8, 17), 3).text("en")
        '2026-TW3 (2026-07-01 to 2026-09-30)'
        """
        return self.phrase().text(lang)

    def __str__(self) -> str:
        return self.text()


def calendar_unit(day: date, months: int) -> Periode:
    """Return the year, semester, triwulan or month (12, 6, 3 or 1 months) that a day lies in."""
    position = (day.month - 1) // months
    first = date(day.year, position * months + 1, 1)
    last = month_end(day.year, (position + 1) * months)
    tail = f"-{first.month:02d}" if months == 1 else f"{_MARK[months]}{position + 1 if months < 12 else ''}"
    return Periode(f"{first.year}{tail}", first, last)


def stretch(first: date, last: date) -> Periode:
    """Return the period from one day to another; where that is a calendar unit, the unit."""
    exact = next(
        (u for m in _UNITS if (u := calendar_unit(first, m)) and (u.dari, u.hingga) == (first, last)),
        None,
    )
    return exact or Periode(f"{first.isoformat()}..{last.isoformat()}", first, last)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
