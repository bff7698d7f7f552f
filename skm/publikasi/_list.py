"""Lists of units, services or periods with an IKM each and no unsur; of one unit under several weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from skm.answers.column_kinds import holds_person, is_personal
from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._found import Finds, Result
from skm.publikasi._meaning import column_meaning, figure_meaning, heads_services, is_period, is_total, lead, number
from skm.publikasi._unsur import known_unsur
from skm.regulasi import Regulasi

_TOP = 15  # rows among which the header stands
_HEAD = 60  # letters of the head of a column; what is longer is a remark
_BELOW = 400  # the same below a table of unsur
_VALUE = re.compile(r"\b(ikm|skm|indeks|nilai|realisasi|capaian|hasil survei)\b")
_NOT = ("n", "mutu", "target", "populasi", "sampel_minimum", "kinerja")
_TOWN = re.compile(r"(?:kota|kabupaten|provinsi)\b")
_WEIGHT = re.compile(r"1/\d{1,2}|0[.,]\d{1,4}")


def read_list(finds: Finds, rule: Regulasi) -> list[Result]:
    """Return the lines of a list; where years or semesters stand beside each other, one for each of them."""
    grid = finds.grid
    # Below a table of unsur a list is a block of its own: it begins at its header and ends at an empty row.
    below = bool(finds.hasil)
    for r in range(min(_BELOW if below else _TOP, len(grid.baris))):
        if below and any((r, c) in finds.dipakai for c in range(grid.lebar) if cell_text(grid.cell(r, c))):
            continue
        heads = [cell_text(c) for c in grid.baris[r]]
        figures = sum(number(c) is not None and not is_period(cell_text(c)) for c in grid.baris[r])
        if figures * 2 > sum(map(bool, heads)):
            continue  # a line, and no header
        keys = [normalise(h) for h in heads]
        values = [
            i for i, k in enumerate(keys) if len(k) <= _HEAD and _VALUE.search(k) and figure_meaning(k) not in _NOT
        ]
        periods = [i for i, h in enumerate(heads) if h and is_period(h) and _index_column(grid, r, i, rule)]
        if len(periods) > 1:
            values = periods
        names = _names(grid, r, keys, values)
        if not values or names is None:
            continue
        end = _end(grid, r) if below else len(grid.baris)
        found, used = _lines(finds, range(r, end), keys, values[:1] if len(periods) < 2 else values, names, rule)
        if found is None:
            continue
        if "bobot" in keys[names]:
            _weights(finds, found, used)
            return []
        finds.dipakai |= used
        finds.use_row(r)
        if len(periods) > 1:
            lines = len({f.tempat for f in found})
            if lines > 1:
                facts = {"banyak": lines, "periode": len(periods)}
                finds.akun.append(AccountLine("tabel-unit-periode", grid.nama, "pasti", False, facts))
                return []
        kind = "tabel-periode" if all(f.waktu for f in found) else "tabel-nilai-unit"
        finds.akun.append(AccountLine(kind, grid.nama, "pasti", True, {"banyak": len(found)}))
        return found
    return []


def _names(grid: PrintedGrid, head: int, keys: Sequence[str], values: Sequence[int]) -> int | None:
    """Return the column that names the lines: the first of texts, times or weights; never one of persons."""
    for c, key in enumerate(keys):
        if not key or c in values or re.fullmatch(r"no|nomor|no urut", key) or figure_meaning(key) in _NOT:
            continue
        if is_personal(cell_text(grid.cell(head, c))) and key != "nama":
            continue
        texts = [t for x in range(head + 1, len(grid.baris)) if (t := cell_text(grid.cell(x, c)))]
        told = [t for t in texts if number(t) is None or is_period(t) or _WEIGHT.fullmatch(t)]
        if texts and len(told) * 2 > len(texts):
            return c
    return None


def _index_column(grid: PrintedGrid, head: int, c: int, rule: Regulasi) -> bool:
    low, high = rule.batas_ikm
    found = [n for x in range(head + 1, len(grid.baris)) if (n := number(grid.cell(x, c))) is not None]
    decimals = any(n.desimal for n in found)
    return len(found) > 1 and decimals and sum(low <= n.nilai <= high for n in found) * 2 > len(found)


def _end(grid: PrintedGrid, head: int) -> int:
    rows = range(head + 1, len(grid.baris))
    return next((x for x in rows if not any(cell_text(c) for c in grid.baris[x])), len(grid.baris))


def _lines(
    finds: Finds, rows: range, keys: Sequence[str], values: Sequence[int], names: int, rule: Regulasi
) -> tuple[list[Result] | None, set[tuple[int, int]]]:
    """Return a result a line and the cells that they used; None where the columns are no index."""
    grid, head = finds.grid, rows.start
    low, high = rule.batas_ikm
    services = {"jenis": "layanan"} if heads_services(keys[names]) else {}
    found: list[Result] = []
    used: set[tuple[int, int]] = set()
    for x in rows[1:]:
        label = cell_text(grid.cell(x, names))
        if not label and (closing := next((t for c in grid.baris[x] if is_total(t := cell_text(c))), "")):
            label = closing
        if (
            known_unsur(label, rule)
            or figure_meaning(label) in _NOT
            or normalise(label) in ("ikm", "skm", "nilai ikm", "nilai skm")
        ):
            continue
        weight = _WEIGHT.fullmatch(label) is not None
        if not label or holds_person(label) or (number(label) is not None and not is_period(label) and not weight):
            continue
        for figure in values:
            shown = number(grid.cell(x, figure))
            if (x, figure) in finds.dipakai or shown is None or not 0 < shown.nilai <= high * 2:
                continue
            entry: dict[str, Any] = {"ikm": lead(grid.cell(x, figure)), **services}
            if len(values) == 1:
                _beside(grid, x, keys, entry, used)
            name = cell_text(grid.cell(head, figure)) if len(values) > 1 else label
            used.update({(x, figure), (x, names)})
            place = f"{grid.nama} baris {x + 1}"
            found.append(Result(entry, name, place, is_total(label), f"{grid.judul} {keys[names]}".strip()))
    # An index column may hold a value off the scale; a column of other numbers is no index.
    shown_all = [n for f in found if (n := number(f.values["ikm"])) is not None]
    inside = sum(low <= n.nilai <= high for n in shown_all)
    # Several towns are no whole of each other.
    towns = [f for f in found if f.keseluruhan and _TOWN.match(normalise(f.nama))]
    for f in towns if len(towns) > 1 else ():
        f.keseluruhan = False
    # A single line is a list where its header says that units stand there.
    least = 1 if figure_meaning(keys[names]) == "unit" and not finds.hasil else 2
    return (found if len(found) >= least and inside * 2 > len(found) else None), used


def _beside(grid: PrintedGrid, x: int, keys: Sequence[str], entry: dict[str, Any], used: set[tuple[int, int]]) -> None:
    """Take respondents and grade from the same line."""
    for c, key in enumerate(keys):
        cell = grid.cell(x, c)
        role = figure_meaning(key) or column_meaning(key)
        if role == "n" and number(cell) is not None:
            entry.setdefault("n", lead(cell))
            used.add((x, c))
        elif role in ("mutu", "kinerja") and cell_text(cell) and number(cell) is None:
            entry.setdefault(role, cell_text(cell))
            used.add((x, c))


def _weights(finds: Finds, found: Sequence[Result], used: set[tuple[int, int]]) -> None:
    """Keep the index of one survey under several weights, as reports print it for comparison."""
    finds.dipakai |= used
    finds.lain.setdefault("bobot", []).extend({"nama": r.nama, **r.values} for r in found)
    finds.akun.append(AccountLine("tabel-bobot", finds.grid.nama, "pasti", True, {"banyak": len(found)}))
