"""Counts and patterns by one grouped question to an engine; no respondent comes home.

A group's counts would be levels x butir sums. Two levels share one whole number of 64 bits instead (1 and 2^31), so
that nine questions on four levels cost 18 sums, 9 counts and the number of rows: a group costs 28 numbers, twice where
it has both complete and incomplete rows. What is neither a level nor a blank makes sum and count differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells
from skm.answers.cells import CellRules
from skm.answers.frames.remote import ROWS, RelationalTable, Term
from skm.basics.errors import DataError
from skm.counts.engines.gather import CountRows, gathered, gathered_patterns
from skm.counts.engines.keys import Keys
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Butir, Kuesioner

BITS = 31
"""Rows of a group that fit beside each other: 2^31, fewer where an engine sums floats. Larger ones level by level."""

MOST_PATTERNS = 2_000_000
"""Distinct patterns that may come home."""

_WRONG = -1
_COMPLETE = "_skm_l"
_WORD_BITS = 62


@dataclass(frozen=True, slots=True)
class Levels:
    """The answers to a question as an engine sees them: a column, and which of its values mean what.

    ``table`` is None where the column holds the levels themselves; else level -> raw values, 0 for blanks.
    """

    column: str
    table: Mapping[int, Sequence[Any]] | None = None

    def term(self, table: RelationalTable) -> Term:
        """Return the level: a whole number, blank where the answer is, `_WRONG` where it is none."""
        raw = table.value(self.column)
        if self.table is None:
            return raw
        branches: list[tuple[Term, Any]] = [(table.missing(raw), None)]
        branches += [(table.among(raw, values), level or None) for level, values in self.table.items() if values]
        return table.case(branches, _WRONG)


@dataclass(frozen=True, slots=True)
class Judged:
    """The cells of a question: how levels are had, how many were named as blanks, and the distinct texts."""

    levels: Levels
    named: int = 0
    texts: tuple[str, ...] = ()


def levels_of(table: RelationalTable, column: str, butir: Butir, aturan: CellRules) -> Judged:
    """Return how the levels of a question are had.

    Whole numbers are levels. Of everything else the distinct values come home, and the one grammar of cells judges.
    """
    if table.kinds[column] == "bulat" and not aturan.kosong:
        return Judged(Levels(column))
    found = table.values_of(column)
    values = np.empty(len(found), dtype=object)
    values[:] = [value for value, _ in found]
    read = cells.decode(values, butir, aturan)
    wrong = {cell.posisi for cell in read.salah}
    meaning: dict[int, list[Any]] = {}
    named = 0
    for position, (value, many) in enumerate(found):
        level = int(read.level[position])
        if value is None or position in wrong:
            continue
        meaning.setdefault(level, []).append(value)
        named += 0 if level else many
    texts = tuple(value for value, _ in found if isinstance(value, str))
    return Judged(Levels(column, meaning), named if read.dinamai_kosong else 0, texts)


def prepared(table: RelationalTable, levels: Sequence[Levels], keys: Keys) -> RelationalTable:
    """Return keys and levels only, under short names."""
    columns = {name: keys.term(table, i) for i, name in enumerate(keys.names)}
    return table.chosen(columns | {f"_skm_{i}": level.term(table) for i, level in enumerate(levels)})


def tally(
    table: RelationalTable, kuesioner: Kuesioner, levels: Sequence[Levels], keys: Keys
) -> tuple[Hitungan, list[int]]:
    """Count; return the counts, and how many answers of every question are wrong."""
    short = prepared(table, levels, keys)
    size = (len(levels), len(kuesioner.nilai))
    found = _packed(short, *size, keys) or _level_by_level(short, *size, keys)
    counts, answered, n, none, complete, labels = found
    wrong = (answered - counts.sum(axis=2)).sum(axis=0)
    rows = CountRows(
        np.concatenate([(n[:, None] - answered)[:, :, None], counts], axis=2),
        np.where(complete[:, None, None], counts, 0),
        n,
        np.where(complete, n, 0),
        none,
    )
    return gathered(kuesioner, rows, labels, keys), [int(k) for k in wrong]


_Asked = tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], list[list[Any]]
]


def _packed(short: RelationalTable, butir: int, levels: int, keys: Keys) -> _Asked | None:
    """Return counts (row, butir, level), answers, rows, rows without answers, completeness and labels per row.

    None where a group is too large for two levels to share a number.
    """
    table, (rows,), whole, labels = _asked(short, butir, levels, keys, step=2)
    bits = min(BITS, short.bits)
    mask = (1 << bits) - 1
    counts = np.empty((len(whole), butir, 2 * (table.shape[2] - 1)), np.int64)
    counts[:, :, 0::2], counts[:, :, 1::2] = table[:, :, :-1] & mask, table[:, :, :-1] >> bits
    answered, n, none = np.ascontiguousarray(table[:, :, -1]), rows & mask, rows >> bits
    # More rows than fit would show: in the answers of one question, in those of all, or in more answers than rows.
    most = answered.max(axis=1, initial=0)
    spilt = (most >> bits > 0) | (~whole & (answered.sum(axis=1) >> bits > 0)) | (n - none < most)
    return None if spilt.any() else (counts[:, :, :levels], answered, n, none, whole, labels)


def _level_by_level(short: RelationalTable, butir: int, levels: int, keys: Keys) -> _Asked:
    table, (none, n), whole, labels = _asked(short, butir, levels, keys, step=1)
    return table[:, :, :-1], np.ascontiguousarray(table[:, :, -1]), n, none, whole, labels


def _asked(
    short: RelationalTable, butir: int, levels: int, keys: Keys, *, step: int
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]], NDArray[np.bool_], list[list[Any]]]:
    """Ask the one question: per butir the sums and the answers, then what concerns rows."""
    names = [f"_skm_{i}" for i in range(butir)]
    terms = [short.value(name) for name in names]
    # A condition, not a number made of it: databases know that it divides a group into two at most.
    complete = short.every([short.present(term) for term in terms])
    nothing = short.every([short.missing(term) for term in terms])
    blank = 1 << min(BITS, short.bits)
    weight = short.weight
    ready = short.chosen(
        {name: short.value(name) for name in [*keys.names, *names]}
        | {_COMPLETE: complete, ROWS: short.case([(nothing, weight(blank + 1 if step == 2 else 1))], weight(step - 1))}
    )
    words = range(1, levels + 1, step)
    columns: dict[str, Term] = {}
    for name in names:
        term = ready.value(name)
        for first in words:
            branches: list[tuple[Term, Any]] = [(ready.among(term, [first]), weight(1))]
            if step == 2 and first < levels:
                branches.append((ready.among(term, [first + 1]), weight(blank)))
            columns[f"{name}_{first}"] = ready.total(ready.case(branches, weight(0)))
        columns[f"{name}_k"] = ready.filled(term)
    columns[ROWS] = ready.total(ready.value(ROWS))
    if step == 1:
        columns[f"{ROWS}_k"] = ready.size()
    answer = ready.grouped([*keys.names, _COMPLETE], columns).fetch()
    known = len(keys.names)
    whole = np.array([bool(value) for value in answer[known]], dtype=bool)
    numbers = [_whole(column) for column in answer[known + 1 :]]
    each = len(words) + 1
    table = np.array(numbers[: butir * each], np.int64).reshape(butir, each, len(whole)).transpose(2, 0, 1)
    return table, numbers[butir * each :], whole, answer[:known]


def _whole(column: Sequence[Any]) -> NDArray[np.int64]:
    """Return sums as whole numbers, whatever kind of number an engine gives them as; of nothing as 0."""
    values = np.asarray(column)
    if values.dtype.kind in "iuf" and not (values.dtype.kind == "f" and np.isnan(values).any()):
        return values.astype(np.int64)
    return np.array([int(value or 0) for value in column], dtype=np.int64)


def patterns(table: RelationalTable, kuesioner: Kuesioner, levels: Sequence[Levels], keys: Keys) -> tuple[Pola, bool]:
    """Count distinct patterns on the engine; return them, and whether some hold a wrong answer.

    Raises
    ------
    DataError
        There are more than `MOST_PATTERNS`.
    """
    short = prepared(table, levels, keys)
    top = len(kuesioner.nilai)
    base = top + 2  # a blank, the levels, and one for what is wrong
    room = _WORD_BITS // base.bit_length()
    codes = []
    for position in range(len(levels)):
        term = short.value(f"_skm_{position}")
        known = [(short.among(term, [level]), level) for level in range(1, top + 1)]
        codes.append(short.case([(short.missing(term), 0), *known], top + 1))
    words: dict[str, Term] = {}
    for start in range(0, len(codes), room):
        word = codes[start]
        for code in codes[start + 1 : start + room]:
            word = word * short.number(base) + code
        words[f"_skm_w{start}"] = word + short.number(0)
    packed = short.chosen({name: short.value(name) for name in keys.names} | words)
    grouped = packed.grouped([*keys.names, *words], {ROWS: packed.size()})
    answer = grouped.fetch(MOST_PATTERNS + 1)
    if len(answer[-1]) > MOST_PATTERNS:
        raise DataError("mesin-pola-terlalu-banyak", batas=MOST_PATTERNS, mesin=table.mesin)
    spread: list[NDArray[np.int8]] = []
    for first, column in zip(range(0, len(codes), room), answer[len(keys.names) : -1], strict=True):
        word = np.array([int(v) for v in column], dtype=np.int64)
        mine: list[NDArray[np.int8]] = []
        for _ in range(min(room, len(codes) - first)):
            mine.append((word % base).astype(np.int8))
            word //= base
        spread += reversed(mine)
    often = np.array([int(v) for v in answer[-1]], dtype=np.int64)
    nilai = np.stack(spread, axis=1)
    return gathered_patterns(kuesioner, nilai, often, answer[: len(keys.names)], keys), bool((nilai > top).any())
