"""Labels of a column that have no level yet: every one, however rare, unless it may be a person; near ones proposed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from skm.answers.cell_grammar import label_key
from skm.answers.cells import CellRules, decode
from skm.answers.label_sets import label_sets, looks_missing
from skm.basics.sheets.grid import is_empty
from skm.basics.words import edit_distance, normalise
from skm.regulasi._kuesioner import Butir

_LONGEST = 80
_MOST = 12  # a question has a handful of answers; a column with more kinds of text holds remarks
_NUMBER_OF_A_PERSON = re.compile(r"\d{5,}|@|\b[A-Z]{1,2}\s?\d{1,4}\s?[A-Z]{1,3}\b")
_TITLE = re.compile(r"\b(?:dr|dra|drs|ir|prof|hj?|s\.?\w{1,4}|m\.?\w{1,4}|bapak|ibu|bpk|sdr|sdri)\.", re.I)


def draft_labels(
    cells: Sequence[Any], butir: Butir, aturan: CellRules, persons: Collection[str] = ()
) -> dict[str, int | None]:
    """Return every text of a column that stands for no level -> the level proposed for it, or None.

    Parameters
    ----------
    persons : collection of str
        Texts of the file's personal columns, normalised; they and their words are never written into a draft.
    """
    wrong = [w.nilai for w in decode(list(cells), butir, aturan).salah]
    texts = [v.strip() for v in wrong if isinstance(v, str) and not is_empty(v) and not looks_missing(v)]
    often = Counter(label_key(text) for text in texts)
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(label_key(text), text)
    if len(often) > _MOST:
        return {}
    worded = sum(isinstance(v, str) and not v.strip().isdigit() for v in cells if not is_empty(v))
    filled = sum(not is_empty(v) for v in cells)
    words = _vocabulary(aturan.teks.get(butir.id, {})) | {
        w for key, many in often.items() if many > 1 for w in key.split()
    }
    out: dict[str, int | None] = {}
    for key, text in first.items():
        proposed = near_level(text, butir, aturan.teks.get(butir.id, {}))
        sure = proposed is not None or often[key] > 1 or bool(set(key.split()) & words) or not normalise(text)
        # A single word among other words is an answer; two capitals in a row, or a text among numbers, may be a name.
        alone = worded * 2 > filled and len(text.split()) <= 2 and not _two_capitals(text)
        if (sure or alone) and not _may_be_person(text, key, persons, repeated=often[key] > 1):
            out[text] = proposed
    return out


def near_level(text: str, butir: Butir, rules: Mapping[str, int]) -> int | None:
    """Return the level of the one official label that a text is nearly: the same words, or a slip of a letter or two.

    >>> from skm.regulasi._kuesioner import load
    >>> manner = next(b for b in load().butir if b.unsur == "perilaku")
    >>> near_level("Sangat sopan dan sangat ramah", manner, {}), near_level("Sesuatu", manner, {})
    (4, None)
    """
    key = label_key(text)
    known = {label_key(label): level for level, label in enumerate(butir.label, start=1)}
    known |= {k: level for k, level in rules.items() if len(k) > 3 and not k.isdigit()}
    found = {level for label, level in known.items() if set(label.split()) == set(key.split())}
    if not found:
        slips = min(2, len(key) // 5)
        found = {level for label, level in known.items() if slips and edit_distance(key, label, slips) <= slips}
    return found.pop() if len(found) == 1 else None


def _vocabulary(rules: Mapping[str, int]) -> set[str]:
    """Return the words of labels: the questionnaire's and those of every known set."""
    texts = [*rules, *(text for labels in label_sets().values() for text in labels)]
    return {word for text in texts for word in text.split() if len(word) > 2 and not word.isdigit()}


def _may_be_person(text: str, key: str, persons: Collection[str], *, repeated: bool) -> bool:
    if len(text) > _LONGEST or _NUMBER_OF_A_PERSON.search(text) or _TITLE.search(text):
        return True
    return key in persons or (not repeated and bool(set(key.split()) & {w for p in persons for w in p.split()}))


def _two_capitals(text: str) -> bool:
    words = [w for w in re.split(r"\W+", text) if w]
    return len(words) > 1 and all(w[:1].isupper() for w in words)
