"""Two periods and several periods: differences and trends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal, get_args

import numpy as np

from skm.basics.arguments import as_list, as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._dist import normal_two_sided, t_quantile, t_two_sided
from skm.stats._effects import NO_SLOPE, pair_slopes, slope_interval
from skm.stats._intervals import Estimate, MeanInterval
from skm.stats._quiet import share_aside
from skm.stats._result import (
    StatResult,
    caution,
    check_level,
    check_significance,
    note,
    percent,
    say,
    undefined,
)

WELCH = "t, Welch-Satterthwaite"
LENT = "t, Welch-Satterthwaite, ragam bersama"
# benchmarks/alarm.py: beyond so many respondents, and so many who lie away from the end of the scale, Welch's own test
# raises at most 7 false alarms in 100.
LEND_UPTO, AWAY_UPTO = 100, 20
Variance = Literal["otomatis", "welch"]
EXACT_UP_TO = 10
SHORTEST = 4
# Of both surveys together: two respondents against two, whose exchange gives no p below one in three.
FEWEST_TOGETHER = 3
LONGEST = 3000  # all pairs are compared


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
            code = {"ragam-nol": "selisih-tanpa-ragam", "terlalu-sedikit": "selisih-sedikit"}
            return say(code.get(c.alasan, "selisih-takada"), lang, arah=word)
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


def difference(
    first: MeanInterval, second: MeanInterval, *, level: float = 0.95, variance: Variance = "otomatis"
) -> Difference:
    """Compare two surveys, for example two periods, as independent samples.

    Parameters
    ----------
    first, second : MeanInterval
        Results of `mean_interval`; the change is second less first.
    variance : {"otomatis", "welch"}
        Each survey its own, as in R's ``t.test``; or, for one of at most a hundred respondents (or of so many that
        twenty are expected away from the end of the scale, where answers crowd there) whose answers vary less than
        those of both together, the variance of both together: few respondents who agree are no proof that everybody
        does.

    Notes
    -----
    SE = sqrt(SE1^2 + SE2^2), degrees of freedom by Welch and Satterthwaite. Under ``variance="welch"``, of two plain
    samples without finite population correction, it is Welch's t test of the respondents' indices. False alarms of
    both: benchmarks/alarm.md.
    """
    check_level(level)
    if variance not in get_args(Variance):
        raise OptionError("opsi-tidak-dikenal", opsi="variance", nilai=variance, pilihan=list(get_args(Variance)))
    common = [u for u in first.unsur if u in second.unsur]
    pairs = {**{u: (first.unsur[u], second.unsur[u]) for u in common}, "ikm": (first.ikm, second.ikm)}
    shares = (_left(first), _left(second))
    rules = first.kuesioner.regulasi
    changes = {
        name: _change(a, b, level, shares, variance, (rules.terendah * factor, rules.tertinggi * factor))
        for name, (a, b) in pairs.items()
        for factor in (rules.konversi if name == "ikm" else 1,)
    }
    found = [note("selisih-saling-bebas")]
    if any(c.interval.method == LENT for c in changes.values()):
        found.append(note("selisih-ragam-pinjaman"))
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


def change_of_estimates(
    first: tuple[int, float, float, float],
    second: tuple[int, float, float, float],
    *,
    level: float = 0.95,
    ends: tuple[float, float] = (25.0, 100.0),
) -> Change:
    """Compare two indices of which only respondents, index, variance and degrees of freedom are known.

    The test is that of `difference`: a small survey whose answers hardly vary is lent the variance of both.
    """
    a, b = (
        Estimate(ikm, math.sqrt(variance), df, undefined(level, WELCH), n) for n, ikm, variance, df in (first, second)
    )
    return _change(a, b, level, (1.0, 1.0), "otomatis", ends)


def _left(result: MeanInterval) -> float:
    """Return the share of the people served who were not asked, where N is known."""
    return 1.0 if result.population is None else max(1 - result.n / result.population, 1e-12)


def _change(
    a: Estimate, b: Estimate, level: float, left: tuple[float, float], variance: str, ends: tuple[float, float]
) -> Change:
    diff = b.estimate - a.estimate
    total = a.se**2 + b.se**2
    if math.isnan(total) or math.isnan(diff):
        return Change(diff, math.nan, math.nan, undefined(level, WELCH), math.nan, a.alasan or b.alasan)
    if a.interval.method == b.interval.method == "sensus":
        return Change(diff, 0.0, math.nan, Interval(diff, diff, level, "sensus"), math.nan, "sensus")
    parts, method = _parts(a, b, left, variance, ends)
    total = sum(v for v, _ in parts)
    if total == 0 or any(v == 0 and e.interval.method != "sensus" for (v, _), e in zip(parts, (a, b), strict=True)):
        return Change(diff, math.sqrt(total), math.nan, undefined(level, method), math.nan, "ragam-nol")
    if variance == "otomatis" and a.interval.method != "sensus" != b.interval.method and a.df + b.df < FEWEST_TOGETHER:
        return Change(diff, math.sqrt(total), math.nan, undefined(level, method), math.nan, "terlalu-sedikit")
    se = math.sqrt(total)
    df = total**2 / sum(v**2 / d for v, d in parts if v)
    half = t_quantile((1 + level) / 2, df) * se
    return Change(diff, se, df, Interval(diff - half, diff + half, level, method), t_two_sided(diff / se, df))


def _parts(
    a: Estimate, b: Estimate, left: tuple[float, float], variance: str, ends: tuple[float, float]
) -> tuple[list[tuple[float, float]], str]:
    """Return variance and degrees of freedom of both means, those of a small one with little spread lent."""
    both = [(a.se**2, a.df), (b.se**2, b.df)]
    census = [e.interval.method == "sensus" for e in (a, b)]
    # A census says nothing of chance, but its answers are not in the estimate: it neither lends nor borrows.
    if variance == "welch" or any(census):
        return both, WELCH
    size = [e.n for e in (a, b)]
    single = [v * n / q for (v, _), n, q in zip(both, size, left, strict=True)]
    df = a.df + b.df
    pooled = sum(d * s for (_, d), s in zip(both, single, strict=True)) / df
    middle = (a.n * a.estimate + b.n * b.estimate) / (a.n + b.n)
    away = max(min(middle - ends[0], ends[1] - middle), 0.0)
    share = share_aside(away, pooled) if pooled > 0 else 0.0
    few = max(LEND_UPTO, AWAY_UPTO / share if share > 0 else math.inf)
    lent = [n <= few and s < pooled * (1 - 1e-12) for n, s in zip(size, single, strict=True)]
    parts = [(pooled / n * q, df) if take else part for part, n, q, take in zip(both, size, left, lent, strict=True)]
    return parts, LENT if any(lent) else WELCH


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
        Sen's slope: median of the pairwise slopes, per unit of ``times``; ``interval`` is Sen's interval of it, 95 %.
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
    interval: Interval = NO_SLOPE

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
            "tau_a": self.tau_a, "tau_b": self.tau_b, "slope": self.slope,
            "slope_interval": self.interval.to_dict(), "alasan": self.alasan,
        }  # fmt: skip


def mann_kendall(
    values: Sequence[Any] | Mapping[Any, Any], times: Sequence[float] | None = None, *, signifikansi: float = 0.05
) -> Trend:
    """Test a series of one index per period for a trend.

    Parameters
    ----------
    values : sequence or mapping
        One value a period in order of time: a result of `skm.trend`, ``trend.seri()``, figures, or results that hold
        an index; None and NaN are gaps.
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
    check_significance(signifikansi)
    values = values.seri() if hasattr(values, "seri") else values
    given = list(values.values()) if isinstance(values, Mapping) else as_list(values, "values")
    y = [_number(v) for v in given]
    t = [float(k + 1) for k in range(len(y))] if times is None else [as_number(v) for v in as_list(times, "times")]
    if len(t) != len(y) or len(set(t)) != len(t) or not all(map(math.isfinite, t)):
        raise DataError("waktu-tidak-sah", banyak=len(y))
    pairs = sorted((a, b) for a, b in zip(t, y, strict=True) if not math.isnan(b))
    t, y = [a for a, _ in pairs], [b for _, b in pairs]
    n = len(y)
    if n > LONGEST:
        raise DataError("deret-panjang", banyak=n, batas=LONGEST)
    slopes, s = pair_slopes(t, y)
    ties = [int(k) for k in np.unique(np.array(y), return_counts=True)[1]]
    slope = float(np.median(slopes)) if len(slopes) else math.nan
    variance = (n * (n - 1) * (2 * n + 5) - sum(k * (k - 1) * (2 * k + 5) for k in ties)) / 18
    untied = n * (n - 1) // 2 - sum(k * (k - 1) // 2 for k in ties)
    reason = "pendek" if n < SHORTEST else "sama" if len(ties) == 1 else ""
    z = (s - (s > 0) + (s < 0)) / math.sqrt(variance) if variance > 0 else math.nan
    exact = n <= EXACT_UP_TO
    ways = _factorial(n) if exact else None
    p = math.nan if reason else _exact_p(s, n, ties) if exact else normal_two_sided(z)
    found = [note("tren-jarak-sama")] if times is None else []
    if len(given) > n:
        found.append(note("tren-kosong", banyak=len(given) - n))
    return Trend(
        times=tuple(t),
        values=tuple(y),
        s=s,
        variance=variance,
        z=z,
        p=p,
        method="eksak" if exact else "normal",
        tau_a=s / len(slopes) if len(slopes) else math.nan,
        tau_b=s / math.sqrt(len(slopes) * untied) if untied else math.nan,
        slope=slope,
        alasan=reason,
        signifikansi=signifikansi,
        catatan=tuple(found),
        interval=slope_interval(slopes, n, variance, 0.95, ways),
    )


def _number(value: Any) -> float:
    if value is None:
        return math.nan
    value = getattr(value, "ikm", value)  # of a result of `skm.score` or `mean_interval`
    try:
        found = float(getattr(value, "estimate", value))
    except (TypeError, ValueError):
        found = math.inf
    if math.isinf(found):
        raise DataError("deret-bukan-angka")
    return found


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
