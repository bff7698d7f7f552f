"""Faults proved in public software (F1-F12): each stands here as a test that we do not have it."""

from __future__ import annotations

from decimal import Decimal

import pytest

import skm
from skm.regulasi import load

NINE = [f"u{i}" for i in range(1, 10)]


def test_f1_weight_two_decimals_is_compared_not_used() -> None:
    """Every unsur totals 355 for 100 respondents: 88.75 A; 0.11 would print 87.86 B, and the result says so."""
    hasil = skm.score_totals(dict.fromkeys(NINE, 355), 100, u8="pengaduan")
    assert (hasil.ikm, hasil.mutu) == (Decimal("88.75"), "A")
    assert (hasil.pembanding[2].ikm, hasil.pembanding[2].mutu) == (Decimal("87.86"), "B")
    assert "mutu-bergantung-bobot" in {note.kode for note in hasil.catatan}


def test_f2_weight_three_decimals_does_not_cap_the_index() -> None:
    """Everybody content is 100.00, not 99.90."""
    assert skm.score([dict.fromkeys(NINE, 4)]).ikm == Decimal("100.00")
    assert skm.score([dict.fromkeys(NINE, 4)], bobot="0.111").ikm == Decimal("99.90")


def test_f3_no_value_falls_between_two_grades() -> None:
    """Every index from 25.00 to 100.00 in steps of 0.001 has a letter, and letters never go back."""
    regulasi = load()
    letters = [regulasi.grade(Decimal(k) / 1000).mutu for k in range(25_000, 100_001)]
    assert sorted(letters, reverse=True) == letters
    assert set(letters) == {"A", "B", "C", "D"}


def test_f4_perfect_score_stays_on_the_scale() -> None:
    """Binary floats give 100.00000000000003; integers give 100 and an A, alone and in groups."""
    rows = [{"unit": "A", **dict.fromkeys(NINE, 4)}] * 7
    hasil = skm.score(rows)
    assert (hasil.ikm, hasil.mutu) == (Decimal("100.00"), "A")
    per = skm.score_by(rows, "unit")
    assert (per.ikm[0], per.mutu[0]) == (100.0, "A")


@pytest.mark.parametrize(
    ("nik", "mutu"), [("88.31", "A"), ("76.61", "B"), ("65.00", "C"), ("64.99", "D"), ("25", "D"), ("100", "A")]
)
def test_f5_bounds_belong_to_the_better_grade(nik: str, mutu: str) -> None:
    """A lower bound itself is already the better grade."""
    assert load().grade(Decimal(nik)).mutu == mutu


def test_f6_blanks_are_not_zeros() -> None:
    """Ten content respondents, five of whom left the tariff blank, are 100.00; zeros would give 94.44."""
    rows = [dict.fromkeys(NINE, 4) | {"u4": 4 if i < 5 else None} for i in range(10)]
    hasil = skm.score(rows)
    assert hasil.ikm == Decimal("100.00")
    assert (hasil.unsur["biaya"].n, hasil.unsur["biaya"].kosong) == (5, 5)


def test_f7_weight_of_an_unused_unsur_goes_with_it() -> None:
    """Eight unsur at 4 are 100.00, not 88.80 or 88.89."""
    eight = dict.fromkeys(NINE[:8], 4)
    assert skm.score([eight]).ikm == Decimal("100.00")
    with pytest.warns(skm.errors.SKMWarning):
        assert skm.score([eight | {"u9": None}]).ikm == Decimal("100.00")


def test_f8_partial_respondents_count() -> None:
    """A respondent with one blank still counts; those left out by choice are counted."""
    rows = [dict.fromkeys(NINE, 4), dict.fromkeys(NINE, 2) | {"u9": None}]
    hasil = skm.score(rows)
    assert (hasil.n, hasil.n_lengkap) == (2, 1)
    assert hasil.unsur["persyaratan"].n == 2
    assert skm.score(rows, kosong="hanya-lengkap").n == 1


def test_f9_unsur_with_several_questions_weighs_like_the_others() -> None:
    """Three questions on one unsur answered 2, the other eight unsur 4: 94.44, not the pooled 86.36."""
    peta = {"persyaratan": ["a", "b", "c"]} | {
        u: u for u in ("prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
    }
    row = dict.fromkeys(("a", "b", "c"), 2) | dict.fromkeys(list(peta)[1:], 4)
    for choice in ("butir", "responden"):
        hasil = skm.score([row] * 3, kuesioner=peta, pertanyaan=choice)
        assert (hasil.ikm, hasil.mutu) == (Decimal("94.44"), "A")
    uneven = [{"q": 4, "r": None, "s": 4}, {"q": 4, "r": 1, "s": 4}]
    peta2 = {"persyaratan": ["q", "r"], "prosedur": "s"}
    assert skm.score(uneven, kuesioner=peta2).unsur["persyaratan"].nrr == 2.5
    assert skm.score(uneven, kuesioner=peta2, pertanyaan="responden").unsur["persyaratan"].nrr == 3.25


@pytest.mark.parametrize(
    ("ikm", "mutu"),
    [("65", "C"), ("45", "D"), ("76.30", "C"), ("65.10", "C"), ("70", "C"), ("88.50", "A"), ("82", "B"), ("84", "B")],
)
def test_f10_bounds_are_the_regulations(ikm: str, mutu: str) -> None:
    """Values on which public software disagrees with the table of the regulation."""
    assert load().grade(Decimal(ikm)).mutu == mutu


@pytest.mark.parametrize(
    ("nrr", "ikm", "mutu"),
    [
        ("3.45", "86.25", "B"),
        ("3.50", "87.50", "B"),
        ("3.534", "88.35", "A"),
        ("3.54", "88.50", "A"),
        ("3", "75.00", "C"),
        ("3.125", "78.13", "B"),
    ],
)
def test_f11_nothing_is_rounded_on_the_way(nrr: str, ikm: str, mutu: str) -> None:
    """One rounding, at the end, half up; the letter is that of the number shown."""
    hasil = skm.score_means(dict.fromkeys(NINE, nrr), u8="pengaduan")
    assert (hasil.ikm, hasil.mutu) == (Decimal(ikm), mutu)


def test_f12_mean_of_means_must_be_named() -> None:
    """1,000 respondents near 70 and 10 at 100: pooled and plain mean differ by a letter, and neither is a default."""
    a = {"u1": [3] * 800 + [2] * 200, "s": ["A"] * 1000}
    rows = {"s": a["s"] + ["B"] * 10, **{u: a["u1"] + [4] * 10 for u in NINE}}
    per = skm.score_by(rows, "s")
    assert skm.combine(per, method="pooled").ikm == Decimal("70.30")
    assert skm.combine(per, method="simple").ikm == Decimal("85.00")
    assert skm.combine(per, method="weighted", weights="n").ikm == Decimal("70.30")
    with pytest.raises(TypeError):
        skm.combine(per)  # type: ignore[call-arg]
    with pytest.raises(skm.errors.OptionError):
        skm.combine(per, method="rata-rata")


def test_nobody_is_dropped_for_being_above_the_minimum() -> None:
    """Twenty-five respondents stay twenty-five: 97.00, not the 100.00 of the happiest twenty-four."""
    rows = [dict.fromkeys(NINE, 4)] * 24 + [dict.fromkeys(NINE, 1)]
    assert skm.score(rows).ikm == Decimal("97.00")


def test_first_respondent_may_leave_a_blank() -> None:
    """A blank in the first row does not hide its column."""
    rows = [dict.fromkeys(NINE, 4) | {"u4": None}, dict.fromkeys(NINE, 4)]
    assert len(skm.score(rows).unsur) == 9
