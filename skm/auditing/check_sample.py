"""sampel-*: respondents against the population, and the printed minimum against every known way to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from skm import sampling
from skm.auditing.context import Context, finding
from skm.auditing.phrases import frasa
from skm.basics.messages import Phrase
from skm.basics.values import Finding
from skm.sampling import Adequacy


def examine(k: Context) -> list[Finding]:
    """Check n, N, the minimum that the publication names, and other printings of n."""
    enough = [*_told_short(k)] or [*_enough(k), *_own_minimum(k)]
    return [*_contradicting(k), *_beyond(k), *enough, *_minimum(k)]


def _told_short(k: Context) -> Iterator[Finding]:
    """Return a note where the publication itself says by how many respondents it falls short."""
    p = k.publikasi
    if p.n is None or p.sampel_minimum is None or not p.sampel_kurang or p.n + p.sampel_kurang != p.sampel_minimum:
        return
    yield finding("sampel-kurang-disebut", "catatan", n=p.n, minimum=p.sampel_minimum, kurang=p.sampel_kurang)


def _contradicting(k: Context) -> Iterator[Finding]:
    others = [o for o in k.publikasi.n_lain if o.nilai != k.publikasi.n]
    if k.publikasi.n is not None and others:
        shown = [f"{o.nilai} ({o.tempat or '-'})" for o in others]
        yield finding("sampel-n-berlainan", "peringatan", n=k.publikasi.n, lain=shown)


def _beyond(k: Context) -> Iterator[Finding]:
    n, size = k.publikasi.n, k.publikasi.populasi
    if n is not None and size is not None and n > size:
        level = "peringatan" if k.publikasi.populasi_perkiraan else "kesalahan"
        yield finding("sampel-melebihi-populasi", level, n=n, N=size)  # type: ignore[arg-type]


def _enough(k: Context) -> Iterator[Finding]:
    """Tell which ways n satisfies; the regulation says "dapat" and has no rule between rows."""
    n, size = k.publikasi.n, k.publikasi.populasi
    if n is None or size is None or n > size:
        return
    reached = sampling.adequacy(n, size)
    if reached.adequate:
        return
    facts = {
        "n": n,
        "N": size,
        "rumus": reached.required,
        "kurang": reached.shortfall,
        "cukup_sampai": reached.max_population or size,
        "galat": Decimal(f"{reached.margin * 100:.2f}"),
    }
    below = reached.size.row_below
    if reached.shortfall == 1:
        yield finding("sampel-selisih-satu", "catatan", **facts)
    elif below is not None and below.n <= n < reached.required:
        yield finding("sampel-baris-bawah", "peringatan", **facts, baris=below.population, baris_n=below.n)
    elif named := _names(k, n, size):
        yield finding("sampel-cara-lain", "catatan", **facts, cara=named[:1])
    else:
        yield finding("sampel-kurang", "peringatan", **facts)


def _minimum(k: Context) -> Iterator[Finding]:
    """Check the printed minimum against every known way to it."""
    said, size = k.publikasi.sampel_minimum, k.publikasi.populasi
    if said is None or size is None:
        return
    reached: Adequacy = sampling.adequacy(0, size)
    if any(abs(policy.required - said) <= 1 for policy in reached.policies):
        return
    facts = {"minimum": said, "N": size, "rumus": reached.required, "metode": k.publikasi.sampel_metode or "-"}
    others = [] if _numerator(said, size) else _names(k, said, size)
    if others:
        level = "peringatan" if _cites(k, "krejcie", "morgan") else "catatan"
        yield finding("sampel-minimum-cara-lain", level, **facts, cara=others[:1])  # type: ignore[arg-type]
        return
    cause = _cause(said, size, reached)
    code = "sampel-minimum-sebab" if cause else "sampel-minimum"
    if said > size:
        yield finding(code, "kesalahan", **facts, sebab=cause)
    else:
        cited = _cites(k, "krejcie", "morgan", "slovin")
        yield finding(code, "kesalahan" if cited else "peringatan", **facts, sebab=cause)


def _own_minimum(k: Context) -> Iterator[Finding]:
    n, said = k.publikasi.n, k.publikasi.sampel_minimum
    if n is not None and said is not None and n < said:
        yield finding("sampel-di-bawah-minimum", "peringatan", n=n, minimum=said)


def _cites(k: Context, *names: str) -> bool:
    return any(name in k.publikasi.sampel_metode.casefold() for name in names)


def _names(k: Context, said: int, size: int) -> list[Phrase]:
    """Return the ways other than the default that give this number, or one next to it."""
    found = []
    for level in ("0.99", "0.90"):
        exact = sampling.sample_size(size, level=level).exact
        if abs(exact - said) <= 1:
            found.append(frasa("cara-krejcie-morgan", persen=int(Decimal(level) * 100)))
    margins = (margin for margin in (5, 10, 1, 2, 3) if abs(slovin(size, margin) - said) <= 1)
    found.extend(frasa("cara-slovin", persen=margin) for margin in margins)
    return found


def slovin(size: int, margin: int) -> Fraction:
    """Return Slovin's N / (1 + N e^2) for a margin in percent.

    >>> math.ceil(slovin(17041, 10))
    100
    """
    return size / (1 + size * Fraction(margin, 100) ** 2)


def _cause(said: int, size: int, reached: Adequacy) -> list[Phrase]:
    """Return what may lie behind a minimum that no way gives."""
    if _numerator(said, size):
        return [frasa("sebab-pembilang", nilai=said)]
    for policy in (*reached.policies, *sampling.sample_size(size, rounding="ceil").policies):
        digits = str(policy.required)
        slips = {digits[:i] + x + digits[i:] for i in range(len(digits) + 1) for x in "0123456789"}
        slips |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)}
        if str(said) in slips:
            return [frasa("sebab-salah-cetak", nilai=policy.required)]
    rows = _row_for(said)
    return [frasa("sebab-baris-lain", N=rows)] if rows else []


def _numerator(said: int, size: int) -> bool:
    """Tell whether a minimum is the numerator of the formula alone, 0.96 N."""
    numerator = Fraction("3.841") * size / 4
    return said in (math.floor(numerator), math.ceil(numerator))


def _row_for(said: int) -> int | None:
    """Return the population for which the printed table has this number."""
    for size in range(10, 10001, 5):
        row = sampling.sample_size(size, method="tabel-bawah").row_below
        if row is not None and row.population == size and row.n == said:
            return size
    return None
