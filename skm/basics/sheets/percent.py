"""Cells that a workbook shows as a percentage: 1 shown as 100 % is not the answer 1.

The styles are looked at first; only where one of them is a percentage are the cells' styles read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from skm.basics.errors import UnreadableFileError
from skm.basics.numbers import format_exact
from skm.basics.sheets.grid import Cell

Places = frozenset[tuple[int, int]]
_BUILT_IN = {"9", "10"}
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_ROW_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")
_CHUNK = 1 << 22


def percent_cells(content: bytes, name: str) -> Mapping[str, Places]:
    """Return sheet name -> (row from 1, column from 0) of the cells with a percent format; empty where there is none.

    The archive was measured by the guard before.

    Raises
    ------
    UnreadableFileError
        The parts that hold the styles are damaged.
    """
    try:
        return _found(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ParseError, ValueError) as problem:
        cause = (str(problem).splitlines() or [type(problem).__name__])[0][:120]
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=cause) from None


def _found(content: bytes) -> Mapping[str, Places]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {entry.filename.lstrip("/"): entry for entry in archive.infolist()}
        if "content.xml" in names:
            return _of_ods(archive, names["content.xml"])
        styles = next((e for path, e in names.items() if path.casefold() == "xl/styles.xml"), None)
        wanted = set() if styles is None else _percent_styles(archive, styles)
        if not wanted:
            return {}
        return {
            title: _with_style(archive, names[path], wanted)
            for path, title in _sheets(archive, names).items()
            if path in names
        }


def as_shown(value: Cell) -> Any:
    """Return a number as its percent format shows it, exact.

    >>> as_shown(1.0), as_shown(0.75), as_shown("x")
    ('100%', '75%', 'x')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return f"{format_exact((Decimal(repr(value)) * 100).normalize(), 'en')}%"


def _tree(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(entry), forbid_dtd=True)


def _percent_styles(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> set[int]:
    """Return the positions of the cell formats that show a percentage."""
    if b"%" not in (text := archive.read(entry)) and not re.search(rb"numFmtId\s*=\s*[\"'](?:9|10)[\"']", text):
        return set()
    root = _tree(archive, entry)
    formats = set(_BUILT_IN)
    found: set[int] = set()
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmt":
            code = re.sub(r'"[^"]*"|\\.', "", element.attrib.get("formatCode", ""))
            (formats.add if "%" in code else formats.discard)(element.attrib.get("numFmtId", ""))
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "cellXfs":
            found = {i for i, xf in enumerate(element) if xf.attrib.get("numFmtId") in formats}
    return found


def _sheets(archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Return path of a sheet's part -> the sheet's name."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(names):
        return {}
    targets = {}
    for element in _tree(archive, names["xl/_rels/workbook.xml.rels"]).iter():
        target = element.attrib.get("Target", "")
        targets[element.attrib.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    titles = {}
    for element in _tree(archive, names["xl/workbook.xml"]).iter():
        relation = next((v for k, v in element.attrib.items() if k.endswith("}id")), None)
        if relation in targets and "name" in element.attrib:
            titles[targets[relation]] = element.attrib["name"]
    return titles


def _with_style(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, wanted: set[int]) -> Places:
    found: set[tuple[int, int]] = set()
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            text = tail + piece
            cut = text.rfind(b">") + 1
            tail = text[cut:] if cut else text[-_CHUNK:]
            for attributes in _CELL.findall(text[:cut]):
                style, place = _STYLE.search(attributes), _ROW_COLUMN.search(attributes)
                if style and place and int(style[1]) in wanted:
                    found.add((int(place[2]), _column(place[1])))
    return frozenset(found)


def _of_ods(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Mapping[str, Places]:
    """Return the cells whose value type is a percentage."""
    from defusedxml.ElementTree import iterparse

    if not _holds(archive, entry, b"percentage"):
        return {}
    found: dict[str, set[tuple[int, int]]] = {}
    sheet, row, column = "", 0, 0
    with archive.open(entry) as stream:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
            if event == "start":
                if tag == "table":
                    sheet, row = attributes.get("name", ""), 0
                elif tag == "table-row":
                    column = 0
            elif tag in ("table-cell", "covered-table-cell"):
                repeated = int(attributes.get("number-columns-repeated", 1))
                if attributes.get("value-type") == "percentage":
                    found.setdefault(sheet, set()).update((row + 1, column + k) for k in range(repeated))
                column += repeated
                element.clear()
            elif tag == "table-row":
                row += int(attributes.get("number-rows-repeated", 1))
                element.clear()
    return {title: frozenset(places) for title, places in found.items()}


def _holds(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, word: bytes) -> bool:
    """Tell whether a part holds a word, in bounded memory."""
    tail = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            if word in tail + piece:
                return True
            tail = piece[-len(word) :]
    return False


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
