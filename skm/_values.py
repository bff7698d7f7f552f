"""Small frozen values that every part shares, and the reading of numbers as Indonesians type them."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

from skm import _messages
from skm._format import round_half_up
from skm.errors import OptionError

Tingkat = Literal["kesalahan", "peringatan", "catatan"]


class Pecahan(Fraction):
    """An exact fraction that can be written with ``format``, rounded half up.

    >>> f"{Pecahan(1142, 341):.2f}"
    '3.35'
    """

    def __format__(self, spec: str, /) -> str:
        match = re.fullmatch(r"(?P<head>.*?)\.(?P<places>\d+)f", spec)
        if match is None:
            return str(self) if not spec else format(float(self), spec)
        places = int(match["places"])
        return format(round_half_up(self, places), f"{match['head']}.{places}f")

    def __repr__(self) -> str:
        return f"Pecahan({self.numerator}, {self.denominator})"


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
        return _messages.text(self.area, self.kode, lang, **self.bukti)

    def advice(self, lang: str | None = None) -> str:
        """Return what to do, or an empty text."""
        code = f"{self.kode}.saran"
        return _messages.text(self.area, code, lang, **self.bukti) if _messages.has(self.area, code) else ""

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


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a figure came about: everything that can change it, so that it can be made again.

    Attributes
    ----------
    regulasi, revisi : str
        Id of the regulation and the digest of the data file that describes it.
    bobot, pembulatan, kosong, pertanyaan, unsur_kosong, u8 : str
        The named choices.
    nilai_kosong : tuple of str
        Values that the caller named as "not answered".
    periode : str
        The period kept, empty where no filter was used.
    perbaikan, pengecualian : tuple of str
        Repairs and exclusions in the order in which they were made.
    sidik : str
        Fingerprint of the counts that the figure was computed from.
    versi : str
        Version of this package.
    """

    regulasi: str
    revisi: str
    bobot: str
    pembulatan: str
    kosong: str
    pertanyaan: str
    unsur_kosong: str
    u8: str
    sidik: str
    versi: str
    sumber: str = ""
    nilai_kosong: tuple[str, ...] = ()
    periode: str = ""
    perbaikan: tuple[str, ...] = ()
    pengecualian: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


def plain(value: Any) -> Any:
    """Turn a value into what JSON can hold; numbers of record become text."""
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
        raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose)
    if isinstance(value, (int, Decimal)):
        number = Decimal(value)
    elif isinstance(value, Fraction):
        number = Decimal(value.numerator) / Decimal(value.denominator)
    elif isinstance(value, str):
        number = _decimal_from_text(value, purpose)
    elif isinstance(value, numbers.Real):
        number = Decimal(repr(float(value)))
    else:
        raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose)
    if not number.is_finite():
        raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose)
    return number


def _integral(value: Any, purpose: str) -> int:
    """Return a number that is whole; a signalling NaN and NumPy's booleans are no numbers here."""
    try:
        exact = None if isinstance(value, bool) else Fraction(value)
    except (TypeError, ValueError, OverflowError):
        exact = _real(value)
    if exact is None or exact.denominator != 1:
        raise OptionError("cacah-tidak-bulat", nilai=value, untuk=purpose)
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
    compact = _SPACES.sub("", value)
    if re.fullmatch(r"[+-]?\d{1,3},\d{3}", compact):
        raise OptionError("cacah-mendua", nilai=value, ribuan=compact.replace(",", ""), desimal=compact, untuk=purpose)
    if _GROUPED_DOT.fullmatch(compact):
        return int(compact.split(",")[0].replace(".", ""))
    if _GROUPED_COMMA.fullmatch(compact):
        return int(compact.split(".")[0].replace(",", ""))
    if _PLAIN.fullmatch(compact):
        return int(re.split(r"[.,]", compact)[0])
    if re.fullmatch(r"[+-]?[\d.,]+", compact):
        raise OptionError("cacah-tidak-bulat", nilai=value, untuk=purpose)
    raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose)


def _decimal_from_text(value: str, purpose: str) -> Decimal:
    compact = _SPACES.sub("", value).removesuffix("%")
    last_comma, last_point = compact.rfind(","), compact.rfind(".")
    if last_comma >= 0 and last_point >= 0:
        thousands = "." if last_comma > last_point else ","
        compact = compact.replace(thousands, "")
    if not re.fullmatch(r"[+-]?\d+([.,]\d+)?", compact):
        raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose)
    try:
        return Decimal(compact.replace(",", "."))
    except InvalidOperation as problem:  # pragma: no cover - the pattern above excludes it
        raise OptionError("angka-tidak-terbaca", nilai=value, untuk=purpose) from problem
