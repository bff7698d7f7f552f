"""A total that no number of respondents gives is told; a recap of persons prints no person."""

from __future__ import annotations

from pathlib import Path

import pytest

import skm
from skm.cli import run

NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan"]
MEANS = [3.42, 3.35, 3.21, 3.88, 3.40, 3.44, 3.52, 3.77, 3.30]


@pytest.mark.parametrize("wrong", [None, 0, 4, 8])
def test_a_total_of_more_answers_than_respondents(tmp_path: Path, wrong: int | None) -> None:
    """One unsur whose total needs 1,028 answers of 1,000 people, among eight that need 1,000."""
    lines = [
        f"{u};{round(m * 1000) + (90 if i == wrong else 0)};{m:.2f}".replace(".", ",")
        for i, (u, m) in enumerate(zip(NAMES, MEANS, strict=True))
    ]
    path = tmp_path / "p.csv"
    path.write_text("\n".join(["Unsur;Jumlah Nilai;NRR", *lines, "Jumlah responden;1000;"]), "utf-8")
    told = [f.bukti["unsur"] for f in skm.audit(skm.publikasi.load(path)).temuan if f.kode == "grim-total-n"]
    assert told == ([] if wrong is None else [NAMES[wrong]])


@pytest.mark.parametrize("heads", [["Nama Petugas", "HP"], ["Nama Petugas", "NIK"], ["Petugas", "Kontak"]])
def test_a_recap_of_persons_prints_no_number_of_them(
    tmp_path: Path, heads: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    number = "3573014507880001" if "NIK" in heads else "081200445501"
    row = ";".join(f"{m:.2f}".replace(".", ",") for m in MEANS)
    path = tmp_path / "p.csv"
    table = [";".join(["No", *heads, *NAMES, "IKM"]), *(f"{i};Sumarni;{number};{row};86,92" for i in (1, 2))]
    path.write_text("\n".join(table), "utf-8")
    run(["audit", str(path), "--json"])
    told = capsys.readouterr()
    assert number not in told.out + told.err
    assert "Nama Petugas" not in heads or "Sumarni" not in told.out + told.err


@pytest.mark.parametrize("heads", [
    ("Petugas Sumarni", "Petugas Hartono"), ("Sumarni, S.Sos.", "Drs. Hartono"), ("Ibu Sumarni", "Bapak Hartono"),
])  # fmt: skip
def test_columns_of_persons_print_no_person(tmp_path: Path, heads: tuple[str, str]) -> None:
    """Means per clerk side by side: the columns are told by their place."""
    rows = [f"{u};{m:.2f};{m - 0.1:.2f}".replace(".", ",") for u, m in zip(NAMES, MEANS, strict=True)]
    path = tmp_path / "p.csv"
    path.write_text("\n".join([f'Unsur;"{heads[0]}";"{heads[1]}"', *rows]), "utf-8")
    hasil = skm.audit(path)
    told = hasil.to_text() + hasil.to_html() + str(hasil.to_dict()) + repr(hasil.publikasi)
    assert "Sumarni" not in told
    assert "Hartono" not in told


@pytest.mark.parametrize("head", ["Loket", "Unit", "Bagian", "Layanan"])
@pytest.mark.parametrize("titled", ["Dr. H. Hartono, M.Si", "Drs. Hartono", "Hartono, S.Sos.", "Hj. Hartono"])
def test_rows_of_persons_under_another_head_print_no_person(tmp_path: Path, head: str, titled: str) -> None:
    """One name with a title tells that the column holds persons; a hospital named after one does not."""
    row = ";".join(f"{m:.2f}".replace(".", ",") for m in MEANS)
    other = row.replace("3,42", "3,62")
    path = tmp_path / "p.csv"
    lines = [";".join([head, *NAMES, "IKM"]), f"Sumarni Lestari;{row};86,92", f"{titled};{other};75,00"]
    path.write_text("\n".join(lines), "utf-8")
    result = skm.audit(path)
    told = result.to_text() + result.to_html() + str(result.to_dict())
    assert "Sumarni" not in told
    assert "Hartono" not in told
    assert result.codes("kesalahan")
    path.write_text("\n".join([lines[0], f"RSUD dr. Hartono;{row};86,92", f"Puskesmas Timur;{row};80,00"]), "utf-8")
    assert "RSUD dr. Hartono" in skm.audit(path).to_text()


@pytest.mark.parametrize("word", ["Jumlah", "Rata-rata", "Keseluruhan"])
def test_a_total_among_persons_keeps_its_word(tmp_path: Path, word: str) -> None:
    """The row of all is the row of all, though the rows above it are persons."""
    row = ";".join(f"{m:.2f}".replace(".", ",") for m in MEANS)
    path = tmp_path / "p.csv"
    lines = [
        ";".join(["Loket", *NAMES, "IKM"]),
        f"Drs. Hartono;{row};86,92",
        f"Sumarni;{row};86,92",
        f"{word};{row};86,92",
    ]
    path.write_text("\n".join(lines), "utf-8")
    told = skm.audit(path).to_text()
    assert "Hartono" not in told
    assert "Sumarni" not in told
    assert not skm.audit(path).codes("kesalahan")
