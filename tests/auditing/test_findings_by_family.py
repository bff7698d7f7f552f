"""Each family of findings: what triggers it, what must not, and how grave it is."""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.auditing.audit import HasilTelaah, audit
from skm.auditing.routes import MeanRange, Range, Route, routes, weights
from skm.basics.messages import catalogue
from skm.basics.values import Interval
from skm.publikasi import load

NINE = ["3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,72", "3,74"]


def nine(**more: Any) -> dict[str, Any]:
    return {"unsur": {f"U{i}": v for i, v in enumerate(NINE, 1)}, "regulasi": "permenpanrb-14-2017"} | more


def level(hasil: HasilTelaah, code: str) -> str | None:
    return next((f.tingkat for f in hasil.temuan if f.kode == code), None)


# values, code, severity (None: must not occur)
CASES: list[tuple[dict[str, Any], str, str | None]] = [
    # ikm
    (nine(ikm="89,31"), "ikm-cocok", "catatan"),
    (nine(ikm="89,2"), "ikm-cocok", "catatan"),
    (nine(ikm="94,17"), "ikm-di-atas-unsur-tertinggi", "kesalahan"),
    (nine(ikm="80,10"), "ikm-di-bawah-unsur-terendah", "kesalahan"),
    (nine(ikm="90,00"), "ikm-mustahil", "kesalahan"),
    (nine(ikm="80,38"), "ikm-penjelasan", "catatan"),
    (nine(ikm="89,55"), "ikm-hanya-dengan", "peringatan"),
    (nine(ikm="89,31", indeks="3,57"), "ikm-indeks", None),
    (nine(ikm="89,31", indeks="3,60"), "ikm-indeks", "kesalahan"),
    (nine(ikm="89,31", indeks="3,60"), "ikm-indeks-mustahil", "kesalahan"),
    (nine(ikm="94,17", indeks="3,77"), "ikm-indeks-di-atas-unsur-tertinggi", None),
    (nine(indeks="3,77"), "ikm-indeks-di-atas-unsur-tertinggi", "kesalahan"),
    ({"ikm": "75,0075", "indeks": "3,003"}, "ikm-indeks-slip", "kesalahan"),
    ({"ikm": "80,07", "indeks": "3,20"}, "ikm-indeks", None),
    ({"ikm": "88,028", "ikm_lain": [{"tempat": "t", "ikm": "88,02"}]}, "ikm-berlainan-dipotong", "catatan"),
    ({"ikm": "88,028", "ikm_lain": [{"tempat": "t", "ikm": "88,03"}]}, "ikm-berlainan", None),
    ({"ikm": "91,48", "ikm_lain": [{"ikm": "90,56"}]}, "ikm-berlainan", "peringatan"),
    ({"ikm": "88,5"}, "ikm-tanpa-unsur", "catatan"),
    ({}, "ikm-tanpa-angka", "catatan"),
    ({"unsur": {"U1": 3.4, "U2": 3.55}, "ikm": "86,88"}, "ikm-desimal-dianggap", "catatan"),
    # weights that sum to one, and printed weighted means
    ({"unsur": {"A": {"nilai": "4,00", "bobot": "0,7"}, "B": {"nilai": "3,00", "bobot": "0,3"}}, "ikm": "92,50"}, "ikm-cocok", "catatan"),
    ({"unsur": {"A": {"nilai": "4,00", "bobot": "0,5"}, "B": {"nilai": "3,00", "bobot": "0,5"}}, "ikm": "92,50"}, "ikm-mustahil", "kesalahan"),
    ({"unsur": {"A": {"nilai": "4,000", "bobot": "0,286"}, "B": {"nilai": "3,000", "bobot": "0,286"}, "C": {"nilai": "3,000", "bobot": "0,429"}}, "ikm": "82,14"}, "ikm-hanya-dengan", "peringatan"),
    ({"unsur": {f"X{i}": {"nilai": "4,00", "nrr_tertimbang": "0,444", "bobot": "0,11"} for i in range(9)}}, "ikm-bobot-berbeda", "catatan"),
    ({"unsur": {f"X{i}": {"nilai": "4,00", "nrr_tertimbang": "0,410"} for i in range(9)}}, "ikm-nrr-tertimbang", "kesalahan"),
    # whole answers
    ({"unsur": {"A": "3,47"}, "n": 10, "tanpa_kosong": True, "pertanyaan_per_unsur": 1}, "grim-rata", "kesalahan"),
    ({"unsur": {"A": "3,47"}, "n": 10}, "grim-rata-bersyarat", "catatan"),
    ({"unsur": {"A": "3,47"}, "n": 10, "pertanyaan_per_unsur": 1}, "grim-rata", None),
    ({"unsur": {"A": "3,45"}, "n": 10, "tanpa_kosong": True, "pertanyaan_per_unsur": 2}, "grim-rata", None),
    ({"unsur": {"A": "3,66"}, "n": 3, "tanpa_kosong": True, "pertanyaan_per_unsur": 1}, "grim-rata-dipotong", "peringatan"),
    ({"unsur": {"A": {"nilai": "3,50", "total": 36}}, "n": 10, "tanpa_kosong": True, "pertanyaan_per_unsur": 1}, "grim-total", "kesalahan"),
    ({"unsur": {"A": {"nilai": "3,50", "total": 35}}, "n": 12, "pertanyaan_per_unsur": 1}, "grim-total-n", None),
    ({"unsur": {"A": {"nilai": "3,50", "total": 36}}, "n": 12, "pertanyaan_per_unsur": 1}, "grim-total-n", "kesalahan"),
    ({"unsur": {"A": {"total": 50}}, "n": 12, "tanpa_kosong": True, "pertanyaan_per_unsur": 1}, "grim-total-batas", "kesalahan"),
    ({"unsur": {"A": {"nilai": "3,71", "frekuensi": [0, 0, 59, 141]}}}, "grim-frekuensi", None),
    ({"unsur": {"A": {"nilai": "3,73", "frekuensi": [0, 0, 59, 141]}}}, "grim-frekuensi", "kesalahan"),
    ({"unsur": {"A": {"nilai": "3,70", "frekuensi": [0, 0, 58, 141]}}}, "grim-frekuensi-dipotong", "peringatan"),
    ({"unsur": {"A": {"nilai": "3,71", "frekuensi": [0, 0, 59, 141]}}, "n": 190, "pertanyaan_per_unsur": 1}, "grim-frekuensi-n", "kesalahan"),
    ({"unsur": {"A": "3,0", "B": "3,3"}, "ikm": "79,00", "n": 3, "tanpa_kosong": True, "pertanyaan_per_unsur": 1}, "grim-bersama", None),
    # grades
    ({"ikm": "88,31", "mutu": "A", "regulasi": "permenpanrb-14-2017"}, "mutu-tabel", None),
    ({"ikm": "88,30", "mutu": "A", "regulasi": "permenpanrb-14-2017"}, "mutu-tabel-lain", "kesalahan"),
    ({"ikm": "88,31", "mutu": "B", "regulasi": "permenpanrb-14-2017"}, "mutu-di-batas", "peringatan"),
    ({"ikm": "88,3", "mutu": "A"}, "mutu-tidak-dapat-diputuskan", "catatan"),
    ({"ikm": "92,00", "mutu": "C"}, "mutu-tabel", "kesalahan"),
    ({"ikm": "85,76", "mutu": "B (Sangat Baik)"}, "mutu-huruf-kata", "kesalahan"),
    ({"ikm": "74,926", "kinerja": "Good", "periode": "2021"}, "mutu-tabel-lain", "kesalahan"),
    ({"ikm": "74,926", "kinerja": "Good"}, "mutu-tabel-lain", "peringatan"),
    ({"ikm": "74,926", "kinerja": "Good", "regulasi": "kepmenpan-25-2004"}, "mutu-tabel-lain", None),
    ({"ikm": "84,5", "mutu": "A", "regulasi": "kepmenpan-25-2004"}, "mutu-tabel", None),
    ({"ikm": "92,25", "mutu": "A", "kinerja": [{"kinerja": "Sangat Baik"}, {"tempat": "simpulan", "kinerja": "Baik"}]}, "mutu-kata-lain", "kesalahan"),
    ({"ikm": "17,50"}, "mutu-di-luar-skala", "kesalahan"),
    ({"ikm": "104,2"}, "mutu-di-luar-skala", "kesalahan"),
    ({"unsur": {f"X{i}": "4,00" for i in range(7)}, "ikm": "100,10"}, "mutu-di-luar-skala", None),
    ({"unsur": {"A": "6,60", "B": "3,1", "C": "3,2"}}, "mutu-unsur-di-luar-skala", "kesalahan"),
    ({"unsur": {"A": {"nilai": "3,53", "mutu": "A"}}}, "mutu-unsur-tidak-dapat-diputuskan", "catatan"),
    ({"unsur": {"A": {"nilai": "3,06", "mutu": "B"}}}, "mutu-unsur", None),
    ({"unsur": {"A": {"nilai": "3,532", "mutu": "A"}}}, "mutu-unsur", None),
    ({"unsur": {"A": {"nilai": "3,54", "mutu": "B"}}}, "mutu-unsur", "kesalahan"),
    ({"unsur": {"A": {"nilai": "2,30", "kinerja": "Kurang Baik"}}, "regulasi": "permenpanrb-14-2017"}, "mutu-unsur-tabel-lain", "kesalahan"),
    ({"unsur": {"A": {"nilai": "3,71", "nik": "92,75"}}}, "mutu-konversi", None),
    ({"unsur": {"A": {"nilai": "3,71", "nik": "95,00"}}}, "mutu-konversi", "kesalahan"),
    ({"unsur": {"U7": "3,48", "U9": "3,30"}, "jumlah_unsur": 9, "mutu": "A", "klaim": {"tertinggi": ["U7"]}}, "mutu-mustahil-tabel-lain", "kesalahan"),
    ({"unsur": {"U7": "3,48", "U9": "3,30"}, "jumlah_unsur": 9, "mutu": "A"}, "mutu-mustahil-tabel-lain", None),
    # order
    (nine(klaim={"terendah": ["U2", "U5", "U1"]}), "urutan-terendah", None),
    (nine(klaim={"terendah": ["U2", "U7"]}), "urutan-terendah", "kesalahan"),
    (nine(klaim={"terendah": [{"unsur": "U5", "peringkat": 1}, {"unsur": "U2", "peringkat": 2}]}), "urutan-terendah", "kesalahan"),
    (nine(klaim={"tertinggi": ["U9"]}), "urutan-tertinggi", None),
    (nine(klaim={"tertinggi": ["U4"]}), "urutan-tertinggi", "kesalahan"),
    (nine(klaim={"tertinggi": ["U9", "U4"]}), "urutan-seri", "catatan"),
    (nine(klaim={"tertinggi": ["U9"]}), "urutan-u8-u9", "catatan"),
    (nine(klaim={"prioritas": ["U3"]}), "urutan-prioritas-lain", "peringatan"),
    (nine(klaim={"terendah": [{"unsur": "U2", "nilai": "3,53"}]}), "urutan-nilai-berlainan", "peringatan"),
    (nine(klaim={"terendah": [{"unsur": "U2", "nilai": "83,75"}]}), "urutan-nilai-berlainan", None),
    ({"unsur": {"U1": "3,5", "U2": "3,46"}, "klaim": {"terendah": ["U1"]}}, "urutan-terendah", None),
    # sample
    ({"n": 346, "populasi": 3441}, "sampel-kurang", None),
    ({"n": 341, "populasi": 3441}, "sampel-baris-bawah", "peringatan"),
    ({"n": 345, "populasi": 3441}, "sampel-selisih-satu", "catatan"),
    ({"n": 90, "populasi": 3441}, "sampel-kurang", "peringatan"),
    ({"n": 100, "populasi": 17041}, "sampel-cara-lain", "catatan"),
    ({"n": 70, "populasi": 65}, "sampel-melebihi-populasi", "kesalahan"),
    ({"n": 70, "populasi": 65, "populasi_perkiraan": "ya"}, "sampel-melebihi-populasi", "peringatan"),
    ({"n": 100, "populasi": 17041, "sampel_minimum": 3540, "sampel_metode": "Krejcie-Morgan"}, "sampel-minimum", "kesalahan"),
    ({"n": 100, "populasi": 17041, "sampel_minimum": 3756, "sampel_metode": "Krejcie-Morgan"}, "sampel-minimum-sebab", "kesalahan"),
    ({"n": 96, "populasi": 100, "sampel_minimum": 96, "sampel_metode": "krejcie-morgan"}, "sampel-minimum-sebab", "kesalahan"),
    ({"n": 63, "populasi": 67, "sampel_minimum": 58}, "sampel-minimum", None),
    ({"n": 63, "populasi": 67, "sampel_minimum": 59}, "sampel-minimum", None),
    ({"populasi": 1000, "sampel_minimum": 286, "sampel_metode": "slovin"}, "sampel-minimum-cara-lain", "catatan"),
    ({"n": 50, "populasi": 67, "sampel_minimum": 58}, "sampel-di-bawah-minimum", "peringatan"),
    ({"n": 56, "n_lain": [{"tempat": "bab II", "n": 60}]}, "sampel-n-berlainan", "peringatan"),
    # respondents
    ({"n": 56, "profil": [{"karakteristik": "jk", "baris": [{"tingkat": "L", "jumlah": 36}, {"tingkat": "P", "jumlah": 24}]}]}, "profil-melebihi-n", "kesalahan"),
    ({"n": 100, "profil": [{"karakteristik": "jk", "baris": [{"tingkat": "L", "jumlah": 36}, {"tingkat": "P", "jumlah": 54}]}]}, "profil-kurang-dari-n", "peringatan"),
    ({"n": 150, "profil": [{"karakteristik": "p", "baris": [{"tingkat": "SMA", "jumlah": 64, "persen": "42,7"}, {"tingkat": "x", "jumlah": 86}]}]}, "profil-persen", None),
    ({"n": 341, "profil": [{"karakteristik": "p", "baris": [{"tingkat": "a", "jumlah": 91, "persen": "26,63"}, {"tingkat": "b", "jumlah": 250}]}]}, "profil-persen", "kesalahan"),
    ({"n": 3, "profil": [{"karakteristik": "p", "baris": [{"tingkat": "a", "jumlah": 2, "persen": "66,6"}, {"tingkat": "b", "jumlah": 1}]}]}, "profil-persen-satu-angka", "peringatan"),
    ({"profil": [{"karakteristik": "pendidikan", "baris": [{"tingkat": "a", "persen": "60"}, {"tingkat": "b", "persen": "45"}]}]}, "profil-persen-lebih", "kesalahan"),
    ({"profil": [{"karakteristik": "media", "baris": [{"tingkat": "a", "persen": "60"}, {"tingkat": "b", "persen": "45"}]}]}, "profil-persen-lebih-ganda", "peringatan"),
    ({"profil": [{"karakteristik": "p", "baris": [{"tingkat": "a", "persen": "42"}, {"tingkat": "b", "persen": "56"}, {"tingkat": "c", "persen": "1"}]}]}, "profil-persen-kurang", None),
    ({"profil": [{"karakteristik": "p", "total": 101, "baris": [{"tingkat": "a", "jumlah": 60}, {"tingkat": "b", "jumlah": 40}]}]}, "profil-total", "kesalahan"),
    ({"profil": [{"karakteristik": "usia", "baris": [{"tingkat": t, "jumlah": 1} for t in ("20-30", "30-40")]}]}, "profil-usia-tumpang-tindih", "peringatan"),
    ({"profil": [{"karakteristik": "usia", "baris": [{"tingkat": t, "jumlah": 1} for t in ("< 20", "20-29", ">= 30")]}]}, "profil-usia-celah", None),
    ({"profil": [{"karakteristik": k, "baris": [{"tingkat": "a", "jumlah": c}, {"tingkat": "b", "jumlah": 1}]} for k, c in (("x", 4), ("y", 5))]}, "profil-jumlah-berlainan", "peringatan"),
    # claims
    ({"ikm": "94,17", "klaim": {"target": "94,14", "capaian": "100,03", "target_tercapai": True}}, "klaim-capaian", None),
    ({"ikm": "94,17", "klaim": {"target": "94,14", "capaian": "101,03"}}, "klaim-capaian", "kesalahan"),
    ({"ikm": "94,10", "klaim": {"target": "94,14", "target_tercapai": "ya"}}, "klaim-target-tidak-tercapai", "kesalahan"),
    ({"ikm": "94,20", "klaim": {"target": "94,14", "target_tercapai": "tidak"}}, "klaim-target-tercapai", "kesalahan"),
    ({"ikm": "94,20", "klaim": {"realisasi": "94,10"}}, "klaim-realisasi", "peringatan"),
    ({"klaim": {"tren": {"arah": "naik", "nilai": [{"periode": "2022", "ikm": "85,9"}, {"periode": "2023", "ikm": "84,1"}]}}}, "klaim-tren-arah", "kesalahan"),
    ({"klaim": {"tren": {"arah": "meningkat", "dari": "2022", "sampai": "2023", "nilai": [{"periode": "2023", "ikm": "85,9"}, {"periode": "2022", "ikm": "84,1"}]}}}, "klaim-tren-arah", None),
    ({"klaim": {"selisih": [{"dari": "77,92", "ke": "78,04", "selisih": "1"}]}}, "klaim-selisih", "kesalahan"),
    ({"klaim": {"selisih": [{"dari": "80,83", "ke": "78,04", "selisih": "2,79", "arah": "turun"}]}}, "klaim-selisih", None),
    ({"klaim": {"selisih": [{"dari": "84,96", "ke": "85,76", "arah": "menurun"}]}}, "klaim-arah", "kesalahan"),
    ({"ikm": "94,15", "bagian": [{"nama": x, "ikm": v} for x, v in (("a", "95,85"), ("b", "91,28"))]}, "klaim-gabungan", "peringatan"),
    ({"ikm": "93,57", "bagian": [{"nama": x, "ikm": v} for x, v in (("a", "95,85"), ("b", "91,28"))]}, "klaim-gabungan", None),
    ({"ikm": "70,30", "bagian": [{"nama": "a", "ikm": "70,00", "n": 1000}, {"nama": "b", "ikm": "100,00", "n": 10}]}, "klaim-gabungan-berbobot", None),
    ({"ikm": "75,00", "bagian": [{"nama": "a", "ikm": "70,00", "n": 1000}, {"nama": "b", "ikm": "100,00", "n": 10}]}, "klaim-gabungan-berbobot", "peringatan"),
    ({"ikm": "96,00", "bagian": [{"nama": x, "ikm": v} for x, v in (("a", "95,85"), ("b", "91,28"))]}, "klaim-gabungan-di-luar", "kesalahan"),
    ({"klaim": {"indikator": [{"nama": "x", "pagu": 100, "realisasi_anggaran": 98, "serapan": "97,00"}]}}, "klaim-serapan", "kesalahan"),
    ({"klaim": {"indikator": [{"nama": "x", "serapan": "98,47", "capaian": "100,03", "efisiensi": "98,44"}]}}, "klaim-efisiensi", None),
    ({"klaim": {"indikator": [{"nama": "x", "serapan": "98,47", "capaian": "100,03", "efisiensi": "101,56"}]}}, "klaim-efisiensi", "peringatan"),
    # dates
    ({"tanggal": {"fkp": [{"tanggal": "2024-10-14", "hari": "Senin"}]}}, "klaim-hari", None),
    ({"tanggal": {"fkp": [{"tanggal": "2024-10-14", "hari": "Jum'at"}]}}, "klaim-hari", "peringatan"),
    ({"tanggal": {"fkp": [{"tanggal": "2024-10-04"}, {"tanggal": "2024-10-14"}]}}, "klaim-tanggal", "peringatan"),
    ({"tanggal": {"tahap": [{"nama": "olah", "mulai": "2024-09", "selesai": "2024-09", "hari_kerja": 30}]}}, "klaim-hari-kerja", "peringatan"),
    ({"tanggal": {"tahap": [{"nama": "olah", "mulai": "2024-09", "selesai": "2024-08"}]}}, "klaim-terbalik", "peringatan"),
    ({"tanggal": {"laporan": [{"tanggal": "2024-06-01"}], "tahap": [{"nama": "pengumpulan data", "mulai": "2024-07", "selesai": "2024-09"}]}}, "klaim-laporan-mendahului", "peringatan"),
    ({"periode": "2024-S2", "tanggal": {"pelaksanaan": [{"mulai": "2024-01", "selesai": "2024-03"}]}}, "klaim-di-luar-periode", "peringatan"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "code", "severity"), CASES, ids=[f"{c}-{s}-{i}" for i, (_, c, s) in enumerate(CASES)]
)
def test_finding(values: dict[str, Any], code: str, severity: str | None) -> None:
    hasil = audit(values)
    assert level(hasil, code) == severity, hasil.to_text()
    for language in ("id", "en"):
        assert hasil.to_text(language)
        assert all(f.text(language) for f in hasil)


def test_wonoasih_exactly() -> None:
    hasil = audit("wonoasih-2024-s2")
    assert hasil.codes("kesalahan") == (
        "ikm-di-atas-unsur-tertinggi",
        "urutan-terendah",
        "urutan-prioritas",
        "profil-persen-tempat",
    )
    assert hasil.codes("peringatan") == ("sampel-baris-bawah", "profil-usia-celah", "klaim-tanggal", "klaim-periode")
    assert hasil.codes("catatan") == ("klaim-capaian-hitung-ulang", "klaim-tren-angka")
    text = hasil.to_text("id")
    for words in ("94,87 %", "26,63 %", "U5 Produk 3,46", "umur 50", "346, 5 lebih banyak", "N = 3.071", "5,04 %"):
        assert words in text


def test_the_proof_names_only_numbers_that_are_printed_or_follow() -> None:
    """25 x 3.745 = 93.625; the same figure with the highest unsur at 3.77 would be possible."""
    assert audit(nine(ikm="93,62", unsur={f"U{i}": "3,74" for i in range(1, 10)})).putusan == "cocok"
    assert audit(nine(ikm="93,63", unsur={f"U{i}": "3,74" for i in range(1, 10)})).putusan == "cocok"
    assert audit(nine(ikm="93,64", unsur={f"U{i}": "3,74" for i in range(1, 10)})).putusan != "cocok"


def test_unsur_as_a_list_with_percent_signs() -> None:
    rows = [
        {"kode": "U1", "nilai": "93,75%"},
        {"kode": "U2", "nilai": "88,00%"},
        {"nama": "Sarpras", "nilai": "90,00 %"},
    ]
    hasil = audit({"unsur": rows, "ikm": "90,58 %", "jumlah_unsur": 3})
    assert [u.id for u in hasil.publikasi.unsur] == ["persyaratan", "prosedur", "sarana"]
    assert hasil.putusan == "cocok"


# --- output ---------------------------------------------------------------------------------------------------------


def test_frame_dict_markdown_and_page() -> None:
    hasil = audit("wonoasih-2024-s2")
    frame = hasil.to_frame()
    assert list(frame.columns) == ["kode", "tingkat", "pesan", "bukti"]
    assert list(frame["tingkat"].cat.categories) == ["catatan", "peringatan", "kesalahan"]
    document = hasil.to_dict("en")
    assert document["jumlah"] == {"kesalahan": 4, "peringatan": 4, "catatan": 2}
    assert document["temuan"][0]["dasar"].startswith("A weighted mean")
    page = hasil.to_html("id")
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<script|https?://|src=|@import", page)
    assert page.count('<section class="f ') == len(hasil)
    markdown = hasil.to_markdown("id")
    assert markdown.startswith("# Telaah Kecamatan Wonoasih")
    assert "| 1/9 | 89,31 | 89,18 | 89,43 | A |" in markdown
    assert repr(hasil).splitlines()[0] == hasil.headline()
    assert "94.17" in hasil.table("en").to_text()
    assert "<table" in hasil._repr_html_()


def test_a_name_with_markup_is_escaped() -> None:
    hasil = audit({"unit": "<b>Kec & Co</b>|*x*", "unsur": {"<i>A</i>": {"nilai": "3,54", "mutu": "B"}}})
    assert "<b>" not in hasil.to_html()
    assert "<i>" not in hasil.to_html()
    assert "\\<b>" in hasil.to_markdown()


def test_every_code_is_worded_and_neutral() -> None:
    """Each code in the source has a text; no text blames anybody."""
    texts = catalogue("telaah")
    folder = Path(skm.__file__).parent / "auditing"
    used: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ("finding", "frasa") and isinstance(node.args[0], ast.Constant):
                used.add(str(node.args[0].value))
    assert len(used) > 90
    assert sorted(used - set(texts)) == []
    blame = r"curang|palsu|rekayasa|manipulasi|bohong|sengaja|lalai|fraud|fake|false|fabricat|cheat|\blying"
    assert not [code for code, both in texts.items() if re.search(blame, " ".join(both.values()).casefold())]


# --- own results ----------------------------------------------------------------------------------------------------


def test_own_result_before_publication() -> None:
    hasil = skm.score(skm.read(skm.contoh()))
    before = skm.audit(hasil, populasi="3.441")
    assert before.codes() == ("hasil-sampel-kurang",)
    assert before.putusan == "cocok"
    assert skm.audit(hasil, populasi=3000).codes() == ()
    assert skm.audit(hasil, populasi=3000, selang=Interval(88.0, 90.6, 0.95, "uji")).codes() == ("hasil-mutu-selang",)
    assert skm.audit(hasil, populasi=3000, selang=Interval(88.5, 90.1, 0.95, "uji")).codes() == ()


def test_own_letter_that_hangs_on_weight_or_rounding() -> None:
    weight = skm.audit(skm.score_means({f"U{i}": "3.55" for i in range(1, 10)}, n=100), populasi=100)
    assert weight.codes() == ("hasil-mutu-bobot",)
    rounding = skm.audit(skm.score_means({"U1": "3.5326", "U2": "3.5326"}, n=100), populasi=100)
    assert rounding.codes() == ("hasil-mutu-pembulatan",)
    assert "indeks dibulatkan ke 2 desimal lebih dahulu: B" in rounding.temuan[0].text("id")


@pytest.mark.parametrize("bobot", ["tepat", "0.111", "0.11"])
@pytest.mark.parametrize("pembulatan", ["nik-2", "indeks-2", "indeks-3"])
def test_own_result_agrees_with_its_own_table(bobot: str, pembulatan: Any) -> None:
    hasil = skm.score(skm.read(skm.contoh()), bobot=bobot, pembulatan=pembulatan)
    before = skm.audit(hasil, populasi=3000)
    assert before.putusan == "cocok"
    assert before.codes("kesalahan") == ()


@pytest.mark.parametrize("weights", [("0.5", "0.25", "0.25"), ("1/3", "1/2", "1/6")])
def test_own_weights_are_printed_with_the_result(weights: tuple[str, str, str]) -> None:
    own = dict(zip(("persyaratan", "prosedur", "waktu"), weights, strict=True))
    hasil = skm.score_means({"U1": "3.5", "U2": "3.1", "U3": "3.0"}, n=100, bobot=own)
    assert skm.audit(hasil, populasi=100).codes() == ()


def test_own_groups() -> None:
    per = skm.score_by({"u1": [4] * 40, "u2": [3] * 40, "layanan": ["a"] * 3 + ["b"] * 37}, "layanan")
    found = skm.audit(per)
    assert found.codes() == ("hasil-kelompok-dikenali",)
    assert "a (3)" in found.temuan[0].text("id")


def test_a_publication_made_from_a_result_is_consistent() -> None:
    hasil = skm.score(skm.read(skm.contoh()))
    printed = skm.publikasi.from_result(hasil, unit="Contoh", periode="2024-S2", populasi=3071)
    assert skm.audit(printed).codes("kesalahan") == ()
    assert skm.audit(printed).putusan == "cocok"
    assert load(printed) is printed


# --- exact sets -----------------------------------------------------------------------------------------------------


def test_rounding_leaves_multiples_only() -> None:
    """An index rounded to two decimals gives multiples of 0.25 only."""
    means = [MeanRange(Fraction("3.465"), Fraction("3.475"), Fraction("3.47"))] * 9
    span = Route("1/9", (Fraction(1, 9),) * 9, None, 2).index(means).scaled(25)
    assert span.langkah == Fraction(1, 4)
    assert span.holds(Fraction("86.745"), Fraction("86.755"))
    assert not span.holds(Fraction("86.76"), Fraction("86.9"))
    assert span.distance(Fraction("86.76"), Fraction("86.9")) == Fraction("0.01")


def test_ties_go_either_way() -> None:
    assert Range(Fraction("3.705"), Fraction("3.705")).rounded(2) == Range(
        Fraction("3.70"), Fraction("3.71"), Fraction("0.01")
    )


def test_few_answers_leave_gaps() -> None:
    """Two answers: a mean of 3.5 printed "4" or "3.5"; weighted and rounded, only their images are left."""
    means = [MeanRange(Fraction(3), Fraction(4), Fraction("3.5"), 2)] * 2
    span = Route("1/2", (Fraction(1, 2),) * 2, 2).index(means)
    assert span.isi == frozenset({300, 325, 350, 375, 400})
    assert not span.holds(Fraction("3.3"), Fraction("3.4"))


def test_weights_by_name() -> None:
    assert [name for name, _ in weights(9)] == ["1/9", "0.111", "0.11"]
    assert [name for name, _ in weights(8)] == ["1/8", "0.13"]
    assert [name for name, _ in weights(4)] == ["1/4"]
    assert len({r.kode for r in routes(weights(9))}) == len(routes(weights(9))) == 18


def test_the_material_of_a_report_is_audited_before_it_is_written() -> None:
    """A compiled report brings its population, its groups and its interval to the audit."""
    survei = skm.read(skm.contoh())
    interval = skm.stats.mean_interval(survei, population=3441)
    bahan = skm.report.compile(survei, unit="Unit", periode="2024-S2", population=3441, interval=interval)
    found = {f.kode: f for f in skm.audit(bahan).temuan}
    assert found["hasil-sampel-kurang"].bukti["kurang"] == 5
    assert found["hasil-mutu-selang"].bukti["mutu"] == ["B", "A"]
    rows = [{f"u{i}": 4 for i in range(1, 10)} | {"layanan": s} for s in "A" * 40 + "B" * 3]
    small = skm.report.compile(rows, unit="Unit", periode="2024-S2", u8="pengaduan")
    assert "hasil-kelompok-dikenali" in {f.kode for f in skm.audit(small).temuan}
