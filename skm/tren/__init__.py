"""The index of one unit over periods: what changed from step to step, and what may not be compared."""

from skm.tren._bangun import build, pairs
from skm.tren._langkah import Langkah
from skm.tren._setara import weight_of
from skm.tren._titik import Titik, read_point
from skm.tren._tren import Tren

__all__ = ["Langkah", "Titik", "Tren", "build", "pairs", "read_point", "weight_of"]
