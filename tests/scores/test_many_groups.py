"""Figures of many groups as columns: each equals what scoring the group alone gives, to the last digit."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.counts.hitungan import Hitungan
from skm.errors import EmptyDataError, InvalidAnswerError, OptionError
from skm.regulasi import _kuesioner as kuesioner
from skm.scores import groups, many
from skm.scores.index import score
from skm.scores.many import columnar
from skm.scores.options import ScoreOptions

BASE = kuesioner.load()


def counts(table: Any) -> Hitungan:
    """Counts of groups x 9 x (blank + 4 levels), without complete rows."""
    semua = np.asarray(table, np.int64)
    n = semua.sum(axis=2).max(axis=1)
    semua[:, :, 0] += n[:, None] - semua.sum(axis=2)
    labels = tuple((i,) for i in range(len(n)))
    return Hitungan(BASE, semua, None, n, None, np.zeros(len(n), np.int64), ("unit",), labels)


def compare(hitungan: Hitungan, opsi: ScoreOptions) -> None:
    """Columns against one group at a time."""
    _, nrr, ikm, mutu = columnar(hitungan, opsi, {})
    for g in range(len(hitungan.n)):
        if not hitungan.jawaban[g].any():
            assert math.isnan(ikm[g])
            assert mutu[g] is None
            continue
        alone = score(hitungan.alone(g), opsi)
        assert ikm[g] == float(alone.ikm), (g, alone.ikm_tepat)
        assert mutu[g] == alone.mutu
        for u, value in zip(BASE.unsur, nrr[g], strict=True):
            assert u in alone.unsur or math.isnan(value)
            if u in alone.unsur:
                assert value == pytest.approx(float(alone.unsur[u].nrr), rel=1e-14)


cells = st.integers(0, 6)
tables = st.lists(
    st.lists(st.tuples(cells, cells, cells, cells, cells).map(list), min_size=9, max_size=9), min_size=1, max_size=6
)
options = st.builds(
    ScoreOptions,
    bobot=st.sampled_from(["tepat", "3-desimal", "2-desimal"]),
    pembulatan=st.sampled_from(["nik-2", "indeks-2", "indeks-3"]),
)


@settings(max_examples=300, deadline=None)
@given(tables, options)
def test_columns_equal_groups_scored_alone(table: list[Any], opsi: ScoreOptions) -> None:
    """Any counts, any weight, any rounding."""
    compare(counts(table), opsi)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 400), st.integers(0, 2**31), options)
def test_ties_are_exact_for_groups_without_blanks(n: int, seed: int, opsi: ScoreOptions) -> None:
    """As many answers to every unsur: exact ties are frequent, and all are decided in integers."""
    rng = np.random.default_rng(seed)
    table = np.zeros((40, 9, 5), np.int64)
    for g in range(40):
        for j in range(9):
            table[g, j, 1:] = rng.multinomial(n, rng.dirichlet(np.ones(4)))
    compare(counts(table), opsi)


def test_floats_near_a_tie_are_never_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """With floats pushed off by a hair, a tie still comes out exactly, since it is computed from the counts."""
    real = many._means

    def nudged(h: Hitungan, t: Any) -> Any:
        return real(h, t) * (1 - 1e-12)

    monkeypatch.setattr(many, "_means", nudged)
    ties = np.zeros((36, 9, 5), np.int64)
    for s in range(36):
        ties[s, :, 3] = 400
        ties[s, 0, 3], ties[s, 0, 4] = 400 - s, s
    compare_letters(counts(ties))


def compare_letters(hitungan: Hitungan) -> None:
    """Rounded figure and letter only."""
    _, _, ikm, mutu = columnar(hitungan, ScoreOptions(), {})
    exact = [score(hitungan.alone(g), ScoreOptions()) for g in range(len(hitungan.n))]
    ties = sum((e.ikm_tepat * 200).denominator == 1 and (e.ikm_tepat * 100).denominator == 2 for e in exact)
    assert ties, "the case has no tie"
    assert [float(e.ikm) for e in exact] == ikm.tolist()
    assert [e.mutu for e in exact] == list(mutu)


def test_own_weights_and_refusals() -> None:
    """Own weights, blanks refused, an unsur nobody answered: columns say what a group alone says."""
    table = np.ones((3, 9, 5), np.int64)
    table[:, :, 0] = 0
    own = {u: ("1/5" if i == 0 else "1/10") for i, u in enumerate(BASE.unsur)}
    compare(counts(table), ScoreOptions(bobot=own))
    compare(counts(table), ScoreOptions(bobot={f"U{i + 1}": "1/5" if i == 0 else "1/10" for i in range(9)}))
    table[1, 2] = [4, 0, 0, 0, 0]
    with pytest.raises(OptionError) as weights:
        columnar(counts(table), ScoreOptions(bobot=own), {})
    assert weights.value.code == "bobot-unsur"
    with pytest.raises(InvalidAnswerError):
        columnar(counts(table), ScoreOptions(kosong="tolak"), {})
    with pytest.raises(EmptyDataError):
        columnar(counts(table), ScoreOptions(unsur_kosong="tolak"), {})
    with pytest.raises(OptionError):
        columnar(counts(table), ScoreOptions(bobot="0.111"), {})


def test_means_per_respondent_by_group() -> None:
    """Two questions on one unsur, mean per respondent first: columns equal groups alone."""
    rng = np.random.default_rng(11)
    rows = []
    for _ in range(400):
        row = {f"q{i}": int(rng.integers(1, 5)) if rng.random() > 0.2 else None for i in range(5)}
        rows.append({"unit": int(rng.integers(0, 9)), **row})
    peta = {"persyaratan": ["q0", "q1"], "prosedur": "q2", "waktu": ["q3", "q4"]}
    for kosong in ("per-unsur", "hanya-lengkap"):
        per = skm.score_by(rows, "unit", kuesioner=peta, pertanyaan="responden", kosong=kosong)
        for i, unit in enumerate(per):
            assert per.ikm[i] == float(per[unit].ikm)
            own = [row for row in rows if row["unit"] == unit]
            alone = skm.score(own, kuesioner=peta, pertanyaan="responden", kosong=kosong)
            assert alone.ikm == per[unit].ikm


def test_fifty_thousand_units_are_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """No unit is scored by itself, whatever the weight; the frame has one row a unit."""
    rng = np.random.default_rng(1)
    units = 50_000
    data = {f"u{i}": rng.integers(1, 5, 4 * units).astype(np.int8) for i in range(1, 10)}
    data["unit"] = np.tile(np.arange(units, dtype=np.int32), 4)

    def forbidden(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(groups, "score", forbidden)
    monkeypatch.setattr(many, "score", forbidden)
    monkeypatch.setattr(many, "_index", forbidden)
    start = time.perf_counter()
    for bobot in ("tepat", "0.111"):
        per = skm.score_by(data, "unit", u8="sarana", bobot=bobot)
        assert len(per) == units
    assert time.perf_counter() - start < 20
    frame = per.to_frame()
    assert frame.shape == (units, 13)
    assert frame["n"].eq(4).all()
