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


def replicated(data: pd.DataFrame) -> skm.stats.MeanInterval:
    """Return the interval by leaving one out at a time."""
    n = len(data)
    left_out = [[0 if i == j else n / (n - 1) for i in range(n)] for j in range(n)]
    return skm.stats.replicate_interval(data, [1.0] * n, left_out)


def test_replicates_agree_with_the_design_and_know_their_grade() -> None:
    data = survey(("A", 40, "acak"))
    made, plain = replicated(data), skm.stats.mean_interval(data)
    assert made.ikm.se == pytest.approx(plain.ikm.se)  # without blanks leaving one out is linear
    assert made.mutu is not None
    assert plain.mutu is not None
    assert (made.mutu.low, made.mutu.estimate, made.mutu.high) == (plain.mutu.low, plain.mutu.estimate, plain.mutu.high)
    assert {f.kode for f in made.catatan} >= {"interval-replikasi", "sampel-tidak-disebut"}


@pytest.mark.parametrize("answered", [0, 1, 2, 5])
def test_replicates_without_answers_to_an_unsur_are_no_zeros(answered: int) -> None:
    """A replicate in which nobody answered an unsur has no mean of it, and its index is another index."""
    data = survey(("A", 12, "acak"))
    data.loc[answered:, "u4"] = np.nan
    made = replicated(data)
    one, whole = made.unsur["biaya"], made.ikm
    assert whole.estimate == pytest.approx(skm.stats.mean_interval(data).ikm.estimate)
    if answered == 0:
        assert np.isnan(one.estimate)
        assert "unsur-kosong" in {f.kode for f in made.catatan}
        assert 0 < whole.se < 10  # left out of the index everywhere
    elif answered == 1:
        assert (one.alasan, np.isnan(one.se)) == ("satu-jawaban", True)
        assert (whole.alasan, np.isnan(whole.se)) == ("replikasi-kosong", True)
        assert "himpunan bobot replikasi" in made.kalimat()
    else:
        assert whole.alasan == ""
        assert 0 < whole.se < 10


def test_a_set_of_weights_that_drops_an_unsur_gives_it_no_error() -> None:
    data = survey(("A", 6, "acak"))
    data.loc[[0, 1, 2, 3], "u4"] = np.nan
    sets = [[1, 1, 1, 1, 0, 0], [1, 0, 1, 1, 1, 1], [1, 1, 1, 0, 1, 2]]
    made = skm.stats.replicate_interval(data, [1] * 6, sets, kind="bootstrap")
    assert (made.unsur["biaya"].alasan, made.ikm.alasan) == ("replikasi-kosong", "replikasi-kosong")
    assert made.unsur["waktu"].alasan == ""


MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember"]  # fmt: skip
TIMES = {
    "numbers": list(range(1, 13)),
    "a year and more": list(range(1, 25)),
    "names": MONTHS,
    "short names": [m[:3] for m in MONTHS],
    "two digits": [f"{m:02d}" for m in range(1, 13)],
    "year and month": [202501 + m for m in range(12)],
    "weeks": [f"Minggu ke-{w}" for w in range(1, 15)],
}


@pytest.mark.parametrize("head", ["bulan", "Bulan"])
@pytest.mark.parametrize("kind", TIMES)
def test_a_column_of_months_that_are_no_dates_is_a_column_of_months(kind: str, head: str) -> None:
    labels = TIMES[kind]
    data = survey(("A", 12 * len(labels), "acak")).assign(**{head: np.repeat(labels, 12)})
    chart = skm.stats.control_chart(data, by="bulan", limit=3)
    assert [p.label for p in chart.points] == labels
    assert [p.n for p in chart.points] == [12] * len(labels)
    assert skm.score_by(data, "bulan").hitungan.label == tuple((label,) for label in sorted(labels))


def test_dates_below_the_same_head_are_dates() -> None:
    days = [f"{m:02d}/2025" if m > 12 else f"2025-{m:02d}-17" for m in range(1, 13)]
    data = survey(("A", 144, "acak")).assign(Bulan=np.repeat(days, 12))
    assert [p.label for p in skm.stats.control_chart(data, limit=3).points] == [f"2025-{m:02d}" for m in range(1, 13)]
    # Numbers below that head leave the date to another column.
    visited = data.rename(columns={"Bulan": "Tanggal Kunjungan"}).assign(Bulan=np.repeat(range(1, 13), 12))
    assert skm.read(visited).period("2025-S1").n == 72
