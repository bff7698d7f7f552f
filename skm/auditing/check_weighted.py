"""ikm-*: the printed weighted means, and the weight they were really made with."""

from __future__ import annotations

from fractions import Fraction

from skm.auditing.context import Context, finding
from skm.auditing.means import value_range
from skm.auditing.phrases import frasa, named_value
from skm.auditing.routes import weights
from skm.basics.numbers import round_half_up
from skm.basics.values import ExactFraction, Finding
from skm.publikasi import PrintedUnsur

_STEPS = Fraction(15, 100)


def examine(k: Context) -> list[Finding]:
    """Check printed weighted means, and the index under other weights."""
    return [*_weighted(k), *_other_weights(k)]


def _other_weights(k: Context) -> list[Finding]:
    """Check the index printed under other weights: the weight times the sum of the means."""
    if k.bahan is None or not k.bahan.lengkap or len(k.banyak) > 1:
        return []
    bad = []
    for line in k.publikasi.bobot_lain:
        weight = Fraction(line.nama.replace(",", ".")) if line.nama else Fraction(0)
        factor = weight * k.rule.konversi
        low, high = (sum((getattr(m, end) for m in k.bahan.rata), Fraction(0)) * factor for end in ("bawah", "atas"))
        a, b = line.ikm.rentang
        # Roundings on the way move the figure by some hundredths.
        if b < low - _STEPS or a > high + _STEPS:
            point = ExactFraction(sum((m.titik for m in k.bahan.rata), Fraction(0)) * factor)
            bad.append(frasa("satu-bobot", bobot=line.nama, nilai=line.ikm.nilai, hitung=point))
    return [finding("ikm-bobot-lain", "peringatan", rincian=bad)] if bad else []


def _weighted(k: Context) -> list[Finding]:
    """Return which weight turns the printed means into the printed weighted means."""
    rows = [
        u for u in k.publikasi.unsur if u.nrr_tertimbang is not None and value_range(u, k.rule, k.langkah) is not None
    ]
    sizes = k.banyak
    size = sizes[0]
    if not rows or len(sizes) > 1 or size < 1:
        return []
    four = Fraction(round_half_up(Fraction(1, size), 4))
    choices = [(name, values[0]) for name, values in weights(size)]
    choices.append((f"{float(four):.4f}", four))
    own = all(u.bobot is not None for u in rows) and len({u.bobot.nilai for u in rows if u.bobot}) > 1
    if own:
        bad = [u for u in rows if u.bobot is not None and not _agrees(u, u.bobot.tepat, k)]
        return [_wrong(bad, rows)] if bad else []
    failing = {name: [u for u in rows if not _agrees(u, weight, k)] for name, weight in choices}
    fits = [name for name, bad in failing.items() if not bad]
    if not fits:
        best = min(failing.values(), key=len)
        return [_wrong(best, rows)]
    printed = {format(u.bobot.nilai, "f") for u in rows if u.bobot is not None}
    differing = [p for p in printed if not any(_same(p, name, size) for name in fits)]
    if differing:
        return [finding("ikm-bobot-berbeda", "catatan", tercetak=differing[0], dipakai=fits[0])]
    return []


def _agrees(u: PrintedUnsur, weight: Fraction, k: Context) -> bool:
    mean = value_range(u, k.rule, k.langkah)
    if mean is None or u.nrr_tertimbang is None:
        return True
    low, high = u.nrr_tertimbang.rentang
    return weight * mean[0] <= high and low <= weight * mean[1]


def _same(printed: str, name: str, size: int) -> bool:
    value = Fraction(1, size) if "/" in name else Fraction(name)
    return Fraction(printed) == value


def _wrong(bad: list[PrintedUnsur], rows: list[PrintedUnsur]) -> Finding:
    shown = [named_value(u.label, u.nrr_tertimbang.nilai) for u in bad if u.nrr_tertimbang]
    return finding("ikm-nrr-tertimbang", "kesalahan", unsur=shown, banyak=len(bad), dari=len(rows))
