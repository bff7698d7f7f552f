"""PDF: the chain of Word, LibreOffice and typst; typst's rendering of every block; texts that mean nothing to it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import office_programs as _kantor

import skm
from skm import report
from skm.basics.table import Table, TableColumn
from skm.errors import DataError, MissingDependencyError, SKMError
from skm.report import compile  # noqa: A004
from skm.report.chapters.blocks import (
    Bullets,
    Contents,
    Cover,
    Document,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    SignatureBlock,
    TableBlock,
)
from skm.report.material.clean_text import fill_in
from skm.report.render import office as kantor
from skm.report.render import pdf as _pdf
from skm.report.render import typst as _typst

NASTY = r'#import "x" $x^2$ [a] {b} \ *tebal* _miring_ `kode` <lbl> @ref "kutip" // komentar = judul ~ é ✓ 漢'


@pytest.fixture(scope="module")
def bahan() -> Any:
    return compile(skm.read(skm.contoh()), unit="Kecamatan Contoh", periode="2024-S2", population=3441)


def dokumen(*blok: Any) -> Document:
    return Document("Laporan", "id", blok)


def text_of(content: bytes, tmp_path: Path) -> str:
    """The words of a PDF, by poppler."""
    program = _kantor.need("pdftotext")
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    done = subprocess.run([program, "-layout", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def test_the_first_way_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word before LibreOffice before typst; what is not there is passed over without a word."""
    pytest.importorskip("docx")
    calls: list[str] = []

    def way(name: str, result: bytes | None) -> Any:
        def run(_: Any) -> bytes | None:
            calls.append(name)
            return result

        return run

    monkeypatch.setattr(kantor, "word_pdf", way("word", None))
    monkeypatch.setattr(kantor, "libreoffice_pdf", way("libreoffice", b"%PDF-lo"))
    monkeypatch.setattr(_typst, "render", way("typst", b"%PDF-ty"))
    monkeypatch.setattr(_pdf.word, "document", lambda *a, **k: b"docx")
    assert _pdf.pdf(dokumen()) == b"%PDF-lo"
    assert calls == ["word", "libreoffice"]
    monkeypatch.setattr(kantor, "word_pdf", way("word", b"%PDF-word"))
    assert _pdf.pdf(dokumen()) == b"%PDF-word"
    assert _pdf.pdf(dokumen(), cara="typst") == b"%PDF-ty"


def test_a_way_that_fails_is_followed_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice times out, typst does it; if all that are there fail, they are named."""
    monkeypatch.setattr(_pdf.word, "document", lambda *a, **k: b"docx")
    monkeypatch.setattr(kantor, "word_pdf", lambda _: None)

    def hangs(_: Any) -> bytes:
        raise subprocess.TimeoutExpired("soffice", 180)

    def broken(_: Any) -> bytes:
        raise OSError

    monkeypatch.setattr(kantor, "libreoffice_pdf", hangs)
    monkeypatch.setattr(_typst, "render", lambda _: b"%PDF-ty")
    assert _pdf.pdf(dokumen()) == b"%PDF-ty"
    monkeypatch.setattr(_typst, "render", broken)
    with pytest.raises(DataError) as caught:
        _pdf.pdf(dokumen())
    assert caught.value.code == "pdf-gagal"
    assert caught.value.context["cara"] == ["libreoffice (TimeoutExpired)", "typst (OSError)"]


def test_one_clear_sentence_where_nothing_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Word, no LibreOffice, no typst: what is needed, and the command."""
    monkeypatch.setattr(_pdf.word, "document", lambda *a, **k: b"docx")
    monkeypatch.setattr(kantor, "word_pdf", lambda _: None)
    monkeypatch.setattr(kantor, "libreoffice_pdf", lambda _: None)
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingDependencyError) as caught:
        _pdf.pdf(dokumen())
    assert caught.value.code == "pdf-tanpa-alat"
    for lang in ("id", "en"):
        assert caught.value.message(lang).count(".") == 1
        assert 'pip install "skm-indonesia[pdf]"' in caught.value.hint(lang)
    with pytest.raises(SKMError) as unknown:
        _pdf.pdf(dokumen(), cara="latex")  # type: ignore[arg-type]
    assert unknown.value.code == "opsi-tidak-dikenal"


FAKE = """#!{python}
import os, sys
script = sys.argv[-1]
assert "Word.Application" in script and os.environ["SKM_DOCX"] not in script
{what}
"""


def fake_word(folder: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Put a PowerShell on the path that behaves as told, on a computer that says it is Windows."""
    program = folder / "powershell"
    program.write_text(FAKE.format(python=sys.executable, what=what))
    program.chmod(0o755)
    monkeypatch.setattr(kantor.shutil, "which", lambda name: str(program) if name == "powershell" else None)
    monkeypatch.setattr(kantor, "_on_windows", lambda: True)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for PowerShell")
def test_word_is_driven_through_powershell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths go in by the environment; no Word is told from a Word that fails."""
    copy = 'open(os.environ["SKM_PDF"], "wb").write(b"%PDF-" + open(os.environ["SKM_DOCX"], "rb").read())'
    fake_word(tmp_path, monkeypatch, copy)
    assert kantor.word_pdf(b"isi") == b"%PDF-isi"
    fake_word(
        tmp_path, monkeypatch, 'sys.exit("Retrieving the COM class factory ... failed: 80040154 Class not registered")'
    )
    assert kantor.word_pdf(b"isi") is None
    fake_word(tmp_path, monkeypatch, 'sys.exit("The file appears to be corrupted")')
    with pytest.raises(subprocess.CalledProcessError):
        kantor.word_pdf(b"isi")


def test_without_windows_there_is_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """PowerShell alone is not enough."""
    monkeypatch.setattr(kantor.shutil, "which", lambda _: "/usr/bin/pwsh")
    monkeypatch.setattr(kantor, "_on_windows", lambda: False)
    assert kantor.word_pdf(b"isi") is None


def test_libreoffice_is_found_where_windows_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not on the search path there."""
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(kantor.shutil, "which", lambda _: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert kantor.libreoffice() == str(program)


def test_typst_shows_every_block_and_no_text_is_code(tmp_path: Path) -> None:
    """A nasty text in every place comes out letter by letter; blanks are marked; headings become the outline."""
    pytest.importorskip("typst")
    table = Table(
        "", (TableColumn("a", NASTY), TableColumn("n", "N", "count")), ((NASTY, 1234), ("baris", None)), (NASTY,), "id"
    )
    content = _typst.render(
        dokumen(
            Cover(NASTY, "Unit", fill_in("Instansi"), "2024"),
            PageBreak(),
            Heading("Daftar Isi", 1, terdaftar=False),
            Contents(),
            PageBreak(),
            Heading(NASTY, 1, "BAB I"),
            Paragraph(NASTY),
            Paragraph(NASTY, "penting"),
            Paragraph(NASTY, "catatan"),
            Paragraph("tebal", "tebal"),
            Bullets((NASTY, "dua")),
            Bullets(("satu", "dua"), bernomor=True),
            Bullets(()),
            TableBlock(table, NASTY, (("Jumlah", NASTY),), nomor=1),
            Missing(NASTY),
            SignatureBlock("Contoh, 1 Januari 2026", "Camat", "Nama", ""),
        )
    )
    assert content.startswith(b"%PDF-")
    words = re.sub(r"\s+", " ", text_of(content, tmp_path))
    for piece in (
        '#import "x" $x^2$',
        "*tebal* _miring_ `kode`",
        "<lbl> @ref",
        "// komentar",
        "é",
        "1.234",
        "Instansi",
    ):
        assert piece in words
    assert words.count("BAB I") >= 2


def test_the_whole_report_by_typst(bahan: Any, tmp_path: Path) -> None:
    """Every chapter is there, figures as printed, in both languages."""
    pytest.importorskip("typst")
    path = report.write_pdf(bahan, tmp_path / "laporan.pdf", cara="typst")
    words = text_of(path.read_bytes(), tmp_path)
    for piece in ("BAB V", "Lampiran 6", "89,31", "Kecamatan Contoh", "Semester II Tahun 2024", "Tabel 7."):
        assert piece in words
    english = text_of(report.write_pdf(bahan, tmp_path / "r.pdf", cara="typst", lang="en").read_bytes(), tmp_path)
    assert "89.31" in english


@pytest.mark.slow
def test_the_whole_report_by_libreoffice(bahan: Any, tmp_path: Path) -> None:
    """The Word report laid out; the user's own profile stays untouched."""
    _kantor.need("soffice", "libreoffice")
    path = report.write_pdf(bahan, tmp_path / "laporan.pdf", cara="libreoffice")
    words = text_of(path.read_bytes(), tmp_path)
    assert "BAB V" in words
    assert "89,31" in words
