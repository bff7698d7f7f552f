"""Every number of one set agrees: Word, HTML, PDF, poster, workbook and JSON are read back and compared."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from lxml import html as lxml_html
from support import office_programs as _kantor

import skm
from skm import report
from skm.basics.numbers import format_decimal
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Paragraph
from skm.report.material.periods import in_words
from skm.report.material.trend import trend_of

UNSUR = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")

FACTS: dict[str, Any] = {
    "unit": "Kecamatan Contoh",
    "instansi": "Kota Contoh",
    "periode": "2024-S2",
    "populasi": 3441,
    "sebelumnya": [{"periode": "2023-S2", "ikm": "87,64", "bobot": "0,111"}],
}


def material(kind: str) -> report.Bahan:
    """Return the material of a set: the example, services, counts only, means only, another weight than before."""
    rows = [{"layanan": "AB"[i % 2], **{f"u{j}": 1 + (i * j + j) % 4 for j in range(1, 10)}} for i in range(64)]
    if kind == "contoh":
        return report.compile(skm.read(skm.contoh()), fakta=FACTS)
    if kind == "layanan":
        return report.compile(rows, fakta=FACTS, u8="sarana")
    if kind == "cacah":
        return report.compile(skm.tally(skm.read(rows, u8="sarana"), by="layanan"), fakta=FACTS)
    if kind == "rata-rata":
        return report.compile(skm.score_means({name: f"3.{i}2" for i, name in enumerate(UNSUR, 1)}, n=120), fakta=FACTS)
    before = [{"periode": "2023-S1", "ikm": "84,10", "bobot": "0,11"}, *FACTS["sebelumnya"]]
    return report.compile(rows, fakta={**FACTS, "sebelumnya": before}, u8="sarana", bobot="3-desimal")


KINDS = [("contoh", "id"), ("contoh", "en"), ("layanan", "id"), ("cacah", "id"), ("rata-rata", "en"),
         ("bobot-berganti", "id")]  # fmt: skip


@pytest.mark.parametrize(("kind", "lang"), KINDS)
def test_one_set_has_one_set_of_numbers(kind: str, lang: str, tmp_path: Path) -> None:
    """Figure, respondents, every unsur's mean and grade, services and trend, in every document of the set."""
    pdftotext = _kantor.need("pdftotext")
    bahan = material(kind)
    files = report.report_files(bahan, hanya=("docx", "html", "xlsx", "json"), nomor_halaman=False, lang=lang)
    done = report.write_set(tmp_path, files)
    report.write_pdf(bahan, tmp_path / "laporan.pdf", cara="typst", lang=lang)
    report.write_poster(bahan, tmp_path / "poster.pdf", lang=lang)
    assert len(done) == 5
    told = json.loads((tmp_path / "hasil.json").read_bytes())["keseluruhan"]

    def written(value: Any) -> str:
        return str(value).replace(".", ",") if lang == "id" else str(value)

    means = {u["kode"]: u["tampil"]["nrr"] if "tampil" in u else None for u in told["unsur"]}
    word = docx.Document(str(tmp_path / "laporan.docx"))
    tables = [[c.text for c in row.cells] for t in word.tables for row in t.rows]
    page = lxml_html.fromstring((tmp_path / "laporan.html").read_text("utf-8"))
    html_rows = [[c.text_content() for c in row.iter("td", "th")] for row in page.iter("tr")]
    printed = {
        name: " ".join(
            subprocess.run(
                [pdftotext, "-layout", str(tmp_path / name), "-"], capture_output=True, text=True, check=True
            ).stdout.split()
        )
        for name in ("laporan.pdf", "poster.pdf")
    }
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "olah_data.xlsx").read_bytes()), data_only=True)
    figure, n = told["ikm"], told["n"]
    for text in (*printed.values(), " ".join(p.text for p in word.paragraphs), page.text_content()):
        assert written(figure) in text
    shown = {row[0]: row for row in tables if len(row) == 7 and row[4] in "ABCD" and re.fullmatch(r"U\d+", row[0])}
    beside = {row[0]: row for row in html_rows if len(row) == 7 and row[4] in "ABCD" and re.fullmatch(r"U\d+", row[0])}
    assert shown == beside
    respondents = "Per Unsur" in book.sheetnames
    rows = book["Per Unsur" if respondents else "Olah Data"].iter_rows(min_row=4, values_only=True)
    sheet = {row[0]: row for row in rows if row[0]}
    for unsur in bahan.hasil.unsur.values():
        mean = f"{unsur.nrr:.3f}"
        assert written(mean) in shown[unsur.kode]
        assert unsur.mutu in shown[unsur.kode]
        assert written(mean) in printed["laporan.pdf"]
        assert sheet[unsur.kode][4 if respondents else -3] == pytest.approx(float(unsur.nrr), abs=1e-12)
        assert not respondents or sheet[unsur.kode][6] == unsur.mutu
    assert float(figure) in {c for row in book["Olah Data"].iter_rows(values_only=True) for c in row}
    assert str(n) in printed["poster.pdf"]
    assert means.keys() == shown.keys()
    _services(
        bahan, tables, html_rows, printed["laporan.pdf"], json.loads((tmp_path / "hasil.json").read_bytes()), lang
    )
    _trend(bahan, tables, html_rows, printed["laporan.pdf"], lang)


def _services(bahan: Any, word: Any, page: Any, pdf: str, told: Any, lang: str) -> None:
    """Name, respondents, figure and grade of every service are one in all."""
    if bahan.per is None:
        assert told["kelompok"] is None
        return
    for group in told["kelompok"]:
        name, ikm = str(group["kelompok"]["layanan"]), group["hasil"]["ikm"]
        shown = [name, str(group["n"]), ikm.replace(".", ",") if lang == "id" else ikm, group["hasil"]["mutu"]]
        assert [row[1:] for row in word if len(row) == 5 and row[1:] == shown], shown
        assert [row[1:] for row in page if len(row) == 5 and row[1:] == shown], shown
        assert " ".join(shown) in pdf


def _trend(bahan: Any, word: Any, page: Any, pdf: str, lang: str) -> None:
    """The figures over periods, under one weight, are those of the trend itself."""
    found = trend_of(bahan)
    assert found is not None
    for point in found.titik:
        figure = format_decimal(point.setara or point.ikm, 2, lang)
        period = in_words(point.periode.label, lang)
        for rows in (word, page):
            assert [row for row in rows if len(row) == 5 and row[0] == period and row[1] == figure], (period, figure)
        assert figure in pdf


def test_chart_and_sentence_of_the_trend_have_the_numbers_of_its_table() -> None:
    """Where weights differ, the chart draws the figures under one weight, and periods are written in words."""
    bahan = material("bobot-berganti")
    found = trend_of(bahan)
    assert found is not None
    assert any(point.setara != point.ikm for point in found.titik)
    dokumen = assemble(bahan)
    chart = next(g for g in dokumen.grafik if g.nama == "tren")
    drawn = {round(float(y), 2) for line in chart.gambar.axes.lines for y in line.get_ydata()}
    told = " ".join(b.teks for b in dokumen.blok if isinstance(b, Paragraph))
    for point in found.titik:
        assert float(point.setara or point.ikm) in drawn
        assert f"{in_words(point.periode.label)} {format_decimal(point.setara or point.ikm, 2)}" in chart.alt
        assert point.periode.label not in told


def test_an_audit_of_our_own_report_finds_nothing() -> None:
    """What we print can be printed by nobody else's rules either."""
    bahan = report.compile(skm.read(skm.contoh()), fakta={**FACTS, "populasi": 900, "sebelumnya": []})
    found = skm.audit(bahan)
    assert [f.kode for f in found.temuan if f.tingkat == "kesalahan"] == []
