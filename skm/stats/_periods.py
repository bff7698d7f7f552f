"""Two periods, several periods, and groups in an order: differences and trends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._dist import normal_two_sided, t_quantile, t_two_sided
from skm.stats._intervals import Estimate, MeanInterval
from skm.stats._ranks import jonckheere, rank_table
from skm.stats._result import StatResult, caution, note, percent, say, single, undefined
from skm.stats._scores import scores

WELCH = "t, Welch-Satterthwaite"
EXACT_UP_TO = 10
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Change:
    """Second value less first, with standard error, degrees of freedom, interval and two-sided p."""

    difference: float
    se: float
    df: float
    interval: Interval
    p: float
    alasan: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Difference(StatResult):
    """Change of the index and of every unsur that both have."""

    JENIS: ClassVar[str] = "selisih"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur", "", "text"),
        TableColumn("first", "", "decimal", 3),
        TableColumn("second", "", "decimal", 3),
        TableColumn("difference", "", "decimal", 3),
        TableColumn("se", "", "decimal", 3),
        TableColumn("df", "", "decimal", 1),
        TableColumn("low", "", "decimal", 3),
        TableColumn("high", "", "decimal", 3),
        TableColumn("p", "", "probability", 4),
        TableColumn("alasan", "", "text"),
    )

    ikm: Change
    unsur: dict[str, Change]
    values: dict[str, tuple[float, float]]
    level: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur, the index last."""
        return [
            (name, *self.values[name], c.difference, c.se, c.df, c.interval.low, c.interval.high, c.p, c.alasan)
            for name, c in (*self.unsur.items(), ("ikm", self.ikm))
        ]

    def kalimat(self, lang: str | None = None) -> str:
        """Return the change of the index as one sentence."""
        c = self.ikm
        if math.isnan(c.difference):
            return say("selisih-kosong", lang)
        word = say(
            "naik" if c.difference > 0 else "turun" if c.difference < 0 else "tetap", lang, besar=abs(c.difference)
        )
        if c.alasan == "sensus":
            return say("selisih-sensus", lang, arah=word)
        if c.alasan:
            return say("selisih-takada", lang, arah=word)
        sure = "selisih-nyata" if c.p < 1 - self.level else "selisih-tidak-nyata"
        return say(
            sure,
            lang,
            arah=word,
            persen=percent(self.level),
            rendah=c.interval.low,
            tinggi=c.interval.high,
            p=p_text(c.p, lang),
        )

    def extra(self) -> dict[str, Any]:
        """Return the level."""
        return {"level": self.level}


def difference(first: MeanInterval, second: MeanInterval, *, level: float = 0.95) -> Difference:
    """Compare two surveys, for example two periods, as independent samples.

    Parameters
    ----------
    first, second : MeanInterval
        Results of `mean_interval`; the change is second less first.

    Notes
    -----
    SE = sqrt(SE1^2 + SE2^2), degrees of freedom by Welch and Satterthwaite. Of two plain samples without finite
    population correction it is Welch's t test of the respondents' indices.
    """
    if not 0.5 <= level < 1:
        raise OptionError("tingkat-interval", nilai=level)
    common = [u for u in first.unsur if u in second.unsur]
    pairs = {**{u: (first.unsur[u], second.unsur[u]) for u in common}, "ikm": (first.ikm, second.ikm)}
    changes = {name: _change(a, b, level) for name, (a, b) in pairs.items()}
    found = [note("selisih-saling-bebas")]
    if only := [u for u in {**first.unsur, **second.unsur} if u not in common]:
        found.append(caution("selisih-unsur-lain", unsur=only))
    if first.estimator != second.estimator:
        found.append(caution("selisih-penaksir", pertama=first.estimator, kedua=second.estimator))
    return Difference(
        ikm=changes.pop("ikm"),
        unsur=changes,
        values={name: (a.estimate, b.estimate) for name, (a, b) in pairs.items()},
        level=level,
        catatan=tuple(found),
        kuesioner=first.kuesioner,
    )


def _change(a: Estimate, b: Estimate, level: float) -> Change:
    diff = b.estimate - a.estimate
    variances = (a.se**2, b.se**2)
    total = sum(variances)
    if math.isnan(total) or math.isnan(diff):
        return Change(diff, math.nan, math.nan, undefined(level, WELCH), math.nan, a.alasan or b.alasan)
    if total == 0:
        censuses = a.interval.method == b.interval.method == "sensus"
        bounds = Interval(diff, diff, level, "sensus") if censuses else undefined(level, WELCH)
        return Change(diff, 0.0, math.nan, bounds, math.nan, "sensus" if censuses else "ragam-nol")
    se = math.sqrt(total)
    df = total**2 / sum(v**2 / e.df for v, e in zip(variances, (a, b), strict=True) if v)
    half = t_quantile((1 + level) / 2, df) * se
    return Change(diff, se, df, Interval(diff - half, diff + half, level, WELCH), t_two_sided(diff / se, df))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Trend(StatResult):
    """Mann-Kendall's test and Sen's slope of a series.

    Attributes
    ----------
    s, variance, z : float
        Mann-Kendall's S, its variance with the ties subtracted, and z with the correction for continuity.
    p : float
        Two-sided; exact up to ten periods, NaN below four.
    tau_a, tau_b : float
        S over all pairs, and over the pairs without ties.
    slope : float
        Sen's slope: median of the pairwise slopes, per unit of ``times``.
    """

    JENIS: ClassVar[str] = "tren"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("waktu", "", "decimal", 2),
        TableColumn("nilai", "", "decimal", 2),
    )

    times: tuple[float, ...]
    values: tuple[float, ...]
    s: int
    variance: float
    z: float
    p: float
    method: str
    tau_a: float
    tau_b: float
    slope: float
    alasan: str
    signifikansi: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a period."""
        return list(zip(self.times, self.values, strict=True))

    def kalimat(self, lang: str | None = None) -> str:
        """Return the trend as one sentence."""
        if self.alasan:
            return say(f"tren-{self.alasan}", lang, n=len(self.values))
        if self.p >= self.signifikansi:
            return say("tren-tidak-nyata", lang, n=len(self.values), p=p_text(self.p, lang))
        code = "tren-naik" if self.s > 0 else "tren-turun"
        return say(code, lang, n=len(self.values), p=p_text(self.p, lang), lereng=abs(self.slope))

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {
            "s": self.s, "variance": self.variance, "z": self.z, "p": self.p, "metode": self.method,
            "tau_a": self.tau_a, "tau_b": self.tau_b, "slope": self.slope, "alasan": self.alasan,
        }  # fmt: skip


def mann_kendall(values: Sequence[float], times: Sequence[float] | None = None, *, signifikansi: float = 0.05) -> Trend:
    """Test a series of one index per period for a trend.

    Parameters
    ----------
    values : sequence of float
        One value a period; NaN are left out.
    times : sequence of float, optional
        When: distinct numbers, so that a missing quarter counts. Default: 1, 2, 3, ..., evenly spaced.

    Raises
    ------
    DataError
        ``times`` are not distinct numbers, one per value.

    Notes
    -----
    The exact distribution of S given the ties: the number of inversions of a multiset has the generating function of
    a Gaussian multinomial coefficient. No correction for autocorrelation is made at these lengths.
    """
    y = [float(v) for v in values]
    t = [float(k + 1) for k in range(len(y))] if times is None else [float(v) for v in times]
    if len(t) != len(y) or len(set(t)) != len(t) or not all(map(math.isfinite, t)):
        raise DataError("waktu-tidak-sah", banyak=len(y))
    pairs = sorted((a, b) for a, b in zip(t, y, strict=True) if not math.isnan(b))
    t, y = [a for a, _ in pairs], [b for _, b in pairs]
    n = len(y)
    steps = [(j, i) for i in range(n) for j in range(i)]
    s = sum((y[i] > y[j]) - (y[i] < y[j]) for j, i in steps)
    ties = [y.count(v) for v in sorted(set(y))]
    slope = float(np.median([(y[i] - y[j]) / (t[i] - t[j]) for j, i in steps])) if steps else math.nan
    variance = (n * (n - 1) * (2 * n + 5) - sum(k * (k - 1) * (2 * k + 5) for k in ties)) / 18
    untied = n * (n - 1) // 2 - sum(k * (k - 1) // 2 for k in ties)
    reason = "pendek" if n < SHORTEST else "sama" if len(ties) == 1 else ""
    z = (s - (s > 0) + (s < 0)) / math.sqrt(variance) if variance > 0 else math.nan
    exact = n <= EXACT_UP_TO
    p = math.nan if reason else _exact_p(s, n, ties) if exact else normal_two_sided(z)
    found = [note("tren-jarak-sama")] if times is None else []
    if len(values) > n:
        found.append(note("tren-kosong", banyak=len(values) - n))
    return Trend(
        times=tuple(t),
        values=tuple(y),
        s=s,
        variance=variance,
        z=z,
        p=p,
        method="eksak" if exact else "normal",
        tau_a=s / len(steps) if steps else math.nan,
        tau_b=s / math.sqrt(len(steps) * untied) if untied else math.nan,
        slope=slope,
        alasan=reason,
        signifikansi=signifikansi,
        catatan=tuple(found),
    )


def _exact_p(s: int, n: int, ties: list[int]) -> float:
    """Return P(|S| >= |s|) over all orders of the values."""
    ways = _factorial(n)
    for k in ties:
        ways = _divided(ways, _factorial(k))
    top = len(ways) - 1  # pairs without ties; S = top - 2 * inversions
    hits = sum(count for inversions, count in enumerate(ways) if abs(top - 2 * inversions) >= abs(s))
    return float(Fraction(hits, sum(ways)))


def _factorial(n: int) -> list[int]:
    """Return the coefficients of [n]_q! = product of (1 + q + ... + q^(i-1))."""
    poly = [1]
    for i in range(2, n + 1):
        grown = [0] * (len(poly) + i - 1)
        for power, c in enumerate(poly):
            for extra in range(i):
                grown[power + extra] += c
        poly = grown
    return poly


def _divided(poly: list[int], by: list[int]) -> list[int]:
    rest, out = list(poly), []
    for start in range(len(poly) - len(by) + 1):
        c = rest[start]  # the divisor begins with 1
        out.append(c)
        for offset, d in enumerate(by):
            rest[start + offset] -= c * d
    return out


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OrderedTrend(StatResult):
    """Jonckheere-Terpstra: whether values rise or fall over groups in an order."""

    JENIS: ClassVar[str] = "urutan"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("mean", "", "decimal", 2),
    )

    groups: tuple[tuple[Any, int, float], ...]
    j: float
    mean: float
    variance: float
    z: float
    p: float
    signifikansi: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group, in order."""
        return list(self.groups)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        if math.isnan(self.p):
            return say("urutan-takada", lang)
        if self.p >= self.signifikansi:
            return say("urutan-tidak-nyata", lang, p=p_text(self.p, lang))
        return say("urutan-naik" if self.z > 0 else "urutan-turun", lang, p=p_text(self.p, lang))

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {"j": self.j, "mean": self.mean, "variance": self.variance, "z": self.z, "p": self.p}


def ordered_trend(
    pola: Pola, by: str, order: Sequence[Any], *, unsur: str | None = None, signifikansi: float = 0.05
) -> OrderedTrend:
    """Test whether the respondents' index (or one unsur) rises or falls over groups in a given order.

    Parameters
    ----------
    order : sequence
        Labels from first to last, e.g. levels of education; respondents with other labels are left out, and told.

    Notes
    -----
    Jonckheere-Terpstra with the variance corrected for ties (M. Hollander and D. A. Wolfe); the same z as Kendall's
    test of the order against the values.
    """
    codes, labels = pola.codes((by,))
    names = [single(label) for label in labels]
    table = rank_table(scores(pola, unsur), pola.kali, codes, len(labels))
    keep = [names.index(label) for label in order if label in names and table.sizes[names.index(label)] > 0]
    if len(keep) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(keep))
    chosen = table.only(*keep)
    j, mean, variance = jonckheere(chosen)
    z = (j - mean) / math.sqrt(variance) if variance > 0 else math.nan
    left = table.n - chosen.n
    rows = tuple(
        (names[g], int(chosen.sizes[i]), float(chosen.counts[i] @ chosen.values / chosen.sizes[i]))
        for i, g in enumerate(keep)
    )
    found = [note("urutan-di-luar", banyak=left)] if left else []
    if absent := [str(label) for label in order if label not in [names[g] for g in keep]]:
        found.append(caution("urutan-tanpa-responden", label=absent))
    p = math.nan if math.isnan(z) else normal_two_sided(z)
    return OrderedTrend(rows, j, mean, variance, z, p, signifikansi, tuple(found), pola.kuesioner)
