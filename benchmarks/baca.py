"""How long reading and scoring take beside python-calamine alone: 100,000 rows x 20 columns, median of several runs.

Processor time, both in turn in one process. Run: ``python benchmarks/baca.py [--baris 100000] [--ulang 5]
[--batas 1.8]``; for a small workbook ``--baris 341 --batas 5``. Exit code 1 where the ratio is above the limit.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

import skm

HEAD = [
    *("No", "Tanggal Survei", "Jenis Kelamin", "Usia", "Pendidikan", "Pekerjaan", "Jenis Layanan"),
    *("Unit", "Catatan", "Loket", "Saran"),
]


def main() -> int:
    """Write the workbook, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--baris", type=int, default=100_000)
    parser.add_argument("--ulang", type=int, default=5)
    parser.add_argument("--batas", type=float, default=1.8)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jawaban.xlsx"
        write(path, args.baris)
        alone, ours = [], []
        skm.score(skm.read(path))  # modules and tables of words are loaded once
        for _ in range(args.ulang):  # in turn, so that both see the same load of the machine
            alone.append(seconds(lambda: calamine(path)))
            ours.append(seconds(lambda: skm.score(skm.read(path))))
        survei = skm.read(path)
        print(f"{survei!r}")
        scoring = statistics.median(seconds(lambda: skm.score(survei)) for _ in range(args.ulang))
    a, b = statistics.median(alone), statistics.median(ours)
    print(f"python-calamine alone  {a:8.4f} s   (median of {args.ulang}; {min(alone):.4f} - {max(alone):.4f})")
    print(f"skm.score(skm.read)    {b:8.4f} s   (median of {args.ulang}; {min(ours):.4f} - {max(ours):.4f})")
    print(f"ratio                  {b / a:8.2f}     (limit {args.batas:g})")
    print(f"skm.score alone        {scoring:8.4f} s")
    return int(b / a > args.batas)


def calamine(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def write(path: Path, rows: int) -> None:
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, [*HEAD, *(f"U{i}" for i in range(1, 10))])
    for row in range(1, rows + 1):
        day = f"{1 + row % 28:02d}/{1 + row % 12:02d}/2026"
        person = [row, day, "LP"[row % 2], 17 + row % 60, "SMA", "Swasta", "KTP"]
        person += [f"Unit {row % 40}", "", row % 9, f"saran {row % 1000}"]
        sheet.write_row(row, 0, [*person, *(chance.randint(1, 4) for _ in range(9))])
    book.close()


if __name__ == "__main__":
    sys.exit(main())
