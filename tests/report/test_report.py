"""The report: right in every case, the same in Word and HTML, nothing invented, nobody named."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from support import office_programs as _kantor

import skm
from skm import report
from skm.errors import DataError, OptionError, UnreadableFileError
from skm.report.chapters import sentences as _kalimat
from skm.report.chapters.assemble import PARTS, assemble
from skm.report.chapters.blocks import Bullets, ChartBlock, Document, Heading, Missing, Paragraph, TableBlock
from skm.report.material import masking as _samaran
from skm.report.material import remarks as _saran
from skm.report.material.clean_text import runs
from skm.report.material.fields import catalogue
from skm.report.render.docx import document
from skm.report.render.html import render


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **info: Any) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", size, "#336699").save(buffer, format=kind, **info)
    return buffer.getvalue()


FACTS: dict[str, Any] = {
    "unit": "Kecamatan Contoh",
    "instansi": "Pemerintah Kota Contoh",
    "periode": "2026-S2",
    "populasi": "3.441",
    "populasi_sumber": "register 2025",
    "teknik": "acak sederhana",
    "pengumpulan": "diisi sendiri",
    "lokasi": "ruang pelayanan",
    "disebar": 360,
    "kembali": 350,
    "layak": 341,
    "penyebab_lemah": "Alur berpindah loket.",
    "penyebab_kuat": "Petugas dilatih.",
    "tempat_tanda_tangan": "Contoh",
    "tanggal_laporan": "2026-10-14",
    "jabatan_penanda_tangan": "Camat",
    "nama_penanda_tangan": "(nama)",
    "nip_penanda_tangan": "000",
    "tim": [{"peran": "Pengarah", "jabatan": "Camat"}, {"peran": "Ketua"}],
    "jadwal": [{"kegiatan": "Pengumpulan data", "waktu": "Juli 2026", "hari_kerja": 60}],
    "rtl": [{"unsur": "U2", "kegiatan": "Satu loket", "tw1": "v", "tw4": True, "penanggung_jawab": "Seksi A"}],
    "sebelumnya": [{"periode": "2025-S2", "ikm": "87,64", "mutu": "B", "n": 310, "bobot": "0,111"}],
    "tindak_lanjut": [{"rencana": "Tambah loket", "status": "sudah"}, {"rencana": "Latihan", "status": "belum"}],
    "fkp": [{"pokok": "Alur", "kesepakatan": "Disederhanakan"}],
    "fkp_tanggal": "14 Oktober 2026",
    "keluhan": [{"isi": "Antre lama", "unsur": "waktu"}],
}


def rows(k: int = 9, groups: int = 3, n: int = 60, level: int | None = None) -> list[dict[str, Any]]:
    return [
        {"layanan": f"Layanan {i % groups}" if groups else None}
        | {f"u{j}": level or 1 + (i * j + j) % 4 for j in range(1, k + 1)}
        for i in range(n)
    ]


@pytest.fixture(scope="module")
def bahan() -> report.Bahan:
    return report.compile(skm.read(skm.contoh()), fakta=FACTS)


def words(dokumen: Document) -> str:
    """Everything a reader reads, places to fill in without their marks."""
    parts: list[str] = []
    for b in dokumen.blok:
        if isinstance(b, Heading):
            parts.append(b.lengkap)
        elif isinstance(b, (Paragraph, Missing)):
            parts.append(b.teks)
        elif isinstance(b, Bullets):
            parts += b.butir
        elif isinstance(b, TableBlock):
            parts += [b.keterangan, *(c.label for c in b.isi.columns), *(c for row in b.isi.cells() for c in row)]
            parts += [t for pair in b.kaki for t in pair]
            parts += b.isi.notes
        elif isinstance(b, ChartBlock):
            parts += [b.keterangan, b.alt]
    return "\n".join("".join(f"[DIISI: {t}]" if blank else t for t, blank in runs(part)) for part in parts)


def text_of_docx(content: bytes) -> str:
    word = docx.Document(io.BytesIO(content))
    out = []
    for element in word.element.body.iter():
        if element.tag.endswith("}t"):
            out.append(element.text or "")
        elif element.tag.endswith(("}p", "}tr", "}tab")):
            out.append("\n")
    return re.sub(r"\n+", "\n", "".join(out))


# --- both renderers ---------------------------------------------------------------------------------------------------


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)+", text)


def test_word_and_html_say_the_same(bahan: report.Bahan) -> None:
    """Every text and number of the blocks stands in both documents."""
    dokumen = assemble(bahan)
    word = " ".join(text_of_docx(document(dokumen, nomor_halaman=False)).split())
    page = lxml_html.fromstring(render(dokumen, "x"))
    for svg in page.iter("svg"):
        for path in list(svg):
            if path.tag not in ("title", "desc"):
                svg.remove(path)
    shown = " ".join(" ".join(page.itertext()).split())
    flat = lambda text: re.sub(r"\s+", "", text)  # noqa: E731
    for line in words(dokumen).split("\n"):
        assert flat(line) in flat(shown), line
        if not any(isinstance(b, ChartBlock) and b.alt == line for b in dokumen.blok):
            assert flat(line) in flat(word), line


def test_numbers_in_text_equal_numbers_in_tables(bahan: report.Bahan) -> None:
    """The figure, the lowest and the highest in sentences are those of the tables."""
    dokumen = assemble(bahan)
    tables = {
        n for b in dokumen.blok if isinstance(b, TableBlock) for row in b.isi.cells() for c in row for n in numbers(c)
    }
    tables |= {n for b in dokumen.blok if isinstance(b, TableBlock) for _, value in b.kaki for n in numbers(value)}
    said = [b.teks for b in dokumen.blok if isinstance(b, Paragraph)]
    said += [text for b in dokumen.blok if isinstance(b, Bullets) and b.bernomor for text in b.butir]
    said = [t for t in said if "terendah" in t or "tertinggi" in t or "pada skala" in t or "Dibandingkan" in t]
    assert len(said) > 5
    # The change is that of the table's own figures, brought to one weight.
    figures = {Decimal(n.replace(",", ".")) for n in tables if re.fullmatch(r"[2-9]\d,\d\d", n)}
    known = tables | {f"{abs(Decimal('89.31') - figure):.2f}".replace(".", ",") for figure in figures}
    assert {n for text in said for n in numbers(text)} <= known


def test_no_english_in_an_indonesian_report_and_decimal_commas(bahan: report.Bahan) -> None:
    """Words of the other catalogue do not slip in; numbers have commas."""
    import tomllib

    text = words(assemble(bahan))
    for word in ("the ", "respondents", "Chapter", "Annex", "Grade", "Figure ", "Table "):
        assert word not in text
    assert not re.search(
        r"\b\d{1,2}\.\d{2}\b(?!\.\d)", re.sub(r"\d\d\.\d\d[-\u2013 ]+\d\d\.\d\d|\d+\.\d\b|14/2017|skm \S+", "", text)
    )
    english = words(assemble(bahan, lang="en"))
    assert "89.31" in english
    for word in ("Unsur pelayanan", "Responden ", "Kesimpulan", "BAB"):
        assert word not in english
    catalogue = tomllib.loads((Path(skm.__file__).parent / "data" / "messages" / "laporan.toml").read_text("utf-8"))
    assert all(texts["id"].strip() and texts["en"].strip() for texts in catalogue.values())


def test_word_structure(bahan: report.Bahan) -> None:
    """Heading styles, captions with stored numbers, a filled table of contents, repeated header rows, alt texts."""
    dokumen = assemble(bahan)
    content = document(dokumen, nomor_halaman=False)
    word = docx.Document(io.BytesIO(content))
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    heads = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [h.lengkap for h in dokumen.isi]
    entries = re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', xml)
    marks = re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert len(entries) == sum(len(dokumen.listed(kind)) for kind in ("isi", "tabel", "gambar"))
    assert set(entries) <= set(marks)
    assert len(marks) == len(set(marks))
    assert xml.count('w:instrText xml:space="preserve"> TOC ') == 3
    assert xml.count('fldCharType="begin"') == xml.count('fldCharType="end"')
    tables = [b for b in dokumen.blok if isinstance(b, TableBlock)]
    figures = [b for b in dokumen.blok if isinstance(b, ChartBlock)]
    assert (len(word.tables), len(word.inline_shapes)) == (len(tables), len(figures))
    assert xml.count("<w:tblHeader/>") == len(tables)
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert [c.split(".")[0] for c in captions if c.startswith("Tabel")] == [
        f"Tabel {i + 1}" for i in range(len(tables))
    ]
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml)
    assert len(described) == len(figures)
    assert all(len(alt) > 30 for alt in described)
    settings_xml = zipfile.ZipFile(io.BytesIO(content)).read("word/settings.xml").decode()
    assert "updateFields" not in settings_xml  # Word would ask, and "No" would leave the reader with nothing


# The order in which Word wants the children of some elements (ISO/IEC 29500-1, the parts that reports use).
ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
}


@pytest.mark.parametrize("own", [False, True])
def test_elements_stand_in_the_order_that_word_wants(own: bool, tmp_path: Path, bahan: report.Bahan) -> None:
    """Word calls a file damaged where they do not, though LibreOffice opens it."""
    template = None
    if own:
        template = tmp_path / "t.docx"
        docx.Document().save(str(template))
    content = document(assemble(bahan), templat=template, nomor_halaman=False)
    archive = zipfile.ZipFile(io.BytesIO(content))
    for part in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        if part not in archive.namelist():
            continue
        for element in lxml_html.etree.fromstring(archive.read(part)).iter():
            order = ORDER.get(lxml_html.etree.QName(element).localname, "").split()
            if order:
                names = [lxml_html.etree.QName(child).localname for child in element]
                assert set(names) <= set(order), names
                assert [order.index(n) for n in names] == sorted(order.index(n) for n in names), (part, names)


def test_html_is_one_accessible_page_without_network(bahan: report.Bahan) -> None:
    """No outside address, unique ids, links that lead somewhere, described charts, a language, one h1."""
    text = render(assemble(bahan), "x")
    page = lxml_html.fromstring(text)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert all(a.startswith(("#", "data:image/")) for a in addresses)
    assert "url(http" not in text
    assert "<script" not in text
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(a[1:] in ids for a in addresses if a.startswith("#"))
    assert page.get("lang") == "id"
    assert len(page.findall(".//h1")) == 1
    for svg in page.iter("svg"):
        assert svg.get("role") == "img"
        assert all(len(svg.find(tag).text) > 5 for tag in ("title", "desc"))
    levels = [int(e.tag[1]) for e in page.iter() if isinstance(e.tag, str) and re.fullmatch(r"h[1-6]", e.tag)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(th.get("scope") for th in page.iter("th"))


def test_enough_tables_figures_and_headings(bahan: report.Bahan) -> None:
    """The ministry's chapters in order, with the executive summary before them and the annexes after."""
    dokumen = assemble(bahan)
    first = [j.lengkap for j in dokumen.isi if j.tingkat == 1]
    assert first[:2] == ["Kata Pengantar", "Ringkasan Eksekutif"]
    assert [t.split()[1] for t in first if t.startswith("BAB")] == ["I", "II", "III", "IV", "V"]
    assert [t for t in first if t.startswith("Lampiran")][:2] == [
        "Lampiran 1. Kuesioner",
        "Lampiran 2. Hasil Olah Data SKM",
    ]
    assert sum(isinstance(b, TableBlock) for b in dokumen.blok) >= 12
    assert len(dokumen.grafik) >= 6


# --- the narrative ----------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 4), min_size=1, max_size=20))
@settings(max_examples=200, deadline=None)
def test_lowest_and_highest_never_meet(values: list[int]) -> None:
    """Whatever ties there are: no unsur on both sides, the extremes are in, all equal means none."""
    hasil = skm.score_totals({f"U{i}": v for i, v in enumerate(values, 1)}, 1, u8="pengaduan")
    low, high = _kalimat.sides(hasil)
    assert not {u.id for u in low} & {u.id for u in high}
    if len(set(values)) == 1:
        assert (low, high) == ((), ())
        return
    assert {u.nrr for u in low} >= {min(values)}
    assert {u.nrr for u in high} >= {max(values)}
    assert max(u.nrr for u in low) < min(u.nrr for u in high)
    everything = [*hasil.unsur.values()]
    assert all(u in low for u in everything if u.nrr == min(values))
    assert all(u in high for u in everything if u.nrr == max(values))


CASES = {
    "semua sama": (rows(level=4), "Seluruh unsur bernilai sama (4,00)"),
    "satu responden": (rows(n=1, groups=1), "dengan 1 responden"),
    "satu unsur": (rows(k=1), "mencakup satu unsur"),
    "unsur hilang": ([{**r, "u3": None} for r in rows()], "tidak dijawab siapa pun"),
    "tanpa layanan": (
        [{k: v for k, v in r.items() if k != "layanan"} for r in rows()],
        "tidak membedakan jenis layanan",
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
def test_the_narrative_is_right_in_odd_cases(case: str) -> None:
    """All equal, one respondent, one unsur, an unsur nobody answered, no services: sentences and both documents."""
    data, sentence = CASES[case]
    dokumen = assemble(report.compile(data, unit="X", u8="pengaduan"))
    assert sentence in words(dokumen)
    assert render(dokumen, "x")
    assert document(dokumen, nomor_halaman=False)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ({"2025": "80,00"}, "IKM naik 9,31 menjadi 89,31"),
        ({"2025": "95"}, "IKM turun 5,69 menjadi 89,31"),
        ({"2025": "89,31"}, "IKM tetap 89,31"),
        (None, "Data IKM periode sebelumnya tidak tersedia sehingga tren tidak dapat disajikan."),
        ([{"periode": "2024-S2", "ikm": "89,00", "bobot": "0,111"}], "berbeda (sebelumnya 0,111, kini 1/9)"),
    ],
)
def test_the_trend_sentence(before: Any, sentence: str) -> None:
    """Up, down, unchanged, unknown, and another weight."""
    bahan = report.compile(skm.read(skm.contoh()), unit="X", sebelumnya=before)
    assert sentence in words(assemble(bahan))


def test_letters_that_depend_on_the_weight_are_told() -> None:
    """A case at the border: A under 1/9, B under 0.11."""
    data = [{f"u{j}": 4 if (i + j) % 20 < 11 else 3 for j in range(1, 10)} for i in range(100)]
    bahan = report.compile(data, unit="X", u8="sarana")
    assert len({p.mutu for p in bahan.hasil.pembanding}) > 1
    assert "Mutu pelayanan bergantung pada bobot" in words(assemble(bahan))


def test_intervals_are_told_and_drawn() -> None:
    """Where they were computed: one sentence, and whiskers in the charts of unsur and services."""
    survei = skm.read(skm.contoh())
    one = skm.stats.mean_interval(survei, population=3441)
    per = skm.stats.mean_interval(survei, by="layanan")
    dokumen = assemble(report.compile(survei, unit="X", interval=one, interval_per=per))
    assert one.kalimat("id") in words(dokumen)
    drawn = {g.nama: g.buat() for g in dokumen.grafik}
    assert len(drawn["unsur"].lines) == 4 * 9
    assert len([x for x in drawn["layanan"].lines if len(x.get_xdata()) == 2]) >= 4 * 2
    assert not next(g for g in assemble(report.compile(survei, unit="X")).grafik if g.nama == "unsur").buat().lines


# --- what only the office knows ---------------------------------------------------------------------------------------


def test_every_fact_is_printed_and_nothing_is_left_to_fill_in(bahan: report.Bahan) -> None:
    """All required facts given: no place to fill in remains in chapters I to V."""
    assert bahan.missing() == ()
    dokumen = assemble(bahan)
    text = words(dokumen)
    for value in ("Kecamatan Contoh", "Semester II Tahun 2026", "3.441", "register 2025", "acak sederhana", "360"):
        assert value in text or value == "Kecamatan Contoh"
    for value in (
        "Alur berpindah loket.",
        "Satu loket",
        "Tambah loket",
        "50,00%",
        "Antre lama",
        "Semester II Tahun 2025",
    ):
        assert value in text
    end = next(i for i, b in enumerate(dokumen.blok) if isinstance(b, Heading) and b.nomor.startswith("Lampiran"))
    assert not any(isinstance(b, Missing) for b in dokumen.blok[:end])


def test_what_is_missing_is_listed_and_marked() -> None:
    """Without facts every required entry is named, and its place is marked in the documents; nothing is invented."""
    bahan = report.compile(rows(), u8="sarana")
    missing = bahan.missing()
    assert len(missing) > 12
    dokumen = assemble(bahan)
    page = render(dokumen, "x")
    assert page.count('<mark class="isi">') >= len(missing)
    marked = {text for b in dokumen.blok if isinstance(b, Paragraph) for text, blank in runs(b.teks) if blank}
    assert "Nama unit layanan" in marked


def test_facts_from_a_form_toml_and_mapping_are_the_same(tmp_path: Path) -> None:
    """Fill the form by program, write TOML, hand over a mapping: one and the same value."""
    import openpyxl

    form = report.write_facts_form(tmp_path / "fakta.xlsx")
    book = openpyxl.load_workbook(form)
    sheet = book["Isian"]
    values = {
        "Nama unit layanan": 'Unit A/B: "Melati"',
        "Populasi (jumlah penerima layanan)": "3.441",
        "Kuesioner yang kembali": 350,
    }
    for row in sheet.iter_rows(min_row=4):
        if row[0].value in values:
            row[1].value = values[row[0].value]
    plan = book["Rencana tindak lanjut"]
    for column, value in enumerate(("Waktu", "Loket baru", "v", None, None, "x", "Seksi B"), start=1):
        plan.cell(5, column, value)
    book.save(form)
    (tmp_path / "fakta.toml").write_bytes(
        b'\xef\xbb\xbfunit = "Unit A/B: \\"Melati\\""\r\npopulasi = "3.441"\r\nkembali = 350\r\n'
        b'[[rtl]]\nunsur = "Waktu"\nkegiatan = "Loket baru"\ntw1 = true\ntw4 = "x"\npenanggung_jawab = "Seksi B"\n'
    )
    a, b = report.read_facts(form), report.read_facts(tmp_path / "fakta.toml")
    assert dict(a.isi) == dict(b.isi) == {"unit": 'Unit A/B: "Melati"', "populasi": 3441, "kembali": 350}
    filled = [{k: v for k, v in r.items() if v} for r in a.rows("rtl")]
    assert filled == [{k: v for k, v in r.items() if v} for r in b.rows("rtl")]
    assert filled[0]["tw1"] is True
    assert report.read_facts(report.write_facts_form(tmp_path / "kosong.xlsx")).isi == {}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"unitt": "x"}, "fakta-kunci-asing"),
        ({"populasi": "3,441"}, "cacah-mendua"),
        ({"populasi": "banyak"}, "angka-tidak-terbaca"),
        ({"tim": "Camat"}, "fakta-bukan-daftar"),
        ({"tim": [{"jabatan": "Camat"}]}, "fakta-baris-kurang"),
        ({"tim": [{"peran": "Ketua", "nik": "1"}]}, "fakta-kunci-asing"),
        ({"tanggal_laporan": "31 Februari 2026"}, "fakta-tanggal"),
        ({"unit": ["a"]}, "fakta-bukan-teks"),
        ({"logo": "tiada.png"}, "berkas-tidak-ada"),
    ],
)
def test_wrong_facts_are_refused(facts: dict[str, Any], code: str) -> None:
    """Each with its own code; nothing is written."""
    with pytest.raises((DataError, OptionError)) as caught:
        report.compile(rows(), fakta=facts, u8="sarana")
    assert caught.value.code == code
    assert caught.value.render("en")


def test_pictures_are_known_by_their_content(tmp_path: Path) -> None:
    """A PNG is taken whatever its name; SVG, text and broken files are refused with the reason."""
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "gambar.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "palsu.png").write_text('<?xml version="1.0"?><svg/>')
    (tmp_path / "rusak.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "f.toml").write_text(
        'logo = "logo.png"\n[[foto]]\nberkas = "logo.png"\nketerangan = "Ruang <tunggu>"\n'
    )
    bahan = report.compile(rows(), fakta=tmp_path / "f.toml", unit="X", u8="sarana")
    dokumen = assemble(bahan)
    assert 'alt="Ruang &lt;tunggu&gt;"' in render(dokumen, "x")
    assert (
        len(docx.Document(io.BytesIO(document(dokumen, nomor_halaman=False))).inline_shapes) == len(dokumen.grafik) + 2
    )
    (tmp_path / "potong.png").write_bytes(picture()[:-30])
    for name, code in (
        ("potong.png", "gambar-bukan"),
        ("gambar.svg", "gambar-svg"),
        ("palsu.png", "gambar-svg"),
        ("rusak.jpg", "gambar-bukan"),
    ):
        with pytest.raises(DataError) as caught:
            report.read_facts({"logo": str(tmp_path / name)})
        assert caught.value.code == code


def test_photographs_stand_upright_and_say_nothing_of_their_place(tmp_path: Path) -> None:
    """A telephone's photograph: turned by its EXIF mark, and without GPS or anything else attached."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Merek Telepon"
    (tmp_path / "foto.jpg").write_bytes(picture("JPEG", (4000, 3000), exif=exif))
    found = report.read_facts({"foto": [{"berkas": str(tmp_path / "foto.jpg")}]}).rows("foto")[0]["berkas"]
    assert (found.lebar, found.tinggi) == (1350, 1800)
    assert b"Merek" not in found.isi
    assert b"Exif" not in found.isi


def test_facts_that_do_not_fit_are_told() -> None:
    """Usable questionnaires other than n, more back than out, a plan without the lowest unsur, another figure."""
    bahan = report.compile(
        skm.read(skm.contoh()),
        fakta={**FACTS, "disebar": 100, "layak": 300, "terbit_ikm": "94,17", "rtl": [{"unsur": "U9", "kegiatan": "x"}]},
    )
    codes = {f.kode for f in bahan.catatan}
    assert codes == {"layak-bukan-n", "kuesioner-bertambah", "rtl-bukan-terendah", "terbit-berbeda"}
    text = words(assemble(bahan))
    assert "94,17" in text
    assert "selisihnya 4,86" in text


# --- bad input --------------------------------------------------------------------------------------------------------

NAMES = [
    'Puskesmas "A & B" / <Melati>',
    "Unit 😀 \u202eterbalik",
    "x" * 200,
    "CON",
    "=1+1",
    "{{ 7*7 }} {% raw %}",
    "a\x00b\x0bc\ud800",
    "⟦tanda⟧",
    "C:\\Users\\..\\x",
]


@pytest.mark.parametrize("name", NAMES)
def test_unit_names_of_every_kind(name: str, tmp_path: Path) -> None:
    """The documents are whole, show the name as words, and their file names do not depend on it."""
    data = [{**r, "layanan": name} for r in rows(n=12)]
    files = report.write_report(
        report.compile(data, unit=name, u8="sarana"),
        tmp_path,
        hanya=["docx", "html", "xlsx", "json"],
        nomor_halaman=False,
    )
    assert all(f.path.is_file() for f in files)
    assert {p.name for p in tmp_path.iterdir()} == {
        *("laporan.docx", "laporan.html", "olah_data.xlsx", "hasil.json", "daftar.json")
    }
    page = lxml_html.fromstring((tmp_path / "laporan.html").read_text("utf-8"))
    shown = name.replace("\x00", "").replace("\x0b", "").replace("\ud800", "").replace("⟦", "[").replace("⟧", "]")
    assert page.find(".//p[@class='unit']").text_content() == shown
    assert shown in text_of_docx((tmp_path / "laporan.docx").read_bytes())


@pytest.mark.parametrize(
    ("k", "groups"),
    [(1, 0), (2, 1), (9, 60), (14, 5), (20, 12), pytest.param(20, 60, marks=pytest.mark.whole)],
)
def test_sizes(k: int, groups: int) -> None:
    """One to twenty unsur, none to sixty services, in both outlines; the largest of both at once under ``-m whole``."""
    bahan = report.compile(rows(k, groups, 400), unit="X", u8="pengaduan")
    for outline in ("upp-2023", "per-layanan-2025"):
        dokumen = assemble(bahan, outline)
        assert render(dokumen, "x")
        assert document(dokumen, nomor_halaman=False)


def test_bare_u8_stops_with_a_choice_of_two_lines() -> None:
    """A report prints names, so it must know them."""
    with pytest.raises(OptionError) as caught:
        report.compile(rows(), unit="X")
    assert caught.value.code == "laporan-u8"
    message = caught.value.message("id")
    assert [line.split()[0] for line in message.splitlines()[1:]] == ['u8="pengaduan"', 'u8="sarana"']


def test_printed_results_are_refused() -> None:
    """A report of the office's own is not made from what another one printed."""
    with pytest.raises(DataError, match="laporan-hanya-hasil"):
        report.compile(skm.publikasi.load("wonoasih-2024-s2"))


def test_a_folder_below_a_file_is_refused(tmp_path: Path, bahan: report.Bahan) -> None:
    """With the reason, before anything is made."""
    (tmp_path / "x").write_text("berkas")
    with pytest.raises(DataError, match="folder-tidak-dapat-dibuat"):
        report.write_report(bahan, tmp_path / "x" / "y")


# --- outlines and templates -------------------------------------------------------------------------------------------


def test_an_offices_own_outline(tmp_path: Path, bahan: report.Bahan) -> None:
    """Chapters in its order, its own paragraphs as written; a part that nobody knows is refused."""
    path = tmp_path / "kerangka.toml"
    path.write_text(
        'id = "kami"\nnama = {id = "Kami", en = "Ours"}\n'
        '[[bagian]]\njenis = "bab"\njudul = {id = "Hasil", en = "Result"}\nteks = ["Alinea kami."]\n'
        'sub = [{judul = {id = "IKM", en = "IKM"}, isi = ["ikm"]}]\n'
    )
    dokumen = assemble(bahan, path)
    assert [j.lengkap for j in dokumen.isi] == ["BAB I Hasil", "1.1 IKM"]
    assert Paragraph("Alinea kami.") in dokumen.blok
    path.write_text(path.read_text().replace('"ikm"]', '"ikn"]'))
    with pytest.raises(DataError) as caught:
        assemble(bahan, path)
    assert caught.value.code == "kerangka-bahan"
    assert set(caught.value.context["pilihan"]) == set(PARTS)
    with pytest.raises(OptionError):
        assemble(bahan, "upp-1999")


def test_an_offices_template_keeps_its_page_and_styles(tmp_path: Path, bahan: report.Bahan) -> None:
    """Header and margins stay, the template's text goes; something else is refused."""
    from docx.shared import Cm

    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "KOP INSTANSI"
    template.sections[0].left_margin = Cm(4)
    template.add_paragraph("teks lama")
    template.styles["Heading 1"].font.name = "Courier New"
    template.save(tmp_path / "t.docx")
    path = report.write_docx(bahan, tmp_path / "out.docx", templat=tmp_path / "t.docx", nomor_halaman=False)
    word = docx.Document(path)
    assert word.sections[0].header.paragraphs[0].text == "KOP INSTANSI"
    assert round(word.sections[0].left_margin.cm, 1) == 4.0
    assert "teks lama" not in text_of_docx(path.read_bytes())
    assert word.styles["Heading 1"].font.name == "Courier New"
    (tmp_path / "bukan.docx").write_text("bukan")
    with pytest.raises(UnreadableFileError, match="templat-bukan-docx"):
        report.write_docx(bahan, tmp_path / "y.docx", templat=tmp_path / "bukan.docx")


def test_the_simple_mean_of_services_is_labelled() -> None:
    """The outline by service prints it beside the pooled figure, which differs."""
    data = [{**r, "layanan": "A"} for r in rows(level=4, n=30)] + [{**r, "layanan": "B"} for r in rows(level=2, n=10)]
    bahan = report.compile(data, unit="X", u8="pengaduan")
    text = words(assemble(bahan, "per-layanan-2025"))
    assert "Rerata sederhana IKM layanan adalah 75,00 (C)" in text
    assert "dari gabungan semua jawaban adalah 87,50" in text


# --- persons ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(0, 8))
@settings(max_examples=300, deadline=None)
def test_hidden_groups_cannot_be_worked_out(counts: list[int], limit: int) -> None:
    """What total minus rows shown gives is a group of at least the limit, or nothing is shown at all."""
    closed = _samaran.hidden(counts, limit)
    small = {i for i, n in enumerate(counts) if 0 < n < limit}
    if limit < 2 or not small:
        assert not closed
        return
    assert small <= closed
    total = sum(counts[i] for i in closed)
    shown = [n for i, n in enumerate(counts) if i not in closed and n >= limit]
    assert (total >= limit and len(closed) > 1) or not shown


def test_groups_of_one_are_masked_everywhere(tmp_path: Path) -> None:
    """A service with one respondent: neither its n nor its index in Word, HTML, JSON; charts leave it out."""
    data = [
        {"layanan": "Umum" if i else "Langka", "jenis_kelamin": "LP"[i % 2], **{f"u{j}": 3 for j in range(1, 10)}}
        for i in range(40)
    ]
    data[0] |= {f"u{j}": 1 for j in range(1, 10)}
    data += [{**data[1], "layanan": "Akta"} for _ in range(6)]
    bahan = report.compile(data, unit="X", u8="pengaduan")
    assert len(bahan.tertutup_per()) == 2
    dokumen = assemble(bahan)
    tables = [b for b in dokumen.blok if isinstance(b, TableBlock) and b.keterangan == "IKM per jenis layanan"]
    shown = {row[1]: row[2:] for row in tables[0].isi.cells()}
    assert shown["(lainnya)"] == ["*", "*", "*"]
    assert "Langka" not in words(dokumen)
    assert shown["Akta"] == ["*", "*", "*"]
    assert shown["Umum"][0] == "39"
    assert "25,00" not in words(dokumen).replace("25,00 - 64,99", "")
    hasil = bahan.to_dict()
    closed = [g for g in hasil["kelompok"] if g["tertutup"]]
    assert len(closed) == 2
    assert all(g["n"] is None and g["hasil"] is None for g in closed)
    assert len(report.compile(data, unit="X", u8="pengaduan", batas_samaran=0).tertutup_per()) == 0


def test_remarks_are_grouped_and_persons_taken_out() -> None:
    """By the words in them; names of the name column, honorifics, numbers, addresses vanish."""
    data = [
        {f"u{j}": 3 for j in range(1, 10)} | {"Nama Responden": n, "Saran dan Masukan": s}
        for n, s in (
            ("Siti Aminah", "Antrean lama sekali, hubungi saya Siti 0812-3456-7890"),
            ("Budi", "Pak Joko Susilo kurang ramah"),
            ("X", "AC rusak, email a.b@mail.com"),
            ("Y", "-"),
            ("Z", "Terima kasih"),
            ("W", "NIK saya 3573010101010001 salah ketik"),
            ("V", "antrean lama sekali, hubungi saya"),
        )
    ]
    bahan = report.compile(data, unit="X", u8="pengaduan")
    by_unsur = {s.unsur: s.isi for s in bahan.saran}
    text = words(assemble(bahan))
    for secret in ("Siti", "Aminah", "0812", "7890", "Joko", "Susilo", "a.b@", "3573"):
        assert secret not in text
    assert "Antrean lama sekali" in by_unsur["waktu"][0]
    assert "ramah" in by_unsur["perilaku"][0]
    assert by_unsur["sarana"]
    assert by_unsur[""] == ("Terima kasih",)
    assert report.compile(data, unit="X", u8="pengaduan", saran=False).saran == ()


@pytest.mark.parametrize(
    ("remark", "unsur"),
    [("Petugas kurang senyum", "perilaku"), ("biayanya mahal", "biaya"), ("acara bagus", ""), ("syaratnya ribet", "")],
)
def test_words_point_to_unsur(remark: str, unsur: str) -> None:
    """One unsur where the words point to one; none where to none or several."""
    assert _saran.about(remark) == unsur


# --- looked at by programs --------------------------------------------------------------------------------------------


def test_libreoffice_opens_the_word_file_and_the_contents_have_its_pages(tmp_path: Path, bahan: report.Bahan) -> None:
    """The page in every line of the table of contents is the page on which LibreOffice prints the heading."""
    _kantor.need("soffice", "libreoffice")
    pdftotext = _kantor.need("pdftotext")
    path = report.write_docx(bahan, tmp_path / "laporan.docx")
    pdf = _kantor.convert(path, "pdf", tmp_path)
    import subprocess

    pages = subprocess.run(
        [pdftotext, "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    dokumen = assemble(bahan)
    lines = [line.strip() for page in pages[1:5] for line in page.splitlines()]
    for heading in dokumen.isi:
        line = next(ln for ln in lines if re.match(rf"{re.escape(heading.lengkap)}[ .]*\d+$", ln))
        number = int(line.rsplit(".", 1)[-1].split()[-1])
        flat = " ".join(pages[number - 1].split())
        assert heading.lengkap.casefold() in flat.casefold(), heading
    front = " ".join(" ".join(pages[1:5]).split())
    for kind in ("tabel", "gambar"):
        assert dokumen.listed(kind)
        for _, caption in dokumen.listed(kind):
            found = re.search(rf"{re.escape(caption)}[ .]*(\d+)", front)
            assert found, caption
            assert caption in " ".join(pages[int(found[1]) - 1].split()), caption
    assert all(page.strip() for page in pages[:-1])


def test_the_page_fits_phones_and_desktops(tmp_path: Path, bahan: report.Bahan) -> None:
    """Photographed at both widths: the page is drawn, and nothing makes it wider than the window."""
    from matplotlib.image import imread

    path = report.write_html(bahan, tmp_path / "laporan.html")
    text = path.read_text("utf-8")
    probe = "<script>document.title=document.documentElement.scrollWidth+'/'+window.innerWidth</script></body>"
    (tmp_path / "ukur.html").write_text(text.replace("</body>", probe), "utf-8")
    for width in (500, 1200):
        picture = imread(_kantor.page(path, tmp_path / f"{width}.png", width, 3000))
        assert picture.shape[:2] == (3000, width)
        assert picture[:, :, :3].std() > 0.02
        title = _kantor.title(tmp_path / "ukur.html", width, 3000)
        inside, window = map(int, title.split("/"))
        assert inside <= window


def test_words_typed_into_the_form_of_facts_stay_words(tmp_path: Path) -> None:
    """An NIP of eighteen digits, a year, a number with a zero in front: a spreadsheet would round or shorten them."""
    fields = {isian.name("id"): isian.jenis for isian in catalogue().isian}
    sheet = openpyxl.load_workbook(report.write_facts_form(tmp_path / "f.xlsx", lang="id")).worksheets[0]
    kept = {str(row[0].value): row[1].number_format for row in sheet.iter_rows(min_row=4)}
    assert {name for name, form in kept.items() if form == "@"} == {n for n, kind in fields.items() if kind == "teks"}
    assert kept["NIP penanda tangan"] == "@"
