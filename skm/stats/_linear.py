"""The index and the unsur as sums of ratios, in linearised form: what every standard error is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.counts.pola import Pola
from skm.regulasi import _bobot
from skm.stats._design import Design

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Estimates and their linearised values.

    Attributes
    ----------
    names : tuple of str
        All unsur, then "ikm".
    used : tuple of str
        Unsur that anybody answered.
    weights : tuple of float
        Weights of the used unsur.
    value : float array (names,)
    linear : float array (patterns, names)
        Linearised values; with the design's weights they add up to zero.
    active : bool array (patterns, names)
        Whether a pattern says anything about the estimate.
    """

    names: tuple[str, ...]
    used: tuple[str, ...]
    weights: tuple[float, ...]
    value: Floats
    linear: Floats
    active: NDArray[np.bool_]


def linearised(pola: Pola, design: Design, bobot: Any = "tepat") -> Linear:
    """Return every unsur and the index over those who answered, blanks needing no deletion."""
    kuesioner = pola.kuesioner
    rules = kuesioner.regulasi
    # Columns are the butir; the coefficients carry them to the unsur and the index.
    x = np.array([0.0, *(float(v) for v in kuesioner.nilai)])[pola.nilai]
    answered = pola.nilai > 0
    w = design.w[:, None] * answered
    mass = w.sum(axis=0)
    known = mass > 0
    mean = (w * x).sum(axis=0) / np.where(known, mass, 1.0)
    used = [u for u in kuesioner.unsur if any(known[j] for j, b in enumerate(kuesioner.butir) if b.unsur == u)]
    names = [*kuesioner.unsur, "ikm"]
    to_names = np.zeros((len(mass), len(names)))
    weights = [float(v) for v in _bobot.resolve(bobot, used).nilai] if used else []
    for u, weight in zip(used, weights, strict=True):
        rows = [j for j, b in enumerate(kuesioner.butir) if b.unsur == u and known[j]]
        to_names[rows, names.index(u)] = 1 / len(rows)
        to_names[rows, -1] = rules.konversi * weight / len(rows)
    active = (answered.astype(np.int64) @ (to_names != 0).astype(np.int64)) > 0
    return Linear(
        tuple(names),
        tuple(used),
        tuple(weights),
        mean @ to_names,
        np.where(answered, x - mean, 0.0) / np.where(known, mass, 1.0) @ to_names,
        active,
    )
