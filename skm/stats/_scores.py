"""One number per respondent, one per respondent and unsur, or one per unsur, from patterns: one definition for all."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import OptionError
from skm.counts.pola import Pola

Floats = NDArray[np.float64]


def unsur_values(pola: Pola) -> Floats:
    """Return the value of every unsur per pattern: the mean over its answered questions, NaN without an answer."""
    kuesioner = pola.kuesioner
    scale = np.array([0.0, *(float(v) for v in kuesioner.nilai)])
    x, answered = scale[pola.nilai], pola.nilai > 0
    columns = []
    for unsur in kuesioner.unsur:
        places = [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]
        count = answered[:, places].sum(axis=1)
        columns.append(np.where(count > 0, x[:, places].sum(axis=1) / np.maximum(count, 1), np.nan))
    return np.stack(columns, axis=1) if columns else np.zeros((len(x), 0))


def scores(pola: Pola, unsur: str | None = None, weights: Mapping[str, float] | None = None) -> Floats:
    """Return each pattern's own index (25-100), or its value of one unsur (1-4); NaN without an answer.

    The own index is the mean over the unsur that the respondent answered, each the mean of its answered questions;
    with weights of the unsur their weighted mean, times the sum of all weights (rounded ones need not sum to one).
    """
    values = unsur_values(pola)
    names = pola.kuesioner.unsur
    if unsur is not None:
        if unsur not in names:
            raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=unsur, pilihan=list(names))
        return values[:, names.index(unsur)]
    known = ~np.isnan(values)
    share = np.array([1.0 if weights is None else weights.get(u, 0.0) for u in names])
    whole = 1.0 if weights is None else float(share.sum())
    mass = known @ share
    total = np.where(known, values, 0.0) @ share
    own = pola.kuesioner.regulasi.konversi * whole * total / np.where(mass > 0, mass, 1.0)
    return np.where(mass > 0, own, np.nan)


def unsur_means(pola: Pola) -> dict[str, float]:
    """Return the official mean of every unsur: of its questions' means; NaN where nobody answered."""
    scale = np.array([0.0, *(float(v) for v in pola.kuesioner.nilai)])
    answered = pola.nilai > 0
    count = pola.kali @ answered
    total = pola.kali @ scale[pola.nilai]
    out = {}
    for unsur in pola.kuesioner.unsur:
        places = [j for j, b in enumerate(pola.kuesioner.butir) if b.unsur == unsur and count[j]]
        out[unsur] = float(np.mean(total[places] / count[places])) if places else math.nan
    return out


def official_index(pola: Pola) -> float:
    """Return the index with equal weights over the unsur that anybody answered; NaN where nobody answered."""
    means = [m for m in unsur_means(pola).values() if not math.isnan(m)]
    return pola.kuesioner.regulasi.konversi * float(np.mean(means)) if means else math.nan
