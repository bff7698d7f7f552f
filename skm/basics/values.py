"""Small frozen values that every part shares, and the reading of numbers as Indonesians type them."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from skm.basics import messages
from skm.basics.numbers import round_half_up

Tingkat = Literal["kesalahan", "peringatan", "catatan"]


@cache
def _places_of(spec: str) -> tuple[int, bool] | None:
    """Return how many decimals a format asks for, and whether it asks for nothing else; None where it is another."""
    match = re.fullmatch(r"(?P<head>.*?)\.(?P<places>\d+)f", spec)
    return None if match is None else (int(match["places"]), not match["head"])


class ExactFraction(Fraction):
    """An exact fraction that can be written with ``format``, rounded half up.

    >>> f"{ExactFraction(1142, 341):.2f}"
    '3.35'
    """

    def __format__(self, spec: str, /) -> str:
        asked = _places_of(spec)
        if asked is None:
            return str(self) if not spec else format(float(self), spec)
        places, bare = asked
        if not bare or not places:
            return format(round_half_up(self, places), spec)
        # The digits themselves: what most formats ask for, at a third of the cost of a Decimal.
        one, top, bottom = 10**places, self.numerator, self.denominator
        units = (2 * abs(top) * one + bottom) // (2 * bottom)
        whole, rest = divmod(units, one)
        return f"{'-' if top < 0 and units else ''}{whole}.{rest:0{places}d}"

    def __repr__(self) -> str:
        return f"ExactFraction({self.numerator}, {self.denominator})"


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval estimate. ``low`` and ``high`` have the unit of the estimate; NaN where undefined."""

    low: float
    high: float
    level: float
    method: str

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping; an undefined bound is None."""
        low, high = (None if math.isnan(x) else x for x in (self.low, self.high))
        return {"low": low, "high": high, "level": self.level, "method": self.method}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should know, with the numbers that prove it.

    Attributes
    ----------
    kode : str
        Stable kebab-case code.
    tingkat : {"kesalahan", "peringatan", "catatan"}
        Severity: wrong, doubtful, or merely to be known.
    area : str
        The message catalogue that holds the texts.
    bukti : mapping
        The numbers and names that prove it.
    """

    kode: str
    tingkat: Tingkat
    area: str
    bukti: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bukti", MappingProxyType(dict(self.bukti)))

    def text(self, lang: str | None = None) -> str:
        """Return the sentence in the wanted language."""
        return messages.text(self.area, self.kode, lang, **self.bukti)

    def advice(self, lang: str | None = None) -> str:
        """Return what to do, or an empty text."""
        code = f"{self.kode}.saran"
        return messages.text(self.area, code, lang, **self.bukti) if messages.has(self.area, code) else ""

    @property
    def pesan(self) -> str:
        """The sentence in the default language."""
        return self.text()

    @property
    def saran(self) -> str:
        """What to do, in the default language."""
        return self.advice()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "kode": self.kode,
            "tingkat": self.tingkat,
            "pesan": self.text(lang),
            "saran": self.advice(lang),
            "bukti": {key: plain(value) for key, value in self.bukti.items()},
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return Finding, (self.kode, self.tingkat, self.area, dict(self.bukti))


_AS_THEY_ARE = (str, int, bool)


def plain(value: Any) -> Any:
    """Turn a value into what JSON can hold; numbers of record become text."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else None
    return str(value)
