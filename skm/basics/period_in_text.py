"""The period that a longer text names, such as the title of a table or the name of a file."""

from __future__ import annotations

import re
import unicodedata

from skm.basics.errors import OptionError
from skm.basics.period_value import Periode
from skm.basics.periods import parse_period

_MONTH = r"jan|feb|mar|apr|mei|jun|jul|agu|agt|aug|sep|okt|oct|nov|des|dec"
# Cheap looks before any phrase is parsed: a year, and a word that can begin a period.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEGINS = re.compile(rf"(?:semester|sem|smt|triwulan|tw|kuartal|quarter|s[12]|tw[1-4]|q[1-4]|(?:{_MONTH})[a-z]*)\b|\d")
_GLUED = re.compile(r"\b(semester|sem|smt|triwulan)(\d)")
_LONGEST = 9  # words of a phrase
_MOST = 400  # characters of a title or a name


def named_period(text: str) -> Periode | None:
    """Return the only semester, quarter or run of months that a text names with its year, else None.

    A year alone, one month or one day is no answer: titles name regulations, places and days of signing.

    >>> [str(p and p.label) for p in map(named_period, ("Rekap SKM Semester I Tahun 2026", "Kec_Beta_Smt_2_2026 (1)"))]
    ['2026-S1', '2026-S2']
    >>> named_period("Menurut PermenPANRB 14 Tahun 2017"), named_period("Semester I dan Semester II Tahun 2026")
    (None, None)
    """
    plain = unicodedata.normalize("NFKC", text[:_MOST]).casefold().replace("_", " ")
    plain = _GLUED.sub(r"\1 \2", re.sub(r"\.[a-z]{2,5}$", "", plain))
    if not _YEAR.search(plain):
        return None
    # Names of files have hyphens for spaces; in a phrase they mean "until".
    found = _in(plain.split()) or _in(plain.replace("-", " ").split())
    return next(iter(found.values())) if len(found) == 1 else None


def _in(words: list[str]) -> dict[tuple[object, object], Periode]:
    found: dict[tuple[object, object], Periode] = {}
    start = 0
    while start < len(words):
        start += max(1, _at(words, start, found))
    return found


def _at(words: list[str], start: int, found: dict[tuple[object, object], Periode]) -> int:
    """Add the longest period that begins at a word; return how many words it takes."""
    if not _BEGINS.match(words[start].lstrip("([")):
        return 0
    for size in range(min(_LONGEST, len(words) - start), 0, -1):
        phrase = " ".join(words[start : start + size]).strip(" ,.:;()[]-")
        if not _YEAR.search(phrase):
            return 0
        try:
            period = parse_period(phrase)
        except OptionError:
            continue
        months = (period.hingga.year - period.dari.year) * 12 + period.hingga.month - period.dari.month + 1
        if 2 <= months < 12:
            found[period.dari, period.hingga] = period
        return size
    return 0
