"""Whether the respondents reached are enough for a population."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.sampling._formula import proportion_margin
from skm.sampling._methods import RULES, SamplingPolicy
from skm.sampling._options import ChiSquare, Count, Method, Rounding, SamplingOptions, Share, read_size
from skm.sampling._size import SampleSize, compute_size, labelled, mark, row_population, rule_notes

if TYPE_CHECKING:
    import pandas as pd


def adequacy(
    n: Any,
    population: Count,
    *,
    method: Method = "krejcie-morgan",
    level: Share = 0.95,
    margin: Share = 0.05,
    p: Share = 0.5,
    rounding: Rounding | None = None,
    chi2: ChiSquare | None = None,
    deff: Any = 1,
) -> Adequacy:
    """Tell whether n respondents are enough for a population, and what they achieve.

    Parameters
    ----------
    n : int, float, Decimal, str or a plan, draw or result
        Respondents reached; 0 is allowed, more than N is not.
    population : int, float, Decimal or str
        N, the number of people served in the period of the survey.
    method, level, margin, p, rounding, chi2
        As in :func:`sample_size`.
    deff : number
        Design effect of clusters, strata or weights: ``mean_interval(...).deff.wr`` or n over ``n_effective``. The
        minimum counts respondents; the margin and ``adequate_effective`` then count what they are worth.

    Returns
    -------
    Adequacy
        The minimum, the shortfall, the margin of error reached, and the three methods side by side.

    Raises
    ------
    DataError
        n is larger than N.
    OptionError
        As in :func:`sample_size`.

    Examples
    --------
    >>> a = adequacy(341, 3441)
    >>> a.required, a.shortfall, a.adequate, a.max_population, round(a.margin, 7)
    (346, 5, False, 3071, 0.0503782)
    >>> a.met_by
    ('tabel-bawah',)
    """
    reached = read_size(n, "n")
    size = read_count(population, "N", minimum=1)
    options = SamplingOptions.read(method=method, level=level, margin=margin, p=p, rounding=rounding, chi2=chi2)
    if reached > size:
        raise DataError("n-melebihi-populasi", n=reached, N=size)
    effect = float(read_decimal(deff, "deff"))
    if effect <= 0:
        raise OptionError("harus-positif", untuk="deff", nilai=effect)
    return Adequacy(
        n=reached,
        size=compute_size(size, options),
        margin=proportion_margin(reached, size, options.level, options.p) * math.sqrt(effect),
        max_population=RULES[options.method].largest(reached, options),
        deff=effect,
    )


@dataclass(frozen=True, slots=True, repr=False)
class Adequacy:
    """Whether n is enough, what it achieves, and under which methods.

    Attributes
    ----------
    n : int
        Respondents reached.
    size : SampleSize
        The minimum for the population, with its derivation.
    margin : float
        Margin of error reached, as a part of one: the half-width of the interval of a proportion ``options.p`` at
        ``options.level`` with the finite population correction and the exact normal quantile. It assumes a random
        sample and a yes/no question. NaN without respondents, 0 in a census.
    max_population : int or None
        The largest N whose minimum n reaches under ``options.method``; None where n is enough for any N.
    """

    n: int
    size: SampleSize
    margin: float
    max_population: int | None
    deff: float = 1.0

    @property
    def n_effective(self) -> float:
        """Respondents of a simple random sample that carry the same information: n over the design effect."""
        return self.n / self.deff

    @property
    def adequate_effective(self) -> bool:
        """Whether the effective number reaches the minimum too."""
        return self.n_effective >= self.required - 1e-9

    @property
    def population(self) -> int:
        """N."""
        return self.size.population

    @property
    def options(self) -> SamplingOptions:
        """Everything that can change the answer."""
        return self.size.options

    @property
    def required(self) -> int:
        """Least number of respondents under ``options.method``."""
        return self.size.n

    @property
    def shortfall(self) -> int:
        """Respondents missing to the minimum; 0 where n is enough."""
        return max(0, self.required - self.n)

    @property
    def adequate(self) -> bool:
        """Whether n reaches the minimum."""
        return self.n >= self.required

    @property
    def policies(self) -> tuple[SamplingPolicy, ...]:
        """Formula, row below and row above side by side."""
        return self.size.policies

    @property
    def met_by(self) -> tuple[str, ...]:
        """Names of the methods whose minimum n reaches."""
        return tuple(policy.method for policy in self.policies if self.n >= policy.required)

    def table(self, lang: str | None = None) -> Table:
        """Return the methods side by side, the derivation, the margin reached and what can be done, for people."""
        language = resolve_lang(lang)
        say = messages.text
        columns = (
            TableColumn("method", say("sampling", "kolom-cara", language)),
            TableColumn("row_population", say("sampling", "kolom-baris", language), "count"),
            TableColumn("required", say("sampling", "kolom-minimum", language), "count"),
            TableColumn("shortfall", say("sampling", "kolom-kurang", language), "count"),
            TableColumn("adequate", say("sampling", "kolom-cukup", language)),
        )
        rows = tuple(
            (
                mark(label, chosen, language),
                row_population(self.size, policy),
                policy.required,
                policy.shortfall(self.n),
                say("sampling", "ya" if self.n >= policy.required else "belum", language),
            )
            for label, chosen, policy in labelled(self.size, language)
        )
        notes = (
            self._advice(language),
            *self._margin_notes(language),
            *self._reach_notes(language),
            *(step.text(language) for step in self.size.steps),
            *rule_notes(self.size, language),
        )
        title = say("sampling", "judul-kecukupan", language, n=self.n, N=self.population)
        return Table(title, columns, rows, notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per method: method, chosen, population, row_population, required, n, shortfall, adequate."""
        columns = (
            TableColumn("method", "", "text"),
            TableColumn("chosen", "", "text"),
            TableColumn("population", "", "count"),
            TableColumn("row_population", "", "count"),
            TableColumn("required", "", "count"),
            TableColumn("n", "", "count"),
            TableColumn("shortfall", "", "count"),
            TableColumn("adequate", "", "text"),
        )
        rows = tuple(
            (
                p.method,
                p.method == self.options.method,
                self.population,
                p.row.population if p.row else None,
                p.required,
                self.n,
                p.shortfall(self.n),
                self.n >= p.required,
            )
            for p in self.policies
        )
        return Table("", columns, rows).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; ``margin`` is None where undefined."""
        return {
            "n": self.n,
            "population": self.population,
            "required": self.required,
            "shortfall": self.shortfall,
            "adequate": self.adequate,
            "margin": plain(self.margin),
            "max_population": self.max_population,
            "deff": self.deff,
            "n_effective": self.n_effective,
            "adequate_effective": self.adequate_effective,
            "met_by": list(self.met_by),
            "sample_size": self.size.to_dict(lang),
        }

    def _margin_notes(self, lang: str) -> list[str]:
        if math.isnan(self.margin):
            return [messages.text("sampling", "margin-tanpa-responden", lang)]
        if self.n == self.population:
            return [messages.text("sampling", "margin-sensus", lang, N=self.population)]
        options = self.options
        level, target = ((share * 100).normalize() for share in (options.level, options.margin))
        notes = [messages.text("sampling", "margin", lang, persen=self.margin * 100, level=level, p=options.p)]
        if self.deff != 1:
            worth = {"deff": self.deff, "n": self.n, "efektif": self.n_effective, "minimum": self.required}
            notes.append(messages.text("sampling", "margin-efektif", lang, **worth))
            if self.adequate and not self.adequate_effective:
                notes.append(messages.text("sampling", "efektif-kurang", lang, **worth))
            return notes
        nearest = options.method == "krejcie-morgan" and options.rounding == "half-up"
        if nearest and self.adequate and Decimal(f"{self.margin * 100:.2f}") > target:
            notes.append(messages.text("sampling", "margin-pembulatan", lang, d=target))
        return notes

    def _reach_notes(self, lang: str) -> list[str]:
        if self.n == 0:
            return []
        method = messages.text("sampling", f"cara-{self.options.method}", lang)
        if self.max_population is None:
            return [messages.text("sampling", "berlaku-tanpa-batas", lang, cara=method, n=self.n)]
        return [messages.text("sampling", "berlaku-sampai", lang, cara=method, n=self.n, batas=self.max_population)]

    def _advice(self, lang: str) -> str:
        shown = labelled(self.size, lang)
        reached = [label for label, _, policy in shown if self.n >= policy.required]
        missing = [label for label, _, policy in shown if self.n < policy.required]
        if not missing:
            return messages.text("sampling", "tercapai", lang, n=self.n)
        if reached:
            more = max(policy.required for policy in self.policies) - self.n
            fill = {"n": self.n, "tercapai": reached, "belum": missing, "tambah": more}
            return messages.text("sampling", "tercapai-sebagian", lang, **fill)
        fill = {"n": self.n, "kurang": self.shortfall, "minimum": self.required}
        return messages.text("sampling", "belum-tercapai", lang, **fill)

    def __repr__(self) -> str:
        method = messages.text("sampling", f"cara-{self.options.method}")
        fill = {"n": self.n, "minimum": self.required, "N": self.population, "cara": method}
        if self.adequate:
            return messages.text("sampling", "ringkas-cukup", **fill)
        return messages.text("sampling", "ringkas-kurang", kurang=self.shortfall, **fill)

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()
