"""Which units changed, and which month is out of the ordinary."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support.ref24 import pola

import skm
from skm.errors import DataError, OptionError
from skm.stats import _core as statistik


def units(rng, shift=0.0, n=40, k=12):
    rows, labels = [], []
    for unit in range(k):
        share = 0.6 + (shift if unit == 0 else 0)
        rows += np.where(rng.random((n, 3)) < share, 4, 3).tolist()
        labels += [f"unit {unit:02d}"] * n
    return statistik.mean_interval(pola(answers=rows, by=labels), by="grup")


def test_one_change_among_many_units_is_found_and_no_other():
    rng = np.random.default_rng(1)
    r = statistik.unit_changes(units(rng), units(rng, 0.38))
    assert [u.label for u in r.changed] == ["unit 00"]
    assert "naik unit 00" in r.kalimat("id")
    back = statistik.unit_changes(units(np.random.default_rng(1), 0.38), units(np.random.default_rng(2)))
    assert "turun unit 00" in back.kalimat("id")


def test_holm_keeps_false_alarms_over_all_units_below_seven_of_a_hundred():
    rng = np.random.default_rng(8)
    alarms = sum(bool(statistik.unit_changes(units(rng, k=8), units(rng, k=8)).changed) for _ in range(60))
    assert alarms / 60 <= 0.07


def test_units_of_one_survey_only_are_told():
    rng = np.random.default_rng(3)
    r = statistik.unit_changes(units(rng, k=3), units(rng, k=4))
    assert len(r.units) == 3
    assert "perubahan-unit-sendiri" in {f.kode for f in r.catatan}
    alone = statistik.mean_interval(pola(answers=[[4], [3]] * 3, by=["z"] * 6), by="grup")
    with pytest.raises(DataError):
        statistik.unit_changes(units(rng, k=2), alone)


def test_friendly_changes_take_tables():
    rows = [{"unit": "A" if i % 2 else "B", "u1": 3 + i % 3 % 2, "u2": 4} for i in range(60)]
    r = skm.stats.changes(rows, rows, "unit")
    assert len(r.units) == 2
    assert not r.changed


def test_ewma_by_hand():
    """z and its variance from their definition, with months of different size."""
    value, n = np.array([80.0, 81, 79, 84, 78]), np.array([90, 100, 110, 40, 400])
    s = 10.0
    months = {f"m{i}": (v, s / math.sqrt(k), k) for i, (v, k) in enumerate(zip(value, n, strict=True))}
    r = statistik.control_chart(months, weight=0.3, limit=2.5)
    assert r.sd == pytest.approx(s)
    assert r.centre == pytest.approx(n @ value / n.sum())
    for t, point in enumerate(r.points):
        share = 0.3 * 0.7 ** np.arange(t, -1, -1)
        z = share @ value[: t + 1] + 0.7 ** (t + 1) * r.centre
        half = 2.5 * math.sqrt(float(share**2 @ (s**2 / n[: t + 1])))
        assert point.charted == pytest.approx(z)
        assert (point.low, point.high) == (pytest.approx(r.centre - half), pytest.approx(r.centre + half))


def test_a_small_month_has_wide_limits_and_an_equal_month_is_not_certain():
    months = {"a": (80, 1, 100), "b": (81, 1, 100), "c": (79, 1, 100), "kecil": (92, 0.0, 4), "besar": (92, 0.5, 400)}
    r = statistik.control_chart(months, method="shewhart", baseline=3)
    assert [p.label for p in r.points if p.signal] == ["besar"]


def test_laney_widens_only():
    rng = np.random.default_rng(5)
    months = {i: (80 + 4 * rng.standard_normal(), 0.5, 400) for i in range(12)}
    plain = statistik.control_chart(months, method="shewhart")
    wide = statistik.control_chart(months, method="shewhart", dispersion="laney")
    assert plain.first_signal is not None
    assert wide.sigma_z > 2
    assert wide.points[0].high > plain.points[0].high
    calm = {i: (80 + 0.01 * i, 0.5, 400) for i in range(12)}
    assert statistik.control_chart(calm, dispersion="laney").sigma_z == 1


def test_months_come_out_of_the_dates():
    rng = np.random.default_rng(2)
    rows = []
    for month in range(1, 7):
        share = 0.9 if month < 6 else 0.3
        rows += [
            {
                "tanggal": f"2026-{month:02d}-{1 + i % 28:02d}",
                **{f"u{j}": 4 if rng.random() < share else 2 for j in range(1, 10)},
            }
            for i in range(60)
        ]
    r = skm.stats.control_chart(rows, "bulan", baseline=4)
    assert len(r.points) == 6
    assert r.first_signal is not None
    assert r.first_signal.label == r.points[-1].label
    assert r.first_signal.signal == "bawah"


@pytest.mark.parametrize(
    ("periods", "options", "error"),
    [
        ({"a": (80, 1, 9), "b": (80, 1, 9)}, {}, DataError),
        ({"a": (80, 1), "b": (80, 1, 9), "c": (80, 1, 9)}, {}, DataError),
        (dict.fromkeys("abc", (80, -1, 9)), {}, DataError),
        (dict.fromkeys("abc", (80, 1, 9)), {"weight": 0}, OptionError),
        (dict.fromkeys("abc", (80, 1, 9)), {"limit": -1}, OptionError),
        (dict.fromkeys("abc", (80, 1, 9)), {"method": "x"}, OptionError),
    ],
)
def test_impossible_charts_are_refused(periods, options, error):
    with pytest.raises(error):
        statistik.control_chart(periods, **options)
