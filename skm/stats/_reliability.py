"""Whether the questions measure one thing: Cronbach's alpha, by group and within groups, and McDonald's omega."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

from skm.basics.errors import DataError
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._dist import f_quantile
from skm.stats._moments import Moments, asked, moments, pooled
from skm.stats._omega import Omega, omega_total
from skm.stats._result import StatResult, caution, check_level, note, percent, say, single, undefined

FELDT = "Feldt"


@dataclass(frozen=True, slots=True)
class AlphaValue:
    """Alpha of one set of respondents. ``alasan`` says why something is undefined, empty where nothing is."""

    alpha: float
    interval: Interval
    n: int
    alasan: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Alpha(StatResult):
    """Cronbach's alpha of the whole, of every group, and within groups.

    Attributes
    ----------
    alpha : float
        Over all complete respondents; NaN where undefined.
    interval : Interval
        Feldt's interval.
    n, n_incomplete : int
        Respondents who answered every question, and those left out because they did not.
    k : int
        Questions.
    standardised : float
        Alpha of the standardised questions.
    dropped : mapping
        Alpha without each question; NaN where undefined.
    omega : Omega
        McDonald's omega total of one factor.
    kelompok : mapping
        Label -> `AlphaValue`; empty without ``by``.
    within : AlphaValue or None
        Alpha from the pooled covariance within groups: what is left when differences between groups are taken out.
    """

    JENIS: ClassVar[str] = "alpha"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("bagian", "", "text"),
        TableColumn("kelompok", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("alpha", "", "decimal", 4),
        TableColumn("low", "", "decimal", 4),
        TableColumn("high", "", "decimal", 4),
        TableColumn("alasan", "", "text"),
    )

    value: AlphaValue
    n_incomplete: int
    butir: tuple[str, ...]
    standardised: float
    dropped: Mapping[str, float]
    omega: Omega
    level: float
    kelompok: Mapping[Any, AlphaValue]
    within: AlphaValue | None
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    @property
    def alpha(self) -> float:
        """Alpha over all complete respondents."""
        return self.value.alpha

    @property
    def interval(self) -> Interval:
        """Feldt's interval."""
        return self.value.interval

    @property
    def n(self) -> int:
        """Complete respondents."""
        return self.value.n

    @property
    def k(self) -> int:
        """Number of questions."""
        return len(self.butir)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the whole, then within groups, the groups, and the questions left out one by one."""
        found = [_row("keseluruhan", "", self.value)]
        if self.within is not None:
            found.append(_row("dalam-kelompok", "", self.within))
        found += [_row("kelompok", label, value) for label, value in self.kelompok.items()]
        found += [
            (
                "tanpa-butir",
                name,
                self.n,
                alpha,
                None,
                None,
                "kurang-butir" if self.k <= 2 else "ragam-nol" if math.isnan(alpha) else "",
            )
            for name, alpha in self.dropped.items()
        ]
        return found

    def show(self, key: str, value: Any, lang: Any) -> Any:
        """Return questions by name; an empty group stays empty."""
        if key == "kelompok" and value == "":
            return ""
        if key == "kelompok" and value in self.dropped:
            return self.name_of(str(value), lang)
        return StatResult.show(self, key, value, lang)

    def kalimat(self, lang: str | None = None) -> str:
        """Return alpha with its interval as one sentence."""
        if math.isnan(self.alpha):
            return say("alpha-takada", lang, sebab=say(f"sebab-{self.value.alasan}", lang), n=self.n, k=self.k)
        if math.isnan(self.interval.low):
            return say("alpha-tanpa-interval", lang, alpha=self.alpha, n=self.n, k=self.k)
        return say(
            "alpha", lang, alpha=self.alpha, n=self.n, k=self.k, persen=percent(self.level), rendah=self.interval.low,
            tinggi=self.interval.high,
        )  # fmt: skip

    def footnotes(self, lang: str) -> list[str]:
        """Return omega and standardised alpha."""
        lines = [self.omega.kalimat(lang)]
        if not math.isnan(self.standardised):
            lines.append(say("alpha-baku", lang, alpha=self.standardised))
        return lines

    def extra(self) -> dict[str, Any]:
        """Return the numbers beside the rows."""
        return {
            "n": self.n, "n_incomplete": self.n_incomplete, "k": self.k, "level": self.level, "alpha": self.alpha,
            "standardised": self.standardised, "omega": self.omega.omega,
        }  # fmt: skip


def cronbach_alpha(pola: Pola, *, by: str | None = None, level: float = 0.95) -> Alpha:
    """Return Cronbach's alpha with Feldt's interval, over respondents who answered every question.

    Parameters
    ----------
    pola : Pola
        Patterns; respondents' weights are not used.
    by : str, optional
        A key: alpha of every group, and within groups. Pooling units mixes differences between units into alpha.
    level : float
        Confidence level.

    Raises
    ------
    DataError
        Fewer than two questions were answered.

    Notes
    -----
    alpha = k/(k-1) (1 - sum of variances / variance of the total), computed exactly from integers. Interval:
    L. S. Feldt, Psychometrika 30 (1965) 357-370. Levels 1-4 are treated as interval numbers.
    """
    check_level(level)
    positions, empty = asked(pola)
    if len(positions) < 2:
        raise DataError("kurang-butir", banyak=len(positions))
    whole = moments(pola, positions)
    value = _value(whole, level)
    groups: dict[Any, AlphaValue] = {}
    within = None
    if by is not None:
        codes, labels = pola.codes((by,))
        parts = [(single(label), moments(pola.where(codes == g), positions)) for g, label in enumerate(labels)]
        groups = {label: _value(part, level) for label, part in parts}
        inside = pooled([part for _, part in parts if part.n > 0]) if any(part.n for _, part in parts) else whole
        within = replace(_value(inside, level), n=whole.n)
    dropped = {name: alpha_of(whole.without(j)) for j, name in enumerate(whole.butir)}
    return Alpha(
        value=value,
        n_incomplete=pola.n - whole.n,
        butir=whole.butir,
        standardised=_standardised(whole),
        dropped=MappingProxyType(dropped),
        omega=omega_total(whole),
        level=level,
        kelompok=MappingProxyType(groups),
        within=within,
        catatan=_notes(pola, whole, value, empty),
        kuesioner=pola.kuesioner,
    )


def alpha_of(m: Moments) -> float:
    """Return alpha; NaN where the total does not vary or there is a single question."""
    if m.k < 2 or m.total == 0:
        return math.nan
    return float(Fraction(m.k, m.k - 1) * (1 - sum(m.own, Fraction(0)) / m.total))


def _value(m: Moments, level: float) -> AlphaValue:
    alpha = alpha_of(m)
    if m.n < 2:
        return AlphaValue(math.nan, undefined(level, FELDT), m.n, "kurang-responden")
    if math.isnan(alpha):
        return AlphaValue(alpha, undefined(level, FELDT), m.n, "ragam-nol")
    if alpha == 1:  # answers that move in step leave no error to estimate the interval by
        return AlphaValue(alpha, undefined(level, FELDT), m.n, "tanpa-galat")
    d1, d2 = m.n - 1, (m.n - 1) * (m.k - 1)
    tail = (1 - level) / 2
    low, high = (1 - (1 - alpha) * f_quantile(p, d1, d2) for p in (1 - tail, tail))
    return AlphaValue(alpha, Interval(low, high, level, FELDT), m.n)


def _standardised(m: Moments) -> float:
    if m.n < 2 or m.constant:
        return math.nan
    total = sum(
        float(m.spread[i][j]) / math.sqrt(m.own[i] * m.own[j]) for i in range(m.k) for j in range(m.k) if i != j
    )
    mean = total / (m.k * (m.k - 1))
    below = 1 + (m.k - 1) * mean
    return m.k * mean / below if below > 1e-12 else math.nan


def _notes(pola: Pola, m: Moments, value: AlphaValue, empty: tuple[str, ...]) -> tuple[Finding, ...]:
    found = []
    if pola.n > m.n:
        found.append(note("tidak-lengkap", banyak=pola.n - m.n, n=m.n))
    if empty:
        found.append(caution("butir-kosong", butir=empty))
    if m.n >= 2 and m.constant and m.total != 0:
        before = [name for name in m.constant if _varies(pola, name)]
        found.append(caution("butir-tetap", butir=m.constant))
        if before:
            found.append(caution("butir-jadi-tetap", butir=before, banyak=pola.n - m.n))
    if m.twins:
        found.append(caution("butir-kembar", pasangan=[f"{a} = {b}" for a, b in m.twins]))
    if value.alpha < 0:
        found.append(caution("alpha-negatif"))
    found.append(note("alpha-ordinal"))
    if pola.w is not None:
        found.append(note("tanpa-bobot"))
    return tuple(found)


def _varies(pola: Pola, butir: str) -> bool:
    position = next(j for j, b in enumerate(pola.kuesioner.butir) if b.id == butir)
    levels = pola.nilai[:, position]
    return len({int(v) for v in levels if v}) > 1


def _row(part: str, label: Any, v: AlphaValue) -> tuple[Any, ...]:
    return (part, label, v.n, v.alpha, v.interval.low, v.interval.high, v.alasan)
