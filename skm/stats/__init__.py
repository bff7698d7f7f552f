"""Statistics for researchers, in one line each; every name here is a function or the class of its result."""

from skm.stats import _friendly, _friendly_changes, _friendly_designs, _friendly_texts
from skm.stats._friendly import *
from skm.stats._friendly_changes import *
from skm.stats._friendly_designs import *
from skm.stats._friendly_texts import *

__all__: list[str] = []
__all__ += _friendly.__all__
__all__ += _friendly_changes.__all__
__all__ += _friendly_designs.__all__
__all__ += _friendly_texts.__all__


def __dir__() -> list[str]:
    return sorted(__all__)
