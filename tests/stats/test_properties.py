"""What holds for every sample: properties of the statistics, checked on generated answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from support.ref24 import pola

from skm.counts.pola import Pola, collapse, collapse_weighted
from skm.sampling import allocate, draw, plan_sample
from skm.stats import _core as statistik
from skm.stats._estimate import index_variance
from skm.stats._ranks import RankTable, jonckheere, mann_whitney, mann_whitney_exact, rank_table

ROWS, ITEMS = st.integers(2, 30), st.integers(2, 9)


def answers(rows=ROWS, items=ITEMS, blanks=False):
    low = 0 if blanks else 1
    return st.tuples(rows, items).flatmap(lambda shape: arrays(np.int8, shape, elements=st.integers(low, 4)))


@given(answers(blanks=True), st.randoms())
def test_order_of_rows_changes_no_bit(data, random):
    shuffled = data.copy()
    order = list(range(len(data)))
    random.shuffle(order)
    shuffled = data[order]
    a, b = (statistik.mean_interval(pola(answers=d)) for d in (data, shuffled))
    assert a.to_dict() == b.to_dict()
    a, b = (
        (statistik.cronbach_alpha(pola(answers=d)).to_dict() for d in (data, shuffled))
        if (data > 0).any(axis=0).sum() > 1
        else (0, 0)
    )
    assert a == b


@given(answers())
def test_index_lies_on_the_scale_and_its_interval_around_it(data):
    r = statistik.mean_interval(pola(answers=data))
    assert 25 <= r.ikm.estimate <= 100
    assert r.ikm.se >= 0
    assert r.ikm.interval.low <= r.ikm.estimate <= r.ikm.interval.high


@given(st.integers(1, 4), st.integers(2, 50), st.integers(2, 9))
def test_all_answers_equal(v, n, k):
    p = pola(answers=np.full((n, k), v, np.int8))
    r = statistik.mean_interval(p)
    assert (r.ikm.estimate, r.ikm.se) == (pytest.approx(25 * v), 0)
    assert "semua-sama" in {f.kode for f in r.catatan}
    assert math.isnan(statistik.cronbach_alpha(p).alpha)


@given(answers(), st.integers(2, 5))
def test_repeating_the_sample(data, times):
    n = len(data)
    a, b = (statistik.mean_interval(pola(answers=d)) for d in (data, np.tile(data, (times, 1))))
    assert b.ikm.estimate == pytest.approx(a.ikm.estimate, abs=1e-12)
    assert b.ikm.se == pytest.approx(a.ikm.se * math.sqrt((n - 1) / (times * n - 1)), abs=1e-10)
    x, y = (statistik.cronbach_alpha(pola(answers=d)).alpha for d in (data, np.tile(data, (times, 1))))
    assert x == y or (math.isnan(x) and math.isnan(y))


@given(answers())
def test_constant_weights_change_nothing(data):
    n = len(data)
    plain = statistik.mean_interval(pola(answers=data))
    weighted = statistik.mean_interval(pola(answers=data, weights=[7.5] * n))
    assert weighted.ikm.estimate == pytest.approx(plain.ikm.estimate, abs=1e-10)
    assert weighted.ikm.se == pytest.approx(plain.ikm.se, abs=1e-10)
    assert weighted.n_effective == pytest.approx(n)


@given(answers(blanks=True), st.data())
def test_weights_by_patterns_equal_weights_by_rows(data, draw_):
    w = np.array(draw_.draw(st.lists(st.floats(0.1, 9), min_size=len(data), max_size=len(data))))
    known = (data > 0).sum(axis=0)
    r = statistik.mean_interval(pola(answers=data, weights=w))
    if not known.all():
        return
    mean = [(w * d)[d > 0].sum() / w[d > 0].sum() for d in data.T]
    u = sum(
        25 / data.shape[1] * np.where(d > 0, d - m, 0) * w / w[d > 0].sum() for d, m in zip(data.T, mean, strict=True)
    )
    n = len(data)
    assert r.ikm.estimate == pytest.approx(25 * np.mean(mean), rel=1e-12)
    if not math.isnan(r.ikm.se):
        assert r.ikm.se == pytest.approx(math.sqrt(n / (n - 1) * ((u**2).sum() - u.sum() ** 2 / n)), abs=1e-9)


@given(answers())
def test_a_census_is_certain(data):
    r = statistik.mean_interval(pola(answers=data), population=len(data))
    assert r.ikm.se == 0


@given(answers(items=st.just(4)))
def test_estimators_agree_without_blanks(data):
    found = [
        statistik.mean_interval(pola(answers=data), estimator=e).ikm
        for e in ("per-unsur", "per-responden", "hanya-lengkap")
    ]
    for e in found[1:]:
        assert e.estimate == pytest.approx(found[0].estimate, abs=1e-10)
        assert e.se == pytest.approx(found[0].se, abs=1e-10)


@given(answers(rows=st.integers(3, 30)))
def test_alpha_does_not_know_the_direction_of_the_scale(data):
    a, b = (statistik.cronbach_alpha(pola(answers=d)).alpha for d in (data, 5 - data))
    assert a == b or (math.isnan(a) and math.isnan(b))


@given(answers(), st.data())
def test_groups_add_up(data, draw_):
    labels = draw_.draw(st.lists(st.sampled_from(["a", "b", None]), min_size=len(data), max_size=len(data)))
    by = statistik.mean_interval(pola(answers=data, by=labels), by="grup")
    assert sum(r.n for r in by.values()) == len(data)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50).filter(lambda w: max(w) > 1e-6))
def test_effective_size_is_never_above_n(w):
    assert 0 < statistik.kish(w) <= sum(x > 0 for x in w) + 1e-9


@given(st.lists(st.tuples(st.sampled_from("LP"), st.sampled_from("xyz")), min_size=6, max_size=60), st.floats(0.1, 0.9))
def test_raked_margins_are_the_targets(people, share):
    first, second = ([p[i] for p in people] for i in (0, 1))
    if set(first) != {"L", "P"} or len({(a, b) for a, b in people}) < 2 * len(set(second)):
        return
    kinds = sorted(set(second))
    goal = {"L": 100 * share, "P": 100 * (1 - share)}
    r = statistik.rake({"jk": first, "kelas": second}, {"jk": goal, "kelas": dict.fromkeys(kinds, 100 / len(kinds))})
    for label, target in goal.items():
        assert sum(w for w, f in zip(r.weights, first, strict=True) if f == label) == pytest.approx(target, rel=1e-9)


@given(answers(rows=st.integers(4, 20)), st.integers(1, 5))
def test_jonckheere_and_its_reverse_make_all_pairs(data, cut):
    values = data.sum(axis=1).astype(float)
    home = np.minimum(np.arange(len(values)) // cut, 2)
    size = int(home.max()) + 1
    if size < 2:
        return
    t = rank_table(values, np.ones(len(values), np.int64), home, size)
    back = RankTable(t.counts[::-1], t.values)
    pairs = sum(int(a) * int(b) for i, a in enumerate(t.sizes) for b in t.sizes[i + 1 :])
    assert jonckheere(t)[0] + jonckheere(back)[0] == pytest.approx(pairs)
    assert jonckheere(t)[2] == pytest.approx(jonckheere(back)[2])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_exact_mann_whitney_is_the_share_of_all_divisions(a, b):
    from itertools import combinations

    both = np.array([*a, *b], float)
    t = rank_table(both, np.ones(len(both), np.int64), np.repeat([0, 1], [len(a), len(b)]), 2)
    if len(set(both)) == 1:
        assert math.isnan(mann_whitney_exact(t)[0])
        return
    ranks = t.midranks[np.searchsorted(t.values, both)]
    middle = len(a) * (len(both) + 1) / 2
    observed = abs(ranks[: len(a)].sum() - middle)
    divisions = list(combinations(range(len(both)), len(a)))
    share = sum(abs(ranks[list(d)].sum() - middle) >= observed - 1e-9 for d in divisions) / len(divisions)
    assert mann_whitney_exact(t) == (pytest.approx(share), "eksak")
    u, effect = mann_whitney(t)
    won = sum((x > y) + (x == y) / 2 for x in a for y in b)
    assert u == pytest.approx(won)
    assert -1 <= effect <= 1


@given(st.lists(st.integers(0, 6), min_size=4, max_size=7))
def test_exact_mann_kendall_is_the_share_of_all_orders(values):
    from itertools import permutations

    r = statistik.mann_kendall(values)
    if len(set(values)) == 1:
        assert r.alasan == "sama"
        return
    n = len(values)

    def s(v):
        return sum((v[i] > v[j]) - (v[i] < v[j]) for i in range(n) for j in range(i))

    orders = list(permutations(values))
    assert r.p == pytest.approx(sum(abs(s(o)) >= abs(r.s) for o in orders) / len(orders))


@given(st.lists(st.integers(2, 4), min_size=2, max_size=12), st.integers(2, 10))
def test_equal_units_have_the_whole_range_of_ranks(one, units):
    if len(set(one)) == 1:
        return
    data = np.array(one * units, np.int8).reshape(-1, 1)
    labels = [f"unit {g:02d}" for g in range(units) for _ in one]
    r = statistik.rank_units(pola(answers=np.hstack([data, data]), by=labels), "grup")
    assert all((u.rank_low, u.rank_high, u.rank) == (1, units, 1) for u in r.units)
    assert r.between.n_needed is None


@given(answers(items=st.just(11), blanks=True, rows=st.integers(1, 40)), st.data())
def test_weighted_reduction_counts_what_the_plain_one_counts(data, draw_):
    """Also where groups and questions need more than one word."""
    groups = np.array(draw_.draw(st.lists(st.integers(0, 2), min_size=len(data), max_size=len(data))), np.int64)
    wide = np.hstack([data, data, data])
    plain = collapse(list(wide.T), groups, 4, 3)
    *same, w, w2 = collapse_weighted(list(wide.T), groups, 4, 3, np.full(len(data), 2.0))
    for a, b in zip(plain, same, strict=True):
        assert np.array_equal(a, b)
    assert np.array_equal(w, 2.0 * plain[1])
    assert np.array_equal(w2, 4.0 * plain[1])


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=12),
    st.data(),
)
def test_allocation_is_whole_and_within_bounds(sizes, data):
    total = data.draw(st.integers(0, sum(sizes.values())))
    minimum = data.draw(st.integers(0, 20))
    method = data.draw(st.sampled_from(["proporsional", "sama"]))
    least = {s: min(minimum, n) for s, n in sizes.items()}
    if sum(least.values()) > total:
        return
    a = allocate(total, sizes, method=method, minimum=minimum)
    assert sum(a.n.values()) == total
    assert all(least[s] <= n <= sizes[s] for s, n in a.n.items())
    if method == "proporsional" and minimum == 0:
        assert all(abs(n - a.share[s]) < 1 for s, n in a.n.items())


@given(st.integers(1, 300), st.data())
def test_drawn_positions_are_a_sample(people, data):
    n = data.draw(st.integers(0, people))
    method = data.draw(st.sampled_from(["sederhana", "sistematik"]))
    seed = data.draw(st.integers(0, 10**6))
    first, again = (draw(people, n, method=method, seed=seed) for _ in range(2))
    assert first.positions == again.positions
    assert len(set(first.positions)) == n
    assert list(first.positions) == sorted(first.positions)
    assert all(0 <= p < people for p in first.positions)
    if method == "sistematik" and n > 1:
        gaps = np.diff(first.positions)
        assert gaps.max() - gaps.min() <= 1


@given(st.integers(1, 100_000), st.integers(1, 5), st.sampled_from([1, 0.8, 0.5]))
def test_plans_grow_with_design_effect_and_falling_response(population, deff, response):
    base, more = plan_sample(population), plan_sample(population, deff=deff, response=response)
    assert base.n <= more.n <= more.invite <= population


def test_a_pola_knows_its_groups():
    p = pola(by=("unit", "sex"))
    codes, labels = p.codes(("sex",))
    assert labels == (("L",), ("P",))
    assert p.kali[codes == 0].sum() == 16
    assert isinstance(p, Pola)


def test_formulas_know_neither_the_friendly_entries_nor_the_readers():
    import ast
    from pathlib import Path

    import skm.stats

    folder = Path(skm.stats.__file__).parent
    friendly = {"__init__.py", "_reduced.py"} | {f.name for f in folder.glob("_friendly*.py")}
    for file in sorted(folder.glob("*.py")):
        if file.name in friendly:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith(("skm.io", "skm.api", "skm.stats._friendly", "skm.stats._reduced"))


def test_the_room_shows_functions_and_result_classes_only():
    import inspect

    import skm.stats

    for name in dir(skm.stats):
        value = getattr(skm.stats, name)
        assert inspect.isfunction(value) or inspect.isclass(value), name
        assert not name.startswith("_")
    assert "mean_interval" in dir(skm.stats)


@given(answers(blanks=True))
def test_variance_of_the_index_alone_is_that_of_its_interval(data):
    p = pola(answers=data)
    if (data > 0).any():
        whole = statistik.mean_interval(p).ikm
        alone = index_variance(p)
        assert (math.isnan(whole.se) and alone is None) or alone == (whole.se**2, whole.df)
