"""How many respondents it takes to see a change between two periods, and what change a sample can show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._options import Count, Share, read_level, read_share
from skm.sampling._texts import say, shown

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 75  # points that the index (25-100) can change or vary by
MOST = 10**9  # respondents beyond which no plan makes sense


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChangePlan:
    """A plan to see a change of the index.

    Attributes
    ----------
    n : int or None
        Respondents in each period; None where even everybody is not enough.
    power : float
        Probability to see a change of ``points`` with ``n`` (of ``population``, where n is None).
    points : float
        The change that is to be seen.
    detectable : float
        The smallest change that ``n`` shows with the wanted power; 0 in two censuses.
    wanted : float
        The wanted power.
    """

    n: int | None
    power: float
    points: float
    detectable: float
    wanted: float
    level: float
    sd: tuple[float, float]
    population: int | None
    overlap: float
    correlation: float
    deff: float

    @property
    def possible(self) -> bool:
        """Whether the change can be seen with the wanted power."""
        return self.n is not None and self.power >= self.wanted - 1e-9

    def kalimat(self, lang: str | None = None) -> str:
        """Return the plan as one sentence."""
        fill: dict[str, Any] = {
            "d": _clean(self.points), "daya": self.power * 100, "n": self.n or 0,
            "minimal": min(self.detectable, WIDEST),
            "level": _clean(self.level * 100), "ingin": _clean(self.wanted * 100), "N": self.population or 0,
        }  # fmt: skip
        if self.n is None:
            return say("perubahan-mustahil", lang, **fill)
        if not self.possible and self.detectable > WIDEST:
            return say("perubahan-tak-terlihat", lang, **fill)
        return say("perubahan" if self.possible else "perubahan-kurang", lang, **fill)

    def table(self, lang: str | None = None) -> Table:
        """Return the plan for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("langkah", say("kolom-langkah", language)),
            TableColumn("nilai", say("kolom-nilai", language)),
        )
        rows = (
            (say("baris-n", language), shown(self.n, language)),
            (say("baris-daya", language), shown(self.power, language)),
            (say("baris-titik", language), shown(self.points, language)),
            (
                say("baris-terdeteksi", language),
                shown(self.detectable if self.detectable <= WIDEST else None, language),
            ),
        )
        notes = [
            self.kalimat(language),
            say("perubahan-anggapan", language, s1=_clean(self.sd[0]), s2=_clean(self.sd[1])),
        ]
        if self.overlap:
            notes.append(
                say("perubahan-panel", language, bagian=_clean(self.overlap * 100), r=_clean(self.correlation))
            )
        return Table(say("judul-perubahan", language), columns, rows, tuple(notes), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: n, power, points, detectable."""
        columns = (
            TableColumn("n", "", "count"),
            *(TableColumn(k, "", "decimal") for k in ("power", "points", "detectable")),
        )
        return Table("", columns, ((self.n, self.power, self.points, self.detectable),)).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "n": self.n, "power": self.power, "points": self.points, "detectable": plain(self.detectable),
            "wanted": self.wanted, "possible": self.possible, "level": self.level, "sd": list(self.sd),
            "population": self.population, "overlap": self.overlap, "correlation": self.correlation,
            "deff": self.deff, "kalimat": self.kalimat(lang),
        }  # fmt: skip

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def plan_change(
    points: Any,
    *,
    sd: Any,
    sd_second: Any = None,
    n: Count | None = None,
    power: Share = 0.8,
    level: Share = 0.95,
    population: Count | None = None,
    overlap: Any = 0,
    correlation: Any = 0,
    deff: Any = 1,
) -> ChangePlan:
    """Plan how many respondents a period needs to see a change of the index, or tell what a given n can see.

    Parameters
    ----------
    points : number
        The change to be seen, in points of the index (25-100).
    sd, sd_second : number
        Standard deviation of the respondents' own indices in the first and in the second period (the same where only
        one is given), from an earlier survey: ``skm.stats.mean_interval(...).ikm.se * sqrt(n)``.
    n : int, optional
        Respondents in each period; without it the n for the wanted power is sought.
    power : float
        Wanted probability to see the change, two-sided at ``level``.
    level : float
        Confidence level of the test.
    population : int, optional
        People served in each period, for the finite population correction.
    overlap : float
        Share of the respondents who are asked in both periods, 0 to 1.
    correlation : float
        Correlation of their two indices, -1 to 1.
    deff : number
        Design effect to allow for.

    Returns
    -------
    ChangePlan

    Raises
    ------
    OptionError
        A value is out of range, or n is larger than N.

    Notes
    -----
    Variance of the change: deff (S1^2 + S2^2 - 2 overlap correlation S1 S2) (1 - n/N) / n. Power by the noncentral t
    with (2 - overlap)(n - 1) degrees of freedom, both tails counted; without overlap and N equal to R's
    ``power.t.test(strict = TRUE)``.

    Examples
    --------
    >>> plan_change(3, sd=12).n
    253
    >>> plan_change(3, sd=12, population=400).n
    155
    >>> round(plan_change(3, sd=12, n=100).power, 3)
    0.421
    """
    change = _positive(points, "points", WIDEST)
    first = _positive(sd, "sd", WIDEST)
    spread = (first, first if sd_second is None else _positive(sd_second, "sd_second", WIDEST))
    wanted, confidence = float(read_share(power, "power")), float(read_level(level))
    size = None if population is None else read_count(population, "N", minimum=2)
    shared, r = _within(overlap, "overlap", 0), _within(correlation, "correlation", -1)
    effect = _positive(deff, "deff")
    unit = effect * (spread[0] ** 2 + spread[1] ** 2 - 2 * shared * r * spread[0] * spread[1])

    def reached(count: int, d: float = change) -> float:
        return _power(d, unit, count, size, shared, confidence)

    if n is not None:
        count: int | None = read_count(n, "n", minimum=2)
        if size is not None and count is not None and count > size:
            raise OptionError("n-melebihi-populasi", n=count, N=size)
    else:
        top = MOST if size is None else size
        count = _least(lambda m: reached(m) >= wanted, 2, top)
    found = count if count is not None else (size or MOST)
    return ChangePlan(
        n=count,
        power=reached(found),
        points=change,
        detectable=_detectable(lambda d: reached(found, d) >= wanted, change),
        wanted=wanted,
        level=confidence,
        sd=spread,
        population=size,
        overlap=shared,
        correlation=r,
        deff=effect,
    )


def _power(d: float, unit: float, n: int, population: int | None, overlap: float, level: float) -> float:
    from scipy.special import nctdtr, stdtrit

    left = 1.0 if population is None else 1 - n / population
    variance = unit / n * left
    if variance <= 0:
        return 1.0
    df = (2 - overlap) * (n - 1)
    critical = float(stdtrit(df, (1 + level) / 2))
    shift = d / math.sqrt(variance)
    if shift > 30 + critical:  # nothing is missed there, and the noncentral t computes no further
        return 1.0
    # Both are below what a normal of mean `shift` has under 0 where SciPy loses them: from a shift of five on.
    missed, other = (float(nctdtr(df, shift, bound)) for bound in (critical, -critical))
    return 1 - (0.0 if math.isnan(missed) else missed) + (0.0 if math.isnan(other) else other)


def _least(enough: Any, low: int, high: int) -> int | None:
    """Return the least whole number that is enough; None where the largest is not."""
    if not enough(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _detectable(enough: Any, start: float) -> float:
    low, high = 0.0, start
    while not enough(high):
        low, high = high, high * 2
        if high > 1e6:
            return math.inf
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _clean(value: float) -> Decimal:
    return Decimal(f"{value:.10g}")


def _positive(value: Any, name: str, most: float = math.inf) -> float:
    found = read_decimal(value, name)
    if found <= 0:
        raise OptionError("harus-positif", untuk=name, nilai=found)
    if found > most:
        raise OptionError("di-luar-rentang", untuk=name, nilai=found, rendah=0, tinggi=most)
    return float(found)


def _within(value: Any, name: str, low: int) -> float:
    found = float(read_decimal(value, name))
    if not low <= found <= 1:
        raise OptionError("di-luar-rentang", untuk=name, nilai=found, rendah=low, tinggi=1)
    return found
