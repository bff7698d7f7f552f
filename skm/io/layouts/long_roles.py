"""Which columns of long rows are respondent, question and answer: by what they hold, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from skm.answers.cell_grammar import NO_ANSWER, level_of_number, level_of_text
from skm.answers.cells import is_blank, text_rules
from skm.answers.code_runs import is_code
from skm.answers.column_kinds import is_personal
from skm.answers.table import ANSWER, QUESTION, RESPONDENT
from skm.answers.unsur_names import is_named
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

Keys = tuple[str, str, str]
_WIDEST = 60  # columns; a dump of answers has few
_QUESTIONS = 100
_ASKS = re.compile(r"\b(?:pertanyaan|soal|butir|unsur|question|questions|item|indikator|tanya|quest)\b")
_ANSWERS = re.compile(
    r"\b(?:jawab|jawaban|nilai|answer|answers|point|poin|skor|score|value|pilihan|rating|respons|bobot)\b"
)
_PERSON = re.compile(
    r"\b(?:responden|respondent|biodata|masyarakat|pengguna|user|peserta|pelanggan|customer|pengunjung|visitor|pemohon"
    r"|survei|survey|submission|session|token|kuesioner|form|formulir|entry|person|orang)\b"
)


def long_roles(names: Sequence[str], fetch: Callable[[str], Any], base: Kuesioner) -> Keys | None:
    """Return the columns that hold respondent, question and answer, or None where rows are no answers.

    Parameters
    ----------
    fetch : callable
        Column -> its values, or the first of them.
    """
    usual = _by_name(names)
    if usual is not None:
        return usual
    if not 3 <= len(names) <= _WIDEST or sum(is_code(n) or is_named(n, base) for n in names) >= 3:
        return None
    values = {name: list(fetch(name)) for name in names if not is_personal(name)}
    rows = max(map(len, values.values()), default=0)
    if rows < 4:
        return None
    questions = [n for n in values if _asks(n, values[n], rows, base)]
    answers = [n for n in values if n not in questions and _ANSWERS.search(normalise(n)) and _levels(values[n], base)]
    best: tuple[tuple[float, int], Keys] | None = None
    for question in questions:
        for place, (person, cells) in enumerate(values.items()):
            if person == question or person in answers:
                continue
            sure = _identifies(cells, values[question], rows)
            hint = 2 * bool(_PERSON.search(normalise(person))) + bool(re.search(r"\bid\b", normalise(person)))
            if sure < 0.7 or not hint or len(answers) != 1:
                continue
            score = (round(sure, 2) + hint, -place)
            if best is None or score > best[0]:
                best = score, (person, question, answers[0])
    return None if best is None else best[1]


def _by_name(names: Sequence[str]) -> Keys | None:
    """Return the columns where all three have a usual name."""
    found = []
    for choices in (RESPONDENT, QUESTION, ANSWER):
        hits = [name for name in names if normalise(name) in choices]
        if len(hits) > 1:  # a dump has the row's own id beside the respondent's
            hits = [name for name in hits if normalise(name) != "id"]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    return found[0], found[1], found[2]


def _asks(name: str, values: Sequence[Any], rows: int, base: Kuesioner) -> bool:
    """Tell whether a column holds questions: few that return, called so or naming unsur."""
    distinct = {str(v).strip() for v in values if not is_blank(v)}
    if not 2 <= len(distinct) <= _QUESTIONS or rows < 2 * len(distinct):
        return False
    named = all(is_code(v) or is_named(v, base) for v in distinct)
    return named or (bool(_ASKS.search(normalise(name))) and not _ANSWERS.search(normalise(name)))


def _levels(values: Sequence[Any], base: Kuesioner) -> bool:
    """Tell whether a column can hold answers: levels, or a few texts that return."""
    filled = [v for v in values if not is_blank(v) and not (isinstance(v, str) and not v.strip())]
    distinct = set(map(str, filled))
    if not filled or len(distinct) > 30:
        return False
    rules = {text: level for table in text_rules(base).values() for text, level in table.items()}
    wide = {**rules, **{str(k): k for k in range(7)}}
    good = sum(_level(v, wide) != NO_ANSWER for v in filled)
    texts = all(isinstance(v, str) and not v.strip().isdigit() for v in filled)
    return good * 10 >= len(filled) * 9 or (texts and len(distinct) <= 12 and len(filled) >= 2 * len(distinct))


def _level(value: Any, rules: dict[str, int]) -> int:
    if isinstance(value, str):
        return level_of_text(value, rules, 6)
    if isinstance(value, bool):
        return NO_ANSWER
    try:
        return level_of_number(float(value), rules, 6)
    except (TypeError, ValueError):
        return NO_ANSWER


def _identifies(persons: Sequence[Any], questions: Sequence[Any], rows: int) -> float:
    """Return how nearly a column and the questions together name each row once; 0 where its values do not return."""
    if any(type(v).__hash__ is None for v in persons):
        return 0.0
    distinct = {v for v in persons if not is_blank(v)}
    if not distinct or rows < 1.5 * len(distinct):
        return 0.0
    return len(set(zip(persons, map(str, questions), strict=True))) / rows
