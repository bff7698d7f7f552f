"""Text tables: comma, semicolon, tab or bar; the separator is the one that the header row shows."""

from __future__ import annotations

import csv
import io

from skm._files import decode
from skm.errors import UnreadableFileError
from skm.io._grid import Lembar

_SEPARATORS = (";", ",", "\t", "|")


def read_delimited(content: bytes, name: str) -> list[Lembar]:
    """Return the table of a text file as one sheet; empty cells are None.

    Raises
    ------
    UnreadableFileError
        The file is empty or holds bytes that are no text.
    """
    text = decode(content)
    if not text.strip():
        raise UnreadableFileError("berkas-kosong", berkas=name)
    if "\x00" in text:
        raise UnreadableFileError("berkas-bukan-teks", berkas=name)
    separator, hint = separator_of(text)
    text = text.partition("\n")[2] if hint else text
    csv.field_size_limit(1 << 24)
    rows, numbers = [], []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for row in reader:
            rows.append([cell if cell.strip() else None for cell in row])
            numbers.append(reader.line_num)
    except csv.Error as problem:
        raise UnreadableFileError("csv-rusak", berkas=name, baris=reader.line_num, sebab=str(problem)) from None
    return [Lembar("", rows, numbers)]


def separator_of(text: str) -> tuple[str, bool]:
    """Return the separator, and whether Excel's hint line ``sep=;`` names it."""
    first = text.partition("\n")[0]
    hint = first.strip().lower()
    if hint.startswith("sep=") and len(hint) == 5:
        return hint[4], True
    for line in text.splitlines()[:20]:
        counts = {s: sum(1 for _ in _outside_quotes(line, s)) for s in _SEPARATORS}
        best = max(counts, key=lambda s: counts[s])
        if counts[best]:
            return best, False
    return ",", False


def _outside_quotes(line: str, separator: str) -> list[int]:
    quoted, places = False, []
    for i, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == separator and not quoted:
            places.append(i)
    return places
