"""Tables that measure performance and money in one row, by quarter: what was planned, reached, allowed, spent.

An annex "pengukuran kinerja triwulan" repeats target and realisation: once for the main indicator, once for the
programme, once for its money. Which belong together is told by the names before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._meaning import is_total

_QUARTER = re.compile(r"\b(?:tw|triwulan|tri wulan|quarter|kuartal)\s*(?:ke\s*)?(iv|iii|ii|i|[1-4])\b")
_UNTIL = re.compile(r"\b(?:s d|sd|sampai|hingga|kumulatif|komulatif)\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORK = ("target", "realisasi", "capaian")
_MONEY = ("pagu", "belanja", "serapan")
Roles = Mapping[int, tuple[str, str]]


def quarter_of(text: str) -> int:
    """Return the quarter that a caption or a header names; 0 where it names none, or several.

    >>> [quarter_of(x) for x in ("Kinerja Triwulan II Tahun 2024", "Realisasi s.d. TW 3", "TW I, TW II")]
    [2, 3, 0]
    """
    found = {_ROMAN.get(q) or int(q) for q in _QUARTER.findall(normalise(text))}
    return found.pop() if len(found) == 1 else 0


def is_measured(grid: PrintedGrid, top: int, roles: Roles) -> bool:
    """Tell whether a header has work and money for programmes and their indicators, or for a quarter."""
    kinds = [role for role, _ in roles.values()]
    both = {"target", "realisasi", "pagu", "belanja"} <= set(kinds) and "efisiensi" not in kinds
    return both and (kinds.count("nama") > 1 or quarter_of(_heads(grid, top)) > 0)


def _heads(grid: PrintedGrid, top: int) -> str:
    cells = (cell_text(c) for r in range(max(0, top - 1), top + 1) for c in grid.baris[r])
    return " ".join([grid.judul, *cells])


def measured(grid: PrintedGrid, top: int, roles: Roles, read: Any, money: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return the lines of performance and the budget of a measuring table.

    Parameters
    ----------
    read, money : callable
        How a cell becomes a number, and an amount of rupiah.
    """
    heads = _heads(grid, top)
    quarter = quarter_of(heads)
    until = _UNTIL.search(normalise(heads)) is not None
    when = {"triwulan": quarter or None, "kumulatif": until or None}
    lines: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for names, columns in _groups(roles):
        above = ""
        for row in grid.baris[top + 1 :]:
            texts = [_text(row, c) for c in names]
            above = texts[0] or above
            name = texts[0] or (above if any(texts[1:]) else "")
            closing = next((t for c in row if is_total(t := cell_text(c)) and not name), "")
            if not (name or closing):
                continue
            indicator = texts[-1] if len(texts) > 1 else ""
            lines += _line(row, name, indicator, columns, read, when)
            rows += _budget(row, name or closing, texts[0], columns, read, money)
    budget = {"tempat": grid.judul[:80] or grid.nama, "baris": rows, **when} if len(rows) > 1 else None
    return lines, None if budget is None else {k: v for k, v in budget.items() if v is not None}


def _groups(roles: Roles) -> Iterator[tuple[list[int], dict[str, int]]]:
    """Yield columns of names with the columns of figures behind them, up to the next name."""
    names: list[int] = []
    figures: dict[str, int] = {}
    for c, (role, _) in sorted(roles.items()):
        if role == "nama":
            if figures:
                yield names, figures
                names, figures = [], {}
            names.append(c)
        elif role in (*_WORK, *_MONEY):
            figures.setdefault(role, c)
    if names and figures:
        yield names, figures


def _line(
    row: Sequence[Any], name: str, indicator: str, columns: Mapping[str, int], read: Any, when: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if is_total(name) or not name:
        return
    cells = {role: read(row[c]) for role in _WORK if (c := columns.get(role, len(row))) < len(row)}
    known = {role: value for role, value in cells.items() if value is not None}
    if len(known) > 1:
        yield {"nama": name, **known, **{k: v for k, v in (("indikator", indicator), *when.items()) if v}}


def _budget(
    row: Sequence[Any], name: str, own: str, columns: Mapping[str, int], read: Any, money: Any
) -> Iterator[dict[str, Any]]:
    """Yield a row of money; a second indicator of the same programme repeats its money or has none."""
    cells = {role: row[c] for role in _MONEY if (c := columns.get(role, len(row))) < len(row)}
    ceiling, spent = money(cells.get("pagu")), money(cells.get("belanja"))
    if ceiling is None or spent is None or not (own or is_total(name)):
        return
    level = {"program": 1, "kegiatan": 2, "sub": 3, "subkegiatan": 3}.get(normalise(name).split(" ", 1)[0], 0)
    made = {"nama": name, "pagu": ceiling, "realisasi_anggaran": spent, "serapan": read(cells.get("serapan"))}
    made |= {"total": is_total(name), "tingkat": level}
    yield {key: value for key, value in made.items() if value is not None}


def _text(row: Sequence[Any], c: int) -> str:
    text = cell_text(row[c]) if c < len(row) else ""
    return text[:200] if any(x.isalpha() for x in text) else ""
