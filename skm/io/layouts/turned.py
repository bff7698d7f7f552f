"""Sheets whose rows and columns are the other way round: turned, they are read like any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from skm.answers.cell_grammar import NO_ANSWER
from skm.answers.code_runs import is_code
from skm.answers.unsur_names import is_named
from skm.basics.sheets.grid import Sheet, SheetFacts, is_empty, whole_number
from skm.basics.words import normalise
from skm.io.layouts.counts_table import level_of_header
from skm.io.layouts.header import find_header
from skm.regulasi._kuesioner import Kuesioner

_WIDEST = 20_000
# What stands above a column of levels that are bare numbers or letters; without it they may number respondents.
_LEVEL_HEADER = re.compile(r"\b(?:nilai|skor|jawaban|skala|tingkat|kategori|pilihan|persepsi|level)\b")


def respondents_across(sheet: Sheet, base: Kuesioner) -> Sheet | None:
    """Return the sheet turned where unsur stand one below the other and respondents side by side, else None."""
    place = _unsur_down(sheet, base)
    if place is None or sheet.lebar > _WIDEST:
        return None
    column, rows = place
    levels = len(base.nilai)
    answers = 0
    for j in range(column + 1, sheet.lebar):
        cells = [sheet.baris[i][j] for i in rows if j < len(sheet.baris[i]) and not is_empty(sheet.baris[i][j])]
        answers += len(cells) * 2 > len(rows) and all(_is_level(cell, levels) for cell in cells)
    # As many columns as levels or fewer may as well be counts.
    return turned(sheet) if answers > levels + 1 else None


def numbered_across(sheet: Sheet, column: int, rows: Sequence[int], top: int, levels: int) -> int:
    """Return how many columns 1, 2, 3, ... beside the unsur hold answers of respondents rather than counts of levels.

    Every cell is a level, and the rows do not sum alike: whoever counts answers has as many of every unsur, and some
    level that nobody chose.

    Parameters
    ----------
    column, rows, top : int, sequence of int, int
        Where the unsur stand one below the other, and the row of headers above them.
    levels : int
        The highest level.
    """
    head = sheet.baris[top]
    run: list[int] = []
    for j in range(column + 1, len(head)):
        if str(whole_number(head[j])).strip() != str(len(run) + 1):
            if run:
                break
            continue
        run.append(j)
    cells = [[row[j] if j < len(row) else None for j in run] for row in (sheet.baris[i] for i in rows)]
    if not run or not all(_is_level(cell, levels) for line in cells for cell in line):
        return 0
    return len(run) if len({sum(int(float(str(cell))) for cell in line) for line in cells}) > 1 else 0


def levels_down(sheet: Sheet, base: Kuesioner) -> Sheet | None:
    """Return the sheet turned where levels stand one below the other and unsur side by side, else None."""
    kepala = find_header(sheet, base)
    if kepala is None or len(kepala.jawaban) < 3:
        return None
    start, wanted = kepala.akhir + 1, len(base.nilai)
    said: dict[str, int] = {}  # respondents repeat themselves
    for j in range(min(kepala.jawaban)):
        cells = {i: row[j] for i, row in enumerate(sheet.baris[start : start + 12], start) if j < len(row)}
        texts = {i: str(whole_number(c)) for i, c in cells.items() if not is_empty(c)}
        said |= {text: level_of_header(text, base) for text in set(texts.values()) - said.keys()}
        found = {i: said[text] for i, text in texts.items()}
        levels = [level for level in found.values() if level != NO_ANSWER]
        if sorted(levels) != list(range(1, wanted + 1)):
            continue
        named = _LEVEL_HEADER.search(normalise(kepala.nama[j] or ""))
        words = all(len(normalise(whole_number(cells[i]))) > 3 for i, level in found.items() if level != NO_ANSWER)
        if named or words:
            return turned(sheet)
    return None


def turned(sheet: Sheet) -> Sheet:
    """Return a sheet with rows and columns exchanged; places in it are those of the turned sheet."""
    rows: list[list[Any]] = [list(cells) for cells in _columns(sheet)]
    return Sheet(sheet.nama, rows, range(1, len(rows) + 1), False, 0, SheetFacts())


def _columns(sheet: Sheet) -> list[list[Any]]:
    return [[row[j] if j < len(row) else None for row in sheet.baris] for j in range(sheet.lebar)]


def _unsur_down(sheet: Sheet, base: Kuesioner) -> tuple[int, list[int]] | None:
    known: dict[str, bool] = {}  # respondents repeat themselves

    def asks(text: str) -> bool:
        if text not in known:
            known[text] = is_code(text) or is_named(text, base)
        return known[text]

    for j in range(min(sheet.lebar, 6)):
        rows = [
            i for i, row in enumerate(sheet.baris[:60]) if j < len(row) and isinstance(row[j], str) and asks(row[j])
        ]
        if len(rows) >= 3 and rows[-1] - rows[0] == len(rows) - 1:
            return j, rows
    return None


def _is_level(cell: Any, levels: int) -> bool:
    text = str(whole_number(cell)).strip()
    return text.isdecimal() and len(text) < 3 and 1 <= int(text) <= levels
