"""What stays on one page, so that no page is left half empty and no chapter ends with a few lines on its last one.

Word, LibreOffice, typst and browsers break pages each in its own way, so nothing here counts pages. Two rules hold
whoever lays the document out. What must stay together (a heading, its lead-in, the table or chart below it) is never
higher than `MOST`: where it goes over to the next page, three fifths of a page stay filled. And the end of every
chapter holds together over at least `LEAST`: its last page is never almost empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from skm.report.render.block_heights import PAGE, head_height, height, part_heights

MOST = 9.5  # centimetres that may have to go over to the next page together
LEAST = 5.0  # centimetres at the end of a chapter that stay together
_SHORT = 0.75 * PAGE  # a chapter of less than that has one page, whoever lays it out

_BINDABLE = (Bullets, ChartBlock, Contents, Missing, Paragraph, PhotoBlock, SignatureBlock, TableBlock)


def bound(dokumen: Document) -> Document:
    """Return the document with every block told what it stays together with."""
    return replace(dokumen, blok=tuple(b for run in _runs(dokumen.blok) for b in _bound(run, dokumen)))


def _runs(blok: Sequence[Blok]) -> Iterator[list[Blok]]:
    """Yield the blocks between new pages, each run with the new page that it begins with."""
    run: list[Blok] = []
    for b in blok:
        if isinstance(b, PageBreak) and run:
            yield run
            run = []
        run.append(b)
    yield run


def _bound(run: list[Blok], dokumen: Document) -> list[Blok]:
    out = list(run)
    _chains(out, dokumen)
    if sum(height(b, dokumen) for b in out) > _SHORT:
        _tail(out, dokumen)
    return out


def _chains(run: list[Blok], dokumen: Document) -> None:
    """Keep small tables whole, and lead-ins with what they lead up to, as long as that is not too high."""
    chain, lead = 0.0, -1
    for i, b in enumerate(run):
        if isinstance(b, (WriterNote, PageBreak)):
            continue
        own = height(b, dokumen)
        if isinstance(b, TableBlock):
            run[i] = replace(b, utuh=chain + own <= MOST)
        elif isinstance(b, (ChartBlock, PhotoBlock)) and lead >= 0 and chain + own > MOST:
            _release(run, lead)
        if _leads(b):
            chain, lead = chain + own, i
        else:
            chain, lead = 0.0, -1


def _leads(b: Blok) -> bool:
    """Tell whether a block stays on the page of the next one."""
    if isinstance(b, Paragraph):
        return b.lekat or b.gaya in ("tebal", "tengah")
    return isinstance(b, (Heading, Letterhead))


def _release(run: list[Blok], lead: int) -> None:
    """Let a lead-in stand on the page before a chart, unless its words point at what follows."""
    b = run[lead]
    if isinstance(b, Paragraph) and b.lekat and not b.teks.rstrip().endswith(":"):
        run[lead] = replace(b, lekat=False)


def _tail(run: list[Blok], dokumen: Document) -> None:
    """Bind the end of a chapter together."""
    got, first = 0.0, True
    for i in range(len(run) - 1, -1, -1):
        b = run[i]
        own = height(b, dokumen)
        if isinstance(b, (WriterNote, PageBreak, Heading, Letterhead)):
            got += own
            continue
        if isinstance(b, Cover) or got >= LEAST or (got and not isinstance(b, _PARTED) and got + own > MOST):
            return
        if isinstance(b, _PARTED):
            ending, high = _ending(b, LEAST - got, dokumen)
            whole = ending == len(part_heights(b, dokumen))
            if isinstance(b, TableBlock) and b.utuh and _lead(run, i, dokumen) + own + got > MOST:
                b = replace(b, utuh=False)
            run[i] = replace(b, ekor=ending, lekat=not first)
            got += high
            if not whole:
                return
        elif isinstance(b, _BINDABLE):
            run[i] = replace(b, lekat=not first)
            got += own
        first = False


_PARTED = (Bullets, Contents, TableBlock)


def _ending(b: Bullets | Contents | TableBlock, wanted: float, dokumen: Document) -> tuple[int, float]:
    """Return how many items or rows at the end are as high as wanted, and how high they are."""
    high, count = head_height(b), 0
    for part in reversed(part_heights(b, dokumen)):
        if high >= wanted:
            break
        high, count = high + part, count + 1
    return count, high


def _lead(run: Sequence[Blok], i: int, dokumen: Document) -> float:
    """Return the height of what leads up to a block and stays on its page."""
    high = 0.0
    for b in reversed(run[:i]):
        if not _leads(b):
            break
        high += height(b, dokumen)
    return high
