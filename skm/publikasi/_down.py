"""A table with one row per unsur -> results: one, or one a period, service or block.

Every row with a number between the unsur counts, whatever its name. A row behind them counts where its number goes
on; where its role is open, it is handed over as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import Grid, cell_text
from skm.publikasi._figures import PrintedNumber
from skm.publikasi._found import Finds, Result
from skm.publikasi._meaning import (
    code_number,
    column_meaning,
    counting,
    figure_meaning,
    is_period,
    is_total,
    lead,
    level_of,
    number,
    sub_number,
)
from skm.publikasi._unsur import known_unsur, unsur_id
from skm.regulasi import Regulasi

_VALUES = ("nilai", "nik", "total", "tertimbang")
_LETTER = re.compile(r"[A-E](?:\b.*)?")


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a block stands: its rows, and the columns of names, codes and counting numbers."""

    baris: tuple[int, ...]
    nama: int | None
    kode: int | None
    nomor: int | None
    kepala: range
    akhir: int


def read_down(grid: Grid, rule: Regulasi) -> Finds:
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


def _names(grid: Grid, rule: Regulasi) -> tuple[int | None, list[int]]:
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


def _numbers(grid: Grid, r: int, but: int) -> list[int]:
    return [c for c in range(len(grid.baris[r])) if c != but and number(grid.cell(r, c)) is not None]


def _blocks(grid: Grid, column: int, hits: Sequence[int], rule: Regulasi) -> list[list[int]]:
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


def _divides(grid: Grid, r: int) -> bool:
    """A row without numbers, or a total, stands between two lists."""
    row = grid.baris[r]
    label = next((cell_text(c) for c in row if cell_text(c) and number(c) is None), "")
    return sum(number(c) is not None for c in row) == 0 or bool(figure_meaning(label)) or is_total(label)


def _shape(grid: Grid, column: int, hits: Sequence[int], floor: int, ceiling: int) -> _Shape:
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
        rising = len(counts) >= 2 and all(b > a for a, b in zip(counts, counts[1:], strict=False))
        if nomor is None and c < column + 2 and rising and len(counts) * 2 >= len(hits) and counts[0] <= 3:
            nomor = c
        elif nama is None and all(isinstance(grid.cell(r, c), str) and number(grid.cell(r, c)) is None for r in hits) and not all(_LETTER.fullmatch(cell_text(grid.cell(r, c))) for r in hits):
            nama = c if c < column + 3 else None
    names = [c for c in (nama, kode, nomor) if c is not None]
    start = first
    while start - 1 >= floor and _is_row(grid, start - 1, names, nama, kode, nomor, start):
        start -= 1
    head = start
    while head - 1 >= floor and start - (head - 1) <= 4 and _is_head(grid, head - 1):
        head -= 1
    rows = tuple(r for r in range(start, last + 1) if _has_values(grid, r, names) and not _closing(grid, r, names))
    return _Shape(rows, nama, kode, nomor, range(head, start), ceiling)


def _is_row(grid: Grid, r: int, names: Sequence[int], nama: int | None, kode: int | None, nomor: int | None, below: int) -> bool:
    """Tell whether a row above the first known unsur belongs to the list: its number comes right before."""
    if not _has_values(grid, r, names) or _closing(grid, r, names):
        return False
    for column, read in ((nomor, counting), (kode, code_number)):
        if column is not None:
            here, next_ = read(grid.cell(r, column)), read(grid.cell(below, column))
            return here is not None and next_ is not None and here == next_ - 1
    label = cell_text(grid.cell(r, nama)) if nama is not None else ""
    return bool(label) and number(label) is None and not column_meaning(label)


def _is_head(grid: Grid, r: int) -> bool:
    """Tell whether a row can be part of the header: texts, or numbers that only count columns or name years."""
    cells = [c for c in grid.baris[r] if cell_text(c)]
    if not cells:
        return False
    numbers = [c for c in cells if number(c) is not None]
    plain = all(re.fullmatch(r"\(?\d{1,2}\)?|(19|20)\d\d(\.0)?", cell_text(c)) for c in numbers)
    return plain and len({cell_text(c) for c in cells}) > 1


def _has_values(grid: Grid, r: int, names: Sequence[int]) -> bool:
    return any(number(c) is not None for i, c in enumerate(grid.baris[r]) if i not in names)


def _label(grid: Grid, r: int, upto: int) -> str:
    """Return the first text of a row."""
    return next((cell_text(c) for c in grid.baris[r][: upto + 1] if cell_text(c) and number(c) is None and counting(c) is None), "")


def _closing(grid: Grid, r: int, names: Sequence[int]) -> bool:
    label = _label(grid, r, max(names, default=0))
    return bool(label) and not known_unsur(label) and (figure_meaning(label) not in ("", "unit", "periode") or is_total(label))


def _block(finds: Finds, shape: _Shape, rule: Regulasi, *, several: bool) -> None:
    grid = finds.grid
    names = [c for c in (shape.nama, shape.kode, shape.nomor) if c is not None]
    headers = _headers(grid, shape.kepala)
    rows, doubtful, foot = _extended(grid, shape, names)
    roles = _roles(grid, rows, headers, names, rule)
    groups, unclear = _groups(grid, rows, roles, headers, rule)
    place = f"{grid.nama} baris {rows[0] + 1}-{rows[-1] + 1}" if several else grid.nama
    title = _title(grid, shape.kepala) if several else ""
    for r in (*shape.kepala, *rows, *doubtful):
        for c in (*names, *(x for x in range(grid.lebar) if r in shape.kepala)):
            finds.dipakai.add((r, c))
    for c, role in roles.items():
        if role and role != "asing":
            finds.use_column(c, range(rows[0], rows[-1] + 1))
    told = False
    for name, fields in groups.items():
        unsur = [_entry(grid, r, shape, fields) for r in rows]
        for c in fields:
            finds.use_column(c, range(shape.kepala.start, rows[-1] + 1))
        values: dict[str, Any] = {"unsur": unsur, "ragu": [_entry(grid, r, shape, fields) for r in doubtful]}
        closed = _footer(finds, foot, fields, shape, values, rule, whole=len(groups) == 1)
        values["tutup"] = closed
        whole = len(groups) > 1 and is_total(name)
        label = " ".join(part for part in (title, name) if part)
        finds.hasil.append(Result({k: v for k, v in values.items() if v}, label, place, whole))
        if not told:
            shown = {headers.get(c, "") or f"kolom {c + 1}": role for c, role in fields.items()}
            facts = {"banyak": len(rows), "kolom": [f"{header} = {role}" for header, role in shown.items()]}
            finds.akun.append(AccountLine("tabel-unsur", place, "pasti" if shape.kepala else "kuat", True, facts))
            told = True
    own = [_name(grid, r, shape) for r in rows if not known_unsur(_name(grid, r, shape), rule) and _code(grid, r, shape) is None]
    if own:
        finds.akun.append(AccountLine("unsur-sendiri", place, "kuat", True, {"unsur": own}))
    if doubtful:
        finds.akun.append(AccountLine("baris-ragu", place, "lemah", False, {"unsur": [_name(grid, r, shape) for r in doubtful]}))
    if unclear:
        finds.akun.append(AccountLine("kolom-mendua", place, "lemah", False, {"kolom": [headers.get(c, "") or f"kolom {c + 1}" for c in unclear]}))
        finds.lain.setdefault("mendua", []).append([headers.get(c, "") or f"kolom {c + 1}" for c in unclear])
        for c in unclear:
            finds.use_column(c, range(shape.kepala.start, shape.akhir))
    left = [headers[c] for c, role in roles.items() if role in ("harapan", "selisih", "persen", "peringkat", "target", "asing") and headers.get(c) and not any(c in f for f in groups.values())]
    if left:
        finds.akun.append(AccountLine("kolom-lain", place, "kuat", False, {"kolom": left}))
        for c, role in roles.items():
            if role in ("asing", "target") and headers.get(c) in left:
                finds.use_column(c, range(rows[0], rows[-1] + 1))


def _headers(grid: Grid, kepala: range) -> dict[int, str]:
    """Return the header of every column, its parts from top to bottom; a text over several columns goes for each."""
    out: dict[int, list[str]] = {}
    rows = [r for r in kepala]
    for at, r in enumerate(rows):
        last = ""
        for c in range(grid.lebar):
            text = cell_text(grid.cell(r, c))
            if re.fullmatch(r"\(?\d{1,2}\)?", text) and at > 0 and at == len(rows) - 1 and all(
                re.fullmatch(r"\(?\d{1,2}\)?", cell_text(x)) for x in grid.baris[r] if cell_text(x)
            ):
                continue
            below = any(cell_text(grid.cell(x, c)) for x in rows[at + 1 :])
            text = text or (last if below and c else "")
            last = text
            if text and text not in out.setdefault(c, []):
                out[c].append(text)
    return {c: " ".join(" ".join(parts).split()) for c, parts in out.items() if parts}


def _extended(grid: Grid, shape: _Shape, names: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Return the rows of unsur, doubtful ones behind them, and the rows of the foot."""
    rows, doubtful, foot = list(shape.baris), [], []
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
    return rows, doubtful, foot


def _name(grid: Grid, r: int, shape: _Shape) -> str:
    text = cell_text(grid.cell(r, shape.nama)) if shape.nama is not None else ""
    return text or (cell_text(grid.cell(r, shape.kode)) if shape.kode is not None else "") or _label(grid, r, grid.lebar)


def _code(grid: Grid, r: int, shape: _Shape) -> int | None:
    return code_number(grid.cell(r, shape.kode)) if shape.kode is not None else None


def _roles(grid: Grid, rows: Sequence[int], headers: Mapping[int, str], names: Sequence[int], rule: Regulasi) -> dict[int, str]:
    """Return column -> role, by its header and by what its cells are."""
    roles: dict[int, str] = {}
    levels = {c: level_of(h) for c, h in headers.items() if c not in names}
    counted = sorted(c for c, level in levels.items() if level is not None and _whole(grid, rows, c))
    if [levels[c] for c in counted] not in (
        list(range(rule.terendah, rule.tertinggi + 1)), list(range(rule.tertinggi, rule.terendah - 1, -1))
    ):  # fmt: skip
        counted = []
    for c in range(grid.lebar):
        if c in names:
            continue
        cells = [grid.cell(r, c) for r in rows]
        filled = [x for x in cells if cell_text(x) not in ("", "-")]
        if not filled:
            continue
        figures = [x for x in filled if number(x) is not None]
        role = column_meaning(headers.get(c, ""))
        if c in counted:
            role = f"f{levels[c]}"
        elif len(figures) * 2 > len(filled):
            if role == "kinerja":
                role = "nilai"
            elif role in ("mutu", "nama", "no", "kode", ""):
                role = "" if role in ("no", "kode") else "asing"
            elif role == "persen" and _on_index(figures, rule) and not _sums_to_hundred(figures):
                role = "nik"
        elif role in ("mutu", "kinerja"):
            role = "mutu" if sum(bool(_LETTER.fullmatch(cell_text(x))) for x in filled) * 2 > len(filled) else "kinerja"
        elif role not in ("bobot",):
            role = "mutu" if all(_LETTER.fullmatch(cell_text(x)) for x in filled) else ""
        roles[c] = role
    return roles


def _whole(grid: Grid, rows: Sequence[int], c: int) -> bool:
    found = [number(grid.cell(r, c)) for r in rows]
    return all(n is None or n.nilai == int(n.nilai) for n in found) and any(n is not None for n in found)


def _on_index(cells: Sequence[Any], rule: Regulasi) -> bool:
    low, high = rule.terendah * rule.konversi, rule.tertinggi * rule.konversi
    found = [n for x in cells if (n := number(x)) is not None]
    return all(low <= n.nilai <= high for n in found)


def _sums_to_hundred(cells: Sequence[Any]) -> bool:
    return abs(sum((n.nilai for x in cells if (n := number(x)) is not None), start=0) - 100) <= 2


def _on_scale(grid: Grid, rows: Sequence[int], c: int, rule: Regulasi) -> bool:
    found = [n for r in rows if (n := number(grid.cell(r, c))) is not None]
    means = all(rule.terendah <= n.nilai <= rule.tertinggi for n in found)
    return len(found) * 2 > len(rows) and (means or _on_index([grid.cell(r, c) for r in rows], rule))


def _groups(
    grid: Grid, rows: Sequence[int], roles: Mapping[int, str], headers: Mapping[int, str], rule: Regulasi
) -> tuple[dict[str, dict[int, str]], list[int]]:
    """Return name -> its columns: one group, or one a period or service; and columns nobody can tell apart."""
    common = {c: role for c, role in roles.items() if role in ("bobot", "n") or re.fullmatch(r"f\d", role)}
    values = [c for c, role in roles.items() if role == "nilai"]
    strange = [c for c, role in roles.items() if role == "asing" and _on_scale(grid, rows, c, rule)]
    rest = {c: role for c, role in roles.items() if role in ("nik", "total", "tertimbang", "mutu", "kinerja")}
    if strange and (len(strange) > 1 or not values) and not (len(strange) == 1 and values):
        named = {headers.get(c, "") or f"kolom {c + 1}": {c: "nilai"} for c in strange}
        for c in values:
            named[headers.get(c, "") or f"kolom {c + 1}"] = {c: "nilai"}
        if len(named) == 1:
            c = strange[0]
            return {"": {c: "nilai", **rest, **common}}, []
        if all(headers.get(c) for c in strange):
            return named, []
        return {}, strange
    if len(values) > 1:
        return _several(grid, rows, values, roles, headers, rule, common)
    totals = [c for c, role in rest.items() if role == "total"]
    niks = [c for c, role in rest.items() if role == "nik"]
    periods = {headers.get(c, ""): c for c in niks if is_period(headers.get(c, ""))}
    if not values and len(periods) > 1 and len(periods) == len(niks):
        return {name: {c: "nik"} for name, c in periods.items()}, []
    if not values and not totals and not niks:
        return {}, []
    fields = {c: "nilai" for c in values} | common
    for role in ("nik", "total", "tertimbang", "mutu", "kinerja"):
        same = [c for c, found in rest.items() if found == role]
        if role == "total" and len(same) > 1:
            same = [c for c in same if _whole(grid, rows, c)]
        if same:
            fields[same[0]] = role
    return {"": fields}, []


def _several(
    grid: Grid, rows: Sequence[int], values: Sequence[int], roles: Mapping[int, str], headers: Mapping[int, str],
    rule: Regulasi, common: dict[int, str],
) -> tuple[dict[str, dict[int, str]], list[int]]:  # fmt: skip
    """Tell several columns of values apart: by a time or a name in the header, or by what their numbers are."""
    own = {c: _residue(headers.get(c, "")) for c in values}
    if len(set(own.values())) == len(values) and sum(bool(x) for x in own.values()) >= len(values) - 1:
        groups: dict[str, dict[int, str]] = {}
        for i, c in enumerate(values):
            fields = {c: "nilai"}
            until = values[i + 1] if i + 1 < len(values) else grid.lebar
            fields |= {x: role for x, role in roles.items() if c < x < until and role in ("nik", "mutu", "kinerja", "total", "tertimbang")}
            groups[own[c] or headers.get(c, "") or f"kolom {c + 1}"] = fields
        # A last column of values that only closes the row is what the others are parts of.
        return groups, []
    first, fields = values[0], {values[0]: "nilai", **common}
    unclear = []
    for c in values[1:]:
        relation = _relation(grid, rows, first, c, rule)
        if relation:
            fields.setdefault(c, relation)
        elif relation is None:
            unclear.append(c)
    if unclear:
        return {}, [first, *unclear]
    fields |= {c: role for c, role in roles.items() if role in ("mutu", "kinerja", "nik", "total", "tertimbang") and c not in fields and role not in fields.values()}
    return {"": fields}, []


_ROLE_WORDS = re.compile(
    r"\b(nilai|nrr|rata|rerata|indeks|index|skor|score|mean|ikm|skm|unsur|per|kinerja|hasil|mutu|pelayanan|layanan|kepuasan|masyarakat|survei|konversi|x|yang)\b"
)


def _residue(header: str) -> str:
    """Return what is left of a header besides the words for a value: the period or service."""
    rest = " ".join(_ROLE_WORDS.sub(" ", normalise(header)).split())
    return header.strip() if rest else ""


def _relation(grid: Grid, rows: Sequence[int], a: int, b: int, rule: Regulasi) -> str | None:
    """Return what the second column is to the first by its numbers; "" where they are the same, None where unknown."""
    pairs = [(x, y) for r in rows if (x := number(grid.cell(r, a))) and (y := number(grid.cell(r, b)))]
    if not pairs:
        return ""
    for role, factor in (("", Fraction(1)), ("nik", Fraction(rule.konversi)), ("tertimbang", Fraction(1, len(rows)))):
        if all(_times(x, y, factor) for x, y in pairs):
            return role
    if all(y.nilai == int(y.nilai) and y.nilai > rule.tertinggi * rule.konversi for _, y in pairs):
        return "total"
    return None


def _times(x: PrintedNumber, y: PrintedNumber, factor: Fraction) -> bool:
    low, high = (v * factor for v in x.rentang)
    a, b = y.rentang
    # A weight that was rounded on the way moves the product by a few per cent at most.
    slack = high / 50 if factor < 1 else Fraction(0)
    return a <= high + slack and low - slack <= b


def _entry(grid: Grid, r: int, shape: _Shape, fields: Mapping[int, str]) -> dict[str, Any]:
    """Return what a row says of its unsur."""
    entry: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    for c, field in fields.items():
        value = grid.cell(r, c)
        if cell_text(value) in ("", "-"):
            continue
        if re.fullmatch(r"f\d", field):
            counts[field] = lead(value)
        elif field in ("mutu", "kinerja"):
            entry.setdefault(field, cell_text(value))
        elif number(value) is not None:
            entry.setdefault("nrr_tertimbang" if field == "tertimbang" else field, lead(value))
    levels = sorted({field for field in fields.values() if re.fullmatch(r"f\d", field)})
    if levels and len(counts) == len(levels):
        entry["frekuensi"] = [counts[level] for level in levels]
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


def _parent(grid: Grid, r: int, shape: _Shape) -> int | None:
    for c in (shape.kode, shape.nomor, 0):
        if c is not None and counting(grid.cell(r, c)) is None and (found := sub_number(grid.cell(r, c))) is not None:
            return found
    return None


def _footer(
    finds: Finds, foot: Sequence[int], fields: Mapping[int, str], shape: _Shape, values: dict[str, Any], rule: Regulasi,
    *, whole: bool,
) -> bool:  # fmt: skip
    """Place the figures below the unsur in the columns of a group; tell whether a total closes the list."""
    grid, closed = finds.grid, False
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    for r in foot:
        label = _label(grid, r, grid.lebar)
        kind = figure_meaning(label) or ("jumlah" if is_total(label) else "")
        cells = [c for c in range(len(grid.baris[r])) if cell_text(grid.cell(r, c)) and cell_text(grid.cell(r, c)) != label]
        mine = [c for c in cells if c in fields] if not whole else cells
        if not mine and kind in ("n", "populasi"):
            mine = cells
        if kind in ("ikm", "indeks", "rata", "jumlah"):
            closed = True
        # The label itself may hold the figure: "NILAI IKM : 94,17".
        for c in mine:
            value = grid.cell(r, c)
            text, found, role = cell_text(value), number(value), fields.get(c, "")
            if kind in ("mutu", "kinerja") or (found is None and role in ("mutu", "kinerja")):
                target = "mutu" if _LETTER.fullmatch(text) else "kinerja"
                values.setdefault(target, text)
            elif found is None:
                if kind in ("ikm", "indeks") and text:
                    target = "mutu" if _LETTER.fullmatch(text) else "kinerja"
                    if known_grade(text, rule):
                        values.setdefault(target, text)
                continue
            elif kind in ("n", "populasi", "sampel_minimum", "target"):
                values.setdefault(kind, lead(value))
            elif counting(value) is not None and c in (shape.nomor, shape.kode):
                continue
            elif kind == "jumlah" and role in ("nilai", "total", "nik", "n", "bobot", ""):
                if role in ("nilai", "total"):
                    values.setdefault("jumlah_tercetak", {}).setdefault("nilai" if role == "nilai" else "total", lead(value))
                elif role == "":
                    continue
            elif kind == "rata" and role in ("nilai", "nik", ""):
                values.setdefault("rata_tercetak", []).append(lead(value))
            elif low <= found.nilai <= high:
                if not _keep(values, "indeks", value):
                    continue
            elif low * factor * 0.9 <= float(found.nilai) <= high * factor * 1.1:
                if not _keep(values, "ikm", value):
                    continue
            else:
                continue
            finds.dipakai.add((r, c))
        finds.dipakai.update((r, c) for c in range(len(grid.baris[r])) if cell_text(grid.cell(r, c)) == label)
    return closed


def known_grade(text: str, rule: Regulasi) -> bool:
    """Tell whether a text is a letter or a word of grades."""
    key = normalise(text)
    return bool(_LETTER.fullmatch(text)) or any(key == normalise(w) for kat in rule.kategori for w in kat.kinerja.values()) or bool(re.fullmatch(r"(sangat |kurang |tidak )?(baik|puas|memuaskan)|cukup( baik)?", key))


def _keep(values: dict[str, Any], role: str, value: Any) -> bool:
    """Keep a figure; one printed again differently is another printing of it."""
    shown = value if isinstance(value, str) else lead(value)
    if role not in values:
        values[role] = shown
    elif cell_text(values[role]) != cell_text(shown):
        values.setdefault(f"{role}_lain", []).append({"tempat": "tabel", role: lead(value)})
        return role == "ikm"
    return True


def _title(grid: Grid, kepala: range) -> str:
    """Return the text above a block that names whose it is."""
    for r in (*reversed(kepala), *range(kepala.start - 1, max(-1, kepala.start - 4), -1)):
        texts = {cell_text(c) for c in grid.baris[r] if cell_text(c)}
        if len(texts) == 1:
            return texts.pop()
    return ""
