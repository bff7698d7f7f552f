"""Rows below the respondents are found by what they hold, with a label or without, and are never counted."""

from __future__ import annotations

import random
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm

HEAD = [
    "Kecamatan",
    "Nomor Responden",
    "Nama",
    "Umur",
    "Kelompok Umur",
    "Jenis Kelamin",
    "Pendidikan Terakhir",
    "Pekerjaan Utama",
]
CODES = [f"A{i}" for i in range(1, 10)]


def answers(n: int, seed: int, low: int = 2) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(low, 4) for _ in range(9)] for _ in range(n)]


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(c), len(c)) for c in zip(*rows, strict=True)) / 9 * 25


def totals(rows: list[list[int]], weight: float, places: int | None) -> list[list[Any]]:
    """The six rows of the source report: sums, count, means, weighted means, index, index x 25."""
    sums = [sum(c) for c in zip(*rows, strict=True)]

    def r(value: float) -> float:
        return value if places is None else round(value, places)

    means = [r(s / len(rows)) for s in sums]
    weighted = [r(m * weight) for m in means]
    index = sum(weighted)
    return [sums, [len(rows)] * 9, means, weighted, [r(index), *[None] * 8], [r(index * 25), *[None] * 8]]


def book(path: Path, rows: list[list[int]], foot: list[list[Any]], *, described: bool = True, gap: int = 0) -> Path:
    file = openpyxl.Workbook()
    sheet = file.active
    lead = HEAD if described else []
    sheet.append([*lead, *CODES])
    for k, row in enumerate(rows):
        person = ["Kecamatan Contoh", k + 1, f"Responden {k}", 20 + k % 40, 1 + k % 5, "LP"[k % 2], "SMA", "PNS"]
        sheet.append([*(person if described else []), *row])
    for _ in range(gap):
        sheet.append([])
    for row in foot:
        sheet.append([*[None] * len(lead), *row])
    file.save(path)
    return path


@settings(max_examples=20)
@given(
    st.integers(2, 60),
    st.integers(0, 10**6),
    st.sampled_from([1 / 9, 0.111, 0.11]),
    st.sampled_from([None, 2, 3]),
    st.booleans(),
    st.integers(0, 2),
    st.integers(1, 63),
)
def test_six_rows_without_labels(
    tmp_path_factory: pytest.TempPathFactory,
    n: int,
    seed: int,
    weight: float,
    places: int | None,
    described: bool,
    gap: int,
    chosen: int,
) -> None:
    """Any of the six rows of the source's own appendix, as values, under respondents with or without characteristics."""
    rows = answers(n, seed)
    foot = [row for k, row in enumerate(totals(rows, weight, places)) if chosen >> k & 1]
    # Whole means of nothing but levels, without a number beside the others, are answers like any.
    plain = all(v is None or v in (1, 2, 3, 4) for row in foot for v in row)
    if plain and not described:
        return
    path = book(tmp_path_factory.mktemp("f") / "a.xlsx", rows, foot, described=described, gap=gap)
    hasil = skm.score(skm.read(path, u8="pengaduan"))
    assert (hasil.n, hasil.ikm_tepat) == (n, exact(rows))


def test_a_perfect_unit_keeps_its_last_respondent(tmp_path: Path) -> None:
    """Where all answers are 4, means are 4 too: the number beside them tells a respondent from a mean."""
    rows = [[4] * 9] * 12
    for described in (True, False):
        assert skm.read(book(tmp_path / "a.xlsx", rows, [], described=described)).n == 12
    assert skm.read(book(tmp_path / "b.xlsx", rows, totals(rows, 1 / 9, None))).n == 12


def test_totals_that_do_not_follow_are_told(tmp_path: Path) -> None:
    """A sum with a slip of the pen is a total all the same, and the difference is told."""
    rows = answers(20, 3)
    foot = totals(rows, 1 / 9, None)
    foot[0][3] += 1
    survei = skm.read(book(tmp_path / "a.xlsx", rows, foot))
    assert survei.n == 20
    note = next(n for n in survei.catatan if n.kode == "blok-beda")
    assert "A4" in str(note.bukti["beda"])
    assert "blok-cocok" in {n.kode for n in skm.read(book(tmp_path / "b.xlsx", rows, totals(rows, 0.11, None))).catatan}


def formulas(n: int, first: str = "I") -> list[list[str]]:
    letters = [chr(ord(first) + k) for k in range(9)]
    end = n + 1
    return [
        [f"=SUM({c}2:{c}{end})" for c in letters],
        [f"=COUNT({c}2:{c}{end})" for c in letters],
        [f"=AVERAGE({c}2:{c}{end})" for c in letters],
        [f"={c}{end + 3}*0.11" for c in letters],
        [f"=SUM({letters[0]}{end + 4}:{letters[-1]}{end + 4})", *[""] * 8],
        [f"={letters[0]}{end + 5}*25", *[""] * 8],
    ]


def test_six_rows_of_formulas(tmp_path: Path) -> None:
    """Formulas that nobody calculated are no respondents; calculated ones are compared."""
    rows = answers(15, 9)
    path = book(tmp_path / "a.xlsx", rows, formulas(15))
    survei = skm.read(path)
    assert (survei.n, skm.score(survei).ikm_tepat) == (15, exact(rows))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice calculates the formulas")
def test_six_rows_of_calculated_formulas(tmp_path: Path) -> None:
    """As an office's program leaves them."""
    rows = answers(15, 9)
    path = book(tmp_path / "a.xlsx", rows, formulas(15))
    out = tmp_path / "out"
    subprocess.run(
        [str(shutil.which("soffice")), "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    survei = skm.read(out / "a.xlsx")
    assert (survei.n, skm.score(survei).ikm_tepat) == (15, exact(rows))
    assert "blok-cocok" in {n.kode for n in survei.catatan}


@given(
    st.integers(0, 8),
    st.integers(1, 3),
    st.sampled_from(["NIP. 19700101 199001 1 001", 197001011990011001, "19700101"]),
)
@settings(max_examples=20)
def test_a_signature_under_any_column(
    tmp_path_factory: pytest.TempPathFactory, column: int, gap: int, nip: Any
) -> None:
    """Place, date, office, name and NIP below the rows are no answers, whatever column they stand in; nothing is quoted."""
    rows = answers(12, column)
    path = tmp_path_factory.mktemp("s") / "a.xlsx"
    book(path, rows, [])
    file = openpyxl.load_workbook(path)
    sheet = file.active
    for k, text in enumerate(["Sukamaju, 30 Juni 2026", "CAMAT SUKAMAJU", None, "Dra. Rahayu Wening, M.Si.", nip]):
        sheet.cell(row=13 + gap + k + 1, column=9 + column, value=text)
    file.save(path)
    survei = skm.read(path)
    hasil = skm.score(survei)
    assert (survei.n, hasil.ikm_tepat) == (12, exact(rows))
    assert "Wening" not in repr(survei) + repr(hasil) + str([n.text("id") for n in survei.catatan])


@pytest.mark.parametrize("place", [0, 1])
def test_maximum_minimum_and_means_that_look_like_answers(tmp_path: Path, place: int) -> None:
    """Figures that are levels themselves are told by their label in place of a number; a respondent called Max is one."""
    rows = [[3] * 9, *answers(10, 8)]
    book_path = tmp_path / "a.xlsx"
    file = openpyxl.Workbook()
    file.active.append(["No", "Nama", *CODES])
    for k, row in enumerate(rows):
        file.active.append([k + 1, "Max Contoh" if k == 4 else f"Orang {k}", *row])
    for text, level in (("Maksimum", 4), ("Min", 2), ("Rata-rata", 3)):
        lead = [text, None] if place == 0 else [None, text]
        file.active.append([*lead, *[level] * 9])
    file.save(book_path)
    assert skm.read(book_path).n == 11


LABELS = ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"]
LEGENDS: dict[str, list[list[Any]]] = {
    "level-label": [[k, LABELS[k - 1]] for k in range(1, 5)],
    "best-first": [[k, LABELS[k - 1]] for k in range(4, 0, -1)],
    "label-level": [[LABELS[k - 1], k] for k in range(1, 5)],
    "letters": [["abcd"[k - 1], LABELS[k - 1]] for k in range(1, 5)],
    "equals": [[f"{k} =", LABELS[k - 1]] for k in range(1, 5)],
    "one cell": [[f"{k} = {LABELS[k - 1]}"] for k in range(1, 5)],
    "in the middle": [[None, None, None, k, LABELS[k - 1]] for k in range(1, 5)],
    "own words": [[k, text] for k, text in enumerate(["Parah", "Lumayan", "Oke", "Mantap"], start=1)],
}


@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS.keys())
@pytest.mark.parametrize("worded", [False, True])
@pytest.mark.parametrize("around", ["", "title", "gap", "signature"])
def test_a_legend_below_the_rows_is_nobody(tmp_path: Path, legend: list[list[Any]], worded: bool, around: str) -> None:
    """A level and its label in two cells, under the number and the first unsur, are no respondents of one answer each."""
    rows = answers(6, 4)
    lines = [[i, *(LABELS[v - 1] if worded else v for v in row), sum(row)] for i, row in enumerate(rows, start=1)]
    title = [["Keterangan:"]] if around in ("title", "signature") else []
    gap = [[]] if around in ("gap", "signature") else []
    tail = [[], [*[None] * 8, "Mengetahui,"], [*[None] * 8, "Kepala Dinas"]] if around == "signature" else []
    table = [["No", *(f"U{i}" for i in range(1, 10)), "Nilai"], *lines, *gap, *title, *legend, *tail]
    file = openpyxl.Workbook()
    for line in table:
        file.active.append(line)
    file.save(tmp_path / "a.xlsx")
    text = "\n".join(";".join("" if c is None else str(c) for c in line) for line in table)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    for name in ("a.xlsx", "a.csv"):
        survei = skm.read(tmp_path / name)
        assert (survei.n, skm.score(survei).ikm_tepat) == (6, exact(rows))
        assert survei.account().adds_up


def test_few_answers_are_answers_still(tmp_path: Path) -> None:
    """Respondents at the end who answered one question each are respondents, whatever their numbers."""
    rows: list[list[Any]] = [[i, *row] for i, row in enumerate(answers(5, 9), start=1)]
    rows += [[i, "Baik", *[None] * 8] for i in (6, 7, 8)]
    text = "\n".join(";".join("" if c is None else str(c) for c in r) for r in [["No", *CODES], *rows])
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert skm.read(tmp_path / "a.csv").n == 8


NOBODY: dict[str, list[list[Any]]] = {
    "target": [["Target", *[4] * 9]],
    "last semester": [["Semester lalu", *[3] * 9]],
    "counts of men and women": [["Laki-laki", 3], ["Perempuan", 2]],
    "ranks": [["Peringkat", *range(1, 10)]],
    "grades": [
        ["Mutu", "Kinerja", "Interval"],
        *(["A", "Sangat Baik", "88-100"], ["B", "Baik", "77-88"], ["C", "Kurang Baik", "65-77"]),
    ],
    "counts by level": [[text, *[k + 1] * 9] for k, text in enumerate(LABELS)],
    "legend beside a word": [["Ket:", 1, "Tidak Baik"], *([None, k, LABELS[k - 1]] for k in (2, 3, 4))],
}


@pytest.mark.parametrize("below", NOBODY.values(), ids=NOBODY.keys())
@pytest.mark.parametrize("worded", [False, True])
def test_words_in_the_place_of_a_number_are_nobody(tmp_path: Path, below: list[list[Any]], worded: bool) -> None:
    """Where everybody is numbered, a row at the end with a word there is no respondent, though its cells are levels."""
    rows = answers(6, 8)
    lines = [[i, *(LABELS[v - 1] if worded else v for v in row)] for i, row in enumerate(rows, start=1)]
    table = [["No", *(f"U{i}" for i in range(1, 10))], *lines, *below]
    text = "\n".join(";".join("" if c is None else str(c) for c in line) for line in table)
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    survei = skm.read(tmp_path / "a.csv")
    assert (survei.n, skm.score(survei).ikm_tepat) == (6, exact(rows))
    assert survei.account().adds_up
    assert {"baris-tanpa-nomor", "baris-legenda"} & {note.kode for note in survei.catatan}


def test_a_respondent_with_a_word_for_a_number_between_others_counts(tmp_path: Path) -> None:
    """Somebody wrote words into the number: while numbered respondents follow, nobody is left out."""
    rows = answers(6, 8)
    numbers: list[Any] = [1, 2, "tambahan", 4, 5, 6]
    table = [["No", *CODES], *([n, *row] for n, row in zip(numbers, rows, strict=True))]
    (tmp_path / "a.csv").write_text("\n".join(";".join(map(str, line)) for line in table), encoding="utf-8")
    assert skm.read(tmp_path / "a.csv").n == 6
