"""Small Parquet files with a JSON note about themselves: written whole or not at all, refused if not ours."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.files import read_bytes
from skm.basics.packages import need
from skm.basics.writing import write_file

_KEY = b"skm"


def write(path: Path, columns: Mapping[str, Any], note: Mapping[str, Any], *, overwrite: bool = False) -> Path:
    """Write columns and the note.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    DataError
        The file cannot be written.
    """
    arrow, parquet = libraries()
    table = arrow.table(dict(columns)).replace_schema_metadata({_KEY: json.dumps(note, ensure_ascii=False).encode()})
    content = io.BytesIO()
    parquet.write_table(table, content, compression="zstd")
    return write_file(path, content.getvalue(), overwrite=overwrite)


def read(path: Path) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return the columns as lists, and the note.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    UnreadableFileError
        The file is no such file.
    """
    arrow, parquet = libraries()
    content = read_bytes(path)
    try:
        table = parquet.read_table(io.BytesIO(content))
        note = json.loads((table.schema.metadata or {})[_KEY])
    except (arrow.ArrowInvalid, KeyError, ValueError, OSError):
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=path.name) from None
    return {name: table[name].to_pylist() for name in table.column_names}, note


def libraries() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    """
    return need("pyarrow"), need("pyarrow.parquet")
