"""Which columns of long rows are respondent, question and answer: by what they hold, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from skm.answers.cell_grammar import NO_ANSWER, level_of_number, level_of_text
from skm.answers.cells import is_blank, text_rules
from skm.answers.code_runs import asked_code
from skm.answers.column_kinds import is_identity, is_personal
from skm.answers.match import evidence
from skm.answers.paired_values import coded_value
from skm.answers.sub_questions import is_part
from skm.answers.table import ANSWER, PERSON, QUESTION, long_keys
from skm.answers.unsur_names import is_named
from skm.basics.dates import is_date_like
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

Keys = tuple[str, str, str]
_WIDEST = 60  # columns; a dump of answers has few
_QUESTIONS = 100
_ASKS = re.compile(r"\b(?:pertanyaan|soal|butir|unsur|question|questions|item|indikator|tanya|quest|aspek|variabel)\b")
ANSWERS = re.compile(
    r"\b(?:jawab|jawaban|jwb|nilai|answer|answers|point|poin|skor|score|value|val|pilihan|rating|respons|response|bobot"
    r"|isi|isian|tingkat|level)\b"
)
# Without a name that says so, what numbers the respondents is one word with a digit in it; units have names.
_KEY = re.compile(r"\S*\d\S*")
_LEVELS = 3  # columns of levels: answers, numbers of questions, something beside them; more are answers side by side
_GRID = 0.6  # of the questions that a respondent whose column is not called so has answered
_TEXTS = 120  # answers worded for each question: levels, and ways to write them
_FEW = 5  # columns that cannot hold a questionnaire side by side
_NARROW = 12  # columns of a table that is asked about, should it hold answers one below the other


def long_roles(names: Sequence[str], fetch: Callable[[str], Any], base: Kuesioner) -> Keys | None:
    """Return the columns that hold respondent, question and answer, or None where rows are no answers.

    Parameters
    ----------
    fetch : callable
        Column -> its values, or the first of them.
    """
    usual = long_keys(names)
    if usual is not None:
        return usual
    if not 3 <= len(names) <= _WIDEST or sum(_announces(n, base) for n in names) >= 3:
        return None
    values = {name: list(fetch(name)) for name in names}
    rows = max(map(len, values.values()), default=0)
    if rows < 4 or sum(levels(cells, base, known=True) for cells in values.values()) > _LEVELS:
        return None
    questions = [n for n in values if not is_personal(n) and asks(n, values[n], rows, base)]
    # What is asked is told by words rather than by a number beside them, which may follow another order.
    questions.sort(key=lambda n: all(str(v).strip().removesuffix(".0").isdigit() for v in values[n] if not is_blank(v)))
    best: tuple[tuple[float, int], Keys] | None = None
    for question in questions:
        others = [n for n in values if n != question]
        persons = {n: sure for n in others if (sure := _sure_person(n, values[n], values[question], rows)) > 0}
        for place, (person, sure) in enumerate(persons.items()):
            answers = answer_columns([n for n in others if n != person and n not in questions], values, base)
            if len(answers) != 1 or person in answers:
                continue
            if not names_unsur(values[question], base) and (
                _may_be_answers(values[question], values[person], base)
                or not _numbered(values[question], values[person], answers[0], person)
            ):
                continue
            if best is None or (sure, -place) > best[0]:
                best = (sure, -place), (person, question, answers[0])
    return None if best is None else best[1]


def _announces(name: str, base: Kuesioner) -> bool:
    """Tell whether a header announces answers of its own, as in a table with a row per respondent."""
    return asked_code(name) is not None or is_named(name, base) or is_part(name) or coded_value(name)


def far_roles(names: Sequence[str]) -> Keys | None:
    """Return the columns of long rows that stay on an engine, where their names alone tell them apart."""
    usual = long_keys(names)
    if usual is not None or not 3 <= len(names) <= _WIDEST:
        return usual
    keys = {name: normalise(name) for name in names}
    questions = [n for n, key in keys.items() if key in QUESTION or (_ASKS.search(key) and not ANSWERS.search(key))]
    rest = [n for n in names if n not in questions]
    answers = [n for n in rest if keys[n] in ANSWER or (ANSWERS.search(keys[n]) and not PERSON.search(keys[n]))]
    persons = [n for n in rest if n not in answers and PERSON.search(keys[n])]
    named = [n for n in persons if _IDS.search(keys[n])]
    persons = named if len(persons) > 1 and named else persons
    found = (persons, questions, answers)
    return (persons[0], questions[0], answers[0]) if all(len(one) == 1 for one in found) else None


def may_be_long(names: Sequence[str], fetch: Callable[[str], Any] | None, base: Kuesioner) -> bool:
    """Tell whether a table that was not understood may hold answers one below the other, its roles unclear."""
    if not 2 <= len(names) <= _NARROW or sum(_announces(n, base) for n in names) >= 2:
        return False
    if fetch is None:
        told = any(ANSWERS.search(normalise(n)) or _ASKS.search(normalise(n)) for n in names)
        return told or len(names) <= _FEW
    values = {name: list(fetch(name)) for name in names if not is_personal(name)}
    side_by_side = [n for n, cells in values.items() if levels(cells, base, known=True)]
    if len(side_by_side) > _LEVELS:
        return False
    questions = [
        n
        for n, cells in values.items()
        if asks(n, cells, len(cells), base) and (names_unsur(cells, base) or len({*map(str, cells)}) >= _FEW)
    ]
    return bool(questions) and any(n not in questions and levels(cells, base) for n, cells in values.items())


_IDS = re.compile(r"\b(?:id|no|nomor|kode|kd|uuid)\b")


def answer_columns(names: Sequence[str], values: dict[str, list[Any]], base: Kuesioner) -> list[str]:
    """Return the columns that can hold the answers: those called so, else those of levels, else of a few texts."""
    fitting = [n for n in names if not is_personal(n) and not is_identity(n) and levels(values[n], base)]
    called = [n for n in fitting if ANSWERS.search(normalise(n))]
    return called or [n for n in fitting if levels(values[n], base, known=True)] or fitting


def _sure_person(name: str, cells: Sequence[Any], questions: Sequence[Any], rows: int) -> float:
    """Return how surely a column says who answered; 0 where it does not."""
    sure = _identifies(cells, questions, rows)
    key = normalise(name)
    hint = 2 * bool(PERSON.search(key) or is_personal(name)) + bool(_IDS.search(key))
    if hint:
        return round(sure, 2) + hint if sure >= 0.7 else 0.0
    filled = [str(v).strip() for v in cells if not is_blank(v)]
    told = all(_KEY.fullmatch(text) for text in filled) and not all(is_date_like(text) for text in set(filled))
    grid = len(set(filled)) * len({str(q) for q in questions if not is_blank(q)})
    return sure if sure > 0.98 and told and len(set(filled)) > 2 and rows >= _GRID * grid else 0.0


def asks(name: str, values: Sequence[Any], rows: int, base: Kuesioner) -> bool:
    """Tell whether a column holds questions: few that return, called so or naming unsur."""
    distinct = {str(v).strip() for v in values if not is_blank(v)}
    if not 2 <= len(distinct) <= _QUESTIONS or rows < 2 * len(distinct):
        return False
    if names_unsur(values, base):
        return True
    return bool(_ASKS.search(normalise(name))) and not ANSWERS.search(normalise(name))


def _numbered(questions: Sequence[Any], persons: Sequence[Any], answer: str, person: str) -> bool:
    """Tell whether mere numbers can be those of questions: as many as a survey asks, most answered by everybody.

    The answers are then known by their name only; a column that is called the respondent's lets fewer questions do.
    """
    many = len({str(q) for q in questions if not is_blank(q)})
    grid = many * len({str(p) for p in persons if not is_blank(p)})
    least = 3 if PERSON.search(normalise(person)) else _FEW
    return many >= least and len(questions) * 2 >= grid and bool(ANSWERS.search(normalise(answer)))


def _may_be_answers(questions: Sequence[Any], persons: Sequence[Any], base: Kuesioner) -> bool:
    """Tell whether numbers of questions and of respondents may both be answers: levels that name each row by chance.

    Numbers that meet one another once each, all of them, are no chance.
    """
    pairs = set(zip(map(str, persons), map(str, questions), strict=True))
    crossed = len(pairs) == len(persons) == len({*map(str, persons)}) * len({*map(str, questions)})
    return not crossed and levels(questions, base, known=True) and levels(persons, base, known=True)


def names_unsur(values: Sequence[Any], base: Kuesioner) -> bool:
    """Tell whether all values are codes or names of unsur, or most are sentences that ask about one."""
    distinct = {str(v).strip() for v in values if not is_blank(v)}
    if not 2 <= len(distinct) <= _QUESTIONS:
        return False
    if all(asked_code(v) is not None or is_named(v, base) for v in distinct):
        return True
    worded = sum(len(v.split()) >= 3 and bool(evidence(v, base)) for v in distinct)
    return worded * 10 >= len(distinct) * 7


def levels(values: Sequence[Any], base: Kuesioner, *, known: bool = False) -> bool:
    """Tell whether a column can hold answers: levels, or a few texts that return; ``known``: levels only."""
    filled = [v for v in values if not is_blank(v) and not (isinstance(v, str) and not v.strip())]
    distinct = set(map(str, filled))
    if not filled or len(distinct) > _TEXTS:
        return False
    rules = {text: level for table in text_rules(base).values() for text, level in table.items()}
    wide = {**rules, **{str(k): k for k in range(7)}}
    good = sum(_level(v, wide) != NO_ANSWER for v in filled)
    texts = all(isinstance(v, str) and not v.strip().isdigit() for v in filled)
    texts = texts and not all(map(is_date_like, distinct))
    return good * 10 >= len(filled) * 9 or (
        not known and texts and len(distinct) <= 12 and len(filled) >= 2 * len(distinct)
    )


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
