"""How often do the statistics claim what is not so, and how often do they see what is? Tables by one command.

False alarms: both sides are drawn from one population, so that every "significant" is wrong; the aim is at most 5 of
100, and at most 7 in the smallest samples. Power: the second side is truly higher. Populations are made up: a share of
respondents who give the highest answer to everything, and others who spread.

    python benchmarks/alarm.py [--draws 1000] [--out benchmarks/alarm.md]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.counts.pola import Pola, collapse
from skm.regulasi import _kuesioner as kuesioner
from skm.sampling import plan_change
from skm.stats import _core as statistik

Levels = NDArray[np.int8]
Draw = Callable[[np.random.Generator, int], Levels]
BASE = kuesioner.load()
SEED = 20170514
PAGE = """# Alarm palsu dan daya

Dibuat oleh `benchmarks/alarm.py` ({draws} penarikan per baris, benih {seed}, {seconds} detik). Alarm palsu: kedua sisi
berasal dari satu populasi, jadi setiap "nyata" keliru; taraf 5 %. Galat simulasi kira-kira {error:.1f} angka persen.

## Alarm palsu: perubahan antara dua periode (%)

`difference` bawaan, dan uji Welch biasa (`variance="welch"`).

| populasi | n pertama | n kedua | bawaan | Welch |
| --- | --- | --- | --- | --- |
{changes}

## Alarm palsu: statistik lain (%)

| statistik | keadaan | alarm |
| --- | --- | --- |
{others}

## Daya: perubahan yang benar-benar ada terlihat (%)

| perubahan (angka IKM) | n per periode | rencana (`plan_change`) | simulasi |
| --- | --- | --- | --- |
{powers}
"""


def content(share: float) -> Draw:
    """A share gives the highest answer to everything, the others anything."""

    def draw(rng: np.random.Generator, n: int) -> Levels:
        happy = rng.random((n, 1)) < share
        return np.where(happy, 4, rng.integers(1, 5, (n, 9))).astype(np.int8)

    return draw


def straight(rng: np.random.Generator, n: int) -> Levels:
    """Everybody gives one answer to all questions: 60 % fours, 35 % threes, 5 % twos."""
    return np.repeat(rng.choice([4, 3, 2], (n, 1), p=[0.6, 0.35, 0.05]), 9, axis=1).astype(np.int8)


def spread(rng: np.random.Generator, n: int, lift: float = 0.0) -> Levels:
    """Answers around three that go together within respondents."""
    latent = rng.standard_normal((n, 1)) * 0.7 + rng.standard_normal((n, 9)) * 0.7 + lift
    return (1 + (latent > -1.8) + (latent > -0.9).astype(int) + (latent > 0.5)).astype(np.int8)


POPULATIONS: dict[str, Draw] = {
    "92 % puas penuh": content(0.92),
    "60 % puas penuh": content(0.6),
    "jawaban lurus": straight,
    "beragam": spread,
}


def pola(levels: Levels, labels: list[str] | None = None) -> Pola:
    """Return the patterns of a sample."""
    own = BASE.with_butir(BASE.butir[: levels.shape[1]])
    columns = [np.ascontiguousarray(c) for c in levels.T]
    if labels is None:
        return Pola(own, *collapse(columns, None, 4, 1))
    names = sorted(set(labels))
    groups = np.array([names.index(x) for x in labels])
    return Pola(own, *collapse(columns, groups, 4, len(names)), ("unit",), tuple((x,) for x in names))


def changes(draw: Draw, first: int, second: int, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return false alarms of `difference` by default and of Welch's test."""
    own = welch = 0
    for _ in range(draws):
        a, b = (statistik.mean_interval(pola(draw(rng, n))) for n in (first, second))
        own += statistik.difference(a, b).ikm.p < 0.05
        welch += statistik.difference(a, b, variance="welch").ikm.p < 0.05
    return 100 * own / draws, 100 * welch / draws


def others(draws: int, rng: np.random.Generator) -> list[tuple[str, str, float]]:
    """Return false alarms of the other statistics: any claim in a sample counts."""
    few = max(100, draws // 4)

    def rate(claim: Callable[[], bool], times: int) -> float:
        return 100 * sum(claim() for _ in range(times)) / times

    def independent(n: int, share: float) -> Levels:
        return np.where(rng.random((n, 4)) < share, 4, 3).astype(np.int8)

    def any_pair(n: int, share: float, method: Any) -> bool:
        found = statistik.association(pola(independent(n, share)), method=method).pairs
        return any(p.p_holm < 0.05 for p in found)

    def ordered(n: int, share: float) -> bool:
        labels = [f"{i % 3}" for i in range(n)]
        return statistik.ordered_trend(pola(independent(n, share), labels), "unit", ["0", "1", "2"]).p < 0.05

    def groups(sizes: tuple[int, ...], share: float) -> bool:
        labels = [f"{i}" for i, n in enumerate(sizes) for _ in range(n)]
        return statistik.compare_groups(pola(independent(sum(sizes), share), labels), "unit", draws=999).p < 0.05

    def alike(n: int) -> Levels:
        base = np.where(rng.random((n, 1)) < 0.5, 0.9, 0.4)
        return np.where(rng.random((n, 9)) < base, 4, 3).astype(np.int8)

    def lowest(n: int) -> bool:
        found = statistik.rank_unsur(pola(alike(n)), draws=99).unsur
        return any(u.rank_low > 1 or u.rank_high < 9 for u in found)

    def ranks(n: int) -> bool:
        found = statistik.rank_units(pola(straight(rng, 10 * n), [f"{i % 10}" for i in range(10 * n)]), "unit").units
        return any((u.rank_low or 1) > 1 or (u.rank_high or 10) < 10 for u in found)

    def units(n: int) -> bool:
        first, second = (
            statistik.mean_interval(pola(straight(rng, 12 * n), [f"{i % 12:02d}" for i in range(12 * n)]), by="unit")
            for _ in range(2)
        )
        return bool(statistik.unit_changes(first, second).changed)

    def months(method: Any) -> bool:
        size = rng.integers(20, 200, 24)
        periods = {}
        for i, n in enumerate(size):
            y = spread(rng, int(n)).mean(axis=1) * 25
            periods[i] = (float(y.mean()), float(y.std(ddof=1) / np.sqrt(n)), int(n))
        return statistik.control_chart(periods, method=method).first_signal is not None

    return [
        *(
            (
                f"hubungan {m}, 6 pasangan sekaligus",
                f"n = {n}, {100 * s:.0f} % menjawab 4",
                rate(lambda n=n, s=s, m=m: any_pair(n, s, m), few),
            )  # type: ignore[misc]
            for m, n, s in (
                ("spearman", 4, 0.5),
                ("kendall", 4, 0.5),
                ("spearman", 12, 0.7),
                ("spearman", 100, 0.95),
                ("kendall", 100, 0.5),
            )
        ),
        *(
            (
                "kecenderungan menurut urutan",
                f"n = {n}, {100 * s:.0f} % menjawab 4",
                rate(lambda n=n, s=s: ordered(n, s), few),
            )  # type: ignore[misc]
            for n, s in ((4, 0.5), (12, 0.7), (90, 0.95))
        ),
        *(
            (
                "perbandingan kelompok",
                f"n = {', '.join(map(str, sizes))}, {100 * s:.0f} % menjawab 4",
                rate(lambda z=sizes, s=s: groups(z, s), few),
            )  # type: ignore[misc]
            for sizes, s in (((3, 4, 5), 0.5), ((5, 50), 0.9), ((60, 60, 60), 0.97))
        ),
        *(
            ("unsur terendah (ada urutan yang diklaim)", f"n = {n}", rate(lambda n=n: lowest(n), few))
            for n in (5, 15, 40, 200)
        ),  # type: ignore[misc]
        *(("peringkat 10 unit", f"n = {n} per unit", rate(lambda n=n: ranks(n), few // 2)) for n in (5, 30)),  # type: ignore[misc]
        *(("perubahan 12 unit, Holm", f"n = {n} per unit", rate(lambda n=n: units(n), few // 2)) for n in (5, 30)),  # type: ignore[misc]
        *(
            (f"bagan kendali {m}, 24 bulan tanpa perubahan", "n = 20 sampai 200", rate(lambda m=m: months(m), few))
            for m in ("ewma", "shewhart")
        ),  # type: ignore[misc]
    ]


def powers(draws: int, rng: np.random.Generator) -> list[tuple[float, int, float, float]]:
    """Return change, n, planned and simulated power."""
    base, high = (spread(np.random.default_rng(1), 100_000, lift).mean(axis=1) * 25 for lift in (0.0, 0.25))
    change, sd = float(high.mean() - base.mean()), (float(base.std()), float(high.std()))
    rows = []
    for n in (30, 60, 120, 240):
        seen = 0
        for _ in range(draws // 2):
            a = statistik.mean_interval(pola(spread(rng, n)))
            b = statistik.mean_interval(pola(spread(rng, n, 0.25)))
            seen += statistik.difference(a, b).ikm.p < 0.05
        plan = plan_change(change, sd=sd[0], sd_second=sd[1], n=n).power
        rows.append((change, n, 100 * plan, 100 * seen / (draws // 2)))
    return rows


def main() -> None:
    """Draw, count, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=None)
    asked = parser.parse_args()
    rng = np.random.Generator(np.random.PCG64(SEED))
    start = time.perf_counter()
    lines = []
    for name, draw in POPULATIONS.items():
        for first, second in ((3, 40), (5, 50), (15, 15), (30, 300), (100, 1000)):
            own, welch = changes(draw, first, second, asked.draws, rng)
            lines.append(f"| {name} | {first} | {second} | {own:.1f} | {welch:.1f} |")
            print(lines[-1], flush=True)
    more = [f"| {name} | {case} | {rate:.1f} |" for name, case, rate in others(asked.draws, rng)]
    print("\n".join(more), flush=True)
    seen = [f"| {d:.1f} | {n} | {plan:.1f} | {got:.1f} |" for d, n, plan, got in powers(asked.draws, rng)]
    print("\n".join(seen), flush=True)
    if asked.out:
        page = PAGE.format(
            draws=asked.draws,
            seed=SEED,
            seconds=round(time.perf_counter() - start),
            error=100 * (0.05 * 0.95 / asked.draws) ** 0.5,
            changes="\n".join(lines),
            others="\n".join(more),
            powers="\n".join(seen),
        )
        asked.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
