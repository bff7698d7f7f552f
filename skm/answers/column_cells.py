"""Columns beside each other: whether two sets hold the same answers, or one goes on where the other stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.cell_grammar import NO_ANSWER, level_of_number, level_of_text
from skm.answers.column import holds_nothing
from skm.answers.table import RawTable


@dataclass(frozen=True, slots=True, eq=False)
class BesideCells:
    """Compares columns of a table; see `answers.blocks.Cells`."""

    tabel: RawTable
    rules: Mapping[str, Mapping[str, int]]
    levels: int

    def apart(self, first: Mapping[str, str], second: Mapping[str, str]) -> bool:
        """Tell whether no respondent answered a question of both; butir -> column."""
        shared = first.keys() & second.keys()
        both = (filled(self.tabel.column(first[b])) & filled(self.tabel.column(second[b])) for b in shared)
        return bool(shared) and not any(pair.any() for pair in both)

    def same(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Tell whether both hold the same answers, column by column in some order."""
        if len(first) != len(second):
            return False
        every = {text: level for table in self.rules.values() for text, level in table.items()}
        held = [sorted(self._answers(column, every) for column in columns) for columns in (first, second)]
        return all(b"?" not in one for one in held[0]) and held[0] == held[1]

    def _answers(self, column: str, every: Mapping[str, int]) -> bytes:
        """Return the levels of a column, "?" where a cell is none, "0" where it is blank."""
        known: dict[tuple[type, Any], str] = {}
        out = []
        for value in self.tabel.column(column).tolist():
            key = (type(value), value) if type(value).__hash__ is not None else (type(value), None)
            if key not in known:
                known[key] = self._level(value, every)
            out.append(known[key])
        return "".join(out).encode()

    def _level(self, value: Any, every: Mapping[str, int]) -> str:
        if holds_nothing(value):
            return "0"
        if isinstance(value, str):
            level = level_of_text(value, every, self.levels)
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            level = NO_ANSWER
        else:
            level = level_of_number(float(value), every, self.levels)
        return "?" if level == NO_ANSWER else str(level)


def filled(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell which cells of a column hold something."""
    return np.array([not holds_nothing(v) for v in values.tolist()])
