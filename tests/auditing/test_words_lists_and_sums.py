"""Results told in sentences, labelled lines, lists of units and closing rows: right ones are silent, wrong ones found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from skm.auditing.audit import audit
from skm.auditing.result import HasilTelaah

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan"]
VALUES = ["3,42", "3,35", "3,21", "3,88", "3,40", "3,44", "3,52", "3,77", "3,30"]  # 86,92
TABLE = ["Unsur;NRR", *(f"{n};{v}" for n, v in zip(NAMES, VALUES, strict=True)), "IKM;86,92"]
COUNTS = [(1, 4, 50 + i, 45 - i) for i in range(9)]


def held(folder: Path, lines: Sequence[str], ending: str = "txt") -> HasilTelaah:
    path = folder / f"publikasi.{ending}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return audit(path)


def serious(hasil: HasilTelaah) -> list[str]:
    return [f.kode for f in hasil.temuan if f.tingkat != "catatan"]


RIGHT = (
    "IKM naik 3,20 poin dari 85,20 menjadi 88,40, mutu A.",
    "Nilai SKM turun dari 88,40 (2023) menjadi 85,20 pada tahun 2024 atau turun 3,20 poin.",
    "IKM meningkat 3,88% dari 85,10 menjadi 88,40.",
    "Dibandingkan tahun lalu sebesar 85,10, IKM tahun ini sebesar 88,40 naik 3,30 poin.",
    "IKM naik dari 85,10 menjadi 88,40 sehingga mutunya meningkat dari B menjadi A.",
    "IKM sebesar 88,40 adalah jumlah NRR dikali bobot 1/9, dikali 25, dibulatkan.",
    "Survei diikuti 150 responden, terdiri atas laki-laki 80 orang dan perempuan 70 orang. IKM sebesar 86,92 (B).",
    "IKM sebesar 86,92 dari 150 responden, yaitu 56 responden kecamatan dan 94 responden kelurahan.",
)
WRONG = {
    "IKM naik 3,20 poin dari 85,10 menjadi 88,40, mutu A": "klaim-selisih",
    "IKM turun dari 85,10 pada tahun 2023 menjadi 88,40 pada tahun 2024.": "klaim-arah",
    "Skor SKM mengalami kenaikan sebesar 2,50 dari 3,40 menjadi 3,60.": "klaim-selisih",
    "Dibandingkan tahun lalu sebesar 85,10, IKM tahun ini sebesar 88,40 naik 4,30 poin.": "klaim-selisih",
    "IKM naik dari 85,10 menjadi 87,20 dengan mutu D.": "mutu-tabel",
    "Survei diikuti 150 responden, terdiri atas laki-laki 80 orang dan perempuan 90 orang. IKM sebesar 86,92.": "profil-melebihi-n",
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_right_sentences_are_silent(text: str, tmp_path: Path) -> None:
    assert not serious(hasil := held(tmp_path, [text])), hasil.to_text()


@pytest.mark.parametrize(("text", "code"), WRONG.items())
def test_wrong_sentences_are_found(text: str, code: str, tmp_path: Path) -> None:
    assert code in serious(hasil := held(tmp_path, [text])), hasil.to_text()


LINES = {
    "titik dua": lambda n, v, i: f"{n}: {v}",
    "sama dengan": lambda n, v, i: f"{i}. {n} = {v}",
    "butir": lambda n, v, i: f"- {n} : {v} (Baik)",
    "kode": lambda n, v, i: f"U{i} ({n}) : {v}",
}


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize(("ikm", "verdict"), [("86,92", "cocok"), ("88,92", "mustahil")])
def test_labelled_lines_are_a_table(form: str, ikm: str, verdict: str, tmp_path: Path) -> None:
    rows = [LINES[form](n, v, i) for i, (n, v) in enumerate(zip(NAMES, VALUES, strict=True), 1)]
    hasil = held(tmp_path, ["Hasil SKM Kecamatan A", *rows, f"IKM: {ikm}"])
    assert (hasil.putusan, len(hasil.publikasi.unsur)) == (verdict, 9), hasil.to_text()


@pytest.mark.parametrize(("ikm", "verdict"), [("86,92", "cocok"), ("96,92", "mustahil")])
@pytest.mark.parametrize("form", ["{n} {v}", "{n} ({v})", "U{i} = {v}", "{n} sebesar {v}"])
def test_unsur_in_one_sentence_are_a_table(form: str, ikm: str, verdict: str, tmp_path: Path) -> None:
    told = [form.format(n=n, v=v, i=i) for i, (n, v) in enumerate(zip(NAMES, VALUES, strict=True), 1)]
    hasil = held(tmp_path, [f"Nilai setiap unsur: {', '.join(told)}. Dengan demikian IKM sebesar {ikm}."])
    assert hasil.putusan == verdict, hasil.to_text()


@pytest.mark.parametrize(("men", "women", "code"), [
    ("80", "70", ""), ("80", "90", "profil-melebihi-n"), ("60", "70", "profil-kurang-dari-n"),
])  # fmt: skip
@pytest.mark.parametrize("labels", [("Laki-laki", "Perempuan"), ("Pria", "Wanita"), ("L", "P")])
def test_men_and_women_below_the_table(
    men: str, women: str, code: str, labels: tuple[str, str], tmp_path: Path
) -> None:
    foot = ["Jumlah Responden;150", f"{labels[0]};{men}", f"{labels[1]};{women}"]
    hasil = held(tmp_path, [*TABLE, *foot], "csv")
    assert serious(hasil) == ([code] if code else []), hasil.to_text()
    assert hasil.terbaca, hasil.to_text()


@pytest.mark.parametrize(("grades", "found"), [("ACB", False), ("ABB", True), ("AAB", True)])
@pytest.mark.parametrize("word", [False, True])
def test_the_grade_beside_every_ikm_of_a_list(grades: str, found: bool, word: bool, tmp_path: Path) -> None:
    words = {"A": "Sangat Baik", "B": "Baik", "C": "Kurang Baik"}
    rows = zip(("Dinas A", "Dinas B", "Dinas C"), ("88,40", "76,50", "82,10"), grades, strict=True)
    told = [f"{i};{unit};{ikm};{words[g] if word else g}" for i, (unit, ikm, g) in enumerate(rows, 1)]
    hasil = held(tmp_path, ["No;Unit;Nilai IKM;Kategori", *told], "csv")
    assert serious(hasil) == (["mutu-daftar"] if found else []), hasil.to_text()


def test_a_year_of_another_table_is_held_against_that_table(tmp_path: Path) -> None:
    rows = ["Tahun;IKM;Mutu", "2015;82,10;A", "2016;83,00;A", "2018;83,20;B", "2019;88,40;A"]
    assert not serious(hasil := held(tmp_path, rows, "csv")), hasil.to_text()


@pytest.mark.parametrize("column", [None, 0, 2, 3, 4])
def test_sums_of_counts_and_of_all_answers(column: int | None, tmp_path: Path) -> None:
    """The row that closes counts and totals: each column is the exact sum of the unsur above it."""
    rows = [(*c, sum(level * x for level, x in enumerate(c, 1))) for c in COUNTS]
    sums = [sum(r[j] for r in rows) + (7 if j == column else 0) for j in range(5)]
    table = [
        ";".join([n, *map(str, r), f"{r[4] / 100:.2f}".replace(".", ",")]) for n, r in zip(NAMES, rows, strict=True)
    ]
    lines = ["Unsur;1;2;3;4;Jumlah;NRR", *table, ";".join(["Jumlah", *map(str, sums), ""])]
    hasil = held(tmp_path, lines, "csv")
    assert serious(hasil) == ([] if column is None else ["ikm-jumlah-kolom"]), hasil.to_text()
    assert hasil.publikasi.ikm is None


def test_a_list_of_other_units_is_no_aggregate(tmp_path: Path) -> None:
    """Beside the table of one unit, the IKM of its neighbours does not bound its own."""
    rows = [f"<tr><td>{n}<td>{v}" for n, v in zip(NAMES, VALUES, strict=True)]
    others = "".join(f"<tr><td>Kecamatan {x}<td>{v}" for x, v in (("B", "80,10"), ("C", "81,20"), ("D", "79,90")))
    page = [
        f"<html><table><tr><th>Unsur<th>NRR{''.join(rows)}<tr><td>IKM<td>86,92</table>",
        f"<p>Perbandingan</p><table><tr><th>Kecamatan<th>IKM{others}</table></html>",
    ]
    assert not serious(hasil := held(tmp_path, page, "html")), hasil.to_text()
