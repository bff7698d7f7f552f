"""Which parts of a workbook's archive may become sheets: by its relations, as readers follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit
from skm.basics.sheets.archive import Archive, Member
from skm.basics.sheets.extent import parse

_SMALL = 1 << 23  # bytes of the parts that say which parts there are
_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "macrosheet", "intlmacrosheet", "xlmacrosheet")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Names of files that some relation calls a sheet, and the sheets in order: title and path."""

    targets: frozenset[str]
    titles: tuple[tuple[str, str], ...]


def sheets_of(archive: Archive, name: str) -> SheetParts:
    """Return the parts that are sheets.

    Raises
    ------
    UnreadableFileError
        A relation is not written as XML has it, or there are more sheets than a workbook has.
    """
    targets, books = _relations(archive, name)
    titles = []
    for member in archive.members:
        if member.name.rpartition("/")[2] not in books:
            continue
        for attributes in _elements(archive, member, name, "sheet"):
            relation = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            for target in targets.get(relation, []):
                path = target.lstrip("/") if target.startswith("/") else member.name.rpartition("/")[0] + "/" + target
                titles.append((attributes.get("name", path), path.lstrip("/")))
    if len(titles) > limit("lembar"):
        raise UnreadableFileError("buku-banyak-lembar", berkas=name, banyak=len(titles), batas=limit("lembar"))
    files = {target.rpartition("/")[2] for found in targets.values() for target in found}
    return SheetParts(frozenset(files), tuple(titles))


def _relations(archive: Archive, name: str) -> tuple[dict[str, list[str]], set[str]]:
    """Return relation -> targets that are called sheets, and the file names that may be the workbook's own part."""
    targets: dict[str, list[str]] = {}
    books = {"workbook.xml"}
    for member in archive.members:
        if member.name.endswith(".rels"):
            for attributes in _elements(archive, member, name, "Relationship"):
                kind = attributes.get("Type", "").rpartition("/")[2].casefold()
                target = attributes.get("Target", "").replace("\\", "/").casefold()
                if kind == "officedocument":
                    books.add(target.rpartition("/")[2])
                elif kind in _SHEETS:
                    if "&" in target or not target:
                        raise UnreadableFileError("buku-rusak", berkas=name, sebab=member.entry.filename[:80])
                    targets.setdefault(attributes.get("Id", ""), []).append(target)
        elif member.name == "[content_types].xml":
            for attributes in _elements(archive, member, name, "Override"):
                if attributes.get("ContentType", "").endswith("main+xml"):
                    books.add(attributes.get("PartName", "").casefold().rpartition("/")[2])
    return targets, books


def pieces_of_xml(archive: Archive, member: Member, name: str) -> Iterator[bytes]:
    """Yield a part piece by piece; document types, entities and two-byte encodings are refused.

    Raises
    ------
    UnreadableFileError
        It holds what no spreadsheet writes.
    """
    before, first = b"", True
    for piece in archive.pieces(member):
        if first and piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
            raise UnreadableFileError("buku-rusak", berkas=name, sebab="XML UTF-16")
        first = False
        if (b"!" in piece or b"!" in before) and _DOCTYPE.search(before + piece):
            raise UnreadableFileError("xml-entitas", berkas=name)
        before = piece[-256:]
        yield piece


def _elements(archive: Archive, member: Member, name: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)
            if len(found) > limit("anggota"):
                raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("anggota"))

    if member.entry.file_size > _SMALL:
        raise UnreadableFileError("buku-rusak", berkas=name, sebab=member.entry.filename[:80])
    parse(pieces_of_xml(archive, member, name), name, start)
    return found
