"""What to improve first, the plan for it (RTL), and how much of the plan was done."""

from skm.prioritas._horizons import Jangka, horizon, horizons
from skm.prioritas._ranking import BarisPrioritas, Prioritas, rank
from skm.prioritas._realisasi import BarisRealisasi, Realisasi, realisasi
from skm.prioritas._rencana import BarisRencana, Rencana, rencana

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
