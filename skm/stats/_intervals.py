"""The results of `mean_interval`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval, plain
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._result import StatResult, group_name, percent, say


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its uncertainty.

    Attributes
    ----------
    estimate, se : float
        Value and standard error: 1-4 for an unsur, 25-100 for the index. NaN where undefined.
    df : float
        Degrees of freedom of the interval.
    interval : Interval
        Not cut at the ends of the scale.
    n : int
        Respondents it rests on.
    alasan : str
        Why something is undefined, as a code; empty where nothing is.
    """

    estimate: float
    se: float
    df: float
    interval: Interval
    n: int
    alasan: str = ""

    @property
    def margin(self) -> float:
        """Half the width of the interval."""
        return (self.interval.high - self.interval.low) / 2

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping; undefined numbers are None."""
        return {
            "estimate": plain(self.estimate), "se": plain(self.se), "df": plain(self.df), "n": self.n,
            "interval": self.interval.to_dict(), "alasan": self.alasan,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MutuRange:
    """The letter at the lower bound, of the estimate and at the upper bound; None where there is no interval."""

    low: str | None
    estimate: str
    high: str | None

    @property
    def stable(self) -> bool | None:
        """Whether the whole interval has one letter; None where there is no interval."""
        return None if self.low is None else self.low == self.high


@dataclass(frozen=True, slots=True)
class Deff:
    """Design effect: the variance over that of a simple random sample of the same size.

    ``wor`` refers to a sample without replacement from the same N (NaN where N is not known), ``wr`` to one with
    replacement; the two differ by the factor 1 - n/N.
    """

    wor: float
    wr: float


_COLUMNS = (
    TableColumn("unsur", "", "text"),
    TableColumn("n", "", "count"),
    TableColumn("estimate", "", "decimal", 3),
    TableColumn("se", "", "decimal", 3),
    TableColumn("df", "", "decimal", 0),
    TableColumn("low", "", "decimal", 3),
    TableColumn("high", "", "decimal", 3),
    TableColumn("alasan", "", "text"),
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MeanInterval(StatResult):
    """Mean of every unsur and the index, with intervals.

    Attributes
    ----------
    ikm : Estimate
        The index, 25-100.
    unsur : mapping of str to Estimate
        Means on 1-4.
    n : int
        Respondents.
    population : int or None
        N where it was given for the whole.
    census : bool
        Whether everybody was asked: then nothing is uncertain by sampling.
    estimator, sampel, level
        The choices.
    mutu : MutuRange or None
        The letter over the interval.
    deff : Deff or None
        Design effect of the index, its reference named.
    n_effective : float or None
        Kish's effective size under unequal weights.
    kelompok
        The group's label in a result by group.
    """

    JENIS: ClassVar[str] = "interval"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = _COLUMNS

    ikm: Estimate
    unsur: Mapping[str, Estimate]
    n: int
    population: int | None
    census: bool
    estimator: str
    sampel: str
    level: float
    mutu: MutuRange | None
    deff: Deff | None
    n_effective: float | None
    kuesioner: Kuesioner
    kelompok: Any = None
    catatan: tuple[Finding, ...] = ()

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur, the index last."""
        return [_row(name, e) for name, e in (*self.unsur.items(), ("ikm", self.ikm))]

    def kalimat(self, lang: str | None = None) -> str:
        """Return the index with its interval as one sentence."""
        e = self.ikm
        if e.alasan == "tanpa-jawaban":
            return say("interval-kosong", lang)
        letter = self.mutu.estimate if self.mutu else "-"
        if e.alasan:
            return say(
                "interval-takada", lang, ikm=e.estimate, mutu=letter, n=e.n, sebab=say(f"sebab-{e.alasan}", lang)
            )
        if self.census:
            return say("interval-sensus", lang, ikm=e.estimate, mutu=letter, n=self.n)
        if e.se == 0:
            return say(
                "interval-tanpa-keragaman", lang, ikm=e.estimate, mutu=letter, n=e.n, persen=percent(self.level),
                rendah=e.interval.low, tinggi=e.interval.high,
            )  # fmt: skip
        who = (
            say("dari-populasi", lang, n=self.n, N=self.population) if self.population else say("dari", lang, n=self.n)
        )
        condition = say(f"syarat-{self.sampel}", lang, siapa=who)
        return say(
            "interval", lang, ikm=e.estimate, mutu=letter, persen=percent(self.level), rendah=e.interval.low,
            tinggi=e.interval.high, syarat=condition, huruf=self._letters(lang), bentuk=e.interval.method.split(",")[0],
        )  # fmt: skip

    def _letters(self, lang: str | None) -> str:
        if self.mutu is None or self.mutu.low is None:
            return ""
        code = "huruf-tetap" if self.mutu.stable else "huruf-berubah"
        return say(code, lang, rendah=self.mutu.low, tinggi=self.mutu.high)

    def extra(self) -> dict[str, Any]:
        """Return the choices, the letters and the design effect."""
        return {
            "n": self.n,
            "population": self.population,
            "estimator": self.estimator,
            "sampel": self.sampel,
            "level": self.level,
            "kelompok": self.kelompok,
            "mutu": None if self.mutu is None else [self.mutu.low, self.mutu.estimate, self.mutu.high],
            "deff": None if self.deff is None else {"wor": self.deff.wor, "wr": self.deff.wr},
            "n_effective": self.n_effective,
        }

    def footnotes(self, lang: str) -> list[str]:
        """Return the design effect with its reference, where the design is not a plain sample."""
        if self.deff is None or abs(self.deff.wr - 1) < 1e-9 or (self.population and abs(self.deff.wor - 1) < 1e-9):
            return []
        if math.isnan(self.deff.wor):
            return [say("deff-wr", lang, wr=self.deff.wr)]
        return [say("deff", lang, wor=self.deff.wor, wr=self.deff.wr)]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GroupIntervals(Mapping[Any, MeanInterval], StatResult):
    """`MeanInterval` of every group; a mapping from label to result, its frame one row a group and unsur."""

    JENIS: ClassVar[str] = "interval-kelompok"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (TableColumn("kelompok", "", "text"), *_COLUMNS)

    kunci: str
    hasil: Mapping[Any, MeanInterval]
    kuesioner: Kuesioner
    catatan: tuple[Finding, ...] = ()

    def __getitem__(self, label: Any) -> MeanInterval:
        return self.hasil[label]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.hasil)

    def __len__(self) -> int:
        return len(self.hasil)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return every group's rows under its label."""
        return [(label, *row) for label, result in self.hasil.items() for row in result.rows()]

    def kalimat(self, lang: str | None = None) -> str:
        """Return the lowest and the highest group with their intervals."""
        known = [(label, r.ikm) for label, r in self.hasil.items() if not math.isnan(r.ikm.interval.low)]
        if not known:
            return say("interval-kelompok-kosong", lang, banyak=len(self.hasil), kunci=self.kunci)
        ends = (min(known, key=lambda item: item[1].estimate), max(known, key=lambda item: item[1].estimate))
        if len(known) > 1 and ends[0][1].estimate == ends[1][1].estimate:
            return say("interval-kelompok-sama", lang, kunci=self.kunci, banyak=len(known), ikm=ends[0][1].estimate)
        low, high = (
            say(
                "kelompok-interval",
                lang,
                nama=group_name(label, lang),
                ikm=e.estimate,
                rendah=e.interval.low,
                tinggi=e.interval.high,
            )
            for label, e in ends
        )
        if len(known) == 1:
            return say("interval-kelompok-satu", lang, kunci=self.kunci, satu=low)
        return say("interval-kelompok", lang, kunci=self.kunci, banyak=len(self.hasil), rendah=low, tinggi=high)

    def footnotes(self, lang: str) -> list[str]:
        """Return what holds for every group: the estimator, and what the intervals assume."""
        asked = [label for label, r in self.hasil.items() if r.census]
        first = next((r for r in self.hasil.values() if not r.census), next(iter(self.hasil.values()), None))
        codes = ("estimator-", "sampel-", "sensus", "klaster")
        lines = [] if first is None else [f.text(lang) for f in first.catatan if f.kode.startswith(codes)]
        if 0 < len(asked) < len(self.hasil):
            lines.append(say("sensus-kelompok", lang, kelompok=[group_name(label, lang) for label in asked]))
        return lines


def _row(name: str, e: Estimate) -> tuple[Any, ...]:
    return (name, e.n, e.estimate, e.se, e.df, e.interval.low, e.interval.high, e.alasan)
