"""Standard errors from replicate weights, which come with a sample whose design is not told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.arguments import as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.values import Interval
from skm.counts.pola import Pola
from skm.stats._design import make_design
from skm.stats._dist import t_quantile
from skm.stats._estimate import letters, mean_interval, position_bounds
from skm.stats._intervals import Estimate, MeanInterval
from skm.stats._linear import linearised
from skm.stats._result import check_level, note, undefined

Kind = Literal["jackknife", "bootstrap", "brr"]
METHOD = "replikasi"
_KEPT = ("sampel-", "unsur-", "berbobot", "bobot-timpang")  # what plain intervals say that holds here


def replicate_interval(
    pola: Pola,
    replicates: Sequence[Pola],
    *,
    kind: Kind = "jackknife",
    scale: float | None = None,
    level: float = 0.95,
    interval: Literal["logit", "t"] = "logit",
) -> MeanInterval:
    """Estimate the index and the unsur with standard errors from replicate weights.

    Parameters
    ----------
    pola : Pola
        Patterns under the full-sample weights.
    replicates : sequence of Pola
        Patterns under every set of replicate weights.
    kind : {"jackknife", "bootstrap", "brr"}
        What the squared deviations are multiplied with: (R - 1)/R, 1/(R - 1), 1/R.
    scale : float, optional
        That factor itself, as the sample's documentation gives it.
    level, interval
        As in `mean_interval`.

    Raises
    ------
    DataError
        Fewer than two replicates.

    Notes
    -----
    Variance: scale times the sum of (estimate of the replicate - estimate)^2; degrees of freedom R - 1. Equal to
    ``svrepdesign(..., mse = TRUE)`` of R's ``survey``.
    """
    check_level(level)
    if kind not in get_args(Kind):
        raise OptionError("opsi-tidak-dikenal", opsi="kind", nilai=kind, pilihan=list(get_args(Kind)))
    count = len(replicates)
    if count < 2:
        raise DataError("replikasi-kurang", banyak=count)
    factor = {"jackknife": (count - 1) / count, "bootstrap": 1 / (count - 1), "brr": 1 / count}[kind]
    factor = factor if scale is None else as_number(scale)
    if not 0 < factor < 1e12:
        raise OptionError("harus-positif", untuk="scale", nilai=scale)
    plain = mean_interval(pola, level=level, interval="t")
    if not isinstance(plain, MeanInterval):  # pragma: no cover - no groups were asked for
        raise TypeError
    whole = _values(pola)
    off = np.stack([_values(r) for r in replicates]) - whole
    # Without an unsur that the whole sample has, a replicate's index is another index.
    off[(np.isnan(off) & ~np.isnan(whole)).any(axis=1), -1] = math.nan
    se = np.sqrt(factor * (off**2).sum(axis=0))
    rules = pola.kuesioner.regulasi
    t = t_quantile((1 + level) / 2, count - 1)
    estimates: dict[str, Estimate] = {}
    for name, value, error in zip((*pola.kuesioner.unsur, "ikm"), whole.tolist(), se.tolist(), strict=True):
        own = plain.ikm if name == "ikm" else plain.unsur[name]
        unit = rules.konversi if name == "ikm" else 1
        if not error > 0 or (own.alasan and own.alasan != "ragam-nol"):
            reason = own.alasan or ("replikasi-kosong" if math.isnan(error) else "ragam-nol")
            known = error if reason == "ragam-nol" else math.nan
            estimates[name] = Estimate(own.estimate, known, count - 1.0, undefined(level, METHOD), own.n, reason)
            continue
        low, high = position_bounds(interval, value, t * error, rules.terendah * unit, rules.tertinggi * unit)
        bounds = Interval(low, high, level, f"{interval}, {METHOD}")
        estimates[name] = Estimate(value, error, count - 1.0, bounds, own.n)
    ikm = estimates.pop("ikm")
    return MeanInterval(
        ikm=ikm,
        unsur=MappingProxyType(estimates),
        n=plain.n,
        population=None,
        census=False,
        estimator=plain.estimator,
        sampel=plain.sampel,
        level=level,
        mutu=letters(ikm, None, pola),
        deff=None,
        n_effective=plain.n_effective,
        kuesioner=pola.kuesioner,
        catatan=(*(f for f in plain.catatan if f.kode.startswith(_KEPT)), note("interval-replikasi", banyak=count)),
    )


def _values(pola: Pola) -> NDArray[np.float64]:
    """Return the unsur and the index; NaN for an unsur that nobody with any weight answered."""
    made = linearised(pola, make_design(pola))
    out = made.value.copy()
    out[[i for i, name in enumerate(made.names[:-1]) if name not in made.used]] = math.nan
    return out
