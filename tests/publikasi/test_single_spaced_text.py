"""Text copied out of a PDF: columns a single space apart, names over two lines, several tables below each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from skm.auditing.audit import audit
from skm.errors import DataError
from skm.publikasi._names import joined_words

NAMES = ("Persyaratan", "Sistem, Mekanisme dan Prosedur", "Waktu Penyelesaian", "Biaya/Tarif",
         "Produk Spesifikasi Jenis Pelayanan", "Kompetensi Pelaksana", "Perilaku Pelaksana",
         "Penanganan Pengaduan, Saran dan Masukan", "Sarana dan Prasarana")  # fmt: skip
VALUES = ("3,25", "3,30", "3,10", "3,85", "3,28", "3,35", "3,40", "3,55", "3,20")  # 84,11
GRADES = "BBBABBBAB"


def converted(value: str) -> str:
    return f"{float(value.replace(',', '.')) * 25:.2f}".replace(".", ",")


FORMS = {
    "nilai": ("", lambda i, n, v, g: f"{i} {n} {v}"),
    "nilai dan mutu": ("No Unsur Pelayanan Nilai Unsur Mutu", lambda i, n, v, g: f"{i} {n} {v} {g}"),
    "dengan titik": ("No. Unsur Nilai Kategori", lambda i, n, v, g: f"{i}. {n} {v} {g}"),
    "tanpa nomor": ("Unsur Pelayanan Nilai Rata-rata", lambda i, n, v, g: f"{n} {v}"),
    "dua angka": ("No Unsur NRR Konversi Mutu", lambda i, n, v, g: f"{i} {n} {v} {converted(v)} {g}"),
    "kata": ("No Unsur Nilai Kinerja", lambda i, n, v, g: f"{i} {n} {v} {'Sangat Baik' if g == 'A' else 'Baik'}"),
    "patah": ("No Unsur Nilai Mutu", lambda i, n, v, g: f"{i} {n} {v} {g}".replace("Jenis P", "Jenis\nP")),
    "patah di belakang": ("No Unsur Nilai Mutu", lambda i, n, v, g: (
        f"{i} {n[:21]} {v} {g}\n{n[21:].strip().lower()}" if len(n) > 30 else f"{i} {n} {v} {g}")),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("ikm", "verdict"), [("84,11", "cocok"), ("86,11", "mustahil")])
def test_a_table_of_single_spaces(form: str, ikm: str, verdict: str, tmp_path: Path) -> None:
    head, line = FORMS[form]
    rows = [line(i, n, v, g) for i, (n, v, g) in enumerate(zip(NAMES, VALUES, GRADES, strict=True), 1)]
    foot = [f"Nilai SKM setelah dikonversi {ikm}", "Mutu Pelayanan B", "Jumlah responden 150 orang"]
    path = tmp_path / "salin.txt"
    path.write_text("\n".join(["HASIL SURVEI", *([head] if head else []), *rows, *foot]), encoding="utf-8")
    hasil = audit(path)
    assert (hasil.putusan, len(hasil.publikasi.unsur)) == (verdict, 9), hasil.to_text()
    assert hasil.publikasi.n == 150


@pytest.mark.parametrize(
    ("count", "codes"), [("80", set()), ("90", {"profil-total", "profil-persen", "profil-melebihi-n"})]
)
def test_tables_of_respondents_below_each_other(count: str, codes: set[str], tmp_path: Path) -> None:
    text = f"""Tabel 5. Karakteristik Responden
Jenis Kelamin Jumlah Persentase
Laki-laki 70 46,67%
Perempuan 80 53,33%
Jumlah 150 100%
Pendidikan Jumlah Persentase
SD 10 6,67%
SMP 20 13,33%
SMA {count} 53,33%
S1 40 26,67%
Jumlah 150 100%
IKM sebesar 84,11 dari 150 responden.
"""
    path = tmp_path / "salin.txt"
    path.write_text(text, encoding="utf-8")
    hasil = audit(path)
    assert {f.kode for f in hasil.temuan if f.tingkat == "kesalahan"} == codes, hasil.to_text()
    assert len(hasil.publikasi.profil) == 2


def test_a_list_of_contents_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "salin.txt"
    lines = ["DAFTAR ISI", "Kata Pengantar 1", "Pendahuluan 3", "Hasil Survei 7", "Penutup 12", "IKM sebesar 84,11."]
    path.write_text("\n".join(lines), encoding="utf-8")
    hasil = audit(path)
    assert not [f for f in hasil.temuan if f.tingkat != "catatan"], hasil.to_text()
    assert not hasil.publikasi.unsur


def test_another_survey_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lain.txt"
    path.write_text("HASIL SPAK DAN SPKP\nSPKP 3,72 SPAK 3,85\nSemester I\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        audit(path)
    assert caught.value.code == "publikasi-survei-lain"


@pytest.mark.parametrize("words", [
    "Uraian", "Jumlah nilai per unsur", "NRR tertimbang", "Sistem, Mekanisme, dan Prosedur", "Penanganan Pengaduan",
    "Sarana dan Prasarana", "Jumlah responden", "Nilai rata-rata per unsur", "Kategori mutu layanan", "KECAMATAN MAJU",
    "Jenis kelamin responden", "Persentase", "Kompetensi Pelaksana", "Nilai Konversi", "Tingkat pendidikan",
])  # fmt: skip
@pytest.mark.parametrize("width", [4, 5, 6, 7])
def test_words_broken_by_a_narrow_column_are_whole_again(words: str, width: int) -> None:
    """An office program breaks a word only where it alone is wider than its column, at the last letter that fits."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        if line and len(line) + 1 + len(word) <= width:
            line += f" {word}"
            continue
        lines += [line] if line else []
        pieces = [word[i : i + width] for i in range(0, len(word), width)]
        lines += pieces[:-1]
        line = pieces[-1]
    assert joined_words("\n".join([*lines, line])) == words
