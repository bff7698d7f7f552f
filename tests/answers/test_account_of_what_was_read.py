"""The account names every sheet, column and row of the source once, and adds up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skm
from skm.answers.account import UNUSED
from skm.answers.questions import question_of
from skm.errors import SKMError

CODES = [f"U{i}" for i in range(1, 10)]


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def answers(n: int) -> list[list[int]]:
    return [[(i * k) % 4 + 1 for k in range(1, 10)] for i in range(n)]


def rows_of(account: skm.Account) -> dict[str, int]:
    frame = account.to_frame()
    rows = frame[frame["jenis"] == "baris"]
    return dict(zip(rows["peran"], rows["banyak"].astype(int), strict=True))


@settings(max_examples=25, deadline=None)
@given(
    title=st.integers(0, 4),
    n=st.integers(2, 12),
    empty=st.integers(0, 3),
    signature=st.booleans(),
    sums=st.booleans(),
    extra=st.lists(st.sampled_from(["Alamat", "Nama", "Catatan", "Umur", "IPAK_q1"]), unique=True),
)
def test_rows_and_columns_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    title: int,
    n: int,
    empty: int,
    signature: bool,
    sums: bool,
    extra: list[str],
) -> None:
    """Titles, headers, gaps, sums and signatures are all told; so is every column."""
    head = ["No", *CODES, *extra]
    grid: list[list[Any]] = [[f"Judul {i}"] for i in range(title)] + [head]
    grid += [[i + 1, *row, *(f"isi {i}" for _ in extra)] for i, row in enumerate(answers(n))]
    if sums:
        grid.append(["Jumlah", *[sum(r[k] for r in answers(n)) for k in range(9)]])
    grid += [[] for _ in range(empty)] if signature else []
    if signature:
        grid += [["", "", "", "Mengetahui,"], ["", "", "", "Kepala Kantor"]]
    path = book(tmp_path_factory.mktemp("a") / "a.xlsx", {"Data": grid})
    account = skm.read(path).account()
    assert account.adds_up
    told = rows_of(account)
    assert sum(told.values()) == len(grid)
    assert told["responden"] == n == account.n
    (sheet,) = account.lembar
    assert [c.kolom for c in sheet.kolom] == head
    assert {c.kolom: c.peran for c in sheet.kolom}["No"] == "identitas"
    for column in sheet.kolom:
        if column.peran == "jawaban":
            assert (column.jawaban, column.kosong, column.salah) == (n, 0, 0)
    unused = [c for c in sheet.kolom if c.peran in UNUSED]
    assert account.whole == (not unused)
    assert str(len(unused)) in account.line().text("id")


def test_named_blanks_and_wrong_cells_are_counted(tmp_path: Path) -> None:
    """Answers, blanks, named blanks and no answers of a column are its rows."""
    frame = pd.DataFrame(answers(10), columns=CODES).astype(object)
    frame.loc[0, "U4"] = None
    frame.loc[1, "U4"] = "-"
    frame.loc[2, "U4"] = "entah bagaimana"
    column = next(c for c in skm.read(frame, nilai_kosong=["-"]).account().lembar[0].kolom if c.kolom == "U4")
    assert (column.jawaban, column.kosong, column.dinamai, column.salah) == (7, 1, 1, 1)


def test_other_sheets_filters_and_exclusions_are_told(tmp_path: Path) -> None:
    """What was left out after reading keeps its place in the sum."""
    dates = ["2025-03-01", "2026-02-01", "2026-03-01", ""]
    grid = [["Tanggal", *CODES], *[[d, *row] for d, row in zip(dates, answers(4), strict=True)]]
    path = book(tmp_path / "a.xlsx", {"Petunjuk": [["Isi dengan jujur"]], "Data": grid})
    survei = skm.read(path).period("2026").exclude([3], alasan="uji coba")
    account = survei.account()
    assert account.adds_up
    assert account.n == survei.n == 1
    assert {r.golongan: r.banyak for r in account.kemudian} == {
        "luar-periode": 1,
        "tanpa-tanggal": 1,
        "dikecualikan": 1,
    }
    assert [(s.lembar, s.peran) for s in account.lembar] == [("Data", "dibaca"), ("Petunjuk", "bukan-responden")]
    assert not account.whole
    hasil = skm.score(survei)
    assert "1 dari 4 baris" in hasil.table("id").to_text()
    assert hasil.to_dict("en")["provenance"]["akun"].startswith("Read 9 unsur of 9, 1 of 4 rows")


def test_a_source_used_whole_says_nothing_on_results() -> None:
    """The sentence stands where something was left out, only there."""
    data = pd.DataFrame(answers(5), columns=CODES)
    assert skm.score(data).provenance.akun is None
    assert skm.score(data.assign(Warna="biru")).provenance.akun is not None


def test_joined_files_are_told_one_by_one(tmp_path: Path) -> None:
    """Each file has its own part of the account; together they are the survey."""
    for name, n in (("a", 3), ("b", 5)):
        book(tmp_path / f"{name}.xlsx", {"Data": [["No", *CODES], *[[i + 1, *r] for i, r in enumerate(answers(n))]]})
    account = skm.read(tmp_path).account()
    assert [s.responden for s in account.lembar] == [3, 5]
    assert account.adds_up


def test_long_rows_are_told(tmp_path: Path) -> None:
    """Rows per answer become respondents, and both numbers are there."""
    rows = [{"responden": i, "unsur": f"U{k}", "nilai": 3} for i in range(4) for k in range(1, 10)]
    account = skm.read(rows).account()
    assert (rows_of(account)["jawaban-per-baris"], account.n) == (36, 4)


def test_html_and_english(tmp_path: Path) -> None:
    """The account is the survey's face in a notebook; in English no Indonesian word of role or reason remains."""
    survei = skm.read(pd.DataFrame(answers(5), columns=CODES).assign(Warna="biru"))
    assert "<table" in survei._repr_html_()
    text = survei.account().table("en").to_text()
    assert "not recognised" in text
    for word in ("tidak", "kolom", "baris", "jawaban"):
        assert word not in text.replace("(tabel)", "")


def test_headers_with_numbers_of_persons_are_named_by_place() -> None:
    """A NIK, a phone, a plate in a header never leaves."""
    frame = pd.DataFrame(answers(5), columns=CODES)
    for header in ("3302123456780001", "0812-3456-7890", "budi@contoh.go.id", "AB 1234 CD"):
        text = skm.read(frame.assign(**{header: 1})).account().table("id").to_text()
        assert header not in text
        assert "kolom 10" in text


@pytest.mark.parametrize(
    ("column", "option", "value"),
    [("-1", "nilai_kosong", "-1"), ("TT", "nilai_kosong", "TT"), (100, "skala", "25-100")],
)
def test_a_refusal_puts_a_question_with_choices(column: Any, option: str, value: str) -> None:
    """What stops has an option, and one of the choices leads on."""
    frame = pd.DataFrame(answers(6), columns=CODES).astype(object)
    if column == 100:
        frame = frame * 25
    else:
        frame.loc[0, "U3"] = column
    with pytest.raises(SKMError) as problem:
        skm.score(frame)
    question = question_of(problem.value)
    assert question is not None
    assert (question.opsi, value) == (option, question.pilihan[0][0])
    chosen: Any = [value] if option == "nilai_kosong" else value
    assert skm.score(skm.read(frame, **{option: chosen})).n == 6
    assert question.to_dict("en")["pilihan"][0]["arti"]


@pytest.mark.parametrize("door", ["file", "frame", "long", "joined"])
def test_a_survey_crosses_process_borders(door: str, tmp_path: Path) -> None:
    """Pickled and back it is the same survey: figure, account, places, fingerprint."""
    import pickle

    rows = [["No", "Layanan", *CODES], *[[i + 1, "AB"[i % 2], *r] for i, r in enumerate(answers(8))]]
    path = book(tmp_path / "a.xlsx", {"Data": rows})
    frame = pd.DataFrame(answers(8), columns=CODES)
    long = [
        {"responden": i, "unsur": u, "nilai": v}
        for i, r in enumerate(answers(8))
        for u, v in zip(CODES, r, strict=True)
    ]
    source: Any = {"file": path, "frame": frame, "long": long}.get(door)
    if door == "joined":
        book(tmp_path / "b.xlsx", {"Data": rows})
        source = tmp_path
    survei = skm.read(source)
    again = pickle.loads(pickle.dumps(survei))
    assert skm.score(again).to_dict() == skm.score(survei).to_dict()
    assert again.account().rows() == survei.account().rows()
    assert again.fingerprint() == survei.fingerprint()
    assert str(skm.check(again).table("id").to_text()) == str(skm.check(survei).table("id").to_text())
