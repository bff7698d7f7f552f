"""What would explain an impossible figure: a wrong divisor, a lost unsur, a slip of the pen. It stays impossible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from skm import regulasi as _regulasi
from skm.auditing.context import Context
from skm.auditing.means import PrintedMeans, exact_mean
from skm.auditing.phrases import frasa
from skm.auditing.routes import MeanRange, Route, weights
from skm.basics.messages import Phrase
from skm.basics.numbers import round_half_up
from skm.basics.values import ExactFraction
from skm.publikasi import PrintedNumber

_MOST = 3


def explanations(figure: PrintedNumber, bahan: PrintedMeans, k: Context, factor: int) -> list[Phrase]:
    """Return up to three computations that are not admissible but give the printed figure."""
    if not bahan.lengkap:
        return []
    return list(islice(_search(figure, bahan.rata, k, factor), _MOST))


def _search(figure: PrintedNumber, means: Sequence[MeanRange], k: Context, factor: int) -> Iterator[Phrase]:
    total = _Sum.of(means)
    yield from _divisors(figure, total, len(means), factor)
    yield from _lost(figure, total, means, k, factor)
    yield from _pooled(figure, k, factor)
    yield from _single(figure, means, k, factor)
    yield from _slip(figure, means, factor)
    yield from _period(figure, k)
    for levels in (k.rule.tertinggi + 1, k.rule.tertinggi - 1):
        other = Fraction(k.rule.tertinggi * k.rule.konversi, levels)
        if factor > 1 and other.denominator == 1 and total.hits(figure, other / len(means)):
            yield frasa("sebab-faktor", faktor=int(other), tingkat=levels, konversi=k.rule.konversi)


@dataclass(frozen=True, slots=True)
class _Sum:
    """The sum of the means: at least, at most, and as printed."""

    bawah: Fraction
    atas: Fraction
    titik: Fraction

    @classmethod
    def of(cls, means: Sequence[MeanRange]) -> _Sum:
        start = Fraction(0)
        return cls(
            sum((m.bawah for m in means), start),
            sum((m.atas for m in means), start),
            sum((m.titik for m in means), start),
        )

    def without(self, m: MeanRange) -> _Sum:
        return _Sum(self.bawah - m.bawah, self.atas - m.atas, self.titik - m.titik)

    def hits(self, figure: PrintedNumber, weight: Fraction) -> bool:
        """Tell whether the sum times a weight can print as the figure."""
        low, high = figure.rentang
        return self.bawah * weight <= high and low <= self.atas * weight


def _divisors(figure: PrintedNumber, total: _Sum, size: int, factor: int) -> Iterator[Phrase]:
    admissible = {values[0] for _, values in weights(size)}
    # A template of another regulation, or one made for one unsur more or less.
    usual = sorted({len(_regulasi.load(name).unsur) for name in _regulasi.ids()})
    for divisor in (size + 1, size - 1, *usual, usual[0] + 1, size + 2, size - 2):
        if divisor < 1 or divisor == size:
            continue
        for places in (None, 3, 2):
            weight = Fraction(1, divisor) if places is None else Fraction(round_half_up(Fraction(1, divisor), places))
            if weight not in admissible and total.hits(figure, weight * factor):
                shown = f"1/{divisor}" if places is None else format(round_half_up(weight, places), "f")
                yield frasa("sebab-pembagi", bobot=shown, k=size, nilai=ExactFraction(weight * factor * total.titik))
                return


def _lost(figure: PrintedNumber, total: _Sum, means: Sequence[MeanRange], k: Context, factor: int) -> Iterator[Phrase]:
    size = len(means)
    if size < 2:
        return
    for u, m in zip(k.publikasi.unsur, means, strict=False):
        rest = total.without(m)
        if rest.hits(figure, Fraction(factor, size - 1)):
            yield frasa("sebab-tanpa-unsur", unsur=u.label)
        elif rest.hits(figure, Fraction(factor, size)):
            yield frasa("sebab-unsur-nol", unsur=u.label, k=size)


def _pooled(figure: PrintedNumber, k: Context, factor: int) -> Iterator[Phrase]:
    found = [exact_mean(u, k.publikasi, k.rule) for u in k.publikasi.unsur]
    known = [pair for pair in found if pair is not None]
    if len(known) == len(found) and len({n for _, n in known}) > 1:
        mean = Fraction(sum(total for total, _ in known), sum(n for _, n in known))
        low, high = figure.rentang
        if low <= mean * factor <= high:
            yield frasa("sebab-gabungan", nilai=ExactFraction(mean * factor))


def _single(figure: PrintedNumber, means: Sequence[MeanRange], k: Context, factor: int) -> Iterator[Phrase]:
    for u, m in zip(k.publikasi.unsur, means, strict=False):
        if m.titik * factor == figure.tepat:
            yield frasa("sebab-satu-unsur", unsur=u.label)


def _slip(figure: PrintedNumber, means: Sequence[MeanRange], factor: int) -> Iterator[Phrase]:
    route = Route(*weights(len(means))[0])
    span = route.index(means).scaled(factor)
    for other in slipped(figure):
        if span.holds(*other.rentang):
            yield frasa("sebab-angka-tertukar", nilai=other.nilai)
            return


def _period(figure: PrintedNumber, k: Context) -> Iterator[Phrase]:
    for entry in k.publikasi.klaim.tren.nilai:
        if entry.ikm.nilai == figure.nilai and entry.periode and entry.periode not in k.publikasi.periode:
            own = k.publikasi.periode.split("-")[0]
            if own != entry.periode:
                yield frasa("sebab-periode-lain", periode=entry.periode)


def slipped(value: PrintedNumber) -> list[PrintedNumber]:
    """Return the numbers from which one slip of the pen makes this one: two digits swapped, or one too many."""
    text = format(value.nilai, "f")
    out: dict[str, PrintedNumber] = {}
    for i in range(len(text) - 1):
        a, b = text[i], text[i + 1]
        if a != b and a.isdigit() and b.isdigit():
            _keep(out, text[:i] + b + a + text[i + 2 :])
    for i, digit in enumerate(text):
        if digit == "0" and i not in (0, len(text) - 1):
            _keep(out, text[:i] + text[i + 1 :])
    return list(out.values())


def _keep(out: dict[str, PrintedNumber], text: str) -> None:
    if not text.endswith(".") and not text.startswith("."):
        out.setdefault(text, PrintedNumber(Decimal(text)))
