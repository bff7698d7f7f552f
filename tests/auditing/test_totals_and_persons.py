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
