"""Tables copied out of a regulation, sample sizes and intervals of grades, against the regulation itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from skm import regulasi as _regulasi
from skm.auditing.context import Context, finding
from skm.auditing.phrases import frasa
from skm.basics.values import Finding
from skm.publikasi import PrintedGrade, PrintedNumber
from skm.regulasi import Regulasi
from skm.sampling import sample_size

_SLACK = (Fraction(1, 1000), Fraction(11, 1000))  # of bounds on 1-4 and on 25-100, which print both ways
_LAST = 100_000  # often printed for 1,000,000, with its size


def examine(k: Context) -> list[Finding]:
    """Check the printed tables, where they are those of a regulation at all."""
    return [*_samples(k), *_grades(k)]


def _samples(k: Context) -> Iterator[Finding]:
    """Tell the sizes that differ from the formula behind the table; most of a table must agree to be that table."""
    pairs = k.publikasi.tabel_sampel
    wrong = [(people, size) for people, size in pairs if not _fits(people, size)]
    if not wrong or len(wrong) * 4 > len(pairs):
        return
    shown = [frasa("pasangan-sampel", N=n, cetak=s, hitung=sample_size(n).n) for n, s in wrong]
    yield finding("sampel-tabel-tercetak", "peringatan", rincian=shown, banyak=len(wrong), dari=len(pairs))


def _fits(people: int, size: int) -> bool:
    exact = sample_size(people).exact
    return math.floor(exact) <= size <= math.ceil(exact) or (people == _LAST and size == sample_size(10 * people).n)


def _grades(k: Context) -> Iterator[Finding]:
    rows = k.publikasi.tabel_mutu
    if not rows:
        return
    rules = [k.rule, *(rule for name in _regulasi.ids() if (rule := _regulasi.load(name)).id != k.rule.id)]
    nearest = min(rules, key=lambda rule: len(_differing(rows, rule)))
    wrong = _differing(rows, nearest)
    if not wrong:
        if nearest is not k.rule and k.disebut:
            yield finding("mutu-tabel-tercetak-lain", "catatan", nama=k.rule.nama, lain=nearest.nama)
        return
    if len({mutu for mutu, *_ in wrong}) * 2 > len(rows):
        return  # a table of its own
    shown = [frasa("selang-mutu", mutu=mutu, cetak=printed, tabel=right) for mutu, printed, right in wrong]
    yield finding("mutu-tabel-tercetak", "peringatan", rincian=shown, nama=nearest.nama)


def _differing(rows: tuple[PrintedGrade, ...], rule: Regulasi) -> list[tuple[str, str, str]]:
    """Return letter, printed and right interval of every row that is not that of the regulation."""
    known = {kategori.mutu: kategori for kategori in rule.kategori}
    out = []
    for row in rows:
        category = known.get(row.mutu)
        for low, high in row.selang:
            if category is None:
                out.append((row.mutu, f"{low}-{high}", "-"))
                continue
            small = high.nilai <= rule.tertinggi + 1
            bounds = category.ni if small else category.nik
            slack = _SLACK[0] if small else _SLACK[1]
            if not all(_same(x, bound, slack) for x, bound in zip((low, high), bounds, strict=True)):
                a, b = (str(PrintedNumber(bound)) for bound in bounds)
                out.append((row.mutu, f"{low}-{high}", f"{a}-{b}"))
    return out


def _same(printed: PrintedNumber, bound: Decimal, slack: Fraction) -> bool:
    return abs(printed.tepat - Fraction(bound)) <= max(slack, printed.satuan / 2)
