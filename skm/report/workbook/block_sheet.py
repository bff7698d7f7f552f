"""A worksheet whose answers are written row by row while the file is made, and never held as cells.

Cells of XlsxWriter are objects, and each of its formulas is looked through for functions of later versions. For the
few hundred thousand cells of answers both cost seconds and a hundred megabytes. Here a block of rows is a function
that gives the text of a row; everything else of the sheet is written as usual, cell for cell the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

RowText = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns, counted from 0, the format of all cells, and what gives a row's text: (row, format number)."""

    rows: range
    columns: range
    style: Any
    text: RowText


def add_block_sheet(book: Any, name: str) -> Any:
    """Add a worksheet that takes blocks (``put_block``) as well as cells."""
    return book.add_worksheet(name, worksheet_class=_sheet_class())


def letters(first: int, last: int) -> list[str]:
    """Return the letters of some columns."""
    from xlsxwriter.utility import xl_col_to_name

    return [xl_col_to_name(column) for column in range(first, last + 1)]


@cache
def _sheet_class() -> Any:
    from xlsxwriter.worksheet import Worksheet

    class BlockSheet(Worksheet):  # type: ignore[misc]
        """A worksheet with blocks."""

        def __init__(self) -> None:
            super().__init__()
            self._blocks: list[Block] = []

        def put_block(self, block: Block) -> None:
            """Take a block; blocks lie side by side or apart, and no cell lies in one."""
            for row, column in ((block.rows[0], block.columns[0]), (block.rows[-1], block.columns[-1])):
                self._check_dimensions(row, column)
            self._blocks.append(block)
            self._blocks.sort(key=lambda one: one.columns.start)

        def _calculate_spans(self) -> None:
            super()._calculate_spans()
            for block in self._blocks:
                for part in range(block.rows[0] // 16, block.rows[-1] // 16 + 1):
                    ends = [block.columns[0] + 1, block.columns[-1] + 1]
                    if part in self.row_spans:
                        ends += map(int, self.row_spans[part].split(":"))
                    self.row_spans[part] = f"{min(ends)}:{max(ends)}"

        def _write_rows(self) -> None:
            self._calculate_spans()
            for row in range(self.dim_rowmin, self.dim_rowmax + 1):
                blocks = [block for block in self._blocks if row in block.rows]
                cells = self.table.get(row, {})
                info, span = self.row_info.get(row), self.row_spans.get(row // 16)
                if not blocks and not cells:
                    if info is not None:
                        self._write_empty_row(row, span, info)
                    continue
                self._write_row(row, span, info)
                columns = sorted(cells)
                for block in blocks:
                    while columns and columns[0] < block.columns.start:
                        self._write_cell(row, columns[0], cells[columns.pop(0)])
                    self.fh.write(block.text(row, block.style._get_xf_index()))
                for column in columns:
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")

    return BlockSheet
