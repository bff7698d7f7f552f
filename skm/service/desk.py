"""Private folders for what was handed over: one for the service, in it one for each piece of work.

They are deleted when they were not used for long, when the service ends, and, after it was killed, by the next start.
"""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import BinaryIO

from skm.basics.errors import DataError

_PREFIX = "skm-layani-"
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_LOCK = "pemilik"
_STOP = 1 << 20
_STARTING = 60.0


class Desk:
    """The folder of one service."""

    def __init__(self, temp: Path | None = None, keep: float = 4 * 3600.0) -> None:
        base = Path(tempfile.gettempdir() if temp is None else temp)
        base.mkdir(parents=True, exist_ok=True)
        clear_left_behind(base)
        self.root = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))  # readable by this user only
        self._held = _hold(self.root)
        self._keep = keep
        self._lock = threading.Lock()
        atexit.register(self.close)

    def open(self) -> str:
        """Make a folder and return its key, which nobody can guess."""
        self.sweep()
        key = secrets.token_urlsafe(16)
        (self.root / key).mkdir(mode=0o700)
        return key

    def folder(self, key: str) -> Path:
        """Return the folder of a key, marked as used now.

        Raises
        ------
        DataError
            There is none: it was deleted, or never was.
        """
        path = self.root / key
        if not _KEY.fullmatch(key) or not path.is_dir():
            raise DataError("layanan-kerja-tidak-ada")
        os.utime(path)
        return path

    def has(self, key: str) -> bool:
        """Tell whether there is a folder of that key."""
        return bool(_KEY.fullmatch(key)) and (self.root / key).is_dir()

    def close_one(self, key: str) -> None:
        """Delete one folder."""
        shutil.rmtree(self.folder(key), ignore_errors=True)

    def sweep(self) -> None:
        """Delete what was not used for long."""
        limit = time.time() - self._keep
        with self._lock:
            for path in self.root.iterdir():
                if path.is_dir() and path.stat().st_mtime < limit:
                    shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Delete everything."""
        if self._held is not None:
            self._held.close()
        shutil.rmtree(self.root, ignore_errors=True)


def save(folder: Path, name: str, source: BinaryIO) -> Path:
    """Copy an uploaded file into a folder under its own name made harmless; a name that is taken gets a number."""
    clean = harmless(name)
    path = folder / clean
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{Path(clean).stem}-{number}{Path(clean).suffix}"
    with path.open("xb") as target:
        shutil.copyfileobj(source, target, _STOP)
    return path


def harmless(name: str) -> str:
    r"""Return a file name without folders, control characters and what Windows or a shell would trip over.

    >>> harmless("..\\..\\data SKM (1).xlsx"), harmless("/etc/passwd"), harmless("CON.csv"), harmless("~$a.xlsx")
    ('data SKM (1).xlsx', 'passwd', 'berkas-CON.csv', 'berkas-a.xlsx')
    """
    last = re.split(r"[\\/]", name)[-1]
    kept = re.sub(r"[^\w .()\[\]-]", "", last).strip(" .")[-120:]
    if not kept.lstrip("_"):
        return "berkas"
    reserved = kept.split(".")[0].upper() in _RESERVED
    return f"berkas-{kept}" if reserved or kept[0] in "_-" or last.startswith("~") else kept


_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


def clear_left_behind(base: Path) -> None:
    """Delete folders of services that were killed: nobody holds their lock any more.

    A number of a process would not tell: in a container the next service often has the same one.
    """
    for path in base.glob(f"{_PREFIX}*"):
        if path.is_symlink() or not path.is_dir() or not _ours(path) or _just_made(path):
            continue
        if (held := _hold(path)) is not None:
            held.close()
            shutil.rmtree(path, ignore_errors=True)


def _just_made(path: Path) -> bool:
    """Tell whether a service that starts now may not have locked it yet."""
    return not (path / _LOCK).exists() and time.time() - path.stat().st_mtime < _STARTING


def _ours(path: Path) -> bool:
    return os.name == "nt" or path.lstat().st_uid == os.getuid()


def _hold(folder: Path) -> BinaryIO | None:
    """Lock a folder for as long as this process lives; None where another process holds it."""
    try:
        held = (folder / _LOCK).open("ab")
    except OSError:
        return None
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        return None
    return held
