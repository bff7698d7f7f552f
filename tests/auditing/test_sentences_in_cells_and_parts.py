"""Sentences in cells of a sheet are read like those of a text; a recap's closing row is judged against its parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from skm import publikasi
from skm.auditing.audit import audit
from skm.auditing.result import UNREAD, HasilTelaah
from skm.basics.errors import DataError

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan"]
VALUES = ["3,42", "3,35", "3,21", "3,88", "3,40", "3,44", "3,52", "3,77", "3,30"]  # 86,92
TABLE = [("Unsur", "NRR"), *zip(NAMES, VALUES, strict=True), ("IKM", "86,92")]
ENGLISH = ["Requirements", "Procedure", "Time of completion", "Fees", "Product specification", "Competence of staff",
           "Behaviour of staff", "Handling of complaints", "Facilities and infrastructure"]  # fmt: skip


def held(folder: Path, rows: Sequence[Sequence[str]], ending: str = "csv") -> HasilTelaah:
    path = folder / f"publikasi.{ending}"
    if ending == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([float(c.replace(",", ".")) if c.replace(",", "").isdigit() else c for c in row])
        book.save(path)
    else:
        path.write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    return audit(path)


def serious(hasil: HasilTelaah) -> list[str]:
    return [f.kode for f in hasil.temuan if f.tingkat != "catatan"]


SAID = {
    "Target IKM sebesar 90,00 telah tercapai dengan realisasi 86,92.": "klaim-target-tidak-tercapai",
    "Nilai IKM meningkat setiap tahun dari 2022 sampai 2025.": "klaim-tren-arah",
    "Unsur yang nilainya paling rendah adalah Prosedur (3,35).": "urutan-terendah",
    "The lowest element is Prosedur (3,35).": "urutan-terendah",
}
TREND = [("Tahun", "IKM"), ("2022", "80,15"), ("2023", "84,02"), ("2024", "87,40"), ("2025", "86,92")]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_in_a_cell_is_judged_with_all_its_words(tmp_path: Path, sentence: str, ending: str) -> None:
    hasil = held(tmp_path, [*TABLE, ("",), *TREND, ("",), (sentence,)], ending)
    assert serious(hasil) == [SAID[sentence]], hasil.to_text()


@pytest.mark.parametrize(
    "sentence", ["Target IKM sebesar 85,00 telah tercapai dengan realisasi 86,92.", "Survei oleh petugas Sumarni 2025."]
)
def test_a_right_sentence_in_a_cell_is_silent_and_names_nobody(tmp_path: Path, sentence: str) -> None:
    hasil = held(tmp_path, [*TABLE, ("",), (sentence,)])
    assert not serious(hasil)
    assert "Sumarni" not in hasil.to_text() + hasil.to_html() + repr(hasil.publikasi)


UNITS = (("Dinas Sosial", "86,92", "100"), ("Dinas Kesehatan", "84,42", "300"))
LOWER = ["3,32", "3,25", "3,11", "3,78", "3,30", "3,34", "3,42", "3,67", "3,20"]  # 84,42
HEADS = [
    "Perangkat Daerah",
    "Unit Pelayanan",
    "Nama Unit Penyelenggara Pelayanan",
    "Unit Kerja",
    "Jenis Pelayanan",
    "Office",
]


def recap(head: str, label: str, n: str, ikm: str) -> list[list[str]]:
    codes = [f"U{i}" for i in range(1, 10)]
    lines = [
        [str(i), unit, *values, count, figure]
        for i, ((unit, figure, count), values) in enumerate(zip(UNITS, (VALUES, LOWER), strict=True), start=1)
    ]
    return [["No", head, *codes, "Jumlah Responden", "IKM"], *lines, ["", label, *[""] * 9, n, ikm]]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    ("label", "n", "ikm", "wrong"),
    [
        ("Rata-rata Kota", "400", "85,67", ""),
        ("IKM Kota Melati", "400", "85,05", ""),
        ("Rata-rata", "200", "85,67", ""),
        ("Rata-rata Kota", "400", "89,17", "klaim-gabungan-di-luar"),
        ("Jumlah", "430", "85,67", "klaim-gabungan-n"),
        ("Jumlah", "390", "85,67", "klaim-gabungan-n"),
    ],
)
def test_the_closing_row_of_a_recap_is_judged(
    tmp_path: Path, head: str, label: str, n: str, ikm: str, wrong: str
) -> None:
    hasil = held(tmp_path, recap(head, label, n, ikm))
    assert serious(hasil) == ([wrong] if wrong else []), hasil.to_text()
    assert not [line for line in hasil.akun if line.peran in UNREAD], hasil.to_text()


EIGHT = [(name, value) for name, value in zip(NAMES, VALUES, strict=True) if name != "Biaya"]  # 85,65


@pytest.mark.parametrize(
    ("sentence", "ikm", "verdict"),
    [
        ("Survei memakai 8 unsur karena pelayanan tidak dipungut biaya.", "85,65", "cocok"),
        ("Survei menggunakan delapan (8) unsur.", "85,65", "cocok"),
        ("Survei terdiri atas 8 unsur.", "87,99", "mustahil"),
        ("Survei terdiri atas 9 unsur.", "86,92", "tidak-dapat-diputuskan"),
        ("Dari 9 unsur, survei memakai 8 unsur.", "86,92", "tidak-dapat-diputuskan"),
        ("Perbaikan dimulai dari 8 unsur terendah.", "86,92", "tidak-dapat-diputuskan"),
    ],
)
def test_the_number_of_unsur_is_known_where_it_is_said(tmp_path: Path, sentence: str, ikm: str, verdict: str) -> None:
    hasil = held(tmp_path, [("Unsur", "NRR"), *EIGHT, ("IKM", ikm), ("",), (sentence,)])
    assert hasil.putusan == verdict, hasil.to_text()


def test_an_english_report_is_read_with_its_claims(tmp_path: Path) -> None:
    rows = [("Service element", "Mean score"), *zip(ENGLISH, VALUES, strict=True), ("SKM index", "86,92"), ("",)]
    assert not serious(held(tmp_path, [*rows, ("The highest element is Fees (3,88).",)]))
    assert serious(held(tmp_path, [*rows, ("The highest element is Procedure (3,35).",)])) == ["urutan-tertinggi"]


@pytest.mark.parametrize("given", [5, None, 3.5, object(), ("a", 1)])
def test_what_is_no_publication_is_refused_in_words(given: object) -> None:
    with pytest.raises(DataError, match="publikasi-jenis"):
        publikasi.load(given)  # type: ignore[arg-type]
