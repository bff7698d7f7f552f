"""Rows that a table itself marks as deleted, rejected, a draft or a test are asked about, and one word settles it."""

from __future__ import annotations

import csv
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import skm
from skm.answers.questions import questions_in
from skm.errors import DataError

CHANCE = random.Random(4)
ROWS = [[CHANCE.randint(1, 4) for _ in range(9)] for _ in range(12)]
GONE = {2, 7}
HEADS = [f"u{i}" for i in range(1, 10)]
MARKS: dict[str, tuple[Any, Any]] = {
    "deleted_at": ("2026-02-03 10:00:00", ""),
    "data/deleted_at": ("2026-02-03", "NULL"),
    "is_deleted": (1, 0),
    "Dihapus": ("ya", "tidak"),
    "is_test": ("true", "false"),
    "valid": (0, 1),
    "_validation_status": ("validation_status_not_approved", "validation_status_approved"),
    "ReviewState": ("rejected", "hasIssues"),
    "Status": ("Draf", "Selesai"),
    "Response Type": ("Survey Preview", "IP Address"),
}


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)) / 9 * 25


def table(head: str) -> list[list[Any]]:
    yes, no = MARKS[head]
    return [["id", *HEADS, head], *([i, *row, yes if i in GONE else no] for i, row in enumerate(ROWS))]


def door(kind: str, head: str, folder: Path) -> Any:
    rows = table(head)
    if kind == "frame":
        return pd.DataFrame(rows[1:], columns=rows[0])
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    if kind == "json":
        return json.dumps(records).encode()
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder / "a.csv"


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize("head", MARKS)
@pytest.mark.parametrize("kind", ["csv", "frame", "json"])
def test_they_wait_for_an_answer(tmp_path: Path, head: str, kind: str) -> None:
    source = door(kind, head, tmp_path)
    survei = skm.read(source)
    with pytest.raises(DataError) as caught:
        skm.score(survei)
    assert (caught.value.code, caught.value.context["banyak"]) == ("baris-batal", 2)
    (asked,) = [q for q in questions_in(survei.bacaan) if q.opsi == "terima"]
    without, every = (word for word, _ in asked.pilihan)
    kept = [row for i, row in enumerate(ROWS) if i not in GONE]
    for word, rows in ((without, kept), (every, ROWS)):
        found = skm.score(skm.read(source, terima=[word]))
        assert (found.n, found.ikm_tepat) == (len(rows), exact(rows))
    assert skm.read(source, terima=[without]).pengecualian
    assert "baris-batal-ikut" in {note.kode for note in found.catatan}


def test_files_are_asked_one_by_one_and_told_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table("deleted_at"))
    with pytest.raises(DataError):
        skm.score(skm.read(tmp_path, unit="nama-berkas"))
    found = skm.read(tmp_path, unit="nama-berkas", terima=["tanpa-batal"])
    assert (found.n, len(found.pengecualian)) == (20, 2)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("deleted_at", [None]),
        ("is_deleted", [0]),
        ("Status", ["Menikah", "Belum"]),
        ("status", ["selesai"]),
        ("Valid", [1]),
    ],
)
def test_a_column_that_marks_nobody_asks_nothing(head: str, cells: list[Any]) -> None:
    rows = [[*row, cells[i % len(cells)]] for i, row in enumerate(ROWS)]
    assert skm.score(skm.read([[*HEADS, head], *rows])).n == 12


def test_the_day_of_deletion_is_no_day_of_the_survey() -> None:
    rows = [[*row, "2026-01-01" if i in GONE else None] for i, row in enumerate(ROWS)]
    survei = skm.read([[*HEADS, "deleted_at"], *rows], terima=["dengan-batal"])
    assert survei.bacaan.khusus.tanggal is None


def not_looked_at(kind: str, wide: pd.DataFrame, mark: str) -> Any:
    """Return a table as rows of single answers, or in a database: the marks of its rows are not used there."""
    if kind == "long":
        return wide.melt(["id", mark], HEADS, "unsur", "nilai").rename(columns={"id": "id_responden"})
    sa = pytest.importorskip("sqlalchemy")
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    wide.to_sql("jawaban", engine, index=False)
    return skm.database(engine, "jawaban")


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
@pytest.mark.parametrize("kind", ["long", "database"])
def test_marks_that_are_not_looked_at_are_told(kind: str) -> None:
    """Where rows are single answers, or lie in a database, nobody looks at the marks; all count, and that is said."""
    head, *rows = table("deleted_at")
    wide = pd.DataFrame(rows, columns=head)
    found = skm.score(not_looked_at(kind, wide, "deleted_at"))
    assert (found.n, found.ikm_tepat) == (len(rows), exact(ROWS))
    assert "baris-batal-tidak-dilihat" in {note.kode for note in found.catatan}


@pytest.mark.parametrize("kind", ["long", "database"])
def test_columns_that_mark_nothing_are_not_held_against_anybody(kind: str) -> None:
    """A column "status" that says "selesai" throughout is no matter in memory, and a note where nobody looks."""
    wide = pd.DataFrame([[i, *row, "selesai"] for i, row in enumerate(ROWS)], columns=["id", *HEADS, "status"])
    told = {note.kode: note.tingkat for note in skm.score(not_looked_at(kind, wide, "status")).catatan}
    assert told.get("baris-batal-tidak-dilihat") == (None if kind == "long" else "catatan")
