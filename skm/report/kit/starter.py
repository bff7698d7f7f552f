"""The starter kit: a folder with everything for one survey, from the questionnaire to the report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.basics import messages
from skm.basics.errors import DataError
from skm.basics.files import read_bytes
from skm.basics.numbers import resolve_lang
from skm.basics.writing import write_file
from skm.report._set import SetFile, write_set
from skm.report.kit.entry_workbook import blank_answers
from skm.report.kit.online_form import form_table, form_text
from skm.report.kit.questionnaire_docx import questionnaire
from skm.report.material.form import facts_form


@dataclass(frozen=True, slots=True)
class KitFile:
    """A file of the kit: written now, or there already and kept (``ditulis`` False): it may be filled in."""

    path: Path
    ditulis: bool


@dataclass(frozen=True, slots=True)
class StarterKit:
    """A kit that was written: its files in order, and where files were moved that would have been overwritten."""

    berkas: tuple[KitFile, ...]
    disimpan: tuple[Path, ...] = ()

    def __iter__(self) -> Iterator[KitFile]:
        return iter(self.berkas)

    def __len__(self) -> int:
        return len(self.berkas)


_EXAMPLE = Path(__file__).parents[2] / "data" / "contoh" / "wonoasih-2024-s2-rekonstruksi.xlsx"


def write_starter_kit(
    folder: str | Path,
    *,
    unit: str = "",
    instansi: str = "",
    kuesioner: Any = None,
    overwrite: bool = False,
    lang: str | None = None,
) -> StarterKit:
    """Write a folder to start a survey with.

    It holds the facts form (fakta.xlsx), a blank workbook for answers (jawaban.xlsx), the questionnaire on paper
    (kuesioner.docx) and for an online form (kuesioner_daring.txt and .csv), example data (contoh_jawaban.xlsx), a
    notebook (mulai.ipynb), laporan.bat, which makes the report with a double click, buka.bat, which opens the local
    page, and a page that says what to do (BACA-DULU.txt).

    Parameters
    ----------
    folder : str or Path
        Where to; made if it is not there.
    unit, instansi : str
        Names to fill in at once.
    kuesioner : str, Path or Kuesioner, optional
        The questions. Default: the regulation's sample.
    overwrite : bool
        Whether files that exist are replaced; otherwise they are kept: they may be filled in. What is replaced and
        differs is moved to ``disimpan-<date>/`` first.
    lang : str, optional
        Language.

    Returns
    -------
    StarterKit
        One entry a file.

    Raises
    ------
    DataError
        The folder cannot be made, or a file in it cannot be written.
    """
    language = resolve_lang(lang)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DataError("folder-tidak-dapat-dibuat", berkas=str(target), sebab=problem.strerror or "-") from None
    files = list(_files(unit, instansi, kuesioner, language))
    if overwrite:
        done = write_set(target, [SetFile("mulai", name, make) for name, make in files], overwrite=True)
        return StarterKit(tuple(KitFile(f.path, True) for f in done if f.jenis == "mulai"), done.disimpan)
    fresh = {name: make() for name, make in files if not (target / name).exists()}
    for name, content in fresh.items():
        write_file(target / name, content)
    return StarterKit(tuple(KitFile(target / name, name in fresh) for name, _ in files))


def _files(unit: str, instansi: str, kuesioner: Any, lang: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    known = {key: value for key, value in (("unit", unit), ("instansi", instansi)) if value}
    yield "BACA-DULU.txt", lambda: _windows(_say("baca", lang))
    yield "kuesioner.docx", lambda: questionnaire(unit, instansi, kuesioner, lang)
    yield "kuesioner_daring.txt", lambda: form_text(kuesioner, lang)
    yield "kuesioner_daring.csv", lambda: form_table(kuesioner, lang)
    yield "jawaban.xlsx", lambda: blank_answers(kuesioner, lang=lang)
    yield "fakta.xlsx", lambda: facts_form(known, lang)
    yield "contoh_jawaban.xlsx", lambda: read_bytes(_EXAMPLE)
    yield "mulai.ipynb", lambda: _notebook(lang)
    yield "laporan.bat", lambda: _windows(_batch(lang, "laporan jawaban.xlsx --fakta fakta.xlsx --out laporan --timpa"))
    yield "buka.bat", lambda: _windows(_batch(lang, "layani"))


def _batch(lang: str, command: str) -> str:
    """Return a batch file of one command; it prefers the Python that wrote it, whose path may hold any letter."""
    python = sys.executable.replace("%", "%%")
    return (
        _BATCH.replace("{python}", python)
        .replace("{perintah}", command)
        .replace("{selesai}", _say("bat-selesai", lang))
        .replace("{gagal}", _say("bat-gagal", lang))
        .replace("{tanpa}", _say("bat-tanpa-python", lang))
    )


def _windows(text: str) -> bytes:
    """Return a text as Windows tools read it: CRLF, UTF-8 without a mark (batch files say so with chcp)."""
    return text.strip("\n").replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8") + b"\r\n"


def _notebook(lang: str) -> bytes:
    cells = []
    for number, (kind, code) in enumerate(_CELLS):
        source = (_say(f"buku-{number}", lang) if kind == "markdown" else code).splitlines(keepends=True)
        cell: dict[str, Any] = {"cell_type": kind, "id": f"sel-{number}", "metadata": {}, "source": source}
        cells.append(cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    book = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _say(code: str, lang: str) -> str:
    return messages.text("mulai", code, lang)


_READ = """import skm

berkas = "contoh_jawaban.xlsx"  # ganti dengan "jawaban.xlsx" setelah diisi
survei = skm.read(berkas)
survei"""
_WRITE = """bahan = skm.report.compile(survei, fakta="fakta.xlsx")
skm.report.write_report(bahan, "laporan", overwrite=True)
print("\\n".join(bahan.missing()))"""
_CELLS = (
    ("markdown", ""),
    ("code", _READ),
    ("markdown", ""),
    ("code", "hasil = skm.score(survei)\nhasil"),
    ("code", "skm.profile(survei)"),
    ("code", "skm.priorities(hasil)"),
    ("markdown", ""),
    ("code", _WRITE),
)

_BATCH = r"""
@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PY={python}"
if not exist "%PY%" set "PY="
if not defined PY if exist "%~dp0.venv\Scripts\python.exe" set "PY=%~dp0.venv\Scripts\python.exe"
if not defined PY if exist "%~dp0..\.venv\Scripts\python.exe" set "PY=%~dp0..\.venv\Scripts\python.exe"
if not defined PY (
  echo {tanpa}
  pause
  exit /b 2
)
"%PY%" -m skm {perintah}
if errorlevel 1 (
  echo {gagal}
  pause
  exit /b 1
)
echo {selesai}
pause
"""
