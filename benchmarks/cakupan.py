"""Do 95 % intervals cover in 95 of 100 samples? Draws from a real finite population, and a table of the answer.

The population are the 2,404 respondents of a public service mall (``$SKM_SHARED/data/jepara-mpp-2021``): answers are
skewed (index 96), some are blank. Every draw goes through `skm.stats.mean_interval` as a user's data would. Beside
it stands what the interval would be if the answers of one respondent were taken for independent.

    python benchmarks/cakupan.py [--draws 10000] [--out benchmarks/cakupan.md]
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.counts.pola import Pola, collapse
from skm.regulasi import _kuesioner as kuesioner
from skm.stats._core import mean_interval, rank_units
from skm.stats._dist import t_quantile
from skm.stats._estimate import logit_bounds

Levels = NDArray[np.int8]
BASE = kuesioner.load()
SEED = 20170514
PAGE = """# Cakupan interval: berapa dari 100 sampel intervalnya memuat nilai sebenarnya

Dibuat oleh `benchmarks/cakupan.py` ({draws} penarikan per rancangan, benih {seed}, {seconds} detik). Populasi: {n}
responden nyata sebuah mal pelayanan publik yang jawabannya condong ke nilai tertinggi (IKM {ikm}); nilai sebenarnya
adalah IKM resmi populasi itu. Tingkat kepercayaan 95 %. Cakupan dan margin adalah milik `interval="t"`
(R); di sebelahnya interval bawaan (`interval="logit"`), dan interval yang salah, yang menjumlahkan ragam unsur
seolah-olah jawaban satu orang saling bebas.

| rancangan | n | cakupan t (%) | di bawah / di atas (%) | margin | cakupan bawaan, logit (%) | bila saling bebas (%) | margin |
| --- | --- | --- | --- | --- | --- | --- | --- |
{lines}

## Rentang peringkat

Semua rentang peringkat benar sekaligus, dalam {few} penarikan; lebar rentang sebagai bagian dari banyaknya unit.

| unit | banyak | responden per unit | semua benar (%) | lebar rata-rata (%) |
| --- | --- | --- | --- | --- |
{ranked}
"""


def population() -> tuple[Levels, list[str]]:
    """Return the answers (0 for a blank) and the level of education of everybody."""
    root = os.environ.get("SKM_SHARED")
    if not root:
        sys.exit("SKM_SHARED does not name the folder with the real inputs")
    with (Path(root) / "data" / "jepara-mpp-2021" / "respons_wide.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    code = {"a": 1, "b": 2, "c": 3, "d": 4}
    levels = np.array([[code.get(r[f"U{j}"].strip().lower(), 0) for j in range(1, 10)] for r in rows], np.int8)
    return levels, [r["pendidikan"] for r in rows]


def official(levels: Levels) -> float:
    """Return the index of a population, every unsur over those who answered it."""
    answered = levels > 0
    return float(25 * np.mean(levels.sum(axis=0) / answered.sum(axis=0)))


def reduce(levels: Levels, groups: NDArray[np.int64] | None = None, labels: tuple[Any, ...] = ()) -> Pola:
    """Return the patterns of a sample."""
    columns = [np.ascontiguousarray(column) for column in levels.T]
    if groups is None:
        return Pola(BASE, *collapse(columns, None, 4, 1))
    return Pola(BASE, *collapse(columns, groups, 4, len(labels)), ("strata",), tuple((label,) for label in labels))


@dataclass
class Tally:
    """Hits and widths over the draws of one design."""

    draws: int = 0
    hits: int = 0
    logit: int = 0
    naive: int = 0
    width: float = 0.0
    naive_width: float = 0.0
    low: int = 0
    high: int = 0

    def add(self, result: Any, truth: float) -> None:
        """Count one draw."""
        e = result.ikm
        self.draws += 1
        self.hits += e.interval.low <= truth <= e.interval.high
        self.low += truth < e.interval.low
        self.high += truth > e.interval.high
        self.width += e.margin
        half_t = e.margin
        # The naive standard error adds the variances of the unsur as if they were independent.
        se = 25 / 9 * math.sqrt(sum(u.se**2 for u in result.unsur.values()))
        half = t_quantile(0.975, e.df) * se
        low, high = logit_bounds(e.estimate, half_t, 25, 100)
        self.logit += low <= truth <= high
        self.naive += abs(e.estimate - truth) <= half
        self.naive_width += half

    def columns(self) -> list[str]:
        """Return the cells of the table."""
        share, mean = 100 / self.draws, 1 / self.draws
        return [
            f"{share * self.hits:.1f}",
            f"{share * self.low:.1f} / {share * self.high:.1f}",
            f"{mean * self.width:.2f}",
            f"{share * self.logit:.1f}",
            f"{share * self.naive:.1f}",
            f"{mean * self.naive_width:.2f}",
        ]


def simple(levels: Levels, n: int, draws: int, rng: np.random.Generator, blank: float = 0.0) -> Tally:
    """Simple random samples; ``blank`` of the answers are lost at random in every draw."""
    truth, tally = official(levels), Tally()
    size = len(levels)
    for _ in range(draws):
        sample = levels[rng.choice(size, n, replace=False)]
        if blank:
            sample = np.where(rng.random(sample.shape) < blank, 0, sample).astype(np.int8)
        tally.add(mean_interval(reduce(sample), population=size, interval="t"), truth)
    return tally


def stratified(
    levels: Levels,
    home: NDArray[np.int64],
    labels: tuple[str, ...],
    n: dict[str, int],
    draws: int,
    rng: np.random.Generator,
) -> Tally:
    """Simple random samples within strata, weighted by N_h / n_h."""
    truth, tally = official(levels), Tally()
    members = [np.flatnonzero(home == h) for h in range(len(labels))]
    sizes = {label: len(m) for label, m in zip(labels, members, strict=True)}
    for _ in range(draws):
        chosen = np.concatenate(
            [rng.choice(m, n[label], replace=False) for label, m in zip(labels, members, strict=True)]
        )
        pola = reduce(levels[chosen], home[chosen], labels)
        tally.add(mean_interval(pola, strata="strata", population=sizes, interval="t"), truth)
    return tally


def ranks(levels: Levels, units: int, n: int, draws: int, rng: np.random.Generator, equal: bool) -> tuple[float, float]:
    """Return how often all ranges of ranks hold the true ranks at once, and their mean width over all ranks."""
    parts = np.array_split(levels[np.argsort(levels.sum(axis=1), kind="stable")], 3)
    pools = []
    for u in range(units):
        share = (0.2, 0.2, 0.6) if equal else (0.9 - 0.8 * u / units, 0.3, 0.1 + 0.8 * u / units)
        pools.append(np.concatenate([p[: int(len(p) * s)] for p, s in zip(parts, share, strict=True)]))
    truth = np.array([official(p) for p in pools])
    labels = tuple(f"unit {u:02d}" for u in range(units))
    home = np.repeat(np.arange(units), n)
    # A true rank is a range where units are equal: any of the ranks they share.
    best = {label: 1 + int((truth > t + 1e-9).sum()) for label, t in zip(labels, truth, strict=True)}
    worst = {label: units - int((truth < t - 1e-9).sum()) for label, t in zip(labels, truth, strict=True)}
    hits, width = 0, 0.0
    for _ in range(draws):
        sample = np.concatenate([p[rng.choice(len(p), n, replace=True)] for p in pools])
        pola = reduce(sample, home, labels)
        found = rank_units(pola, "strata").units
        hits += all(u.rank_low <= best[u.label] and worst[u.label] <= u.rank_high for u in found)
        width += sum(u.rank_high - u.rank_low + 1 for u in found) / units**2
    return hits / draws, width / draws


def main() -> None:
    """Draw, count, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=None)
    asked = parser.parse_args()
    rng = np.random.Generator(np.random.PCG64(SEED))
    start = time.perf_counter()
    levels, education = population()
    levels, education = (
        levels[(levels > 0).any(axis=1)],
        [e for e, ok in zip(education, (levels > 0).any(axis=1), strict=True) if ok],
    )
    complete = levels[(levels > 0).all(axis=1)]
    named = [e or "lain" for e in education]
    common = sorted({e for e in named if named.count(e) >= 100})
    merged = np.array([common.index(e) if e in common else len(common) for e in named], np.int64)
    labels = (*common, "lain") if (merged == len(common)).any() else tuple(common)
    whole = len(levels)
    sizes = np.bincount(merged, minlength=len(labels))
    proportional = {label: max(2, round(300 * int(k) / whole)) for label, k in zip(labels, sizes, strict=True)}
    equal = {label: min(60, int(k)) for label, k in zip(labels, sizes, strict=True)}
    runs: list[tuple[str, int, Callable[[], Tally]]] = [
        *(
            (
                f"acak sederhana, tanpa jawaban kosong (N = {len(complete)})",
                n,
                lambda n=n: simple(complete, n, asked.draws, rng),
            )
            for n in (100, 200, 346)
        ),  # type: ignore[misc]
        *(
            (
                f"acak sederhana, jawaban kosong seperti aslinya (N = {whole})",
                n,
                lambda n=n: simple(levels, n, asked.draws, rng),
            )
            for n in (100, 200, 346)
        ),  # type: ignore[misc]
        ("acak sederhana, lalu 15 % jawaban hilang acak", 200, lambda: simple(levels, 200, asked.draws, rng, 0.15)),
        (
            f"berlapis menurut pendidikan ({len(labels)} strata), sebanding",
            sum(proportional.values()),
            lambda: stratified(levels, merged, labels, proportional, asked.draws, rng),
        ),
        (
            f"berlapis menurut pendidikan ({len(labels)} strata), sama banyak",
            sum(equal.values()),
            lambda: stratified(levels, merged, labels, equal, asked.draws, rng),
        ),
    ]
    lines = []
    for name, n, run in runs:
        lines.append(f"| {name} | {n} | " + " | ".join(run().columns()) + " |")
        print(lines[-1], flush=True)
    ranked = []
    few = max(200, asked.draws // 10)
    for name, units, n, same in (
        ("unit sama", 10, 50, True),
        ("unit berbeda", 10, 50, False),
        ("unit berbeda", 20, 100, False),
    ):
        hit, width = ranks(complete, units, n, few, rng, same)
        ranked.append(f"| {name} | {units} | {n} | {100 * hit:.1f} | {100 * width:.0f} |")
        print(ranked[-1], flush=True)
    page = PAGE.format(
        draws=asked.draws,
        seed=SEED,
        seconds=round(time.perf_counter() - start),
        n=whole,
        ikm=f"{official(levels):.2f}",
        lines="\n".join(lines),
        few=few,
        ranked="\n".join(ranked),
    )
    if asked.out:
        asked.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
