"""baca-*: what could not be placed, and means and sums printed below the unsur against the unsur themselves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm.auditing.context import Context, finding, near_scale
from skm.auditing.phrases import frasa
from skm.basics.values import ExactFraction, Finding
from skm.publikasi import PrintedUnsur


def examine(k: Context) -> list[Finding]:
    """Ask about what is unclear, and check the closing rows of the table."""
    return [*_unclear(k), *_means(k), *_sum(k), *_columns(k)]


def _unclear(k: Context) -> Iterator[Finding]:
    p = k.publikasi
    for columns in p.mendua:
        yield finding("baca-kolom-mendua", "catatan", kolom=list(columns))
    if p.ragu:
        yield finding("baca-baris-ragu", "catatan", unsur=[u.label for u in p.ragu])


def _means(k: Context) -> Iterator[Finding]:
    """Check a printed mean of the unsur: it is the mean of what is printed above it."""
    if k.bahan is None or not k.bahan.lengkap or len(k.banyak) > 1:
        return
    size = len(k.bahan.rata)
    low = sum((min(m.bawah, c.bawah) for m, c in zip(k.bahan.rata, k.bahan.potong, strict=True)), Fraction(0)) / size
    high = sum((max(m.atas, c.atas) for m, c in zip(k.bahan.rata, k.bahan.potong, strict=True)), Fraction(0)) / size
    for value in k.publikasi.rata:
        factor = k.rule.konversi if near_scale(value, k.rule) and value.nilai > k.rule.tertinggi else 1
        a, b = value.rentang
        if b + value.satuan / 2 < low * factor or a > high * factor:
            mean = ExactFraction(sum((m.titik for m in k.bahan.rata), Fraction(0)) / size * factor)
            yield finding("ikm-rata-unsur", "peringatan", cetak=value.nilai, hitung=mean, k=size)


def _sum(k: Context) -> Iterator[Finding]:
    """Check a printed sum of the unsur's values."""
    total = k.publikasi.jumlah
    values = [u.nilai for u in k.publikasi.unsur]
    known = [v for v in values if v is not None]
    if total is None or len(known) != len(values) or not known:
        return
    low = sum((v.tepat - v.satuan for v in known), Fraction(0))
    high = sum((v.tepat + v.satuan for v in known), Fraction(0))
    a, b = total.rentang
    if b < low or a > high:
        exact = ExactFraction(sum((v.tepat for v in known), Fraction(0)))
        yield finding("ikm-jumlah-nilai", "peringatan", cetak=total.nilai, hitung=exact, k=len(known))


def _columns(k: Context) -> Iterator[Finding]:
    """Check printed sums of whole numbers: totals, answers and counts of every level, over all unsur."""
    p = k.publikasi
    if not p.unsur or p.ragu or len(k.banyak) > 1 or any(u.butir for u in p.unsur):
        return
    for key, printed in p.jumlah_lain.items():
        cells = [_cell(u, key, k) for u in p.unsur]
        known = [c for c in cells if c is not None]
        if len(known) < len(cells):
            continue
        total = sum(known)
        # A row "Jumlah" may also hold the respondents, or the mean of the column.
        innocent = {Fraction(total), Fraction(total, len(known)), Fraction(max(known)), Fraction(p.n or -1)}
        if not any(low <= value <= high for value in innocent for low, high in (printed.rentang,)):
            facts = {"apa": frasa(f"kolom-jumlah-{key[0]}", tingkat=key[1:]), "cetak": printed.nilai}
            yield finding("ikm-jumlah-kolom", "kesalahan", **facts, hitung=total, k=len(known))


def _cell(u: PrintedUnsur, key: str, k: Context) -> int | None:
    if key == "total":
        return u.total
    if key == "n":
        return u.n
    if key[0] == "f" and u.frekuensi is not None:
        place = int(key[1:]) - k.rule.terendah
        return u.frekuensi[place] if 0 <= place < len(u.frekuensi) else None
    return None
