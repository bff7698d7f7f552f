"""What the printed table says about each mean, as intervals; the same for the figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.auditing.routes import MeanRange
from skm.basics.numbers import round_half_up
from skm.publikasi import PrintedNumber, PrintedUnsur, Publikasi
from skm.regulasi import Regulasi

Selang = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class PrintedMeans:
    """The means of a publication.

    Attributes
    ----------
    rata : tuple of MeanRange
        One per unsur of the survey; unprinted ones span what is possible.
    varian : tuple of tuple of MeanRange
        Other inputs an honest office may have put into the formula: the rounded means in place of the exact ones.
    potong, ganda : tuple of MeanRange
        The same had the printed means been cut off, or rounded twice.
    lengkap : bool
        Whether every unsur is printed.
    """

    rata: tuple[MeanRange, ...]
    varian: tuple[tuple[MeanRange, ...], ...]
    potong: tuple[MeanRange, ...]
    ganda: tuple[MeanRange, ...]
    lengkap: bool


def gather(publikasi: Publikasi, rule: Regulasi) -> PrintedMeans | None:
    """Return the means, or None where no unsur has a usable value."""
    low, high = Fraction(rule.terendah), Fraction(rule.tertinggi)
    known: list[tuple[PrintedUnsur, MeanRange]] = []
    for u in publikasi.unsur:
        found = _exact(u, publikasi, rule) or _printed(u, publikasi, rule)
        if found is not None and low <= found.titik <= high:
            known.append((u, _within(found, low, high)))
    if not known:
        return None
    k = publikasi.k
    rata = [b for _, b in known]
    if len(known) < k:
        floor, ceiling = _claimed(publikasi, rule)
        rata += [MeanRange(floor, ceiling, (floor + ceiling) / 2)] * (k - len(known))
    units = [_unit(u, b, rule) for u, b in known] + [Fraction(0)] * (k - len(known))
    pairs = list(zip(rata, units, strict=True))
    return PrintedMeans(
        tuple(rata),
        tuple(_variants(known, k)),
        tuple(_within(MeanRange(b.titik, b.titik + u, b.titik), low, high) if u else b for b, u in pairs),
        tuple(_within(MeanRange(b.bawah - u / 20, b.atas + u / 20, b.titik), low, high) if u else b for b, u in pairs),
        len(known) == k,
    )


def _within(b: MeanRange, low: Fraction, high: Fraction) -> MeanRange:
    return MeanRange(max(low, b.bawah), min(high, b.atas), b.titik, b.n)


def _unit(u: PrintedUnsur, b: MeanRange, rule: Regulasi) -> Fraction:
    """Return the last printed unit of a mean on 1-4; 0 where the mean is exact."""
    if b.bawah == b.atas:
        return Fraction(0)
    if u.nilai is not None:
        return u.nilai.satuan
    return u.nik.satuan / rule.konversi if u.nik is not None else Fraction(0)


def exact_mean(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi) -> tuple[int, int] | None:
    """Return total and number of answers where the publication settles both.

    With several questions an unsur is the mean of their means, which a sum of answers gives only without blanks.
    """
    questions = publikasi.pertanyaan_per_unsur or 1
    if questions > 1 and not publikasi.tanpa_kosong:
        return None
    if u.frekuensi is not None and any(u.frekuensi):
        return sum(level * count for level, count in enumerate(u.frekuensi, rule.terendah)), sum(u.frekuensi)
    if u.total is None:
        return None
    if u.n:
        return u.total, u.n
    if publikasi.n and publikasi.tanpa_kosong:
        return u.total, publikasi.n * questions
    fits = answered(u, publikasi, rule)
    return (u.total, fits[0]) if len(fits) == 1 else None


def answered(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi) -> list[int]:
    """Return every number of answers that turns the printed total into the printed mean."""
    mean = value_range(u, rule)
    if u.total is None or mean is None or mean[0] <= 0:
        return []
    known = publikasi.n is not None and publikasi.pertanyaan_per_unsur is not None
    most = (publikasi.n or 0) * (publikasi.pertanyaan_per_unsur or 1) if known else u.total
    first, last = math.ceil(u.total / mean[1]), math.floor(u.total / mean[0])
    return list(range(max(1, first), min(last, most) + 1))


def value_range(u: PrintedUnsur, rule: Regulasi) -> Selang | None:
    """Return the interval of the mean on 1-4 that the printed decimals leave open."""
    if u.nilai is not None:
        low, high = u.nilai.rentang
        if u.nik is not None:
            a, b = (x / rule.konversi for x in converted_range(u.nik, rule.konversi))
            if max(low, a) <= min(high, b):
                return max(low, a), min(high, b)
        return low, high
    if u.nik is not None:
        a, b = converted_range(u.nik, rule.konversi)
        return a / rule.konversi, b / rule.konversi
    return None


def converted_range(value: PrintedNumber, konversi: int) -> Selang:
    """Return the interval of a printed value on 25-100, which may be a mean rounded first and then converted.

    >>> converted_range(PrintedNumber.read("79,75"), 25)
    (Fraction(637, 8), Fraction(639, 8))
    """
    low, high = value.rentang
    a, b = low, high
    for places in (1, 2, 3):
        step = Fraction(konversi, 10**places)
        nearest = round(value.tepat / step) * step
        if low <= nearest <= high:
            a, b = min(a, nearest - step / 2), max(b, nearest + step / 2)
    return a, b


def _exact(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi) -> MeanRange | None:
    found = exact_mean(u, publikasi, rule)
    if found is None:
        return None
    mean = Fraction(*found)
    printed = value_range(u, rule)
    if printed is not None and not printed[0] <= mean <= printed[1]:
        return None
    return MeanRange(mean, mean, mean, found[1])


def _printed(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi) -> MeanRange | None:
    found = value_range(u, rule)
    if found is not None:
        point = u.nilai.tepat if u.nilai is not None else u.nik.tepat / rule.konversi if u.nik is not None else found[0]
        return MeanRange(*found, point)
    if u.total is not None and publikasi.n:
        most = publikasi.n * (publikasi.pertanyaan_per_unsur or 1)
        mean = Fraction(u.total, most)
        return MeanRange(mean, Fraction(u.total, max(1, math.ceil(Fraction(u.total, rule.tertinggi)))), mean)
    return None


def _claimed(publikasi: Publikasi, rule: Regulasi) -> Selang:
    """Return the bounds of unprinted means: a value said to be the highest or the lowest bounds all others."""
    low, high = Fraction(rule.terendah), Fraction(rule.tertinggi)
    for claims, lowest in ((publikasi.klaim.terendah, True), (publikasi.klaim.tertinggi, False)):
        for claim in claims:
            if (claim.peringkat or 1) != 1:
                continue
            unsur = publikasi.find(claim.unsur)
            found = claim.nilai.rentang if claim.nilai is not None else None
            if unsur is not None:
                found = value_range(unsur, rule) or found
            if found is not None and found[0] > high:
                found = found[0] / rule.konversi, found[1] / rule.konversi
            if found is None:
                continue
            if lowest:
                low = max(low, found[0])
            else:
                high = min(high, found[1])
    return low, max(low, high)


def _variants(known: Sequence[tuple[PrintedUnsur, MeanRange]], k: int) -> list[tuple[MeanRange, ...]]:
    """Return the rounded means as inputs, where the exact ones are known: templates use either."""
    if len(known) < k or any(b.bawah != b.atas for _, b in known):
        return []
    out = []
    if all(u.nilai is not None for u, _ in known):
        out.append(tuple(MeanRange(x, x, x) for x in (u.nilai.tepat for u, _ in known if u.nilai is not None)))
    for places in (2, 3):
        rounded = [(_near(b.titik, places), b) for _, b in known]
        out.append(tuple(MeanRange(low, high, Fraction(round_half_up(b.titik, places))) for (low, high), b in rounded))
    return out


def _near(value: Fraction, places: int) -> Selang:
    """Return what a value becomes when rounded; two results at a tie."""
    unit = 10**places
    return Fraction(math.ceil(value * unit - Fraction(1, 2)), unit), Fraction(
        math.floor(value * unit + Fraction(1, 2)), unit
    )
