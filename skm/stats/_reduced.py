"""From any input to patterns: what the friendly entries of this room share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm.answers.understand import Reading
from skm.basics.arguments import named_keys
from skm.basics.errors import DataError, OptionError
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.counts.reduce import PATTERNS, reduce
from skm.io.opened import understood
from skm.io.options import ReadOptions
from skm.scores.result import HasilIKM
from skm.stats import _core as statistik
from skm.stats._core import Calibration
from skm.stats._design import Projection


def patterns(
    data: Any,
    by: str | Sequence[str] = (),
    *,
    weights: Any = None,
    weights_are: Literal["sampel", "frekuensi"] = "sampel",
    **baca: Any,
) -> Pola:
    """Reduce answers to distinct patterns, which all statistics here take as well.

    Parameters
    ----------
    data
        As in `skm.score`; a `Pola` is returned as it is.
    by : str or sequence of str
        Characteristics or columns to keep apart.
    weights : str or sequence of float, optional
        Respondents' weights, or the column that holds them. Respondents of weight zero are left out.
    weights_are : {"sampel", "frekuensi"}
        How many people a respondent stands for; or how many respondents gave this row's answers (whole numbers), so
        that a row is counted so often.

    Raises
    ------
    DataError
        Level counts, or weights that are no weights.
    """
    keys = named_keys(by if isinstance(by, (list, tuple)) else (by,))
    if isinstance(data, Pola):
        if weights is not None:
            raise OptionError("pola-sudah-jadi")
        return data
    if isinstance(data, (Hitungan, HasilIKM)):
        raise DataError("perlu-pola", opsi="skm.stats")
    bacaan, _ = understood(data, ReadOptions(**baca))
    if weights_are not in ("sampel", "frekuensi"):
        raise OptionError("opsi-tidak-dikenal", opsi="weights_are", nilai=weights_are, pilihan=["sampel", "frekuensi"])
    w = None if weights is None else weights_of(bacaan, weights)
    if w is not None and weights_are == "frekuensi" and (w != np.round(w)).any():
        raise DataError("frekuensi-bukan-bulat", baris=int(np.flatnonzero(w != np.round(w))[0]) + 1)
    pola = reduce(bacaan, keys, PATTERNS, weights=w).pola
    if weights_are == "frekuensi" and pola.w is not None:
        return replace(pola, kali=np.rint(pola.w).astype(np.int64), w=None, w2=None)
    return pola


def weighted_patterns(
    data: Any, keys: Sequence[str], weights: Any, *, weights_are: Literal["sampel", "frekuensi"] = "sampel", **baca: Any
) -> tuple[Pola, Projection | None]:
    """Return patterns under weights, and what the variance needs to know of calibrated ones."""
    if not isinstance(weights, Calibration):
        return patterns(data, keys, weights=weights, weights_are=weights_are, **baca), None
    every = tuple(dict.fromkeys((*keys, *weights.keys)))
    pola = patterns(data, every, weights=weights.weights, weights_are=weights_are, **baca)
    before = None if weights.base is None else patterns(data, every, weights=weights.base, **baca).w
    return pola, weights.projection(pola, before)


def weights_of(bacaan: Reading, weights: Any) -> NDArray[np.float64]:
    """Return respondents' weights, given or from a column."""
    n = bacaan.tabel.n
    if isinstance(weights, str):
        if weights not in bacaan.tabel.names:
            raise OptionError(
                "opsi-tidak-dikenal", opsi="weights", nilai=weights, pilihan=list(bacaan.tabel.names)[:30]
            )
        weights = list(bacaan.tabel.column(weights).tolist())
    return statistik.read_weights(weights, n)


def counts_of(population: Any) -> Any:
    """Return a pandas Series as a mapping; anything else as it is."""
    if hasattr(population, "to_dict") and not isinstance(population, Mapping):
        return population.to_dict()
    return population
