"""Errors that other packages have made in the same statistics: each stands here as a test.

The numbers in the ids are those of the survey of packages from which they were collected; the addresses are of the
packages' own issue threads.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from support.ref24 import UNITS, pola, rows

import skm
from skm.errors import DataError, MissingColumnError, SKMError
from skm.sampling import adequacy, plan_sample, sample_size
from skm.stats import _core as st
from skm.stats._ranks import RankTable, kruskal_wallis, mann_whitney_exact, mann_whitney_normal, rank_table


def codes(result):
    return {f.kode for f in result.catatan}


# --- reliability and validity ---


def b01_n_is_counted_after_incomplete_rows_are_left_out():  # pingouin 0.7.0, samplingbook
    whole = st.cronbach_alpha(pola("ref24m"))
    complete = st.cronbach_alpha(pola("ref24m").where_complete())
    assert whole.n == complete.n == 18
    assert (whole.alpha, whole.interval) == (complete.alpha, complete.interval)
    assert whole.interval.low == pytest.approx(0.6459121887, abs=1e-10)


def b02_constant_item_does_not_block_alpha():  # jasp-issues 870, statsample 11
    r = st.cronbach_alpha(pola(answers=[[4, 1, 2], [4, 2, 2], [4, 3, 4]]))
    assert r.alpha == pytest.approx(0.6923076923, abs=1e-10)
    assert next(iter(r.dropped.values())) == pytest.approx(0.9230769231, abs=1e-10)
    assert "butir-tetap" in codes(r)
    assert "persyaratan" in next(f for f in r.catatan if f.kode == "butir-tetap").text()


def b03_item_that_becomes_constant_by_leaving_rows_out_is_named():  # jamovi 649
    r = st.cronbach_alpha(pola(answers=[[4, 1, 2], [4, 2, 2], [4, 3, 4], [1, 0, 2], [2, 3, 0]]))
    told = next(f for f in r.catatan if f.kode == "butir-jadi-tetap")
    assert told.bukti["banyak"] == 2
    assert "persyaratan" in told.text("en")


def b04_no_variance_of_the_total_is_undefined_not_one():  # tci-stats 2
    for answers in ([[1, 4], [2, 3], [3, 2], [4, 1]], [[4, 4, 4]] * 5):
        r = st.cronbach_alpha(pola(answers=answers))
        assert math.isnan(r.alpha)
        assert r.value.alasan == "ragam-nol"
        assert "tidak terdefinisi" in r.kalimat("id")


def b05_negative_alpha_is_shown_with_advice():  # jasp-issues 1148
    r = st.cronbach_alpha(pola(answers=[[1, 4], [2, 3], [3, 2], [4, 2]]))
    assert r.alpha == pytest.approx(-18.6666666667, abs=1e-10)
    assert "alpha-negatif" in codes(r)


def b06_alpha_if_dropped_with_missing_data():  # jasp-issues 3411
    data = np.array([[int(r[f"u{j}"] or 0) for j in range(1, 10)] for r in rows("ref24m")])
    for j in range(9):
        data[j, j] = 0
    r = st.cronbach_alpha(pola(answers=data))
    assert len(r.dropped) == 9
    assert not any(map(math.isnan, r.dropped.values()))


def b07_transposed_table_is_refused():  # statsmodels 1277
    frame = pd.DataFrame([[int(r[f"u{j}"]) for j in range(1, 10)] for r in rows("ref24")])
    frame.columns = [f"u{j}" for j in range(1, 10)]
    with pytest.raises(MissingColumnError):
        skm.stats.cronbach_alpha(frame.T.set_axis([f"r{i}" for i in range(24)], axis="columns"))


def b08_one_item_and_drop_one_of_two():
    with pytest.raises(DataError) as caught:
        st.cronbach_alpha(pola(answers=[[1], [2], [3]]))
    assert caught.value.code == "kurang-butir"
    r = st.cronbach_alpha(pola(answers=[[1, 2], [2, 2], [4, 3]]))
    assert all(map(math.isnan, r.dropped.values()))
    assert {row[-1] for row in r.rows() if row[0] == "tanpa-butir"} == {"kurang-butir"}


def b09_long_wide_and_wide_with_blanks_agree():  # pingouin 206
    wide = pd.DataFrame(
        [{f"u{j}": int(r[f"u{j}"]) if r[f"u{j}"] else None for j in range(1, 10)} for r in rows("ref24m")]
    )
    long = [
        {"responden": i, "unsur": f"u{j}", "nilai": int(r[f"u{j}"])}
        for i, r in enumerate(rows("ref24m"))
        for j in range(1, 10)
        if r[f"u{j}"]
    ]
    a, b = skm.stats.cronbach_alpha(wide), skm.stats.cronbach_alpha(long)
    assert (a.alpha, a.n) == (b.alpha, b.n) == (st.cronbach_alpha(pola("ref24m")).alpha, 18)


def b10_columns_not_used_change_nothing():  # pingouin 74
    frame = pd.DataFrame(
        [
            {k: r[k] if k in ("unit", "sex") else int(r[k]) for k in ("unit", "sex", *(f"u{j}" for j in range(1, 10)))}
            for r in rows("ref24")
        ]
    )
    with_blank = frame.assign(catatan=[None, *["x"] * 23], angka=[np.nan] * 24)
    a, b = (skm.stats.compare(f, by="unit", method="asimtotik") for f in (frame, with_blank))
    assert a.h == b.h == pytest.approx(0.2625109745, abs=1e-10)


def b11_constant_item_cannot_be_judged_it_is_not_invalid():  # scipy pearsonr
    r = st.item_validity(pola(answers=[[4, 1, 2], [4, 2, 2], [4, 3, 4], [4, 4, 4]]))
    first = next(iter(r.butir.values()))
    assert math.isnan(first.r_total)
    assert first.valid is None
    assert first.alasan == "butir-tetap"
    assert 'bukan "tidak valid"' in " ".join(r.table("id").notes)


def b12_two_respondents_give_r_but_no_verdict():  # scipy pearsonr
    r = st.item_validity(pola(answers=[[1, 3], [2, 4]]))
    assert [v.r_total for v in r.butir.values()] == [1, 1]
    assert [v.valid for v in r.butir.values()] == [None, None]
    assert math.isnan(r.r_tabel)


def b14_identical_items_are_named():  # EFAtools 25, MODE-TASK 25
    data = [[int(r[f"u{j}"]) for j in (1, 2, 3, 4)] for r in rows("ref24")]
    r = st.cronbach_alpha(pola(answers=[[*row, row[0]] for row in data]))
    assert math.isnan(r.omega.omega)
    assert r.omega.alasan == "butir-kembar"
    assert r.omega.butir == ("persyaratan = produk",)
    assert "butir-kembar" in codes(r)


# --- sampling error, weights, sample size ---


def b15_one_n_for_the_finite_population_correction():  # samplics 60
    u4 = pola().kuesioner.unsur[3]
    assert st.mean_interval(pola(), population=120).unsur[u4].se == pytest.approx(0.1728910187, abs=1e-10)


def b16_numbers_of_every_kind_are_the_same_n():  # samplics 0.6.1
    kinds = (500, 500.0, np.int64(500), np.float64(500), Decimal(500), "500")
    assert {plan_sample(n).n for n in kinds} == {218}
    assert {sample_size(n, method="cochran").n for n in kinds} == {218}
    assert len({st.mean_interval(pola(), population=n).ikm.se for n in kinds}) == 1


def b17_correction_goes_with_its_own_definition_of_the_variance():  # Lakens 147, Survey.jl 284
    r = st.mean_interval(pola(answers=[[3], [4], [4], [2]]), population=10)
    assert r.unsur["persyaratan"].se == pytest.approx(0.3708099244, abs=1e-10)


def b18_a_census_has_no_standard_error():  # StatsBase.jl 765, statsmodels 6878
    r = st.mean_interval(pola(), population=24)
    assert r.ikm.se == 0
    assert r.ikm.interval.low == r.ikm.interval.high == r.ikm.estimate
    assert r.census
    assert "sensus" in r.kalimat("id")


def b19_more_respondents_than_people_is_an_error():  # samplingbook Smean
    for call in (lambda: st.mean_interval(pola(), population=20), lambda: adequacy(30, 24)):
        with pytest.raises(DataError) as caught:
            call()
        assert caught.value.code == "n-melebihi-populasi"


def b20_no_degrees_of_freedom_no_interval():  # svy 96
    answers = [[4, 3], [4, 4], [2, 3], [1, 2]]
    r = st.mean_interval(pola(answers=answers, by=["a", "a", "a", "b"]), by="grup")
    lonely = r["b"].ikm
    assert math.isnan(lonely.se)
    assert math.isnan(lonely.interval.low)
    assert lonely.alasan == "satu-jawaban"
    assert not math.isnan(r["a"].ikm.se)


def b21_stratum_of_one_is_an_error_that_names_it():  # svy 32, samplics 33, 49
    p = pola(answers=[[4, 3], [4, 4], [2, 3], [1, 2]], by=["a", "a", "a", "b"])
    with pytest.raises(DataError) as caught:
        st.mean_interval(p, strata="grup", population={"a": 9, "b": 5})
    assert caught.value.code == "strata-tunggal"
    assert "b" in caught.value.message()
    chosen = st.mean_interval(p, strata="grup", population={"a": 9, "b": 5}, strata_tunggal="pusat")
    assert chosen.ikm.se > 0
    asked_all = st.mean_interval(p, strata="grup", population={"a": 9, "b": 1})
    assert asked_all.ikm.se > 0


def b22_groups_have_their_own_degrees_of_freedom():  # svy 0.21.0, srvyr 58
    by = st.mean_interval(pola(by=("unit",)), by="unit")
    for (label,), alone in pola(by=("unit",)).groups():
        assert by[label].ikm.df == 7
        assert by[label].ikm.interval == st.mean_interval(alone).ikm.interval


def b23_respondents_with_a_blank_stay_in_the_design():  # svy 0.20.0
    u4 = pola().kuesioner.unsur[3]
    assert st.mean_interval(pola("ref24m"), population=120).unsur[u4].se == pytest.approx(0.1661207973, abs=1e-10)


def b24_design_effect_names_its_reference():  # svy 0.24.0
    r = st.mean_interval(pola(by=("unit",)), strata="unit", population=UNITS)
    assert r.deff.wor == pytest.approx(1.1845381393, abs=1e-10)
    assert r.deff.wr == pytest.approx(0.9476305114, abs=1e-10)
    line = next(x for x in r.table("en").notes if x.startswith("Design effect"))
    assert "without replacement" in line
    assert "with replacement" in line


def b25_a_blank_takes_its_weight_with_it():  # numpy 21375, fv3net 2048
    r = st.mean_interval(pola(answers=[[1], [2], [3], [0]], weights=[1, 1, 1, 5]))
    assert r.unsur["persyaratan"].estimate == 2.0


def b26_nothing_answered_or_no_weight():  # datar 139
    r = st.mean_interval(pola(answers=[[0]], weights=[5]))
    assert math.isnan(r.ikm.estimate)
    assert r.ikm.alasan == "tanpa-jawaban"
    with pytest.raises(DataError) as caught:
        st.kish([0, 0])
    assert caught.value.code == "bobot-responden-nol"


def b27_raking_keeps_incoming_weights():  # balance 431
    r = st.rake({"jk": ["L", "L"]}, {"jk": {"L": 8}}, weights=[1, 3])
    assert r.weights.tolist() == [2, 6]


def b28_target_for_a_category_nobody_is_in():  # rcrunch 184, balance 80
    with pytest.raises(DataError) as caught:
        st.rake({"jk": ["L", "L"]}, {"jk": {"L": 50, "P": 50}})
    assert caught.value.code == "raking-kelompok-kosong"
    assert "P" in caught.value.message()


def b29_raking_goes_on_until_it_has_met():  # svy
    columns = {key: [r[key] for r in rows("ref24")] for key in ("sex", "edu")}
    r = st.rake(columns, {"sex": {"L": 60, "P": 60}, "edu": {"S1": 48, "S2": 12, "SMA": 60}})
    assert r.deviation < 1e-12
    assert st.mean_interval(pola(weights=r.weights)).ikm.estimate == pytest.approx(83.07298850137, abs=1e-10)


def b32_a_whole_number_is_not_lifted_by_float_noise():
    assert sample_size(400, method="slovin").n == 200
    assert sample_size(400, method="slovin").steps[0].nilai[-1][1] == Decimal(200)


def b33_items_are_not_independent():
    r = st.mean_interval(pola("ref24m"), population=120)
    naive = 25 / 9 * math.sqrt(sum(e.se**2 for e in r.unsur.values()))
    assert r.ikm.se == pytest.approx(2.2263636510, abs=1e-10)
    assert naive < 0.6 * r.ikm.se


# --- tests across groups and time ---


def table(*groups):
    values = np.concatenate([np.asarray(g, float) for g in groups])
    home = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    return rank_table(values, np.ones(len(values), np.int64), home, len(groups))


def b34_exact_counts_the_ties():  # scipy 26115
    r = st.compare_groups(pola(by=("sex",)), "sex")
    assert r.p == pytest.approx(0.6192263189, abs=1e-10)
    assert r.pairs.pairs[0].method == "mann-whitney-eksak"
    assert st.compare_groups(pola(by=("sex",)), "sex", method="asimtotik").p == pytest.approx(0.6225370503, abs=1e-10)


def b35_blanks_are_left_out_of_ranks():  # scipy 20056
    h, _, p = kruskal_wallis(table([1, 2, np.nan], [3, 4]))
    assert h == pytest.approx(2.4, abs=1e-12)
    assert p == pytest.approx(0.1213353, abs=1e-7)


def b36_all_values_identical():  # agricolae 8
    r = st.compare_groups(pola(answers=[[4, 4]] * 4, by=["a", "a", "b", "b"]), "grup")
    assert math.isnan(r.p)
    assert r.alasan == "semua-sama"
    assert "tidak dapat diuji" in r.kalimat("id")
    assert "cannot be tested" in r.kalimat("en")


def b37_empty_group_is_skipped():
    whole = kruskal_wallis(table([1, 2], [3, 4]))
    p = pola(answers=[[1, 1], [2, 2], [3, 3], [4, 4], [0, 0]], by=["a", "a", "b", "b", "c"])
    r = st.compare_groups(p, "grup", method="asimtotik")
    assert r.h == pytest.approx(whole[0])
    assert "kelompok-kosong" in codes(r)


def b38_ties_are_subtracted():  # scipy 5755, Mann-Kendall-Trend 1
    assert st.mann_kendall([76.20, 77.05, 76.81, 78.40, 78.40, 79.95, 79.12, 81.30]).variance == pytest.approx(
        64.3333333333
    )


def b39_short_series():  # pyMannKendall 26, 13
    for n in range(4):
        r = st.mann_kendall([80.0, 81.0, 82.0][:n])
        assert math.isnan(r.p)
        assert r.alasan == "pendek"
    assert st.mann_kendall([80.0, 81, 82, 83]).p == pytest.approx(1 / 12)


def b40_both_taus_by_name():
    r = st.mann_kendall([76.20, 77.05, 76.81, 78.40, 78.40, 79.95, 79.12, 81.30])
    assert (r.tau_a, r.tau_b) == (pytest.approx(0.8214285714), pytest.approx(0.8365019126))


def b41_a_missing_quarter_counts():
    assert st.mann_kendall([80, 81, 83, 84], times=[1, 2, 4, 5]).slope == pytest.approx(1.0)
    assert st.mann_kendall([80, 81, 83, 84]).slope == pytest.approx(17 / 12)


def b42_swapping_groups_negates_the_effect():  # scipy 10394
    t = table([3, 3, 4], [4, 4, 4])
    swapped = RankTable(t.counts[::-1], t.values)
    assert mann_whitney_exact(t) == mann_whitney_exact(swapped) == (pytest.approx(0.4), "eksak")
    assert mann_whitney_normal(t)[1] == mann_whitney_normal(swapped)[1]
    a = st.compare_groups(pola(by=("sex",)), "sex").pairs.pairs[0]
    assert a.u + (a.n_a * a.n_b - a.u) == a.n_a * a.n_b
    assert a.effect == pytest.approx(-0.1328125)
    higher = st.compare_groups(pola(answers=[[3], [3], [4], [4], [4], [4]], by=(1, 1, 1, 2, 2, 2)), "grup")
    assert "2 dan di 1" in higher.kalimat("id") or "di 2 dan 1" in higher.kalimat("id")


# --- categories and numbers ---


def b59_missing_group_is_kept_and_told():  # pandas 36327, 48492, 21151
    frame = pd.DataFrame({**{f"u{j}": [4, 3, 2, 3, 4] for j in range(1, 4)}, "jk": ["L", None, "L", "P", "P"]})
    by = skm.stats.mean_interval(frame, by="jk")
    assert {label: r.n for label, r in by.items()} == {"L": 2, "P": 2, None: 1}
    told = next(f for f in skm.stats.compare(frame, by="jk").catatan if f.kode == "tanpa-kelompok")
    assert told.bukti["banyak"] == 1


def b63_small_integers_do_not_overflow():  # polars 21515, 13782
    data = np.array([[4] * 9] * 40 + [[1] * 9], np.int8)
    r = st.mean_interval(pola(answers=data))
    assert r.ikm.estimate == pytest.approx(25 * (40 * 4 + 1) / 41)
    many = pola(answers=data)
    heavy = type(many)(many.kuesioner, many.nilai, many.kali * 10**8, many.kelompok)
    assert st.cronbach_alpha(heavy).alpha == pytest.approx(1.0)


def b68_the_letter_is_that_of_the_rounded_official_figure():
    total = [3] * 19 * 9
    for k in range(524 - sum(total)):
        total[k] += 1
    r = st.mean_interval(pola(answers=np.array(total).reshape(19, 9)))
    assert Fraction(524, 171) * 25 < Fraction("76.61")
    assert (
        r.mutu.estimate
        == skm.score(pd.DataFrame(np.array(total).reshape(19, 9), columns=[f"u{j}" for j in range(1, 10)])).mutu
        == "B"
    )


def b_zero_variance_difference_has_no_p():
    a = st.mean_interval(pola(answers=[[4, 4]] * 5))
    b = st.mean_interval(pola(answers=[[3, 3]] * 5))
    r = st.difference(a, b)
    assert r.ikm.difference == -25
    assert math.isnan(r.ikm.p)
    assert r.ikm.alasan == "ragam-nol"


CASES = {
    name: value
    for name, value in list(globals().items())
    if name.startswith("b") and callable(value) and value.__module__ == __name__
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_known_error(name):
    CASES[name]()


@pytest.mark.parametrize("weights", [[1, -1], [1, np.nan], [np.inf, 1], ["a", "b"], [1]])
def test_weights_that_are_none(weights):
    with pytest.raises(SKMError):
        skm.stats.mean_interval([{"u1": 3, "u2": 4}, {"u1": 4, "u2": 4}], weights=weights)
