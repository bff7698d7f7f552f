"""Looking into a zipped workbook before it is opened: what the reader will ask for, and what its cells will not show.

A single cell at XFD1048576 makes a reader ask for memory for the whole sheet, and an archive of a few kilobytes can
hold gigabytes. So the guard takes the reader's own way (the relations say which parts are sheets, whatever they are
called) and measures every part that may become a sheet, in bounded memory: the farthest cell, the number of cells, the
length of texts that many cells share. What is not written as spreadsheets write it is read with a full XML parser.
The same pass collects what the reader would turn into blanks: error values and formulas never calculated.
"""

from __future__ import annotations

from skm.basics.errors import UnreadableFileError
from skm.basics.limits import limit
from skm.basics.sheets.archive import Archive, Member
from skm.basics.sheets.extent import Extent, Scan, exact_extent, refuse_wide, whole_tags
from skm.basics.sheets.grid import SheetFacts
from skm.basics.sheets.guard_ods import measure_ods
from skm.basics.sheets.parts import pieces_of_xml, sheets_of
from skm.basics.sheets.shared_texts import refuse_multiplied

_READABLE = (".xml", ".rels")


def inspect(content: bytes | Archive, name: str, *, cells: str = "sel") -> dict[str, SheetFacts] | None:
    """Measure a zipped workbook (.xlsx, .xlsm, .ods) and return what is known per sheet name.

    Parameters
    ----------
    content : bytes or Archive
        The file, or the archive that it was opened as.
    name : str
        Its name, for messages.
    cells : {"sel", "sel-tercetak"}
        Which limit of cells holds.

    Returns
    -------
    dict or None
        None for a binary workbook (.xlsb), which cannot be followed here and is read in a child process.

    Raises
    ------
    UnreadableFileError
        The archive is damaged or protected, holds XML entities, or unpacks, spans or multiplies beyond the limits.
    """
    archive = content if isinstance(content, Archive) else Archive(content, name)
    if any(member.name.endswith("workbook.bin") for member in archive.members):
        return None
    sheets = sheets_of(archive, name)
    parts: dict[str, Extent] = {}
    facts: dict[str, SheetFacts] = {}
    elements = 0
    for member in archive.members:
        last = member.name.rpartition("/")[2]
        if last in sheets.targets:
            extent = _measure(archive, member, name)
            parts[member.name] = extent if member.name not in parts else parts[member.name].widest(extent)
        elif member.name.endswith(_READABLE):
            elements += sum(piece.count(b"<") for piece in pieces_of_xml(archive, member, name))
            if elements > limit("tanda"):
                raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("tanda"))
    total, named = 0, set()
    for title, path in sheets.titles:
        found = parts.get(path)
        named.add(path.rpartition("/")[2])
        if found is None:  # under another spelling of its path: the largest that could be meant
            alike = [e for n, e in parts.items() if n.rpartition("/")[2] == path.rpartition("/")[2]]
            found = max(alike, key=lambda e: e.area, default=Extent())
        total += max(found.area, found.cells)
        if total > limit(cells):
            refuse_wide(name, title, found, total, cells)
        facts.setdefault(title, found.facts())
    for path, found in parts.items():
        if path.rpartition("/")[2] not in named:
            total += max(found.area, found.cells)
            if total > limit(cells):
                refuse_wide(name, path, found, total, cells)
    refuse_multiplied(archive, parts, name)
    if any(member.name == "content.xml" for member in archive.members):
        facts |= measure_ods(archive, name, cells)
    return facts


def _measure(archive: Archive, member: Member, name: str) -> Extent:
    """Return the extent of a part: at once where it is written as spreadsheets write it, else by parsing it."""
    scan = Scan(exact=member.entry.file_size <= 1 << 22)
    for piece in whole_tags(pieces_of_xml(archive, member, name), name):
        scan.take(piece)
        if scan.tags > 8 * limit("sel") or scan.extent.cells > limit("sel"):
            raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("sel"))
    if scan.canonical and (scan.exact or scan.extent.area <= limit("sel") // 4):
        return scan.extent
    if scan.tags > limit("tanda") and not scan.canonical:
        raise UnreadableFileError("buku-terlalu-rinci", berkas=name, batas=limit("tanda"))
    if scan.canonical:  # the quick look only bounds the rows
        again = Scan(exact=True)
        for piece in whole_tags(pieces_of_xml(archive, member, name), name):
            again.take(piece)
        if again.extent.area <= limit("sel"):
            return again.extent
        scan = again
    if scan.tags > 6 * limit("tanda"):
        return scan.extent
    return exact_extent(pieces_of_xml(archive, member, name), name, scan.extent)
