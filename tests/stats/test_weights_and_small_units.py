"""Weights by what they mean, calibration in the variance, small units, shares under a design."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.ref24 import pola

import skm
from skm.errors import DataError, OptionError
from skm.stats import _core as statistik


def survey(n=200, seed=1):
    """Answers that depend strongly on a group and on a number."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n):
        group = "a" if rng.random() < 0.5 else "b"
        age = int(rng.integers(20, 60))
        share = 0.9 if group == "a" else 0.2
        rows.append(
            {
                "g": group,
                "lama": age,
                "h": "xy"[i % 2],
                **{f"u{j}": 4 if rng.random() < share else 3 for j in range(1, 10)},
            }
        )
    return rows


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 80), st.sampled_from(["raking", "greg"]), st.integers(0, 50))
def test_calibrated_weights_meet_every_figure(share, method, seed):
    data = survey(60, seed)
    targets = {"g": {"a": 10 * share, "b": 1000 - 10 * share}, "h": {"x": 400, "y": 600}}
    if len({r["g"] for r in data}) < 2:
        return
    try:
        made = skm.stats.calibrate(data, targets, method=method)
    except DataError as error:  # the regression estimator can ask for less than nobody
        refused = error.code
        assume(not (method == "greg" and refused == "kalibrasi-negatif"))
        raise
    for key, goals in targets.items():
        for label, goal in goals.items():
            assert sum(w for w, r in zip(made.weights, data, strict=True) if r[key] == label) == pytest.approx(goal)
    assert (made.weights > 0).all()


def test_a_strong_auxiliary_narrows_the_interval():
    data, targets = survey(), {"g": {"a": 500, "b": 500}}
    made = skm.stats.calibrate(data, targets, method="pascastrata")
    plain = skm.stats.mean_interval(data)
    fixed = skm.stats.mean_interval(data, weights=list(made.weights))
    right = skm.stats.mean_interval(data, weights=made)
    assert right.ikm.estimate == pytest.approx(fixed.ikm.estimate)
    assert right.ikm.se < 0.6 * fixed.ikm.se
    assert right.ikm.se < plain.ikm.se
    assert "interval-kalibrasi" in {f.kode for f in right.catatan}


def test_the_interval_after_calibration_covers():
    """95 of 100 samples from a population whose groups are known: neither far below nor far above."""
    everybody = survey(3000, 5)
    known = {"g": {k: sum(r["g"] == k for r in everybody) for k in "ab"}}
    truth = float(np.mean([[r[f"u{j}"] for j in range(1, 10)] for r in everybody])) * 25
    rng, hits, draws = np.random.default_rng(2), 0, 120
    for _ in range(draws):
        sample = [everybody[i] for i in rng.choice(3000, 60, replace=False)]
        e = skm.stats.mean_interval(sample, weights=skm.stats.rake(sample, known)).ikm.interval
        hits += e.low <= truth <= e.high
    assert 0.9 <= hits / draws <= 0.99


def test_crossed_cells_numbers_and_bounds():
    data = survey()
    crossed = skm.stats.calibrate(
        data, {("g", "h"): {("a", "x"): 250, ("a", "y"): 250, ("b", "x"): 300, ("b", "y"): 200}}, method="pascastrata"
    )
    assert crossed.keys == ("g", "h")
    assert skm.stats.mean_interval(data, weights=crossed).ikm.se > 0
    numbers = skm.stats.calibrate(data, {"lama": 41_000}, method="greg", population=1000)
    assert numbers.weights @ np.array([r["lama"] for r in data]) == pytest.approx(41_000)
    assert numbers.weights.sum() == pytest.approx(1000)
    assert skm.stats.mean_interval(data, weights=numbers).ikm.se > 0
    held = skm.stats.calibrate(data, {"g": {"a": 700, "b": 300}}, bounds=(0.4, 1.8))
    ratio = held.weights / (1000 / 200)
    assert ratio.min() >= 0.4 - 1e-9
    assert ratio.max() <= 1.8 + 1e-9
    with pytest.raises(DataError):
        skm.stats.calibrate(data, {"g": {"a": 950, "b": 50}}, bounds=(0.9, 1.1))


@pytest.mark.parametrize(
    ("targets", "options", "error"),
    [
        ({}, {}, DataError),
        ({"g": {"a": 1, "b": 1}, "h": {"x": 1, "y": 1}}, {"method": "pascastrata"}, OptionError),
        ({"lama": 4}, {"method": "raking"}, OptionError),
        ({"lama": 4}, {"method": "greg"}, OptionError),
        ({"g": 4}, {"method": "greg", "population": 9}, DataError),
        ({"g": {"a": 1}}, {}, DataError),
        ({"g": {"a": 1, "b": 1, "c": 1}}, {}, DataError),
        ({"g": {"a": 1, "b": 1}, "h": {"x": 1, "y": 2}}, {}, DataError),
        ({"g": {"a": 1, "b": 1}}, {"bounds": (2, 1)}, OptionError),
        ({"g": {"a": 1, "b": 1}}, {"method": "entah"}, OptionError),
    ],
)
def test_impossible_calibrations_are_refused(targets, options, error):
    with pytest.raises(error):
        skm.stats.calibrate(survey(40), targets, **options)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.1, 20), min_size=2, max_size=30), st.floats(1.05, 5))
def test_trimmed_weights_keep_their_total(weights, ratio):
    high = ratio * float(np.mean(weights))
    w = statistik.trim_weights(weights, high=high)
    assert w.sum() == pytest.approx(sum(weights))
    assert w.max() <= high * (1 + 1e-9)


def test_trimming_and_nonresponse_refuse_what_cannot_be():
    with pytest.raises(DataError):
        statistik.trim_weights([1, 2, 3], high=1.5)
    w = skm.stats.nonresponse_weights(["A"] * 10 + ["B"] * 10, [True] * 5 + [False] * 5 + [True] * 10)
    assert w.sum() == 20
    assert w[:5].tolist() == [2] * 5
    with pytest.raises(DataError):
        skm.stats.nonresponse_weights(["A"] * 10, [True] * 2 + [False] * 8)


def test_weights_by_what_they_mean():
    rows = [{"u1": 4, "u2": 3, "k": 30}, {"u1": 3, "u2": 3, "k": 10}, {"u1": 2, "u2": 4, "k": 5}]
    often = [{"u1": r["u1"], "u2": r["u2"]} for r in rows for _ in range(r["k"])]
    counted = skm.stats.mean_interval(rows, weights="k", weights_are="frekuensi")
    assert counted.to_dict() == skm.stats.mean_interval(often).to_dict()
    weighed = skm.stats.mean_interval(rows, weights="k")
    assert weighed.ikm.estimate == pytest.approx(counted.ikm.estimate)
    assert weighed.ikm.n == 3
    with pytest.raises(DataError):
        skm.stats.mean_interval(rows, weights=[1.5, 1, 1], weights_are="frekuensi")
    with pytest.raises(OptionError):
        skm.stats.mean_interval(rows, weights="k", weights_are="entah")


def test_replicate_weights_are_taken_from_columns():
    data = survey(30)
    for i, row in enumerate(data):
        row |= {"w": 1.0, **{f"r{j}": 0.0 if i == j else 30 / 29 for j in range(30)}}
    r = skm.stats.replicate_interval(data, "w", [f"r{j}" for j in range(30)])
    assert r.ikm.se == pytest.approx(skm.stats.mean_interval(data).ikm.se, rel=1e-9)
    with pytest.raises(DataError):
        skm.stats.replicate_interval(data, "w", ["r1"])


# --- small units ---


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(30, 100), st.floats(0.2, 15), st.integers(2, 300)), min_size=3, max_size=25))
def test_shrunk_figures_lie_between_the_own_and_the_common_one(units):
    r = statistik.shrink_units(dict(enumerate(units)))
    for u in r.units:
        low, high = sorted((u.ikm, r.coefficients[0]))
        assert low - 1e-9 <= u.shrunk <= high + 1e-9
        assert 0 <= u.reliability <= 1
        assert u.show == ("sendiri" if u.reliability >= 0.7 else "susut")
    assert r.tau2 >= 0


def test_shrunk_figures_are_nearer_to_the_truth():
    rng = np.random.default_rng(4)
    truth = 80 + 5 * rng.standard_normal(60)
    n = rng.integers(4, 40, 60)
    own = truth + 14 * rng.standard_normal(60) / np.sqrt(n)
    r = statistik.shrink_units({i: (own[i], 14 / math.sqrt(n[i]), int(n[i])) for i in range(60)})
    shrunk = np.array([u.shrunk for u in r.units])
    assert ((shrunk - truth) ** 2).mean() < 0.8 * ((own - truth) ** 2).mean()
    inside = [u.interval.low <= t <= u.interval.high for u, t in zip(r.units, truth, strict=True)]
    assert np.mean(inside) > 0.85


def test_agreement_of_few_is_no_reliability():
    r = statistik.shrink_units({"A": (100, 0.0, 3), "B": (80, 1.5, 60), "C": (84, 1.4, 60), "D": (76, 1.6, 60)})
    assert r.units[0].se > 3
    assert r.units[0].shrunk < 100
    assert r.units[0].show == "susut"


def test_a_census_is_shown_as_it_is():
    p = pola(answers=[[4], [3]] * 3 + [[2], [3]] * 3 + [[1], [4]] * 3, by=[*"a" * 6, *"b" * 6, *"c" * 6])
    r = statistik.shrink_units(statistik.mean_interval(p, by="grup", population=dict.fromkeys("abc", 6)))
    assert all(u.shrunk == pytest.approx(u.ikm) for u in r.units)


def test_small_units_of_answers_and_what_is_refused():
    rows = [{"unit": f"unit {i % 5}", **{f"u{j}": 3 + (i * j) % 7 % 2 for j in range(1, 10)}} for i in range(100)]
    assert len(skm.stats.shrink_units(rows, "unit").units) == 5
    known = {k: (80 + i, 1.0, 20) for i, k in enumerate("abcd")}
    with pytest.raises(DataError):
        statistik.shrink_units({k: known[k] for k in "ab"})
    with pytest.raises(DataError):
        statistik.shrink_units(known, covariates={"besar": {"a": 1}})
    with pytest.raises(DataError):
        statistik.shrink_units(known, covariates={"besar": dict.fromkeys("abcd", 2)})
    with pytest.raises(OptionError):
        statistik.shrink_units(known, target=1)


def test_shares_of_a_simple_sample_are_pearsons():
    """Without a design the corrected F is near Pearson's chi-square over its degrees of freedom."""
    from scipy.stats import chi2_contingency

    rng = np.random.default_rng(3)
    answers, groups = rng.integers(1, 5, (800, 1)), rng.choice(list("ab"), 800)
    r = statistik.share_test(pola(answers=answers, by=list(groups)), "grup", pola().kuesioner.unsur[0])
    table = [[int(((groups == g) & (answers[:, 0] == v)).sum()) for v in range(1, 5)] for g in "ab"]
    assert r.p == pytest.approx(chi2_contingency(table).pvalue, abs=0.03)
    assert sum(row[3] for row in r.shares if row[0] == "a") == pytest.approx(1)
    with pytest.raises(OptionError):
        statistik.share_test(pola(by=("sex",)), "sex", "bukan")
    with pytest.raises(DataError):
        statistik.share_test(pola(answers=[[4]], by=["a"]), "grup", pola().kuesioner.unsur[0])
