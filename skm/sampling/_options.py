"""The choices that a sample size depends on, read as people and programs write them."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, SupportsIndex, TypeAlias, get_args

from skm.basics.errors import OptionError
from skm.basics.numbers import round_half_up
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.values import plain
from skm.sampling._formula import chi_square_quantile
from skm.sampling._printed import printed

Method: TypeAlias = Literal["krejcie-morgan", "tabel-bawah", "tabel-atas", "cochran", "slovin"]
Rounding: TypeAlias = Literal["half-up", "ceil"]
ChiSquare: TypeAlias = Literal["tabel", "exact"]
Count: TypeAlias = "SupportsIndex | float | Decimal | str"
Share: TypeAlias = "float | Decimal | Fraction | str"

METHODS: tuple[str, ...] = get_args(Method)
TABLES = ("tabel-bawah", "tabel-atas")

# Chi-square, one degree of freedom, as statistical tables print it. With 3.841 all 90 rows of the regulation's table
# come out; the unrounded value misses N = 40 000.
_CHI_SQUARE = {Decimal("0.90"): Decimal("2.706"), Decimal("0.95"): Decimal("3.841"), Decimal("0.99"): Decimal("6.635")}
ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "half-up": lambda value: int(round_half_up(value, 0)),
    "ceil": math.ceil,
}


@dataclass(frozen=True, slots=True)
class SamplingOptions:
    """The choices that a sample size depends on; shares are parts of one."""

    method: str = "krejcie-morgan"
    level: Decimal = Decimal("0.95")
    margin: Decimal = Decimal("0.05")
    p: Decimal = Decimal("0.5")
    rounding: str = "half-up"
    chi2: str = "tabel"

    @classmethod
    def read(
        cls, *, method: str, level: Share, margin: Share, p: Share, rounding: str | None, chi2: str | None
    ) -> SamplingOptions:
        """Check the choices as given by a caller; None is what the method is usually computed with."""
        _choose("method", method, METHODS)
        given = {"rounding": rounding, "chi2": chi2}
        rounding = rounding if rounding is not None else "ceil" if method in ("cochran", "slovin") else "half-up"
        chi2 = chi2 if chi2 is not None else "exact" if method == "cochran" else "tabel"
        _choose("rounding", rounding, tuple(ROUNDINGS))
        _choose("chi2", chi2, get_args(ChiSquare))
        confidence = read_level(level)
        if chi2 == "tabel" and confidence not in _CHI_SQUARE:
            raise OptionError("tingkat-kepercayaan-tanpa-tabel", nilai=confidence, pilihan=tuple(_CHI_SQUARE))
        options = cls(method, confidence, read_share(margin, "margin"), read_share(p, "p"), rounding, chi2)
        if method == "slovin" and (
            confidence != Decimal("0.95") or options.p != Decimal("0.5") or given["chi2"] is not None
        ):
            raise OptionError("slovin-tanpa-pilihan", level=options.level, p=options.p)
        if method in TABLES and (other := options._unlike_table()):
            basis = [f"{name}={value}" for name, value in printed().basis.items()]
            raise OptionError(
                "tabel-sampel-lain-dasar", method=method, acuan=printed().acuan, dasar=basis, diminta=other
            )
        return options

    @property
    def chi_square(self) -> Decimal:
        """The chi-square value that the formula uses."""
        return _CHI_SQUARE[self.level] if self.chi2 == "tabel" else Decimal(repr(chi_square_quantile(self.level)))

    @property
    def comparable(self) -> bool:
        """Whether the printed table answers the same question (same level, margin and P)."""
        return all(getattr(self, name) == printed().basis[name] for name in ("level", "margin", "p"))

    def as_printed(self) -> SamplingOptions:
        """Return the same question for the regulation's formula, as it is usually computed."""
        chi2 = "tabel" if self.level in _CHI_SQUARE else "exact"
        return replace(self, method="krejcie-morgan", rounding="half-up", chi2=chi2)

    def _unlike_table(self) -> list[str]:
        return [f"{name}={getattr(self, name)}" for name, v in printed().basis.items() if getattr(self, name) != v]

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping; shares are text."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


def read_size(value: Any, name: str, *, minimum: int = 0) -> int:
    """Read a number of respondents: a count, or the ``n`` of a plan, a draw or a result."""
    return read_count(getattr(value, "n", value), name, minimum=minimum)


def _choose(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in choices:
        raise OptionError("opsi-tidak-dikenal", opsi=name, nilai=value, pilihan=choices)


def read_level(value: Any) -> Decimal:
    """Read a confidence level; below one half it is more likely the error level."""
    confidence = read_share(value, "level")
    if confidence < Decimal("0.5"):
        raise OptionError("tingkat-kepercayaan-mendua", nilai=confidence, kebalikan=1 - confidence)
    return confidence


def read_share(value: Any, name: str) -> Decimal:
    """Read a part of one, as a number, with a decimal comma or with a percent sign."""
    if isinstance(value, numbers.Real) and not isinstance(value, (bool, int, float, Fraction)):
        value = str(value)  # numpy's single precision: 0.05 as printed, not 0.05000000074505806
    number = read_decimal(value, name)
    if isinstance(value, str) and value.strip().endswith("%"):
        if 0 < number < 1:
            # "0,05%" is more often a slip for 0.05 than a wish for 0.0005.
            raise OptionError("persen-mendua", nilai=value, untuk=name, persen=number / 100, bagian=number)
        number /= 100
    number = number.normalize()
    if not 0 < number < 1:
        raise OptionError("proporsi-di-luar-batas", untuk=name, nilai=number)
    return number
