"""The least number of respondents for a population."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.numbers import resolve_lang, round_half_up
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.sampling._formula import krejcie_morgan
from skm.sampling._methods import RULES, DerivationStep, SamplingPolicy, policies
from skm.sampling._options import TABLES, ChiSquare, Count, Method, Rounding, SamplingOptions, Share
from skm.sampling._printed import Row, cited, printed

if TYPE_CHECKING:
    import pandas as pd


def sample_size(
    population: Count,
    *,
    method: Method = "krejcie-morgan",
    level: Share = 0.95,
    margin: Share = 0.05,
    p: Share = 0.5,
    rounding: Rounding | None = None,
    chi2: ChiSquare | None = None,
) -> SampleSize:
    """Return the least number of respondents for a population, with its derivation.

    The default is the formula of the regulation, ``n = X N P Q / (d^2 (N - 1) + X P Q)``, computed exactly and
    rounded to the nearest whole number: it equals every one of the 90 printed rows.

    Parameters
    ----------
    population : int, float, Decimal or str
        N, the number of people served in the period of the survey. ``"3.441"`` is 3441.
    method : {"krejcie-morgan", "tabel-bawah", "tabel-atas", "cochran", "slovin"}
        The formula, or the printed table with the row below or above an N between two rows. Below the first row
        (N < 10) there is no row below: everybody is asked. Above the last row (N > 1 000 000) there is no row above:
        the last row is used, 384, which is also the limit of the formula. ``"tabel-atas"`` never exceeds N.
        Cochran's formula with the finite population correction is the same formula with the exact quantile,
        rounded up. Slovin's, N / (1 + N e^2), is that with z = 2 and P = 0.5, always; the regulation knows neither.
    level : float, Decimal, Fraction or str
        Confidence level as a part of one (0.95) or with a percent sign ("95%").
    margin : float, Decimal, Fraction or str
        d, the half-width of the interval of a proportion, in the same notation. The regulation prints it as "0,0",
        a slip; its table agrees with 0.05.
    p : float, Decimal, Fraction or str
        P, the share that is estimated; 0.5 needs the largest sample.
    rounding : {"half-up", "ceil"}
        Nearest whole number, as in the table, or upwards. Default: nearest; upwards for Cochran and Slovin.
    chi2 : {"tabel", "exact"}
        Chi-square with one degree of freedom: 2.706, 3.841 and 6.635 for 0.90, 0.95 and 0.99 as in printed
        tables, or the unrounded quantile for any level. Default: as in tables; exact for Cochran.

    Returns
    -------
    SampleSize
        ``n``, the derivation in ``steps``, and the printed rows around N.

    Raises
    ------
    OptionError
        N is not a whole number from 1, an option has no such choice, or a share is ambiguous or out of range.

    References
    ----------
    PermenPANRB 14/2017, hlm. 16-18 and Lampiran II, hlm. 25-26. R. V. Krejcie and D. W. Morgan, "Determining sample
    size for research activities", Educational and Psychological Measurement 30 (1970) 607-610.

    Examples
    --------
    >>> sample_size(3441).n
    346
    >>> sample_size("3.441", method="tabel-bawah").n
    341
    >>> sample_size(3441, level="99%", chi2="exact", rounding="ceil").n
    557
    """
    size = read_count(population, "N", minimum=1)
    return compute_size(
        size, SamplingOptions.read(method=method, level=level, margin=margin, p=p, rounding=rounding, chi2=chi2)
    )


@dataclass(frozen=True, slots=True, repr=False)
class SampleSize:
    """The least number of respondents, and how it came about.

    Attributes
    ----------
    n : int
        Least number of respondents under ``options.method``.
    population : int
        N.
    options : SamplingOptions
        Everything that can change ``n``.
    exact : Fraction
        The formula before rounding, whatever the method.
    policies : tuple of SamplingPolicy
        Formula, row below and row above side by side (the formula alone where the printed table does not apply),
        and the method in use where it is another.
    steps : tuple of DerivationStep
        The derivation of ``n``, line by line; ``str(step)`` or ``step.text(lang)`` words it.
    """

    n: int
    population: int
    options: SamplingOptions
    exact: Fraction
    policies: tuple[SamplingPolicy, ...]
    steps: tuple[DerivationStep, ...]

    @property
    def row_below(self) -> Row | None:
        """Largest printed row not above N; None below the first row, or where the table does not apply."""
        return printed().below(self.population) if self.options.comparable else None

    @property
    def row_above(self) -> Row | None:
        """Smallest printed row not below N; None above the last row, or where the table does not apply."""
        return printed().above(self.population) if self.options.comparable else None

    def table(self, lang: str | None = None) -> Table:
        """Return the methods side by side, with the derivation and what the regulation says, for people."""
        language = resolve_lang(lang)
        say = messages.text
        return Table(
            title=say("sampling", "judul-ukuran", language, N=self.population, n=self.n),
            columns=(
                TableColumn("method", say("sampling", "kolom-cara", language)),
                TableColumn("row_population", say("sampling", "kolom-baris", language), "count"),
                TableColumn("required", say("sampling", "kolom-minimum", language), "count"),
            ),
            rows=tuple(
                (mark(label, chosen, language), row_population(self, policy), policy.required)
                for label, chosen, policy in labelled(self, language)
            ),
            notes=(*(step.text(language) for step in self.steps), *rule_notes(self, language)),
            lang=language,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per method: method, chosen, population, row_population, required."""
        columns = (
            TableColumn("method", "", "text"),
            TableColumn("chosen", "", "text"),
            TableColumn("population", "", "count"),
            TableColumn("row_population", "", "count"),
            TableColumn("required", "", "count"),
        )
        rows = tuple(
            (
                p.method,
                p.method == self.options.method,
                self.population,
                p.row.population if p.row else None,
                p.required,
            )
            for p in self.policies
        )
        return Table("", columns, rows).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; only the wording of the steps depends on the language."""
        return {
            "n": self.n,
            "population": self.population,
            "exact": format(round_half_up(self.exact, 6), "f"),
            "chi_square": format(self.options.chi_square, "f"),
            "row_below": list(self.row_below) if self.row_below else None,
            "row_above": list(self.row_above) if self.row_above else None,
            "policies": {policy.method: policy.required for policy in self.policies},
            "options": self.options.to_dict(),
            "steps": [{"kode": step.kode, "pesan": step.text(lang)} for step in self.steps],
        }

    def __repr__(self) -> str:
        return messages.text("sampling", "judul-ukuran", N=self.population, n=self.n)

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def compute_size(population: int, options: SamplingOptions) -> SampleSize:
    """Return the sample size for values that were already read and checked."""
    rule = RULES[options.method]
    return SampleSize(
        n=rule.required(population, options),
        population=population,
        options=options,
        exact=krejcie_morgan(population, options.chi_square, options.margin, options.p),
        policies=policies(population, options),
        steps=rule.steps(population, options),
    )


def labelled(size: SampleSize, lang: str) -> list[tuple[str, bool, SamplingPolicy]]:
    """Return label, whether chosen, and policy of each method; the two rows are one where N is a printed row."""
    say, used = messages.text, size.options.method
    if size.row_below is None or size.row_below != size.row_above:
        return [(say("sampling", f"cara-{p.method}", lang), p.method == used, p) for p in size.policies]
    formula, row, _, *others = size.policies
    return [
        (say("sampling", f"cara-{formula.method}", lang), formula.method == used, formula),
        (say("sampling", "cara-tabel-tepat", lang), used in TABLES, row),
        *((say("sampling", f"cara-{p.method}", lang), p.method == used, p) for p in others),
    ]


def mark(label: str, chosen: bool, lang: str) -> str:
    """Return the label, marked where it is the method in use."""
    return messages.text("sampling", "dipakai", lang, cara=label) if chosen else label


def row_population(size: SampleSize, policy: SamplingPolicy) -> int | None:
    """Return the N that a method answers for: the population itself, or that of the printed row."""
    if policy.method not in TABLES:
        return size.population
    return policy.row.population if policy.row else None


def rule_notes(size: SampleSize, lang: str) -> list[str]:
    """Return what the regulation says about the choice of method, and the question which period N covers."""
    table = printed()
    below, above = size.row_below, size.row_above
    fill: dict[str, Any] = {"aturan": cited(table.aturan, lang), "acuan": cited(table.acuan, lang)}
    if not size.options.comparable:
        code = "dasar-tanpa-tabel"
    elif below is None or above is None:
        code = "dasar-di-luar-tabel"
        fill |= {"awal": table.rows[0].population, "akhir": table.rows[-1].population}
    elif below == above:
        code = "dasar-pada-baris"
        fill |= {"N": size.population}
    else:
        code = "dasar-di-antara-baris"
    return [
        messages.text("sampling", code, lang, **fill),
        messages.text("sampling", "periode", lang, N=size.population),
    ]
