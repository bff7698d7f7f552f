"""A table with one row per unsur -> results: one, or one a period, service or block.

Every row with a number between the unsur counts, whatever its name. A row behind them counts where its number goes
on; where its role is open, it is handed over as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from skm.answers.column_kinds import holds_person
from skm.publikasi._account import AccountLine
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._down_columns import groups_of, roles_of
from skm.publikasi._down_foot import read_foot, title_above
from skm.publikasi._found import Finds, Result, first_text
from skm.publikasi._meaning import (
    LETTER,
    code_number,
    column_meaning,
    counting,
    figure_meaning,
    is_total,
    lead,
    number,
    sub_number,
)
from skm.publikasi._unsur import known_unsur, unsur_id
from skm.regulasi import Regulasi

_SHOWN = 16  # columns that the account names
_YEAR = 1900
_HEAD = 4  # rows that a header can have


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a block stands: its rows, and the columns of names, codes and counting numbers."""

    baris: tuple[int, ...]
    nama: int | None
    kode: int | None
    nomor: int | None
    kepala: range
    akhir: int


def read_down(grid: PrintedGrid, rule: Regulasi) -> Finds:
    """Return the results of every block of unsur in a grid."""
    finds = Finds(grid)
    column, hits = _names(grid, rule)
    if column is None:
        return finds
    blocks = _blocks(grid, column, hits, rule)
    for i, rows in enumerate(blocks):
        end = blocks[i + 1][0] if i + 1 < len(blocks) else len(grid.baris)
        _block(finds, _shape(grid, column, rows, blocks[i - 1][-1] + 1 if i else 0, end), rule, several=len(blocks) > 1)
    return finds


def _names(grid: PrintedGrid, rule: Regulasi) -> tuple[int | None, list[int]]:
    """Return the column with the most unsur, names before codes, and the rows in which they stand."""
    best: tuple[int, int, int, list[int]] | None = None
    for c in range(min(grid.lebar, 60)):
        rows = [r for r in range(len(grid.baris)) if known_unsur(cell_text(grid.cell(r, c)), rule)]
        distinct = len({unsur_id(cell_text(grid.cell(r, c)), rule) for r in rows})
        named = sum(code_number(grid.cell(r, c)) is None for r in rows)
        if distinct >= 2 and (best is None or (distinct, named) > best[:2]):
            best = distinct, named, c, rows
    if best is None or not any(_numbers(grid, r, best[2]) for r in best[3]):
        return None, []
    return best[2], best[3]


def _numbers(grid: PrintedGrid, r: int, but: int) -> list[int]:
    return [c for c in range(len(grid.baris[r])) if c != but and number(grid.cell(r, c)) is not None]


def _blocks(grid: PrintedGrid, column: int, hits: Sequence[int], rule: Regulasi) -> list[list[int]]:
    """Cut the rows where the list of unsur starts again below a row that is none."""
    blocks: list[list[int]] = []
    seen: set[str] = set()
    for r in hits:
        identity = unsur_id(cell_text(grid.cell(r, column)), rule)
        if not _numbers(grid, r, column):
            continue
        gap = bool(blocks) and any(_divides(grid, x) for x in range(blocks[-1][-1] + 1, r))
        if not blocks or (identity in seen and gap and len(seen) > 1):
            blocks.append([])
            seen = set()
        blocks[-1].append(r)
        seen.add(identity)
    return blocks


def _divides(grid: PrintedGrid, r: int) -> bool:
    """A row without numbers, or a total, stands between two lists."""
    row = grid.baris[r]
    label = next((cell_text(c) for c in row if cell_text(c) and number(c) is None), "")
    return sum(number(c) is not None for c in row) == 0 or bool(figure_meaning(label)) or is_total(label)


def _shape(grid: PrintedGrid, column: int, hits: Sequence[int], floor: int, ceiling: int) -> _Shape:
    first, last = hits[0], hits[-1]
    body = range(first, last + 1)
    kode = column if all(code_number(grid.cell(r, column)) is not None for r in hits) else None
    nama = None if kode is not None else column
    nomor = None
    for c in range(min(grid.lebar, 60)):
        if c == column or (kode is not None and c == kode):
            continue
        codes = [code_number(grid.cell(r, c)) for r in body]
        if kode is None and sum(x is not None for x in codes) * 2 > len(codes):
            kode = c
            continue
        counts = [n for r in hits if (n := counting(grid.cell(r, c))) is not None]
        rising = len(counts) >= 2 and all(b > a for a, b in pairwise(counts))
        if nomor is None and c < column + 2 and rising and len(counts) * 2 >= len(hits) and counts[0] <= 3:
            nomor = c
        elif (
            nama is None
            and all(isinstance(grid.cell(r, c), str) and number(grid.cell(r, c)) is None for r in hits)
            and not all(LETTER.fullmatch(cell_text(grid.cell(r, c))) for r in hits)
        ):
            nama = c if c < column + 3 else None
    names = [c for c in (nama, kode, nomor) if c is not None]
    start = first
    while start - 1 >= floor and _is_row(grid, start - 1, names, nama, kode, nomor, start):
        start -= 1
    head = start
    while head - 1 >= floor and head > start - _HEAD and _is_head(grid, head - 1):
        head -= 1
    rows = tuple(r for r in range(start, last + 1) if _has_values(grid, r, names) and not _closing(grid, r, names))
    return _Shape(rows, nama, kode, nomor, range(head, start), ceiling)


def _is_row(
    grid: PrintedGrid, r: int, names: Sequence[int], nama: int | None, kode: int | None, nomor: int | None, below: int
) -> bool:
    """Tell whether a row above the first known unsur belongs to the list: its number comes right before."""
    if not _has_values(grid, r, names) or _closing(grid, r, names):
        return False
    for column, read in ((nomor, counting), (kode, code_number)):
        if column is not None:
            here, next_ = read(grid.cell(r, column)), read(grid.cell(below, column))
            return here is not None and next_ is not None and here == next_ - 1
    label = cell_text(grid.cell(r, nama)) if nama is not None else ""
    return bool(label) and number(label) is None and not column_meaning(label)


def _is_head(grid: PrintedGrid, r: int) -> bool:
    """Tell whether a row can be part of the header: texts, or numbers that only count columns or name years."""
    cells = [c for c in grid.baris[r] if cell_text(c)]
    if not cells:
        return False
    numbers = [c for c in cells if number(c) is not None]
    plain = all(re.fullmatch(r"\(?\d{1,2}\)?|[1-9] ?\(?%\)?|(19|20)\d\d(\.0)?", cell_text(c)) for c in numbers)
    if not any(re.search(r"[^\W\d_]", cell_text(c)) for c in cells):
        return plain and len(numbers) == len(cells) and len({cell_text(c) for c in cells}) > 1
    # Beside words, numbers are levels or numbers of columns: they go up or down by one.
    levels = [int(re.sub(r"\D", "", cell_text(c))) for c in numbers] if plain else []
    few = [n for n in levels if n < _YEAR]
    plain = plain and all(abs(a - b) == 1 for a, b in pairwise(few)) and (len(few) != 1 or len(cells) == 1)
    return plain and len({cell_text(c) for c in cells}) > 1


def _has_values(grid: PrintedGrid, r: int, names: Sequence[int]) -> bool:
    return any(number(c) is not None for i, c in enumerate(grid.baris[r]) if i not in names)


def _closing(grid: PrintedGrid, r: int, names: Sequence[int]) -> bool:
    label = first_text(grid, r, max(names, default=0))
    return (
        bool(label)
        and not known_unsur(label)
        and (figure_meaning(label) not in ("", "unit", "periode") or is_total(label))
    )


def _block(finds: Finds, shape: _Shape, rule: Regulasi, *, several: bool) -> None:
    grid = finds.grid
    if not shape.baris:
        return
    names = [c for c in (shape.nama, shape.kode, shape.nomor) if c is not None]
    headers = _headers(grid, shape.kepala)
    rows, doubtful, foot = _extended(grid, shape, names)
    roles = roles_of(grid, rows, headers, names, rule)
    groups, unclear = groups_of(grid, rows, roles, headers, rule)
    place = f"{grid.nama} baris {rows[0] + 1}-{rows[-1] + 1}" if several else grid.nama
    title = title_above(grid, shape.kepala) if several else ""
    for r in (*shape.kepala, *rows, *doubtful):
        for c in (*names, *(x for x in range(grid.lebar) if r in shape.kepala)):
            finds.dipakai.add((r, c))
    for c, role in roles.items():
        if role and role != "asing":
            finds.use_column(c, range(rows[0], rows[-1] + 1))
    shown: dict[str, str] = {}
    for name, fields in groups.items():
        unsur = [_entry(grid, r, shape, fields) for r in rows]
        for c in fields:
            finds.use_column(c, range(shape.kepala.start, rows[-1] + 1))
        values: dict[str, Any] = {"unsur": unsur, "ragu": [_entry(grid, r, shape, fields) for r in doubtful]}
        counts = {c for c in (shape.nomor, shape.kode) if c is not None}
        values["tutup"] = read_foot(finds, foot, fields, counts, values, rule, whole=len(groups) == 1)
        whole = len(groups) > 1 and is_total(name)
        label = " ".join(part for part in (title, name) if part)
        finds.hasil.append(Result({k: v for k, v in values.items() if v}, label, place, whole))
        shown |= {headers.get(c, "") or f"kolom {c + 1}": role for c, role in fields.items()}
    if shown:
        facts = {"banyak": len(rows), "kolom": [f"{header} = {role}" for header, role in shown.items()][:_SHOWN]}
        finds.akun.append(AccountLine("tabel-unsur", place, "pasti" if shape.kepala else "kuat", True, facts))
    own = [
        _told(grid, r, shape)
        for r in rows
        if not known_unsur(_name(grid, r, shape), rule) and _code(grid, r, shape) is None
    ]
    if own:
        finds.akun.append(AccountLine("unsur-sendiri", place, "kuat", True, {"unsur": own}))
    if doubtful:
        asked = [_told(grid, r, shape) for r in doubtful]
        finds.akun.append(AccountLine("baris-ragu", place, "lemah", False, {"unsur": asked}))
    if not groups and not unclear and any(role == "asing" for role in roles.values()):
        finds.akun.append(AccountLine("jawaban-responden", place, "kuat", False, {"banyak": len(rows)}))
        for r in (*shape.kepala, *rows, *doubtful):
            finds.use_row(r)
        return
    taken = {c for fields in groups.values() for c in fields}
    _columns_left(finds, place, headers, {c: role for c, role in roles.items() if c not in taken}, unclear, shape)


def _columns_left(
    finds: Finds,
    place: str,
    headers: Mapping[int, str],
    roles: Mapping[int, str],
    unclear: Sequence[int],
    shape: _Shape,
) -> None:
    """Tell which columns could each be the value, and which are not judged."""
    rows = range(shape.kepala.start, shape.akhir)
    if unclear:
        asked = [headers.get(c, "") or f"kolom {c + 1}" for c in unclear]
        finds.akun.append(AccountLine("kolom-mendua", place, "lemah", False, {"kolom": asked}))
        finds.lain.setdefault("mendua", []).append(asked)
        for c in unclear:
            finds.use_column(c, rows)
    beside = ("harapan", "selisih", "persen", "peringkat", "target", "asing")
    left = [c for c, role in roles.items() if role in beside and headers.get(c) and c not in unclear]
    if left:
        finds.akun.append(AccountLine("kolom-lain", place, "kuat", False, {"kolom": [headers[c] for c in left]}))
        for c in left:
            finds.use_column(c, rows)


def _headers(grid: PrintedGrid, kepala: range) -> dict[int, str]:
    """Return the header of every column, its parts from top to bottom; a text over several columns goes for each."""
    out: dict[int, list[str]] = {}
    rows = list(kepala)
    for at, r in enumerate(rows):
        last = ""
        for c in range(grid.lebar):
            text = cell_text(grid.cell(r, c))
            if (
                re.fullmatch(r"\(?\d{1,2}\)?", text)
                and at > 0
                and at == len(rows) - 1
                and all(re.fullmatch(r"\(?\d{1,2}\)?", cell_text(x)) for x in grid.baris[r] if cell_text(x))
            ):
                continue
            below = any(cell_text(grid.cell(x, c)) for x in rows[at + 1 :])
            text = text or (last if below and c else "")
            last = text
            if text and text not in out.setdefault(c, []):
                out[c].append(text)
    texts = {c: " ".join(" ".join(parts).split()) for c, parts in out.items() if parts}
    # A head with a number of a person is told by its place.
    return {c: text for c, text in texts.items() if not holds_person(text)}


def _extended(grid: PrintedGrid, shape: _Shape, names: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Return the rows of unsur, doubtful ones behind them, and the rows of the foot."""
    rows = list(shape.baris)
    doubtful: list[int] = []
    foot: list[int] = []
    closed = False
    for r in range(rows[-1] + 1, shape.akhir):
        row = grid.baris[r]
        if not any(cell_text(c) for c in row):
            closed = closed or bool(foot)
            continue
        if _closing(grid, r, names):
            foot.append(r)
            closed = True
            continue
        if closed or not _has_values(grid, r, names):
            if not _has_values(grid, r, names) and not closed:
                closed = True
            continue
        follows = False
        for column, read in ((shape.nomor, counting), (shape.kode, code_number)):
            if column is not None:
                here, above = read(grid.cell(r, column)), read(grid.cell(rows[-1], column))
                follows = follows or (here is not None and above is not None and here == above + 1)
        label = _name(grid, r, shape)
        if follows and not doubtful:
            rows.append(r)
        elif label and number(label) is None:
            doubtful.append(r)
    ends = bool(foot) and foot[0] > rows[-1] and all(rows[-1] < r < foot[0] for r in doubtful)
    between = [r for r in range(rows[-1] + 1, foot[0] if foot else 0) if any(cell_text(c) for c in grid.baris[r])]
    if doubtful and ends and between == doubtful and doubtful[0] == rows[-1] + 1:
        # Nothing stands between them and the total that closes the list: they are of the list.
        return [*rows, *doubtful], [], foot
    return rows, doubtful, foot


def _told(grid: PrintedGrid, r: int, shape: _Shape) -> str:
    """Return the name of a row for the account; what holds a person's number is told by its place."""
    name = _name(grid, r, shape)
    private = re.search(r"\d{6,}|^ni[pk]\d", re.sub(r"[\s.:-]", "", name), re.IGNORECASE) is not None
    return f"baris {r + 1}" if private else name


def _name(grid: PrintedGrid, r: int, shape: _Shape) -> str:
    text = cell_text(grid.cell(r, shape.nama)) if shape.nama is not None else ""
    return (
        text
        or (cell_text(grid.cell(r, shape.kode)) if shape.kode is not None else "")
        or first_text(grid, r, grid.lebar)
    )


def _code(grid: PrintedGrid, r: int, shape: _Shape) -> int | None:
    return code_number(grid.cell(r, shape.kode)) if shape.kode is not None else None


def _entry(grid: PrintedGrid, r: int, shape: _Shape, fields: Mapping[int, str]) -> dict[str, Any]:
    """Return what a row says of its unsur."""
    entry: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    for c, field in fields.items():
        value = grid.cell(r, c)
        if cell_text(value) in ("", "-"):
            continue
        if re.fullmatch(r"[fp]\d", field):
            counts[field] = lead(value)
        elif field in ("mutu", "kinerja"):
            entry.setdefault(field, cell_text(value))
        elif number(value) is not None:
            entry.setdefault("nrr_tertimbang" if field == "tertimbang" else field, lead(value))
    for key, mark in (("frekuensi", "f"), ("persen_tingkat", "p")):
        levels = sorted({field for field in fields.values() if re.fullmatch(rf"{mark}\d", field)})
        if levels and all(level in counts for level in levels):
            entry[key] = [counts[level] for level in levels]
    name = _name(grid, r, shape)
    code = cell_text(grid.cell(r, shape.kode)) if shape.kode is not None else ""
    order = counting(grid.cell(r, shape.nomor)) if shape.nomor is not None else None
    entry["nama"] = "" if code_number(name) is not None else name
    entry["kode"] = code or (name if code_number(name) is not None else "")
    if order is not None:
        entry["nomor"] = order
    if (parent := _parent(grid, r, shape)) is not None:
        entry["induk"] = parent
    return entry


def _parent(grid: PrintedGrid, r: int, shape: _Shape) -> int | None:
    for c in (shape.kode, shape.nomor, 0):
        if c is not None and counting(grid.cell(r, c)) is None and (found := sub_number(grid.cell(r, c))) is not None:
            return found
    return None
