"""What the order of levels can be told from when the questionnaire does not know them: parts, months, amounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from skm.basics.months import MONTHS

_SUFFIX = re.compile(r"\b(?:dan |atau )?(?:ke ?bawah|ke ?atas|sederajat|setara|tidak tamat|tamat|lulus(?:an)?)\b")
_JOINT = re.compile(r"[-/,&+\u2013]|\bdan\b|\batau\b")
_AMOUNT = re.compile(r"(?P<n>\d+(?:[.,]\d+)*)\s*(?P<unit>ribu|rb|juta|jt|milyar|miliar)?")
_TIMES = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "milyar": 10**9, "miliar": 10**9}
_WORDS = re.compile(
    r"[\s\d.,<>=\u2264\u2265+\u2010-\u2015-]|rp|ribu|rb|juta|jt|mil[iy]ar|kali|s/d|sampai|hingga"
    r"|(?:kurang|lebih) dari|di ?bawah|di ?atas|lebih|kurang"
)


def parts_of(level: str) -> list[str]:
    """Return the levels that a level is put together from, without words such as "sederajat" and "ke atas".

    >>> parts_of("D1-D2-D3"), parts_of("SMA/Sederajat"), parts_of("S2 Keatas")
    (['d1', 'd2', 'd3'], ['sma'], ['s2'])
    """
    bare = _SUFFIX.sub(" ", level.casefold())
    return [part for piece in _JOINT.split(bare) if (part := piece.strip())]


def beside(level: str) -> int:
    """Return 0 for "... ke bawah", 2 for "... ke atas", else 1: before, after or at the level it names."""
    text = level.casefold()
    return 0 if re.search(r"\bke ?bawah\b", text) else 2 if re.search(r"\bke ?atas\b", text) else 1


def own_order(levels: Sequence[Any], text: Callable[[Any], str]) -> list[Any] | None:
    """Return the levels in the order that they say themselves: names of months, or amounts; None where they do not.

    >>> own_order(["1-3 juta", "< 1 juta", "> 3 juta"], str), own_order(["Mei", "Januari"], str)
    (['< 1 juta', '1-3 juta', '> 3 juta'], ['Januari', 'Mei'])
    """
    if len(levels) < 2:
        return None
    months = {level: MONTHS.get(text(level).strip().casefold()) for level in levels}
    if None not in months.values():
        return sorted(levels, key=lambda level: months[level] or 0)
    amounts = {level: _amount(text(level)) for level in levels}
    if None not in amounts.values() and len(set(amounts.values())) == len(levels):
        return sorted(levels, key=lambda level: amounts[level] or (0.0, 0.0, 0))
    return None


def _amount(level: str) -> tuple[float, float, int] | None:
    """Return what an amount or a range of amounts sorts by; None where the text says more than that."""
    text = unicodedata.normalize("NFKC", level).casefold()
    found = [(m["n"], m["unit"]) for m in _AMOUNT.finditer(text)]
    if not found or len(text) > 80 or _WORDS.sub("", text):
        return None
    shared = next((unit for _, unit in reversed(found) if unit), "")
    values = [_value(number) * _TIMES.get(unit or shared, 1) for number, unit in found]
    below, above = re.search(r"<|\u2264|kurang|bawah", text), re.search(r">|\u2265|lebih|atas|\+", text)
    return values[0], values[-1], -1 if below else 1 if above else 0


def _value(number: str) -> float:
    """Return a number whose points group thousands where three digits follow, with a decimal comma."""
    whole, _, places = re.sub(r"[.](?=\d{3})", "", number).replace(".", ",").partition(",")
    return float(f"{whole}.{places.replace(',', '') or 0}")
