"""A table with one column per unsur -> results: rows are statistics of one result, or units, periods or services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from skm.answers.column_kinds import holds_person, is_personal
from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._found import Finds, Result
from skm.publikasi._meaning import (
    code_number,
    column_meaning,
    counting,
    figure_meaning,
    is_period,
    is_total,
    lead,
    number,
)
from skm.publikasi._unsur import known_unsur, unsur_id
from skm.regulasi import Regulasi

# Exact headers of the columns beside the unsur, before the words that a header may hold.
_BESIDE = {
    "ikm": {"ikm", "nilai ikm", "skm", "nilai skm", "printed ikm", "ikm unit", "ikm tercetak", "nilai"},
    "indeks": {"indeks", "printed nrr index", "nrr tertimbang", "jumlah nrr tertimbang", "nilai indeks"},
    "mutu": {"mutu", "kategori", "mutu pelayanan", "printed mutu", "mutu layanan", "kategori mutu"},
    "kinerja": {"kinerja", "kinerja unit", "printed kinerja", "kinerja unit pelayanan", "predikat"},
    "n": {"n", "sampel", "responden", "jumlah responden", "n respondents", "n responden", "jml responden"},
    "populasi": {"populasi", "population", "jumlah populasi"},
    "periode": {"periode", "year period", "tahun", "semester", "triwulan", "bulan"},
    "unit": {"unit", "opd", "nama opd", "nama unit", "unit layanan", "perangkat daerah", "skpd", "instansi", "layanan",
             "jenis layanan", "upp", "puskesmas", "kecamatan", "kelurahan", "desa", "bidang"},
    "no": {"no", "nomor", "id", "no urut"},
    "regulasi": {"regulasi", "instrument", "instrumen", "peraturan"},
}  # fmt: skip
# A header of these words only names the column of units, whatever their order: "Nama Unit Pelayanan".
_UNITS = {"unit", "opd", "skpd", "upp", "upt", "uptd", "satker", "instansi", "layanan", "pelayanan", "dinas", "service",
          "perangkat", "puskesmas", "kecamatan", "kelurahan", "desa", "bidang", "bagian", "loket", "ruang", "ruangan",
          "poli", "office"}  # fmt: skip
_WITH_UNITS = _UNITS | {"nama", "kerja", "penyelenggara", "publik", "organisasi", "daerah", "jenis", "satuan", "name"}
_REGULATIONS = {"14 2017": "permenpanrb-14-2017", "16 2014": "permenpanrb-16-2014", "25 2004": "kepmenpan-25-2004"}
_STATISTICS = (
    "nilai",
    "nik",
    "total",
    "tertimbang",
    "mutu",
    "kinerja",
    "bobot",
    "n",
    "harapan",
    "selisih",
    "peringkat",
    "persen",
)


def read_across(grid: PrintedGrid, rule: Regulasi) -> Finds:
    """Return the results of every row of unsur in a grid."""
    finds = Finds(grid)
    r = 0
    while r < len(grid.baris):
        columns = _columns(grid, r, rule)
        if columns is None:
            r += 1
            continue
        r = _table(finds, r, columns, rule)
    return finds


def _columns(grid: PrintedGrid, r: int, rule: Regulasi) -> dict[int, str] | None:
    """Return column -> printed name where a row names at least two different unsur."""
    found = {
        c: cell_text(x) for c, x in enumerate(grid.baris[r]) if known_unsur(cell_text(x), rule) and number(x) is None
    }
    if len(found) < 2 or len({unsur_id(text, rule) for text in found.values()}) < 2:
        return None
    below = [
        x for x in range(r + 1, min(len(grid.baris), r + 12)) if any(number(grid.cell(x, c)) is not None for c in found)
    ]
    if not below:
        return None
    first, last = _reach(grid, r, min(found), -1, below), _reach(grid, r, max(found), 1, below)
    out: dict[int, str] = {}
    for c in range(first, last + 1):
        text = found.get(c) or cell_text(grid.cell(r, c))
        if text in out.values() and c - 1 in out and out.get(c - 1) == text:
            continue
        if c in found or (
            text and any(number(grid.cell(x, c)) is not None for x in below) and not column_meaning(text)
        ):
            out[c] = text
    return out


def _reach(grid: PrintedGrid, r: int, edge: int, step: int, below: Sequence[int]) -> int:
    """Go on beside the known unsur as long as columns have a name of their own and numbers below it."""
    while True:
        c = edge + step
        text = cell_text(grid.cell(r, c)) if 0 <= c < grid.lebar else ""
        beside = any(normalise(text) in names for names in _BESIDE.values())
        if (
            not text
            or number(text) is not None
            or beside
            or column_meaning(text)
            or figure_meaning(text)
            or is_period(text)
            or is_total(text)
        ):
            return edge
        filled = [x for x in below if cell_text(grid.cell(x, c))]
        if not filled or not any(number(grid.cell(x, c)) is not None for x in filled):
            return edge
        shown = [counting(grid.cell(x, c)) for x in filled if number(grid.cell(x, c)) is not None]
        if len(shown) > 1 and all(b is not None and a is not None and b == a + 1 for a, b in pairwise(shown)):
            return edge  # it counts the rows
        # A column with a name of its own holds values of the same scale as the known one beside it.
        mine, beside_it = _middle(grid, c, below), _middle(grid, edge, below)
        if mine is not None and beside_it is not None and mine > 2 * beside_it + 2:
            return edge
        edge = c


def _middle(grid: PrintedGrid, c: int, rows: Sequence[int]) -> Decimal | None:
    found = sorted(n.nilai for x in rows if (n := number(grid.cell(x, c))) is not None)
    return found[len(found) // 2] if found else None


def _table(finds: Finds, head: int, columns: dict[int, str], rule: Regulasi) -> int:
    grid = finds.grid
    first = min(columns)
    rows, r = [], head + 1
    # A second row of the header may hold the codes or the names.
    while (
        r < len(grid.baris)
        and not any(number(x) is not None and counting(x) is None for x in grid.baris[r])
        and r - head <= 3
    ):
        again = {c: cell_text(grid.cell(r, c)) for c in columns if known_unsur(cell_text(grid.cell(r, c)), rule)}
        if len(again) < 2:
            break
        columns = {
            c: f"{columns[c]} {again[c]}".strip() if c in again and code_number(columns[c]) else columns[c]
            for c in columns
        }
        r += 1
    while r < len(grid.baris) and (any(cell_text(x) for x in grid.baris[r]) or r == head + 1):
        if _columns(grid, r, rule) is not None:
            break
        rows.append(r)
        r += 1
    data = [x for x in rows if any(number(grid.cell(x, c)) is not None for c in columns)]
    beside = _beside(grid, head, columns, data)
    persons = _of_persons(grid, head)
    labels = {
        x: _label(grid, x, first, {c: role for c, role in beside.items() if c not in persons}, persons)
        or _label_of_person(grid, x, first, persons)
        for x in rows
    }

    def wide(x: int) -> bool:
        return sum(bool(cell_text(grid.cell(x, c))) for c in columns) * 2 > len(columns)

    if {"unit", "ikm"} <= set(beside.values()):
        # A list of results: a row may print some unsur, or the figure alone.
        figures = [c for c, role in beside.items() if role in ("ikm", "indeks")]
        alone = [x for x in rows if x not in data and any(number(grid.cell(x, c)) is not None for c in figures)]
        data = sorted([*data, *alone])
    else:
        data = [x for x in data if wide(x)]
    rows = [x for x in rows if wide(x) or x in data]
    statistic = [x for x in rows if column_meaning(labels[x]) in _STATISTICS and not is_period(labels[x])]
    plain = [x for x in data if x not in statistic]
    others = [x for x in plain if not is_total(labels[x])]
    if len(others) > 1 and "ikm" not in beside.values() and _answers(grid, others, columns, rule):
        # Below the answers of respondents every row with a label is a row of sums or means.
        statistic, plain = [x for x in data if x not in others], others
    elif len(plain) > 1:
        # Among units a row "Total" or "Rata-rata" is the whole, not a statistic.
        statistic = [x for x in statistic if not is_total(labels[x])]
        plain = [x for x in data if x not in statistic]
    finds.use_row(head)
    if statistic and len(plain) <= 1 and not (plain and labels[plain[0]]):
        _one(finds, [*statistic, *plain], columns, beside, labels, rule, rows)
    elif plain and not statistic:
        _recap(finds, plain, columns, beside, labels, rule)
    else:
        _one(finds, statistic, columns, beside, labels, rule, rows)
        _recap(finds, plain, columns, beside, labels, rule)
    return r


def _beside(grid: PrintedGrid, head: int, columns: dict[int, str], data: Sequence[int]) -> dict[int, str]:
    """Return the meaning of the columns beside the unsur; an exact header goes before words in a header."""
    out: dict[int, str] = {}
    taken: set[str] = set()
    others = [c for c in range(grid.lebar) if c not in columns]
    headers = {
        c: normalise(
            next((cell_text(grid.cell(r, c)) for r in (head, head - 1) if r >= 0 and cell_text(grid.cell(r, c))), "")
        )
        for c in others
    }
    for c in others:
        role = _exact_role(headers[c], left=c < min(columns))
        if role == "nilai":
            continue
        if role and (role not in taken or role in ("no", "unit")):
            out[c] = role
            taken.add(role)
    for c in others:
        if c in out or not headers[c] or c < min(columns):
            continue
        role = figure_meaning(headers[c]) or column_meaning(headers[c])
        numeric = sum(number(grid.cell(r, c)) is not None for r in data) * 2 > len(data)
        if role in ("nik", "ikm") and numeric and "ikm" not in taken:
            role = "ikm"
        elif role in ("tertimbang", "indeks") and numeric and "indeks" not in taken:
            role = "indeks"
        elif role in ("mutu", "kinerja") and not numeric and role not in taken:
            pass
        elif role in ("rata", "nilai") and numeric:
            role = "rata"
        elif role in ("jumlah", "total") and numeric:
            role = "jumlah"
        elif role == "n" and "n" not in taken:
            pass
        else:
            continue
        out[c] = role
        taken.add(role)
    return out


def _exact_role(header: str, *, left: bool) -> str:
    """Return what an exact header announces; left of the unsur, words for units name their column."""
    words = set(header.split())
    named = left and bool(words & _UNITS) and words <= _WITH_UNITS
    return next((role for role, names in _BESIDE.items() if header in names), "unit" if named else "")


def _of_persons(grid: PrintedGrid, head: int) -> set[int]:
    """Return the columns whose header announces persons; a bare "Nama" may be that of units."""
    return {
        c
        for c in range(grid.lebar)
        for r in (head, head - 1)
        if r >= 0 and is_personal(text := cell_text(grid.cell(r, c))) and normalise(text) != "nama"
    }


def _label_of_person(grid: PrintedGrid, r: int, first: int, persons: set[int]) -> str:
    """Return what a row of a person is called: by its place; a total among them keeps its own word."""
    own = [text for c in sorted(persons) if c < first and (text := cell_text(grid.cell(r, c)))]
    return next((text for text in own if is_total(text)), f"baris {r + 1}") if own else ""


def _label(grid: PrintedGrid, r: int, first: int, beside: dict[int, str], persons: set[int]) -> str:
    """Return the texts at the left of the unsur, numbers of rows aside."""
    named = [c for c, role in beside.items() if role == "unit"]
    if named and cell_text(grid.cell(r, named[0])):
        return cell_text(grid.cell(r, named[0]))
    texts = [
        cell_text(grid.cell(r, c))
        for c in range(first)
        if c not in persons
        and counting(grid.cell(r, c)) is None
        and (beside.get(c) not in ("no", "regulasi", "n", "populasi") or _closes(grid.cell(r, c)))
    ]
    kept = list(dict.fromkeys(text for text in texts if text and not holds_person(text)))
    return kept[-1] if kept else ""


def _closes(cell: Any) -> bool:
    """Tell whether the column that counts the rows holds the label of a row of sums."""
    text = cell_text(cell)
    return number(cell) is None and (column_meaning(text) in _STATISTICS or is_total(text))


def _one(
    finds: Finds,
    rows: Sequence[int],
    columns: dict[int, str],
    beside: dict[int, str],
    labels: dict[int, str],
    rule: Regulasi,
    every: Sequence[int],
) -> None:
    """Read rows that are statistics of one result."""
    grid = finds.grid
    unsur: dict[int, dict[str, Any]] = {c: _named(text) for c, text in columns.items()}
    values: dict[str, Any] = {}
    for r in rows:
        role = column_meaning(labels[r]) or "nilai"
        if figure_meaning(labels[r]) == "ikm" and sum(number(grid.cell(r, c)) is not None for c in columns) <= 2:
            continue
        for c in columns:
            value = grid.cell(r, c)
            if cell_text(value) in ("", "-"):
                continue
            key = {"tertimbang": "nrr_tertimbang"}.get(role, role)
            if key in ("mutu", "kinerja"):
                unsur[c].setdefault(key, cell_text(value))
            elif key in ("nilai", "nik", "total", "nrr_tertimbang", "bobot", "n") and number(value) is not None:
                if unsur[c].setdefault(key, lead(value)) != lead(value):
                    continue
            elif key not in ("harapan", "selisih", "peringkat", "persen"):
                continue
            finds.dipakai.add((r, c))
        for c in range(grid.lebar):
            if c not in columns and c > min(columns) and number(grid.cell(r, c)) is not None:
                _total(finds, values, role, r, c, beside.get(c, ""), rule)
    kept = [entry for entry in unsur.values() if {"nilai", "nik", "total", "nrr_tertimbang"} & set(entry)]
    if len(kept) < 2:
        return
    finds.hasil.append(Result({"unsur": kept, **values}, "", grid.nama))
    used = [labels[r] or "nilai" for r in rows]
    finds.akun.append(
        AccountLine("tabel-unsur-mendatar", grid.nama, "pasti", True, {"banyak": len(kept), "baris": used})
    )
    left = [labels[r] for r in rows if column_meaning(labels[r]) in ("harapan", "selisih", "peringkat", "persen")]
    if left:
        finds.akun.append(AccountLine("kolom-lain", grid.nama, "kuat", False, {"kolom": left}))


def _total(finds: Finds, values: dict[str, Any], role: str, r: int, c: int, beside: str, rule: Regulasi) -> None:
    """Place the figure that closes a row of statistics."""
    value, found = finds.grid.cell(r, c), number(finds.grid.cell(r, c))
    if found is None:
        return
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    if beside in ("n", "populasi"):
        values.setdefault(beside, lead(value))
    elif low * factor <= found.nilai <= high * factor and (beside == "ikm" or role in ("nik", "nilai", "tertimbang")):
        values.setdefault("ikm", value if isinstance(value, str) else lead(value))
    elif low <= found.nilai <= high and role == "tertimbang":
        values.setdefault("indeks", lead(value))
    elif low <= found.nilai <= high and role == "nilai":
        values.setdefault("rata_tercetak", []).append(lead(value))
    elif role not in ("nilai", "total", "nik", "bobot"):
        return
    finds.dipakai.add((r, c))


def _named(text: str) -> dict[str, Any]:
    code = code_number(text.split(" ", 1)[0])
    rest = text.split(" ", 1)[1] if code is not None and " " in text else ""
    if code is not None:
        return {"kode": f"U{code}", "nama": rest}
    return {"kode": "", "nama": text}


def _answers(grid: PrintedGrid, rows: Sequence[int], columns: Iterable[int], rule: Regulasi) -> bool:
    """Tell whether most rows hold nothing but levels: respondents, maybe with their sums below, and no units."""
    cells = [[n.nilai for c in columns if (n := number(grid.cell(r, c))) is not None] for r in rows]
    levels = [[v == int(v) and rule.terendah <= v <= rule.tertinggi for v in row] for row in cells]
    whole = sum(bool(row) and all(row) for row in levels)
    every = [told for row in levels for told in row]
    return len(rows) >= 2 and (sum(every) * 5 >= len(every) * 4 or (whole >= 2 and whole * 2 > len(rows)))


def _summed(grid: PrintedGrid, rows: Sequence[int], columns: dict[int, str], rule: Regulasi) -> list[dict[str, Any]]:
    """Return the sum of the answers to every unsur; nothing where one has two questions, or a cell is no level."""
    out = []
    for c, text in columns.items():
        answers = []
        for r in rows:
            shown = grid.cell(r, c)
            found = number(shown)
            if cell_text(shown) in ("", "-", "0"):
                continue
            if found is None or found.nilai != int(found.nilai) or not rule.terendah <= found.nilai <= rule.tertinggi:
                return []
            answers.append(int(found.nilai))
        out.append({**_named(text), "total": sum(answers), "n": len(answers)})
    names = {unsur_id(entry["nama"] or entry["kode"], rule) for entry in out}
    return out if len(names) == len(out) else []


def _recap(
    finds: Finds,
    rows: Sequence[int],
    columns: dict[int, str],
    beside: dict[int, str],
    labels: dict[int, str],
    rule: Regulasi,
) -> None:
    """Read rows that are units, periods or services: each a result of its own."""
    grid = finds.grid
    if "ikm" not in beside.values() and _answers(grid, rows, columns, rule):
        summed = _summed(grid, rows, columns, rule)
        finds.lain["jawaban"] = summed
        role = "jawaban-dijumlahkan" if summed else "jawaban-responden"
        finds.akun.append(AccountLine(role, grid.nama, "kuat", bool(summed), {"banyak": len(rows)}))
        for r in rows:
            finds.use_row(r)
        return
    for r in rows:
        unsur = []
        for c, text in columns.items():
            if number(grid.cell(r, c)) is not None:
                unsur.append({**_named(text), "nilai": lead(grid.cell(r, c))})
                finds.dipakai.add((r, c))
        values: dict[str, Any] = {"unsur": unsur}
        for c, role in beside.items():
            if _placed(values, role, grid.cell(r, c), beside, rule):
                finds.dipakai.add((r, c))
        name = labels[r]
        finds.hasil.append(Result(values, name, f"{grid.nama} baris {r + 1}", is_total(name)))
        finds.dipakai.update((r, c) for c in range(min(columns)) if counting(grid.cell(r, c)) is not None)
    if not rows:  # a header without a unit below it
        return
    roles = [
        f"{cell_text(grid.cell(rows[0] - 1, c)) or c + 1} = {role}" for c, role in beside.items() if role not in ("no",)
    ]
    finds.akun.append(
        AccountLine(
            "tabel-unit",
            grid.nama,
            "pasti",
            True,
            {"banyak": len(rows), "unsur": len(columns), "kolom": roles or ["-"]},
        )
    )


def _placed(values: dict[str, Any], role: str, value: Any, beside: dict[int, str], rule: Regulasi) -> bool:
    """Place what stands beside the unsur of a unit."""
    text, found = cell_text(value), number(value)
    if not text or text == "-":
        return False
    if role in ("ikm", "indeks", "n", "populasi") and found is not None:
        small = role == "ikm" and found.nilai <= rule.tertinggi and "indeks" not in beside.values()
        figure = "indeks" if small else role
        values.setdefault(figure, value if figure == "ikm" and isinstance(value, str) else lead(value))
    elif role == "rata" and found is not None:
        values.setdefault("rata_tercetak", []).append(lead(value))
    elif role in ("mutu", "kinerja", "periode"):
        values.setdefault(role, text)
    elif role == "regulasi":
        known = next((identity for key, identity in _REGULATIONS.items() if key in normalise(text)), "")
        if known:
            values.setdefault("regulasi", known)
    else:
        return role in ("jumlah", "no", "unit")
    return True
