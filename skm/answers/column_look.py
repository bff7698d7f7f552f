"""What the cells of a column look like, judged from its distinct values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from skm.answers.cells import CellRules, is_answer
from skm.answers.column import holds_nothing
from skm.answers.column_kinds import ColumnLook, Pandang, is_personal, lists, personal_kind
from skm.answers.table import RawTable
from skm.basics.dates import is_date_like
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

_NOBODY = 10**8  # the shortest number of a telephone or a person is longer
_ROWS = 3000
_FEW = 12
_BLOCK = 48


def viewer(tabel: RawTable, kuesioner: Kuesioner, rules: dict[str, dict[str, int]]) -> Pandang:
    """Return a function that tells what stands in a column, each looked at once."""
    every: dict[str, int] = {}
    for butir in rules.values():
        every |= butir
    aturan = CellRules(
        max(len(kuesioner.nilai), 6), {"*": every | {str(i): i for i in range(7)}}, (), spasi_kosong=True
    )
    seen: dict[str, ColumnLook] = {}
    known: dict[Any, bool] = {}  # columns of answers hold the same few values

    begin = tabel.head(_ROWS)
    in_memory = tabel.long or tabel.sumber is None or tabel.sumber[0] is not tabel.column

    def look(column: str) -> ColumnLook:
        if column not in seen:
            values = begin(column)
            items = _filled(values)
            if not items and in_memory and len(values) == _ROWS:
                items = _filled(tabel.column(column))[:_ROWS]
            seen[column] = _judge(items, aturan, known)
        return seen[column]

    return look


def far_viewer(kinds: Mapping[str, str]) -> Pandang:
    """Return a function that tells what a column of an engine may hold, by its type and header: no cell comes home."""
    stamps = lists()["tanggal"]

    def look(column: str) -> ColumnLook:
        kind = kinds[column]
        if kind in ("hari", "waktu") or (kind in ("teks", "lain") and normalise(column) in stamps):
            return ColumnLook("tanggal")
        if is_personal(column):
            return ColumnLook("pribadi")
        return ColumnLook("teks" if kind in ("logika", "lain") else "jawaban")

    return look


def _filled(values: NDArray[Any]) -> list[Any]:
    """Return the cells that hold something; a list and its like, which cannot be compared, as the name of its kind."""
    cells = values.tolist()
    if any(kind.__hash__ is None for kind in set(map(type, cells))):
        cells = [v if type(v).__hash__ is not None else type(v).__name__ for v in cells]
    others = (v for v in set(cells) if type(v) is not int)
    empty = {v for v in others if holds_nothing(v)}
    return [v for v in cells if v not in empty] if empty else cells


def _mostly_dates(distinct: tuple[Any, ...]) -> bool:
    """Tell whether more than half are dates; looked at no further than that can still be."""
    others = 0
    for value in distinct:
        others += not is_date_like(value)
        if others * 2 >= len(distinct):
            return False
    return True


def _mostly_answers(items: list[Any], distinct: tuple[Any, ...], aturan: CellRules, known: dict[Any, bool]) -> bool:
    """Tell whether six cells in ten are answers. Each distinct value is read once, but TRUE and 1 are one as keys.

    ``known`` says of whole numbers and texts what was found in the columns before.
    """
    told_apart = bool not in set(map(type, items))
    values = distinct if told_apart else tuple(items)
    often: Counter[Any] | None = None
    others = 0
    for i in range(0, len(values), _BLOCK):
        block = values[i : i + _BLOCK]
        no_answers = [v for v, level in zip(block, _are_answers(block, aturan, known), strict=True) if not level]
        if no_answers and told_apart and len(distinct) < len(items):
            often = Counter(items) if often is None else often
            others += sum(often[v] for v in no_answers)
        else:
            others += len(no_answers)
        if others * 10 > len(items) * 4:
            return False
    return True


def _are_answers(values: tuple[Any, ...], aturan: CellRules, known: dict[Any, bool]) -> list[bool]:
    if not {int, str}.issuperset(map(type, values)):
        return [is_answer(v, "*", aturan) for v in values]
    known.update((v, is_answer(v, "*", aturan)) for v in values if v not in known)
    return [known[v] for v in values]


def _judge(items: list[Any], aturan: CellRules, known: dict[Any, bool]) -> ColumnLook:
    if not items:
        return ColumnLook("kosong")
    distinct = tuple(dict.fromkeys(items))
    numbers = {int, float}.issuperset(map(type, distinct))  # no dates, and short ones name nobody
    if not numbers and _mostly_dates(distinct):
        return ColumnLook("tanggal", distinct)
    if not (numbers and max(distinct) < _NOBODY) and personal_kind(distinct):
        return ColumnLook("pribadi", distinct)
    if _mostly_answers(items, distinct, aturan, known):
        return ColumnLook("jawaban", distinct)
    if numbers or all(issubclass(kind, (int, float)) and kind is not bool for kind in set(map(type, distinct))):
        return ColumnLook("angka", distinct)
    if len(distinct) <= _FEW and (len(items) > 2 * len(distinct) or len(items) <= _FEW):
        return ColumnLook("pilihan", distinct, len(items))
    return ColumnLook("teks", distinct)
