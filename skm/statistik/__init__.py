"""Statistics on `Pola` and `Hitungan`."""

from skm.statistik._estimate import mean_interval
from skm.statistik._intervals import Deff, Estimate, GroupIntervals, MeanInterval, MutuRange

__all__ = ["Deff", "Estimate", "GroupIntervals", "MeanInterval", "MutuRange", "mean_interval"]
