"""Hostile inputs by kind at the doors of the command: an answer or a clear refusal, in time, and the process lives."""

from __future__ import annotations

import os

import pytest

from fuzz.attack import KINDS, held, in_process

# How many of each kind the suite tries; all of them under ``-m fuzz``, which a step of .ci/run does.
STEPS = {
    "far-cells": 13,
    "lying-archives": 16,
    "repeated": 7,
    "old-workbooks": 17,
    "toml": 9,
    "json": 9,
    "numbers": 11,
    "encodings": 13,
}


def tried(kind: str, step: int) -> int:
    results, code = in_process(kind, step)
    wrong = [
        f"{r['label']} at {r['door']}: {r['code'] or r['exit']} after {r['seconds']} s" for r in results if not held(r)
    ]
    assert code == 0, f"the process ended ({code}) after {results[-1] if results else 'nothing'}"
    assert not wrong, "\n".join(wrong)
    return len(results)


@pytest.mark.skipif(os.name != "posix", reason="bounds of a process are those of POSIX")
@pytest.mark.parametrize("kind", STEPS)
def test_some_of_each_kind(kind: str) -> None:
    """A sample in the suite."""
    assert tried(kind, STEPS[kind]) > 5


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", KINDS)
def test_every_hostile_input(kind: str) -> None:
    """All of them, at every door that takes such a file."""
    assert tried(kind, 1) > 20


def test_there_are_enough_of_them() -> None:
    """At least six hundred attempts, counted without making the large ones."""
    from fuzz import hostile_texts as texts
    from fuzz.hostile_workbooks import FAR, PLACES

    least = (len(FAR) + 5 * (len(PLACES) - 1)) * 3 + len(texts.TOMLS) * 6 + len(texts.JSONS) * 3
    least += len(texts.NUMBERS) * 7 + len(texts.SHAPES) * 4 * 2
    assert least > 900
