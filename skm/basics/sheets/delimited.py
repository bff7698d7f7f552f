"""Text tables: comma, semicolon, tab or bar; the separator is the one that most lines agree on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from skm.basics.errors import UnreadableFileError
from skm.basics.files import decode, refuse_large
from skm.basics.limits import limit, setting
from skm.basics.sheets.grid import Sheet

_SEPARATORS = (";", ",", "\t", "|")
# An apostrophe keeps a spreadsheet from taking a text for a formula; it is no part of the text.
_QUOTED = ("'=", "'+", "'-", "'@")


def read_delimited(content: bytes, name: str) -> list[Sheet]:
    """Return the table of a text file as one sheet.

    Raises
    ------
    UnreadableFileError
        The file is empty or holds bytes that are no text.
    """
    refuse_large(len(content), "teks", name)
    try:
        text = decode(content)
    except UnicodeDecodeError:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name) from None
    if not text.strip():
        raise UnreadableFileError("berkas-kosong", berkas=name)
    if "\x00" in text:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name)
    separator, hint = separator_of(text)
    text = text.partition("\n")[2] if hint else text
    skipped = int(hint)
    csv.field_size_limit(limit("huruf-sel"))
    rows, numbers, cells, most, widest = [], [], 0, limit("sel"), limit("kolom")
    quoted = any(mark in text for mark in _QUOTED)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        before = skipped
        for row in reader:
            rows.append([c[1:] if c[:2] in _QUOTED else c for c in row] if quoted else row)
            numbers.append(before + 1)
            before = skipped + reader.line_num
            cells += len(row)
            if len(row) > widest:
                shown = {"banyak": len(row), "batas": widest, "anjuran": setting("kolom")}
                raise UnreadableFileError("tabel-terlalu-lebar", berkas=name, baris=reader.line_num, **shown)
            if cells > most:
                raise UnreadableFileError("tabel-terlalu-besar", berkas=name, batas=most)
    except csv.Error as problem:
        raise UnreadableFileError("csv-rusak", berkas=name, baris=reader.line_num, sebab=str(problem)) from None
    return [Sheet("", rows, numbers)]


def separator_of(text: str) -> tuple[str, bool]:
    r"""Return the separator, and whether Excel's hint line ``sep=;`` names it.

    >>> separator_of("U1;U2 (1 = a, 4 = b), c\n3;4\n3,0;4,0")
    (';', False)
    """
    hint = text.partition("\n")[0].strip().lower()
    if hint.startswith("sep=") and len(hint) == 5:
        return hint[4], True
    lines = text.splitlines()[:40]
    return max(_SEPARATORS, key=lambda s: _shape([_outside_quotes(line, s) for line in lines])), False


def _shape(counts: Sequence[int]) -> tuple[int, int, int]:
    """Return how many lines one below the other agree on a number of separators, how many do at all, and that number.

    A separator makes the same columns of every line from the header down; decimal commas have no header, and commas
    in a letterhead, in the header or in a remark agree with nothing below them.
    """
    often = Counter(count for count in counts if count)
    runs = ((count, sum(1 for _ in run)) for count, run in groupby(counts) if count)
    return max(((run, often[count], count) for count, run in runs), default=(0, 0, 0))


def _outside_quotes(line: str, separator: str) -> int:
    quoted, found = False, 0
    for char in line:
        if char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            found += 1
    return found
