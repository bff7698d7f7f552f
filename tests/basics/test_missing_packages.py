"""Whatever package is missing, the refusal can be read and names the line that installs it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import skm
from skm.basics import packages
from skm.basics.packages import missing

ROOT = Path(skm.__file__).parents[1]


@pytest.mark.parametrize("module", [*packages._PACKAGES, "paket_yang_tak_ada", "psycopg2", "s3fs.core"])
def test_every_refusal_is_readable(module: str) -> None:
    """Both languages, with an extra that exists and brings the package, or the package's own name."""
    problem = missing(module)
    for lang in ("id", "en"):
        text = problem.render(lang)
        assert "pip install" in text
    extra = problem.context.get("tambahan")
    if extra:
        known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
        brought = " ".join(known[extra]).casefold()
        assert str(problem.context["paket"]).casefold() in brought


def test_there_is_one_way_to_say_it() -> None:
    """The code stands in one file: a hand-made error once had other fields than its text, and could not be shown."""
    where = [
        path.name
        for path in (ROOT / "skm").rglob("*.py")
        if re.search(r"\"paket-(?:lain-)?hilang\"", path.read_text(encoding="utf-8"))
    ]
    assert where == ["packages.py"]
