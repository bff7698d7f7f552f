"""The methods: each one entry of ``RULES`` with the least n, the largest N that n serves, and the derivation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.basics import messages
from skm.basics.numbers import round_half_up
from skm.sampling._formula import krejcie_morgan
from skm.sampling._options import ROUNDINGS, SamplingOptions
from skm.sampling._printed import Row, cited, printed


@dataclass(frozen=True, slots=True)
class DerivationStep:
    """One line of a derivation: a code and its numbers, worded on request."""

    kode: str
    nilai: tuple[tuple[str, Any], ...]

    def text(self, lang: str | None = None) -> str:
        """Return the line in the wanted language."""
        values = dict(self.nilai)
        if "acuan" in values:
            values["acuan"] = cited(values["acuan"], lang)
        return messages.text("sampling", self.kode, lang, **values)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class SamplingRule:
    required: Callable[[int, SamplingOptions], int]
    largest: Callable[[int, SamplingOptions], int | None]
    steps: Callable[[int, SamplingOptions], tuple[DerivationStep, ...]]


def _step(kode: str, **nilai: Any) -> DerivationStep:
    return DerivationStep(kode, tuple(nilai.items()))


def _formula_required(population: int, options: SamplingOptions) -> int:
    exact = krejcie_morgan(population, options.chi_square, options.margin, options.p)
    return max(1, ROUNDINGS[options.rounding](exact))


def _formula_largest(n: int, options: SamplingOptions) -> int | None:
    """Solve the formula for N: the requirement is met while it stays below n + 1/2 (or at most n when rounded up)."""
    if n == 0:
        return 0
    spread = Fraction(options.chi_square) * Fraction(options.p) * (1 - Fraction(options.p))
    square = Fraction(options.margin) ** 2
    bound = Fraction(n) if options.rounding == "ceil" else n + Fraction(1, 2)
    growth = spread - bound * square
    if growth <= 0:
        return None  # n is at or above the limit for an endless population
    limit = bound * (spread - square) / growth
    return math.floor(limit) if options.rounding == "ceil" else math.ceil(limit) - 1


def _formula_steps(population: int, options: SamplingOptions) -> tuple[DerivationStep, ...]:
    chi_square, p, margin = options.chi_square, options.p, options.margin
    spread = Fraction(chi_square) * Fraction(p) * (1 - Fraction(p))
    exact = krejcie_morgan(population, chi_square, margin, p)
    rounded = ROUNDINGS[options.rounding](exact)
    shown_chi = _short(Fraction(chi_square))
    fill = {
        "chi2": shown_chi, "N": population, "p": p, "q": 1 - p, "d": margin,
        "pembilang": _short(population * spread),
        "penyebut": _short(Fraction(margin) ** 2 * (population - 1) + spread),
        "nilai": _telling(exact, options.rounding),
    }  # fmt: skip
    steps = [
        _step("langkah-rumus", acuan=printed().aturan),
        _step("langkah-tetapan", chi2=shown_chi, level=_percent(options.level), p=p, d=margin),
        _step("langkah-isi", **fill),
    ]
    kode = f"langkah-bulat-{options.rounding}" if rounded >= 1 else "langkah-paling-sedikit"
    return (*steps, _step(kode, n=max(1, rounded)))


def _below_required(population: int, _: SamplingOptions) -> int:
    row = printed().below(population)
    return row.n if row else population


def _below_largest(n: int, _: SamplingOptions) -> int | None:
    rows = printed().rows
    if n < rows[0].n:
        return n
    return next((row.population - 1 for row in rows if row.n > n), None)


def _below_steps(population: int, _: SamplingOptions) -> tuple[DerivationStep, ...]:
    row, acuan = printed().below(population), printed().acuan
    if row is None:
        return (_step("langkah-sebelum-baris-pertama", N=population, baris=printed().rows[0].population, acuan=acuan),)
    return (_step("langkah-tabel-bawah", N=population, baris=row.population, n=row.n, acuan=acuan),)


def _above_required(population: int, _: SamplingOptions) -> int:
    row = printed().above(population) or printed().rows[-1]
    return min(row.n, population)


def _above_largest(n: int, _: SamplingOptions) -> int | None:
    rows = printed().rows
    if n >= rows[-1].n:
        return None
    # n people are always enough for n people, also where the row above asks for more.
    return max([n, *(row.population for row in rows if row.n <= n)])


def _above_steps(population: int, _: SamplingOptions) -> tuple[DerivationStep, ...]:
    row, acuan = printed().above(population), printed().acuan
    if row is None:
        last = printed().rows[-1]
        fill = {"N": population, "baris": last.population, "n": last.n, "acuan": acuan}
        return (_step("langkah-sesudah-baris-terakhir", **fill),)
    found = _step("langkah-tabel-atas", N=population, baris=row.population, n=row.n, acuan=acuan)
    return (found,) if row.n <= population else (found, _step("langkah-tidak-melebihi", n=population))


def _cochran_steps(population: int, options: SamplingOptions) -> tuple[DerivationStep, ...]:
    p, margin, chi_square = options.p, options.margin, options.chi_square
    endless = Fraction(chi_square) * Fraction(p) * (1 - Fraction(p)) / Fraction(margin) ** 2
    exact = krejcie_morgan(population, chi_square, margin, p)
    rounded = ROUNDINGS[options.rounding](exact)
    fill = {"z2": _short(Fraction(chi_square)), "p": p, "q": 1 - p, "e": margin, "n0": _short(endless), "N": population}
    kode = f"langkah-bulat-{options.rounding}" if rounded >= 1 else "langkah-paling-sedikit"
    return (
        _step("langkah-cochran", level=_percent(options.level), **fill),
        _step("langkah-cochran-koreksi", n0=fill["n0"], N=population, nilai=_telling(exact, options.rounding)),
        _step(kode, n=max(1, rounded)),
    )


def _slovin(population: int, options: SamplingOptions) -> Fraction:
    return Fraction(population) / (1 + population * Fraction(options.margin) ** 2)


def _slovin_required(population: int, options: SamplingOptions) -> int:
    return max(1, ROUNDINGS[options.rounding](_slovin(population, options)))


def _slovin_largest(n: int, options: SamplingOptions) -> int | None:
    if n == 0:
        return 0
    bound = Fraction(n) if options.rounding == "ceil" else n + Fraction(1, 2)
    growth = 1 - bound * Fraction(options.margin) ** 2
    if growth <= 0:
        return None
    limit = bound / growth
    return math.floor(limit) if options.rounding == "ceil" else math.ceil(limit) - 1


def _slovin_steps(population: int, options: SamplingOptions) -> tuple[DerivationStep, ...]:
    exact = _slovin(population, options)
    rounded = ROUNDINGS[options.rounding](exact)
    kode = f"langkah-bulat-{options.rounding}" if rounded >= 1 else "langkah-paling-sedikit"
    return (
        _step("langkah-slovin", N=population, e=options.margin, nilai=_telling(exact, options.rounding)),
        _step(kode, n=max(1, rounded)),
        _step("langkah-slovin-anggapan"),
    )


RULES: dict[str, SamplingRule] = {
    "krejcie-morgan": SamplingRule(_formula_required, _formula_largest, _formula_steps),
    "tabel-bawah": SamplingRule(_below_required, _below_largest, _below_steps),
    "tabel-atas": SamplingRule(_above_required, _above_largest, _above_steps),
    # Cochran's n0 / (1 + (n0 - 1)/N) is the formula of Krejcie and Morgan; it is usually computed with the exact
    # quantile and rounded up.
    "cochran": SamplingRule(_formula_required, _formula_largest, _cochran_steps),
    "slovin": SamplingRule(_slovin_required, _slovin_largest, _slovin_steps),
}


OTHER = ("cochran", "slovin")


def _short(value: Fraction) -> Decimal:
    return round_half_up(value, 6 if value >= Fraction(1, 100) else 12).normalize()


def _telling(value: Fraction, rounding: str) -> Decimal:
    """Write the unrounded size with so many decimals that a reader who rounds it gets the same n."""
    rule = ROUNDINGS[rounding]
    shown = round_half_up(value, 2)
    for places in range(3, 13):
        if rule(Fraction(shown)) == rule(value):
            break
        shown = round_half_up(value, places)
    return shown


def _percent(share: Decimal) -> Decimal:
    return (share * 100).normalize()


@dataclass(frozen=True, slots=True)
class SamplingPolicy:
    """What one method asks for. ``row`` is the printed row used, None for the formula or where there is none."""

    method: str
    required: int
    row: Row | None

    def shortfall(self, n: int) -> int:
        """Return how many respondents n lacks; 0 where it is enough."""
        return max(0, self.required - n)


def policies(population: int, options: SamplingOptions) -> tuple[SamplingPolicy, ...]:
    """Return what the formula, the rows below and above, and the method in use ask for; rows only where they apply."""
    used, usual = options.method, options.as_printed() if options.method in OTHER else options
    found = [SamplingPolicy("krejcie-morgan", RULES["krejcie-morgan"].required(population, usual), None)]
    if options.comparable:
        rows = (("tabel-bawah", printed().below(population)), ("tabel-atas", printed().above(population)))
        found += [SamplingPolicy(method, RULES[method].required(population, options), row) for method, row in rows]
    if used in OTHER:
        found.append(SamplingPolicy(used, RULES[used].required(population, options), None))
    return tuple(found)
