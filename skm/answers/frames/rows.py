"""Rows as programs hold them: records, rows of database drivers, cursors, result sets, and iterators of all of these.

Nothing is imported for it: what counts is which methods an object has. A cursor is read to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from skm.basics.errors import DataError


def is_result(data: Any) -> bool:
    """Tell whether an object is a cursor, a result set or an iterator, which has to be fetched first."""
    if isinstance(data, (str, bytes, Mapping, Sequence)) or _is_frame(data):
        return False
    return _is_cursor(data) or _is_sql_result(data) or isinstance(data, Iterator) or _is_query(data)


def fetched(data: Any) -> Any:
    """Return what a cursor, a result set or an iterator holds: an Arrow table where it has one, else a list.

    Raises
    ------
    DataError
        A cursor on which nothing was executed.
    """
    if _is_cursor(data):
        for name in ("fetch_arrow_table", "fetchallarrow"):  # ADBC and its like hand over columns
            if callable(fetch := getattr(data, name, None)):
                return fetch()
        if not data.description:
            raise DataError("kursor-kosong")
        names = [str(column[0]) for column in data.description]
        rows = data.fetchall()
        if rows and isinstance(rows[0], Mapping):  # DictCursor
            return [dict(row) for row in rows]
        return as_columns(names, rows)
    if _is_sql_result(data):
        names = [str(key) for key in data.keys()]  # noqa: SIM118 - no mapping
        return as_columns(names, data.fetchall())
    return list(data)


def as_columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Return rows under named columns as a mapping of columns.

    Raises
    ------
    DataError
        A name occurs twice.
    """
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise DataError("judul-kembar", kolom_kembar=twice)
    held = [tuple(row) for row in rows]
    return {name: [row[i] for row in held] for i, name in enumerate(names)}


def as_record(row: Any) -> Mapping[Any, Any] | None:
    """Return a row as a mapping where it knows the names of its cells, else None."""
    if isinstance(row, Mapping):
        return row
    if _is_frame(row):
        return None
    if callable(names := getattr(row, "keys", None)) and hasattr(row, "__getitem__"):  # sqlite3.Row, asyncpg.Record
        return {name: row[name] for name in names()}
    if isinstance(mapping := getattr(row, "_mapping", None), Mapping):  # SQLAlchemy
        return mapping
    if isinstance(row, tuple) and (fields := getattr(row, "_fields", None)):
        return dict(zip(fields, row, strict=True))
    return None


def _is_frame(data: Any) -> bool:
    """Tell whether an object knows its columns without being fetched (pyodbc's cursor has a method of that name)."""
    known = getattr(type(data), "columns", None)
    return hasattr(type(data), "__arrow_c_stream__") or (known is not None and not callable(known))


def _is_cursor(data: Any) -> bool:
    """Tell whether an object is a DB-API cursor (DuckDB's connection is one too)."""
    return hasattr(data, "description") and callable(getattr(data, "fetchall", None))


def _is_sql_result(data: Any) -> bool:
    return callable(getattr(data, "fetchall", None)) and callable(getattr(data, "keys", None))


def _is_query(data: Any) -> bool:
    """Tell whether an object yields records when gone through and is no frame, as a query set of Django does."""
    kind = type(data)
    return (
        hasattr(kind, "__iter__")
        and not hasattr(data, "__array__")
        and callable(getattr(data, "iterator", None) or getattr(data, "scalars", None))
    )
