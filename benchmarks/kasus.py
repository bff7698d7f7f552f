"""The cases. Each runs in a process of its own and prints times, in turns, so that all share the machine's mood."""

from __future__ import annotations

import gc
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from bahan import UNSUR, answers, as_arrow, parquet

Work = Callable[[], Any]


def in_turns(works: dict[str, Work], rounds: int = 5) -> dict[str, tuple[float, float]]:
    """Return the median seconds of each, warm, measured in turns: by the clock, and of the processor.

    The clock is what people wait for; the processor's time does not depend on what else the machine is doing.
    """
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            gc.collect()
            clock, processor = time.perf_counter(), time.process_time()
            work()
            if number:
                times[name].append((time.perf_counter() - clock, time.process_time() - processor))
    return {
        name: (statistics.median(c for c, _ in pairs), statistics.median(p for _, p in pairs))
        for name, pairs in times.items()
    }


def extra_memory(work: Work) -> float:
    """Return by how many bytes resident memory rises at most while something runs."""
    page, peak, done = 4096, 0, threading.Event()

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * page

    gc.collect()
    before = resident()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.002):
            peak = max(peak, resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    done.set()
    watcher.join()
    return float(max(peak - before, 0))


def memory_case(rows: int, units: int, *, pola: bool) -> dict[str, Any]:
    """In-memory tables: our figures beside plain means and, for patterns, beside the same work by others."""
    import duckdb
    import pandas as pd
    import polars as pl

    import skm
    from skm.counts import reduce
    from skm.io import opened

    columns = answers(rows, units, seed=1)
    small = pl.from_arrow(as_arrow(columns))
    floats = {u: np.where(columns[u] == 0, np.float32("nan"), columns[u].astype(np.float32)) for u in UNSUR}
    frame = pd.DataFrame({**floats, "unit": columns["unit"]})
    table = small.to_arrow()
    connection = duckdb.connect()
    connection.register("arus", table)
    connection.execute("create table jawaban as select * from arus")
    avg = ", ".join(f"avg({u})" for u in UNSUR)

    def patterns(data: Any) -> Any:
        bacaan, _ = opened.understood(data, opened.ReadOptions(u8="sarana"))
        return reduce.reduce(bacaan, ("unit",), reduce.PATTERNS).pola

    works: dict[str, Work] = {
        "lantai": lambda: [int(columns[u].view(np.int64).sum()) for u in UNSUR],
        "skm dari Polars": lambda: skm.score_by(small, "unit", u8="sarana"),
        "skm dari pandas": lambda: skm.score_by(frame, "unit", u8="sarana"),
        "skm dari Arrow": lambda: skm.score_by(table, "unit", u8="sarana"),
        "Polars mean": lambda: small.group_by("unit").agg(pl.col(UNSUR).mean()),
        "pandas mean": lambda: frame.groupby("unit")[UNSUR].mean(),  # noqa: PLW0108
        "DuckDB avg": lambda: connection.execute(f"select unit, {avg} from jawaban group by unit").fetchall(),
    }
    if pola:
        works |= {"Pola dari Polars": lambda: patterns(small), "Pola dari pandas": lambda: patterns(frame)}
        works["Polars kerja sama"] = partial(same_work_polars, small)
    out: dict[str, Any] = {"detik": in_turns(works)}
    if pola:
        out["detik"] |= in_turns({"pandas kerja sama": lambda: same_work_pandas(frame)}, rounds=1)
    return out


def extra_case(folder: Path, rows: int, units: int) -> dict[str, Any]:
    """By how much memory grows beyond a frame that is already there, as a share of the frame."""
    import polars as pl

    import skm
    from skm.counts import reduce
    from skm.io import opened

    frame = pl.read_parquet(parquet(folder, rows, units), columns=[*UNSUR, "unit"]).rechunk()

    def patterns(data: Any) -> Any:
        bacaan, _ = opened.understood(data, opened.ReadOptions(u8="sarana"))
        return reduce.reduce(bacaan, ("unit",), reduce.PATTERNS).pola

    patterns(frame[:1000])
    skm.score_by(frame[:1000], "unit", u8="sarana")
    size = float(frame.estimated_size())
    return {
        "Pola dari Polars": extra_memory(lambda: patterns(frame)) / size,
        "skm dari Polars": extra_memory(lambda: skm.score_by(frame, "unit", u8="sarana")) / size,
    }


def same_work_polars(frame: Any) -> Any:
    """Level counts, sums and 9 x 9 cross products per group, in one aggregation."""
    import polars as pl

    wide = [pl.col(u).cast(pl.Int32) for u in UNSUR]
    pairs = [(a, b) for i, a in enumerate(UNSUR) for b in UNSUR[i:]]
    return (
        frame.with_columns(wide)
        .group_by("unit")
        .agg(
            *((pl.col(u) == level).sum().alias(f"{u}={level}") for u in UNSUR for level in range(1, 5)),
            *(pl.col(u).sum().alias(f"{u}+") for u in UNSUR),
            *((pl.col(a) * pl.col(b)).sum().alias(f"{a}*{b}") for a, b in pairs),
        )
    )


def same_work_pandas(frame: Any) -> Any:
    """The same with group-by sizes and sums of products."""
    unit = frame["unit"]
    counts = [frame.groupby(["unit", u], observed=True).size() for u in UNSUR]
    sums = frame.groupby("unit")[UNSUR].sum()
    pairs = [(frame[a] * frame[b]).groupby(unit).sum() for i, a in enumerate(UNSUR) for b in UNSUR[i:]]
    return counts, sums, pairs


def parquet_case(folder: Path, rows: int, units: int) -> dict[str, Any]:
    """Files that need not fit the memory."""
    import duckdb
    import polars as pl

    import skm

    paths = parquet(folder, rows, units)
    pattern = str(paths[0].parent / "*.parquet")
    avg = ", ".join(f"avg({u})" for u in UNSUR)
    works: dict[str, Work] = {
        "skm": lambda: skm.score_by(pattern, "unit", u8="sarana"),
        "DuckDB avg": lambda: duckdb.sql(f"select unit, {avg} from read_parquet('{pattern}') group by unit").fetchall(),
        "Polars scan mean": lambda: pl.scan_parquet(pattern).group_by("unit").agg(pl.col(UNSUR).mean()).collect(),
    }
    rounds = 5 if rows <= 10_000_000 else 3
    return {"detik": in_turns(works, rounds), "baris": rows}


def peak_case(folder: Path, rows: int, units: int) -> dict[str, Any]:
    """Peak resident memory of the whole process that scores the files."""
    import resource

    import skm

    paths = parquet(folder, rows, units)
    per = skm.score_by(str(paths[0].parent / "*.parquet"), "unit", u8="sarana")
    return {"puncak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "kelompok": len(per)}


def small_case() -> dict[str, Any]:
    """341 rows, one office."""
    import pandas as pd

    import skm

    columns = answers(341, 4, seed=2)
    frame = pd.DataFrame({u: columns[u].astype(np.int64).clip(1) for u in UNSUR})
    fifty: dict[str, Work] = {
        "skm.score": lambda: [skm.score(frame, u8="sarana") for _ in range(50)],
        "pandas mean": lambda: [frame.mean(axis=0) for _ in range(50)],
    }
    return {"detik": {name: (clock / 50, processor / 50) for name, (clock, processor) in in_turns(fifty).items()}}


def main() -> None:
    """Run the case that the arguments name and print its numbers as JSON."""
    name, folder, *numbers = sys.argv[1:]
    rows, units = (int(n) for n in numbers) if numbers else (0, 0)
    cases: dict[str, Work] = {
        "memori": lambda: memory_case(rows, units, pola=True),
        "unit": lambda: memory_case(rows, units, pola=False),
        "parquet": lambda: parquet_case(Path(folder), rows, units),
        "puncak": lambda: peak_case(Path(folder), rows, units),
        "tambahan": lambda: extra_case(Path(folder), rows, units),
        "kecil": small_case,
    }
    print(json.dumps(cases[name]()))


if __name__ == "__main__":
    main()
