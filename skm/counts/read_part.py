"""Levels of a part of a column: at once where the numbers are plainly answers, else cell by cell (`cells`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells as jawaban
from skm.answers.cells import BLANK, CellRules, DecodedColumn, WrongCell
from skm.answers.column import Column
from skm.regulasi._kuesioner import Butir

KEPT = 1000
"""Wrong cells kept of a part of a column; the rest is only counted."""

_BAD = -1


def read_part(larik: Column, butir: Butir, aturan: CellRules) -> tuple[NDArray[np.int8], list[WrongCell], int, int]:
    """Return levels (0 blank), some wrong cells with their position, how many are wrong, how many were named blank."""
    if larik.kamus is not None:
        return _from_dictionary(larik.nilai, larik.kamus, butir, aturan)
    fast = _at_once(larik, aturan.levels) if not aturan.kosong and aturan.plain(butir.id) else None
    if fast is not None:
        return fast, [], 0, 0
    terbaca = jawaban.decode(_spelled_out(larik), butir, aturan)
    return terbaca.level, list(terbaca.salah[:KEPT]), len(terbaca.salah), terbaca.dinamai_kosong


def _at_once(larik: Column, levels: int) -> NDArray[np.int8] | None:
    """Return the levels if every cell is a level or a blank, else None."""
    values = larik.nilai
    if not len(values):
        return np.zeros(0, np.int8)
    if values.dtype.kind in "iu":
        if values.max() > levels or values.min() < (0 if larik.kosong else 1):
            return None
        level = values.astype(np.int8, copy=False)
        return level if np.count_nonzero(level) + larik.kosong == len(level) else None
    return _whole_floats(values, levels) if values.dtype.kind == "f" else None


def _whole_floats(values: NDArray[Any], levels: int) -> NDArray[np.int8] | None:
    """Return the levels of floats that are levels or NaN, else None.

    What a NaN becomes as an integer is the processor's affair. It is not relied on but checked: whatever is not 0
    there, or differs from its float elsewhere, makes the count not come out.
    """
    with np.errstate(invalid="ignore"):
        level = values.astype(np.int8)
    if level.max() > levels or level.min() < 0:
        return None
    differs = level.astype(values.dtype) != values
    blanks = np.count_nonzero(differs)
    if blanks and np.count_nonzero(np.isnan(values, out=differs)) != blanks:
        return None
    return level if np.count_nonzero(level) + blanks == len(level) else None


def _spelled_out(larik: Column) -> NDArray[Any]:
    """Return the cells as they are, blanks as None, so that messages quote 5 and not 5.0."""
    if not larik.kosong:
        return larik.nilai
    cells = larik.nilai.astype(object)
    cells[larik.mask()] = None
    return cells


def _from_dictionary(
    codes: NDArray[Any], kamus: Sequence[Any], butir: Butir, aturan: CellRules
) -> tuple[NDArray[np.int8], list[WrongCell], int, int]:
    """Read every distinct value once."""
    distinct = np.empty(len(kamus), dtype=object)
    distinct[:] = list(kamus)
    terbaca: DecodedColumn = jawaban.decode(distinct, butir, aturan)
    wrong = {s.posisi for s in terbaca.salah}
    table = np.append(terbaca.level, np.int8(BLANK))
    table[list(wrong)] = _BAD
    level = table[codes]
    named = 0
    if terbaca.dinamai_kosong:
        blank = [i for i, value in enumerate(kamus) if not table[i] and not jawaban.is_blank(value)]
        named = int(np.isin(codes, blank).sum())
    if not wrong:
        return level, [], 0, named
    rows = np.flatnonzero(level == _BAD)
    level[rows] = BLANK
    return level, [WrongCell(butir.id, int(i), kamus[int(codes[i])]) for i in rows[:KEPT]], len(rows), named
