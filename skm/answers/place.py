"""Where rows come from: file, sheet, row and cell, kept through joins, filters and repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet of one file. ``huruf`` maps a column's name to its letter where the file is a workbook."""

    berkas: str
    lembar: str = ""
    huruf: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class RowPlaces:
    """The place of every row.

    Attributes
    ----------
    bagian : tuple of SheetPlace
        Sheets that rows come from.
    ke : int array
        Position of each row's sheet in ``bagian``.
    nomor : int array
        Row number in the file, counted from 1.
    """

    bagian: tuple[SheetPlace, ...]
    ke: NDArray[np.int32]
    nomor: NDArray[np.int64]

    @classmethod
    def single(cls, bagian: SheetPlace, nomor: Sequence[int] | NDArray[np.int64]) -> RowPlaces:
        """Return the places of the rows of one sheet."""
        numbers = np.asarray(nomor, dtype=np.int64)
        return cls((bagian,), np.zeros(len(numbers), np.int32), numbers)

    @classmethod
    def joined(cls, parts: Sequence[RowPlaces]) -> RowPlaces:
        """Return the places of several tables put one below the other."""
        bagian: list[SheetPlace] = []
        ke: list[NDArray[np.int32]] = []
        for part in parts:
            ke.append(part.ke + np.int32(len(bagian)))
            bagian += part.bagian
        return cls(tuple(bagian), np.concatenate(ke), np.concatenate([p.nomor for p in parts]))

    def take(self, rows: NDArray[np.intp]) -> RowPlaces:
        """Return the places of some rows."""
        return RowPlaces(self.bagian, self.ke[rows], self.nomor[rows])

    def id(self, row: int) -> tuple[str, str, int]:
        """Return file, sheet and row number."""
        part = self.bagian[int(self.ke[row])]
        return part.berkas, part.lembar, int(self.nomor[row])

    def row(self, row: int) -> str:
        """Return the row as text; the file is named where there are several.

        >>> RowPlaces.single(SheetPlace("a.xlsx", "Data", {"U1": "C"}), [5, 6]).row(1)
        '6'
        """
        berkas, lembar, nomor = self.id(row)
        return str(nomor) if len(self.bagian) == 1 else f"{_where(berkas, lembar)} {nomor}"

    def lettered(self, row: int) -> bool:
        """Tell whether the row's columns have letters, as in a workbook."""
        return bool(self.bagian[int(self.ke[row])].huruf)

    def cell(self, column: str, row: int) -> str:
        """Return the address of a cell, or the row where columns have no letters.

        >>> RowPlaces.single(SheetPlace("a.xlsx", "Data", {"U1": "C"}), [5, 6]).cell("U1", 1)
        'C6'
        """
        part = self.bagian[int(self.ke[row])]
        letter = part.huruf.get(column, "")
        place = f"{letter}{int(self.nomor[row])}"
        return place if len(self.bagian) == 1 else f"{_where(part.berkas, part.lembar)} {place}"


class RowNumbers(Sequence[Any]):
    """Labels of rows made when asked for: row numbers, with the file where there are several."""

    def __init__(self, tempat: RowPlaces) -> None:
        self._tempat = tempat

    def __len__(self) -> int:
        return len(self._tempat.nomor)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        return self._tempat.row(row)


def _where(berkas: str, lembar: str) -> str:
    return f"{berkas} [{lembar}]" if lembar else berkas
