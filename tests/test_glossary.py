"""Names are English, except for the regulation's own words, which stand in docs/glosarium.md. One class name, one meaning."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import skm

ROOT = Path(skm.__file__).parent
GLOSSARY = ROOT.parent / "docs" / "glosarium.md"
ENGLISH = Path(__file__).parent / "support" / "english_words.txt"
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


def names() -> dict[str, str]:
    """Every module, class, public function and public constant -> where it stands."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        where = str(path.relative_to(ROOT))
        for part in path.relative_to(ROOT).with_suffix("").parts:
            found.setdefault(part, where)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                found.setdefault(node.name, where)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name) and not target.id.startswith("_"):
                        found.setdefault(target.id, where)
    return found


def words(name: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(name)]


def glossary() -> set[str]:
    rows = re.findall(r"^\| ([^|]+) \|", GLOSSARY.read_text(encoding="utf-8"), flags=re.M)
    return {word.strip().lower() for row in rows for word in row.split(",")}


def test_every_word_of_a_name_is_english_or_in_the_glossary() -> None:
    english = set(ENGLISH.read_text(encoding="utf-8").split())
    known = english | glossary()
    unknown = {w: f"{name} ({where})" for name, where in names().items() for w in words(name) if w not in known}
    assert not unknown, (
        f"put each into docs/glosarium.md (the regulation's words) or tests/support/english_words.txt: {unknown}"
    )


def test_no_word_is_in_both() -> None:
    """A word of the domain is not also used as an English one, but for those that both languages share."""
    shared = {"label", "unit", "target", "program", "per", "poster", "kode"}
    assert not (set(ENGLISH.read_text(encoding="utf-8").split()) & glossary()) - shared


def test_one_class_name_one_meaning() -> None:
    count = Counter(
        node.name
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert not {name: k for name, k in count.items() if k > 1 and not name.startswith("_")}
