"""Every other eager frame that narwhals knows (Modin, cuDF and so on)."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from skm.answers.column import Column, Source, from_columns


def open_eager(data: Any) -> Source | None:
    """Return a source over a frame, or None where narwhals does not know it as an eager frame."""
    try:
        frame = nw.from_native(data, eager_only=True)
    except TypeError:
        return None

    def order(name: str) -> list[Any] | None:
        series = frame[name]
        return list(series.cat.get_categories().to_list()) if isinstance(series.dtype, nw.Enum) else None

    return from_columns(frame.columns, len(frame), lambda name: _array(frame[name]), order)


def _array(series: Any) -> Any:
    kind = series.dtype
    if kind.is_numeric() and not kind.is_decimal():
        return np.asarray((series.cast(nw.Float64) if series.null_count() else series).to_numpy())
    objects = np.empty(len(series), dtype=object)
    objects[:] = series.to_list()
    return Column(objects).array()
