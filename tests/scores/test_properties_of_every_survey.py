"""Properties that hold for every survey, tried on many made by hypothesis."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.answers import understand
from skm.counts import reduce
from skm.counts.hitungan import merge
from skm.regulasi import _kuesioner as kuesioner

UNSUR = kuesioner.load().unsur
levels = st.lists(st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=9, max_size=9), min_size=1, max_size=25)
full = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=25)


def records(rows: list[list[int | None]]) -> list[dict[str, Any]]:
    return [dict(zip(UNSUR, row, strict=True)) for row in rows]


def answered(rows: list[list[int | None]]) -> bool:
    return all(any(row[i] is not None for row in rows) for i in range(9))


@given(levels.filter(answered))
@settings(max_examples=60, deadline=None)
def test_rows_counts_frames_and_long_rows_agree(rows: list[list[int | None]]) -> None:
    """Every way to hand over the same answers gives the same figure and the same fingerprint."""
    data = records(rows)
    expected = skm.score(data)
    counts = {u: [sum(row[u] == level for row in data) for level in (1, 2, 3, 4)] for u in UNSUR}
    assert skm.score_counts(counts, n=len(rows)).ikm_tepat == expected.ikm_tepat
    frame = pd.DataFrame(data, columns=list(UNSUR))
    variants = [
        frame,
        frame.astype("float64"),
        frame.astype("Int8"),
        frame.astype("Int64").astype("category"),
        {u: np.array([np.nan if row[u] is None else row[u] for row in data], dtype=float) for u in UNSUR},
        [{"responden": i, "unsur": u, "nilai": row[u]} for i, row in enumerate(data) for u in UNSUR],
    ]
    for variant in variants:
        hasil = skm.score(variant)
        assert (hasil.ikm_tepat, hasil.n) == (expected.ikm_tepat, expected.n)
        assert hasil.provenance.sidik == expected.provenance.sidik


@given(levels.filter(answered), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_rows_and_columns_does_not_matter(rows: list[list[int | None]], random: Any) -> None:
    """Shuffled respondents and shuffled columns give the same result."""
    data = records(rows)
    shuffled = [dict(random.sample(list(row.items()), 9)) for row in random.sample(data, len(data))]
    first, second = skm.score(data), skm.score(shuffled)
    assert first.ikm_tepat == second.ikm_tepat
    assert first.provenance.sidik == second.provenance.sidik
    assert {k: v.nrr for k, v in first.unsur.items()} == {k: v.nrr for k, v in second.unsur.items()}


@given(levels.filter(answered), st.integers(0, 24), st.integers(0, 8))
@settings(max_examples=80, deadline=None)
def test_raising_an_answer_never_lowers_the_index(rows: list[list[int | None]], i: int, j: int) -> None:
    """The index is monotone in every answer."""
    i %= len(rows)
    before = skm.score(records(rows))
    value = rows[i][j]
    if value is None or value == 4:
        return
    rows[i][j] = value + 1
    after = skm.score(records(rows))
    assert after.ikm_tepat > before.ikm_tepat
    assert after.ikm >= before.ikm


@given(levels.filter(answered))
@settings(max_examples=80, deadline=None)
def test_index_stays_on_the_scale_and_has_a_letter(rows: list[list[int | None]]) -> None:
    """25 <= IKM <= 100 with exact weights, always a letter, and the mean of the unsur is the index."""
    hasil = skm.score(records(rows))
    assert Decimal(25) <= hasil.ikm <= Decimal(100)
    assert hasil.mutu in "ABCD"
    assert sum(u.nrr for u in hasil.unsur.values()) / 9 * 25 == hasil.ikm_tepat
    assert all(sum(u.frekuensi or ()) == u.n for u in hasil.unsur.values())
    assert all((u.n or 0) + u.kosong == hasil.n for u in hasil.unsur.values())


@given(levels.filter(answered), st.integers(0, 25))
@settings(max_examples=60, deadline=None)
def test_scoring_a_concatenation_equals_merging_counts(rows: list[list[int | None]], cut: int) -> None:
    """Counts add up: any split of the rows gives the same counts and the same figure."""
    data = records(rows)
    cut %= len(data) + 1
    base = kuesioner.load()
    parts = [reduce.reduce(understand.understand(part, base)).hitungan for part in (data[:cut], data[cut:]) if part]
    merged = merge(parts)
    assert skm.score(merged).ikm_tepat == skm.score(data).ikm_tepat
    assert merged.fingerprint() == skm.score(data).provenance.sidik


@given(full, st.lists(st.sampled_from("XYZ"), min_size=25, max_size=25))
@settings(max_examples=50, deadline=None)
def test_groups_add_up_and_equal_groups_scored_alone(rows: list[list[int]], units: list[str]) -> None:
    """Every group's figure is that of scoring the group alone, and n sums to all."""
    data = [row | {"unit": units[i]} for i, row in enumerate(records(rows))]
    per = skm.score_by(data, "unit")
    assert int(per.n.sum()) == len(data)
    for i, unit in enumerate(per):
        alone = skm.score([row for row in data if row["unit"] == unit])
        assert per[unit].ikm == alone.ikm
        assert (per.ikm[i], per.mutu[i]) == (float(alone.ikm), alone.mutu)
    assert skm.combine(per, method="pooled").ikm_tepat == skm.score(data).ikm_tepat


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "Int8", "float32"])
def test_small_integers_never_overflow(dtype: str) -> None:
    """Narrow types are counted in 64 bits."""
    frame = pd.DataFrame({f"u{i}": np.full(40_000, 4) for i in range(1, 10)}).astype(dtype)
    hasil = skm.score(frame)
    assert (hasil.ikm, hasil.unsur["waktu"].total) == (Decimal("100.00"), 160_000)
