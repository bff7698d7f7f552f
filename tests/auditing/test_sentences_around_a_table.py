"""Sentences around a right table: what they say rightly is no finding, what they say wrongly is one."""

from __future__ import annotations

import pytest

from skm.auditing.audit import audit

NAMES = ("Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana")
VALUES = ("3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,74", "3,72")
ROWS = [f"{i}    {name:<20}  {value}" for i, (name, value) in enumerate(zip(NAMES, VALUES, strict=True), start=1)]
TABLE = "\n".join(["No   Unsur                 Nilai", *ROWS, "     IKM                   89,31", "", ""])

RIGHT = [
    "Tiga unsur terendah adalah Prosedur (3,35), Produk (3,46), dan Persyaratan (3,47).",
    "Unsur Prosedur memperoleh nilai terendah yaitu 3,35 sedangkan unsur Pengaduan memperoleh nilai tertinggi yaitu 3,74.",
    "Nilai tertinggi diperoleh unsur Pengaduan sebesar 3,74, diikuti Biaya dan Sarana masing-masing 3,72.",
    "Pada semester lalu unsur terendah adalah Waktu dengan nilai 3,10.",
    "Pada periode sebelumnya nilai IKM sebesar 84,20 (Baik).",
    "Unsur yang mendapat nilai di bawah rata-rata adalah Persyaratan, Prosedur, Produk dan Kompetensi.",
    "Prioritas perbaikan adalah Prosedur karena nilainya terendah.",
    "IKM tahun 2023 sebesar 86,40 naik menjadi 89,31 pada tahun 2024.",
    "Nilai interval IKM untuk mutu A adalah 88,31 - 100,00.",
    "Mutu pelayanan A (Sangat Baik) dengan nilai konversi 89,31.",
    "Jumlah responden 120 orang terdiri dari 70 laki-laki dan 50 perempuan.",
    "Target IKM tahun 2024 sebesar 85,00 tercapai dengan realisasi 89,31 atau 105,07 %.",
    "Survei dilaksanakan bulan Januari sampai dengan Juni 2024. Laporan disusun bulan Juli 2024.",
    "Berdasarkan Permenpan RB Nomor 14 Tahun 2017 nilai persepsi 3,5324 - 4,00 berarti Sangat Baik.",
    "Rencana tindak lanjut dimulai dari unsur dengan nilai terendah yaitu Prosedur, Produk, dan Persyaratan.",
    "Unsur waktu pelayanan masih dikeluhkan responden, yang terendah di antara loket lain adalah loket 3.",
]
WRONG = {
    "Unsur dengan nilai terendah adalah Perilaku dengan nilai 3,58.": "urutan-terendah",
    "Unsur Sarana memperoleh nilai terendah yaitu 3,72 sedangkan unsur Pengaduan tertinggi yaitu 3,74.": "urutan-terendah",
    "Unsur dengan nilai tertinggi adalah Waktu.": "urutan-tertinggi",
    "Nilai IKM Dinas Contoh sebesar 92,31 (Sangat Baik).": "ikm-berlainan",
    "Nilai IKM sebesar 89,31 dengan mutu B.": "mutu-tabel",
    "Target IKM sebesar 92,00 tercapai dengan realisasi 89,31.": "klaim-target-tidak-tercapai",
    "Target IKM sebesar 85,00 dengan realisasi 89,31 atau 99,07 %.": "klaim-capaian",
}


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_is_no_finding(sentence: str) -> None:
    hasil = audit(f"{TABLE}{sentence}\n")
    assert hasil.putusan == "cocok"
    assert not [f.kode for f in hasil.temuan if f.tingkat != "catatan"], hasil.to_text()


@pytest.mark.parametrize(("sentence", "code"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_sentence_is_found(sentence: str, code: str) -> None:
    hasil = audit(f"{TABLE}{sentence}\n")
    assert any(f.kode.startswith(code) and f.tingkat != "catatan" for f in hasil.temuan), hasil.to_text()
