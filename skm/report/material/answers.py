"""The answers of a survey without persons, as columns for a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.cells import is_blank
from skm.answers.grouping import with_age_groups
from skm.answers.understand import Reading, read_levels
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.report.material.clean_text import fit


@dataclass(frozen=True, slots=True, eq=False)
class CiriColumn:
    """A column about respondents: its header and one text per respondent, None where blank."""

    id: str
    judul: Mapping[str, str]
    isi: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerSheet:
    """Answers by respondent.

    Attributes
    ----------
    ciri : tuple of CiriColumn
        Characteristics, ages as groups; no names, numbers or addresses.
    butir : tuple of Butir
        Questions, in order.
    level : tuple of int arrays
        The level chosen per question, 0 for a blank.
    """

    n: int
    kuesioner: Kuesioner
    ciri: tuple[CiriColumn, ...]
    butir: tuple[Butir, ...]
    level: tuple[NDArray[np.int8], ...]

    @property
    def plain_scale(self) -> bool:
        """Whether a level's value is its number, as it is unless a scale was converted."""
        return list(self.kuesioner.nilai) == list(range(1, len(self.kuesioner.nilai) + 1))


def from_reading(bacaan: Reading, kuesioner: Kuesioner, per: str | None = None) -> AnswerSheet:
    """Return the answers of the questions that count, with the characteristics and the column named by ``per``."""
    levels, _, _ = read_levels(bacaan)
    by_id = {b.id: level for b, level in zip(bacaan.kuesioner.butir, levels, strict=True)}
    ciri = []
    wanted = dict(bacaan.profil)
    if per is not None and per in bacaan.tabel.names and per not in wanted.values():
        wanted[per] = per
    for key, column in wanted.items():
        grouped, _, _ = with_age_groups(bacaan, (key,))
        known = bacaan.kuesioner.ciri(key)
        names = dict(known.nama) if known else {"id": key, "en": key}
        ciri.append(CiriColumn(key, names, tuple(map(_text, grouped.tabel.column(column).tolist()))))
    butir = kuesioner.butir
    return AnswerSheet(bacaan.tabel.n, kuesioner, tuple(ciri), butir, tuple(by_id[b.id] for b in butir))


def _text(value: Any) -> str | None:
    if is_blank(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = fit(str(value))
    return text if text.strip() else None
