"""The lines of a list of contents, which are no sentences of a report."""

from __future__ import annotations

from collections.abc import Sequence

from skm.publikasi._document import Prose

_LEADERS = ("\t", "...", ". . .", "\u2026", "___", "   ")  # what leads to the page number in a list of contents
_LISTED = 4  # lines that make a list of contents


def contents_lines(prose: Sequence[Prose]) -> set[int]:
    """Return the lines of a list of contents: several in a row end in a number of a page, which never falls."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    for i, part in enumerate([*prose, Prose("", "")]):
        ends = [_page_number(line) for line in part.teks.splitlines()]
        pages = [page for page in ends if page is not None]
        whole = bool(ends) and len(pages) == len(ends) and pages == sorted(pages)
        if whole and (not run or pages[0] >= run[-1][1]):
            run.append((i, pages[-1]))
            continue
        if len(run) >= _LISTED:
            found |= {place for place, _ in run}
        run = [(i, pages[-1])] if whole else []
    return found


def _page_number(line: str) -> int | None:
    """Return the page that ends a line of a list of contents; read from the right, so that no line is long."""
    text = line.rstrip()
    before = text.rstrip("0123456789")
    number = text[len(before) :]
    leads = before.endswith(_LEADERS) or before.rstrip().endswith(_LEADERS)
    return int(number) if 1 <= len(number) <= 3 and leads else None
