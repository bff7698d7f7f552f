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

from skm.basics.arguments import named_keys
from skm.scores.result import HasilIKM
from skm.stats import _core as statistik
from skm.stats._conditional import PMethod
from skm.stats._core import (
    CSI,
    Alpha,
    Association,
    Calibration,
    Changes,
    Comparison,
    ControlChart,
    Difference,
    GroupIntervals,
    ImportancePerformance,
    MeanInterval,
    OrderedTrend,
    ShareTest,
    SmallUnits,
    Trend,
    Units,
    UnsurRanks,
    Validity,
    csi,
    kish,
    mann_kendall,
)
from skm.stats._importance import means_of
from skm.stats._rank_estimates import rank_estimates
from skm.stats._reduced import counts_of, patterns, weighted_patterns
from skm.stats._suggestions import Suggestions

__all__ = [
    "CSI",
    "Alpha",
    "Association",
    "Calibration",
    "Changes",
    "Comparison",
    "ControlChart",
    "Difference",
    "GroupIntervals",
    "ImportancePerformance",
    "MeanInterval",
    "OrderedTrend",
    "ShareTest",
    "SmallUnits",
    "Suggestions",
    "Trend",
    "Units",
    "UnsurRanks",
    "Validity",
    "association",
    "compare",
    "cronbach_alpha",
    "csi",
    "importance_performance",
    "item_validity",
    "kish",
    "mann_kendall",
    "mean_interval",
    "ordered_trend",
    "patterns",
    "rank_units",
    "rank_unsur",
    "share_test",
    "shrink_units",
]


def mean_interval(
    data: Any,
    *,
    population: Any = None,
    by: str | None = None,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    weights_are: Literal["sampel", "frekuensi"] = "sampel",
    level: float = 0.95,
    estimator: Literal["per-unsur", "per-responden", "hanya-lengkap"] = "per-unsur",
    sampel: Literal["tidak-disebut", "acak", "seadanya"] = "tidak-disebut",
    bobot: Any = "tepat",
    interval: Literal["logit", "t", "wilson"] = "logit",
    strata_tunggal: Literal["tolak", "pusat"] = "tolak",
    n_clusters: Any = None,
    **baca: Any,
) -> MeanInterval | GroupIntervals:
    """Estimate the index and the mean of every unsur, with standard errors and intervals.

    Parameters
    ----------
    population : int or mapping, optional
        N, for the finite population correction; or stratum (or group) -> N.
    by, strata, clusters : str, optional
        Characteristics or columns: one result per group; the strata and clusters of the sampling design.
    weights : str, sequence of float or Calibration, optional
        Respondents' weights, their column, or the result of `calibrate` or `rake`: the variance then takes calibration
        into account.
    weights_are : {"sampel", "frekuensi"}
        What weights mean: how many people a respondent stands for, or how many respondents gave this answer.
    level : float
        Confidence level.
    n_clusters : int or mapping, optional
        Clusters that there are, for the finite population correction of a sample in clusters.
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
    keys = named_keys(key for key in (by, strata, clusters) if key is not None)
    pola, projection = weighted_patterns(data, keys, weights, weights_are=weights_are, **baca)
    return statistik.mean_interval(
        pola,
        population=counts_of(population),
        by=by,
        strata=strata,
        clusters=clusters,
        level=level,
        estimator=estimator,
        sampel=sampel,
        bobot=bobot,
        interval=interval,
        strata_tunggal=strata_tunggal,
        n_clusters=counts_of(n_clusters),
        projection=projection,
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
        patterns(data, by, **baca), by, population=counts_of(population), level=level, target=target
    )


def rank_unsur(
    data: Any,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    weights_are: Literal["sampel", "frekuensi"] = "sampel",
    level: float = 0.95,
    pvalue: PMethod = "otomatis",
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> UnsurRanks:
    """Rank the unsur from the lowest, and tell which cannot be told apart from it: compared within respondents.

    Parameters
    ----------
    population, strata, clusters, weights, weights_are
        As in `mean_interval`.
    level : float
        Confidence that all comparisons hold together.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        Friedman's p by chi-square, or over exchanges of the answers within respondents.
    draws, seed : int
        Of those exchanges; the seed also of the critical value.

    Examples
    --------
    >>> import skm
    >>> rank_unsur(skm.contoh()).setara
    ('prosedur',)
    """
    keys = named_keys(key for key in (strata, clusters) if key is not None)
    pola, projection = weighted_patterns(data, keys, weights, weights_are=weights_are, **baca)
    return statistik.rank_unsur(
        pola,
        population=counts_of(population),
        strata=strata,
        clusters=clusters,
        level=level,
        pvalue=pvalue,
        draws=draws,
        seed=seed,
        projection=projection,
    )


def shrink_units(
    data: Any,
    by: str = "",
    *,
    population: Any = None,
    covariates: Mapping[str, Mapping[Any, Any]] | None = None,
    target: float = 0.7,
    level: float = 0.95,
    **baca: Any,
) -> SmallUnits:
    """Draw the figures of small units towards what units have in common, and tell which figure may be shown.

    Parameters
    ----------
    data
        As in `skm.score`, or a result of `mean_interval` by unit, or unit -> (index, standard error, respondents).
    by : str
        The column that names the unit, where answers are given.
    population : mapping, optional
        Unit -> N.
    covariates : mapping, optional
        Name -> {unit: number} known of every unit.
    target : float
        Reliability from which a unit's own figure stands alone.
    """
    ready = isinstance(data, Mapping) and not by
    units = data if ready else mean_interval(data, by=by, population=population, **baca)
    return statistik.shrink_units(units, covariates=covariates, target=target, level=level)  # type: ignore[arg-type]


def share_test(
    data: Any,
    by: str,
    unsur: str,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    weights: Any = None,
    weights_are: Literal["sampel", "frekuensi"] = "sampel",
    signifikansi: float = 0.05,
    pvalue: PMethod = "otomatis",
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> ShareTest:
    """Test whether the shares of the levels of one unsur differ between groups, under the design (Rao-Scott).

    Parameters
    ----------
    by, unsur : str
        The groups, and the unsur whose levels are compared.
    population, strata, clusters, weights, weights_are
        As in `mean_interval`.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        F; or over exchanges of respondents where few answers are expected and the sample is simple.
    """
    keys = named_keys((by, *(key for key in (strata, clusters) if key is not None)))
    pola, projection = weighted_patterns(data, keys, weights, weights_are=weights_are, **baca)
    return statistik.share_test(
        pola,
        by,
        unsur,
        population=counts_of(population),
        strata=strata,
        clusters=clusters,
        signifikansi=signifikansi,
        pvalue=pvalue,
        draws=draws,
        seed=seed,
        projection=projection,
    )


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
    level: float = 0.95,
    draws: int = 9999,
    seed: int = 2017,
    **baca: Any,
) -> Association:
    """Return the unsur-by-unsur table that the regulation calls bivariate analysis; ``.square()`` is the square.

    p is exact or by permutation where few answered or nearly all agree; see `skm.stats` on ``pvalue``.
    """
    return statistik.association(
        patterns(data, **baca),
        method=method,
        pvalue=pvalue,
        signifikansi=signifikansi,
        level=level,
        draws=draws,
        seed=seed,
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
        Answers, a result that holds means of the unsur (`skm.score`, `mean_interval`), or unsur -> mean; without
        answers the importance must have been asked.
    importance : mapping or {"terkoreksi", "total"}
        Unsur -> stated importance, or derived from the answers.
    """
    if isinstance(data, (HasilIKM, MeanInterval, ImportancePerformance)):
        data = means_of(data)
    if isinstance(data, Mapping) and not any(_is_column(v) for v in data.values()):
        return statistik.importance_performance(data, importance, sumbu=sumbu)
    return statistik.importance_performance(patterns(data, **baca), importance, sumbu=sumbu)


def _is_column(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)
