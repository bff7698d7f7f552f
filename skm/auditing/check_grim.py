"""grim-*: whether means, totals and counts can come from whole answers of n people.

An error only where the publication settles how many answered each unsur and that each has one question; a note
otherwise, because a blank answer or a second question changes the divisor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from skm.auditing.check_ikm import IkmCheck, fitting, ways
from skm.auditing.context import Context, finding
from skm.auditing.means import answered, value_range
from skm.auditing.phrases import frasa, named_value
from skm.auditing.routes import MeanRange
from skm.basics.messages import Phrase
from skm.basics.values import ExactFraction, Finding, Tingkat
from skm.publikasi import PrintedUnsur, Publikasi

_ALL = 100  # counts of every unsur that may be percentages


def examine(k: Context, index: IkmCheck) -> list[Finding]:
    """Check counts first, then totals, then means, then all of them with the index."""
    counted = [*_counts(k), *_totals(k)]
    means = [*_means(k)]
    return [*counted, *means, *([] if means else _together(k, index))]


def settled(u: PrintedUnsur, p: Publikasi) -> int | None:
    """Return the number of answers behind a mean where the publication settles it, else None."""
    if p.pertanyaan_per_unsur is None:
        return None
    if p.pertanyaan_per_unsur > 1:
        return p.n * p.pertanyaan_per_unsur if p.n and p.tanpa_kosong else None
    return u.n or (p.n if p.tanpa_kosong else None)


def _counts(k: Context) -> Iterator[Finding]:
    for u in k.publikasi.unsur:
        if u.frekuensi is None or not any(u.frekuensi):
            continue
        answers = sum(count for count in u.frekuensi)
        mean = Fraction(sum(level * count for level, count in enumerate(u.frekuensi, k.rule.terendah)), answers)
        n = u.n or k.publikasi.n
        single = k.publikasi.pertanyaan_per_unsur == 1
        shares = answers == _ALL and u.n is None and n != _ALL
        if shares and n is not None:
            continue  # whole percentages, and no counts
        if n is not None and answers > n and (u.n or single):
            yield finding("grim-frekuensi-n", "kesalahan", unsur=u.label, jumlah=answers, n=n)
        span = value_range(u, k.rule, k.langkah)
        if span is None or span[0] <= mean <= span[1] or (n is not None and answers > n):
            continue
        unit = u.nilai.satuan if u.nilai else Fraction(0)
        facts = {"unsur": u.label, "hitung": ExactFraction(mean), "cetak": _value(u)}
        if u.nilai is not None and u.nilai.tepat <= mean <= u.nilai.tepat + unit:
            yield finding("grim-frekuensi-dipotong", "peringatan", **facts)
        else:
            level: Tingkat = "peringatan" if shares else "kesalahan"
            yield finding("grim-frekuensi", level if _single(k.publikasi) else "catatan", **facts)


def _single(p: Publikasi) -> bool:
    """With several questions an unsur is the mean of their means, which pooled counts need not give."""
    return p.pertanyaan_per_unsur in (None, 1)


def _totals(k: Context) -> Iterator[Finding]:
    p = k.publikasi
    for u in p.unsur:
        if u.total is None:
            continue
        n = settled(u, p)
        if n is not None and not n * k.rule.terendah <= u.total <= n * k.rule.tertinggi:
            facts = {"unsur": u.label, "total": u.total, "n": n, "paling": n * k.rule.tertinggi}
            yield finding("grim-total-batas", "kesalahan", **facts)
            continue
        span = value_range(u, k.rule, k.langkah)
        if span is None:
            continue
        level: Tingkat = "kesalahan" if p.pertanyaan_per_unsur == 1 else "catatan"
        if n is not None:
            mean = Fraction(u.total, n)
            if not span[0] <= mean <= span[1]:
                facts = {"unsur": u.label, "total": u.total, "n": n, "hitung": ExactFraction(mean)}
                cut = u.nilai is not None and u.nilai.tepat <= mean <= u.nilai.tepat + u.nilai.satuan
                code = "grim-total-dipotong" if cut else "grim-total"
                yield finding(code, "peringatan" if cut else level, **facts, cetak=_value(u))
        elif not answered(u, p, k.rule):
            odd: Tingkat = "peringatan" if level == "catatan" and _odd_one_out(u, k) else level
            yield finding("grim-total-n", odd, unsur=u.label, total=u.total, cetak=_value(u))
        elif _odd_one_out(u, k):
            yield finding("grim-total-n", "peringatan", unsur=u.label, total=u.total, cetak=_value(u))


def _odd_one_out(u: PrintedUnsur, k: Context) -> bool:
    """Tell whether a total fits no answers, or more than respondents, while the other unsur need exactly them.

    Where nothing says how many questions an unsur has, the others do.
    """
    p = k.publikasi
    if p.n is None or p.pertanyaan_per_unsur is not None:
        return False
    others = [other for other in p.unsur if other is not u and other.total is not None]
    fitting = sum(p.n in answered(other, p, k.rule) for other in others)
    return len(others) > 1 and fitting * 4 > len(others) * 3 and min(answered(u, p, k.rule), default=p.n + 1) > p.n


def possible_totals(low: Fraction, high: Fraction, n: int) -> range:
    """Return the whole totals whose mean over n lies within low..high.

    >>> list(possible_totals(Fraction("3.465"), Fraction("3.475"), 341))
    [1182, 1183, 1184]
    """
    return range(math.ceil(low * n), math.floor(high * n) + 1)


def _means(k: Context) -> Iterator[Finding]:
    """List the means that n whole answers cannot give."""
    p = k.publikasi
    sure: list[Phrase] = []
    open_: list[Phrase] = []
    cut: list[Phrase] = []
    for u in p.unsur:
        if u.nilai is None or u.total is not None or u.frekuensi is not None:
            continue
        if not k.rule.terendah <= u.nilai.nilai <= k.rule.tertinggi:
            continue
        n = settled(u, p)
        size = n or u.n or p.n
        if size is None or possible_totals(*u.nilai.rentang, size):
            continue
        below = math.floor(u.nilai.tepat * size)
        above = below + 1
        around = [frasa("pecahan", atas=t, bawah=size, nilai=ExactFraction(t, size)) for t in (below, above)]
        shown = frasa("rata-di-antara", unsur=named_value(u.label, u.nilai.nilai), sekitar=around)
        if possible_totals(u.nilai.tepat, u.nilai.tepat + u.nilai.satuan, size):
            cut.append(shown)
        elif n is not None:
            sure.append(shown)
        else:
            open_.append(shown)
    if sure:
        yield finding("grim-rata", "kesalahan", unsur=sure)
    if cut:
        level: Tingkat = "peringatan" if all(settled(u, p) for u in p.unsur) else "catatan"
        yield finding("grim-rata-dipotong", level, unsur=cut)
    if open_:
        yield finding("grim-rata-bersyarat", "catatan", unsur=open_, n=p.n or "-")


def _together(k: Context, index: IkmCheck) -> Iterator[Finding]:
    """Check whether any whole totals that print as these means give the printed index."""
    p, bahan, figure = k.publikasi, k.bahan, k.ikm or k.indeks
    if bahan is None or figure is None or not bahan.lengkap or index.putusan != "cocok":
        return
    sizes = [settled(u, p) for u in p.unsur]
    if any(size is None for size in sizes) or any(u.nilai is None for u in p.unsur):
        return
    whole = [MeanRange(b.bawah, b.atas, b.titik, size) for b, size in zip(bahan.rata, sizes, strict=True)]
    printed = [MeanRange(b.titik, b.titik, b.titik) for b in bahan.rata]
    rounded = [[_rounded(b, places) for b in whole] for places in (3, 4)]
    factor = k.rule.konversi if figure is k.ikm else 1
    if not fitting(ways(k, bahan), (whole, printed, *rounded, *bahan.varian), figure, factor):
        totals = [possible_totals(b.bawah, b.atas, size) for b, size in zip(bahan.rata, sizes, strict=True) if size]
        facts = {"cetak": figure.nilai, "sedikit": sum(t[0] for t in totals), "banyak": sum(t[-1] for t in totals)}
        yield finding("grim-bersama", "kesalahan", **facts, n=sizes[0])


def _rounded(b: MeanRange, places: int) -> MeanRange:
    """Return the means of whole totals after rounding to so many decimals: multiples of the unit between the ends."""
    n, unit = b.n or 1, 10**places
    totals = possible_totals(b.bawah, b.atas, n)
    low, high = Fraction(totals[0], n), Fraction(totals[-1], n)
    half = Fraction(1, 2)
    return MeanRange(
        Fraction(math.ceil(low * unit - half), unit), Fraction(math.floor(high * unit + half), unit), b.titik, unit
    )


def _value(u: PrintedUnsur) -> Phrase:
    value = u.nilai or u.nik
    return frasa("angka", nilai=value.nilai if value else 0)
