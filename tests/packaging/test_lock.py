"""The lock, the bill of materials and the licences say what the package needs."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lock() -> Any:
    spec = importlib.util.spec_from_file_location("lock", ROOT / "scripts" / "lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_requirement_is_locked_within_its_bounds() -> None:
    """Base and all extras of [all]; one line each, exact."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = list(project["dependencies"])
    for extra in ("report", "pdf", "spss", "scale", "service"):
        needs += project["optional-dependencies"][extra]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = dict(line.split("==") for line in lines if not line.startswith("#"))
    for text in needs:
        need = Requirement(text)
        assert need.specifier.contains(locked[canonicalize_name(need.name)]), text


def test_the_bill_lists_everything_with_its_licence_and_is_stable(lock: Any) -> None:
    """CycloneDX; twice the same bytes."""
    try:
        found = lock.installed()
    except SystemExit:
        pytest.skip("not every extra is installed here")
    document = json.loads(lock.bill(found))
    assert document["bomFormat"] == "CycloneDX"
    assert len(document["components"]) == len(found) - 1
    assert all(part["licenses"][0]["license"]["name"] not in ("", "?") for part in document["components"])
    assert lock.bill(found) == lock.bill(found)
    text, strange = lock.table(found)
    assert not strange
    assert text.count("\n| ") == len(found) + 1
