"""Ways outside the admissible ones that would still make a figure right: told as such, never as an error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from skm.auditing.context import Context
from skm.auditing.means import OPEN, PrintedMeans
from skm.auditing.phrases import frasa, way
from skm.auditing.routes import MeanRange, Range, reach, reaches, routes, weights
from skm.basics.messages import Phrase
from skm.basics.numbers import round_half_up
from skm.publikasi import PrintedNumber

Selang = tuple[Fraction, Fraction]


def unusual_way(figure: PrintedNumber, bahan: PrintedMeans, k: Context, factor: int) -> Phrase | None:
    """Return the first unusual way that reaches the figure: finer roundings, cut decimals, rounding twice."""
    if _far(figure, bahan, factor):
        return _own_weights(figure, bahan, k, factor)
    return _finer(figure, bahan, k, factor) or _own_weights(figure, bahan, k, factor) or _cut(figure, bahan, factor)


def _far(figure: PrintedNumber, bahan: PrintedMeans, factor: int) -> bool:
    """Tell whether the figure is out of reach of every rounding with weights near 1/k, so that none need be tried."""
    size = len(bahan.rata)
    values = [w[0] for _, w in weights(size)]
    slack = factor * (size + 2) * Fraction(1, 100) + 2 * figure.satuan
    low = min(values) * factor * sum(min(a.bawah, b.bawah) for a, b in zip(bahan.potong, bahan.ganda, strict=True))
    high = max(values) * factor * sum(max(a.atas, b.atas) for a, b in zip(bahan.potong, bahan.ganda, strict=True))
    return figure.tepat < low - slack or figure.tepat > high + slack


def _finer(figure: PrintedNumber, bahan: PrintedMeans, k: Context, factor: int) -> Phrase | None:
    """Try the weight with four decimals and roundings on the way to four."""
    size = len(bahan.rata)
    four = Fraction(round_half_up(Fraction(1, size), 4))
    choices = [*weights(size), (f"{float(four):.4f}", (four,) * size)]
    low, high = figure.rentang
    finer = routes(choices, (None, 2, 3, 4), (None, 2, 3, 4))
    for means in (bahan.rata, *bahan.varian):
        for route, reached in reach(finer, means):
            if reached.holds(low / factor, high / factor):
                return way(route)
    return None


def _own_weights(figure: PrintedNumber, bahan: PrintedMeans, k: Context, factor: int) -> Phrase | None:
    """Try the weights behind printed, rounded ones: anything within half a unit of each, summing to one."""
    printed = [u.bobot for u in k.publikasi.unsur if u.bobot is not None]
    if len(printed) != len(bahan.rata) or len({b.nilai for b in printed}) == 1:
        return None
    spans = [b.rentang for b in printed]
    if not sum(s[0] for s in spans) <= 1 <= sum(s[1] for s in spans):
        return None
    low = _extreme(spans, [b.bawah for b in bahan.rata], largest=False) * factor
    high = _extreme(spans, [b.atas for b in bahan.rata], largest=True) * factor
    a, b = figure.rentang
    return frasa("cara-bobot-sendiri") if low <= b and a <= high else None


def _extreme(spans: Sequence[Selang], means: Sequence[Fraction], *, largest: bool) -> Fraction:
    """Return the least or largest weighted mean: the free part of the weights goes to the lowest or highest means."""
    total = sum((w[0] * m for w, m in zip(spans, means, strict=True)), Fraction(0))
    free = 1 - sum((w[0] for w in spans), Fraction(0))
    for (low, high), mean in sorted(zip(spans, means, strict=True), key=lambda pair: pair[1], reverse=largest):
        share = min(free, high - low)
        total += share * mean
        free -= share
    return total


def _cut(figure: PrintedNumber, bahan: PrintedMeans, factor: int) -> Phrase | None:
    """Try numbers cut off instead of rounded, then numbers rounded twice."""
    point, unit = figure.tepat, figure.satuan
    rounded, cut, twice = figure.rentang, (point, point + unit - OPEN), (point - unit * 11 / 20, point + unit * 11 / 20)
    means, low_cut = bahan.rata, bahan.potong
    plain = routes(weights(len(means)))
    for code, inputs, span in (
        ("cara-potong-ikm", means, cut),
        ("cara-potong-unsur", low_cut, rounded),
        ("cara-potong-semua", low_cut, cut),
        ("cara-bulat-ganda", bahan.ganda, twice),
    ):
        if reaches(plain, inputs, span, factor):
            return frasa(code)
    for places in (2, 3):
        for _, values in weights(len(means)):
            for inputs in (means, low_cut):
                total = _floor(_sum(inputs, values), places).scaled(factor)
                if total.holds(*rounded):
                    return frasa("cara-potong-indeks", desimal=places)
    return None


def _sum(means: Sequence[MeanRange], values: Sequence[Fraction]) -> Selang:
    low = sum((w * m.bawah for w, m in zip(values, means, strict=True)), Fraction(0))
    high = sum((w * m.atas for w, m in zip(values, means, strict=True)), Fraction(0))
    return low, high


def _floor(span: Selang, places: int) -> Range:
    unit = 10**places
    return Range(
        Fraction(math.floor(span[0] * unit), unit), Fraction(math.floor(span[1] * unit), unit), Fraction(1, unit)
    )
