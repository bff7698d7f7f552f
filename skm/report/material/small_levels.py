"""Small levels of free text become one: what a single person typed about themselves is that person.

A level that few respondents share is hidden in a report; its label, "juru kunci makam" or a name typed into the wrong
field, would still be printed. Levels that the questionnaire offers, and services that the office itself lists, are
public and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from skm.answers.small_levels import OTHER_LEVEL, merge_small_levels
from skm.answers.understand import Reading

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
        often = Counter(v for v in values if isinstance(v, str))
        told = merge_small_levels(list(often), list(often.values()), limit, bacaan.kuesioner.ciri(key), public)
        small = {level for level, shown in told.items() if shown == OTHER_LEVEL and level != shown}
        if small:
            out = np.empty(len(values), dtype=object)
            out[:] = [OTHER_LEVEL if isinstance(v, str) and v in small else v for v in values]
            tabel = tabel.with_column(name, out)
    return bacaan if tabel is bacaan.tabel else replace(bacaan, tabel=tabel)
