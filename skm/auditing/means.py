"""What the printed table says about each mean, as intervals; the same for the figure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from skm import regulasi as _regulasi
from skm.auditing.routes import MeanRange
from skm.basics.numbers import round_half_up
from skm.publikasi import PrintedNumber, PrintedUnsur, Publikasi
from skm.regulasi import Regulasi

Selang = tuple[Fraction, Fraction]

# What was cut off is less than a unit: the upper end itself is out. Smaller than any difference between two fractions
# that printed numbers and weights can make.
OPEN = Fraction(1, 10**18)
# Up to so many respondents the means that whole answers can give are few enough to be looked at.
FEW = 20


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


def gather(publikasi: Publikasi, rule: Regulasi, k: int | None = None) -> PrintedMeans | None:
    """Return the means of a survey of ``k`` unsur, or None where no unsur has a usable value."""
    places = conversion_places(publikasi, rule)
    low, high = Fraction(rule.terendah), Fraction(rule.tertinggi)
    known: list[tuple[PrintedUnsur, MeanRange]] = []
    for u in publikasi.unsur:
        found = _exact(u, publikasi, rule, places) or _printed(u, publikasi, rule, places)
        if found is not None and low <= found.titik <= high:
            known.append((u, _within(found, low, high)))
    if not known:
        return None
    k = max(len(publikasi.unsur), k or possible_k(publikasi, rule)[0])
    rata = [b for _, b in known]
    if len(known) < k:
        floor, ceiling = _claimed(publikasi, rule)
        rata += [MeanRange(floor, ceiling, (floor + ceiling) / 2)] * (k - len(known))
    units = [_unit(u, b, rule) for u, b in known] + [Fraction(0)] * (k - len(known))
    pairs = list(zip(rata, units, strict=True))
    return PrintedMeans(
        tuple(rata),
        tuple(_variants(known, k)),
        tuple(_within(MeanRange(b.titik, b.titik + u - OPEN, b.titik), low, high) if u else b for b, u in pairs),
        tuple(_within(MeanRange(b.bawah - u / 20, b.atas + u / 20, b.titik), low, high) if u else b for b, u in pairs),
        len(known) == k,
    )


def possible_k(publikasi: Publikasi, rule: Regulasi) -> tuple[int, ...]:
    """Return how many unsur the survey can have.

    One number only where it is said, where the table has as many as its regulation, where printed weights add up to
    one, or where its codes run without a gap to a printed total; every number from what is printed upwards otherwise.

    >>> from skm.publikasi import load
    >>> from skm.regulasi import load as rule
    >>> possible_k(load({"unsur": {"U1": "3,24"}}), rule("kepmenpan-25-2004"))[-1]
    14
    """
    printed, usual = len(publikasi.unsur), len(rule.unsur)
    if publikasi.jumlah_unsur is not None:
        return (max(publikasi.jumlah_unsur, printed),)
    if (weighed := _by_weights(publikasi)) is not None:
        return (max(weighed, printed),)
    codes = sorted(int(m[1]) for u in publikasi.unsur if (m := re.fullmatch(r"\D*([0-9]{1,4})", u.kode)))
    counted = sorted(u.nomor for u in publikasi.unsur if u.nomor is not None)
    # A column "No" counts rows and proves nothing; a number that it leaves out shows that a row is missing.
    shown = codes or counted
    top = shown[-1] if shown else 0
    gap = bool(shown) and shown != list(range(1, top + 1))
    closed = publikasi.tutup and len(codes) == printed and not gap
    if not gap and (closed or printed >= usual) and not publikasi.ragu:
        return (printed,)
    first = max(printed, top if gap else 0)
    most = max(len(known.unsur) for known in (rule, *map(_regulasi.load, _regulasi.ids())))
    return tuple(range(first, max(most, top, first + 1, printed + len(publikasi.ragu)) + 1))


def _by_weights(publikasi: Publikasi) -> int | None:
    """Return how many unsur printed weights are made for: all of them add up to one, or each is 1/k."""
    weights = [u.bobot for u in publikasi.unsur]
    known = [w for w in weights if w is not None]
    if not known or len(known) < len(weights):
        return None
    if sum(w.rentang[0] for w in known) <= 1 <= sum(w.rentang[1] for w in known):
        return len(known)
    if len({w.nilai for w in known}) == 1 and known[0].rentang[0] > 0:
        low, high = known[0].rentang
        sizes = range(math.ceil(1 / high), math.floor(1 / low) + 1)
        return sizes[0] if len(sizes) == 1 else None
    return None


def conversion_places(publikasi: Publikasi, rule: Regulasi) -> tuple[int, ...]:
    """Return the decimals to which the means may have been rounded before they were converted: one for all of them.

    A table of 85,00 and 86,25 can be made of means with two decimals, never of means with one.
    """
    values = [u.nik for u in publikasi.unsur if u.nik is not None]
    return tuple(p for p in (1, 2, 3) if all(_nearest(v, rule.konversi, p) is not None for v in values))


def _nearest(value: PrintedNumber, konversi: int, places: int) -> Fraction | None:
    """Return the converted mean of so many decimals that prints as this value, or None."""
    step = Fraction(konversi, 10**places)
    nearest = round(value.tepat / step) * step
    low, high = value.rentang
    return nearest if low <= nearest <= high else None


def _within(b: MeanRange, low: Fraction, high: Fraction) -> MeanRange:
    return MeanRange(max(low, b.bawah), min(high, b.atas), b.titik, b.n)


def _unit(u: PrintedUnsur, b: MeanRange, rule: Regulasi) -> Fraction:
    """Return the last printed unit of a mean on 1-4; 0 where the mean is exact."""
    if b.bawah == b.atas:
        return Fraction(0)
    if u.nilai is not None:
        return u.nilai.satuan
    if u.butir:
        return max(value.satuan for value in u.butir)
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


def value_range(u: PrintedUnsur, rule: Regulasi, places: Sequence[int] = (1, 2, 3)) -> Selang | None:
    """Return the interval of the mean on 1-4 that the printed decimals leave open."""
    if u.nilai is not None:
        low, high = u.nilai.rentang
        if u.nik is not None:
            a, b = (x / rule.konversi for x in converted_range(u.nik, rule.konversi, places))
            if max(low, a) <= min(high, b):
                return max(low, a), min(high, b)
        return low, high
    if u.nik is not None:
        a, b = converted_range(u.nik, rule.konversi, places)
        return a / rule.konversi, b / rule.konversi
    if u.butir:
        spans = [value.rentang for value in u.butir]
        size = len(spans)
        return sum((s[0] for s in spans), Fraction(0)) / size, sum((s[1] for s in spans), Fraction(0)) / size
    return None


def converted_range(value: PrintedNumber, konversi: int, decimals: Sequence[int] = (1, 2, 3)) -> Selang:
    """Return the interval of a printed value on 25-100, which may be a mean rounded first and then converted.

    >>> converted_range(PrintedNumber.read("79,75"), 25)
    (Fraction(637, 8), Fraction(639, 8))
    """
    low, high = value.rentang
    a, b = low, high
    for places in decimals:
        if (nearest := _nearest(value, konversi, places)) is not None:
            step = Fraction(konversi, 10**places)
            a, b = min(a, nearest - step / 2), max(b, nearest + step / 2)
    return a, b


def _exact(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi, places: Sequence[int]) -> MeanRange | None:
    found = exact_mean(u, publikasi, rule)
    if found is None:
        return None
    mean = Fraction(*found)
    printed = value_range(u, rule, places)
    if printed is not None and not printed[0] <= mean <= printed[1]:
        return None
    return MeanRange(mean, mean, mean, found[1])


def _printed(u: PrintedUnsur, publikasi: Publikasi, rule: Regulasi, places: Sequence[int]) -> MeanRange | None:
    found = value_range(u, rule, places)
    if found is not None:
        point = (
            u.nilai.tepat
            if u.nilai is not None
            else u.nik.tepat / rule.konversi
            if u.nik is not None
            else (found[0] + found[1]) / 2
        )
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


def whole_answers(publikasi: Publikasi, means: PrintedMeans, rule: Regulasi) -> PrintedMeans | None:
    """Return the means that so few respondents can give with one question per unsur; None where n does not narrow them.

    A mean is a sum of whole answers over as many people as answered: over 1 person a level, over 2 a level or a half.
    """
    n, questions = publikasi.n, publikasi.pertanyaan_per_unsur
    if n is None or n > FEW or questions not in (None, 1) or not means.lengkap:
        return None
    reachable = sorted(
        {Fraction(t, d) for d in range(1, n + 1) for t in range(d * rule.terendah, d * rule.tertinggi + 1)}
    )
    out = []
    for mean in means.rata:
        inside = [x for x in reachable if mean.bawah <= x <= mean.atas]
        if not inside:
            return None
        nearest = min(inside, key=lambda x, point=mean.titik: abs(x - point))  # type: ignore[misc]
        out.append(MeanRange(inside[0], inside[-1], nearest))
    return replace(means, rata=tuple(out), varian=(), potong=tuple(out), ganda=tuple(out))


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
