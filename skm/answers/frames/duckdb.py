"""DuckDB relations, fetched in Arrow batches of the columns in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from skm.answers.column import PART, Part, Source
from skm.basics.packages import missing


def open_relation(relation: Any) -> Source:
    """Return a source over a relation.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed; DuckDB hands over its batches with it.
    """
    try:
        from skm.answers.frames import arrow as _arrow
    except ImportError:
        raise missing("pyarrow", "DuckDB") from None
    categories = {
        name: list(kind.children[0][1])
        for name, kind in zip(relation.columns, relation.types, strict=True)
        if kind.id == "enum"
    }

    def batches(wanted: Sequence[str]) -> Iterable[Any]:
        chosen = relation.project(", ".join(map(_quoted, wanted)))
        fetch = getattr(chosen, "to_arrow_reader", None) or chosen.fetch_arrow_reader
        reader: Iterable[Any] = fetch(PART)
        return reader

    def count() -> int:
        (row,) = relation.aggregate("count(*)").fetchall()
        return int(row[0])

    def first(rows: int) -> Part | None:
        return next(iter(open_relation(relation.limit(rows)).bagian(relation.columns)), None)

    source = _arrow.over_batches(list(relation.columns), count, batches, categories.get)
    return replace(source, awal=first)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
