"""Same input, same bytes: what office files record of the moment and the machine is set to what the report says.

Word and Excel files are zip archives. The libraries that write them put the time of day into every member and into
the document's properties; two runs over the same answers would then differ, and nobody could tell an edited file from
a new one.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive knows
_MOMENTS = (
    (re.compile(rb"(/(?:Creation|Mod)Date ?\(D:)(\d{4,14})"), b"19800101000000"),
    (re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"), b"1980-01-01T00:00:00"),
    (re.compile(rb"(/DocChecksum ?/)([0-9A-Fa-f]+)"), b""),
    (re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+)"), b""),
)
_NO_DAY = datetime(*FIRST, tzinfo=UTC)


def same_zip(content: bytes) -> bytes:
    """Return an archive with the same members in the same order, their times and origins set to one value."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            fixed = zipfile.ZipInfo(member.filename, FIRST)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 0
            fixed.external_attr = 0
            new.writestr(fixed, old.read(member))
    return buffer.getvalue()


def same_pdf(content: bytes) -> bytes:
    """Return a PDF of an office program without the time of day and the number drawn from it.

    What is replaced keeps its length, so that the places noted inside the file stay right.
    """
    for pattern, fixed in _MOMENTS:

        def replaced(match: re.Match[bytes], new: bytes = fixed) -> bytes:
            return match[1] + (new[: len(match[2])] or re.sub(rb"[0-9A-Fa-f]", b"0", match[2]))

        content = pattern.sub(replaced, content)
    return content


def moment(day: Any) -> datetime:
    """Return the time that a document bears: the day of the report, or a fixed one where it is not known."""
    if isinstance(day, datetime):
        return day.replace(tzinfo=UTC)
    return datetime.combine(day, time(), UTC) if isinstance(day, date) else _NO_DAY


def word_properties(word: Any, *, judul: str, penulis: str, hari: Any, lang: str) -> None:
    """Set the properties of a Word document: title, author, language, the day of the report."""
    known = word.core_properties
    known.title, known.author, known.last_modified_by = judul[:250], penulis[:250], penulis[:250]
    known.language = "id-ID" if lang == "id" else "en-GB"
    known.created = known.modified = moment(hari)
    known.comments, known.revision = "", 1


def book_properties(book: Any, *, judul: str, penulis: str = "", hari: Any = None, ket: str = "") -> None:
    """Set the properties of an Excel workbook."""
    made = {"title": judul[:200], "author": penulis[:200], "comments": ket, "created": moment(hari)}
    book.set_properties(made)
