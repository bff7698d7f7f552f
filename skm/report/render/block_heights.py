"""How much of a page a block takes, about: enough to decide what stays together, whichever program lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from skm.report.chapters.blocks import (
    Blok,
    Bullets,
    ChartBlock,
    Contents,
    Cover,
    Document,
    Heading,
    Letterhead,
    Missing,
    Paragraph,
    PhotoBlock,
    SignatureBlock,
    TableBlock,
)
from skm.report.render.block_writer import MOST_COLUMNS, PHOTO_HEIGHT, WIDTH, chart_height, is_wide, shares

PAGE = 25.0  # centimetres of text one below the other on a page
_CAPTION = 1.4  # with the space around it
_LETTER = 0.5 * 2.54 / 72  # centimetres of an average letter, a point of its size
_LINE = 1.28 * 2.54 / 72


def height(b: Blok, dokumen: Document) -> float:
    """Return the height of a block in centimetres."""
    if isinstance(b, (Bullets, TableBlock, Contents)):
        return head_height(b) + sum(part_heights(b, dokumen))
    if isinstance(b, ChartBlock):
        return min(WIDTH / b.gambar.ratio, chart_height(b)) + _CAPTION
    if isinstance(b, PhotoBlock):
        return min(WIDTH * b.gambar.tinggi / b.gambar.lebar, PHOTO_HEIGHT) + _CAPTION
    if isinstance(b, Heading):
        return 1.6 if b.tingkat == 1 else 1.2
    if isinstance(b, Paragraph):
        return _text(b.teks, 8.5 if b.gaya == "catatan" else 11) + 0.2
    if isinstance(b, Missing):
        return _text(b.teks, 11) + 0.7
    if isinstance(b, SignatureBlock):
        return 5.6
    if isinstance(b, Letterhead):
        return 0.5 * len(b.baris) + (2.6 if b.logo else 0.6)
    return PAGE if isinstance(b, Cover) else 0.0


def head_height(b: Bullets | TableBlock | Contents) -> float:
    """Return the height of what stands before the first item or row, and of the notes below the last."""
    if not isinstance(b, TableBlock):
        return 0.0
    notes = sum(_text(note, 8.5) + 0.2 for note in b.isi.notes)
    return 0.9 + 0.2 + _row([c.label for c in b.isi.columns], _columns(b), _size(b)) + notes


def part_heights(b: Bullets | TableBlock | Contents, dokumen: Document) -> list[float]:
    """Return the height of every item of a list or row of a table, its last rows with them."""
    if isinstance(b, Bullets):
        return [_text(item, 9 if b.kecil else 11, WIDTH - 0.9) + 0.07 for item in b.butir]
    if isinstance(b, Contents):
        return [_text(words, 10.5, WIDTH - 2) + 0.12 for _, words in dokumen.listed(b.jenis)]
    columns, size = _columns(b), _size(b)
    return [*(_row(row, columns, size) for row in b.isi.cells()), *[_row([""], (WIDTH,), size)] * len(b.kaki)]


def _columns(b: TableBlock) -> tuple[float, ...]:
    parts = shares(b)
    return tuple(WIDTH * part / sum(parts) - 0.25 for part in parts)


def _size(b: TableBlock) -> float:
    return (7 if len(b.isi.columns) > MOST_COLUMNS else 8) if is_wide(b) else 9


def _row(texts: Sequence[str], columns: Sequence[float], size: float) -> float:
    return max(_text(text, size, width) for text, width in zip(texts, columns, strict=True)) + 0.12


def _text(words: str, size: float, width: float = WIDTH) -> float:
    """Return the height of a text of a size in points; where a line breaks takes a twentieth of its length."""
    lines = max(1, ceil(1.05 * len(words) * size * _LETTER / max(width, 0.5)))
    return lines * size * _LINE
