"""Polars frames, eager and lazy. No pyarrow is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl

from skm.answers.column import PART, Column, Part, Source, join, spans


def open_frame(frame: pl.DataFrame | pl.LazyFrame) -> Source:
    """Return a source over a frame."""
    return _lazy(frame) if isinstance(frame, pl.LazyFrame) else _eager(frame)


def _eager(frame: pl.DataFrame) -> Source:
    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        return _slices(frame.select(wanted), 0)

    return Source(
        tuple(frame.columns),
        frame.height,
        lambda name: column(frame.get_column(name)),
        lambda name: _order(frame.schema[name]),
        parts,
        awal=lambda rows: Part(0, min(rows, frame.height), _Slice(frame.head(rows))),
    )


def _lazy(frame: pl.LazyFrame) -> Source:
    """Return a source that asks for the columns in use only, in batches where this Polars has them."""
    schema = frame.collect_schema()

    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        chosen = frame.select(wanted)
        batches = chosen.collect_batches(chunk_size=PART) if hasattr(chosen, "collect_batches") else [chosen.collect()]
        start = 0
        for batch in batches:
            yield from _slices(batch, start)
            start += batch.height

    def first(rows: int) -> Part:
        piece = frame.head(rows).collect()
        return Part(0, piece.height, _Slice(piece))

    return Source(
        tuple(schema.names()),
        lambda: int(frame.select(pl.len()).collect().item()),
        lambda name: join([part.larik(name) for part in parts([name])]),
        lambda name: _order(schema[name]),
        parts,
        awal=first,
    )


def _slices(frame: pl.DataFrame, offset: int) -> Iterator[Part]:
    for start, end in spans(frame.height):
        piece = frame.slice(start, end - start)
        yield Part(offset + start, end - start, _Slice(piece))


class _Slice:
    """Some rows; blanks of all whole-number columns are filled at once, which costs as much as filling one."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._filled: pl.DataFrame | None = None

    def __call__(self, name: str) -> Column:
        series = self._frame.get_column(name)
        if not _is_whole(series.dtype) or not series.null_count():
            return column(series)
        if self._filled is None:
            whole = [n for n, kind in self._frame.schema.items() if _is_whole(kind)]
            self._filled = self._frame.select(pl.col(whole).fill_null(0))
        values = self._filled.get_column(name).to_numpy()
        return Column(values, series.null_count(), lambda: series.is_null().to_numpy())


def _order(kind: Any) -> list[Any] | None:
    return kind.categories.to_list() if isinstance(kind, pl.Enum) else None


def _is_whole(kind: Any) -> bool:
    """Tell whether a kind of column holds whole numbers that NumPy has too."""
    return kind.is_integer() and kind not in (getattr(pl, "Int128", None), getattr(pl, "UInt128", None))


def column(series: pl.Series) -> Column:
    """Return a series as a `Column`."""
    kind = series.dtype
    if _is_whole(kind):
        blanks = series.null_count()
        if not blanks:
            return Column(series.to_numpy())
        return Column(series.fill_null(0).to_numpy(), blanks, lambda: series.is_null().to_numpy())
    if kind.is_float():
        return Column(series.to_numpy())
    if kind == pl.String:
        return _dictionary(series.cast(pl.Categorical))
    if isinstance(kind, (pl.Categorical, pl.Enum)):
        return _dictionary(series)
    objects = np.empty(len(series), dtype=object)
    objects[:] = series.to_list()
    return Column(objects)


def _dictionary(series: pl.Series) -> Column:
    """Return positions in a dictionary; categories may be shared with other frames, so only those met count."""
    met = series.drop_nulls().unique()
    numbers = met.to_physical().to_numpy().astype(np.intp)
    physical = series.to_physical()
    codes = physical.fill_null(0).to_numpy() if series.null_count() else physical.to_numpy()
    table = np.full(int(numbers.max(initial=0)) + 1, -1, dtype=np.int32)
    table[numbers] = np.arange(len(numbers), dtype=np.int32)
    out = table.take(codes)
    if series.null_count():
        out[series.is_null().to_numpy()] = -1
    return Column(out, kamus=met.cast(pl.String).to_list())
