"""What was made goes where it was asked for: into a file, or into a binary stream (a response, a buffer, an archive)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from skm.basics.errors import OptionError
from skm.basics.files import write_file


def deliver(target: Any, content: bytes) -> Path | None:
    """Write bytes to a path, or into a binary stream; return the path, None for a stream.

    Raises
    ------
    OptionError
        A stream that takes text.
    DataError
        The file cannot be written.
    """
    if not is_stream(target):
        return write_file(Path(target), content)
    try:
        target.write(content)
    except TypeError:
        raise OptionError("aliran-teks", jenis=type(target).__name__) from None
    return None


def kind_of(target: Any, jenis: str, kinds: Sequence[str]) -> str:
    """Return the ending that says what to write: a file's own, or ``jenis`` for a stream.

    Raises
    ------
    OptionError
        It is none of ``kinds``.
    """
    kind = f".{jenis.lower().removeprefix('.')}" if is_stream(target) else Path(target).suffix.lower()
    if kind not in kinds:
        shown = jenis if is_stream(target) else Path(target).name
        raise OptionError("opsi-tidak-dikenal", opsi="path", nilai=shown, pilihan=list(kinds))
    return kind


def is_stream(target: Any) -> bool:
    """Tell whether something is written into, rather than the name of a file."""
    return hasattr(target, "write") and not isinstance(target, (str, Path))
