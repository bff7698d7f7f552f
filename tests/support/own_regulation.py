"""An office's own regulation as files: another scale, another factor, other unsur, five grades."""

from __future__ import annotations

from pathlib import Path

UNSUR = {
    "pendaftaran": ("Pendaftaran", "Registration"),
    "ruang": ("Ruang Kuliah", "Lecture Rooms"),
    "dosen": ("Dosen", "Lecturers"),
    "pustaka": ("Perpustakaan", "Library"),
    "jaringan": ("Jaringan Internet", "Network"),
    "bimbingan": ("Bimbingan Akademik", "Advising"),
}
_GRADES = (
    ("E", "Sangat Kurang", "Very Poor", "1,00", "1,7996", "20,00", "35,99"),
    ("D", "Kurang", "Poor", "1,80", "2,5996", "36,00", "51,99"),
    ("C", "Cukup", "Fair", "2,60", "3,3996", "52,00", "67,99"),
    ("B", "Baik", "Good", "3,40", "4,1996", "68,00", "83,99"),
    ("A", "Sangat Baik", "Very Good", "4,20", "5,00", "84,00", "100,00"),
)


def write_own_regulation(folder: Path) -> Path:
    """Write a regulation of scale 5, factor 20 and six unsur, and return its path."""
    lines = [
        'id = "kampus-5"',
        'nama = "Peraturan Rektor Nomor 7 Tahun 2025"',
        'judul = "Survei kepuasan layanan kampus"',
        'status = "dibaca"',
        "berlaku_sejak = 2025-01-01",
        'kuesioner = "kampus-5"',
        _source("Pasal 3"),
        "[skala]",
        "terendah = 1",
        "tertinggi = 5",
        "konversi = 20",
        _source("Pasal 4"),
        "[bobot]",
        'cara = "1/x"',
        'tercetak = [{ nilai = "0,167", rujukan = { bagian = "Pasal 5", halaman = "3" } }]',
        _source("Pasal 5"),
        "[pembulatan]",
        "desimal = 2",
        'arah = "setengah-ke-atas"',
        _source("Pasal 6"),
    ]
    for number, (letter, word, english, low, high, below, above) in enumerate(_GRADES, start=1):
        lines += [
            "[[kategori]]",
            f"persepsi = {number}",
            f'mutu = "{letter}"',
            f'kinerja = {{ id = "{word}", en = "{english}" }}',
            f'ni = ["{low}", "{high}"]',
            f'nik = ["{below}", "{above}"]',
            _source("Tabel 1"),
        ]
    for identity, (name, english) in UNSUR.items():
        both = f'{{ id = "{name}", en = "{english}" }}'
        lines += ["[[unsur]]", f'id = "{identity}"', f"nama = {both}", f"pendek = {both}", _source("Pasal 2")]
    order = ", ".join(f'"{identity}"' for identity in UNSUR)
    lines += ["[urutan]", f"daftar = [{order}]", _source("Pasal 2")]
    path = folder / "kampus-5.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _source(part: str) -> str:
    return f'rujukan = {{ bagian = "{part}", halaman = "2" }}'
