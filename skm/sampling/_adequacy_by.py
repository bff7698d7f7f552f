"""Whether every service, group or unit has enough respondents, with a population table in one call."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.arguments import as_mapping
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.table import Table, TableColumn
from skm.basics.values import plain
from skm.counts.hitungan import Hitungan
from skm.sampling._formula import proportion_margin
from skm.sampling._methods import RULES
from skm.sampling._options import ChiSquare, Count, Method, Rounding, SamplingOptions, Share
from skm.sampling._texts import group_name, say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class AdequacyRow:
    """One group. ``alasan`` says why a margin is missing, as a code; empty where it is not."""

    label: Any
    n: int
    population: int
    required: int
    margin: float
    alasan: str = ""
    deff: float = 1.0

    @property
    def n_effective(self) -> float:
        """Respondents of a simple random sample that carry the same information."""
        return self.n / self.deff

    @property
    def shortfall(self) -> int:
        """Respondents missing to the minimum."""
        return max(0, self.required - self.n)

    @property
    def adequate(self) -> bool:
        """Whether n reaches the minimum."""
        return self.n >= self.required


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AdequacyTable(Mapping[Any, AdequacyRow]):
    """Adequacy of every group and of the whole; a mapping from label to row."""

    groups: Mapping[Any, AdequacyRow]
    total: AdequacyRow
    options: SamplingOptions

    def __getitem__(self, label: Any) -> AdequacyRow:
        return self.groups[label]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def short(self) -> tuple[Any, ...]:
        """Labels of the groups below their minimum, the largest shortfall first."""
        lacking = [row for row in self.groups.values() if not row.adequate]
        return tuple(row.label for row in sorted(lacking, key=lambda row: -row.shortfall))

    def kalimat(self, lang: str | None = None) -> str:
        """Return how many groups have enough, as one sentence."""
        enough = sum(row.adequate for row in self.groups.values())
        whole = say(
            "seluruh-cukup" if self.total.adequate else "seluruh-kurang",
            lang,
            n=self.total.n,
            minimum=self.total.required,
            kurang=self.total.shortfall,
        )
        if enough == len(self.groups):
            return say("kecukupan-semua", lang, banyak=len(self.groups), seluruh=whole)
        names = [group_name(label, lang) for label in self.short]
        shown = names if len(names) <= 8 else [*names[:8], "..."]
        return say("kecukupan-sebagian", lang, cukup=enough, banyak=len(self.groups), daftar=shown, seluruh=whole)

    def table(self, lang: str | None = None) -> Table:
        """Return one row a group and the whole, for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("kelompok", say("kolom-kelompok", language)),
            TableColumn("n", "n", "count"),
            TableColumn("population", "N", "count"),
            TableColumn("required", say("kolom-minimum", language), "count"),
            TableColumn("shortfall", say("kolom-kurang", language), "count"),
            TableColumn("margin", say("kolom-margin", language), "decimal", 2),
            TableColumn("alasan", say("kolom-keterangan", language)),
        )
        rows = tuple(
            (
                say("seluruh", language) if row is self.total else group_name(row.label, language),
                row.n, row.population, row.required, row.shortfall, row.margin * 100,
                say(f"alasan-{row.alasan}", language) if row.alasan else "",
            )
            for row in (*self.groups.values(), self.total)
        )  # fmt: skip
        level = (self.options.level * 100).normalize()
        method = messages.text("sampling", f"cara-{self.options.method}", language)
        notes = (
            self.kalimat(language),
            say("kecukupan-cara", language, cara=method, level=level),
            say("kecukupan-bukan-aturan", language),
            *((say("kecukupan-efek", language),) if any(r.deff != 1 for r in self.groups.values()) else ()),
        )
        return Table(say("judul-kecukupan", language), columns, rows, notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group: kelompok, n, population, required, shortfall, adequate, margin, alasan."""
        columns = (
            TableColumn("kelompok", ""),
            *(TableColumn(key, "", "count") for key in ("n", "population", "required", "shortfall")),
            TableColumn("adequate", ""),
            TableColumn("margin", "", "decimal"),
            TableColumn("alasan", ""),
        )
        rows = tuple(
            (r.label, r.n, r.population, r.required, r.shortfall, r.adequate, r.margin, r.alasan)
            for r in self.groups.values()
        )
        return Table("", columns, rows).to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping."""

        def one(row: AdequacyRow) -> dict[str, Any]:
            return {
                "kelompok": plain(row.label), "n": row.n, "population": row.population, "required": row.required,
                "shortfall": row.shortfall, "adequate": row.adequate, "margin": plain(row.margin), "alasan": row.alasan,
                "deff": row.deff,
            }  # fmt: skip

        return {
            "options": self.options.to_dict(),
            "groups": [one(r) for r in self.groups.values()],
            "total": one(self.total),
        }

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def adequacy_by(
    n: Mapping[Any, Count] | Hitungan,
    population: Mapping[Any, Count],
    *,
    method: Method = "krejcie-morgan",
    level: Share = 0.95,
    margin: Share = 0.05,
    p: Share = 0.5,
    rounding: Rounding | None = None,
    chi2: ChiSquare | None = None,
    deff: Any = 1,
) -> AdequacyTable:
    """Tell for every service, group or unit whether its respondents are enough, and for the whole.

    Parameters
    ----------
    n : mapping or Hitungan
        Group -> respondents reached, or counts divided by one key.
    population : mapping
        Group -> N, one entry for every group (a pandas Series works). A group without respondents counts with n = 0.
    method, level, margin, p, rounding, chi2
        As in `adequacy`.
    deff : number or mapping
        Design effect of every group, or group -> its own; the margins allow for it.

    Raises
    ------
    DataError
        Groups without N; all are named.

    Notes
    -----
    A minimum for every group is stricter than a minimum for the whole; the regulation asks for neither by service.
    More respondents than people (repeat visits) is told in the row, without a margin, and stops nothing.

    Examples
    --------
    >>> a = adequacy_by({"KTP": 100, "KK": 30}, {"KTP": 130, "KK": 40, "Akta": 25})
    >>> a.short, a["KTP"].adequate
    (('Akta', 'KK'), True)
    """
    options = SamplingOptions.read(method=method, level=level, margin=margin, p=p, rounding=rounding, chi2=chi2)
    if isinstance(n, Hitungan):
        reached = {label[0] if len(label) == 1 else label: int(k) for label, k in zip(n.label, n.n, strict=True)}
    else:
        reached = {label: read_count(k, str(label)) for label, k in as_mapping(n, "n").items()}
    given = population.to_dict() if hasattr(population, "to_dict") else population
    sizes = {label: read_count(k, str(label), minimum=1) for label, k in as_mapping(given, "population").items()}
    lost = [group_name(label, None) for label, k in reached.items() if label not in sizes and k > 0]
    if lost:
        raise DataError("populasi-strata-hilang", kolom="population", strata=lost)
    effects = _effects(deff, sizes)
    rows = {label: _row(label, reached.get(label, 0), size, options, effects[label]) for label, size in sizes.items()}
    if not rows:
        raise DataError("kurang-kelompok", kolom="population", banyak=0)
    n_all, worth = sum(r.n for r in rows.values()), sum(r.n_effective for r in rows.values())
    total = _row(None, n_all, sum(sizes.values()), options, n_all / worth if worth else 1.0)
    return AdequacyTable(MappingProxyType(rows), total, options)


def _effects(deff: Any, sizes: Mapping[Any, int]) -> dict[Any, float]:
    """Return the design effect of every group."""
    if hasattr(deff, "to_dict"):
        deff = deff.to_dict()
    if isinstance(deff, Mapping):
        if lost := [group_name(label, None) for label in sizes if label not in deff]:
            raise DataError("populasi-strata-hilang", kolom="deff", strata=lost)
        given = {label: float(read_decimal(deff[label], f"deff {label}")) for label in sizes}
    else:
        given = dict.fromkeys(sizes, float(read_decimal(deff, "deff")))
    if bad := [effect for effect in given.values() if effect <= 0]:
        raise OptionError("harus-positif", untuk="deff", nilai=bad[0])
    return given


def _row(label: Any, n: int, size: int, options: SamplingOptions, deff: float) -> AdequacyRow:
    required = RULES[options.method].required(size, options)
    if n > size:
        return AdequacyRow(label, n, size, required, math.nan, "melebihi", deff)
    margin = proportion_margin(n, size, options.level, options.p) * math.sqrt(deff)
    reason = "tanpa-responden" if n == 0 else "sensus" if n == size else ""
    return AdequacyRow(label, n, size, required, margin, reason, deff)
