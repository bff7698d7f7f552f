"""What the README says works: both command blocks, the ten lines, the table of commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import skm

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.S)


def test_windows_block_is_for_windows() -> None:
    """One command a line, the py launcher, backslashes, no token that stock Windows lacks."""
    (block,) = blocks("powershell")
    lines = block.strip().splitlines()
    assert len(lines) == 3
    for token in ("&&", "python3", "/bin/", "source ", "export ", "-q"):
        assert token not in block
    assert lines[0].startswith("py -m venv")
    assert all(line.startswith(".venv\\Scripts\\python ") for line in lines[1:])


def test_unix_commands_do_all_their_setup() -> None:
    """Each of the two commands makes its environment, installs, and runs."""
    first, second = (block.strip() for block in blocks("bash")[:2])
    for command, extras, end in ((first, "[all]", "skm demo"), (second, "[all,test]", "pytest")):
        parts = command.split(" && ")
        assert parts[0] == "python3 -m venv .venv"
        assert parts[1] == f'.venv/bin/pip install -e ".{extras}"'
        assert parts[2] == f".venv/bin/{end}"


def test_one_command_opens_the_page() -> None:
    """It makes its environment, installs what the page needs, and serves."""
    (command,) = [block.strip() for block in blocks("bash") if "layani" in block]
    assert command.split(" && ") == [
        "python3 -m venv .venv", '.venv/bin/pip install ".[report,service]"', ".venv/bin/skm layani",
    ]  # fmt: skip
    assert ".venv\\Scripts\\python -m skm layani" in README


def test_ten_lines_run_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example block runs; only the file is ours."""
    (block,) = blocks("python")
    (tmp_path / "jawaban.xlsx").write_bytes(skm.contoh().read_bytes())
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), space)
    assert str(space["hasil"].ikm) == "89.31"  # type: ignore[attr-defined]
    assert len(block.strip().splitlines()) <= 13


def test_table_pairs_commands_with_names_that_exist() -> None:
    """Every command in the table is a command, every Python name is public."""
    from skm.cli import commands

    rows = re.findall(r"^\| `skm ([\w-]+)[^|]*\| ([^|]*)\|", README, flags=re.M)
    assert rows
    for command, python in rows:
        assert command in commands()
        for name in re.findall(r"skm\.(\w+)", python):
            assert name in skm.__all__
    assert {command for command, _ in rows} == set(commands())


def test_counts_example_gives_one_document() -> None:
    """The echoed envelope is valid input."""
    assert '{"jumlah"' in README
    assert skm.score_counts({"persyaratan": (0, 0, 118, 69), "prosedur": (0, 6, 93, 88)}).mutu == "B"
