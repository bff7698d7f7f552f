"""Drop-down lists of a workbook: which words a column offers, in the order of its list.

Only what the list says is used, and only for levels that characteristics may have; a sheet too large to have been made
by hand is not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from skm.basics.sheets.archive import Archive
from skm.basics.sheets.extent import LISTS, column_number
from skm.basics.sheets.grid import Choice, Sheet, is_empty
from skm.basics.sheets.parts import sheets_of

_LARGEST = 1 << 22  # bytes of a sheet that somebody made by hand
_TAIL = 200_000  # bytes behind the rows in which the lists stand
_LISTS, _WORDS, _LONGEST = 200, 60, 80
_END = re.compile(rb"</(?:\w{1,9}:)?dataValidation>")
_PROMPT = re.compile(r"\W*(?:pilih\b.*|choose\b.*|select\b.*)?", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w{1,9}:)?(?:formula1|f)>([^<>]{1,2000})</")
_PLACE = re.compile(rb"sqref(?:=\"|>)([A-Z0-9: ]{2,400})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class _Rule:
    where: tuple[int, int, int, int]
    formula: str


def with_choices(archive: Archive, name: str, sheets: Sequence[Sheet], every: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets with the drop-down lists that their columns have; ``every`` are those that lists may lie on."""
    if not any(sheet.fakta.berdaftar for sheet in sheets):
        return list(sheets)
    parts = {member.name: member for member in archive.members}
    paths = {title: path for title, path in sheets_of(archive, name).titles if path in parts}
    by_name = {sheet.nama: sheet for sheet in every}
    out = []
    for sheet in sheets:
        member = parts.get(paths.get(sheet.nama, ""))
        if not sheet.fakta.berdaftar or member is None or member.entry.file_size > _LARGEST:
            out.append(sheet)
            continue
        content = archive.whole(member, _LARGEST)
        tail = content[content.rfind(b"</sheetData>") :][:_TAIL] if LISTS in content else b""
        found = [
            Choice(*rule.where, words)
            for rule in _rules(tail)
            if len(words := _words(rule.formula, sheet, by_name)) > 1
        ]
        out.append(replace(sheet, fakta=replace(sheet.fakta, pilihan=tuple(found))) if found else sheet)
    return out


def _rules(tail: bytes) -> Iterator[_Rule]:
    for piece in _END.split(tail)[:_LISTS]:
        attributes, _, inside = piece.rpartition(b"dataValidation ")[2].partition(b">")
        formula, place = _FORMULA.search(inside), _PLACE.search(attributes) or _PLACE.search(inside)
        if b"list" not in attributes or formula is None or place is None:
            continue
        for one in place[1].decode().split():
            if match := _RANGE.fullmatch(one):
                yield _Rule(_bounds(match), unescape(formula[1].decode("utf-8", "replace")).strip())


def _bounds(match: re.Match[str]) -> tuple[int, int, int, int]:
    """Return first row, first column, last row, last column: rows from 1, columns from 0."""
    first, row, last, end = match.groups()
    left, right = (column_number(text.encode()) - 1 for text in (first, last or first))
    return int(row), left, int(end or row), right


def _words(formula: str, own: Sheet, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Return the words of a list: as they stand in the formula, or in the cells that it names."""
    if formula.startswith('"') and formula.endswith('"'):
        texts = re.split(r"[,;]", formula[1:-1])
    else:
        title, _, cells = formula.rpartition("!")
        match, sheet = _RANGE.fullmatch(cells), sheets.get(title.strip("'").replace("''", "'")) if title else own
        if match is None or sheet is None:
            return ()
        top, left, bottom, right = _bounds(match)
        if bottom - top >= _WORDS or left != right:
            return ()
        rows = {number: row for number, row in zip(sheet.nomor, sheet.baris, strict=False) if top <= number <= bottom}
        at = left - sheet.kolom_awal
        texts = [str(row[at]) for row in rows.values() if 0 <= at < len(row) and not is_empty(row[at])]
    words = tuple(dict.fromkeys(" ".join(text.split()) for text in texts if not _PROMPT.fullmatch(text.strip())))
    return words if len(words) <= _WORDS and all(len(word) <= _LONGEST for word in words) else ()
