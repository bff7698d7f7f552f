"""Writes what an installation consists of: tested versions, a bill of materials, licences.

Run it in the environment that has just passed the tests::

    python scripts/lock.py --constraints constraints.txt     # name==version of everything that [all] brings
    python scripts/lock.py --sbom dist/sbom.cdx.json          # CycloneDX 1.5
    python scripts/lock.py --licences docs/lisensi.md         # a table; fails on a licence that is not in the list
    python scripts/lock.py --check constraints.txt            # whether the file names what is installed here
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
import uuid
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGE = "skm-indonesia"
EXTRA = "all"
# Licences that an office may use and pass on; a new one is a decision, not an accident.
KNOWN = (
    "mit", "bsd", "apache", "psf", "python software foundation", "mpl", "mozilla", "isc", "hpnd", "zlib", "unlicense",
    "0bsd", "dual", "lesser general public",  # the last: used as it is, as a library of its own
)  # fmt: skip


def installed() -> dict[str, Distribution]:
    """Return everything that the package with all its extras needs here, itself included."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(PACKAGE, frozenset({EXTRA}))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        key = canonicalize_name(name)
        if (key, extras) in seen:
            continue
        seen.add((key, extras))
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:
            print(f"{name} is needed and not installed here", file=sys.stderr)
            raise SystemExit(1) from None
        for text in _needs(found[key]) if key == PACKAGE else found[key].requires or ():
            need = Requirement(text)
            wanted = [need.marker is None or need.marker.evaluate({"extra": extra}) for extra in (*extras, "")]
            if any(wanted):
                waiting.append((need.name, frozenset(need.extras)))
    return dict(sorted(found.items()))


def _needs(own: Distribution) -> list[str]:
    """Return what the source tree asks for, which may be newer than what an editable installation noted."""
    path = ROOT / "pyproject.toml"
    if not path.exists():
        return own.requires or []
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    named = {name: list(needs) for name, needs in project["optional-dependencies"].items()}
    out = list(project["dependencies"])
    for text in named[EXTRA]:
        extras = Requirement(text).extras if canonicalize_name(Requirement(text).name) == PACKAGE else ()
        out += [need for extra in sorted(extras) for need in named[extra]] if extras else [text]
    return out


def licence(one: Distribution) -> str:
    """Return a distribution's licence as it states it itself, in one line."""
    about = one.metadata
    classified = [c.rpartition("::")[2].strip() for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    text = about.get("License-Expression") or "; ".join(classified) or (about.get("License") or "").strip()
    return (text.splitlines() or ["?"])[0][:80]


def constraints(found: dict[str, Distribution]) -> str:
    """Return the lines of a constraints file."""
    lines = [f"{name}=={one.version}" for name, one in found.items() if name != PACKAGE]
    head = '# Versions with which every test has passed; pip install -c constraints.txt "skm-indonesia[all]"\n'
    return head + f"# Python {sys.version_info[0]}.{sys.version_info[1]}, {sys.platform}\n" + "\n".join(lines) + "\n"


def bill(found: dict[str, Distribution]) -> str:
    """Return a CycloneDX document; the same packages give the same bytes."""
    digest = hashlib.sha256(constraints(found).encode()).digest()
    parts = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{one.version}",
            "name": name,
            "version": one.version,
            "purl": f"pkg:pypi/{name}@{one.version}",
            "licenses": [{"license": {"name": licence(one)}}],
        }
        for name, one in found.items()
        if name != PACKAGE
    ]
    own = found[PACKAGE]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}",
        "version": 1,
        "metadata": {"component": {"type": "library", "name": PACKAGE, "version": own.version}},
        "components": parts,
    }
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def table(found: dict[str, Distribution]) -> tuple[str, list[str]]:
    """Return the table of licences, and the packages whose licence is not one of the known."""
    rows = [(name, one.version, licence(one)) for name, one in found.items() if name != PACKAGE]
    strange = [f"{name}: {words}" for name, _, words in rows if not any(k in words.casefold() for k in KNOWN)]
    lines = [
        "# Lisensi paket yang dipakai",
        "",
        "Ditulis oleh `python scripts/lock.py --licences`; jangan disunting.",
        "",
    ]
    lines += ["| paket | versi | lisensi |", "| --- | --- | --- |", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
    return "\n".join(lines) + "\n", strange


def main() -> int:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--constraints", "--sbom", "--licences", "--check"):
        parser.add_argument(name, type=Path)
    asked = parser.parse_args()
    found = installed()
    if asked.constraints:
        asked.constraints.write_text(constraints(found), encoding="utf-8")
    if asked.sbom:
        asked.sbom.parent.mkdir(parents=True, exist_ok=True)
        asked.sbom.write_text(bill(found), encoding="utf-8")
    if asked.licences:
        text, strange = table(found)
        asked.licences.write_text(text, encoding="utf-8")
        if strange:
            print("licences to be decided about:", *strange, sep="\n  ")
            return 1
    if asked.check:
        lines = asked.check.read_text(encoding="utf-8").splitlines()
        said = dict(line.split("==") for line in lines if "==" in line and line[0] != "#")
        own = {name: one.version for name, one in found.items() if name != PACKAGE and said.get(name) != one.version}
        other = [f"{name}: {said.get(name, 'missing')} in the file, {version} here" for name, version in own.items()]
        print(*other, sep="\n")
        return int(bool(other))
    return 0


if __name__ == "__main__":
    sys.exit(main())
