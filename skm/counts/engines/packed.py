"""Counts and patterns by one grouped question to an engine; no respondent comes home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells
from skm.answers.cells import CellRules
from skm.answers.frames.remote import ROWS, RelationalTable, Term
from skm.basics.errors import DataError
from skm.counts.engines import words
from skm.counts.engines.gather import gathered_patterns
from skm.counts.engines.keys import Keys
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Butir, Kuesioner

BITS = 62
"""Rows of a group that may share a number, at most: 2 to this power. Larger groups are counted level by level."""

MOST_PATTERNS = 2_000_000
"""Distinct patterns that may come home."""

_WRONG = -1
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
    # Levels are looked up as floats: decimals are grouped exactly, and judged as the engine sees levels.
    found = [(float(v) if isinstance(v, Decimal) else v, many) for v, many in table.values_of(column)]
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
    butir, top = len(levels), len(kuesioner.nilai)
    tried = (words.asked(short, butir, top, keys, form) for form in words.forms(short, top, keys, BITS))
    found = next(answer for answer in tried if answer is not None)
    counts, wrong = words.hitungan(found, kuesioner, keys)
    return counts, _wrong(short, butir, top) if wrong else [0] * butir


def _wrong(short: RelationalTable, butir: int, top: int) -> list[int]:
    """Return how many answers of every question are wrong."""
    columns: dict[str, Term] = {}
    for i in range(butir):
        term = short.value(f"_skm_{i}")
        good = short.case([(short.among(term, list(range(1, top + 1))), 1)], None)
        columns |= {f"_skm_{i}_k": short.filled(term), f"_skm_{i}_g": short.filled(good)}
    many = [int(column[0] or 0) for column in short.grouped((), columns).fetch()]
    return [given - good for given, good in zip(many[::2], many[1::2], strict=True)]


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
    parts: dict[str, Term] = {}
    for start in range(0, len(codes), room):
        word = codes[start]
        for code in codes[start + 1 : start + room]:
            word = word * short.number(base) + code
        parts[f"_skm_w{start}"] = word + short.number(0)
    packed = short.chosen({name: short.value(name) for name in keys.names} | parts)
    grouped = packed.grouped([*keys.names, *parts], {ROWS: packed.size()})
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
