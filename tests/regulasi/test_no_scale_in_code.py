"""Scale, factor and number of unsur stand in data files; the code asks the regulation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import skm

ROOT = Path(skm.__file__).parent
# Rooms in which a bare number could mean the scale of the answers, the factor, or how many unsur there are.
ROOMS = (
    "answers",
    "api",
    "auditing",
    "charts",
    "counts",
    "io",
    "publikasi",
    "regulasi",
    "report",
    "scores",
    "stats",
    "tren",
)
FACTORS = {25}
COUNTS = {4, 9, 14}
SCALES = {"1-4", "25-100"}

# File and code -> why the number there is something else.
REASONED = {
    ("answers/checks.py", "len(levels) < 4"): "how many different items a straight line needs to be told",
    ("report/chapters/analysis.py", "range(1, 5)"): "quarters of a year",
    ("report/chapters/opening.py", "range(1, 5)"): "aims named in the introduction",
    ("charts/_answers.py", "levels == 4"): "only a scale of four has words that fit every question",
    ("charts/_answers.py", "range(1, 5)"): "the same words",
    ("regulasi/_kuesioner.py", "'25-100'"): "the name of a conversion that people choose",
    ("answers/questions.py", "'25-100'"): "the same name",
}


def suspicious(source: str) -> Iterator[tuple[int, str]]:
    """Find the factor where it computes, counts where unsur or answers are compared with them, and names of scales."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if id(node) not in docs and _tells(node):
            yield getattr(node, "lineno", 0), ast.unparse(node)


def _tells(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value in SCALES
    if isinstance(node, ast.BinOp):
        return _is(node.left, FACTORS) or _is(node.right, FACTORS)
    if isinstance(node, ast.Compare):
        parts = (node.left, *node.comparators)
        said = re.search(r"unsur|butir|level|answer|jawab|nilai|skala|nrr|mean|label", ast.unparse(node)) is not None
        return any(_is(part, FACTORS) for part in parts) or (said and any(_is(part, COUNTS) for part in parts))
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name == "range" and len(node.args) > 1:
            return _is(node.args[0], {1}) and _is(node.args[1], {count + 1 for count in COUNTS})
        return name in ("min", "max", "Fraction", "Decimal") and any(_is(arg, FACTORS) for arg in node.args)
    return False


def _is(node: ast.AST, numbers: set[int]) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value in numbers


def found() -> list[tuple[str, int, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), line, code)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, code in suspicious(path.read_text(encoding="utf-8"))
    ]


def test_no_room_knows_the_scale() -> None:
    """Every number that could be a scale, a factor or a number of unsur has a reason beside it."""
    unknown = [f"{name}:{line}: {code}" for name, line, code in found() if (name, code) not in REASONED]
    assert not unknown, "\n".join(unknown)


def test_no_reason_outlives_its_number() -> None:
    assert set(REASONED) == {(name, code) for name, _, code in found()}


@pytest.mark.parametrize(
    "source",
    ["x = index * 25", "y = nik / 25.0", "if len(unsur) == 9: pass", "for i in range(1, 10): pass", "s = '25-100'",
     "ok = 1 <= answer <= 4", "levels = range(1, 5)"],
)  # fmt: skip
def test_a_planted_number_is_seen(source: str) -> None:
    assert list(suspicious(source))


def test_docstrings_and_other_numbers_are_not() -> None:
    assert not list(suspicious('"""25 and 1-4."""\nx = share * 100\nfor i in range(5): pass'))
