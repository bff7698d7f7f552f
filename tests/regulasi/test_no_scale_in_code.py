"""Scale, factor and number of unsur stand in data files; the code asks the regulation."""

from __future__ import annotations

import ast
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
    ("answers/ages.py", "1 <= age <= 9"): "codes of age groups, not answers",
    ("answers/checks.py", "len(levels) < 4"): "how many different items a straight line needs to be told",
    ("answers/checks.py", "len(str(v)) <= 4"): "letters that may be quoted",
    ("answers/levels.py", "min(len(left), len(right)) > 4"): "letters of a label",
    ("io/layouts/footer.py", "places <= 4"): "decimals",
    ("io/layouts/header.py", "len(cells) >= 4"): "cells in a row of column numbers",
    ("io/database.py", "25"): "the number by which PostgreSQL knows a type",
    ("regulasi/_kuesioner.py", "'25-100'"): "the name of a conversion that people choose",
    ("report/lkjip/workbook.py", "column == 9"): "a column of the sheet",
    ("report/chapters/analysis.py", "range(1, 5)"): "quarters of a year",
    ("report/chapters/opening.py", "range(1, 5)"): "aims named in the introduction",
    ("report/render/docx.py", "n > 9"): "two digits in a table of contents",
    ("report/render/typst.py", "n > 9"): "two digits in a table of contents",
    ("charts/_answers.py", "levels == 4"): "only a scale of four has words that fit every question",
    ("charts/_answers.py", "range(1, 5)"): "the same words",
    ("charts/_trend.py", "len(periods) > 9"): "periods on an axis",
    ("charts/_poster.py", "25"): "size of the text",
}


def suspicious(source: str) -> Iterator[tuple[int, str]]:
    """Find the factor anywhere, counts where something is compared with them or ranges over them, and scale names."""
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
        number = type(node.value) in (int, float) and node.value in FACTORS
        return number or (isinstance(node.value, str) and node.value in SCALES)
    if isinstance(node, ast.Compare):
        return any(_is(part, COUNTS) for part in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "range" and len(node.args) > 1:
        return _is(node.args[0], {1}) and _is(node.args[1], {count + 1 for count in COUNTS})
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
