"""The one function that writes files: whole or not at all, over nothing that exists unless told, never onto an input.

A file is written beside its target under a name of its own and put in place in one step, so that a reader, a second
process, a full disk, Ctrl-C or a lost process never leaves half a file. What a killed process leaves behind is such
a side file (``.skm-...``), which the next run takes away.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, overload

from skm.basics.errors import DataError
from skm.basics.inputs import is_input

_PAUSES = (0.1, 0.3, 0.6)  # seconds; a synchronising folder or a virus scanner lets go within that time
_OWN = re.compile(r"\.skm-(\d{1,10})-[0-9a-f]{12}")
_STALE = 600  # seconds after which a side file of a process that is gone is taken away
_FOREIGN = 86_400  # seconds for one whose process cannot be asked about: another machine's, or Windows
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK, errno.EXDEV)


@overload
def write_file(path: str | Path, content: bytes, *, overwrite: bool = False) -> Path: ...
@overload
def write_file(path: IO[bytes], content: bytes, *, overwrite: bool = False) -> None: ...
def write_file(path: str | Path | IO[bytes], content: bytes, *, overwrite: bool = False) -> Path | None:
    """Write a file in one step and return its path; missing folders are made.

    Parameters
    ----------
    path : str, Path or binary stream
        Where to. A link is followed: the file that it names is written. A stream is written to and left open.
    content : bytes
        The whole file.
    overwrite : bool
        Whether a file that is there is replaced; it keeps its mode and, where that is allowed, its owner.

    Raises
    ------
    DataError
        It is there and ``overwrite`` is false (``berkas-sudah-ada``), it has been read as an input
        (``keluaran-masukan``), it is read-only (``berkas-hanya-baca``), a folder or a device
        (``keluaran-bukan-berkas``), or it cannot be written: open in another program, no permission, no space. What
        was there stays.

    Examples
    --------
    >>> import io
    >>> stream = io.BytesIO()
    >>> write_file(stream, b"86,53")
    >>> stream.getvalue()
    b'86,53'
    """
    if not isinstance(path, (str, Path)):
        path.write(content)
        return None
    given = Path(path)
    target = check_writable(given, overwrite=overwrite)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        side = target.parent / f".skm-{os.getpid()}-{secrets.token_hex(6)}"
        _sweep(target.parent)
        handle = os.open(side, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as problem:
        raise DataError("berkas-tidak-tertulis", berkas=str(given), sebab=_cause(problem)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _patiently(side, target, overwrite)
    except FileExistsError:
        raise DataError("berkas-sudah-ada", berkas=str(given)) from None
    except OSError as problem:
        code = "berkas-terkunci-tulis" if isinstance(problem, PermissionError) else "berkas-tidak-tertulis"
        raise DataError(code, berkas=str(given), sebab=_cause(problem)) from None
    finally:  # also on Ctrl-C; once the file is in place there is nothing left under this name
        with suppress(OSError):
            side.unlink()
    return given


def check_writable(path: Path, *, overwrite: bool) -> Path:
    """Return the file that a path names, or refuse it as `write_file` would; for what computes long before it writes.

    Raises
    ------
    DataError
        As `write_file` for what is there already.
    """
    try:
        target = Path(os.path.realpath(path))
        found = target.stat()
    except FileNotFoundError:
        return target
    except (OSError, ValueError) as problem:  # ValueError: characters that no file name holds
        raise DataError("berkas-tidak-tertulis", berkas=str(path), sebab=_cause(problem)) from None
    if not stat.S_ISREG(found.st_mode):
        raise DataError("keluaran-bukan-berkas", berkas=str(path))
    if is_input(target):
        raise DataError("keluaran-masukan", berkas=str(path))
    if not overwrite:
        raise DataError("berkas-sudah-ada", berkas=str(path))
    if not found.st_mode & stat.S_IWUSR:
        raise DataError("berkas-hanya-baca", berkas=str(path))
    return target


def move_file(source: Path, goal: Path) -> None:
    """Move a file inside one file system, with the same patience for a program that holds it for a moment.

    Raises
    ------
    OSError
        It cannot be moved.
    """
    for pause in _PAUSES:
        try:
            source.replace(goal)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(goal)


def _patiently(side: Path, target: Path, overwrite: bool) -> None:
    for pause in _PAUSES:
        try:
            _put(side, target, overwrite)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    _put(side, target, overwrite)


def _put(side: Path, target: Path, overwrite: bool) -> None:
    """Give the side file its name in one step of the file system."""
    if overwrite:
        with suppress(FileNotFoundError):
            _like(side, target.stat())
        side.replace(target)
    elif sys.platform == "win32":
        side.rename(target)  # refuses a name that is taken
    else:
        try:
            os.link(side, target)  # refuses a name that is taken, whoever else is writing it at this moment
        except OSError as problem:
            if problem.errno not in _NO_LINKS:
                raise
            # No links on this file system (FAT, some shares): take the name first, then fill it in one step.
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            side.replace(target)


def _like(side: Path, old: os.stat_result) -> None:
    """Give the new file the mode and, where that is allowed, the owner of the one that it replaces."""
    if sys.platform != "win32":
        new = side.stat()
        if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
            with suppress(OSError):
                os.chown(side, old.st_uid, old.st_gid)
        side.chmod(stat.S_IMODE(old.st_mode))


def _sweep(folder: Path) -> None:
    """Take away the side files of processes that were killed while they wrote."""
    now = time.time()
    with os.scandir(folder) as entries:
        for entry in entries:
            match = _OWN.fullmatch(entry.name) if entry.name.startswith(".skm-") else None
            if match is None:
                continue
            with suppress(OSError):
                age = now - entry.stat(follow_symlinks=False).st_mtime
                if age > (_STALE if _gone(int(match[1])) else _FOREIGN):
                    Path(entry.path).unlink()


def _gone(process: int) -> bool:
    """Tell whether no process of this number runs here; on Windows that cannot be asked without harm."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _cause(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or type(problem).__name__
