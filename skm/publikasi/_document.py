"""What any file comes down to before its meaning is looked for: tables of cells and lines of text, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """A sheet or a table: rows of cells, each text, int, float, date or None.

    Attributes
    ----------
    nama : str
        The sheet's name, or where the table stands.
    baris : tuple of tuple
        The cells.
    judul : str
        The text that stands above it; empty where nothing does.
    """

    nama: str
    baris: tuple[tuple[Any, ...], ...]
    judul: str = ""

    @property
    def lebar(self) -> int:
        """Number of columns of the widest row."""
        return max(map(len, self.baris), default=0)

    def cell(self, row: int, column: int) -> Any:
        """Return a cell; None beyond the end of a short row."""
        cells = self.baris[row]
        return cells[column] if 0 <= column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of text and where it stands."""

    tempat: str
    teks: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document in reading order."""

    nama: str
    bagian: tuple[PrintedGrid | Prose, ...] = field(default=())

    @property
    def grids(self) -> list[PrintedGrid]:
        """Its tables."""
        return [part for part in self.bagian if isinstance(part, PrintedGrid)]

    @property
    def prose(self) -> list[Prose]:
        """Its text."""
        return [part for part in self.bagian if isinstance(part, Prose)]


def titled(parts: Sequence[PrintedGrid | Prose]) -> Iterator[PrintedGrid | Prose]:
    """Give every table the short text that stands right above it as its title."""
    above = ""
    for part in parts:
        if isinstance(part, Prose):
            above = part.teks if len(part.teks) <= 160 else ""
            yield part
        else:
            yield PrintedGrid(part.nama, part.baris, part.judul or above)
            above = ""


def cell_text(value: Any) -> str:
    """Return a cell as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
