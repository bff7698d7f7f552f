"""What every file reader hands over: one sheet as rows of cells, each row with its number in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cell = Any


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down list: its cells (rows from 1, columns from 0, both ends included) and its words in order."""

    baris: int
    kolom: int
    baris_akhir: int
    kolom_akhir: int
    kata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet's cells do not show: cells with an error or an uncalculated formula, merged and hidden ones.

    Cells are (row counted from 1, column counted from 0). ``buta`` marks formats whose error values come as blanks;
    ``berdaftar`` says that a part of at most 4 MB has drop-down lists, ``pilihan`` are those that were understood.
    """

    galat: frozenset[tuple[int, int]] = frozenset()
    rumus: frozenset[tuple[int, int]] = frozenset()
    gabungan: tuple[tuple[int, int, int, int], ...] = ()
    tersembunyi: frozenset[int] = frozenset()
    buta: bool = False
    berdaftar: bool = False
    pilihan: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Sheet:
    """A sheet. ``baris[i]`` stands in row ``nomor[i]`` of the file, counted from 1; blank cells are None or ""."""

    nama: str
    baris: list[list[Cell]]
    nomor: Sequence[int]
    buku_kerja: bool = False
    kolom_awal: int = 0
    fakta: SheetFacts = field(default_factory=SheetFacts)

    @property
    def lebar(self) -> int:
        """Number of columns of the widest row."""
        return max(map(len, self.baris), default=0)

    def letter(self, column: int) -> str:
        """Return the column's letter in a workbook, else nothing."""
        return column_letter(self.kolom_awal + column) if self.buku_kerja else ""


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell holds nothing a person would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def whole_number(cell: Any) -> Any:
    """Return a whole number as one, as a person sees it: a spreadsheet keeps 3 as 3.0; anything else as it is.

    >>> whole_number(3.0), whole_number(2.5), whole_number("3.0")
    (3, 2.5, '3.0')
    """
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def clean(values: Sequence[Cell]) -> NDArray[Any]:
    """Return a column as objects: blanks None, whole floats int, the rest as it is.

    Every distinct value is looked at once.
    """
    array = np.empty(len(values), dtype=object)
    kinds = set(map(type, values))
    if bool in kinds:  # TRUE equals 1 as a key of a table
        array[:] = [_clean(value) for value in values]
        return array
    if kinds == {float}:  # numbers of a workbook, mostly whole
        numbers = np.array(values, dtype=np.float64)
        if (np.abs(numbers) < 2**53).all() and (numbers == np.floor(numbers)).all():
            array[:] = numbers.astype(np.int64)
            return array
    table = {value: _clean(value) for value in set(values)}
    changed = any(new is not old for old, new in table.items())
    array[:] = list(map(table.__getitem__, values)) if changed else list(values)
    return array


def blanks(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which cells of a cleaned column are blank."""
    return np.equal(values, None).astype(np.bool_)  # type: ignore[call-overload,no-any-return]


def _clean(value: Cell) -> Cell:
    if is_empty(value):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def column_letter(position: int) -> str:
    """Return the letter of a column counted from 0.

    >>> column_letter(0), column_letter(27), column_letter(16383)
    ('A', 'AB', 'XFD')
    """
    text = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
