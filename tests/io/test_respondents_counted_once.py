"""A respondent counts once and as one: copies of files and sheets, sheets of everything, patterns with their number."""

from __future__ import annotations

import csv
import io
import random
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import skm
from skm.errors import DataError

HEADS = [f"U{i}" for i in range(1, 10)]


def answers(n: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.randint(1, 4) for _ in range(9)] for _ in range(n)]


def book(path: Path, **sheets: list[list[int]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in [["No", *HEADS], *([i, *row] for i, row in enumerate(rows, start=1))]:
            sheet.append(row)
    made.save(path)
    return path


A, B, C = answers(8, 1), answers(9, 2), answers(8, 3)
TWICE: dict[str, dict[str, list[list[int]]]] = {
    "copy": {"Data": A, "Data 2": A},
    "copy apart": {"Data": A, "Lain": B, "Data 2": A},
    "everything": {"Jan": A, "Feb": B, "Mar": C, "Gabungan": [*A, *B, *C]},
    "everything first": {"Semua": [*A, *B], "Jan": A, "Feb": B},
    "some": {"Jan": A, "Feb": B, "TW": [*A, *B], "Mar": C},
    "another order": {"Jan": A, "Feb": B, "Semua": [*B, *A]},
}


@pytest.mark.parametrize("kind", TWICE)
def test_sheets_that_hold_the_same_respondents_are_told_or_refused(tmp_path: Path, kind: str) -> None:
    path = book(tmp_path / "a.xlsx", **TWICE[kind])
    if kind.startswith("copy"):
        assert "bagian-kembar" in {note.kode for note in skm.score(skm.read(path, unit="lembar")).catatan}
        return
    with pytest.raises(DataError) as caught:
        skm.read(path, unit="lembar")
    assert caught.value.code == "bagian-gabungan"


@pytest.mark.parametrize("unit", [None, "nama-berkas"])
def test_a_copy_of_a_file_in_a_folder_or_archive(tmp_path: Path, unit: str | None) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    book(folder / "a.xlsx", S=A)
    book(folder / "b.xlsx", S=B)
    assert skm.read(folder, unit=unit).n == 17
    shutil.copy(folder / "a.xlsx", folder / "a (1).xlsx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:  # stored as they are, as many programs do
        for path in folder.iterdir():
            archive.write(path, path.name)
    for source in (folder, packed.getvalue()):
        assert "bagian-kembar" in {note.kode for note in skm.score(skm.read(source, unit=unit)).catatan}


def test_an_archive_of_workbooks_stored_as_they_are(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, rows in (("a.xlsx", A), ("b.xlsx", B)):
            archive.write(book(tmp_path / name, S=rows), name)
    assert skm.score(skm.read(packed.getvalue())).n == 17


@pytest.mark.parametrize(
    "sheets",
    [
        {"Jan": A, "Feb": B, "Mar": C},
        {"Jan": [[4] * 9] * 8, "Feb": [[4] * 9] * 8, "Mar": [[4] * 9] * 16},
        {"Jan": A, "Feb": [*A[:7], B[0]]},
        {"Jan": A[:2], "Feb": A[:2]},
    ],
)
def test_parts_of_their_own_are_read(tmp_path: Path, sheets: dict[str, list[list[int]]]) -> None:
    path = book(tmp_path / "a.xlsx", **sheets)
    survei = skm.read(path, unit="lembar")
    assert survei.n == sum(map(len, sheets.values()))
    assert "bagian-kembar" not in {note.kode for note in skm.score(survei).catatan}


def with_column(head: str, cells: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[*HEADS, head], *([*row, cell] for row, cell in zip(B, cells, strict=True))])
    return text.getvalue().encode()


@pytest.mark.parametrize("head", ["Jumlah", "Frekuensi", "count", "n", "bobot", "COUNT(*)"])
def test_patterns_with_their_number_are_no_respondents(head: str) -> None:
    with pytest.raises(DataError) as caught:
        skm.score(skm.read(with_column(head, [7, 1, 3, 12, 2, 1, 4, 1, 9])))
    assert (caught.value.code, caught.value.context["jumlah"]) == ("baris-berjumlah", 40)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Jumlah", [sum(row) for row in B]),
        ("Total", [sum(row) + 10 for row in B]),
        ("Jumlah", [round(sum(row) / 9, 2) for row in B]),
        ("n", list(range(1, 10))),
        ("bobot", [1] * 9),
        ("Jumlah kunjungan", [7, 1, 3, 12, 2, 1, 4, 1, 9]),
    ],
)
def test_other_numbers_beside_the_answers_stop_nothing(head: str, cells: list[Any]) -> None:
    assert skm.score(skm.read(with_column(head, cells))).n == 9


def test_respondents_who_answered_alike_are_no_patterns() -> None:
    rows = [[*row, k] for row, k in zip([*B, B[0]], [7, 1, 3, 12, 2, 1, 4, 1, 9, 2], strict=True)]
    assert skm.score(skm.read([[*HEADS, "n"], *rows])).n == 10
