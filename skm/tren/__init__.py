"""The index of one unit over periods: what changed from step to step, and what may not be compared."""

from skm.tren._build import build, pairs
from skm.tren._comparable import weight_of
from skm.tren._points import TrendPoint, read_point
from skm.tren._steps import Step
from skm.tren._tren import Tren

__all__ = ["Step", "Tren", "TrendPoint", "build", "pairs", "read_point", "weight_of"]
