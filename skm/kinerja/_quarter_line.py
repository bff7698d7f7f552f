"""One line of one quarter, and what lines of a quarter come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.basics.values import ExactFraction
from skm.basics.words import normalise
from skm.kinerja._budget_line import absorbed
from skm.kinerja._capaian import Angka

LEVELS = ("iku", "program", "kegiatan", "sub_kegiatan")
KEYS = (
    "triwulan",
    *LEVELS,
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "pagu",
    "realisasi_anggaran",
    "nomor",
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One line of one quarter; all figures are cumulative from the beginning of the year.

    Attributes
    ----------
    triwulan : int
        1 to 4.
    iku, program, kegiatan, sub_kegiatan : str
        The name at the line's level and above it; empty below. A total has none but ``program`` "Jumlah".
    target, realisasi : Decimal, ExactFraction or None
        In the indicator's unit.
    pagu, belanja : Decimal or None
        Allowed and spent, rupiah.
    milik : str or None
        What a printed total sums: the name of a programme or kegiatan, normalised, or "" for the quarter; None for a
        line that is no total.
    """

    triwulan: int
    iku: str
    program: str
    kegiatan: str
    sub_kegiatan: str
    indikator: str
    satuan: str
    target: Angka | None
    realisasi: Angka | None
    pagu: Decimal | None
    belanja: Decimal | None
    nomor: int = 0
    milik: str | None = None

    @property
    def tingkat(self) -> int:
        """0 for an IKU, 1 programme, 2 kegiatan, 3 sub kegiatan."""
        return next(i for i in (3, 2, 1, 0) if getattr(self, LEVELS[i]))

    @property
    def nama(self) -> str:
        """The name at its own level."""
        return str(getattr(self, LEVELS[self.tingkat]))

    @property
    def kunci(self) -> Key:
        """Its place in the tree, spellings brought together; an IKU stands by itself, all else below a programme."""
        parts = [normalise(getattr(self, key)) for key in LEVELS]
        return ("", *parts[1:]) if self.tingkat else (parts[0], "", "", "")  # type: ignore[return-value]

    @property
    def jumlah(self) -> bool:
        """Whether it is a printed total."""
        return self.milik is not None

    @property
    def capaian(self) -> ExactFraction | None:
        """Reached / planned x 100, where both are numbers and something was planned."""
        if self.target is None or self.realisasi is None or self.target <= 0:
            return None
        return ExactFraction(Fraction(self.realisasi) / Fraction(self.target) * 100)

    @property
    def serapan(self) -> ExactFraction | None:
        """Spent / allowed x 100."""
        return None if self.pagu is None or self.belanja is None else absorbed(self.pagu, self.belanja)


def highest_of(lines: Iterable[QuarterLine]) -> list[QuarterLine]:
    """Return the lines with money, of one quarter, that no other such line holds."""
    money = [b for b in lines if not b.jumlah and (b.pagu is not None or b.belanja is not None)]
    below = [b for b in money if b.tingkat] or money  # an IKU's money is that of its programmes
    return [b for b in below if not any(_holds(other, b) for other in below)]


def money_of(lines: Iterable[QuarterLine]) -> tuple[Decimal, Decimal]:
    """Return ceiling and spent of some lines; what is blank is nothing."""
    kept = list(lines)
    pagu = sum((b.pagu for b in kept if b.pagu is not None), Decimal(0))
    return pagu, sum((b.belanja for b in kept if b.belanja is not None), Decimal(0))


def _holds(other: QuarterLine, line: QuarterLine) -> bool:
    """Tell whether a line belongs to another: a sub kegiatan to its kegiatan and programme."""
    depth = other.tingkat
    return 0 < depth < line.tingkat and other.kunci[: depth + 1] == line.kunci[: depth + 1]


def roman(number: int) -> str:
    """Return the number of a quarter as offices write it."""
    return next(k.upper() for k, v in ROMAN.items() if v == number)
