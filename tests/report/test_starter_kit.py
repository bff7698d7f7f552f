"""The starter kit: what is in it, that nothing filled in is lost, and that filled in it leads to a complete report."""

from __future__ import annotations

import io
import json
import re
import shlex
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import docx
import openpyxl
import pytest

import skm
from skm.cli import run
from skm.regulasi import _kuesioner as kuesioner
from skm.report import write_blank_answers, write_online_form, write_questionnaire, write_starter_kit
from skm.report.kit.entry_workbook import headers
from skm.report.kit.respondent_fields import fields
from skm.report.material.fields import catalogue

FILES = [
    "BACA-DULU.txt",
    "kuesioner.docx",
    "jawaban.xlsx",
    "fakta.xlsx",
    "contoh_jawaban.xlsx",
    "mulai.ipynb",
    "kuesioner_daring.txt",
    "kuesioner_daring.csv",
    "laporan.bat",
    "buka.bat",
]


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Programs started in the folder find this package, wherever it stands.
    monkeypatch.setenv("PYTHONPATH", str(Path(skm.__file__).parent.parent))
    write_starter_kit(tmp_path / "Survei Kecamatan", unit="Kecamatan Contoh")
    return tmp_path / "Survei Kecamatan"


def png(path: Path) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x20\x60\xa0" * 40 for _ in range(30))
    header = struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def fill_facts(path: Path, n: int) -> None:
    """Type the example of every field into the form, as an office would, pictures and counts of its own."""
    png(path.parent / "logo.png")
    png(path.parent / "foto1.jpg")
    book = openpyxl.load_workbook(path)
    main = book[book.sheetnames[0]]
    for row in main.iter_rows(min_row=4):
        if row[0].value is not None and row[1].value in (None, ""):
            row[1].value = row[2].value
    known = {i.name("id"): i for i in catalogue().isian}
    for row in main.iter_rows(min_row=4):
        field = known.get(row[0].value)
        if field is not None and field.id in ("disebar", "kembali", "layak"):
            row[1].value = n
        if field is not None and field.id == "terbit_ikm":
            row[1].value = None
    for name in book.sheetnames[1:]:
        sheet = book[name]
        for cell in sheet[3]:
            sheet.cell(5, cell.column).value = cell.value
        if name == "Rencana tindak lanjut":  # one activity for every unsur, so that no recommendation is left open
            for row, b in enumerate(kuesioner.load().butir, start=5):
                for cell in sheet[3]:
                    sheet.cell(row, cell.column).value = cell.value
                sheet.cell(row, 1).value = kuesioner.load().describe(b.unsur).name("id")
    book.save(path)


def fill_answers(path: Path, n: int) -> list[list[int | None]]:
    """Type n questionnaires into the blank workbook; some leave a question blank."""
    book = openpyxl.load_workbook(path)
    sheet = book["Jawaban"]
    width = len(fields())
    answers: list[list[int | None]] = []
    for i in range(n):
        row = [2 + (i * (j + 3) + j) % 3 if (i + j) % 17 else None for j in range(9)]
        answers.append(row)
        who = ["14/07/2026", "08.00-12.00", ("KTP", "KK")[i % 2], "LP"[i % 2], 18 + i % 50, "SMA", "Swasta"]
        for j, value in enumerate([*who, *row, "Petugas ramah." if i == 3 else None]):
            sheet.cell(i + 2, j + 1).value = value
    assert sheet.cell(1, width + 1).value == "Persyaratan"
    book.save(path)
    return answers


def command_of(batch: Path) -> list[str]:
    """The words that laporan.bat gives to Python."""
    text = batch.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith('"%PY%"'))
    return shlex.split(line.removeprefix('"%PY%"'))


def test_filled_in_it_leads_to_a_complete_report(kit: Path) -> None:
    """Facts and answers typed in, laporan.bat's own command run in the folder: nothing is missing in the report."""
    fill_facts(kit / "fakta.xlsx", 40)
    answers = fill_answers(kit / "jawaban.xlsx", 40)
    done = subprocess.run(
        [sys.executable, *command_of(kit / "laporan.bat")], cwd=kit, capture_output=True, text=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Belum diisi" not in done.stdout
    written = {p.name for p in (kit / "laporan").iterdir()}
    assert {"laporan.docx", "laporan.html", "olah_data.xlsx", "hasil.json", "grafik"} <= written
    means = []
    for j in range(9):
        column = [row[j] for row in answers if row[j] is not None]
        means.append(sum(column) / len(column))
    result = json.loads((kit / "laporan" / "hasil.json").read_text(encoding="utf-8"))["keseluruhan"]
    assert float(result["ikm"]) == pytest.approx(25 * sum(means) / 9, abs=0.005001)
    assert result["n"] == 40
    word = docx.Document(io.BytesIO((kit / "laporan" / "laporan.docx").read_bytes()))
    text = "\n".join(
        [*(p.text for p in word.paragraphs), *(c.text for t in word.tables for r in t.rows for c in r.cells)]
    )
    assert "Kecamatan Contoh" in text
    assert "Memangkas alur menjadi satu loket" in text
    assert not re.search(r"\[?DIISI|Belum diisi oleh", text)


def test_a_second_run_keeps_what_is_filled_in(kit: Path) -> None:
    """Nothing is overwritten unless asked for."""
    (kit / "fakta.xlsx").write_bytes(b"isian saya")
    (kit / "mulai.ipynb").unlink()
    files = write_starter_kit(kit)
    assert {f.path.name for f in files if f.ditulis} == {"mulai.ipynb"}
    assert (kit / "fakta.xlsx").read_bytes() == b"isian saya"
    assert all(f.ditulis for f in write_starter_kit(kit, overwrite=True))


def test_what_is_in_the_folder(kit: Path) -> None:
    """Nine files; the facts form has its four columns and the name already filled in."""
    assert sorted(p.name for p in kit.iterdir()) == sorted(FILES)
    main = openpyxl.load_workbook(kit / "fakta.xlsx").worksheets[0]
    assert [c.value for c in main[3]] == ["Isian", "Isi", "Contoh", "Wajib"]
    assert main["B4"].value == "Kecamatan Contoh"
    assert skm.read(kit / "contoh_jawaban.xlsx").n == 341


def test_the_blank_workbook(tmp_path: Path) -> None:
    """Columns by name, drop-downs 1 to 4 with their labels, no column for persons; readable once typed in."""
    path = write_blank_answers(tmp_path / "jawaban.xlsx")
    sheet = openpyxl.load_workbook(path)["Jawaban"]
    assert [c.value for c in sheet[1]] == headers(kuesioner.load(), "id")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    answers = [rule for rule in rules.values() if rule.formula1 == '"1,2,3,4"']
    assert len(answers) == 9
    assert all(rule.type == "list" and rule.errorStyle in (None, "stop") for rule in answers)
    assert any("4 = Gratis" in (rule.prompt or "") for rule in answers)
    personal = {"nama", "nik", "alamat", "telepon", "hp"}
    assert not personal & {str(c.value).casefold() for c in sheet[1]}
    typed = fill_answers(path, 5)
    survei = skm.read(path)
    assert survei.n == 5
    assert set(survei.bacaan.profil) >= {"jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan"}
    assert survei.bacaan.u8 == "bernama"
    assert skm.score(survei).unsur["sarana"].total == sum(row[7] or 0 for row in typed)


def test_the_english_workbook_is_read_too(tmp_path: Path) -> None:
    """Headings in English mean the same unsur."""
    path = write_blank_answers(tmp_path / "answers.xlsx", lang="en")
    book = openpyxl.load_workbook(path)
    sheet = book["Answers"]
    for j in range(1, sheet.max_column + 1):
        sheet.cell(2, j).value = 3
    book.save(path)
    assert len(skm.score(skm.read(path)).unsur) == 9


def test_the_questionnaire(tmp_path: Path) -> None:
    """Nine questions in the order of the sample, four answers each with letter and number, no name asked."""
    path = write_questionnaire(tmp_path / "k.docx", unit="Kecamatan Contoh", instansi="Pemerintah Kota Contoh")
    word = docx.Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(
        [
            *(p.text for p in word.paragraphs),
            *(p.text for t in word.tables for r in t.rows for c in r.cells for p in c.paragraphs),
        ]
    )
    assert len(re.findall(r"^\d\. Bagaimana pendapat Anda", text, re.MULTILINE)) == 9
    assert text.count("\t4") == 9
    for b in kuesioner.load().butir:
        for letter, label in zip("abcd", b.label, strict=True):
            assert f"{letter}.  {label}" in text
    assert "Kecamatan Contoh" in text
    assert not re.search(r"\b(NIK|Alamat|No\. HP)\b", text)


def test_the_batch_file(kit: Path) -> None:
    """CRLF, knows the Python that wrote it, falls back on one beside it, says so where there is none."""
    content = (kit / "laporan.bat").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8")
    assert f'set "PY={sys.executable}"' in text
    assert text.index("chcp 65001") < text.index("set ")
    assert not re.search(r"\{\w+\}", text)
    assert command_of(kit / "laporan.bat") == [
        *("-m", "skm", "laporan", "jawaban.xlsx", "--fakta", "fakta.xlsx", "--out", "laporan", "--timpa")
    ]


def test_a_percent_sign_in_the_path_survives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batch files double it."""
    monkeypatch.setattr(sys, "executable", r"C:\50%\python.exe")
    write_starter_kit(tmp_path)
    assert r"C:\50%%\python.exe" in (tmp_path / "laporan.bat").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_notebook_runs(kit: Path) -> None:
    """From the example data to the report, in the kernel of this Python."""
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    book = nbformat.read(kit / "mulai.ipynb", as_version=4)
    nbformat.validate(book)
    nbclient.NotebookClient(book, timeout=180, resources={"metadata": {"path": str(kit)}}).execute()
    assert (kit / "laporan" / "laporan.docx").exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`skm mulai FOLDER`: 0 and a list; again: kept; --json; no folder: 2; an empty kit says that nothing is there."""
    out = str(tmp_path / "a")
    assert run(["mulai", out, "--unit", "X"]) == 0
    assert "Mulai dari" in capsys.readouterr().out
    assert run(["mulai", out, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [f["ditulis"] for f in document["hasil"]["berkas"]] == [False] * len(FILES)
    assert run(["mulai"]) == 2
    capsys.readouterr()
    assert run(["laporan", f"{out}/jawaban.xlsx", "--fakta", f"{out}/fakta.xlsx", "--out", f"{out}/laporan"]) == 2
    assert capsys.readouterr().err.startswith("[data-kosong]")
    (tmp_path / "b").write_text("bukan folder")
    assert run(["mulai", str(tmp_path / "b")]) == 2
    assert "folder-tidak-dapat-dibuat" in capsys.readouterr().err


def test_the_online_form_is_read_as_it_comes(tmp_path: Path) -> None:
    """An export whose headers and answers are those of the form needs no map, in both languages."""
    import csv

    for lang in ("id", "en"):
        path = write_online_form(tmp_path / f"{lang}.csv", lang=lang)
        assert path is not None
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        asked = rows[1:]
        assert len([r for r in asked if r[2] in ("ya", "yes")]) == 9
        export = tmp_path / f"ekspor_{lang}.csv"
        with export.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow([r[0] for r in asked])
            for level in (3, 4, 5, 6):
                writer.writerow([r[min(level, 6)] if r[2] in ("ya", "yes") else (r[3] or "") for r in asked])
        hasil = skm.score(skm.read(export))
        assert (str(hasil.ikm), hasil.n) == ("62.50", 4)
    text = write_online_form(tmp_path / "f.txt")
    assert text is not None
    assert "Google Forms" in text.read_text("utf-8-sig")


def test_three_runs_in_a_row_after_edits_end_right(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill in, double-click, edit the report, click again, change the facts, click again: right, and nothing lost."""
    monkeypatch.chdir(kit)
    (kit / "jawaban.xlsx").write_bytes((kit / "contoh_jawaban.xlsx").read_bytes())
    command = [*command_of(kit / "laporan.bat")[2:], "--hanya", "json,html,catatan"]
    assert run(command) == 0
    (kit / "laporan" / "laporan.html").write_text("disunting oleh kantor")
    assert run(command) == 0
    kept = list((kit / "laporan").glob("disimpan-*/laporan.html"))
    assert [p.read_text() for p in kept] == ["disunting oleh kantor"]
    (kit / "laporan" / "catatan_penyusun.txt").unlink()
    assert run(command) == 0
    assert "89,31" in (kit / "laporan" / "laporan.html").read_text("utf-8")
    assert (kit / "laporan" / "catatan_penyusun.txt").is_file()
    assert len(list((kit / "laporan").glob("disimpan-*"))) == 1
