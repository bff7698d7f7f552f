"""The published tables through three programs: each PDF reads like the numbers it was made of, or says what it missed.

LibreOffice and Chromium are needed for two of them, typst for the third; merged cells, tables over two pages.
"""

from __future__ import annotations

import html
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing.test_published_results import ROWS, publication
from support.office_programs import convert, need

from skm.auditing.audit import audit

pytest.importorskip("pdfplumber")

Rows = list[tuple[str, str]]
NAMES = ("Persyaratan", "Prosedur", "Waktu penyelesaian", "Biaya/tarif", "Produk layanan", "Kompetensi pelaksana",
         "Perilaku pelaksana")  # fmt: skip
OTHER = {"sarana": "Sarana dan prasarana", "pengaduan": "Penanganan pengaduan"}
FULL = [r for r in ROWS if r["verdict"] and r["printed_ikm"] and r["unsur_scale"] == "1-4" and r["n_unsur"] == "9"][:6]


def lines(row: dict[str, str]) -> Rows:
    names = [*NAMES, *(OTHER.get(row[f"u{i}_element"], f"U{i}") for i in (8, 9))]
    return [(name, row[f"u{i}"].replace(".", ",")) for i, name in enumerate(names, start=1)]


def page(row: dict[str, str]) -> str:
    """A page with a heading merged over the columns, a filler that pushes the table over the page's end, and a foot."""
    body = "".join(
        f"<tr><td>{i}</td><td>{html.escape(name)}</td><td>{value}</td></tr>"
        for i, (name, value) in enumerate(lines(row), start=1)
    )
    return (
        "<html><head><meta charset=utf-8><style>table{border-collapse:collapse}td,th{border:1px solid #000;padding:6px}"
        "p.f{height:760px}</style></head><body><p class=f>Hasil Survei Kepuasan Masyarakat</p><table>"
        "<thead><tr><th colspan=3>Nilai rata-rata unsur</th></tr><tr><th>No</th><th>Unsur</th><th>Nilai</th></tr></thead>"
        f"{body}<tr><td colspan=2>Nilai IKM</td><td>{row['printed_ikm'].replace('.', ',')}</td></tr></table></body></html>"
    )


def by_chromium(row: dict[str, str], folder: Path) -> Path:
    source = folder / "halaman.html"
    source.write_text(page(row), encoding="utf-8")
    path = folder / "chromium.pdf"
    program = need("chromium", "chromium-browser", "google-chrome")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profil'}"]
    subprocess.run(
        [*command, "--no-pdf-header-footer", f"--print-to-pdf={path}", source.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path


def by_libreoffice(row: dict[str, str], folder: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for _ in range(26):
        document.add_paragraph("Uraian.")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Nilai rata-rata unsur"
    foot = ("", "Nilai IKM", row["printed_ikm"].replace(".", ","))
    for cells in (("No", "Unsur", "Nilai"), *((str(i), *pair) for i, pair in enumerate(lines(row), start=1)), foot):
        added = table.add_row()
        for cell, text in zip(added.cells, cells, strict=True):
            cell.text = text
    path = folder / "dokumen.docx"
    document.save(str(path))
    return convert(path, "pdf", folder)


def by_typst(row: dict[str, str], folder: Path) -> Path:
    typst = pytest.importorskip("typst")
    cells = ["table.cell(colspan: 3)[Nilai rata-rata unsur]", "[No]", "[Unsur]", "[Nilai]"]
    for i, (name, value) in enumerate(lines(row), start=1):
        cells += [f"[{i}]", f"[{name}]", f"[{value}]"]
    cells += ["table.cell(colspan: 2)[Nilai IKM]", f"[{row['printed_ikm'].replace('.', ',')}]"]
    source = folder / "tabel.typ"
    source.write_text(f"#v(20cm)\n#table(columns: 3, {', '.join(cells)})", encoding="utf-8")
    path = folder / "typst.pdf"
    path.write_bytes(typst.compile(str(source), root=str(folder)))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("write", [by_typst, by_chromium, by_libreoffice])
@pytest.mark.parametrize("row", FULL[:2], ids=lambda row: row["id"])
def test_a_pdf_reads_like_its_numbers(
    row: dict[str, str], write: Callable[[dict[str, str], Path], Path], tmp_path: Path
) -> None:
    """The verdict is that of the numbers typed in, or the audit says that something was not placed."""
    typed = {"unsur": dict(lines(row)), "ikm": publication(row)["ikm"].replace(".", ",")}
    read, meant = audit(write(row, tmp_path)), audit(typed)
    assert [str(u.nilai) for u in read.publikasi.unsur] == [value for _, value in lines(row)], read.to_text()
    assert read.putusan == meant.putusan, read.to_text()
    assert read.terbaca == meant.terbaca, read.to_text()
