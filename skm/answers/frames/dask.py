"""Dask frames: partitions stay on their workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from skm.answers.column import days, is_blank
from skm.answers.frames.remote import Doubled, Kind, Partitioned, RemoteTable
from skm.basics.errors import DataError


def open_dask(frame: Any) -> RemoteTable:
    """Return a table over a Dask frame."""
    names = list(frame.columns)
    if not all(isinstance(name, str) for name in names):
        raise DataError("judul-bukan-teks", contoh=[repr(n) for n in names if not isinstance(n, str)][:5])
    return DaskTable(frame)


class DaskTable(Partitioned):
    """A Dask frame."""

    mesin = "Dask"

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self.kinds: Mapping[str, Kind] = {name: _kind(kind) for name, kind in frame.dtypes.items()}
        self.orders = {
            name: list(kind.categories)
            for name, kind in frame.dtypes.items()
            if type(kind).__name__ == "CategoricalDtype" and frame[name].cat.known
        }

    def each(self, work: Callable[[Any], Any]) -> list[Any]:
        """Return what comes of every partition."""
        import dask

        task = dask.delayed(work)
        return list(dask.compute(*[task(part) for part in self.frame.to_delayed()]))

    def folded(self, work: Callable[[Any], Any], join: Callable[[list[Any]], Any], together: int) -> list[Any]:
        """Return what comes of the partitions, joined on the workers until few pieces are left."""
        import dask

        task, joined = dask.delayed(work), dask.delayed(join)
        pieces = [task(part) for part in self.frame.to_delayed()]
        while len(pieces) > together:
            pieces = [joined(pieces[i : i + together]) for i in range(0, len(pieces), together)]
        return list(dask.compute(*pieces))

    def rows(self) -> int:
        """Count the rows."""
        return len(self.frame)

    def blanks(self, column: str) -> int:
        """Return how many rows are blank in a column."""
        return int(self.frame[column].isna().sum().compute())

    def counted(self, column: str, limit: int, *, day: bool = False) -> list[tuple[Any, int]]:
        """Return distinct values of a column and how often they occur."""
        often: Counter[Any] = Counter()
        for found in self.each(partial(_counted, column=column, limit=limit, day=day)):
            often.update(found)
        return [(value, many) for (_, value), many in list(often.items())[:limit]]

    def keep(self, column: str, values: Sequence[Any], *, day: bool = False) -> DaskTable:
        """Return the rows in which a column holds one of some values."""
        return DaskTable(self.frame.map_partitions(_kept, column, list(values), day, meta=self.frame._meta))

    def widened(self, keys: tuple[str, str, str], questions: Mapping[Any, str]) -> DaskTable:
        """Return long rows as one row per respondent; all rows of one are brought to the same partition first."""
        together = self.frame.shuffle(on=keys[0])
        meta = _widened(self.frame._meta, keys, dict(questions))
        return DaskTable(together.map_partitions(_widened, keys, dict(questions), meta=meta))

    def doubled(self, keys: tuple[str, str, str], limit: int) -> Doubled:
        """Return what long rows say twice."""
        together = DaskTable(self.frame[list(keys)].shuffle(on=keys[0]))
        found = together.each(partial(_doubled, keys=keys, limit=limit))
        same, different = (sum(part[i] for part in found) for i in range(2))
        return Doubled(same, different, tuple(q for part in found for q in part[2])[:limit])

    def varying(self, keys: tuple[str, str, str]) -> list[str]:
        """Return the other columns whose values change within a respondent."""
        others = [name for name in self.kinds if name not in keys]
        if not others:
            return []
        together = DaskTable(self.frame[[keys[0], *others]].shuffle(on=keys[0]))
        found = set().union(*together.each(partial(_varying, respondent=keys[0])))
        return [name for name in others if name in found]


def _kind(kind: Any) -> Kind:
    name = str(kind)
    if isinstance(kind, pd.CategoricalDtype) or name in ("object", "str") or name.startswith("string"):
        return "teks"
    if name in ("bool", "boolean"):
        return "logika"
    if name.startswith("datetime"):
        return "waktu"
    if name.lower().startswith(("int", "uint")):
        return "bulat"
    return "pecahan" if name.lower().startswith(("float", "double", "decimal")) else "lain"


def _counted(part: pd.DataFrame, column: str, limit: int, day: bool) -> Counter[Any]:
    counts = part[column].value_counts(dropna=False)
    counts = counts[counts > 0]
    labels = days(counts.index.tolist()) if day else counts.index.tolist()
    often: Counter[Any] = Counter()
    for value, many in zip(labels[:limit], counts.tolist(), strict=False):
        plain = None if is_blank(value) else value
        often[type(plain), plain] += many
    return often


def _kept(part: pd.DataFrame, column: str, values: list[Any], day: bool) -> pd.DataFrame:
    wanted = {v for v in values if not is_blank(v)}
    blank = len(wanted) < len(values)
    cells = days(part[column].tolist()) if day else part[column].tolist()
    mask = np.fromiter((blank if is_blank(v) else v in wanted for v in cells), bool, len(cells))
    return part[mask]


def _widened(part: pd.DataFrame, keys: tuple[str, str, str], questions: dict[Any, str]) -> pd.DataFrame:
    respondent, question, answer = keys
    others = [name for name in part.columns if name not in keys]
    rows = part.groupby(respondent, sort=False, observed=True)
    wide = rows[others].first() if others else rows.size().to_frame("_skm").drop(columns="_skm")
    for value, name in questions.items():
        given = part[part[question] == value].groupby(respondent, sort=False, observed=True)[answer].first()
        wide[name] = given.reindex(wide.index)
    return wide.reset_index(drop=True)


def _varying(part: pd.DataFrame, respondent: str) -> set[str]:
    people, found = part[respondent].nunique(), set()
    for name in part.columns:
        values = part[name]
        if values.dtype == object:
            values = values.where(values.notna(), "").map(str)
        told = pd.DataFrame({"siapa": part[respondent], "isi": values}).drop_duplicates()
        if name != respondent and len(told) > people:
            found.add(name)
    return found


def _doubled(part: pd.DataFrame, keys: tuple[str, str, str], limit: int) -> tuple[int, int, list[Any]]:
    rows = part.groupby(list(keys[:2]), sort=False, observed=True)[keys[2]]
    size, filled, kinds = rows.size(), rows.count(), rows.nunique()
    bad = (size > 1) & ((kinds > 1) | ((filled > 0) & (filled < size)))
    same = int((size - 1)[~bad].sum())
    return same, int(bad.sum()), bad[bad].head(limit).index.get_level_values(1).tolist()
