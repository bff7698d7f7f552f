"""Databases: addresses, passwords, and an application's own schema on real servers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import servers

import skm
from skm.errors import DataError, OptionError
from skm.io.database import is_address, open_database

sa = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed (extra database)")
pytestmark = pytest.mark.filterwarnings("ignore")

UNSUR = [f"u{i}" for i in range(1, 10)]
QUESTIONS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
SECRET = "s4nd1-Rahasia%@"


def small(path: Path) -> str:
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"create table jawaban (unit text, {', '.join(f'{u} integer' for u in UNSUR)})")
        for unit, level in (("A", 4), ("B", 3), ("A", 3)):
            connection.execute(sa.text(f"insert into jawaban values ('{unit}', {', '.join([str(level)] * 9)})"))
    return f"sqlite:///{path}"


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "skm", *words], capture_output=True, text=True, env=env, encoding="utf-8", check=False
    )


def test_addresses_are_told_from_files() -> None:
    for text in ("mariadb://a@b/c", "postgresql://b/c", "postgresql+psycopg://b/c", "sqlite:///x.db", "MySQL://a@b/c"):
        assert is_address(text)
    for text in ("jawaban.xlsx", "C:\\data\\x.csv", "s3://ember/x.parquet", "http://x/y", "-", "mariadb"):
        assert not is_address(text)


def test_the_command_counts_in_the_database(tmp_path: Path) -> None:
    done = command("hitung", small(tmp_path / "x.db"), "--tabel", "jawaban", "--per", "unit", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["hasil"]
    assert found["keseluruhan"]["n"] == 3
    assert [g["n"] for g in found["kelompok"]] == [2, 1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["mariadb://u:{s}@127.0.0.1/x", "--tabel", "t"], "basis-data-sandi"),
        (["sqlite:///tidak-ada.db", "--tabel", "t"], "opsi-tidak-dikenal"),
        (["sqlite:///tidak-ada.db"], "basis-data-perlu-tabel"),
        (["jawaban.csv", "--tabel", "t"], "tabel-tanpa-basis-data"),
        (["sqlite:///tidak-ada.db", "--tabel", "select * from t"], "basis-data-gagal"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command("hitung", *[w.replace("{s}", "rahasia123") for w in words], "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["galat"]["kode"] == code
    assert "rahasia123" not in done.stdout + done.stderr


def test_a_server_that_is_not_there_is_named_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pymysql")
    monkeypatch.setenv("SKM_DB_PASSWORD", SECRET)
    with pytest.raises(DataError) as caught:
        open_database(f"mariadb://skm@127.0.0.1:{servers.free_port()}/skm", "jawaban")
    assert caught.value.code == "basis-data-tak-terjangkau"
    assert SECRET not in f"{caught.value}{caught.value.context}"


def test_an_unknown_table_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(OptionError) as caught:
        skm.database(small(tmp_path / "x.db"), "jawabn")
    assert caught.value.context["pilihan"] == ["jawaban"]


def test_selects_of_sqlalchemy_and_open_connections(tmp_path: Path) -> None:
    engine = sa.create_engine(small(tmp_path / "x.db"), poolclass=sa.pool.NullPool)
    table = sa.Table("jawaban", sa.MetaData(), autoload_with=engine)
    wanted = skm.score(skm.database(engine, "jawaban")).ikm
    assert skm.score(skm.database(engine, table)).ikm == wanted
    assert skm.score(skm.database(engine, sa.select(table).where(table.c.unit == "B"))).n == 1
    with engine.connect() as connection:
        assert (
            skm.score(skm.database(connection, "-- komentar\nselect * from jawaban where unit <> 'C' ;")).ikm == wanted
        )


def application(engine: Any, answers: int) -> dict[str, Any]:
    """An application's schema: respondents, questions, answers in long rows; filled by the database itself."""
    respondents = answers // 9
    rng = np.random.default_rng(7)
    with engine.begin() as c:
        c.exec_driver_sql("create table pertanyaan (id int primary key, kode varchar(30), teks varchar(200))")
        for i, name in enumerate(QUESTIONS, start=11):
            c.execute(
                sa.text("insert into pertanyaan values (:i, :k, :t)"), {"i": i, "k": name, "t": f"Bagaimana {name}?"}
            )
        c.exec_driver_sql(
            "create table responden (id int primary key, nama varchar(60), layanan varchar(40), dibuat timestamp null)"
        )
        c.exec_driver_sql("create table jawaban (responden_id int, pertanyaan_id int, nilai smallint)")
    services = np.array(["KTP", "KK", "Akta Kelahiran", "Pindah"])
    service, levels = services[rng.integers(0, 4, respondents)], rng.integers(1, 5, (respondents, 9))
    blank = rng.random((respondents, 9)) < 0.02
    day = rng.integers(0, 365, respondents)
    import pandas as pd

    people = pd.DataFrame({"id": np.arange(respondents), "nama": "Siti Aminah", "layanan": service})
    people["dibuat"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(day, unit="D")
    flat = pd.DataFrame(
        {
            "responden_id": np.repeat(np.arange(respondents), 9),
            "pertanyaan_id": np.tile(np.arange(11, 20), respondents),
            "nilai": levels.reshape(-1),
        }
    )[~blank.reshape(-1)]
    _load(engine, people, "responden")
    _load(engine, flat, "jawaban")
    frame = pd.DataFrame(np.where(blank, 0, levels), columns=QUESTIONS).astype("Int8").replace(0, pd.NA)
    return {"lokal": frame.assign(layanan=service), "hari": day, "n": respondents}


def _load(engine: Any, frame: Any, table: str) -> None:
    text = frame.to_csv(index=False, header=False, sep="\t")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            with connection.connection.cursor().copy(f"copy {table} from stdin") as copy:
                copy.write(text)
            return
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write(text)
            file.flush()
            connection.exec_driver_sql(f"load data local infile '{file.name}' into table {table}")


SELECT = """
select j.responden_id as responden, p.kode as unsur, j.nilai, r.layanan, r.dibuat as tanggal
from jawaban j join pertanyaan p on p.id = j.pertanyaan_id join responden r on r.id = j.responden_id
"""


@pytest.mark.server
@pytest.mark.parametrize(
    ("server", "amount"),
    [
        pytest.param(servers.postgresql, 1_000_000, id="postgresql"),
        pytest.param(servers.mariadb, 100_000, id="mariadb"),
        # MariaDB joins and sorts on one core: minutes on a busy machine.
        pytest.param(servers.mariadb, 1_000_000, id="mariadb-whole", marks=pytest.mark.whole),
    ],
)
def test_an_applications_schema_with_a_million_answers(server: Any, amount: int) -> None:
    """Long rows, a join, periods, groups: the figure of the database is that of the rows at home."""
    with server() as address:
        url = f"{address}?local_infile=1" if "mariadb" in address else address
        engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
        held = application(engine, amount)
        table = skm.database(engine, SELECT)
        found, wanted = skm.score_by(table, "layanan"), skm.score_by(held["lokal"], "layanan")
        assert found.to_frame().to_dict() == wanted.to_frame().to_dict()
        half = skm.score(skm.read(table).period("2026-S1"))
        assert half.n == int((held["hari"] < 181).sum())
        assert half.ikm_tepat == skm.score(held["lokal"][held["hari"] < 181]).ikm_tepat


@pytest.mark.server
def test_the_password_comes_from_the_environment_and_goes_nowhere() -> None:
    with servers.mariadb(password=SECRET) as address:
        url = sa.make_url(address)
        engine = sa.create_engine(url.set(password=SECRET), poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                f"create table jawaban (unit varchar(9), {', '.join(f'{u} int' for u in UNSUR)})"
            )
            connection.exec_driver_sql(f"insert into jawaban values ('A', {', '.join(['4'] * 9)})")
        plain = f"mariadb://skm@127.0.0.1:{url.port}/skm"
        done = command("hitung", plain, "--tabel", "jawaban", "--json", SKM_DB_PASSWORD=SECRET)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["hasil"]["keseluruhan"]["ikm"] in ("100.00", 100.0, 100)
        wrong = command("hitung", plain, "--tabel", "jawaban", SKM_DB_PASSWORD="salah-sekali")
        assert wrong.returncode == 2
        for text in (done.stdout, done.stderr, wrong.stdout, wrong.stderr):
            assert not re.search(f"{re.escape(SECRET)}|salah-sekali", text)


@pytest.mark.server
def test_quotes_name_columns_in_mariadb_under_whatever_mode_a_session_has_by_now() -> None:
    def asked(engine: Any, mode: str, *, at_once: bool) -> list[Any]:
        """Groups of a table and of a select, where sessions are given a mode after SQLAlchemy has asked for theirs."""
        set_mode = f"set sql_mode = '{mode}'"
        if at_once:
            sa.event.listen(engine, "connect", lambda dbapi, _: dbapi.cursor().execute(set_mode))
        found = []
        with engine.connect() as connection:
            connection.exec_driver_sql(set_mode)
            for bind in (engine, connection) if at_once else (connection,):
                for table in ("jawaban", "select * from jawaban"):
                    hasil = skm.score_by(skm.database(bind, table), "Nama Unit", u8="sarana")
                    found.append([(name, hasil[name].n, str(hasil[name].ikm)) for name in ("A", "B")])
        return found

    with servers.mariadb() as address:
        engine = sa.create_engine(address, poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(
                f"create table jawaban (`Nama Unit` varchar(9), {', '.join(f'{u} int' for u in UNSUR)})"
            )
            for unit, level in (("A", 4), ("B", 2), ("B", 2)):
                connection.exec_driver_sql(f"insert into jawaban values ('{unit}', {', '.join([str(level)] * 9)})")
        wanted = [("A", 1, "100.00"), ("B", 2, "50.00")]
        for at_once in (True, False):
            new = sa.create_engine(address, poolclass=sa.pool.NullPool)
            assert asked(new, "ANSI_QUOTES,PIPES_AS_CONCAT", at_once=at_once) == [wanted] * (4 if at_once else 2)
        # The other way round: SQLAlchemy has met a server of that mode, the session has it no longer.
        strict = sa.create_engine(address, connect_args={"sql_mode": "ANSI_QUOTES"}, poolclass=sa.pool.NullPool)
        with strict.connect():
            pass
        assert strict.dialect.identifier_preparer.initial_quote == '"'
        assert asked(strict, "", at_once=False) == [wanted] * 2
