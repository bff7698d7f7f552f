"""Examples run; notebooks run, end in assertions, and their committed outputs hold no error."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_run_and_stay_short(path: Path) -> None:
    """Each example is under 40 lines and prints something, in any terminal."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 40
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-W", "error", str(path)], capture_output=True, check=False, env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_execute(path: Path) -> None:
    """Every notebook runs from top to bottom in a fresh kernel, says what it said; its last code cell asserts."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "assert" in code[-1].source
    committed = [output for cell in code for output in cell.outputs]
    assert committed, "the notebook is committed with its outputs"
    assert not [o for o in committed if o.output_type == "error"]
    said = [printed(cell) for cell in code]
    os.environ["PYTHONPATH"] = str(ROOT)
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    assert [printed(cell) for cell in code] == said, "execute the notebook again and commit it"


def printed(cell: Any) -> list[str]:
    """Return the words that a cell printed and showed as text; digits and sizes depend on fonts and versions."""
    # What is printed comes in pieces that end anywhere, between what goes to one stream and what goes to the other.
    streams = ["".join(o.text for o in cell.outputs if o.get("name") == name) for name in ("stdout", "stderr")]
    shown = [o.data.get("text/plain", "") for o in cell.outputs if "data" in o]
    words = re.sub(r"\d+", "#", "\n".join([*streams, *shown]))
    return [" ".join(line.split()) for line in words.splitlines() if "bita" not in line and line.strip()]
