"""A period as it is written -> the stretch of time that it means, or a refusal that says why.

Every phrase goes through one grammar: what is not understood whole is refused, never read in part.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.period_value import Periode, calendar_unit, stretch
from skm.basics.period_words import Piece, days_of, split, tokens, unclear_days

__all__ = ["Periode", "calendar_unit", "parse_period"]

_LONGEST = 200


def parse_period(spec: Any) -> Periode:
    """Return the period that a text, a year or a pair of days means.

    Parameters
    ----------
    spec : str, int, pair or Periode
        2026, "2026", "2026-S2", "Semester II Tahun 2026", "TW III TA 2026", "2026-07", "Juli 2026",
        "Januari s/d Juni 2026", "1 Januari 2026 sampai dengan 30 Juni 2026", "Semester I (Januari-Juni) 2026",
        "Semester Ganjil 2025/2026", "2026-06-01..2026-10-14", or (first day, last day), both included.

    Raises
    ------
    OptionError
        It means no stretch of time, more than one, or ends before it begins; the code says which.

    Examples
    --------
    >>> str(parse_period("2026-TW3"))
    '2026-TW3 (2026-07-01 s.d. 2026-09-30)'
    >>> [parse_period(x).label for x in (2026, "semester ii tahun 2026", "TW IV 2026", "Agt 2026")]
    ['2026', '2026-S2', '2026-TW4', '2026-08']
    >>> [parse_period(x).label for x in ("1 Januari s/d 30 Juni 2026", "Triwulan III (Juli - September) TA 2026")]
    ['2026-S1', '2026-TW3']
    """
    if isinstance(spec, Periode):
        return spec
    if isinstance(spec, (tuple, list)) and len(spec) == 2:
        return _span(_day(spec[0], spec), _day(spec[1], spec), spec)
    if isinstance(spec, bool) or not isinstance(spec, (str, int)):
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    text = unicodedata.normalize("NFKC", str(spec)).strip().casefold()
    if not text or len(text) > _LONGEST:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    outer, inner = _brackets(text)
    found = _read(outer, spec, _years(outer) or _years(inner))
    if inner:
        said = _read(inner, spec, _years(inner) or _years(outer))
        if (said.dari, said.hingga) != (found.dari, found.hingga):
            raise OptionError("periode-bertentangan", nilai=_told(spec), a=found.label, b=said.label)
    return found


def _brackets(text: str) -> tuple[str, str]:
    """Return the text without what stands in brackets, and that: it must say the same."""
    match = re.fullmatch(r"([^()\[\]]*)[(\[]([^()\[\]]+)[)\]]([^()\[\]]*)", text)
    if match is None:
        return text, ""
    outer = f"{match[1]} {match[3]}".strip()
    return (outer, match[2]) if tokens(outer) else (match[2], "")


def _years(text: str) -> int | None:
    """Return the last year that a text names, for a part of the phrase that names none."""
    found = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)
    return int(found[-1]) if found else None


def _read(text: str, spec: Any, year: int | None) -> Periode:
    if match := re.fullmatch(r"(?:19|20)\d{2} ?[-/] ?[1-4]|[1-4] ?[-/] ?(?:19|20)\d{2}", text):
        raise OptionError("periode-mendua", nilai=_told(spec))
    if match := re.fullmatch(r"((?:19|20)\d{2}) ?[-/] ?((?:19|20)\d{2})", text):
        first, second = int(match[1]), int(match[2])
        if second - first <= 1:
            raise OptionError("periode-mendua", nilai=_told(spec))
        return _span(date(first, 1, 1), date(second, 12, 31), spec)
    words = tokens(text)
    if words is None:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    if unclear_days(words):
        raise OptionError("periode-mendua", nilai=_told(spec))
    ends, joined = split(words)
    pieces = [Piece.of(end) for end in ends]
    if not pieces or any(p is None for p in pieces):
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    known = [p for p in pieces if p is not None]
    spans = [_days(p, known, year, spec) for p in known]
    if joined and any(b[0] != a[1] + timedelta(days=1) for a, b in pairwise(spans)):
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    return _span(spans[0][0], spans[-1][1], spec)


def _days(piece: Piece, others: list[Piece], year: int | None, spec: Any) -> tuple[date, date]:
    """Return first and last day of one end of the phrase; what it leaves out is that of the other end."""
    whole = piece.completed(others, year)
    if whole.tahun is None:
        raise OptionError("periode-tanpa-tahun", nilai=_told(spec))
    if whole.ajaran is None and whole.ganjil is not None:
        raise OptionError("periode-ganjil", nilai=_told(spec), tahun=whole.tahun)
    found = days_of(whole)
    if found is None:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    return found


def _span(first: date, last: date, spec: Any) -> Periode:
    if last < first:
        raise OptionError("periode-terbalik", nilai=_told(spec), dari=first.isoformat(), hingga=last.isoformat())
    return stretch(first, last)


def _day(value: Any, spec: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    words = tokens(str(value).strip().casefold()[:_LONGEST]) or []
    if unclear_days(words):
        raise OptionError("periode-mendua", nilai=_told(spec))
    piece = Piece.of(words) if words else None
    found = days_of(piece) if piece is not None and piece.tahun and piece.hari else None
    if found is None:
        raise OptionError("periode-tidak-dikenal", nilai=_told(spec))
    return found[0]


def _told(spec: Any) -> str:
    return str(spec)[:40]
