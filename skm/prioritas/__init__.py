"""What to improve first, the plan for it (RTL), and how much of the plan was done."""

from skm.prioritas._jangka import Jangka, horizon, horizons
from skm.prioritas._realisasi import BarisRealisasi, Realisasi, realisasi
from skm.prioritas._rencana import BarisRencana, Rencana, rencana
from skm.prioritas._urutan import BarisPrioritas, Prioritas, rank

__all__ = [
    "BarisPrioritas",
    "BarisRealisasi",
    "BarisRencana",
    "Jangka",
    "Prioritas",
    "Realisasi",
    "Rencana",
    "horizon",
    "horizons",
    "rank",
    "realisasi",
    "rencana",
]
