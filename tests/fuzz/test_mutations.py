"""Mutations of real files and made-up texts, for as long as one likes: SKM_FUZZ_SECONDS (two minutes in .ci/run).

A finding is a file that ends in anything but an answer or a refusal; it becomes a small case in ``hostile_*.py``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import skm
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.strict_text import parse_json, parse_toml
from skm.cli import run
from skm.errors import SKMError

SECONDS = float(os.environ.get("SKM_FUZZ_SECONDS", "20"))
DOORS = {
    ".xlsx": (["hitung"], ["audit"]),
    ".csv": (["hitung"], ["audit"], ["petakan"]),
    ".toml": (["audit"],),
    ".json": (["hitung"], ["audit"]),
}


def seeds(shared: Path | None) -> list[Path]:
    """Return the real files that are mutated: those of the package, and those beside it where they are."""
    data = Path(skm.__file__).parent / "data"
    found = [p for p in data.rglob("*") if p.suffix in DOORS and p.stat().st_size < 200_000]
    if shared is not None:
        found += [p for p in shared.rglob("*") if p.suffix in DOORS and p.stat().st_size < 60_000]
    # By name: the order, and so what a seed leads to, is the same wherever the project stands.
    return sorted(found, key=lambda p: (p.name, p.parent.name))


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Turn, cut, repeat or insert some bytes."""
    out = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        if not out:
            break
        at = dice.randrange(len(out))
        kind = dice.randrange(6)
        if kind == 0:
            out[at] = dice.randrange(256)
        elif kind == 1:
            del out[at : at + dice.randint(1, 200)]
        elif kind == 2:
            out[at:at] = dice.randbytes(dice.randint(1, 30))
        elif kind == 3:
            out[at:at] = out[at : at + dice.randint(1, 60)] * dice.randint(2, 400)
        elif kind == 4:
            out[at:at] = dice.choice(
                [b"\0", b"-1", b"9" * 40, b'"', b";;;", b"\xff\xfe", b"[[[[", b"1e99", "\u0663".encode(), b"\r"]
            )
        else:
            out = out[: max(at, 1)]
    return bytes(out)


def outcome(words: list[str]) -> str:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = run([*words, "--json"])
    out.flush()
    document = json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]
    problem = document.get("galat")
    return problem["kode"] if problem else "" if code in (0, 1) else f"exit {code}"


@pytest.mark.fuzz
def test_mutated_files(tmp_path: Path) -> None:
    """Every real file, changed here and there, at every door: never a defect, never longer than ten seconds."""
    shared = os.environ.get("SKM_SHARED")
    files = seeds(Path(shared) / "data" if shared else None)
    seed = int(os.environ.get("SKM_FUZZ_SEED", "20261126"))
    dice = random.Random(seed)
    end = time.monotonic() + SECONDS
    findings, tries = [], 0
    while time.monotonic() < end:
        source = dice.choice(files)
        content = mutated(source.read_bytes(), dice)
        path = tmp_path / f"masukan{source.suffix}"
        path.write_bytes(content)
        for door in DOORS[source.suffix]:
            begin = time.process_time()
            code = outcome([*door, str(path)])
            tries += 1
            if code.startswith(("cacat", "exit")) or time.process_time() - begin > 10:
                kept = tmp_path / f"temuan{len(findings)}{source.suffix}"
                kept.write_bytes(content)
                findings.append(f"{door} {source.name} try {tries}: {code}; kept in {kept}")
    assert not findings, f"seed {seed}\n" + "\n".join(findings)
    assert tries > 20


TEXT = st.text(max_size=300)
READERS: dict[str, Callable[[str], Any]] = {
    "toml": lambda text: parse_toml(text, "x.toml"),
    "json": lambda text: parse_json(text, "x.json"),
    "count": lambda text: read_count(text, "n"),
    "decimal": lambda text: read_decimal(text, "ikm"),
    "weight": lambda text: skm.score([{"persyaratan": 4, "waktu": 3}], bobot=text),
    "answer": lambda text: skm.score([{"persyaratan": 4}, {"persyaratan": text}]),
    "header": lambda text: skm.score([{"persyaratan": 4, text: 3}]),
    "period": lambda text: skm.read([{"persyaratan": 4, "tanggal": "2026-01-02"}]).period(text),
    "date": lambda text: skm.read([{"persyaratan": 4, "tanggal": text}]).period("2026"),
    "publication": lambda text: skm.audit({"unsur": {"U1": text, text: "3,1"}, "ikm": text, "n": text}),
    "map": lambda text: skm.score([{"q": 4}], kuesioner={text: "q"}),
    "label": lambda text: skm.read([{"persyaratan": text}], label={"*": [text, "b", "c", "d"]}),
    "blank": lambda text: skm.score([{"persyaratan": 4}, {"persyaratan": text}], nilai_kosong=[text]),
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("amount", [15, pytest.param(400, marks=pytest.mark.fuzz)])
def test_every_text_channel(name: str, amount: int) -> None:
    """Whatever is typed: an answer or an error of this package."""

    @settings(max_examples=amount, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXT)
    def one(text: str) -> None:
        with contextlib.suppress(SKMError):
            READERS[name](text)

    one()
