"""Many units, many respondents: what is counted over all of them at once is the same as one by one, and ends."""

from __future__ import annotations

import io

import numpy as np
import pytest
from support.ref24 import pola

from skm.basics.progress import walked
from skm.errors import DataError, OptionError
from skm.stats import _core as statistik
from skm.stats._conditional import concordance, drawn_tables
from skm.stats._design import make_design


@pytest.mark.parametrize("rows", [3, 61, 100, 129])
def test_drawn_tables_are_those_of_exchanged_respondents(rows):
    """Margins hold, and cells vary as the hypergeometric distribution says, however the tables are drawn."""
    rng = np.random.default_rng(rows)
    sizes, columns = rng.integers(0, 9, rows) + 1, np.array([3, 0, 40])
    columns[1] = sizes.sum() - 43 if sizes.sum() > 43 else 0
    sizes[0] += columns.sum() - sizes.sum()
    drawn = np.concatenate(list(drawn_tables(sizes, columns, 4000, 3)))
    assert (drawn.sum(axis=2) == sizes).all()
    assert (drawn.sum(axis=1) == columns).all()
    assert drawn.min() >= 0
    n = int(sizes.sum())
    expected = np.outer(sizes, columns) / n
    spread = expected * (n - sizes[:, None]) * (n - columns) / n / (n - 1)
    error = np.sqrt(np.maximum(spread, 1e-12) / 4000)
    assert (np.abs(drawn.mean(axis=0) - expected) < 5 * error + 1e-9).all()
    assert drawn.var(axis=0) == pytest.approx(spread, rel=0.25, abs=0.02)


def test_concordance_is_that_of_pairs():
    tables = np.random.default_rng(1).integers(0, 4, (5, 4, 6))
    for table, found in zip(tables, concordance(tables), strict=True):
        cells = [(i, j, int(table[i, j])) for i in range(4) for j in range(6)]
        pairs = sum(a * b * np.sign((i - k) * (j - m)) for i, j, a in cells for k, m, b in cells if i < k)
        assert found == pairs


@pytest.mark.parametrize("keys", [{}, {"strata": "unit"}, {"clusters": "psu"}, {"strata": "unit", "clusters": "psu"}])
@pytest.mark.parametrize("gathered", [False, True])
def test_covariance_is_that_of_sums(keys, gathered):
    p = pola("ref24m", by=("unit", "psu"), weights="w")
    design = make_design(p, **keys)
    u = (p.nilai[:, :4].astype(float) - 2) / 100
    if gathered:
        _, key = np.unique(p.nilai[:, :4], axis=0, return_inverse=True)
        small, first = design.gathered(key.reshape(-1))
        assert small.variance(u[first]) == pytest.approx(design.variance(u), rel=1e-12)
        assert small.kali.sum() == design.kali.sum()
        design, u = small, u[first]
    found = design.covariance(u)
    for a in range(4):
        for b in range(4):
            both = design.variance((u[:, a] + u[:, b])[:, None])[0]
            apart = sum(design.variance(u[:, k : k + 1])[0] for k in (a, b))
            assert found[a, b] == pytest.approx((both - apart) / 2, rel=1e-9, abs=1e-15)


def test_shares_of_many_units_fit_into_memory():
    """160 cells over thousands of patterns once took gigabytes."""
    rng = np.random.default_rng(4)
    p = pola(answers=rng.integers(1, 5, (9_000, 8)), by=[f"{i % 40:02d}" for i in range(9_000)])
    r = statistik.share_test(p, "grup", p.kuesioner.unsur[0])
    assert (r.method, len(r.shares)) == ("F", 160)
    assert 0 < r.p < 1
    many = pola(answers=rng.integers(1, 5, (1000, 2)), by=[f"{i % 400}" for i in range(1000)])
    with pytest.raises(DataError) as caught:
        statistik.share_test(many, "grup", p.kuesioner.unsur[0])
    assert caught.value.code == "kelompok-terlalu-banyak"


def test_shares_of_few_are_permuted_or_doubted():
    answers, labels = [[4]] * 5 + [[2]] * 2 + [[4]] * 1 + [[2]] * 4, [*"a" * 7, *"b" * 5]
    p = pola(answers=answers, by=labels)
    unsur = p.kuesioner.unsur[0]
    from scipy.stats import fisher_exact

    r = statistik.share_test(p, "grup", unsur, draws=20_000)
    assert r.method == "permutasi"
    assert r.p == pytest.approx(fisher_exact([[5, 2], [1, 4]])[1], abs=0.01)
    assert statistik.share_test(p, "grup", unsur, pvalue="asimtotik").method == "F"
    weighted = statistik.share_test(pola(answers=answers, by=labels, weights=[1, 2] * 6), "grup", unsur)
    assert weighted.method == "permutasi"
    alike = statistik.share_test(pola(answers=answers, by=labels, weights=[3] * 12), "grup", unsur, draws=20_000)
    assert alike.p == pytest.approx(r.p, abs=0.01)
    stratified = statistik.share_test(p, "grup", unsur, strata="grup")  # nobody could change places within a stratum
    assert stratified.method == "F"
    assert "bagian-sedikit" in [f.kode for f in stratified.catatan]
    with pytest.raises(OptionError) as caught:
        statistik.share_test(p, "grup", unsur, strata="grup", pvalue="permutasi")
    assert caught.value.code == "permutasi-rancangan"


def test_trend_over_hundreds_of_groups_ends():
    rng = np.random.default_rng(2)
    p = pola(answers=rng.integers(1, 5, (400, 3)), by=[f"{i % 100:03d}" for i in range(400)])
    order = [f"{i:03d}" for i in range(100)]
    plain = statistik.ordered_trend(p, "grup", order)
    drawn = statistik.ordered_trend(p, "grup", order, method="permutasi", draws=999)
    assert (plain.method, drawn.method) == ("normal", "permutasi")
    assert drawn.p == pytest.approx(plain.p, abs=0.06)


def test_steps_are_told_on_a_terminal_only(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for stream, told in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setattr("skm.basics.progress._DELAY", 0)
        assert list(walked(range(3))) == [0, 1, 2]
        assert bool(stream.getvalue()) == told
