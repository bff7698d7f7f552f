"""Statistics for researchers, in one line each.

How sure the index is, whether the questionnaire measures one thing, whether groups, units and periods differ, and
whether the sample was enough. Every function takes a survey, a path, any table that `skm.score` takes, or a `Pola`;
``**baca`` are the options of reading (``kuesioner``, ``regulasi``, ``u8``, ``nilai_kosong``, ``columns``). Results have
``kalimat()``, ``table()``, ``to_frame()`` and ``to_dict()``; what is undefined is NaN with a reason. Statistics need to
know who answered what, so level counts alone are refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm import sampling
from skm.answers import understand
from skm.answers.grouping import with_age_groups
from skm.answers.understand import Reading
from skm.basics.errors import DataError, OptionError
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.counts.reduce import PATTERNS, reduce
from skm.io.opened import understood
from skm.io.options import ReadOptions
from skm.sampling import AdequacyTable
from skm.scores.result import HasilIKM
from skm.stats import _core as statistik
from skm.stats._conditional import PMethod
from skm.stats._core import (
    CSI,
    Alpha,
    Association,
    Comparison,
    Difference,
    GroupIntervals,
    ImportancePerformance,
    MeanInterval,
    OrderedTrend,
    Raking,
    Trend,
    Units,
    UnsurRanks,
    Validity,
    csi,
    kish,
    mann_kendall,
)
from skm.stats._rank_estimates import rank_estimates

__all__ = [
    "CSI",
    "Alpha",
    "Association",
    "Comparison",
    "Difference",
    "GroupIntervals",
    "ImportancePerformance",
    "MeanInterval",
    "OrderedTrend",
    "Raking",
    "Trend",
    "Units",
    "UnsurRanks",
    "Validity",
    "adequacy",
    "association",
    "compare",
    "cronbach_alpha",
    "csi",
    "difference",
    "importance_performance",
    "item_validity",
    "kish",
    "mann_kendall",
    "mean_interval",
    "ordered_trend",
    "patterns",
    "rake",
    "rank_units",
    "rank_unsur",
]


def patterns(data: Any, by: str | Sequence[str] = (), *, weights: Any = None, **baca: Any) -> Pola:
    """Reduce answers to distinct patterns, which all statistics here take as well.

    Parameters
    ----------
    data
        As in `skm.score`; a `Pola` is returned as it is.
    by : str or sequence of str
        Characteristics or columns to keep apart.
    weights : str or sequence of float, optional
        Respondents' weights, or the column that holds them. Respondents of weight zero are left out.

    Raises
    ------
    DataError
        Level counts, or weights that are no weights.
    """
    keys = (by,) if isinstance(by, str) else tuple(by)
    if isinstance(data, Pola):
        if weights is not None:
            raise OptionError("pola-sudah-jadi")
        return data
    if isinstance(data, (Hitungan, HasilIKM)):
        raise DataError("perlu-pola", opsi="skm.stats")
    bacaan, _ = understood(data, ReadOptions(**baca))
    return reduce(bacaan, keys, PATTERNS, weights=None if weights is None else _weights(bacaan, weights)).pola


def mean_interval(
    data: Any,
    *,
    population: Any = None,
    by: str | None = None,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    level: float = 0.95,
    estimator: Literal["per-unsur", "per-responden", "hanya-lengkap"] = "per-unsur",
    sampel: Literal["tidak-disebut", "acak", "seadanya"] = "tidak-disebut",
    bobot: Any = "tepat",
    interval: Literal["logit", "t", "wilson"] = "logit",
    strata_tunggal: Literal["tolak", "pusat"] = "tolak",
    **baca: Any,
) -> MeanInterval | GroupIntervals:
    """Estimate the index and the mean of every unsur, with standard errors and intervals.

    Parameters
    ----------
    population : int or mapping, optional
        N, for the finite population correction; or stratum (or group) -> N.
    by, strata, clusters : str, optional
        Characteristics or columns: one result per group; the strata and clusters of the sampling design.
    weights : str or sequence of float, optional
        Respondents' weights, or their column.
    level : float
        Confidence level.
    estimator, sampel, bobot, interval, strata_tunggal
        See `skm.stats.mean_interval`.

    Returns
    -------
    MeanInterval or GroupIntervals
        ``.ikm`` and ``.unsur[id]``, each with ``.estimate, .se, .df, .interval``; by group a mapping of these.

    Examples
    --------
    >>> import skm
    >>> r = mean_interval(skm.contoh(), population=3441)
    >>> print(r.kalimat("en"))
    IKM 89.31 (grade A) with a 95 % confidence interval (logit) from 88.26 to 90.29, assuming that the 341 respondents
    out of 3,441 service users were drawn at random; within the interval the grade ranges from B to A.
    """
    keys = list(dict.fromkeys(key for key in (by, strata, clusters) if key is not None))
    pola = patterns(data, keys, weights=weights, **baca)
    return statistik.mean_interval(
        pola,
        population=_counts(population),
        by=by,
        strata=strata,
        clusters=clusters,
        level=level,
        estimator=estimator,
        sampel=sampel,
        bobot=bobot,
        interval=interval,
        strata_tunggal=strata_tunggal,
    )


def cronbach_alpha(data: Any, *, by: str | None = None, level: float = 0.95, **baca: Any) -> Alpha:
    """Return Cronbach's alpha with Feldt's interval, alpha without each question, and McDonald's omega.

    Parameters
    ----------
    by : str, optional
        Alpha of every group, and within groups: pooling units mixes differences between units into alpha.

    Examples
    --------
    >>> rows = [dict(zip(("u1", "u2", "u3"), map(int, r))) for r in ("444", "343", "233", "122")]
    >>> round(cronbach_alpha(rows).alpha, 4)
    0.9533
    """
    return statistik.cronbach_alpha(patterns(data, () if by is None else by, **baca), by=by, level=level)


def item_validity(
    data: Any,
    *,
    uji: Literal["total", "terkoreksi"] = "total",
    pvalue: PMethod = "otomatis",
    signifikansi: float = 0.05,
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> Validity:
    """Return the validity table of theses: item-total correlations, plain and corrected, beside r tabel.

    Parameters
    ----------
    uji : {"total", "terkoreksi"}
        Which correlation is compared with r tabel (df = n - 2).
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        How p is had; automatic counts or draws exchanges of respondents where large-sample p would mislead.
    signifikansi : float
        Two-sided level of r tabel.
    draws, seed : int
        Of the permutation, where it is drawn.
    """
    return statistik.item_validity(
        patterns(data, **baca), uji=uji, pvalue=pvalue, signifikansi=signifikansi, draws=draws, seed=seed
    )


def compare(
    data: Any,
    by: str,
    *,
    unsur: str | None = None,
    method: PMethod = "otomatis",
    signifikansi: float = 0.05,
    maks_kelompok: int = 10,
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> Comparison:
    """Test whether groups differ: Kruskal-Wallis with Dunn and Holm, Mann-Whitney for two; by permutation if small.

    The options are those of `stats._compare.compare_groups`.
    """
    pola = patterns(data, by, **baca)
    return statistik.compare_groups(
        pola,
        by,
        unsur=unsur,
        method=method,
        signifikansi=signifikansi,
        maks_kelompok=maks_kelompok,
        draws=draws,
        seed=seed,
    )


def rank_units(
    data: Any, by: str = "unit", *, population: Any = None, level: float = 0.95, target: float = 0.70, **baca: Any
) -> Units:
    """Rank many units honestly: ranges of ranks that hold for all at once, and how much units differ at all.

    Parameters
    ----------
    data
        Answers; or a recap (`skm.report.collect`), whose units are ranked by the figures and variances it holds.
    by : str
        The column that names the unit.
    population : mapping, optional
        Unit -> N.
    target : float
        Reliability of a unit mean to aim at; the result says how many respondents per unit that takes.
    """
    if hasattr(data, "estimates"):  # a recap: figures and variances, whatever stands behind them
        return rank_estimates(data.estimates(), level=level, kunci=by)
    return statistik.rank_units(
        patterns(data, by, **baca), by, population=_counts(population), level=level, target=target
    )


def rank_unsur(
    data: Any,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    level: float = 0.95,
    **baca: Any,
) -> UnsurRanks:
    """Rank the unsur from the lowest, and tell which cannot be told apart from it: compared within respondents.

    Parameters
    ----------
    population, strata, clusters, weights
        As in `mean_interval`.
    level : float
        Confidence that all comparisons hold together.

    Examples
    --------
    >>> import skm
    >>> rank_unsur(skm.contoh()).setara
    ('prosedur',)
    """
    keys = [key for key in (strata, clusters) if key is not None]
    return statistik.rank_unsur(
        patterns(data, keys, weights=weights, **baca),
        population=_counts(population),
        strata=strata,
        clusters=clusters,
        level=level,
    )


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
        A survey of at most a hundred whose answers vary less than both together takes the common variance; or
        Welch's test as in R.
    """
    if isinstance(first, GroupIntervals) or isinstance(second, GroupIntervals):
        raise OptionError("selisih-perlu-satu")
    a, b = (d if isinstance(d, MeanInterval) else mean_interval(d, **baca) for d in (first, second))
    if not isinstance(a, MeanInterval) or not isinstance(b, MeanInterval):
        raise OptionError("selisih-perlu-satu")
    return statistik.difference(a, b, level=level, variance=variance)


def ordered_trend(
    data: Any,
    by: str,
    order: Sequence[Any],
    *,
    unsur: str | None = None,
    method: PMethod = "otomatis",
    signifikansi: float = 0.05,
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> OrderedTrend:
    """Test whether values rise or fall over groups in an order, for example levels of education."""
    return statistik.ordered_trend(
        patterns(data, by, **baca),
        by,
        order,
        unsur=unsur,
        method=method,
        signifikansi=signifikansi,
        draws=draws,
        seed=seed,
    )


def association(
    data: Any,
    *,
    method: Literal["spearman", "kendall"] = "spearman",
    pvalue: PMethod = "otomatis",
    signifikansi: float = 0.05,
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> Association:
    """Return the unsur-by-unsur table that the regulation calls bivariate analysis; ``.square()`` is the square.

    p is exact or by permutation where few answered or nearly all agree; see `skm.stats` on ``pvalue``.
    """
    return statistik.association(
        patterns(data, **baca), method=method, pvalue=pvalue, signifikansi=signifikansi, draws=draws, seed=seed
    )


def importance_performance(
    data: Any,
    importance: Mapping[str, Any] | Literal["terkoreksi", "total"] = "terkoreksi",
    *,
    sumbu: Any = "rata-rata",
    **baca: Any,
) -> ImportancePerformance:
    """Sort the unsur into named quadrants by importance (stated or derived) and performance.

    Parameters
    ----------
    data
        Answers, a finished `skm.score` result, or unsur -> mean; the last two need stated importance.
    importance : mapping or {"terkoreksi", "total"}
        Unsur -> stated importance, or derived from the answers.
    """
    if isinstance(data, HasilIKM):
        data = {u: float(v.nrr) for u, v in data.unsur.items()}
    if isinstance(data, Mapping) and not any(_is_column(v) for v in data.values()):
        return statistik.importance_performance(data, importance, sumbu=sumbu)
    return statistik.importance_performance(patterns(data, **baca), importance, sumbu=sumbu)


def rake(data: Any, targets: Mapping[str, Mapping[Any, Any]], *, weights: Any = None, **baca: Any) -> Raking:
    """Weight respondents to the margins of the population; hand ``.weights`` to `mean_interval`.

    Parameters
    ----------
    targets : mapping
        Characteristic or column -> {label: number of people}.
    weights : str or sequence of float, optional
        Weights to start from.
    """
    bacaan, _ = understood(data, ReadOptions(**baca))
    bacaan, _, _ = with_age_groups(bacaan, tuple(targets))
    columns = {}
    for key in targets:
        columns[key] = understand.row_labels(bacaan, key)
    start = None if weights is None else _weights(bacaan, weights)
    return statistik.rake(columns, targets, weights=start)


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
        Options of `skm.adequacy` (method, level, margin, ...).
    """
    if not isinstance(data, Hitungan):
        bacaan, _ = understood(data, ReadOptions())
        data = reduce(bacaan, (by,)).hitungan
    return sampling.adequacy_by(data, _counts(population), **opsi)


def _weights(bacaan: Reading, weights: Any) -> NDArray[np.float64]:
    n = bacaan.tabel.n
    if isinstance(weights, str):
        if weights not in bacaan.tabel.names:
            raise OptionError(
                "opsi-tidak-dikenal", opsi="weights", nilai=weights, pilihan=list(bacaan.tabel.names)[:30]
            )
        weights = list(bacaan.tabel.column(weights).tolist())
    return statistik.read_weights(weights, n)


def _counts(population: Any) -> Any:
    """Return a pandas Series as a mapping; anything else as it is."""
    if hasattr(population, "to_dict") and not isinstance(population, Mapping):
        return population.to_dict()
    return population


def _is_column(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)
