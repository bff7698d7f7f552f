"""What can go wrong, as classes that a program can catch and a person can act on: the public face of the errors.

>>> from skm import errors
>>> issubclass(errors.MissingColumnError, errors.DataError)
True
"""

from skm.basics.errors import (
    DataError,
    EmptyDataError,
    InvalidAnswerError,
    MissingColumnError,
    MissingDependencyError,
    OptionError,
    RegulationError,
    SKMError,
    SKMWarning,
    UnreadableFileError,
)

__all__ = [
    "DataError",
    "EmptyDataError",
    "InvalidAnswerError",
    "MissingColumnError",
    "MissingDependencyError",
    "OptionError",
    "RegulationError",
    "SKMError",
    "SKMWarning",
    "UnreadableFileError",
]
