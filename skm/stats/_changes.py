"""Changes of many units between two surveys at once: Holm's adjustment, so that one false alarm in many is not news."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from skm.basics.errors import DataError
from skm.basics.progress import walked
from skm.basics.table import TableColumn
from skm.basics.values import Finding
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._intervals import GroupIntervals
from skm.stats._periods import Change, Variance, difference
from skm.stats._ranks import holm
from skm.stats._result import StatResult, caution, group_name, note, percent, say


@dataclass(frozen=True, slots=True)
class TestedChange:
    """One unit: index before and after, the change, and p adjusted over all units."""

    label: Any
    n_first: int
    n_second: int
    first: float
    second: float
    change: Change
    p_holm: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Changes(StatResult):
    """Changes of all units that both surveys have.

    Attributes
    ----------
    units : tuple of TestedChange
        In the order of the second survey.
    level : float
        Confidence that no unit is wrongly said to have changed.
    """

    JENIS: ClassVar[str] = "perubahan-unit"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("kelompok", "", "text"),
        TableColumn("n_first", "", "count"),
        TableColumn("n_second", "", "count"),
        TableColumn("first", "", "decimal", 2),
        TableColumn("second", "", "decimal", 2),
        TableColumn("difference", "", "decimal", 2),
        TableColumn("low", "", "decimal", 2),
        TableColumn("high", "", "decimal", 2),
        TableColumn("p", "", "probability", 4),
        TableColumn("p_holm", "", "probability", 4),
        TableColumn("alasan", "", "text"),
    )

    units: tuple[TestedChange, ...]
    kunci: str
    level: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    @property
    def changed(self) -> tuple[TestedChange, ...]:
        """Units whose change is more than chance, all units considered."""
        return tuple(u for u in self.units if u.p_holm < 1 - self.level)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row a unit."""
        return [
            (
                u.label, u.n_first, u.n_second, u.first, u.second, u.change.difference, u.change.interval.low,
                u.change.interval.high, u.change.p, u.p_holm, u.change.alasan,
            )
            for u in self.units
        ]  # fmt: skip

    def kalimat(self, lang: str | None = None) -> str:
        """Return which units changed, as one sentence."""
        tested = [u for u in self.units if not math.isnan(u.p_holm)]
        fill: dict[str, Any] = {"semua": len(tested), "kunci": self.kunci, "persen": percent(self.level)}
        if not tested:
            return say("perubahan-unit-takada", lang, **fill)
        if not self.changed:
            return say("perubahan-unit-nol", lang, **fill)
        parts = []
        for code, sign in (("unit-naik", 1), ("unit-turun", -1)):
            names = [group_name(u.label, lang) for u in self.changed if u.change.difference * sign > 0]
            if names:
                shown = names if len(names) <= 8 else [*names[:8], "..."]
                parts.append(say(code, lang, banyak=len(names), unit=shown))
        return say("perubahan-unit", lang, banyak=len(self.changed), rincian="; ".join(parts), **fill)

    def extra(self) -> dict[str, Any]:
        """Return the level and the units that changed."""
        return {"kunci": self.kunci, "level": self.level, "berubah": [group_name(u.label) for u in self.changed]}


def unit_changes(
    first: GroupIntervals, second: GroupIntervals, *, level: float = 0.95, variance: Variance = "otomatis"
) -> Changes:
    """Compare every unit of two surveys, and adjust p over all of them by Holm.

    Parameters
    ----------
    first, second : GroupIntervals
        Results of `mean_interval` by the same key.
    level : float
        Confidence that no unit is wrongly said to have changed.
    variance
        As in `difference`.

    Raises
    ------
    DataError
        No unit is in both.
    """
    common = [label for label in second if label in first and label is not None]
    if not common:
        raise DataError("tanpa-unit-bersama", kolom=second.kunci)
    found, lent = [], 0
    for label in walked(common):
        a, b = first[label], second[label]
        d = difference(a, b, level=level, variance=variance)
        lent += any(f.kode == "selisih-ragam-pinjaman" for f in d.catatan)
        found.append((label, a, b, d.ikm))
    adjusted = holm([change.p for *_, change in found])
    units = tuple(
        TestedChange(label, a.ikm.n, b.ikm.n, a.ikm.estimate, b.ikm.estimate, change, q)
        for (label, a, b, change), q in zip(found, adjusted, strict=True)
    )
    notes: list[Finding] = [note("selisih-saling-bebas"), note("perubahan-unit-interval")]
    if lent:
        notes.append(note("perubahan-unit-ragam", banyak=lent))
    lonely = [group_name(x) for x in (*first, *second) if x is not None and not (x in first and x in second)]
    if lonely:
        notes.append(caution("perubahan-unit-sendiri", kelompok=list(dict.fromkeys(lonely))))
    return Changes(units, second.kunci, level, tuple(notes), second.kuesioner)
