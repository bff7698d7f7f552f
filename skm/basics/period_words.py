"""The words of a period: what stands for a unit of the calendar, a number, a month, a year, a day, "until" or nothing.

A phrase is cut into tokens, the tokens into the ends of a stretch, and each end becomes a `Piece`. A word that is
not in these tables makes the whole phrase unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from skm.basics.months import MONTH_PATTERN, MONTHS
from skm.basics.period_value import month_end

# How many months one unit has, by the words for it.
_UNITS = {
    6: ("semester", "semesteran", "smster", "smt", "sem", "smstr", "s", "paruh", "half", "h"),
    3: ("triwulanan", "triwulan", "tri wulan", "tribulan", "twln", "tw", "trw", "kuartal", "kwartal", "quarter", "q"),
    4: ("caturwulan", "catur wulan", "cawu", "cw"),
}
_UNIT = {word: months for months, words in _UNITS.items() for word in words}
_ORDINALS = {
    1: "i satu pertama kesatu first 1st",
    2: "ii dua kedua second 2nd",
    3: "iii tiga ketiga third 3rd",
    4: "iv empat keempat fourth 4th",
}
_ORDINAL = {word: number for number, words in _ORDINALS.items() for word in words.split()}
_NOTHING = (
    "tahun anggaran|tahun angaran|thn anggaran|th anggaran|t\\.? ?a\\.?|tahun|thn|th\\.|th"
    "|periode survei|periode|survei|survey|skm"
    "|pelaksanaan|bulan|bln|tanggal|tgl|mulai|dari|ke|fiscal year|fy|year|month of|the|of"
)
_SCHOOL = "tahun ajaran|tahun pelajaran|tahun akademik|t\\.? ?p\\.?"
_UNTIL = (
    r"(?:s\.? ?/ ?d|s\. ?d|sd|sampai dengan|sampai|hingga|until|through|to)(?![a-z])\.?|\.\.|[-\u2010-\u2015\u2212~]"
)
_AND = r"(?:dan|serta|and)(?![a-z])|[&,+]"

_UNIT_PATTERN = "|".join(sorted((re.escape(w) for w in _UNIT), key=len, reverse=True))
_ORDINAL_PATTERN = "|".join(sorted(_ORDINAL, key=len, reverse=True))
# Letters on either side would make another word of it.
_END = r"(?![a-z])"
_TOKEN = re.compile(
    rf"(?P<iso>(?:19|20)\d{{2}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"
    rf"|(?P<dmy>\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:19|20)\d{{2}}(?!\d))"
    rf"|(?P<ym>(?:(?:19|20)\d{{2}}-\d{{1,2}}(?!\d)(?! ?(?:{MONTH_PATTERN}))"
    rf"|\d{{2}}[-/](?:19|20)\d{{2}}(?!\d)|(?:19|20)\d{{2}}/\d{{2}}(?!\d)))"
    rf"|(?P<school>(?:19|20)\d{{2}} ?/ ?(?:19|20)\d{{2}})"
    rf"|(?P<until>{_UNTIL})"
    rf"|(?P<ajaran>(?:{_SCHOOL}){_END})"
    rf"|(?P<nothing>(?:{_NOTHING}){_END}(?:(?<=ke) ?-)?)"
    rf"|(?P<odd>(?:ganjil|gasal|genap){_END})"
    rf"|(?P<month>(?:{MONTH_PATTERN}){_END}\.?)"
    rf"|(?P<unit>(?:{_UNIT_PATTERN})(?=\.? ?[-/]? ?(?:\d|{_ORDINAL_PATTERN})(?![a-z]{{2}})|{_END})\.?)"
    rf"|(?P<ordinal>(?:{_ORDINAL_PATTERN})(?![a-z\d]))"
    rf"|(?P<year>(?:19|20)\d{{2}}(?!\d))"
    rf"|(?P<number>\d{{1,2}}(?!\d))"
    rf"|(?P<and>{_AND})"
    r"|(?P<mark>[/:.])"
    r"|(?P<space>\s+)"
)
Word = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One end of a stretch, as far as the phrase says it: year, unit and its number, month, day, school semester."""

    tahun: int | None = None
    satuan: int | None = None
    urutan: int | None = None
    bulan: int | None = None
    hari: int | None = None
    ganjil: bool | None = None
    ajaran: int | None = None

    @classmethod
    def of(cls, words: Sequence[Word]) -> Piece | None:
        """Return what the tokens of one end say; None where they contradict each other or are left over."""
        piece = cls()
        for kind, text in words:
            if kind == "number":
                name = "urutan" if piece.satuan is not None and piece.urutan is None else "hari"
                change: dict[str, int | bool] = {name: int(text)}
            elif kind == "ordinal":
                change = {"urutan": _ORDINAL[text]}
            else:
                change = _meaning(kind, text)
            if any(getattr(piece, key) is not None for key in change):
                return None
            piece = replace(piece, **change)  # type: ignore[arg-type]
        return piece if words else None

    def completed(self, others: Sequence[Piece], year: int | None) -> Piece:
        """Return the piece with what it leaves out taken from the other end."""
        piece = self
        if piece.hari is not None and piece.bulan is None and piece.satuan is None:
            month = next((o.bulan for o in others if o.bulan is not None), None)
            piece = replace(piece, bulan=month)
        if piece.urutan is not None and piece.satuan is None:
            unit = next((o.satuan for o in others if o.satuan is not None), None)
            piece = replace(piece, satuan=unit)
        if piece.satuan is None and piece.urutan is None and piece.hari is not None and piece.bulan is None:
            return replace(piece, tahun=piece.tahun or year)
        if piece.tahun is None:
            own = next((o.tahun for o in reversed(others) if o.tahun is not None), None)
            piece = replace(piece, tahun=own if own is not None else year)
        return piece


def tokens(text: str) -> list[Word] | None:
    """Return the words that mean something; None where one is not known.

    >>> tokens("semester ii tahun 2026")
    [('unit', 'semester'), ('ordinal', 'ii'), ('year', '2026')]
    """
    found: list[Word] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        kind = str(match.lastgroup)
        if kind not in ("space", "nothing", "mark"):
            found.append((kind, match[0].strip(". ")) if kind != "until" else (kind, match[0]))
        at = match.end()
    return found


def split(words: Sequence[Word]) -> tuple[list[list[Word]], bool]:
    """Return the ends of the stretch that words name, and whether they were joined by "and".

    A hyphen between the parts of one name ("Semester I - 2026", "2026-S2") joins; elsewhere it means "until".
    """
    ends: list[list[Word]] = [[]]
    joined = False
    for place, (kind, text) in enumerate(words):
        following = words[place + 1][0] if place + 1 < len(words) else ""
        if kind == "and":
            # "Semester II, 2026" and "July 1, 2026" are one name.
            if not (text == "," and following == "year" and "year" not in {k for k, _ in ends[-1]}):
                joined = True
                ends.append([])
        elif kind == "until":
            if not _joins(ends[-1], words[place + 1 :], text):
                ends.append([])
        else:
            ends[-1].append((kind, text))
    return ends, joined


def unclear_days(words: Sequence[Word]) -> bool:
    """Tell whether the phrase holds days such as 3/4/2026 and none that shows what comes first, day or month."""
    written = [[int(n) for n in re.findall(r"\d+", text)[:2]] for kind, text in words if kind == "dmy"]
    return any(a != b for a, b in written) and all(a <= 12 and b <= 12 for a, b in written)


def days_of(piece: Piece) -> tuple[date, date] | None:
    """Return first and last day of a complete piece; None where its parts make no stretch."""
    fields = ("satuan", "urutan", "bulan", "hari", "ganjil", "ajaran")
    given = {name for name in fields if getattr(piece, name) is not None}
    year = piece.tahun or 0
    try:
        if given == {"ajaran"}:
            return date(year, 7, 1), date(year + 1, 6, 30)
        if given in ({"ganjil", "ajaran"}, {"ganjil", "ajaran", "satuan"}) and piece.satuan in (None, 6):
            first = date(year, 7, 1) if piece.ganjil else date(year + 1, 1, 1)
            return first, month_end(first.year, first.month + 5)
        if not given:
            return date(year, 1, 1), date(year, 12, 31)
        if given == {"bulan"}:
            return date(year, piece.bulan or 0, 1), month_end(year, piece.bulan or 0)
        if given == {"bulan", "hari"}:
            day = date(year, piece.bulan or 0, piece.hari or 0)
            return day, day
        if given == {"satuan", "urutan"}:
            months, number = piece.satuan or 0, piece.urutan or 0
            if number < 1 or number * months > 12:
                return None
            return date(year, 1 + (number - 1) * months, 1), month_end(year, number * months)
    except ValueError:
        return None
    return None


def _meaning(kind: str, text: str) -> dict[str, int | bool]:
    """Return the fields that one token fills."""
    if kind == "unit":
        return {"satuan": _UNIT[text]}
    if kind == "month":
        return {"bulan": MONTHS[text]}
    if kind == "year":
        return {"tahun": int(text)}
    if kind == "odd":
        return {"ganjil": text != "genap"}
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if kind == "school":
        return {"tahun": numbers[0], "ajaran": numbers[1] if numbers[1] == numbers[0] + 1 else -1}
    if kind == "ym":
        return {"tahun": max(numbers), "bulan": min(numbers)}
    if kind == "iso":
        return {"tahun": numbers[0], "bulan": numbers[1], "hari": numbers[2]}
    if kind == "dmy":
        # Day first, as it is written in Indonesia; `unclear_days` refuses where no date of the phrase shows it.
        day, month, year = numbers
        return {"tahun": year, "bulan": month, "hari": day}
    return {}


def _joins(left: Sequence[Word], right: Sequence[Word], sign: str) -> bool:
    """Tell whether a hyphen stands inside one name rather than between two ends."""
    if sign.isalpha() or "." in sign or "/" in sign or not left or not right:
        return False
    kinds, following = {kind for kind, _ in left}, right[0][0]
    if kinds == {"unit"}:
        return following in ("ordinal", "number")
    if kinds == {"year"}:
        return following in ("unit", "month", "ordinal")
    return following == "year" and not kinds & {"year", "iso", "dmy", "ym", "school"} and kinds != {"number"}
