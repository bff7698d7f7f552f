"""Dividing a sample among strata."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from skm.basics.arguments import as_mapping
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._options import Count, read_size
from skm.sampling._texts import group_name, say

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["proporsional", "sama", "neyman", "daya"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Allocation:
    """A sample divided among strata.

    Attributes
    ----------
    n : mapping
        Stratum -> respondents; sums to ``total``.
    population : mapping
        Stratum -> N.
    share : mapping
        Stratum -> what it would get before rounding, minimum and N.
    method, minimum
        The choices.
    """

    n: Mapping[Any, int]
    population: Mapping[Any, int]
    share: Mapping[Any, Fraction]
    total: int
    method: str
    minimum: int
    power: float = 1.0

    @property
    def raised(self) -> tuple[Any, ...]:
        """Strata lifted to the minimum (or to all of their people, where there are fewer)."""
        return tuple(s for s, n in self.n.items() if self.minimum and n > math.ceil(self.share[s]))

    def kalimat(self, lang: str | None = None) -> str:
        """Return the allocation as one sentence."""
        parts = [f"{group_name(s, lang)} {n}" for s, n in self.n.items()]
        code = f"alokasi-{self.method}"
        shown = parts if len(parts) <= 8 else [*parts[:8], "..."]
        return say(code, lang, total=self.total, banyak=len(parts), daftar=shown)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a stratum for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("strata", say("kolom-strata", language)),
            TableColumn("population", "N", "count"),
            TableColumn("share", say("kolom-bagian", language), "decimal", 2),
            TableColumn("n", "n", "count"),
        )
        rows = tuple((group_name(s, language), self.population[s], self.share[s], n) for s, n in self.n.items())
        notes = [say(f"alokasi-cara-{self.method}", language, pangkat=Decimal(f"{self.power:.6g}"))]
        if self.minimum:
            notes.append(say("alokasi-minimum", language, minimum=self.minimum))
        if self.raised:
            notes.append(say("alokasi-dinaikkan", language, strata=[group_name(s, language) for s in self.raised]))
        if alone := [s for s, n in self.n.items() if n < min(2, self.population[s])]:
            notes.append(say("alokasi-tunggal", language, strata=[group_name(s, language) for s in alone]))
        if self.raised or (self.method != "proporsional" and len(set(self.population.values())) > 1):
            notes.append(say("alokasi-berbobot", language))
        return Table(say("judul-alokasi", language, total=self.total), columns, rows, tuple(notes), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a stratum: strata, population, share, n."""
        columns = (
            TableColumn("strata", ""),
            TableColumn("population", "", "count"),
            TableColumn("share", "", "decimal"),
            TableColumn("n", "", "count"),
        )
        return Table(
            "", columns, tuple((s, self.population[s], self.share[s], n) for s, n in self.n.items())
        ).to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        rows = [
            {"strata": plain(s), "population": self.population[s], "share": float(self.share[s]), "n": n}
            for s, n in self.n.items()
        ]
        return {"total": self.total, "method": self.method, "minimum": self.minimum, "strata": rows}

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def allocate(
    total: Any,
    population: Mapping[Any, Count],
    *,
    method: Method = "proporsional",
    minimum: Count = 0,
    sd: Mapping[Any, Any] | None = None,
    cost: Mapping[Any, Any] | None = None,
    power: Any = 0.5,
) -> Allocation:
    """Divide a sample among strata, whole numbers that sum to the total.

    Parameters
    ----------
    total : int, or a plan
        Respondents to divide.
    population : mapping
        Stratum -> N. A stratum with N = 0 gets none.
    method : {"proporsional", "sama", "neyman", "daya"}
        In proportion to N; equally many each; in proportion to N S (J. Neyman 1934), the least variance of the figure
        of all together, which needs ``sd``; or in proportion to N^power S (M. Bankier 1988), between good figures of
        all together (power 1) and of every stratum (power 0).
    minimum : int
        At least so many per stratum, or all of its people where there are fewer. The regulation has no minimum.
    sd : mapping, optional
        Stratum -> standard deviation of the respondents' indices, from an earlier survey. Under "daya" default equal.
    cost : mapping, optional
        Stratum -> cost of one respondent; under "neyman" shares are then N S / sqrt(cost).
    power : number
        Under "daya", 0 to 1.

    Returns
    -------
    Allocation

    Raises
    ------
    DataError
        More than there are people, or less than the minimum of all strata takes.
    OptionError
        Standard deviations or costs that do not fit the strata or the method.

    Notes
    -----
    Rounding by largest remainder; equal remainders go to the larger stratum, then by name, so that the order
    in which strata are given changes nothing. Strata at
    their minimum or at their N are fixed and the rest is divided anew.

    Examples
    --------
    >>> dict(allocate(346, {"kecamatan": 560, "kelurahan": 2881}).n)
    {'kecamatan': 56, 'kelurahan': 290}
    """
    if method not in get_args(Method):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Method)))
    wanted, least = read_size(total, "total"), read_count(minimum, "minimum")
    sizes = {s: read_count(v, str(s)) for s, v in as_mapping(population, "population").items()}
    people = sum(sizes.values())
    if not sizes or wanted > people:
        raise DataError("n-melebihi-populasi", n=wanted, N=people)
    floor = {s: min(least, n) for s, n in sizes.items()}
    if sum(floor.values()) > wanted:
        raise DataError("alokasi-minimum", total=wanted, perlu=sum(floor.values()), minimum=least)
    exponent = float(read_decimal(power, "power"))
    measure = _measure(method, sizes, sd, cost, exponent)
    plain_total = sum(measure.values())
    share = {s: wanted * m / plain_total if plain_total else Fraction(0) for s, m in measure.items()}
    return Allocation(
        MappingProxyType(_divide(wanted, measure, floor, sizes)),
        MappingProxyType(sizes),
        MappingProxyType(share),
        wanted,
        method,
        least,
        exponent,
    )


def _measure(
    method: str, sizes: Mapping[Any, int], sd: Mapping[Any, Any] | None, cost: Mapping[Any, Any] | None, power: float
) -> dict[Any, Fraction]:
    """Return what the shares are in proportion to."""
    if method in ("proporsional", "sama"):
        if sd is not None or cost is not None:
            raise OptionError("alokasi-tanpa-simpangan", method=method)
        return {s: Fraction(n if method == "proporsional" else int(n > 0)) for s, n in sizes.items()}
    if method == "neyman" and sd is None:
        raise OptionError("alokasi-perlu-simpangan")
    if cost is not None and method != "neyman":
        raise OptionError("alokasi-tanpa-simpangan", method=method)
    if not 0 <= power <= 1:
        raise OptionError("di-luar-rentang", untuk="power", nilai=power, rendah=0, tinggi=1)
    spread = dict.fromkeys(sizes, Fraction(1)) if sd is None else _per_stratum(sd, sizes, "sd", 0)
    price = dict.fromkeys(sizes, Fraction(1)) if cost is None else _per_stratum(cost, sizes, "cost", None)
    out = {}
    for s, n in sizes.items():
        mass = Fraction(n) if method == "neyman" else Fraction(float(n) ** power if n else 0.0)
        out[s] = mass * spread[s] / (Fraction(math.sqrt(price[s])) if cost is not None else 1)
    if not any(out.values()):
        raise OptionError("alokasi-perlu-simpangan")
    return out


def _per_stratum(
    given: Mapping[Any, Any], sizes: Mapping[Any, int], name: str, least: int | None
) -> dict[Any, Fraction]:
    if set(as_mapping(given, name)) != set(sizes):
        lost = sorted(str(s) for s in set(sizes) ^ set(given))
        raise OptionError("alokasi-strata-lain", untuk=name, strata=lost)
    out = {s: Fraction(read_decimal(v, f"{name} {s}")) for s, v in given.items()}
    if bad := sorted(str(s) for s, v in out.items() if v < 0 or (least is None and v == 0)):
        raise OptionError("alokasi-strata-lain", untuk=name, strata=bad)
    return out


def _divide(
    total: int, measure: Mapping[Any, Fraction], floor: Mapping[Any, int], ceiling: Mapping[Any, int]
) -> dict[Any, int]:
    """Return shares between floor and ceiling: fix those outside, on the side that is off by more, divide again."""
    fixed: dict[Any, int] = {}
    while True:
        free = [s for s in measure if s not in fixed]
        rest = total - sum(fixed.values())
        mass = sum((measure[s] for s in free), Fraction(0))
        share = {s: rest * measure[s] / mass if mass else Fraction(0) for s in free}
        low = {s: floor[s] for s in free if share[s] < floor[s]}
        high = {s: ceiling[s] for s in free if share[s] > ceiling[s]}
        if not low and not high:
            break
        lifted = sum((floor[s] - share[s] for s in low), Fraction(0))
        cut = sum((share[s] - ceiling[s] for s in high), Fraction(0))
        fixed |= low if lifted >= cut else high
    out = {s: math.floor(v) for s, v in share.items()}
    left = rest - sum(out.values())
    for s in sorted(share, key=lambda s: (out[s] - share[s], -measure[s], str(s)))[:left]:
        out[s] += 1
    return {s: fixed[s] if s in fixed else out[s] for s in measure}
