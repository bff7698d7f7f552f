"""Which files this process has read, so that nothing is ever written over what it was made from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REMEMBERED = 10_000  # files; a program that reads more forgets the oldest
_data: dict[str, None] = {}
_scopes: list[set[str]] = []


@contextmanager
def protected() -> Iterator[None]:
    """Protect everything that is read inside: one command, from its arguments to its answer."""
    scope: set[str] = set()
    _scopes.append(scope)
    try:
        yield
    finally:
        _scopes.remove(scope)


def remember(path: Path, *, data: bool = False) -> None:
    """Note that a file has been read."""
    if not data and not _scopes:
        return
    name = os.path.realpath(path)
    for scope in _scopes:
        scope.add(name)
    if data:
        _data.pop(name, None)
        _data[name] = None
        if len(_data) > _REMEMBERED:
            _data.pop(next(iter(_data)), None)


def is_input(path: Path) -> bool:
    """Tell whether a file has been read as an input; links and other spellings of its name count.

    Examples
    --------
    >>> is_input(Path("belum-pernah-dibaca.csv"))
    False
    """
    name = os.path.realpath(path)
    known = [*_data, *(n for scope in list(_scopes) for n in scope)]
    if name in known:
        return True
    # A file system that takes A.csv and a.csv for one file has one file under both names.
    same = [other for other in known if other.casefold() == name.casefold()]
    try:
        return any(Path(name).samefile(other) for other in same)
    except OSError:
        return False
