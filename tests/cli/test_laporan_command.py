"""`skm laporan` and `skm demo --out`: what is written, what is kept, what is told, and where it stops."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

import skm
from skm.cli import run

EXAMPLE = str(skm.contoh())
ROOT = Path(skm.__file__).parent.parent
EVERYTHING = {
    "laporan.docx",
    "laporan.html",
    "olah_data.xlsx",
    "hasil.json",
    "grafik",
    "catatan_penyusun.txt",
    "daftar.json",
}
QUICK = ("--hanya", "json,xlsx")

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in this process."""
    monkeypatch.delenv("SKM_LANG", raising=False)

    def inner(*argv: str, masukan: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(masukan), encoding="utf-8"))
        code = run(argv)
        out, err = capsys.readouterr()
        return code, out, err

    return inner


def bare(folder: Path) -> Path:
    path = folder / "jawaban.csv"
    lines = [
        ",".join(f"U{i}" for i in range(1, 10)),
        *(",".join(str(1 + (i * j) % 4) for j in range(9)) for i in range(30)),
    ]
    path.write_text("\n".join(lines))
    return path


def test_it_says_what_is_missing_then_the_figure_then_what_it_wrote(call: Call, tmp_path: Path) -> None:
    """In this order, on standard output; standard error stays empty."""
    out = tmp_path / "laporan"
    code, text, err = call("laporan", EXAMPLE, "--unit", "Kecamatan Contoh", "--periode", "2024-S2", "--out", str(out))
    assert (code, err) == (0, "")
    places = [
        text.index(part) for part in ("Belum diisi (", "Instansi induk", "IKM 89,31 (A, Sangat Baik)", "Ditulis:")
    ]
    assert places == sorted(places)
    assert "Nama unit layanan" not in text
    assert {p.name for p in out.iterdir()} == EVERYTHING
    assert all(str(out / name) in text for name in EVERYTHING)
    assert {p.suffix for p in (out / "grafik").iterdir()} == {".png", ".svg"}
    assert "Semester II Tahun 2024" in (out / "laporan.html").read_text("utf-8")


def test_the_demo_writes_a_whole_report(call: Call, tmp_path: Path) -> None:
    """At least 5 tables, 3 figures, 40 formulas; 89,31 stands beside 94,17, and the respondents are called what they are."""
    code, text, err = call("demo", "--out", str(tmp_path))
    assert (code, err) == (0, "")
    word = docx.Document(str(tmp_path / "laporan.docx"))
    assert len(word.tables) >= 5
    assert len(word.inline_shapes) >= 3
    said = "\n".join(p.text for p in word.paragraphs)
    assert "DIREKONSTRUKSI" in said
    assert "94,17" in said
    assert "hasil penghitungan data ini adalah 89,31" in said
    book = openpyxl.load_workbook(tmp_path / "olah_data.xlsx")
    formulas = sum(c.data_type == "f" for sheet in book for row in sheet.iter_rows() for c in row)
    assert formulas >= 40
    values = openpyxl.load_workbook(tmp_path / "olah_data.xlsx", data_only=True)["Olah Data"]
    assert 89.31 in {c.value for row in values.iter_rows() for c in row}
    assert "6. Laporan" in text
    page = (tmp_path / "laporan.html").read_text("utf-8")
    assert "DIREKONSTRUKSI" in page
    assert "94,17" in page


def test_the_examples_facts_are_those_of_the_printed_case() -> None:
    """The facts file that ships and the published case say the same."""
    from skm.report import read_facts

    facts = read_facts(skm.contoh().with_name("wonoasih-2024-s2-fakta.toml"))
    case = skm.publikasi.load("wonoasih-2024-s2")
    assert facts.get("populasi") == case.populasi
    assert case.ikm is not None
    assert facts.get("terbit_ikm") == case.ikm.nilai
    import tomllib

    source = Path(skm.__file__).parent / "data" / "kasus" / "wonoasih-2024-s2.toml"
    raw = tomllib.loads(source.read_text("utf-8"))
    planned = [(r["kegiatan"], len(r["triwulan"])) for r in raw["laporan"]["rtl"]["baris"]]
    assert planned == [(r["kegiatan"], sum(bool(r.get(f"tw{i}")) for i in range(1, 5))) for r in facts.rows("rtl")]
    assert [r["isi"] for r in facts.rows("keluhan")] == raw["laporan"]["keluhan"]
    assert [r["hari_kerja"] for r in facts.rows("jadwal")] == [
        t["hari_kerja"] for t in raw["publikasi"]["tanggal"]["tahap"]
    ]


def test_bare_u8_stops_with_two_choices(call: Call, tmp_path: Path) -> None:
    """Exit 2 and nothing written; one word later it goes through, under the chosen names."""
    path = str(bare(tmp_path))
    code, out, err = call("laporan", path, "--out", str(tmp_path / "l"), *QUICK)
    assert (code, out) == (2, "")
    assert err.startswith("[laporan-u8]")
    choices = [line.strip() for line in err.splitlines() if line.strip().startswith("u8=")]
    assert len(choices) == 2
    assert not (tmp_path / "l").exists()
    for u8 in ("pengaduan", "sarana"):
        code, _, _ = call("laporan", path, "--out", str(tmp_path / u8), "--u8", u8, *QUICK)
        assert code == 0
        hasil = json.loads((tmp_path / u8 / "hasil.json").read_bytes())["keseluruhan"]
        assert hasil["unsur"][7]["id"] == u8


def test_a_set_that_is_there_is_refused_whole_and_replaced_whole(call: Call, tmp_path: Path) -> None:
    """Exit 2 and nothing touched; with --timpa all of it, what was edited moved aside and told."""
    argv = ("laporan", EXAMPLE, "--out", str(tmp_path), *QUICK)
    assert call(*argv)[0] == 0
    before = (tmp_path / "hasil.json").stat().st_mtime_ns
    (tmp_path / "olah_data.xlsx").write_bytes(b"milik saya")
    code, out, err = call(*argv)
    assert (code, out) == (2, "")
    assert err.startswith("[set-ada]")
    assert "--timpa" in err
    assert (tmp_path / "olah_data.xlsx").read_bytes() == b"milik saya"
    assert (tmp_path / "hasil.json").stat().st_mtime_ns == before
    out = call(*argv, "--timpa")[1]
    assert "Ditulis:" in out
    assert "dipindahkan, tidak hilang" in out
    assert (tmp_path / "olah_data.xlsx").read_bytes().startswith(b"PK")
    assert [p.read_bytes() for p in tmp_path.glob("disimpan-*/olah_data.xlsx")] == [b"milik saya"]
    assert "dipindahkan" not in call(*argv, "--timpa")[1]


@pytest.mark.parametrize("named", [False, True], ids=["found-in-the-folder", "named"])
def test_a_set_with_remarks_is_replaced_as_often_as_asked(call: Call, tmp_path: Path, named: bool) -> None:
    """The ticked remarks are read and written by the same command: no run refuses them, and ticks stay."""
    rows = [
        "saran," + ",".join(f"U{i}" for i in range(1, 10)),
        *(f"{t},3,3,3,3,3,3,3,3,3" for t in ("Antrean lama", "AC")),
    ]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    ticks, out = tmp_path / "l" / "saran_periksa.xlsx", str(tmp_path / "l")
    argv = ["laporan", str(tmp_path / "a.csv"), "--out", out, "--u8", "sarana", "--hanya", "html,saran", "--timpa"]
    assert call(*argv)[0] == 0
    assert "Antrean lama" not in (tmp_path / "l" / "laporan.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(ticks)
    for row in book.worksheets[0].iter_rows(min_row=5):
        row[0].value = "v" if row[2].value == "Antrean lama" else None
    book.save(ticks)
    for run_number in range(3):
        code, told, err = call(*argv, *(["--saran-periksa", str(ticks)] if named else []))
        assert (code, err) == (0, "")
        assert ("dipindahkan, tidak hilang" in told) == (run_number == 0)
        assert "Antrean lama" in (tmp_path / "l" / "laporan.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ((), "argumen-hilang"),
        (("--out", "{f}", "--hanya", "docx,rtf"), "opsi-tidak-dikenal"),
        (("--out", "{f}", "--kerangka", "upp-1999"), "opsi-tidak-dikenal"),
        (("--out", "{f}", "--fakta", "tiada.xlsx"), "berkas-tidak-ada"),
        (("--out", "{f}", "--templat", "tiada.docx", "--hanya", "docx"), "berkas-tidak-ada"),
        (("--out", "{f}", "--populasi", "3,441"), "cacah-mendua"),
        (("--out", "{f}", "--samaran", "-1"), "cacah-terlalu-kecil"),
        (("--out", "{f}/berkas/x"), "folder-tidak-dapat-dibuat"),
        (("--out", "{f}", "--per", "a", "--per", "b"), "opsi-tidak-dikenal"),
    ],
)
def test_refusals(call: Call, tmp_path: Path, more: Any, code: str) -> None:
    """Exit 2 with a code and a hint."""
    (tmp_path / "berkas").write_text("x")
    argv = [part.replace("{f}", str(tmp_path)) for part in ([more] if isinstance(more, str) else more)]
    exit_code, out, err = call("laporan", EXAMPLE, *argv)
    assert (exit_code, out) == (2, "")
    assert err.startswith(f"[{code}]")


def test_the_form_is_filled_and_used(call: Call, tmp_path: Path) -> None:
    """--contoh writes the form; what is typed into it is in the report, and it is not overwritten."""
    form = tmp_path / "fakta.xlsx"
    assert call("laporan", "--contoh", "--out", str(form))[0] == 0
    assert call("laporan", "--contoh", "--out", str(form))[2].startswith("[berkas-sudah-ada]")
    book = openpyxl.load_workbook(form)
    for row in book["Isian"].iter_rows(min_row=4):
        if row[0].value == "Nama unit layanan":
            row[1].value = "Kelurahan <Melati> & Mawar"
    book.save(form)
    code, out, _ = call("laporan", EXAMPLE, "--fakta", str(form), "--out", str(tmp_path / "l"), "--hanya", "html")
    assert code == 0
    assert "Kelurahan &lt;Melati&gt; &amp; Mawar" in (tmp_path / "l" / "laporan.html").read_text("utf-8")
    assert "Instansi induk" in out


def test_an_envelope_with_data_and_facts(call: Call, tmp_path: Path) -> None:
    """One JSON document on standard input; pictures are refused there, since it may come from anywhere."""
    data = [{"persyaratan": 3, "prosedur": 4, "layanan": "A"}] * 6
    facts = {"unit": 'Unit A/B: "Melati"', "populasi": 100}
    out = tmp_path / "l"
    argv = ("laporan", "-", "--out", str(out), "--json", "--hanya", "json,html")
    envelope = {"data": data, "fakta": facts, "populasi": 200}
    code, text, err = call(*argv, masukan=json.dumps(envelope).encode())
    assert (code, err) == (0, "")
    document = json.loads(text)["hasil"]
    assert document["kecukupan"]["population"] == 200
    assert {b["jenis"] for b in document["berkas"]} == {"json", "html", "daftar"}
    assert "unit" not in [m["id"] for m in document["belum_diisi"]]
    argv = (*argv[:3], str(tmp_path / "lain"), *argv[4:])
    code, text, _ = call(*argv, masukan=json.dumps({"data": data, "fakta": {"logo": "/etc/passwd"}}).encode())
    assert (code, json.loads(text)["galat"]["kode"]) == (2, "masukan-jalur-berkas")


def test_the_period_cuts_the_answers_and_is_the_title(call: Call, tmp_path: Path) -> None:
    """A form that has been open for years: only the semester asked for is reported, under its name."""
    lines = ["Timestamp," + ",".join(f"U{i}" for i in range(1, 10))]
    lines += [f"{year}-{month:02d}-15," + ",".join("3" * 9) for year in (2024, 2025) for month in range(1, 13)]
    path = tmp_path / "jawaban.csv"
    path.write_text("\n".join(lines))
    argv = (
        "laporan",
        str(path),
        "--u8",
        "sarana",
        "--periode",
        "2025-S2",
        "--out",
        str(tmp_path / "l"),
        "--hanya",
        "html,json",
    )
    assert call(*argv)[0] == 0
    assert json.loads((tmp_path / "l" / "hasil.json").read_bytes())["keseluruhan"]["n"] == 6
    page = (tmp_path / "l" / "laporan.html").read_text("utf-8")
    assert '<p class="periode">Semester II Tahun 2025</p>' in page
    from skm import report

    survei = skm.read(path, u8="sarana").period("2025-S2")
    assert report.compile(survei, unit="X").fakta.get("periode") == "2025-S2"


def test_without_a_home_and_two_at_once(tmp_path: Path) -> None:
    """Both runs finish, write the same, and leave standard error empty."""
    (tmp_path / "berkas").write_text("x")  # below a regular file nobody, root included, can make a folder
    env = {**os.environ, "HOME": str(tmp_path / "berkas" / "rumah"), "PYTHONPATH": str(ROOT)}
    env.pop("MPLCONFIGDIR", None)
    start = time.monotonic()
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-W",
                "error",
                "-m",
                "skm",
                "laporan",
                EXAMPLE,
                "--unit",
                "X",
                "--out",
                str(tmp_path / name),
            ],
            env=env,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in ("a", "b")
    ]
    ends = [process.communicate(timeout=170) for process in running]
    assert [(p.returncode, err) for p, (_, err) in zip(running, ends, strict=True)] == [(0, b""), (0, b"")]
    for name in ("olah_data.xlsx", "hasil.json", "laporan.html", "laporan.docx"):
        assert (tmp_path / "a" / name).stat().st_size == pytest.approx((tmp_path / "b" / name).stat().st_size, rel=0.01)
    assert (tmp_path / "a" / "hasil.json").read_bytes() == (tmp_path / "b" / "hasil.json").read_bytes()
    assert time.monotonic() - start < 170


def test_word_and_html_of_341_respondents_in_time(tmp_path: Path) -> None:
    """Within 15 seconds of processor time, LibreOffice's pass for page numbers included."""
    command = [
        sys.executable,
        "-m",
        "skm",
        "laporan",
        EXAMPLE,
        "--unit",
        "X",
        "--hanya",
        "docx,html",
        "--out",
        str(tmp_path),
    ]
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    assert used < 20, used
