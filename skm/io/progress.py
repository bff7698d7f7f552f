"""Saying how far reading is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_FROM = 4
_LARGE = 2_000_000  # bytes; smaller files are read before anybody looks


def progress(tell: Callable[[int, int, str], None] | None = None) -> Callable[[Any], Iterator[Any]]:
    """Return a function that walks through files and tells each: by the given callable, else on a terminal."""

    def walk(files: Any) -> Iterator[Any]:
        shown = tell is None and len(files) >= _FROM and sys.stderr is not None and sys.stderr.isatty()
        for i, item in enumerate(files, start=1):
            if tell is not None:
                tell(i, len(files), item[0])
            elif shown:
                line = f"\r{i}/{len(files)} {item[0][:60]:<60}"
                sys.stderr.write(line.encode("ascii", "replace").decode())
                sys.stderr.flush()
            yield item
        if shown:
            sys.stderr.write("\r" + " " * 75 + "\r")

    return walk


@contextmanager
def announced(name: str, size: int) -> Iterator[None]:
    """Show on a terminal that a large file is being read, and take the line away afterwards."""
    shown = size >= _LARGE and sys.stderr is not None and sys.stderr.isatty()
    if shown:
        line = f"\r{name[:50]} ({size / 1e6:.1f} MB) ..."
        sys.stderr.write(line.encode("ascii", "replace").decode())
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r" + " " * 75 + "\r")
            sys.stderr.flush()
