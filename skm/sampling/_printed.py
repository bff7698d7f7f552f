"""The table of Krejcie and Morgan as the regulation prints it."""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

from skm.basics.numbers import resolve_lang


class Row(NamedTuple):
    """A row of the printed table: for ``population`` people, ``n`` respondents."""

    population: int
    n: int


@dataclass(frozen=True, slots=True)
class Printed:
    acuan: str
    aturan: str
    rows: tuple[Row, ...]
    basis: dict[str, Decimal | str]

    def below(self, population: int) -> Row | None:
        """Return the largest row not above N."""
        position = bisect_right(self.rows, population, key=lambda row: row.population)
        return self.rows[position - 1] if position else None

    def above(self, population: int) -> Row | None:
        """Return the smallest row not below N."""
        position = bisect_left(self.rows, population, key=lambda row: row.population)
        return self.rows[position] if position < len(self.rows) else None


def cited(reference: str, lang: str | None = None) -> str:
    """Return a place in the regulation as people of a language write it.

    >>> cited("PermenPANRB 14/2017, Lampiran II, hlm. 25-26", "en")
    'PermenPANRB 14/2017, Annex II, pp. 25-26'
    """
    if resolve_lang(lang) == "id":
        return reference
    return reference.replace("Lampiran", "Annex").replace("hlm.", "pp.")


@cache
def printed() -> Printed:
    source = resources.files("skm").joinpath("data", "sampel", "krejcie-morgan.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    basis: dict[str, Decimal | str] = {name: Decimal(value) for name, value in data["dasar"].items()}
    return Printed(
        acuan=data["acuan"],
        aturan=data["aturan"],
        rows=tuple(Row(*row) for row in data["baris"]),
        basis=basis | {"rounding": "half-up", "chi2": "tabel"},
    )
