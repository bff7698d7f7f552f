"""Check that a wheel holds what the tree holds: every data file, message, schema and module, and nothing else."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path


def main() -> int:
    """Compare the wheel named on the command line with the package folder beside this script's parent."""
    root = Path(__file__).resolve().parent.parent
    wanted = {
        p.relative_to(root).as_posix()
        for p in (root / "skm").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        held = {name for name in wheel.namelist() if not name.split("/")[0].endswith(".dist-info")}
    for name in sorted(wanted - held):
        print(f"missing from the wheel: {name}")
    for name in sorted(held - wanted):
        print(f"not in the tree: {name}")
    print(f"{len(held)} files in the wheel")
    return 1 if wanted ^ held else 0


if __name__ == "__main__":
    raise SystemExit(main())
