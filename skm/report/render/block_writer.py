"""What every writer of blocks shares: which method writes which block, and how tables are laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skm.basics import messages
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
    PageBreak,
    Paragraph,
    PhotoBlock,
    SignatureBlock,
    TableBlock,
    WriterNote,
)

CHART_HEIGHT = 7.7  # centimetres; a chart is set no higher where its letters stay large enough
PHOTO_HEIGHT = 7.7  # centimetres
WIDTH = 15.8  # centimetres of text side by side on a page, for which charts are drawn
MOST_COLUMNS = 11  # columns; a table with more of them is set in the smallest letters
MOST_HEIGHT = 15.0  # centimetres
_WIDE = 8  # a table with more columns than this is set small

_SMALLEST = 0.75  # of the size a chart is drawn for: below that its letters are hard to read

_METHODS: Mapping[type, str] = {
    Cover: "cover",
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    TableBlock: "table",
    ChartBlock: "chart",
    PhotoBlock: "photo",
    Missing: "blank",
    WriterNote: "note",
    PageBreak: "new_page",
    Contents: "contents",
    Letterhead: "letterhead",
    SignatureBlock: "signature",
}


class BlockWriter:
    """Hands every block of a document to the method that writes it."""

    def __init__(self, dokumen: Document) -> None:
        self.d = dokumen

    def write(self, blok: Blok) -> Any:
        """Write one block and return what its method returns."""
        return getattr(self, _METHODS[type(blok)])(blok)

    def say(self, code: str, **fields: Any) -> str:
        """Return a text of the report's catalogue."""
        return messages.text("laporan", code, self.d.lang, **fields)


def shares(b: TableBlock) -> list[int]:
    """Return the share of every column in the width: as the block says, else by its longest word and text."""
    if b.lebar:
        return list(b.lebar)
    cells = b.isi.cells()
    out = []
    for i, column in enumerate(b.isi.columns):
        texts = [column.label, *(row[i] for row in cells)]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        out.append(max(longest + 2, min(max(map(len, texts), default=1), 40), 5))
    return out


def chart_height(b: ChartBlock) -> float:
    """Return the greatest height of a chart in centimetres: a chart must not need half a page, and must be legible."""
    return min(max(CHART_HEIGHT, _SMALLEST * WIDTH / b.gambar.ratio), MOST_HEIGHT)


def foot_label(b: TableBlock) -> int:
    """Return over how many columns the label of a last row stands; its value has the others."""
    n = len(b.isi.columns)
    return 1 if n < 3 or b.isi.columns[0].key == "hal" or n > 9 else 2


def is_wide(b: TableBlock) -> bool:
    """Tell whether a table has so many columns that it is set small."""
    return len(b.isi.columns) > _WIDE
