"""How long ``skm hitung`` takes on a workbook of 341 rows beside ``import pandas`` and ``pandas.read_excel``.

Both as processes of their own, in turn, bytecode cached; processor time of the children, median. Run:
``python benchmarks/hitung.py [--ulang 15] [--batas 0.45]``. Exit code 1 where the ratio is above the limit.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from baca import write


def main() -> int:
    """Write the workbook, measure both, print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ulang", type=int, default=15)
    parser.add_argument("--batas", type=float, default=0.45)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jawaban.xlsx"
        write(path, 341)
        pandas = [sys.executable, "-c", f"import pandas; pandas.read_excel({str(path)!r})"]
        code = "from skm.cli import run; run()"
        ours = [sys.executable, "-c", code, "hitung", str(path), "--u8", "sarana", "--keputusan", "tidak"]
        alone, counted = [], []
        for turn in range(args.ulang + 1):
            a, b = seconds(pandas, folder), seconds(ours, folder)
            if turn:  # the first writes the bytecode
                alone.append(a)
                counted.append(b)
    a, b = statistics.median(alone), statistics.median(counted)
    print(f"import pandas + read_excel  {a:7.3f} s   (median of {args.ulang}; {min(alone):.3f} - {max(alone):.3f})")
    print(f"skm hitung                  {b:7.3f} s   ({min(counted):.3f} - {max(counted):.3f})")
    print(f"ratio                       {b / a:7.2f}     (limit {args.batas:g})")
    return int(b / a > args.batas)


def seconds(command: list[str], cache: str) -> float:
    """Return the processor time of a child."""
    without = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    places = os.pathsep.join(place for place in sys.path[1:] if place)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**without, "PYTHONPYCACHEPREFIX": cache, "PYTHONPATH": places},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
