"""Shares of groups under exchanges of respondents, with their weights and within their strata."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from skm.basics.progress import walked
from skm.stats._design import Design

Places = NDArray[np.int64]


def exchanged(design: Design, active: NDArray[np.bool_], group: Places, level: Places, draws: int, seed: int) -> float:
    """Return the share of the exchanges whose weighted shares differ as much: (b + 1)/(draws + 1).

    Parameters
    ----------
    active : bool array (patterns,)
        Patterns that count; ``group`` and ``level`` are the places of each of them.

    Notes
    -----
    Where answer and weight do not depend on the group, respondents of one stratum could as well have changed places.
    Of respondents with one pattern of answers only mean and spread of the weights are known: half of them get what
    lies as far above the mean as the others below it.
    """
    often = design.kali[active]
    who = np.repeat(np.arange(len(often)), often)
    weight, stratum = _weights(design.w[active], design.w2[active], often), design.stratum[active][who]
    rows, columns = int(group.max()) + 1, int(level.max()) + 1
    side, answer = group[who], level[who]
    home = np.argsort(stratum, kind="stable")
    weight, answer, side, stratum = weight[home], answer[home], side[home], stratum[home]
    far = _distance(side * columns + answer, weight, rows, columns) * (1 - 1e-12)
    alike = stratum[0] == stratum[-1]
    rng = np.random.Generator(np.random.PCG64(seed))
    hits = 0
    for _ in walked(range(draws)):
        drawn = rng.permutation(side) if alike else side[np.lexsort((rng.random(len(side)), stratum))]
        hits += _distance(drawn * columns + answer, weight, rows, columns) >= far
    return (hits + 1) / (draws + 1)


def _distance(cell: Places, weight: NDArray[np.float64], rows: int, columns: int) -> float:
    """Return Pearson's chi-square of the weighted shares."""
    table = np.bincount(cell, weight, minlength=rows * columns).reshape(rows, columns)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(((table - expected) ** 2 / np.where(expected > 0, expected, 1.0)).sum())


def _weights(total: NDArray[np.float64], squares: NDArray[np.float64], often: Places) -> NDArray[np.float64]:
    """Return a weight for every respondent, with the sums and nearly the sums of squares of their patterns.

    >>> _weights(np.array([6.0, 5.0]), np.array([20.0, 25.0]), np.array([2, 1])).tolist()
    [4.0, 2.0, 5.0]
    """
    who = np.repeat(np.arange(len(often)), often)
    first = np.concatenate([[0], np.cumsum(often)[:-1]])
    mean = total / often
    spread = np.sqrt(np.maximum(squares / often - mean**2, 0.0))
    place, size = np.arange(len(who)) - first[who], often[who]
    half = np.where(place < size // 2, 1.0, np.where(place >= size - size // 2, -1.0, 0.0))
    # Where that would be below nothing, one of them has most of the weight.
    one = np.where(place == 0, np.sqrt(np.maximum(size - 1, 1)), -1 / np.sqrt(np.maximum(size - 1, 1)))
    shape = np.where(size == 1, 0.0, np.where((spread > mean)[who], one, half))
    return np.asarray(np.maximum(mean[who] + spread[who] * shape, 0.0))
