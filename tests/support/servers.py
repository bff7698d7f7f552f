"""Database servers of the machine, started for a test on the loopback address with data of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_WAIT = 240  # a busy machine starts a JVM slowly


def _absent(name: str) -> str:
    text = f"{name} is not installed"
    if os.environ.get("SKM_REQUIRE_TOOLS") == "1":
        pytest.fail(text)
    pytest.skip(text)
    return text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs(*folders: str) -> str:
    return os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


def _owner() -> tuple[list[str], str | None]:
    """How a server is started where we are root, which servers refuse to be: as somebody else."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ["runuser", "-u", name, "--"], name
    return [], None


def _listening(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not answer")


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _listening(port, process)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def postgresql() -> Iterator[str]:
    """Start PostgreSQL; yield an address (SQLAlchemy, psycopg)."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = _programs(*map(str, reversed(found)))
    initdb, server = shutil.which("initdb", path=programs), shutil.which("postgres", path=programs)
    if initdb is None or server is None:
        _absent("PostgreSQL")
        return
    with tempfile.TemporaryDirectory(prefix="skm-pg-") as name:
        folder = Path(name)
        prefix, owner = _owner()
        if owner is not None:
            shutil.chown(folder, owner)
        data = folder / "data"
        subprocess.run(
            [*prefix, initdb, "-D", str(data), "-U", "skm", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        port = free_port()
        options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        with _running([*prefix, server, "-D", str(data), "-p", str(port), *options], port, folder):
            yield f"postgresql+psycopg://skm@127.0.0.1:{port}/postgres"


@contextmanager
def mariadb(password: str = "") -> Iterator[str]:
    """Start MariaDB with a user "skm"; yield an address without its password (SQLAlchemy, PyMySQL)."""
    programs = _programs()
    install, server = shutil.which("mariadb-install-db", path=programs), shutil.which("mariadbd", path=programs)
    client = shutil.which("mariadb", path=programs)
    if install is None or server is None or client is None:
        _absent("MariaDB")
        return
    with tempfile.TemporaryDirectory(prefix="skm-maria-") as name:
        folder = Path(name)
        prefix, owner = _owner()
        if owner is not None:
            shutil.chown(folder, owner)
        data, sock = folder / "data", folder / "s.sock"
        common = ["--no-defaults", f"--datadir={data}"]
        subprocess.run(
            [*prefix, install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        port = free_port()
        options = [
            "--bind-address=127.0.0.1",
            f"--port={port}",
            f"--socket={sock}",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        with _running([*prefix, server, *common, *options, f"--pid-file={folder}/pid"], port, folder):
            sql = f"create database skm character set utf8mb4; create user skm identified by '{password}'; grant all on skm.* to skm;"
            subprocess.run(
                [client, "--no-defaults", f"--socket={sock}", "-u", "root", "-e", sql], check=True, cwd=folder
            )
            yield f"mariadb+pymysql://skm@127.0.0.1:{port}/skm"


@contextmanager
def spark_connect() -> Iterator[str]:
    """Start a Spark Connect server; yield its address."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    options = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
    jar = sorted((home / "jars").glob("spark-connect_*.jar"))
    if not jar:
        pytest.skip("this pyspark has no Connect server")
    command = [
        str(home / "bin" / "spark-submit"),
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "--master",
        "local[2]",
        *options,
        str(jar[0]),
    ]
    with tempfile.TemporaryDirectory(prefix="skm-spark-") as name, _running(command, port, Path(name)):
        yield f"sc://127.0.0.1:{port}"
