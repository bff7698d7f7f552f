"""Results for people and programs; bad input gives a defined result or a clear error, never a NumPy warning."""

from __future__ import annotations

import json
import math
import pickle
import re
import time
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from support.ref24 import UNITS, pola, rows

import skm
from skm.basics import messages
from skm.errors import DataError, EmptyDataError, OptionError, SKMError
from skm.stats import _core as statistik
from skm.stats._compare import p_text
from skm.stats._rank_estimates import rank_estimates
from skm.stats._suggestions import group_suggestions

IMPORTANCE = (3.8, 3.6, 3.7, 3.2, 3.5, 3.9, 3.4, 3.6, 3.1)


def frame(name="ref24"):
    data = [
        {k: (int(v) if v else None) if k.startswith("u") and k != "unit" else v for k, v in r.items()}
        for r in rows(name)
    ]
    return pd.DataFrame(data).assign(w=[float(r["w"]) for r in rows(name)])


def everything():
    """Yield results of every kind in every case that words differ for."""
    s, units, both = statistik, pola("ref24m", by=("unit",)), pola("ref24m", by=("unit", "psu"))
    one, two, none = pola(answers=[[4, 3]]), pola(answers=[[4, 3], [3, 3]]), pola(answers=[[0, 0]] * 3)
    same, wide = pola(answers=[[4, 4]] * 5), pola("ref24")
    yield s.mean_interval(wide, population=120)
    yield s.mean_interval(wide, sampel="acak", level=0.9)
    yield s.mean_interval(wide, interval="wilson")
    yield s.mean_interval(pola(answers=[[4, 4, 4]] * 90 + [[3, 3, 4], [2, 3, 4]] * 9), interval="t")
    yield s.mean_interval(pola(answers=[[4, 4, 4]] * 9), interval="t")
    yield s.mean_interval(wide, sampel="seadanya", estimator="per-responden")
    yield s.mean_interval(pola("ref24m"), estimator="hanya-lengkap")
    yield s.mean_interval(wide, population=24)
    yield s.mean_interval(both, strata="unit", clusters="psu", population=UNITS)
    yield s.mean_interval(both, strata="unit")
    yield s.mean_interval(units, strata="unit", population=UNITS)
    yield s.mean_interval(pola(weights="w"), population=120)
    yield s.mean_interval(pola(answers=[[4, 4], [4, 3], [4, 4], [1, 1]]), interval="t")  # past the end of the scale
    yield s.mean_interval(
        pola(answers=[[4, 0, 3], [3, 0, 0], [4, 0, 0]])
    )  # an unsur nobody, and one that one person answered
    yield from (s.mean_interval(p) for p in (one, none, same))
    yield s.mean_interval(pola(answers=[[4, 3], [3, 3]], by=["a", "b"]), strata="grup", strata_tunggal="pusat")
    yield s.mean_interval(units, by="unit", population=UNITS)
    yield s.mean_interval(pola(answers=[[4, 3], [3, 3]], by=["a", "b"]), by="grup")
    yield s.mean_interval(pola(answers=[[4, 4]] * 4, by=[*"aabb"]), by="grup")
    blank = pola(answers=[[4, 0], [3, 0], [4, 3], [2, 4]], by=[*"aabb"])
    yield s.mean_interval(blank, strata="grup", population={"a": 90, "b": 9})
    yield s.mean_interval(pola(answers=[[4, 3], [3, 3], [2, 3]], by=["a", "a", None]), by="grup")
    yield from (s.cronbach_alpha(p) for p in (wide, two, one, same))
    yield s.cronbach_alpha(units, by="unit")
    yield s.cronbach_alpha(pola(answers=[[4, 1, 2], [4, 2, 2], [4, 3, 4], [1, 0, 2]]))
    yield s.cronbach_alpha(pola(answers=[[1, 4], [2, 3], [3, 2], [4, 2]]))
    yield s.cronbach_alpha(
        pola(answers=[[1, 1, 4, 0], [2, 2, 3, 0], [3, 3, 2, 0], [4, 4, 2, 0], [3, 3, 3, 0]], weights=[1, 2, 1, 1, 1])
    )
    yield s.cronbach_alpha(pola(answers=[[1, 2, 3, 3], [2, 4, 1, 3], [2, 3, 2, 1], [3, 2, 3, 4], [4, 4, 2, 3]]))
    yield s.cronbach_alpha(pola(answers=SINGULAR))
    yield s.cronbach_alpha(pola(answers=[[4, a, b] for a, b in [(1, 2), (2, 2), (3, 4), (4, 3), (2, 1)]]))
    lost = s.cronbach_alpha(wide)
    yield replace(lost, omega=s.Omega(math.nan, alasan="tidak-konvergen"))
    yield from (s.item_validity(p) for p in (wide, two, pola("ref24m")))
    yield s.item_validity(wide, uji="terkoreksi", signifikansi=0.01)
    yield s.item_validity(pola(answers=[[4, 1, 2, 0], [4, 2, 2, 0], [4, 3, 4, 0]], weights=[1, 1, 2]))
    yield s.item_validity(pola(answers=[[1, 1, 2], [2, 2, 2], [3, 3, 4]]))
    for options in ({}, {"method": "asimtotik"}, {"method": "permutasi", "draws": 99}):
        yield s.compare_groups(pola(by=("unit",)), "unit", **options)
        yield s.compare_groups(pola(by=("sex",)), "sex", unsur="waktu", **options)
    apart = [[1, 1]] * 12 + [[3, 3], [4, 4]] * 6 + [[2, 2], [4, 2]] * 6
    labels = ["a"] * 12 + ["b"] * 12 + ["c"] * 12
    yield s.compare_groups(pola(answers=apart, by=labels), "grup")
    yield s.compare_groups(pola(answers=apart, by=labels), "grup").pairs
    yield s.compare_groups(pola(answers=apart, by=labels), "grup", maks_kelompok=2).pairs
    yield s.compare_groups(pola(answers=apart[:24], by=labels[:24]), "grup")
    yield s.compare_groups(pola(answers=apart[:24], by=labels[:24]), "grup").pairs
    yield s.compare_groups(pola(by=("unit",)), "unit").pairs
    yield s.compare_groups(pola(answers=[[4]] * 170 + [[1]] * 90 + [[3]] * 260, by=["a"] * 260 + ["b"] * 260), "grup")
    yield s.compare_groups(
        pola(answers=[[4, 0]] * 100 + [[1, 1]] * 50 + [[3, 2]] * 150, by=["a"] * 150 + ["b"] * 150), "grup"
    )
    many = [[1 + g % 4, 1 + (g // 3) % 4, 1 + (g // 7) % 4] for g in range(3000)]
    two = pola(answers=many, by=["a"] * 60 + ["b"] * 2940)
    yield s.compare_groups(two, "grup", method="permutasi", draws=99)
    yield s.compare_groups(two, "grup", method="permutasi", draws=99).pairs
    yield s.association(two, pvalue="permutasi", draws=99)
    yield s.compare_groups(pola(answers=[[4, 4]] * 5, by=["a", "a", "b", "b", None], weights=[1] * 5), "grup")
    yield s.compare_groups(
        pola(answers=[[4, 4], [3, 3], [2, 2], [0, 0]], by=["a", "a", "b", "c"]), "grup", maks_kelompok=1
    )
    yield s.compare_groups(
        pola(answers=[[1 + g % 4] for g in range(24)], by=[f"g{g % 12:02d}" for g in range(24)]), "grup"
    )
    a, b = (s.mean_interval(p) for p in (wide, pola(answers=5 - _array())))
    full = s.mean_interval(wide, population=24)
    yield from (
        s.difference(x, y)
        for x, y in ((a, b), (b, a), (a, a), (full, full), (a, s.mean_interval(one)), (a, s.mean_interval(none)))
    )
    yield s.difference(a, s.mean_interval(wide, estimator="per-responden"))
    yield s.difference(a, s.mean_interval(same))
    for values in (
        [80, 81, 82, 83, 85],
        [85, 83, 82, 81, 80],
        [80, 82, 81, 80],
        [80, 81],
        [80, 80, 80, 80],
        [80, math.nan, 81, 82, 83],
    ):
        yield s.mann_kendall(values)
    yield s.mann_kendall(range(12), times=range(2000, 2012))
    yield s.ordered_trend(pola(by=("unit",)), "unit", "ABC")
    yield s.ordered_trend(pola(answers=apart, by=labels), "grup", ["a", "c", "b"])
    yield s.ordered_trend(pola(answers=apart, by=labels), "grup", ["b", "a"])
    yield s.ordered_trend(pola(answers=apart, by=labels), "grup", ["b", "a", "z"])
    yield s.ordered_trend(pola(answers=[[4]] * 4, by=["a", "a", "b", "b"]), "grup", ["a", "b"])
    yield from changes_and_charts(s)
    yield from weights_and_small_units(s)
    yield group_suggestions(
        ["Antrenya lama", "Petugas ramah", "Mohon kursi ditambah", "Bagus", "Saya datang", "-", None]
    )
    yield group_suggestions(["Kecewa"])
    yield group_suggestions(["-"])
    yield rank_estimates([("A", 100, 90.0, 0.25, 99), ("B", 100, 80.0, 0.25, 99), ("C", 90, 79.5, None, None)])
    yield s.rank_unsur(wide)
    yield s.rank_unsur(pola("ref24m"))
    yield s.rank_unsur(pola(answers=[[4, 3, 2, 0], [4, 3, 2, 0]] * 9 + [[4, 3, 3, 0], [4, 2, 2, 0]] * 8))
    yield s.rank_unsur(pola(answers=[[4, 3, 2]] * 5 + [[4, 3, 1]] * 5))
    yield from (s.rank_unsur(pola(answers=a)) for a in ([[3, 3], [4, 4]] * 3, [[3, 4]]))
    yield s.rank_unsur(pola(answers=[[3, 4], [4, 4], [4, 3], [3, 4]]))
    tied = [[2, 2, 4, 4], [3, 1, 4, 3], [1, 3, 3, 4]] * 20
    yield s.rank_unsur(pola(answers=tied))
    yield s.rank_unsur(pola(answers=[[3, 3, 4, 4], [2, 3, 3, 4], [4, 3, 3, 4]]))
    yield s.rank_unsur(pola(answers=tied), population=60)
    yield s.rank_units(pola(by=("unit",)), "unit")
    yield s.rank_units(pola(answers=apart, by=labels), "grup")
    yield s.rank_units(
        pola(
            answers=[*[[3, 3], [4, 4], [3, 4]] * 9, *[[1, 1], [2, 1]] * 9, [4, 4], [2, 2]],
            by=[*"a" * 27, *"b" * 18, "c", None],
        ),
        "grup",
    )
    yield s.rank_units(pola(answers=[[3], [4], [3], [4], [1], [2]] * 9, by=["a", "a", "b", "b", "c", "c"] * 9), "grup")
    yield s.rank_units(pola(answers=[[3], [4]], by=["a", "b"]), "grup")
    yield from (s.association(p) for p in (wide, none, pola(answers=[[4, 1], [4, 2], [4, 3]], weights=[1, 1, 1])))
    yield s.association(wide, method="kendall")
    stated = dict(zip(wide.kuesioner.unsur, IMPORTANCE, strict=True))
    yield s.importance_performance(wide)
    yield s.importance_performance(wide, "total", sumbu="median")
    yield s.importance_performance(wide, stated, sumbu=(3.0, 3.5))
    yield s.importance_performance({"a": 3, "b": "2,5"}, {"a": 3, "b": 2})
    yield s.importance_performance(pola(answers=[[4, 0], [3, 0]]))
    yield s.importance_performance(pola(answers=[[4, 4, 1], [4, 3, 2], [4, 2, 2]]))
    yield s.csi(dict.fromkeys("ab", 3), {"a": 3, "b": 4})
    yield s.csi(wide, stated)
    people = rows("ref24")
    yield s.rake({"sex": [r["sex"] for r in people]}, {"sex": {"L": 60, "P": 60}})
    yield s.rake({"jk": ["L"] * 30 + ["P"]}, {"jk": {"L": 50, "P": 50}})


def weights_and_small_units(s):
    people = rows("ref24")
    columns = {k: [r[k] for r in people] for k in ("sex", "unit")}
    for method in ("raking", "pascastrata", "greg"):
        made = s.calibrate(columns, {"sex": {"L": 60, "P": 60}}, method=method)
        yield made
    cells = pola(by=("sex",), weights=list(made.weights))
    yield s.mean_interval(cells, projection=made.projection(cells, None))
    yield s.replicate_interval(pola(), [pola(weights=[1 + (i == j) for i in range(24)]) for j in range(24)])
    thin = [[4, 0, 3], [3, 4, 2], [4, 0, 4], [2, 3, 4], [3, 0, 4]]  # one replicate drops both answers to an unsur
    yield s.replicate_interval(
        pola(answers=thin, weights=[1] * 5),
        [pola(answers=thin, weights=w) for w in ([0, 1, 1, 1, 1], [1, 0, 1, 0, 1], [1, 1, 0, 1, 1], [1, 1, 1, 1, 0])],
    )
    units = s.mean_interval(pola(by=("unit",)), by="unit")
    yield s.shrink_units(units)
    yield s.shrink_units({"A": (90, 0.5, 40), "B": (70, 0.5, 40), "C": (50, 0.5, 40), "D": (60, 30, 3)})
    apart = {"A": (90, 0.5, 40), "B": (70, 0.5, 40), "C": (50, 0.5, 40), "D": (60, math.nan, 1), "E": (65, 0, 9)}
    yield s.shrink_units(apart)
    high = pola(answers=[[4, 4], [4, 3], [4, 4], [4, 4], [3, 4], [4, 4], [1, 2], [2, 1]], by=[*"aaabbbcc"])
    yield s.shrink_units(s.mean_interval(high, by="grup"))
    yield s.shrink_units({"A": (90, 0.5, 40), "B": (70, 0.5, 40), "C": (50, 0.5, 40)})
    yield from certain_or_silent(s)
    yield s.share_test(pola(by=("sex",)), "sex", pola().kuesioner.unsur[3])
    both = [[4]] * 30 + [[2]] * 30
    yield s.share_test(pola(answers=both, by=[*"a" * 28, *"b" * 32]), "grup", pola().kuesioner.unsur[0])
    yield s.share_test(pola(answers=[[4]] * 6, by=[*"aaabbb"]), "grup", pola().kuesioner.unsur[0])
    even = pola(answers=[[3], [4]] * 40, by=[*"aabb"] * 20, weights=[1, 2] * 40)
    yield s.share_test(even, "grup", pola().kuesioner.unsur[0])
    few = pola(answers=[[3], [4], [4]] * 4, by=[*"aab"] * 4, weights=[1, 2, 1] * 4)
    yield s.share_test(few, "grup", pola().kuesioner.unsur[0])
    yield s.share_test(pola(answers=[[4]] * 6 + [[2]] * 3, by=[*"a" * 6, *"b" * 3]), "grup", pola().kuesioner.unsur[0])


def certain_or_silent(s):
    """Yield results of censuses, and of data that leave no error to estimate."""
    one, step = pola().kuesioner.unsur[0], [[4, 3], [3, 2], [4, 3], [2, 1]]
    asked = pola(answers=[[4, 3], [3, 3], [4, 2], [2, 4]], by=[*"aabb"])
    yield s.share_test(asked, "grup", one, population=4)
    yield s.share_test(pola(answers=[[4], [3], [4], [3]], by=[*"aabb"]), "grup", one, population=4)
    yield s.share_test(pola(answers=[[4], [3], [4]], by=[*"aab"]), "grup", one, strata="grup")
    yield s.rank_units(asked, "grup", population={"a": 2, "b": 2})
    yield s.mean_interval(pola(answers=step, by=[*"aabb"]), by="grup", population={"a": 2, "b": 9})
    yield s.cronbach_alpha(pola(answers=step), by=None)
    yield s.cronbach_alpha(pola(answers=step, by=[*"aaab"]), by="grup")
    yield s.item_validity(pola(answers=[[4, 3]] * 6))
    heavy = pola(answers=[[4, 3], [3, 2], [2, 4]], weights=[1e9, 1, 1])
    yield s.mean_interval(heavy)
    yield s.mean_interval(pola(answers=[[4, 3], [3, 2], [2, 4]] * 7, weights=[90, 2, 1] + [1] * 18))
    yield s.rank_unsur(heavy)
    yield s.rank_units(pola(answers=[[4, 3], [3, 3], [4, 2]], by=[*"aab"]), "grup")
    pair = s.mean_interval(pola(answers=[[4, 3], [3, 3]]))
    yield s.difference(pair, s.mean_interval(pola(answers=[[2, 3], [3, 1]])))
    yield s.difference(s.mean_interval(pola(answers=[[4, 4]] * 5)), s.mean_interval(pola(answers=[[2, 3]] * 9)))
    yield s.importance_performance(pola(answers=[[3, 3, 3], [3, 4, 4]]))
    months = {f"2025-{m:02d}": (80.0 + m, 2.0, 40) for m in (1, 2, 5)}
    yield s.control_chart(months, baseline=3, undated=2)
    yield s.control_chart(dict.fromkeys(range(12), (97.0, 3.0, 9)), baseline=3)


def changes_and_charts(s):
    units = s.mean_interval(pola("ref24m", by=("unit",)), by="unit")
    other = pola(answers=np.where(_array() > 2, 1, _array()), by=[*"A" * 8, *"B" * 8, *"D" * 8])
    yield s.unit_changes(units, s.mean_interval(other, by="grup"))
    yield s.unit_changes(s.mean_interval(other, by="grup"), units, variance="welch")
    yield s.unit_changes(units, units)
    flat = s.mean_interval(pola(answers=[[4]] * 6, by=[*"AAABBB"]), by="grup")
    yield s.unit_changes(flat, flat)
    months = {
        "Jan": (80, 1, 90),
        "Feb": (81, 1, 100),
        "Mar": (79, 1, 110),
        "Apr": (70, 1, 100),
        "Mei": (math.nan, 0, 0),
    }
    for method in ("ewma", "shewhart"):
        yield s.control_chart(months, method=method, baseline=3)
        yield s.control_chart({k: (-v[0], *v[1:]) for k, v in months.items()}, method=method, baseline=3)
    yield s.control_chart(months, method="shewhart", dispersion="laney")
    yield s.control_chart(dict.fromkeys("abcd", (80, 0, 50)))


SINGULAR = [
    [1, 2, 2, 3],
    [2, 1, 2, 1],
    [3, 3, 3, 3],
    [2, 3, 3, 4],
    [4, 2, 3, 2],
    [1, 3, 1, 3],
    [2, 4, 3, 4],
    [3, 1, 2, 2],
]
SINGULAR = [
    [a, b, (a + b) // 2 if (a + b) % 2 == 0 else a, a + b - ((a + b) // 2 if (a + b) % 2 == 0 else a)]
    for a, b, *_ in SINGULAR
]


def _array():
    return np.array([[int(r[f"u{j}"]) for j in range(1, 10)] for r in rows("ref24")], np.int8)


RESULTS = list(everything())


@pytest.mark.parametrize("position", range(len(RESULTS)), ids=lambda i: f"{type(RESULTS[i]).__name__}-{i}")
def test_every_result_can_be_read_by_people_and_programs(position):
    result = RESULTS[position]
    for lang in ("id", "en"):
        sentence = result.kalimat(lang)
        assert sentence.endswith(".")
        assert "nan" not in sentence.lower().split()
        assert "{" not in sentence
        table = result.table(lang)
        text = table.to_text()
        assert sentence in table.notes
        assert not re.search(r"\bnan\b|\binf\b", text)
        assert not re.search(r"None(?! of)", text)
        text.encode("ascii")
    assert result.kalimat("id") != result.kalimat("en")
    data = json.loads(json.dumps(result.to_dict("id"), allow_nan=False))
    other = result.to_dict("en")
    assert data["baris"] == json.loads(json.dumps(other["baris"]))
    frame_ = result.to_frame()
    assert list(frame_.columns) == [c.key for c in result.COLUMNS]
    for column in result.COLUMNS:
        if column.kind == "decimal":
            assert str(frame_[column.key].dtype) == "float64"
        elif column.kind == "count":
            assert str(frame_[column.key].dtype) == "Int64"
    assert result._repr_html_().startswith("<table>")
    assert "\n" not in repr(result)
    assert str(result) == result.table().to_text()


def test_every_text_is_used(monkeypatch):
    seen = set()
    plain = messages.text

    def spy(area, code, lang=None, /, **fields):
        seen.add((area, code))
        return plain(area, code, lang, **fields)

    monkeypatch.setattr(messages, "text", spy)
    for result in RESULTS:  # texts are worded when they are shown
        result.table()
        result.to_dict()
    p_text(0.04999)
    statistik.association(pola()).square()
    statistik.association(pola(), method="kendall").square()
    unused = set(messages.catalogue("statistik")) - {code for area, code in seen if area == "statistik"}
    assert not unused


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize(
    "call",
    [
        statistik.mean_interval,
        statistik.cronbach_alpha,
        statistik.item_validity,
        statistik.association,
        statistik.importance_performance,
    ],
)
def test_very_few_respondents(call, n):
    p = pola(answers=np.array([[4, 3, 2], [3, 3, 1]], np.int8)[:n].reshape(n, 3))
    if n == 0:
        refused = None
        try:
            call(p)
        except SKMError as error:
            refused = error
        assert refused is None or refused.message("id") != refused.message("en")
    else:
        assert call(p).kalimat()


@pytest.mark.parametrize("by", [["a"], ["a", "b"], ["a", "a", "b"], [None, None, "a"]])
def test_groups_of_one(by):
    answers = [[4, 3], [3, 3], [2, 1]][: len(by)]
    p = pola(answers=answers, by=by)
    for call in (statistik.compare_groups, statistik.rank_units):
        if len(set(by) - {None}) < 2:
            with pytest.raises(DataError) as caught:
                call(p, "grup")
            assert caught.value.code == "kurang-kelompok"
        else:
            assert call(p, "grup").kalimat()
    assert statistik.mean_interval(p, by="grup").kalimat()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: statistik.mean_interval(pola(), level=95), "tingkat-interval"),
        (lambda: statistik.mean_interval(pola(), level=0.05), "tingkat-interval"),
        (lambda: statistik.mean_interval(pola(), level=math.nan), "tingkat-interval"),
        (lambda: statistik.mean_interval(pola(), estimator="ikm"), "opsi-tidak-dikenal"),
        (lambda: statistik.mean_interval(pola(), sampel="bebas"), "opsi-tidak-dikenal"),
        (lambda: statistik.mean_interval(pola(), by="kota"), "opsi-tidak-dikenal"),
        (lambda: statistik.mean_interval(pola(), population={"A": 3}), "populasi-tanpa-strata"),
        (lambda: statistik.mean_interval(pola(by=("unit",)), strata="unit", population=120), "populasi-per-strata"),
        (
            lambda: statistik.mean_interval(pola(by=("unit",)), strata="unit", population={"A": 48, "B": 40}),
            "populasi-strata-hilang",
        ),
        (
            lambda: statistik.mean_interval(pola(by=("unit",)), strata="unit", population=UNITS | {"D": 4}),
            "strata-tanpa-responden",
        ),
        (
            lambda: statistik.mean_interval(pola(by=("unit",)), strata="unit", population=UNITS | {"A": 7}),
            "n-melebihi-populasi",
        ),
        (
            lambda: statistik.mean_interval(pola(by=("unit",)), strata="unit", strata_tunggal="buang"),
            "opsi-tidak-dikenal",
        ),
        (lambda: statistik.mean_interval(pola(answers=[[0, 1]]), estimator="hanya-lengkap"), "tanpa-jawaban"),
        (lambda: statistik.cronbach_alpha(pola(), level=2), "tingkat-interval"),
        (lambda: statistik.cronbach_alpha(pola(answers=[[0, 3], [0, 4]])), "kurang-butir"),
        (lambda: statistik.item_validity(pola(answers=[[0, 3], [0, 4]])), "kurang-butir"),
        (lambda: statistik.item_validity(pola(), uji="r"), "opsi-tidak-dikenal"),
        (lambda: statistik.item_validity(pola(), signifikansi=5), "taraf-signifikansi"),
        (lambda: statistik.compare_groups(pola(by=("unit",)), "unit", method="anova"), "opsi-tidak-dikenal"),
        (lambda: statistik.compare_groups(pola(by=("unit",)), "unit", signifikansi=0), "taraf-signifikansi"),
        (lambda: statistik.compare_groups(pola(by=("unit",)), "unit", unsur="parkir"), "opsi-tidak-dikenal"),
        (
            lambda: statistik.difference(statistik.mean_interval(pola()), statistik.mean_interval(pola()), level=5),
            "tingkat-interval",
        ),
        (lambda: statistik.mann_kendall([1, 2], times=[1, 1]), "waktu-tidak-sah"),
        (lambda: statistik.mann_kendall([1, 2], times=[1]), "waktu-tidak-sah"),
        (lambda: statistik.ordered_trend(pola(by=("unit",)), "unit", ["A", "Z"]), "kurang-kelompok"),
        (lambda: statistik.rank_units(pola(by=("unit",)), "unit", level=0.1), "tingkat-interval"),
        (lambda: statistik.rank_units(pola(by=("unit",)), "unit", target=1), "target-keandalan"),
        (lambda: statistik.association(pola(), method="pearson"), "opsi-tidak-dikenal"),
        (lambda: statistik.association(pola(answers=[[3], [4]])), "kurang-butir"),
        (lambda: statistik.association(pola())["persyaratan", "parkir"], "opsi-tidak-dikenal"),
        (lambda: statistik.importance_performance({"a": 3}), "kepentingan-perlu-jawaban"),
        (lambda: statistik.importance_performance(pola(), "r"), "opsi-tidak-dikenal"),
        (lambda: statistik.importance_performance({"a": 3}, {"b": 3}), "kepentingan-unsur"),
        (lambda: statistik.importance_performance(pola(), sumbu="modus"), "opsi-tidak-dikenal"),
        (lambda: statistik.csi({"a": 3}, {"b": 3}), "kepentingan-unsur"),
        (lambda: statistik.csi({"a": 3}, {"a": 0}), "kepentingan-tidak-positif"),
        (lambda: statistik.kish([1, -1]), "bobot-responden-tidak-sah"),
        (lambda: statistik.kish(["x"]), "bobot-responden-bukan-angka"),
        (lambda: statistik.rake({"jk": ["L"]}, {}), "raking-tanpa-sasaran"),
        (lambda: statistik.rake({"jk": ["L"]}, {"umur": {"a": 1}}), "raking-kolom"),
        (lambda: statistik.rake({"jk": ["L", "X"]}, {"jk": {"L": 1}}), "raking-tanpa-target"),
        (lambda: statistik.rake({"jk": ["L"]}, {"jk": {"L": 0}}), "raking-sasaran-nol"),
        (
            lambda: statistik.rake({"a": ["L", "P"], "b": ["x", "y"]}, {"a": {"L": 1, "P": 1}, "b": {"x": 1, "y": 2}}),
            "raking-jumlah",
        ),
        (
            lambda: statistik.rake({"a": ["L", "P"], "b": ["x", "y"]}, {"a": {"L": 1, "P": 2}, "b": {"x": 2, "y": 1}}),
            "raking-tidak-bertemu",
        ),
        (
            lambda: statistik.rake({"a": ["L", "P"], "b": ["x"]}, {"a": {"L": 1, "P": 2}, "b": {"x": 3}}),
            "bobot-responden-panjang",
        ),
        (lambda: skm.stats.mean_interval(pola(), weights="w"), "pola-sudah-jadi"),
        (lambda: skm.stats.cronbach_alpha(skm.score(frame())), "perlu-pola"),
        (lambda: skm.stats.mean_interval(frame(), weights="berat"), "opsi-tidak-dikenal"),
        (lambda: skm.stats.difference(skm.stats.mean_interval(frame(), by="unit"), frame()), "selisih-perlu-satu"),
    ],
)
def test_refusals_name_the_problem(call, code):
    with pytest.raises((DataError, OptionError, EmptyDataError)) as caught:
        call()
    assert caught.value.code == code
    assert caught.value.message("id") != caught.value.message("en")


def test_results_are_frozen():
    for result in (
        statistik.mean_interval(pola()),
        statistik.cronbach_alpha(pola()),
        statistik.mann_kendall([1, 2, 3, 4]),
    ):
        with pytest.raises(AttributeError):
            result.catatan = ()
    e = statistik.mean_interval(pola()).ikm
    assert pickle.loads(pickle.dumps(e)) == e


# --- skm.stats: any data in one line ---


def test_all_kinds_of_data_give_the_same():
    f = frame("ref24m")
    records = f.to_dict("records")
    expected = skm.stats.mean_interval(pola("ref24m"), population=120).to_dict()
    for data in (f, records, {c: f[c].to_numpy() for c in f.columns}):
        found = skm.stats.mean_interval(data, population="120").to_dict()
        assert found["baris"][-1] == expected["baris"][-1]
        assert sorted(str(b) for b in found["baris"][:7]) == sorted(str(b) for b in expected["baris"][:7])


def test_weights_by_column_or_sequence():
    f = frame()
    a, b = skm.stats.mean_interval(f, weights="w"), skm.stats.mean_interval(f.drop(columns="w"), weights=f["w"])
    assert a.ikm == b.ikm
    assert a.ikm.estimate == pytest.approx(80.9331990601, abs=1e-10)
    part = f.assign(w=[*[0.0] * 8, *f["w"][8:]])
    assert skm.stats.mean_interval(part, weights="w").n == 16
    assert skm.stats.mean_interval(part, weights="w").ikm == skm.stats.mean_interval(f[8:], weights="w").ikm


def test_raking_from_a_frame():
    f = frame()
    r = skm.stats.rake(f, {"sex": {"L": 60, "P": 60}, "edu": {"S1": 48, "S2": 12, "SMA": 60}})
    assert skm.stats.mean_interval(f, weights=r.weights).ikm.estimate == pytest.approx(83.0729885014, abs=1e-10)


def test_design_by_columns():
    r = skm.stats.mean_interval(frame(), strata="unit", clusters="psu", population=pd.Series(UNITS))
    assert r.ikm.se == pytest.approx(2.2867121277, abs=1e-10)


def test_the_rest_of_the_door():
    f = frame()
    assert skm.stats.item_validity(f).r_tabel == pytest.approx(0.4043863224)
    assert skm.stats.compare(f, by="sex").p == pytest.approx(0.6192263189)
    assert skm.stats.difference(f[:12], f[12:]).ikm.difference == pytest.approx(
        float(skm.score(f[12:]).ikm_tepat - skm.score(f[:12]).ikm_tepat)
    )
    assert skm.stats.ordered_trend(f, "unit", "ABC").j == 98
    assert skm.stats.association(f).method == "spearman"
    assert skm.stats.rank_units(f, "unit", population=UNITS).units[0].label == "B"
    means = skm.stats.importance_performance(skm.score(f), dict(zip(skm.score(f).unsur, IMPORTANCE, strict=True)))
    assert (
        means.to_frame()["kuadran"].tolist()
        == skm.stats.importance_performance(f, dict(zip(skm.score(f).unsur, IMPORTANCE, strict=True)))
        .to_frame()["kuadran"]
        .tolist()
    )


def test_the_estimate_is_the_official_figure():
    for f in (frame(), frame("ref24m"), frame("ref24m").assign(u10=4)):
        assert skm.stats.mean_interval(f).ikm.estimate == float(skm.score(f).ikm_tepat)
    several = {"persyaratan": ["u1", "u2"], "prosedur": "u3", "waktu": ["u4", "u5", "u6"]}
    f = frame("ref24m")
    r = skm.stats.mean_interval(f, kuesioner=several)
    assert r.ikm.estimate == float(skm.score(f, kuesioner=several).ikm_tepat)
    assert set(r.unsur) == {"persyaratan", "prosedur", "waktu"}
    own = {"persyaratan": "0,5", "prosedur": "0,3", "waktu": "0,2"}
    assert skm.stats.mean_interval(f, kuesioner=several, bobot=own).ikm.estimate == float(
        skm.score(f, kuesioner=several, bobot=own).ikm_tepat
    )


def test_rounded_weights_follow():
    exact, rounded = skm.stats.mean_interval(frame()), skm.stats.mean_interval(frame(), bobot="0,111")
    assert rounded.ikm.estimate == pytest.approx(exact.ikm.estimate * 0.999)
    assert rounded.ikm.se == pytest.approx(exact.ikm.se * 0.999)


def test_forty_units_of_four_hundred_in_one_cell_under_eight_seconds():
    rng = np.random.default_rng(1)
    ability = rng.normal(0, 0.6, (16_000, 1)) + np.repeat(rng.normal(0, 0.2, 40), 400)[:, None]
    levels = np.clip(np.round(3.3 + ability + rng.normal(0, 0.6, (16_000, 9))), 1, 4).astype(int)
    f = pd.DataFrame(levels, columns=[f"u{j}" for j in range(1, 10)]).mask(rng.random((16_000, 9)) < 0.02)
    f["unit"] = np.repeat([f"unit {u:02d}" for u in range(40)], 400)
    f["jk"] = rng.choice(["L", "P"], 16_000)
    sizes = {f"unit {u:02d}": 2000 for u in range(40)}
    skm.stats.mean_interval(f[:100])  # imports are not counted
    start = time.process_time()  # other programs of the machine do not count
    stats = skm.stats
    found = [
        stats.mean_interval(f, population=80_000),
        stats.mean_interval(f, by="unit", population=sizes),
        stats.mean_interval(f, strata="unit", population=sizes),
        stats.cronbach_alpha(f, by="unit"),
        stats.item_validity(f),
        stats.compare(f, by="unit"),
        stats.compare(f, by="jk"),
        stats.rank_units(f, "unit", population=sizes),
        stats.association(f),
        stats.association(f, method="kendall"),
        stats.importance_performance(f),
        stats.ordered_trend(f, "jk", ["L", "P"]),
        stats.difference(f[:8000], f[8000:]),
        stats.rake(f, {"jk": {"L": 40_000, "P": 40_000}}),
        stats.adequacy(f, sizes, by="unit"),
        stats.rank_unsur(f, population=80_000),
        stats.shrink_units(f, "unit", population=sizes),
        stats.share_test(f, "jk", "waktu"),
    ]
    took = time.process_time() - start
    assert all(r.kalimat() for r in found)
    assert took < 8, took


def test_letters_over_the_interval():
    r = skm.stats.mean_interval(frame(), population=120)
    assert (r.mutu.low, r.mutu.estimate, r.mutu.high, r.mutu.stable) == ("B", "B", "B", True)
    shaky = skm.stats.mean_interval(frame())
    assert shaky.mutu.low == skm.regulasi.load().grade(Decimal(repr(shaky.ikm.interval.low))).mutu
    assert "berkisar" in statistik.mean_interval(pola(answers=[[4, 4], [4, 3], [4, 4], [3, 1]])).kalimat("id")


def test_the_logit_interval_stays_on_the_scale():
    answers = [[4, 4], [4, 3], [4, 4], [1, 1]]
    plain, logit = (statistik.mean_interval(pola(answers=answers), interval=shape) for shape in ("t", "logit"))
    assert plain.ikm.interval.high > 100
    assert 25 < logit.ikm.interval.low < logit.ikm.estimate < logit.ikm.interval.high < 100
    assert (plain.ikm.estimate, plain.ikm.se) == (logit.ikm.estimate, logit.ikm.se)
    # On the logit g = log(up/down) of the position, with standard error se 75/(up down):
    e = logit.ikm
    up, down = e.estimate - 25, 100 - e.estimate
    step = plain.ikm.margin * 75 / (up * down)
    low, high = (25 + 75 / (1 + math.exp(-(math.log(up / down) + s * step))) for s in (-1, 1))
    assert (e.interval.low, e.interval.high) == (pytest.approx(low), pytest.approx(high))


def test_nearness_to_the_end_is_told():
    skewed = pola(answers=[[4, 4, 4]] * 90 + [[3, 3, 4], [2, 3, 4]] * 5)
    assert "interval-dekat-ujung" in {f.kode for f in statistik.mean_interval(skewed, interval="t").catatan}
    assert "interval-dekat-ujung" not in {f.kode for f in statistik.mean_interval(skewed, interval="logit").catatan}
    assert "interval-dekat-ujung" not in {f.kode for f in statistik.mean_interval(pola()).catatan}


def test_a_tiny_probability_is_not_shown_as_zero() -> None:
    """p-values too small for four decimals read "< 0,0001" for people and stay numbers in the frame."""
    table = skm.stats.item_validity(skm.read(skm.contoh())).table("id")
    position = [c.key for c in table.columns].index("p")
    assert {row[position] for row in table.cells()} == {"< 0,0001"}
    assert table.to_frame()["p"].dtype == "float64"
