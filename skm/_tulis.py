"""Writing a file so that it is either whole or not there."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from skm.errors import DataError

_PAUSES = (0.1, 0.3, 0.6)  # seconds; a synchronising folder or a virus scanner lets go within that time


def write_file(path: Path, content: bytes) -> Path:
    """Write a file in one step and return its path; missing folders are made.

    Raises
    ------
    DataError
        It cannot be written: open in another program, no permission, no space. What was there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".skm-", dir=path.parent)
    except OSError as problem:
        raise DataError("berkas-tidak-tertulis", berkas=str(path), sebab=_cause(problem)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        _as_ordinary(temporary)
        _replace(temporary, path)
    except OSError as problem:
        with suppress(OSError):
            temporary.unlink()
        code = "berkas-terkunci-tulis" if isinstance(problem, PermissionError) else "berkas-tidak-tertulis"
        raise DataError(code, berkas=str(path), sebab=_cause(problem)) from None
    return path


def _replace(temporary: Path, path: Path) -> None:
    for pause in _PAUSES:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def _as_ordinary(path: Path) -> None:
    """Give a file the permissions that a new file has; temporary files are private."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)


def _cause(problem: OSError) -> str:
    return problem.strerror or type(problem).__name__
