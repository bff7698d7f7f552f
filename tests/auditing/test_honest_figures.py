"""Honest results get no error about their arithmetic, whatever way, rounding or decimals they chose.

Ten thousand under ``-m whole``, the first thousand of them in every run.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from support.amounts import sampled

from skm.auditing.audit import audit

ARITHMETIC = ("ikm-", "grim-", "mutu-")


def quantised(value: Fraction, places: int, mode: str) -> Decimal:
    """Round exactly; a binary float goes through Python's own formatting."""
    if mode == "biner":
        return Decimal(f"{float(value):.{places}f}")
    scaled = value * 10**places
    low = math.floor(scaled)
    rest = scaled - low
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (mode == "ke-atas" or low % 2 == 1))
    return Decimal(low + up).scaleb(-places)


def rounded_weight(k: int, places: int | None) -> Fraction:
    if places is None:
        return Fraction(1, k)
    exact = Decimal(1) / Decimal(k)
    return Fraction(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@dataclass
class Way:
    weight: int | None
    tertimbang: int | None
    indeks: int | None
    mode: str


def compute(means: list[Fraction], way: Way) -> Fraction:
    """Return the unrounded IKM of one way; in binary floats where the way says so."""
    w = rounded_weight(len(means), way.weight)
    if way.mode == "biner":
        terms = [float(w) * (m.numerator / m.denominator) for m in means]
        if way.tertimbang is not None:
            terms = [round(t, way.tertimbang) for t in terms]
        total = sum(terms)
        if way.indeks is not None:
            total = round(total, way.indeks)
        return Fraction(total * 25)
    exact = [w * m for m in means]
    if way.tertimbang is not None:
        exact = [Fraction(quantised(t, way.tertimbang, way.mode)) for t in exact]
    index = sum(exact, Fraction(0))
    if way.indeks is not None:
        index = Fraction(quantised(index, way.indeks, way.mode))
    return index * 25


def letter(ikm: Fraction, style: str) -> str:
    value = Fraction(Decimal(str(float(ikm))).quantize(Decimal("0.01"), ROUND_HALF_UP)) if style == "bulat" else ikm
    for bound, name in ((Fraction("88.31"), "A"), (Fraction("76.61"), "B"), (Fraction(65), "C")):
        if value >= bound:
            return name
    return "D"


def survey(rng: random.Random) -> tuple[list[Fraction], list[int], list[int], int, int, bool]:
    """Draw answers: n people, one to three questions per unsur, blanks or none."""
    k = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9, 11, 14))
    n = rng.choice((rng.randint(1, 15), rng.randint(10, 60), rng.randint(50, 500), rng.randint(300, 4000)))
    questions = rng.choice((1, 1, 1, 2, 3))
    blank = rng.choice((0.0, 0.0, 0.01, 0.15))
    means, totals, answers, complete = [], [], [], True
    for _ in range(k):
        skill = rng.uniform(0.35, 1.0)
        parts = []
        for _ in range(questions):
            m = n if blank == 0 else max(1, n - sum(rng.random() < blank for _ in range(min(n, 200))))
            complete = complete and m == n
            low, high = m, 4 * m
            total = min(high, max(low, round(low + skill * (high - low) + rng.uniform(-1, 1) * m * 0.2)))
            parts.append((total, m))
        means.append(sum((Fraction(t, m) for t, m in parts), Fraction(0)) / questions)
        totals.append(sum(t for t, _ in parts))
        answers.append(sum(m for _, m in parts))
    return means, totals, answers, n, questions, complete


def draw_way(rng: random.Random) -> Way:
    return Way(
        rng.choice((None, None, 3, 2)),
        rng.choice((None, None, 2, 3)),
        rng.choice((None, None, 2, 3)),
        rng.choice(("ke-atas", "genap", "biner")),
    )


def printed(
    rng: random.Random,
    style: str,
    places: int,
    mode: str,
    drawn: tuple[list[Fraction], list[int], list[int]],
    questions: int,
) -> dict[str, dict[str, Any]]:
    """Return the table of unsur in one style of printing."""
    unsur: dict[str, dict[str, Any]] = {}
    for i, (m, total, answered) in enumerate(zip(*drawn, strict=True), start=1):
        mean = quantised(m, places, mode)
        if style in ("mean", "total"):
            value = mean
        elif style == "converted":
            value = quantised(m * 25, places, mode)
        elif places == 0:
            value = quantised(m * 25, 2, mode)
        else:
            value = quantised(Fraction(mean) * 25, 2, mode)
        unsur[f"X{i}"] = {"nilai": str(value)}
        if style == "total":
            unsur[f"X{i}"]["total"] = total
        if questions == 1 and rng.random() < 0.2:
            unsur[f"X{i}"]["n"] = answered
    return unsur


def publish(rng: random.Random) -> dict[str, Any]:
    """Return an honest publication: one way, one mode of rounding, decimals of its own choice."""
    means, totals, answers, n, questions, complete = survey(rng)
    way = draw_way(rng)
    places, figure = rng.choice((0, 1, 2, 2, 2, 3)), rng.choice((0, 1, 2, 2, 2, 3))
    style = rng.choice(("mean", "mean", "mean", "converted", "converted-from-mean", "total"))
    if style == "total" and (questions > 1 or not complete):
        style = "mean"
    unsur = printed(rng, style, places, way.mode, (means, totals, answers), questions)
    inputs = means
    if rng.random() < 0.2 and style != "converted":
        inputs = [Fraction(quantised(m, max(places, 2), way.mode)) for m in means]
        if max(places, 2) != places and style != "total":
            inputs = means
    ikm = compute(inputs, way)
    out: dict[str, Any] = {
        "unsur": unsur,
        "skala": "25-100" if style.startswith("converted") else "1-4",
        "ikm": str(quantised(ikm, figure, way.mode)),
        "regulasi": "permenpanrb-14-2017",
        "mutu": letter(ikm, rng.choice(("bulat", "mentah"))),
    }
    if figure >= 2:
        # A letter beside two decimals or more belongs to the printed number itself.
        out["mutu"] = letter(Fraction(Decimal(out["ikm"])), "bulat")
    if rng.random() < 0.3:
        out["indeks"] = str(quantised(ikm / 25, rng.choice((2, 3, 4)), way.mode))
    if rng.random() < 0.6:
        out["n"] = n
        if complete and rng.random() < 0.5:
            out["tanpa_kosong"] = True
    if rng.random() < 0.6:
        out["pertanyaan_per_unsur"] = questions
    return out


@pytest.mark.slow
@sampled(1_000, 10_000)
def test_honest_results_are_never_wrong(amount: int) -> None:
    rng = random.Random(20240)
    seen: dict[str, int] = {}
    for _ in range(amount):
        values = publish(rng)
        hasil = audit(values)
        wrong = [c for c in hasil.codes("kesalahan") if c.startswith(ARITHMETIC)]
        assert not wrong, (wrong, values, hasil.to_text())
        unusual = [c for c in hasil.codes("peringatan") if c.startswith(("ikm-hanya", "grim-"))]
        assert not unusual, (unusual, values, hasil.to_text())
        seen[hasil.putusan] = seen.get(hasil.putusan, 0) + 1
    assert set(seen) == {"cocok", "tidak-dapat-diputuskan"}
    assert min(seen.values()) > amount // 20
