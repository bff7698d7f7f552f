"""Arguments of the wrong kind are refused by name: a mapping, a list, a name, a number where one is needed."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from skm.basics.errors import OptionError


def as_number(value: Any) -> float:
    """Return a finite real number as a float; NaN for anything else, so that every comparison refuses it."""
    if isinstance(value, bool) or not isinstance(value, (numbers.Real, Decimal)):
        return math.nan
    try:
        found = float(value)
    except (OverflowError, ValueError):
        return math.nan
    return found if math.isfinite(found) else math.nan


def as_mapping(value: Any, name: str) -> Mapping[Any, Any]:
    """Return a mapping as it is.

    Raises
    ------
    OptionError
        Anything else.
    """
    if not isinstance(value, Mapping):
        raise OptionError("argumen-bukan-pemetaan", untuk=name, jenis=type(value).__name__)
    return value


def as_list(value: Any, name: str, *, length: int | None = None) -> list[Any]:
    """Return a sequence, Series or array as a list; a text stands for its letters.

    Raises
    ------
    OptionError
        Nothing that can be walked through, a mapping, or of another length.
    """
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise OptionError("argumen-bukan-daftar", untuk=name, jenis=type(value).__name__)
    found = list(value)
    if length is not None and len(found) != length:
        raise OptionError("argumen-panjang-daftar", untuk=name, banyak=len(found), perlu=length)
    return found


def named_keys(keys: Iterable[Any], name: str = "by") -> tuple[str, ...]:
    """Return names of columns or characteristics, each once, in their order.

    Raises
    ------
    OptionError
        One is no text.
    """
    found = list(keys)
    for key in found:
        if not isinstance(key, str) or not key:
            raise OptionError("argumen-bukan-nama", untuk=name, jenis=type(key).__name__)
    return tuple(dict.fromkeys(found))
