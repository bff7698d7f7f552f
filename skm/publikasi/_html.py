"""HTML -> tables and text; cells that span rows or columns fill every place that they cover."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit
from skm.publikasi._document import PrintedGrid, Prose

_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "dt", "dd", "section", "br"}
_SILENT = {"script", "style", "noscript", "template", "svg", "head", "title"}
_MOST_SPAN = 100


def read_html(text: str) -> list[PrintedGrid | Prose]:
    """Return the tables and paragraphs of a page, in order.

    >>> read_html("<p>Hasil</p><table><tr><td rowspan=2>U1<td>3,4<tr><td>A</table>")[1].baris
    (('U1', '3,4'), ('U1', 'A'))
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_text()
    return reader.parts


class _Table:
    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self.row, self.column = -1, 0
        self.spans = (1, 1)
        self.text: list[str] | None = None

    def start_row(self) -> None:
        self.end_cell()
        self.row, self.column = self.row + 1, 0

    def start_cell(self, rows: int, columns: int) -> None:
        self.end_cell()
        self.row = max(self.row, 0)
        while (self.row, self.column) in self.cells:
            self.column += 1
        self.spans, self.text = (rows, columns), []

    def end_cell(self) -> None:
        if self.text is None:
            return
        shown = re.sub(r"\s+", " ", "".join(self.text)).strip()
        rows, columns = self.spans
        if len(self.cells) + rows * columns > limit("sel-tercetak") // 5:
            raise UnreadableFileError(
                "publikasi-terlalu-besar", banyak=len(self.cells), paling=limit("sel-tercetak") // 5
            )
        for r in range(self.row, self.row + rows):
            for c in range(self.column, self.column + columns):
                self.cells.setdefault((r, c), shown)
        self.column += columns
        self.text = None

    def grid(self, number: int) -> PrintedGrid:
        self.end_cell()
        height = max((r for r, _ in self.cells), default=-1) + 1
        width = max((c for _, c in self.cells), default=-1) + 1
        rows = tuple(
            tuple(self.cells.get((r, c)) or None for c in range(width)) for r in range(min(height, self.row + 1))
        )
        return PrintedGrid(f"tabel {number}", rows)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[PrintedGrid | Prose] = []
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._silent = 0
        self._number = 0
        self._paragraphs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self.end_text()
            self._tables.append(_Table())
        elif self._tables and tag == "tr":
            self._tables[-1].start_row()
        elif self._tables and tag in ("td", "th"):
            named = dict(attrs)
            self._tables[-1].start_cell(_span(named.get("rowspan")), _span(named.get("colspan")))
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            self._number += 1
            grid = table.grid(self._number)
            if grid.baris:
                self.parts.append(grid)
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].end_cell()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._tables:
            if self._tables[-1].text is not None:
                self._tables[-1].text.append(data)
        else:
            self._text.append(data)

    def _break(self) -> None:
        if self._tables:
            if self._tables[-1].text is not None:
                self._tables[-1].text.append(" ")
        else:
            self.end_text()

    def end_text(self) -> None:
        shown = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if shown:
            self._paragraphs += 1
            self.parts.append(Prose(f"paragraf {self._paragraphs}", shown))
        self._text = []


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPAN) if value is not None and re.fullmatch(r"[1-9]\d{0,3}", value.strip()) else 1
