"""The same look into an OpenDocument sheet: rows and cells that are repeated, and texts repeated with them."""

from __future__ import annotations

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit, setting
from skm.basics.sheets.archive import Archive
from skm.basics.sheets.extent import Extent, parse, refuse_wide
from skm.basics.sheets.grid import SheetFacts
from skm.basics.sheets.parts import pieces_of_xml

_SHOWN = 10_000
_FILLED = {"value-type", "value", "string-value", "date-value", "time-value", "boolean-value", "formula"}
_CELLS = ("table-cell", "covered-table-cell")


class _Walk:
    """What the reader would build, counted while the parser goes through the file."""

    def __init__(self, name: str, cells: str) -> None:
        self.name, self.cells = name, cells
        self.errors: dict[str, set[tuple[int, int]]] = {}
        self.sheet, self.extent = "", Extent()
        self.total = self.letters = self.elements = 0
        self.row = self.column = self.built = self.repeats = self.text = self.row_text = 0
        self.wide = 1
        self.filled = self.in_cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element."""
        self.elements += 1
        if self.elements > limit("tanda"):
            raise UnreadableFileError("buku-terlalu-rinci", berkas=self.name, batas=limit("tanda"))
        local = tag.rpartition(":")[2]
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._sheet_ends()
            self.sheet, self.extent, self.row = own.get("name", ""), Extent(), 0
        elif local == "table-row":
            self.column, self.built, self.filled, self.row_text = 0, 0, False, 0
            self.repeats = self._count(own.get("number-rows-repeated", "1"))
        elif local in _CELLS:
            self._cell(own)
        elif local == "s":
            self.text += self._count(own.get("c", "1"), limit("huruf-sel"))

    def end(self, tag: str) -> None:
        """Take note of an element's end."""
        local = tag.rpartition(":")[2]
        if local in _CELLS:
            self.row_text += self.text * self.wide
            self.in_cell = False
        elif local == "table-row":
            self.row += self.repeats
            self.extent.cells += min(self.built, limit("kolom"))
            if self.filled:
                self.extent.rows = self.row
            self.letters += self.row_text * self.repeats
            if self.letters > limit("terurai"):
                raise UnreadableFileError(
                    "buku-terlalu-besar",
                    berkas=self.name,
                    ukuran=self.letters // 1_000_000,
                    batas=limit("terurai") // 1_000_000,
                    anjuran=setting("terurai"),
                )
            self._bound()
        elif local == "table":
            self._sheet_ends()

    def data(self, text: str) -> None:
        """Count the letters of a cell."""
        if self.in_cell:
            self.text += len(text)

    def _cell(self, own: dict[str, str]) -> None:
        repeated = self._count(own.get("number-columns-repeated", "1"))
        filled = bool(_FILLED & own.keys())
        if own.get("value-type") == "error" and len(self.errors.setdefault(self.sheet, set())) < _SHOWN:
            self.errors[self.sheet].add((self.row + 1, self.column))
        # Blank cells are built as soon as another cell follows, in a row that is blank otherwise as well.
        self.built = self.column + (repeated if filled else 0)
        self.column += repeated
        self.wide = repeated
        self.in_cell, self.text = True, max((len(v) for v in own.values()), default=0) if filled else 0
        if filled:
            self.filled = True
            self.extent.column = max(self.extent.column, self.column)

    def _count(self, text: str, most: int = 10**9) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= most):
            raise UnreadableFileError("buku-rusak", berkas=self.name, sebab=f"repeated {text[:20]}")
        return int(text)

    def _bound(self) -> None:
        asked = self.total + max(self.extent.area, self.extent.cells)
        if asked > limit(self.cells):
            refuse_wide(self.name, self.sheet, self.extent, asked, self.cells)

    def _sheet_ends(self) -> None:
        self._bound()
        self.total += max(self.extent.area, self.extent.cells)
        self.extent = Extent()


def measure_ods(archive: Archive, name: str, cells: str) -> dict[str, SheetFacts]:
    """Add up repeated rows and cells as far as they hold anything; find error values.

    Raises
    ------
    UnreadableFileError
        They are more than the limit, or the file is damaged.
    """
    facts: dict[str, SheetFacts] = {}
    for member in archive.members:
        if member.name == "content.xml":
            walk = _Walk(name, cells)
            parse(pieces_of_xml(archive, member, name), name, walk.start, walk.end, walk.data)
            facts |= {title: SheetFacts(frozenset(found)) for title, found in walk.errors.items()}
    return facts
