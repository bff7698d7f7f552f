"""Several questions about one unsur, told by a number or letter behind its code: U1.1, U1.2, U2a, U2b."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from skm.basics.words import normalise

_PART = re.compile(
    r"(?:u|unsur) ?0{0,3}(?P<number>\d{1,2})(?: 0{0,3}(?P<part>\d{1,2})|(?P<letter>[a-h]))(?: (?P<rest>\D.*))?"
)
_WHOLE = re.compile(r"(?:u|unsur) ?0{0,3}(?P<number>\d{1,2})(?: (?P<rest>\D.*))?")
_LONGEST = 200


def is_part(header: str) -> bool:
    """Tell whether a header is the code of one of several questions about an unsur.

    >>> is_part("U1.1"), is_part("U2b"), is_part("U2"), is_part("U1 Persyaratan")
    (True, True, False, False)
    """
    return len(header) <= _LONGEST and _PART.fullmatch(normalise(header)) is not None


def sub_questions(columns: Sequence[str], named: Callable[[str], str | None]) -> dict[int, list[str]] | None:
    """Return number of the unsur -> its columns, in the order of their parts; None where no unsur has several so.

    The numbers run 1, 2, ... without a hole, the parts of an unsur too; an unsur has parts or one column, never both.

    Examples
    --------
    >>> sub_questions(["U1.1", "U1.2", "U2"], lambda text: None)
    {1: ['U1.1', 'U1.2'], 2: ['U2']}
    >>> sub_questions(["U1", "U1.1", "U2"], lambda text: None) is None
    True
    """
    parts: dict[int, dict[int, str]] = {}
    alone: dict[int, str] = {}
    for column in columns:
        key = normalise(column) if len(column) <= _LONGEST else ""
        if match := _PART.fullmatch(key):
            part = int(match["part"]) if match["part"] else ord(match["letter"]) - ord("a") + 1
            if part in parts.setdefault(int(match["number"]), {}):
                return None
            parts[int(match["number"])][part] = column
        elif match := _WHOLE.fullmatch(key):
            if int(match["number"]) in alone:
                return None
            alone[int(match["number"])] = column
        elif named(column):
            return None  # an unsur under a bare name beside codes: which number it has is not said
    if parts.keys() & alone.keys() or not any(len(own) > 1 for own in parts.values()):
        return None
    if any(sorted(own) != list(range(1, len(own) + 1)) for own in parts.values()):
        return None
    numbers = sorted(parts.keys() | alone.keys())
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < 2:
        return None
    return {n: [column for _, column in sorted(parts[n].items())] if n in parts else [alone[n]] for n in numbers}


def parts_beside_whole(columns: Sequence[str]) -> tuple[str, str] | None:
    """Return a code and the same code with a part behind it, where both are there: which of them counts is not said.

    >>> parts_beside_whole(["U1", "U1.1", "U2"])
    ('U1', 'U1.1')
    """
    keys = {normalise(column): column for column in columns if len(column) <= _LONGEST}
    for key, column in keys.items():
        match = _PART.fullmatch(key)
        if match and not match["rest"] and (whole := keys.get(f"u{match['number']}")) is not None:
            return whole, column
    return None
