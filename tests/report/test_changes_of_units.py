"""Whether a unit of a compilation went up or down is judged by the test that the package has, small units included."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import skm
from skm import regulasi
from skm.report import collect, write_recap
from skm.report.compilation.analysis import changes
from skm.report.compilation.recap import Recap, RecapRow

U = [f"u{j}" for j in range(1, 10)]
RULES = regulasi.load()


def row(name: str, before: Any, now: Any) -> RecapRow:
    """Return a unit of which the indices of its respondents are given, in both periods."""

    def known(y: Any) -> tuple[Decimal, float, float, int]:
        return Decimal(f"{y.mean():.2f}"), float(y.var(ddof=1) / len(y)), len(y) - 1.0, len(y)

    ikm, variance, df, n = known(now)
    old = known(before)
    return RecapRow(
        name, "", None, n, ikm=ikm, regulasi=RULES, ragam=variance, df=df,
        lalu=old[0], lalu_ragam=old[1], lalu_df=old[2], lalu_n=old[3],
    )  # fmt: skip


POPULATIONS = {
    "straight answers": lambda r, n: r.choice([100.0, 75.0, 50.0], n, p=[0.55, 0.4, 0.05]),
    "nearly all full": lambda r, n: np.where(r.random(n) < 0.8, 100.0, np.where(r.random(n) < 0.5, 75.0, 88.89)),
    "mixed": lambda r, n: np.clip(r.normal(80, 12, n), 25, 100),
}


@pytest.mark.parametrize("population", POPULATIONS)
@pytest.mark.parametrize("sizes", [(3, 3), (5, 40), (40, 5), (10, 10)], ids=str)
def test_small_units_are_not_said_to_have_changed(population: str, sizes: tuple[int, int]) -> None:
    """Of 20 units of which none changed, in at most one compilation of ten is any said to have (5 % and chance)."""
    draw, r = POPULATIONS[population], np.random.default_rng(11)
    wrong = 0
    for _ in range(60):
        units = tuple(row(f"Unit {k}", draw(r, sizes[0]), draw(r, sizes[1])) for k in range(20))
        wrong += any(c.arti in ("naik", "turun") for c in changes(Recap(units, (), ())))
    assert wrong <= 6


def test_a_change_that_is_one_is_found_and_units_of_one_answer_are_not_judged() -> None:
    r = np.random.default_rng(3)
    units = (
        row("naik", np.clip(r.normal(75, 12, 80), 25, 100), np.clip(r.normal(88, 12, 80), 25, 100)),
        row("sama", np.full(6, 100.0), np.full(5, 100.0)),
        row("kecil", np.full(3, 100.0), np.clip(r.normal(93, 10, 60), 25, 100)),
    )
    assert [c.arti for c in changes(Recap(units, (), ()))] == ["naik", "tak-diketahui", "kebetulan"]


def test_the_test_is_that_of_the_package(tmp_path: Path) -> None:
    """From files, through a stored recap: p of every unit as `skm.stats.changes` has it."""
    r = np.random.default_rng(5)
    frames = {}
    for period in ("lalu", "kini"):
        (tmp_path / period).mkdir()
        parts = []
        for k, n in enumerate((4, 12, 30, 45)):
            shift = 0.25 if period == "kini" and k == 3 else 0.0
            answers = r.choice([2, 3, 4], (n, 9), p=[0.2 - shift / 2, 0.4 - shift / 2, 0.4 + shift])
            part = pd.DataFrame(answers, columns=U)
            part.to_csv(tmp_path / period / f"Unit {'ABCD'[k]}.csv", index=False, sep=";")
            parts.append(part.assign(unit=f"Unit {'ABCD'[k]}"))
        frames[period] = pd.concat(parts, ignore_index=True)
    right = {u.label: u.p_holm for u in skm.stats.changes(frames["lalu"], frames["kini"], "unit").units}
    stored = write_recap(collect(tmp_path / "lalu"), tmp_path / "lalu.json")
    for previous in (tmp_path / "lalu", stored):
        made = {c.baris.unit: c.p for c in changes(collect(tmp_path / "kini", previous=previous))}
        assert made == pytest.approx(right, rel=0.02, abs=1e-6)  # printed indices have two decimals
