"""A question that rates something is no characteristic of a respondent, whatever words of characteristics it holds."""

from __future__ import annotations

import pytest

import skm

UNSUR = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Pengaduan", "Sarana"]
WORDS = ("Tidak baik", "Kurang baik", "Baik", "Sangat baik")
RATINGS = (
    "Secara keseluruhan, bagaimana kepuasan Anda atas layanan yang diterima?",
    "Kepuasan terhadap pelayanan yang diberikan",
    "Kemudahan akses bagi difabel",
    "Sarana ramah disabilitas dan lansia",
    "Kesesuaian pelayanan yang diberikan dengan standar",
    "Keadilan pelayanan tanpa membedakan pekerjaan",
    "Kejelasan informasi pendidikan kesehatan",
    "Perlakuan petugas terhadap semua usia",
    "How satisfied are you with the service received?",
    "Accessibility for people with disability",
)
TRAITS = {
    "Jenis layanan yang diterima saat ini": "layanan",
    "Apakah Anda penyandang disabilitas?": "disabilitas",
    "Pendidikan terakhir Anda": "pendidikan",
    "Pekerjaan utama saat ini (kode)": "pekerjaan",
    "Usia Anda saat ini": "usia",
}


def rows(header: str, cells: tuple[object, ...]) -> list[dict[str, object]]:
    return [{**{u: 3 + (i + j) % 2 for j, u in enumerate(UNSUR)}, header: cells[i % len(cells)]} for i in range(40)]


def role(header: str, cells: tuple[object, ...]) -> tuple[str, str]:
    table = skm.read(rows(header, cells)).account().to_frame()
    line = table[table["kolom"] == header].iloc[0]
    return str(line["peran"]), str(line["arti"])


@pytest.mark.parametrize("cells", [(1, 2, 3, 4), WORDS])
@pytest.mark.parametrize("header", RATINGS)
def test_a_rating_is_left_out_and_told(header: str, cells: tuple[object, ...]) -> None:
    assert role(header, cells)[0] == "tidak-dipakai"


@pytest.mark.parametrize("header", TRAITS)
def test_a_characteristic_in_codes_stays_one(header: str) -> None:
    assert role(header, (1, 2, 3, 4)) == ("ciri", TRAITS[header])
