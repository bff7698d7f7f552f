"""Columns named by a code: U1, q7, p4, or such a code behind the name of a group or a table; runs of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from skm.answers.column_kinds import Pandang
from skm.answers.signatures import other_instrument
from skm.basics.words import normalise

_CODE = re.compile(r"(?P<family>u|unsur|a|p|q|n|pertanyaan|soal|butir|nilai|jawaban) ?0*(?P<number>\d{1,2})")
_PREFIXED = re.compile(rf"(?P<awal>.+?)[/:.\-\]_]\s*(?P<kode>{_CODE.pattern.replace(' ?', '[ _.-]?')})", re.IGNORECASE)
_OWN_PREFIX = re.compile(r"\b(?:skm|ikm|kepuasan|survei|survey)\b")
_LONGEST = 400


def runs_of(usable: Sequence[str], look: Pandang) -> dict[tuple[str, str], dict[int, list[str]]]:
    """Return the numbered columns by prefix and family: "u", "skm_p", "penilaian/u".

    Runs that bear the name of another instrument are none; a prefix is believed where at least five numbers follow it.
    """
    runs: dict[tuple[str, str], dict[int, list[str]]] = {}
    for column in usable:
        match, start = _CODE.fullmatch(normalise(column)), ""
        if match is None and len(column) <= _LONGEST and (long := _PREFIXED.fullmatch(column.strip())):
            match, start = _CODE.fullmatch(normalise(long["kode"])), normalise(long["awal"])
        if match is not None and not other_instrument(start):
            runs.setdefault((start, match["family"]), {}).setdefault(int(match["number"]), []).append(column)
    return {key: members for key, members in runs.items() if not key[0] or _believed(members, look)}


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
    own = {key: members for key, members in candidates.items() if _OWN_PREFIX.search(key[0])}
    if len(own) == 1:
        return own
    long = {key: members for key, members in candidates.items() if len(members) >= whole}
    return long if len(long) == 1 and next(iter(long)) in (("", "u"), ("", "unsur")) else {}


def code_of(column: str) -> int | None:
    """Return the number of a header that is a bare code, else None."""
    match = _CODE.fullmatch(normalise(column))
    return int(match["number"]) if match else None


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
