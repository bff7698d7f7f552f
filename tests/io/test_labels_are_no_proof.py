"""A word such as "Jumlah" or "Total" in a row proves nothing: what the row holds says whether it is a respondent."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import skm
from skm.errors import DataError

CODES = [f"U{i}" for i in range(1, 10)]
WORDS = [
    "Jumlah",
    "Total",
    "Sum",
    "@SUM(1+1)",
    "Mean",
    "Rata-rata",
    "NRR",
    "IKM",
    "Min",
    "Median",
    "Total Konstruksi",
    "N",
]
ROWS = [[1 + (3 * i + j * j) % 4 for j in range(9)] for i in range(14)]


def figure(rows: list[list[int]]) -> Fraction:
    """The exact index of rows of nine answers."""
    return sum((Fraction(sum(r[j] for r in rows), len(rows)) for j in range(9)), Fraction(0)) / 9 * 25


def sheet(path: Path, head: list[str], rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(map(str, row)) for row in [head, *rows]), encoding="utf-8")
        return path
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("places", [(4,), (0, 7), (13,)], ids=str)
def test_a_respondent_may_be_called_so(tmp_path: Path, word: str, places: tuple[int, ...], ending: str) -> None:
    """An occupation or a service of that name, anywhere in the rows, as numbers and as text: everybody counts."""
    rows = [[word if i in places else "PNS", i + 1, 20 + i, *row] for i, row in enumerate(ROWS)]
    survei = skm.read(sheet(tmp_path / f"a.{ending}", ["Pekerjaan", "No", "Umur", *CODES], rows), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


def test_answers_in_words_are_answers(tmp_path: Path) -> None:
    """Labels instead of numbers prove a respondent as well."""
    label = ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"]
    rows = [["Total" if i == 5 else "PNS", *(label[v - 1] for v in row)] for i, row in enumerate(ROWS)]
    survei = skm.read(sheet(tmp_path / "a.csv", ["Pekerjaan", *CODES], rows), u8="pengaduan", label="baik")
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


@pytest.mark.parametrize("many", [2, 3, 4])
@pytest.mark.parametrize("form", ["{}", "{}.", "({})"])
def test_letters_are_answers_in_however_few_rows(tmp_path: Path, many: int, form: str) -> None:
    """A letter that nobody else chose, on the row of somebody whose occupation is "Jumlah Tani", is an answer."""
    letters = {1: "a", 2: "b", 3: "c", 4: "d"}
    for place in range(many):
        rows = [
            ["Jumlah Tani" if i == place else "PNS", *(form.format(letters[v]) for v in ROWS[i])] for i in range(many)
        ]
        for ending in ("csv", "xlsx"):
            survei = skm.read(sheet(tmp_path / f"a.{ending}", ["Pekerjaan", *CODES], rows), u8="pengaduan")
            assert (survei.n, skm.score(survei).ikm_tepat) == (many, figure(ROWS[:many]))


def below(rows: list[list[int]], kind: str) -> list[Any]:
    columns = list(zip(*rows, strict=True))
    if kind == "mean":
        return [round(sum(c) / len(c), 2) for c in columns]
    if kind == "whole mean":
        return [int(sum(c) / len(c) + 0.5) for c in columns]
    return [{"sum": sum, "max": max, "min": min}[kind](c) for c in columns]


@pytest.mark.parametrize(
    ("word", "kind"), [("Jumlah", "sum"), ("Rata-rata", "mean"), ("Mean", "whole mean"), ("Max", "max"), ("Min", "min")]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_the_rows_above_prove_is_no_respondent(tmp_path: Path, word: str, kind: str, ending: str) -> None:
    """Sums, means, whole means and extremes of the rows above, though every cell could be an answer."""
    rows = [["PNS", *row] for row in ROWS]
    survei = skm.read(
        sheet(tmp_path / f"a.{ending}", ["Pekerjaan", *CODES], [*rows, [word, *below(ROWS, kind)]]), u8="pengaduan"
    )
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


@given(
    sizes=st.lists(st.integers(2, 6), min_size=2, max_size=4),
    kinds=st.lists(st.sampled_from(["sum", "mean"]), min_size=1, max_size=2, unique=True),
    gap=st.booleans(),
    numbered=st.booleans(),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_subtotals_between_the_respondents(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], kinds: list[str], gap: bool, numbered: bool, ending: str
) -> None:
    """Units one below the other, each with its sums or means: all respondents count, no sum does, and it is told."""
    lines: list[list[Any]] = []
    everybody: list[list[int]] = []
    for unit, size in enumerate(sizes):
        own = [[1 + (3 * i + j * j + unit) % 4 for j in range(9)] for i in range(size)]
        everybody += own
        lines += [[f"Dinas {unit}", i + 1 if numbered else "", *row] for i, row in enumerate(own)]
        lines += [[f"{'Jumlah' if k == 'sum' else 'Rata-rata'} Dinas {unit}", "", *below(own, k)] for k in kinds]
        lines += [[""] * 11] * gap
    path = sheet(tmp_path_factory.mktemp("s") / f"a.{ending}", ["OPD", "No", *CODES], lines)
    survei = skm.read(path, u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (len(everybody), figure(everybody))
    assert survei.account().adds_up
    assert [f.kode for f in survei.bacaan.catatan].count("jumlah-di-tengah") == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sum_that_agrees_with_nothing_asks(tmp_path: Path, ending: str) -> None:
    """A row of sums between respondents that is not their sum stops, with the rows below it."""
    rows = [["PNS", *row] for row in ROWS]
    rows.insert(6, ["Jumlah", *[99] * 9])
    with pytest.raises(DataError) as caught:
        skm.read(sheet(tmp_path / f"a.{ending}", ["Pekerjaan", *CODES], rows), u8="pengaduan")
    assert caught.value.code == "data-di-bawah-jumlah"
    assert caught.value.context["banyak"] == 8


LABELS = [
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
    ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
    ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
    ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
    ["Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"],
    ["Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"],
    ["Buruk", "Cukup", "Baik", "Sangat baik"],
]
STYLES = {
    "label": lambda j, level: LABELS[j][level - 1],
    "letter and label": lambda j, level: f"{'abcd'[level - 1]}. {LABELS[j][level - 1]}",
    "label and level": lambda j, level: f"{LABELS[j][level - 1]} ({level})",
}


@given(
    n=st.integers(3, 8),
    at=st.integers(0, 7),
    word=st.sampled_from(WORDS),
    style=st.sampled_from(sorted(STYLES)),
    ipak=st.booleans(),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_a_label_that_nobody_else_chose_is_an_answer(
    tmp_path_factory: pytest.TempPathFactory, n: int, at: int, word: str, style: str, ipak: bool, ending: str
) -> None:
    """A label that nobody else chose is an answer too, and one number of another question beside it no sum."""
    say = STYLES[style]
    rows = [
        [word if i == at % n else "PNS", *[say(j, level) for j, level in enumerate(row)], *[3] * ipak]
        for i, row in enumerate(ROWS[:n])
    ]
    head = ["Pekerjaan", *CODES, *["Apakah Anda dimintai biaya di luar ketentuan?"] * ipak]
    survei = skm.read(sheet(tmp_path_factory.mktemp("w") / f"a.{ending}", head, rows), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (n, figure(ROWS[:n]))


@pytest.mark.parametrize("word", ["Rata-rata bagus", "Jumlah", "Total"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_long_numbers_are_numbers_of_persons(tmp_path: Path, word: str, ending: str) -> None:
    """A respondent with the sixteen digits of an identity card is numbered, whatever the first column says."""
    rows = [[word if i == 2 else "bagus", 3374000000000000 + i, *row] for i, row in enumerate(ROWS[:3])]
    foot = [["Jumlah", "", *below(ROWS[:3], "sum")]]
    survei = skm.read(sheet(tmp_path / f"a.{ending}", ["Saran", "NIK", *CODES], [*rows, *foot]), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (3, figure(ROWS[:3]))


@pytest.mark.parametrize("word", ["Mutu", "Mutu Pelayanan", "Kinerja"])
@pytest.mark.parametrize("style", ["letter and label", "label", "letter"])
def test_grades_below_the_answers_are_no_answers(tmp_path: Path, word: str, style: str) -> None:
    """A row of grades is no respondent, though the answers are letters too."""
    say = STYLES.get(style, lambda _, level: "abcd"[level - 1])
    rows = [["PNS", *[say(j, level) for j, level in enumerate(row)]] for row in ROWS]
    survei = skm.read(
        sheet(tmp_path / "a.csv", ["Pekerjaan", *CODES], [*rows, [word, *"BBABCBBBA"]]), u8="pengaduan", label=None
    )
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


def test_a_legend_below_is_no_respondent(tmp_path: Path) -> None:
    """What explains the codes stands below a question of another instrument: nobody answered there."""
    head = ["Apakah Anda dimintai biaya di luar ketentuan?", *CODES]
    told = ["", "Keterangan:", "1 = Tidak baik", "2 = Kurang baik", "3 = Baik", "4 = Sangat baik"]
    rows = [[4, *row] for row in ROWS] + [[text, *[""] * 9] for text in told]
    survei = skm.read(sheet(tmp_path / "a.xlsx", head, rows), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


@pytest.mark.parametrize("word", ["Jumlah Luas", "Total", "Rata-rata bagus", "IKM"])
@pytest.mark.parametrize("at", [6, 13])
@pytest.mark.parametrize("missing", [1, 2])
def test_a_number_left_out_makes_no_sum(tmp_path: Path, word: str, at: int, missing: int) -> None:
    """A respondent who told no age, or has no number, is one still; wherever the word stands."""
    rows: list[list[Any]] = [["KTP", i + 1, 20 + i, *row] for i, row in enumerate(ROWS)]
    rows[at][0], rows[at][missing] = word, ""
    survei = skm.read(sheet(tmp_path / "a.csv", ["Layanan", "No", "Umur", *CODES], rows), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


@pytest.mark.parametrize("first", ["IKM", "Jumlah", "Nilai Rata-rata"])
def test_a_repeated_header_is_no_row_of_sums(tmp_path: Path, first: str) -> None:
    """A header that each page repeats may begin with such a word: the respondents below it count."""
    head = [first, *CODES]
    rows = [[sum(row), *row] for row in ROWS]
    survei = skm.read(sheet(tmp_path / "a.csv", head, [*rows[:7], head, *rows[7:]]), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (14, figure(ROWS))


@pytest.mark.parametrize("at", [1, 2, 3])
def test_one_remark_that_is_a_number_numbers_nobody(tmp_path: Path, at: int) -> None:
    """Remarks are no numbering of respondents: a remark about means is none of their sum either."""
    rows: list[list[Any]] = [["", *row] for row in ROWS[:5]]
    rows[0][0], rows[at][0], rows[4][0] = "4", "Rata-rata bagus", "Jumlah petugas kurang"
    foot = [["Jumlah", *below(ROWS[:5], "sum")], ["Rata-rata", *below(ROWS[:5], "mean")]]
    survei = skm.read(sheet(tmp_path / "a.csv", ["Saran", *CODES], [*rows, *foot]), u8="pengaduan")
    assert (survei.n, skm.score(survei).ikm_tepat) == (5, figure(ROWS[:5]))
