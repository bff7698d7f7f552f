"""Pictures that an office hands in: PNG and JPEG, known by their content, never by their name."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm._files import read_bytes
from skm.errors import DataError

_MOST = 25_000_000  # bytes; a photograph of a telephone has a fifth of that


@dataclass(frozen=True, slots=True, repr=False)
class Gambar:
    """A picture. ``jenis`` is "png" or "jpeg"; width and height in pixels."""

    nama: str
    jenis: str
    isi: bytes
    lebar: int
    tinggi: int

    def __repr__(self) -> str:
        return f"Gambar({self.nama!r}, {self.jenis}, {self.lebar} x {self.tinggi})"


def read_image(path: Any, folder: Path) -> Gambar:
    """Read a picture.

    Raises
    ------
    DataError
        It is an SVG, no PNG or JPEG, damaged, or very large.
    UnreadableFileError
        It is not there.
    """
    target = Path(str(path).strip())
    content = read_bytes(target if target.is_absolute() else folder / target)
    name = target.name
    if len(content) > _MOST:
        raise DataError("gambar-terlalu-besar", berkas=name, besar=len(content), batas=_MOST)
    size = _png(content) or _jpeg(content)
    if size is None:
        head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        code = "gambar-svg" if b"<svg" in head or target.suffix.lower() == ".svg" else "gambar-bukan"
        raise DataError(code, berkas=name)
    width, height, kind = size
    if not width or not height:
        raise DataError("gambar-bukan", berkas=name)
    return Gambar(name, kind, content, width, height)


def _png(content: bytes) -> tuple[int, int, str] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 33 or b"IEND" not in content[-16:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height, "png"


def _jpeg(content: bytes) -> tuple[int, int, str] | None:
    """Return the size from the first frame header (SOF) of a JPEG."""
    if not content.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height, "jpeg"
        if marker == 0xFF or 0xD0 <= marker <= 0xD9:
            position += 1 if marker == 0xFF else 2
            continue
        position += 2 + struct.unpack(">H", content[position + 2 : position + 4])[0]
    return None
