"""One weight for all periods: recomputed from means where they are known, scaled where the weights are, else not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.numbers import round_half_up
from skm.regulasi import _bobot
from skm.tren._points import USUAL, TrendPoint, from_means


@dataclass(frozen=True, slots=True)
class CommonWeight:
    """The weight and rounding that all periods are brought to; an empty weight leaves every figure as it is."""

    bobot: str
    pembulatan: str
    pilihan: Any


def target(points: Sequence[TrendPoint], bobot: Any) -> CommonWeight:
    """Return what to bring the periods to: the weight asked for, else that of the latest period that tells its own."""
    known = [p for p in points if p.bobot]
    if bobot is not None:
        x = next((p.x for p in reversed(points) if p.x), USUAL)
        names = next((list(p.rata) for p in reversed(points) if p.rata), [f"u{i}" for i in range(x)])
        rounding = next((p.pembulatan for p in reversed(known) if p.pembulatan), "nik-2")
        return CommonWeight(_bobot.resolve(bobot, names).nama, rounding, bobot)
    if not known:
        return CommonWeight("", "", None)
    last = known[-1]
    return CommonWeight(_name(last), last.pembulatan or "nik-2", weight_of(last.bobot))


def rebase(point: TrendPoint, goal: CommonWeight) -> TrendPoint:
    """Return the point with its figure under the common weight, where that can be had."""
    if not goal.bobot or not point.bobot or (_name(point) == goal.bobot and point.pembulatan == goal.pembulatan):
        return replace(point, setara=point.ikm)
    if point.rata is not None and point.regulasi is not None:
        try:
            figure = from_means(point.rata, point.regulasi, goal.pilihan, goal.pembulatan).ikm
        except OptionError:
            return point  # own weights name other unsur than this period has
        return replace(point, setara=figure)
    return _scaled(point, goal)


def _scaled(point: TrendPoint, goal: CommonWeight) -> TrendPoint:
    """Return a printed figure times the ratio of two equal weights: w differs, the sum of the means does not."""
    if point.pembulatan != "nik-2" or goal.pembulatan != "nik-2":
        return point
    own, wanted = _equal_weight(point.bobot, point.x or USUAL), _equal_weight(goal.bobot, point.x or USUAL)
    if own is None or wanted is None:
        return point
    figure: Decimal = round_half_up(Fraction(point.ikm) * wanted / own, 2)
    return replace(point, setara=figure, perkiraan=True)


def _equal_weight(name: str, x: int) -> Fraction | None:
    try:
        return _bobot.resolve(name, [""] * x).nilai[0]
    except OptionError:
        return None


def _name(point: TrendPoint) -> str:
    """Return the canonical name of a point's weight; one that cannot be resolved stands for itself."""
    try:
        names = list(point.rata) if point.rata else [""] * (point.x or USUAL)
        return _bobot.resolve(weight_of(point.bobot), names).nama
    except OptionError:
        return point.bobot


def weight_of(text: str) -> Any:
    """Return the weight that the text of a record means: a name, or own weights written out."""
    if "=" not in text:
        return text
    return {key.strip(): value.strip() for key, _, value in (part.partition("=") for part in re.split(r",\s+", text))}
