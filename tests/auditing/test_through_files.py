"""Honest and impossible results through files in eight layouts: no false accusation, no silent pass.

The tables are those of `test_honest_figures` and `test_impossible_figures`; what is new is that somebody typed them
into a document, with names of their own, blank rows and other columns, and sometimes not all of them. Ten thousand
of each under ``-m whole``.
"""

from __future__ import annotations

import os
import random
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from auditing.test_honest_figures import Way, compute, draw_way, letter, quantised
from auditing.test_impossible_figures import attainable
from support.amounts import sampled
from support.printed_files import LAYOUTS, NAMES, OWN, Printed, decorate

from skm.auditing.audit import audit


def wanted(amount: int) -> int:
    """Let continuous integration ask for more than the sample (SKM_AMOUNT=500) without asking for all."""
    return max(amount, int(os.environ.get("SKM_AMOUNT", "0")))


def names(k: int) -> list[str]:
    return [*NAMES, *OWN][:k]


def honest(rng: random.Random) -> tuple[Printed, int]:
    k, places = rng.choice((9, 9, 9, 10, 11)), rng.choice((2, 2, 2, 3))
    n = rng.randint(30, 900)
    means = [Fraction(round(rng.uniform(2.6, 3.95) * n), n) for _ in range(k)]
    way: Way = draw_way(rng)
    ikm = quantised(compute(means, way), 2, way.mode)
    values = [str(quantised(m, places, way.mode)).replace(".", ",") for m in means]
    p = Printed(list(zip(names(k), values, strict=True)), str(ikm).replace(".", ","), letter(Fraction(ikm), "bulat"), n)
    return decorate(rng, p, places), places


def impossible(rng: random.Random) -> Printed:
    k, places = rng.choice((9, 9, 9, 10)), 2
    raw = [min(4.0, max(1.0, rng.gauss(rng.uniform(2.8, 3.8), 0.2))) for _ in range(k)]
    printed = [Decimal(repr(x)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN) for x in raw]
    possible = attainable(printed, 2)
    while True:
        value = rng.choice((min(possible), max(possible))) + rng.randint(-600, 600)
        if 2500 <= value <= 10000 and value not in possible:
            break
    ikm = str(Decimal(value).scaleb(-2)).replace(".", ",")
    pairs = list(zip(names(k), [str(v).replace(".", ",") for v in printed], strict=True))
    return decorate(rng, Printed(pairs, ikm, n=rng.randint(30, 900)), places)


@pytest.mark.slow
@sampled(96, 10_000)
def test_honest_files_are_never_accused(amount: int, tmp_path: Path) -> None:
    amount, rng = wanted(amount), random.Random(77)
    seen: dict[str, int] = {}
    for i in range(amount):
        p, _ = honest(rng)
        layout = list(LAYOUTS)[i % len(LAYOUTS)]
        if partial := rng.random() < 0.2:
            kept = sorted(rng.sample(range(len(p.unsur)), k=rng.randint(4, 8)))
            p.unsur = [p.unsur[j] for j in kept]
            p.harapan, p.persen = [], []
        hasil = audit(LAYOUTS[layout](p, tmp_path))
        wrong = [c for c in hasil.codes("kesalahan") if not c.startswith("sampel-")]
        assert not wrong, (layout, p, hasil.to_text())
        if not partial:
            assert hasil.putusan == "cocok", (layout, p, hasil.to_text())
        seen[hasil.putusan] = seen.get(hasil.putusan, 0) + 1
    assert seen["tidak-dapat-diputuskan"] > 3


@pytest.mark.slow
@sampled(96, 10_000)
def test_impossible_files_never_pass(amount: int, tmp_path: Path) -> None:
    amount, rng = wanted(amount), random.Random(78)
    for i in range(amount):
        p = impossible(rng)
        layout = list(LAYOUTS)[i % len(LAYOUTS)]
        hasil = audit(LAYOUTS[layout](p, tmp_path))
        assert hasil.putusan in ("mustahil", "tidak-lazim"), (layout, p, hasil.to_text())
