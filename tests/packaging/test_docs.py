"""Every code block and command of the documentation runs; every code has its page; the site's own checker sees what it should."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

import skm
from skm.cli import commands, run

ROOT = Path(skm.__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(p for part in ("belajar", "mengerjakan", "memahami", "en") for p in (DOCS / part).glob("*.md"))
sys.path.insert(0, str(ROOT / "scripts"))
import build_docs  # noqa: E402

NINE = [f"U{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the pages speak of."""
    folder = tmp_path_factory.mktemp("meja")
    (folder / "jawaban.xlsx").write_bytes(skm.contoh().read_bytes())
    names = ["Persyaratan", "Prosedur", "Waktu", "Biaya", "Produk", "Kompetensi", "Perilaku", "Sarana", "Pengaduan"]
    table(folder / "polos.csv", NINE, [[1 + (k + i) % 4 for i in range(9)] for k in range(10)])
    table(
        folder / "berkode.csv",
        names,
        [[9 if (k, i) == (2, 3) else 3 + (k + i) % 2 for i in range(9)] for k in range(8)],
    )
    table(folder / "lima.csv", names, [[1 + (k + i) % 5 for i in range(9)] for k in range(10)])
    words = ["Tidak puas", "Kurang puas", "Puas", "Sangat puas"]
    table(folder / "puas.csv", names, [[words[(k + i) % 4] for i in range(9)] for k in range(12)])
    days = [f"{5 + k:02d}/{3 if k < 4 else 9:02d}/2026 10:00:00" for k in range(12)]
    table(
        folder / "formulir.csv",
        ["Timestamp", *names],
        [[days[k], *(3 + (k + i) % 2 for i in range(9))] for k in range(12)],
    )
    answers = [[3 + (k + i) % 2 for i in range(9)] for k in range(6)]
    sums = [sum(row[i] for row in answers) for i in range(9)]
    foot = [["Jumlah", *sums], ["Rata-rata", *(f"{s / 6:.3f}".replace(".", ",") for s in sums)]]
    table(folder / "bertanda-tangan.csv", ["No", *names], [*([k + 1, *row] for k, row in enumerate(answers)), *foot])
    table(folder / "cacah.csv", ["Unsur", "1", "2", "3", "4"], [[n, 0, 2, 8 + i, 10] for i, n in enumerate(names)])
    long = [[k, NINE[i].lower(), 3 + (k + i) % 2] for k in range(1, 8) for i in range(9)]
    table(folder / "panjang.csv", ["responden", "unsur", "nilai"], long)
    for unit in ("a", "b"):
        table(folder / f"unit-{unit}.csv", names, [[3 + (k + i) % 2 for i in range(9)] for k in range(7)])
    printed = [[f"U{i}", f"3,{40 + i}"] for i in range(1, 10)]
    table(folder / "tercetak.csv", ["Unsur", "Nilai"], [*printed, ["IKM", "99,17"]])
    (folder / "amplop.json").write_text('{"jumlah": {"persyaratan": [0, 0, 118, 69], "prosedur": [0, 6, 93, 88]}}')
    return folder


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
    monkeypatch.chdir(desk)
    for block in blocks(path, "python"):
        exec(compile(block, str(path), "exec"), {})


@pytest.mark.parametrize("path", [p for p in PAGES if blocks(p, "console")], ids=lambda p: p.stem)
def test_commands_run(
    path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    for line in "".join(blocks(path, "console")).splitlines():
        words = shlex.split(line.removeprefix("$ "))
        assert words[0] == "skm"
        code = run(words[1:])
        assert code == 0, (line, capsys.readouterr().err)


def test_at_least_thirty_recipes_are_executed() -> None:
    recipes = [p for p in (DOCS / "mengerjakan").glob("*.md") if blocks(p, "python") or blocks(p, "console")]
    assert len(recipes) >= 30


def test_every_page_is_in_a_table_of_contents() -> None:
    for part in ("belajar", "mengerjakan", "en"):
        index = (DOCS / part / "index.md").read_text(encoding="utf-8")
        for path in (DOCS / part).glob("*.md"):
            assert path.stem == "index" or re.search(rf"^{path.stem}$", index, flags=re.M), path


def test_the_checker_of_links_sees_broken_ones(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a id="x" href="b.html#y">b</a><a href="a.html#x">a</a><a href="tiada.html">t</a>'
    )
    (tmp_path / "b.html").write_text("<p>b</p>")
    assert sorted(build_docs.broken(tmp_path)) == ["a.html: b.html#y (no such place)", "a.html: tiada.html"]


def test_every_command_and_code_gets_a_page() -> None:
    """The pages are made from these lists; a name left out of them would be left out of the site."""
    assert "bantuan" in commands()
    assert (DOCS / "_ext" / "made_pages.py").exists()
