"""Progress on a terminal while large files are read: a bar by tqdm where it is installed, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from skm.basics import messages

_DELAY = 1.0  # seconds; whatever is done sooner needs no bar


class _HasRows(Protocol):
    @property
    def n(self) -> int: ...


_Part = TypeVar("_Part", bound=_HasRows)


def shown(parts: Iterable[_Part], total: int | None) -> Iterator[_Part]:
    """Pass the parts on, and show how many rows have been read if standard error is a terminal."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield from parts
        return
    try:
        from tqdm import tqdm
    except ImportError:
        yield from parts
        return
    text = messages.text("io", "membaca", None)
    with tqdm(total=total, desc=text, unit="", unit_scale=True, delay=_DELAY, leave=False, file=stream) as bar:
        for part in parts:
            yield part
            bar.update(part.n)
