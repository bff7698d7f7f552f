"""Columns named by a code: U1, q7, p4, or such a code behind the name of a group or a table; runs of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from skm.answers.column_kinds import Pandang
from skm.answers.signatures import other_instrument, other_value
from skm.basics.words import normalise

# Words and letters that number unsur; others number questions.
UNSUR_CODES = ("u", "unsur")
Runs = Mapping[tuple[str, str], Mapping[int, Sequence[str]]]

ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"), start=1
    )
}
_WORDS = "unsur|pertanyaan|pernyataan|soal|butir|item|question"
_CODE = re.compile(
    rf"(?:(?:jawaban|nilai|skor) )?(?P<family>u|a|p|q|n|skm|nilai|jawaban|{_WORDS})(?: (?:pelayanan|layanan))?"
    r"(?: (?:ke|no|nomor|number))? ?0*(?P<number>\d{1,2})"
    rf"|(?P<word>{_WORDS})(?: (?:pelayanan|layanan))? (?P<roman>[ivx]{{1,5}})"
)
_PREFIXED = re.compile(
    rf"(?P<awal>.+?)[/:.\-\]_]\s*(?P<kode>(?:u|a|p|q|n|nilai|jawaban|{_WORDS})[ _.-]?0*\d{{1,2}})", re.IGNORECASE
)
# A question with the unsur it asks about: "Pertanyaan 3 (U3)".
_TWICE = re.compile(r"(?P<satu>\D+\d{1,2}) (?P<lain>(?:u|unsur) ?\d{1,2})")
# Any other code: a word or letters before a number, a bare number, a Roman numeral.
_OTHER = re.compile(r"(?P<family>[a-z]{1,12}(?: (?:ke|no)|\d{1,2}(?= ))?)? ?0*(?P<number>\d{1,2})")
OWN_PREFIX = re.compile(r"\b(?:skm|ikm|kepuasan|survei|survey)\b")
_LONGEST = 400


def read_code(key: str) -> tuple[str, int] | None:
    """Return family and number of a normalised text that is such a code and nothing else, else None.

    >>> read_code("u3"), read_code("unsur iv"), read_code("pertanyaan ke 2"), read_code("x1")
    (('u', 3), ('unsur', 4), ('pertanyaan', 2), None)
    >>> read_code("pertanyaan 3 u3"), read_code("soal 3 u4")
    (('u', 3), None)
    """
    match = _CODE.fullmatch(key)
    if match is None:
        twice = _TWICE.fullmatch(key) if key[-1:].isdigit() and len(key) < 30 else None
        both = twice and (read_code(twice["satu"]), read_code(twice["lain"]))
        return both[1] if both and both[0] and both[1] and both[0][1] == both[1][1] else None
    if match["roman"] is not None:
        number = ROMAN.get(match["roman"])
        return None if number is None else (match["word"], number)
    return match["family"], int(match["number"])


def runs_of(usable: Sequence[str], look: Pandang) -> dict[tuple[str, str], dict[int, list[str]]]:
    """Return the numbered columns by prefix and family: "u", "skm_p", "penilaian/u".

    Runs that bear the name of another instrument are none; a prefix is believed where at least five numbers follow it.
    """
    runs: dict[tuple[str, str], dict[int, list[str]]] = {}
    for column in usable:
        code, start = read_code(normalise(column)), ""
        if code is None and len(column) <= _LONGEST and (long := _PREFIXED.fullmatch(column.strip())):
            code, start = read_code(normalise(long["kode"])), normalise(long["awal"])
        if code is not None and not other_instrument(start):
            runs.setdefault((start, code[0]), {}).setdefault(code[1], []).append(column)
    return {key: members for key, members in runs.items() if not key[0] or _believed(members, look)}


def unknown_runs(columns: Sequence[str], look: Pandang, whole: int) -> dict[str, dict[int, list[str]]]:
    """Return the runs of answers under codes of any other kind, as long as the survey: X1 ..., 1 ..., I ....

    >>> from skm.answers.column_kinds import unseen
    >>> [*unknown_runs([f"C{i}" for i in range(1, 10)] + ["D1", "Umur"], unseen, 9)]
    ['c']
    """
    runs: dict[str, dict[int, list[str]]] = {}
    for column in columns:
        key = normalise(column) if len(column) < 20 else ""
        match = _OTHER.fullmatch(key)
        if match is not None:
            runs.setdefault(match["family"] or "", {}).setdefault(int(match["number"]), []).append(column)
        elif key in ROMAN:
            runs.setdefault("i", {}).setdefault(ROMAN[key], []).append(column)
    return {
        family: members
        for family, members in runs.items()
        if sorted(members) == list(range(1, len(members) + 1))
        and len(members) >= whole
        and not (other_instrument(family) or other_value(family))
        and all(look(cs[0]).jenis in ("jawaban", "tertutup") for cs in members.values())
    }


def _believed(members: Mapping[int, Sequence[str]], look: Pandang) -> bool:
    whole = sorted(members) == list(range(1, len(members) + 1)) and len(members) >= 5
    return whole and sum(look(cs[0]).jenis in ("jawaban", "kosong", "tertutup") for cs in members.values()) * 2 > len(
        members
    )


def official_run(
    candidates: Mapping[tuple[str, str], dict[int, str]], whole: int
) -> dict[tuple[str, str], dict[int, str]]:
    """Return the run that bears the survey's name, or is U1, U2, ... and alone as long as the survey; else nothing.

    >>> official_run({("", "u"): dict.fromkeys(range(1, 10), "U"), ("", "p"): {1: "P1", 2: "P2"}}, 9).keys()
    dict_keys([('', 'u')])
    >>> official_run({("", "p"): dict.fromkeys(range(1, 10), "P"), ("", "u"): {1: "U1", 2: "U2"}}, 9)
    {}
    """
    own = {key: members for key, members in candidates.items() if OWN_PREFIX.search(key[0])}
    if len(own) == 1:
        return own
    long = {key: members for key, members in candidates.items() if len(members) >= whole}
    return long if len(long) == 1 and next(iter(long)) in (("", "u"), ("", "unsur")) else {}


def code_of(column: str) -> int | None:
    """Return the number of a header that is a bare code, else None."""
    code = read_code(normalise(column))
    return None if code is None else code[1]


def asked_code(text: str) -> int | None:
    """Return the number of a code, bare or behind the name of a group or table, else None; see `ends_in_code`.

    >>> asked_code("U3"), asked_code("skm_u3"), asked_code("penilaian/q7"), asked_code("Siti")
    (3, 3, 7, None)
    """
    bare = code_of(text)
    if bare is not None or len(text) > _LONGEST:
        return bare
    match = _PREFIXED.fullmatch(text.strip())
    return code_of(match["kode"]) if match and not other_instrument(match["awal"]) else None


def is_code(header: Any) -> bool:
    """Tell whether a header is a bare code such as U1 or q7."""
    return code_of(str(header)) is not None


def ends_in_code(header: Any) -> bool:
    """Tell whether a header is a code behind the name of a group or a table, such as penilaian/u1 or skm_p4.

    >>> ends_in_code("penilaian/u1"), ends_in_code("skm_pertanyaan4"), ends_in_code("IPAK_q2"), ends_in_code("Blok A 1")
    (True, True, False, False)
    """
    text = str(header).strip()
    match = _PREFIXED.fullmatch(text) if len(text) <= _LONGEST else None
    return match is not None and not other_instrument(match["awal"])
