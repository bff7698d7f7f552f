"""Text with columns made of spaces, tabs or bars (pasted, ``pdftotext -layout``, Markdown) -> tables and lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from skm.publikasi._document import PrintedGrid, Prose
from skm.publikasi._single_spaced import single_spaced

_GAP = re.compile(r"\t+| {2,}|\u00a0{2,}")
_WRAPPED = 48  # letters; a shorter line is a title or the end of its paragraph
_RULE = re.compile(r"[\s|+:=_-]*")
_NUMBER = re.compile(r"[<>~]?\s*[+-]?\d[\d.,]*\s*%?")


def read_text(text: str, place: str = "teks") -> list[PrintedGrid | Prose]:
    r"""Return the tables and the lines of a text, in order.

    A table is a run of lines of which at least two have columns: Markdown's bars, tabs, or two spaces and more.

    >>> [type(part).__name__ for part in read_text("Hasil:\nU1   3,40\nU2   3,50\nDemikian.")]
    ['Prose', 'PrintedGrid', 'Prose']
    """
    lines = text.replace("\f", "\n\n").splitlines()
    parts: list[PrintedGrid | Prose] = []
    run: list[tuple[int, str]] = []
    plain: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip() and (_columns(line) or (run and _continues(line))):
            parts += single_spaced(plain, place)
            plain = []
            run.append((number, line))
            continue
        if run and not line.strip() and _table_goes_on(lines, number, run[-1][1]):
            continue
        parts += _flush(run, place)
        run = []
        if line.strip():
            plain.append((number, line.strip(" #*>")))
        else:
            parts += single_spaced(plain, place)
            plain = []
    return list(_joined([*parts, *single_spaced(plain, place)]))


def split_delimited(text: str, mark: str) -> tuple[tuple[str | None, ...], ...]:
    """Split a text table at its mark."""
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(tuple(cell.strip() or None for cell in row) for row in csv.reader(lines, delimiter=mark))


def _columns(line: str) -> bool:
    if line.count("|") >= 2 or "\t" in line.strip():
        return True
    cells = [cell for cell in _GAP.split(line.strip()) if cell]
    if len(cells) >= 3:
        return True
    return len(cells) == 2 and any(_NUMBER.fullmatch(cell.strip()) or len(cell) <= 24 for cell in cells)


def _continues(line: str) -> bool:
    """A name broken over two lines, or a rule between rows, does not end a table."""
    return len(line) - len(line.lstrip()) >= 2 or _RULE.fullmatch(line) is not None


def _table_goes_on(lines: Sequence[str], after: int, above: str) -> bool:
    """One blank line inside a table, as wide row spacing makes it: the next line has columns too, and is no header."""
    following = lines[after] if after < len(lines) else ""
    if not following.strip() or not _columns(following):
        return False
    cells = [[c for c in _GAP.split(line.strip()) if c] for line in (above, following)]
    figures = [any(_NUMBER.fullmatch(c.strip()) for c in found) for found in cells]
    graded = any(re.fullmatch(r"[A-E]|(?:sangat |kurang |tidak )?(?:baik|puas)", c.strip(), re.I) for c in cells[1])
    return figures[1] or graded or not figures[0]


def _flush(run: Sequence[tuple[int, str]], place: str) -> Iterator[PrintedGrid | Prose]:
    kept = [(number, line) for number, line in run if not _RULE.fullmatch(line)]
    if not kept:
        return
    if sum(_columns(line) for _, line in kept) < 2 and len(kept) < 2:
        number, line = kept[0]
        yield Prose(f"{place} baris {number}", re.sub(r"\s*\|\s*|\s{2,}", " : ", line.strip(" |")))
        return
    name = f"{place} baris {kept[0][0]}-{kept[-1][0]}"
    texts = [line for _, line in kept]
    if sum(line.count("|") >= 2 for line in texts) * 2 > len(texts):
        yield PrintedGrid(
            name, tuple(tuple(c.strip(" *`") or None for c in line.strip().strip("|").split("|")) for line in texts)
        )
    elif sum("\t" in line for line in texts) * 2 > len(texts):
        yield PrintedGrid(name, tuple(tuple(c.strip() or None for c in line.split("\t")) for line in texts))
    else:
        yield PrintedGrid(name, _by_position(texts))


def _by_position(lines: Sequence[str]) -> tuple[tuple[str | None, ...], ...]:
    """Put chunks of text into columns: chunks of different lines that overlap belong together."""
    rows = [[(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+(?: \S+)*", line)] for line in lines]
    sizes = [len(row) for row in rows]
    usual = max(set(sizes), key=sizes.count)
    if usual >= 2 and sizes.count(usual) == len(sizes):
        return tuple(tuple(text for _, _, text in row) for row in rows)
    # Numbers are narrow and tell columns apart; wide texts may reach over several, and are put where they begin.
    anchors: list[list[int]] = []
    for start, end, text in sorted(chunk for row in rows for chunk in row):
        if (
            anchors
            and start < anchors[-1][1]
            and (_NUMBER.fullmatch(text) or end - start <= 2 * (anchors[-1][1] - anchors[-1][0]))
        ):
            anchors[-1][1] = (
                max(anchors[-1][1], end) if not _NUMBER.fullmatch(text) or end - anchors[-1][0] < 60 else anchors[-1][1]
            )
        elif not anchors or start >= anchors[-1][1]:
            anchors.append([start, end])
    out: list[tuple[str | None, ...]] = []
    for row in rows:
        cells: list[str | None] = [None] * len(anchors)
        for start, end, text in row:
            best = max(range(len(anchors)), key=lambda i: (min(end, anchors[i][1]) - max(start, anchors[i][0]), -i))
            cells[best] = text if cells[best] is None else f"{cells[best]} {text}"
        if (
            out
            and not any(c and _NUMBER.fullmatch(c) for c in cells)
            and sum(c is not None for c in cells) == 1
            and _broken(out[-1], cells)
        ):
            out[-1] = tuple(_glued(a, b) for a, b in zip(out[-1], cells, strict=True))
        else:
            out.append(tuple(cells))
    return tuple(out)


def _broken(above: Sequence[str | None], cells: Sequence[str | None]) -> bool:
    """Tell whether a line is the rest of a name that began in the row above: it begins in lower case."""
    place = next(i for i, c in enumerate(cells) if c is not None)
    return above[place] is not None and not _NUMBER.fullmatch(above[place] or "") and (cells[place] or "")[:1].islower()


def _glued(a: str | None, b: str | None) -> str | None:
    return a if b is None else b if a is None else f"{a} {b}"


def _joined(parts: Sequence[PrintedGrid | Prose]) -> Iterator[PrintedGrid | Prose]:
    """Join lines of one paragraph, so that a sentence is whole."""
    waiting: Prose | None = None
    last = ""
    for part in parts:
        if isinstance(part, PrintedGrid):
            if waiting is not None:
                yield waiting
            waiting = None
            yield part
            continue
        previous, line = (0, 0) if waiting is None else (_last(waiting.tempat), _last(part.tempat))
        whole = waiting is None or len(last) < _WRAPPED or last.endswith((".", ":", "!", "?"))
        if waiting is not None and line == previous + 1 and not whole:
            waiting = Prose(f"{waiting.tempat.rsplit(' ', 1)[0]} {line}", f"{waiting.teks} {part.teks}")
        else:
            if waiting is not None:
                yield waiting
            waiting = part
        last = part.teks.rstrip()
    if waiting is not None:
        yield waiting


def _last(place: str) -> int:
    return int(place.rsplit(" ", 1)[1].rsplit("-", 1)[-1])
