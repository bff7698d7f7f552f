"""Saying how far reading is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

_FROM = 4


def progress(tell: Callable[[int, int, str], None] | None = None) -> Callable[[Sequence[Any]], Iterator[Any]]:
    """Return a function that walks through files and tells each: by the given callable, else on a terminal."""

    def walk(files: Sequence[Any]) -> Iterator[Any]:
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
