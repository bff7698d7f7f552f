"""Tries hostile inputs of one kind at the doors of the command, in a process that may be lost; one JSON line each.

By hand, for the table over all kinds::

    python -m fuzz.attack --table

One kind, every n-th input::

    python -m fuzz.attack far-cells 12
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fuzz import hostile_binaries as binaries
from fuzz import hostile_texts as texts
from fuzz import hostile_workbooks as workbooks

MEMORY = 3_000_000_000  # bytes of address space over what the process has when it begins
SECONDS = 60  # for one input
ANSWERS = f"{texts.HEADER}\n" + f"{texts.ROW}\n" * 12

READ = (("hitung", "{file}"), ("periksa", "{file}"))
TABLES = (("hitung", "{file}"), ("audit", "{file}"))
BOOKS = (
    ("hitung", "{file}"),
    ("audit", "{file}"),
    ("laporan", "{answers}", "--fakta", "{file}", "--out", "{out}", "--hanya", "json", "--timpa"),
)
MAPS = (
    ("hitung", "{answers}", "--kuesioner", "{file}"),
    ("hitung", "{answers}", "--regulasi", "{file}"),
    ("hitung", "{answers}", "--label", "{file}"),
    ("audit", "{file}"),
    ("laporan", "{answers}", "--fakta", "{file}", "--out", "{out}", "--hanya", "json", "--timpa"),
    ("kinerja", "{file}"),
)
DOCUMENTS = (("hitung", "{file}"), ("audit", "{file}"), ("kinerja", "{file}"))
COUNTS = (("gabung", "{file}", "--cara", "pooled"), ("hitung", "{file}"))
NUMBERS = (
    ("sampel", "{text}"),
    ("sampel", "3441", "--n", "{text}"),
    ("hitung", "{answers}", "--bobot", "{text}"),
    ("hitung", "{answers}", "--populasi", "{text}"),
    ("hitung", "{answers}", "--nilai-kosong", "{text}"),
)


def _named(entries: dict[str, str], ending: str) -> Callable[[], Iterator[workbooks.Attack]]:
    return lambda: ((name, ending, text.encode("utf-8", "surrogatepass")) for name, text in entries.items())


def _numbers() -> Iterator[workbooks.Attack]:
    for text in texts.NUMBERS:
        yield text[:20], "", text.encode()


def _number_cells() -> Iterator[workbooks.Attack]:
    names, good = texts.HEADER.split(","), texts.ROW.split(",")
    for text in texts.NUMBERS:
        cell = '"' + text.replace('"', '""') + '"'
        yield f"answer {text[:20]}", ".csv", f"{texts.HEADER}\n{','.join([*good[:8], cell])}\n{texts.ROW}\n".encode()
        rows = "\n".join(f"U{i};{name};{cell}" for i, name in enumerate(names, start=1))
        yield f"printed {text[:20]}", ".csv", f"Kode;Unsur;NRR\n{rows}\nIKM;;{cell}\n".encode()


KINDS: dict[str, tuple[Callable[[], Iterator[workbooks.Attack]], tuple[tuple[str, ...], ...]]] = {
    "far-cells": (workbooks.far_cells, BOOKS),
    "multiplied": (workbooks.multiplied, TABLES),
    "lying-archives": (workbooks.lying_archives, TABLES),
    "repeated": (workbooks.repeated, TABLES),
    "old-workbooks": (binaries.old_workbooks, TABLES),
    "typed-files": (binaries.typed_files, READ[:1]),
    "columnar-files": (binaries.columnar_files, COUNTS),
    "word-files": (binaries.word_files, (("audit", "{file}"),)),
    "long-cells": (texts.long_cells, TABLES),
    "shapes-of-tables": (texts.shapes_of_tables, READ),
    "encodings": (texts.encodings, READ),
    "toml": (_named(texts.TOMLS, ".toml"), MAPS),
    "json": (_named(texts.JSONS, ".json"), DOCUMENTS),
    "numbers": (_numbers, NUMBERS),
    "number-cells": (_number_cells, TABLES),
}


def attempts(kind: str, step: int = 1) -> Iterator[dict[str, Any]]:
    """Try every ``step``-th input of a kind at each of its doors and say what came of it."""
    make, doors = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        answers = place / "jawaban.csv"
        answers.write_text(ANSWERS)
        for number, (label, ending, content) in enumerate(make()):
            if number % step:
                continue
            path = place / f"masukan{number}{ending}"
            path.write_bytes(content)
            for door in doors:
                words = [
                    content.decode() if word == "{text}" else word.format(file=path, answers=answers, out=place / "out")
                    for word in door
                ]
                yield {"kind": kind, "label": label, "door": " ".join(door), **_one([*words, "--json"])}
            path.unlink()


def _one(words: list[str]) -> dict[str, Any]:
    from skm.cli import run

    begin = time.perf_counter()
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        exit_code = run(words)
    out.flush()
    document = json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]
    problem = document.get("galat")
    return {
        "code": problem["kode"] if problem else "",
        "exit": exit_code,
        "seconds": round(time.perf_counter() - begin, 3),
        "memory": peak(),
    }


def peak() -> int:
    """Return the most memory that this process and its children have held, in megabytes."""
    import resource

    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, children) // 1024


def held(result: dict[str, Any]) -> bool:
    """Tell whether an attempt ended as it should: with an answer or a clear refusal, in time."""
    return result["exit"] in (0, 2) and not result["code"].startswith("cacat") and result["seconds"] < SECONDS


def in_process(kind: str, step: int = 1, timeout: float = 900) -> tuple[list[dict[str, Any]], int]:
    """Run the attempts of a kind in a process of their own; return them and how it ended."""
    words = [sys.executable, "-m", "fuzz.attack", kind, str(step)]
    tests = Path(__file__).resolve().parents[1]
    # The child finds this module and the package whatever the parent was started with.
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(tests.parent), str(tests)])}
    done = subprocess.run(words, capture_output=True, check=False, timeout=timeout, text=True, env=env)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return lines, done.returncode


def main(words: list[str]) -> None:
    """Run one kind, or all of them for the table."""
    if words == ["--table"]:
        print("| kind | tried | held | longest (s) | most memory (MB) |\n| --- | --- | --- | --- | --- |")
        tried = kept = 0
        for kind in KINDS:
            results, code = in_process(kind)
            good = [r for r in results if held(r)]
            tried, kept = tried + len(results), kept + len(good)
            longest = max((r["seconds"] for r in results), default=0)
            memory = max((r["memory"] for r in results), default=0)
            ended = "" if code == 0 else f" process ended: {code}"
            print(f"| {kind} | {len(results)} | {len(good)} | {longest:.1f} | {memory} |{ended}", flush=True)
            for r in results:
                if not held(r):
                    print("  ", r["label"], r["door"], r["code"], r["exit"], r["seconds"], file=sys.stderr)
        print(f"| all | {tried} | {kept} | | |")
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 4_000_000_000, resource.getrlimit(resource.RLIMIT_AS)[1]))
    for result in attempts(words[0], int(words[1]) if len(words) > 1 else 1):
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
