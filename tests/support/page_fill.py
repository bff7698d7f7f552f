"""How full the pages of a PDF are: the share of the text's height down to the last ink above the page number."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

_SCALE = 40 / 72  # pixels a point: lines of text are told apart


@dataclass(frozen=True)
class Page:
    """A page: how much of it is used, and the words at its top."""

    used: float
    top: str


def pages(content: bytes, *, above: float = 2.5, below: float = 2.2) -> list[Page]:
    """Measure every page; ``above`` and ``below`` are the margins in centimetres."""
    pdfium = pytest.importorskip("pypdfium2")
    found = []
    for page in pdfium.PdfDocument(content):
        high = page.get_height() / 72 * 2.54
        ink = page.render(scale=_SCALE).to_numpy()[..., :3].min(axis=2) < 235
        dots = ink.shape[0] / high
        first, last = int(above * dots), int((high - below) * dots)
        lines = ink[first:last].any(axis=1).nonzero()[0]
        used = (int(lines[-1]) + 1) / (last - first) if len(lines) else 0.0
        words = [line for line in page.get_textpage().get_text_range().split() if line]
        found.append(Page(used, " ".join(words[:16]).casefold()))
    return found


def short_pages(content: bytes, beginnings: list[str], *, least: float = 0.6, last: float = 0.15) -> list[str]:
    """Return what is wrong: pages under ``least``, and last pages of chapters under ``last``.

    ``beginnings`` are the headings that chapters, lists and annexes begin with.
    """
    measured = pages(content)
    heads = [head.casefold() for head in beginnings]
    wrong = []
    for number, page in enumerate(measured, start=1):
        ends = number == len(measured) or any(measured[number].top.startswith(head) for head in heads)
        limit = last if ends else least
        if page.used < limit:
            wrong.append(f"page {number}: {page.used:.0%} ({page.top[:40]})")
    return wrong
