"""Whether every question goes with the others: item-total correlations against r tabel, as theses print them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._conditional import PMethod, check_p_options, linear_p, needs_counting
from skm.stats._dist import t_quantile, t_two_sided
from skm.stats._moments import Moments, asked, correlation, moments
from skm.stats._reliability import alpha_of
from skm.stats._result import StatResult, caution, check_significance, note, percent, say

Uji = Literal["total", "terkoreksi"]


@dataclass(frozen=True, slots=True)
class ItemValidity:
    """One question.

    Attributes
    ----------
    r_total : float
        Correlation with the total, which contains the question itself.
    r_corrected : float
        Correlation with the total of the other questions.
    p : float
        Two-sided p of the correlation that is compared with r tabel: by t, or over all exchanges of respondents where
        there are few or nearly all answered alike (``method``).
    valid : bool or None
        Whether that correlation is above r tabel; None where it cannot be judged, ``alasan`` says why.
    alpha_dropped : float
        Cronbach's alpha without the question.
    method : {"t", "eksak", "permutasi"}
        How p was had.
    """

    r_total: float
    r_corrected: float
    p: float
    valid: bool | None
    alpha_dropped: float
    alasan: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Validity(StatResult):
    """Item-total correlations of all questions.

    Attributes
    ----------
    butir : mapping of str to ItemValidity
    r_tabel : float
        Critical value for ``df`` = n - 2 at ``signifikansi``, two-sided; NaN below three respondents.
    uji : str
        Which correlation is compared with it.
    alpha : float
        Cronbach's alpha of all questions.
    """

    JENIS: ClassVar[str] = "validitas"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("butir", "", "text"),
        TableColumn("r_total", "", "decimal", 4),
        TableColumn("r_corrected", "", "decimal", 4),
        TableColumn("r_tabel", "", "decimal", 4),
        TableColumn("p", "", "probability", 4),
        TableColumn("valid", "", "text"),
        TableColumn("alpha_dropped", "", "decimal", 4),
        TableColumn("alasan", "", "text"),
    )

    butir: Mapping[str, ItemValidity]
    n: int
    df: int
    r_tabel: float
    signifikansi: float
    uji: str
    alpha: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a question."""
        return [
            (name, v.r_total, v.r_corrected, self.r_tabel, v.p, _word(v.valid), v.alpha_dropped, v.alasan)
            for name, v in self.butir.items()
        ]

    def kalimat(self, lang: str | None = None) -> str:
        """Return how many questions are valid, as one sentence."""
        if math.isnan(self.r_tabel):
            return say("validitas-takada", lang, n=self.n)
        good = sum(v.valid is True for v in self.butir.values())
        unjudged = sum(v.valid is None for v in self.butir.values())
        if unjudged == len(self.butir):
            return say("validitas-tanpa-butir", lang, n=self.n)
        more = say("validitas-tak-dinilai", lang, banyak=unjudged) if unjudged else ""
        return say(
            "validitas", lang, baik=good, k=len(self.butir), uji=say(f"uji-{self.uji}", lang), r=self.r_tabel, n=self.n,
            df=self.df, sig=percent(self.signifikansi), lagi=more,
        )  # fmt: skip

    def footnotes(self, lang: str) -> list[str]:
        """Return alpha, and what is compared with r tabel."""
        if self.df < 1:
            return []
        lines = [say("validitas-cara", lang, uji=say(f"uji-{self.uji}", lang), df=self.df, n=self.n)]
        return lines if math.isnan(self.alpha) else [*lines, say("validitas-alpha", lang, alpha=self.alpha)]

    def extra(self) -> dict[str, Any]:
        """Return the numbers beside the rows."""
        return {
            "n": self.n, "df": self.df, "r_tabel": self.r_tabel, "signifikansi": self.signifikansi, "uji": self.uji,
            "alpha": self.alpha,
        }  # fmt: skip


def item_validity(
    pola: Pola,
    *,
    uji: Uji = "total",
    pvalue: PMethod = "otomatis",
    signifikansi: float = 0.05,
    draws: int = 9999,
    seed: int = 2017,
) -> Validity:
    """Return item-total correlations, plain and corrected, beside r tabel, over complete respondents.

    Parameters
    ----------
    pola : Pola
        Patterns; respondents' weights are not used.
    uji : {"total", "terkoreksi"}
        Which correlation is compared with r tabel: with the total (the usual "r hitung"), or with the total of the
        other questions, which is stricter because a question always correlates with itself.
    pvalue : {"otomatis", "asimtotik", "permutasi"}
        p by t as in R's ``cor.test``, or over all exchanges of respondents. Automatic: the second below 20 complete
        respondents, or where fewer than ten differ from the commonest answer.
    signifikansi : float
        Two-sided level of r tabel.
    draws, seed : int
        Of the permutation, where it is drawn.

    Raises
    ------
    DataError
        Fewer than two questions were answered.

    Notes
    -----
    r tabel = t / sqrt(df + t^2) with df = n - 2. The regulation does not ask for it; theses do.
    """
    if uji not in get_args(Uji):
        raise OptionError("opsi-tidak-dikenal", opsi="uji", nilai=uji, pilihan=list(get_args(Uji)))
    check_significance(signifikansi)
    draws, seed = check_p_options(pvalue, draws, seed)
    positions, empty = asked(pola)
    if len(positions) < 2:
        raise DataError("kurang-butir", banyak=len(positions))
    m = moments(pola, positions)
    df = m.n - 2
    critical = t_quantile(1 - signifikansi / 2, df) if df >= 1 else math.nan
    r_tabel = critical / math.sqrt(df + critical**2) if df >= 1 else math.nan
    tables = _tables(pola, positions, uji)
    items = {
        name: _counted(_item(m, j, uji, df, r_tabel), tables[j], pvalue, draws, seed) for j, name in enumerate(m.butir)
    }
    found: list[Finding] = []
    if counted := [name for name, v in items.items() if v.method in ("eksak", "permutasi")]:
        found.append(note("validitas-dihitung", banyak=len(counted), benih=str(seed)))
    if pola.n > m.n:
        found.append(note("tidak-lengkap", banyak=pola.n - m.n, n=m.n))
    if empty:
        found.append(caution("butir-kosong", butir=empty))
    if m.constant and m.n > 1:
        found.append(caution("butir-tak-dinilai", butir=m.constant))
    if m.twins:
        found.append(caution("butir-kembar", pasangan=[f"{a} = {b}" for a, b in m.twins]))
    if pola.w is not None:
        found.append(note("tanpa-bobot"))
    return Validity(
        MappingProxyType(items), m.n, df, r_tabel, signifikansi, uji, alpha_of(m), tuple(found), pola.kuesioner
    )


def _tables(pola: Pola, positions: tuple[int, ...], uji: str) -> list[NDArray[np.int64]]:
    """Return for every question the table of its levels by the totals it is correlated with, both ascending."""
    levels = pola.nilai[:, positions]
    keep = (levels > 0).all(axis=1)
    levels, kali = levels[keep], pola.kali[keep]
    nilai = pola.kuesioner.nilai
    common = math.lcm(*(v.denominator for v in nilai))
    x = np.array([0, *(int(v * common) for v in nilai)], np.int64)[levels]
    total = x.sum(axis=1)
    out = []
    for j in range(x.shape[1]):
        other = total - x[:, j] if uji == "terkoreksi" else total
        cells: dict[tuple[int, int], int] = {}
        for a, b, k in zip(x[:, j].tolist(), other.tolist(), kali.tolist(), strict=True):
            cells[a, b] = cells.get((a, b), 0) + k
        rows, columns = (sorted({cell[axis] for cell in cells}) for axis in (0, 1))
        table = np.zeros((len(rows) + 1, len(columns) + 1), np.int64)  # scores in the first row and column
        table[1:, 0], table[0, 1:] = rows, columns
        for (a, b), k in cells.items():
            table[1 + rows.index(a), 1 + columns.index(b)] = k
        out.append(table)
    return out


def _counted(item: ItemValidity, scored: NDArray[np.int64], pvalue: str, draws: int, seed: int) -> ItemValidity:
    if math.isnan(item.p):
        return item
    table = scored[1:, 1:]
    if pvalue != "permutasi" and not (pvalue == "otomatis" and needs_counting(table)):
        return replace(item, method="t")
    n = int(table.sum())
    x, y = (
        [n * int(v) - int(margin @ score) for v in score]
        for score, margin in ((scored[1:, 0], table.sum(axis=1)), (scored[0, 1:], table.sum(axis=0)))
    )
    p, how = linear_p(table, x, y, draws, seed)
    return replace(item, p=p, method=how)


def _item(m: Moments, j: int, uji: str, df: int, r_tabel: float) -> ItemValidity:
    own, with_total = m.own[j], m.with_total[j]
    plain = correlation(with_total, own, m.total)
    corrected = correlation(with_total - own, own, m.total - 2 * with_total + own)
    used = plain if uji == "total" else corrected
    dropped = alpha_of(m.without(j))
    if math.isnan(used):
        return ItemValidity(plain, corrected, math.nan, None, dropped, "butir-tetap" if own == 0 else "ragam-nol")
    if df < 1:
        return ItemValidity(plain, corrected, math.nan, None, dropped, "kurang-responden")
    t = math.copysign(math.inf, used) if abs(used) == 1 else used * math.sqrt(df / (1 - used**2))
    return ItemValidity(plain, corrected, t_two_sided(t, df), used > r_tabel, dropped)


def _word(valid: bool | None) -> str:
    return "tak-dinilai" if valid is None else "valid" if valid else "tidak-valid"
