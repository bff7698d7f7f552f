"""Every public function of statistics and planning, every argument, values that cannot be.

A clear refusal with a code, or a right result: never an exception of Python, never NaN in words, never minutes.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import warnings
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from support.amounts import sampled

import skm
from skm import sampling, stats
from skm.errors import SKMError

# Why a survey may have no result; anything else would be a defect.
REASONS = {
    "data-kosong", "strata-tunggal", "kurang-kelompok", "kecil-sedikit-unit", "kendali-pendek", "kendali-tanpa-waktu", "urutan-waktu",
    "rencana-tanpa-keragaman", "raking-kelompok-kosong", "raking-tanpa-target", "populasi-strata-hilang",
    "tanpa-jawaban", "kurang-butir", "kurang-unsur",
}  # fmt: skip
N = 36
ROWS = [
    {
        "unit": f"U{i % 3}",
        "jk": "LP"[i % 2],
        "psu": f"p{i % 9}",
        "bulan": f"2025-0{1 + i % 4}",
        "w": 1 + i % 3,
        "saran": "antre lama",
        **{f"u{j}": 2 + (i * j + i // 5) % 3 for j in range(1, 10)},
    }
    for i in range(N)
]
UNSUR = list(stats.patterns(ROWS[:2]).kuesioner.unsur)
MEANS = dict(zip(UNSUR, (3.8, 3.6, 3.7, 3.2, 3.5, 3.9, 3.4, 3.6, 3.1), strict=True))
FIGURES = {"A": (80, 1, 40), "B": (82, 1, 30), "C": (79, 2, 20), "D": (85, 1, 50)}
WEIGHTS = [1 + i % 3 for i in range(N)]
PEOPLE = {f"U{i}": 100 for i in range(3)}
DRAWN = {"signifikansi": 0.05, "draws": 99, "seed": 1}
HALF = ROWS[: N // 2]

# What a call looks like when it is right; every argument in turn is then made impossible.
CALLS: dict[str, tuple[Any, dict[str, Any]]] = {
    "mean_interval": (
        stats.mean_interval,
        {"data": ROWS, "population": 900, "level": 0.95, "weights": None, "by": None, "strata": None, "clusters": None,
         "n_clusters": None, "estimator": "per-unsur", "interval": "logit", "bobot": "tepat", "sampel": "acak"},
    ),
    "mean_interval-klaster": (stats.mean_interval, {"data": ROWS, "clusters": "psu", "n_clusters": 40, "weights": "w"}),
    "mean_interval-strata": (stats.mean_interval, {"data": ROWS, "strata": "unit", "population": PEOPLE}),
    "cronbach_alpha": (stats.cronbach_alpha, {"data": ROWS, "level": 0.95, "by": None}),
    "item_validity": (stats.item_validity, {"data": ROWS, "uji": "total", "pvalue": "otomatis", **DRAWN}),
    "compare": (
        stats.compare,
        {"data": ROWS, "by": "unit", "unsur": None, "method": "otomatis", "maks_kelompok": 10, **DRAWN},
    ),
    "rank_units": (
        stats.rank_units, {"data": ROWS, "by": "unit", "population": PEOPLE, "level": 0.95, "target": 0.7}
    ),
    "rank_unsur": (
        stats.rank_unsur,
        {"data": ROWS, "population": 900, "strata": None, "clusters": None, "weights": None, "level": 0.95},
    ),
    "shrink_units": (
        stats.shrink_units,
        {"data": FIGURES, "covariates": {"x": {"A": 1, "B": 2, "C": 5, "D": 3}}, "target": 0.7, "level": 0.95},
    ),
    "share_test": (
        stats.share_test,
        {"data": ROWS, "by": "jk", "unsur": UNSUR[0], "population": 900, "pvalue": "otomatis", "weights": None,
         **DRAWN},
    ),
    "ordered_trend": (
        stats.ordered_trend,
        {"data": ROWS, "by": "unit", "order": ["U0", "U1", "U2"], "unsur": None, "method": "otomatis", **DRAWN},
    ),
    "association": (stats.association, {"data": ROWS, "method": "spearman", "pvalue": "otomatis", **DRAWN}),
    "importance_performance": (
        stats.importance_performance, {"data": ROWS, "importance": MEANS, "sumbu": "rata-rata"}
    ),
    "importance_performance-angka": (
        stats.importance_performance, {"data": MEANS, "importance": MEANS, "sumbu": (3, 3)}
    ),
    "csi": (stats.csi, {"performance": MEANS, "importance": MEANS, "maximum": 4}),
    "kish": (stats.kish, {"weights": WEIGHTS}),
    "mann_kendall": (
        stats.mann_kendall, {"values": [80, 81, 82, 85, 83], "times": [1, 2, 3, 4, 6], "signifikansi": 0.05}
    ),
    "difference": (stats.difference, {"first": ROWS, "second": HALF, "level": 0.95, "variance": "otomatis"}),
    "changes": (stats.changes, {"first": ROWS, "second": HALF, "by": "unit", "level": 0.95, "variance": "otomatis"}),
    "control_chart": (stats.control_chart, {"data": ROWS, "by": "bulan", "method": "ewma", "dispersion": "dalam"}),
    "control_chart-angka": (
        stats.control_chart,
        {"data": FIGURES, "method": "shewhart", "baseline": 3, "weight": 0.2, "limit": 3, "dispersion": "laney"},
    ),
    "plan_index": (stats.plan_index, {"data": ROWS, "margin": 2, "population": 900, "level": 0.95, "response": 1}),
    "rake": (stats.rake, {"data": ROWS, "targets": {"jk": {"L": 400, "P": 500}}, "weights": None}),
    "calibrate": (
        stats.calibrate,
        {"data": ROWS, "targets": {"jk": {"L": 400, "P": 500}}, "method": "greg", "weights": None, "bounds": None,
         "population": None},
    ),
    "replicate_interval": (
        stats.replicate_interval,
        {"data": ROWS, "weights": WEIGHTS, "replicates": [[1.0 + (i == j) for i in range(N)] for j in range(4)],
         "kind": "jackknife", "scale": None, "level": 0.95},
    ),
    "nonresponse_weights": (
        stats.nonresponse_weights,
        {"cells": [i % 2 for i in range(N)], "responded": [i % 3 > 0 for i in range(N)], "weights": WEIGHTS,
         "least": 5},
    ),
    "trim_weights": (stats.trim_weights, {"weights": WEIGHTS, "low": 0.5, "high": 2.5}),
    "adequacy-per": (stats.adequacy, {"data": ROWS, "population": PEOPLE, "by": "unit"}),
    "group_suggestions": (stats.group_suggestions, {"data": ROWS, "column": None, "level": 0.95}),
    "patterns": (stats.patterns, {"data": ROWS, "by": "unit", "weights": "w", "weights_are": "frekuensi"}),
    "priorities": (skm.priorities, {"data": ROWS, "k": 3, "population": 900, "level": 0.95}),
    "adequacy": (
        sampling.adequacy, {"n": 30, "population": 100, "level": 0.95, "margin": 0.05, "p": 0.5, "deff": 1}
    ),
    "adequacy_by": (sampling.adequacy_by, {"n": {"a": 3}, "population": {"a": 30}}),
    "allocate": (
        sampling.allocate,
        {"total": 30, "population": {"a": 100, "b": 50}, "method": "neyman", "minimum": 2, "sd": {"a": 1, "b": 2},
         "cost": {"a": 1, "b": 2}},
    ),
    "allocate-daya": (
        sampling.allocate,
        {"total": 30, "population": {"a": 100, "b": 50}, "method": "daya", "sd": None, "power": 0.5},
    ),
    "chi_square_quantile": (sampling.chi_square_quantile, {"level": 0.95}),
    "draw": (sampling.draw, {"population": 10, "n": 3, "method": "sederhana", "seed": 1}),
    "draw-strata": (sampling.draw, {"population": list("aabb"), "n": {"a": 1, "b": 1}, "method": "sistematik"}),
    "draw_pps": (sampling.draw_pps, {"sizes": [3, 4, 5], "n": 2, "seed": 1}),
    "krejcie_morgan": (
        sampling.krejcie_morgan,
        {"population": 100, "chi_square": Decimal("3.841"), "margin": Decimal("0.05"), "p": Decimal("0.5")},
    ),
    "plan_change": (
        sampling.plan_change, {"points": 3, "sd": 12, "sd_second": None, "n": None, "power": 0.8, "level": 0.95}
    ),
    "plan_change-n": (
        sampling.plan_change,
        {"points": 3, "sd": 12, "n": 100, "population": 400, "overlap": 0.5, "correlation": 0.5, "deff": 1.5},
    ),
    "plan_clusters": (
        sampling.plan_clusters,
        {"n": 385, "icc": 0.05, "take": None, "size": 400, "clusters": 60, "cost_cluster": 200, "cost_person": 20},
    ),
    "plan_sample": (
        sampling.plan_sample,
        {"population": 500, "target": "indeks", "margin": 2, "sd": 14, "level": 0.95, "deff": 1, "response": 0.8},
    ),
    "plan_sample-bagian": (sampling.plan_sample, {"population": 500, "target": "proporsi", "margin": 0.05, "p": 0.5}),
    "proportion_margin": (sampling.proportion_margin, {"n": 30, "population": 100, "level": 0.95, "p": 0.5}),
    "sample_size": (sampling.sample_size, {"population": 100, "level": 0.95, "margin": 0.05, "p": 0.5}),
}  # fmt: skip
_RNG = random.Random(5)


def _cycled(n: int, letters: str) -> list[str]:
    return [letters[i % len(letters)] for i in range(n)]


SURVEYS: dict[str, Any] = {
    "empty": [],
    "one": [[4, 3, 2]],
    "two": [[4, 3, 2], [3, 3, 3]],
    "two same": [[4, 3, 2]] * 2,
    "all 4": [[4, 4, 4]] * 30,
    "all blank": [[None] * 3] * 5,
    "one unsur": [[_RNG.randint(1, 4)] for _ in range(30)],
    "one unsur answered": [[_RNG.randint(1, 4), None, None] for _ in range(30)],
    "one each": [[4, None, None], [None, 3, None], [None, None, 2]],
    "one differs": [[4, 4, 4]] * 29 + [[3, 4, 4]],
    "half blank": [[4, None, 3], [None, 3, 2]] * 10,
    "all 1": [[1, 1, 1]] * 3,
    "polar": [[1, 4, 1], [4, 1, 4]] * 10,
    "three": [[1, 2, 3], [2, 3, 4], [4, 4, 4]],
    "constant col": [[_RNG.randint(1, 4), 3, _RNG.randint(1, 4)] for _ in range(25)],
    "straight": [[v] * 3 for v in (1, 2, 3, 4) * 5],
    "last blank": [[4, 3, 2]] * 10 + [[None] * 3] * 3,
}
GROUPS = {"ab": "ab", "one group": "a", "own group": None, "rare": "rare", "blank": "blank"}


def labels(kind: str, n: int) -> list[Any]:
    if kind == "own group":
        return [f"g{i}" for i in range(n)]
    if kind == "rare":
        return ["a"] * (n - 1) + ["b"] * min(n, 1)
    if kind == "blank":
        return [None if i % 2 else "a" for i in range(n)]
    return _cycled(n, GROUPS[kind] or "")


STATISTICS: dict[str, Any] = {
    "mi": stats.mean_interval,
    "mi t": lambda d: stats.mean_interval(d, interval="t"),
    "mi w": lambda d: stats.mean_interval(d, interval="wilson"),
    "mi pr": lambda d: stats.mean_interval(d, estimator="per-responden"),
    "mi hl": lambda d: stats.mean_interval(d, estimator="hanya-lengkap"),
    "mi census": lambda d: stats.mean_interval(d, population=len(d)),
    "mi by": lambda d: stats.mean_interval(d, by="g"),
    "mi strata": lambda d: stats.mean_interval(d, strata="g"),
    "mi strata pusat": lambda d: stats.mean_interval(d, strata="g", strata_tunggal="pusat"),
    "mi cl": lambda d: stats.mean_interval(d, clusters="g"),
    "mi w2": lambda d: stats.mean_interval(d, weights="w"),
    "mi freq": lambda d: stats.mean_interval(d, weights="w", weights_are="frekuensi"),
    "alpha": stats.cronbach_alpha,
    "alpha by": lambda d: stats.cronbach_alpha(d, by="g"),
    "valid": stats.item_validity,
    "valid k": lambda d: stats.item_validity(d, uji="terkoreksi", pvalue="permutasi", draws=99),
    "cmp": lambda d: stats.compare(d, "g", draws=99),
    "cmp u": lambda d: stats.compare(d, "g", unsur="persyaratan", draws=99),
    "cmp p": lambda d: stats.compare(d, "g", method="permutasi", draws=99),
    "cmp a": lambda d: stats.compare(d, "g", method="asimtotik"),
    "rank": lambda d: stats.rank_units(d, "g"),
    "unsur": stats.rank_unsur,
    "unsur census": lambda d: stats.rank_unsur(d, population=len(d)),
    "unsur cl": lambda d: stats.rank_unsur(d, clusters="g"),
    "unsur w": lambda d: stats.rank_unsur(d, weights="w"),
    "shrink": lambda d: stats.shrink_units(d, "g"),
    "share": lambda d: stats.share_test(d, "g", "persyaratan", draws=99),
    "share cl": lambda d: stats.share_test(d, "g", "persyaratan", clusters="g"),
    "share w": lambda d: stats.share_test(d, "g", "persyaratan", weights="w"),
    "share N": lambda d: stats.share_test(d, "g", "persyaratan", population=len(d)),
    "trend": lambda d: stats.ordered_trend(d, "g", ["a", "b"], draws=99),
    "assoc": lambda d: stats.association(d, draws=99),
    "assoc k": lambda d: stats.association(d, method="kendall", draws=99),
    "ipa": stats.importance_performance,
    "ipa tot": lambda d: stats.importance_performance(d, "total", sumbu="median"),
    "diff self": lambda d: stats.difference(d, d),
    "changes": lambda d: stats.changes(d, d, "g"),
    "control": lambda d: stats.control_chart(d, "g"),
    "plan": lambda d: stats.plan_index(d, 2),
    "rake": lambda d: stats.rake(d, {"g": {"a": 50, "b": 50}}),
    "greg": lambda d: stats.calibrate(d, {"g": {"a": 50, "b": 50}}, method="greg"),
    "post": lambda d: stats.calibrate(d, {"g": {"a": 50, "b": 50}}, method="pascastrata"),
    "sug": lambda d: stats.group_suggestions(d, column="s"),
    "prio": skm.priorities,
    "adeq": lambda d: stats.adequacy(d, {"a": 100, "b": 100}, "g"),
    "rep": lambda d: stats.replicate_interval(d, "w", ["w", "w2"]),
}


HOSTILE = [
    math.nan, math.inf, -math.inf, -1, 0, 1e308, 1e-300, 10**30, 1.5, -0.0, True, None, "", "abc", "1,5", [], (), {},
    {"x": math.nan}, [math.nan] * N, Decimal("NaN"), Decimal("sNaN"), np.float64("nan"), object(), b"1", 1 + 2j,
]  # fmt: skip


def speaks(result: Any) -> None:
    """Fail where a result does not put itself into words, numbers and JSON without NaN."""
    for lang in ("id", "en"):
        for name in ("kalimat", "table"):
            if hasattr(result, name):
                text = getattr(result, name)(lang)
                text = text if isinstance(text, str) else text.to_text()
                assert not re.search(r"\bnan\b|\binf\b|Infinity", text, re.IGNORECASE), text
    if hasattr(result, "to_dict") and not isinstance(result, dict):
        json.dumps(result.to_dict(), allow_nan=False)
    if hasattr(result, "to_frame"):
        result.to_frame()


def call(name: str, **changed: Any) -> Any:
    function, arguments = CALLS[name]
    given = {**arguments, **changed}
    positional = [given.pop(key) for key in list(arguments)[:3] if key in _PLACES[name]]
    return function(*positional, **given)


def _places(function: Any) -> list[str]:
    import inspect

    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in inspect.signature(function).parameters.values() if p.kind in kinds]


_PLACES = {name: _places(function) for name, (function, _) in CALLS.items()}
_CASES = [(name, key) for name, (_, arguments) in CALLS.items() for key in arguments]
NUMBERED = {name: [(i, key) for i, (own, key) in enumerate(_CASES) if own == name] for name in CALLS}


def test_every_public_function_is_tried() -> None:
    public = {n for module in (stats, sampling) for n in module.__all__ if n[0].islower()}
    tried = {name.partition("-")[0] for name in CALLS}
    assert public <= tried, public - tried


@pytest.mark.parametrize("name", CALLS)
def test_the_right_call_is_right(name: str) -> None:
    speaks(call(name))


@sampled(3, len(HOSTILE))
@pytest.mark.parametrize("name", CALLS)
def test_impossible_arguments_are_refused_or_harmless(name: str, amount: int) -> None:
    """By default some values for each argument, others for the next; all of them under ``-m whole``."""
    step = len(HOSTILE) // amount
    hostile = ((key, HOSTILE[(i + j * step) % len(HOSTILE)]) for i, key in NUMBERED[name] for j in range(amount))
    for key, value in hostile:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            refused = None
            try:
                speaks(call(name, **{key: value}))
            except SKMError as error:
                refused = error
            assert refused is None or all(refused.message(lang) for lang in ("id", "en")), (name, key, value)


@sampled(150, 0)
def test_every_survey_that_can_be_has_a_result_or_a_reason(amount: int) -> None:
    """Nobody, one, all alike, all blank, one unsur, one group, groups of one: in words and JSON, without NaN."""
    cases = list(itertools.product(SURVEYS, GROUPS, STATISTICS))
    for survey, kind, name in random.Random(amount).sample(cases, amount) if amount else cases:
        answers = SURVEYS[survey]
        n = len(answers)
        columns = {"g": labels(kind, n), "w": [1 + i % 2 for i in range(n)], "w2": [2 - i % 2 for i in range(n)]}
        columns["s"] = ["antre lama" if i % 2 else None for i in range(n)]
        rows = [
            {**{f"u{j}": v for j, v in enumerate(a, start=1)}, **{k: c[i] for k, c in columns.items()}}
            for i, a in enumerate(answers)
        ]
        refused = None
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                speaks(STATISTICS[name](rows))
            except SKMError as error:
                refused = error
        assert refused is None or refused.code in REASONS, (survey, kind, name, refused)
