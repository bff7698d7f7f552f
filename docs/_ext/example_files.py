"""One example file for each shape that answers come in: what the pictures show, what the commands on the page read.

``python docs/_ext/example_files.py FOLDER`` writes them, to try the commands of the documentation by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Rows = list[list[Any]]
U = [f"U{i}" for i in range(1, 10)]
NAMES = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan"]
QUESTIONS = [
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
    "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
    "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
]
LABELS = [
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
    ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ("Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
]
PEOPLE = 8


@dataclass(frozen=True)
class Shape:
    """A shape of files: what it looks like, the command that reads it, what has to be said about it."""

    name: str
    title: str
    file: str
    rows: Rows
    command: str
    layout: str = ""
    note: str = ""
    merge: Sequence[str] = ()
    more: dict[str, Rows] = field(default_factory=dict)  # further sheets, or further files with an ending in the name


def answer(person: int, question: int) -> int:
    """Return an answer 2-4."""
    return 2 + (person * person + 5 * question + person * question // 2) % 3


def people() -> Rows:
    """Return the answers of every respondent."""
    return [[answer(k, i) for i in range(9)] for k in range(PEOPLE)]


def shapes() -> list[Shape]:
    """Return every shape, the most frequent first."""
    got = people()
    sums = [sum(row[i] for row in got) for i in range(9)]
    means = [round(s / PEOPLE, 3) for s in sums]
    stamps = [f"{13 + k:02d}/07/2026 9:{15 + k}:22" for k in range(PEOPLE)]
    worded = [[LABELS[i][v - 1] for i, v in enumerate(row)] for row in got]
    counts = [[sum(row[i] == v for row in got) for v in (1, 2, 3, 4)] for i in range(9)]
    units = ["Dinas A", "Dinas B", "Dinas C"]
    return [
        Shape("rapi", "Satu baris per responden, judul U1 sampai U9", "rapi.xlsx",
              [["No", "Jenis Kelamin", "Layanan", *U], *([k + 1, "LP"[k % 2], ["KTP", "KK"][k % 2], *r] for k, r in enumerate(got))],
              "skm hitung rapi.xlsx", "tabel-rapi",
              "Judul boleh juga A1, Q1, Unsur 1, atau nama unsurnya. Judul yang hanya U8 dan U9: lihat [U8 atau U9](u8-atau-u9.md)."),
        Shape("olah-data", "Lembar olah data SKM (templat Excel yang beredar)", "olah-data.xlsx",
              [["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT"], [], ["NO. RESP", "NILAI UNSUR PELAYANAN"], [None, *U],
               *([k + 1, *r] for k, r in enumerate(got)),
               ["ΣNilai/Unsur", *sums], ["NRR/Unsur", *means], ["NRR tertbg/unsur", *(round(m / 9, 3) for m in means)],
               ["IKM Unit pelayanan", *[None] * 8, round(sum(means) / 9 * 25, 2)]],
              "skm hitung olah-data.xlsx", "olah-data",
              "Blok jumlah, NRR dan IKM di bawah dibandingkan dengan jawabannya dan tidak dihitung sebagai responden.",
              ("A1:J1", "A3:A4", "B3:J3")),
        Shape("lembar-data", "Lembar data A1 sampai A9 dengan kelompok umur", "lembar-data.xlsx",
              [["Nomor Responden", "Kelompok Umur", "Jenis Kelamin", *(f"A{i}" for i in range(1, 10))],
               *([k + 1, 1 + k % 5, "LP"[k % 2], *r] for k, r in enumerate(got))],
              "skm hitung lembar-data.xlsx", "lembar-data",
              "Kode kelompok umur 1-5 dibaca menurut kuesioner peraturan, dan hal itu dikatakan."),
        Shape("templat-unggah", "Templat unggah: PROFIL dan NILAI UNSUR PELAYANAN", "templat-unggah.xlsx",
              [["NO. RESPONDEN", "PROFIL", *[None] * 3, "NILAI UNSUR PELAYANAN"],
               [None, "JENIS KELAMIN", "USIA", "PENDIDIKAN", "JENIS LAYANAN", *U],
               *([k + 1, "LP"[k % 2], 21 + 4 * k, ["SMA", "S1"][k % 2], "Akta", *r] for k, r in enumerate(got))],
              "skm hitung templat-unggah.xlsx", "templat-unggah", "", ("A1:A2", "B1:E1", "F1:N1")),
        Shape("formulir-google", "Ekspor Google Forms", "formulir-google.xlsx",
              [["Cap waktu", "Jenis Kelamin Anda", *QUESTIONS], *([stamps[k], ["Laki-laki", "Perempuan"][k % 2], *r] for k, r in enumerate(worded))],
              "skm hitung formulir-google.xlsx --periode 2026-S2", "formulir-google",
              "Pertanyaan dikenali dari kalimatnya, jawaban dari label resminya. Label lain: [Kata-kata jawaban saya lain](kata-kata-jawaban.md). Berkas .zip seperti diunduh juga dibaca."),
        Shape("formulir-microsoft", "Ekspor Microsoft Forms", "formulir-microsoft.xlsx",
              [["ID", "Start time", "Completion time", *QUESTIONS],
               *([k + 1, f"7/{13 + k}/2026 9:{15 + k}:22", f"7/{13 + k}/2026 9:{25 + k}:40", *r] for k, r in enumerate(worded))],
              "skm hitung formulir-microsoft.xlsx", "formulir-microsoft"),
        Shape("puas", "Jawaban dengan kata-kata lain", "puas.csv",
              [["No", *NAMES], *([k + 1, *(["Tidak puas", "Kurang puas", "Puas", "Sangat puas"][v - 1] for v in r)] for k, r in enumerate(got))],
              "skm hitung puas.csv --label puas", "tabel-rapi",
              "Urutan kata tidak ditebak; rangkaian yang dikenal disebut namanya. Lihat [Kata-kata jawaban saya lain](kata-kata-jawaban.md)."),
        Shape("panjang", "Satu baris per jawaban (dari basis data aplikasi)", "panjang.csv",
              [["id_responden", "unsur", "nilai"], *([f"r{k + 1}", NAMES[i].lower(), v] for k, r in enumerate(got) for i, v in enumerate(r))],
              "skm hitung panjang.csv", "panjang",
              "Bila pertanyaannya hanya bernomor, beri tabelnya: `--daftar-pertanyaan pertanyaan.csv`."),
        Shape("padat", "Semua jawaban dalam satu sel", "padat.csv",
              [["id", "jawaban"], *([k + 1, ",".join(map(str, r))] for k, r in enumerate(got))],
              "skm hitung padat.csv", "padat", "Urutannya dianggap urutan unsur peraturan, dan itu dikatakan."),
        Shape("miring", "Responden berjajar ke samping", "miring.xlsx",
              [["Unsur", *(f"R{k + 1}" for k in range(PEOPLE))], *([NAMES[i], *(row[i] for row in got)] for i in range(9))],
              "skm hitung miring.xlsx", "", "Lembar yang terputar dikenali dan dibaca sebagai responden."),
        Shape("cacah", "Tabel cacah: banyaknya jawaban tiap unsur", "cacah.csv",
              [["Unsur", "1", "2", "3", "4"], *([NAMES[i], *counts[i]] for i in range(9))],
              "skm hitung cacah.csv", "tabel-cacah",
              "Persentase tidak dapat dipakai: persen yang dibulatkan tidak kembali menjadi cacah dengan pasti."),
        Shape("lembar-banyak", "Satu buku kerja, satu lembar per layanan", "lembar-banyak.xlsx",
              [["No", *NAMES], *([k + 1, *r] for k, r in enumerate(got))],
              "skm hitung lembar-banyak.xlsx --unit-dari lembar --per unit", "",
              "Satu lembar saja: `--lembar KTP`.",
              more={"KK": [["No", *NAMES], *([k + 1, *r] for k, r in enumerate(got[:6]))]}),
        Shape("folder", "Banyak berkas, satu per unit", "unit-a.csv",
              [NAMES, *got], 'skm hitung "unit-*.csv" --unit-dari nama-berkas --per unit', "tabel-rapi",
              "Berkas campuran dari banyak unit (Word, PDF, Excel): [kompilasi](kompilasi-kota.md).",
              more={"unit-b.csv": [NAMES, *got[:7]]}),
        Shape("skala-lima", "Kuesioner berskala lima", "lima.csv",
              [NAMES, *([1 + (k + i) % 5 for i in range(9)] for k in range(10))],
              "skm hitung lima.csv --konversi 5-linear", "tabel-rapi",
              "Konversinya pilihan Anda dan tercetak bersama hasilnya: [Kuesioner berskala lima](skala-lima.md)."),
        Shape("rekap", "Rekap: satu baris per unit, sudah diolah", "rekap.csv",
              [["NO", "OPD", *U, "SAMPEL", "NILAI IKM", "KATEGORI"],
               *([j + 1, unit, *(f"{3.2 + 0.05 * i + 0.1 * j:.2f}".replace(".", ",") for i in range(9)), 120 + j,
                  f"{(3.4 + 0.1 * j) * 25:.2f}".replace(".", ","), "BA"[j > 1]] for j, unit in enumerate(units))],
              "skm audit rekap.csv", "rekap",
              "Ini angka jadi, bukan jawaban: ditelaah, atau dikumpulkan dengan `skm rekap`."),
        Shape("tabel-nilai", "Tabel nilai: satu baris per unsur, sudah diolah", "tabel-nilai.csv",
              [["No", "Unsur Pelayanan", "Nilai Rata-rata"], *([i + 1, NAMES[i], f"{means[i]:.3f}".replace(".", ",")] for i in range(9))],
              "skm audit tabel-nilai.csv", "tabel-nilai",
              "IKM dari rata-rata jadi: `skm.score_means({...}, n=...)`."),
        Shape("amplop", "JSON dari aplikasi", "amplop.json",
              [["jumlah", "[1, 2, 3, 4]"], ["persyaratan", "[0, 0, 118, 69]"], ["prosedur", "[0, 6, 93, 88]"]],
              "skm hitung amplop.json --json", "",
              "Lihat [Untuk pengembang aplikasi](../belajar/aplikasi.md)."),
    ]  # fmt: skip


def write_all(folder: Path) -> dict[str, Path]:
    """Write every file; name of the shape -> its path."""
    written = {}
    for shape in shapes():
        path = folder / shape.file
        if path.suffix == ".json":
            counts = {row[0]: json.loads(row[1]) for row in shape.rows[1:]}
            path.write_text(json.dumps({"jumlah": counts, "populasi": 3441}), encoding="utf-8")
        elif path.suffix == ".csv":
            _write_text(path, shape.rows)
            for name, rows in shape.more.items():
                _write_text(folder / name, rows)
        else:
            _write_book(path, shape)
        written[shape.name] = path
    return written


def page() -> str:
    """Return the page "File saya seperti ini"; ``scripts/docs_pictures.py`` writes it, a test holds it up to date."""
    lines = [
        "# File saya seperti ini",
        "",
        "Tata letak dikenali dari isinya, bukan dari nama berkasnya. Cari gambar yang mirip, jalankan perintahnya.",
        "Yang terbaca sebagai apa ditunjukkan `skm periksa BERKAS`; tanpa mengetik, jatuhkan berkasnya pada halaman",
        "`skm layani`. Format .xlsx, .xlsm, .xls, .ods, .csv, .tsv, .parquet, .sav, .dta dan .zip dibaca semuanya.",
        "Uraian setiap tata letak: [Tata letak yang dibaca](../tata-letak.md).",
        "",
    ]
    for shape in shapes():
        lines += [f"## {shape.title}", "", f"![{shape.title}](../_static/tata-letak/{shape.name}.png)", ""]
        lines += ["```console", f"$ {shape.command}", "```", ""]
        lines += [shape.note, ""] if shape.note else []
    lines += [
        "## Tidak ada yang mirip",
        "",
        "- Tanpa baris judul: sisipkan satu baris judul di atas datanya (No, U1, ..., U9).",
        "- Dump `.sql`, PDF, foto: lihat [kodenya](../dibuat/kode.md); setiap penolakan mengatakan langkah yang bisa.",
        "- Kolom yang tidak dipahami: buat peta lalu isi, `skm petakan rapi.xlsx --out peta.toml`.",
        "",
        "```console",
        "$ skm periksa rapi.xlsx",
        "$ skm petakan rapi.xlsx --out peta.toml",
        "```",
    ]
    return "\n".join(lines) + "\n"


def _write_text(path: Path, rows: Rows) -> None:
    # A comma inside a cell (all answers in one) is no mark between columns; offices separate by semicolons.
    path.write_text("\n".join(";".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")


def _write_book(path: Path, shape: Shape) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first = book.worksheets[0]
    first.title = "KTP" if shape.more else "Data"
    for row in shape.rows:
        first.append(row)
    for cells in shape.merge:
        first.merge_cells(cells)
    for name, rows in shape.more.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    sys.stdout.write("\n".join(sorted(write_all(target))) + "\n")
