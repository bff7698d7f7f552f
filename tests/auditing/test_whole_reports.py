"""A whole report, as text, Word, HTML or PDF: its tables are found, its claims judged, its persons never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support import twin_report

import skm
from skm.auditing.audit import audit
from skm.errors import UnreadableFileError

# What the source report gets wrong, by the code of the finding.
FOUND = {
    "ikm-di-atas-unsur-tertinggi": "kesalahan",
    "urutan-terendah": "kesalahan",
    "urutan-prioritas": "kesalahan",
    "profil-persen": "kesalahan",
    "sampel-baris-bawah": "peringatan",
    "profil-usia-celah": "peringatan",
    "klaim-tanggal": "peringatan",
    "klaim-periode": "peringatan",
    "klaim-capaian-hitung-ulang": "catatan",
    "klaim-tren-angka": "catatan",
}


def _pdf(folder: Path) -> Path:
    pytest.importorskip("typst")
    pytest.importorskip("pdfplumber")
    return twin_report.as_pdf(folder)


def _plain_pdf(folder: Path) -> Path:
    pytest.importorskip("typst")
    pytest.importorskip("pdfplumber")
    return twin_report.as_pdf(folder, ruled=False)


KINDS = {
    "teks": twin_report.as_text,
    "word": twin_report.as_word,
    "html": twin_report.as_page,
    "pdf": _pdf,
    "pdf-tanpa-garis": _plain_pdf,
}


@pytest.mark.parametrize("write", KINDS.values(), ids=KINDS)
def test_every_finding_of_the_source_report(write: Callable[[Path], Path], tmp_path: Path) -> None:
    hasil = audit(write(tmp_path))
    assert {f.kode: f.tingkat for f in hasil.temuan} == FOUND, hasil.to_text()
    p = hasil.publikasi
    assert (str(p.ikm), p.kinerja, p.n, p.populasi, p.sampel_minimum, p.periode) == (
        "94,17", "Sangat Baik", 341, 3441, 341, "2024-S2",
    )  # fmt: skip
    assert [u.id for u in p.unsur][7:] == ["sarana", "pengaduan"]
    assert len(p.profil) == 5
    assert f"{hasil.hitung_ulang[0].ikm:.2f}" == "89.31"


@pytest.mark.parametrize("write", KINDS.values(), ids=KINDS)
def test_persons_are_never_shown(write: Callable[[Path], Path], tmp_path: Path) -> None:
    hasil = audit(write(tmp_path))
    shown = (
        hasil.to_text() + hasil.to_html() + hasil.to_markdown() + json.dumps(hasil.to_dict()) + repr(hasil.publikasi)
    )
    for secret in (twin_report.PERSON, twin_report.PERSON.split()[0], twin_report.NIK, "081234567890"):
        assert secret not in shown


def test_the_account_comes_first(tmp_path: Path) -> None:
    text = audit(twin_report.as_word(tmp_path)).to_text("id")
    assert text.index("Yang dibaca:") < text.index("1. [kesalahan]")
    assert "tabel unsur, 9 baris (Nilai Rata-rata = nilai, Kategori = mutu)" in text
    assert "tabel responden (Jenis Kelamin, Pendidikan, Pekerjaan, Usia, Jenis Layanan)" in text


def test_images_and_scans_are_refused_by_name(tmp_path: Path) -> None:
    picture = tmp_path / "poster.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0 no numbers here")
    with pytest.raises(UnreadableFileError) as caught:
        audit(picture)
    assert caught.value.code == "publikasi-gambar"
    assert ".pdf" in caught.value.render("id")


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    pytest.importorskip("pdfplumber")
    source = tmp_path / "kosong.typ"
    source.write_text("#rect(width: 3cm, height: 3cm, fill: red)", encoding="utf-8")
    path = tmp_path / "pindaian.pdf"
    path.write_bytes(typst.compile(str(source), root=str(tmp_path)))
    with pytest.raises(UnreadableFileError) as caught:
        audit(path)
    assert caught.value.code == "publikasi-pindaian"


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    path = tmp_path / "rusak.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"garbage " * 40)
    with pytest.raises(UnreadableFileError):
        audit(path)


def test_pasted_text(tmp_path: Path) -> None:
    text = twin_report.as_text(tmp_path).read_text(encoding="utf-8")
    assert set(skm.audit(text).codes()) == set(FOUND)
