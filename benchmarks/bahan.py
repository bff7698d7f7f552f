"""Made-up answers for the benchmarks: one latent satisfaction per respondent, nine questions, one percent blanks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

UNSUR = [f"u{i}" for i in range(1, 10)]
BLANKS = 0.01


def answers(rows: int, units: int, seed: int) -> dict[str, Any]:
    """Return int8 columns with 0 for a blank, and the unit of every respondent."""
    rng = np.random.default_rng(seed)
    latent = rng.standard_normal(rows, dtype=np.float32)
    out = {}
    for name in UNSUR:
        noise = rng.standard_normal(rows, dtype=np.float32)
        level = np.clip(np.rint(np.float32(3.2) + np.float32(0.5) * (latent + noise)), 1, 4).astype(np.int8)
        level[rng.random(rows, dtype=np.float32) < BLANKS] = 0
        out[name] = level
    out["unit"] = rng.integers(0, units, rows, dtype=np.int32)
    return out


def as_arrow(columns: dict[str, Any]) -> Any:
    """Return an Arrow table of int8 with nulls."""
    import pyarrow as pa

    arrays = [pa.array(columns[u], mask=columns[u] == 0) for u in UNSUR]
    return pa.table([*arrays, pa.array(columns["unit"])], names=[*UNSUR, "unit"])


def parquet(folder: Path, rows: int, units: int) -> list[Path]:
    """Return Parquet files that hold so many rows, five million each; made if they are not there."""
    import pyarrow.parquet as pq

    size = min(rows, 5_000_000)
    target = folder / f"{rows}-{units}"
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(rows // size):
        path = target / f"{number:03}.parquet"
        if not path.exists():
            half = path.with_suffix(".sebagian")
            pq.write_table(as_arrow(answers(size, units, seed=number)), half, row_group_size=1 << 20)
            half.replace(path)
        paths.append(path)
    return paths
