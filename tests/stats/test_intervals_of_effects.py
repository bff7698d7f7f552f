"""Intervals that used to be missing: correlations, effects, epsilon squared, Sen's slope, CSI, quadrants."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import brunnermunzel, theilslopes
from support.ref24 import pola

from skm.stats import _core as statistik
from skm.stats._effects import correlation_interval, effect_interval
from skm.stats._ranks import rank_table


@pytest.mark.parametrize(("r", "n", "method"), [(0.5, 50, "spearman"), (-0.3, 30, "kendall"), (0.9, 9, "spearman")])
def test_correlation_interval_by_the_formula(r, n, method):
    i = correlation_interval(r, n, method, 0.95)
    se = math.sqrt((1 + r * r / 2) / (n - 3)) if method == "spearman" else math.sqrt(0.437 / (n - 4))
    assert (i.low, i.high) == (
        pytest.approx(math.tanh(math.atanh(r) - 1.959963985 * se)),
        pytest.approx(math.tanh(math.atanh(r) + 1.959963985 * se)),
    )


def test_association_has_intervals_and_none_for_perfect_ones():
    r = statistik.association(pola())
    for p in r.pairs:
        assert -1 < p.interval.low < p.coefficient < p.interval.high < 1
    (twin,) = statistik.association(pola(answers=[[4, 4], [3, 3], [2, 2]] * 9)).pairs
    assert math.isnan(twin.interval.low)


def test_the_effect_has_the_variance_of_brunner_and_munzel():
    rng = np.random.default_rng(1)
    a, b = rng.integers(1, 5, 40).astype(float), rng.integers(2, 5, 25).astype(float)
    table = rank_table(np.concatenate([a, b]), np.ones(65, np.int64), np.repeat([0, 1], [40, 25]), 2)
    i = effect_interval(table, 0.95)
    w = brunnermunzel(a, b)
    won = (np.greater.outer(a, b) + 0.5 * np.equal.outer(a, b)).mean()
    se = abs(won - 0.5) / abs(w.statistic)
    low, high = (math.log((1 + v) / (1 - v)) for v in (i.low, i.high))
    assert (low + high) / 2 == pytest.approx(math.log(won / (1 - won)))
    # Half the width on the logit is t se / (won (1 - won)); t from the same Satterthwaite df.
    t = (high - low) / 2 * won * (1 - won) / se
    assert 1.96 < t < 2.05


def test_the_effect_covers():
    rng, hits = np.random.default_rng(2), 0
    share = np.array([0.1, 0.2, 0.3, 0.4])
    other = np.array([0.05, 0.1, 0.3, 0.55])
    truth = sum(share[i] * other[j] * np.sign(i - j) for i in range(4) for j in range(4))
    for _ in range(200):
        x, y = rng.choice(4, 30, p=share), rng.choice(4, 60, p=other)
        table = rank_table(np.concatenate([x, y]).astype(float), np.ones(90, np.int64), np.repeat([0, 1], [30, 60]), 2)
        i = effect_interval(table, 0.95)
        hits += i.low <= truth <= i.high
    assert 0.9 <= hits / 200 <= 0.99


def test_epsilon_squared_has_an_interval():
    r = statistik.compare_groups(pola(by=("unit",)), "unit")
    assert 0 <= r.epsilon2_interval.low <= r.epsilon2_interval.high <= 1
    again = statistik.compare_groups(pola(by=("unit",)), "unit")
    assert again.epsilon2_interval == r.epsilon2_interval


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(70, 95).map(lambda v: round(v, 1)), min_size=11, max_size=20))
def test_the_slope_of_long_series_is_scipys(values):
    r = statistik.mann_kendall(values)
    if r.alasan:
        return
    slope, _, low, high = theilslopes(values, np.arange(1, len(values) + 1), alpha=0.95)
    assert r.slope == pytest.approx(slope)
    if low == high:  # of figures that are nearly all equal: no certainty
        assert math.isnan(r.interval.low)
        return
    assert r.interval.low == pytest.approx(low)
    assert r.interval.high == pytest.approx(high)


def test_the_slope_of_short_series_covers_exactly():
    """No trend at all: Sen's interval of the exact distribution holds zero in at least 95 of 100 series."""
    rng = np.random.default_rng(3)
    for n in (6, 8, 10):
        found = [statistik.mann_kendall(rng.standard_normal(n)).interval for _ in range(400)]
        assert np.mean([i.low <= 0 <= i.high for i in found]) >= 0.93
    assert math.isnan(statistik.mann_kendall([80, 81, 83, 84]).interval.low)


def test_csi_of_answers_has_an_interval():
    p = pola()
    equal = dict.fromkeys(p.kuesioner.unsur, 3)
    r = statistik.csi(p, equal)
    index = statistik.mean_interval(p).ikm
    assert r.csi == pytest.approx(index.estimate)
    assert r.interval.low == pytest.approx(index.interval.low)
    assert r.interval.high == pytest.approx(index.interval.high)
    assert math.isnan(statistik.csi({"a": 3}, {"a": 3}).interval.low)


def test_quadrants_say_how_certain_they_are():
    r = statistik.importance_performance(pola(), draws=200)
    assert all(0 <= q.certainty <= 1 for q in r.unsur.values())
    shaky = [u for u, q in r.unsur.items() if q.certainty < 0.8]
    assert shaky
    assert "ipa-goyah" in {f.kode for f in r.catatan}
    many = statistik.importance_performance(
        pola(answers=[[4, 2, 4, 2], [3, 1, 4, 2], [4, 2, 3, 1], [3, 1, 3, 3]] * 500)
    )
    assert np.mean([q.certainty for q in many.unsur.values()]) > np.mean([q.certainty for q in r.unsur.values()])
    assert math.isnan(statistik.importance_performance({"a": 3, "b": 2}, {"a": 3, "b": 2}).unsur["a"].certainty)
