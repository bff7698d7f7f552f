"""What kind of document a target asks for: a file's ending says it, for a stream the caller."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from skm.basics.errors import OptionError


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
