"""pandas frames, old and new kinds of columns alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from skm.answers.column import PART, Column, Part, Source, spans
from skm.basics.errors import DataError


def open_frame(frame: Any) -> Source:
    """Return a source over a frame."""
    names = list(frame.columns)
    if not all(isinstance(name, str) for name in names):
        raise DataError("judul-bukan-teks", contoh=[repr(n) for n in names if not isinstance(n, str)][:5])
    n = len(frame)
    index = frame.index
    rows = None if type(index).__name__ == "RangeIndex" else index

    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        series = {name: frame[name] for name in wanted}
        if n <= PART:
            yield Part(0, n, lambda name: column(series[name]))
            return
        for start, end in spans(n):
            yield Part(start, end - start, partial(_column_of, series, start, end))

    def order(name: str) -> list[Any] | None:
        kind = frame[name].dtype
        return list(kind.categories) if type(kind).__name__ == "CategoricalDtype" else None

    def first(some: int) -> Part:
        begun = frame.iloc[:some]
        return Part(0, min(some, n), lambda name: column(begun[name]))

    return Source(tuple(names), n, lambda name: column(frame[name]), order, parts, rows, awal=first)


def _column_of(series: dict[str, Any], start: int, end: int, name: str) -> Column:
    return column(series[name].iloc[start:end])


def column(series: Any) -> Column:
    """Return a series as a `Column`."""
    kind = series.dtype
    if isinstance(kind, np.dtype):
        if kind.kind in "iuf":
            return Column(series.to_numpy())
        return Column(series.astype(object).to_numpy())
    if type(kind).__name__ == "CategoricalDtype":
        return Column(series.cat.codes.to_numpy(), kamus=kind.categories.tolist())
    if type(kind).__name__ == "ArrowDtype":
        import pyarrow as pa

        from skm.answers.frames import arrow as _arrow

        return _arrow.column(pa.chunked_array(series.array.__arrow_array__()))
    numpy_kind = getattr(kind, "numpy_dtype", None)
    if numpy_kind is not None and numpy_kind.kind in "iu":
        blanks = int(series.isna().sum())
        values = series.to_numpy(dtype=numpy_kind, na_value=0) if blanks else series.to_numpy(dtype=numpy_kind)
        return Column(values, blanks, lambda: series.isna().to_numpy())
    if numpy_kind is not None and numpy_kind.kind == "f":
        return Column(series.to_numpy(dtype=numpy_kind, na_value=np.nan))
    if type(kind).__name__ == "StringDtype":
        import pandas as pd

        codes, values = pd.factorize(series)
        return Column(codes, kamus=values.tolist())
    return Column(series.astype(object).to_numpy())
