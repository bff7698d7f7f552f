"""The same answers on every engine: local frame in, the engine's own table out."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

Maker = Callable[[Any], Any]


def plain(frame: Any) -> Any:
    """The frame with blanks as None, for drivers."""
    return frame.astype(object).where(frame.notna(), None)


def duckdb_ibis(_: Any) -> Maker:
    ibis = pytest.importorskip("ibis", reason="ibis is not installed (extra database)")
    pytest.importorskip("duckdb")
    connection = ibis.duckdb.connect()

    def make(frame: Any) -> Any:
        name = f"t{uuid.uuid4().hex[:8]}"
        connection.con.register(name, frame)
        return connection.table(name)

    return make


def lazy_narwhals(request: Any) -> Maker:
    """A lazy frame of narwhals over another engine's."""
    import narwhals.stable.v2 as nw

    inner = duckdb_ibis(request)
    return lambda frame: nw.from_native(inner(frame))


def dask(_: Any) -> Maker:
    dd = pytest.importorskip("dask.dataframe", reason="Dask is not installed (extra dask)")
    import dask as library

    def make(frame: Any) -> Any:
        library.config.set(scheduler="synchronous")
        return dd.from_pandas(frame, npartitions=5, sort=False)

    return make


def _written(frame: Any, engine: Any) -> str:
    import pandas as pd
    import sqlalchemy as sa

    kinds: dict[str, Any] = {}
    for name, kind in frame.dtypes.items():
        if pd.api.types.is_datetime64_any_dtype(kind):
            kinds[name] = sa.DateTime()
        elif pd.api.types.is_integer_dtype(kind):
            kinds[name] = sa.Integer()
        elif pd.api.types.is_bool_dtype(kind):
            kinds[name] = sa.Boolean()
        elif len(frame) and isinstance(frame[name].iloc[0], Decimal):
            kinds[name] = sa.Numeric(20, 1)
        else:
            kinds[name] = sa.Float(53) if pd.api.types.is_float_dtype(kind) else sa.String(80)
    table = f"t{uuid.uuid4().hex[:8]}"
    plain(frame).to_sql(
        table, engine, index=False, dtype=kinds, chunksize=2000, method="multi" if len(kinds) < 15 else None
    )
    return table


def _sqlalchemy(url: str) -> Maker:
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    from skm.io.database import open_database

    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    return lambda frame: open_database(engine, _written(frame, engine))


def sqlite(request: Any) -> Maker:
    folder = request.getfixturevalue("tmp_path_factory").mktemp("sqlite")
    return _sqlalchemy(f"sqlite:///{folder}/skm.db")


def sqlite_adbc(request: Any) -> Maker:
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    driver = pytest.importorskip("adbc_driver_sqlite.dbapi", reason="ADBC is not installed (extra database)")
    from skm.io.database import open_database

    path = request.getfixturevalue("tmp_path_factory").mktemp("adbc") / "skm.db"
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    held = driver.connect(str(path), autocommit=True)
    request.addfinalizer(held.close)
    return lambda frame: open_database(held, _written(frame, engine))


def sqlite_plain(request: Any) -> Maker:
    """A connection of Python's own module, and a select."""
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    from skm.io.database import open_database

    path = request.getfixturevalue("tmp_path_factory").mktemp("plain") / "skm.db"
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    held = sqlite3.connect(path, check_same_thread=False)
    request.addfinalizer(held.close)
    return lambda frame: open_database(held, f"select * from {_written(frame, engine)} where 1 = 1;")


def postgresql(request: Any) -> Maker:
    return _sqlalchemy(request.getfixturevalue("postgresql_server"))


def postgresql_adbc(request: Any) -> Maker:
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    driver = pytest.importorskip("adbc_driver_postgresql.dbapi", reason="ADBC is not installed (extra database)")
    from skm.io.database import open_database

    url = request.getfixturevalue("postgresql_server")
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    held = driver.connect(url.replace("+psycopg", ""), autocommit=True)
    request.addfinalizer(held.close)
    return lambda frame: open_database(held, _written(frame, engine))


def postgresql_ibis(request: Any) -> Maker:
    ibis = pytest.importorskip("ibis", reason="ibis is not installed (extra database)")
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    url = request.getfixturevalue("postgresql_server")
    engine, connection = sa.create_engine(url, poolclass=sa.pool.NullPool), ibis.connect(url.replace("+psycopg", ""))
    return lambda frame: connection.table(_written(frame, engine))


def sqlite_ibis(request: Any) -> Maker:
    ibis = pytest.importorskip("ibis", reason="ibis is not installed (extra database)")
    sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
    path = request.getfixturevalue("tmp_path_factory").mktemp("ibis") / "skm.db"
    engine, connection = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool), ibis.sqlite.connect(path)
    return lambda frame: connection.table(_written(frame, engine))


def mariadb(request: Any) -> Maker:
    return _sqlalchemy(request.getfixturevalue("mariadb_server"))


def spark(request: Any) -> Maker:
    session = request.getfixturevalue("spark_session")
    return _spark(session)


def spark_connect(request: Any) -> Maker:
    session = request.getfixturevalue("spark_connect_session")
    return _spark(session)


def _spark(session: Any) -> Maker:
    import pyarrow as pa

    def make(frame: Any) -> Any:
        table = pa.Table.from_pandas(frame, preserve_index=False)
        # Spark has no microseconds beyond its own, no dictionaries and no unsigned numbers.
        fields = [pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema]
        fields = [f.with_type(pa.timestamp("us")) if pa.types.is_timestamp(f.type) else f for f in fields]
        if not table.num_rows:  # Connect tells no schema of a table without rows
            from pyspark.sql.pandas.types import from_arrow_schema

            return session.createDataFrame([], from_arrow_schema(pa.schema(fields)))
        return session.createDataFrame(table.cast(pa.schema(fields)))

    return make


HERE: dict[str, Callable[[Any], Maker]] = {
    "ibis-duckdb": duckdb_ibis,
    "ibis-sqlite": sqlite_ibis,
    "narwhals-lazy": lazy_narwhals,
    "dask": dask,
    "sqlite": sqlite,
    "sqlite-select": sqlite_plain,
    "sqlite-adbc": sqlite_adbc,
}
SERVERS: dict[str, Callable[[Any], Maker]] = {
    "postgresql": postgresql,
    "postgresql-adbc": postgresql_adbc,
    "postgresql-ibis": postgresql_ibis,
    "mariadb": mariadb,
}
SPARK: dict[str, Callable[[Any], Maker]] = {"spark": spark, "spark-connect": spark_connect}


def every() -> list[Any]:
    """All engines as parameters, each under the mark of what it needs."""
    return [
        *(pytest.param(make, id=name) for name, make in HERE.items()),
        *(pytest.param(make, id=name, marks=pytest.mark.server) for name, make in SERVERS.items()),
        *(pytest.param(make, id=name, marks=pytest.mark.spark) for name, make in SPARK.items()),
    ]
