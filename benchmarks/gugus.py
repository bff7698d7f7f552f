"""What counting on an engine costs, beside that engine's own mean of nine columns. One command:

    python benchmarks/gugus.py            every engine that is installed, written to benchmarks/gugus.md
    python benchmarks/gugus.py spark 10   one engine, sizes in millions of rows
    python benchmarks/gugus.py dask --teks   answers as text ("1" ... "4"), beside means of that text made numbers
    python benchmarks/gugus.py mariadb 50 --alamat mariadb+pymysql://skm@127.0.0.1:3307/skm [--muat]
                                          a server that runs already, and keeps the tables; --muat only fills them

Each engine is measured in the environment that has it (pyspark wants a pandas of its own), so the command may be run
once per environment: results are kept in gugus.json and the table is made of all of them. Both queries are run in
turns, after one run of each to warm up, and the best of the turns counts; what matters is their ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

import skm
from skm.answers.frames.remote import RelationalTable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))
RESULTS, TABLE = HERE / "gugus.json", HERE / "gugus.md"
UNSUR = [f"u{i}" for i in range(1, 10)]
GROUPS = (50, 50_000)
TURNS = ((2_000_000, 12), (20_000_000, 4), (10**12, 2))  # up to so many rows: so many turns
LIMIT = {"spark": 1.5, "dask": 1.0, "postgresql": 2.0, "mariadb": 2.0}
CHUNK = 1_000_000
MOST = 100  # million rows from which few groups are enough


def answers(rows: int, groups: int, seed: int) -> dict[str, Any]:
    """Nine whole numbers with 2 % blanks, and a group."""
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {"unit": pa.array(rng.integers(0, groups, rows, dtype=np.int32))}
    for name in UNSUR:
        levels = rng.integers(1, 5, rows, dtype=np.int8)
        columns[name] = pa.array(levels, mask=rng.random(rows, dtype=np.float32) < 0.02)
    return columns


def written(folder: Path, rows: int, groups: int, text: bool = False) -> list[str]:
    """Parquet files of these rows, each made once; more rows are more files of the same."""
    import pyarrow as pa
    from pyarrow import parquet

    where = folder / f"{'teks' if text else 'kelompok'}-{groups}"
    where.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, start in enumerate(range(0, rows, CHUNK)):
        some = min(CHUNK, rows - start)
        path = where / (f"{number:04}.parquet" if some == CHUNK else f"{number:04}-{some}.parquet")
        if not path.exists():
            part = path.with_suffix(".part")
            data = answers(some, groups, number)
            if text:
                data |= {u: data[u].cast(pa.string()) for u in UNSUR}
            parquet.write_table(pa.table(data), part)
            part.rename(path)
        paths.append(str(path))
    return paths


@contextmanager
def brought_home() -> Iterator[list[int]]:
    """Count the numbers that relational engines hand over."""
    seen = [0]
    kinds = _subclasses(RelationalTable)
    ways = [(kind, name) for kind in kinds for name in ("fetch", "totals") if name in vars(kind)]
    ways.remove((RelationalTable, "totals"))  # it fetches
    originals = {(kind, name): getattr(kind, name) for kind, name in ways if (kind, name) != (RelationalTable, "fetch")}

    def counting(original: Callable[..., Any], name: str) -> Callable[..., Any]:
        def brought(self: Any, *args: Any) -> Any:
            found = original(self, *args)
            columns = found if name == "fetch" else [*found[0], *found[1]]
            seen[0] += sum(map(len, columns))
            return found

        return brought

    for (kind, name), original in originals.items():
        setattr(kind, name, counting(original, name))
    try:
        yield seen
    finally:
        for (kind, name), original in originals.items():
            setattr(kind, name, original)


def _subclasses(kind: type) -> list[Any]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _subclasses(sub))]


def _most_memory(process: int) -> float:
    """The most memory that a process has held so far, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(
    name: str, rows: int, groups: int, own: Callable[[], Any], ours: Callable[[], Any], java: int | None = None
) -> dict[str, Any]:
    """Run both in turns; return the best times and their ratio, after a check that nobody was lost."""
    own()
    with brought_home() as seen:
        counts = ours()
    if int(counts.n.sum()) != rows:
        msg = f"{name}: {int(counts.n.sum())} of {rows} respondents counted"
        raise SystemExit(msg)
    most = groups * 2 * 28 + groups * 2 * 2  # the counts; the key and whether rows are complete
    if seen[0] > most:
        msg = f"{name}: {seen[0]} numbers came home, at most {most} may"
        raise SystemExit(msg)
    times: dict[str, list[float]] = {"own": [], "ours": []}
    for _ in range(next(turns for most, turns in TURNS if rows <= most)):
        for key, run in (("own", own), ("ours", ours)):
            start = time.perf_counter()
            run()
            times[key].append(time.perf_counter() - start)
    a, b = min(times["own"]), min(times["ours"])
    result: dict[str, Any] = {
        "mesin": name,
        "baris": rows,
        "kelompok": groups,
        "sendiri": round(a, 3),
        "skm": round(b, 3),
        "rasio": round(b / a, 2),
        "pulang": seen[0] * 8,
        "memori": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "semua": [[round(t, 3) for t in times[key]] for key in ("own", "ours")],
    }
    if java is not None:
        result["java"] = round(_most_memory(java))
    print(json.dumps(result), flush=True)
    return result


def spark(folder: Path, millions: list[float], text: bool = False) -> list[dict[str, Any]]:
    """Spark, on all cores of this machine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    session = (
        SparkSession.builder.master("local[*]")
        .config("spark.driver.memory", "4g")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count() or 2))
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    out = []
    for size in millions:
        for groups in GROUPS if size < MOST else GROUPS[:1]:
            rows = int(size * 1e6)
            frame = session.read.parquet(*written(folder, rows, groups, text))

            def own(frame: Any = frame) -> Any:
                # A new plan every time: Spark would take up the shuffle of a plan that has run before.
                return frame.groupBy("unit").agg(*[f.avg(f.col(u).cast("int") if text else u) for u in UNSUR]).toArrow()

            java = session.sparkContext._gateway.proc.pid
            tally: Callable[[], Any] = lambda frame=frame: skm.tally(frame, "unit", u8="sarana")  # noqa: E731
            out.append(measured("spark", rows, groups, own, tally, java))
    session.stop()
    return out


def dask(folder: Path, millions: list[float], text: bool = False) -> list[dict[str, Any]]:
    """Dask, threads of this machine."""
    import dask.dataframe as dd

    out = []
    for size in millions:
        for groups in GROUPS:
            rows = int(size * 1e6)
            frame = dd.read_parquet(written(folder, rows, groups, text))
            numbers = frame.astype(dict.fromkeys(UNSUR, "float64")) if text else frame
            means = numbers.groupby("unit")[UNSUR].mean()
            out.append(
                measured("dask", rows, groups, means.compute, lambda frame=frame: skm.tally(frame, "unit", u8="sarana"))
            )
    return out


Load = Callable[[Any, str, int, int], None]


def _database(
    name: str, address: str, millions: list[float], load: Load, number: str, text: bool, only_load: bool
) -> list[dict[str, Any]]:
    import sqlalchemy as sa

    engine = sa.create_engine(address)
    out = []
    for size in millions:
        for groups in GROUPS:
            rows = int(size * 1e6)
            table = f"{'teks' if text else 'jawaban'}_{rows}_{groups}"
            if not sa.inspect(engine).has_table(table):
                load(engine, table, rows, groups)
            if only_load:
                continue
            answers = skm.database(engine, table)
            columns = ", ".join(f"avg({number.format(u)})" for u in UNSUR)
            means = sa.text(f"select unit, {columns} from {table} group by unit")

            def own(means: Any = means) -> Any:
                with engine.connect() as connection:
                    return connection.execute(means).all()

            tally: Callable[[], Any] = lambda answers=answers: skm.tally(answers, "unit", u8="sarana")  # noqa: E731
            out.append(measured(name, rows, groups, own, tally))
    return out


def _filled(engine: Any, table: str, text: bool, fill: Callable[[str], None]) -> None:
    """Create a table, fill it under another name, and give it its own once it is whole."""
    columns = ", ".join(f"{u} {'varchar(8)' if text else 'smallint'}" for u in UNSUR)
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table if exists diisi")
        connection.exec_driver_sql(f"create table diisi (unit int, {columns})")
    fill("diisi")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"alter table diisi rename to {table}")


def _text(rows: int, groups: int, number: int) -> bytes:
    """Rows as databases take them in: tabs between, blanks as \\N."""
    import io

    import pyarrow as pa
    from pyarrow import csv

    data = {name: column.cast(pa.string()).fill_null(r"\N") for name, column in answers(rows, groups, number).items()}
    held = io.BytesIO()
    csv.write_csv(pa.table(data), held, csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none"))
    return held.getvalue()


def _parts(rows: int, groups: int) -> Iterator[bytes]:
    for number, start in enumerate(range(0, rows, CHUNK)):
        yield _text(min(CHUNK, rows - start), groups, number)


def postgresql(
    _: Path, millions: list[float], text: bool = False, address: str | None = None, only_load: bool = False
) -> list[dict[str, Any]]:
    """PostgreSQL of this machine, as the distribution sets it up."""
    from support.servers import postgresql as server

    def load(engine: Any, table: str, rows: int, groups: int) -> None:
        def fill(name: str) -> None:
            for part in _parts(rows, groups):
                with engine.begin() as connection, connection.connection.cursor().copy(f"copy {name} from stdin") as c:
                    c.write(part)

        _filled(engine, table, text, fill)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"vacuum analyze {table}")

    with nullcontext(address) if address else server() as where:
        number = "cast({} as smallint)" if text else "{}"
        return _database("postgresql", str(where), millions, load, number, text, only_load)


def mariadb(
    _: Path, millions: list[float], text: bool = False, address: str | None = None, only_load: bool = False
) -> list[dict[str, Any]]:
    """MariaDB of this machine, as the distribution sets it up."""
    from support.servers import mariadb as server

    def load(engine: Any, table: str, rows: int, groups: int) -> None:
        def fill(name: str) -> None:
            for part in _parts(rows, groups):
                with tempfile.NamedTemporaryFile(suffix=".tsv") as file, engine.begin() as connection:
                    file.write(part)
                    file.flush()
                    connection.exec_driver_sql(f"load data local infile '{file.name}' into table {name}")

        _filled(engine, table, text, fill)

    with nullcontext(address) if address else server() as where:
        number = "cast({} as signed)" if text else "{}"
        return _database("mariadb", f"{where}?local_infile=1", millions, load, number, text, only_load)


ENGINES = {"spark": spark, "dask": dask, "postgresql": postgresql, "mariadb": mariadb}
NEEDS = {"spark": "pyspark", "dask": "dask", "postgresql": "psycopg", "mariadb": "pymysql"}


def _ordered(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(results, key=lambda r: (r["teks"], list(ENGINES).index(r["mesin"]), r["kelompok"], r["baris"]))


def _each(seconds: float, rows: int) -> str:
    return f"{seconds / rows * 1e6:.3f}"


def table(results: list[dict[str, Any]]) -> str:
    """The committed table."""
    lines = [
        "# Biaya menghitung di mesin lain",
        "",
        "Ditulis oleh `benchmarks/gugus.py`. Pembanding: rata-rata sembilan kolom menurut kelompok oleh mesin itu",
        "sendiri (`groupBy().avg()`, `groupby().mean()`, `AVG ... GROUP BY`). Waktu terbaik dari beberapa giliran, detik;",
        'kolom bilangan bulat dengan 2 % kosong; "teks": jawaban yang sama sebagai teks, mesin sendiri menjadikannya',
        'bilangan. "us": mikrodetik per baris. "Pulang" ialah angka yang dibawa ke komputer pemanggil, dalam byte.',
        "",
        "| mesin | juta baris | kelompok | mesin sendiri | skm | rasio | batas | us sendiri | us skm | pulang | memori (MB) |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in _ordered(results):
        home = f"{r['pulang']:,}".replace(",", ".") if r["pulang"] else "-"
        lines.append(
            f"| {r['mesin']}{', teks' if r['teks'] else ''} | {r['baris'] / 1e6:g} | {r['kelompok']} | {r['sendiri']} "
            f"| {r['skm']} | **{r['rasio']}** | {'-' if r['teks'] else LIMIT[r['mesin']]} "
            f"| {_each(r['sendiri'], r['baris'])} | {_each(r['skm'], r['baris'])} | {home} "
            f"| {r['memori']}{' + ' + str(r['java']) + ' JVM' if 'java' in r else ''} |"
        )
    where = f"Mesin: {platform.machine()}, {os.cpu_count()} inti, Python {platform.python_version()}."
    return "\n".join([*lines, *growth(results), "", where, ""])


def growth(results: list[dict[str, Any]]) -> list[str]:
    """What a further row costs from one size to the next, and what a call costs before its first row."""
    lines = [
        "",
        "## Biaya tetap dan biaya tiap baris tambahan",
        "",
        "Waktu satu panggilan = biaya tetap + baris x biaya per baris. Biaya per baris ialah kemiringan dari satu ukuran ke",
        "ukuran berikutnya; biaya tetap ialah sisanya pada ukuran yang lebih kecil. Mesin sendiri mempunyai keduanya juga.",
        "",
        "| mesin | kelompok | juta baris | us per baris: sendiri | skm | rasio | biaya tetap (detik): sendiri | skm |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for before, after in pairwise(_ordered(results)):
        if any(before[key] != after[key] for key in ("teks", "mesin", "kelompok")):
            continue
        more = after["baris"] - before["baris"]
        slope = {who: (after[who] - before[who]) / more for who in ("sendiri", "skm")}
        fixed = {who: max(0.0, before[who] - slope[who] * before["baris"]) for who in slope}
        lines.append(
            f"| {before['mesin']}{', teks' if before['teks'] else ''} | {before['kelompok']} "
            f"| {before['baris'] / 1e6:g} - {after['baris'] / 1e6:g} | {slope['sendiri'] * 1e6:.3f} "
            f"| {slope['skm'] * 1e6:.3f} | {slope['skm'] / slope['sendiri']:.2f} "
            f"| {fixed['sendiri']:.2f} | {fixed['skm']:.2f} |"
        )
    return lines


def _what(result: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(result[key] for key in ("mesin", "baris", "kelompok", "teks"))


def main() -> None:
    """Measure what was asked for, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mesin", nargs="?", choices=list(ENGINES))
    parser.add_argument("juta", nargs="*", type=float)
    parser.add_argument("--teks", action="store_true")
    parser.add_argument("--alamat", help="a database that runs already")
    parser.add_argument("--muat", action="store_true", help="fill its tables, measure nothing")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "skm-gugus")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    for name in [args.mesin] if args.mesin else ENGINES:
        try:
            __import__(NEEDS[name])
        except ImportError:
            print(f"{name}: {NEEDS[name]} is not installed here, not measured")
            continue
        where = {"address": args.alamat, "only_load": args.muat} if args.alamat else {}
        measures = ENGINES[name](args.folder, args.juta or [1, 10], args.teks, **where)
        found = [{**r, "teks": args.teks} for r in measures]
        new = {_what(r) for r in found}
        kept = [r for r in kept if _what(r) not in new] + found
        RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        TABLE.write_text(table(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
