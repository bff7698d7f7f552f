"""Files as offices keep them: read whole or refused with the reason, decoded, written whole or not at all."""

from __future__ import annotations

import codecs
import difflib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from skm.basics.errors import DataError, UnreadableFileError

_PAUSES = (0.1, 0.3, 0.6)  # seconds; a synchronising folder or a virus scanner lets go within that time


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    Raises
    ------
    UnreadableFileError
        It is not there (near names are listed), is a folder, or is locked by another program.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(
            "berkas-tidak-ada", berkas=str(path), mirip=_near(path), folder=str(Path.cwd())
        ) from None
    except IsADirectoryError:
        raise UnreadableFileError("berkas-folder", berkas=str(path)) from None
    except PermissionError:
        code = "berkas-folder" if path.is_dir() else "berkas-terkunci"
        raise UnreadableFileError(code, berkas=str(path)) from None


def decode(content: bytes) -> str:
    """Decode by its mark, else as UTF-8, else as Windows-1252, in which every office file can be read."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


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


def _near(path: Path) -> list[str]:
    try:
        names = [p.name for p in path.parent.iterdir() if p.is_file()]
    except OSError:
        return ["-"]
    return difflib.get_close_matches(path.name, names, n=3, cutoff=0.6) or ["-"]
