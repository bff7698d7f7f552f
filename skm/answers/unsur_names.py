"""Headers that are the name of an unsur, an id, or a name behind a number or a code."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from skm.answers.signatures import LONGEST, Evidence, judge, other_instrument, other_value, readings
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner
from skm.regulasi._unsur import names_of

_CODES = "u|unsur|a|p|q|n|pertanyaan|pernyataan|soal|butir|item|question|no|nilai"
# Before a name any outline number says nothing: C1., B.1, C1.1, IV., Unsur IV, a. H and K may be what is hoped and met.
_LEAD = re.compile(
    r"^(?:(?:skm|ikm|survei kepuasan masyarakat) )?"
    rf"(?:(?:{_CODES}|[a-gi-z]{{1,2}})? ?0{{0,3}}\d{{1,2}}(?: 0{{0,3}}\d{{1,2}})? "
    rf"|(?:(?:{_CODES}) )?(?:i{{1,3}}|iv|v|vi{{1,3}}|ix|x{{1,3}}|xi{{1,3}}|xiv) |(?:[a-i]|unsur) "
    r"|(?:nilai|skor|penilaian) )?"
    r"(?P<rest>.+)$"
)
# And a code behind it: "Persyaratan - C1".
_TRAIL = re.compile(rf" (?:{_CODES}|[a-gi-z]{{1,2}}) ?0{{0,3}}\d{{1,2}}$")
# How this package writes the header of an office's own question, so that it reads it back.
OWN = "unsur:"


def is_named(header: Any, base: Kuesioner) -> bool:
    """Tell whether a header is an unsur's name, with or without a code before it."""
    return named(str(header), base) is not None


def named(column: str, base: Kuesioner) -> str | None:
    """Return the butir that a header names, with or without a code or a number before the name."""
    return _named(column, base) if len(column) <= LONGEST else _found(column, base)


@lru_cache(maxsize=1 << 15)
def _named(column: str, base: Kuesioner) -> str | None:
    return _found(column, base)


def _found(column: str, base: Kuesioner) -> str | None:
    table = _synonyms(base)
    if column.casefold().startswith(OWN):
        return column[len(OWN) :].strip() or None
    # The row of a grid is an unsur's name under any question: also one about importance, or of another instrument.
    foreign = bool(other_value(column) or other_instrument(column))
    for text in readings(column):
        if foreign and text != column:
            continue
        key = normalise(text)
        if key in table:
            return table[key]
        lead = _LEAD.match(key)
        if lead and lead["rest"] in table:
            return table[lead["rest"]]
        if (bare := _TRAIL.sub("", key)) != key and bare in table:
            return table[bare]
    return None


@cache
def _synonyms(base: Kuesioner) -> dict[str, str]:
    single = {b.unsur: b.id for b in base.butir if sum(other.unsur == b.unsur for other in base.butir) == 1}
    known = {b.unsur for b in base.butir}
    # An unsur with several questions has no column of its own name; an unsur not asked about keeps its id.
    table = {name: single.get(u, u) for name, u in names_of(base.regulasi).items() if u in single or u not in known}
    for butir in base.butir:
        for name in (butir.id, *butir.sinonim, *butir.tanya.values()):
            if name:
                table[normalise(name)] = butir.id
    return table


def unsur_named(header: Any, base: Kuesioner) -> str | None:
    """Return the unsur that a header names, or None."""
    butir = named(str(header), base)
    return next((b.unsur for b in base.butir if b.id == butir), butir)


def proof_of(column: str, base: Kuesioner) -> Evidence | None:
    """Return what a header proves; files of one office have the same headers."""
    return _proof_of(column, base) if len(column) <= LONGEST else None


@lru_cache(maxsize=1 << 15)
def _proof_of(column: str, base: Kuesioner) -> Evidence | None:
    return judge(column, base, lambda text: named(text, base))


@lru_cache(maxsize=32)
def characteristics(base: Kuesioner) -> dict[str, str]:
    """Return every header that names a characteristic of respondents, normalised -> its id."""
    return {normalise(name): c.id for c in base.profil for name in (c.id, *c.nama.values(), *c.sinonim)}
