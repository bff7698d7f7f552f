"""Pictures that an office hands in: PNG and JPEG, known by their content, made upright, small and anonymous.

Photographs of telephones lie on their side and carry the place where they were taken: a picture is decoded and
written anew, upright and without what was attached to it.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError
from skm.basics.files import read_bytes

_MOST = 40_000_000  # bytes; a photograph of a telephone has a tenth of that
_SIDE = 1800  # pixels: more than a page shows


@dataclass(frozen=True, slots=True, repr=False)
class Photo:
    """A picture. ``jenis`` is "png" or "jpeg"; width and height in pixels."""

    nama: str
    jenis: str
    isi: bytes
    lebar: int
    tinggi: int

    def __repr__(self) -> str:
        return f"Gambar({self.nama!r}, {self.jenis}, {self.lebar} x {self.tinggi})"


def read_image(path: Any, folder: Path) -> Photo:
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
    if len(content) > _MOST:
        raise DataError("gambar-terlalu-besar", berkas=target.name, besar=len(content), batas=_MOST)
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head or target.suffix.lower() == ".svg":
        raise DataError("gambar-svg", berkas=target.name)
    return _anew(content, target.name)


def _anew(content: bytes, name: str) -> Photo:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that would fill the memory only earns a warning
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
                kind = "png" if opened.format == "PNG" else "jpeg"
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((_SIDE, _SIDE))
                picture = upright.convert("RGBA" if kind == "png" and "A" in upright.getbands() else "RGB")
    except Exception:  # Pillow raises whatever its decoders do: the file is no whole picture
        raise DataError("gambar-bukan", berkas=name) from None
    buffer = io.BytesIO()
    picture.save(buffer, format=kind.upper(), **({"quality": 88} if kind == "jpeg" else {}))
    return Photo(name, kind, buffer.getvalue(), *picture.size)
