"""The notebooks run from top to bottom; each ends in assertions of its own."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import skm

NOTEBOOKS = sorted((Path(skm.__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_was_saved_with_its_results(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cell fails, and what is saved has been executed in order."""
    monkeypatch.setenv("PYTHONPATH", str(Path(skm.__file__).parents[1]))
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert "assert" in code[-1].source or any("assert" in cell.source for cell in code[-3:])
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
