"""Spellings of one word brought together: case, width, punctuation, spaces, and slips of a letter or two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_KEPT, _SHORT = 1 << 15, 200


Answer = TypeVar("Answer")


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Return the same pure function, which remembers what it said of short texts: as many as a wide table has headers.

    >>> remembered(str.upper)("u1")
    'U1'
    """
    kept = lru_cache(maxsize=_KEPT)(function)

    @wraps(function)
    def answer(text: str) -> Answer:
        return kept(text) if len(text) <= _SHORT else function(text)

    return answer


def normalise(text: object) -> str:
    """Fold case, width, punctuation and spaces, so that spellings of one label meet.

    >>> normalise("  Sistem, Mekanisme & Prosedur ")
    'sistem mekanisme dan prosedur'
    """
    return _normalised(str(text))


@remembered
def _normalised(text: str) -> str:
    folded = (text if text.isascii() else _latin(text)).casefold().replace("&", " dan ")
    return re.sub(r"[\W_]+", " ", folded).strip()


def _latin(text: str) -> str:
    """Fold width, and digits of other scripts, to what a Latin keyboard types."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in folded)


def edit_distance(a: str, b: str, limit: int) -> int:
    """Return the Levenshtein distance, or limit + 1 once it is known to be larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        current = [i]
        for j, y in enumerate(b, start=1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (x != y)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return previous[-1]
