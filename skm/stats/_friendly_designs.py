"""Designs and weights, in one line each: raking, adequacy, the next sample."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from skm import sampling
from skm.answers import understand
from skm.answers.grouping import with_age_groups
from skm.basics.arguments import as_list, as_mapping, named_keys
from skm.basics.errors import DataError, OptionError
from skm.counts.hitungan import Hitungan
from skm.counts.reduce import PATTERNS, reduce
from skm.io.opened import understood
from skm.io.options import ReadOptions
from skm.sampling import AdequacyTable, SamplePlan
from skm.stats import _core as statistik
from skm.stats._core import Calibration, MeanInterval, nonresponse_weights, trim_weights
from skm.stats._friendly import mean_interval
from skm.stats._reduced import counts_of, weights_of

_ADEQUACY = ("method", "level", "margin", "p", "rounding", "chi2", "deff")
__all__ = [
    "adequacy",
    "calibrate",
    "nonresponse_weights",
    "plan_index",
    "rake",
    "replicate_interval",
    "trim_weights",
]


def plan_index(
    data: Any,
    margin: Any,
    *,
    population: Any = None,
    level: float = 0.95,
    response: Any = 1,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    **baca: Any,
) -> SamplePlan:
    """Plan the next sample for the index itself, from the spread of last year's answers.

    Parameters
    ----------
    data
        Last year's answers, as in `skm.score`, or their `mean_interval`.
    margin : number
        Wanted half-width of the interval, in points of the index (25-100).
    population : int, optional
        People served in the next period.
    level, response
        As in `skm.plan_sample`.
    strata, clusters, weights
        The design of last year's sample; its design effect is planned for again.

    Raises
    ------
    DataError
        Last year's answers do not vary, or the interval of a census was given, which has no spread to plan from.

    Notes
    -----
    S^2 is n times the variance of the index over the design effect (with replacement), so that blanks and weights are
    as they were. With few respondents S is uncertain: with 30 it may be off by a quarter.

    Examples
    --------
    >>> import skm
    >>> plan_index(skm.contoh(), 1, population=3441).n
    349
    """
    past = (
        data
        if isinstance(data, MeanInterval)
        else mean_interval(data, strata=strata, clusters=clusters, weights=weights, **baca)
    )
    if not isinstance(past, MeanInterval):
        raise OptionError("selisih-perlu-satu")
    if past.census:
        raise DataError("rencana-dari-sensus")
    if not past.ikm.se > 0:
        raise DataError("rencana-tanpa-keragaman", n=past.n)
    left = 1.0 if past.population is None else 1 - past.n / past.population
    deff = 1.0 if past.deff is None else past.deff.wr / left if past.deff.wr > 0 else 1.0
    sd = past.ikm.se * math.sqrt(past.ikm.n / left / deff)
    return sampling.plan_sample(
        population, target="indeks", margin=margin, sd=f"{sd:.4f}", level=level, deff=f"{deff:.4f}", response=response
    )


def rake(data: Any, targets: Mapping[str, Mapping[Any, Any]], *, weights: Any = None, **baca: Any) -> Calibration:
    """Weight respondents to the margins of the population; hand the result to `mean_interval` as ``weights``.

    Parameters
    ----------
    targets : mapping
        Characteristic or column -> {label: number of people}.
    weights : str or sequence of float, optional
        Weights to start from.
    """
    return calibrate(data, targets, weights=weights, **baca)


def calibrate(
    data: Any,
    targets: Mapping[Any, Any],
    *,
    method: Literal["raking", "pascastrata", "greg"] = "raking",
    weights: Any = None,
    bounds: tuple[float, float] | None = None,
    population: Any = None,
    **baca: Any,
) -> Calibration:
    """Weight respondents to known figures of the population; hand the result to `mean_interval` as ``weights``.

    Parameters
    ----------
    targets : mapping
        Characteristic or column, or a tuple of them that are crossed -> {label or tuple of labels: number of people};
        for "greg" also column -> total of a number over all people.
    method : {"raking", "pascastrata", "greg"}
        Margins one after another, the cells of one margin, or the regression estimator.
    weights : str or sequence of float, optional
        Weights to start from.
    bounds : (low, high), optional
        How far a weight may move, as parts of what it is scaled to.
    population : int, optional
        N, needed where there are totals of numbers only.

    Examples
    --------
    >>> rows = [{"jk": "L" if i % 3 else "P", "u1": 3 + i % 2, "u2": 4 - i % 3 % 2} for i in range(30)]
    >>> made = calibrate(rows, {"jk": {"L": 500, "P": 500}}, method="pascastrata")
    >>> round(made.n_effective, 2), mean_interval(rows, weights=made).ikm.n
    (26.67, 30)
    """
    crossed = [name if isinstance(name, tuple) else (name,) for name in as_mapping(targets, "targets")]
    keys = named_keys((key for names in crossed for key in names), "targets")
    bacaan, _ = understood(data, ReadOptions(**baca))
    bacaan, _, _ = with_age_groups(bacaan, keys)
    columns = {key: understand.row_labels(bacaan, key) for key in keys}
    start = None if weights is None else weights_of(bacaan, weights)
    return statistik.calibrate(
        columns, targets, method=method, weights=start, bounds=bounds, population=counts_of(population)
    )


def replicate_interval(
    data: Any,
    weights: Any,
    replicates: Sequence[Any],
    *,
    kind: Literal["jackknife", "bootstrap", "brr"] = "jackknife",
    scale: float | None = None,
    level: float = 0.95,
    **baca: Any,
) -> MeanInterval:
    """Estimate the index with standard errors from replicate weights, where a sample comes with them.

    Parameters
    ----------
    weights : str or sequence of float
        Full-sample weights, or their column.
    replicates : sequence of str or of weights
        Columns of the replicate weights, or the weights themselves.
    kind : {"jackknife", "bootstrap", "brr"}
        What the squared deviations are multiplied with: (R - 1)/R, 1/(R - 1), 1/R.
    scale : float, optional
        That factor itself.
    """
    replicates = as_list(replicates, "replicates")
    bacaan, _ = understood(data, ReadOptions(**baca))
    whole, *others = (reduce(bacaan, (), PATTERNS, weights=weights_of(bacaan, w)).pola for w in (weights, *replicates))
    return statistik.replicate_interval(whole, others, kind=kind, scale=scale, level=level)


def adequacy(data: Any, population: Any, by: str, **opsi: Any) -> AdequacyTable:
    """Tell for every service, group or unit in one call whether its respondents are enough.

    Parameters
    ----------
    data
        As in `skm.score`, or counts by group.
    population : mapping or Series
        Group -> N.
    by : str
        The column that names the group.
    **opsi
        Options of `skm.adequacy_by` (method, level, margin, deff, ...) and of reading.
    """
    own = {name: value for name, value in opsi.items() if name in _ADEQUACY}
    if not isinstance(data, Hitungan):
        bacaan, _ = understood(data, ReadOptions(**{k: v for k, v in opsi.items() if k not in own}))
        data = reduce(bacaan, named_keys([by])).hitungan
    return sampling.adequacy_by(data, counts_of(population), **own)
