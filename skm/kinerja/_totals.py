"""Printed totals in a budget: which rows are totals, and which lines each of them sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skm.basics.words import normalise
from skm.kinerja._budget_line import BudgetLine

_TOTAL = re.compile(r"(?:(?:sub|grand) ?)?(?:total|jumlah)(?: (.{1,200}))?")
# What may follow the word without naming one programme or kegiatan.
_OF_NOTHING = frozenset({
    "", "total", "umum", "anggaran", "belanja", "pagu", "keseluruhan", "seluruhnya", "seluruh", "semua", "akhir",
    "program", "kegiatan", "sub kegiatan", "program ini", "kegiatan ini", "i", "ii", "iii", "iv", "v",
})  # fmt: skip
_KIND = re.compile(r"(?:(?:anggaran|belanja|untuk|pada|program|kegiatan|sub kegiatan) )")


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A row that is a total.

    Attributes
    ----------
    baris : BudgetLine
        As printed, its label as ``program``.
    milik : str
        The programme or kegiatan it names, normalised; empty where it names none.
    program, kegiatan : str
        Under which it stands.
    sebelum : int
        How many lines stand above it.
    """

    baris: BudgetLine
    milik: str
    program: str
    kegiatan: str
    sebelum: int


def total_of(label: str, known: Iterable[str]) -> str | None:
    """Return what a label is the total of: a known name, or "" where it names none; None where it is no total.

    >>> total_of("Sub Total", ()), total_of("Jumlah Program Pelayanan", ["program pelayanan"])
    ('', 'program pelayanan')
    >>> total_of("Jumlah dokumen perencanaan", ["program pelayanan"]) is None
    True
    """
    match = _TOTAL.fullmatch(normalise(label))
    if match is None:
        return None
    rest = match[1] or ""
    if rest in _OF_NOTHING:
        return ""
    bare = _KIND.sub("", rest, count=1)
    return next((name for name in known if name in (rest, bare) or _KIND.sub("", name, count=1) == bare), None)


def lines_of(
    total: PrintedTotal, lines: Sequence[BudgetLine], leaves: Sequence[BudgetLine], start: int
) -> list[BudgetLine]:
    """Return the lines that a total sums.

    A name decides. Without one it is what it agrees with: the lines of the kegiatan or programme it stands under, those
    since the total before it (``start``), all above it, or all. Where it agrees with none, the last row of the table is
    a total of everything, any other of the programme it stands under.
    """
    if total.milik:
        return [b for b in leaves if total.milik in (b.kunci[0], b.kunci[1])]
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
    return list(leaves) if total.sebelum == len(lines) or not program else program
