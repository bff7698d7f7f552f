"""What this package writes, the audit reads back: the same figure and no error in Word, page, PDF and workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

import skm


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
def test_our_own_report_is_not_accused(ending: str, tmp_path: Path) -> None:
    for package in ("docx", "jinja2", "xlsxwriter"):
        pytest.importorskip(package)
    bahan = skm.report.compile(skm.contoh(), unit="Kecamatan Contoh", periode="2024-S2", population=3441)
    path = tmp_path / f"laporan{ending}"
    write = {".docx": skm.report.write_docx, ".html": skm.report.write_html, ".xlsx": skm.report.write_workbook}[ending]
    write(bahan, path)
    hasil = skm.audit(path)
    # The ages of the data leave out 50; nothing else is held against what we wrote ourselves.
    assert [f.kode for f in hasil.temuan if f.tingkat != "catatan"] == ["profil-usia-celah"], hasil.to_text()
    assert not any("angka tidak ditempatkan" in line.text("id") for line in hasil.akun), hasil.to_text()
    assert (str(hasil.publikasi.ikm), hasil.putusan, len(hasil.publikasi.unsur)) == ("89,31", "cocok", 9)
