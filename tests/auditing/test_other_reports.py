"""Whole reports of seven kinds of offices in six forms: right ones give no error and no warning, wrong ones are found."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path

import pytest
from support.other_reports import NIP, PERSON, REPORTS, WRITERS

from skm.auditing.audit import audit
from skm.auditing.result import UNREAD, HasilTelaah

# Word builds a table of hundreds of cells slowly; the long table is for pages.
SLOW = ("kota", "word")
CASES = [(office, wrong) for office, (_, kinds) in REPORTS.items() for wrong in ("", *kinds)]


def held(office: str, wrong: str, form: str, folder: Path) -> tuple[HasilTelaah, str]:
    if (office, form) == SLOW:
        form = "html"
    if form.startswith("pdf"):
        pytest.importorskip("typst")
        pytest.importorskip("pdfplumber")
    parts, code = REPORTS[office][0](wrong)
    return audit(WRITERS[form](parts, folder)), code


@pytest.mark.parametrize("form", ["html", "salin", "word", "pdf-tanpa-garis"])
@pytest.mark.parametrize("office", REPORTS)
def test_right_reports_are_silent(office: str, form: str, tmp_path: Path) -> None:
    hasil, _ = held(office, "", form, tmp_path)
    assert not [f.kode for f in hasil.temuan if f.tingkat != "catatan"], hasil.to_text()
    assert hasil.putusan == "cocok", hasil.to_text()
    assert not [line.text("id") for line in hasil.akun if line.peran in UNREAD], hasil.to_text()
    told = hasil.to_text() + hasil.to_html() + json.dumps(hasil.to_dict()) + repr(hasil.publikasi)
    assert PERSON.split()[0] not in told
    assert NIP not in told


@pytest.mark.parametrize(
    ("office", "wrong", "form"),
    [(*case, form) for case, form in zip((c for c in CASES if c[1]), cycle(WRITERS), strict=False)],
)
def test_wrong_reports_are_found(office: str, wrong: str, form: str, tmp_path: Path) -> None:
    hasil, code = held(office, wrong, form, tmp_path)
    found = [f.kode for f in hasil.temuan if f.tingkat != "catatan"]
    assert any(kode.startswith(code) for kode in found), hasil.to_text()
