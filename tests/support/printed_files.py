"""Printed tables of results as files, in the layouts that reports have: one writer a layout."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

NAMES = (
    "Persyaratan",
    "Sistem, Mekanisme, dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya/Tarif",
    "Produk Spesifikasi Jenis Pelayanan",
    "Kompetensi Pelaksana",
    "Perilaku Pelaksana",
    "Penanganan Pengaduan, Saran dan Masukan",
    "Sarana dan Prasarana",
)
OWN = ("Maklumat Pelayanan", "Keamanan", "Kenyamanan Ruang Tunggu", "Kualitas Edukasi", "Keramahan Petugas Depan")


@dataclass
class Printed:
    """What a report prints: the unsur with their values as text, the figure, and what stands beside them."""

    unsur: list[tuple[str, str]]
    ikm: str
    mutu: str = ""
    n: int | None = None
    konversi: list[str] = field(default_factory=list)
    harapan: list[str] = field(default_factory=list)
    persen: list[str] = field(default_factory=list)
    kosong: bool = False
    unit: str = "Dinas Contoh"


def rows(p: Printed, *, numbers: bool = True) -> list[list[str]]:
    """Return the table with one row per unsur, its header and its foot."""
    head = (["No"] if numbers else []) + ["Unsur Pelayanan"]
    if p.harapan:
        head.append("Nilai Harapan")
    head.append("Nilai Kinerja" if p.harapan else "Nilai Rata-rata")
    if p.konversi:
        head.append("Nilai Konversi")
    if p.persen:
        head.append("Persentase")
    table = [head]
    for i, (name, value) in enumerate(p.unsur):
        row = ([str(i + 1)] if numbers else []) + [name]
        row += [p.harapan[i]] if p.harapan else []
        row += [value]
        row += [p.konversi[i]] if p.konversi else []
        row += [p.persen[i]] if p.persen else []
        table.append(row)
    at = 1 if numbers else 0
    foot: list[list[str]] = [["Nilai IKM", p.ikm]]
    if p.mutu:
        foot.append(["Mutu Pelayanan", p.mutu])
    if p.n:
        foot.append(["Jumlah Responden", str(p.n)])
    width = len(head)
    for label, value in foot:
        row = [""] * width
        row[at], row[at + 1 + bool(p.harapan)] = label, value
        table.append(row)
    if p.kosong:
        table.insert(len(p.unsur) + 1, [""] * width)
    return table


def csv_down(p: Printed, folder: Path) -> Path:
    path = folder / "tabel.csv"
    path.write_text("\n".join(";".join(row) for row in rows(p)), encoding="utf-8")
    return path


def csv_comma(p: Printed, folder: Path) -> Path:
    path = folder / "koma.csv"
    lines = [",".join(f'"{cell}"' if cell else "" for cell in row) for row in rows(p, numbers=False)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def workbook_down(p: Printed, folder: Path) -> Path:
    """Number cells with a number format, a title above and a second sheet with notes."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"HASIL SURVEI KEPUASAN MASYARAKAT {p.unit.upper()}"])
    sheet.append([])
    for row in rows(p):
        sheet.append([None] * len(row))
        for c, cell in enumerate(row, start=1):
            place = sheet.cell(sheet.max_row, c)
            text = cell.replace(",", ".")
            if c > 1 and text.replace(".", "", 1).isdigit():
                decimals = len(text.split(".")[1]) if "." in text else 0
                place.value = float(text)
                place.number_format = "0." + "0" * decimals if decimals else "0"
            elif cell:
                place.value = int(cell) if cell.isdigit() else cell
    notes = book.create_sheet("Keterangan")
    notes.append(["Survei dilaksanakan oleh unit penyelenggara."])
    path = folder / "tabel.xlsx"
    book.save(path)
    return path


def workbook_across(p: Printed, folder: Path) -> Path:
    """One column per unsur, rows of statistics, the figure below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Unsur", *[name for name, _ in p.unsur]])
    if p.harapan:
        sheet.append(["Harapan", *p.harapan])
    sheet.append(["NRR per unsur", *[value for _, value in p.unsur]])
    if p.konversi:
        sheet.append(["Nilai konversi", *p.konversi])
    sheet.append(["IKM Unit Pelayanan", p.ikm])
    if p.mutu:
        sheet.append(["Mutu Pelayanan", p.mutu])
    if p.n:
        sheet.append(["Jumlah responden", p.n])
    path = folder / "mendatar.xlsx"
    book.save(path)
    return path


def recap(p: Printed, folder: Path) -> Path:
    """Units in rows; the figure of the second unit is right by construction."""
    head = ["No", "OPD", *[name.replace(",", "") for name, _ in p.unsur], "Jumlah Responden", "Nilai IKM", "Mutu"]
    row = ["1", p.unit, *[v for _, v in p.unsur], str(p.n or ""), p.ikm, p.mutu]
    other = ["2", "Dinas Lain", *["3,00"] * len(p.unsur), "50", "75,00", "C"]
    path = folder / "rekap.csv"
    path.write_text("\n".join(";".join(cells) for cells in (head, row, other)), encoding="utf-8")
    return path


def word(p: Printed, folder: Path) -> Path:
    """A table in Word, the figure in a sentence below it."""
    import docx

    document = docx.Document()
    document.add_paragraph(f"Hasil pengolahan data {p.unit} disajikan pada tabel berikut.")
    body = rows(p)
    body = [row for row in body if row[1] not in ("Nilai IKM", "Mutu Pelayanan", "Jumlah Responden")]
    table = document.add_table(rows=len(body), cols=len(body[0]))
    for i, row in enumerate(body):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    word_of = f" dengan mutu pelayanan {p.mutu}" if p.mutu else ""
    who = f" dari {p.n} responden" if p.n else ""
    document.add_paragraph(f"Berdasarkan tabel tersebut, nilai IKM{who} adalah sebesar {p.ikm}{word_of}.")
    path = folder / "laporan.docx"
    document.save(str(path))
    return path


def page(p: Printed, folder: Path) -> Path:
    """HTML with a merged header and a foot whose label covers two columns."""
    body = rows(p)
    lines = ["<html><body><h2>Hasil SKM</h2><table border=1>"]
    lines.append(f"<tr><th colspan={len(body[0])}>Nilai Unsur {p.unit}</th></tr>")
    lines.append("<tr>" + "".join(f"<th>{cell}</th>" for cell in body[0]) + "</tr>")
    for row in body[1:]:
        if row[1] in ("Nilai IKM", "Mutu Pelayanan", "Jumlah Responden"):
            cells = [f"<td colspan=2>{row[1]}</td>", *[f"<td>{cell}</td>" for cell in row[2:]]]
        else:
            cells = [f"<td>{cell}</td>" for cell in row]
        lines.append("<tr>" + "".join(cells) + "</tr>")
    path = folder / "hasil.html"
    path.write_text("\n".join([*lines, "</table></body></html>"]), encoding="utf-8")
    return path


def layout_text(p: Printed, folder: Path) -> Path:
    """Text with columns of spaces, as `pdftotext -layout` writes it."""
    body = rows(p)
    widths = [max(len(row[c]) for row in body) + 3 for c in range(len(body[0]))]
    lines = ["Tabel 3. Nilai Unsur", ""]
    lines += ["   " + "".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in body]
    path = folder / "salinan.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


LAYOUTS: dict[str, Callable[[Printed, Path], Path]] = {
    "csv": csv_down,
    "koma": csv_comma,
    "xlsx": workbook_down,
    "mendatar": workbook_across,
    "rekap": recap,
    "word": word,
    "html": page,
    "teks": layout_text,
}


def decorate(rng: random.Random, p: Printed, places: int) -> Printed:
    """Add what real tables have beside the values: own names, a blank row, expectations, percentages."""
    if rng.random() < 0.4:
        free = [name for name in OWN if name not in {known for known, _ in p.unsur}]
        rng.shuffle(free)
        for i in rng.sample(range(len(p.unsur)), k=min(len(free), rng.choice((1, 1, 2)), len(p.unsur) - 3)):
            p.unsur[i] = (free.pop(), p.unsur[i][1])
    p.kosong = rng.random() < 0.15
    if rng.random() < 0.2:
        p.harapan = [f"{rng.uniform(3.2, 4):.{places}f}".replace(".", ",") for _ in p.unsur]
    if rng.random() < 0.2:
        p.persen = [f"{rng.uniform(5, 20):.1f} %".replace(".", ",") for _ in p.unsur]
    return p
