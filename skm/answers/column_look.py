"""What the cells of a column look like, judged from its distinct values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from skm.answers.cells import BLANK, CellRules, decode, is_blank
from skm.answers.column_kinds import ColumnLook, Pandang, personal_kind
from skm.answers.table import RawTable
from skm.basics.dates import is_date_like
from skm.regulasi._kuesioner import Butir, Kuesioner

_ROWS = 3000
_FEW = 12


def viewer(tabel: RawTable, kuesioner: Kuesioner, rules: dict[str, dict[str, int]]) -> Pandang:
    """Return a function that tells what stands in a column, each looked at once."""
    every: dict[str, int] = {}
    for butir in rules.values():
        every |= butir
    aturan = CellRules(
        max(len(kuesioner.nilai), 6), {"*": every | {str(i): i for i in range(7)}}, (), spasi_kosong=True
    )
    seen: dict[str, ColumnLook] = {}

    def look(column: str) -> ColumnLook:
        if column not in seen:
            seen[column] = _judge(tabel.column, column, aturan)
        return seen[column]

    return look


def _judge(fetch: Callable[[str], Any], column: str, aturan: CellRules) -> ColumnLook:
    values = fetch(column)
    sample = values[:_ROWS]
    items = [v for v in sample.tolist() if not is_blank(v) and not (isinstance(v, str) and not v.strip())]
    if not items and len(values) > _ROWS:
        items = [v for v in values.tolist() if not is_blank(v) and not (isinstance(v, str) and not v.strip())][:_ROWS]
    if not items:
        return ColumnLook("kosong")
    distinct = tuple(dict.fromkeys(items))
    if sum(map(is_date_like, distinct)) * 2 > len(distinct):
        return ColumnLook("tanggal", distinct)
    if personal_kind(distinct):
        return ColumnLook("pribadi", distinct)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    readable = int((decode(array, Butir("*", "*"), aturan).level != BLANK).sum())
    if readable * 10 >= len(items) * 6:
        return ColumnLook("jawaban", distinct)
    if all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in distinct):
        return ColumnLook("angka", distinct)
    if len(distinct) <= _FEW and (len(items) > 2 * len(distinct) or len(items) <= _FEW):
        return ColumnLook("pilihan", distinct)
    return ColumnLook("teks", distinct)
