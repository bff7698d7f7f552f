"""Lazy frames of Spark, ibis and others, spoken to through narwhals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

import narwhals.stable.v2 as nw

from skm.answers.frames.remote import Kind, RelationalTable, Term

_NAMES = {"pyspark": "Spark", "pyspark_connect": "Spark Connect", "ibis": "ibis", "sqlframe": "SQLFrame"}


def open_lazy(data: Any) -> RelationalTable | None:
    """Return a table over a lazy frame that narwhals knows, or None where it knows none."""
    try:
        frame = nw.from_native(data)
    except TypeError:
        return None
    return LazyTable(frame) if isinstance(frame, nw.LazyFrame) else None


class LazyTable(RelationalTable):
    """A lazy frame."""

    def __init__(self, frame: nw.LazyFrame[Any], kinds: Mapping[str, Kind] | None = None) -> None:
        self.frame = frame
        name = str(frame.implementation).rpartition(".")[2].lower()
        self.mesin = _NAMES.get(name, name)
        self._nan = name != "ibis" or _backend(frame) != "sqlite"  # SQLite has no NaN, and no test for it
        # To ask for a schema has the engine analyse the whole plan; what is derived here is known.
        self.kinds: Mapping[str, Kind] = (
            {column: _kind(kind) for column, kind in frame.collect_schema().items()} if kinds is None else kinds
        )

    def value(self, column: str) -> Term:
        """Return a column."""
        term = nw.col(column)
        if self.kinds[column] not in ("pecahan", "desimal"):
            return term
        term = term.cast(nw.Float64)
        if not self._nan:
            return term
        return nw.when(~term.is_nan()).then(term)

    def key(self, column: str) -> Term:
        """Return a column as what groups are of."""
        return nw.col(column) if self.kinds[column] == "desimal" else self.value(column)

    def day(self, column: str) -> Term:
        """Return the day of a moment."""
        return nw.col(column).cast(nw.Date) if self.kinds[column] == "waktu" else self.value(column)

    def number(self, value: int) -> Term:
        """Return a whole number."""
        return nw.lit(value).cast(nw.Int64)

    def case(self, branches: Sequence[tuple[Term, Any]], otherwise: Any) -> Term:
        """Return the first branch whose condition holds."""
        last = self._term(otherwise)
        for condition, value in reversed(branches):
            then = nw.when(condition).then(self._term(value))
            last = then if last is None else then.otherwise(last)
        return last

    def _term(self, value: Any) -> Term:
        if isinstance(value, int):
            return self.number(value)
        return value

    def among(self, term: Term, values: Sequence[Any]) -> Term:
        """Return the condition that a term is one of some values; decimals by their digits, which no engine cuts."""
        if any(isinstance(value, Decimal) for value in values):
            return term.cast(nw.String).is_in([f"{value:f}" for value in values])
        return term == values[0] if len(values) == 1 else term.is_in(list(values))

    def missing(self, term: Term) -> Term:
        """Return the condition that a term is blank."""
        return term.is_null()

    def present(self, term: Term) -> Term:
        """Return the condition that a term is not blank."""
        return ~term.is_null()

    def every(self, conditions: Sequence[Term]) -> Term:
        """Return the condition that all hold."""
        return reduce(and_, conditions)

    def total(self, term: Term) -> Term:
        """Return the sum of a term."""
        return term.sum()

    def filled(self, term: Term) -> Term:
        """Return how many rows are not blank."""
        return term.count()

    def largest(self, term: Term) -> Term:
        """Return the largest value of a term."""
        return term.max()

    def smallest(self, term: Term) -> Term:
        """Return the smallest value of a term."""
        return term.min()

    def size(self) -> Term:
        """Return how many rows a group has."""
        return nw.len()

    def chosen(self, columns: Mapping[str, Term]) -> LazyTable:
        """Return the table with these columns only."""
        return LazyTable(self.frame.select(**columns), _derived(columns))

    def where(self, condition: Term) -> LazyTable:
        """Return the rows for which a condition holds."""
        return LazyTable(self.frame.filter(condition), self.kinds)

    def grouped(self, keys: Sequence[str], columns: Mapping[str, Term]) -> LazyTable:
        """Return one row per combination of the keys."""
        if not keys:
            return LazyTable(self.frame.select(**columns), _derived(columns))
        return LazyTable(self.frame.group_by(*keys).agg(**columns), _derived([*keys, *columns]))

    def fetch(self, limit: int | None = None) -> list[Sequence[Any]]:
        """Bring the rows home."""
        frame = self.frame if limit is None else self.frame.head(limit)
        home = frame.collect(backend="pyarrow")
        return [_listed(home[name]) for name in home.columns]


def _kind(kind: Any) -> Kind:
    if kind.is_integer():
        return "bulat"
    if kind.is_decimal():
        return "desimal"
    if kind.is_numeric():
        return "pecahan"
    if kind == nw.String:
        return "teks"
    if kind == nw.Boolean:
        return "logika"
    if kind == nw.Date:
        return "hari"
    return "waktu" if kind == nw.Datetime else "lain"


def _listed(series: nw.Series[Any]) -> list[Any]:
    """Return the values as Python objects; numbers without blanks at once."""
    whole = series.dtype.is_integer() and not series.null_count()
    values: list[Any] = series.to_numpy().tolist() if whole else series.to_list()
    return values


def _derived(names: Iterable[str]) -> dict[str, Kind]:
    return dict.fromkeys(names, "lain")


def _backend(frame: nw.LazyFrame[Any]) -> str:
    native: Any = frame.to_native()
    return str(native.get_backend().name)
