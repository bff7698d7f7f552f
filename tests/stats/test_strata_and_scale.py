"""An estimate of everybody rests on somebody in every stratum, and no interval of an index leaves its scale."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import skm.stats
from skm.errors import DataError

U = [f"u{j}" for j in range(1, 10)]


def survey(*groups: tuple[str, int, object], seed: int = 7) -> pd.DataFrame:
    """Return respondents of units: name, how many, what all of them answer (None: nothing; "acak": anything)."""
    draw = np.random.default_rng(seed)
    rows, unit = [], []
    for name, n, answer in groups:
        drawn = draw.choice([1, 2, 3, 4], (n, 9), p=(0.02, 0.08, 0.3, 0.6)).astype(float)
        rows.append(drawn if answer == "acak" else np.full((n, 9), np.nan if answer is None else answer))
        unit += [name] * n
    return pd.DataFrame(np.vstack(rows), columns=U).assign(unit=unit)


@pytest.mark.parametrize("call", ["mean_interval", "rank_unsur", "share_test"])
def test_a_stratum_of_blank_answers_stands_for_nobody(call: str) -> None:
    data = survey(("A", 5, None), ("B", 25, "acak"))
    data["sex"] = ["L", "P"] * 15
    more = {"by": "sex", "unsur": "biaya"} if call == "share_test" else {}
    with pytest.raises(DataError, match="strata-tanpa-responden"):
        getattr(skm.stats, call)(data, strata="unit", population={"A": 500, "B": 50}, **more)


def test_units_judged_one_by_one_may_be_blank() -> None:
    data = survey(("A", 5, None), ("B", 25, "acak"))
    by = skm.stats.mean_interval(data, by="unit", population={"A": 500, "B": 50})
    assert np.isnan(by["A"].ikm.estimate)
    assert by["B"].ikm.interval.low < by["B"].ikm.interval.high


def test_an_unsur_blank_in_one_stratum_is_told() -> None:
    data = survey(("A", 5, "acak"), ("B", 25, "acak"))
    sizes = {"A": 500, "B": 50}

    def told(frame: pd.DataFrame) -> list[object]:
        found = skm.stats.mean_interval(frame, strata="unit", population=sizes).catatan
        return [f.bukti["unsur"] for f in found if f.kode == "unsur-strata-kosong"]

    assert told(data) == []
    data.loc[data.unit == "A", "u3"] = np.nan
    assert told(data) == [["waktu"]]
    data["u3"] = np.nan  # of nobody: that is another note
    assert told(data) == []


@pytest.mark.parametrize("crowd", [4, 1])
def test_small_units_stay_on_the_scale(crowd: int) -> None:
    other = 5 - crowd
    data = survey(("A", 3, crowd), ("B", 4, crowd), ("C", 6, crowd), ("D", 8, "acak"), ("E", 5, other))
    data.loc[[0, 4, 9], "u1"] = 3 if crowd == 4 else 2
    made = skm.stats.shrink_units(data, "unit")
    assert all(25 <= u.interval.low < u.interval.high <= 100 for u in made.units)
    assert any(f.kode == "kecil-ujung-skala" for f in made.catatan)
    # Of bare figures the scale is not known: as metafor gives them.
    bare = skm.stats.shrink_units({"A": (99, 2.0, 5), "B": (98, 2.0, 5), "C": (80, 3.0, 9), "D": (70, 3.0, 9)})
    assert max(u.interval.high for u in bare.units) > 100


def test_groups_of_one_figure_have_no_lowest() -> None:
    said = skm.stats.mean_interval(survey(("A", 6, 4), ("B", 9, 4)), by="unit").kalimat()
    assert said == "Menurut unit, IKM taksiran 2 kelompok yang punya interval sama besar: 100,00."
