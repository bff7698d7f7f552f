"""A workbook's own legend decides which end of its codes is best, wherever it stands; what it says is never passed over."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import skm
from skm.errors import InvalidAnswerError

HEADS = [f"U{i}" for i in range(1, 10)]
CHANCE = random.Random(8)
ROWS = [[CHANCE.randint(1, 4) for _ in range(9)] for _ in range(12)]
GOOD = ["Tidak Baik", "Kurang Baik", "Baik", "Sangat Baik"]
FIVE = ["Sangat Tidak Puas", "Tidak Puas", "Cukup Puas", "Puas", "Sangat Puas"]
LEGENDS: dict[str, list[tuple[int, str]]] = {
    "right": [*enumerate(GOOD, start=1)],
    "right from the top": [*enumerate(GOOD, start=1)][::-1],
    "turned": [*enumerate(GOOD[::-1], start=1)],
    "five": [*enumerate(FIVE, start=1)][::-1],
    "education": [*enumerate(["Sekolah Dasar", "Sekolah Menengah", "Diploma", "Sarjana"], start=1)],
    "ranked": [(1, "Loket KTP"), (2, "Loket KK"), (3, "Loket Akta")],
}
REFUSED = {"turned": "skala-terbalik", "five": "judul-skala-lain"}


def exact(rows: list[list[int]]) -> Fraction:
    return sum(Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)) / 9 * 25


def placed(legend: list[tuple[int, str]], place: str, form: str, path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    lines: list[list[Any]] = [list(pair) if form == "cells" else [f"{pair[0]} {form} {pair[1]}"] for pair in legend]
    if form == ",":
        lines = [["Keterangan: " + ", ".join(f"{code} = {label}" for code, label in legend)]]
    table: list[list[Any]] = [["No", *HEADS], *([i, *row] for i, row in enumerate(ROWS, start=1))]
    if place == "below":
        table += [[], *([None, *line] for line in lines)]
    if place == "beside":
        table = [[*row, None, *(lines[i - 1] if 0 < i <= len(lines) else [])] for i, row in enumerate(table)]
    for row in table:
        sheet.append(row)
    if place == "sheet":
        other = book.create_sheet("Keterangan")
        for line in [["Kode", "Arti"], *lines]:
            other.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("kind", LEGENDS)
@pytest.mark.parametrize("place", ["below", "beside", "sheet"])
@pytest.mark.parametrize("form", ["=", ":", "cells", ","])
def test_a_legend_is_heard(tmp_path: Path, kind: str, place: str, form: str) -> None:
    path = placed(LEGENDS[kind], place, form, tmp_path / "a.xlsx")
    if kind not in REFUSED:
        assert skm.score(path).ikm_tepat == exact(ROWS)
        return
    with pytest.raises(InvalidAnswerError) as caught:
        skm.score(path)
    assert caught.value.code == REFUSED[kind]
    assert skm.score(skm.read(path, label="4-terbaik")).ikm_tepat == exact(ROWS)
    if kind == "turned":
        turned = [[5 - v for v in row] for row in ROWS]
        assert skm.score(skm.read(path, label="1-terbaik")).ikm_tepat == exact(turned)


def test_a_title_that_names_a_longer_scale(tmp_path: Path) -> None:
    for title, refused in (("Rekap jawaban, skala Likert 1-5", True), ("Rekap skala 1 s.d. 4 tahun 2026", False)):
        rows = [[title], HEADS, *ROWS]
        if refused:
            with pytest.raises(InvalidAnswerError) as caught:
                skm.read(rows)
            assert caught.value.code == "judul-skala-lain"
        else:
            assert skm.score(skm.read(rows)).n == 12


@pytest.mark.parametrize("ending", [".sav", ".dta"])
@pytest.mark.parametrize("kind", ["right", "turned", "five", "ends"])
def test_value_labels_are_heard(tmp_path: Path, ending: str, kind: str) -> None:
    stat = pytest.importorskip("pyreadstat")
    labels = {1: "Sangat puas", 4: "Tidak puas"} if kind == "ends" else dict(LEGENDS[kind])
    frame = pd.DataFrame(ROWS, columns=HEADS)
    path = tmp_path / f"a{ending}"
    write = stat.write_sav if ending == ".sav" else stat.write_dta
    write(frame, str(path), variable_value_labels=dict.fromkeys(HEADS, labels))
    if kind == "right":
        assert skm.score(path).ikm_tepat == exact(ROWS)
        return
    with pytest.raises(InvalidAnswerError) as caught:
        skm.score(path)
    assert caught.value.code == ("judul-skala-lain" if kind == "five" else "label-lawan-kode")
    if kind != "five":
        turned = [[5 - v for v in row] for row in ROWS]
        assert skm.score(skm.read(path, label="1-terbaik")).ikm_tepat == exact(turned)
