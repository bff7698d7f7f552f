"""Publications from files: structured ones, the form, and tables as reports have them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from skm import publikasi
from skm.auditing.audit import audit
from skm.errors import DataError, OptionError, UnreadableFileError
from skm.publikasi import PrintedNumber, load

NAMES = [
    "Persyaratan",
    "Sistem, Mekanisme dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Spesifikasi Jenis Pelayanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Penanganan Pengaduan, Saran dan Masukan",
    "Sarana dan Prasarana",
]
IDS = ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana"]
MEANS = ["3,71", "3,56", "3,71", "3,19", "3,75", "3,77", "3,84", "3,83", "3,80"]
CONVERTED = ["92,75", "89,00", "92,75", "79,75", "93,75", "94,25", "96,00", "95,75", "95,00"]
GRADES = ["A", "A", "A", "B", "A", "A", "A", "A", "A"]


def vertical(separator: str = ";") -> str:
    """The table of a report: one row per unsur, then sums, the figure and the respondents."""
    lines = [["No", "Unsur Pelayanan", "Nilai IKM", "Nilai Konversi (x 25)", "Mutu Pelayanan", "Ukuran Kinerja"]]
    for i, (name, mean, nik, grade) in enumerate(zip(NAMES, MEANS, CONVERTED, GRADES, strict=True), start=1):
        lines.append([str(i), name, mean, nik, grade, "Sangat Baik" if grade == "A" else "Baik"])
    lines += [["", "JUMLAH", "33,16", "", "", ""], ["", "NILAI IKM", "3,68", "92,11", "A", "Sangat Baik"]]
    lines += [["", "JUMLAH RESPONDEN", "200", "", "", ""]]
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in line] for line in lines]
    return "\n".join(separator.join(line) for line in quoted)


def expect_vertical(p: publikasi.Publikasi) -> None:
    assert [u.id for u in p.unsur] == IDS
    assert [str(u.nilai) for u in p.unsur] == MEANS
    assert [str(u.nik) for u in p.unsur] == CONVERTED
    assert [u.mutu for u in p.unsur] == GRADES
    assert (str(p.indeks), str(p.ikm), p.mutu, p.kinerja, p.n) == ("3,68", "92,11", "A", "Sangat Baik", 200)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_report_table_in_csv(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text(vertical(separator), encoding=encoding)
    expect_vertical(load(path))


def test_a_report_table_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Hasil SKM")
    rows = [line.split(";") for line in vertical().splitlines()]
    other = document.add_table(rows=2, cols=2)
    other.cell(0, 0).text, other.cell(0, 1).text = "Populasi", "3.441"
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    path = tmp_path / "laporan.docx"
    document.save(str(path))
    p = load(path)
    expect_vertical(p)
    assert p.populasi == 3441


def test_the_template_with_a_column_per_unsur(tmp_path: Path) -> None:
    """The ministry's result table: U1..U9, then IKM per unsur, Kategori, IKM Unit Layanan; and the respondents."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, *[f"U{i}" for i in range(1, 10)]])
    sheet.append(["IKM per unsur", 3.47, 3.35, 3.63, 3.72, 3.46, 3.48, 3.58, 3.7, 3.74])
    sheet.append(["Kategori", "B", "B", "A", "A", "B", "B", "A", "A", "A"])
    sheet.append(["IKM Unit Layanan", "94,17 (Sangat Baik)"])
    other = book.create_sheet("Responden")
    other.append(["No", "Karakteristik", "Indikator", "Jumlah", "Persentase"])
    for row in ([1, "Jenis Kelamin", "Laki-laki", 178, "52,20%"], [None, None, "Perempuan", 163, "47,80%"]):
        other.append(row)
    other.append([2, "Usia", "< 20 th", 18, "5,28%"])
    path = tmp_path / "hasil.xlsx"
    book.save(path)
    p = load(path)
    assert [u.id for u in p.unsur][6:] == ["perilaku", "u8", "u9"]
    assert str(p.unsur[7].nilai) == "3,70", "a number cell shows no trailing zero; its neighbours have two decimals"
    assert [u.mutu for u in p.unsur] == list("BBAABBAAA")
    assert (str(p.ikm), p.kinerja) == ("94,17", "Sangat Baik")
    assert [(t.karakteristik, len(t.baris)) for t in p.profil] == [("jenis_kelamin", 2), ("usia", 1)]
    assert p.profil[0].baris[0].persen == PrintedNumber(Decimal("52.20"))
    assert {"ikm-di-atas-unsur-tertinggi", "ikm-desimal-dianggap"} <= set(audit(path).codes())


def test_number_formats_keep_decimals(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Unsur", "NRR"])
    for name, value in zip(NAMES, (3.4, 3.45, 3, 3.2, 3.1, 3.3, 3.6, 3.7, 3.8), strict=True):
        sheet.append([name, value])
        sheet.cell(sheet.max_row, 2).number_format = "0.00"
    sheet.append(["Nilai IKM", 84.5])
    sheet.cell(sheet.max_row, 2).number_format = "#,##0.00"
    path = tmp_path / "angka.xlsx"
    book.save(path)
    p = load(path)
    assert [str(u.nilai) for u in p.unsur][:3] == ["3,40", "3,45", "3,00"]
    assert str(p.ikm) == "84,50"
    assert not any(u.nilai.dianggap for u in p.unsur if u.nilai)


def test_totals_and_counts(tmp_path: Path) -> None:
    """Perpustakaan Nasional 2023 as counts: they settle the figure exactly."""
    counts = [
        "0/0/118/69",
        "0/6/93/88",
        "0/3/106/78",
        "1/1/23/162",
        "0/1/124/62",
        "0/0/95/92",
        "0/0/89/98",
        "1/2/34/150",
        "1/19/77/90",
    ]
    lines = ["Unsur;1;2;3;4;Jumlah Nilai;NRR"]
    for name, text in zip(NAMES, counts, strict=True):
        row = [int(x) for x in text.split("/")]
        total = sum(i * c for i, c in enumerate(row, start=1))
        lines.append(";".join([f'"{name}"', *map(str, row), str(total), f"{total / 187:.3f}".replace(".", ",")]))
    lines.append("Nilai IKM;;;;;;87,641")
    path = tmp_path / "cacah.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    p = load(path)
    assert p.unsur[0].frekuensi == (0, 0, 118, 69)
    assert p.unsur[0].total == 630
    hasil = audit(path)
    assert hasil.putusan == "cocok"
    assert hasil.rute[0].rute.kode == "1/9"
    assert f"{hasil.hitung_ulang[0].ikm:.4f}" == "87.6411"


def test_the_form_round_trip(tmp_path: Path) -> None:
    path = publikasi.form(tmp_path / "publikasi.xlsx")
    book = openpyxl.load_workbook(path)
    main = {row[0].value: row[1] for row in book["Publikasi"].iter_rows(min_row=2)}
    values = {
        "unit": "Kecamatan Contoh",
        "periode": "2024-S2",
        "ikm": "94,17",
        "kinerja": "Sangat Baik",
        "n": "341",
        "populasi": "3.441",
        "target": "94,14",
        "tren_arah": "naik",
        "prioritas_menurut": "terendah",
    }
    for key, value in values.items():
        main[key].value = value
    for row, mean in zip(book["Unsur"].iter_rows(min_row=2), MEANS, strict=False):
        row[2].value = mean
    book["Klaim"].append(["terendah", "Biaya/Tarif", "1", "3,19"])
    book["Klaim"].append(["prioritas", "Waktu Penyelesaian", None, None])
    book["Tren"].append(["2023", "94,15"])
    book["Profil"].append(["Usia", "< 20", "300", "88,0"])
    book["Profil"].append([None, "> 20", "41", "12,0"])
    book["Tanggal"].append(["laporan", "sampul", "2024-10-14", None, None, "Selasa"])
    book["Tempat lain"].append(["n", None, "lampiran", "340"])
    book["Tempat lain"].append(["nilai", "U1", "grafik", "3,17"])
    book.save(path)
    p = load(path)
    assert (p.unit, p.n, p.populasi, str(p.ikm)) == ("Kecamatan Contoh", 341, 3441, "94,17")
    assert [u.id for u in p.unsur] == IDS
    assert p.klaim.prioritas == ("waktu",)
    assert p.klaim.tren.arah == "naik"
    codes = audit(path).codes()
    assert {
        "profil-usia-celah",
        "klaim-hari",
        "sampel-n-berlainan",
        "urutan-prioritas",
        "urutan-nilai-berlainan",
    } <= set(codes)


def test_json_keeps_decimals(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"unsur": {"U1": 3.40, "U2": "3,35"}, "ikm": 84.40, "n": "1.234"}', encoding="utf-8")
    p = load(path)
    assert (str(p.unsur[0].nilai), str(p.ikm), p.n) == ("3,40", "84,40", 1234)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("p.json", b"{", "masukan-json-rusak"),
        ("p.toml", b"ikm = ", "toml-tidak-terbaca"),
        ("p.xlsx", b"not a workbook", "publikasi-tanpa-tabel"),
        ("p.docx", b"PK\x03\x04broken", "buku-rusak"),
        ("p.csv", b"Nama;Umur\nA;3\nB;4\n", "publikasi-tanpa-tabel"),
        ("p.json", b'{"ikmm": "88"}', "publikasi-kunci-asing"),
        ("p.json", b'{"unsur": {"U1": "tiga"}}', "angka-tidak-terbaca"),
        ("p.json", b'{"unsur": {"U1": "3", "Persyaratan": "3"}}', "publikasi-unsur-ganda"),
        ("p.json", b'{"profil": {"a": 1}}', "publikasi-bukan-daftar"),
        ("p.json", b'[1, 2]', "publikasi-bukan-peta"),
    ],
)  # fmt: skip
def test_bad_files_name_what_is_wrong(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((DataError, OptionError, UnreadableFileError)) as caught:
        load(path)
    assert caught.value.code == code
    assert caught.value.render("id")
    assert caught.value.render("en")


def test_missing_file_and_unknown_case() -> None:
    with pytest.raises(UnreadableFileError):
        load("tidak-ada.xlsx")
    with pytest.raises(OptionError) as caught:
        load("tidak-ada")
    assert "wonoasih-2024-s2" in caught.value.context["pilihan"]


def test_the_shipped_case_is_what_its_file_says() -> None:
    p = load("wonoasih-2024-s2")
    assert load(p) is p
    assert p.find("U8").id == "sarana"  # type: ignore[union-attr]
    assert len(p.klaim.indikator) == 3
    assert json.dumps(audit(p).to_dict())


def values(**more: Any) -> dict[str, Any]:
    return {"unsur": {"U1": "3,47"}, **more}


def test_numbers_as_indonesians_type_them() -> None:
    p = load(values(n="3.441", populasi=12000, ikm="86,79%", mutu="A (Sangat Baik)"))
    assert (p.n, p.populasi, str(p.ikm), p.mutu, p.kinerja) == (3441, 12000, "86,79", "A", "Sangat Baik")
