"""Files as offices keep them: read whole or refused with the reason, and decoded. Writing: `skm.basics.writing`."""

from __future__ import annotations

import codecs
import difflib
from pathlib import Path

from skm.basics.errors import UnreadableFileError
from skm.basics.inputs import remember
from skm.basics.limits import limit, setting


def read_bytes(path: Path, *, data: bool = False, rewritten: bool = False) -> bytes:
    """Read a file whole; `skm.basics.writing.write_file` will not write over it.

    Parameters
    ----------
    path : Path
        The file.
    data : bool
        Whether it holds a survey's data: such a file stays protected for as long as the process lives, any other
        for as long as the command that reads it.
    rewritten : bool
        Whether it is a document of ours that the command which reads it writes anew with all that it holds; such a
        file is not protected.

    Raises
    ------
    UnreadableFileError
        It is not there (near names are listed), is a folder, or is locked by another program.
    """
    try:
        refuse_large(path.stat().st_size, "berkas", str(path))
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(
            "berkas-tidak-ada", berkas=str(path), mirip=_near(path), folder=str(Path.cwd())
        ) from None
    except IsADirectoryError:
        raise UnreadableFileError("berkas-folder", berkas=str(path)) from None
    except PermissionError:
        code = "berkas-folder" if path.is_dir() else "berkas-terkunci"
        raise UnreadableFileError(code, berkas=str(path)) from None
    except UnreadableFileError:
        raise
    except (OSError, ValueError) as problem:  # ValueError: characters that no file name holds
        sebab = getattr(problem, "strerror", None) or type(problem).__name__
        raise UnreadableFileError("berkas-tidak-terbuka", berkas=str(path), sebab=sebab) from None
    if not rewritten:
        remember(path, data=data)
    return content


def refuse_large(size: int, which: str, name: str) -> None:
    """Refuse what has more bytes than a limit of `skm.basics.limits` allows.

    Raises
    ------
    UnreadableFileError
        It has.
    """
    most = limit(which)
    if size > most:
        raise UnreadableFileError(
            "berkas-terlalu-besar",
            berkas=name,
            ukuran=size // 1_000_000,
            batas=max(most // 1_000_000, 1),
            anjuran=setting(which),
        )


def decode(content: bytes) -> str:
    """Decode by its mark, else as UTF-8, else as Windows-1252, in which every office file can be read.

    Raises
    ------
    UnreadableFileError
        The mark says UTF-16, and the text breaks off inside a character.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableFileError("teks-utf16-rusak") from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def is_folder(place: str | Path) -> bool:
    """Tell whether a name is that of a folder.

    Raises
    ------
    UnreadableFileError
        The name is empty: `Path` takes it for the current folder, which nobody meant.
    """
    if not str(place).strip():
        raise UnreadableFileError("berkas-tanpa-nama")
    return Path(place).is_dir()


def _near(path: Path) -> list[str]:
    try:
        names = [p.name for p in path.parent.iterdir() if p.is_file()]
    except OSError:
        return ["-"]
    return difflib.get_close_matches(path.name, names, n=3, cutoff=0.6) or ["-"]
