"""How an office accounts for the index: capaian against a target, budget absorbed, and what that says together.

The performance report (LKjIP) has rules of its own; none of them is part of the survey's regulation. The index
enters as it was published, rounded to two decimals. `lkjip` builds the whole chapter from a form, `capaian` and
`anggaran` are its single figures.
"""

from skm.kinerja._anggaran import Anggaran, anggaran
from skm.kinerja._belanja import Belanja, belanja
from skm.kinerja._budget_line import BudgetLine
from skm.kinerja._build import lkjip
from skm.kinerja._capaian import Capaian, capaian
from skm.kinerja._form import write_form
from skm.kinerja._indikator import Indikator, YearFigure
from skm.kinerja._lkjip import Lkjip
from skm.kinerja._lkjip_tables import scale_table, tables_of
from skm.kinerja._quarter_line import QuarterLine
from skm.kinerja._scales import Predikat, Skala, skala
from skm.kinerja._tables import BarisKinerja, Kinerja, susun
from skm.kinerja._triwulan import Triwulan, triwulan

__all__ = [
    "Anggaran",
    "BarisKinerja",
    "Belanja",
    "BudgetLine",
    "Capaian",
    "Indikator",
    "Kinerja",
    "Lkjip",
    "Predikat",
    "QuarterLine",
    "Skala",
    "Triwulan",
    "YearFigure",
    "anggaran",
    "belanja",
    "capaian",
    "lkjip",
    "scale_table",
    "skala",
    "susun",
    "tables_of",
    "triwulan",
    "write_form",
]
