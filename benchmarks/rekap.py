"""How long the collecting of 400 units takes beside reading their workbooks with python-calamine alone.

400 workbooks of 400 respondents each; `skm.report.collect` on two processes, python-calamine in one; wall time, in
turn, median. With ``--laporan`` also how long the compilation of the units takes, with and without the page numbers of
LibreOffice. Run: ``python benchmarks/rekap.py [--unit 400] [--responden 400] [--ulang 5] [--batas 3] [--laporan]``.
Exit code 1 where the ratio is above the limit, or the memory of one process above 1 GB.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

import skm

UNSUR = (
    *("Persyaratan", "Sistem, mekanisme dan prosedur", "Waktu penyelesaian", "Biaya/tarif"),
    *("Produk spesifikasi jenis pelayanan", "Kompetensi pelaksana", "Perilaku pelaksana"),
    *("Penanganan pengaduan, saran dan masukan", "Sarana dan prasarana"),
)
HEAD = ("No", "Jenis Kelamin", "Pendidikan", "Pekerjaan", *(f"U{i} {name}" for i, name in enumerate(UNSUR, 1)))


def main() -> int:
    """Write the workbooks, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--unit", type=int, default=400)
    parser.add_argument("--responden", type=int, default=400)
    parser.add_argument("--proses", type=int, default=2)
    parser.add_argument("--ulang", type=int, default=5)
    parser.add_argument("--batas", type=float, default=3.0)
    parser.add_argument("--laporan", action="store_true", help="also write the compilation")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), args.unit, args.responden)
        told: list[int] = []

        def ours() -> skm.report.recap:
            return skm.report.collect(
                folder, method="pooled", processes=args.proses, maju=lambda done, every, name: told.append(done)
            )

        recap = ours()  # modules are loaded once, and files lie in the page cache
        alone, collected = [], []
        for _ in range(args.ulang):
            alone.append(seconds(lambda: [calamine(path) for path in files]))
            collected.append(seconds(ours))
        a, b = statistics.median(alone), statistics.median(collected)
        own, children = (
            resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"{len(recap)} rows, progress told {len(told)} times")
        print(f"python-calamine alone  {a:8.3f} s   (median of {args.ulang}; {min(alone):.3f} - {max(alone):.3f})")
        print(
            f"skm.report.collect     {b:8.3f} s   ({min(collected):.3f} - {max(collected):.3f}; {args.proses} processes)"
        )
        print(f"ratio                  {b / a:8.2f}     (limit {args.batas:g})")
        print(f"memory                 {own:8.0f} MB  and {children:.0f} MB in the largest child")
        if args.laporan:
            for pages in (False, True):
                target = Path(folder) / f"kompilasi-{pages}"
                took = seconds(
                    lambda to=target, numbered=pages: skm.report.write_compilation(recap, to, nomor_halaman=numbered)
                )
                print(f"compilation            {took:8.2f} s   (limit 20; page numbers: {'yes' if pages else 'no'})")
    return int(b / a > args.batas or max(own, children) > 1000)


def calamine(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def write(folder: Path, units: int, respondents: int) -> list[Path]:
    chance = random.Random(1)
    files = []
    for unit in range(1, units + 1):
        files.append(folder / f"Unit {unit:03d}.xlsx")
        book = xlsxwriter.Workbook(str(files[-1]))
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEAD)
        best = chance.randint(3, 4)
        for row in range(1, respondents + 1):
            person = [row, chance.choice(("Laki-laki", "Perempuan")), chance.choice(("SD", "SMP", "SMA", "S1"))]
            person.append(chance.choice(("PNS", "Swasta", "Wiraswasta", "Pelajar", "Lainnya")))
            sheet.write_row(
                row, 0, [*person, *(min(4, max(1, best + chance.choice((-2, -1, 0, 0, 0, 1)))) for _ in UNSUR)]
            )
        book.close()
    return files


if __name__ == "__main__":
    sys.exit(main())
