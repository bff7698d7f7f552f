"""Free remarks, in one line: grouped by unsur and tone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from skm.answers.survei import Survei
from skm.basics.errors import DataError
from skm.io.opened import understood
from skm.io.options import ReadOptions
from skm.stats._suggestions import Suggestions
from skm.stats._suggestions import group_suggestions as grouped

__all__ = ["group_suggestions"]


def group_suggestions(data: Any, *, column: str | None = None, level: float = 0.95, **baca: Any) -> Suggestions:
    """Group what respondents wrote freely by unsur and tone, with shares, intervals and the rules' measured error.

    Parameters
    ----------
    data : iterable of str, Series, or answers as in `skm.score`
        Remarks; or a survey, path or table with ``column``.
    column : str, optional
        The column of remarks; default the one the survey has recognised.
    level : float
        Of the intervals of the shares.

    Raises
    ------
    DataError
        No column of remarks is known.

    Notes
    -----
    Only counts come out, never a text. The rules and their error: benchmarks/saran.md.

    Examples
    --------
    >>> r = group_suggestions(["Antrenya lama", "Petugas ramah", "Mohon kursi ditambah", "-"])
    >>> r.tones
    {'keluh': 2, 'puji': 1}
    """
    if column is None and not isinstance(data, (str, Path, Survei)) and _only_texts(data):
        return grouped(data, level=level)
    bacaan, _ = understood(data, ReadOptions(**baca))
    name = column if column is not None else bacaan.khusus.saran
    if name is None or name not in bacaan.tabel.names:
        raise DataError("saran-kolom", tersedia=list(bacaan.tabel.names)[:30])
    return grouped(bacaan.tabel.column(name).tolist(), kuesioner=bacaan.kuesioner, level=level)


def _only_texts(data: Any) -> bool:
    if not isinstance(data, Iterable) or hasattr(data, "columns") or isinstance(data, dict):
        return False
    return all(cell is None or isinstance(cell, (str, float)) for cell in data)
