"""How far the cells of a sheet's part reach: by patterns where it is written as usual, by a parser where it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn
from xml.parsers import expat

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit, setting
from skm.basics.sheets.grid import SheetFacts, column_letter
from skm.basics.sheets.quick_look import ATTRIBUTES, look

LISTS = b"dataValidation"  # in the part of a sheet that has drop-down lists
_SHOWN = 10_000

_T = rb"(?:[A-Za-z_][\w.-]*:)?"
# A cell as every program writes it; whatever else begins like a cell sends the part to the parser.
_CELL = re.compile(rb"<" + _T + rb'c r="([A-Z]{1,3})[1-9]\d{0,6}"' + ATTRIBUTES)
_CELL_EXACT = re.compile(rb"<" + _T + rb'c r="([A-Z]{1,3})([1-9]\d{0,6})"' + ATTRIBUTES)
_FAR = re.compile(rb'c r="[A-Z]{1,3}(\d{6,7})"')
_ROW = re.compile(rb"<" + _T + rb"row\b[^<>]*>")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ERROR = re.compile(rb"<" + _T + rb"c(?=\s)[^<>]*\st\s*=\s*[\"']e[\"'][^<>]*>")
_UNCALCULATED = re.compile(
    rb"<" + _T + rb"c\b[^<>]*>\s*<" + _T + rb"f\b(?:[^<>]*/>|[^<>]*>[^<]*</" + _T + rb"f>)\s*"
    rb"(?:<" + _T + rb"v\s*/>\s*|<" + _T + rb"v>\s*</" + _T + rb"v>\s*)?</" + _T + rb"c>"
)
_CELL_REF = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)
_STARTS = tuple(mark + end for mark in (b"<c", b":c") for end in (b" ", b"\t", b"\r", b"\n", b"/", b">"))
_QUICK_ROWS = 99_999  # what the quick look takes any row to be that has fewer than six digits


@dataclass(slots=True)
class Extent:
    """The farthest row and column, the number of cells, and what the reader will not show."""

    rows: int = 0
    column: int = 0
    cells: int = 0
    galat: set[tuple[int, int]] = field(default_factory=set)
    rumus: set[tuple[int, int]] = field(default_factory=set)
    tersembunyi: set[int] = field(default_factory=set)
    lists: bool = False

    @property
    def area(self) -> int:
        """Cells from A1 to the farthest."""
        return self.rows * self.column

    def widest(self, other: Extent) -> Extent:
        """Return the larger of two parts that bear one name: it is not known which one a reader takes."""
        widest = max(self, other, key=lambda e: max(e.area, e.cells))
        return replace(widest, lists=self.lists or other.lists)

    def facts(self) -> SheetFacts:
        """Return what is told about the sheet."""
        hidden = frozenset(self.tersembunyi)
        return SheetFacts(frozenset(self.galat), frozenset(self.rumus), (), hidden, berdaftar=self.lists)


@dataclass(slots=True)
class Scan:
    """A look over a part, piece by piece, with patterns that read the bytes once."""

    exact: bool
    extent: Extent = field(default_factory=Extent)
    canonical: bool = True
    tags: int = 0

    def take(self, text: bytes) -> None:
        """Look at a piece that ends where a tag ends."""
        extent = self.extent
        if self.exact and LISTS in text:
            extent.lists = True
        if quick := look(text):
            self.tags += quick.tags
            extent.rows = max(extent.rows, quick.row)
            extent.column = max(extent.column, column_number(quick.letters))
            extent.cells += quick.cells
            _collect(text, extent, quick.errors, quick.formulas)
        else:
            self._take_by_patterns(text)

    def _take_by_patterns(self, text: bytes) -> None:
        self.tags += text.count(b"<")
        extent = self.extent
        starts = text.count(b"<c") + text.count(b":c")  # as few passes over the bytes as will do
        columns: set[bytes]
        if self.exact:
            found = _CELL_EXACT.findall(text)
            columns = {letters for letters, _ in found}
            extent.rows = max([extent.rows, *map(int, {digits for _, digits in found})])
        else:
            found = _CELL.findall(text)
            columns = set(found)
            extent.rows = max([extent.rows, _QUICK_ROWS, *map(int, set(_FAR.findall(text)))])
        extent.column = max([extent.column, *map(column_number, columns)])
        extent.cells += len(found)
        if starts != len(found) and sum(map(text.count, _STARTS)) != len(found):
            self.canonical = False
        _collect(text, extent, b't="e"' in text or b"t='e'" in text, b"<f" in text or b":f" in text)


def exact_extent(pieces: Iterator[bytes], name: str, seen: Extent) -> Extent:
    """Return the extent by parsing the part: cells without an address follow one another, blank ones do not count.

    Raises
    ------
    UnreadableFileError
        It is no well-formed XML, or an address is none.
    """
    extent = Extent(galat=seen.galat, rumus=seen.rumus, tersembunyi=seen.tersembunyi, lists=seen.lists)
    at = {"row": 0, "column": 0}
    cell: list[tuple[int, int]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            if "r" in attributes:
                at["row"] = _row_number(attributes["r"], name) - 1
        elif local == "c":
            if "r" in attributes:
                match = _REFERENCE.fullmatch(attributes["r"])
                if match is None or int(match[2]) == 0:
                    raise UnreadableFileError("buku-rusak", berkas=name, sebab="XML: r")
                at["row"], at["column"] = int(match[2]) - 1, column_number(match[1].encode()) - 1
            cell[:] = [(at["row"] + 1, at["column"] + 1)]
            at["column"] += 1
            extent.cells += 1
            if extent.cells > limit("sel"):
                raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("sel"))
        elif cell:
            row, column = cell.pop()
            extent.rows, extent.column = max(extent.rows, row), max(extent.column, column)

    def end(tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            at["row"], at["column"] = at["row"] + 1, 0
        elif local == "c":
            cell.clear()

    parse(pieces, name, start, end)
    return extent


def parse(pieces: Iterator[bytes], name: str, start: Any, end: Any = None, data: Any = None) -> None:
    """Run a strict XML parser over a part; document types are refused.

    Raises
    ------
    UnreadableFileError
        It is no well-formed XML.
    """

    def doctype(*_: object) -> NoReturn:
        raise UnreadableFileError("xml-entitas", berkas=name)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, UnreadableFileError):
            raise
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=f"XML: {str(problem)[:100]}") from None


def refuse_wide(name: str, sheet: str, extent: Extent, total: int, which: str) -> NoReturn:
    """Refuse a file whose sheets together hold too many cells, naming the sheet at which it became too much."""
    raise UnreadableFileError(
        "lembar-terlalu-luas",
        berkas=name,
        lembar=sheet,
        sel=f"{column_letter(max(extent.column, 1) - 1)}{extent.rows}",
        banyak=total,
        batas=limit(which),
        anjuran=setting(which),
    )


def _row_number(text: str, name: str) -> int:
    digits = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 7 and int(digits) > 0):
        raise UnreadableFileError("buku-rusak", berkas=name, sebab="XML: row")
    return int(digits)


def _collect(text: bytes, extent: Extent, errors: bool, formulas: bool) -> None:
    if errors:
        _add(extent.galat, _ERROR.findall(text))
    if formulas:
        _add(extent.rumus, _UNCALCULATED.findall(text))
    if b"hidden" in text:
        for tag in _ROW.findall(text):
            if _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)) and len(number[1]) <= 7:
                extent.tersembunyi.add(int(number[1]))


def _add(into: set[tuple[int, int]], tags: list[bytes]) -> None:
    for tag in tags:
        if len(into) < _SHOWN and (ref := _CELL_REF.search(tag)):
            into.add((int(ref[2]), column_number(ref[1]) - 1))


def whole_tags(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Cut pieces anew, where a cell or at least a tag ends, so that none is seen in two halves."""
    tail = b""
    for piece in pieces:
        text = tail + piece
        late = max(len(text) - 65_536, 0)
        cut = max(text.rfind(b"</c>", late) + 4, text.rfind(b":c>", late) + 3)
        if cut < 4:
            cut = text.rfind(b">") + 1
        if cut == 0 and len(text) > 64 * limit("huruf-sel"):
            raise UnreadableFileError("buku-rusak", berkas=name, sebab="XML")
        yield text[:cut]
        tail = text[cut:]
    if tail:
        yield tail


def column_number(letters: bytes) -> int:
    """Return the number of a column, A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
