"""pandas frames, old and new kinds of columns alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from skm.errors import DataError
from skm.larik import PART, Bagian, Larik, Sumber, spans


def open_frame(frame: Any) -> Sumber:
    """Return a source over a frame."""
    names = list(frame.columns)
    if not all(isinstance(name, str) for name in names):
        raise DataError("judul-bukan-teks", contoh=[repr(n) for n in names if not isinstance(n, str)][:5])
    n = len(frame)
    index = frame.index
    rows = None if type(index).__name__ == "RangeIndex" else index

    def parts(wanted: Sequence[str]) -> Iterator[Bagian]:
        series = {name: frame[name] for name in wanted}
        if n <= PART:
            yield Bagian(0, n, lambda name: column(series[name]))
            return
        for start, end in spans(n):
            yield Bagian(start, end - start, partial(_column_of, series, start, end))

    def order(name: str) -> list[Any] | None:
        kind = frame[name].dtype
        return list(kind.categories) if type(kind).__name__ == "CategoricalDtype" else None

    return Sumber(tuple(names), n, lambda name: column(frame[name]), order, parts, rows)


def _column_of(series: dict[str, Any], start: int, end: int, name: str) -> Larik:
    return column(series[name].iloc[start:end])


def column(series: Any) -> Larik:
    """Return a series as a `Larik`."""
    kind = series.dtype
    if isinstance(kind, np.dtype):
        if kind.kind in "iuf":
            return Larik(series.to_numpy())
        return Larik(series.astype(object).to_numpy())
    if type(kind).__name__ == "CategoricalDtype":
        return Larik(series.cat.codes.to_numpy(), kamus=kind.categories.tolist())
    if type(kind).__name__ == "ArrowDtype":
        import pyarrow as pa

        from skm.bingkai import _arrow

        return _arrow.column(pa.chunked_array(series.array.__arrow_array__()))
    numpy_kind = getattr(kind, "numpy_dtype", None)
    if numpy_kind is not None and numpy_kind.kind in "iu":
        blanks = int(series.isna().sum())
        values = series.to_numpy(dtype=numpy_kind, na_value=0) if blanks else series.to_numpy(dtype=numpy_kind)
        return Larik(values, blanks, lambda: series.isna().to_numpy())
    if numpy_kind is not None and numpy_kind.kind == "f":
        return Larik(series.to_numpy(dtype=numpy_kind, na_value=np.nan))
    if type(kind).__name__ == "StringDtype":
        import pandas as pd

        codes, values = pd.factorize(series)
        return Larik(codes, kamus=values.tolist())
    return Larik(series.astype(object).to_numpy())
