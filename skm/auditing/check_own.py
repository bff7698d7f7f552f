"""hasil-*: our own result before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from skm import sampling
from skm.auditing.context import finding
from skm.auditing.phrases import frasa
from skm.basics.numbers import round_half_up
from skm.basics.reading_numbers import read_count
from skm.basics.values import ExactFraction, Finding, Interval
from skm.scores.groups import HasilKelompok
from skm.scores.result import HasilIKM

SMALL, IDENTIFIABLE = 30, 5


def examine(hasil: HasilIKM, populasi: Any = None, selang: Interval | None = None) -> list[Finding]:
    """Look for what could embarrass the office later: an unstable letter, a small sample, a blank unsur."""
    return [
        *_weights(hasil),
        *_roundings(hasil),
        *_interval(hasil, selang),
        *_sample(hasil, populasi),
        *(note for note in hasil.catatan if note.tingkat == "peringatan"),
    ]


def small_groups(groups: HasilKelompok) -> list[Finding]:
    """Name the groups that are too small to publish, or too small to say much."""
    sizes = [(str(key), int(n)) for key, n in zip(groups, groups.n, strict=True)]
    few = [frasa("kelompok-n", nama=name, n=n) for name, n in sizes if 0 < n < IDENTIFIABLE]
    small = [frasa("kelompok-n", nama=name, n=n) for name, n in sizes if IDENTIFIABLE <= n < SMALL]
    empty = [name for name, n in sizes if n == 0]
    out = []
    if few:
        out.append(finding("hasil-kelompok-dikenali", "peringatan", kelompok=few, batas=IDENTIFIABLE))
    if small:
        out.append(finding("hasil-kelompok-kecil", "catatan", kelompok=small, batas=SMALL))
    if empty:
        out.append(finding("hasil-kelompok-kosong", "catatan", kelompok=empty))
    return out


def _weights(hasil: HasilIKM) -> Iterator[Finding]:
    if len({p.mutu for p in hasil.pembanding} | {hasil.mutu}) > 1:
        pairs = [frasa("bobot-ikm", bobot=p.label, ikm=p.ikm, mutu=p.mutu) for p in hasil.pembanding]
        yield finding("hasil-mutu-bobot", "peringatan", rincian=pairs)


def _roundings(hasil: HasilIKM) -> Iterator[Finding]:
    """Grade the figure as other offices would round it: at once, by way of the index, or not at all."""
    rule = hasil.regulasi
    index = Fraction(hasil.ikm_tepat) / rule.konversi
    ways = {
        "bulat-nik-2": Fraction(hasil.ikm_tepat),
        "bulat-indeks-2": Fraction(round_half_up(index, 2)) * rule.konversi,
        "bulat-indeks-3": Fraction(round_half_up(index, 3)) * rule.konversi,
    }
    letters = {name: rule.grade(value).mutu for name, value in ways.items()}
    above = [k for k in rule.kategori if Fraction(hasil.ikm_tepat) >= k.nik[0]]
    letters["bulat-tidak"] = above[-1].mutu if above else rule.kategori[0].mutu
    if len(set(letters.values())) > 1:
        pairs = [frasa("cara-mutu", cara=frasa(name), mutu=letter) for name, letter in letters.items()]
        yield finding("hasil-mutu-pembulatan", "peringatan", ikm=ExactFraction(hasil.ikm_tepat), rincian=pairs)


def _interval(hasil: HasilIKM, selang: Interval | None) -> Iterator[Finding]:
    if selang is None or not selang.low <= selang.high:
        return
    low, high = (hasil.regulasi.grade(x).mutu for x in (selang.low, selang.high))
    if low != high:
        facts = {"bawah": selang.low, "atas": selang.high, "tingkat": selang.level * 100}
        yield finding("hasil-mutu-selang", "catatan", **facts, mutu=[low, high])


def _sample(hasil: HasilIKM, populasi: Any) -> Iterator[Finding]:
    if hasil.n is not None and hasil.n < SMALL:
        yield finding("hasil-sampel-kecil", "catatan", n=hasil.n, batas=SMALL)
    if populasi is None:
        yield finding("hasil-tanpa-populasi", "catatan")
        return
    size = read_count(populasi, "N", minimum=1)
    if hasil.n is None or hasil.n > size:
        return
    reached = sampling.adequacy(hasil.n, size)
    if not reached.adequate:
        facts = {"n": hasil.n, "N": size, "rumus": reached.required, "kurang": reached.shortfall}
        yield finding("hasil-sampel-kurang", "peringatan", **facts)
