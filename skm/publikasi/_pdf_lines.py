"""Lines of a PDF's page, with the places of their pieces -> tables without rules, and text.

A table is a run of lines with pieces side by side. Pieces that stand above each other are a column. Where the lines
stand at two distances, the near ones are one row whose cells are broken over lines, in any number of columns at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from skm.publikasi._document import PrintedGrid, Prose
from skm.publikasi._names import joined_words
from skm.publikasi._text_layout import read_text

Piece = Sequence[Any]  # left, right, text
Line = Sequence[Any]  # bottom, size, pieces
_NUMBER = re.compile(r"[<>~]?\s*[+-]?(?:Rp\.?\s*)?\d[\d.,]*\s*%?")
_CAPTION = re.compile(r"(?:tabel|table|gambar|grafik|lampiran|bab|bagian|diagram)\s+[\dIVXA-Z]", re.I)
_FAR = 1.25  # times the least distance: rows, and not lines of one cell
_BREAK = 3.2  # times the size of the letters: another table


def read_lines(lines: Sequence[Line], place: str) -> list[PrintedGrid | Prose]:
    """Return the tables and the text of a strip of a page, in order."""
    out: list[PrintedGrid | Prose] = []
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end - at < 2 and not (at + 1 == len(lines) and _is_header(lines[at])):
            plain.append(lines[at])
            at += 1
            continue
        end = max(end, at + 1)
        out += _text(plain, place)
        plain = []
        out.append(PrintedGrid(f"{place} baris {at + 1}-{end}", tuple(_rows(lines[at:end]))))
        at = end
    return [*out, *_text(plain, place)]


def _is_header(line: Line) -> bool:
    """Tell whether the last line of a page can be the header of a table that goes on: words side by side."""
    return len(line[2]) > 1 and not any(_NUMBER.fullmatch(piece[2]) for piece in line[2])


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Return where a run of lines with columns ends; lines of a broken cell belong to it."""
    if len(lines[start][2]) < 2 or not _columned(lines[start]):
        return start
    end = last = start + 1
    columns = [tuple(piece[:2]) for piece in lines[start][2]]
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        if line[0] - above[0] > _BREAK * line[1]:
            break
        pieces = line[2]
        if len(pieces) > 1:
            last = end + 1
            columns += [tuple(piece[:2]) for piece in pieces]
        elif _CAPTION.match(pieces[0][2]) or not _inside(pieces[0], columns, lines, start):
            break
        end += 1
    numbers = sum(any(_NUMBER.fullmatch(p[2]) for p in line[2]) for line in lines[start:last])
    return last if numbers >= 1 and last - start >= 2 else start


def _columned(line: Line) -> bool:
    """Tell whether a line can begin a table: its pieces are no two halves of a justified sentence."""
    return len(line[2]) > 2 or any(len(piece[2]) <= 40 for piece in line[2])


def _inside(piece: Piece, columns: Sequence[tuple[float, float]], lines: Sequence[Line], start: int) -> bool:
    """Tell whether a lone piece stands in a column: narrower than the table, and at the left end of a column."""
    left, right = min(c[0] for c in columns), max(c[1] for c in columns)
    size = lines[start][1]
    if piece[1] - piece[0] > (right - left) * 0.7:
        return False
    return any(abs(piece[0] - c[0]) <= size or (c[0] - size <= piece[0] and piece[1] <= c[1] + size) for c in columns)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[str | None, ...]]:
    columns = _columns(lines)
    for group in _groups(lines):
        cells: list[str | None] = [None] * len(columns)
        for line in group:
            for left, right, text in line[2]:
                c = max(range(len(columns)), key=lambda i: (_shared(columns[i], left, right), -i))
                cells[c] = text if cells[c] is None else _glued(cells[c] or "", text)
        yield tuple(joined_words(cell) if cell and "\n" in cell else cell for cell in cells)


def _glued(above: str, below: str) -> str:
    """Join the lines of a cell; a hyphen at the end of a line breaks a word."""
    return above[:-1] + below if above.endswith("-") and below[:1].islower() else f"{above}\n{below}"


def _shared(column: tuple[float, float], left: float, right: float) -> float:
    inner = min(column[1], right) - max(column[0], left)
    return inner if inner > 0 else -min(abs(column[0] - right), abs(left - column[1])) - 1


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each row: all of one distance are rows; at two distances the near ones belong together."""
    gaps = [b[0] - a[0] for a, b in pairwise(lines)]
    size = max(line[1] for line in lines)
    near = min((g for g in gaps if g >= 0.9 * size), default=0.0)
    far = max(gaps, default=0.0)
    split = far >= near * _FAR and any(g < near * _FAR for g in gaps) and near < 1.6 * size
    group = [lines[0]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        # What stands less than a line below another is of the same row: cells of other heights, set in the middle.
        if gap < 0.9 * size or (split and gap < near * _FAR):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the columns: what most lines keep apart; a piece over several columns tells none."""
    counts = [len(line[2]) for line in lines]
    most = max(counts)
    full = [line for line in lines if len(line[2]) >= max(2, most - 1)] if most > 2 else list(lines)
    spans = sorted((p[0], p[1], p[2]) for line in full for p in line[2])
    found: list[list[float]] = []
    for left, right, _ in sorted(spans, key=lambda s: s[1] - s[0]):
        over = [f for f in found if min(f[1], right) - max(f[0], left) > 0.5]
        if not over:
            found.append([left, right])
        elif len(over) == 1:
            over[0][0], over[0][1] = min(over[0][0], left), max(over[0][1], right)
    return [(a, b) for a, b in sorted(found)]


def _text(lines: Sequence[Line], place: str) -> list[PrintedGrid | Prose]:
    """Return the other lines as text; a gap between them begins a paragraph."""
    out = []
    for i, (bottom, size, pieces) in enumerate(lines):
        if i and not 0 < bottom - lines[i - 1][0] <= 1.9 * size:
            out.append("")
        out.append("   ".join(piece[2] for piece in pieces))
    return read_text("\n".join(out), place) if out else []
