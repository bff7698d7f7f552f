"""What a recap says of all units together: ranks, grades, lowest unsur, changes, samples, follow-up."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from skm.basics.numbers import Lang, format_decimal, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.regulasi import Unsur, load
from skm.report.compilation.recap import Recap, RecapRow, level_name, mean_of, say
from skm.stats._periods import change_of_estimates
from skm.stats._rank_estimates import rank_estimates
from skm.stats._ranks import holm
from skm.stats._units import UnitRank, Units

SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit against the period before: the difference, and whether chance would do; None where that is not known."""

    baris: RecapRow
    selisih: Decimal
    p: float | None

    @property
    def arti(self) -> str:
        """Whether it went up or down, may be chance, or cannot be told: a code."""
        if self.p is None:
            return "tak-diketahui"
        if self.p >= SIGNIFICANCE:
            return "kebetulan"
        return "naik" if self.selisih > 0 else "turun"


def ranks(recap: Recap) -> Units | None:
    """Return the ranks of the units, or None where there are fewer than two."""
    estimates = recap.estimates()
    return rank_estimates(estimates) if len(estimates) > 1 else None


def changes(recap: Recap) -> tuple[UnitChange, ...]:
    """Return the changes since the period before; p of all units together (Holm), so that few are by chance."""
    rows = [r for r in recap.dihitung if r.lalu is not None and r.ikm is not None]
    adjusted = holm([_chance(row) for row in rows])
    return tuple(
        UnitChange(row, (row.ikm or Decimal(0)) - (row.lalu or Decimal(0)), None if math.isnan(p) else p)
        for row, p in zip(rows, adjusted, strict=True)
    )


def _chance(row: RecapRow) -> float:
    """Return how often chance alone would give such a change; NaN where too little is known of either period."""
    before, now = (row.lalu_n, row.lalu, row.lalu_ragam, row.lalu_df), (row.n, row.ikm, row.ragam, row.df)
    known = [
        (n, float(ikm), variance, df)
        for n, ikm, variance, df in (before, now)
        if n is not None and n > 1 and ikm is not None and variance is not None and df is not None and df > 0
    ]
    if len(known) < 2:
        return math.nan
    return change_of_estimates(*known, level=1 - SIGNIFICANCE, ends=_ends(row)).p


def _ends(row: RecapRow) -> tuple[float, float]:
    """Return the least and the most that an index can be under the rule of the unit."""
    low, high = (row.regulasi if row.regulasi is not None else load()).batas_ikm
    return float(low), float(high)


def grades(recap: Recap) -> list[tuple[str, str, int]]:
    """Return letter, word and how many units have it, best first, for each regulation's letters together."""
    rules = {r.regulasi.id: r.regulasi for r in recap.dihitung if r.regulasi is not None}
    found = Counter(r.mutu for r in recap.dihitung)
    out: dict[str, str] = {}
    for rule in rules.values():
        for grade in reversed(rule.kategori):
            out.setdefault(grade.mutu, grade.word("id"))
    return [(letter, word, found.get(letter, 0)) for letter, word in out.items()]


def lowest_counts(recap: Recap) -> list[tuple[Unsur, int, int, Decimal | None]]:
    """Return per unsur how often it is a unit's very lowest, how often a priority, and the plain mean of the units.

    Ties count for all that tie. Most often lowest first.
    """
    out = []
    for unsur in recap.unsur:
        means = {r.unit: mean_of(r, unsur.id) for r in recap.dihitung}
        known = [m for m in means.values() if m is not None]
        least = sum(1 for r in recap.dihitung if unsur.id in _lowest(recap, r))
        first = sum(1 for r in recap.dihitung if any(u.id == unsur.id for u in r.prioritas))
        mean = sum(known, Decimal(0)) / len(known) if known else None
        out.append((unsur, least, first, mean))
    return sorted(out, key=lambda row: (-row[1], -row[2], row[3] if row[3] is not None else Decimal(9)))


def _lowest(recap: Recap, row: RecapRow) -> set[str]:
    if row.hasil is None:
        return set()
    exact = {u.id: row.hasil.unsur[u.id].nrr for u in recap.unsur if mean_of(row, u.id) is not None}
    least = min(exact.values(), default=None)
    return {key for key, value in exact.items() if value == least}


def rank_table(recap: Recap, lang: str | None = None, made: Units | None = None) -> Table:
    """Return rank, unit, respondents, index, letter, interval and range of ranks; units without a rank below."""
    language = resolve_lang(lang)
    rows = {r.unit: r for r in recap.dihitung}
    made = ranks(recap) if made is None else made
    columns = _columns(language, ("rank", "count"), ("unit", "text"), ("n", "count"), ("ikm", "decimal"),
                       ("kategori", "text"), ("selang", "text"), ("rentang", "text"), ("bukti", "text"))  # fmt: skip
    body = []
    for unit in made.units if made is not None else ():
        row = rows[unit.label]
        body.append((
            unit.rank, row.unit, row.n, row.ikm, row.kategori(language), _interval(unit, _ends(row), language),
            _range(unit), say(f"bukti-{row.bukti}", language) if row.bukti else "-",
        ))  # fmt: skip
    if made is None:
        body = [(None, r.unit, r.n, r.ikm, r.kategori(language), "-", "-", "-") for r in recap.dihitung]
    notes = []
    if made is not None:
        lent = [f.text(language) for f in made.catatan if f.kode == "peringkat-ragam-bersama"]
        notes = [made.kalimat(language), say("cara-selang", language), *lent]
    return Table(say("judul-peringkat", language), columns, tuple(body), tuple(notes), language)


def _interval(unit: UnitRank, ends: tuple[float, float], lang: Lang) -> str:
    low, high = unit.interval.low, unit.interval.high
    if math.isnan(low):
        return "-"
    return f"{format_decimal(max(low, ends[0]), 2, lang)} - {format_decimal(min(high, ends[1]), 2, lang)}"


def _range(unit: UnitRank) -> str:
    if unit.rank_low is None or unit.rank_high is None:
        return "-"
    return str(unit.rank_low) if unit.rank_low == unit.rank_high else f"{unit.rank_low} - {unit.rank_high}"


def unsur_table(recap: Recap, lang: str | None = None) -> Table:
    """Return how often each unsur is a unit's lowest, and its plain mean over units."""
    language = resolve_lang(lang)
    columns = _columns(language, ("unsur", "text"), ("terendah", "count"), ("prioritas", "count"), ("nrr", "decimal"))
    rows = tuple((u.name(language), least, first, mean) for u, least, first, mean in lowest_counts(recap))
    return Table(say("judul-unsur", language), columns, rows, (say("cara-unsur", language),), language)


def grade_table(recap: Recap, lang: str | None = None) -> Table:
    """Return how many units have each letter."""
    language = resolve_lang(lang)
    columns = _columns(language, ("mutu", "text"), ("kinerja", "text"), ("banyak", "count"), ("bagian", "decimal"))
    whole = len(recap.dihitung)
    rule = next((r.regulasi for r in recap.dihitung if r.regulasi is not None), None)
    words = {} if rule is None else {g.mutu: g.word(language) for g in rule.kategori}
    rows = tuple(
        (letter, words.get(letter, word), count, Decimal(count * 100) / whole if whole else None)
        for letter, word, count in grades(recap)
    )
    return Table(say("judul-mutu", language), columns, rows, (), language)


def means_table(recap: Recap, lang: str | None = None) -> Table:
    """Return the means of all unsur, one row a unit, the unsur by their numbers; their names in the notes."""
    language = resolve_lang(lang)
    codes = [f"U{i}" for i in range(1, len(recap.unsur) + 1)]
    columns = (
        TableColumn("unit", say("kolom-unit", language)),
        *(TableColumn(u.id, code, "decimal", 2) for code, u in zip(codes, recap.unsur, strict=True)),
        TableColumn("ikm", "IKM", "decimal", 2),
    )
    rows = tuple((r.unit, *(mean_of(r, u.id) for u in recap.unsur), r.ikm) for r in recap.dihitung)
    names = "; ".join(f"{code} {u.name(language)}" for code, u in zip(codes, recap.unsur, strict=True))
    return Table(say("judul-nrr", language), columns, rows, (names,), language)


def change_table(recap: Recap, lang: str | None = None) -> Table | None:
    """Return the changes since the period before, largest fall first; None where that period is not known."""
    language = resolve_lang(lang)
    found = sorted(changes(recap), key=lambda c: c.selisih)
    if not found:
        return None
    columns = _columns(language, ("unit", "text"), ("lalu", "decimal"), ("ikm", "decimal"), ("selisih", "decimal"),
                       ("arti", "text"))  # fmt: skip
    rows = tuple((c.baris.unit, c.baris.lalu, c.baris.ikm, c.selisih, say(f"arti-{c.arti}", language)) for c in found)
    return Table(say("judul-perubahan", language), columns, rows, (say("cara-perubahan", language),), language)


def sample_table(recap: Recap, lang: str | None = None) -> Table:
    """Return population, minimum, respondents and what is short, unit by unit."""
    language = resolve_lang(lang)
    columns = _columns(language, ("unit", "text"), ("populasi", "count"), ("minimum", "count"), ("n", "count"),
                       ("kurang", "count"), ("cukup", "text"))  # fmt: skip
    rows = []
    for r in recap.dihitung:
        known = r.minimum is not None and r.n is not None
        short = max(0, (r.minimum or 0) - (r.n or 0)) if known else None
        word = "tak-diketahui" if short is None else "cukup" if short == 0 else "kurang"
        rows.append((r.unit, r.populasi, r.minimum, r.n, short, say(f"sampel-{word}", language)))
    return Table(say("judul-sampel", language), columns, tuple(rows), (say("cara-sampel", language),), language)


def follow_up_table(recap: Recap, lang: str | None = None) -> Table | None:
    """Return actions planned and done; None where the list says nothing of them."""
    language = resolve_lang(lang)
    rows = [r for r in recap.baris if r.rtl_rencana is not None and r.status not in ("salinan",)]
    if not rows:
        return None
    columns = _columns(language, ("unit", "text"), ("rtl_rencana", "count"), ("rtl_selesai_n", "count"),
                       ("rtl_selesai", "decimal"))  # fmt: skip
    seen = {r.unit: (r.unit, r.rtl_rencana, r.rtl_selesai, r.rtl_bagian) for r in rows}
    return Table(say("judul-rtl", language), columns, tuple(seen.values()), (), language)


def sources_table(recap: Recap, lang: str | None = None) -> Table:
    """Return every row with its source, status and evidence: who sent what, and what became of it."""
    language = resolve_lang(lang)
    columns = _columns(language, ("unit", "text"), ("status", "text"), ("bukti", "text"), ("periode", "text"),
                       ("sumber", "text"))  # fmt: skip
    rows = tuple(
        (
            r.unit,
            say(f"status-{r.status}", language),
            say(f"bukti-{r.bukti}", language) if r.bukti else "-",
            r.periode or "-",
            r.sumber or "-",
        )
        for r in recap.baris
    )
    return Table(say("judul-sumber", language), columns, rows, (), language)


def profile_table(recap: Recap, lang: str | None = None) -> Table | None:
    """Return respondents by characteristic over all units that tell; None where none does."""
    language = resolve_lang(lang)
    levels = recap.levels()
    if not levels:
        return None
    columns = _columns(language, ("ciri", "text"), ("tingkat", "text"), ("n", "count"), ("banyak", "count"))
    rows = []
    for key, level in levels:
        counts = [dict(r.profil[key]).get(level, 0) for r in recap.dihitung if key in r.profil]
        rows.append((say(f"ciri-{key}", language), level_name(key, level, language), sum(counts), len(counts)))
    return Table(say("judul-profil", language), columns, tuple(rows), (), language)


def _columns(lang: Lang, *parts: tuple[str, Any]) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(key, "IKM" if key == "ikm" else say(f"kolom-{key.replace('_', '-')}", lang), kind, 2)
        for key, kind in parts
    )
