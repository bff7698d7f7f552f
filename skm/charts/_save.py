"""Axes -> PNG, SVG or PDF, as bytes or as a file that is either whole or not there."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.basics.errors import OptionError
from skm.basics.writing import write_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KINDS = ("png", "svg", "pdf")


def save(ax: Axes, path: str | Path, *, dpi: int = 200, overwrite: bool = False) -> Path:
    """Write the figure of some Axes; the file name's ending chooses PNG, SVG or PDF.

    Parameters
    ----------
    ax : Axes
        What a chart function returned.
    path : str or Path
        File to write; folders are made.
    dpi : int
        Dots per inch of a PNG.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.

    Returns
    -------
    Path

    Raises
    ------
    OptionError
        Another ending.
    DataError
        The file cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in _KINDS:
        raise OptionError("opsi-tidak-dikenal", opsi="path", nilai=target.name, pilihan=[f".{k}" for k in _KINDS])
    return write_file(target, to_bytes(ax, kind, dpi), overwrite=overwrite)


def to_png(ax: Axes, *, dpi: int = 200) -> bytes:
    """Return the figure as PNG."""
    return to_bytes(ax, "png", dpi)


def to_svg(ax: Axes, *, awalan: str = "") -> str:
    """Return the figure as an ``<svg>`` element for a page.

    Parameters
    ----------
    awalan : str
        Put before every id, so that several figures can stand on one page.
    """
    return svg_element(to_bytes(ax, "svg", 72), awalan)


def svg_element(content: bytes, awalan: str = "") -> str:
    """Return the ``<svg>`` element of an SVG file, its ids beginning with ``awalan``."""
    text = content.decode("utf-8")
    text = text[text.index("<svg") :]
    before, opened, rest = text.partition("<metadata>")
    text = before + rest.partition("</metadata>")[2] if opened else text
    if awalan:
        text = re.sub(r'\bid="', f'id="{awalan}', text)
        text = re.sub(r'href="#', f'href="#{awalan}', text)
        text = re.sub(r"url\(#", f"url(#{awalan}", text)
    return text.strip()


def to_bytes(ax: Axes, kind: str, dpi: int = 200) -> bytes:
    """Return the figure as "png", "svg" or "pdf"."""
    metadata: dict[str, Any] = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
    import matplotlib as mpl

    buffer = io.BytesIO()
    figure: Any = ax.figure
    # Without a salt every run gives the elements of an SVG other ids: the same chart would never be the same file.
    with mpl.rc_context({"svg.hashsalt": "skm"}):
        figure.figure.savefig(buffer, format=kind, dpi=dpi, facecolor="white", metadata=metadata)
    return buffer.getvalue()
