"""How long 200,000 long rows from JSON take, read and scored, beside `json.loads` and a pandas pivot.

Rows are ``{"id_responden": 17, "pertanyaan": "u4", "jawaban": 3}``; the peer makes the same wide table and the same
means. Processor time of this process, both in turn, median; once with respondents as numbers and once as codes. Run:
``python benchmarks/panjang.py [--baris 200000] [--ulang 7] [--batas 1]``. Exit code 1 where a ratio is above the limit.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import skm


def main() -> int:
    """Write the documents, measure both, print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--baris", type=int, default=200_000)
    parser.add_argument("--ulang", type=int, default=7)
    parser.add_argument("--batas", type=float, default=1.0)
    args = parser.parse_args()
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("angka", "kode"):
            path = Path(folder) / f"{kind}.json"
            write(path, args.baris, codes=kind == "kode")
            assert_equal(path)
            alone, ours = [], []
            for _ in range(args.ulang):
                alone.append(seconds(lambda path=path: peer(path)))
                ours.append(seconds(lambda path=path: skm.score(skm.read(path))))
            a, b = statistics.median(alone), statistics.median(ours)
            worst = max(worst, b / a)
            print(f"respondents as {kind}, {args.baris:,} rows, {path.stat().st_size / 1e6:.1f} MB")
            print(
                f"  json.loads + pivot     {a:8.4f} s   (median of {args.ulang}; {min(alone):.4f} - {max(alone):.4f})"
            )
            print(f"  skm.score(skm.read)    {b:8.4f} s   (median of {args.ulang}; {min(ours):.4f} - {max(ours):.4f})")
            print(f"  ratio                  {b / a:8.2f}     (limit {args.batas:g})")
    return int(worst > args.batas)


def peer(path: Path) -> pd.Series:
    rows = pd.DataFrame(json.loads(path.read_bytes()))
    return rows.pivot(index="id_responden", columns="pertanyaan", values="jawaban").mean()


def assert_equal(path: Path) -> None:
    """Stop where the two do not have the same means: then the times would not be of the same work."""
    theirs, ours = peer(path), skm.score(skm.read(path))
    means = [float(u.nrr_tepat) for u in ours.rows] if hasattr(ours, "rows") else []
    if means and sorted(round(m, 9) for m in means) != sorted(round(m, 9) for m in theirs.tolist()):
        raise SystemExit("different means")


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def write(path: Path, rows: int, *, codes: bool) -> None:
    chance = random.Random(1)
    found = []
    for place in range(rows):
        number = place // 9 + 1
        who = f"R-{number:06d}" if codes else number
        found.append({"id_responden": who, "pertanyaan": f"u{place % 9 + 1}", "jawaban": chance.randint(1, 4)})
    path.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
