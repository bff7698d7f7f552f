"""What the readers of tables hand over: mappings that `skm.publikasi.load` takes, and which cells they used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._meaning import counting, is_period, number

_INTERVAL = re.compile(r"\d+(?:[.,]\d+)?\s*(?:[-\u2013]|s\.?/?d\.?)\s*\d+(?:[.,]\d+)?")
# A label with two figures behind it: columns that were not told apart.
_SEVERAL = re.compile(r"[^\d:=]{1,40}\s\d+(?:[.,]\d+)?%?\s+\d+[.,]\d+%?")


@dataclass(slots=True)
class Result:
    """One printed result: its mapping, whose it is, whether it is the whole of others, and the caption above it."""

    values: dict[str, Any]
    nama: str = ""
    tempat: str = ""
    keseluruhan: bool = False
    judul: str = ""

    @property
    def waktu(self) -> bool:
        """Whether its name is a time."""
        return is_period(self.nama)

    @property
    def rerata(self) -> bool:
        """Whether its name says that it is the mean of the others, which need not be the figure of the whole."""
        return re.match(r"(rata|rerata|mean|average)\b", normalise(self.nama)) is not None


@dataclass(slots=True)
class Finds:
    """What was found in one grid."""

    grid: PrintedGrid
    hasil: list[Result] = field(default_factory=list)
    angka: dict[str, Any] = field(default_factory=dict)
    lain: dict[str, list[Any]] = field(default_factory=dict)
    akun: list[AccountLine] = field(default_factory=list)
    dipakai: set[tuple[int, int]] = field(default_factory=set)

    def use_row(self, r: int) -> None:
        """Tick off a row."""
        self.dipakai.update((r, c) for c in range(len(self.grid.baris[r])))

    def use_column(self, c: int, rows: range) -> None:
        """Tick off a part of a column."""
        self.dipakai.update((r, c) for r in rows)

    def figure(self, role: str, value: Any) -> None:
        """Keep a figure of the whole; another printing of it is kept as such."""
        known = self.angka.setdefault(role, value)
        if known is not value and cell_text(known) != cell_text(value):
            self.lain.setdefault(role, []).append(value)

    def unplaced(self) -> Iterator[tuple[int, int]]:
        """Return the cells with a number that nobody took."""
        for r, row in enumerate(self.grid.baris):
            if self._merged(r) or _bounds(row):
                continue
            for c, cell in enumerate(row):
                if (r, c) in self.dipakai:
                    continue
                found = number(cell)
                if (found is not None and found.nilai != 0) or (isinstance(cell, str) and _SEVERAL.fullmatch(cell)):
                    yield r, c

    def _merged(self, r: int) -> bool:
        """Tell whether one figure stands in every cell behind the label, because they are merged, and was taken."""
        shown = [(c, cell_text(cell)) for c, cell in enumerate(self.grid.baris[r]) if cell_text(cell)]
        figures = {text for c, text in shown if number(self.grid.cell(r, c)) is not None}
        labels = {text for c, text in shown} - figures
        several = sum(text in figures for _, text in shown) > 1
        taken = any((r, c) in self.dipakai for c, text in shown if text in figures)
        return len(figures) == 1 and len(labels) <= 1 and several and taken


def _bounds(row: tuple[Any, ...]) -> bool:
    """Tell whether a row is of a table of grades: an interval and its letter."""
    texts = [cell_text(c) for c in row if isinstance(c, str)]
    return any(_INTERVAL.fullmatch(t) for t in texts) and any(re.fullmatch(r"[A-E]", t) for t in texts)


def first_text(grid: PrintedGrid, r: int, upto: int) -> str:
    """Return the first text of a row that is neither a number nor a count of rows."""
    cells = grid.baris[r][: upto + 1]
    return next((cell_text(c) for c in cells if cell_text(c) and number(c) is None and counting(c) is None), "")
