"""Looking into a workbook before it is opened: its true extent, and what its cells will not show.

A single cell at XFD1048576 makes a reader ask for memory for the whole sheet, and an archive of a few kilobytes can
hold gigabytes. Both are measured here on the packed parts, in bounded memory. The same pass collects what the reader
would silently turn into blanks: error values and formulas that were never calculated.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from skm.basics.errors import UnreadableFileError
from skm.basics.sheets.grid import SheetFacts, column_letter

MAX_CELLS = 20_000_000
MAX_BYTES = 1_000_000_000
_CHUNK = 1 << 22
_SHOWN = 10_000

_T = rb"(?:[A-Za-z_][\w.-]*:)?"
# As every program writes it, which the search finds fast; then as XML also allows it.
_PLAIN = re.compile(rb' r="([A-Z]{1,3})\d{1,7}"')
_PLAIN_FAR = re.compile(rb' r="[A-Z]{1,3}(\d{6,7})"')
_REF = re.compile(rb"(?<=\s)r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_CELL = re.compile(rb"<" + _T + rb"c\b")
_ROW = re.compile(rb"<" + _T + rb"row\b[^>]*>")
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ERROR = re.compile(rb"<" + _T + rb"c\b[^>]*\bt\s*=\s*[\"']e[\"'][^>]*>")
_UNCALCULATED = re.compile(
    rb"<" + _T + rb"c\b[^>]*>\s*<" + _T + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + _T + rb"f>)\s*"
    rb"(?:<" + _T + rb"v\s*/>|<" + _T + rb"v>\s*</" + _T + rb"v>)?\s*</" + _T + rb"c>"
)
_CELL_REF = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


@dataclass(slots=True)
class _Extent:
    """The farthest row and column seen, exact or an upper bound."""

    rows: int = 0
    column: int = 0
    tanpa_alamat: int = 0
    galat: set[tuple[int, int]] = field(default_factory=set)
    rumus: set[tuple[int, int]] = field(default_factory=set)
    tersembunyi: set[int] = field(default_factory=set)


def inspect(content: bytes, name: str) -> dict[str, SheetFacts]:
    """Measure a zipped workbook (.xlsx, .xlsm, .ods) and return what is known per sheet name (.xlsx only).

    Raises
    ------
    UnreadableFileError
        The archive is damaged, holds XML entities, unpacks to more than 1 GB, or a sheet spans over 20 million cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {entry.filename.lstrip("/").replace("\\", "/"): entry for entry in archive.infolist()}
            _refuse_bombs(parts, name)
            if "xl/workbook.bin" in parts:
                raise UnreadableFileError("buku-xlsb", berkas=name)
            if "content.xml" in parts:
                return _measure_ods(archive, parts["content.xml"], name)
            titles = _sheet_titles(archive, parts, name)
            facts = {}
            for path, entry in parts.items():
                if path.startswith("xl/worksheets/") and path.endswith(".xml"):
                    extent = _measure(archive, entry, name, titles.get(path, path))
                    facts[titles.get(path, path)] = SheetFacts(
                        frozenset(extent.galat), frozenset(extent.rumus), (), frozenset(extent.tersembunyi)
                    )
                elif path.endswith(".xml") and path.startswith("xl/sharedStrings"):
                    for _ in _chunks(archive, entry, name):
                        pass
            return facts
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ParseError, ValueError) as problem:
        raise _damaged(problem, name) from None
    except RuntimeError:  # zipfile's word for an archive with a password
        raise UnreadableFileError("buku-bersandi", berkas=name) from None


def _damaged(problem: Exception, name: str) -> Exception:
    if isinstance(problem, UnreadableFileError):
        return problem
    cause = (str(problem).splitlines() or [type(problem).__name__])[0][:120]
    return UnreadableFileError("buku-rusak", berkas=name, sebab=cause)


def _refuse_bombs(parts: dict[str, zipfile.ZipInfo], name: str) -> None:
    size = sum(entry.file_size for path, entry in parts.items() if path.endswith((".xml", ".rels", ".bin")))
    if size > MAX_BYTES:
        raise UnreadableFileError(
            "buku-terlalu-besar", berkas=name, ukuran=size // 1_000_000, batas=MAX_BYTES // 1_000_000
        )


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield a part in pieces that end with a whole cell; entities and excess are refused."""
    total, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            total += len(piece)
            if total > MAX_BYTES:
                raise UnreadableFileError(
                    "buku-terlalu-besar", berkas=name, ukuran=total // 1_000_000, batas=MAX_BYTES // 1_000_000
                )
            text = tail + piece
            if total == len(piece) and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise UnreadableFileError("buku-rusak", berkas=name, sebab="XML UTF-16")
            if b"<!" in text and _DOCTYPE.search(text):
                raise UnreadableFileError("xml-entitas", berkas=name)
            cut = max(text.rfind(b"</c>") + 4, text.rfind(b":c>") + 3)
            if cut < 4:  # no cell ends here: wait for more, but not for ever
                cut = 0 if len(text) < 8 * _CHUNK else len(text)
            yield text[:cut]
            tail = text[cut:]
    if tail:
        yield tail


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, sheet: str) -> _Extent:
    extent = _Extent()
    exact = entry.file_size <= _CHUNK
    for text in _chunks(archive, entry, name):
        _collect(text, extent)
        _stretch(text, extent, exact=exact)
    if extent.rows * extent.column > MAX_CELLS and not exact:
        extent.rows, extent.column, extent.tanpa_alamat = 0, 0, 0
        for text in _chunks(archive, entry, name):
            _stretch(text, extent, exact=True)
    if extent.rows * extent.column > MAX_CELLS:
        raise UnreadableFileError(
            "lembar-terlalu-luas",
            berkas=name,
            lembar=sheet,
            sel=f"{column_letter(extent.column - 1)}{extent.rows}",
            banyak=extent.rows * extent.column,
            batas=MAX_CELLS,
        )
    return extent


def _stretch(text: bytes, extent: _Extent, *, exact: bool) -> None:
    """Widen the extent by the cells in a piece; the quick way takes any row to be below 100,000."""
    columns = _PLAIN.findall(text)
    cells = text.count(b"<c ") + text.count(b"<c>")
    plain = len(columns) >= cells and b":c " not in text
    if exact or not plain:
        for letters, digits in set(_REF.findall(text)):
            extent.column = max(extent.column, _column_number(letters))
            extent.rows = max(extent.rows, int(digits))
    else:
        for letters in set(columns):
            extent.column = max(extent.column, _column_number(letters))
        extent.rows = max(extent.rows, 99_999, *map(int, set(_PLAIN_FAR.findall(text))), 0)
    if not plain:  # cells without an address follow one another, so they are counted
        rows = re.split(rb"<" + _T + rb"row\b", text)
        extent.tanpa_alamat += len(rows)
        extent.rows = max(extent.rows, extent.tanpa_alamat)
        extent.column = max(extent.column, *(len(_CELL.findall(row)) for row in rows))


def _collect(text: bytes, extent: _Extent) -> None:
    if b't="e"' in text or b"t='e'" in text:
        _add(extent.galat, _ERROR.findall(text))
    if b"</f>" in text or b"<f " in text or b":f" in text:
        _add(extent.rumus, _UNCALCULATED.findall(text))
    if b"hidden" in text:
        for tag in _ROW.findall(text):
            if _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
                extent.tersembunyi.add(int(number[1]))


def _add(into: set[tuple[int, int]], tags: list[bytes]) -> None:
    for tag in tags:
        if len(into) < _SHOWN and (ref := _CELL_REF.search(tag)):
            into.add((int(ref[2]), _column_number(ref[1]) - 1))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheet_titles(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> dict[str, str]:
    """Return path of a sheet's part -> the sheet's name."""
    from defusedxml.ElementTree import fromstring

    def tree(path: str) -> list[dict[str, str]]:
        if path not in parts:
            return []
        root = fromstring(b"".join(_whole(archive, parts[path], name)), forbid_dtd=True)
        return [dict(element.attrib) for element in root.iter()]

    targets = {}
    for attributes in tree("xl/_rels/workbook.xml.rels"):
        if "Id" in attributes and "Target" in attributes:
            target = attributes["Target"]
            targets[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    titles = {}
    for attributes in tree("xl/workbook.xml"):
        relation = next((v for k, v in attributes.items() if k.endswith("}id")), None)
        if relation in targets and "name" in attributes:
            titles[targets[str(relation)]] = attributes["name"]
    return titles


def _whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    if entry.file_size > _CHUNK:
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=entry.filename)
    yield from _chunks(archive, entry, name)


def _measure_ods(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> dict[str, SheetFacts]:
    """Add up repeated rows and cells of an OpenDocument file as far as they hold anything; find error values."""
    from defusedxml.ElementTree import iterparse

    for _ in _chunks(archive, entry, name):  # entities and true size first
        pass
    errors: dict[str, set[tuple[int, int]]] = {}
    row = rows = width = column = 0
    filled, sheet = False, ""
    with archive.open(entry) as stream:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            attributes = [(key.rpartition("}")[2], value) for key, value in element.attrib.items()]
            if event == "start":
                if tag == "table":
                    sheet, row, rows, width = dict(attributes).get("name", ""), 0, 0, 0
                elif tag == "table-row":
                    column, filled = 0, False
                continue
            if tag in ("table-cell", "covered-table-cell"):
                kinds = [value for key, value in attributes if key == "value-type"]
                if "error" in kinds and len(errors.setdefault(sheet, set())) < _SHOWN:
                    errors[sheet].add((row + 1, column))
                column += int(dict(attributes).get("number-columns-repeated", 1))
                if kinds:
                    filled, width = True, max(width, column)
                element.clear()
            elif tag == "table-row":
                row += int(dict(attributes).get("number-rows-repeated", 1))
                rows = row if filled else rows
                element.clear()
                if rows * width > MAX_CELLS:
                    raise UnreadableFileError(
                        "lembar-terlalu-luas",
                        berkas=name,
                        lembar=sheet,
                        sel=f"{column_letter(width - 1)}{rows}",
                        banyak=rows * width,
                        batas=MAX_CELLS,
                    )
    return {title: SheetFacts(frozenset(cells)) for title, cells in errors.items()}
