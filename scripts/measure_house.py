"""Measures the structure of the package: rooms, floors, arrows, arrows that run back up, circles.

A room is an entry directly under the package that holds code (a folder or a file). An arrow is an import of one room
by another, wherever it stands: at the top, inside a function, or under TYPE_CHECKING. Floors are the rooms in the
longest chain of imports. Run it on any checkout::

    python scripts/measure_house.py [path/to/skm]
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path


def modules(root: Path) -> dict[str, Path]:
    """Return every module of the package: dotted name without the package's own -> file."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "__init__"] = path
    return found


def imports(source: str, package: str = "skm") -> list[tuple[str, int]]:
    """Return the imported names of this package, as dotted names under it, with the line they stand on."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    inside = [(name.removeprefix(f"{package}."), line) for name, line in found if name.startswith(f"{package}.")]
    return inside + [("__init__", line) for name, line in found if name == package]


def resolve(name: str, known: dict[str, Path]) -> str:
    """Return the module that a dotted name means: itself, or the nearest one above it."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        if ".".join(parts[:end]) in known:
            return ".".join(parts[:end])
    return "__init__"


def graph(root: Path) -> dict[str, set[str]]:
    """Return which module imports which."""
    known = modules(root)
    return {
        name: {resolve(target, known) for target, _ in imports(path.read_text(encoding="utf-8"), root.name)} - {name}
        for name, path in known.items()
    }


def rooms(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which room imports which; the package's own `__init__` names everything and is left out."""
    out: dict[str, set[str]] = {}
    for name, targets in edges.items():
        room = name.split(".")[0]
        if room != "__init__":
            out.setdefault(room, set()).update({t.split(".")[0] for t in targets} - {room})
    return out


def knots(edges: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of names that reach each other (Tarjan), larger than one."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for target in edges.get(name, ()):
            if target not in order:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], order[target])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in edges:
        if name not in order:
            visit(name)
    return found


def floors(edges: dict[str, set[str]]) -> int:
    """Return the length of the longest chain of rooms; rooms of one knot stand on one floor."""
    owner = {name: "+".join(group) for group in knots(edges) for name in group}
    merged: dict[str, set[str]] = {}
    for name, targets in edges.items():
        me = owner.get(name, name)
        merged.setdefault(me, set()).update({owner.get(t, t) for t in targets} - {me})
    depth: dict[str, int] = {}

    def height(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max((height(t) for t in merged.get(name, ())), default=0)
        return depth[name]

    return max(height(name) for name in merged)


def main() -> None:
    """Print the numbers of one checkout."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "skm").resolve()
    sys.setrecursionlimit(10_000)
    edges = graph(root)
    between = rooms(edges)
    files = [p for p in root.iterdir() if p.suffix == ".py"]
    folders = [p for p in root.iterdir() if p.is_dir() and any(p.rglob("*.py"))]
    for label, value in (
        ("entries with code directly under the package", len(files) + len(folders)),
        ("  files, folders", (len(files), len(folders))),
        ("floors", floors(between)),
        ("arrows between rooms", sum(len(t) for t in between.values())),
        ("arrows up to the package's own front", sum("__init__" in t for t in edges.values())),
        ("knots of rooms", [len(g) for g in knots(between)]),
        ("circles of modules", knots({k: v - {"__init__"} for k, v in edges.items()})),
    ):
        print(f"{label:48} {value}")


if __name__ == "__main__":
    main()
