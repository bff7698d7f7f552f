"""Bytes of a file -> its sheets, by what the bytes are."""

from __future__ import annotations

from skm.basics.errors import UnreadableFileError
from skm.basics.sheets.archive import ZIP
from skm.basics.sheets.delimited import read_delimited
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
    if content.startswith((ZIP, OLE)):
        return read_workbook(content, name)
    if content.startswith(b"%PDF"):
        raise UnreadableFileError("berkas-pdf", berkas=name)
    if content.lstrip()[:6].lower() in (b"<html>", b"<table") or content.lstrip()[:9].lower() == b"<!doctype":
        raise UnreadableFileError("berkas-html", berkas=name)
    return read_delimited(content, name)
