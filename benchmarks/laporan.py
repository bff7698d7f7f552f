"""How long a report set takes: docx, html, xlsx, charts and json, without the page numbers of LibreOffice.

Each number of respondents in a process of its own, from answers that are read already: `skm.report.compile` and
`skm.report.write_report`; wall time, median, and the most memory that the process had. Run:
``python benchmarks/laporan.py [--ulang 3]``. Exit code 1 where 341 rows take more than 3 s, 22,300 rows more than 1.5
times that, or either more than 200 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import skm

ROWS = (341, 22_300)
SECONDS, TIMES, MEGABYTES = 3.0, 1.5, 200


def main() -> int:
    """Measure both sizes, each in processes of its own, and print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--satu", type=int, help="only so many rows, once, in this process")
    args = parser.parse_args()
    if args.satu is not None:
        took, memory = once(args.satu)
        print(took, memory)
        return 0
    found = {}
    for rows in ROWS:
        command = [sys.executable, __file__, "--satu", str(rows)]
        runs = [
            tuple(map(float, subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()))
            for _ in range(args.ulang)
        ]
        found[rows] = statistics.median(took for took, _ in runs), max(memory for _, memory in runs)
        print(f"{rows:7,} rows   {found[rows][0]:6.2f} s   {found[rows][1]:4.0f} MB")
    small, large = (found[rows][0] for rows in ROWS)
    print(f"ratio          {large / small:6.2f}     (limits: {SECONDS:g} s, {TIMES:g} times, {MEGABYTES} MB)")
    heavy = max(memory for _, memory in found.values()) > MEGABYTES
    return int(small > SECONDS or large / small > TIMES or heavy)


def once(rows: int) -> tuple[float, float]:
    """Return seconds and megabytes of one report set."""
    chance = random.Random(1)
    survey = skm.read([person(chance, number) for number in range(1, rows + 1)], u8="sarana")
    facts = {"unit": "Kecamatan Contoh", "periode": "2026-S1"}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        material = skm.report.compile(survey, fakta=facts, population=3 * rows)
        skm.report.write_report(material, Path(folder) / "laporan", nomor_halaman=False)
        took = time.perf_counter() - start
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def person(chance: random.Random, number: int) -> dict[str, object]:
    """Return a made-up respondent."""
    return {
        "No": number,
        "Jenis Kelamin": chance.choice(("Laki-laki", "Perempuan")),
        "Usia": chance.randint(17, 75),
        "Pendidikan": chance.choice(("SD", "SMP", "SMA", "S1", "S2")),
        "Pekerjaan": chance.choice(("PNS", "Swasta", "Wiraswasta", "Pelajar", "Petani")),
        "Jenis Layanan": chance.choice(("KTP", "KK", "Akta Kelahiran", "Surat Pindah")),
        **{f"U{unsur}": chance.choice((2, 3, 3, 3, 4, 4, 4, None)) for unsur in range(1, 10)},
    }


if __name__ == "__main__":
    sys.exit(main())
