"""Whether the answers to an unsur go with a group, under the design: Rao and Scott's test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from skm.basics.errors import DataError, OptionError
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._compare import p_text
from skm.stats._design import make_design
from skm.stats._dist import f_tail
from skm.stats._result import StatResult, check_significance, note, say, single


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ShareTest(StatResult):
    """Shares of the levels of one unsur in every group, and a test that they are the same.

    Attributes
    ----------
    shares : tuple
        Group, level, respondents, share within the group, its standard error.
    f, df1, df2, p : float
        Rao and Scott's second-order corrected F.
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

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a group and level."""
        return list(self.shares)

    def kalimat(self, lang: str | None = None) -> str:
        """Return the outcome as one sentence."""
        fill: dict[str, Any] = {"unsur": self.name_of(self.unsur, "en" if lang == "en" else "id"), "kunci": self.kunci}
        if math.isnan(self.p):
            return say("bagian-takada", lang, **fill)
        fill |= {"f": self.f, "df1": self.df1, "df2": self.df2, "p": p_text(self.p, lang)}
        return say("bagian-beda" if self.p < self.signifikansi else "bagian-tidak-beda", lang, **fill)

    def extra(self) -> dict[str, Any]:
        """Return the test."""
        return {"kunci": self.kunci, "unsur": self.unsur, "f": self.f, "df1": self.df1, "df2": self.df2, "p": self.p}


def share_test(
    pola: Pola,
    by: str,
    unsur: str,
    *,
    population: Any = None,
    strata: str | None = None,
    clusters: str | None = None,
    signifikansi: float = 0.05,
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

    Raises
    ------
    DataError
        Fewer than two groups have answers.
    OptionError
        No such unsur, or it has several questions.

    Notes
    -----
    J. N. K. Rao and A. J. Scott (1984): Pearson's chi-square over its mean design effect, with Satterthwaite's degrees
    of freedom; F as in ``svychisq(statistic = "F")`` of R's ``survey``.
    """
    check_significance(signifikansi)
    kuesioner = pola.kuesioner
    places = [j for j, b in enumerate(kuesioner.butir) if b.unsur == unsur]
    if len(places) != 1:
        raise OptionError("opsi-tidak-dikenal", opsi="unsur", nilai=unsur, pilihan=list(kuesioner.unsur))
    answer = pola.nilai[:, places[0]]
    code, labels = pola.codes((by,))
    named = [g for g, label in enumerate(labels) if single(label) is not None]
    active = (answer > 0) & np.isin(code, named)
    design = make_design(pola, population=population, strata=strata, clusters=clusters, lonely="pusat")
    groups = [g for g in named if (active & (code == g)).any()]
    levels = sorted(set(answer[active].tolist()))
    if len(groups) < 2:
        raise DataError("kurang-kelompok", kolom=by, banyak=len(groups))
    cells = [(g, v) for g in groups for v in levels]
    inside = np.stack([(active & (code == g) & (answer == v)).astype(float) for g, v in cells], axis=1)
    mass = float((design.w * active).sum())
    share = design.w @ inside / mass
    table = share.reshape(len(groups), len(levels))
    row, column = table.sum(axis=1), table.sum(axis=0)
    within = []
    for i, g in enumerate(groups):
        of = (active & (code == g)).astype(float)
        linear = (inside[:, i * len(levels) : (i + 1) * len(levels)] - of[:, None] * table[i] / row[i]) / (
            mass * row[i]
        )
        se = np.sqrt(design.variance(linear))
        counts = [int(design.kali[(active & (code == g) & (answer == v))].sum()) for v in levels]
        within += [
            (single(labels[g]), int(v), c, float(table[i, j] / row[i]), float(se[j]))
            for j, (v, c) in enumerate(zip(levels, counts, strict=True))
        ]
    f = df1 = df2 = p = math.nan
    free = (len(groups) - 1) * (len(levels) - 1)
    n = int(design.kali[active].sum())
    left = design.df(active)
    if free > 0 and left > 0:
        expected = np.outer(row, column)
        chi2 = n * float(((table - expected) ** 2 / expected).sum())
        # The mean and spread of the design effects of the interactions, at the shares as observed.
        linear = (inside - active[:, None] * share) / mass
        cov = design.covariance(linear)
        contrast = np.array(
            [
                np.kron(_step(len(groups), a), _step(len(levels), b))
                for a in range(len(groups) - 1)
                for b in range(len(levels) - 1)
            ]
        )
        slope = contrast * np.where(share > 0, 1 / np.where(share > 0, share, 1.0), 0.0)
        plain = slope @ contrast.T / n  # under simple random sampling
        effects = np.linalg.pinv(plain) @ (slope @ cov @ slope.T)
        total, squares = float(np.trace(effects)), float(np.trace(effects @ effects))
        if total > 1e-12:
            df1 = total**2 / squares
            df2 = df1 * left
            f = chi2 / total
            p = f_tail(f, df1, df2)
    return ShareTest(tuple(within), by, unsur, f, df1, df2, p, signifikansi, (note("bagian-rancangan"),), kuesioner)


def _step(size: int, place: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    out = np.zeros(size)
    out[place], out[-1] = 1.0, -1.0
    return out
