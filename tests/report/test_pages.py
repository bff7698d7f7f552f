"""Pages are filled: none is half empty but the last of a chapter, and no chapter ends with a few lines on a page."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.page_fill import short_pages

import skm
from skm import report
from skm.basics.table import Table, TableColumn
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Bullets, Contents, Cover, Document, Heading, PageBreak, Paragraph, TableBlock
from skm.report.render import docx, office, typst
from skm.report.render.block_heights import PAGE, height
from skm.report.render.page_bonds import LEAST, MOST, bound

FACTS: dict[str, Any] = {
    "unit": "Kecamatan Contoh",
    "instansi": "Pemerintah Kota Contoh",
    "periode": "Semester I Tahun 2026",
    "populasi": 3441,
    "kop": "PEMERINTAH KOTA CONTOH | KECAMATAN CONTOH | Jalan Contoh Nomor 1",
    "fkp_tempat": "Aula kecamatan",
    "latar_belakang": "Sejak 2025 sebagian layanan dipindahkan ke unit ini.",
    "tim": [{"peran": role, "jabatan": "Kepala Seksi"} for role in ("Pengarah", "Ketua", "Anggota", "Anggota")],
    "jadwal": [{"kegiatan": f"Tahap {i}", "waktu": "Juli 2026", "hari_kerja": 8} for i in range(1, 5)],
    "rtl": [
        {"unsur": unsur, "kegiatan": f"Memperbaiki {unsur.lower()}", "tw1": "v", "penanggung_jawab": "Seksi Pelayanan"}
        for unsur in ("Waktu", "Prosedur", "Perilaku")
    ],
    "sebelumnya": [{"periode": f"{year}-S{half}", "ikm": "87,64"} for year in (2024, 2025) for half in (1, 2)],
    "tindak_lanjut": [{"rencana": "Menambah loket", "status": "sudah"}],
    "fkp": [{"pokok": "Alur pelayanan", "kesepakatan": "Disederhanakan"}],
}


def answers(n: int, services: int, unsur: int = 9) -> list[dict[str, Any]]:
    """Made-up respondents of so many services."""
    chance = random.Random(services)
    return [
        {
            "Jenis Kelamin": chance.choice(("Laki-laki", "Perempuan")),
            "Usia": chance.randint(17, 75),
            "Pendidikan": chance.choice(("SD", "SMP", "SMA", "S1", "S2")),
            "Pekerjaan": chance.choice(("PNS", "Swasta", "Wiraswasta", "Pelajar", "Petani")),
            **({"Jenis Layanan": f"Layanan nomor {i % services + 1}"} if services else {}),
            **{f"U{u}": chance.choice((2, 3, 3, 4)) for u in range(1, unsur + 1)},
        }
        for i in range(n)
    ]


@cache
def material(name: str) -> report.Bahan:
    """The example bare and with facts, reports without services, with twelve and with forty, of fourteen unsur."""
    if name == "contoh":
        return report.compile(skm.read(skm.contoh()), unit="Kecamatan Contoh", periode="2024-S2", population=3441)
    if name == "contoh-fakta":
        return report.compile(skm.read(skm.contoh()), fakta={**FACTS, "periode": "2024-S2", "sebelumnya": []})
    services, unsur = {"satu": (0, 9), "dua-belas": (12, 9), "empat-puluh": (40, 9), "banyak-unsur": (3, 14)}[name]
    if unsur == 14:
        rows = [{f"u{i}": 2 + (i * j) % 3 for i in range(1, 15)} | {"layanan": "ABC"[j % 3]} for j in range(60)]
        return report.compile(rows, fakta=FACTS, regulasi="kepmenpan-25-2004")
    return report.compile(answers(400, services), fakta=FACTS, u8="sarana")


NAMES = ("contoh", "contoh-fakta", "satu", "dua-belas", "empat-puluh")


def beginnings(dokumen: Document) -> list[str]:
    """The headings of level 1."""
    return [b.lengkap for b in dokumen.blok if isinstance(b, Heading) and b.tingkat == 1]


SOME = [pytest.param(n, marks=() if n in ("contoh", "empat-puluh") else pytest.mark.whole) for n in NAMES]


@pytest.mark.parametrize("name", SOME)
def test_typst_fills_its_pages(name: str) -> None:
    """Every page of the PDF by typst."""
    pytest.importorskip("typst")
    dokumen = assemble(material(name))
    assert short_pages(typst.render(dokumen), beginnings(dokumen)) == []


@pytest.mark.parametrize(
    "name", ["contoh-fakta", *(pytest.param(n, marks=pytest.mark.whole) for n in NAMES if n != "contoh-fakta")]
)
def test_libreoffice_fills_its_pages(name: str) -> None:
    """Every page of the Word document as LibreOffice lays it out."""
    if office.libreoffice() is None:
        pytest.skip("LibreOffice is not installed")
    dokumen = assemble(material(name))
    content = office.libreoffice_pdf(docx.document(dokumen, nomor_halaman=False))
    assert content is not None
    assert short_pages(content, beginnings(dokumen)) == []


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["typst", "libreoffice"])
@pytest.mark.parametrize(
    "path",
    [
        "kantor/02_google_form_3_semester.xlsx",
        "kantor/04_sheet_per_layanan.xlsx",
        "kantor/07_jawaban_berantakan.xlsx",
        "kantor/15_rekap_cacah.xlsx",
        "jepara-mpp-2021/respons_wide.csv",
        "sekadau-2019-s1/respons.csv",
        "kemenag-sulbar-tw3/per_unsur_frekuensi.csv",
    ],
)
def test_reports_of_real_files_fill_their_pages(shared_data: Path, path: str, engine: str) -> None:
    """Bare reports of files that nobody laid out."""
    options: dict[str, Any] = {"unit": "lembar"} if "sheet_per" in path else {}
    survei = skm.read(shared_data / path, u8="sarana", **options)
    dokumen = assemble(
        report.compile(survei, unit="Unit", periode="2021" if "jepara" in path else "2026-S1", population=5000)
    )
    render = (
        typst.render if engine == "typst" else lambda d: office.libreoffice_pdf(docx.document(d, nomor_halaman=False))
    )
    assert short_pages(render(dokumen) or b"", beginnings(dokumen)) == []


@pytest.mark.parametrize(
    ("name", "outline"),
    [
        ("contoh-fakta", "upp-2023"),
        ("dua-belas", "per-layanan-2025"),
        ("empat-puluh", "upp-2023"),
        ("banyak-unsur", "upp-2023"),
        *(pytest.param(n, o, marks=pytest.mark.whole) for n in NAMES for o in ("upp-2023", "per-layanan-2025")),
    ],
)
def test_what_stays_together_is_never_too_high(name: str, outline: str) -> None:
    """No chain of blocks is higher than two fifths of a page, whatever lays it out."""
    blok = bound(assemble(material(name), outline)).blok
    dokumen = Document("", "id", blok)
    chain = 0.0
    for b in blok:
        if isinstance(b, (Contents, Cover)):
            continue
        own = height(b, dokumen)
        if isinstance(b, TableBlock) and not b.utuh:
            own = min(own, 4.0)  # caption, head and two rows
        if isinstance(b, Bullets) and not b.lekat:
            own = min(own, 1.0)  # an item
        chain += own
        assert chain <= 0.42 * PAGE, (b, chain)
        if not (isinstance(b, Heading) or getattr(b, "lekat", False) or getattr(b, "gaya", "") in ("tebal", "tengah")):
            chain = 0.0


def test_the_end_of_a_chapter_holds_together() -> None:
    """Of a long chapter the last five centimetres; of a list and a table only as many lines as that takes."""
    text = Paragraph("kata " * 60)
    table = TableBlock(Table("", (TableColumn("a", "A"),), tuple((str(i),) for i in range(80)), (), "id"), "Banyak")
    chapter = (Heading("Satu", 1), *[text] * 30)
    lists = (PageBreak(), Heading("Dua", 1), *[text] * 20, Bullets(tuple(f"butir {i}" for i in range(40))))
    rows = (PageBreak(), Heading("Tiga", 1), table)
    short = (PageBreak(), Heading("Empat", 1), text, text)
    first, second, third, fourth = (
        [b for b in bound(Document("", "id", part)).blok if not isinstance(b, (Heading, PageBreak))]
        for part in (chapter, lists, rows, short)
    )
    bonds = [getattr(b, "lekat", False) for b in first]
    assert not bonds[-1]
    assert LEAST <= sum(height(b, Document("", "id", ())) for b in first[bonds.index(True) :]) <= MOST
    assert isinstance(second[-1], Bullets)
    assert 5 <= second[-1].ekor <= 15
    assert isinstance(third[-1], TableBlock)
    assert not third[-1].utuh
    assert 5 <= third[-1].ekor <= 12
    assert not any(getattr(b, "lekat", False) for b in fourth)
