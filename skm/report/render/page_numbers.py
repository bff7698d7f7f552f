"""On which page each bookmark stands: a document laid out by LibreOffice, read from the destinations in its PDF."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from skm.report.render.docx_xml import bookmark_name
from skm.report.render.office import convert, libreoffice

_PATIENCE = 90  # seconds
# Every bookmark of the document becomes a destination of the PDF, under its own name.
_BOOKMARKS = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_KIDS = re.compile(rb"/Type\s*/Pages\b.{0,400}?/Kids\s*\[([^\]]*)\]", re.DOTALL)
_PLACE = re.compile(rb"/([0-9A-Za-z]{1,120})\s*\[\s*(\d{1,9}) 0 R\s*/XYZ")


def page_numbers(content: bytes, anchors: Iterable[str]) -> dict[str, int]:
    """Return the page of every anchor; empty where LibreOffice is not there or its layout cannot be read.

    Parameters
    ----------
    content : bytes
        A Word document.
    anchors : iterable of str
        Headings, tables and figures to look for.
    """
    if libreoffice() is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        try:
            pdf = convert(content, Path(folder), _BOOKMARKS, patience=_PATIENCE)
        except (OSError, subprocess.SubprocessError):
            return {}  # page numbers are a comfort: the document is whole without them
    return _pages(pdf, list(anchors))


def _pages(pdf: bytes, anchors: list[str]) -> dict[str, int]:
    kids = _KIDS.search(pdf)
    if kids is None:
        return {}
    order = {int(number): page for page, number in enumerate(re.findall(rb"\b(\d{1,9}) 0 R", kids[1]), start=1)}
    places = {name.decode("ascii"): order.get(int(target)) for name, target in _PLACE.findall(pdf)}
    found = {}
    for anchor in anchors:
        page = places.get(_written(bookmark_name(anchor)))
        if page is None:
            return {}
        found[anchor] = page
    return found


def _written(name: str) -> str:
    """Return a name the way LibreOffice writes it into a PDF: letters and digits, all else as two hex digits."""
    return "".join(c if c.isascii() and c.isalnum() else "".join(f"{b:02X}" for b in c.encode()) for c in name)
