"""The ways in which an index can come about, each pushing exact intervals through its own rounding steps.

A printed value v with a unit u stands for the closed interval v - u/2 .. v + u/2: rounding half up, half to even
and binary floats all stay inside it. A way (`Route`) weighs, adds, rounds and converts. After a rounding step only
multiples of the unit are left: an index rounded to two decimals gives multiples of 0.25 only. Everything is integer
arithmetic on numerators, so there is no tolerance anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from skm.basics.numbers import round_half_up

_ENUMERATE = 4096


@dataclass(frozen=True, slots=True)
class Range:
    """The values from ``bawah`` to ``atas``: all, or the multiples of ``langkah``, or only ``isi`` of these."""

    bawah: Fraction
    atas: Fraction
    langkah: Fraction | None = None
    isi: frozenset[int] | None = None

    def holds(self, low: Fraction, high: Fraction) -> bool:
        """Tell whether a value lies within low..high, both ends included."""
        start, end = max(low, self.bawah), min(high, self.atas)
        if start > end:
            return False
        if self.langkah is None:
            return True
        first, last = math.ceil(start / self.langkah), math.floor(end / self.langkah)
        if self.isi is None:
            return first <= last
        return any(first <= q <= last for q in self.isi)

    def distance(self, low: Fraction, high: Fraction) -> Fraction:
        """Return how far low..high lies from the nearest value; 0 where it holds one."""
        if self.holds(low, high):
            return Fraction(0)
        if self.langkah is None:
            return max(self.bawah - high, low - self.atas)
        step = self.langkah
        first, last = math.ceil(self.bawah / step), math.floor(self.atas / step)
        below, above = min(last, math.floor(low / step)), max(first, math.ceil(high / step))
        if self.isi is not None:
            near = [max(low - q * step, q * step - high) for q in self.isi]
            return min(near) if near else max(self.bawah - high, low - self.atas)
        gaps = [low - below * step] if below >= first else []
        gaps += [above * step - high] if above <= last else []
        return min(gaps) if gaps else max(self.bawah - high, low - self.atas)

    def scaled(self, factor: int) -> Range:
        """Return the values times a positive factor."""
        step = None if self.langkah is None else self.langkah * factor
        return Range(self.bawah * factor, self.atas * factor, step, self.isi)

    def rounded(self, places: int) -> Range:
        """Return what the values can become when rounded to so many decimals, ties either way."""
        unit = 10**places
        if self.langkah is not None and (self.langkah * unit).denominator == 1:
            return self
        low, high = _images(self.bawah, self.atas, unit)
        if self.langkah is None or self.langkah * unit <= 1:
            return Range(Fraction(low, unit), Fraction(high, unit), Fraction(1, unit))
        first, last = math.ceil(self.bawah / self.langkah), math.floor(self.atas / self.langkah)
        sources: Sequence[int] = range(first, last + 1) if self.isi is None else sorted(self.isi)
        if len(sources) > _ENUMERATE:
            return Range(Fraction(low, unit), Fraction(high, unit), Fraction(1, unit))
        reached: set[int] = set()
        for q in sources:
            a, b = _images(q * self.langkah, q * self.langkah, unit)
            reached.update(range(a, b + 1))
        return Range(Fraction(low, unit), Fraction(high, unit), Fraction(1, unit), frozenset(reached))


def _images(low: Fraction, high: Fraction, unit: int) -> tuple[int, int]:
    """Return the first and last multiple of 1/unit to which a value in low..high can be rounded."""
    a, b = low.numerator, low.denominator
    c, d = high.numerator, high.denominator
    return -((b - 2 * unit * a) // (2 * b)), (2 * unit * c + d) // (2 * d)


@dataclass(frozen=True, slots=True)
class MeanRange:
    """What is known of one mean: its interval, the printed point, and n where only multiples of 1/n are possible."""

    bawah: Fraction
    atas: Fraction
    titik: Fraction
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One way to the index.

    Attributes
    ----------
    bobot : str
        Name of the weights: "1/9", "0.111", "tercetak".
    nilai : tuple of Fraction
        One weight per unsur.
    tertimbang, indeks : int or None
        Decimals to which each weighted mean, and the index, are rounded on the way.
    """

    bobot: str
    nilai: tuple[Fraction, ...]
    tertimbang: int | None = None
    indeks: int | None = None

    @property
    def kode(self) -> str:
        """A short name of the way: "1/9", "0.11 tertimbang-2", "1/9 indeks-2"."""
        parts = [self.bobot]
        if self.tertimbang is not None:
            parts.append(f"tertimbang-{self.tertimbang}")
        if self.indeks is not None:
            parts.append(f"indeks-{self.indeks}")
        return " ".join(parts)

    @property
    def langkah(self) -> int:
        """How many rounding steps lie on the way; the simplest way is named first."""
        return (self.tertimbang is not None) + (self.indeks is not None)

    def index(self, means: Sequence[MeanRange]) -> Range:
        """Return every value that the index (1-4) can have."""
        total = self._plain(means) if self.tertimbang is None else self._weighted(means, self.tertimbang)
        return total if self.indeks is None else total.rounded(self.indeks)

    def point(self, means: Sequence[MeanRange]) -> Fraction:
        """Return the index at the printed means, ties rounded up."""
        terms = [w * m.titik for w, m in zip(self.nilai, means, strict=True)]
        if self.tertimbang is not None:
            terms = [Fraction(round_half_up(term, self.tertimbang)) for term in terms]
        total = sum(terms, Fraction(0))
        return total if self.indeks is None else Fraction(round_half_up(total, self.indeks))

    def _plain(self, means: Sequence[MeanRange]) -> Range:
        first = self.nilai[0]
        if all(w == first for w in self.nilai):
            low = first * sum((m.bawah for m in means), Fraction(0))
            high = first * sum((m.atas for m in means), Fraction(0))
            n = means[0].n
            if n is not None and all(m.n == n for m in means):
                step = first / n
                low, high = math.ceil(low / step) * step, math.floor(high / step) * step
                return Range(low, high, step)
            return Range(low, high)
        low = sum((w * m.bawah for w, m in zip(self.nilai, means, strict=True)), Fraction(0))
        high = sum((w * m.atas for w, m in zip(self.nilai, means, strict=True)), Fraction(0))
        return Range(low, high)

    def _weighted(self, means: Sequence[MeanRange], places: int) -> Range:
        """Add the rounded terms: integers of 10**-places, a range each, or a set where few answers leave gaps."""
        unit = 10**places
        low = high = 0
        sets: list[set[int]] = []
        for w, m in zip(self.nilai, means, strict=True):
            if m.n is None or w * unit <= m.n:
                a, b = _images(w * m.bawah, w * m.atas, unit)
                low, high = low + a, high + b
                continue
            reached: set[int] = set()
            for total in range(math.ceil(m.bawah * m.n), math.floor(m.atas * m.n) + 1):
                a, b = _images(w * Fraction(total, m.n), w * Fraction(total, m.n), unit)
                reached.update(range(a, b + 1))
            sets.append(reached)
        if not sets:
            return Range(Fraction(low, unit), Fraction(high, unit), Fraction(1, unit))
        sums = set(range(low, high + 1))
        for reached in sets:
            sums = {x + y for x in sums for y in reached}
        if not sums:
            return Range(Fraction(1), Fraction(0), Fraction(1, unit), frozenset())
        return Range(Fraction(min(sums), unit), Fraction(max(sums), unit), Fraction(1, unit), frozenset(sums))


def reach(candidates: Sequence[Route], means: Sequence[MeanRange]) -> Iterator[tuple[Route, Range]]:
    """Return each way with all its values; ways that differ in the last rounding only share the sum before it."""
    sums: dict[tuple[str, int | None], Range] = {}
    for route in candidates:
        key = route.bobot, route.tertimbang
        if key not in sums:
            sums[key] = replace(route, indeks=None).index(means)
        total = sums[key]
        yield route, total if route.indeks is None else total.rounded(route.indeks)


def reaches(
    candidates: Sequence[Route], means: Sequence[MeanRange], span: tuple[Fraction, Fraction], factor: int
) -> bool:
    """Tell whether any of the ways comes to a value within the span, after the conversion."""
    low, high = span[0] / factor, span[1] / factor
    return any(found.holds(low, high) for _, found in reach(candidates, means))


def weights(k: int, printed: Sequence[Fraction | None] = ()) -> list[tuple[str, tuple[Fraction, ...]]]:
    """Return the admissible weights, by name: 1/k, 1/k to three and two decimals, and printed ones that sum to 1."""
    out = [(f"1/{k}", (Fraction(1, k),) * k)]
    for places in (3, 2):
        value = Fraction(round_half_up(Fraction(1, k), places))
        if value > 0 and all(value != w[0] for _, w in out):
            out.append((_decimal(value, places), (value,) * k))
    given = [w for w in printed if w is not None]
    if len(given) == k and sum(given) == 1 and len(set(given)) > 1:
        out.append(("tercetak", tuple(given)))
    return out


def routes(
    choices: Sequence[tuple[str, tuple[Fraction, ...]]],
    tertimbang: Sequence[int | None] = (None, 2, 3),
    indeks: Sequence[int | None] = (None, 2, 3),
) -> list[Route]:
    """Return every combination of weight and rounding steps that is not the same as a simpler one."""
    return [
        Route(name, values, t, i)
        for t in tertimbang
        for i in indeks
        if t is None or i is None or i < t
        for name, values in choices
    ]


def _decimal(value: Fraction, places: int) -> str:
    return format(round_half_up(value, places).normalize(), "f")
