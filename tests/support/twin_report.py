"""A report as offices write them, with the published numbers of one and our own words: text, Word, HTML, PDF."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

Table = list[list[str]]
Part = str | Table

NAMES = ("Persyaratan", "Sistem, mekanisme dan prosedur", "Waktu penyelesaian", "Biaya/tarif",
         "Produk spesifikasi jenis pelayanan", "Kompetensi pelaksana", "Perilaku pelaksana", "Sarana dan prasarana",
         "Penanganan pengaduan, saran dan masukan")  # fmt: skip
VALUES = ("3,47", "3,35", "3,63", "3,72", "3,46", "3,48", "3,58", "3,72", "3,74")
GRADES = "BBAABBAAA"
PERSON, NIK = "Sutarmi Wulandari", "3574021203880004"
SAMPLE = ((10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (3000, 341), (3500, 346))

PARTS: list[Part] = [
    "LAPORAN SURVEI KEPUASAN MASYARAKAT",
    "Kecamatan Wonoasih, Kota Probolinggo",
    "Semester II Tahun 2024",
    "BAB II PENGUMPULAN DATA",
    "Survei dilaksanakan pada bulan Juli sampai dengan Oktober 2024.",
    "Populasi diperkirakan sebanyak 3.441 pengguna layanan dalam satu tahun.",
    "Dengan tabel Krejcie dan Morgan, sampel minimum yang diperlukan adalah 341 responden.",
    [["Populasi (N)", "Sampel (n)"], *[[str(a), str(b)] for a, b in SAMPLE]],
    "BAB III HASIL PENGOLAHAN DATA",
    "Kuesioner yang terkumpul berasal dari 341 responden.",
    [["No", "Karakteristik", "Indikator", "Jumlah", "Persentase"],
     ["1", "Jenis Kelamin", "Laki-laki", "178", "52,20%"],
     ["", "", "Perempuan", "163", "47,80%"],
     ["2", "Pendidikan", "SD ke bawah", "105", "30,79%"],
     ["", "", "SLTP", "69", "20,23%"],
     ["", "", "SLTA", "148", "43,40%"],
     ["", "", "D-I/D-III/D-IV/S1", "19", "5,57%"],
     ["", "", "S-2 ke atas", "0", "0%"],
     ["3", "Pekerjaan", "PNS/TNI/POLRI", "11", "3,23%"],
     ["", "", "Pegawai swasta", "58", "17,01%"],
     ["", "", "Wiraswasta/usahawan", "91", "26,63%"],
     ["", "", "Pelajar/mahasiswa", "24", "7,04%"],
     ["", "", "Lainnya", "157", "46,04%"],
     ["4", "Usia", "< 20 th", "18", "5,28%"],
     ["", "", "20-29 th", "62", "18,18%"],
     ["", "", "30-39 th", "83", "24,34%"],
     ["", "", "40-49 th", "82", "24,05%"],
     ["", "", "> 50 th", "96", "28,15%"],
     ["5", "Jenis Layanan", "Layanan kecamatan", "56", "16,42%"],
     ["", "", "Layanan kelurahan", "285", "83,58%"]],
    "Nilai setiap unsur tersaji pada tabel berikut.",
    [["Kode", "Unsur Pelayanan", "Nilai Rata-rata", "Kategori"],
     *[[f"U{i}", name, value, grade] for i, (name, value, grade) in enumerate(zip(NAMES, VALUES, GRADES, strict=True), 1)],
     ["", "IKM Unit Layanan", "94,17", "Sangat Baik"]],
    "BAB IV ANALISIS",
    "Unsur dengan nilai terendah adalah Prosedur dengan nilai 3,35.",
    "Selanjutnya Perilaku pelaksana dengan nilai 3,58 menjadi yang terendah kedua, disusul Jangka Waktu dengan nilai 3,63.",
    "Unsur dengan nilai tertinggi adalah Pengaduan dengan nilai 3,74, berikutnya Biaya/tarif 3,72 dan Sarpras 3,72.",
    "Perbaikan diprioritaskan pada unsur yang nilainya terendah.",
    "Prioritas perbaikan dimulai dari unsur terendah sebagaimana rencana di bawah ini.",
    [["No", "Prioritas Unsur", "Kegiatan", "TW I", "TW II", "TW III", "TW IV", "Penanggung Jawab"],
     ["1", "Waktu penyelesaian", "Mengenalkan pendaftaran daring", "v", "v", "v", "", "Seksi Pelayanan"],
     ["", "", "Menambah loket layanan", "", "", "", "v", "Seksi Pelayanan"],
     ["2", "Prosedur pelayanan", "Memantau dan menilai prosedur", "v", "v", "", "", "Bagian Organisasi"],
     ["3", "Perilaku petugas", "Melatih petugas", "", "", "", "v", "Seksi Pelayanan"]],
    "Nilai IKM meningkat terus pada tahun 2020 sampai dengan 2023.",
    "Realisasi IKM tahun 2023 sebesar 94,15 dan tahun 2024 sebesar 94,17.",
    "Target IKM tahun ini sebesar 94,14 dengan realisasi 94,17 atau capaian 100,03 % sehingga target tercapai.",
    "Forum Konsultasi Publik (FKP) diselenggarakan pada tanggal 4 Oktober 2024.",
    "BAB V KESIMPULAN",
    "Pelaksanaan survei pada periode Juni sampai dengan Oktober 2024 menghasilkan nilai IKM 94,17 dengan kategori Sangat Baik.",
    "Probolinggo, 14 Oktober 2024",
    f"Camat Wonoasih, {PERSON}, NIP {NIK}",
    "LAMPIRAN",
    "Berita acara FKP: pada hari Senin tanggal 14 Oktober 2024 dilaksanakan konsultasi publik.",
    f"Saran: Bu {PERSON} di loket perlu lebih ramah, hubungi 081234567890.",
]  # fmt: skip


def as_text(folder: Path, parts: Sequence[Part] = PARTS) -> Path:
    """Text with columns of spaces, as `pdftotext -layout` gives it."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [part, ""]
            continue
        widths = [max(len(row[c]) for row in part) + 3 for c in range(len(part[0]))]
        lines += ["".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in part]
        lines.append("")
    path = folder / "laporan.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def as_word(folder: Path, parts: Sequence[Part] = PARTS) -> Path:
    import docx

    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for i, row in enumerate(part):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    path = folder / "laporan.docx"
    document.save(str(path))
    return path


def as_page(folder: Path, parts: Sequence[Part] = PARTS) -> Path:
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(f"<p>{html.escape(part)}</p>")
        else:
            rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in part]
            body.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    path = folder / "laporan.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><body>{''.join(body)}</body>", encoding="utf-8")
    return path


def as_pdf(folder: Path, *, ruled: bool = True, parts: Sequence[Part] = PARTS) -> Path:
    """A PDF by typst, with ruled tables or with none."""
    import typst

    lines = ['#set page(paper: "a4", margin: 2cm)', "#set text(size: 10pt)"]
    for part in parts:
        if isinstance(part, str):
            lines += [f"#par[#{_quoted(part)}]"]
        else:
            cells = ", ".join(f"[#{_quoted(cell)}]" for row in part for cell in row)
            stroke = "0.5pt" if ruled else "none"
            lines.append(f"#table(columns: {len(part[0])}, stroke: {stroke}, {cells})")
    source = folder / "laporan.typ"
    source.write_text("\n\n".join(lines), encoding="utf-8")
    path = folder / ("laporan.pdf" if ruled else "laporan-tanpa-garis.pdf")
    path.write_bytes(typst.compile(str(source), root=str(folder)))
    return path


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
