"""Statistics for researchers, in one line each; every name here is a function or the class of its result."""

from skm.stats import _friendly
from skm.stats._friendly import *

__all__ = _friendly.__all__


def __dir__() -> list[str]:
    return sorted(__all__)
