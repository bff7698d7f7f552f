"""On which page each heading stands: a document laid out by LibreOffice, read from the bookmarks of its PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from skm.report.chapters.blocks import Heading

_PATIENCE = 90  # seconds
_TITLE = re.compile(rb"/Title<([0-9A-F]+)>\s*/Dest\[(\d+) 0 R", re.IGNORECASE)
_KIDS = re.compile(rb"/Type\s*/Pages\b.{0,400}?/Kids\s*\[([^\]]*)\]", re.DOTALL)


def page_numbers(content: bytes, headings: Sequence[Heading]) -> dict[str, int]:
    """Return the page of every heading; empty where LibreOffice is not there or its layout cannot be read.

    Parameters
    ----------
    content : bytes
        A Word document.
    headings : sequence of Heading
        Headings to look for, in order.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="skm-") as folder:
        pdf = _convert(program, content, Path(folder))
    return {} if pdf is None else _pages(pdf, headings)


def _convert(program: str, content: bytes, folder: Path) -> bytes | None:
    source = folder / "laporan.docx"
    source.write_bytes(content)
    profile = (folder / "profil").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    try:
        subprocess.run(
            [*command, str(source)],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
            env={**os.environ, "HOME": str(folder)},
        )
        return source.with_suffix(".pdf").read_bytes()
    except (OSError, subprocess.SubprocessError):
        return None  # page numbers are a comfort: the document is whole without them


def _pages(pdf: bytes, headings: Sequence[Heading]) -> dict[str, int]:
    """Match the PDF's bookmarks, which are the headings in order, with the wanted ones."""
    kids = _KIDS.search(pdf)
    if kids is None:
        return {}
    order = {int(number): page for page, number in enumerate(re.findall(rb"\b(\d{1,9}) 0 R", kids[1]), start=1)}
    marks = [(_text(title), order.get(int(target))) for title, target in _TITLE.findall(pdf)]
    found: dict[str, int] = {}
    position = 0
    for heading in headings:
        for ahead in range(position, len(marks)):
            title, page = marks[ahead]
            if title == " ".join(heading.lengkap.split()) and page is not None:
                found[heading.jangkar] = page
                position = ahead + 1
                break
    return found if len(found) == len(headings) else {}


def _text(title: bytes) -> str:
    raw = bytes.fromhex(title.decode("ascii"))
    return " ".join(raw.decode("utf-16" if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1").split())
