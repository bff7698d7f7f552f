"""How long reading takes beside python-calamine alone: 100,000 rows x 20 columns, median of several runs.

Run: ``python benchmarks/baca.py [--baris 100000] [--ulang 5] [--batas 4]``. Exit code 1 where the ratio is above the
limit.
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
    parser.add_argument("--batas", type=float, default=4.0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jawaban.xlsx"
        write(path, args.baris)
        alone, ours = [], []
        for _ in range(args.ulang):  # in turn, so that both see the same load of the machine
            alone.append(seconds(lambda: calamine(path)))
            ours.append(seconds(lambda: skm.read(path)))
        survei = skm.read(path)
        print(f"{survei!r}")
        scoring = seconds(lambda: skm.score(survei))
    a, b = statistics.median(alone), statistics.median(ours)
    print(f"python-calamine alone  {a:7.3f} s   (median of {args.ulang}; {min(alone):.3f} - {max(alone):.3f})")
    print(f"skm.read               {b:7.3f} s   (median of {args.ulang}; {min(ours):.3f} - {max(ours):.3f})")
    print(f"ratio                  {b / a:7.2f}     (limit {args.batas:g})")
    print(f"skm.score afterwards   {scoring:7.3f} s")
    return int(b / a > args.batas)


def calamine(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


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
