"""One line of a budget: its names from programme down, what was allowed, what was spent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from skm.basics.values import ExactFraction
from skm.basics.words import normalise
from skm.publikasi import PrintedNumber

LEVELS = ("program", "kegiatan", "sub_kegiatan")
Path = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget.

    Attributes
    ----------
    program, kegiatan, sub_kegiatan : str
        Names; a subtotal has empty names below its level.
    pagu, realisasi : Decimal
        Rupiah.
    tercetak : PrintedNumber or None
        The percentage that was printed beside it.
    nomor : int
        Row in the sheet, or position.
    """

    program: str
    kegiatan: str
    sub_kegiatan: str
    pagu: Decimal
    realisasi: Decimal
    tercetak: PrintedNumber | None = None
    nomor: int = 0
    indikator: str = ""

    @property
    def nama(self) -> str:
        """The name at its own level."""
        return self.sub_kegiatan or self.kegiatan or self.program

    @property
    def serapan(self) -> ExactFraction | None:
        """Spent / ceiling x 100, exact; None where there is no ceiling."""
        return absorbed(self.pagu, self.realisasi)

    @property
    def kunci(self) -> Path:
        """Its place in the tree, spellings brought together."""
        return normalise(self.program), normalise(self.kegiatan), normalise(self.sub_kegiatan)


def absorbed(pagu: Decimal, realisasi: Decimal) -> ExactFraction | None:
    """Return spent / ceiling x 100, or None where there is no ceiling."""
    return ExactFraction(ExactFraction(realisasi) / ExactFraction(pagu) * 100) if pagu > 0 else None
