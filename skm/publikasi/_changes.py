"""Sentences about a change -> what they claim: from, to, by how much, up or down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from skm.publikasi._figures import PrintedNumber
from skm.regulasi import Regulasi

_NUM = r"(?<![\d.,/])\d{1,3}[.,]\d{1,4}(?![\d/]|[.,]\d)"
_ANY = r"(?<![\d.,/])\d{1,3}(?:[.,]\d{1,4})?(?![\d/]|[.,]\d)"
_UP = r"naik|meningkat|mengalami kenaikan|kenaikan|peningkatan|bertambah"
_DOWN = r"turun|menurun|mengalami penurunan|penurunan|berkurang"
_TO = re.compile(r"\b(?:menjadi|ke angka|ke nilai|ke)\b", re.I)
_FROM = re.compile(r"\b(?:dari|semula)\b", re.I)
_BEFORE = re.compile(
    r"\b(?:(?:jika|bila|apabila)\s+)?(?:di)?banding(?:kan)?\b"
    r"|\b(?:tahun|periode|semester|triwulan)\s+(?:lalu|sebelumnya|yang lalu)\b",
    re.I,
)
_BY = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|selisih)\s{{0,9}}(?:sebesar|sebanyak|yaitu|adalah|:)?\s{{0,9}}({_ANY})(?P<u>\s{{0,9}}(?:poin|point|%|persen))?"
    rf"|({_ANY})\s{{0,9}}(?:poin|point)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SpokenChange:
    """A claimed change, and where the newer figure begins in the sentence.

    Attributes
    ----------
    klaim : dict
        An entry of ``klaim.selisih``; without ``ke`` where the sentence leaves the newer figure out.
    mulai : int
        Where the newer figure stands; -1 where it is left out.
    """

    klaim: dict[str, Any]
    mulai: int = -1


def change(text: str, rule: Regulasi) -> SpokenChange | None:
    """Return what a sentence claims about one change; None where it claims none, or several.

    >>> from skm import regulasi
    >>> change("IKM naik 3,20 poin dari 85,20 menjadi 88,40.", regulasi.load()).klaim
    {'dari': '85,20', 'ke': '88,40', 'arah': 'naik', 'selisih': '3,20'}
    """
    up, down = re.search(rf"\b(?:{_UP})\b", text, re.I), re.search(rf"\b(?:{_DOWN})\b", text, re.I)
    if (up is None) == (down is None) or re.search(r"\btarget\b", text, re.I):
        return None
    by = _by(text)
    found = _from_to(text, by, rule) or _compared(text, by, rule)
    if found is None:
        return None
    old, new, at = found
    claim: dict[str, Any] = {"dari": old, "arah": "naik" if up else "turun"}
    if new:
        claim = {"dari": old, "ke": new, "arah": claim["arah"]}
    if by is not None and not re.search(r"\b(?:sekitar|kurang lebih|lebih dari|hampir)\s*$", text[: by.start()], re.I):
        claim["selisih"] = by[1] or by[3]
    elif not new:
        return None
    return SpokenChange(claim, at)


def _by(text: str) -> re.Match[str] | None:
    """Return by how much: with its unit, or a decimal number right behind the word of the movement."""
    for match in _BY.finditer(text):
        shown = match[1] or match[3]
        if match["u"] or match[3] or re.search(r"[.,]", shown):
            return match
    return None


def _from_to(text: str, by: re.Match[str] | None, rule: Regulasi) -> tuple[str, str, int] | None:
    """Read "dari 85,10 (2023) menjadi 88,40"; both lie on one scale, with decimals."""
    start = _FROM.search(text)
    if start is None:
        return None
    to = _TO.search(text, start.end())
    if to is None:
        return None
    before = list(re.finditer(_NUM, text[start.end() : to.start()]))
    after = re.search(_NUM, text[to.end() : to.end() + 60])
    if len(before) != 1 or after is None or not _one_scale(before[0][0], after[0], rule):
        return None
    later = [m for m in _TO.finditer(text, to.end()) if re.match(rf"\s*(?:sebesar\s*)?{_NUM}", text[m.end() :])]
    if later or re.match(r"\s*(?:%|persen)", text[to.end() + after.end() :]):
        return None
    return before[0][0], after[0], to.end() + after.start()


def _compared(text: str, by: re.Match[str] | None, rule: Regulasi) -> tuple[str, str, int] | None:
    """Read "dibandingkan tahun lalu sebesar 85,10, IKM sekarang 88,40 naik 3,30 poin"."""
    word = _BEFORE.search(text)
    if word is None or by is None:
        return None
    own = by.span(1) if by[1] else by.span(3)
    numbers = [m for m in re.finditer(_NUM, text) if m.span() != own]
    if not 1 <= len(numbers) <= 2:
        return None
    old = next((m for m in numbers if m.start() > word.start()), None)
    if old is None:
        return None
    new = next((m for m in numbers if m is not old), None)
    if new is None:
        about = re.search(r"\b(ikm|skm|indeks|kepuasan)\b", text, re.I) or _BEFORE.match(text)
        return (old[0], "", -1) if about and _index(old[0], rule) else None
    return (old[0], new[0], new.start()) if _one_scale(old[0], new[0], rule) else None


def _index(shown: str, rule: Regulasi) -> bool:
    low, high = rule.batas_ikm
    return low <= PrintedNumber.read(shown).nilai <= high


def _one_scale(a: str, b: str, rule: Regulasi) -> bool:
    x, y = PrintedNumber.read(a).nilai, PrintedNumber.read(b).nilai
    means = all(rule.terendah <= v <= rule.tertinggi for v in (x, y))
    return means or (_index(a, rule) and _index(b, rule))
