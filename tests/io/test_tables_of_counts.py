"""Tables that are not respondents: counts under every usual header, turned sheets; told apart by what their rows are."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.counts.hitungan import Hitungan
from skm.errors import DataError

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarpras", "Pengaduan"]
HEADS = [
    ["a (1)", "b (2)", "c (3)", "d (4)"],
    ["A", "B", "C", "D"],
    ["1", "2", "3", "4"],
    [1, 2, 3, 4],
    ["1 (Tidak Baik)", "2 (Kurang Baik)", "3 (Baik)", "4 (Sangat Baik)"],
    ["Tidak Baik (1)", "Kurang Baik (2)", "Baik (3)", "Sangat Baik (4)"],
    ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"],
    ["Tidak Puas", "Kurang Puas", "Puas", "Sangat Puas"],
    ["Sangat Tidak Setuju", "Tidak Setuju", "Setuju", "Sangat Setuju"],
    ["n1", "n2", "n3", "n4"],
    ["f (1)", "f (2)", "f (3)", "f (4)"],
    ["Jumlah Jawaban 1", "Jumlah Jawaban 2", "Jumlah Jawaban 3", "Jumlah Jawaban 4"],
    ["Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4"],
    ["1 = Tidak Baik", "2 = Kurang Baik", "3 = Baik", "4 = Sangat Baik"],
]


def counts(n: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    rows = []
    for _ in range(9):
        cuts = sorted(chance.randint(0, n) for _ in range(3))
        rows.append([b - a for a, b in zip([0, *cuts], [*cuts, n], strict=True)])
    return rows


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum((k + 1) * c for k, c in enumerate(r)), sum(r)) for r in rows) / 9 * 25


def write(path: Path, rows: list[list[Any]]) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join("" if c is None else str(c) for c in row) for row in rows), "utf-8")
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@settings(max_examples=60)
@given(
    st.sampled_from(HEADS), st.integers(5, 400), st.integers(0, 10**6), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)  # fmt: skip
def test_counts_under_any_header(
    tmp_path_factory: pytest.TempPathFactory, head: list[Any], n: int, seed: int, best_first: bool, two: bool, total: bool, percent: bool, text: bool
) -> None:  # fmt: skip
    """Levels in either order, one or two header rows, with totals, sums and percentages beside them."""
    table = counts(n, seed)
    step = -1 if best_first else 1
    top, below = ["No", "Unsur Pelayanan", "Jumlah Jawaban", None, None, None], [None, None, *head[::step]]
    rows: list[list[Any]] = [top, below] if two else [["No", "Unsur", *head[::step]]]
    if total:
        rows[-1] += ["Jumlah"]
    if percent:
        if two:
            rows[0] += [None] * total + ["Persentase (%)", None, None, None]
        rows[-1] += head[::step] if two else [f"{h} %" for h in head[::step]]
    for k, (name, row) in enumerate(zip(NAMES, table, strict=True)):
        cells: list[Any] = [k + 1, name, *row[::step]]
        cells += [n] if total else []
        cells += [round(100 * c / n, 1) for c in row[::step]] if percent else []
        rows.append(cells)
    rows.append([None, "Jumlah", *[sum(c) for c in zip(*[r[::step] for r in table], strict=True)]])
    path = write(tmp_path_factory.mktemp("c") / ("a.csv" if text and not two else "a.xlsx"), rows)
    read = skm.read(path)
    assert isinstance(read, Hitungan)
    hasil = skm.score(read)
    assert (hasil.n, hasil.ikm_tepat) == (n, exact(table))


@pytest.mark.parametrize("head", HEADS[4:8])
def test_levels_down_and_unsur_across(tmp_path: Path, head: list[Any]) -> None:
    """The same table turned."""
    table = counts(40, 5)
    rows = [["Jawaban", *NAMES], *[[h, *[r[k] for r in table]] for k, h in enumerate(head)]]
    if head[0] == "Tidak Puas":  # the names of a set stand one below the other only where a header says so
        return
    hasil = skm.score(skm.read(write(tmp_path / "a.xlsx", rows)))
    assert (hasil.n, hasil.ikm_tepat) == (40, exact(table))


def test_four_respondents_are_no_table_of_counts(tmp_path: Path) -> None:
    """A column that numbers four respondents is no column of levels."""
    rows: list[list[Any]] = [["No", *NAMES], *[[k, *[4 - (k + i) % 2 for i in range(9)]] for k in range(1, 5)]]
    survei = skm.read(write(tmp_path / "a.xlsx", rows))
    assert survei.n == 4


@pytest.mark.parametrize("n", [7, 30])
def test_respondents_side_by_side(tmp_path: Path, n: int) -> None:
    """A column each, with totals at the right; the heads of the columns, which may be names, are not shown."""
    chance = random.Random(n)
    people = [[chance.randint(2, 4) for _ in range(9)] for _ in range(n)]
    head = ["No", "Unsur", *[f"Wening Rahayu {k}" for k in range(n)], "Jumlah"]
    rows = [head, *[[i + 1, name, *[p[i] for p in people], sum(p[i] for p in people)] for i, name in enumerate(NAMES)]]
    survei = skm.read(write(tmp_path / "a.xlsx", rows))
    hasil = skm.score(survei)
    assert hasil.n == n
    assert hasil.ikm_tepat == sum(Fraction(sum(c), n) for c in zip(*people, strict=True)) / 9 * 25
    assert "Wening" not in repr(survei) + repr(hasil) + str(hasil.to_dict())
    assert "lembar-diputar" in {note.kode for note in survei.catatan}


@pytest.mark.parametrize(
    ("cell", "code"), [(10.5, "cacah-bukan-bilangan"), (-1, "cacah-bukan-bilangan"), ("banyak", "cacah-bukan-bilangan")]
)
def test_counts_are_whole_numbers(tmp_path: Path, cell: Any, code: str) -> None:
    """Half a respondent is never cut off."""
    table: list[list[Any]] = [list(r) for r in counts(20, 1)]
    table[3][2] = cell
    rows = [["Unsur", "1", "2", "3", "4"], *[[n, *r] for n, r in zip(NAMES, table, strict=True)]]
    with pytest.raises(DataError) as problem:
        skm.read(write(tmp_path / "a.xlsx", rows))
    assert problem.value.code == code
    assert "D5" in problem.value.message()


def test_a_printed_total_that_does_not_follow(tmp_path: Path) -> None:
    """Compared, with the unsur named; a table of five levels is no table of four."""
    table = counts(20, 2)
    rows = [
        ["Unsur", "A", "B", "C", "D", "Jumlah"],
        *[[n, *r, 20 + (n == "Biaya")] for n, r in zip(NAMES, table, strict=True)],
    ]
    with pytest.raises(DataError) as problem:
        skm.read(write(tmp_path / "a.xlsx", rows))
    assert problem.value.code == "cacah-tidak-cocok"
    five = [["Unsur", "1", "2", "3", "4", "5"], *[[n, *r, 3] for n, r in zip(NAMES, table, strict=True)]]
    with pytest.raises(DataError) as problem:
        skm.read(write(tmp_path / "b.xlsx", five))
    assert problem.value.code == "cacah-skala-lain"


@pytest.mark.parametrize(
    ("name", "ikm"), [("15_rekap_cacah", "80.94"), ("rekap_cacah_huruf_angka", "79.11"), ("rekap_cacah_k4", "79.11")]
)
def test_tables_of_an_office(shared_data: Path, name: str, ikm: str) -> None:
    """Real headers, right values worked out apart."""
    assert str(skm.score(skm.read(shared_data / "kantor" / f"{name}.xlsx")).ikm) == ikm


@pytest.mark.parametrize(
    "head",
    [
        ["TB", "KB", "B", "SB"],
        ["TP", "KP", "P", "SP"],
        ["\u2605", "\u2605\u2605", "\u2605\u2605\u2605", "\u2605\u2605\u2605\u2605"],
    ],
)
@pytest.mark.parametrize("numbered", [True, False])
def test_abbreviations_and_a_row_that_numbers_the_columns(tmp_path: Path, head: list[str], numbered: bool) -> None:
    """Short headers under a group, with 1, 2, 3, ... below them."""
    table = counts(30, 4)
    rows: list[list[Any]] = [["REKAPITULASI"], [], ["No.", "Unsur Pelayanan", "Jawaban Responden"], [None, None, *head]]
    rows += [[1, 2, 3, 4, 5, 6]] if numbered else []
    rows += [[k + 1, n, *r] for k, (n, r) in enumerate(zip(NAMES, table, strict=True))]
    hasil = skm.score(skm.read(write(tmp_path / "a.xlsx", rows)))
    assert (hasil.n, hasil.ikm_tepat) == (30, exact(table))


def test_percentages_and_doubled_levels_are_refused(tmp_path: Path) -> None:
    """Percentages are no counts; two columns for one level are a question, unless one run has every level."""
    table = counts(30, 6)
    rows = [
        ["Unsur", "1", "2", "3", "4"],
        *[[n, *[f"{100 * c / 30:.1f}%" for c in r]] for n, r in zip(NAMES, table, strict=True)],
    ]
    with pytest.raises(DataError) as problem:
        skm.read(write(tmp_path / "a.csv", rows))
    assert problem.value.code == "cacah-persen"
    twice = [
        ["Unsur", "1", "2", "3", "4", "1", "2", "3", "4"],
        *[[n, *r, *r] for n, r in zip(NAMES, table, strict=True)],
    ]
    with pytest.raises(DataError) as problem:
        skm.read(write(tmp_path / "b.xlsx", twice))
    assert problem.value.code == "cacah-kolom-ganda"
    beside = [["Unsur", "Nilai 1", "1", "2", "3", "4"], *[[n, 7, *r] for n, r in zip(NAMES, table, strict=True)]]
    assert skm.score(skm.read(write(tmp_path / "c.xlsx", beside))).ikm_tepat == exact(table)


def test_a_recap_with_units_side_by_side(tmp_path: Path) -> None:
    """A row per unsur and a column per unit: each unit's printed result."""
    rows = [
        ["Unsur", "Dinas A", "Dinas B"],
        *[[n, 3.25 + k / 100, 3.5] for k, n in enumerate(NAMES)],
        ["Nilai IKM", 82.25, 87.5],
        ["Jumlah responden", 100, 40],
    ]
    recap = skm.read(write(tmp_path / "a.xlsx", rows))
    assert list(recap) == ["Dinas A", "Dinas B"]
    assert (recap["Dinas B"].n, recap["Dinas B"].ikm.nilai) == (40, 87.5)


@pytest.mark.parametrize("printed", [True, False], ids=["with sums and means", "bare"])
@pytest.mark.parametrize("people", [4, 5, 6, 12])
def test_numbered_columns_of_answers_are_no_counts(tmp_path: Path, people: int, printed: bool) -> None:
    """Respondents side by side under 1, 2, 3, ...: read as such, or asked where they may be counts; never counted."""
    names = NAMES
    answers = [[2 + (i * j + i + j) % 3 for j in range(people)] for i in range(9)]
    lines = [["Unsur", *range(1, people + 1), *(["Jumlah", "NRR"] if printed else [])]]
    lines += [
        [name, *row, *([sum(row), round(sum(row) / people, 2)] if printed else [])]
        for name, row in zip(names, answers, strict=True)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join(map(str, line)) for line in lines), encoding="utf-8")
    if people < 6:
        with pytest.raises(DataError) as caught:
            skm.read(path)
        assert caught.value.code == "cacah-atau-responden"
        path.write_text(
            "\n".join(";".join(map(str, line)) for line in zip(*(line[: people + 1] for line in lines), strict=True)),
            encoding="utf-8",
        )
    survei = skm.read(path)
    exact = sum(Fraction(sum(row), people) for row in answers) / 9 * 25
    assert (survei.n, skm.score(survei).ikm_tepat) == (people, exact)


def test_counts_whose_rows_sum_alike_are_counts(tmp_path: Path) -> None:
    """Nine answers of every unsur, each level chosen: bare numbers above them name levels, as they always did."""
    names = NAMES
    path = tmp_path / "a.csv"
    lines = [["Unsur", 1, 2, 3, 4], *([name, 1, 2, 3, 3] for name in names)]
    path.write_text("\n".join(";".join(map(str, line)) for line in lines), encoding="utf-8")
    assert skm.score(skm.read(path)).n == 9
