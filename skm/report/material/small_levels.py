"""Small levels of free text become one: what a single person typed about themselves is that person.

A level that few respondents share is hidden in a report; its label, "juru kunci makam" or a name typed into the wrong
field, would still be printed. Levels that the questionnaire offers, and services that the office itself lists, are
public and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np

from skm.answers.cells import is_blank
from skm.answers.understand import Reading
from skm.basics.words import normalise
from skm.counts.hitungan import OTHERS

_NUMERIC = frozenset({"usia"})  # ages are counted in groups; a number is no free text


def merged(bacaan: Reading, per: str | None, limit: int, public: Collection[str] = ()) -> Reading:
    """Return the table with the small levels of its characteristics merged into "(lainnya)".

    Parameters
    ----------
    bacaan : Reading
        An understood table.
    per : str or None
        A further column that tells groups apart.
    limit : int
        Levels with fewer respondents are merged; 0 or 1 merges none.
    public : collection of str
        Levels that the office declares: never merged.
    """
    if limit < 2:
        return bacaan
    columns = {key: name for key, name in bacaan.profil.items() if key not in _NUMERIC}
    if per is not None and per in bacaan.tabel.names:
        columns[per] = per
    tabel = bacaan.tabel
    for key, name in columns.items():
        values = tabel.column(name).tolist()
        small = _small(bacaan, key, values, limit, public)
        if small:
            out = np.empty(len(values), dtype=object)
            out[:] = [OTHERS if isinstance(v, str) and v in small else v for v in values]
            tabel = tabel.with_column(name, out)
    return bacaan if tabel is bacaan.tabel else replace(bacaan, tabel=tabel)


def _small(bacaan: Reading, key: str, values: list[Any], limit: int, public: Collection[str]) -> set[str]:
    """Return the spellings of the levels that too few respondents share."""
    known = {normalise(str(name)) for name in public}
    ciri = bacaan.kuesioner.ciri(key)
    if ciri is not None:
        for level in ciri.tingkat:
            known |= {normalise(text) for text in (level.nama, level.en, *level.sinonim) if text}
    counts = Counter(normalise(v) for v in values if isinstance(v, str) and not is_blank(v))
    small = {level for level, n in counts.items() if n < limit and level not in known}
    return {v for v in values if isinstance(v, str) and normalise(v) in small}
