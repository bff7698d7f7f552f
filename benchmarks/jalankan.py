"""Run all benchmarks and print a Markdown table of ratios.

Usage: ``python benchmarks/jalankan.py [--folder DIR] [--tulis] [--cepat]``

``--folder`` holds the Parquet files (a gigabyte, made once); ``--tulis`` writes ``benchmarks/hasil.md``; ``--cepat``
takes a hundredth of the rows, to see that everything runs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
COUNTS = json.dumps({"jumlah": {unsur: [3, 14, 118, 206] for unsur in _UNSUR}})


def case(folder: Path, name: str, *numbers: int) -> dict[str, Any]:
    """Run one case in a process of its own."""
    print(f"... {name} {' '.join(f'{n:,}' for n in numbers)}", file=sys.stderr)
    command = [sys.executable, str(HERE / "kasus.py"), name, str(folder), *map(str, numbers)]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment())
    return dict(json.loads(out.stdout.splitlines()[-1]))


def environment() -> dict[str, str]:
    """Return the environment in which this checkout is what `import skm` means."""
    path = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path}


def starts() -> dict[str, tuple[float, float]]:
    """Return the median seconds of starting, in turns; the bare interpreter is taken off."""
    commands = {
        "kosong": ["-c", "pass"],
        "import numpy": ["-c", "import numpy"],
        "import skm": ["-c", "import skm"],
        "skm hitung - --json": ["-m", "skm", "hitung", "-", "--json"],
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(12):
        for name, command in commands.items():
            start, spent = time.perf_counter(), _children()
            subprocess.run(
                [sys.executable, *command], check=True, capture_output=True, text=True, input=COUNTS, env=environment()
            )
            if number:
                times[name].append((time.perf_counter() - start, _children() - spent))
    medians = {
        name: [statistics.median(values) for values in zip(*pairs, strict=True)] for name, pairs in times.items()
    }
    bare = medians.pop("kosong")
    return {name: (clock - bare[0], processor - bare[1]) for name, (clock, processor) in medians.items()}


def _children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


Row = tuple[str, str, float, float | None, str]


def rows_of(folder: Path, scale: int) -> list[Row]:
    """Run everything; return what was measured, against what, the ratio, and the goal."""
    out: list[Row] = []

    def add(what: str, seconds: dict[str, tuple[float, float]], ours: str, theirs: str, goal: str = "") -> None:
        clock, processor = (a / b for a, b in zip(seconds[ours], seconds[theirs], strict=True))
        out.append((f"{what}: {ours}", theirs, clock, processor, goal))

    ten = case(folder, "memori", 10_000_000 // scale, 50)
    what, t = "10 juta x 9 x 50 kelompok", ten["detik"]
    for source in ("skm dari Polars", "skm dari pandas", "skm dari Arrow"):
        add(what, t, source, "Polars mean", "<= 1,5")
        add(what, t, source, "pandas mean", "< 1")
    add(what, t, "skm dari Polars", "DuckDB avg")
    add(what, t, "skm dari Polars", "lantai")
    add(what, t, "Polars mean", "lantai")
    add(what, t, "Pola dari Polars", "Polars kerja sama", "<= 0,7")
    add(what, t, "Pola dari pandas", "Polars kerja sama", "<= 0,7")
    add(what, t, "Pola dari pandas", "pandas kerja sama", "<= 0,1")
    for name, share in case(folder, "tambahan", 10_000_000 // scale, 50).items():
        out.append(
            (f"{what}: memori tambahan {name}", "datanya", share, None, "< 0,5" if name.startswith("Pola") else "")
        )
    many = case(folder, "unit", 20_000_000 // scale, 50_000 // scale)["detik"]
    what = "20 juta x 50.000 unit"
    for source in ("skm dari Polars", "skm dari pandas"):
        add(what, many, source, "Polars mean", "<= 1,5")
        add(what, many, source, "pandas mean", "< 1")
    per_row = {}
    for rows in (1_000_000, 10_000_000, 100_000_000):
        own = case(folder, "parquet", rows // scale, 50)["detik"]
        per_row[rows] = own["skm"][0] / rows
        add(f"Parquet {rows // 1_000_000} juta", own, "skm", "DuckDB avg", "<= 2")
        add(f"Parquet {rows // 1_000_000} juta", own, "skm", "Polars scan mean")
    for rows in (10_000_000, 100_000_000):
        ratio = per_row[rows] / per_row[1_000_000]
        out.append((f"Parquet: waktu per baris pada {rows // 1_000_000} juta", "pada 1 juta", ratio, None, "0,8-1,2"))
    for units in (50, 50_000):
        peak = case(folder, "puncak", 100_000_000 // scale, units // (scale if units > 50 else 1))["puncak"]
        out.append((f"Parquet 100 juta x {units} unit: puncak memori proses", "2 GB", peak / 2e9, None, "< 1"))
    small = case(folder, "kecil")["detik"]
    out.append(("341 baris: skm.score", "1 ms", small["skm.score"][0] / 1e-3, small["skm.score"][1] / 1e-3, "< 1"))
    add("341 baris", small, "skm.score", "pandas mean")
    own = starts()
    add("mulai", own, "import skm", "import numpy", "<= 1,5")
    add("mulai", own, "skm hitung - --json", "import numpy", "< 2")
    return out


def table(rows: list[Row]) -> str:
    """Return the Markdown table, with the machine and the versions below it."""
    lines = ["| apa | dibanding | nisbah | prosesor | sasaran |", "| --- | --- | ---: | ---: | --- |"]
    for what, against, ratio, processor, goal in rows:
        lines.append(f"| {what} | {against} | {_number(ratio)} | {_number(processor)} | {goal} |")
    packages = ("numpy", "pandas", "polars", "duckdb", "pyarrow")
    names = ", ".join(f"{p} {version(p)}" for p in packages)
    machine = f"{_processor()}, {os.cpu_count()} inti, {platform.system()}"
    lines += ["", f"{machine}; Python {platform.python_version()}, {names}."]
    return "\n".join(lines)


def _number(ratio: float | None) -> str:
    if ratio is None:
        return ""
    text = f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
    return text.replace(".", ",")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


_INTRO = """# Kecepatan

Dibuat oleh `python benchmarks/jalankan.py --tulis`. Nisbah: di bawah 1 berarti lebih cepat (atau lebih hemat) daripada
pembandingnya; kolom pertama menurut jam, kolom kedua menurut waktu prosesor, yang tidak terganggu pekerjaan lain pada
mesin yang sama. Median dari lima putaran hangat (tiga pada 100 juta baris), bergiliran dalam satu proses. `skm`
menghitung angka resmi yang tepat, mutu, dan frekuensi; pembandingnya hanya rata-rata sembilan kolom per kelompok.
"Kerja sama" = cacah tingkat, jumlah, dan hasil kali silang 9 x 9 per kelompok. "Lantai" = membaca bita yang sama satu
kali. pandas memegang jawaban sebagai float32 dengan NaN, Polars dan Arrow sebagai int8 dengan null.

"""


def main() -> None:
    """Parse the arguments, run, print and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "skm-benchmarks")
    parser.add_argument("--tulis", action="store_true")
    parser.add_argument("--cepat", action="store_true")
    args = parser.parse_args()
    text = table(rows_of(args.folder, 100 if args.cepat else 1))
    print(text)
    if args.tulis:
        (HERE / "hasil.md").write_text(_INTRO + text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
