"""The matrix of parity: every engine x what was asked of it x the kind of its cells, as the tests have found it.

    python scripts/matriks_mesin.py "not spark and not server"
    python scripts/matriks_mesin.py server
    python scripts/matriks_mesin.py spark        (in an environment of its own: pyspark wants another pandas)

Each run replaces the columns of the engines it has; results are kept in benchmarks/paritas.json, and
benchmarks/paritas.md is made of all of them.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
RESULTS, TABLE = ROOT / "benchmarks" / "paritas.json", ROOT / "benchmarks" / "paritas.md"
TESTS = ROOT / "tests" / "counts" / "test_parity_of_engines.py"
MARK = {"passed": "v", "failed": "GAGAL", "skipped": "lewati"}


class Watcher:
    """What every case came to, by what was asked and engine."""

    def __init__(self, engines: list[str]) -> None:
        self.engines = sorted(engines, key=len, reverse=True)
        self.found: dict[str, dict[str, list[str]]] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a report of pytest: of the call, or of what kept it from being made."""
        if report.when != "call" and report.passed:
            return
        name, _, given = report.nodeid.rpartition("::")[2].partition("[")
        given = given.removesuffix("]")
        engine = next((e for e in self.engines if given == e or given.startswith(f"{e}-")), None)
        if engine is None:
            return
        rest = given[len(engine) + 1 :]
        asked = name.removeprefix("test_").replace("_", " ") + (f": {rest}" if rest else "")
        reason = str(report.longrepr[2]).removeprefix("Skipped: ") if report.skipped else ""
        self.found.setdefault(asked, {})[engine] = [report.outcome, reason]


def table(kept: dict[str, dict[str, list[str]]], engines: list[str], when: dict[str, str]) -> str:
    """The committed table."""
    seen = [engine for engine in engines if any(engine in row for row in kept.values())]
    lines = [
        "# Matriks kesamaan mesin",
        "",
        "Ditulis oleh `scripts/matriks_mesin.py` dari `tests/counts/test_parity_of_engines.py`. Tiap sel satu perbandingan",
        "dengan mesin setempat: cacah dan pola sama satuan demi satuan, galat yang sama untuk masukan yang salah.",
        "v: sama; lewati: tidak berlaku (sebabnya di bawah); kosong: belum dijalankan.",
        "",
        "| yang diminta dan jenis sel | " + " | ".join(seen) + " |",
        "| --- |" + " --- |" * len(seen),
    ]
    reasons: dict[str, str] = {}
    for asked in sorted(kept):
        row = kept[asked]
        lines.append(f"| {asked} | " + " | ".join(MARK[row[e][0]] if e in row else "" for e in seen) + " |")
        reasons |= {f"{e}, {asked}": reason for e, (outcome, reason) in row.items() if outcome == "skipped"}
    total = [sum(row.get(e, [""])[0] == "passed" for row in kept.values()) for e in seen]
    lines += ["| **sama** | " + " | ".join(f"**{n}**" for n in total) + " |", "", "Dilewati:", ""]
    lines += [f"- {place}: {reason}" for place, reason in sorted(reasons.items())]
    lines += ["", "Dijalankan: " + "; ".join(f"{e} {when[e]}" for e in seen) + ".", ""]
    return "\n".join(lines)


def main() -> int:
    """Run the cases that a marker expression chooses, and write the table."""
    from support import engines

    names = [*engines.HERE, *engines.SERVERS, *engines.SPARK]
    watcher = Watcher(names)
    marker = sys.argv[1] if len(sys.argv) > 1 else "not spark and not server"
    code = pytest.main(["-q", "-n", "0", "-m", marker, *sys.argv[2:], str(TESTS)], plugins=[watcher])
    stored = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"kasus": {}, "dijalankan": {}}
    for asked, row in watcher.found.items():
        stored["kasus"].setdefault(asked, {}).update(row)
    met = {engine for row in watcher.found.values() for engine in row}
    stored["dijalankan"] |= dict.fromkeys(met, datetime.now(UTC).date().isoformat())
    RESULTS.write_text(json.dumps(stored, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    TABLE.write_text(table(stored["kasus"], names, stored["dijalankan"]), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())
