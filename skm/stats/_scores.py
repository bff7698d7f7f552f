"""One number per respondent, or one per respondent and unsur, from patterns."""

from __future__ import annotations

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


def scores(pola: Pola, unsur: str | None = None) -> Floats:
    """Return each pattern's own index (25-100: mean over the unsur it answered), or its value of one unsur (1-4)."""
    values = unsur_values(pola)
    if unsur is not None:
        if unsur not in pola.kuesioner.unsur:
            raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=unsur, pilihan=list(pola.kuesioner.unsur))
        return values[:, pola.kuesioner.unsur.index(unsur)]
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, pola.kuesioner.regulasi.konversi * total / np.maximum(count, 1), np.nan)
