"""Files -> `Survei`: the reader that looks at a file's content, not at its name, to see what it is."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from skm._files import read_bytes
from skm.errors import DataError, EmptyDataError, MissingColumnError, OptionError, UnreadableFileError
from skm.io._besar import read_large
from skm.io._delimited import read_delimited
from skm.io._excel import read_workbook
from skm.io._grid import Lembar
from skm.io._plain import read_plain
from skm.kuesioner import Kuesioner
from skm.survei import Survei

__all__ = ["read"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(
    source: str | Path | BinaryIO,
    kuesioner: Kuesioner,
    *,
    sheet: str | None = None,
    peta: dict[str, Any] | None = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
) -> Survei:
    """Read a file into a `Survei`. See `skm.read`."""
    large = read_large(source, kuesioner, peta=peta, u8=u8, nilai_kosong=nilai_kosong)
    if large is not None:
        return large
    content, name = _content(source)
    sheets = _sheets(content, name)
    chosen = _choose(sheets, sheet, name)
    problems: list[DataError] = []
    for candidate in chosen:
        try:
            return read_plain(candidate, name, kuesioner, peta=peta, u8=u8, nilai_kosong=nilai_kosong)
        except (MissingColumnError, EmptyDataError) as problem:
            problems.append(problem)
    # A sheet that has columns says more about what to mend than a sheet with a single line.
    raise next((p for p in problems if isinstance(p, MissingColumnError)), problems[0])


def _content(source: str | Path | BinaryIO) -> tuple[bytes, str]:
    if isinstance(source, io.IOBase) or hasattr(source, "read"):
        data = source.read()
        name = getattr(source, "name", "")
        return (data if isinstance(data, bytes) else data.encode()), Path(str(name)).name or "masukan"
    if str(source) == "-":
        return sys.stdin.buffer.read(), "masukan"
    path = Path(str(source))
    return read_bytes(path), path.name


def _sheets(content: bytes, name: str) -> list[Lembar]:
    if not content:
        raise UnreadableFileError("berkas-kosong", berkas=name)
    reader: Callable[[bytes, str], list[Lembar]]
    if content.startswith((_ZIP, _OLE)):
        reader = read_workbook
    elif content.startswith(b"%PDF"):
        raise UnreadableFileError("berkas-pdf", berkas=name)
    else:
        reader = read_delimited
    return reader(content, name)


def _choose(sheets: list[Lembar], sheet: str | None, name: str) -> list[Lembar]:
    if sheet is None:
        return sheets
    chosen = [s for s in sheets if s.nama == sheet]
    if not chosen:
        raise OptionError(
            "opsi-tidak-dikenal", opsi="sheet", nilai=sheet, pilihan=[s.nama for s in sheets], berkas=name
        )
    return chosen
