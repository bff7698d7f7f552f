"""A program that uses the package with a strict type checker passes, and its slips are seen."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def checked(name: str, cache: Path) -> tuple[int, str]:
    pytest.importorskip("mypy")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir",
        str(cache),
        str(HERE / name),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    return done.returncode, done.stdout


@pytest.mark.whole
def test_a_careful_program_passes(tmp_path: Path) -> None:
    """Results and options have types of their own; nothing is Any at the door."""
    code, told = checked("consumer.py", tmp_path)
    assert code == 0, told


@pytest.mark.whole
def test_slips_are_seen(tmp_path: Path) -> None:
    """A word that is no option, and a method that is not there."""
    code, told = checked("wrong.py", tmp_path)
    source = (HERE / "wrong.py").read_text(encoding="utf-8").splitlines()
    slips = {i for i, line in enumerate(source, start=1) if line.startswith("skm.")}
    assert code == 1
    assert {int(line) for line in re.findall(r"wrong\.py:(\d+): error", told)} == slips
