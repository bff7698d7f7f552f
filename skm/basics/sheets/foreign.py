"""Files that are no tables, told by what their bytes are: pictures, documents, archives, shortcuts, web pages."""

from __future__ import annotations

import io
import re
import zipfile

from skm.basics.errors import UnreadableFileError

_LOOKED_AT = 1_000_000
_STARTS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("berkas-gambar", (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")),
    ("berkas-arsip", (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")),
    ("berkas-pdf", (b"%PDF",)),
    ("berkas-dokumen", (b"{\\rtf",)),
    ("berkas-media", (b"ID3", b"OggS", b"fLaC", b"MZ", b"\x7fELF", b"\x1aE\xdf\xa3")),
)
_BRANDS = {b"heic": "berkas-gambar", b"heix": "berkas-gambar", b"mif1": "berkas-gambar", b"avif": "berkas-gambar"}
_SHORTCUT = re.compile(
    rb"\s*(?:\[InternetShortcut\]|\[Desktop Entry\]|L\x00\x00\x00\x01\x14\x02\x00"
    rb'|\{[^{}\[\]]{0,400}"(?:url|doc_id)"\s*:\s*"[^"]{1,400}"[^{}\[\]]{0,400}\}\s*$)'
)
_PAGE = re.compile(rb"\s*(?:<!doctype\s+html|<html\b|<table\b|<head\b|<body\b)", re.IGNORECASE)
_FOREIGN_STREAMS = {"berkas-dokumen": ("WordDocument", "PowerPoint Document"), "berkas-surel": ("__substg1.0_",)}
_WORKBOOK_STREAMS = ("Workbook", "Book", "EncryptedPackage")


def refuse_foreign(content: bytes, name: str) -> None:
    """Refuse what is no table of answers, with the step that leads to one.

    Raises
    ------
    UnreadableFileError
        A picture, a document, an archive other than zip, a shortcut to something on the web, a web page, a recording.
    """
    code = kind_of_foreign(content)
    if code:
        raise UnreadableFileError(code, berkas=name)


def kind_of_foreign(content: bytes) -> str:
    r"""Return the code of the refusal of a file that is no table, or nothing.

    >>> kind_of_foreign(b"%PDF-1.7"), kind_of_foreign(b"[InternetShortcut]\\nURL=x"), kind_of_foreign(b"U1;U2")
    ('berkas-pdf', 'berkas-pintasan', '')
    """
    for code, starts in _STARTS:
        if content.startswith(starts):
            return code
    if content[:4] == b"RIFF":
        return "berkas-gambar" if content[8:12] == b"WEBP" else "berkas-media"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "berkas-media")
    if content[257:262] == b"ustar":
        return "berkas-arsip"
    head = content[:2000].removeprefix(b"\xef\xbb\xbf")
    if len(content) < 2000 and _SHORTCUT.match(head):
        return "berkas-pintasan"
    if _PAGE.match(head):
        return "berkas-html"
    return ""


def kind_of_container(content: bytes) -> str:
    """Return the code of the refusal of a document kept like a workbook, for one that its reader could not open."""
    return _in_zip(content) if content.startswith(b"PK\x03\x04") else _in_ole(content)


def _in_zip(content: bytes) -> str:
    """Return the kind of a document kept as a zip archive; workbooks and archives of tables are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mime = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 100
                else b""
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return ""  # a damaged workbook is told as such by its reader
    if any(name.startswith(("word/", "ppt/", "Index/Document.iwa")) for name in names) or b".text" in mime:
        return "berkas-dokumen"
    return "berkas-dokumen" if b".presentation" in mime or "Index/Presentation.iwa" in names else ""


def _in_ole(content: bytes) -> str:
    """Return the kind of an old Office file that is no workbook, by the names of its streams."""
    head = content[:_LOOKED_AT]
    if any(stream.encode("utf-16-le") in head for stream in _WORKBOOK_STREAMS):
        return ""
    for code, streams in _FOREIGN_STREAMS.items():
        if any(stream.encode("utf-16-le") in head for stream in streams):
            return code
    return ""
