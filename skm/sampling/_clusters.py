"""Samples in clusters (villages, offices, days): how many of them, and how many respondents in each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.sampling._options import Count, read_size
from skm.sampling._plan import SamplePlan
from skm.sampling._texts import say, shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClusterPlan:
    """A two-stage sample.

    Attributes
    ----------
    clusters, take : int
        Clusters to draw, and respondents in each.
    deff : float
        Design effect 1 + (take - 1) icc.
    n_simple : int
        Respondents that a simple random sample would need.
    best_take : float or None
        The take that is cheapest, before rounding; None where no costs were given.
    cost : float or None
    possible : bool
        Whether there are so many clusters.
    """

    clusters: int
    take: int
    deff: float
    n_simple: int
    icc: float
    size: int | None
    population_clusters: int | None
    best_take: float | None
    cost: float | None
    possible: bool

    @property
    def n(self) -> int:
        """Respondents in all."""
        return self.clusters * self.take

    def kalimat(self, lang: str | None = None) -> str:
        """Return the plan as one sentence."""
        fill: dict[str, Any] = {
            "k": self.clusters, "m": self.take, "n": self.n, "deff": self.deff, "setara": self.n_simple,
            "icc": Decimal(f"{self.icc:.6g}"), "K": self.population_clusters or 0,
        }  # fmt: skip
        return say("klaster" if self.possible else "klaster-kurang", lang, **fill)

    def table(self, lang: str | None = None) -> Table:
        """Return the plan for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("langkah", say("kolom-langkah", language)),
            TableColumn("nilai", say("kolom-nilai", language)),
        )
        rows = [
            (say("baris-klaster", language), shown(self.clusters, language)),
            (say("baris-per-klaster", language), shown(self.take, language)),
            (say("baris-n", language), shown(self.n, language)),
            (say("baris-efek", language), shown(self.deff, language, 2)),
            *(
                []
                if self.best_take is None
                else [(say("baris-termurah", language), shown(self.best_take, language, 2))]
            ),
            *([] if self.cost is None else [(say("baris-biaya", language), shown(self.cost, language, 2))]),
        ]
        notes = (self.kalimat(language), say("klaster-anggapan", language))
        return Table(say("judul-klaster", language), columns, tuple(rows), notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: clusters, take, n, deff, cost."""
        columns = (
            *(TableColumn(k, "", "count") for k in ("clusters", "take", "n")),
            *(TableColumn(k, "", "decimal") for k in ("deff", "cost")),
        )
        return Table("", columns, ((self.clusters, self.take, self.n, self.deff, self.cost),)).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "clusters": self.clusters, "take": self.take, "n": self.n, "deff": self.deff, "n_simple": self.n_simple,
            "icc": self.icc, "size": self.size, "population_clusters": self.population_clusters,
            "best_take": self.best_take, "cost": self.cost, "possible": self.possible, "kalimat": self.kalimat(lang),
        }  # fmt: skip

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def plan_clusters(
    n: Any,
    *,
    icc: Any,
    take: Count | None = None,
    size: Count | None = None,
    clusters: Count | None = None,
    cost_cluster: Any = None,
    cost_person: Any = None,
) -> ClusterPlan:
    """Turn the size of a simple random sample into clusters and respondents per cluster.

    Parameters
    ----------
    n : int or a plan
        Respondents that a simple random sample from an endless population would need; of `plan_sample` its n0.
    icc : number
        Intraclass correlation within clusters, 0 to below 1, from an earlier survey:
        ``skm.stats.rank_units(data, "desa").between.icc``. Below 0: give 0.
    take : int, optional
        Respondents per cluster; without it the cheapest, which needs both costs.
    size : int, optional
        People in a cluster, for the finite population correction within it.
    clusters : int, optional
        Clusters there are, for the finite population correction between them.
    cost_cluster, cost_person : number, optional
        Cost of one more cluster, and of one more respondent.

    Raises
    ------
    OptionError
        Neither a take nor costs, or a value out of range.

    Notes
    -----
    With k of K clusters and m of M people in each, the variance of a mean is
    S^2 ((1 - k/K) icc / k + (1 - m/M)(1 - icc) / (k m)); k is the least for which it is at most S^2 / n. Cheapest m:
    sqrt(cost_cluster / cost_person (1 - icc) / icc). L. Kish (1965), ch. 5 and 8.

    Examples
    --------
    >>> p = plan_clusters(385, icc=0.05, take=10)
    >>> p.clusters, p.n, p.deff
    (56, 560, 1.45)
    >>> plan_clusters(385, icc=0.05, cost_cluster=200, cost_person=20, size=400).take
    14
    """
    wanted = math.ceil(n.n0) if isinstance(n, SamplePlan) else read_size(n, "n", minimum=1)
    rho = float(read_decimal(icc, "icc"))
    if not 0 <= rho < 1:
        raise OptionError("di-luar-rentang", untuk="icc", nilai=rho, rendah=0, tinggi=1)
    people = None if size is None else read_count(size, "size", minimum=1)
    known = None if clusters is None else read_count(clusters, "clusters", minimum=1)
    prices = [
        None if c is None else _positive(c, name)
        for c, name in ((cost_cluster, "cost_cluster"), (cost_person, "cost_person"))
    ]
    best = None
    if prices[0] is not None and prices[1] is not None:
        best = math.sqrt(prices[0] / prices[1] * (1 - rho) / rho) if rho > 0 else float(people or wanted)
    if take is not None:
        m = read_count(take, "take", minimum=1)
    elif best is not None:
        m = max(1, min(round(best), people or wanted, wanted))
    else:
        raise OptionError("klaster-tanpa-banyak")
    if people is not None and m > people:
        raise OptionError("n-melebihi-populasi", n=m, N=people)
    within = 1.0 if people is None else 1 - m / people
    share = 0.0 if known is None else rho / known
    exact = (rho + within * (1 - rho) / m) / (1 / wanted + share)
    k = max(1, math.ceil(round(exact, 9)))
    possible = known is None or k <= known
    k = k if known is None else min(k, known)
    cost = None if prices[0] is None or prices[1] is None else k * prices[0] + k * m * prices[1]
    return ClusterPlan(k, m, 1 + (m - 1) * rho, wanted, rho, people, known, best, cost, possible)


def _positive(value: Any, name: str) -> float:
    found = read_decimal(value, name)
    if found <= 0:
        raise OptionError("harus-positif", untuk=name, nilai=found)
    return float(found)
