"""Respondents' weights: reading them, what unequal ones cost, trimming, those who did not answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics.arguments import as_list, as_number
from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.stats._result import group_name

Floats = NDArray[np.float64]


def read_weights(weights: Any, n: int | None = None) -> Floats:
    """Return weights (or those of a calibration) as floats; zero is allowed, nothing below it, no blanks, not all zero.

    Raises
    ------
    DataError
        A weight is negative, blank or not a number, all are zero, or there are not ``n`` of them.
    """
    try:
        w = np.asarray(getattr(weights, "weights", weights), dtype=float).reshape(-1)
    except (TypeError, ValueError):
        raise DataError("bobot-responden-bukan-angka") from None
    if n is not None and len(w) != n:
        raise DataError("bobot-responden-panjang", banyak=len(w), n=n)
    bad = ~np.isfinite(w) | (w < 0)
    if bad.any():
        raise DataError("bobot-responden-tidak-sah", banyak=int(bad.sum()), baris=int(np.flatnonzero(bad)[0]) + 1)
    if not w.any():
        raise DataError("bobot-responden-nol")
    return w


def kish(weights: Any) -> float:
    """Return Kish's effective sample size, (sum w)^2 / sum w^2: n if all weights are equal, less otherwise.

    >>> kish([1, 1, 1, 1])
    4.0
    """
    w = read_weights(weights)
    w = w / w.max()
    return float(w.sum()) ** 2 / float((w**2).sum())


def trim_weights(weights: Any, *, low: float = 0.0, high: float = math.inf) -> Floats:
    """Return weights cut at bounds, what is cut off given to the others in equal parts, until all are inside.

    Parameters
    ----------
    weights : sequence of float
    low, high : float
        Least and largest weight.

    Raises
    ------
    DataError
        The bounds leave no room for the total.

    Notes
    -----
    With one bound as ``trimWeights(strict = TRUE)`` of R's ``survey``; with two, R's repeats may end elsewhere within
    them. The total stays, the margins of a calibration do not; calibrate again, or give `calibrate` bounds.

    Examples
    --------
    >>> trim_weights([1, 1, 1, 9], high=6).tolist()
    [2.0, 2.0, 2.0, 6.0]
    """
    w = read_weights(weights).copy()
    low, high = as_number(low), math.inf if isinstance(high, float) and high == math.inf else as_number(high)
    total, n = float(w.sum()), len(w)
    if not low * n <= total * (1 + 1e-12) or not high * n >= total * (1 - 1e-12) or low > high or low < 0:
        raise DataError("bobot-batas", rendah=low, tinggi=high, rata=total / n)
    outside = np.zeros(n, dtype=bool)
    for _ in range(n + 1):
        now = (w < low - 1e-12) | (w > high + 1e-12)
        if not now.any():
            break
        outside |= now
        cut = np.clip(w, low, high)
        lost = float((w - cut).sum())
        w = cut
        if (~outside).any():
            w[~outside] += lost / int((~outside).sum())
        else:  # all are at a bound: share what is left among those that still have room
            room = (high - w) if lost > 0 else (w - low)
            w = w + lost * room / room.sum()
    return w


def nonresponse_weights(
    cells: Sequence[Any], responded: Sequence[Any], *, weights: Any = None, least: int = 5
) -> Floats:
    """Return weights that let respondents stand for those of their cell who did not answer; theirs are zero.

    Parameters
    ----------
    cells : sequence
        Label of the adjustment cell (service, age group, ...) of everybody who was invited.
    responded : sequence of bool
        Whether they answered.
    weights : sequence of float, optional
        Weights of the invited; default 1.
    least : int
        Cells with fewer respondents are refused: merge them first.

    Raises
    ------
    DataError
        A cell has too few respondents, or the lists are not of one length.

    Examples
    --------
    >>> nonresponse_weights(["A", "A", "B", "B"], [True, False, True, True], least=1).tolist()
    [2.0, 0.0, 1.0, 1.0]
    """
    cells = as_list(cells, "cells")
    answered = np.array([bool(v) for v in as_list(responded, "responded")])
    least = read_count(least, "least")
    if len(answered) != len(cells) or not len(cells):
        raise DataError("bobot-responden-panjang", banyak=len(answered), n=len(cells))
    w = np.ones(len(cells)) if weights is None else read_weights(weights, len(cells))
    position = {label: i for i, label in enumerate(dict.fromkeys(cells))}
    code = np.array([position[label] for label in cells])
    count = np.bincount(code[answered], minlength=len(position))
    if few := sorted(group_name(label) for label, i in position.items() if count[i] < max(least, 1)):
        raise DataError("sel-nonrespons", sel=few, minimum=max(least, 1))
    mass, kept = np.bincount(code, w), np.bincount(code[answered], w[answered], minlength=len(position))
    if (kept <= 0).any():
        raise DataError("bobot-responden-nol")
    return np.where(answered, w * (mass / kept)[code], 0.0)
