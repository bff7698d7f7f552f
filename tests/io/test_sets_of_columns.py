"""Several sets of columns that could be the survey: one counts where that is certain, else one word settles it."""

from __future__ import annotations

import csv
import io
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import skm
from skm.cli import run
from skm.errors import DataError, MissingColumnError, OptionError

NAMES = [
    *("Persyaratan", "Prosedur", "Waktu Pelayanan", "Biaya/Tarif", "Produk Layanan"),
    *("Kompetensi Pelaksana", "Perilaku Pelaksana", "Penanganan Pengaduan", "Sarana dan Prasarana"),
]
ASKED = [
    *("Kesesuaian persyaratan layanan", "Kemudahan prosedur layanan", "Kecepatan waktu layanan", "Kewajaran biaya"),
    *("Kesesuaian produk layanan", "Kompetensi petugas di loket", "Kesopanan dan keramahan petugas"),
    *("Penanganan pengaduan pengguna", "Kualitas sarana dan prasarana"),
]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
LABELS = {4: "Sangat Baik", 3: "Baik", 2: "Kurang Baik", 1: "Tidak Baik"}


def answers(seed: int, n: int = 11) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.choice((2, 3, 4, 4)) for _ in range(9)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)) / 9 * 25


def coded(code: str, first: int = 1) -> list[str]:
    return [f"{code}{i}" for i in range(first, first + 9)]


FIRST, SECOND = answers(1), answers(2)


def beside(one: list[str], other: list[str], second: list[list[Any]] = SECOND) -> pd.DataFrame:
    return pd.DataFrame([[*a, *b] for a, b in zip(FIRST, second, strict=True)], columns=[*one, *other])


def as_file(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, sep=";").encode()


CERTAIN = [
    (NAMES, coded("P")),
    (NAMES, coded("X")),
    (NAMES, coded("Q", 10)),
    (ASKED, coded("Pertanyaan ", 10)),
    (ASKED, [f"Q{i}" for i in range(10, 15)] + [f"H{i}" for i in range(4)]),
    (coded("U"), coded("P")),
    (coded("U"), coded("K")),
    ([f"Unsur {r}" for r in ROMAN], coded("Soal ")),
    (coded("SKM"), coded("P")),
    ([f"C{i}. {n}" for i, n in enumerate(NAMES, start=1)], coded("D")),
]


@pytest.mark.parametrize(("own", "other"), CERTAIN, ids=lambda names: names[0])
def test_the_survey_counts_and_the_questions_behind_it_are_named(own: list[str], other: list[str]) -> None:
    """Names of unsur and the codes U1, U2, ... come before numbers of questions; nothing of those becomes an unsur."""
    frame = beside(own, other)
    for source in (frame, as_file(frame)):
        survei = skm.read(source)
        hasil = skm.score(survei)
        assert (hasil.ikm_tepat, hasil.n, len(hasil.unsur)) == (exact(FIRST), 11, 9)
        assert {"blok-lain", "kolom-diabaikan"} & {note.kode for note in hasil.catatan}
        account = survei.account()
        assert account.adds_up
        assert not any(c.dipakai for sheet in account.lembar for c in sheet.kolom if c.kolom in other)


RIVALS = [
    (coded("P"), coded("Q")),
    (coded("A"), coded("B")),
    (NAMES, ASKED),
    (NAMES, coded("U")),
    (coded("P"), NAMES),
    (coded("X"), coded("Y")),
    (NAMES, [f"{n}.1" for n in NAMES]),
    (coded("Soal "), [f"{c}.1" for c in coded("Soal ")]),
]


@pytest.mark.parametrize(("one", "other"), RIVALS, ids=lambda names: names[0])
def test_equal_sets_are_asked_about_and_one_word_settles_it(one: list[str], other: list[str], tmp_path: Path) -> None:
    """The word of the hint is enough; it is kept beside the file, and the other set is named as left out."""
    frame = beside(one, other)
    for source in (frame, as_file(frame)):
        with pytest.raises(MissingColumnError) as problem:
            skm.read(source)
        assert problem.value.code == "kolom-mendua"
        assert "--terima blok-1" in problem.value.hint()
        for word, rows in (("blok-1", FIRST), ("blok-2", SECOND)):
            hasil = skm.score(skm.read(source, terima=word))
            assert hasil.ikm_tepat == exact(rows)
            assert "blok-lain" in {note.kode for note in hasil.catatan}
    path = tmp_path / "jawaban.csv"
    path.write_bytes(as_file(frame))
    assert run(["hitung", str(path)]) == 2
    assert run(["hitung", str(path), "--terima", "blok-2"]) == 0
    assert 'terima = ["blok-2"]' in (tmp_path / "keputusan.toml").read_text(encoding="utf-8")
    assert run(["hitung", str(path)]) == 0


@pytest.mark.parametrize("heads", [NAMES, coded("U"), coded("Soal ")])
def test_tables_side_by_side_are_chosen_by_the_same_word(heads: list[str]) -> None:
    """The same headers twice on one sheet: refused as tables side by side, and the hint's word counts one of them."""
    text = io.StringIO()
    csv.writer(text).writerows([["No", *heads, *heads], *([1, *a, *b] for a, b in zip(FIRST, SECOND, strict=True))])
    source = text.getvalue().encode()
    with pytest.raises(DataError) as problem:
        skm.read(source)
    assert problem.value.code == "tabel-berdampingan"
    assert "--terima blok-1" in problem.value.hint()
    for word, rows in (("blok-1", FIRST), ("blok-2", SECOND)):
        hasil = skm.score(skm.read(source, terima=word))
        assert hasil.ikm_tepat == exact(rows)
        assert "blok-lain" in {note.kode for note in hasil.catatan}


def test_numbered_questions_do_not_win_over_sentences_that_speak_of_unsur() -> None:
    """Sentences with one word each are weak, and still more than the numbers of questions beside them."""
    said = [
        "Ihwal persyaratan kami",
        "Ihwal prosedur kami",
        "Ihwal waktu kami",
        "Ihwal biaya kami",
        "Ihwal produk kami",
    ]
    said += ["Ihwal kompetensi kami", "Ihwal perilaku kami", "Ihwal pengaduan kami", "Ihwal sarana kami"]
    for source in (beside(said, coded("P")), as_file(beside(said, coded("P")))):
        with pytest.raises(MissingColumnError):
            skm.read(source)
        assert skm.score(skm.read(source, terima=["blok-1", "semua"])).ikm_tepat == exact(FIRST)
        assert skm.score(skm.read(source, terima="blok-2")).ikm_tepat == exact(SECOND)


def test_the_same_answers_in_words_and_numbers_are_one_survey() -> None:
    """Labels beside the levels they were typed as: the set with the names counts, once, and nobody is asked."""
    words = [[LABELS[v] for v in row] for row in FIRST]
    for frame in (beside(coded("U"), NAMES, words), beside(NAMES, coded("U"), FIRST), beside(coded("P"), NAMES, words)):
        for source in (frame, as_file(frame)):
            hasil = skm.score(skm.read(source))
            assert hasil.ikm_tepat == exact(FIRST)
            assert "blok-sama" in {note.kode for note in hasil.catatan}


@pytest.mark.parametrize("heads", [coded("C"), coded("X"), coded("No. "), [str(i) for i in range(1, 10)], list(ROMAN)])
@pytest.mark.parametrize("title", [[], ["REKAP SURVEI"]])
def test_a_code_of_any_kind_is_proposed(heads: list[str], title: list[str]) -> None:
    """As many numbered columns as unsur under a code that says nothing: proposed, and one word accepts it."""
    text = io.StringIO()
    csv.writer(text).writerows([*([title] if title else []), ["No", "Umur", *heads]])
    csv.writer(text).writerows([i, 30 + i, *row] for i, row in enumerate(FIRST, start=1))
    for source in (text.getvalue().encode(), pd.DataFrame(FIRST, columns=heads)):
        with pytest.raises(MissingColumnError) as problem:
            skm.read(source)
        assert problem.value.code == "kolom-kode"
        assert skm.score(skm.read(source, terima="blok-1")).ikm_tepat == exact(FIRST)


@pytest.mark.parametrize("heads", [[*range(1, 10)], list(ROMAN), coded("C")])
def test_numbers_below_a_heading_of_unsur_are_unsur(heads: list[Any]) -> None:
    """NILAI UNSUR PELAYANAN over 1 to 9 says what the numbers are; characteristics stand in the row above."""
    book = openpyxl.Workbook()
    book.active.append(["DAFTAR NILAI"])
    book.active.append(["No", "Umur", "NILAI UNSUR PELAYANAN"])
    book.active.append([None, None, *heads])
    for i, row in enumerate(FIRST, start=1):
        book.active.append([i, 20 + i, *row])
    stream = io.BytesIO()
    book.save(stream)
    survei = skm.read(stream.getvalue())
    assert skm.score(survei).ikm_tepat == exact(FIRST)
    assert "usia" in survei.bacaan.profil


def test_words_that_accept_nothing_are_refused() -> None:
    """Whoever writes an unknown word believes that something was accepted."""
    for word in ("ngawur", "tanpa-biayaa", "blok", "U1"):
        with pytest.raises(OptionError) as problem:
            skm.read(beside(NAMES, coded("P")), terima=word)
        assert "semua" in problem.value.message()
    assert skm.read(beside(NAMES, coded("P")), terima=["semua", "Tanpa-Biaya", "biaya"]).n == 11


UNITS = ["Dinas A", "Dinas B", "Dinas C"]
MEANS = [[3] * 9, [4] * 9, [3, 4, 3, 4, 3, 4, 3, 4, 3]]


def recap(unit: str, **more: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame(MEANS, columns=coded("U"))
    frame.insert(0, unit, UNITS)
    return frame.assign(**more)


def test_whole_means_of_units_are_no_respondents() -> None:
    """How many answered stands in the row: a recap, in a file and in a frame."""
    for name in ("Jumlah Responden", "jml responden", "Banyak Responden"):
        frame = recap("Unit", **{name: [40, 25, 33]})
        for source in (frame, as_file(frame)):
            assert type(skm.read(source)).__name__ == "PrintedTable"


@pytest.mark.parametrize("unit", ["Nama OPD", "Layanan", "Periode", "Puskesmas"])
@pytest.mark.parametrize("more", [{"IKM": [75, 100, 86.11]}, {"n": [40, 25, 33]}, {"NRR": [3, 4, 3.44]}])
def test_rows_that_may_be_units_are_asked_about(unit: str, more: dict[str, list[Any]]) -> None:
    """Each row another unit, and what units have beside it: the hint's two layouts lead to either reading."""
    frame = recap(unit, **more)
    for source in (frame, as_file(frame)):
        with pytest.raises(MissingColumnError) as problem:
            skm.read(source)
        assert problem.value.code == "rekap-atau-responden"
        assert skm.score(skm.read(source, layout="tabel-rapi")).n == 3
        assert len(skm.read(source, layout="rekap")) == 3


def test_a_figure_of_each_respondent_asks_nothing() -> None:
    """Respondents with their own total and index, of services that return or with an age, are respondents."""
    for more in ({"Layanan": ["KTP", "KK", "KTP"], "IKM": [75, 100, 86.11]}, {"Umur": [20, 30, 40], "n": [27, 36, 31]}):
        frame = pd.DataFrame(MEANS, columns=coded("U")).assign(**more)
        for source in (frame, as_file(frame)):
            assert skm.score(skm.read(source)).n == 3
