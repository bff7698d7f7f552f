"""Every code block and command of the documentation runs; every code has its page; the site's own checker sees what it should."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

import skm
from skm.cli import commands, run
from skm.io.layouts.detect import LAYOUTS

ROOT = Path(skm.__file__).parents[1]
DOCS = ROOT / "docs"
PARTS = ("belajar", "mengerjakan", "memahami", "mencari", "en")
PAGES = sorted(p for part in (".", *PARTS) for p in (DOCS / part).glob("*.md"))
sys.path[:0] = [str(ROOT / "scripts"), str(DOCS / "_ext")]
import api_pages  # noqa: E402
import build_docs  # noqa: E402
import command_pages  # noqa: E402
import example_files  # noqa: E402
import gallery_pages  # noqa: E402
import limits_page  # noqa: E402

NOT_HERE = "Tidak dijalankan di sini"
# Pages about a package that is in none of the extras that most people install.
NEEDS = {"mesin-dan-basis-data": "sqlalchemy"}
# Commands that write whole documents.
WRITES = re.compile(r"^skm (?:laporan .*(?<!json)$|rekap .*--laporan|tindak-lanjut)")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the pages speak of."""
    folder = tmp_path_factory.mktemp("meja")
    (folder / "jawaban.xlsx").write_bytes(skm.contoh().read_bytes())
    example_files.write_all(folder)
    names, codes = example_files.NAMES, example_files.U
    table(folder / "polos.csv", codes, [[1 + (k + i) % 4 for i in range(9)] for k in range(10)])
    missing = [[9 if (k, i) == (2, 3) else 3 + (k + i) % 2 for i in range(9)] for k in range(8)]
    table(folder / "berkode.csv", names, missing)
    days = [f"{5 + k:02d}/{3 if k < 4 else 9:02d}/2026 10:00:00" for k in range(12)]
    answers = [[3 + (k + i) % 2 for i in range(9)] for k in range(12)]
    table(folder / "formulir.csv", ["Timestamp", *names], [[days[k], *answers[k]] for k in range(12)])
    foot = [["Jumlah", *map(sum, zip(*answers[:6], strict=True))]]
    means = [f"{sum(column) / 6:.3f}".replace(".", ",") for column in zip(*answers[:6], strict=True)]
    signed = [*([k + 1, *answers[k]] for k in range(6)), *foot, ["Rata-rata", *means]]
    table(folder / "bertanda-tangan.csv", ["No", *names], signed)
    (folder / "layanan.json").write_text(blocks(DOCS / "belajar" / "aplikasi.md", "json")[1], encoding="utf-8")
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / "survei.db")) as base:
        base.execute(f"CREATE TABLE jawaban (unit TEXT, tahun INT, {', '.join(f'u{i} INT' for i in range(1, 10))})")
        rows = [("AB"[k % 2], 2026, *(2 + (k * k + i) % 3 for i in range(9))) for k in range(12)]
        base.executemany(f"INSERT INTO jawaban VALUES ({', '.join('?' * 11)})", rows)
        base.commit()
    offices(folder)
    semesters(folder)
    return folder


def offices(folder: Path) -> None:
    """What units sent to the city, the list of units, villages, a printed result as a table and as a Word document."""
    from docx import Document

    names = example_files.NAMES
    printed = [[f"U{i}", f"3,{40 + i}"] for i in range(1, 10)]
    table(folder / "tercetak.csv", ["Unsur", "Nilai"], [*printed, ["IKM", "99,17"]])
    (folder / "masuk").mkdir()
    for unit, n in (("Dinas A", 12), ("Dinas B", 9)):
        table(folder / "masuk" / f"{unit}.csv", names, [[3 + (k + i) % 2 for i in range(9)] for k in range(n)])
    table(folder / "unit.csv", ["Unit", "Populasi"], [["Dinas A", 300], ["Dinas B", 200], ["Dinas C", 100]])
    (folder / "kelurahan").mkdir()
    for j, unit in enumerate(("Utara", "Tengah", "Selatan")):
        rows = [["LP"[k % 2], *(2 + (k * k + 2 * i + j) % 3 for i in range(9))] for k in range(20 + j)]
        table(folder / "kelurahan" / f"{unit}.csv", ["Jenis Kelamin", *names], rows)
    table(folder / "populasi.csv", ["unit", "populasi"], [["Utara", 400], ["Tengah", 500], ["Selatan", 450]])
    document = Document()
    document.add_heading("LKjIP Kecamatan Contoh 2026")
    body = document.add_table(rows=1, cols=3)
    for cell, text in zip(body.rows[0].cells, ("No", "Unsur", "Nilai"), strict=True):
        cell.text = text
    for i, name in enumerate(names):
        for cell, text in zip(body.add_row().cells, (str(i + 1), name, f"3,{40 + i}"), strict=True):
            cell.text = text
    document.add_paragraph("Nilai IKM Kecamatan Contoh 94,17 dengan mutu A.")
    document.save(folder / "lkjip.docx")


def semesters(folder: Path) -> None:
    """Two exports of one form, and the facts of the report."""
    names, words = example_files.NAMES, ("Tidak puas", "Kurang puas", "Puas", "Sangat puas")
    for semester, month in ((1, 3), (2, 9)):
        rows = [
            [f"{5 + k:02d}/{month:02d}/2026 09:00:00", *(words[1 + (k * k + i) % 3] for i in range(9))]
            for k in range(14)
        ]
        table(folder / f"semester-{semester}.csv", ["Timestamp", *names], rows)
    facts = {"unit": "Kecamatan Contoh", "instansi": "Pemerintah Kota Contoh", "periode": "Semester II Tahun 2026"}
    skm.report.write_facts_form(folder / "fakta.xlsx", isi={**facts, "populasi": 3441})


def table(path: Path, header: list[str], rows: list[list[object]]) -> None:
    path.write_text("\n".join(";".join(map(str, row)) for row in [header, *rows]) + "\n", encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), flags=re.S | re.M)


@pytest.mark.filterwarnings(
    "ignore::skm.errors.SKMWarning"
)  # a choice that touches a figure says so; the pages explain
@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p, "python")], ids=lambda p: p.stem)
def test_python_blocks_run(
    path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if path.stem in NEEDS:
        pytest.importorskip(NEEDS[path.stem])
    monkeypatch.chdir(desk)
    for block in blocks(path, "python"):
        exec(compile(block, str(path), "exec"), {})


def console(path: Path) -> list[str]:
    return [line.removeprefix("$ ") for line in "".join(blocks(path, "console")).splitlines()]


@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p, "console")], ids=lambda p: p.stem)
def test_commands_run(
    path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command; of those that write whole documents only the part that is data (`test_documents_are_written`)."""
    monkeypatch.chdir(desk)
    for line in console(path):
        words = shlex.split(line)
        assert words[0] == "skm"
        if WRITES.search(line):
            words = words[: words.index("--laporan")] if "--laporan" in words else [*words, "--hanya", "json"]
        code = run(words[1:])
        assert code == 0, (line, capsys.readouterr().err)


@pytest.mark.whole
@pytest.mark.parametrize("path", [p for p in PAGES if any(map(WRITES.search, console(p)))], ids=lambda p: p.stem)
def test_documents_are_written(path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / path.stem).mkdir()
    for entry in [e for e in desk.iterdir() if e.suffix in (".csv", ".xlsx", ".docx", ".json") or e.name == "masuk"]:
        (desk / path.stem / entry.name).symlink_to(entry)
    monkeypatch.chdir(desk / path.stem)
    for line in console(path):
        assert run(shlex.split(line)[1:]) == 0, line


def test_recipes_are_executed_or_say_that_they_are_not() -> None:
    recipes = [p for p in (DOCS / "mengerjakan").glob("*.md") if p.stem != "index"]
    executed = {p for p in recipes if blocks(p, "python") or blocks(p, "console")}
    assert len(executed) >= 30
    assert not [p.stem for p in recipes if p not in executed and NOT_HERE not in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", [*commands()])
def test_every_command_has_an_example_that_runs(name: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    lines = command_pages.EXAMPLES.get(name) or command_pages.WAITING[name]
    assert all(line.startswith(f"skm {name}") or name == "gabung" for line in lines)
    for line in lines if name in command_pages.EXAMPLES and name != "tindak-lanjut" else ():  # tests/report writes that
        assert run(shlex.split(line)[1:]) == 0, line


@pytest.mark.parametrize("module", list(api_pages.public()))
def test_every_public_name_has_an_example(module: str) -> None:
    for name in api_pages.public()[module]:
        own = ">>>" in (inspect.getdoc(api_pages.find(module, name)) or "")
        assert own or f"{module}.{name}" in api_pages.examples(), f"docs/_ext/examples.txt: {module}.{name}"


def test_examples_speak_of_names_that_exist() -> None:
    known = {f"{module}.{name}" for module, names in api_pages.public().items() for name in names}
    assert set(api_pages.examples()) <= known


EXAMPLES = sorted(set(api_pages.examples().values()))
# Whole documents take seconds each; tests/report writes them in any case, and ``pytest -m whole`` runs these too.
LONG = re.compile(
    r"write_(?!set|recap|online|blank|facts|form|questionnaire|tables)\w+\(|charts\.poster|rank_uns|difference|changes"
)


def run_examples(texts: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    survei = skm.read(skm.contoh())
    names = {"skm": skm, "survei": survei, "hasil": skm.score(survei)}
    for place, text in enumerate(texts):
        (folder / str(place)).mkdir()
        monkeypatch.chdir(folder / str(place))
        test = doctest.DocTestParser().get_doctest(text + "\n", dict(names), "examples.txt", str(api_pages.EXAMPLES), 0)
        out: list[str] = []
        assert doctest.DocTestRunner(verbose=False).run(test, out=out.append).failed == 0, "".join(out)


@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
def test_examples_of_names_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_examples([text for text in EXAMPLES if not LONG.search(text)], tmp_path, monkeypatch)


@pytest.mark.whole
@pytest.mark.filterwarnings("ignore::skm.errors.SKMWarning")
def test_long_examples_of_names_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_examples([text for text in EXAMPLES if LONG.search(text)], tmp_path, monkeypatch)


def test_every_layout_has_a_picture_a_command_and_a_file_that_is_read_so(desk: Path) -> None:
    shapes = example_files.shapes()
    assert {s.layout for s in shapes if s.layout} == set(LAYOUTS)
    page = (DOCS / "mengerjakan" / "berkas-saya-seperti-ini.md").read_text(encoding="utf-8")
    assert page == example_files.page(), "python scripts/docs_pictures.py tata-letak"
    for shape in shapes:
        assert (DOCS / "_static" / "tata-letak" / f"{shape.name}.png").exists(), shape.name
        choices = {"puas": {"label": "puas"}, "skala-lima": {"skala": "5-linear"}}.get(shape.name, {})
        if shape.layout and shape.layout != "tabel-cacah":
            assert skm.read(desk / shape.file, **choices).sumber.tata_letak == shape.layout, shape.name


def test_the_page_of_limits_is_that_of_the_table() -> None:
    assert (DOCS / "batas.md").read_text(encoding="utf-8") == limits_page.page(), (
        "python scripts/docs_pictures.py batas"
    )


def test_the_gallery_shows_every_chart_and_every_kind_of_table() -> None:
    """Charts are the functions of skm.charts that draw; kinds of tables are the public classes with ``table``."""
    from skm.stats._result import StatResult

    helpers = {"narrow", "save", "svg_element", "to_bytes", "to_png", "to_svg"}
    drawn = {word for line in gallery_pages.CHARTS.values() for word in re.findall(r"skm\.charts\.(\w+)", line)}
    assert drawn == set(skm.charts.__all__) - helpers
    names = gallery_pages.space()
    shown = {type(eval(line.removesuffix(".table(1)"), names)).__name__ for line in gallery_pages.TABLES.values()}
    public = {kind for kind in StatResult.__subclasses__() if not kind.__name__.startswith("_")}
    assert {kind.__name__ for kind in public} <= shown


def test_every_page_is_in_a_table_of_contents() -> None:
    for part in PARTS:
        index = (DOCS / part / "index.md").read_text(encoding="utf-8")
        for path in (DOCS / part).glob("*.md"):
            assert path.stem == "index" or re.search(rf"^{path.stem}$", index, flags=re.M), path


def test_the_checker_of_links_sees_broken_ones(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a id="x" href="b.html#y">b</a><a href="a.html#x">a</a><a href="tiada.html">t</a>'
    )
    (tmp_path / "b.html").write_text("<p>b</p>")
    assert sorted(build_docs.broken(tmp_path)) == ["a.html: b.html#y (no such place)", "a.html: tiada.html"]


@pytest.mark.browser
def test_a_question_finds_its_page(tmp_path: Path) -> None:
    """The recipes alone, built without the theme, asked as people ask: the page stands among the first three."""
    import subprocess
    from urllib.parse import quote

    playwright = pytest.importorskip("playwright.sync_api")
    source = tmp_path / "sumber"
    shutil.copytree(DOCS / "mengerjakan", source / "mengerjakan")
    (source / "index.md").write_text("# skm\n\n```{toctree}\nmengerjakan/index\n```\n", encoding="utf-8")
    (source / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(DOCS / '_ext')!r})\nlanguage = 'id'\nhtml_search_language = 'id'\n"
        f"html_search_scorer = {str(DOCS / '_ext' / 'scorer.js')!r}\nextensions = ['myst_nb', 'indonesian_search']\n"
        "html_theme = 'basic'\nnb_execution_mode = 'off'\nmyst_enable_extensions = ['colon_fence']\n",
        encoding="utf-8",
    )
    built = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(source), str(tmp_path / "situs")]
    subprocess.run(built, check=True, capture_output=True)
    asked = {
        "hitung semester lalu dari ekspor Google Forms ini": "memilih-semester",
        "cukupkah 120 dari 900?": "cukupkah",
        "mengapa 88,30 bukan A?": "mengapa-bukan-a",
        "jalankan dari PHP": "php",
        "file saya satu lembar per layanan": "berkas-saya-seperti-ini",
        "gabungkan laporan semua OPD dan siapa belum melapor": "kompilasi-kota",
        "uji validitas reliabilitas untuk skripsi": "validitas",
        "laporan sudah ada, mau buat ulang": "menjalankan-lagi",
        "jawaban di file saya puas tidak puas": "kata-kata-jawaban",
        "U8 itu sarana atau pengaduan": "u8-atau-u9",
    }
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        page = browser.new_page()
        for question, wanted in asked.items():
            page.goto(f"file://{tmp_path}/situs/search.html?q={quote(question)}")
            page.wait_for_selector("#search-results li a")
            page.wait_for_timeout(300)
            links = page.eval_on_selector_all("#search-results li a", "all => all.map(a => a.getAttribute('href'))")
            first = list(dict.fromkeys(link.split("?")[0].split("#")[0] for link in links))[:3]
            assert any(link.endswith(f"/{wanted}.html") for link in first), (question, first)
        browser.close()
