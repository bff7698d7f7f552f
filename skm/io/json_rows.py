"""Text that is no table of cells: JSON records are read, dumps and databases refused with the way to export them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from skm.answers.survei import Survei
from skm.basics.errors import DataError, UnreadableFileError
from skm.basics.files import decode
from skm.basics.sheets.foreign import refuse_foreign
from skm.basics.strict_text import json_columns, parse_json
from skm.io.nested import records_in
from skm.regulasi._kuesioner import Kuesioner

_SQL = re.compile(
    rb"^\s*(?:--|/\*!|SET |CREATE (?:TABLE|DATABASE)|DROP TABLE|INSERT INTO|BEGIN TRANSACTION|PRAGMA )", re.IGNORECASE
)
_STATEMENT = re.compile(rb"\b(?:CREATE TABLE|INSERT INTO|COPY [^\n;]{1,300}FROM stdin)\b", re.IGNORECASE)

_LINES = re.compile(r"[\r\n]+")  # other marks that end a line may stand in a text

# Words of a request that say how its data are to be read: they are never passed over.
_ENVELOPE = {"opsi", "kuesioner", "populasi", "fakta", "jumlah", "regulasi"}


def refuse_dumps(content: bytes, name: str) -> None:
    """Refuse what holds a whole database, with the way to hand over one table of it.

    Raises
    ------
    UnreadableFileError
        An SQL dump, an SQLite file or an archive of pg_dump; a picture, a document and the like.
    """
    refuse_foreign(content, name)
    if content.startswith(b"SQLite format 3\x00"):
        raise UnreadableFileError("basis-data-sqlite", berkas=name)
    if content.startswith(b"PGDMP"):
        raise UnreadableFileError("dump-sql", berkas=name)
    head = content[:1_000_000]
    if _SQL.match(head.removeprefix(b"\xef\xbb\xbf")) and _STATEMENT.search(head):
        raise UnreadableFileError("dump-sql", berkas=name)


def read_json(content: bytes, name: str, base: Kuesioner) -> Any | None:
    """Return the records of a JSON file, or of one with a record a line, as a table; None where the bytes are no JSON.

    Raises
    ------
    DataError
        It is JSON and holds no records, several lists of them, or a page of more.
    """
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start not in (b"[", b"{"):
        return None
    if (columns := json_columns(content, name)) is not None:
        return columns
    try:
        values = parse_json(content, name, exact=False)
    except UnreadableFileError as problem:
        if problem.code != "masukan-json-rusak":
            raise
        lines = [line for line in _LINES.split(decode(content).removeprefix("\ufeff")) if line.strip()]
        try:
            values = [parse_json(line, name, exact=False) for line in lines]
        except UnreadableFileError:
            return None
    if not (isinstance(values, Mapping) and _ENVELOPE & set(values)):
        rows = records_in(values, name, base)
        if rows is not None:
            return rows
    raise DataError("json-bukan-rekaman", berkas=name)


def named(read: Any, berkas: str) -> Any:
    """Return what was read from rows with the file's name as its source."""
    if not isinstance(read, Survei):
        return read
    return replace(read, sumber=replace(read.sumber, berkas=berkas))
