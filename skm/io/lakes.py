"""Tables of lakes by their address, here or in a store: opened by their own libraries, which know what is deleted."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

from skm.answers.column import Source
from skm.io.stores import store_refusal

_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")


def is_metadata(path: PurePath) -> bool:
    """Tell whether a file says what an Iceberg table holds at one moment: metadata/00002-....metadata.json."""
    return path.name.endswith(".metadata.json") and path.parent.name == "metadata"


def delta_table(address: str) -> Source | None:
    """Return the rows that a Delta table holds now, or None where its library is not there to open it.

    Raises
    ------
    UnreadableFileError
        The table cannot be opened.
    """
    if find_spec("deltalake") is None:
        return None  # the folder is refused, and the package named
    from deltalake import DeltaTable

    from skm.answers.frames.lake import open_delta

    # Whoever names a server without encryption in the environment means to speak to it so.
    named = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), "")
    options = {"allow_http": "true"} if named.startswith("http://") and "://" in address else None
    try:
        return open_delta(DeltaTable(address, storage_options=options))
    except Exception as problem:
        raise store_refusal(address, problem) from None


def iceberg_table(address: str) -> Source | None:
    """Return the rows of an Iceberg table as a file of its metadata has them, or None without its library.

    Raises
    ------
    UnreadableFileError
        The table cannot be opened.
    """
    if find_spec("pyiceberg") is None:
        return None
    from pyiceberg.table import StaticTable

    from skm.answers.frames.lake import open_iceberg

    # Keys and servers of stores are read from the environment, as for every other file there.
    through: dict[str, Any] = {"py-io-impl": "pyiceberg.io.fsspec.FsspecFileIO"} if "://" in address else {}
    try:
        return open_iceberg(StaticTable.from_metadata(address, through))
    except Exception as problem:
        raise store_refusal(address, problem) from None
