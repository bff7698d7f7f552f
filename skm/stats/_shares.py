"""Whether the answers to an unsur go with a group, under the design: Rao and Scott's test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._conditional import PMethod, check_p_options, drawn_tables
from skm.stats._design import Design, Projection, make_design
from skm.stats._dist import f_tail
from skm.stats._exchanged import exchanged
from skm.stats._result import StatResult, caution, check_significance, note, say, single

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
FEW_EXPECTED = 5  # answers expected in a group and level, below which no large-sample p is given
MOST_CELLS = 1200  # groups times levels
_WORK = 4_000_000


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ShareTest(StatResult):
    """Shares of the levels of one unsur in every group, and a test that they are the same.

    Attributes
    ----------
    shares : tuple
        Group, level, respondents, share within the group, its standard error.
    f, df1, df2, p : float
        Rao and Scott's second-order corrected F; p over exchanges of respondents where answers are few (``method``).
    method : {"F", "permutasi"}
    census : bool
        Whether everybody served has answered, so that nothing is left to chance and no p is given.
    """

    JENIS: ClassVar[str] = "uji-bagian"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("tingkat", "", "count"),
        TableColumn("n", "", "count"),
        TableColumn("share", "", "decimal", 4),
        TableColumn("se", "", "decimal", 4),
    )

    shares: tuple[tuple[Any, int, int, float, float], ...]
    kunci: str
    unsur: str
    f: float
    df1: float
    df2: float
    p: float
    signifikansi: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner
    method: str = "F"
    census: bool = False

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group and level."""
        return list(self.shares)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        fill: dict[str, Any] = {"unsur": self.name_of(self.unsur, "en" if lang == "en" else "id"), "kunci": self.kunci}
        if self.census:
            by_group: dict[Any, dict[int, float]] = {}
            for label, level, _, share, _ in self.shares:
                by_group.setdefault(label, {})[level] = share
            first, *others = by_group.values()
            alike = all(math.isclose(o[v], first[v], abs_tol=1e-12) for o in others for v in first)
            return say("bagian-sensus-sama" if alike else "bagian-sensus", lang, **fill)
        if math.isnan(self.p):
            return say("bagian-takada", lang, **fill)
        fill |= {"f": self.f, "df1": self.df1, "df2": self.df2, "p": p_text(self.p, lang)}
        code = "bagian-beda" if self.p < self.signifikansi else "bagian-tidak-beda"
        return say(code if self.method == "F" else f"{code}-permutasi", lang, **fill)

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {
            "kunci": self.kunci, "unsur": self.unsur, "f": self.f, "df1": self.df1, "df2": self.df2, "p": self.p,
            "metode": self.method, "census": self.census,
        }  # fmt: skip


def share_test(
    pola: Pola,
    by: str,
    unsur: str,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    signifikansi: float = 0.05,
    pvalue: PMethod = "otomatis",
    draws: int = 9999,
    seed: int = 2017,
    projection: Projection | None = None,
) -> ShareTest:
    """Test whether the shares of the levels of one unsur differ between groups, under strata, clusters and weights.

    Parameters
    ----------
    by : str
        A key. Respondents without a label or without an answer are left out.
    unsur : str
        One with a single question.
    population, strata, clusters
        As in `mean_interval`.
    signifikansi : float
        For the wording only.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        F; or exchanges of respondents between groups, with their weights and within their strata. Automatic: the
        second where fewer than five answers are expected somewhere; of clusters and calibrated weights F stays, with a
        caution.
    draws, seed : int
        Of the exchanges; fewer draws where there are very many groups.
    projection : Projection, optional
        Of calibrated weights.

    Raises
    ------
    DataError
        Fewer than two groups have answers, or so many that units should be ranked instead.
    OptionError
        No such unsur, or it has several questions; exchanges under clusters or calibrated weights.

    Notes
    -----
    J. N. K. Rao and A. J. Scott (1984): Pearson's chi-square over its mean design effect, with Satterthwaite's degrees
    of freedom; F as in ``svychisq(statistic = "F")`` of R's ``survey``.
    """
    check_significance(signifikansi)
    draws, seed = check_p_options(pvalue, draws, seed)
    kuesioner = pola.kuesioner
    answer = pola.nilai[:, _single_question(kuesioner, unsur)].astype(np.int64)
    code, labels = pola.codes((by,))
    named = [g for g, label in enumerate(labels) if single(label) is not None]
    active = (answer > 0) & np.isin(code, named)
    groups = np.unique(code[active]).tolist()
    levels = np.unique(answer[active]).tolist()
    design = make_design(
        pola, population=population, strata=strata, clusters=clusters, lonely="pusat", projection=projection
    )
    if len(groups) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(groups))
    if len(groups) * len(levels) > MOST_CELLS:
        raise DataError("kelompok-terlalu-banyak", kolom=by, banyak=len(groups), batas=MOST_CELLS // len(levels))
    everybody = (design, active, code[active], answer[active])  # before patterns are gathered: weights of their own
    # Nothing but the group and the answer is asked of a pattern: patterns alike in both are one.
    if projection is None:
        design, first = design.gathered(np.where(active, code * (len(kuesioner.nilai) + 1) + answer, -1))
        answer, code, active = answer[first], code[first], active[first]
    place = np.where(active, np.searchsorted(groups, code) * len(levels) + np.searchsorted(levels, answer), 0)
    inside = np.zeros((len(active), len(groups) * len(levels)))
    inside[active, place[active]] = 1.0
    mass = float((design.w * active).sum())
    share = design.w @ inside / mass
    table = share.reshape(len(groups), len(levels))
    counts = np.rint(design.kali @ inside).astype(np.int64).reshape(table.shape)
    within = _within(design, inside, table, mass)
    cells = [(i, g, j, v) for i, g in enumerate(groups) for j, v in enumerate(levels)]
    rows = tuple((single(labels[g]), int(v), int(counts[i, j]), *within[i][j]) for i, g, j, v in cells)
    n = int(counts.sum())
    left = 0 if design.lopsided(active) or design.census else design.df(active)
    f, df1, df2, p = _rao_scott(design, (inside - active[:, None] * share) / mass, table, n, left)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    # Of respondents of unequal weight a few are worth fewer still.
    few = bool(expected.min() * min(design.worth(active) / n if clusters is None else 1, 1) < FEW_EXPECTED)
    plain = strata is None and clusters is None and population is None and not design.weighted
    how, notes = "F", [note("uji-sampel-acak" if plain else "sensus" if design.census else "bagian-rancangan")]
    notes += [caution("strata-dipusatkan", banyak=design.lonely)] if design.lonely else []

    def exchange(count: int) -> float:
        if plain:
            return _by_exchange(counts, expected, count, seed)
        whole, who, side, shown = everybody
        return exchanged(whole, who, np.searchsorted(groups, side), np.searchsorted(levels, shown), count, seed)

    # Groups of which each agrees within itself leave no error to estimate F by; exchanges need none.
    free = clusters is None and projection is None and _mixed(design.stratum[active], code[active])
    testable = min(counts.shape) >= 2 and n > 2 and not design.census and (free or not math.isnan(p))
    if testable and pvalue == "permutasi" and not free:
        raise OptionError("permutasi-rancangan")
    if testable and (pvalue == "permutasi" or (pvalue == "otomatis" and free and (few or math.isnan(p)))):
        count = max(999, min(draws, _WORK // counts.size)) if plain else max(199, min(draws, _WORK // n))
        p, how = exchange(count), "permutasi"
        notes.append(note("bagian-permutasi" if plain else "bagian-permutasi-bobot", putaran=count, benih=str(seed)))
    elif testable and few and pvalue == "otomatis":
        notes.append(caution("bagian-sedikit", harapan=float(expected.min())))
    return ShareTest(rows, by, unsur, f, df1, df2, p, signifikansi, tuple(notes), kuesioner, how, design.census)


def _mixed(stratum: NDArray[np.int64], group: NDArray[np.int64]) -> bool:
    """Return whether any stratum has respondents of several groups, who could change places."""
    return len(np.unique(np.stack([stratum, group]), axis=1).T) > len(np.unique(stratum))


def _single_question(kuesioner: Kuesioner, unsur: str) -> int:
    """Return the place of the only question of an unsur."""
    places = [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]
    if len(places) != 1:
        raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=unsur, pilihan=list(kuesioner.unsur))
    return places[0]


def _within(design: Design, inside: Floats, table: Floats, mass: float) -> list[list[tuple[float, float]]]:
    """Return share and standard error of every level within every group; no error where no unit is to spare."""
    rows, levels = table.sum(axis=1), table.shape[1]
    out = []
    for i, row in enumerate(rows):
        own = inside[:, i * levels : (i + 1) * levels]
        of = own.sum(axis=1)
        linear = (own - of[:, None] * table[i] / row) / (mass * row)
        se = np.sqrt(design.variance(linear))
        if not design.census and design.df(of > 0) < 1:
            se = np.full(levels, math.nan)
        out.append([(float(v / row), float(e)) for v, e in zip(table[i], se, strict=True)])
    return out


def _rao_scott(design: Design, linear: Floats, table: Floats, n: int, left: int) -> tuple[float, float, float, float]:
    """Return F, its degrees of freedom and p; NaN where nothing can be told apart."""
    none = (math.nan,) * 4
    groups, levels = table.shape
    if min(groups, levels) < 2 or left < 1:
        return none
    share = table.reshape(-1)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    chi2 = n * float(((table - expected) ** 2 / expected).sum())
    # The mean and spread of the design effects of the interactions, at the shares as observed.
    contrast = np.array(
        [np.kron(_step(groups, a), _step(levels, b)) for a in range(groups - 1) for b in range(levels - 1)]
    )
    slope = contrast * np.where(share > 0, 1 / np.where(share > 0, share, 1.0), 0.0)
    plain = slope @ contrast.T / n  # under simple random sampling
    effects = np.linalg.pinv(plain) @ (slope @ design.covariance(linear) @ slope.T)
    total, squares = float(np.trace(effects)), float(np.trace(effects @ effects))
    if total <= 1e-12:
        return none
    df1 = total**2 / squares
    return chi2 / total, df1, df1 * left, f_tail(chi2 / total, df1, df1 * left)


def _by_exchange(counts: Counts, expected: Floats, draws: int, seed: int) -> float:
    """Return the share of the tables of the same margins whose chi-square is as large: (b + 1)/(draws + 1)."""
    observed = float(((counts - expected) ** 2 / expected).sum()) * (1 - 1e-12)
    hits = 0
    for part in drawn_tables(counts.sum(axis=1), counts.sum(axis=0), draws, seed):
        hits += int((((part - expected) ** 2 / expected).sum(axis=(1, 2)) >= observed).sum())
    return (hits + 1) / (draws + 1)


def _step(size: int, place: int) -> Floats:
    out = np.zeros(size)
    out[place], out[-1] = 1.0, -1.0
    return out
