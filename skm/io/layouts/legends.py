"""What a workbook says about its own codes, wherever it stands: above, below or beside the answers, on another sheet.

"1 = Sangat Baik" there means that numbers run the other way, "5 = Sangat Puas" that 4 is not the highest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skm.answers.label_sets import is_end_label
from skm.answers.understand import refuse_legend
from skm.basics.errors import InvalidAnswerError
from skm.basics.sheets.grid import Sheet, is_empty, whole_number
from skm.io.layouts.header import Header

_EQUALS = re.compile(r"(?<!\d)([1-9])\s?[=:]\s?([^=:;,\d]{3,60})")
_ABOVE = re.compile(r"\d\s?=[^=]{3,60}")
_SCALE = re.compile(r"\bskala (?:likert )?1\s?(?:-|\u2013|s\.?/?d\.?|sampai)\s?([2-9]|10)\b", re.IGNORECASE)
_LONGEST = 400
_WHOLE = 3  # lines that make a legend
_ROWS = 200  # of a sheet of explanations; beside the answers a legend stands at the top


def refuse_legends(
    sheet: Sheet, kepala: Header, respondents: Sequence[int], levels: int, where: Mapping[str, str]
) -> None:
    """Refuse a table whose own legend has another direction or more levels than the questionnaire.

    Parameters
    ----------
    respondents : sequence of int
        Positions of the rows of respondents, in order.

    Raises
    ------
    InvalidAnswerError
        See `answers.understand.refuse_legend`.
    """
    for row in sheet.baris[: kepala.akhir]:
        for cell in row:
            if not isinstance(cell, str):
                continue
            for legend in _ABOVE.findall(cell[:_LONGEST]) if "=" in cell else ():
                refuse_legend(legend, levels, **where)
            if (said := _SCALE.search(cell[:_LONGEST])) and int(said[1]) > levels:
                raise InvalidAnswerError("judul-skala-lain", banyak=int(said[1]), **where)
    known, end = set(respondents[-_ROWS:]), len(sheet.baris)
    below = [sheet.baris[i] for i in range(max(kepala.akhir + 1, end - _ROWS), end) if i not in known]
    right = max(kepala.jawaban, default=len(kepala.nama)) + 1
    beside = [sheet.baris[i][right:] for i in respondents[:_ROWS]]
    for rows in (sheet.baris[: kepala.akhir], below, beside):
        refuse_whole(rows, levels, where)


def refuse_whole(rows: Iterable[Sequence[Any]], levels: int, where: Mapping[str, str]) -> None:
    """Refuse a whole legend among rows: codes from 1 on, one after the other, each with its label.

    Raises
    ------
    InvalidAnswerError
        It has another direction or more levels.
    """
    run: dict[int, str] = {}
    for code, label in (*_lines(rows), (1, "")):
        if code in run:
            _refuse(run, levels, where)
            run = {}
        run[code] = label


def _refuse(run: Mapping[int, str], levels: int, where: Mapping[str, str]) -> None:
    whole = sorted(run) == list(range(1, len(run) + 1)) and len(run) >= max(_WHOLE, levels)
    if whole and any(map(is_end_label, run.values())):
        refuse_legend("; ".join(f"{code} = {label}" for code, label in sorted(run.items())), levels, **where)


def _lines(rows: Iterable[Sequence[Any]]) -> Iterable[tuple[int, str]]:
    """Yield code and label of what explains a code: "1 = Tidak Baik" in a cell, or 1 and a text alone in a row."""
    for row in rows:
        cells = [cell for cell in row if not is_empty(cell)]
        texts = [cell[:_LONGEST] for cell in cells if isinstance(cell, str) and ("=" in cell or ":" in cell)]
        for text in texts:
            yield from ((int(code), label.strip()) for code, label in _EQUALS.findall(text))
        if len(cells) == 2 and not texts and isinstance(cells[1], str) and not any(map(str.isdigit, cells[1])):
            code = str(whole_number(cells[0])).strip(" .()=:")
            if len(code) == 1 and code in "123456789":
                yield int(code), cells[1].strip(" =:")
