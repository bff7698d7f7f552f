"""Every name that the README, the documentation or a docstring mentions is there, alone, in a fresh interpreter."""

from __future__ import annotations

import ast
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import skm

ROOT = Path(skm.__file__).parents[1]
NAME = re.compile(r"(?<![\w./-])skm(?:\.[A-Za-z_]\w*)+(?![\w/-])")
# Endings of file names and shell words that look like names.
NO_NAMES = {"skm.toml", "skm.xlsx", "skm.cli.run"}

# One process a name costs half a second in start-up; a process that forks before anything of ours is imported is fresh too.
FRESH = """
import os, sys
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        import skm
        found = skm
        try:
            for part in name.split(".")[1:]:
                found = getattr(found, part)
        except AttributeError as problem:
            print(name, problem, flush=True)
            os._exit(1)
        os._exit(0)
    os.waitpid(child, 0)
"""


def written() -> list[Path]:
    """Return the pages that were written, without those that a build of the site makes."""
    made = {"dibuat", "jupyter_execute", "_build"}
    return [p for p in sorted((ROOT / "docs").rglob("*.md")) if not made & set(p.parts)]


def mentioned() -> list[str]:
    """Names in prose and examples: the README, docs/, docstrings."""
    texts = [(ROOT / "README.md").read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in written()]
    for path in sorted((ROOT / "skm").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                texts.append(ast.get_docstring(node) or "")
    return sorted({name for text in texts for name in NAME.findall(text)} - NO_NAMES)


def unreachable(names: list[str]) -> list[str]:
    run = subprocess.run([sys.executable, "-c", FRESH, *names], capture_output=True, text=True, check=True, cwd=ROOT)
    return run.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="needs os.fork")
def test_every_mentioned_name_resolves_alone() -> None:
    """After nothing but `import skm`, each name is reached by attributes."""
    names = [name for name in mentioned() if not is_inner(name)]
    assert len(names) > 40
    assert not unreachable(names)
    assert unreachable(["skm.tidak_ada"])


def is_inner(name: str) -> bool:
    """Tell whether a name is a module of an inner room, mentioned as a place in the code."""
    parts = name.split(".")[1:]
    if any(part.startswith("_") for part in parts):
        return True
    return parts[0] not in skm.__all__ and (ROOT / "skm" / parts[0]).is_dir()


def test_inner_places_exist() -> None:
    """Modules that prose points at are there."""
    for name in filter(is_inner, mentioned()):
        parts = name.split(".")
        while parts and not any((ROOT.joinpath(*parts).with_suffix(".py").exists(), ROOT.joinpath(*parts).is_dir())):
            parts.pop()
        assert len(parts) >= min(len(name.split(".")), 2), name


@pytest.mark.parametrize("module", sorted(skm._MODULES))
def test_public_modules_open_both_ways(module: str) -> None:
    """`import skm.x` and `skm.x` are the same, in either order."""
    code = f"import skm.{module} as a, skm; assert skm.{module} is a"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True)


def test_results_of_the_table_are_classes_for_annotations() -> None:
    """What functions return can be named in annotations."""
    for name in ("Survei", "HasilIKM", "HasilKelompok", "Hitungan", "Pola", "Finding"):
        assert isinstance(getattr(skm, name), type)


@pytest.mark.parametrize("make", ["score", "tally", "profile"])
def test_values_survive_pickling(make: str) -> None:
    """What is handed to another process arrives as it was."""
    survei = skm.read(skm.contoh())
    value = getattr(skm, make)(survei)
    again = pickle.loads(pickle.dumps(value))
    if make == "tally":
        assert skm.score(again).to_dict() == skm.score(value).to_dict()
    else:
        assert again.to_dict() == value.to_dict()
