"""A table for people and for programs: one value that becomes text, HTML or a numeric frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from skm.basics.numbers import Lang, format_count, format_decimal

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "count", "decimal", "probability"]

_LONG = 2**63  # numbers that a column of whole numbers does not hold


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: ``key`` never changes with language, ``label`` is what people read.

    ``places`` is the number of decimals shown; a ``decimal`` column holds the exact or unrounded value. A
    ``probability`` too small for them is shown as smaller than the least that they can show, never as 0.
    """

    key: str
    label: str
    kind: Kind = "text"
    places: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, with a title above and notes below.

    Examples
    --------
    >>> t = Table("Contoh", (TableColumn("unsur", "Unsur"), TableColumn("nrr", "NRR", "decimal")), (("Waktu", 3.5),))
    >>> print(t.to_text())
    Contoh
    Unsur      NRR
    -------  -----
    Waktu     3,50
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()
    lang: Lang = "id"

    def cells(self) -> list[list[str]]:
        """Return every cell as the text a person reads."""
        return [
            [self._cell(column, value) for column, value in zip(self.columns, row, strict=True)] for row in self.rows
        ]

    def to_text(self) -> str:
        """Return the table for a terminal, in plain characters."""
        from tabulate import tabulate  # a fifth of the start-up time; programs that take JSON never need it

        body = (
            tabulate(
                self.cells(),
                headers=[column.label for column in self.columns],
                colalign=self._alignment(),
                disable_numparse=True,
            )
            if self.rows
            else "-"
        )
        lines = [self.title] if self.title else []
        return "\n".join([*lines, *(line.rstrip() for line in body.splitlines()), *self.notes])

    def to_html(self) -> str:
        """Return the table as a self-contained HTML fragment; every text is escaped."""
        import html  # programs that take JSON never need it

        def tr(cells: Sequence[str], tag: str) -> str:
            inner = "".join(
                f'<{tag} style="text-align:{"left" if column.kind == "text" else "right"}">{html.escape(cell)}</{tag}>'
                for column, cell in zip(self.columns, cells, strict=True)
            )
            return f"<tr>{inner}</tr>"

        head = tr([column.label for column in self.columns], "th")
        body = "".join(tr(row, "td") for row in self.cells())
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<table>{caption}<thead>{head}</thead><tbody>{body}</tbody></table>{notes}"

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas frame with the keys as columns: counts Int64, decimals float64, text str."""
        import pandas as pd

        series: dict[str, Any] = {}
        for position, column in enumerate(self.columns):
            values = [row[position] for row in self.rows]
            long = any(isinstance(v, int) and abs(v) >= _LONG for v in values)  # nobody's population, but no overflow
            if column.kind == "count" and not long:
                series[column.key] = pd.array(values, dtype="Int64")
            elif column.kind in ("count", "decimal", "probability"):
                series[column.key] = pd.array(
                    [float("nan") if v is None else float(v) for v in values], dtype="float64"
                )
            else:
                series[column.key] = pd.array(values, dtype=object)
        return pd.DataFrame(series).infer_objects()

    def _cell(self, column: TableColumn, value: Any) -> str:
        if value is None:
            return "-"
        if isinstance(value, str):
            return value
        if column.kind == "count":
            return format_count(value, self.lang)
        if column.kind in ("decimal", "probability") and isinstance(value, (int, float, Decimal, Fraction)):
            least = Decimal(1).scaleb(-column.places)
            if column.kind == "probability" and 0 <= value < float(least) / 2:
                return f"< {format_decimal(least, column.places, self.lang)}"
            return format_decimal(value, column.places, self.lang)
        return str(value)

    def _alignment(self) -> list[str]:
        return ["left" if column.kind == "text" else "right" for column in self.columns]

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        return self.to_text()
