"""Samples that can see a change: R's power, finite populations, panels, impossible wishes."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.errors import OptionError
from skm.sampling import plan_change

POINTS, SPREAD = st.floats(0.5, 20), st.floats(1, 30)


@pytest.mark.parametrize(("points", "sd", "n"), [(3, 12, 253), (5, 15, 143), (2, 10, 394), (10, 8, 12), (1, 14, 3078)])
def test_n_is_that_of_r(points, sd, n):
    """power.t.test(delta, sd, power = .8, strict = TRUE) of R 4.2.2, rounded up."""
    assert plan_change(points, sd=sd).n == n


@settings(max_examples=40, deadline=None)
@given(POINTS, SPREAD, st.floats(0.5, 0.99))
def test_n_is_the_least_that_reaches_the_power(points, sd, power):
    r = plan_change(points, sd=sd, power=power)
    assert r.power >= power
    assert r.detectable <= points * (1 + 1e-9)
    if r.n > 2:
        assert plan_change(points, sd=sd, n=r.n - 1).power < power


@settings(max_examples=40, deadline=None)
@given(POINTS, SPREAD, st.integers(3, 5000))
def test_a_finite_population_needs_no_more_than_itself(points, sd, population):
    r = plan_change(points, sd=sd, population=population)
    assert r.possible
    assert r.n <= population
    assert r.n <= plan_change(points, sd=sd).n
    assert plan_change(points, sd=sd, n=population, population=population).detectable == pytest.approx(0, abs=1e-6)


@given(st.floats(0, 1), st.floats(0, 0.9))
def test_asking_the_same_people_needs_fewer(overlap, correlation):
    whole = plan_change(3, sd=12).n
    assert plan_change(3, sd=12, overlap=overlap, correlation=correlation).n <= whole + 2


def test_power_grows_with_everything_that_helps():
    powers = [plan_change(d, sd=12, n=100).power for d in (0.1, 1, 3, 10, 40, 75)]
    assert powers == sorted(powers)
    assert powers[0] == pytest.approx(0.05, abs=0.01)
    assert powers[-1] == 1
    assert all(not math.isnan(plan_change(3, sd=12, n=n).power) for n in (2, 10**3, 10**5, 10**7))


def test_sentences_and_outputs():
    enough = skm.plan_change(3, sd=12)
    few = plan_change(3, sd=12, n=50)
    none = plan_change("0.0001", sd=30, power="99%")
    assert "253" in enough.kalimat("id")
    assert "hanya terlihat" in few.kalimat("id")
    assert "tidak dapat dilihat" in none.kalimat("id")
    assert none.n is None
    for r in (enough, few, none, plan_change(3, sd=12, overlap="0,5", correlation=0.6)):
        for lang in ("id", "en"):
            assert "nan" not in r.table(lang).to_text().lower()
        json.dumps(r.to_dict(), allow_nan=False)
        assert len(r.to_frame()) == 1
        assert r._repr_html_().startswith("<table>")


@pytest.mark.parametrize(
    "options",
    [
        {"sd": 0},
        {"sd": -3},
        {"sd": 12, "overlap": 1.2},
        {"sd": 12, "correlation": -2},
        {"sd": 12, "n": 20, "population": 10},
        {"sd": 12, "n": 1},
        {"sd": 12, "power": 1},
        {"sd": 12, "deff": 0},
    ],
)
def test_impossible_plans_are_refused(options):
    with pytest.raises(OptionError):
        plan_change(3, **options)


@pytest.mark.parametrize("level", ["0.90", "0.95", "0.99"])
def test_power_is_a_share_however_large_the_change(level: str) -> None:
    """Far out, where the noncentral t is lost, the power is 1 and never no number."""
    for points in (5, 19.484375, 40, 74):
        for sd in (0.5, 3, 8):
            for n in (2, 3, 4, 7, 30):
                made = plan_change(points, sd=sd, n=n, level=level)
                assert 0 < made.power <= 1
                assert "nan" not in str(made)
