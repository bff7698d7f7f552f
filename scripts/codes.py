"""Lists every code that a person can meet, by the catalogue that words it; writes skm/data/bantuan/kode.json.

A code is an error's (any entry of ``galat`` that is no label) or a finding's: a text handed to ``Finding`` or to a
short name for it, or an entry that has advice of its own. `tests/api/test_help.py` holds the file against the code::

    python scripts/codes.py --tulis
"""

from __future__ import annotations

import ast
import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MESSAGES = ROOT / "skm" / "data" / "messages"
INDEX = ROOT / "skm" / "data" / "bantuan" / "kode.json"
_MAKERS = {"Finding", "finding", "note", "caution", "_note", "WriterNote"}
_LABELS = ("label-", "di-", "isi", "sel-", "jenis-")


def handed_over() -> set[str]:
    """Return the texts that stand where a finding's code stands, branches of a choice included."""
    found: set[str] = set()
    for path in (ROOT / "skm").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in _MAKERS:
                inside = ast.walk(node.args[0])
                found |= {n.value for n in inside if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def index() -> dict[str, list[str]]:
    """Return area -> codes."""
    given = handed_over()
    out: dict[str, list[str]] = {}
    for path in sorted(MESSAGES.glob("*.toml")):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem == "galat":
            codes = {c for c in texts if "." not in c and not c.startswith(_LABELS)}
        elif path.stem in ("cli", "layani"):
            continue
        else:
            advised = {c.removesuffix(end) for c in texts for end in (".saran", ".dasar") if c.endswith(end)}
            codes = {c for c in texts if "." not in c and (c in given or c in advised)}
        if codes:
            out[path.stem] = sorted(codes)
    return out


def main() -> None:
    """Write the index, or say how many codes there are."""
    found = index()
    if "--tulis" in sys.argv[1:]:
        INDEX.parent.mkdir(parents=True, exist_ok=True)
        INDEX.write_text(f"{json.dumps(found, indent=1)}\n", encoding="utf-8")
    print({area: len(codes) for area, codes in found.items()}, sum(map(len, found.values())))


if __name__ == "__main__":
    main()
