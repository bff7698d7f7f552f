"""Small Parquet files with a JSON note about themselves: written whole or not at all, refused if not ours."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.files import read_bytes, refuse_large
from skm.basics.limits import limit
from skm.basics.packages import need
from skm.basics.strict_text import parse_json
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
    refuse_large(len(content), "hitungan", path.name)
    try:
        opened = parquet.ParquetFile(io.BytesIO(content))
        about = opened.metadata
        if about.num_rows * about.num_columns > limit("sel"):
            raise UnreadableFileError("tabel-terlalu-besar", berkas=path.name, batas=limit("sel"))
        note = parse_json((opened.schema_arrow.metadata or {})[_KEY], path.name, exact=False)
        table = opened.read()
        columns = {name: table[name].to_pylist() for name in table.column_names}
    except (arrow.ArrowException, KeyError, OSError, UnicodeDecodeError, OverflowError, TypeError, MemoryError):
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=path.name) from None
    except ValueError as problem:
        if isinstance(problem, UnreadableFileError) and problem.code == "tabel-terlalu-besar":
            raise
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=path.name) from None
    if not isinstance(note, dict):
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=path.name)
    return columns, note


def libraries() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    """
    return need("pyarrow"), need("pyarrow.parquet")
