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

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group and level."""
        return list(self.shares)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        fill: dict[str, Any] = {"unsur": self.name_of(self.unsur, "en" if lang == "en" else "id"), "kunci": self.kunci}
        if math.isnan(self.p):
            return say("bagian-takada", lang, **fill)
        fill |= {"f": self.f, "df1": self.df1, "df2": self.df2, "p": p_text(self.p, lang)}
        code = "bagian-beda" if self.p < self.signifikansi else "bagian-tidak-beda"
        return say(code if self.method == "F" else f"{code}-permutasi", lang, **fill)

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {
            "kunci": self.kunci, "unsur": self.unsur, "f": self.f, "df1": self.df1, "df2": self.df2, "p": self.p,
            "metode": self.method,
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
        F; or exchanges of respondents between groups, which only a simple random sample allows. Automatic: the second
        where fewer than five answers are expected somewhere; under a design F stays, with a caution.
    draws, seed : int
        Of the exchanges; fewer draws where there are very many groups.
    projection : Projection, optional
        Of calibrated weights.

    Raises
    ------
    DataError
        Fewer than two groups have answers, or so many that units should be ranked instead.
    OptionError
        No such unsur, or it has several questions; exchanges under strata, clusters, weights or a population.

    Notes
    -----
    J. N. K. Rao and A. J. Scott (1984): Pearson's chi-square over its mean design effect, with Satterthwaite's degrees
    of freedom; F as in ``svychisq(statistic = "F")`` of R's ``survey``.
    """
    check_significance(signifikansi)
    draws, seed = check_p_options(pvalue, draws, seed)
    kuesioner = pola.kuesioner
    places = [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]
    if len(places) != 1:
        raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=unsur, pilihan=list(kuesioner.unsur))
    answer = pola.nilai[:, places[0]].astype(np.int64)
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
    rows = tuple(
        (single(labels[g]), int(v), int(counts[i, j]), *within[i][j])
        for i, g in enumerate(groups)
        for j, v in enumerate(levels)
    )
    n = int(counts.sum())
    f, df1, df2, p = _rao_scott(design, (inside - active[:, None] * share) / mass, table, n, design.df(active))
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    plain = strata is None and clusters is None and population is None and not design.weighted
    how, notes = "F", [note("uji-sampel-acak" if plain else "bagian-rancangan")]
    if not math.isnan(p) and (pvalue == "permutasi" or (pvalue == "otomatis" and expected.min() < FEW_EXPECTED)):
        if plain:
            count = max(999, min(draws, _WORK // counts.size))
            p, how = _by_exchange(counts, expected, count, seed), "permutasi"
            notes.append(note("bagian-permutasi", putaran=count, benih=str(seed)))
        elif pvalue == "permutasi":
            raise OptionError("permutasi-rancangan")
        else:
            notes.append(caution("bagian-sedikit", harapan=float(expected.min())))
    return ShareTest(rows, by, unsur, f, df1, df2, p, signifikansi, tuple(notes), kuesioner, how)


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
