"""Periods and units in time, in one line each: differences, many units at once, control charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from skm.basics.arguments import as_mapping
from skm.basics.errors import DataError, OptionError
from skm.stats import _core as statistik
from skm.stats._core import (
    Changes,
    ControlChart,
    Difference,
    GroupIntervals,
    MeanInterval,
)
from skm.stats._friendly import mean_interval
from skm.stats._time_order import in_time_order

__all__ = ["changes", "control_chart", "difference"]


def difference(
    first: Any,
    second: Any,
    *,
    level: float = 0.95,
    variance: Literal["otomatis", "welch"] = "otomatis",
    **baca: Any,
) -> Difference:
    """Compare two surveys, for example two periods: second less first, with interval and p.

    Parameters
    ----------
    first, second
        Results of `mean_interval` (which know N and design), or data as in `skm.score`.
    variance : {"otomatis", "welch"}
        A small survey, or one whose answers crowd at an end of the scale, takes the common variance where its own is
        less; or Welch's test as in R.
    """
    if isinstance(first, GroupIntervals) or isinstance(second, GroupIntervals):
        raise OptionError("selisih-perlu-satu")
    a, b = (d if isinstance(d, MeanInterval) else mean_interval(d, **baca) for d in (first, second))
    if not isinstance(a, MeanInterval) or not isinstance(b, MeanInterval):
        raise OptionError("selisih-perlu-satu")
    return statistik.difference(a, b, level=level, variance=variance)


def changes(
    first: Any,
    second: Any,
    by: str,
    *,
    level: float = 0.95,
    variance: Literal["otomatis", "welch"] = "otomatis",
    **baca: Any,
) -> Changes:
    """Compare every unit of two surveys, p adjusted over all units by Holm: which units truly changed.

    Parameters
    ----------
    first, second
        Results of `mean_interval` by ``by`` (which know N), or data as in `skm.score`.
    by : str
        The column that names the unit.
    level : float
        Confidence that no unit is wrongly said to have changed.
    variance
        As in `difference`.
    """
    a, b = (d if isinstance(d, GroupIntervals) else mean_interval(d, by=by, **baca) for d in (first, second))
    if not isinstance(a, GroupIntervals) or not isinstance(b, GroupIntervals):  # pragma: no cover - ``by`` gives groups
        raise OptionError("selisih-perlu-satu")
    return statistik.unit_changes(a, b, level=level, variance=variance)


def control_chart(
    data: Any,
    by: str = "bulan",
    *,
    method: Literal["ewma", "shewhart"] = "ewma",
    baseline: int | None = None,
    weight: float = 0.2,
    limit: float | None = None,
    dispersion: Literal["dalam", "laney"] = "dalam",
    order: Sequence[Any] | None = None,
    **baca: Any,
) -> ControlChart:
    """Chart the index over months with limits by the number of respondents, and name the first month out of them.

    Parameters
    ----------
    data
        As in `skm.score`, with dates; the result of `mean_interval` by period; or period -> `mean_interval` result or
        (index, standard error, respondents), in order of time.
    by : str
        "bulan", "triwulan", "semester", "tahun" of the dates, or a column whose labels are periods, months or numbers.
    order : sequence, optional
        The labels of that column from first to last, where they say nothing of time.
    method, baseline, weight, limit, dispersion
        See `skm.stats.control_chart`: weighted mean or single periods, how many first periods set the centre, weight
        of the newest, width of the limits, and whether differences between months count as chance.

    Raises
    ------
    OptionError
        The labels of the column say nothing of time, and no ``order`` was given.

    Examples
    --------
    >>> months = {"Jan": (80, 1.0, 100), "Feb": (81, 1.0, 100), "Mar": (79, 1.0, 100), "Apr": (70, 1.0, 100)}
    >>> control_chart(months, method="shewhart", baseline=3).first_signal.label
    'Apr'
    """
    ready = isinstance(data, Mapping) and all(isinstance(v, (MeanInterval, tuple)) for v in data.values())
    if ready and not isinstance(data, GroupIntervals):
        given = as_mapping(data, "data")
        periods = given if order is None else {label: given[label] for label in in_time_order(list(given), order)}
        undated = 0
    else:
        groups = data if isinstance(data, GroupIntervals) else mean_interval(data, by=by, **baca)
        if not isinstance(groups, GroupIntervals):  # pragma: no cover - ``by`` gives groups
            raise OptionError("selisih-perlu-satu")
        known = [label for label in groups if label is not None]
        if not known:
            raise DataError("kendali-tanpa-waktu", kolom=groups.kunci)
        periods = {label: groups[label] for label in in_time_order(known, order)}
        undated = groups[None].n if None in groups else 0
    return statistik.control_chart(
        periods,
        method=method,
        baseline=baseline,
        weight=weight,
        limit=limit,
        dispersion=dispersion,
        undated=undated,
    )
