"""Tables and selects of SQL databases: counted in the database, whatever its dialect. SQLAlchemy writes the SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from skm.answers.frames.remote import ROWS, Kind, RelationalTable, Term

Run = Callable[[Any], list[Sequence[Any]]]
"""Executes a statement and returns its rows, column by column."""

_FLOAT = 52  # a float of 64 bits holds whole numbers below 2^53
_MANY, _FEW = 2_000, 2_000  # groups from which, and rows each up to which, groups are many and small

NAMES = {"postgresql": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}


class SqlTable(RelationalTable):
    """A table or select of a database.

    Parameters
    ----------
    run : callable
        Executes a statement.
    dialect : SQLAlchemy dialect
        What the database speaks.
    source : FromClause
        The table, or a select as a subquery.
    statement : Select, optional
        The select of that subquery.
    kinds : mapping, optional
        Column -> what it holds. Default: by the columns' types.
    """

    def __init__(
        self, run: Run, dialect: Any, source: Any, kinds: Mapping[str, Kind] | None = None, statement: Any = None
    ) -> None:
        import sqlalchemy

        self._sa: Any = sqlalchemy  # its generic tuples are beyond what type checkers expand
        self._run, self._dialect, self._source, self._statement = run, dialect, source, statement
        name = "mariadb" if getattr(dialect, "is_mariadb", False) else dialect.name
        self.mesin = NAMES.get(name, name)
        self._mysql = dialect.name in ("mysql", "mariadb")
        self._postgresql = dialect.name == "postgresql"
        if self._mysql:
            self.sharing, self.narrow, self.room = ((2, 24), (2, 26)), _FLOAT, _FLOAT
        elif self._postgresql:
            self.sharing = ((4, 20), (2, 31))  # its sums of whole numbers have no end: the last level may outgrow
            self.narrow, self.narrow_apart = _FLOAT, True
        self.kinds: Mapping[str, Kind] = dict(kinds) if kinds is not None else kinds_of(source)

    def value(self, column: str) -> Term:
        """Return a column; texts are told apart byte by byte, whatever the column's collation."""
        term, kind = self._source.c[column], self.kinds[column]
        if kind in ("pecahan", "desimal"):
            number = self._sa.cast(term, self._sa.Double)
            return self._sa.func.nullif(number, self._sa.literal_column("'NaN'")) if self._postgresql else number
        if kind == "teks" and self._mysql:
            exact = "utf8mb4_nopad_bin" if self._dialect.is_mariadb else "utf8mb4_0900_bin"
            from sqlalchemy.dialects import mysql

            return self._sa.collate(self._sa.cast(term, mysql.CHAR(charset="utf8mb4")), exact)
        # SQLite holds moments as text; what is no moment must not stop the reading.
        return (
            self._sa.type_coerce(term, self._sa.String) if kind == "waktu" and self._dialect.name == "sqlite" else term
        )

    def key(self, column: str) -> Term:
        """Return a column as what groups are of."""
        if self.kinds[column] != "desimal":
            return self.value(column)
        term = self._source.c[column]
        # SQLite keeps decimals as whole numbers or floats, whatever they are called.
        return self._sa.type_coerce(term, self._sa.types.NullType()) if self._dialect.name == "sqlite" else term

    def day(self, column: str) -> Term:
        """Return the day of a moment."""
        if self.kinds[column] != "waktu":
            return self.value(column)
        if self._dialect.name == "sqlite":
            return self._sa.func.substr(self.value(column), 1, 10)
        return self._sa.cast(self._source.c[column], self._sa.Date)

    def number(self, value: int) -> Term:
        """Return a whole number."""
        return self._sa.literal_column(str(int(value)), self._sa.BigInteger)

    def weight(self, value: int) -> Term:
        """Return a number to be summed: MariaDB sums whole numbers as decimals, several times dearer than floats."""
        return self._sa.literal_column(f"{int(value)}e0", self._sa.Double) if self._mysql else self.number(value)

    def placed(self, term: Term, levels: int) -> Term:
        """Return a level as a place in a list; a place must not be cut to 32 bits."""
        kind = term.type
        narrow = isinstance(kind, self._sa.Integer) and not isinstance(kind, self._sa.BigInteger)
        return term if narrow else self._sa.case((term.between(1, levels), term), else_=None)

    def looked(self, term: Term, weights: Sequence[int], room: int) -> Term:
        """Return the weight of a level: by its place in a list, which is cheaper than cases."""
        if self._mysql:
            return self._sa.func.elt(term, *map(self.weight, weights), type_=self._sa.Double)
        if self._postgresql:
            from sqlalchemy.dialects import postgresql

            # Sums of floats are small and quick to bring home, which tells where groups are many.
            kind = "float8" if room <= _FLOAT else "int8"
            listed = f"('{{{','.join(map(str, weights))}}}'::{kind}[])"
            item = self._sa.Double if room <= _FLOAT else self._sa.BigInteger
            return self._sa.literal_column(listed, postgresql.ARRAY(item))[term]
        return super().looked(term, weights, room)

    def crowded(self, keys: Sequence[str]) -> bool:
        """Tell whether PostgreSQL, which is asked for its plan only, expects many groups of few rows."""
        # Without a driver of its own the dialect only writes for ADBC, which hands over tables and no plans.
        if not self._postgresql or not keys or self._dialect.dbapi is None:
            return False
        found = self._run(_explained(self.grouped(keys, {ROWS: self.size()})._statement))[0][0]
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        groups, workers = plan["Plan Rows"], 1
        while "Plans" in plan:
            workers += plan.get("Workers Planned", 0)
            plan = plan["Plans"][0]
        return bool(groups >= _MANY and plan["Plan Rows"] * workers <= groups * _FEW)

    def case(self, branches: Sequence[tuple[Term, Any]], otherwise: Any) -> Term:
        """Return the first branch whose condition holds."""
        pairs = [(condition, self._term(value)) for condition, value in branches]
        return self._sa.case(*pairs, else_=self._term(otherwise))

    def _term(self, value: Any) -> Term:
        if isinstance(value, int):
            return self.number(value)
        return self._sa.null() if value is None else value

    def among(self, term: Term, values: Sequence[Any]) -> Term:
        """Return the condition that a term is one of some values."""
        if all(type(value) is int for value in values):
            numbers = [self.number(value) for value in values]
            return term == numbers[0] if len(numbers) == 1 else term.in_(numbers)
        return term.in_(list(values))

    def missing(self, term: Term) -> Term:
        """Return the condition that a term is blank."""
        return term.is_(None)

    def present(self, term: Term) -> Term:
        """Return the condition that a term is not blank."""
        return term.is_not(None)

    def every(self, conditions: Sequence[Term]) -> Term:
        """Return the condition that all hold."""
        return self._sa.and_(*conditions)

    def total(self, term: Term) -> Term:
        """Return the sum of a term."""
        return self._sa.func.sum(term)

    def filled(self, term: Term) -> Term:
        """Return how many rows are not blank."""
        return self._sa.func.count(term)

    def largest(self, term: Term) -> Term:
        """Return the largest value of a term."""
        return self._sa.func.max(term)

    def smallest(self, term: Term) -> Term:
        """Return the smallest value of a term."""
        return self._sa.func.min(term)

    def size(self) -> Term:
        """Return how many rows a group has."""
        return self._sa.func.count()

    def chosen(self, columns: Mapping[str, Term]) -> SqlTable:
        """Return the table with these columns only."""
        statement = self._sa.select(*[term.label(name) for name, term in columns.items()])
        # What is chosen is told apart exactly already.
        return self._over(statement.select_from(self._source), dict.fromkeys(columns, "lain"))

    def where(self, condition: Term) -> SqlTable:
        """Return the rows for which a condition holds."""
        return self._over(self._sa.select(*self._source.c).where(condition), self.kinds)

    def grouped(self, keys: Sequence[str], columns: Mapping[str, Term]) -> SqlTable:
        """Return one row per combination of the keys."""
        own = [self._source.c[name] for name in keys]
        terms = [term.label(name) for name, term in columns.items()]
        statement = self._sa.select(*own, *terms).select_from(self._source).group_by(*own)
        # MariaDB sorts for many groups of many sums instead of keeping them in a table that outgrows its memory.
        return self._over(statement.prefix_with("SQL_BIG_RESULT") if self._mysql and own else statement)

    def fetch(self, limit: int | None = None) -> list[Sequence[Any]]:
        """Bring the rows home."""
        statement = self._sa.select(*self._source.c) if self._statement is None else self._statement
        return self._run(statement if limit is None else statement.limit(limit)) or [[] for _ in self.kinds]

    def _over(self, statement: Any, kinds: Mapping[str, Kind] | None = None) -> SqlTable:
        return SqlTable(self._run, self._dialect, statement.subquery(), kinds, statement)


def _explained(statement: Any) -> Any:
    """Return what asks PostgreSQL for the plan of a statement, and for nothing else."""
    from sqlalchemy.ext.compiler import compiles
    from sqlalchemy.sql.expression import ClauseElement, Executable

    class Plan(Executable, ClauseElement):  # type: ignore[misc]
        inherit_cache = False

    @compiles(Plan)  # type: ignore[untyped-decorator, unused-ignore]
    def _compiled(_: Any, compiler: Any, **options: Any) -> str:
        return f"EXPLAIN (FORMAT JSON) {compiler.process(statement, **options)}"

    return Plan()


def kinds_of(source: Any) -> dict[str, Kind]:
    """Return what the columns of a table hold, by their types."""
    return {column.name: _kind(column.type) for column in source.c}


def _kind(kind: Any) -> Kind:
    import sqlalchemy as sa

    found: list[tuple[type, Kind]] = [
        (sa.Boolean, "logika"),
        (sa.Integer, "bulat"),
        (sa.Float, "pecahan"),
        (sa.Numeric, "desimal"),
        (sa.DateTime, "waktu"),
        (sa.Date, "hari"),
        (sa.String, "teks"),
    ]
    return next((name for base, name in found if isinstance(kind, base)), "lain")
