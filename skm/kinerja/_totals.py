"""Printed totals in a budget: which rows are totals, and which lines each of them sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skm.basics.words import normalise
from skm.kinerja._budget_line import BudgetLine

_TOTAL = re.compile(r"(?:(?:sub|grand) ?)?(?:total|jumlah)(?: (.{1,200}))?")
# Words that may follow without naming one programme or kegiatan; letters, numerals and years neither.
_OF_NOTHING = frozenset({
    "total", "umum", "anggaran", "belanja", "pagu", "realisasi", "keseluruhan", "seluruhnya", "seluruh", "semua",
    "akhir", "program", "kegiatan", "sub", "ini", "dan", "triwulan", "tw", "tahun", "ta", "s", "d", "sampai", "dengan",
    "kecamatan", "kelurahan", "dinas", "badan", "kantor", "kota", "kabupaten", "daerah", "opd", "skpd", "perangkat",
    "unit", "apbd", "perubahan", "murni", "jumlah",
})  # fmt: skip
_COUNTED = re.compile(r"[a-z]|i{1,3}|iv|vi{0,3}|ix|x|\d{1,4}")
_KIND = re.compile(r"(?:(?:anggaran|belanja|untuk|pada|program|kegiatan|sub kegiatan) )")
_BESIDE = re.compile(r"(?:sisa|silpa|selisih|persentase|rata rata|rerata)(?: .{1,200})?")


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A row that is a total.

    Attributes
    ----------
    baris : BudgetLine
        As printed, its label as ``program``.
    milik : str or None
        The programme or kegiatan it names, normalised; empty where it names none; None where it names something that
        is not known, so that only its amounts can say that it is a total.
    program, kegiatan : str
        Under which it stands.
    sebelum : int
        How many lines stand above it.
    posisi : int
        Which row of those given it is, from 1.
    """

    baris: BudgetLine
    milik: str | None
    program: str
    kegiatan: str
    sebelum: int
    posisi: int = 0


def begins_like_total(label: str) -> bool:
    """Tell whether a label begins as totals do."""
    return _TOTAL.fullmatch(normalise(label)) is not None


def is_average(label: str) -> bool:
    """Tell whether a label is that of a row beside the lines: a rest, a difference, an average, a percentage.

    >>> is_average("Sisa anggaran"), is_average("Rata-rata capaian"), is_average("Sosialisasi")
    (True, True, False)
    """
    return _BESIDE.fullmatch(normalise(label)) is not None


def total_of(label: str, known: Iterable[str]) -> str | None:
    """Return what a label is the total of: a known name, or "" where it names none; None where that is not known.

    >>> total_of("Sub Total", ()), total_of("Jumlah Program Pelayanan", ["program pelayanan"])
    ('', 'program pelayanan')
    >>> total_of("Jumlah (A+B)", ()), total_of("Total Belanja Kecamatan Tahun 2026", ())
    ('', '')
    >>> total_of("Jumlah dokumen perencanaan", ["program pelayanan"]) is None
    True
    """
    match = _TOTAL.fullmatch(normalise(label))
    if match is None:
        return None
    rest = match[1] or ""
    bare = _KIND.sub("", rest, count=1)
    named = next((name for name in known if name in (rest, bare) or _KIND.sub("", name, count=1) == bare), None)
    of_nothing = all(word in _OF_NOTHING or _COUNTED.fullmatch(word) for word in rest.split())
    return "" if named is None and of_nothing else named


def agreeing(
    total: PrintedTotal, lines: Sequence[BudgetLine], leaves: Sequence[BudgetLine], start: int
) -> list[BudgetLine]:
    """Return the lines whose sums are the total's amounts, or none.

    Tried are the lines of the kegiatan and of the programme it stands under, those since the total before it
    (``start``), all above it, and all.
    """
    above = [b for b in lines[: total.sebelum] if b in leaves]
    program = [b for b in above if b.kunci[0] == normalise(total.program)]
    ways = [
        [b for b in program if b.kunci[1] == normalise(total.kegiatan)],
        program,
        [b for b in lines[start : total.sebelum] if b in leaves],
        above,
        list(leaves),
    ]
    for way in ways:
        if (
            way
            and sum(b.pagu for b in way) == total.baris.pagu
            and sum(b.realisasi for b in way) == total.baris.realisasi
        ):
            return way
    return []


def lines_of(
    total: PrintedTotal, lines: Sequence[BudgetLine], leaves: Sequence[BudgetLine], start: int
) -> list[BudgetLine]:
    """Return the lines that a total sums.

    A name decides. Without one it is what it agrees with. Where it agrees with none, the last row of the table is a
    total of everything, any other of the programme it stands under.
    """
    if total.milik:
        return [b for b in leaves if total.milik in (b.kunci[0], b.kunci[1])]
    if way := agreeing(total, lines, leaves, start):
        return way
    program = [b for b in lines[: total.sebelum] if b in leaves and b.kunci[0] == normalise(total.program)]
    return list(leaves) if total.sebelum == len(lines) or not program else program
