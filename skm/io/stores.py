"""Files in object stores (``s3://bucket/folder`` and its like), through fsspec: Parquet and large text in parts."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.packages import missing
from skm.io.folders import LAKES, hidden
from skm.io.many import TABLES

_SCHEME = re.compile(r"(?P<skema>[a-z][a-z0-9+.-]+)://", re.I)
_WEB = frozenset({"http", "https"})
_PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
}

_copies: list[tempfile.TemporaryDirectory[str]] = []  # removed when the program ends


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Files of a store.

    Attributes
    ----------
    files : list of PurePosixPath
        The tables, in order of name.
    single : bool
        The address is that of one file.
    address : str
        As it was given.
    system : fsspec filesystem
        What reads them.
    table : str
        The format of a table that only its own library opens; its files alone are not the table.
    """

    address: str
    files: list[PurePosixPath]
    single: bool
    system: Any = field(repr=False)
    table: str = ""

    def opener(self, path: PurePosixPath) -> Callable[[], bytes]:
        """Return what brings the whole of a file."""

        def content() -> bytes:
            found: bytes = self.system.cat_file(str(path))
            return found

        return content

    def size(self) -> int:
        """Return how many bytes the files have together."""
        return sum(int(self.system.size(str(path)) or 0) for path in self.files)

    def copied(self) -> list[Path]:
        """Return copies of the files on this machine, in folders of the same names, until the program ends."""
        held = tempfile.TemporaryDirectory(prefix="skm-")
        _copies.append(held)
        out = []
        for path in self.files:
            target = Path(held.name, *(part for part in path.parts if part != "/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            self.system.get_file(str(path), str(target))
            out.append(target)
        return out


def is_store(source: Any) -> bool:
    """Tell whether a source is the address of files in a store.

    >>> is_store("s3://skm/2026"), is_store("sqlite:///a.db"), is_store("C:/data"), is_store("https://skm.go.id/a.csv")
    (True, False, False, False)
    """
    from skm.io.database import SCHEMES

    match = _SCHEME.match(source) if isinstance(source, str) else None
    return match is not None and match["skema"].lower().partition("+")[0] not in {*SCHEMES, *_WEB}


def stored(address: str) -> Stored:
    """Find the files at an address: a file, a folder, or a pattern such as ``s3://skm/2026/*.parquet``.

    Raises
    ------
    MissingDependencyError
        fsspec, or the package that speaks to this store, is not installed.
    UnreadableFileError
        Nothing is there, or the store does not answer.
    """
    scheme = address.partition("://")[0].lower()
    try:
        import fsspec
    except ImportError:
        raise missing("fsspec") from None
    try:
        system, root = fsspec.core.url_to_fs(address)
        single = "*" not in root and system.isfile(root)
        below = [root] if single else system.glob(root) if "*" in root else system.find(root)
    except ImportError:
        raise missing(_PACKAGES.get(scheme, scheme)) from None
    except FileNotFoundError:
        below, single = [], False
    except Exception as problem:  # every store has errors of its own; their texts may quote keys
        raise store_refusal(address, problem) from None
    files = [PurePosixPath(path) for path in below]
    table = ""
    if not single:
        base = PurePosixPath(root.partition("*")[0].rpartition("/")[0] if "*" in root else root)
        found = [(path, path.relative_to(base)) for path in files]
        table = _lake([below for _, below in found])
        files = _tables(found)
    if not files and not table:
        raise UnreadableFileError("sumber-kosong", nilai=address)
    return Stored(address, files, single, system, table)


def store_refusal(address: str, problem: Exception) -> UnreadableFileError:
    """Return the refusal where a store, or a library that asks one, fails in a way of its own."""
    scheme, there, _ = address.partition("://")
    return UnreadableFileError(
        "penyimpanan-gagal", skema=scheme.lower() if there else "file", jenis=type(problem).__name__
    )


def _lake(found: Sequence[PurePosixPath]) -> str:
    """Return the format of a table whose files lie in a folder; empty where they are files and no more."""
    for mark, kind in LAKES:
        if any(str(below).startswith(mark) for below in found):
            return kind
    return "Iceberg" if any(below.match("metadata/*.metadata.json") for below in found) else ""


def _tables(found: Sequence[tuple[PurePosixPath, PurePosixPath]]) -> list[PurePosixPath]:
    """Return the tables of a folder: those directly in it, else those below; nothing that is hidden."""
    files = [(path, below) for path, below in found if below.suffix.lower() in TABLES and not hidden(below)]
    direct = [path for path, below in files if len(below.parts) == 1]
    # Parquet belongs together however deep it lies; beside other tables it is some of many files.
    if all(path.suffix.lower() in (".parquet", ".pq") for path in direct):
        direct = []
    return sorted(direct or [path for path, _ in files])
