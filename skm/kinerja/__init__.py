"""How an office accounts for the index: capaian against a target, budget absorbed, and what that says together.

The performance report (LKjIP) has rules of its own; none of them is part of the survey's regulation. The index
enters as it was published, rounded to two decimals.
"""

from skm.kinerja._anggaran import Anggaran, anggaran
from skm.kinerja._capaian import Capaian, capaian
from skm.kinerja._scales import Predikat, Skala, skala
from skm.kinerja._tables import BarisKinerja, Kinerja, susun

__all__ = [
    "Anggaran",
    "BarisKinerja",
    "Capaian",
    "Kinerja",
    "Predikat",
    "Skala",
    "anggaran",
    "capaian",
    "skala",
    "susun",
]
