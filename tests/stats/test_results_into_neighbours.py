"""What one function gives, the next one takes: chains that an office or a researcher would write down at once."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import skm
from skm import sampling, stats
from skm.errors import SKMError

ROWS = [
    {
        "unit": f"U{i % 4}", "jk": "LP"[i % 2], "desa": f"d{i % 12}", "bulan": f"2025-0{1 + i % 6}", "w": 1 + i % 3,
        **{f"u{j}": 2 + (i * (j + 1) + i // 7) % 3 for j in range(1, 10)},
    }
    for i in range(96)
]  # fmt: skip
LATER = [{**row, "u1": max(1, row["u1"] - 1), "bulan": row["bulan"].replace("2025", "2026")} for row in ROWS]
PEOPLE = {f"U{i}": 300 for i in range(4)}
STATED = (3.8, 3.6, 3.7, 3.2, 3.5, 3.9, 3.4, 3.6, 3.1)


@pytest.fixture(scope="module")
def survey() -> Any:
    return skm.read(ROWS)


@pytest.fixture(scope="module")
def stated(survey: Any) -> dict[str, float]:
    return dict(zip(skm.score(survey).unsur, STATED, strict=True))


def test_any_kind_of_answers_goes_into_every_statistic(survey: Any, stated: dict[str, float]) -> None:
    """A survey, rows, a frame and patterns say the same."""
    kinds: list[Any] = [ROWS, pd.DataFrame(ROWS), survey]
    calls: dict[str, Any] = {
        "mean_interval": lambda d: stats.mean_interval(d, by="unit"),
        "cronbach_alpha": stats.cronbach_alpha,
        "item_validity": stats.item_validity,
        "compare": lambda d: stats.compare(d, "unit"),
        "rank_units": lambda d: stats.rank_units(d, "unit"),
        "rank_unsur": stats.rank_unsur,
        "shrink_units": lambda d: stats.shrink_units(d, "unit"),
        "share_test": lambda d: stats.share_test(d, "unit", "waktu"),
        "ordered_trend": lambda d: stats.ordered_trend(d, "unit", sorted(PEOPLE)),
        "association": stats.association,
        "importance_performance": stats.importance_performance,
        "csi": lambda d: stats.csi(stats.patterns(d), stated),
        "difference": lambda d: stats.difference(d, d),
        "changes": lambda d: stats.changes(d, d, "unit"),
        "control_chart": lambda d: stats.control_chart(d, "bulan"),
        "plan_index": lambda d: stats.plan_index(d, 2),
        "priorities": skm.priorities,
    }
    for name, call in calls.items():
        told = [call(kind).to_dict() for kind in kinds]
        assert told[0] == told[1] == told[2], name
    by_unit = stats.patterns(ROWS, "unit")
    for name in ("compare", "rank_units", "shrink_units", "share_test", "ordered_trend", "changes"):
        assert calls[name](by_unit).to_dict() == calls[name](ROWS).to_dict(), name


def test_intervals_go_on(survey: Any) -> None:
    units = stats.mean_interval(survey, by="unit", population=PEOPLE)
    later = stats.mean_interval(LATER, by="unit", population=PEOPLE)
    assert stats.changes(units, later, "unit").kunci == "unit"
    assert (
        stats.shrink_units(units).to_dict()["baris"]
        == stats.shrink_units(survey, "unit", population=PEOPLE).to_dict()["baris"]
    )
    one = stats.mean_interval(survey)
    assert stats.difference(one, stats.mean_interval(LATER)).ikm.p < 1
    assert stats.difference(units["U0"], later["U0"]).ikm.difference == pytest.approx(
        later["U0"].ikm.estimate - units["U0"].ikm.estimate
    )
    months = stats.mean_interval(survey, by="bulan")
    assert stats.control_chart(months).points == stats.control_chart(survey, "bulan").points
    assert stats.plan_index(one, 2).n == stats.plan_index(survey, 2).n
    triples = {k: (v.ikm.estimate, v.ikm.se, v.ikm.n) for k, v in units.items()}
    assert stats.shrink_units(triples).tau2 == pytest.approx(stats.shrink_units(units).tau2)
    trend = skm.trend({"2025": survey, "2026": LATER}, interval={"2025": one, "2026": stats.mean_interval(LATER)})
    assert len(trend.titik) == 2


def test_weights_go_on(survey: Any) -> None:
    """Calibrated, trimmed and nonresponse weights go into everything that takes weights."""
    made = stats.calibrate(survey, {"jk": {"L": 500, "P": 700}}, method="pascastrata")
    cut = stats.trim_weights(made.weights, high=float(made.weights.max()))
    again = stats.rake(survey, {"jk": {"L": 500, "P": 700}}, weights=cut)
    missing = stats.nonresponse_weights([r["jk"] for r in ROWS], [True] * 96, weights=again.weights)
    for weights in (made, cut, again, missing, pd.Series(cut)):
        assert stats.mean_interval(survey, weights=weights).n == 96
        assert stats.rank_unsur(survey, weights=weights).n_complete == 96
        assert stats.share_test(survey, "jk", "waktu", weights=weights).rows()
        assert stats.kish(weights) <= 96 + 1e-9
        assert stats.plan_index(survey, 2, weights=weights).n > 1
        assert stats.calibrate(survey, {"unit": PEOPLE}, weights=weights).deviation < 1e-6
        assert stats.trim_weights(weights, low=0).shape == (96,)
    replicas = [[1.0 + (i == j) for i in range(96)] for j in range(6)]
    assert stats.difference(stats.replicate_interval(survey, made, replicas), survey).ikm.se > 0


def test_plans_go_on(survey: Any) -> None:
    plan = stats.plan_index(survey, 2, population=1200)
    counts = dict.fromkeys(PEOPLE, 300)
    shares = sampling.allocate(plan, counts)
    assert shares.total == plan.n
    assert sampling.allocate(sampling.sample_size(1200), counts).total == sampling.sample_size(1200).n
    labels = [u for u, n in counts.items() for _ in range(n)]
    drawn = sampling.draw(labels, shares, seed=1)
    assert drawn.n == plan.n
    assert sampling.draw(1200, plan, seed=1).n == plan.n
    spread = {u: r.ikm.se * math.sqrt(r.ikm.n) for u, r in stats.mean_interval(survey, by="unit").items()}
    assert sampling.allocate(plan, counts, method="neyman", sd=spread).total == plan.n
    icc = max(stats.rank_units(survey, "desa").between.icc, 0)
    clusters = sampling.plan_clusters(plan, icc=icc, take=10)
    assert sampling.draw_pps(dict.fromkeys("abcdefgh" * 1, 10), min(clusters.clusters, 8), seed=1).n == min(
        clusters.clusters, 8
    )
    assert sampling.plan_clusters(sampling.sample_size(10**6), icc=0.05, take=10).n_simple == 384
    assert sampling.plan_change(2, sd=spread["U0"]).n
    assert sampling.adequacy(plan.n, 1200, deff=stats.mean_interval(survey, weights="w").deff.wr).n == plan.n
    assert sampling.adequacy(drawn, 1200).n == plan.n
    assert sampling.adequacy_by(shares.n, counts).total.n == plan.n
    assert sampling.adequacy_by(skm.tally(survey, by="unit"), PEOPLE).total.n == 96
    reached = stats.adequacy(survey, pd.Series(PEOPLE), "unit")
    assert reached.total.n == 96


def test_figures_go_on(survey: Any, stated: dict[str, float]) -> None:
    score = skm.score(survey)
    means = {u: v.nrr for u, v in score.unsur.items()}
    asked = [score, stats.mean_interval(survey), stats.importance_performance(survey), stats.patterns(survey), means,
             {u: Fraction(v) for u, v in means.items()}]  # fmt: skip
    figures = [stats.csi(given, stated).csi for given in asked]
    assert figures == pytest.approx([figures[0]] * len(figures))
    quadrants = [stats.importance_performance(given, stated).unsur for given in (score, means, asked[1])]
    assert [{u: q.kuadran for u, q in one.items()} for one in quadrants] == [
        {u: q.kuadran for u, q in quadrants[0].items()}
    ] * 3
    series = skm.trend({f"{y}": str(80 + y % 7) for y in range(2018, 2026)}).seri()
    assert stats.mann_kendall(series).p == stats.mann_kendall(list(series.values())).p
    assert stats.mann_kendall(pd.Series(series)).p == stats.mann_kendall(series).p
    assert skm.priorities(score).utama == tuple(skm.priorities(skm.tally(survey)).utama)
    months = stats.mean_interval(survey, by="bulan")
    assert (
        stats.mann_kendall({k: v.ikm for k, v in months.items()}).s
        == stats.mann_kendall([v.ikm.estimate for v in months.values()]).s
    )
    assert (
        stats.mann_kendall(list(months.values())).s == stats.mann_kendall([v.ikm.estimate for v in months.values()]).s
    )


def test_what_does_not_fit_is_told(survey: Any) -> None:
    units = stats.mean_interval(survey, by="unit")
    wrong: list[Any] = [
        lambda: stats.difference(units, survey),
        lambda: stats.changes(stats.mean_interval(survey), LATER, "unit"),
        lambda: stats.plan_index(units, 2),
        lambda: stats.control_chart(stats.mean_interval(survey)),
        lambda: stats.cronbach_alpha(skm.score(survey)),
        lambda: stats.rank_unsur(skm.tally(survey)),
        lambda: stats.compare(stats.patterns(survey), "unit"),
        lambda: sampling.draw(10, sampling.plan_change(1, sd=12, n=20)),
        lambda: stats.csi(units, dict.fromkeys(PEOPLE, 3)),
        lambda: stats.kish(stats.mean_interval(survey)),
        lambda: stats.mann_kendall(survey),
    ]
    for call in wrong:
        with pytest.raises(SKMError):
            call()
