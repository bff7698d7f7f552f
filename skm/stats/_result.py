"""What every statistical result can do: a sentence, a table for people, a numeric frame, a JSON-ready mapping."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from skm.basics import messages
from skm.basics.arguments import as_number
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, Interval, plain
from skm.regulasi._kuesioner import Kuesioner

if TYPE_CHECKING:
    import pandas as pd

AREA = "statistik"
SCHEMA = "1"


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text of this area."""
    return messages.text(AREA, code, lang, **fields)


def note(kode: str, **bukti: Any) -> Finding:
    """Return something to be known about a result."""
    return Finding(kode, "catatan", AREA, bukti)


def caution(kode: str, **bukti: Any) -> Finding:
    """Return a doubt about a result."""
    return Finding(kode, "peringatan", AREA, bukti)


def group_name(label: Any, lang: str | None = None) -> str:
    """Return a group's label as people read it."""
    if isinstance(label, tuple):
        return " / ".join(group_name(part, lang) for part in label)
    return say("tidak-diisi", lang) if label is None else str(label)


def single(label: tuple[Any, ...]) -> Any:
    """Return the label itself where there is one key, else the tuple."""
    return label[0] if len(label) == 1 else label


def clean(value: float) -> Decimal:
    """Return a number with the digits it has: 4, not 4.0."""
    return Decimal(f"{value:.10g}")


def percent(level: float) -> Decimal:
    """Return a level such as 0.95 as a clean percentage."""
    return clean(level * 100)


def check_significance(value: float) -> None:
    """Refuse a level of significance outside 0 to 0.5."""
    if not 1e-9 <= as_number(value) < 0.5:
        raise OptionError("taraf-signifikansi", nilai=value)


def check_level(value: float) -> None:
    """Refuse a confidence level outside 0.5 to 1."""
    if not 0.5 <= as_number(value) <= 1 - 1e-9:
        raise OptionError("tingkat-interval", nilai=value)


def check_target(value: float) -> None:
    """Refuse a reliability to aim at outside 0 to 1."""
    if not 0 < as_number(value) < 1:
        raise OptionError("target-keandalan", nilai=value)


def read_figure(value: Any) -> tuple[float, float, int]:
    """Return index, standard error and respondents of what stands for a unit or a period.

    Raises
    ------
    DataError
        Not three numbers, or an error or a count below zero.
    """
    try:
        ikm, se, n = value
        found = float(ikm), float(se), int(n)
    except (TypeError, ValueError, OverflowError):
        raise DataError("kendali-bentuk") from None
    if found[1] < 0 or found[2] < 0 or math.isinf(found[0]) or math.isinf(found[1]):
        raise DataError("kendali-bentuk")
    return found


def undefined(level: float, method: str) -> Interval:
    """Return an interval without bounds."""
    return Interval(math.nan, math.nan, level, method)


class StatResult(ABC):
    """Base of all results of this package part. Sub-classes are frozen dataclasses.

    ``COLUMNS`` names the columns of the frame: key, kind and decimals shown to people. Keys never change with
    language.
    """

    __slots__ = ()

    JENIS: ClassVar[str]
    COLUMNS: ClassVar[tuple[TableColumn, ...]]
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner | None

    @abstractmethod
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """Return the values of the frame, row by row."""

    @abstractmethod
    def kalimat(self, lang: str | None = None) -> str:
        """Return the result as one plain sentence."""

    def extra(self) -> dict[str, Any]:
        """Return what the mapping holds besides the rows."""
        return {}

    def footnotes(self, lang: Lang) -> Iterable[str]:
        """Return the lines below the table, before the notes."""
        return ()

    def show(self, key: str, value: Any, lang: Lang) -> Any:
        """Return a value of a text column as people read it."""
        if key in ("unsur", "unsur_a", "unsur_b", "butir"):
            return self.name_of(str(value), lang)
        if key in ("kelompok", "kelompok_a", "kelompok_b"):
            return group_name(value, lang)
        code = f"kata-{value}"
        return say(code, lang) if isinstance(value, str) and messages.has(AREA, code) else value

    def name_of(self, key: str, lang: Lang) -> str:
        """Return the name people read for an unsur or a question."""
        if key == "ikm":
            return "IKM"
        if self.kuesioner is None:
            return key
        if key in self.kuesioner.unsur:
            return self.kuesioner.describe(key).short(lang)
        butir = next((b for b in self.kuesioner.butir if b.id == key), None)
        return key if butir is None else f"{self.kuesioner.describe(butir.unsur).short(lang)} ({key})"

    def table(self, lang: str | None = None) -> Table:
        """Return the result for people: names instead of ids, the notes below."""
        language = resolve_lang(lang)
        columns = tuple(TableColumn(c.key, say(f"kolom-{c.key}", language), c.kind, c.places) for c in self.COLUMNS)
        rows = tuple(
            tuple(
                self.show(c.key, value, language) if c.kind == "text" else value
                for c, value in zip(self.COLUMNS, row, strict=True)
            )
            for row in self.rows()
        )
        notes = (self.kalimat(language), *self.footnotes(language), *(f.text(language) for f in self.catatan))
        return Table(say(f"judul-{self.JENIS}", language), columns, rows, notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a numeric pandas frame: ids and codes, counts Int64, values float64 (NaN: undefined)."""
        return Table("", self.COLUMNS, tuple(self.rows())).to_frame()

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; undefined numbers are None, only the sentences depend on the language."""
        keys = [c.key for c in self.COLUMNS]
        return {
            "versi_skema": SCHEMA,
            "jenis": self.JENIS,
            **{key: plain(value) for key, value in self.extra().items()},
            "baris": [dict(zip(keys, (plain(v) for v in row), strict=True)) for row in self.rows()],
            "kalimat": self.kalimat(lang),
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def __repr__(self) -> str:
        return self.kalimat()

    def __str__(self) -> str:
        return self.table().to_text()

    def _repr_html_(self) -> str:
        return self.table().to_html()
