"""Tables that stand side by side on one sheet, told apart by an empty column: each is a table of its own."""

from __future__ import annotations

from collections.abc import Iterator

from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._meaning import LETTER, counting, number
from skm.publikasi._unsur import known_unsur

_TOP = 6  # rows among which the header stands
_ROWS = 2  # rows with a name and a number that make a table


def apart(grid: PrintedGrid) -> list[PrintedGrid]:
    """Return the tables of a sheet; the sheet itself where nothing tells several apart.

    An empty column also stands between a wide name and its values: a part is a table only if it names what it counts.
    """
    if grid.lebar < 5:
        return [grid]
    empty = [c for c in range(grid.lebar) if not any(cell_text(grid.cell(r, c)) for r in range(len(grid.baris)))]
    pieces = list(_pieces(empty, grid.lebar))
    if len(pieces) < 2 or not all(_stands(grid, a, b) for a, b in pieces):
        return [grid]
    return [_cut(grid, a, b) for a, b in pieces]


def unfolded(grid: PrintedGrid) -> PrintedGrid:
    """Return a table whose second half stands beside its first, under the same header, as one long table."""
    for at, row in enumerate(grid.baris[:_TOP]):
        texts = [normalise(cell_text(c)) for c in row]
        for times in (2, 3):
            width, rest = divmod(len(texts), times)
            head = texts[:width]
            if rest or width < 2 or not all(head) or len(set(head)) < width or texts != head * times:
                continue
            if any(number(c) is not None for c in row[:width]) or not _goes_on(grid, at, width):
                continue
            parts = [tuple(r[i * width : (i + 1) * width]) for i in range(times) for r in grid.baris[at + 1 :]]
            kept = [part for part in parts if any(cell_text(c) for c in part)]
            above = [tuple(r[:width]) for r in grid.baris[:at]]
            return PrintedGrid(grid.nama, (*above, tuple(row[:width]), *kept), grid.judul)
    return grid


def _goes_on(grid: PrintedGrid, head: int, width: int) -> bool:
    """Tell whether the second half names other rows than the first."""
    names = [
        {cell_text(r[i + c]) for r in grid.baris[head + 1 :] for c in range(width) if len(r) > i + c}
        for i in (0, width)
    ]
    words = [{t for t in found if t and number(t) is None} for found in names]
    return bool(words[0]) and bool(words[1]) and not words[0] & words[1]


def _pieces(empty: list[int], width: int) -> Iterator[tuple[int, int]]:
    start = 0
    for c in [*empty, width]:
        if c > start:
            yield start, c
        start = c + 1


def _stands(grid: PrintedGrid, first: int, end: int) -> bool:
    """Tell whether a part names rows of its own, or has a header of unsur over answers."""
    named = answers = 0
    for r in range(len(grid.baris)):
        cells = [grid.cell(r, c) for c in range(first, end) if cell_text(grid.cell(r, c))]
        texts = [c for c in cells if number(c) is None and not LETTER.fullmatch(cell_text(c))]
        figures = [c for c in cells if number(c) is not None]
        if texts and cells[0] in texts and any(counting(c) is None for c in figures):
            named += 1
        answers += sum(known_unsur(cell_text(c)) for c in texts) >= 2
    return named >= _ROWS or answers > 0


def _cut(grid: PrintedGrid, first: int, end: int) -> PrintedGrid:
    """Return a part of the sheet; rows keep their numbers, so that the account names the sheet's."""
    return PrintedGrid(grid.nama, tuple(tuple(row[first:end]) for row in grid.baris), grid.judul)
