"""Frames of other libraries -> `Source`. A library is imported only where one of its objects has arrived.

Besides those named here, anything that hands over an Arrow stream (``__arrow_c_stream__``: ibis, newer DuckDB,
and others) and every eager frame that narwhals knows is understood.
"""

from __future__ import annotations

import sys
from typing import Any

from skm.answers.column import Source
from skm.answers.frames.remote import RemoteTable
from skm.basics.errors import DataError

_LAZY = ("pyspark", "ibis", "sqlframe")
_SPARK = ("selectExpr", "toArrow")  # frames of Spark 4; those of Spark 3 are spoken to through narwhals


def open_frame(data: Any) -> Source | RemoteTable:
    """Recognise a frame: one whose rows come here, in parts, or one whose rows stay on their engine.

    Raises
    ------
    DataError
        The object is no table.
    """
    if isinstance(data, RemoteTable):
        return data
    if _is(data, "narwhals.stable.v2", "LazyFrame") or _is(data, "narwhals", "LazyFrame"):
        return open_frame(data.to_native())
    if _is(data, "pandas", "DataFrame"):
        from skm.answers.frames import pandas as _pandas

        return _pandas.open_frame(data)
    if _is(data, "polars", "DataFrame", "LazyFrame"):
        from skm.answers.frames import polars as _polars

        return _polars.open_frame(data)
    if _is(data, "duckdb", "DuckDBPyRelation"):
        from skm.answers.frames import duckdb as _duckdb

        return _duckdb.open_relation(data)
    if _is(data, "pyarrow", "Table", "RecordBatch", "RecordBatchReader"):
        from skm.answers.frames import arrow as _arrow

        return _arrow.open_arrow(data)
    if _is(data, "pyarrow.dataset", "Dataset"):
        from skm.answers.frames import arrow as _arrow

        return _arrow.open_dataset(data)
    if _is(data, "deltalake", "DeltaTable"):
        from skm.answers.frames import lake as _lake

        return _lake.open_delta(data)
    if _is(data, "pyiceberg.table", "Table", "DataScan"):
        from skm.answers.frames import lake as _lake

        return _lake.open_iceberg(data)
    return _open_other(data)


def _open_other(data: Any) -> Source | RemoteTable:
    if _is(data, "dask.dataframe", "DataFrame"):
        from skm.answers.frames import dask as _dask

        return _dask.open_dask(data)
    library = type(data).__module__.partition(".")[0]
    if library == "pyspark" and all(hasattr(data, name) for name in _SPARK):
        from skm.answers.frames import spark as _spark

        return _spark.open_spark(data)
    if library in _LAZY:
        from skm.answers.frames import lazy as _lazy

        table = _lazy.open_lazy(data)
        if table is not None:
            return table
    from skm.answers.frames import narwhals as _narwhals

    source = _narwhals.open_eager(data)
    if source is None and hasattr(data, "__arrow_c_stream__"):
        from skm.answers.frames import arrow as _arrow

        source = _arrow.open_stream(data)
    if source is None:
        kind = f"{type(data).__module__.split('.')[0]}.{type(data).__name__}"
        raise DataError("bukan-tabel", jenis=kind)
    return source


def _is(data: Any, module: str, *names: str) -> bool:
    """Tell whether the object is of a class of a library, without importing the library."""
    loaded = sys.modules.get(module)
    kinds = tuple(kind for name in names if isinstance(kind := getattr(loaded, name, None), type))
    return isinstance(data, kinds)
