"""Figures told in words, unsur told line by line, shares without a total, tables folded or a line apart."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support.other_reports import NAMES, WRITERS, read, shown

from skm.auditing.audit import audit
from skm.auditing.result import HasilTelaah

VALUES = ("3,11", "3,20", "3,30", "3,40", "3,35", "3,41", "3,22", "3,50", "3,60")
RIGHT = shown(sum((read(v) for v in VALUES), Fraction(0)) / 9 * 25)
TABLE = [["No", "Unsur", "Nilai"], *([str(i), u, v] for i, (u, v) in enumerate(zip(NAMES, VALUES, strict=True), 1))]


def held(parts: list[Any], form: str, folder: Path) -> HasilTelaah:
    return audit(WRITERS[form](parts, folder))


def table(folder: Path, text: str) -> HasilTelaah:
    path = folder / "p.csv"
    path.write_text(text, encoding="utf-8")
    return audit(path)


def serious(hasil: HasilTelaah) -> list[str]:
    return [f.kode for f in hasil.temuan if f.tingkat != "catatan"]


@pytest.mark.parametrize("form", ["teks", "word"])
@pytest.mark.parametrize("words", [
    "Rata-rata tertimbang x 25 .... {}", "Rata-rata tertimbang x 25 = {}", "NRR tertimbang dikali 25 adalah {}.",
    "Setelah dikalikan dengan nilai dasar 25 diperoleh angka {}.", "Hasil konversi: {}", "Konversi: 3,343 x 25 = {}",
    "Total nilai rata-rata tertimbang (3,343) x 25 = {}", "Skor akhir {}", "Nilai dasar 25 x 3,343 = {}",
])  # fmt: skip
def test_a_mean_times_the_factor_is_the_index(words: str, form: str, tmp_path: Path) -> None:
    assert held(["Hasil", TABLE, words.format(RIGHT)], form, tmp_path).putusan == "cocok"
    assert held(["Hasil", TABLE, words.format("87,31")], form, tmp_path).putusan == "mustahil"


@pytest.mark.parametrize(
    "words", ["Contoh: 3,5 x 25 = 87,50", "Nilai waktu x 25 = 87,50", "Tahun lalu 3,50 x 25 = 87,50"]
)
def test_other_products_are_no_index(words: str, tmp_path: Path) -> None:
    assert held(["Hasil", TABLE, words], "teks", tmp_path).publikasi.ikm is None


@pytest.mark.parametrize("form", ["teks", "word", "html"])
@pytest.mark.parametrize("words", [
    "U{i}. {u} : {v} ({p}% puas)", "{u} {v} ({p}% puas)", "U{i} - {u}: {v}; {p}% puas", "U{i}. {u} sebesar {v} (Baik)",
    "Unsur {u} (U{i}) memperoleh nilai {v} dengan kategori Baik.", "{u} ({v})", "{i}) {u} = {v} ({p} persen)",
])  # fmt: skip
def test_every_unsur_of_a_list_is_placed(words: str, form: str, tmp_path: Path) -> None:
    pairs = enumerate(zip(NAMES, VALUES, strict=True), start=1)
    lines = [words.format(i=i, u=u, v=v, p=shown(read(v) * 25 + 5, 1)) for i, (u, v) in pairs]
    hasil = held(["HASIL SURVEI KEPUASAN MASYARAKAT", *lines, f"Nilai IKM : {RIGHT}"], form, tmp_path)
    assert len(hasil.publikasi.unsur) == 9
    assert hasil.putusan == "cocok"
    assert held(["HASIL SURVEI", *lines, "Nilai IKM : 91,20"], form, tmp_path).putusan == "mustahil"


@pytest.mark.parametrize(("head", "shares", "code"), [
    ("Jenis Kelamin", ("60,0", "50,0"), "profil-persen-lebih"), ("Pendidikan", ("30", "40", "40"), "profil-persen-lebih"),
    ("Jenis Layanan", ("70,0", "40,0"), "profil-persen-lebih-ganda"), ("Pekerjaan", ("60,0", "25,0"), "profil-persen-kurang"),
    ("Pekerjaan", ("33,3", "33,3", "33,3"), ""), ("Pendidikan", ("33", "33", "33"), ""), ("Jenis Kelamin", ("50,0", "50,0"), ""),
])  # fmt: skip
@pytest.mark.parametrize("counted", [True, False])
def test_shares_without_a_printed_total(
    head: str, shares: tuple[str, ...], code: str, counted: bool, tmp_path: Path
) -> None:
    """Without a number of respondents nothing else tells that they are too many or too few."""
    counts = [[shown(read(s), 0)] if counted else [] for s in shares]
    rows = [[f"Kelompok {i}", *n, s] for i, (n, s) in enumerate(zip(counts, shares, strict=True))]
    lines = [[head, *(["Jumlah"] if counted else []), "Persen"], *rows]
    found = serious(table(tmp_path, "\n".join(";".join(row) for row in lines)))
    assert (code in found) if code else not [f for f in found if f.startswith("profil-persen-")], found


@pytest.mark.parametrize("foot", ["Total;100;100%", "Jumlah;100;100,00", "Total;150;100%", "Jumlah;30,09;100%"])
def test_a_total_of_respondents_is_no_sum_of_values(foot: str, tmp_path: Path) -> None:
    lines = [f"{u};{v};11,1%" for u, v in zip(NAMES, VALUES, strict=True)]
    assert not serious(hasil := table(tmp_path, "\n".join(["Unsur;Nilai;Persen", *lines, foot, f"IKM;{RIGHT};"])))
    assert hasil.putusan == "cocok"
    wrong = table(tmp_path, "\n".join(["Unsur;Nilai;Persen", *lines, "Jumlah;32,09;100%", f"IKM;{RIGHT};"]))
    assert "ikm-jumlah-nilai" in serious(wrong)


def test_satisfied_people_beside_the_values_are_no_conversion(tmp_path: Path) -> None:
    lines = [f"{u};{v};90,0" for u, v in zip(NAMES, VALUES, strict=True)]
    assert not serious(table(tmp_path, "\n".join(["Unsur;Nilai;Persen Puas", *lines, f"IKM;{RIGHT};"])))


@pytest.mark.parametrize("form", ["teks", "word", "html"])
def test_a_table_folded_in_two(form: str, tmp_path: Path) -> None:
    body = TABLE[1:]
    rows = [[*body[i], *(body[i + 5] if i < 4 else ["", "", ""])] for i in range(5)]
    folded = [[*TABLE[0], *TABLE[0]], *rows]
    assert held(["Hasil", folded, f"Nilai IKM: {RIGHT}"], form, tmp_path).putusan == "cocok"
    assert held(["Hasil", folded, "Nilai IKM: 91,20"], form, tmp_path).putusan == "mustahil"


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("form", ["teks", "html"])
def test_tables_a_blank_line_apart(form: str, wrong: bool, tmp_path: Path) -> None:
    school = [["Pendidikan", "Jumlah", "%"], ["SD", "10", "15,63"], ["SMP", "14", "21,88"], ["SMA", "30", "46,88"],
              ["S1", "10", "25,63" if wrong else "15,63"]]  # fmt: skip
    ages = [["Umur", "%"], ["17-25", "25,0"], ["26-40", "50,0"], ["41-60", "25,0"]]
    hasil = held(["Jumlah responden: 64 orang", school, ages, TABLE, f"Nilai IKM: {RIGHT}"], form, tmp_path)
    assert serious(hasil) == (["profil-persen"] if wrong else []), hasil.to_text()
    text = "\n".join(";".join(row) for part in (school, [], ages, [], TABLE) for row in (part or [[""]]))
    assert serious(table(tmp_path, f"Jumlah responden: 64 orang\n{text}")) == (["profil-persen"] if wrong else [])
