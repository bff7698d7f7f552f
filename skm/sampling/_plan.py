"""Planning a sample: a share or the index to a wanted margin, with design effect and response rate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from skm.basics.errors import OptionError
from skm.basics.numbers import resolve_lang, round_half_up
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._formula import chi_square_quantile
from skm.sampling._options import Count, Share, read_level, read_share
from skm.sampling._texts import say, shown

if TYPE_CHECKING:
    import pandas as pd

MOST = 10**18  # respondents beyond which no plan makes sense
Target = Literal["proporsi", "indeks"]


@dataclass(frozen=True, slots=True, repr=False)
class SamplePlan:
    """How many respondents are needed and how many people to approach.

    Attributes
    ----------
    n : int
        Respondents needed: rounded up once, at the end.
    invite : int
        People to approach under the expected response; never more than N.
    n0, with_deff, exact : Fraction
        Before corrections, times the design effect, and after the finite population correction.
    """

    n: int
    invite: int
    n0: Fraction
    with_deff: Fraction
    exact: Fraction
    population: int | None
    target: str
    level: Decimal
    margin: Decimal
    spread: Decimal
    deff: Decimal
    response: Decimal

    @property
    def possible(self) -> bool:
        """Whether so many respondents can be had from N under the expected response."""
        return self.population is None or self.n / Fraction(self.response) <= self.population

    def steps(self, lang: str | None = None) -> list[str]:
        """Return the derivation line by line."""
        z2 = round_half_up(chi_square_quantile(self.level), 6).normalize()
        level = (self.level * 100).normalize()
        if self.target == "proporsi":
            lines = [
                say(
                    "n0-proporsi",
                    lang,
                    z2=z2,
                    p=self.spread,
                    q=1 - self.spread,
                    e=self.margin,
                    n0=self.n0,
                    level=level,
                )
            ]
        else:
            lines = [say("n0-indeks", lang, z2=z2, s=self.spread, e=self.margin, n0=self.n0, level=level)]
        if self.deff != 1:
            lines.append(say("deff", lang, deff=self.deff, n=self.with_deff))
        if self.population is not None:
            lines.append(say("koreksi", lang, n0=self.with_deff, N=self.population, n=self.exact))
        lines.append(say("ke-atas", lang, n=self.n))
        if self.response != 1:
            lines.append(say("respons", lang, n=self.n, r=self.response, undang=self.invite))
            if not self.possible:
                lines.append(say("respons-tak-cukup", lang, N=self.population))
        lines.append(say(f"anggapan-{self.target}", lang))
        return lines

    def kalimat(self, lang: str | None = None) -> str:
        """Return the plan as one sentence."""
        code = "kalimat" if self.response == 1 else "kalimat-undang" if self.possible else "kalimat-tak-cukup"
        unit = "%" if self.target == "proporsi" else say("angka-ikm", lang)
        shown = self.margin * 100 if self.target == "proporsi" else self.margin
        return say(
            code,
            lang,
            n=self.n,
            undang=self.invite,
            dapat=math.floor(self.invite * Fraction(self.response)),
            e=shown.normalize(),
            satuan=unit,
            level=(self.level * 100).normalize(),
        )

    def table(self, lang: str | None = None) -> Table:
        """Return the plan for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("langkah", say("kolom-langkah", language)),
            TableColumn("nilai", say("kolom-nilai", language)),
        )
        rows = [(say("baris-n0", language), shown(self.n0, language))]
        if self.deff != 1:
            rows.append((say("baris-deff", language), shown(self.with_deff, language)))
        if self.population is not None:
            rows.append((say("baris-koreksi", language), shown(self.exact, language)))
        counts = ((code, getattr(self, name)) for code, name in (("baris-n", "n"), ("baris-undang", "invite")))
        rows += [(say(code, language), shown(value, language)) for code, value in counts]
        return Table(say("judul", language), columns, tuple(rows), tuple(self.steps(language)), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: population, n0, with_deff, exact, n, invite."""
        names = ("n0", "with_deff", "exact")
        columns = (
            TableColumn("population", "", "count"),
            *(TableColumn(k, "", "decimal") for k in names),
            TableColumn("n", "", "count"),
            TableColumn("invite", "", "count"),
        )
        return Table(
            "", columns, ((self.population, self.n0, self.with_deff, self.exact, self.n, self.invite),)
        ).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "n": self.n,
            "invite": self.invite,
            "possible": self.possible,
            **{k: format(round_half_up(getattr(self, k), 6), "f") for k in ("n0", "with_deff", "exact")},
            **{
                k: plain(getattr(self, k))
                for k in ("population", "target", "level", "margin", "spread", "deff", "response")
            },
            "steps": self.steps(lang),
        }

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def plan_sample(
    population: Count | None = None,
    *,
    target: Target = "proporsi",
    margin: Any = None,
    p: Share = 0.5,
    sd: Any = None,
    level: Share = 0.95,
    deff: Any = 1,
    response: Share | int = 1,
) -> SamplePlan:
    """Plan a sample: n0, design effect, finite population correction, response rate, rounded up once.

    Parameters
    ----------
    population : int, optional
        N; None for an endless population.
    target : {"proporsi", "indeks"}
        The answer to a yes/no question, or the index.
    margin : number
        Wanted half-width of the interval: a part of one for a share (0.05, "5%"), points of the index (25-100) for
        the index (2).
    p : float
        The share that is estimated.
    sd : number
        Standard deviation S of the respondents' own indices (25-100), assumed from an earlier survey.
    level : float
        Confidence level.
    deff : number
        Design effect to allow for: 1 for a simple random sample, above 1 for clusters.
    response : float
        Share of those approached who answer.

    Raises
    ------
    OptionError
        A value is out of range, or S is missing for the index.

    Notes
    -----
    n0 = z^2 P (1 - P)/e^2 or (z S/e)^2. With the finite population correction W. G. Cochran uses n0/(1 + (n0 - 1)/N)
    for a share and n0/(1 + n0/N) for a mean.

    Examples
    --------
    >>> plan_sample(120).n, plan_sample().n
    (92, 385)
    >>> plan_sample(500, target="indeks", sd=14, margin=2).n
    137
    >>> plan_sample(1000, deff="1,5", response="80%").invite
    458
    """
    if target not in get_args(Target):
        raise OptionError("opsi-tidak-dikenal", opsi="target", nilai=target, pilihan=list(get_args(Target)))
    size = None if population is None else read_count(population, "N", minimum=1)
    confidence = read_level(level)
    effect = read_decimal(deff, "deff")
    if effect <= 0:
        raise OptionError("harus-positif", untuk="deff", nilai=effect)
    answering = Decimal(1) if isinstance(response, (int, float)) and response == 1 else read_share(response, "response")
    z2 = Fraction(chi_square_quantile(confidence))
    if target == "proporsi":
        error, spread = read_share(0.05 if margin is None else margin, "margin"), read_share(p, "p")
        n0 = z2 * Fraction(spread) * (1 - Fraction(spread)) / Fraction(error) ** 2
    else:
        if sd is None or margin is None:
            raise OptionError("rencana-indeks")
        error, spread = read_decimal(margin, "margin"), read_decimal(sd, "sd")
        for name, value in (("margin", error), ("sd", spread)):
            if value <= 0:
                raise OptionError("harus-positif", untuk=name, nilai=value)
        n0 = z2 * Fraction(spread) ** 2 / Fraction(error) ** 2
    with_deff = n0 * Fraction(effect)
    if with_deff > MOST:
        raise OptionError("cacah-terlalu-besar", batas=MOST)
    lost = 1 if target == "proporsi" else 0
    exact = with_deff if size is None else with_deff / (1 + (with_deff - lost) / size)
    ceiling = size if size is not None else math.inf
    needed = int(min(max(1, math.ceil(exact)), ceiling))
    return SamplePlan(
        n=needed,
        invite=int(min(max(1, math.ceil(needed / Fraction(answering))), ceiling)),
        n0=n0,
        with_deff=with_deff,
        exact=exact,
        population=size,
        target=target,
        level=confidence,
        margin=error,
        spread=spread,
        deff=effect,
        response=answering,
    )
