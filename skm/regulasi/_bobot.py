"""Weights of the unsur: exact 1/x, 1/x rounded as templates do, or an agency's own that sum to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.limits import is_long_number
from skm.basics.numbers import format_exact, round_half_up
from skm.basics.reading_numbers import read_decimal

NAMES = ("tepat", "3-desimal", "2-desimal")
_PLACES = {"3-desimal": 3, "2-desimal": 2}


@dataclass(frozen=True, slots=True)
class Bobot:
    """Weights in use. ``nama`` is the canonical name of the choice, ``nilai`` one exact weight per unsur."""

    nama: str
    nilai: tuple[Fraction, ...]

    @property
    def exact(self) -> bool:
        """Whether the weights sum to exactly one."""
        return sum(self.nilai) == 1

    def label(self, lang: str | None = None) -> str:
        """Return how people write the weight: 1/9, 0,111, or a list."""
        x = len(self.nilai)
        if self.nama == "tepat":
            return f"1/{x}"
        if self.nama in _PLACES:
            return format_exact(round_half_up(Fraction(1, x), _PLACES[self.nama]), lang)
        return self.nama


def resolve(choice: Any, unsur: Sequence[str]) -> Bobot:
    """Return the weights that a choice means for these unsur.

    Parameters
    ----------
    choice : str, number or mapping
        "tepat" (1/x), "3-desimal", "2-desimal" (1/x rounded half up), a number that equals one of the two
        (``"0.111"``, ``"0,11"``, ``0.11``), or unsur -> weight with a sum of exactly one.
    unsur : sequence of str
        The unsur in use, in order; their number is x.

    Raises
    ------
    OptionError
        No such choice for this number of unsur; own weights that do not sum to one or do not fit the unsur.

    Examples
    --------
    >>> resolve("0,111", ["a"] * 9).nama
    '3-desimal'
    """
    if isinstance(choice, Mapping):
        return _own(choice, unsur)
    x = len(unsur)
    name = str(choice).strip()
    if name in ("tepat", "1/x", f"1/{x}"):
        return Bobot("tepat", (Fraction(1, x),) * x)
    if name not in _PLACES:
        name = _alias(choice, x)
    return Bobot(name, (Fraction(round_half_up(Fraction(1, x), _PLACES[name])),) * x)


def canonical(choice: Any) -> str:
    """Return the choice as text for a record, before the number of unsur is known."""
    if isinstance(choice, Mapping):
        return ", ".join(f"{key}={value}" for key, value in choice.items())
    return str(choice).strip()


def _alias(choice: Any, x: int) -> str:
    try:
        text = str(choice).strip().replace(",", ".")
        value = Decimal("NaN") if is_long_number(text) else Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise OptionError(
            "opsi-tidak-dikenal", opsi="bobot", nilai=str(choice)[:40], pilihan=[*NAMES, "0.111", "0.11"]
        ) from None
    for name, places in _PLACES.items():
        if value == round_half_up(Fraction(1, x), places):
            return name
    raise OptionError(
        "bobot-bukan-pembulatan",
        nilai=value,
        x=x,
        tiga=round_half_up(Fraction(1, x), 3),
        dua=round_half_up(Fraction(1, x), 2),
    )


def _own(choice: Mapping[str, Any], unsur: Sequence[str]) -> Bobot:
    missing, extra = [u for u in unsur if u not in choice], [u for u in choice if u not in unsur]
    if missing or extra:
        raise OptionError("bobot-unsur", kurang=missing or ["-"], lebih=extra or ["-"])
    weights = tuple(
        value if isinstance(value, Fraction) else _fraction(value, u) for u, value in ((u, choice[u]) for u in unsur)
    )
    if any(w < 0 for w in weights) or sum(weights) != 1:
        raise OptionError("bobot-jumlah", jumlah=str(sum(weights)), desimal=float(sum(weights)))
    return Bobot(canonical({u: choice[u] for u in unsur}), weights)


def _fraction(value: Any, unsur: str) -> Fraction:
    if isinstance(value, str) and "/" in value and not is_long_number(value):
        try:
            return Fraction(value.replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            raise OptionError("angka-tidak-terbaca", nilai=value, untuk=f"bobot {unsur}") from None
    return Fraction(read_decimal(value, f"bobot {unsur}"))
