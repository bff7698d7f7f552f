"""The one way to say how far a long work is, on a terminal only: by files, or by rows and steps with tqdm."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TextIO, TypeVar

from skm.basics import messages
from skm.basics.public_name import public_name

_FROM = 4  # files; fewer are read before anybody looks
_LARGE = 2_000_000  # bytes; smaller files are read before anybody looks
_DELAY = 1.0  # seconds; whatever is done sooner needs no bar
_WIDTH = 75


class _HasRows(Protocol):
    @property
    def n(self) -> int: ...


_Part = TypeVar("_Part", bound=_HasRows)
_Step = TypeVar("_Step")


def progress(tell: Callable[[int, int, str], None] | None = None) -> Callable[[Any], Iterator[Any]]:
    """Return a function that walks through files and tells each: by the given callable, else on a terminal."""

    def walk(files: Any) -> Iterator[Any]:
        stream = _terminal() if tell is None and len(files) >= _FROM else None
        try:
            for i, item in enumerate(files, start=1):
                name = public_name(item[0])
                if tell is not None:
                    tell(i, len(files), name)
                _show(stream, f"{i}/{len(files)} {name[:60]:<60}")
                yield item
        finally:  # an error on the way leaves no half line behind
            _clear(stream)

    return walk


@contextmanager
def announced(name: str, size: int) -> Iterator[None]:
    """Show that a large file is being read, and take the line away afterwards."""
    stream = _terminal() if size >= _LARGE else None
    _show(stream, f"{public_name(name)[:50]} ({size / 1e6:.1f} MB) ...")
    try:
        yield
    finally:
        _clear(stream)


def counted(parts: Iterable[_Part], total: int | None) -> Iterator[_Part]:
    """Pass parts of a table on, and show how many rows have been read."""
    stream = _terminal()
    bar = None if stream is None else _bar(total, stream)
    if bar is None:
        yield from parts
        return
    with bar:
        for part in parts:
            yield part
            bar.update(part.n)


def walked(steps: Sequence[_Step]) -> Iterator[_Step]:
    """Pass the steps of a long computation on, and show how many are done; nothing where it takes a moment."""
    stream = _terminal() if len(steps) > 1 else None
    bar = None if stream is None else _bar(len(steps), stream, "menghitung")
    if bar is None:
        yield from steps
        return
    with bar:
        for step in steps:
            yield step
            bar.update(1)


def _bar(total: int | None, stream: TextIO, code: str = "membaca") -> Any:
    try:
        from tqdm import tqdm
    except ImportError:
        return None
    text = messages.text("io", code, None)
    return tqdm(total=total, desc=text, unit="", unit_scale=True, delay=_DELAY, leave=False, file=stream)


def _terminal() -> TextIO | None:
    stream = sys.stderr
    return stream if stream is not None and stream.isatty() else None


def _show(stream: TextIO | None, line: str) -> None:
    if stream is not None:
        stream.write("\r" + line.encode("ascii", "replace").decode())
        stream.flush()


def _clear(stream: TextIO | None) -> None:
    if stream is not None:
        stream.write("\r" + " " * _WIDTH + "\r")
        stream.flush()
