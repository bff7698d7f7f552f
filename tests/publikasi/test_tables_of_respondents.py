"""Tables of respondents under one another, and under or over the table of unsur, are each judged by their own rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import skm

UNSUR = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
MEANS = ["3,42", "3,35", "3,21", "3,88", "3,40", "3,44", "3,52", "3,30", "3,77"]
RESULT = [["Kode", "Unsur", "Nilai"], *([f"U{i + 1}", *row] for i, row in enumerate(zip(UNSUR, MEANS, strict=True)))]
RESULT += [["", "IKM", "86,92"]]
SEX = [["Laki-laki", "40", "40%"], ["Perempuan", "60", "60%"]]
SCHOOL = [["SMA", "30", "30%"], ["S1", "70", "70%"]]
ALL = [["Total", "100", "100%"]]
HEAD = ["Kategori", "Jumlah", "%"]
LAYOUTS = {
    "own headers": [["Jenis Kelamin", "Jumlah", "%"], *SEX, ["Pendidikan", "Jumlah", "%"], *SCHOOL],
    "own totals": [["Jenis Kelamin", "Jumlah", "%"], *SEX, *ALL, [], ["Pendidikan", "Jumlah", "%"], *SCHOOL, *ALL],
    "titles over one header": [["Jenis Kelamin"], HEAD, *SEX, [], ["Pendidikan"], HEAD, *SCHOOL],
    "headings inside": [["Karakteristik", "Jumlah", "%"], ["Jenis Kelamin"], *SEX, ["Pendidikan"], *SCHOOL],
    "header of the next page": [["Jenis Kelamin"], HEAD, SEX[0], HEAD, SEX[1], *ALL, ["Pendidikan"], HEAD, *SCHOOL],
}


def _write(path: Path, rows: list[list[str]]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("first", [True, False], ids=["over the unsur", "under the unsur"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_row_of_another_table_is_added(tmp_path: Path, layout: str, first: bool, suffix: str) -> None:
    table = LAYOUTS[layout]
    path = _write(tmp_path / f"p{suffix}", [*table, [], *RESULT] if first else [*RESULT, [], *table])
    result = skm.audit(path)
    assert not result.codes("kesalahan")
    read = {t.judul.casefold(): [row.tingkat for row in t.baris] for t in skm.publikasi.load(path).profil}
    if first or result.terbaca:
        assert read == {"jenis kelamin": ["Laki-laki", "Perempuan"], "pendidikan": ["SMA", "S1"]}


@pytest.mark.parametrize("first", [True, False], ids=["over the unsur", "under the unsur"])
@pytest.mark.parametrize(("wrong", "table"), [("Perempuan", "jenis kelamin"), ("S1", "pendidikan")])
def test_the_table_that_is_wrong_is_named(tmp_path: Path, wrong: str, table: str, first: bool) -> None:
    rows = [[*row[:2], "80%"] if row[:1] == [wrong] else row for row in LAYOUTS["own totals"]]
    result = skm.audit(_write(tmp_path / "p.csv", [*rows, [], *RESULT] if first else [*RESULT, [], *rows]))
    assert {f.bukti["tabel"] for f in result.temuan if f.tingkat == "kesalahan"} == {table}


@pytest.mark.parametrize(
    "head", [["Keluhan", "Jumlah", "%"], ["Bulan", "Jumlah", "Persentase"], ["Loket", "Orang", ""]]
)
def test_another_table_below_is_no_row_of_it(tmp_path: Path, head: list[str]) -> None:
    rows = [*RESULT, [], ["Jenis Kelamin", "Jumlah", "%"], *SEX, *ALL, head, ["Satu", "7", "70"], ["Dua", "3", "30"]]
    result = skm.audit(_write(tmp_path / "p.csv", rows))
    assert not [f for f in result.temuan if f.tingkat == "kesalahan"]
    assert not result.terbaca  # the rows below are said not to be judged
