"""How the respondents were drawn, and the variance of a linearised estimate under that design.

The variance is that of R's ``survey``: per stratum the spread of the totals of the sampling units, with the finite
population correction of the first stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.reading_numbers import read_count
from skm.counts.pola import Pola
from skm.stats._result import group_name, single

Lonely = Literal["tolak", "pusat"]
Floats = NDArray[np.float64]
LOPSIDED = 1.5  # units of equal weight, below which one respondent decides estimate and spread alike


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Figures that the weights were calibrated to.

    Attributes
    ----------
    x : float array (patterns, figures)
    base : float array (patterns,)
        Sums of the weights before calibration.
    """

    x: Floats
    base: Floats

    def residual(self, u: Floats) -> Floats:
        """Return what the figures leave of u: residuals of the regression weighted by the weights before."""
        root = np.sqrt(self.base)[:, None]
        slope = np.linalg.lstsq(root * self.x, root * u, rcond=None)[0]
        return np.asarray(u - self.x @ slope)


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A sampling design over patterns.

    Attributes
    ----------
    w, w2 : float arrays (patterns,)
        Sums of the weights and of their squares.
    kali : int array (patterns,)
        Respondents.
    stratum, psu : int arrays (patterns,)
        Stratum, and sampling unit within the whole sample; ``psu`` is None where respondents are the units.
    fraction : float array (strata,)
        Sampled share of each stratum; 0 where no correction applies.
    units : int array (strata,)
        Sampling units per stratum.
    population : int or None
        N, where known.
    projection : Projection or None
        Of calibrated weights.
    whole : tuple or None
        The design this is a part of, and which patterns: a domain under calibration is seen from the whole sample.
    """

    w: Floats
    w2: Floats
    kali: NDArray[np.int64]
    stratum: NDArray[np.int64]
    psu: NDArray[np.int64] | None
    fraction: Floats
    units: NDArray[np.int64]
    population: int | None
    weighted: bool
    stratified: bool
    projection: Projection | None = None
    whole: tuple[Design, NDArray[np.bool_]] | None = None

    def variance(self, u: Floats) -> Floats:
        """Return the variance of the totals of w u, one per column of u (patterns, columns)."""
        if self.whole is not None:
            design, keep = self.whole
            everybody = np.zeros((len(keep), u.shape[1]))
            everybody[keep] = u
            return design.variance(everybody)
        if self.projection is not None:
            u = self.projection.residual(u)
        strata = len(self.units)
        if self.psu is None:
            weighed, squares = u * self.w[:, None], u**2 * self.w2[:, None]
            home = self.stratum
        else:
            n_psu = int(self.psu.max(initial=-1)) + 1
            weighed = _add_up(u * self.w[:, None], self.psu, n_psu)
            squares = weighed**2
            home = np.zeros(n_psu, np.int64)
            home[self.psu] = self.stratum
        first, second = _add_up(weighed, home, strata), _add_up(squares, home, strata)
        n = self.units[:, None].astype(float)
        alone = n == 1
        spread = np.where(alone, second, (second - first**2 / n) * n / np.maximum(n - 1, 1))
        total: Floats = ((1 - self.fraction[:, None]) * np.maximum(spread, 0)).sum(axis=0)
        # Sums of squares below any that data on a 1-4 scale can have are rounding noise of equal answers.
        return np.where(total < 1e-24, 0.0, total)

    def covariance(self, u: Floats) -> Floats:
        """Return the covariance matrix of the totals of w u, (columns, columns); its diagonal is the variance."""
        if self.whole is not None:
            design, keep = self.whole
            everybody = np.zeros((len(keep), u.shape[1]))
            everybody[keep] = u
            return design.covariance(everybody)
        alone = self.variance(u)
        if self.projection is not None:
            u = self.projection.residual(u)
        strata = len(self.units)
        n = self.units.astype(float)
        free = 1 - self.fraction
        each = np.where(n == 1, free, free * n / np.maximum(n - 1, 1))
        common = np.where(n == 1, 0.0, each / np.maximum(n, 1))
        if self.psu is None:
            part = u * np.sqrt(self.w2 * each[self.stratum])[:, None]
            first = _add_up(u * self.w[:, None], self.stratum, strata)
        else:
            n_psu = int(self.psu.max(initial=-1)) + 1
            home = np.zeros(n_psu, np.int64)
            home[self.psu] = self.stratum
            weighed = _add_up(u * self.w[:, None], self.psu, n_psu)
            part, first = weighed * np.sqrt(each[home])[:, None], _add_up(weighed, home, strata)
        out = part.T @ part - (first * common[:, None]).T @ first
        # What does not vary goes with nothing; elsewhere the diagonal is that of the variance, to the last digit.
        still = alone == 0
        out[still], out[:, still] = 0.0, 0.0
        np.fill_diagonal(out, alone)
        return np.asarray(out)

    def gathered(self, key: NDArray[np.int64]) -> tuple[Design, NDArray[np.int64]]:
        """Return the design over distinct values of a key within every sampling unit, and a pattern of each.

        For linearised values that are the same wherever the key is.
        """
        unit = self.stratum if self.psu is None else self.psu
        _, first, place = np.unique(np.stack([unit, key]), axis=1, return_index=True, return_inverse=True)
        at = place.reshape(-1)
        sums = [np.bincount(at, v, minlength=len(first)).astype(float) for v in (self.w, self.w2, self.kali)]
        small = replace(
            self,
            w=sums[0],
            w2=sums[1],
            kali=np.rint(sums[2]).astype(np.int64),
            stratum=self.stratum[first],
            psu=None if self.psu is None else self.psu[first],
        )
        return small, np.asarray(first)

    def df(self, active: NDArray[np.bool_]) -> int:
        """Return sampling units less strata, among the patterns that an estimate rests on."""
        strata = len(np.unique(self.stratum[active]))
        units = int(self.kali[active].sum()) if self.psu is None else len(np.unique(self.psu[active]))
        return units - strata

    def worth(self, active: NDArray[np.bool_]) -> float:
        """Return how many sampling units of equal weight the weights of the active patterns are worth (Kish)."""
        if self.psu is None:
            squares = float(self.w2[active].sum())
        else:
            squares = float((np.bincount(self.psu[active], self.w[active]) ** 2).sum())
        return float(self.w[active].sum()) ** 2 / squares if squares else 0.0

    def lopsided(self, active: NDArray[np.bool_]) -> bool:
        """Whether respondents' weights leave hardly more than one sampling unit: its deviations tell nothing."""
        return self.weighted and not self.census and self.worth(active) < LOPSIDED

    @property
    def lonely(self) -> int:
        """How many strata have a single sampling unit of several, whose spread is unknown; 0 without strata."""
        return int(((self.units == 1) & (self.fraction < 1)).sum()) if self.stratified else 0

    @property
    def census(self) -> bool:
        """Whether every stratum that has patterns here was asked as a whole."""
        return len(self.stratum) > 0 and bool((self.fraction[self.stratum] == 1).all())

    def restrict(self, keep: NDArray[np.bool_]) -> Design:
        """Return the design as seen from some of the patterns: a domain. The strata keep their sizes."""
        return replace(
            self,
            w=self.w[keep],
            w2=self.w2[keep],
            kali=self.kali[keep],
            stratum=self.stratum[keep],
            psu=None if self.psu is None else self.psu[keep],
            whole=None if self.projection is None else (self, keep),
            projection=None,
        )


def make_design(
    pola: Pola,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    lonely: str = "tolak",
    n_clusters: Any = None,
    projection: Projection | None = None,
    apart: bool = False,
) -> Design:
    """Return the design that the arguments describe; ``apart`` where every stratum is judged on its own.

    Raises
    ------
    DataError
        More respondents than people, a stratum without N or without respondents who answered anything, a stratum of a
        single unit.
    OptionError
        A key the patterns are not divided by; a population that does not fit the strata.
    """
    if lonely not in get_args(Lonely):
        raise OptionError("opsi-tidak-dikenal", opsi="strata_tunggal", nilai=lonely, pilihan=list(get_args(Lonely)))
    if pola.n == 0:
        raise EmptyDataError("data-kosong")
    code, labels = pola.codes((strata,)) if strata is not None else (np.zeros(len(pola.kali), np.int64), ((),))
    n = np.bincount(code, pola.kali, minlength=len(labels)).astype(np.int64)
    sizes, total = _population(population, labels, n, strata)
    if strata is not None and sizes is not None and not apart:
        _answered(pola, code, labels, strata)
    weighted = pola.w is not None
    w = pola.kali.astype(float) if pola.w is None else pola.w
    w2 = pola.kali.astype(float) if pola.w2 is None else pola.w2
    if not weighted and sizes is not None:
        factor = (sizes / n)[code]
        w, w2 = w * factor, w2 * factor**2
    if n_clusters is not None and clusters is None:
        raise OptionError("klaster-populasi", banyak=0)
    if clusters is None:
        fraction = n / sizes if sizes is not None else np.full(len(n), 0.0 if total is None else int(n.sum()) / total)
        psu, units = None, n
    else:
        psu, _ = pola.codes((strata, clusters) if strata is not None else (clusters,))
        home = np.zeros(int(psu.max()) + 1, np.int64)
        home[psu] = code
        units = np.bincount(home, minlength=len(n)).astype(np.int64)
        # Without the number of clusters there are, no correction: the interval errs on the wide side.
        fraction = np.zeros(len(n)) if n_clusters is None else units / _clusters(n_clusters, labels, units, strata)
    alone = [single(labels[h]) for h in np.flatnonzero((units == 1) & (fraction < 1))]
    if strata is not None and alone and lonely == "tolak":
        raise DataError("strata-tunggal", kolom=strata, strata=[group_name(label) for label in alone])
    return Design(w, w2, pola.kali, code, psu, fraction, units, total, weighted, strata is not None, projection)


def _clusters(given: Any, labels: tuple[tuple[Any, ...], ...], units: NDArray[np.int64], strata: str | None) -> Floats:
    """Return the clusters that there are, per stratum."""
    if strata is None:
        counts = [read_count(given, "n_clusters", minimum=1)]
    elif isinstance(given, Mapping) and set(given) == {single(label) for label in labels}:
        counts = [read_count(given[single(label)], "n_clusters", minimum=1) for label in labels]
    else:
        raise OptionError("populasi-per-strata", strata=strata)
    if any(count < present for count, present in zip(counts, units.tolist(), strict=True)):
        raise DataError("klaster-populasi", banyak=int(units.max()))
    return np.array(counts, float)


def _population(
    population: Any, labels: tuple[tuple[Any, ...], ...], n: NDArray[np.int64], strata: str | None
) -> tuple[Floats | None, int | None]:
    """Return N per stratum and N in all."""
    if population is None:
        return None, None
    if strata is None:
        if isinstance(population, Mapping):
            raise OptionError("populasi-tanpa-strata")
        total = read_count(population, "population", minimum=1)
        _enough(int(n.sum()), total)
        return None, total
    if not isinstance(population, Mapping):
        raise OptionError("populasi-per-strata", strata=strata)
    sizes = {key: read_count(value, str(key), minimum=1) for key, value in population.items()}
    present = [single(label) for label in labels]
    missing = [group_name(label) for label in present if label not in sizes]
    if missing:
        raise DataError("populasi-strata-hilang", kolom=strata, strata=missing)
    empty = [group_name(key) for key in sizes if key not in present]
    if empty:
        raise DataError("strata-tanpa-responden", kolom=strata, strata=empty)
    for label, count in zip(present, n.tolist(), strict=True):
        _enough(count, sizes[label])
    return np.array([sizes[label] for label in present], dtype=float), sum(sizes.values())


def _answered(pola: Pola, code: NDArray[np.int64], labels: tuple[tuple[Any, ...], ...], strata: str) -> None:
    """Refuse strata of which nobody answered anything: their people would be counted as what the others say."""
    said = set(np.unique(code[(pola.nilai > 0).any(axis=1)]).tolist())
    if silent := [group_name(single(label)) for h, label in enumerate(labels) if h not in said]:
        raise DataError("strata-tanpa-responden", kolom=strata, strata=silent)


def _enough(n: int, population: int) -> None:
    if n > population:
        raise DataError("n-melebihi-populasi", n=n, N=population)


def _add_up(values: Floats, home: NDArray[np.int64], size: int) -> Floats:
    return np.stack([np.bincount(home, column, minlength=size) for column in values.T], axis=1)
