"""The words of a report: causes unsur by unsur, sentences whole with whatever was typed, scales of the regulation."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from support.own_regulation import UNSUR, write_own_regulation

import skm
from skm import report
from skm.errors import UnreadableFileError
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Bullets, Document, Paragraph
from skm.report.chapters.sentences import sides
from skm.report.material.clean_text import fill_in
from skm.report.material.fields import catalogue


def words(dokumen: Document) -> str:
    texts = [b.teks for b in dokumen.blok if isinstance(b, Paragraph)]
    texts += [text for b in dokumen.blok if isinstance(b, Bullets) for text in b.butir]
    return "\n".join(texts)


def test_causes_stand_unsur_by_unsur() -> None:
    """What the office says of each lowest and highest unsur beside it; a marked place for every other one."""
    facts = {
        "penyebab": [{"unsur": "Prosedur", "penyebab": "Loket berpindah."}, {"unsur": "U4", "penyebab": "Gratis."}]
    }
    bahan = report.compile(skm.read(skm.contoh()), fakta=facts)
    low, high = sides(bahan.hasil)
    items = [text for b in assemble(bahan).blok if isinstance(b, Bullets) for text in b.butir]
    blank = fill_in("penyebab menurut analisis unit")
    for unsur in (*low, *high):
        known = {"prosedur": "Loket berpindah.", "biaya": "Gratis."}.get(unsur.id, blank)
        assert f"{unsur.nama.name('id')} ({unsur.kode}): {known}" in items
    assert "penyebab" not in bahan.fakta.missing()
    general = {"penyebab_lemah": "Alur panjang", "penyebab_kuat": "Petugas dilatih."}
    bahan = report.compile(skm.read(skm.contoh()), fakta=general)
    text = words(assemble(bahan))
    assert "disebabkan oleh hal berikut: Alur panjang." in text
    assert "penyebab menurut analisis unit" not in text
    assert "penyebab" not in bahan.fakta.missing()
    assert "penyebab" in report.compile(skm.read(skm.contoh())).fakta.missing()
    neither = next(u for u in bahan.hasil.unsur.values() if u.id not in {v.id for v in (*low, *high)})
    stray = {"penyebab": [{"unsur": neither.kode, "penyebab": "Bukan yang terendah."}]}
    told = assemble(report.compile(skm.read(skm.contoh()), fakta=stray)).catatan
    assert any("tidak dimuat" in note for _, note in told)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_facts_inside_sentences_keep_the_sentence_whole(lang: str) -> None:
    """A full stop or a preposition that the office typed is not doubled."""
    facts = {"lokasi": "di ruang pelayanan.", "pengumpulan": "wawancara.", "teknik": "acak;", "fkp_tempat": "Aula."}
    text = words(assemble(report.compile(skm.read(skm.contoh()), fakta=facts), lang=lang))
    lines = [line for line in text.splitlines() if set(line) - {"_", " "}]  # but for the lines to write on
    for wrong in (r"\bdi di\b", r"\bat di ruang\b", r"\.\.", r";\.", r"wawancara\. \.", r" ,"):
        assert not [line for line in lines if re.search(wrong, line)], wrong


def test_texts_print_the_scale_of_the_regulation(tmp_path: Path) -> None:
    """Of an office's own regulation from 1 to 5 with another factor no sentence says 25-100."""
    path = write_own_regulation(tmp_path)
    rows = [{unsur: 1 + (i + j) % 5 for j, unsur in enumerate(UNSUR)} for i in range(30)]
    bahan = report.compile(rows, regulasi=path, unit="Kampus", periode="2026")
    text = words(assemble(bahan))
    assert "pada skala 20-100" in text
    assert "skala 1-5" in text
    assert "dengan 20, lalu" in text
    for wrong in ("25-100", "skala 1-4", "dengan 25"):
        assert wrong not in text


def test_a_damaged_template_is_refused(tmp_path: Path) -> None:
    """Cut off, another kind of archive, one without parts, or damaged inside: the same plain refusal."""
    bahan = report.compile(skm.read(skm.contoh()))
    whole = report.write_docx(bahan, tmp_path / "a.docx", nomor_halaman=False).read_bytes()
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    half = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(half, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    for content in (
        b"",
        b"PK",
        whole[: len(whole) // 2],
        odd.getvalue(),
        half.getvalue(),
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
    ):
        (tmp_path / "t.docx").write_bytes(content)
        with pytest.raises(UnreadableFileError, match="templat-bukan-docx"):
            report.write_docx(bahan, tmp_path / "b.docx", templat=tmp_path / "t.docx", nomor_halaman=False)


def test_what_changes_the_figure_is_told_to_the_reader(tmp_path: Path) -> None:
    """A converted scale, letters, codes read as blank and files left out stand in the document, not in notes only."""
    names = [f"U{i}" for i in range(1, 10)]

    def said(data: object, **cara: object) -> str:
        bahan = report.compile(skm.read(data, u8="sarana", **cara), unit="X")  # type: ignore[call-overload]
        return words(assemble(bahan))

    five = [dict.fromkeys(names, 1 + i % 5) for i in range(20)]
    assert "diubah ke 1-4" in said(five, skala="5-linear")
    assert "25, 50, 75, 100" in said([dict.fromkeys(names, 25 * (1 + i % 4)) for i in range(8)], skala="25-100")
    assert "(1 terendah, 4 tertinggi)" in said([dict.fromkeys(names, "abcd"[i % 4]) for i in range(8)])
    assert "sesuai permintaan" in said(
        [{**dict.fromkeys(names, 3), "U1": 9 if i else 3} for i in range(8)], nilai_kosong=[9]
    )
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text(",".join(names) + "\n" + "\n".join(",".join("3" * 9) for _ in range(5)))
    bad.write_text("bukan jawaban")
    assert "ditinggalkan sesuai permintaan" in said([good, bad], rusak="lewati")


@pytest.mark.parametrize("other", ["2026-S1", "2026-S2", "Semester II Tahun 2027"])
def test_nothing_is_compared_with_this_period_or_a_later_one(other: str) -> None:
    """A row typed into the wrong place is told to the writer; the period before this one is still found."""
    rows = [dict.fromkeys([f"U{i}" for i in range(1, 10)], 3)] * 9
    wrong = {"periode": other, "ikm": "90,00"}

    def said(earlier: list[dict[str, str]]) -> tuple[str, set[str]]:
        bahan = report.compile(rows, u8="sarana", fakta={"periode": "2026-S1", "sebelumnya": earlier})
        return words(assemble(bahan)), {f.kode for f in bahan.findings()}

    text, codes = said([wrong])
    assert "Dibandingkan" not in text
    assert "tidak tersedia sehingga tren" in text
    assert "sebelumnya-bukan" in codes
    text, codes = said([{"periode": "2025-S2", "ikm": "70,00"}, wrong])
    assert "Dibandingkan dengan Semester II Tahun 2025 (70,00), IKM naik 5,00" in text
    text, codes = said([{"periode": "Survei yang lalu", "ikm": "70,00"}])
    assert "Dibandingkan dengan Survei yang lalu" in text
    assert "sebelumnya-bukan" not in codes


def test_a_form_of_an_earlier_version_is_still_read(tmp_path: Path) -> None:
    """Every label that an entry has had, in either language, finds its entry."""
    old = [(field.id, label) for field in catalogue().isian for label in field.lama]
    assert len(old) >= 4
    for key, label in old:
        path = report.write_facts_form(tmp_path / "f.xlsx", overwrite=True)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        row = next(r for r in sheet.iter_rows(min_row=4) if r[0].value == catalogue().label(key, "id"))
        row[0].value, row[1].value = label, "Isi lama"
        book.save(path)
        assert report.read_facts(path).get(key) == "Isi lama"
