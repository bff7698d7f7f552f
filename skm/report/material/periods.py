"""Periods: "2026-S2" in words, and the earlier ones with their figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from skm.basics import messages
from skm.regulasi._bobot import Bobot

_MONTHS = 12
_CODE = re.compile(r"(?P<year>\d{4})-(?:(?P<kind>S|TW)(?P<part>[1-4])|(?P<month>\d{2}))")
_CODES = re.compile(r"(?<![\d-])\d{4}-(?:S[12]|TW[1-4]|\d{2})(?![\w-])")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class EarlierPeriod:
    """The figure of an earlier period. ``bobot`` as printed then, "" where not known."""

    periode: str
    ikm: Decimal
    mutu: str = ""
    n: int | None = None
    bobot: str = ""

    def same_weight(self, bobot: Bobot) -> bool | None:
        """Whether it was computed with the same weight; None where that is not known."""
        if not self.bobot:
            return None
        said = self.bobot.strip().replace(",", ".").casefold()
        x = len(bobot.nilai)
        names = {bobot.nama, bobot.label("en")}
        if bobot.nama == "tepat":
            names |= {"1/x", f"1/{x}"}
        return said in {name.casefold() for name in names}


def in_words(periode: str, lang: str | None = None) -> str:
    """Return a period as people write it; what is no code stays as it is.

    >>> in_words("2026-S2"), in_words("2026-TW3"), in_words("2026-07"), in_words("Juli-September 2026")
    ('Semester II Tahun 2026', 'Triwulan III Tahun 2026', 'Juli 2026', 'Juli-September 2026')
    """
    match = _CODE.fullmatch(periode.strip())
    if match is None:
        return periode.strip()
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= _MONTHS:
            return periode.strip()
        return f"{messages.text('laporan', f'bulan-{month}', lang)} {match['year']}"
    if match["kind"] == "S" and match["part"] > "2":
        return periode.strip()
    code = "semester" if match["kind"] == "S" else "triwulan"
    return messages.text("laporan", code, lang, bagian=_ROMAN[int(match["part"]) - 1], tahun=match["year"])


def spelled(text: str, lang: str | None = None) -> str:
    """Return a sentence with every code of a period in it written in words.

    >>> spelled("IKM turun dari 82,93 (2024-S1) menjadi 81,71 (2026-S1).")
    'IKM turun dari 82,93 (Semester I Tahun 2024) menjadi 81,71 (Semester I Tahun 2026).'
    """
    return _CODES.sub(lambda found: in_words(found[0], lang), text)
