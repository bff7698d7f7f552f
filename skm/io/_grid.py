"""What every file reader hands over: one sheet as rows of cells, each row with its number in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Cell = Any


@dataclass(frozen=True, slots=True, eq=False)
class Lembar:
    """A sheet. ``baris[i]`` stands in row ``nomor[i]`` of the file, counted from 1; blank cells are None."""

    nama: str
    baris: list[list[Cell]]
    nomor: Sequence[int]


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell holds nothing a person would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
