"""Which unsur go together: the table the regulation calls bivariate analysis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._conditional import PMethod, check_p_options, concordance_p, linear_p, needs_counting
from skm.stats._dist import normal_two_sided, t_two_sided
from skm.stats._effects import NO_CORRELATION, correlation_interval
from skm.stats._ranks import holm
from skm.stats._result import StatResult, caution, check_level, check_significance, note, say
from skm.stats._scores import unsur_values

Method = Literal["spearman", "kendall"]


@dataclass(frozen=True, slots=True)
class UnsurPair:
    """Two unsur: coefficient (-1 to 1), respondents who answered both, two-sided p, and p adjusted over all pairs.

    ``method`` says how p was had: "t", "normal", "eksak" or "permutasi". ``interval`` is that of the
    coefficient, for the pair alone.
    """

    a: str
    b: str
    n: int
    coefficient: float
    p: float
    p_holm: float
    method: str = ""
    alasan: str = ""
    interval: Interval = NO_CORRELATION


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Association(StatResult):
    """Rank correlations of all pairs of unsur."""

    JENIS: ClassVar[str] = "hubungan"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur_a", "", "text"),
        TableColumn("unsur_b", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("coefficient", "", "decimal", 3),
        TableColumn("low", "", "decimal", 3),
        TableColumn("high", "", "decimal", 3),
        TableColumn("p", "", "probability", 4),
        TableColumn("p_holm", "", "probability", 4),
        TableColumn("metode", "", "text"),
        TableColumn("alasan", "", "text"),
    )

    pairs: tuple[UnsurPair, ...]
    method: str
    unsur: tuple[str, ...]
    signifikansi: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def __getitem__(self, pair: tuple[str, str]) -> UnsurPair:
        """Return a pair, in either order."""
        for p in self.pairs:
            if {p.a, p.b} == set(pair):
                return p
        raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=pair, pilihan=list(self.unsur))

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a pair."""
        return [
            (p.a, p.b, p.n, p.coefficient, p.interval.low, p.interval.high, p.p, p.p_holm, p.method, p.alasan)
            for p in self.pairs
        ]

    def matrix(self) -> NDArray[np.float64]:
        """Return the coefficients as a square, in the order of ``unsur``."""
        place = {u: i for i, u in enumerate(self.unsur)}
        out = np.eye(len(place))
        for p in self.pairs:
            out[place[p.a], place[p.b]] = out[place[p.b], place[p.a]] = p.coefficient
        return out

    def square(self, lang: str | None = None) -> Table:
        """Return the coefficients as an unsur-by-unsur table for people, the lower half filled."""
        language = resolve_lang(lang)
        m = self.matrix()
        columns = (
            TableColumn("unsur", say("kolom-unsur", language)),
            *(TableColumn(u, self.name_of(u, language), "decimal", 3) for u in self.unsur),
        )
        rows = tuple(
            (self.name_of(u, language), *(float(m[i, j]) if j < i else None for j in range(len(self.unsur))))
            for i, u in enumerate(self.unsur)
        )
        notes = (self.kalimat(language), *(f.text(language) for f in self.catatan))
        return Table(say(f"judul-hubungan-{self.method}", language), columns, rows, notes, language)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the strongest pair as one sentence."""
        known = [p for p in self.pairs if not math.isnan(p.coefficient)]
        if not known:
            return say("hubungan-takada", lang)
        language = resolve_lang(lang)
        if all(math.isnan(p.p) for p in known):
            return say("hubungan-takada", lang)
        best = max(known, key=lambda p: abs(p.coefficient))
        sure = sum(p.p_holm < self.signifikansi for p in known)
        return say(
            "hubungan", lang, a=self.name_of(best.a, language), b=self.name_of(best.b, language), r=best.coefficient,
            cara=say(f"cara-{self.method}", lang), p=p_text(best.p_holm, lang), nyata=sure, semua=len(self.pairs),
        )  # fmt: skip

    def extra(self) -> dict[str, Any]:
        """Return the method."""
        return {"metode": self.method, "signifikansi": self.signifikansi}


def association(
    pola: Pola,
    *,
    method: Method = "spearman",
    pvalue: PMethod = "otomatis",
    signifikansi: float = 0.05,
    level: float = 0.95,
    draws: int = 9999,
    seed: int = 2017,
) -> Association:
    """Correlate every unsur with every other by ranks, ties taken into account, over those who answered both.

    Parameters
    ----------
    pola : Pola
        Patterns; respondents' weights are not used.
    method : {"spearman", "kendall"}
        Spearman's rho of midranks, or Kendall's tau-b.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        By t with n - 2 (rho) and normal with the variance corrected for ties (tau-b), as in R's
        ``cor.test(exact = FALSE)``; or over all exchanges of respondents, exact where they can be counted and drawn
        otherwise. Automatic: the second where fewer than 20 answered both, or fewer than 10 differ from the
        commonest answer.
    signifikansi : float
        For the wording only.
    level : float
        Of the intervals of the coefficients.
    draws, seed : int
        Of the permutation, where it is drawn.

    Raises
    ------
    DataError
        Fewer than two unsur.

    Notes
    -----
    PermenPANRB 14/2017 asks for a bivariate analysis (e.g. prosedur with waktu) and names no coefficient.
    """
    if method not in get_args(Method):
        raise OptionError("opsi-tidak-dikenal", opsi="method", nilai=method, pilihan=list(get_args(Method)))
    draws, seed = check_p_options(pvalue, draws, seed)
    check_significance(signifikansi)
    check_level(level)
    unsur = pola.kuesioner.unsur
    if len(unsur) < 2:
        raise DataError("kurang-butir", banyak=len(unsur))
    values = unsur_values(pola)
    found: list[tuple[str, str, int, float, float, str, str]] = []
    for i in range(len(unsur)):
        for j in range(i + 1, len(unsur)):
            joint = _joint(values[:, i], values[:, j], pola.kali)
            n = int(joint.sum())
            r, p, reason = _spearman(joint, n) if method == "spearman" else _kendall(joint, n)
            how = "" if math.isnan(p) else "t" if method == "spearman" else "normal"
            if how and (pvalue == "permutasi" or (pvalue == "otomatis" and needs_counting(joint))):
                p, how = _counted(joint, method, draws, seed)
            found.append((unsur[i], unsur[j], n, r, p, how, reason))
    adjusted = holm([row[4] for row in found])
    pairs = tuple(
        UnsurPair(*row[:5], q, *row[5:], correlation_interval(row[3], row[2], method, level))
        for row, q in zip(found, adjusted, strict=True)
    )
    notes = [note("hubungan-berpasangan")]
    stuck = list(dict.fromkeys(f"{p.a}-{p.b}" for p in pairs if p.alasan))
    if stuck:
        notes.append(caution("hubungan-tak-terhitung", pasangan=stuck))
    if counted := sum(p.method in ("eksak", "permutasi") for p in pairs):
        notes.append(note("hubungan-dihitung", banyak=counted, semua=len(pairs), benih=str(seed)))
    if pola.w is not None:
        notes.append(note("tanpa-bobot"))
    return Association(pairs, method, unsur, signifikansi, tuple(notes), pola.kuesioner)


def _joint(a: NDArray[np.float64], b: NDArray[np.float64], kali: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the table of counts of two unsur, distinct values ascending."""
    both = ~np.isnan(a) & ~np.isnan(b)
    (_, x), (_, y) = (np.unique(np.round(v[both], 9), return_inverse=True) for v in (a, b))
    rows, columns = (int(v.max()) + 1 if len(v) else 0 for v in (x, y))
    flat = np.bincount(x.reshape(-1) * columns + y.reshape(-1), kali[both], minlength=rows * columns)
    return flat.astype(np.int64).reshape(rows, columns)


def _counted(joint: NDArray[np.int64], method: str, draws: int, seed: int) -> tuple[float, str]:
    if method == "kendall":
        return concordance_p(joint, draws, seed)
    n = int(joint.sum())
    x, y = (_centred([int(v) for v in joint.sum(axis=a)], n) for a in (1, 0))
    return linear_p(joint, x, y, draws, seed)


def _reason(joint: NDArray[np.int64], n: int) -> str:
    if n < 2:
        return "kurang-responden"
    return "unsur-tetap" if min(joint.shape) < 2 else ""


def _spearman(joint: NDArray[np.int64], n: int) -> tuple[float, float, str]:
    reason = _reason(joint, n)
    if reason:
        return math.nan, math.nan, reason
    margins = [[int(v) for v in joint.sum(axis=1)], [int(v) for v in joint.sum(axis=0)]]
    # Twice the midrank less n + 1: whole numbers, so that a perfect correlation is exactly one.
    x, y = (_centred(m, n) for m in margins)
    table = joint.tolist()
    cross = sum(table[i][j] * x[i] * y[j] for i in range(len(x)) for j in range(len(y)))
    square = sum(t * v * v for t, v in zip(margins[0], x, strict=True)) * sum(
        t * v * v for t, v in zip(margins[1], y, strict=True)
    )
    r = math.copysign(1.0, cross) if cross * cross == square else cross / math.sqrt(square)
    if n < 3:
        return r, math.nan, "kurang-responden"
    t = math.copysign(math.inf, r) if abs(r) == 1 else r * math.sqrt((n - 2) / (1 - r * r))
    return r, t_two_sided(t, n - 2), ""


def _centred(margin: list[int], n: int) -> list[int]:
    out, before = [], 0
    for count in margin:
        out.append(2 * before + count - n)
        before += count
    return out


def _kendall(joint: NDArray[np.int64], n: int) -> tuple[float, float, str]:
    reason = _reason(joint, n)
    if reason:
        return math.nan, math.nan, reason
    table = joint.astype(object)
    rows, columns = joint.shape
    same = opposite = 0
    for i in range(rows):
        for j in range(columns):
            if table[i, j]:
                same += table[i, j] * int(joint[i + 1 :, j + 1 :].sum())
                opposite += table[i, j] * int(joint[i + 1 :, :j].sum())
    a, b = ([int(v) for v in joint.sum(axis=k)] for k in (1, 0))
    pairs = n * (n - 1) // 2
    left = (pairs - sum(t * (t - 1) // 2 for t in a)) * (pairs - sum(t * (t - 1) // 2 for t in b))
    s = int(same - opposite)
    tau = math.copysign(1.0, s) if s * s == left else s / math.sqrt(left)
    if n < 3:
        return tau, math.nan, "kurang-responden"

    def sums(margin: list[int]) -> tuple[int, int, int]:
        return (
            sum(t * (t - 1) for t in margin),
            sum(t * (t - 1) * (t - 2) for t in margin),
            sum(t * (t - 1) * (2 * t + 5) for t in margin),
        )

    (a1, a2, a3), (b1, b2, b3) = sums(a), sums(b)
    variance = (
        (n * (n - 1) * (2 * n + 5) - a3 - b3) / 18 + a1 * b1 / (2 * n * (n - 1)) + a2 * b2 / (9 * n * (n - 1) * (n - 2))
    )
    return tau, normal_two_sided(s / math.sqrt(variance)) if variance > 0 else math.nan, ""
