"""Few respondents, or nearly all of one mind: exact p, no certainty from agreement, sentences about what was tested."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr
from support.ref24 import pola

import skm
from skm.basics.errors import DataError, OptionError
from skm.sampling import allocate, draw, plan_sample
from skm.stats import _core as statistik
from skm.stats._conditional import concordance_p, drawn_tables, linear_p
from skm.stats._dist import range_quantile
from skm.stats._ranks import mann_whitney_exact, rank_table

LEVELS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=3, max_size=6)


def share_of_orders(x, y, statistic):
    """Return the share of all orders of y whose statistic is as far from zero."""
    seen = abs(statistic(x, y))
    orders = list(permutations(y))
    return sum(abs(statistic(x, o)) >= seen - 1e-9 for o in orders) / len(orders)


def spearman(x, y):
    return 0.0 if len(set(x)) == 1 or len(set(y)) == 1 else spearmanr(x, y).statistic


def concordance(x, y):
    pairs = [(i, j) for i in range(len(x)) for j in range(i)]
    return sum(np.sign(x[i] - x[j]) * np.sign(y[i] - y[j]) for i, j in pairs)


@settings(max_examples=25, deadline=None)
@given(LEVELS)
def test_association_of_few_counts_all_orders(answers):
    x, y = (list(v) for v in zip(*answers, strict=True))
    if len(set(x)) == 1 or len(set(y)) == 1:
        return
    for method, statistic in (("spearman", spearman), ("kendall", concordance)):
        (pair,) = statistik.association(pola(answers=answers), method=method).pairs
        assert pair.method == "eksak"
        assert pair.p == pytest.approx(share_of_orders(x, y, statistic))


@settings(max_examples=25, deadline=None)
@given(LEVELS, st.data())
def test_ordered_trend_of_few_counts_all_divisions(answers, data):
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(answers), max_size=len(answers)))
    values = [sum(a) for a in answers]
    if len(set(groups)) < 2 or len(set(values)) == 1:
        return
    r = statistik.ordered_trend(pola(answers=answers, by=groups), "grup", sorted(set(groups)))
    assert r.method == "eksak"
    assert r.p == pytest.approx(share_of_orders([ord(g) for g in groups], values, concordance))


def test_item_validity_of_few_counts_all_orders():
    answers = [[4, 3, 4], [3, 3, 2], [4, 4, 4], [2, 3, 3], [1, 2, 2]]
    r = statistik.item_validity(pola(answers=answers), uji="terkoreksi")
    for j, item in enumerate(r.butir.values()):
        x = [a[j] for a in answers]
        rest = [sum(a) - a[j] for a in answers]
        assert item.method == "eksak"
        assert item.p == pytest.approx(share_of_orders(x, rest, lambda a, b: np.corrcoef(a, b)[0, 1]))


@pytest.mark.parametrize("n", [30, 300, 3000])
def test_one_who_differs_among_many_is_no_certainty(n):
    """One respondent gave 3 twice, all others 4: rho is 1, and that happens in one order of n."""
    (pair,) = statistik.association(pola(answers=[[4, 4]] * (n - 1) + [[3, 3]])).pairs
    assert pair.coefficient == 1
    assert pair.p == pytest.approx(1 / n)


def test_large_and_even_tables_keep_the_large_sample_p():
    rng = np.random.default_rng(5)
    answers = rng.integers(1, 5, (200, 2))
    (pair,) = statistik.association(pola(answers=answers)).pairs
    (other,) = statistik.association(pola(answers=answers), method="kendall").pairs
    assert (pair.method, other.method) == ("t", "normal")
    assert pair.p == pytest.approx(spearmanr(*answers.T).pvalue)
    assert other.p == pytest.approx(kendalltau(*answers.T, method="asymptotic").pvalue)


def test_drawn_p_agrees_with_the_counted_one():
    table = np.array([[3, 1, 0], [1, 2, 2], [0, 1, 4]])
    x = [-9, 1, 8]
    n = int(table.sum())
    x = [n * v - int(table.sum(axis=1) @ x) for v in x]
    y = [n * v - int(table.sum(axis=0) @ [1, 2, 4]) for v in (1, 2, 4)]
    exact, how = linear_p(table, x, y, 999, 1)
    drawn, other = linear_p(table, x, y, 40_000, 1, limit=1)
    assert (how, other) == ("eksak", "permutasi")
    assert drawn == pytest.approx(exact, abs=0.01)
    exact, _ = concordance_p(table, 999, 1)
    assert 0 < exact < 0.05


def test_drawn_tables_keep_their_margins():
    for part in drawn_tables(np.array([5, 7, 1]), np.array([2, 8, 3]), 50, 3):
        assert (part.sum(axis=2) == [5, 7, 1]).all()
        assert (part.sum(axis=1) == [2, 8, 3]).all()
        assert (part >= 0).all()


def test_mann_whitney_is_bounded():
    """Nine against thousands with many distinct values: drawn, not counted for a minute."""
    rng = np.random.default_rng(1)
    values = rng.integers(0, 400, 9_991).astype(float)
    table = rank_table(values, np.ones(9_991, np.int64), (np.arange(9_991) >= 9).astype(np.int64), 2)
    p, how = mann_whitney_exact(table, draws=199)
    assert how == "permutasi"
    assert 1 / 200 <= p <= 1


def test_sparse_groups_are_permuted_however_large():
    answers = [[4]] * 97 + [[1]] * 3 + [[4]] * 100
    r = statistik.compare_groups(pola(answers=answers, by=["a"] * 100 + ["b"] * 100), "grup")
    assert r.method == "eksak"
    assert r.p == pytest.approx(2 * math.comb(100, 3) / math.comb(200, 3))


# --- agreement of few is no certainty ---


@pytest.mark.parametrize("n", [2, 3, 5, 40])
@pytest.mark.parametrize("level", [2, 3, 4])
def test_equal_answers_are_not_certain(n, level):
    r = statistik.mean_interval(pola(answers=[[level] * 3] * n))
    e = r.ikm
    assert e.se == 0
    assert e.interval.low < e.estimate or e.estimate == 25
    assert e.interval.high > e.estimate or e.estimate == 100
    assert e.interval.low >= 25
    assert e.interval.high <= 100
    plain = statistik.mean_interval(pola(answers=[[level] * 3] * n), interval="t")
    assert math.isnan(plain.ikm.interval.low)
    assert plain.ikm.alasan == "ragam-nol"
    census = statistik.mean_interval(pola(answers=[[level] * 3] * n), population=n)
    assert census.ikm.interval.low == census.ikm.interval.high == 25 * level


def test_a_larger_share_asked_narrows_the_bounds_of_equal_answers():
    widths = [statistik.mean_interval(pola(answers=[[4]] * 20), population=N).ikm.margin for N in (21, 40, 10_000)]
    assert widths == sorted(widths)


def test_few_of_one_mind_against_many_is_no_difference():
    rng = np.random.default_rng(7)
    many = statistik.mean_interval(pola(answers=np.where(rng.random((40, 9)) < 0.92, 4, 3)))
    few = statistik.mean_interval(pola(answers=[[4] * 9] * 3))
    c = statistik.difference(many, few)
    assert c.ikm.p > 0.05
    assert c.ikm.interval.low < 0 < c.ikm.interval.high
    assert "selisih-ragam-pinjaman" in {f.kode for f in c.catatan}
    both = statistik.difference(few, statistik.mean_interval(pola(answers=[[3] * 9] * 3))).ikm
    assert math.isnan(both.p)
    assert both.alasan == "ragam-nol"
    census = statistik.mean_interval(pola(answers=[[3] * 9] * 3), population=3)
    assert statistik.difference(few, census).ikm.alasan == "ragam-nol"


def test_false_alarms_of_a_change_stay_below_seven_of_a_hundred():
    """Both periods from one population in which 92 % are wholly content; five against fifty."""
    rng = np.random.default_rng(11)
    alarms, draws = 0, 300
    for _ in range(draws):
        a, b = (
            statistik.mean_interval(pola(answers=np.where(rng.random((n, 1)) < 0.92, 4, rng.integers(1, 4, (n, 3)))))
            for n in (5, 50)
        )
        p = statistik.difference(a, b).ikm.p
        alarms += p < 0.05
    assert alarms / draws <= 0.07


# --- one definition, sentences, draws, neighbours, impossible inputs ---


def two_questions(answers):
    """Return patterns of a questionnaire whose first unsur has two questions."""
    rows = [dict(zip(("a", "b", "c"), r, strict=True)) for r in answers]
    return skm.stats.patterns(rows, kuesioner={"persyaratan": ["a", "b"], "prosedur": "c"})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([None, 1, 2, 3, 4])] * 3), min_size=4, max_size=12))
def test_one_definition_of_a_respondents_mean(answers):
    kept = [r for r in answers if any(v is not None for v in r)]
    if len(kept) < 2 or not all(any(r[j] for r in kept) for j in range(3)):
        return
    own = []
    for a, b, c in kept:
        first = [v for v in (a, b) if v is not None]
        unsur = ([sum(first) / len(first)] if first else []) + ([c] if c is not None else [])
        own.append(25 * sum(unsur) / len(unsur))
    p = two_questions(kept)
    r = statistik.mean_interval(p, estimator="per-responden")
    assert r.ikm.estimate == pytest.approx(np.mean(own))
    assert r.ikm.se == pytest.approx(np.std(own, ddof=1) / math.sqrt(len(own)), abs=1e-9)


def test_a_sentence_speaks_of_what_was_tested():
    answers = [[4]] * 170 + [[1]] * 90 + [[3]] * 260
    r = statistik.compare_groups(pola(answers=answers, by=["a"] * 260 + ["b"] * 260), "grup")
    assert r.pairs.pairs[0].effect > 0
    assert r.groups[0].mean < r.groups[1].mean
    assert "IKM" not in r.kalimat("id")
    assert "peringkat" in r.kalimat("id")
    assert "arah-berlawanan" in {f.kode for f in r.catatan}


@given(st.permutations(["x", "y", "z"]), st.integers(0, 99))
def test_a_stratified_draw_depends_on_list_and_seed_only(order, seed):
    labels = ["x", "y", "z", "x", "y", "y", "z", "x"] * 5
    sizes = {"x": 3, "y": 4, "z": 2}
    for method in ("sederhana", "sistematik"):
        first = draw(labels, sizes, seed=seed, method=method)
        again = draw(labels, {k: sizes[k] for k in order}, seed=seed, method=method)
        assert first.positions == again.positions
        grown = draw(labels, sizes | {"x": 5}, seed=seed, method=method)
        assert grown.strata["y"] == first.strata["y"]
    shares = allocate(10, dict.fromkeys(order, 7)).n
    assert dict(shares) == dict(allocate(10, {"x": 7, "y": 7, "z": 7}).n)


def test_neighbours_take_each_others_results():
    score = skm.score(skm.contoh())
    unsur = list(score.unsur)
    stated = dict.fromkeys(unsur, 3)
    expected = float(score.pembanding.tanpa_pembulatan) if hasattr(score.pembanding, "tanpa_pembulatan") else None
    for source in (score, skm.stats.mean_interval(skm.contoh()), skm.stats.patterns(skm.contoh())):
        r = skm.stats.csi(source, stated)
        assert r.csi == pytest.approx(float(score.ikm), abs=0.006)
        assert expected is None or r.csi == pytest.approx(expected)
        assert skm.stats.csi(stated, source).csi == pytest.approx(75)
    with_gap = {"2021": 80, "2022": None, "2023": "81.5", "2024": 83, "2025": 84}
    for given_ in (with_gap, list(with_gap.values())):
        r = skm.stats.mann_kendall(given_)
        assert len(r.values) == 4
        assert r.times == (1, 3, 4, 5)


@pytest.mark.parametrize("bad", [4.01, -0.1, 9])
def test_performance_off_the_scale_is_refused(bad):
    with pytest.raises(DataError, match=r"(?i)skala"):
        skm.stats.csi({"a": bad, "b": 3}, {"a": 3, "b": 3})


@pytest.mark.parametrize(
    "call",
    [
        lambda: skm.stats.mann_kendall([1, 2, "tiga", 4]),
        lambda: skm.stats.mann_kendall([1, 2, math.inf, 4]),
        lambda: statistik.ordered_trend(pola(by=("unit",)), "unit", ["A", "A", "B"]),
        lambda: statistik.association(pola(), signifikansi=2),
        lambda: statistik.association(pola(), draws=3),
        lambda: statistik.item_validity(pola(), pvalue="entah"),
        lambda: statistik.mann_kendall([1, 2, 3, 4], signifikansi=0),
        lambda: statistik.difference(*[statistik.mean_interval(pola())] * 2, variance="entah"),
        lambda: statistik.compare_groups(pola(by=("unit",)), "unit", seed=-1),
        lambda: skm.stats.csi(5, {"a": 1}),
    ],
)
def test_impossible_inputs_are_refused(call):
    with pytest.raises((OptionError, DataError)):
        call()


@given(st.integers(1, 2000), st.sampled_from(["0.3", "0.41", "0.8", "0.95"]), st.sampled_from(["0.05", "0.1"]))
def test_those_approached_give_the_respondents_needed(population, response, margin):
    r = plan_sample(population, margin=margin, response=response)
    assert r.invite <= population
    if r.possible:
        assert r.invite * float(response) >= r.n - 1e-9
    else:
        assert r.invite == population
        assert "tidak tercapai" in r.kalimat("id")


@pytest.mark.parametrize(("groups", "expected"), [(2, 17.969), (3, 26.976), (10, 49.071)])
def test_studentized_range_with_one_degree_of_freedom(groups, expected):
    """Printed tables give 17.97, 26.98 and 49.07."""
    assert range_quantile(0.95, groups, 1.0) == pytest.approx(expected, abs=0.002)
