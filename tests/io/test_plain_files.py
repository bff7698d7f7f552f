"""Files: the plain reader, encodings, separators, and what is said about files that cannot be read."""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import skm
from skm import regulasi
from skm.basics.files import decode
from skm.errors import (
    DataError,
    EmptyDataError,
    InvalidAnswerError,
    MissingColumnError,
    OptionError,
    UnreadableFileError,
)
from skm.regulasi import _kuesioner as kuesioner

HEAD = ["No", *(f"U{i}" for i in range(1, 10)), "Jenis Kelamin"]
ROWS = [[1, *"dddddcccc", "L"], [2, *"CCCCCCCCC", "P"], [3, *[4] * 9, "P"], [4, 3, "", *["3,0"] * 7, "L"]]


def table(separator: str = ",", rows: list[list[object]] | None = None) -> str:
    lines = [HEAD, *(ROWS if rows is None else rows)]
    quoted = [[f'"{c}"' if separator in str(c) else str(c) for c in row] for row in lines]
    return "\r\n".join(separator.join(row) for row in quoted) + "\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_tables_of_every_kind(tmp_path: Path, separator: str, encoding: str) -> None:
    """Separators and encodings are seen from the content; letters a-d and "3,0" are answers, spaces are blanks."""
    path = tmp_path / "jawaban.csv"
    path.write_bytes(table(separator).encode(encoding))
    survei = skm.read(path, u8="pengaduan")
    hasil = skm.score(survei)
    assert (survei.n, hasil.n_lengkap) == (4, 3)
    assert [int(u.total or 0) for u in hasil.unsur.values()] == [14, 11, 14, 14, 14, 13, 13, 13, 13]
    assert [note.kode for note in hasil.catatan] == ["huruf-arah"]
    assert [b.jumlah for b in skm.profile(survei).karakteristik["jenis_kelamin"]] == [2, 2]


def test_excel_hint_line_and_blank_rows(tmp_path: Path) -> None:
    """`sep=;` is a hint, empty rows within are told, empty rows at the end are nothing."""
    lines = table(";").splitlines()
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["sep=;", *lines[:2], ";" * 10, *lines[2:], ";" * 10, ""]), encoding="utf-8")
    survei = skm.read(path)
    assert survei.n == 4
    note = next(n for n in survei.catatan if n.kode == "baris-kosong")
    assert note.bukti["banyak"] == 1


def test_workbook_and_its_row_numbers(tmp_path: Path) -> None:
    """The first sheet with answers is read; a wrong cell is named by sheet, column and row of the file."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Catatan"
    book.active["A1"] = "bukan data"
    sheet = book.create_sheet("Data")
    for row in [HEAD, *ROWS[:2], [3, 4, 4, 7, *[4] * 6, "P"]]:
        sheet.append(row)
    path = tmp_path / "jawaban.xlsx"
    book.save(path)
    survei = skm.read(path)
    assert (survei.n, survei.sumber.lembar) == (3, "Data")
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(survei)
    assert "U3 sel D4: 7" in str(problem.value)
    assert 'lembar "Data"' in str(problem.value)
    with pytest.raises(OptionError):
        skm.read(path, sheet="Tidak Ada")


def test_standard_input_and_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table on standard input or an open file is read like one on disk."""
    content = table().encode()
    assert skm.read(io.BytesIO(content)).n == 4
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert skm.read("-").n == 4


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", UnreadableFileError, "berkas-kosong"),
        (b"\n\n", UnreadableFileError, "berkas-kosong"),
        (b"%PDF-1.7 ...", UnreadableFileError, "berkas-pdf"),
        (b"PK\x03\x04 truncated", UnreadableFileError, "buku-rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnreadableFileError, "buku-rusak"),
        (b"a\0b\0c", UnreadableFileError, "berkas-bukan-teks"),
        (b"nama,alamat\nx,y\n", MissingColumnError, "kolom-tidak-ada"),
        (table(rows=[]).encode(), EmptyDataError, "data-kosong"),
        (b"U1,U1,U2\n1,2,3\n", DataError, "judul-kembar"),
        (b"U1,U3\n1,2\n", MissingColumnError, "kolom-berlubang"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, kind: type[DataError], code: str) -> None:
    """Each bad file gets one error that names it."""
    path = tmp_path / "jelek.xlsx"
    path.write_bytes(content)
    with pytest.raises(kind) as problem:
        skm.read(path)
    assert problem.value.code == code
    assert "jelek.xlsx" in str(problem.value)


def test_missing_file_lists_near_names(tmp_path: Path) -> None:
    """A slip in the name is answered with what is there."""
    (tmp_path / "jawaban.xlsx").write_bytes(b"x")
    with pytest.raises(UnreadableFileError) as problem:
        skm.read(tmp_path / "jawabn.xlsx")
    assert problem.value.context["mirip"] == ["jawaban.xlsx"]
    for load in (kuesioner.load, regulasi.load):
        with pytest.raises(UnreadableFileError):
            load(tmp_path / "tidak-ada.toml")
    (tmp_path / "kosong").mkdir()
    with pytest.raises(UnreadableFileError) as folder:
        skm.read(tmp_path / "kosong")
    assert folder.value.code == "sumber-kosong"


def test_small_text_files_in_any_encoding(tmp_path: Path) -> None:
    """An office's own questionnaire saved by Notepad, with a mark, as UTF-16 or as Windows-1252, is the same file."""
    text = (Path(kuesioner.__file__).parents[1] / "data" / "kuesioner" / "permenpanrb-14-2017.toml").read_text(
        encoding="utf-8"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.toml"
        path.write_bytes(text.encode(encoding, errors="replace"))
        assert kuesioner.load(path).unsur == kuesioner.load().unsur
    assert decode("Rp 1.000 – murah".encode("cp1252")) == "Rp 1.000 – murah"
    path = tmp_path / "jalur.toml"
    path.write_text('id = "C:\\Users"', encoding="utf-8")
    with pytest.raises(DataError) as problem:
        kuesioner.load(path)
    assert problem.value.code == "toml-tidak-terbaca"
    assert "C:/data" in problem.value.hint()


def test_zero_in_a_file_asks_for_the_option(tmp_path: Path) -> None:
    """0 in a text table is the same as 0 in a workbook: an error whose hint names the option."""
    path = tmp_path / "nol.csv"
    path.write_text(table(rows=[[1, *[4] * 8, 0, "L"]]), encoding="utf-8")
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "jawaban-nol"
    read = skm.read(path, nilai_kosong=["0"])
    with pytest.warns(skm.errors.SKMWarning):
        assert skm.score(read).ikm == Decimal("100.00")
