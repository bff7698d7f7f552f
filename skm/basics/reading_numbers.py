"""Counts and decimals as Indonesians type them: ``3.441`` is a count, ``0,05`` a decimal."""

from __future__ import annotations

import math
import numbers
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.limits import TABLE, is_far, is_long_number

_BITS = 400  # of a whole number: more than its digits may be
_QUOTED = 40


def read_count(value: Any, purpose: str, *, minimum: int = 0) -> int:
    """Read a whole number as people and programs write it.

    ``3.441`` is three thousand odd, because a dot groups thousands in Indonesian; ``3,441`` as text could
    be either and is refused with both readings.

    Parameters
    ----------
    value : int, float, Decimal or str
        NumPy integers and integral floats count; booleans, NaN and fractions do not.
    purpose : str
        What the number is for; named in the error.
    minimum : int
        The least that is allowed.

    Raises
    ------
    OptionError
        Not a whole number, ambiguous, or below the minimum.

    Examples
    --------
    >>> read_count("3.441", "N")
    3441
    """
    number = _count_from_text(value, purpose) if isinstance(value, str) else _integral(value, purpose)
    if number < minimum:
        raise OptionError("cacah-terlalu-kecil", nilai=number, untuk=purpose, minimum=minimum)
    return number


def read_decimal(value: Any, purpose: str) -> Decimal:
    """Read a decimal number written with a comma or a point, with or without a percent sign.

    Raises
    ------
    OptionError
        Not a finite number.

    Examples
    --------
    >>> read_decimal("94,14", "IKM")
    Decimal('94.14')
    >>> read_decimal("1.234,5", "IKM")
    Decimal('1234.5')
    """
    if isinstance(value, bool) or value is None:
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)
    if isinstance(value, (int, Decimal)):
        number = Decimal("NaN") if isinstance(value, int) and value.bit_length() > _BITS else Decimal(value)
    elif isinstance(value, Fraction):
        number = Decimal(value.numerator) / Decimal(value.denominator)
    elif isinstance(value, str):
        number = _decimal_from_text(value, purpose)
    elif isinstance(value, numbers.Real):
        number = Decimal(repr(float(value)))
    else:
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)
    # A float next to nothing is a number like any other: its exponent is bounded, unlike that of a text.
    tiny = isinstance(value, numbers.Real) and number.is_finite() and abs(number) < 1
    if not number.is_finite() or (is_far(number) and not tiny):
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)
    return number


def machine_number(value: Any) -> Any:
    """Return a number that a program wrote as text: "69.000" and "118.0" are whole; anything else comes back as it is.

    >>> machine_number("69.000"), machine_number("3.441"), machine_number("3,47"), machine_number(None)
    (69, Decimal('3.441'), '3,47', None)
    """
    if not isinstance(value, str) or not re.fullmatch(r"[+-]?\d{1,18}\.\d{1,18}", value.strip()):
        return value
    number = Decimal(value.strip())
    return int(number) if number == number.to_integral_value() else number


def _integral(value: Any, purpose: str) -> int:
    """Return a number that is whole; a signalling NaN and NumPy's booleans are no numbers here."""
    if type(value) is int and value.bit_length() <= _BITS:
        return value
    if (isinstance(value, Decimal) and is_far(value)) or (isinstance(value, int) and value.bit_length() > _BITS):
        raise OptionError("cacah-tidak-bulat", nilai=_short(value), untuk=purpose)
    try:
        exact = None if isinstance(value, bool) else Fraction(value)
    except (TypeError, ValueError, OverflowError):
        exact = _real(value)
    if exact is None or exact.denominator != 1:
        raise OptionError("cacah-tidak-bulat", nilai=_short(value), untuk=purpose)
    return int(exact)


def _real(value: Any) -> Fraction | None:
    """Return a NumPy real, which Fraction does not take, as a fraction; None where it is no finite number."""
    if not isinstance(value, numbers.Real) or not math.isfinite(value):
        return None
    return Fraction(float(value))


_GROUPED_DOT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,0+)?")


_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}(\.0+)?")


_PLAIN = re.compile(r"[+-]?\d+([.,]0+)?")


_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def _count_from_text(value: str, purpose: str) -> int:
    compact = _compact(value, purpose)
    if re.fullmatch(r"[+-]?\d{1,3},\d{3}", compact):
        raise OptionError("cacah-mendua", nilai=value, ribuan=compact.replace(",", ""), desimal=compact, untuk=purpose)
    if _GROUPED_DOT.fullmatch(compact):
        return int(compact.split(",")[0].replace(".", ""))
    if _GROUPED_COMMA.fullmatch(compact):
        return int(compact.split(".")[0].replace(",", ""))
    if _PLAIN.fullmatch(compact):
        return int(re.split(r"[.,]", compact)[0])
    if re.fullmatch(r"[+-]?[\d.,]+", compact):
        raise OptionError("cacah-tidak-bulat", nilai=_short(value), untuk=purpose)
    raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)


def _compact(value: str, purpose: str) -> str:
    """Return a number's text without its spaces; a text that is too long for a number is none."""
    compact = _SPACES.sub("", value[: 10 * TABLE["huruf-angka"].value])
    if len(value) > 10 * TABLE["huruf-angka"].value or is_long_number(compact):
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)
    return compact


def _short(value: Any) -> str:
    """Return a value as it may be quoted, however long it is."""
    if isinstance(value, int) and value.bit_length() > _BITS:
        return f"2^{value.bit_length()}"
    text = str(value)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."


def _decimal_from_text(value: str, purpose: str) -> Decimal:
    compact = _compact(value, purpose).removesuffix("%")
    last_comma, last_point = compact.rfind(","), compact.rfind(".")
    if last_comma >= 0 and last_point >= 0:
        thousands = "." if last_comma > last_point else ","
        compact = compact.replace(thousands, "")
    if not re.fullmatch(r"[+-]?\d+([.,]\d+)?", compact):
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose)
    try:
        return Decimal(compact.replace(",", "."))
    except InvalidOperation as problem:  # pragma: no cover - the pattern above excludes it
        raise OptionError("angka-tidak-terbaca", nilai=_short(value), untuk=purpose) from problem
