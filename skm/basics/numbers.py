"""Exact rounding and the way numbers are written for people (decimal comma in Indonesian)."""

from __future__ import annotations

import math
import os
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["id", "en"]
Number: TypeAlias = "int | float | Decimal | Fraction"

LANGS: tuple[Lang, ...] = ("id", "en")


def resolve_lang(lang: str | None = None) -> Lang:
    """Return the output language: the argument, else the variable SKM_LANG, else Indonesian."""
    chosen = lang if lang is not None else os.environ.get("SKM_LANG", "id")
    return "en" if chosen.strip().lower().startswith("en") else "id"


def round_half_up(value: Number, places: int) -> Decimal:
    """Round exactly, ties away from zero; a float is taken at its shortest printed form.

    >>> round_half_up(Fraction(524, 171) * 25, 2)
    Decimal('76.61')
    >>> round_half_up(88.305, 2)
    Decimal('88.31')
    """
    if isinstance(value, (Fraction, Decimal)):
        top, bottom = value.as_integer_ratio()
    else:
        top, bottom = Fraction(repr(float(value)) if isinstance(value, float) else value).as_integer_ratio()
    return round_ratio(top, bottom, places)


def round_ratio(top: int, bottom: int, places: int) -> Decimal:
    """Round a ratio of whole numbers as `round_half_up` does; it need not be in lowest terms.

    >>> round_ratio(524 * 25, 171, 2)
    Decimal('76.61')
    """
    units = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(-units if top < 0 else units).scaleb(-places)


def format_decimal(value: Number | None, places: int = 2, lang: str | None = None) -> str:
    """Write a number with a fixed number of decimals, or a dash where there is none.

    >>> format_decimal(Decimal("1234.5"), 2)
    '1.234,50'
    >>> format_decimal(Decimal("1234.5"), 2, "en")
    '1,234.50'
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "-"
    english = f"{round_half_up(value, places):,.{places}f}"
    if resolve_lang(lang) == "en":
        return english
    return english.translate(_SWAP)


def format_count(value: int | None, lang: str | None = None) -> str:
    """Write a whole number with thousands marks: 3.441 in Indonesian, 3,441 in English."""
    return format_decimal(value, 0, lang)


def format_exact(value: Decimal, lang: str | None = None) -> str:
    """Write a decimal with the digits it has, without thousands marks: 0,111."""
    text = format(value, "f")
    return text if resolve_lang(lang) == "en" else text.replace(".", ",")


_SWAP = str.maketrans({",": ".", ".": ","})
