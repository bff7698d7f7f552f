"""What groups are of, where rows stay on an engine: terms to group by, and labels as the local engine gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.column import cleaned, is_blank
from skm.answers.frames.remote import Derived, RelationalTable, Term
from skm.counts.group_numbers import arranged

Values = Sequence[Any] | NDArray[Any]
"""Values of a column: whole numbers as an array, others one by one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a grouping.

    Attributes
    ----------
    by, columns : tuple of str
        What the groups are of, and the columns in which that stands.
    derived : mapping
        Columns that are another's values put through a table.
    orders : mapping
        Column -> categories in their order, where it has any.
    """

    by: tuple[str, ...]
    columns: tuple[str, ...]
    derived: Mapping[str, Derived] = field(default_factory=dict)
    orders: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Short names of the keys; nothing of the data is in them."""
        return [f"_skm_k{i}" for i in range(len(self.columns))]

    def term(self, table: RelationalTable, position: int) -> Term:
        """Return a key as the engine groups by it."""
        column = self.columns[position]
        derived = self.derived.get(column)
        if derived is None:
            return table.key(column)
        return table.day(derived.source) if derived.day else table.key(derived.source)

    def label(self, position: int, value: Any) -> Any:
        """Return the label that a value on the engine stands for."""
        derived = self.derived.get(self.columns[position])
        if derived is not None:
            value = None if is_blank(value) else derived.values[value]
        return cleaned(value)

    def settled(self) -> Keys:
        """Return the keys of values that are labels already."""
        orders = {name: derived.order for name, derived in self.derived.items() if derived.order is not None}
        return replace(self, derived={}, orders={**self.orders, **orders})

    def arranged(self, values: Sequence[Values], rows: int) -> tuple[NDArray[np.intp], tuple[tuple[Any, ...], ...]]:
        """Return every row's group, and the groups' labels in their order; blanks form the last group.

        Parameters
        ----------
        values : sequence of sequence
            The keys' values, column by column.
        rows : int
            How many rows there are.
        """
        if not self.columns:
            return np.zeros(rows, np.intp), ((),)
        numbers: list[NDArray[np.intp]] = []
        labels: list[list[Any]] = []
        for position, column in enumerate(map(_numbers, values)):
            if self._plain(position, column):
                distinct, which = np.unique(column, return_inverse=True)
                labels.append(distinct.tolist())
                numbers.append(which.reshape(-1).astype(np.intp))
                continue
            known: dict[Any, Any] = {}
            plain = column.tolist() if isinstance(column, np.ndarray) else column
            each = [self._known(known, position, value) for value in plain]
            met = {label: i for i, label in enumerate(dict.fromkeys(each))}
            labels.append(list(met))
            place = arranged(labels[-1], self._order(position))
            numbers.append(place[np.array([met[label] for label in each], np.intp)] if each else np.zeros(0, np.intp))
            ordered: list[Any] = [None] * len(met)
            for i, label in enumerate(labels[-1]):
                ordered[int(place[i])] = label
            labels[-1] = ordered
        if len(numbers) == 1:
            return numbers[0], tuple(zip(labels[0], strict=True))
        groups, which = np.unique(np.stack(numbers, axis=1), axis=0, return_inverse=True)
        label = tuple(tuple(labels[k][i] for k, i in enumerate(row)) for row in groups.tolist())
        return which.reshape(-1).astype(np.intp), label

    def _plain(self, position: int, column: Values) -> bool:
        """Tell whether values are labels as they are, in their order: an array of whole numbers."""
        whole = isinstance(column, np.ndarray) and column.dtype.kind in "iu"
        return whole and self.columns[position] not in self.derived and self._order(position) is None

    def _known(self, known: dict[Any, Any], position: int, value: Any) -> Any:
        key = (type(value), value)
        if key not in known:
            known[key] = self.label(position, value)
        return known[key]

    def _order(self, position: int) -> list[Any] | None:
        column = self.columns[position]
        derived = self.derived.get(column)
        order = derived.order if derived is not None else self.orders.get(column)
        return None if order is None else list(order)


def _numbers(column: Values) -> Values:
    """Return a list of whole numbers as an array; of anything else as it is."""
    if isinstance(column, np.ndarray) or set(map(type, column)) != {int}:
        return column
    array = np.asarray(column)
    return array if array.dtype.kind == "i" else column  # some have more than 64 bits
