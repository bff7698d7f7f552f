"""No spread is no certainty, few respondents are no proof, and labels of time have an order of their own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.ref24 import pola

import skm
from skm.basics.errors import SKMError
from skm.sampling import adequacy_by, allocate
from skm.stats import _core as statistik
from skm.stats._quiet import quiet_width
from skm.stats._time_order import in_time_order, skipped

STEP = [[4, 3, 4], [3, 2, 3], [4, 3, 4], [2, 1, 2]]  # every respondent lies the same way above the next
FORM = 9  # unsur


def rows(n: int, seed: int = 1, **columns):
    rng = np.random.default_rng(seed)
    answers = rng.choice([2, 3, 4], (n, FORM), p=[0.1, 0.4, 0.5])
    return [
        {**{f"u{j + 1}": int(v) for j, v in enumerate(r)}, **{k: c[i] for k, c in columns.items()}}
        for i, r in enumerate(answers)
    ]


# Order of time -------------------------------------------------------------------------------------------------------

ORDERED = [
    [1, 2, 3, 9, 10, 11, 12],
    ["M1", "M2", "M10"],
    ["Januari", "Februari", "Maret", "April", "Agustus", "Desember"],
    ["Jan 2024", "Mar 2024", "Feb 2025", "Apr 2025"],
    ["Semester I 2023", "Semester II 2023", "Semester I 2024"],
    ["TW IV 2024", "TW I 2025", "TW II 2025"],
    ["2024-11", "2024-12", "2025-01"],
    ["Gelombang 2", "Gelombang 11"],
    [2023, 2024, 2025],
]


@pytest.mark.parametrize("labels", ORDERED, ids=lambda v: str(v[0]))
@pytest.mark.parametrize("seed", range(3))
def test_periods_are_ordered_by_time_however_they_come(labels, seed):
    shuffled = [labels[i] for i in np.random.default_rng(seed).permutation(len(labels))]
    assert in_time_order(shuffled) == labels


@pytest.mark.parametrize("labels", [["awal", "tengah", "akhir"], ["Januari", "2025-02"], ["A1", "B2"], ["1", "01"]])
def test_labels_without_a_time_are_refused_unless_the_order_is_given(labels):
    with pytest.raises(SKMError) as caught:
        in_time_order(labels)
    assert caught.value.code == "urutan-waktu"
    assert in_time_order(labels[::-1], labels) == labels
    for order in (labels[:1], [*labels, labels[0]]):
        with pytest.raises(SKMError):
            in_time_order(labels, order)


def test_a_chart_follows_the_calendar_and_tells_what_is_missing():
    names = ["Januari", "Februari", "Maret", "Oktober"]
    chart = skm.stats.control_chart(rows(80, masa=[names[i % 4] for i in range(80)]), "masa")
    assert [p.label for p in chart.points] == names
    words = ["awal", "lalu", "kini"]
    data = rows(60, masa=[words[i % 3] for i in range(60)])
    with pytest.raises(SKMError) as caught:
        skm.stats.control_chart(data, "masa")
    assert caught.value.code == "urutan-waktu"
    assert [p.label for p in skm.stats.control_chart(data, "masa", order=words).points] == words
    dates = [f"2025-{(1, 2, 5)[i % 3]:02d}-1{i % 7}" if i else None for i in range(60)]
    groups = skm.stats.mean_interval(rows(60, tanggal=dates), by="bulan")
    chart = skm.stats.control_chart(groups)
    assert [p.label for p in chart.points] == ["2025-01", "2025-02", "2025-05"]
    told = {f.kode: f.bukti for f in chart.catatan}
    assert told["kendali-lompat"]["periode"] == ["2025-03", "2025-04"]
    assert told["kendali-tanpa-tanggal"]["banyak"] == 1
    with pytest.raises(SKMError) as caught:
        skm.stats.control_chart(rows(9, tanggal=[None] * 9))
    assert caught.value.code == "kendali-tanpa-waktu"
    assert skipped(["Gelombang 1", "Gelombang 3"]) == []


@pytest.mark.parametrize(("weight", "content", "first"), [(0.2, 0.95, 3), (1.0, 0.95, 24), (1.0, 0.6, 3)])
def test_a_chart_without_change_is_quiet(weight, content, first):
    """Signals anywhere on 24 months: three errors gave up to 40 in 100 where answers crowd at the top."""
    rng, false, drawn = np.random.default_rng(5), 0, 60
    sizes, n = np.full(24, 20), 20
    for _ in range(drawn):
        values = np.where(rng.random((24, n)) < content, 100.0, rng.uniform(45, 80, (24, n)))
        months = {t: (float(v.mean()), float(v.std(ddof=1)) / math.sqrt(n), n) for t, v in enumerate(values)}
        method = "shewhart" if weight == 1 else "ewma"
        false += statistik.control_chart(months, method=method, baseline=first).first_signal is not None
    assert false <= 8  # 0.05 and three errors of the simulation
    assert quiet_width(sizes, np.arange(24) < 3, 30.0, 10.0, weight) > quiet_width(sizes, sizes > 0, 30.0, 10.0, weight)


def test_a_width_that_was_asked_for_stays():
    months = dict.fromkeys(range(12), (97.0, 3.0, 9))
    assert statistik.control_chart(months, limit=3).limit == 3
    assert statistik.control_chart(months, baseline=3).limit > 3
    assert statistik.control_chart(months, baseline=3).limit == statistik.control_chart(months, baseline=3).limit


# No spread -----------------------------------------------------------------------------------------------------------


def test_answers_in_step_leave_alpha_without_an_interval():
    alpha = statistik.cronbach_alpha(pola(answers=STEP))
    assert alpha.alpha == 1
    assert math.isnan(alpha.interval.low)
    assert alpha.value.alasan == "tanpa-galat"


@pytest.mark.parametrize("answers", [[[4]] * 5 + [[3]] * 5 + [[2]] * 5, [[4], [3], [2]]])
def test_groups_that_agree_within_have_no_interval_of_their_effect(answers):
    labels = [f"g{i * 3 // len(answers)}" for i in range(len(answers))]
    r = statistik.compare_groups(pola(answers=answers, by=labels), "grup")
    assert r.epsilon2 == pytest.approx(1)
    assert math.isnan(r.epsilon2_interval.low)


def test_the_interval_of_an_effect_holds_zero_where_groups_do_not_differ():
    rng, held = np.random.default_rng(3), 0
    for _ in range(60):
        labels = [f"{i % 4}" for i in range(80)]
        r = statistik.compare_groups(pola(answers=rng.integers(1, 5, (80, 3)), by=labels), "grup", draws=99)
        held += r.epsilon2_interval.low == 0
        assert r.epsilon2_interval.low <= r.epsilon2_interval.high
    assert held >= 51


@pytest.mark.parametrize("weights", [None, [0.7, 1.3, 2.9] * 4])
def test_units_that_agree_within_cannot_be_ranked(weights):
    answers = [[3, 4, 3, 4, 3, 4, 3, 4, 3]] * 6 + [[2, 4, 3, 4, 3, 4, 3, 4, 3]] * 6
    r = statistik.rank_units(pola(answers=answers, by=[*"a" * 6, *"b" * 6], weights=weights), "grup")
    assert [u.rank for u in r.units] == [None, None]


@pytest.mark.parametrize("values", [[80] * 9 + [81], [80, 81, 82, 83, 84], [80, 80, 80, 81], [80] * 30 + [90]])
def test_a_slope_is_never_certain(values):
    i = statistik.mann_kendall(values).interval
    assert math.isnan(i.low) or i.low < i.high


@pytest.mark.parametrize("share", [0.0, 0.01, 1.0])
def test_weight_on_one_respondent_is_no_interval(share):
    weights = [1e6] + [1e6 * share] * 7
    p = pola(answers=np.random.default_rng(1).integers(1, 5, (8, FORM)), weights=weights)
    m, ranks = statistik.mean_interval(p), statistik.rank_unsur(p, draws=99)
    if share == 1:
        assert m.ikm.se > 0
        assert ranks.unsur[0].rank == 1
        return
    assert m.ikm.alasan in ("bobot-terpusat", "satu-jawaban")
    assert math.isnan(m.ikm.interval.low)
    assert ranks.unsur[0].rank is None


# Few -----------------------------------------------------------------------------------------------------------------


def test_two_against_two_is_no_test():
    a, b = (statistik.mean_interval(pola(answers=x)) for x in ([[4, 4], [4, 3]], [[1, 2], [2, 2]]))
    change = statistik.difference(a, b).ikm
    assert (change.alasan, math.isnan(change.p)) == ("terlalu-sedikit", True)
    assert statistik.difference(a, b, variance="welch").ikm.p < 1


@pytest.mark.parametrize(("n", "share"), [(110, 0.05), (200, 0.02)])
def test_answers_that_crowd_at_the_end_raise_no_false_alarms(n, share):
    """Welch's test alone: 8 to 10 in 100."""
    rng, false, drawn = np.random.default_rng(8), 0, 300
    for _ in range(drawn):
        both = []
        for size in (n, 2000):
            values = np.where(rng.random(size) < share, rng.choice([1, 2, 3], size), 4)
            both.append(statistik.mean_interval(pola(answers=np.repeat(values[:, None], 2, axis=1))))
        false += statistik.difference(*both).ikm.p < 0.05
    assert false / drawn <= 0.10  # 0.07 and two errors of the simulation; Welch's own 0.12 here


def test_weighted_shares_of_few_raise_no_false_alarms():
    rng, false, drawn = np.random.default_rng(4), 0, 120
    for _ in range(drawn):
        answers, weights = rng.choice([1, 2, 3, 4], (28, FORM)), rng.lognormal(0, 0.7, 28)
        p = pola(answers=answers, by=[*"a" * 8, *"b" * 20], weights=weights)
        false += statistik.share_test(p, "grup", p.kuesioner.unsur[0], draws=199).p < 0.05
    assert false / drawn <= 0.11  # 0.07 and two errors; F alone 0.10 to 0.14


@pytest.mark.parametrize("way", ["shares", "units", "unsur"])
def test_a_census_is_told_as_one(way):
    p = pola(answers=[[4, 3], [3, 3], [4, 2], [2, 4]], by=[*"aabb"])
    if way == "shares":
        r = statistik.share_test(p, "grup", p.kuesioner.unsur[0], population=4)
        assert (r.census, math.isnan(r.p)) == (True, True)
    elif way == "units":
        r = statistik.rank_units(p, "grup", population={"a": 2, "b": 2})
        assert [u.rank_low for u in r.units] == [u.rank_high for u in r.units] == [u.rank for u in r.units]
    else:
        r = statistik.rank_unsur(p, population=4)
        assert list(r.footnotes("id")) == []
    assert "kebetulan sampel" in r.kalimat("id")
    assert "sensus" in [f.kode for f in r.catatan]


def test_a_single_unit_has_no_rank():
    r = statistik.rank_units(pola(answers=[[4, 3], [3, 3], [4, 2]], by=[*"aab"]), "grup")
    assert [(u.rank, u.alasan) for u in r.units] == [(None, "tanpa-pembanding"), (None, "satu-jawaban")]


# Neighbours and bounds -----------------------------------------------------------------------------------------------


def test_a_series_too_long_is_refused_and_a_long_one_is_quick():
    r = statistik.mann_kendall(np.random.default_rng(2).normal(80, 1, 1000))
    assert 0 < r.p < 1
    with pytest.raises(SKMError) as caught:
        statistik.mann_kendall(range(3001))
    assert caught.value.code == "deret-panjang"


def test_design_effects_of_groups_widen_their_margins():
    plain = adequacy_by({"a": 50, "b": 50}, {"a": 500, "b": 500})
    wide = adequacy_by({"a": 50, "b": 50}, {"a": 500, "b": 500}, deff={"a": 1, "b": 4})
    assert wide["a"].margin == plain["a"].margin
    assert wide["b"].margin == pytest.approx(2 * plain["b"].margin)
    assert wide.total.deff == pytest.approx(100 / (50 + 12.5))
    assert skm.stats.adequacy(rows(40, g=["a", "b"] * 20), {"a": 90, "b": 90}, "g", deff=2)["a"].n_effective == 10
    for bad in (0, -1, {"a": 1}, "x"):
        with pytest.raises(SKMError):
            adequacy_by({"a": 50, "b": 50}, {"a": 500, "b": 500}, deff=bad)


def test_nothing_is_planned_from_the_interval_of_a_census():
    data = rows(30)
    with pytest.raises(SKMError) as caught:
        skm.stats.plan_index(skm.stats.mean_interval(data, population=30), 1)
    assert caught.value.code == "rencana-dari-sensus"
    assert skm.stats.plan_index(data, 1, population=30).n <= 30


def test_a_stratum_without_two_respondents_is_told():
    made = allocate(30, {"a": 500, "b": 500, "c": 1}, method="neyman", sd={"a": 9, "b": 0, "c": 0})
    assert "minimum=2" in made.table("id").to_text()
    assert "minimum=2" not in allocate(30, {"a": 500, "b": 500}).table("id").to_text()


def test_frequencies_and_exchanges_go_everywhere():
    data = rows(40, f=[1 + i % 3 for i in range(40)], g=["a", "b"] * 20)
    often = [r for r in data for _ in range(r["f"])]
    ranks = skm.stats.rank_unsur(data, weights="f", weights_are="frekuensi", pvalue="permutasi", draws=199)
    assert ranks.method == "permutasi"
    same = skm.stats.rank_unsur(often, pvalue="permutasi", draws=199)
    assert [u.se for u in ranks.unsur] == pytest.approx([u.se for u in same.unsur])
    shares = skm.stats.share_test(data, "g", "waktu", weights="f", weights_are="frekuensi")
    assert shares.p == pytest.approx(skm.stats.share_test(often, "g", "waktu").p)
    wide, narrow = (skm.stats.association(often, level=level).pairs[0].interval for level in (0.95, 0.5))
    assert wide.low < narrow.low < narrow.high < wide.high
