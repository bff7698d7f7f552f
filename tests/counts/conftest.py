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
