"""The same respondents handed over twice: a copy of a file or sheet, or one that puts together what others hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from numpy.typing import NDArray

from skm.answers.survei import Survei
from skm.basics.errors import DataError
from skm.basics.values import Finding

_ROWS = 5
_DIFFERENT = 3  # rows that all differ: satisfied respondents often answer alike
_PARTS = 200  # beyond that only whole copies are looked for


def find_copies(surveys: Sequence[Survei], columns: Mapping[str, NDArray[Any]]) -> tuple[Finding, ...]:
    """Return what is told of parts that hold the very respondents of another part.

    Parameters
    ----------
    surveys : sequence of Survei
        The parts.
    columns : mapping
        What is compared, the parts one below the other: levels and characteristics.

    Raises
    ------
    DataError
        A part holds all that several others hold.
    """
    notes: list[Finding] = []
    ends = [*accumulate((s.n for s in surveys), initial=0)]

    def rows(begin: int, end: int) -> list[tuple[Any, ...]]:
        lists = [values[ends[begin] : ends[end]].tolist() for values in columns.values()]
        days = [day for s in surveys[begin:end] for day in _days(s)]
        return [*zip(*lists, days, strict=True)]

    for one, begin, end in _alike(ends):
        here, there = rows(one, one + 1), rows(begin, end)
        if end - begin > 1 and here != there:
            here, there = sorted(here, key=repr), sorted(there, key=repr)
        if here == there and len(Counter(here)) >= _DIFFERENT:
            facts = {
                "bagian": _name(surveys[one]),
                "lain": [_name(s) for s in surveys[begin:end]],
                "banyak": len(here),
            }
            if end - begin > 1:
                raise DataError("bagian-gabungan", **facts)
            notes.append(Finding("bagian-kembar", "catatan", "io", facts))
    return tuple(notes)


def _alike(ends: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield part, begin and end of a run of others, where the part is as long as the run."""
    many = len(ends) - 1
    sizes = [ends[i + 1] - ends[i] for i in range(many)]
    by_size: dict[int, list[int]] = {}
    for i, size in enumerate(sizes):
        if size >= _ROWS:
            yield from ((i, other, other + 1) for other in by_size.get(size, ()))
            by_size.setdefault(size, []).append(i)
    if many > _PARTS:
        return
    for begin in range(many):
        for end in range(begin + 2, many + 1):
            total = ends[end] - ends[begin]
            yield from ((i, begin, end) for i in by_size.get(total, ()) if not begin <= i < end)


def _days(survei: Survei) -> list[str]:
    column = survei.bacaan.khusus.tanggal
    return [""] * survei.n if column is None else [str(v) for v in survei.tabel.column(column).tolist()]


def _name(survei: Survei) -> str:
    return str(survei.sumber)
