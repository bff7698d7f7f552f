"""Every final figure passes one gate: with a defect planted before it, no path gives a figure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import skm
from skm.errors import SKMError
from skm.regulasi import load
from skm.scores import combined, index, many
from skm.scores.gate import pass_figure, pass_figures, pass_mean

NAMES = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
ROWS = [{**dict.fromkeys(NAMES, 1 + i % 4), "unit": "AB"[i % 2]} for i in range(24)]
LEVELS = [Fraction(v) for v in (1, 2, 3, 4)]

PATHS: dict[str, Callable[[], Any]] = {
    "score": lambda: skm.score(ROWS),
    "score_counts": lambda: skm.score_counts(dict.fromkeys(NAMES, (1, 2, 3, 4))),
    "score_means": lambda: skm.score_means(dict.fromkeys(NAMES, "3,4"), n=20),
    "score_totals": lambda: skm.score_totals(dict.fromkeys(NAMES, 60), n=20),
    "score of a group": lambda: skm.score_by(ROWS, "unit")["A"],
    "score of counts": lambda: skm.score(skm.tally(ROWS)),
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("wrong", [Decimal("118.43"), Decimal("12.00"), Decimal("NaN"), Decimal("85.01")])
def test_a_planted_figure_does_not_leave(monkeypatch: pytest.MonkeyPatch, path: str, wrong: Decimal) -> None:
    """Beyond the scale, no number, or no rounding of the exact value."""
    PATHS[path]()
    monkeypatch.setattr(index, "_round", lambda indeks, *_: (indeks, wrong))
    with pytest.raises(SKMError) as caught:
        PATHS[path]()
    assert caught.value.code == "cacat-angka"
    assert str(wrong) not in caught.value.message("id")


@pytest.mark.parametrize("wrong", [118.43, 12.0, np.inf])
def test_of_many_groups_none_leaves(monkeypatch: pytest.MonkeyPatch, wrong: float) -> None:
    """One wrong figure among many stops them all."""
    real = many._rounded

    def planted(*args: Any) -> Any:
        figures, grades = real(*args)
        figures = figures.copy()
        figures[-1] = wrong
        return figures, grades

    monkeypatch.setattr(many, "_rounded", planted)
    with pytest.raises(SKMError) as caught:
        skm.score_by(ROWS, "unit")
    assert caught.value.code == "cacat-angka"


@pytest.mark.parametrize("method", ["simple", "weighted"])
def test_a_combined_figure_lies_between_its_units(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """However the units are weighed."""
    per = skm.score_by(ROWS, "unit")
    options = {"weights": "n"} if method == "weighted" else {}
    skm.combine(per, method=method, **options)
    monkeypatch.setattr(combined, "_sum", lambda values: Fraction(118))
    with pytest.raises(SKMError) as caught:
        skm.combine(per, method=method, **options)
    assert caught.value.code == "cacat-angka"


@pytest.mark.parametrize("levels", [[4, 3, 2, 1], [1, 2, 3, 10], [-1, 2, 3, 4], [1, 1, 3, 4], []])
def test_levels_that_no_regulation_has_give_no_figure(levels: list[int]) -> None:
    """Reversed, beyond the highest, negative, doubled, none."""
    values = [Fraction(v) for v in levels]
    with pytest.raises(SKMError):
        pass_figure(Decimal("75.00"), Fraction(75), load(), values)
    with pytest.raises(SKMError):
        pass_figures(np.array([75.0]), np.array([1.0]), load(), values)


def test_right_figures_pass() -> None:
    """With exact and rounded weights, NaN for a group without data, and a mean of units."""
    rules = load()
    assert pass_figure(Decimal("99.90"), Fraction(999, 10), rules, LEVELS, weight=Fraction(999, 1000)) == Decimal(
        "99.90"
    )
    assert np.isnan(pass_figures(np.array([np.nan, 25.0]), np.array([0.0, 1.0]), rules, LEVELS)[0])
    assert pass_mean(Decimal("50.00"), Fraction(50), [Fraction(25), Fraction(75)], rules) == Decimal("50.00")
