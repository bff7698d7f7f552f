"""The rows below a table with one row per unsur: sum, mean, index, IKM, grade, respondents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._figures import PrintedNumber
from skm.publikasi._found import Finds, first_text
from skm.publikasi._meaning import LETTER, counting, figure_meaning, is_total, lead, number
from skm.regulasi import Regulasi

_ALL = 100  # per cent
_COUNTED = re.compile(r"f\d")


def read_foot(
    finds: Finds, foot: Sequence[int], fields: Mapping[int, str], counts: set[int], values: dict[str, Any],
    rule: Regulasi, *, whole: bool,
) -> bool:  # fmt: skip
    """Place the figures below the unsur in the columns of a group; tell whether a total closes the list."""
    grid, closed = finds.grid, False
    other = _other_columns(grid, foot, fields) if whole else set()
    for r in foot:
        label = first_text(grid, r, grid.lebar)
        kind = figure_meaning(label) or ("jumlah" if is_total(label) else "")
        cells = [c for c, x in enumerate(grid.baris[r]) if cell_text(x) and cell_text(x) != label]
        mine = cells if whole else [c for c in cells if c in fields]
        if any(fields.get(c) in ("nilai", "nik") and number(grid.cell(r, c)) is not None for c in mine):
            mine = [c for c in mine if c not in other]
        if not mine and kind in ("n", "populasi"):
            mine = cells
        closed = closed or kind in ("ikm", "indeks", "rata", "jumlah")
        for c in mine:
            value = grid.cell(r, c)
            if c in counts and counting(value) is not None:
                continue
            place = _words if number(value) is None else _number
            if place(values, kind, fields.get(c, ""), value, rule):
                finds.dipakai.add((r, c))
        if cells:  # a line that has its row to itself is read as a sentence
            finds.dipakai.update((r, c) for c in range(len(grid.baris[r])) if cell_text(grid.cell(r, c)) == label)
    return closed


def _other_columns(grid: PrintedGrid, foot: Sequence[int], fields: Mapping[int, str]) -> set[int]:
    """Return columns without a part in the result that hold figures of the unsur too: a target, what was achieved."""
    above = range(min(foot, default=0))
    return {c for c in range(grid.lebar) if c not in fields and any(number(grid.cell(r, c)) is not None for r in above)}


def _words(values: dict[str, Any], kind: str, role: str, value: Any, rule: Regulasi) -> bool:
    """Place a letter or a word of a grade."""
    text = cell_text(value)
    said = kind in ("mutu", "kinerja") or role in ("mutu", "kinerja")
    if said or (kind in ("ikm", "indeks") and known_grade(text, rule)):
        values.setdefault("mutu" if LETTER.fullmatch(text) else "kinerja", text)
        return True
    return False


def _number(values: dict[str, Any], kind: str, role: str, value: Any, rule: Regulasi) -> bool:
    """Place a number by the label of its row, the role of its column, and the scale that it lies on."""
    found = number(value)
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    if found is None:
        return False
    if kind in ("mutu", "kinerja"):
        values.setdefault("kinerja", cell_text(value))
    elif kind in ("n", "populasi", "sampel_minimum"):
        values.setdefault(kind, lead(value))
    elif kind == "jumlah" and role == "nilai" and low <= found.nilai <= high:
        values.setdefault("rata_tercetak", []).append(lead(value))
    elif kind == "jumlah" and role in ("nilai", "nik") and not _can_be_sum(found, values, role):
        return False
    elif kind == "jumlah" and (role in ("nilai", "total", "nik", "n", "bobot") or _COUNTED.fullmatch(role)):
        values.setdefault("jumlah_tercetak", {}).setdefault(role, lead(value))
    elif role in ("total", "n", "bobot", "peringkat") or re.fullmatch(r"[fp]\d", role):
        return False
    elif kind == "rata" and role in ("nilai", "nik", ""):
        values.setdefault("rata_tercetak", []).append(lead(value))
    elif kind == "jumlah" and role == "":
        return False
    elif low <= found.nilai <= high:
        return _keep(values, "indeks", value)
    elif low * factor * 9 <= found.nilai * 10 <= high * factor * 11:
        return _keep(values, "ikm", value)
    else:
        return False
    return True


def _can_be_sum(found: PrintedNumber, values: Mapping[str, Any], role: str) -> bool:
    """Tell whether a total is of the size of the sum above it; 100 per cent, or the respondents, are no such sum."""
    shown = [n.nilai for u in values.get("unsur", ()) if (n := number(u.get(role))) is not None]
    return not shown or (found.nilai != _ALL and sum(shown) < 2 * found.nilai < 4 * sum(shown))


def known_grade(text: str, rule: Regulasi) -> bool:
    """Tell whether a text is a letter or a word of grades."""
    key = normalise(text)
    return (
        bool(LETTER.fullmatch(text))
        or any(key == normalise(w) for kat in rule.kategori for w in kat.kinerja.values())
        or bool(re.fullmatch(r"(sangat |kurang |tidak )?(baik|puas|memuaskan)|cukup( baik)?", key))
    )


def _keep(values: dict[str, Any], role: str, value: Any) -> bool:
    """Keep a figure; one printed again differently is another printing of it."""
    shown = value if isinstance(value, str) else lead(value)
    if role not in values:
        values[role] = shown
    elif cell_text(values[role]) != cell_text(shown):
        values.setdefault(f"{role}_lain", []).append({"tempat": "tabel", role: lead(value)})
        return role == "ikm"
    return True


def title_above(grid: PrintedGrid, kepala: range) -> str:
    """Return the text above a block that names whose it is."""
    for r in (*reversed(kepala), *range(kepala.start - 1, max(-1, kepala.start - 4), -1)):
        texts = {cell_text(c) for c in grid.baris[r] if cell_text(c)}
        if len(texts) == 1:
            return texts.pop()
    return ""
