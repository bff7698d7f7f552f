"""Engines that tests of this room start once: database servers and Spark."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from support import servers


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="psycopg is not installed (extra database)")
    with servers.postgresql() as address:
        yield address


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[str]:
    pytest.importorskip("pymysql", reason="PyMySQL is not installed (extra database)")
    with servers.mariadb() as address:
        yield address


# A plan of Spark costs a second before a single row is read: Connect shows that it speaks, classic what it counts.
_CONNECT = ("test_counts", "test_patterns", "as_labels", "test_wrong_numbers")
_CLASSIC_NOT = ("as_digits", "as_small", "test_wrong_texts", "test_rows_", "test_named", "test_exclusions")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, for Spark, what differs only in cells or rows that are judged at home."""
    left = [item for item in items if not _wanted(item.name)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _wanted(item.name)]


def _wanted(name: str) -> bool:
    if "[spark-connect" in name:
        return any(part in name for part in _CONNECT)
    return not ("[spark" in name and any(part in name for part in _CLASSIC_NOT))


def _builder(sql: Any) -> Any:
    builder = sql.SparkSession.builder
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder


def _java() -> None:
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (extra spark)")
    _java()
    session = _builder(sql).master("local[2]").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def spark_connect_session() -> Iterator[Any]:
    """A session through Spark Connect: a server of its own, spoken to over the loopback address."""
    pytest.importorskip("pyspark.sql.connect.session", reason="pyspark[connect] is not installed (extra spark)")
    _java()
    with servers.spark_connect() as address:
        from pyspark.sql.connect.session import SparkSession

        session = SparkSession.builder.remote(address).getOrCreate()
        yield session
        session.stop()
