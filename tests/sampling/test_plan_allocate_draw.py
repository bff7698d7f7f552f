"""Sample plans, allocation, drawing, adequacy by group: hand-worked values, bad input, results for people."""

from __future__ import annotations

import json
import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest

import skm
from skm.basics import messages
from skm.errors import DataError, OptionError, SKMError
from skm.sampling import (
    adequacy,
    adequacy_by,
    allocate,
    draw,
    draw_pps,
    plan_change,
    plan_clusters,
    plan_sample,
    sample_size,
)

# --- Cochran, Slovin ---


@pytest.mark.parametrize(("population", "n"), [(120, 92), (500, 218), (1000, 278), (10_000, 370)])
def test_cochran(population, n):
    assert sample_size(population, method="cochran").n == n == plan_sample(population).n


@pytest.mark.parametrize(
    ("population", "margin", "n"),
    [(120, 0.05, 93), (500, 0.05, 223), (1000, 0.05, 286), (10_000, 0.05, 385), (400, 0.05, 200), (120, "10%", 55)],
)
def test_slovin(population, margin, n):
    assert sample_size(population, method="slovin", margin=margin).n == n


def test_slovin_says_what_it_assumes():
    text = str(sample_size(1000, method="slovin"))
    for part in ("z = 2", "P = 0,5", "Peraturan tidak menyebutnya"):
        assert part in text


def test_slovin_is_cochran_with_z_two():
    endless = 4 * 0.25 / 0.05**2
    assert float(sample_size(1000, method="slovin").steps[0].nilai[-1][1]) == pytest.approx(
        endless / (1 + endless / 1000), abs=0.01
    )


def test_methods_side_by_side():
    size = sample_size(3441, method="cochran")
    assert {p.method: p.required for p in size.policies} == {
        "krejcie-morgan": 346,
        "tabel-bawah": 341,
        "tabel-atas": 346,
        "cochran": 346,
    }
    found = adequacy(345, 3441, method="slovin")
    assert (found.required, found.shortfall) == (359, 14)
    assert sample_size(3441, method="cochran", level="99%").n == 557


# --- plans ---


def test_endless_population():
    assert plan_sample().n == 385
    assert float(plan_sample().n0) == pytest.approx(384.1458820694, abs=1e-10)


@pytest.mark.parametrize(("population", "n"), [(None, 189), (500, 137), (1000, 159)])
def test_mean_index(population, n):
    assert plan_sample(population, target="indeks", sd=14, margin=2).n == n


def test_order_of_corrections():
    # 384.1458820694 x 1.5 = 576.2188231041; / (1 + 575.2188231041/1000) = 365.80; / 0.8 = 457.25
    plan = plan_sample(1000, deff=1.5, response=0.8)
    assert float(plan.with_deff) == pytest.approx(576.2188231041, abs=1e-9)
    assert float(plan.exact) == pytest.approx(576.2188231041 / 1.5752188231041, abs=1e-9)
    assert (plan.n, plan.invite) == (366, 458)


def test_rounding_happens_once():
    # Rounding n0 up first (385) would give 217.760 for N = 500.
    assert float(plan_sample(500).exact) == pytest.approx(217.4872180626, abs=1e-10)
    plan = plan_sample(100, response=0.5)
    assert plan.invite == 100
    assert not plan.possible
    assert "semua 100 orang" in str(plan)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"target": "ikm"}, "opsi-tidak-dikenal"),
        ({"target": "indeks", "sd": 14}, "rencana-indeks"),
        ({"target": "indeks", "margin": 2}, "rencana-indeks"),
        ({"target": "indeks", "margin": 0, "sd": 14}, "harus-positif"),
        ({"target": "indeks", "margin": 2, "sd": -1}, "harus-positif"),
        ({"deff": 0}, "harus-positif"),
        ({"response": 0}, "proporsi-di-luar-batas"),
        ({"response": 80}, "proporsi-di-luar-batas"),
        ({"margin": 5}, "proporsi-di-luar-batas"),
        ({"level": 0.05}, "tingkat-kepercayaan-mendua"),
        ({"deff": math.nan}, "angka-tidak-terbaca"),
    ],
)
def test_plan_refuses(options, code):
    with pytest.raises(OptionError) as caught:
        plan_sample(1000, **options)
    assert caught.value.code == code


# --- allocation ---


def test_proportional():
    a = allocate(346, {"kecamatan": 560, "kelurahan": 2881})
    assert dict(a.n) == {"kecamatan": 56, "kelurahan": 290}
    assert float(a.share["kecamatan"]) == pytest.approx(346 * 560 / 3441)


def test_largest_remainder_and_its_ties():
    # shares 3.333 each: one is left over; equal remainders and sizes, so the one named first
    assert dict(allocate(10, {"a": 50, "b": 50, "c": 50}).n) == {"a": 4, "b": 3, "c": 3}
    # 10 x 15/30 = 5, 10 x 10/30 = 3.33, 10 x 5/30 = 1.67
    assert dict(allocate(10, {"a": 15, "b": 10, "c": 5}).n) == {"a": 5, "b": 3, "c": 2}


def test_minimum_lifts_the_small_and_is_told():
    a = allocate(100, {"a": 1000, "b": 20, "c": 3}, minimum=5)
    assert dict(a.n) == {"a": 92, "b": 5, "c": 3}
    assert a.raised == ("b", "c")
    assert "dibobot" in str(a)


def test_equal_never_exceeds_a_stratum():
    assert dict(allocate(90, {"a": 1000, "b": 1000, "c": 10}, method="sama").n) == {"a": 40, "b": 40, "c": 10}


def test_empty_stratum_gets_nobody():
    assert dict(allocate(4, {"a": 10, "b": 0}, minimum=2).n) == {"a": 4, "b": 0}


@pytest.mark.parametrize(
    ("total", "sizes", "minimum", "code"),
    [
        (31, {"a": 10, "b": 20}, 0, "n-melebihi-populasi"),
        (5, {"a": 10, "b": 20}, 3, "alokasi-minimum"),
        (1, {}, 0, "n-melebihi-populasi"),
    ],
)
def test_allocation_refuses(total, sizes, minimum, code):
    with pytest.raises(DataError) as caught:
        allocate(total, sizes, minimum=minimum)
    assert caught.value.code == code


# --- drawing ---


def test_seed_is_recorded_and_repeats():
    first = draw(500, 20)
    assert draw(500, 20, seed=first.seed).positions == first.positions
    assert str(first.seed) in first.kalimat("id")


def test_known_draws_never_change():
    """The same seed must give the same people in every later release."""
    assert draw(10, 3, seed=7).positions == (3, 6, 8)
    assert draw(100, 5, seed=2017, method="sistematik").positions == KNOWN_SYSTEMATIC
    assert draw(["a"] * 6 + ["b"] * 6, {"a": 2, "b": 1}, seed=1).positions == KNOWN_STRATIFIED


KNOWN_SYSTEMATIC = (3, 23, 43, 63, 83)
KNOWN_STRATIFIED = (0, 3, 9)


def test_everybody_has_the_same_chance():
    for method in ("sederhana", "sistematik"):
        hits = Counter(p for seed in range(4000) for p in draw(10, 3, seed=seed, method=method).positions)
        # 1,200 expected, standard deviation 29
        assert all(abs(hits[p] - 1200) < 130 for p in range(10)), method


def test_stratified_draw_follows_an_allocation():
    labels = ["a"] * 30 + ["b"] * 70
    chosen = draw(labels, allocate(10, {"a": 30, "b": 70}), seed=3)
    assert {s: len(p) for s, p in chosen.strata.items()} == {"a": 3, "b": 7}
    assert all(labels[p] == "a" for p in chosen.strata["a"])
    assert chosen.to_frame()["strata"].tolist().count("b") == 7
    assert draw(pd.Series(labels), {"a": 1, "b": 1}, seed=3).n == 2


def test_edges_of_drawing():
    assert draw(5, 0, seed=1).positions == ()
    assert draw(5, 5, seed=1).positions == (0, 1, 2, 3, 4)
    assert draw(5, 5, seed=1, method="sistematik").positions == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("population", "n", "code"),
    [
        (5, 6, "n-melebihi-populasi"),
        (["a", "b"], {"a": 2, "b": 0}, "tarik-strata-kurang"),
        (["a", "c"], {"a": 1}, "tarik-label-asing"),
        (10, {"a": 1}, "tarik-perlu-label"),
    ],
)
def test_drawing_refuses(population, n, code):
    with pytest.raises(SKMError) as caught:
        draw(population, n, seed=1)
    assert caught.value.code == code


# --- adequacy by group ---


def test_forty_units_in_one_call():
    n = {f"unit {u:02d}": 50 + 10 * u for u in range(40)}
    sizes = {u: 3 * k for u, k in n.items()}
    a = adequacy_by(n, sizes)
    assert len(a) == 40
    for u, k in n.items():
        one = adequacy(k, sizes[u])
        assert (a[u].required, a[u].shortfall, a[u].adequate, a[u].margin) == (
            one.required,
            one.shortfall,
            one.adequate,
            one.margin,
        )
    assert a.total.n == sum(n.values())
    assert len(a.to_frame()) == 40
    assert str(a.to_frame()["margin"].dtype) == "float64"


def test_a_bad_row_stops_nothing():
    a = adequacy_by({"a": 30, "b": 12}, {"a": 20, "b": 12, "c": 40})
    assert math.isnan(a["a"].margin)
    assert [row.alasan for row in a.values()] == ["melebihi", "sensus", "tanpa-responden"]
    assert a["b"].margin == 0
    assert a["c"].required == sample_size(40).n
    assert a.short == ("c",)


def test_group_without_n_is_named():
    with pytest.raises(DataError) as caught:
        adequacy_by({"a": 3, "b": 4, "c": 0}, {"a": 10})
    assert caught.value.code == "populasi-strata-hilang"
    assert "b" in caught.value.message()
    assert "c" not in caught.value.message().split(":")[1]


def test_from_answers_and_a_population_table():
    frame = pd.DataFrame({**{f"u{j}": [4, 3, 4, 3] for j in range(1, 10)}, "layanan": ["KTP", "KTP", "KK", "KK"]})
    sizes = pd.DataFrame({"layanan": ["KTP", "KK"], "N": [2, 300]}).set_index("layanan")["N"]
    a = skm.stats.adequacy(frame, sizes, by="layanan")
    assert (a["KTP"].adequate, a["KK"].n, a["KK"].required) == (True, 2, 169)


def test_results_in_both_languages_and_as_json():
    results = [
        plan_sample(1000, deff=1.5, response="80%"),
        plan_sample(target="indeks", sd=14, margin=2),
        plan_sample(100, response=0.5),
        allocate(100, {"a": 1000, "b": 20, None: 3}, minimum=5),
        allocate(9, {"a": 10, "b": 20}, method="sama"),
        draw(100, 5, seed=1),
        draw(["a"] * 5, {"a": 2}, seed=1, method="sistematik"),
        allocate(9, {"a": 10, "b": 20}, method="neyman", sd={"a": 10, "b": 12}),
        allocate(9, {"a": 10, "b": 20}, method="daya"),
        plan_sample(100, response="0.3"),
        plan_change(3, sd=12),
        plan_change(3, sd=12, n=50, overlap=0.5, correlation=0.5),
        plan_change(3, sd=30, n=3),
        plan_change("0.0001", sd=30, power="99%"),
        plan_clusters(385, icc=0.05, take=10),
        plan_clusters(385, icc=0.05, cost_cluster=100, cost_person=10, clusters=10),
        draw_pps({"a": 500, "b": 20, "c": 30}, 2, seed=1),
        draw_pps([5, 5, 5], 2, seed=1),
        adequacy_by({"a": 30, "b": 12}, {"a": 20, "b": 12, "c": 40}),
        adequacy_by({"a": 20, None: 12}, {"a": 20, None: 12}),
        adequacy_by({"a": 20, "b": 12}, {"a": 90, "b": 12}, deff=2),
        allocate(9, {"a": 10, "b": 20}, method="neyman", sd={"a": 10, "b": 0}),
    ]
    for result in results:
        for lang in ("id", "en"):
            text = result.table(lang).to_text()
            assert result.kalimat(lang) in text or result.kalimat(lang)
            text.encode("ascii")
        assert result.kalimat("id") != result.kalimat("en")
        json.dumps(result.to_dict(), allow_nan=False)
        assert len(result.to_frame()) > 0
        assert result._repr_html_().startswith("<table>")


def test_every_text_about_planning_is_used(monkeypatch):
    seen = set()
    plain = messages.text

    def spy(area, code, lang=None, /, **fields):
        seen.add((area, code))
        return plain(area, code, lang, **fields)

    monkeypatch.setattr(messages, "text", spy)
    test_results_in_both_languages_and_as_json()
    assert {code for area, code in seen if area == "rencana"} == set(messages.catalogue("rencana"))


def test_numbers_of_numpy_are_numbers():
    assert dict(allocate(np.int64(10), {"a": np.int64(5), "b": np.float64(5)}).n) == {"a": 5, "b": 5}
    assert draw(np.int64(10), np.int64(3), seed=np.int64(7)).positions == (3, 6, 8)
