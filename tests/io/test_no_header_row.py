"""A table without a row of headers is refused as such, and nothing of the first respondent is quoted."""

from __future__ import annotations

import io
import json
import random

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.errors import MissingColumnError, SKMError

PERSON = ["Siti Aminah Binti Budi", "3302123456780001", "081234567890", "AB 1234 CD", "siti@contoh.go.id"]
LABELS = ["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]


def rows(kind: str, n: int = 6) -> list[list[str]]:
    rng = random.Random(3)
    out = []
    for i in range(n):
        levels = [rng.randint(1, 4) for _ in range(9)]
        written = {"angka": [str(v) for v in levels], "huruf": ["abcd"[v - 1] for v in levels]}
        cells = written.get(kind) or [LABELS[v - 1] for v in levels]
        out.append([str(i + 1), *PERSON, "Perempuan", *cells, "prosedur terlalu lama dan biaya mahal", "2026-07-01"])
    return out


@pytest.mark.parametrize("kind", ["angka", "huruf", "label"])
@pytest.mark.parametrize("door", ["csv", "xlsx", "pandas", "lists"])
def test_refused_without_a_word_of_the_person(kind: str, door: str) -> None:
    """In every door, with answers of every kind."""
    grid = rows(kind)
    text = "\n".join(";".join(row) for row in grid)
    if door == "csv":
        source: object = text.encode()
    elif door == "xlsx":
        book = openpyxl.Workbook()
        for row in grid:
            book.worksheets[0].append([int(c) if c.isdigit() and len(c) < 3 else c for c in row])
        stream = io.BytesIO()
        book.save(stream)
        source = stream.getvalue()
    elif door == "pandas":
        source = pd.read_csv(io.StringIO(text), sep=";")
    else:
        source = grid
    with pytest.raises(MissingColumnError) as problem:
        skm.read(source)
    assert problem.value.code == "tanpa-judul"
    told = str(problem.value) + problem.value.render("en") + json.dumps(dict(problem.value.context), default=str)
    for word in [*PERSON, "Siti", "Aminah"]:
        assert word not in told


@settings(max_examples=30, deadline=None)
@given(st.permutations(PERSON), st.integers(0, 4))
def test_no_refusal_quotes_numbers_of_persons(order: list[str], answers: int) -> None:
    """Whatever is refused, headers that hold a NIK, a phone, a plate or an address are named by place."""
    frame = pd.DataFrame([[1] * (len(order) + answers)] * 3, columns=[*order, *(f"k{i}" for i in range(answers))])
    try:
        skm.score(frame)
    except SKMError as problem:
        told = str(problem) + problem.render("en")
        for word in PERSON[1:]:
            assert word not in told


def test_a_row_that_numbers_the_columns_is_no_respondent() -> None:
    """1, 2, 3, ... under the headers, or above them, are not answers."""
    head = ["No", *[f"U{i}" for i in range(1, 10)]]
    numbers = [str(i) for i in range(1, 11)]
    body = [[str(i), *["3"] * 9] for i in range(1, 5)]
    text = "\n".join(";".join(r) for r in [head, numbers, *body])
    assert skm.score(text.encode()).n == 4
