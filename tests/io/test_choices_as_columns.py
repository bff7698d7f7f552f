"""A column per choice is no question of its own: a tick under "1 | 2 | 3 | 4" is never read as the answer 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import skm
from skm.errors import InvalidAnswerError, MissingColumnError

NAMES = ["Persyaratan", "Prosedur", "Waktu Penyelesaian", "Biaya/Tarif"]
ROWS = [[4, 3, 2, 4], [3, 3, 4, 4], [4, 4, 1, 3], [2, 3, 4, 4], [4, 4, 4, 2]]
MARKS: dict[str, tuple[Any, Any]] = {
    "one": (1, None),
    "tick": ("v", None),
    "cross": ("X", ""),
    "zero": (1, 0),
    "truth": (True, False),
    "level": ("level", None),
}


def spread(mark: str, order: tuple[int, ...] = (1, 2, 3, 4)) -> list[list[Any]]:
    yes, no = MARKS[mark]
    return [[(k if yes == "level" else yes) if v == k else no for v in row for k in order] for row in ROWS]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("head", ["U{u}_{k}", "U{u}.{k}", "U{u}{letter}", "{name} ({k})", "{name}_{k}"])
def test_named_columns_of_choices_are_refused(mark: str, head: str) -> None:
    heads = [head.format(u=u, k=k, letter="abcd"[k - 1], name=NAMES[u - 1]) for u in range(1, 5) for k in range(1, 5)]
    for blank in ([], [0]):  # what a 0 is asked about never leads to a figure
        with pytest.raises((InvalidAnswerError, MissingColumnError)) as caught:
            skm.score(skm.read([heads, *spread(mark)], nilai_kosong=blank))
        assert caught.value.code in ("pilihan-per-kolom", "kolom-tidak-ada")


@pytest.mark.parametrize("below", [["SB", "B", "KB", "TB"], [4, 3, 2, 1], [1, 2, 3, 4], None])
@pytest.mark.parametrize("mark", ["one", "tick", "level", "zero"])
def test_a_header_over_a_column_for_each_choice(tmp_path: Path, below: list[Any] | None, mark: str) -> None:
    """Read by the first column under each header only those who ticked it would count, all of them with 1."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["No", *(cell for name in NAMES for cell in (name, None, None, None))])
    if below:
        sheet.append([None, *(below * 4)])
    for i, row in enumerate(spread(mark), start=1):
        sheet.append([i, *row])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InvalidAnswerError) as caught:
        skm.read(tmp_path / "a.xlsx")
    assert caught.value.code == "pilihan-per-kolom"
    assert caught.value.context["banyak"] == 4


def test_questions_of_their_own_stay_questions() -> None:
    heads = [f"U{u}.{k}" for u in range(1, 4) for k in range(1, 4)]
    rows = [[4, 3, 4, None, 3, 4, 4, 4, 3], [3, 3, 3, 4, 4, None, 4, 4, 4], [4, 4, 4, 4, 4, 4, 2, 3, 4]]
    assert skm.score(skm.read([heads, *rows])).n == 3
    # Edited questions are never answered together, and their answers differ.
    heads = ["Persyaratan", "Persyaratan (2)", "Persyaratan (3)", "Prosedur"]
    rows = [[4, None, None, 3], [3, None, None, 4], [None, 4, None, 4], [None, 3, None, 4], [None, None, 2, 4]]
    with pytest.raises(MissingColumnError) as caught:
        skm.score(skm.read([heads, *rows]))
    assert caught.value.code != "pilihan-per-kolom"
