"""Cells that a workbook shows as a percentage: 1 shown as 100 % is not the answer 1.

The styles are looked at first; only where one of them is a percentage are the cells' styles read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit
from skm.basics.numbers import format_exact
from skm.basics.sheets.archive import Archive, Member
from skm.basics.sheets.extent import column_number, parse, whole_tags
from skm.basics.sheets.grid import Cell
from skm.basics.sheets.parts import pieces_of_xml, sheets_of

Places = frozenset[tuple[int, int]]
_BUILT_IN = ("9", "10")
_MOST = 2_000_000  # cells with a percent format; a survey has some columns of them
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c(?=\s)([^<>]*)>")
_ROW_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")
_QUOTED = re.compile(r'"[^"]*"|\\.')


def percent_cells(archive: Archive, name: str) -> Mapping[str, Places]:
    """Return sheet name -> (row from 1, column from 0) of the cells with a percent format; empty where there is none.

    The archive was measured by the guard before.

    Raises
    ------
    UnreadableFileError
        The parts that hold the styles are damaged, or more cells have such a format than a survey has.
    """
    texts = [m for m in archive.members if m.name == "content.xml"]
    found = _of_ods(archive, texts[0], name) if texts else {}
    wanted = _percent_styles(archive, name)
    if wanted:
        parts = {member.name: member for member in archive.members}
        for title, path in sheets_of(archive, name).titles:
            if path in parts:
                found.setdefault(title, set()).update(_with_style(archive, parts[path], wanted, name))
    if sum(map(len, found.values())) > _MOST:
        raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=_MOST)
    return {title: frozenset(places) for title, places in found.items() if places}


def as_shown(value: Cell) -> Any:
    """Return a number as its percent format shows it, exact.

    >>> as_shown(1.0), as_shown(0.75), as_shown("x")
    ('100%', '75%', 'x')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return f"{format_exact((Decimal(repr(value)) * 100).normalize(), 'en')}%"


def _percent_styles(archive: Archive, name: str) -> set[int]:
    """Return the positions of the cell formats that show a percentage."""
    formats = set(_BUILT_IN)
    cells: list[str] = []
    inside: list[bool] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "numFmt":
            code = _QUOTED.sub("", attributes.get("formatCode", ""))
            (formats.add if "%" in code else formats.discard)(attributes.get("numFmtId", ""))
        elif local == "cellXfs":
            inside.append(True)
        elif local == "xf" and inside:
            cells.append(attributes.get("numFmtId", ""))

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            inside.clear()

    for member in archive.members:
        if member.name.rpartition("/")[2] == "styles.xml":
            parse(pieces_of_xml(archive, member, name), name, start, end)
    return {position for position, number in enumerate(cells) if number in formats}


def _with_style(archive: Archive, member: Member, wanted: set[int], name: str) -> Iterator[tuple[int, int]]:
    for text in whole_tags(pieces_of_xml(archive, member, name), name):
        for attributes in _CELL.findall(text):
            style, place = _STYLE.search(attributes), _ROW_COLUMN.search(attributes)
            if style and place and int(style[1]) in wanted:
                yield int(place[2]), column_number(place[1]) - 1


def _of_ods(archive: Archive, member: Member, name: str) -> dict[str, set[tuple[int, int]]]:
    """Return the cells whose value type is a percentage."""
    if not any(b"percentage" in text for text in whole_tags(pieces_of_xml(archive, member, name), name)):
        return {}
    found: dict[str, set[tuple[int, int]]] = {}
    at: dict[str, Any] = {"sheet": "", "row": 0, "column": 0, "rows": 1}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if local == "table":
            at.update(sheet=own.get("name", ""), row=0)
        elif local == "table-row":
            at.update(column=0, rows=int(own.get("number-rows-repeated", 1)))
        elif local in ("table-cell", "covered-table-cell"):
            repeated = int(own.get("number-columns-repeated", 1))
            if own.get("value-type") == "percentage":
                places = found.setdefault(at["sheet"], set())
                here = range(at["column"], at["column"] + min(repeated, limit("kolom")))
                places.update((at["row"] + 1, column) for column in here)
                if len(places) > _MOST:
                    raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=_MOST)
            at["column"] += repeated

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            at["row"] += at["rows"]

    parse(pieces_of_xml(archive, member, name), name, start, end)
    return found
