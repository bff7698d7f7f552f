"""A legend below the respondents, a level and its label in each row: "1 | Tidak Baik". Nobody answered so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from skm.basics.sheets.grid import is_empty
from skm.io.layouts.foot_rows import number_of
from skm.regulasi._kuesioner import Kuesioner

_LEAST = 3  # rows that make a legend; the levels are at least as many
_ZONE = 60
_NARROW = 5  # columns; of fewer a respondent may fill two


def legend_rows(columns: Sequence[NDArray[Any]], base: Kuesioner) -> list[int]:
    """Return the rows of legends at the end of a table: another level in each, and beside it a text, and nothing else.

    Rows of remarks or of a signature may stand below and between them.
    """
    if len(columns) < _NARROW:
        return []
    found: list[int] = []
    respondents = False
    run: list[tuple[int, int]] = []
    end = len(columns[0])
    for i in range(end - 1, max(-1, end - 1 - _ZONE), -1):
        cells = [column[i] for column in columns if not is_empty(column[i]) and not _announces(column[i])]
        level = _explained(cells, base)
        if level:
            if any(level == other for _, other in run):
                run = []
            run.append((i, level))
            if len(run) >= _LEAST and _in_a_row([other for _, other in run]):
                found += [row for row, _ in run if row not in found]
        elif len(cells) > _LEAST or (len(cells) > 1 and any(not math.isnan(number_of(cell)) for cell in cells)):
            respondents = True
            break
    return sorted(found) if respondents else []


def _announces(cell: Any) -> bool:
    """Tell whether a cell only announces what stands beside it: "Ket:"."""
    return isinstance(cell, str) and cell.strip().endswith(":")


def _explained(cells: Sequence[Any], base: Kuesioner) -> int:
    """Return the level that a row explains; 0 where it is no line of a legend."""
    if len(cells) != 2:
        return 0
    levels = [_level(cell, base) for cell in cells]
    texts = [isinstance(c, str) and len(c.strip(" =:.-")) > 2 and not any(x.isdigit() for x in c) for c in cells]
    if levels[0] and texts[1]:
        return levels[0]
    return levels[1] if levels[1] and texts[0] else 0


def _level(cell: Any, base: Kuesioner) -> int:
    text = str(cell).strip(" =:.()").casefold()
    if text in base.huruf:
        return list(base.huruf).index(text) + 1
    number = number_of(text) if len(text) < 4 else 0.0
    return int(number) if number in range(1, 7) else 0


def _in_a_row(levels: Sequence[int]) -> bool:
    return sorted(levels) == list(range(min(levels), max(levels) + 1)) and min(levels) == 1
