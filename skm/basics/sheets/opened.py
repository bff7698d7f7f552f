"""Bytes of a file -> its sheets, by what the bytes are."""

from __future__ import annotations

from skm.basics.errors import UnreadableFileError
from skm.basics.sheets.archive import ZIP
from skm.basics.sheets.delimited import read_delimited
from skm.basics.sheets.foreign import kind_of_container, refuse_foreign
from skm.basics.sheets.grid import Sheet
from skm.basics.sheets.workbook import read_workbook

OLE = b"\xd0\xcf\x11\xe0"
PARQUET, SAV, DTA = b"PAR1", (b"$FL2", b"$FL3", b"<stata_dta>"), (b"<stata_dta>", b"\x72", b"\x73")


def open_sheets(content: bytes, name: str) -> list[Sheet]:
    """Return the sheets of a workbook, or the table of a text file as the only sheet.

    Raises
    ------
    UnreadableFileError
        Nothing in it, no table, damaged, or protected.
    """
    if not content:
        raise UnreadableFileError("berkas-kosong", berkas=name)
    refuse_foreign(content, name)
    if content.startswith((ZIP, OLE)):
        try:
            return read_workbook(content, name)
        except UnreadableFileError as problem:
            if problem.code == "buku-rusak" and (kind := kind_of_container(content)):
                raise UnreadableFileError(kind, berkas=name) from None
            raise
    return read_delimited(content, name)
