"""Folders of tables: which files are data, what their folders say (hive keys), and tables that are more than files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path, PurePath
from urllib.parse import unquote

from skm.basics.errors import DataError

_KEY = re.compile(r"(?P<kunci>[A-Za-z_]\w*)=(?P<nilai>.+)")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
# What a table format keeps beside its files; rows deleted there still stand in them.
LAKES = (("_delta_log", "Delta"), (".hoodie", "Hudi"), ("metadata/version-hint.text", "Iceberg"))


def data_files(folder: Path, endings: Iterable[str], *, deep: bool) -> list[Path]:
    """Return the tables in a folder in order of name, without names that begin with _ . or ~ and what is in such.

    Raises
    ------
    DataError
        The folder is a table of Delta, Hudi or Iceberg, whose files alone are not the table.
    """
    refuse_lakes(folder)
    known = frozenset(endings)
    found = folder.rglob("*") if deep else folder.iterdir()
    files = [p for p in found if p.suffix.lower() in known and not hidden(p.relative_to(folder)) and p.is_file()]
    return sorted(files)


def refuse_lakes(folder: Path) -> None:
    """Refuse a folder whose files are part of a table of another format.

    Raises
    ------
    DataError
        Naming the format and what reads it.
    """
    for mark, kind in LAKES:
        if (folder / mark).exists():
            raise DataError("folder-tabel", format=kind, berkas=folder.name)
    if any((folder / "metadata").glob("*.metadata.json")):
        raise DataError("folder-tabel", format="Iceberg", berkas=folder.name)


def without_hidden(files: Iterable[Path]) -> list[Path]:
    """Return those files whose own name is that of data."""
    return [path for path in files if not path.name.startswith(("_", ".", "~"))]


def folder_keys(path: PurePath) -> dict[str, str | None]:
    """Return what the folders of a file say of its rows: unit=Dinas%20A is unit -> Dinas A.

    >>> folder_keys(Path("data/unit=Dinas%20A/tahun=2026/a.parquet"))
    {'unit': 'Dinas A', 'tahun': '2026'}
    """
    keys: dict[str, str | None] = {}
    for part in path.parent.parts:
        if match := _KEY.fullmatch(part):
            value = unquote(match["nilai"])
            keys[match["kunci"]] = None if value == _NO_VALUE else value
    return keys


def hidden(path: PurePath) -> bool:
    """Tell whether a name on the way to a file, or its own, begins with _ . or ~."""
    return any(part.startswith(("_", ".", "~")) for part in path.parts)
