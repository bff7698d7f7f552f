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
    """Return the columns of a file as lists, and the note; see `parse`."""
    return parse(read_bytes(path), path.name)


def has_note(content: bytes) -> bool:
    """Tell whether the bytes are a Parquet file that this package wrote."""
    if not content.startswith(b"PAR1"):
        return False
    arrow, parquet = libraries()
    try:
        return _KEY in (parquet.read_schema(io.BytesIO(content)).metadata or {})
    except (arrow.ArrowException, OSError, ValueError):
        return False  # whoever reads it as a table says what is wrong with it


def parse(content: bytes, name: str) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Return the columns as lists, and the note.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    UnreadableFileError
        The bytes are no such file.
    """
    arrow, parquet = libraries()
    refuse_large(len(content), "hitungan", name)
    try:
        opened = parquet.ParquetFile(io.BytesIO(content))
        about = opened.metadata
        if about.num_rows * about.num_columns > limit("sel"):
            raise UnreadableFileError("tabel-terlalu-besar", berkas=name, batas=limit("sel"))
        note = parse_json((opened.schema_arrow.metadata or {})[_KEY], name, exact=False)
        table = opened.read()
        columns = {name: table[name].to_pylist() for name in table.column_names}
    except (arrow.ArrowException, KeyError, OSError, UnicodeDecodeError, OverflowError, TypeError, MemoryError):
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=name) from None
    except ValueError as problem:
        if isinstance(problem, UnreadableFileError) and problem.code == "tabel-terlalu-besar":
            raise
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=name) from None
    if not isinstance(note, dict):
        raise UnreadableFileError("bukan-berkas-hitungan", berkas=name)
    return columns, note


def libraries() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    """
    return need("pyarrow"), need("pyarrow.parquet")
