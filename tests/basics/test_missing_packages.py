"""A package that is not there, a Python of 32 bits: one clear sentence and the command, never a trace."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import skm
from skm.cli import run
from skm.errors import MissingDependencyError
from skm.report import _poster, compile, write_report, write_starter_kit  # noqa: A004
from skm.report.render import pdf as _pdf


def one_sentence(text: str) -> bool:
    return text.endswith(".") and ". " not in text.replace("python.org", "")


@pytest.mark.parametrize("module", ["docx", "xlsxwriter"])
def test_a_missing_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str) -> None:
    """The kit is whole or not there; what needs the package is told with the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingDependencyError) as caught:
        write_starter_kit(tmp_path)
    assert list(tmp_path.iterdir()) == []
    for lang in ("id", "en"):
        assert one_sentence(caught.value.message(lang))
        assert 'pip install "skm-indonesia[report]"' in caught.value.hint(lang)


def test_a_missing_extra_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`skm laporan` writes all or nothing and says the sentence; 2 is the answer."""
    monkeypatch.setitem(sys.modules, "docx", None)
    words = ["laporan", str(skm.contoh()), "--unit", "X", "--out", str(tmp_path), "--hanya", "docx,json"]
    assert run(words) == 2
    told = capsys.readouterr().err
    assert "paket-hilang" in told
    assert "docx" in told
    assert not (tmp_path / "hasil.json").exists()


@pytest.mark.parametrize(("size", "code"), [(2**63 - 1, "paket-dasar-hilang"), (2**31 - 1, "paket-dasar-32-bit")])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_missing_base_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], size: int, code: str, lang: str
) -> None:
    """pandas cannot be imported: why, in one sentence, and what to do; in JSON too."""
    monkeypatch.setattr(sys, "maxsize", size)
    monkeypatch.setattr("skm.cli.sampel.run", lambda _: (_ for _ in ()).throw(ModuleNotFoundError(name="pandas.core")))
    assert run(["sampel", "10", "--lang", lang]) == 2
    first, *rest = capsys.readouterr().err.strip().splitlines()
    assert first.startswith(f"[{code}]")
    assert "pandas" in first
    assert one_sentence(first)
    assert rest
    assert run(["sampel", "10", "--json", "--lang", lang]) == 2
    assert json.loads(capsys.readouterr().out)["galat"]["kode"] == code


def test_a_module_of_our_own_is_a_defect(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A module of this package that is not there is no matter of installing."""
    monkeypatch.setattr("skm.cli.sampel.run", lambda _: (_ for _ in ()).throw(ModuleNotFoundError(name="skm.tiada")))
    assert run(["sampel", "10"]) == 2
    assert capsys.readouterr().err.startswith("[cacat-internal]")


def test_pdf_and_poster_beside_the_report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only when asked for; where a PDF cannot be made, nothing is written and the way out is named."""
    bahan = compile(skm.read(skm.contoh()), unit="X", periode="2024")
    monkeypatch.setattr(_pdf.office, "word_pdf", lambda _: None)
    monkeypatch.setattr(_pdf.office, "libreoffice_pdf", lambda _: None)
    monkeypatch.setattr(_pdf.word, "document", lambda *a, **k: b"docx")
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(_poster.charts, "poster", lambda *a, **k: skm.charts.unsur_bar(bahan.hasil))
    with pytest.raises(MissingDependencyError) as caught:
        write_report(bahan, tmp_path, hanya=["json", "pdf", "poster"])
    assert caught.value.code == "pdf-tanpa-alat"
    assert list(tmp_path.iterdir()) == []
    assert {f.path.name for f in write_report(bahan, tmp_path / "b", hanya=["json"])} == {"hasil.json", "daftar.json"}


def test_the_switches_of_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--pdf and --poster add to what is written."""
    asked: list[list[str]] = []

    real = skm.report.write_report

    def spy(*args: Any, hanya: list[str], **options: Any) -> Any:
        asked.append(list(hanya))
        return real(*args, hanya=["json"], **{**options, "overwrite": True})

    monkeypatch.setattr(skm.report, "write_report", spy)
    common = ["laporan", str(skm.contoh()), "--unit", "X"]
    assert run([*common, "--out", str(tmp_path / "a"), "--pdf"]) == 0
    assert run([*common, "--out", str(tmp_path / "b"), "--pdf", "--poster", "--hanya", "docx"]) == 0
    assert asked == [[*skm.report.ALWAYS, "pdf"], ["docx", "pdf", "poster"]]
    capsys.readouterr()
