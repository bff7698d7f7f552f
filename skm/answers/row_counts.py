"""Rows that stand for several respondents: answer patterns with how often each was given, as GROUP BY and SPSS write.

Counted as one respondent a row the figure would be that of the patterns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skm.answers.column_kinds import lists
from skm.answers.survei import Survei
from skm.answers.understand import read_levels
from skm.basics.errors import DataError
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

ROW_COUNTS = "baris-berjumlah"
_ROWS = 5
_LONGEST = 40


def settle_row_counts(survei: Survei) -> Survei:
    """Return the survey, stopped where a column says of rows that never repeat how many respondents each is."""
    tabel, bacaan = survei.tabel, survei.bacaan
    if tabel.remote is not None or tabel.lazy or tabel.long or tabel.n < _ROWS:
        return survei
    used = {*bacaan.kolom.values(), *bacaan.profil.values()}
    names = [
        c for c in tabel.names if len(c) <= _LONGEST and c not in used and normalise(c) in lists()["banyak_responden"]
    ]
    for column in names:
        counts = _counts(tabel.column(column))
        # Equal numbers change no figure, and those that follow one another number the rows.
        if counts is None or (counts == counts[0]).all() or (np.diff(counts) == 1).all():
            continue
        levels, wrong, _ = read_levels(bacaan)
        answers = np.array(levels, dtype=np.int64).T
        if wrong or _sums(counts, answers, bacaan.kuesioner) or not _differ(survei, answers):
            continue
        facts = {"kolom": column, "banyak": tabel.n, "jumlah": int(counts.sum())}
        return survei.stopped(DataError(ROW_COUNTS, **facts))
    return survei


def _counts(values: NDArray[np.generic]) -> NDArray[np.int64] | None:
    """Return a column of whole numbers from 1 on; None where it holds anything else."""
    out = []
    for value in values.tolist():
        number = int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10 else value
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number < 1 or number != int(number):
            return None
        out.append(int(number))
    return np.array(out, dtype=np.int64)


def _sums(counts: NDArray[np.int64], answers: NDArray[np.int64], asked: Kuesioner) -> bool:
    """Tell whether the numbers can be sums of answers: each row's own, or none below one point a question."""
    own = (counts == answers.sum(axis=1)).mean() >= 0.5
    return bool(own or (counts >= len(asked.butir)).all())


def _differ(survei: Survei, answers: NDArray[np.int64]) -> bool:
    """Tell whether no two rows have the same answers and characteristics."""
    traits = [survei.tabel.column(c).tolist() for c in survei.bacaan.profil.values()]
    rows = [*zip(map(bytes, answers.astype(np.int8)), *traits, strict=True)]
    return len(set(map(repr, rows))) == len(rows)
