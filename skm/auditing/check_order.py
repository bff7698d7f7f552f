"""urutan-*: which unsur are said to be lowest, highest or first in line, against the printed values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from skm.auditing.context import Context, finding
from skm.auditing.means import exact_mean, value_range
from skm.auditing.phrases import frasa, named_value
from skm.basics.messages import Phrase
from skm.basics.values import Finding, Tingkat
from skm.publikasi import PrintedNumber, PrintedUnsur, UnsurClaim


def examine(k: Context) -> list[Finding]:
    """Check the claims about order, and the values quoted with them."""
    p = k.publikasi
    out = [
        *_claimed(k, p.klaim.terendah, lowest=True),
        *_claimed(k, p.klaim.tertinggi, lowest=False),
        *_priorities(k),
        *_quoted(k),
        *_other_values(k),
        *_ranks(k),
    ]
    if out or p.klaim.terendah or p.klaim.tertinggi or p.klaim.prioritas:
        out += _unnamed(k)
    return out


def below(a: PrintedUnsur, b: PrintedUnsur, k: Context) -> bool | None:
    """Tell whether a is lower than b; None where the printed decimals do not tell.

    Rounding never turns an order round, so two numbers with the same decimals settle it if they differ.
    """
    exact = [exact_mean(u, k.publikasi, k.rule) for u in (a, b)]
    if exact[0] is not None and exact[1] is not None:
        x, y = Fraction(*exact[0]), Fraction(*exact[1])
        return None if x == y else x < y
    pair = _pair(a, b)
    if pair is not None and pair[0].desimal == pair[1].desimal and pair[0].nilai != pair[1].nilai:
        return pair[0].nilai < pair[1].nilai
    first, second = value_range(a, k.rule, k.langkah), value_range(b, k.rule, k.langkah)
    if first is None or second is None or (pair is not None and pair[0].nilai == pair[1].nilai):
        return None
    if first[1] < second[0]:
        return True
    return False if second[1] < first[0] else None


def _pair(a: PrintedUnsur, b: PrintedUnsur) -> tuple[PrintedNumber, PrintedNumber] | None:
    if a.nilai is not None and b.nilai is not None:
        return a.nilai, b.nilai
    return (a.nik, b.nik) if a.nik is not None and b.nik is not None else None


def _claimed(k: Context, claims: Sequence[UnsurClaim], *, lowest: bool) -> Iterator[Finding]:
    p = k.publikasi
    named = [
        (c, u) for c in claims if (u := p.find(c.unsur)) is not None and value_range(u, k.rule, k.langkah) is not None
    ]
    if not named or len(named) < len(claims):
        return
    code = "urutan-terendah" if lowest else "urutan-tertinggi"
    others = [
        u for u in p.unsur if u.id not in {v.id for _, v in named} and value_range(u, k.rule, k.langkah) is not None
    ]
    passed = [u for u in others if any(_before(u, v, k, lowest) for _, v in named)]
    disordered = [
        (v, w)
        for (c, v), (d, w) in pairwise(named)
        if c.peringkat is not None
        and d.peringkat is not None
        and c.peringkat < d.peringkat
        and _before(w, v, k, lowest)
    ]
    if passed or disordered:
        true = _ordered(k, lowest)[: len(named)]
        yield finding(code, "kesalahan", disebut=[_shown(v) for _, v in named], sebenarnya=[_shown(u) for u in true])
        return
    tied = [u for u in others if any(_equal(u, v, k) for _, v in named)]
    if tied:
        yield finding("urutan-seri", "catatan", disebut=[_shown(v) for _, v in named], seri=[_shown(u) for u in tied])


def _before(a: PrintedUnsur, b: PrintedUnsur, k: Context, lowest: bool) -> bool:
    return bool(below(a, b, k)) if lowest else bool(below(b, a, k))


def _equal(a: PrintedUnsur, b: PrintedUnsur, k: Context) -> bool:
    if below(a, b, k) is not None:
        return False
    pair = _pair(a, b)
    return pair is None or pair[0].nilai == pair[1].nilai


def _ordered(k: Context, lowest: bool) -> list[PrintedUnsur]:
    rows = [(u, value_range(u, k.rule, k.langkah)) for u in k.publikasi.unsur]
    known = [(sum(span), u) for u, span in rows if span is not None]
    return [u for _, u in sorted(known, key=lambda pair: pair[0], reverse=not lowest)]


def _priorities(k: Context) -> Iterator[Finding]:
    """Check that the priorities are the lowest unsur, where the publication or the regulation says they are."""
    p = k.publikasi
    named = [u for name in p.klaim.prioritas if (u := p.find(name)) is not None]
    if not named or len(named) < len(p.klaim.prioritas):
        return
    rest = [u for u in p.unsur if u.id not in {v.id for v in named} and value_range(u, k.rule, k.langkah) is not None]
    if not any(_before(u, v, k, True) for u in rest for v in named):
        return
    said = "rendah" in p.klaim.prioritas_menurut.casefold()
    level: Tingkat = "kesalahan" if said else "peringatan"
    code = "urutan-prioritas" if said else "urutan-prioritas-lain"
    true = _ordered(k, True)[: len(named)]
    yield finding(code, level, disebut=[_shown(u) for u in named], sebenarnya=[_shown(u) for u in true])


def _quoted(k: Context) -> Iterator[Finding]:
    """Compare the values quoted in sentences with the table."""
    bad, seen = [], set()
    for claim in (*k.publikasi.klaim.terendah, *k.publikasi.klaim.tertinggi):
        unsur = k.publikasi.find(claim.unsur)
        span = value_range(unsur, k.rule, k.langkah) if unsur is not None else None
        if unsur is None or span is None or claim.nilai is None:
            continue
        low, high = claim.nilai.rentang
        if low > k.rule.tertinggi:
            low, high = low / k.rule.konversi, high / k.rule.konversi
        if not (low <= span[1] and span[0] <= high) and unsur.id not in seen:
            seen.add(unsur.id)
            bad.append(_two(unsur, claim.nilai, "klaim"))
    if bad:
        yield finding("urutan-nilai-berlainan", "peringatan", unsur=bad)


def _other_values(k: Context) -> Iterator[Finding]:
    bad = []
    for u in k.publikasi.unsur:
        span = value_range(u, k.rule, k.langkah)
        for other in u.nilai_lain:
            if span is None or not isinstance(other.nilai, PrintedNumber):
                continue
            low, high = other.nilai.rentang
            if low > k.rule.tertinggi:
                low, high = low / k.rule.konversi, high / k.rule.konversi
            if not (low <= span[1] and span[0] <= high):
                bad.append(_two(u, other.nilai, other.tempat or "-"))
    if bad:
        yield finding("urutan-nilai-berlainan", "peringatan", unsur=bad)


def _ranks(k: Context) -> Iterator[Finding]:
    """Check a printed column of ranks by the values, the best first or the worst first, whichever it can be."""
    ranked = [u for u in k.publikasi.unsur if u.peringkat is not None]
    if len(ranked) < 2:
        return
    pairs = [(a, b) for a in ranked for b in ranked if (a.peringkat or 0) < (b.peringkat or 0)]
    best = [(a, b) for a, b in pairs if below(a, b, k)]
    worst = [(a, b) for a, b in pairs if below(b, a, k)]
    wrong = min(best, worst, key=len)
    if not wrong:
        return
    # Ranks that follow the values neither way are ranks by something else.
    if len(wrong) * 3 > len(pairs):
        yield finding("urutan-peringkat-lain", "catatan", banyak=len(ranked))
        return
    named = {u.id: u for pair in wrong for u in pair}
    shown = [frasa("berperingkat", unsur=_shown(u), peringkat=u.peringkat) for u in named.values()]
    yield finding("urutan-peringkat", "peringatan", unsur=shown)


def _unnamed(k: Context) -> Iterator[Finding]:
    """Say both readings where a sentence rests on a bare U8 or U9."""
    used = {c.unsur for c in (*k.publikasi.klaim.terendah, *k.publikasi.klaim.tertinggi)} | set(
        k.publikasi.klaim.prioritas
    )
    bare = [u for u in k.publikasi.unsur if u.id in ("u8", "u9") and u.id in used]
    orders = list(k.rule.urutan.values())
    for u in bare:
        number = int(u.id[1:])
        both = list(dict.fromkeys(order[number - 1] for order in orders if len(order) >= number))
        if len(both) > 1:
            yield finding("urutan-u8-u9", "catatan", kode=u.kode or u.id.upper(), arti=both)


def _shown(u: PrintedUnsur) -> Phrase:
    value = u.nilai or u.nik
    return named_value(u.label, value.nilai if value else Decimal(u.total or 0))


def _two(u: PrintedUnsur, other: PrintedNumber, place: str) -> Phrase:
    value = u.nilai or u.nik
    return frasa("unsur-dua", unsur=u.label, nilai=value.nilai if value else "-", lain=other.nilai, tempat=place)
