"""Which unsur is truly the lowest: compared within respondents, with ranges of ranks that hold for all at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, EmptyDataError
from skm.basics.numbers import resolve_lang
from skm.basics.progress import walked
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._conditional import PMethod, check_p_options
from skm.stats._design import Design, Projection, make_design
from skm.stats._dist import chi2_tail, t_quantile
from skm.stats._linear import Linear, linearised
from skm.stats._result import StatResult, caution, check_level, note, percent, say, undefined
from skm.stats._scores import unsur_values

Floats = NDArray[np.float64]
METHOD = "max-t"
FEW_ROWS = 30  # respondents who tell unsur apart, below which Friedman's p is by permutation
DRAWS = 20_000  # of the largest of all differences, for the critical value


@dataclass(frozen=True, slots=True)
class UnsurRank:
    """One unsur. Rank 1 is the lowest mean.

    Attributes
    ----------
    n : int
        Respondents who answered it.
    mean, se : float
    difference, se_difference : float
        Its mean less that of the lowest unsur, with the standard error of that difference.
    interval : Interval
        Of the difference, for all pairs of unsur at once.
    rank, rank_low, rank_high : int or None
        Place from below, and the places it may have.
    setara : bool
        Whether it cannot be told apart from the lowest.
    """

    id: str
    n: int
    mean: float
    se: float
    difference: float
    se_difference: float
    interval: Interval
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    setara: bool
    alasan: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UnsurRanks(StatResult):
    """Unsur from the lowest, with what can and cannot be told apart.

    Attributes
    ----------
    unsur : tuple of UnsurRank
        Lowest first.
    chi2, df, p : float, int, float
        Friedman's test that no unsur tends to be higher than another, over complete respondents.
    kendall_w : float
        How far respondents agree on the order, 0 to 1.
    n_complete : int
        Respondents who answered every unsur.
    method : {"chi2", "permutasi"}
        How p was had.
    critical : float
        How many standard errors a difference must have; holds for all pairs at once at ``level``.
    census : bool
        Whether everybody served has answered, so that nothing is left to chance.
    """

    JENIS: ClassVar[str] = "peringkat-unsur"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("mean", "", "decimal", 3),
        TableColumn("se", "", "decimal", 3),
        TableColumn("difference", "", "decimal", 3),
        TableColumn("low", "", "decimal", 3),
        TableColumn("high", "", "decimal", 3),
        TableColumn("place", "", "count"),
        TableColumn("place_low", "", "count"),
        TableColumn("place_high", "", "count"),
        TableColumn("setara", "", "text"),
        TableColumn("alasan", "", "text"),
    )

    unsur: tuple[UnsurRank, ...]
    chi2: float
    df: int
    p: float
    kendall_w: float
    n_complete: int
    method: str
    critical: float
    level: float
    draws: int | None
    seed: int
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner
    census: bool = False

    @property
    def setara(self) -> tuple[str, ...]:
        """Ids of the unsur that cannot be told apart from the lowest, itself first."""
        return tuple(u.id for u in self.unsur if u.setara)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur, lowest first."""
        return [
            (
                u.id, u.n, u.mean, u.se, u.difference, u.interval.low, u.interval.high, u.rank, u.rank_low,
                u.rank_high, "ya" if u.setara else "", u.alasan,
            )
            for u in self.unsur
        ]  # fmt: skip

    def kalimat(self, lang: str | None = None) -> str:
        """Return which unsur is the lowest, and which cannot be told apart from it, as one sentence."""
        language = resolve_lang(lang)
        ranked = [u for u in self.unsur if u.rank is not None]
        if len(ranked) < 2:
            return say("unsur-takada", lang)
        tied = [u for u in ranked if u.mean - ranked[0].mean < 1e-9]
        fill: dict[str, Any] = {
            "persen": percent(self.level), "x": len(ranked), "unsur": [self.name_of(u.id, language) for u in tied],
        }  # fmt: skip
        others = [self.name_of(u.id, language) for u in ranked[len(tied) :] if u.setara]
        if len(tied) == len(ranked):
            return say("unsur-sama-semua", lang, **fill)
        if self.census:
            return say("unsur-terendah-sensus", lang, **fill)
        code = "unsur-setara" if others else "unsur-terendah"
        if len(tied) > 1:
            return say(f"{code}-seri", lang, lain=others, **fill)
        if len(others) == len(ranked) - 1:
            return say("unsur-tak-terbedakan", lang, **fill)
        return say(code, lang, lain=others, **fill)

    def footnotes(self, lang: str) -> list[str]:
        """Return Friedman's test."""
        if self.census:  # nothing is left to chance
            return []
        if math.isnan(self.p):
            return [say("friedman-takada", lang)]
        how = say(f"metode-{self.method}", lang, putaran=self.draws or 0, benih=str(self.seed))
        return [
            say("friedman", lang, chi2=self.chi2, df=self.df, p=p_text(self.p, lang), w=self.kendall_w,
                n=self.n_complete, cara=how)
        ]  # fmt: skip

    def extra(self) -> dict[str, Any]:
        """Return the test and the critical value."""
        return {
            "setara": list(self.setara), "chi2": self.chi2, "df": self.df, "p": self.p, "kendall_w": self.kendall_w,
            "n_complete": self.n_complete, "metode": self.method, "critical": self.critical, "level": self.level,
            "census": self.census,
            "draws": self.draws, "seed": self.seed,
        }  # fmt: skip


def rank_unsur(
    pola: Pola,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    level: float = 0.95,
    pvalue: PMethod = "otomatis",
    draws: int = 9999,
    seed: int = 2017,
    projection: Projection | None = None,
) -> UnsurRanks:
    """Compare the unsur within respondents and rank them from the lowest, with ranges of ranks for all at once.

    Parameters
    ----------
    pola : Pola
        Patterns; respondents' weights, strata and clusters count in the means and their differences.
    population, strata, clusters
        As in `mean_interval`.
    level : float
        Confidence that all comparisons hold together.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        Friedman's p by chi-square, or over exchanges of the answers within respondents; automatic: the second where
        fewer than 30 respondents tell unsur apart.
    draws, seed : int
        Of the permutation.
    projection : Projection, optional
        Of calibrated weights.

    Raises
    ------
    DataError
        Fewer than two unsur were answered.

    Notes
    -----
    The difference of two unsur has the standard error of its linearised form, so that the answers of one respondent
    go together and blanks need no deletion. The critical value is the quantile of the largest of all standardised
    differences, multivariate t with the estimated correlations (T. Hothorn, F. Bretz and P. Westfall 2008), drawn
    with a fixed seed. Where everybody gave the same difference its error is unknown: the mean variance of the other
    differences is used, and without any the pair is not told apart. Ranges of ranks as in `rank_units`. M. Friedman
    (1937), with the correction for ties.
    """
    check_level(level)
    draws, seed = check_p_options(pvalue, draws, seed)
    if pola.n == 0:
        raise EmptyDataError("data-kosong")
    design = make_design(
        pola, population=population, strata=strata, clusters=clusters, lonely="pusat", projection=projection
    )
    made = linearised(pola, design)
    if len(made.used) < 2:
        raise DataError("kurang-unsur", banyak=len(made.used))
    chi2, df, p, w, n_complete, how = _friedman(pola, made.used, pvalue, draws, seed)
    rows, critical, notes = _compared(made, design, level, seed)
    if empty := [u for u in pola.kuesioner.unsur if u not in made.used]:
        notes.append(caution("unsur-kosong", unsur=empty, x=len(made.used)))
    if n_complete < pola.n:
        notes.append(note("friedman-lengkap", banyak=pola.n - n_complete))
    if pola.w is not None:
        notes.append(note("friedman-tanpa-bobot"))
    if lonely := design.lonely:
        notes.append(caution("strata-dipusatkan", banyak=lonely))
    notes.append(note("sensus" if design.census else "peringkat-unsur-sampel"))
    return UnsurRanks(
        rows, chi2, df, p, w, n_complete, how, critical, level, draws if how == "permutasi" else None, seed,
        tuple(notes), pola.kuesioner, design.census,
    )  # fmt: skip


def _compared(
    made: Linear, design: Design, level: float, seed: int
) -> tuple[tuple[UnsurRank, ...], float, list[Finding]]:
    places = [made.names.index(u) for u in made.used]
    mean, linear = made.value[places], made.linear[:, places]
    k = len(places)
    pairs = [(a, b) for a in range(k) for b in range(a + 1, k)]
    gaps = np.stack([linear[:, a] - linear[:, b] for a, b in pairs], axis=1)
    variance, own = design.variance(gaps), design.variance(linear)
    df = min(design.df(made.active[:, q]) for q in places)
    notes: list[Finding] = []
    differ = np.array([abs(mean[a] - mean[b]) > 1e-9 for a, b in pairs])
    flat = (variance == 0) & differ
    known = variance[variance > 0]
    if design.census:
        lent = variance
    elif flat.any() and len(known):
        lent = np.where(flat, known.mean(), variance)
        notes.append(caution("unsur-ragam-pinjaman"))
    else:
        lent = np.where(flat, math.nan, variance)
    lopsided = any(design.lopsided(made.active[:, q]) for q in places)
    usable = (df > 0 and not lopsided) or design.census
    contrast = np.zeros((len(pairs), k))
    for row, (a, b) in enumerate(pairs):
        contrast[row, a], contrast[row, b] = 1.0, -1.0
    moving = contrast[variance > 0]
    joint = moving @ design.covariance(linear) @ moving.T if usable and not design.census else np.zeros((0, 0))
    critical = 0.0 if design.census else _critical(joint, len(pairs), level, df, seed) if usable else math.nan
    clear = np.zeros((k, k), dtype=bool)  # whether the first is clearly higher
    bounds: dict[tuple[int, int], tuple[float, float]] = {}
    for (a, b), v in zip(pairs, lent.tolist(), strict=True):
        gap, half = float(mean[a] - mean[b]), critical * math.sqrt(v) if usable and not math.isnan(v) else math.nan
        bounds[a, b], bounds[b, a] = (gap - half, gap + half), (-gap - half, half - gap)
        if not math.isnan(half) and abs(gap) > half + 1e-9:
            clear[(a, b) if gap > 0 else (b, a)] = True
    lowest = int(np.argmin(mean))
    se_gap = {pair: math.sqrt(v) if v >= 0 else math.nan for pair, v in zip(pairs, lent.tolist(), strict=True)}
    rows = []
    for i, name in enumerate(made.used):
        pair = (min(i, lowest), max(i, lowest))
        inside = (0.0, 0.0) if i == lowest else bounds[i, lowest]
        interval = undefined(level, METHOD) if math.isnan(inside[0]) else Interval(*inside, level, METHOD)
        rows.append(
            UnsurRank(
                name,
                int(design.kali[made.active[:, places[i]]].sum()),
                float(mean[i]),
                math.sqrt(own[i]) if usable else math.nan,
                float(mean[i] - mean[lowest]),
                0.0 if i == lowest else se_gap[pair],
                interval,
                1 + int((mean < mean[i] - 1e-9).sum()) if usable else None,
                1 + int(clear[i].sum()) if usable else None,
                k - int(clear[:, i].sum()) if usable else None,
                bool(usable and not clear[i, lowest]),
                "" if usable else "bobot-terpusat" if lopsided else "tanpa-derajat-kebebasan",
            )
        )
    rows.sort(key=lambda r: (r.mean, made.used.index(r.id)))
    return tuple(rows), critical, notes


def _critical(cov: Floats, pairs: int, level: float, df: int, seed: int) -> float:
    """Return the quantile of the largest standardised difference, of multivariate t."""
    if not len(cov):
        return t_quantile(1 - (1 - level) / 2 / pairs, df)
    scale = np.sqrt(np.diag(cov))
    values, vectors = np.linalg.eigh(cov / scale[:, None] / scale[None, :])
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    rng = np.random.Generator(np.random.PCG64(seed))
    normal = np.abs(rng.standard_normal((DRAWS, len(values))) @ root.T).max(axis=1)
    chance = np.sqrt(rng.chisquare(df, DRAWS) / df)
    return float(np.quantile(normal / chance, level))


def _friedman(
    pola: Pola, used: tuple[str, ...], pvalue: str, draws: int, seed: int
) -> tuple[float, int, float, float, int, str]:
    """Return chi-square with the correction for ties, df, p, Kendall's W, complete respondents, and how p was had."""
    values = unsur_values(pola)[:, [pola.kuesioner.unsur.index(u) for u in used]]
    keep = ~np.isnan(values).any(axis=1)
    rows, often = np.round(values[keep], 9), pola.kali[keep]
    n, k = int(often.sum()), len(used)
    if n == 0:
        return math.nan, k - 1, math.nan, math.nan, 0, "chi2"
    higher = (rows[:, :, None] > rows[:, None, :]).sum(axis=2)
    equal = (rows[:, :, None] == rows[:, None, :]).sum(axis=2)
    centred = higher + (equal - k) / 2  # midrank less the mean rank
    spread = float(often @ (centred**2).sum(axis=1))
    if spread == 0:
        return math.nan, k - 1, math.nan, math.nan, n, "chi2"
    sums = often @ centred
    chi2 = (k - 1) * float(sums @ sums) / spread
    w = chi2 / (n * (k - 1))
    telling = (centred != 0).any(axis=1)
    few = int(often[telling].sum())
    if pvalue == "asimtotik" or (pvalue == "otomatis" and few >= FEW_ROWS):
        return chi2, k - 1, chi2_tail(chi2, k - 1), w, n, "chi2"
    everybody = np.repeat(centred[telling], often[telling], axis=0)
    rng = np.random.Generator(np.random.PCG64(seed))
    far, hits = float(sums @ sums) * (1 - 1e-12), 0
    for _ in walked(range(draws)):
        drawn = rng.permuted(everybody, axis=1).sum(axis=0)
        hits += float(drawn @ drawn) >= far
    return chi2, k - 1, (hits + 1) / (draws + 1), w, n, "permutasi"
