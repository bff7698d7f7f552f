"""Columns on their way to the counts: values, blanks and dictionaries as NumPy arrays, and tables read in parts.

Every kind of table is brought to this form, and everything that counts knows only this form. That is why all
kinds give the same counts.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError
from skm.basics.values import Finding

PART = 1 << 18
"""Rows of a part: enough to forget the price of a call, few enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of a column.

    Attributes
    ----------
    nilai : array
        Values; or positions in ``kamus``, where there is one, and -1 for a blank.
    kosong : int
        How many integers are blanks; 0 stands in their place. Blank floats are NaN, blank objects None or NaN.
    topeng : callable or None
        Which integers are blanks, made when asked for.
    kamus : sequence or None
        Distinct values of a column that is held as positions.
    """

    nilai: NDArray[Any]
    kosong: int = 0
    topeng: Callable[[], NDArray[np.bool_]] | None = None
    kamus: Sequence[Any] | None = None

    def mask(self) -> NDArray[np.bool_]:
        """Return which integers are blanks."""
        return np.zeros(len(self.nilai), dtype=np.bool_) if self.topeng is None else self.topeng()

    def array(self) -> NDArray[Any]:
        """Return plain values: floats with NaN for integers with blanks, objects for a dictionary."""
        if self.kamus is not None:
            values = np.empty(len(self.kamus) + 1, dtype=object)
            values[:-1] = list(self.kamus)
            values[-1] = None
            out: NDArray[Any] = values[self.nilai]
            return out
        if not self.kosong:
            return self.nilai
        floats = self.nilai.astype(np.float64)
        floats[self.mask()] = np.nan
        return floats


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A table that hands over its columns as `Column`, whole or in parts.

    Attributes
    ----------
    names : tuple of str
        Column names as they stand, doubled ones included.
    banyak : int or callable
        Rows, or how to learn their number where that costs something.
    larik : callable
        Name -> the whole column.
    order : callable
        Name -> categories in their order where the column has an order, else None.
    bagian : callable
        Names of columns -> the table in parts, in order.
    baris : sequence or None
        Labels of the rows.
    berkas : bool
        Whether rows come from files that may be large, so that reading takes a while.
    sekali : bool
        Whether it can be gone through only once.
    temuan : callable or None
        What was noticed while it was last gone through.
    awal : callable or None
        Number of rows -> the first rows, where fetching them is cheaper than beginning to go through all.
    """

    names: tuple[str, ...]
    banyak: int | Callable[[], int]
    larik: Callable[[str], Column]
    order: Callable[[str], list[Any] | None]
    bagian: Callable[[Sequence[str]], Iterator[Part]]
    baris: Sequence[Any] | None = None
    berkas: bool = False
    sekali: bool = False
    temuan: Callable[[], tuple[Finding, ...]] | None = None
    awal: Callable[[int], Part | None] | None = None

    def first(self, rows: int) -> Part | None:
        """Return the first rows, or somewhat more; None where there is none."""
        return self.awal(rows) if self.awal is not None else next(iter(self.bagian(self.names)), None)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some consecutive rows: where they begin, how many they are, and their columns."""

    mulai: int
    n: int
    larik: Callable[[str], Column]


def looked_into(source: Source) -> Source:
    """Return a source that can be gone through once as one whose first part has been fetched and is kept.

    So its columns can be looked at before they are counted.
    """
    parts = source.bagian(source.names)
    begun = next(parts, None)
    spent = False

    def rest(_: Sequence[str]) -> Iterator[Part]:
        nonlocal spent
        if spent:
            raise DataError("aliran-sekali")
        spent = True
        if begun is not None:
            yield begun
            yield from parts

    return replace(source, bagian=rest, awal=lambda _: begun)


def is_blank(value: Any) -> bool:
    """Tell whether a value stands for nothing: None, NaN, pandas' NA and NaT."""
    if value is None:
        return True
    if isinstance(value, (float, np.floating)):
        return math.isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def holds_nothing(value: Any) -> bool:
    """Tell whether a value is blank, or a text of spaces only.

    >>> holds_nothing(" "), holds_nothing(float("nan")), holds_nothing(0)
    (True, True, False)
    """
    return is_blank(value) or (isinstance(value, str) and not value.strip())


def unordered(_: str) -> None:
    """Say that no column has an order of categories."""


def spans(n: int, size: int = PART) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the parts of n rows."""
    for start in range(0, n, size):
        yield start, min(start + size, n)


def join(parts: Sequence[Column]) -> Column:
    """Put the parts of a column one below the other."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Column(np.empty(0, dtype=object))
    arrays = [part.array() for part in parts]
    if len({array.dtype.kind == "O" for array in arrays}) > 1:
        arrays = [array.astype(object) for array in arrays]
    return Column(np.concatenate(arrays))


def from_array(values: NDArray[Any] | Column) -> Column:
    """Return an array as it is; masked arrays keep their blanks."""
    if isinstance(values, Column):
        return values
    if "numpy.ma" in sys.modules and isinstance(values, np.ma.MaskedArray):  # nobody has one without its module
        mask = np.ma.getmaskarray(values)
        if values.dtype.kind in "iu":
            return Column(values.filled(0), int(mask.sum()), lambda: mask)
        if values.dtype.kind == "f":
            return Column(values.filled(np.nan))
        plain = np.asarray(values.data).astype(object)
        plain[mask] = None
        return Column(plain)
    return Column(values)


def from_columns(
    names: Sequence[str],
    n: int,
    column: Callable[[str], NDArray[Any] | Column],
    order: Callable[[str], list[Any] | None],
) -> Source:
    """Return a source over whole columns in memory."""

    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        held = {name: from_array(column(name)) for name in wanted}
        for start, end in spans(n):
            yield Part(start, end - start, partial(_cut_from, held, start, end))

    return Source(tuple(names), n, lambda name: from_array(column(name)), order, parts)


def _cut_from(held: dict[str, Column], start: int, end: int, name: str) -> Column:
    return cut(held[name], start, end)


def cut(larik: Column, start: int, end: int) -> Column:
    """Return some rows of a column."""
    values = larik.nilai[start:end]
    if not larik.kosong:
        return Column(values, kamus=larik.kamus)
    mask = larik.mask()[start:end]
    return Column(values, int(mask.sum()), lambda: mask, larik.kamus)


def cleaned(value: Any) -> Any:
    """Return a label as it is kept: blanks and empty texts None, whole floats integers, plain Python values."""
    if isinstance(value, str):
        return str(value) if value.strip() else None
    if value is None or is_blank(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else value
    return value.to_pydatetime() if isinstance(value, datetime) and hasattr(value, "to_pydatetime") else value


def days(values: Sequence[Any]) -> list[Any]:
    """Return the days of moments; what is no moment as it is."""
    return [v.date() if isinstance(v, datetime) and not is_blank(v) else v for v in values]
