"""What may be handed over, what is refused, and what the refusal says."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import skm
from skm.errors import DataError, EmptyDataError, InvalidAnswerError, MissingColumnError, OptionError, SKMError

NINE = [f"u{i}" for i in range(1, 10)]


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({u: [4, 3, 4] for u in NINE} | columns)


@pytest.mark.parametrize(
    "names",
    [
        NINE,
        [u.upper() for u in NINE],
        [f"U_{i}" for i in range(1, 10)],
        [f" unsur {i} " for i in range(1, 10)],
        [f"A{i}" for i in range(1, 10)],
        [f"u0{i}" for i in range(1, 10)],
        ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"],
        ["Persyaratan", "Sistem, Mekanisme, dan Prosedur", "Waktu Penyelesaian", "Biaya/Tarif", "Produk Spesifikasi Jenis Pelayanan", "Kompetensi Pelaksana", "Perilaku Pelaksana", "Penanganan Pengaduan, Saran dan Masukan", "Sarana dan Prasarana"],
    ],
)  # fmt: skip
def test_headers_that_are_understood(names: list[str]) -> None:
    """Ids, official names and codes in any case and spacing mean the same nine unsur."""
    hasil = skm.score(pd.DataFrame([[1, 2, 3, 4, 1, 2, 3, 4, 4]], columns=names), u8=None)
    assert hasil.unsur["prosedur"].nrr == 2
    assert len(hasil.unsur) == 9


def test_time_stamp_called_waktu_is_not_the_unsur() -> None:
    """In a dump with u1..u9 a column named waktu is a time stamp."""
    hasil = skm.score(frame(waktu=["2024-07-01"] * 3))
    assert hasil.unsur["waktu"].n == 3
    assert skm.read(frame(waktu=["2024-07-01"] * 3)).bacaan.khusus.tanggal == "waktu"


def test_names_decide_over_numbers_for_the_last_two() -> None:
    """U8 Sarana and U9 Pengaduan keep their meaning, their order, and need no assumption."""
    columns = [
        f"U{i} {n}"
        for i, n in enumerate(
            [
                "Persyaratan",
                "Prosedur",
                "Waktu",
                "Biaya",
                "Produk",
                "Kompetensi",
                "Perilaku",
                "Sarana dan Prasarana",
                "Pengaduan",
            ],
            start=1,
        )
    ]
    hasil = skm.score(pd.DataFrame([[4] * 7 + [1, 2]], columns=columns))
    assert (hasil.unsur["sarana"].nrr, hasil.unsur["sarana"].kode) == (1, "U8")
    assert (hasil.unsur["pengaduan"].nrr, hasil.unsur["pengaduan"].kode) == (2, "U9")
    assert hasil.provenance.u8 == "bernama"
    assert hasil.catatan == ()


@pytest.mark.parametrize("u8", ["pengaduan", "sarana"])
def test_bare_u8_is_noted_and_can_be_said(u8: str) -> None:
    """Bare codes are scored with a note; saying u8 settles the names; the index is the same."""
    data = frame(u8=[1, 1, 1])
    assumed, said = skm.score(data), skm.score(data, u8=u8)
    assert "u8-dianggap" in {n.kode for n in assumed.catatan}
    assert "u8-dianggap" not in {n.kode for n in said.catatan}
    assert assumed.ikm == said.ikm
    assert said.unsur[u8].nrr == 1
    assert said.provenance.u8 == u8


def test_hole_in_the_codes_is_an_error_and_a_short_run_is_a_note() -> None:
    """U1..U8 is an eight-unsur survey; U1..U9 without U4 is not a survey of eight."""
    with pytest.raises(MissingColumnError) as problem:
        skm.score(frame().drop(columns=["u4"]))
    assert problem.value.code == "kolom-berlubang"
    assert "U4" in str(problem.value)
    short = skm.score(frame().drop(columns=["u9"]))
    assert len(short.unsur) == 8
    assert "unsur-banyak" in {n.kode for n in short.catatan}


def test_missing_name_beside_an_unknown_column_is_an_error() -> None:
    """A header that is nearly an unsur must not silently make a survey of eight."""
    data = pd.DataFrame(
        [[4] * 9],
        columns=[
            "persyaratan",
            "prosedur",
            "waktu",
            "biaya",
            "produk",
            "kompetensi",
            "perilaku",
            "pengaduan",
            "Srana & prasarna",
        ],
    )
    with pytest.raises(MissingColumnError) as problem:
        skm.score(data)
    assert problem.value.context["unsur"] == ["sarana"]
    assert skm.score(data.iloc[:, :8]).ikm == Decimal("100.00")


def test_own_unsur_beyond_nine_are_kept_and_named() -> None:
    """U10 is the office's own unsur and changes the weight."""
    hasil = skm.score(frame(u10=[1, 1, 1]))
    assert list(hasil.unsur)[-1] == "u10"
    assert hasil.unsur["u10"].nrr_tertimbang == Decimal(1) / 10


def test_mapping_of_columns() -> None:
    """kuesioner= maps any header, several per unsur, and own unsur; near misses are refused."""
    data = pd.DataFrame({"Q1": [4], "Q2": [2], "Q3": [4], "X": [3]})
    hasil = skm.score(data, kuesioner={"persyaratan": "Q1", "prosedur": ["Q2", "Q3"], "maklumat": "X"})
    assert [float(u.nrr) for u in hasil.unsur.values()] == [4, 3, 3]
    with pytest.raises(OptionError) as problem:
        skm.score(data, kuesioner={"persyartan": "Q1"})
    assert problem.value.context["mirip"] == "persyaratan"
    with pytest.raises(MissingColumnError):
        skm.score(data, kuesioner={"persyaratan": "Q9"})
    with pytest.raises(OptionError):
        skm.score(data, kuesioner={"persyaratan": "Q1", "prosedur": "Q1"})


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (5, "jawaban-tidak-sah"), (0, "jawaban-nol"), (-1, "jawaban-kode-kosong"), (3.5, "jawaban-tidak-sah"), (300, "jawaban-tidak-sah"),
        ("puas sekali", "jawaban-label"), ("-", "jawaban-kode-kosong"), (True, "jawaban-tidak-sah"), (float("inf"), "jawaban-tidak-sah"), ([1], "jawaban-tidak-sah"),
    ],
)  # fmt: skip
def test_values_that_are_no_answers(bad: Any, code: str) -> None:
    """Everything off the scale is refused with its place, in frames and in records alike."""
    column = pd.Series([4, bad, 4], dtype=object)
    for data in (frame(u5=column), [dict.fromkeys(NINE, 4), dict.fromkeys(NINE, 4) | {"u5": bad}]):
        with pytest.raises(InvalidAnswerError) as problem:
            skm.score(data)
        assert problem.value.code == code
        assert "u5" in problem.value.message()
        assert "u5 indeks 1" in problem.value.message()
        assert "u5 index 1" in problem.value.message("en")


def test_numpy_columns_are_checked_too() -> None:
    """Vectorised checks see what the slow ones see."""
    for dtype, bad in (("int64", 5), ("float64", 3.5), ("int8", 0), ("bool", True)):
        with pytest.raises(InvalidAnswerError):
            skm.score(frame(u2=np.array([4, bad, 3]).astype(dtype)))


def test_all_wrong_cells_are_told_together() -> None:
    """One error for all, with the total."""
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(frame(u1=[5, 6, 7], u9=[9, 4, 4]))
    assert problem.value.context["banyak"] == 4
    assert problem.value.context["kolom_salah"] == ("u1", "u9")


def test_zero_and_empty_are_blanks_only_if_named() -> None:
    """nilai_kosong turns named values into blanks, counts them, and says so."""
    data = frame(u4=[0, 0, 4])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(data)
    assert "nilai_kosong" in problem.value.hint()
    hasil = skm.score(data, nilai_kosong=[0])
    assert (hasil.unsur["biaya"].n, hasil.unsur["biaya"].kosong) == (1, 2)
    note = next(n for n in hasil.catatan if n.kode == "nilai-kosong")
    assert note.bukti["banyak"] == 2
    text = skm.score([dict.fromkeys(NINE, 4) | {"u4": "-"}, dict.fromkeys(NINE, 4)], nilai_kosong=["-"])
    assert text.unsur["biaya"].kosong == 1


def test_personal_text_is_described_not_quoted() -> None:
    """A shifted column holds names, NIK and phones; the message must not, whatever their type or length."""
    personal = [
        "Siti Aminah",
        "3573012345678901",
        3573012345678901,
        6281234567890,
        "0812 3456 789",
        "Ani",
        "Edi",
        "Budi",
    ]
    rows = [dict.fromkeys(NINE, 4) | {"u3": value} for value in personal]
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(rows)
    for shown in (str(problem.value), problem.value.render("en")):
        assert not [value for value in personal if str(value) in shown]
    assert "teks, 11 huruf" in str(problem.value)
    assert "text, 11 characters" in problem.value.render("en")
    near = [dict.fromkeys(NINE, 4) | {"u3": "Sangat cepatt"}]
    with pytest.raises(InvalidAnswerError, match="Sangat cepatt"):
        skm.score(near)


@pytest.mark.parametrize(
    "dtype", ["int8", "int64", "Int64", "float64", "int64[pyarrow]", "double[pyarrow]", "category", "object"]
)
def test_dtypes_of_pandas(dtype: str) -> None:
    """NumPy, nullable, Arrow and categorical columns are the same answers."""
    if "pyarrow" in dtype:
        pytest.importorskip("pyarrow")
    hasil = skm.score(frame().astype(dtype))
    assert hasil.ikm == Decimal("91.67")


def test_blanks_of_every_kind() -> None:
    """None, NaN, NA and Arrow nulls leave numerator and denominator."""
    for blank in (None, np.nan, pd.NA):
        assert skm.score(frame(u1=pd.Series([4, blank, 4], dtype=object))).unsur["persyaratan"].n == 2
    assert skm.score(frame(u1=pd.array([4, None, 4], dtype="Int64"))).unsur["persyaratan"].n == 2


def test_arrays_with_names() -> None:
    """Structured arrays, mappings and plain arrays with columns= are tables; a bare array is not."""
    plain = np.full((5, 9), 3)
    named = np.zeros(5, dtype=[(u, "i1") for u in NINE])
    for u in NINE:
        named[u] = 3
    assert skm.score(plain, columns=NINE).ikm == skm.score(named).ikm == skm.score({u: [3] * 5 for u in NINE}).ikm
    with pytest.raises(DataError) as problem:
        skm.score(plain)
    assert problem.value.code == "larik-tanpa-nama"
    with pytest.raises(DataError):
        skm.score(plain, columns=NINE[:3])
    with pytest.raises(DataError):
        skm.score({"u1": [1, 2], "u2": [1]})
    with pytest.raises(DataError):
        skm.score(42)


def test_long_rows() -> None:
    """Long rows keep respondents' other columns; doubled answers are refused, absent rows are blanks."""
    long = [{"responden": r, "unsur": f"U{i}", "nilai": 4, "unit": "AB"[r]} for r in range(2) for i in range(1, 10)]
    per = skm.score_by(long, "unit")
    assert [per[u].n for u in "AB"] == [1, 1]
    assert skm.score(long[:-1]).unsur["sarana"].kosong == 1
    assert "jawaban-kembar" in {n.kode for n in skm.score([*long, long[0]]).catatan}
    with pytest.raises(DataError) as problem:
        skm.score([*long, {**long[0], "nilai": 1}])
    assert problem.value.code == "jawaban-ganda"


def test_empty_things() -> None:
    """No rows, no columns, no counts: no index."""
    for nothing in ([], pd.DataFrame(columns=NINE), {u: [] for u in NINE}):
        with pytest.raises(EmptyDataError):
            skm.score(nothing)
    with pytest.raises(DataError):
        skm.score_counts({})


def test_groups_keep_the_blank_group() -> None:
    """Respondents without a label are a group; counts add up."""
    per = skm.score_by(frame(unit=["B", None, "A"]), "unit")
    assert list(per) == ["A", "B", None]
    assert per.to_frame()["n"].sum() == 3
    with pytest.raises(OptionError) as problem:
        skm.score_by(frame(unit=list("BBA")), "units")
    assert "unit" in problem.value.context["pilihan"]


def test_counts_input_is_checked() -> None:
    """Wrong number of levels, more answers than n, doubled unsur."""
    with pytest.raises(DataError):
        skm.score_counts({"u1": (1, 2, 3)})
    with pytest.raises(DataError):
        skm.score_counts({"u1": (1, 2, 3, 4)}, n=9)
    with pytest.raises(DataError):
        skm.score_counts({"u1": (0, 0, 0, 1), "Persyaratan": (0, 0, 0, 1)})
    with pytest.raises(InvalidAnswerError):
        skm.score_totals({"u1": 401}, 100)
    with pytest.raises(InvalidAnswerError):
        skm.score_means({"u1": "4,2"})
    assert skm.score_means({"u1": "86,75"}, skala="25-100").ikm == Decimal("86.75")
    with pytest.raises(DataError) as problem:
        skm.score_counts({"u1": (0, 0, 0, 2), "u2": (0, 0, 0, 1)}, kosong="hanya-lengkap")
    assert problem.value.code == "lengkap-tidak-diketahui"


def test_errors_survive_pickling_and_speak_english() -> None:
    """Errors cross process borders and languages with code and context."""
    with pytest.raises(OptionError) as problem:
        skm.score(frame(), kosong="nol")
    again = pickle.loads(pickle.dumps(problem.value))
    assert (again.code, dict(again.context)) == (problem.value.code, dict(problem.value.context))
    assert "not known" in problem.value.message("en")
    assert "tidak dikenal" in problem.value.message()


def test_results_cross_process_borders() -> None:
    """A result can be pickled."""
    hasil = skm.score(frame())
    again = pickle.loads(pickle.dumps(hasil))
    assert (again.ikm, again.to_dict()) == (hasil.ikm, hasil.to_dict())


def test_profile_of_ages_and_categories() -> None:
    """Ages become the questionnaire's groups, or the caller's; empty groups show 0; ordered categories keep order."""
    ages = pd.Series([19, 50, 23, -41, None], dtype="float64")
    level = pd.Categorical(["SMA", "SD", None, "SMA", "SD"], categories=["SD", "SMP", "SMA"], ordered=True)
    data = pd.DataFrame({u: [4, 3, 4, 2, 1] for u in NINE} | {"Umur": ages, "Pendidikan": level})
    profil = skm.profile(data, indeks=True)
    usia = {b.tingkat: b.jumlah for b in profil.karakteristik["usia"]}
    assert (usia["< 20 th"], usia["20-29 th"], usia["30-39 th"], usia[">= 50 th"]) == (1, 1, 0, 1)
    assert sum(usia.values()) == 5
    assert {n.kode for n in profil.catatan} >= {"usia-tidak-wajar", "tingkat-kecil"}
    assert [b.jumlah for b in profil.karakteristik["pendidikan"]][:1] == [2]
    own = skm.profile(data, ciri=["usia"], tingkat={"usia": ["< 25 th", "25-40 th", "> 40 th"]})
    assert [b.jumlah for b in own.karakteristik["usia"]][:3] == [2, 0, 1]
    assert list(skm.score_by(data, "pendidikan")) == ["SD", "SMA", None]
    assert skm.score(data, pertanyaan="responden").ikm == skm.score(data).ikm


def test_the_column_that_divides_is_not_called_unused() -> None:
    """score_by over a plain column does not list it among the unused ones; the others it does."""
    per = skm.score_by(frame(unit=list("AAB"), lain=[1, 2, 3]), "unit")
    note = next(n for n in per.catatan if n.kode == "kolom-diabaikan")
    assert note.bukti["kolom"] == ["lain"]
    assert "kolom-diabaikan" not in {n.kode for n in skm.score_by(frame(unit=list("AAB")), "unit").catatan}


def test_more_questions_than_unsur_need_a_map() -> None:
    """q1..q16 ask about nine unsur in some way nobody can guess; u10 is an own unsur; empty q10..q16 are nothing."""
    sixteen = pd.DataFrame([[4] * 16], columns=[f"q{i}" for i in range(1, 17)])
    with pytest.raises(MissingColumnError) as problem:
        skm.score(sixteen)
    assert problem.value.code == "kolom-pertanyaan"
    assert "daring-16" in problem.value.hint()
    assert len(skm.score(sixteen, kuesioner="daring-16").unsur) == 9
    assert len(skm.score(sixteen.iloc[:, :9]).unsur) == 9
    assert len(skm.score(sixteen.rename(columns=lambda c: c.replace("q", "u"))).unsur) == 16


@pytest.mark.parametrize("counts", [True, 3, "3333", None, {"1": 3}, b"abcd"])
@pytest.mark.parametrize("whole", [True, False])
def test_counts_of_another_kind_are_refused(counts: Any, whole: bool) -> None:
    """Instead of the mapping, or instead of one unsur's list: a clear reason, never a Python error."""
    given = counts if whole and not isinstance(counts, dict) else {"u1": counts}
    with pytest.raises(SKMError) as caught:
        skm.score_counts(given)
    assert caught.value.code == "masukan-jenis-salah"
