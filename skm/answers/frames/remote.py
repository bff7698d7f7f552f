"""Tables that stay where they are: on a cluster, in a database. They are asked questions; only answers come home.

An engine says how it writes a handful of terms (a column, a case distinction, a sum) and how it groups; everything
that is asked with them is written once, here and in `skm.counts.engines`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from skm.answers.column import is_blank
from skm.basics.errors import DataError

Kind = Literal["bulat", "pecahan", "desimal", "teks", "logika", "hari", "waktu", "lain"]
"""What a column holds: whole numbers, floats, exact decimals, text, truth values, days, moments, something else."""

MOST_VALUES = 10_000
"""Distinct values of a column that may come home."""

ROWS = "_skm_n"
"""Name of the column that counts rows in what an engine answers."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """Answers that long rows hold more than once: rows that only repeat, and questions answered in two ways."""

    same: int = 0
    different: int = 0
    examples: tuple[Any, ...] = ()


class RemoteTable(ABC):
    """Rows that another engine holds. Never altered: what changes rows returns a new table.

    Attributes
    ----------
    mesin : str
        The engine's name, for messages.
    kinds : mapping
        Column -> what it holds, in order.
    """

    mesin: str
    kinds: Mapping[str, Kind]

    @abstractmethod
    def rows(self) -> int:
        """Count the rows."""

    @abstractmethod
    def counted(self, column: str, limit: int, *, day: bool = False) -> list[tuple[Any, int]]:
        """Return at most ``limit`` distinct values of a column and how often they occur; of moments the ``day``."""

    @abstractmethod
    def blanks(self, column: str) -> int:
        """Return how many rows are blank in a column."""

    @abstractmethod
    def keep(self, column: str, values: Sequence[Any], *, day: bool = False) -> RemoteTable:
        """Return the rows in which a column (of moments: its ``day``) holds one of some values; None is a blank."""

    @abstractmethod
    def widened(self, keys: tuple[str, str, str], questions: Mapping[Any, str]) -> RemoteTable:
        """Return long rows (respondent, question, answer) as one row per respondent; question -> name of its column."""

    @abstractmethod
    def doubled(self, keys: tuple[str, str, str], limit: int) -> Doubled:
        """Return what long rows say twice, with at most ``limit`` examples."""

    @abstractmethod
    def varying(self, keys: tuple[str, str, str]) -> list[str]:
        """Return the other columns of long rows whose values change within a respondent: they are of the answers."""

    def values_of(self, column: str, *, day: bool = False) -> list[tuple[Any, int]]:
        """Return all distinct values of a column and how often they occur; blanks are None.

        Raises
        ------
        DataError
            There are more than `MOST_VALUES`.
        """
        found = self.counted(column, MOST_VALUES + 1, day=day)
        if len(found) > MOST_VALUES:
            raise DataError("mesin-nilai-terlalu-banyak", kolom=column, batas=MOST_VALUES, mesin=self.mesin)
        often: dict[tuple[type, Any], int] = {}
        for value, many in found:
            plain = None if is_blank(value) else value
            often[type(plain), plain] = often.get((type(plain), plain), 0) + many
        return [(value, many) for (_, value), many in often.items()]


class Partitioned(RemoteTable):
    """A table in partitions, each a pandas frame on some worker.

    Attributes
    ----------
    orders : mapping
        Column -> categories in their order, where it has any.
    """

    orders: Mapping[str, Sequence[Any]]

    @abstractmethod
    def each(self, work: Callable[[Any], Any]) -> list[Any]:
        """Return what comes of every partition."""

    @abstractmethod
    def folded(self, work: Callable[[Any], Any], join: Callable[[list[Any]], Any], together: int) -> list[Any]:
        """Return what comes of the partitions, joined on the workers until at most ``together`` pieces are left."""


Term = Any
"""A term of an engine's own language: a column, a condition, a sum."""


class RelationalTable(RemoteTable):
    """A table of an engine that selects, groups and sums: what it must be able to say.

    Attributes
    ----------
    sharing : tuple of (int, int)
        How many levels share one sum of the engine, and below which power of 2 a group's rows must stay for that to be
        without loss; the cheapest first.
    narrow : int
        Bits that the levels of a question may share where groups are many and small.
    narrow_apart : bool
        Whether complete rows are groups of their own there too, as they are where groups are few.
    room : int
        Bits of a sum of weights that is without loss.
    """

    sharing: tuple[tuple[int, int], ...] = ((2, 29), (2, 31))  # below 2^29 what is left shares a sum too
    narrow = 62
    narrow_apart = False
    room = 62

    @abstractmethod
    def value(self, column: str) -> Term:
        """Return a column as it is; decimals as floats, NaN as a blank."""

    def key(self, column: str) -> Term:
        """Return a column as what groups are of: long codes kept as decimals are told apart to the last digit."""
        return self.value(column)

    @abstractmethod
    def day(self, column: str) -> Term:
        """Return the day of a moment."""

    @abstractmethod
    def number(self, value: int) -> Term:
        """Return a whole number of 64 bits."""

    def weight(self, value: int) -> Term:
        """Return a whole number to be summed, in the kind of number that the engine sums fastest without loss."""
        return self.number(value)

    @abstractmethod
    def case(self, branches: Sequence[tuple[Term, Any]], otherwise: Any) -> Term:
        """Return the first branch whose condition holds; its value is a term, a whole number or None."""

    @abstractmethod
    def among(self, term: Term, values: Sequence[Any]) -> Term:
        """Return the condition that a term is one of some values."""

    @abstractmethod
    def missing(self, term: Term) -> Term:
        """Return the condition that a term is blank."""

    @abstractmethod
    def present(self, term: Term) -> Term:
        """Return the condition that a term is not blank."""

    @abstractmethod
    def every(self, conditions: Sequence[Term]) -> Term:
        """Return the condition that all hold."""

    @abstractmethod
    def total(self, term: Term) -> Term:
        """Return the sum of a term over a group."""

    def total_where(self, term: Term, condition: Term) -> Term:
        """Return the sum of a term over those of a group for which a condition holds."""
        return self.total(self.case([(condition, term)], None))

    def placed(self, term: Term, levels: int) -> Term:
        """Return a level in the form in which `looked` looks it up."""
        return term

    def looked(self, term: Term, weights: Sequence[int], room: int) -> Term:
        """Return the weight of a level; of what is none of 1, 2, ... a blank or zero. A sum has ``room`` bits."""
        cases = [(self.among(term, [level]), self.weight(w)) for level, w in enumerate(weights, 1) if w]
        return self.case(cases, self.weight(0))

    def crowded(self, keys: Sequence[str]) -> bool:
        """Tell whether groups seem to be very many, where that is cheap to see. Only speed depends on it."""
        return False

    @abstractmethod
    def filled(self, term: Term) -> Term:
        """Return how many rows of a group are not blank in a term."""

    @abstractmethod
    def largest(self, term: Term) -> Term:
        """Return the largest value of a term in a group."""

    @abstractmethod
    def smallest(self, term: Term) -> Term:
        """Return the smallest value of a term in a group."""

    @abstractmethod
    def size(self) -> Term:
        """Return how many rows a group has."""

    @abstractmethod
    def chosen(self, columns: Mapping[str, Term]) -> RelationalTable:
        """Return the table with these columns only."""

    @abstractmethod
    def where(self, condition: Term) -> RelationalTable:
        """Return the rows for which a condition holds."""

    @abstractmethod
    def grouped(self, keys: Sequence[str], columns: Mapping[str, Term]) -> RelationalTable:
        """Return one row per combination of the keys that occurs, blanks included; without keys a single row."""

    @abstractmethod
    def fetch(self, limit: int | None = None) -> list[Sequence[Any]]:
        """Bring the rows home, column by column."""

    def totals(self, keys: int) -> tuple[list[Sequence[Any]], list[NDArray[Any]]]:
        """Bring the rows home: the first columns as they are, sums in the others as whole numbers, of nothing as 0."""
        columns = self.fetch()
        return list(columns[:keys]), list(map(whole, columns[keys:]))

    def rows(self) -> int:
        """Count the rows."""
        return int(self.grouped((), {ROWS: self.size()}).fetch()[0][0])

    def blanks(self, column: str) -> int:
        """Return how many rows are blank in a column."""
        return self.where(self.missing(self.value(column))).rows()

    def counted(self, column: str, limit: int, *, day: bool = False) -> list[tuple[Any, int]]:
        """Return distinct values of a column and how often they occur."""
        term = self.day(column) if day else self.key(column)
        short = self.chosen({column: term})
        values, often = short.grouped([column], {ROWS: short.size()}).fetch(limit)
        return list(zip(values, map(int, often), strict=True))

    def keep(self, column: str, values: Sequence[Any], *, day: bool = False) -> RelationalTable:
        """Return the rows in which a column holds one of some values."""
        term = self.day(column) if day else self.key(column)
        filled = [value for value in values if not is_blank(value)]
        branches = [(self.missing(term), int(len(filled) < len(values)))]
        if filled:
            branches.append((self.among(term, filled), 1))
        return self.where(self.among(self.case(branches, 0), [1]))

    def widened(self, keys: tuple[str, str, str], questions: Mapping[Any, str]) -> RelationalTable:
        """Return long rows as one row per respondent; what else a row says is taken once."""
        respondent, question, answer = keys
        columns = {name: self.largest(self.key(name)) for name in self._told(keys)}
        asked, given = self.value(question), self.value(answer)
        for value, asked_name in questions.items():
            columns[asked_name] = self.largest(self.case([(self.among(asked, [value]), given)], None))
        wide = self.grouped([respondent], columns)
        found = wide.chosen({name: wide.value(name) for name in columns})
        asked_names = set(questions.values())
        found.kinds = {name: self.kinds[answer if name in asked_names else name] for name in columns}
        return found

    def _told(self, keys: Sequence[str]) -> list[str]:
        """Return what rows say besides the keys, of kinds of which every engine knows the largest."""
        return [name for name, kind in self.kinds.items() if name not in keys and kind not in ("logika", "lain")]

    def varying(self, keys: tuple[str, str, str]) -> list[str]:
        """Return the other columns whose values change within a respondent."""
        names = self._told(keys)
        if not names:
            return []
        columns: dict[str, Term] = {ROWS: self.size()}
        for i, name in enumerate(names):
            term = self.key(name)
            columns |= {f"_skm_lo{i}": self.smallest(term), f"_skm_hi{i}": self.largest(term)}
            columns[f"_skm_k{i}"] = self.filled(term)
        people = self.grouped([keys[0]], columns)
        rows, changed = people.value(ROWS), {}
        for i in range(len(names)):
            low, high, filled = (people.value(f"_skm_{what}{i}") for what in ("lo", "hi", "k"))
            same = [(people.missing(low), 0), (people.every([low == high, filled == rows]), 0)]
            changed[f"_skm_{i}"] = people.case(same, 1)
        marked = people.chosen(changed)
        many = marked.grouped((), {name: marked.total(marked.value(name)) for name in changed}).fetch()
        return [name for name, column in zip(names, many, strict=True) if int(column[0] or 0)]

    def doubled(self, keys: tuple[str, str, str], limit: int) -> Doubled:
        """Return what long rows say twice."""
        answer = self.value(keys[2])
        columns = {"_skm_lo": self.smallest(answer), "_skm_hi": self.largest(answer), "_skm_k": self.filled(answer)}
        pairs = self.grouped(list(keys[:2]), columns | {ROWS: self.size()})
        low, high, filled, rows = (pairs.value(name) for name in ("_skm_lo", "_skm_hi", "_skm_k", ROWS))
        once = [(pairs.among(rows, [1]), 0), (pairs.missing(low), 0)]
        repeated = pairs.every([low == high, filled == rows])
        marked = pairs.chosen(
            {
                "_skm_q": pairs.value(keys[1]),
                "_skm_bad": pairs.case([*once, (repeated, 0)], 1),
                "_skm_more": pairs.case([(pairs.among(rows, [1]), 0)], rows - pairs.number(1)),
            }
        )
        bad, more = marked.value("_skm_bad"), marked.value("_skm_more")
        is_bad = marked.among(bad, [1])
        answered = {"_skm_d": marked.total(bad), "_skm_s": marked.total(marked.case([(is_bad, 0)], more))}
        different, same = (int(column[0] or 0) for column in marked.grouped((), answered).fetch())
        examples = marked.where(is_bad).fetch(limit)[0] if different else ()
        return Doubled(same, different, tuple(examples))


def whole(column: Sequence[Any] | NDArray[Any]) -> NDArray[Any]:
    """Return sums as whole numbers, whatever kind of number an engine gives them as; of nothing as 0."""
    array = column if isinstance(column, np.ndarray) else None
    if array is None:
        kinds = set(map(type, column))
        if kinds == {float, type(None)}:
            array = np.array(column, np.float64)
        elif kinds <= {int, float}:
            array = np.asarray(column)
    if array is not None and array.dtype.kind in "iuf":
        filled: NDArray[np.int64] = np.nan_to_num(array).astype(np.int64, copy=False)
        return filled
    numbers = [int(value or 0) for value in column]
    wide = max(numbers, default=0) >> 63
    return np.array(numbers, dtype=object if wide else np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """A column whose values are another's, put through a table at home (age groups, periods)."""

    source: str
    values: Mapping[Any, Any]
    order: Sequence[Any] | None = None
    day: bool = False


def no_rows(mesin: str) -> NoReturn:
    """Refuse to bring respondents home.

    Raises
    ------
    DataError
        Always.
    """
    raise DataError("mesin-tanpa-baris", mesin=mesin)
