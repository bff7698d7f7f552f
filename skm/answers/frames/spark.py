"""Frames of Spark, classic and Connect, spoken to in Spark's own SQL.

Terms are texts, and so is all that is asked: Spark parses and plans it once, where a question built of objects costs a
call into the Java machine for each of its thousands of parts, and a look at the whole plan for each of its steps. What
is counted, and how, is said elsewhere, as for every other engine.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from numpy.typing import NDArray

from skm.answers.frames.remote import Kind, RelationalTable, whole
from skm.basics.errors import DataError

_SAMPLE = 512  # rows looked at to see whether groups are many
_SMALL, _SHORT = 5 << 20, 3 << 19  # bytes or rows of a table whose groups are taken for small without a look, a job
_READING = frozenset({"Project", "Filter", "Relation", "RelationV2", "LocalRelation", "Range"})
_HELD = "InMemoryRelation"


@dataclass(frozen=True, slots=True, eq=False)
class Sql:
    """An expression of Spark SQL; ``narrow`` where it is a whole number of at most 32 bits."""

    text: str
    narrow: bool = False

    def __add__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} + {other.text})")

    def __sub__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} - {other.text})")

    def __mul__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} * {other.text})")

    def __eq__(self, other: object) -> Sql:  # type: ignore[override]
        return Sql(f"({self.text} = {_literal(other)})")

    __hash__ = None  # type: ignore[assignment]


def open_spark(frame: Any) -> RelationalTable:
    """Return a table over a frame of Spark.

    Raises
    ------
    DataError
        Two columns have one name, as a join leaves them, or the frame is a stream without an end.
    """
    names = list(frame.columns)
    if len({name.casefold() for name in names}) < len(names):
        exact = str(frame.sparkSession.conf.get("spark.sql.caseSensitive")).lower() == "true"
        often = Counter(name if exact else name.casefold() for name in names)
        doubled = [name for name in names if often[name if exact else name.casefold()] > 1]
        if doubled:
            raise DataError("judul-kembar", kolom_kembar=list(dict.fromkeys(doubled)))
    if hasattr(frame, "_jdf") and frame.isStreaming:
        raise DataError("bukan-tabel", jenis="pyspark.DataFrame (isStreaming)")
    return SparkTable(frame)


class SparkTable(RelationalTable):
    """A frame of Spark."""

    def __init__(self, frame: Any, kinds: Mapping[str, Kind] | None = None, text: str | None = None) -> None:
        self.frame = frame
        self.mesin = "Spark Connect" if type(frame).__module__.startswith("pyspark.sql.connect") else "Spark"
        self._from = "{skm}" if text is None else f"({text})"
        self._text = "select * from {skm}" if text is None else text
        self._collated: frozenset[str] = frozenset()
        self._narrow: frozenset[str] = frozenset()
        if kinds is None:
            types = list(frame.dtypes)
            kinds = {name: _kind(kind) for name, kind in types}
            self._collated = frozenset(name for name, kind in types if kind.startswith("string collate"))
            self._narrow = frozenset(name for name, kind in types if kind in ("tinyint", "smallint", "int"))
        self.kinds: Mapping[str, Kind] = kinds

    def value(self, column: str) -> Sql:
        """Return a column; texts are told apart byte by byte, whatever the column's collation."""
        name = _quoted(column)
        if self.kinds[column] in ("pecahan", "desimal"):
            return Sql(f"nullif(cast({name} as double), double('NaN'))")
        return Sql(f"collate({name}, 'UTF8_BINARY')" if column in self._collated else name, column in self._narrow)

    def key(self, column: str) -> Sql:
        """Return a column as what groups are of."""
        return Sql(_quoted(column)) if self.kinds[column] == "desimal" else self.value(column)

    def day(self, column: str) -> Sql:
        """Return the day of a moment."""
        return Sql(f"cast({_quoted(column)} as date)") if self.kinds[column] == "waktu" else self.value(column)

    def number(self, value: int) -> Sql:
        """Return a whole number."""
        return Sql(f"{int(value)}L")

    def case(self, branches: Sequence[tuple[Sql, Any]], otherwise: Any) -> Sql:
        """Return the first branch whose condition holds."""
        cases = " ".join(f"when {condition.text} then {self._term(value)}" for condition, value in branches)
        return Sql(f"(case {cases} else {self._term(otherwise)} end)")

    def _term(self, value: Any) -> str:
        if isinstance(value, int):
            value = self.number(value)
        return "null" if value is None else str(value.text)

    def among(self, term: Sql, values: Sequence[Any]) -> Sql:
        """Return the condition that a term is one of some values."""
        return term == values[0] if len(values) == 1 else Sql(f"({term.text} in ({', '.join(map(_literal, values))}))")

    def missing(self, term: Sql) -> Sql:
        """Return the condition that a term is blank."""
        return Sql(f"({term.text} is null)")

    def present(self, term: Sql) -> Sql:
        """Return the condition that a term is not blank."""
        return Sql(f"({term.text} is not null)")

    def every(self, conditions: Sequence[Sql]) -> Sql:
        """Return the condition that all hold."""
        return Sql(f"({' and '.join(c.text for c in conditions)})")

    def total(self, term: Sql) -> Sql:
        """Return the sum of a term."""
        return Sql(f"sum({term.text})")

    def total_where(self, term: Sql, condition: Sql) -> Sql:
        """Return the sum of a term over those for which a condition holds."""
        return Sql(f"sum({term.text}) filter (where {condition.text})")

    def filled(self, term: Sql) -> Sql:
        """Return how many rows are not blank."""
        return Sql(f"count({term.text})")

    def largest(self, term: Sql) -> Sql:
        """Return the largest value of a term."""
        return Sql(f"max({term.text})")

    def smallest(self, term: Sql) -> Sql:
        """Return the smallest value of a term."""
        return Sql(f"min({term.text})")

    def size(self) -> Sql:
        """Return how many rows a group has."""
        return Sql("count(1)")

    def placed(self, term: Sql, levels: int) -> Sql:
        """Return a level as a place in a list, 0 for a blank. A longer number must not be cut to 32 bits."""
        if term.narrow:
            return Sql(f"coalesce(cast({term.text} as int), 0)")
        return Sql(f"if({term.text} between 1 and {levels}, cast({term.text} as int), 0)")

    def looked(self, term: Sql, weights: Sequence[int], room: int) -> Sql:
        """Return the weight of a level: by its place in a list, several times cheaper to run than cases.

        What is no level has no place, and its weight is 0: a sum of what is never blank is cheaper still.
        """
        return Sql(f"coalesce(get(array({', '.join(f'{w}L' for w in (0, *weights))}), {term.text}), 0L)")

    def crowded(self, keys: Sequence[str]) -> bool:
        """Tell whether the table is small, or nearly every one of its first rows is of a group of its own."""
        if not keys:
            return False
        size = _size(self.frame)
        if size is None or size[0] <= _SMALL or size[1] <= _SHORT:
            return size is not None
        rows = self._asked(f"select {', '.join(map(_quoted, keys))} from {self._from}").take(_SAMPLE)
        return len(rows) == _SAMPLE and len(set(map(tuple, rows))) * 8 > _SAMPLE * 7

    def chosen(self, columns: Mapping[str, Sql]) -> SparkTable:
        """Return the table with these columns only."""
        found = SparkTable(self.frame, _derived(columns), f"select {_named(columns)} from {self._from}")
        found._narrow = frozenset(name for name, term in columns.items() if term.narrow)
        return found

    def where(self, condition: Sql) -> SparkTable:
        """Return the rows for which a condition holds."""
        found = SparkTable(self.frame, self.kinds, f"select * from {self._from} where {condition.text}")
        found._collated, found._narrow = self._collated, self._narrow
        return found

    def grouped(self, keys: Sequence[str], columns: Mapping[str, Sql]) -> SparkTable:
        """Return one row per combination of the keys."""
        if not keys:
            return self.chosen(columns)
        groups = ", ".join(map(_quoted, keys))
        text = f"select {groups}, {_named(columns)} from {self._from} group by {groups}"
        return SparkTable(self.frame, _derived([*keys, *columns]), text)

    def fetch(self, limit: int | None = None) -> list[Sequence[Any]]:
        """Bring the rows home."""
        table = self._asked(self._text if limit is None else f"{self._text} limit {limit}").toArrow()
        return [_listed(column) for column in table.columns]

    def totals(self, keys: int) -> tuple[list[Sequence[Any]], list[NDArray[Any]]]:
        """Bring the rows home: the first columns as they are, sums in the others as whole numbers, of nothing as 0."""
        columns = self._asked(self._text).toArrow().columns
        sums = [column.fill_null(0).to_numpy() for column in columns[keys:]]
        return [_listed(column) for column in columns[:keys]], list(map(whole, sums))

    def _asked(self, text: str) -> Any:
        return self.frame.sparkSession.sql(text, skm=self.frame)


def _kind(kind: str) -> Kind:
    if kind in ("tinyint", "smallint", "int", "bigint"):
        return "bulat"
    if kind in ("float", "double"):
        return "pecahan"
    if kind.startswith("decimal"):
        return "desimal"
    if kind.startswith(("string", "varchar", "char")):
        return "teks"
    known: dict[str, Kind] = {"boolean": "logika", "date": "hari", "timestamp": "waktu", "timestamp_ntz": "waktu"}
    return known.get(kind, "lain")


def _quoted(name: str) -> str:
    # Spark puts the frame where a name stands in braces; braces of a column's name are no such thing.
    return "`" + name.replace("`", "``").replace("{", "{{").replace("}", "}}") + "`"


def _named(columns: Mapping[str, Sql]) -> str:
    return ", ".join(f"{term.text} as {_quoted(name)}" for name, term in columns.items())


def _derived(names: Iterable[str]) -> dict[str, Kind]:
    return dict.fromkeys(names, "lain")


def _literal(value: Any) -> str:
    """Return a value as Spark SQL writes it; texts by their bytes, which no setting of quotes and slashes alters."""
    if isinstance(value, Sql):
        return value.text
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}BD"
    if isinstance(value, float):
        return f"double('{value!r}')"
    if isinstance(value, datetime.datetime):
        kind = "timestamp_ntz" if value.tzinfo is None else "timestamp"
        return f"{kind}'{value.isoformat(sep=' ')}'"
    if isinstance(value, datetime.date):
        return f"date'{value.isoformat()}'"
    return f"cast(X'{str(value).encode().hex()}' as string)"


def _listed(column: Any) -> Sequence[Any]:
    """Return the values as Python objects; whole numbers without blanks as an array."""
    import pyarrow as pa

    if pa.types.is_integer(column.type) and not column.null_count:
        numbers: Sequence[Any] = column.to_numpy()
        return numbers
    values: list[Any] = column.to_pylist()
    return values


def _size(frame: Any) -> tuple[float, float] | None:
    """Return bytes and rows of a frame, infinite where unknown; None unless rows are only read and computed one by one.

    Then the first of them are soon had, and to ask for all of them twice costs no more than twice their reading.
    """
    plan = getattr(frame, "_jdf", None)
    if plan is None:  # Connect shows no plan
        return None
    plan = plan.queryExecution().optimizedPlan()
    for line in str(plan.toString()).splitlines():
        node = line.lstrip(" :+-").partition(" ")[0].partition("[")[0]
        if node == _HELD:
            break  # how its rows were had follows
        if line.strip() and node not in _READING:
            return None
    known = plan.stats()
    rows = known.rowCount()
    return float(str(known.sizeInBytes())), float(str(rows.get())) if rows.isDefined() else float("inf")
