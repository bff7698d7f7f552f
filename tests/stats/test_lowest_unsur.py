"""The lowest unsur: paired, simultaneous, never certain where the sample is not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare
from support.ref24 import pola

from skm.errors import DataError, EmptyDataError
from skm.stats import _core as statistik

ANSWERS = st.tuples(st.integers(3, 25), st.integers(3, 9)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(1, 4))
)


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_friedman_is_scipys(data):
    r = statistik.rank_unsur(pola(answers=data), draws=99)
    if (data == data[:, :1]).all():
        assert math.isnan(r.p)
        return
    assert r.chi2 == pytest.approx(friedmanchisquare(*data.T).statistic)
    assert 0 <= r.kendall_w <= 1 + 1e-12
    assert r.method == "permutasi"
    assert 1 / 100 <= r.p <= 1


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_ranges_hold_the_rank_and_the_lowest_is_in_its_own_group(data):
    r = statistik.rank_unsur(pola(answers=data), draws=99)
    assert r.setara[0] == r.unsur[0].id
    for u in r.unsur:
        assert u.rank_low <= u.rank <= u.rank_high
        assert u.setara == (not u.interval.low > 1e-9 or u.id == r.unsur[0].id)
    best = {u.id: u.mean for u in r.unsur}
    assert [u.mean for u in r.unsur] == sorted(best.values())


def test_differences_are_paired():
    """Unsur that go together are told apart by what they differ, not by what respondents differ."""
    rng = np.random.default_rng(3)
    base = rng.integers(2, 4, 200)
    lower = np.arange(200) < 14
    r = statistik.rank_unsur(pola(answers=np.stack([base + 1, base + 1 - lower], axis=1)))
    assert len(r.setara) == 1
    gap = -lower.astype(float)
    assert r.unsur[1].se_difference == pytest.approx(np.std(gap, ddof=1) / math.sqrt(200))
    one = statistik.mean_interval(pola(answers=np.stack([base + 1, base + 1 - lower], axis=1)))
    first, second = one.unsur.values()
    assert first.interval.low < second.interval.high  # single intervals overlap, the paired one does not reach zero


def test_agreement_on_a_difference_is_no_certainty():
    r = statistik.rank_unsur(pola(answers=[[4, 3, 2]] * 3))
    assert len(r.setara) == 3
    assert all(math.isnan(u.interval.low) for u in r.unsur[1:])
    lent = statistik.rank_unsur(pola(answers=[[4, 3, 2]] * 4 + [[4, 3, 4]]))
    assert "unsur-ragam-pinjaman" in {f.kode for f in lent.catatan}
    census = statistik.rank_unsur(pola(answers=[[4, 3, 2]] * 3), population=3)
    assert [u.rank_high for u in census.unsur] == [1, 2, 3]


def test_false_claims_of_a_lowest_unsur_stay_below_seven_of_a_hundred():
    """All unsur alike in the population: in how many samples is one called lower than any other?"""
    rng = np.random.default_rng(17)
    wrong, draws = 0, 150
    for _ in range(draws):
        level = rng.random((40, 1)) < 0.5
        data = np.where(rng.random((40, 9)) < np.where(level, 0.9, 0.4), 4, 3)
        r = statistik.rank_unsur(pola(answers=data), draws=99)
        wrong += any(u.rank_low > 1 or u.rank_high < 9 for u in r.unsur)
    assert wrong / draws <= 0.07


def test_too_little_is_refused():
    with pytest.raises(DataError):
        statistik.rank_unsur(pola(answers=[[4, 0], [3, 0]]))
    with pytest.raises(EmptyDataError):
        statistik.rank_unsur(pola(answers=np.zeros((0, 3), np.int8)))
    alone = statistik.rank_unsur(pola(answers=[[3, 4]]))
    assert alone.setara == ()
    assert alone.unsur[0].rank is None
