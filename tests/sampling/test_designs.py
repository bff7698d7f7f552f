"""Plans for designs: Neyman and power allocation, clusters, probability proportional to size, effective sizes."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.ref24 import pola

import skm
from skm.errors import DataError, OptionError
from skm.sampling import adequacy, allocate, draw_pps, plan_clusters
from skm.stats import _core as statistik


def variance(n, sizes, sd):
    """Return the variance of the stratified total, of what the allocation is to make small."""
    return sum(sizes[s] ** 2 * sd[s] ** 2 / n[s] * (1 - n[s] / sizes[s]) for s in sizes)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 400), st.integers(1, 30)), min_size=3, max_size=3))
def test_neyman_is_the_least_variance(parts):
    sizes = {f"s{i}": N for i, (N, _) in enumerate(parts)}
    sd = {f"s{i}": S for i, (_, S) in enumerate(parts)}
    total = 15
    a = allocate(total, sizes, method="neyman", sd=sd, minimum=1).n
    best = min(
        variance(dict(zip(sizes, (x, y, total - x - y), strict=True)), sizes, sd)
        for x, y in itertools.product(range(1, total - 1), repeat=2)
        if x + y < total
    )
    assert sum(a.values()) == total
    assert variance(a, sizes, sd) <= best * 1.06  # shares are rounded


def test_neyman_by_hand_and_with_cost():
    sizes, sd = {"a": 1000, "b": 500}, {"a": "5", "b": 20}
    assert dict(allocate(60, sizes, method="neyman", sd=sd).n) == {"a": 20, "b": 40}
    assert dict(allocate(60, sizes, method="neyman", sd=sd, cost={"a": 1, "b": 16}).n) == {"a": 40, "b": 20}


def test_power_allocation_lies_between_equal_and_proportional():
    sizes = {"a": 10_000, "b": 100}
    assert dict(allocate(110, sizes, method="daya", power=0).n) == {"a": 55, "b": 55}
    assert dict(allocate(110, sizes, method="daya", power=1).n) == dict(allocate(110, sizes).n)
    assert dict(allocate(110, sizes, method="daya", power="0,5").n) == {"a": 100, "b": 10}


@pytest.mark.parametrize(
    "options",
    [
        {"method": "neyman"},
        {"method": "neyman", "sd": {"a": 1}},
        {"method": "neyman", "sd": {"a": 1, "b": -1}},
        {"method": "neyman", "sd": {"a": 0, "b": 0}},
        {"method": "neyman", "sd": {"a": 1, "b": 1}, "cost": {"a": 0, "b": 1}},
        {"method": "daya", "power": 2},
        {"method": "sama", "sd": {"a": 1, "b": 1}},
        {"method": "daya", "cost": {"a": 1, "b": 1}},
    ],
)
def test_impossible_allocations_are_refused(options):
    with pytest.raises((OptionError, DataError)):
        allocate(10, {"a": 50, "b": 50}, **options)


# --- clusters ---


@settings(max_examples=60, deadline=None)
@given(
    st.integers(10, 500), st.floats(0, 0.4), st.integers(1, 30), st.integers(30, 500), st.none() | st.integers(400, 900)
)
def test_clusters_are_the_least_that_are_enough(n, icc, take, size, clusters):
    p = plan_clusters(n, icc=icc, take=take, size=size, clusters=clusters)

    def spread(k):
        return (1 - (k / clusters if clusters else 0)) * icc / k + (1 - take / size) * (1 - icc) / (k * take)

    if p.possible:
        assert spread(p.clusters) <= 1 / n * (1 + 1e-7)
        assert p.clusters == 1 or spread(p.clusters - 1) > 1 / n
    assert p.deff == pytest.approx(1 + (take - 1) * icc)


def test_without_correlation_clusters_cost_nothing():
    p = plan_clusters(385, icc=0, take=10)
    assert (p.n, p.deff) == (390, 1)


def test_the_cheapest_take_is_cheapest():
    costs = {"cost_cluster": 300, "cost_person": 20}
    best = plan_clusters(400, icc=0.08, **costs)
    others = [plan_clusters(400, icc=0.08, take=m, **costs).cost for m in range(1, 60)]
    assert best.cost <= min(others) * 1.01


def test_impossible_clusters_are_refused_or_told():
    few = plan_clusters(385, icc=0.2, take=5, clusters=12)
    assert not few.possible
    assert "pun tidak setara" in few.kalimat("id")
    for options in ({"icc": 0.1}, {"icc": 1, "take": 3}, {"icc": -0.1, "take": 3}, {"icc": 0.1, "take": 9, "size": 8}):
        with pytest.raises(OptionError):
            plan_clusters(385, **options)


def test_correction_for_the_clusters_there_are():
    """R: svydesign(ids = ~psu, fpc = ~clusters): the variance of the first stage times 1 - m/M."""
    p = pola(by=("unit", "psu"))
    plain = statistik.mean_interval(p, strata="unit", clusters="psu").ikm
    counts = {"A": 8, "B": 16, "C": 5}
    r = statistik.mean_interval(p, strata="unit", clusters="psu", n_clusters=counts).ikm
    assert r.se < plain.se
    alone = statistik.mean_interval(pola(by=("psu",)), clusters="psu", n_clusters=24).ikm
    whole = statistik.mean_interval(pola(by=("psu",)), clusters="psu").ikm
    assert alone.se == pytest.approx(whole.se * math.sqrt(0.5))
    assert statistik.mean_interval(pola(by=("psu",)), clusters="psu", n_clusters=12).ikm.se == 0
    for bad in ({"n_clusters": 3, "clusters": "psu"}, {"n_clusters": 30}):
        with pytest.raises((OptionError, DataError)):
            statistik.mean_interval(pola(by=("psu",)), **bad)


# --- probability proportional to size ---


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.data(), st.integers(0, 999))
def test_pps_draws_n_with_the_probabilities_it_says(sizes, data, seed):
    n = data.draw(st.integers(1, len(sizes)))
    d = draw_pps(sizes, n, seed=seed)
    assert d.n == n == len(set(d.positions))
    assert sum(d.all_probabilities) == pytest.approx(n)
    assert all(0 < p <= 1 for p in d.all_probabilities)
    assert set(d.certain) <= set(d.positions)
    free = [i for i in range(len(sizes)) if i not in d.certain]
    for i, j in itertools.pairwise(free):
        assert d.all_probabilities[i] * sizes[j] == pytest.approx(d.all_probabilities[j] * sizes[i])
    assert draw_pps(sizes, n, seed=seed).positions == d.positions


def test_pps_frequencies_are_the_probabilities():
    sizes = {"a": 900, "b": 60, "c": 100, "d": 240, "e": 100}
    draws = 4000
    hits = np.zeros(5)
    for seed in range(draws):
        hits[list(draw_pps(sizes, 3, seed=seed).positions)] += 1
    assert hits / draws == pytest.approx(draw_pps(sizes, 3, seed=0).all_probabilities, abs=0.03)
    assert draw_pps(sizes, 3, seed=0).certain == (0,)


@pytest.mark.parametrize(("sizes", "n"), [([1, 0], 1), ([1, -2], 1), ([1, 2], 3), ({"a": 1}, 0), ([1, math.nan], 1)])
def test_impossible_draws_are_refused(sizes, n):
    with pytest.raises((DataError, OptionError)):
        draw_pps(sizes, n)


# --- effective sizes, and planning from last year ---


def test_adequacy_counts_what_respondents_are_worth():
    plain, complex_ = adequacy(360, 3441), adequacy(360, 3441, deff=1.5)
    assert plain.adequate_effective
    assert complex_.adequate
    assert not complex_.adequate_effective
    assert complex_.n_effective == 240
    assert complex_.margin == pytest.approx(plain.margin * math.sqrt(1.5))
    assert "tidak tercapai" in complex_.table("id").to_text()
    with pytest.raises(OptionError):
        adequacy(360, 3441, deff=0)


def test_the_next_sample_is_planned_from_last_years_answers():
    past = skm.stats.mean_interval(skm.contoh())
    plan = skm.stats.plan_index(skm.contoh(), 1, population=3441)
    sd = past.ikm.se * math.sqrt(341)
    assert float(plan.spread) == pytest.approx(sd, abs=1e-4)
    assert plan.n == math.ceil((1.959964 * sd) ** 2 / (1 + (1.959964 * sd) ** 2 / 3441))
    known = skm.stats.plan_index(skm.stats.mean_interval(skm.contoh(), population=3441), 1, population=3441)
    assert known.n == plan.n
    clustered = skm.stats.plan_index(pola(by=("psu",)), 2, clusters="psu")
    past = statistik.mean_interval(pola(by=("psu",)), clusters="psu")
    assert float(clustered.deff) == pytest.approx(past.deff.wr, abs=1e-4)
    with pytest.raises(DataError):
        skm.stats.plan_index([{"u1": 4, "u2": 4}] * 5, 1)
