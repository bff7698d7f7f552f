"""The columns of a table with one row per unsur: what each holds, and which belong to one result."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.answers.label_sets import abbreviated
from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._figures import PrintedNumber
from skm.publikasi._meaning import LETTER, column_meaning, is_period, is_total, level_of, number
from skm.regulasi import Regulasi

_SHARE = re.compile(r"%|persen|percent", re.I)
_NEAR = 2  # per cent
_PREFIXES = ("tidak", "kurang", "", "sangat")
_WORDED = re.compile(r"(?:(?P<awal>tidak|kurang|sangat) )?(?P<sifat>(?!tidak|kurang|sangat)[a-z]{3,20})")
_MANY = 5  # values among which one off the scale is a slip


def roles_of(
    grid: PrintedGrid, rows: Sequence[int], headers: Mapping[int, str], names: Sequence[int], rule: Regulasi
) -> dict[int, str]:
    """Return column -> role, by its header and by what its cells are."""
    roles: dict[int, str] = {}
    words = {normalise(word): kat.persepsi for kat in rule.kategori for word in kat.kinerja.values()}
    short = abbreviated(headers.values(), rule.tertinggi - rule.terendah + 1)
    worded = _worded(headers, rule)
    levels = {
        c: words.get(normalise(h)) or worded.get(c) or (short.get(h) if short else level_of(h))
        for c, h in headers.items()
        if c not in names
    }
    counted = sorted(c for c, level in levels.items() if level is not None and _whole(grid, rows, c))
    if not _every_level([levels[c] for c in counted], rule) or any(_shared(grid, rows, headers, c) for c in counted):
        counted = []
    shared = [] if counted else _shares_of_levels(grid, rows, levels, headers, rule)
    marked = {c: f"f{levels[c]}" for c in counted} | {c: f"p{levels[c]}" for c in shared}
    for c in range(grid.lebar):
        if c in names:
            continue
        cells = [grid.cell(r, c) for r in rows]
        filled = [x for x in cells if cell_text(x) not in ("", "-")]
        if not filled:
            continue
        figures = [x for x in filled if number(x) is not None]
        role = column_meaning(headers.get(c, ""))
        if c in marked:
            role = marked[c]
        elif len(figures) * 2 > len(filled):
            if role == "kinerja":
                role = "nilai"
            elif role in ("mutu", "nama", "no", "kode", ""):
                role = "" if role in ("no", "kode") else "asing"
            elif role == "persen" and _on_index(figures, rule) and not _sums_to_hundred(figures):
                role = "nik"
        elif role in ("mutu", "kinerja"):
            role = "mutu" if sum(bool(LETTER.fullmatch(cell_text(x))) for x in filled) * 2 > len(filled) else "kinerja"
        elif role not in ("bobot",):
            role = "mutu" if all(LETTER.fullmatch(cell_text(x)) for x in filled) else ""
        roles[c] = role
    shares = [c for c, role in roles.items() if role == "nik" and column_meaning(headers.get(c, "")) == "persen"]
    means = [c for c, role in roles.items() if role == "nilai"]
    shares = [c for c in shares if not any(_mostly_converted(grid, rows, v, c, rule) for v in means)]
    if shares and (
        len(shares) > 1 or any(role in ("nilai", "total") or role.startswith("f") for role in roles.values())
    ):
        # Percentages beside values or counts are shares of answers; alone they can be the converted value.
        roles |= dict.fromkeys(shares, "persen")
    return roles


def _worded(headers: Mapping[int, str], rule: Regulasi) -> dict[int, int]:
    """Return the levels of columns headed "Tidak Puas", "Kurang Puas", "Puas", "Sangat Puas", or another adjective."""
    if rule.tertinggi - rule.terendah + 1 != len(_PREFIXES):
        return {}
    found: dict[str, dict[int, int]] = {}
    for c, header in headers.items():
        match = _WORDED.fullmatch(normalise(_SHARE.sub(" ", header)))
        if match is not None:
            level = rule.terendah + _PREFIXES.index(match["awal"] or "")
            found.setdefault(match["sifat"], {})[c] = level
    return next((levels for levels in found.values() if len(set(levels.values())) == len(_PREFIXES)), {})


def _every_level(found: Sequence[int | None], rule: Regulasi) -> bool:
    """Tell whether columns are all levels of the scale, up or down."""
    whole = list(range(rule.terendah, rule.tertinggi + 1))
    return list(found) in (whole, whole[::-1])


def _shares_of_levels(
    grid: PrintedGrid, rows: Sequence[int], levels: Mapping[int, int | None], headers: Mapping[int, str], rule: Regulasi
) -> list[int]:
    """Return the columns of the percentages of every level: their rows come to 100."""
    columns = sorted(c for c, level in levels.items() if level is not None)
    if not _every_level([levels[c] for c in columns], rule):
        return []
    sums = [[n.nilai for c in columns if (n := number(grid.cell(r, c))) is not None] for r in rows]
    near = sum(len(found) == len(columns) and abs(sum(found, start=Decimal(0)) - 100) <= _NEAR for found in sums)
    named = any(_shared(grid, rows, headers, c) for c in columns)
    decimals = any(n.desimal for r in rows for c in columns if (n := number(grid.cell(r, c))) is not None)
    return columns if near * 2 > len(rows) and (named or decimals) else []


def _shared(grid: PrintedGrid, rows: Sequence[int], headers: Mapping[int, str], c: int) -> bool:
    """Tell whether a column says that it holds percentages, in its head or in its cells."""
    return _SHARE.search(headers[c]) is not None or any("%" in cell_text(grid.cell(r, c)) for r in rows)


def _mostly_converted(grid: PrintedGrid, rows: Sequence[int], a: int, b: int, rule: Regulasi) -> bool:
    """Tell whether most percentages are the values beside them on the other scale."""
    pairs = [(x, y) for r in rows if (x := number(grid.cell(r, a))) and (y := number(grid.cell(r, b)))]
    return sum(_times(x, y, Fraction(rule.konversi)) for x, y in pairs) * 2 > len(pairs)


def _whole(grid: PrintedGrid, rows: Sequence[int], c: int) -> bool:
    found = [number(grid.cell(r, c)) for r in rows]
    return all(n is None or n.nilai == int(n.nilai) for n in found) and any(n is not None for n in found)


def _on_index(cells: Sequence[Any], rule: Regulasi) -> bool:
    low, high = rule.batas_ikm
    found = [n for x in cells if (n := number(x)) is not None]
    return all(low <= n.nilai <= high for n in found)


def _sums_to_hundred(cells: Sequence[Any]) -> bool:
    total = sum((n.nilai for x in cells if (n := number(x)) is not None), start=Decimal(0))
    return abs(total - 100) <= 2


def _on_scale(grid: PrintedGrid, rows: Sequence[int], c: int, rule: Regulasi) -> bool:
    found = [n for r in rows if (n := number(grid.cell(r, c))) is not None]
    # A slip of the pen carries one value off the scale, and the column is one of values all the same.
    slips = 1 if len(found) >= _MANY else 0
    means = sum(rule.terendah <= n.nilai <= rule.tertinggi for n in found) >= len(found) - slips
    return len(found) * 2 > len(rows) and (means or _on_index([grid.cell(r, c) for r in rows], rule))


def groups_of(
    grid: PrintedGrid, rows: Sequence[int], roles: Mapping[int, str], headers: Mapping[int, str], rule: Regulasi
) -> tuple[dict[str, dict[int, str]], list[int]]:
    """Return name -> its columns: one group, or one a period or service; and columns nobody can tell apart."""
    common = {c: role for c, role in roles.items() if role in ("bobot", "n") or re.fullmatch(r"[fp]\d", role)}
    values = [c for c, role in roles.items() if role == "nilai"]
    strange = [c for c, role in roles.items() if role == "asing" and _on_scale(grid, rows, c, rule)]
    rest = {c: role for c, role in roles.items() if role in ("nik", "total", "tertimbang", "mutu", "kinerja")}
    if (
        len(strange) > 1
        and not values
        and all(_whole(grid, rows, c) for c in strange)
        and not any(is_total(headers.get(c, "")) for c in strange)
    ):
        # Whole levels under heads that are no values: respondents stand side by side.
        return {}, []
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
        counted = sum(bool(re.fullmatch(r"f\d", role)) for role in common.values()) > 1
        return ({"": common}, []) if counted else ({}, [])
    fields = dict.fromkeys(values, "nilai") | common
    for role in ("nik", "total", "tertimbang", "mutu", "kinerja"):
        same = [c for c, found in rest.items() if found == role]
        if role == "total" and len(same) > 1:
            same = [c for c in same if _whole(grid, rows, c)]
        if same:
            fields[same[0]] = role
    if (rank := _rank(grid, rows, roles, headers)) is not None:
        fields[rank] = "peringkat"
    return {"": fields}, []


def _rank(grid: PrintedGrid, rows: Sequence[int], roles: Mapping[int, str], headers: Mapping[int, str]) -> int | None:
    """Return the column that ranks the unsur by their values; beside importance or a gap it ranks by these."""
    found = [c for c, role in roles.items() if role == "peringkat" and re.search(r"peringkat|rank", headers[c], re.I)]
    if len(found) != 1 or {"harapan", "selisih"} & set(roles.values()):
        return None
    ranks = [n.nilai for r in rows if (n := number(grid.cell(r, found[0]))) is not None]
    return found[0] if len(ranks) == len(rows) and all(v == int(v) and 1 <= v <= len(rows) for v in ranks) else None


def _several(
    grid: PrintedGrid, rows: Sequence[int], values: Sequence[int], roles: Mapping[int, str], headers: Mapping[int, str],
    rule: Regulasi, common: dict[int, str],
) -> tuple[dict[str, dict[int, str]], list[int]]:  # fmt: skip
    """Tell several columns of values apart: by a time or a name in the header, or by what their numbers are."""
    own = {c: _residue(headers.get(c, "")) for c in values}
    if len(set(own.values())) == len(values) and sum(bool(x) for x in own.values()) >= len(values) - 1:
        groups: dict[str, dict[int, str]] = {}
        for i, c in enumerate(values):
            fields = {c: "nilai"}
            until = values[i + 1] if i + 1 < len(values) else grid.lebar
            fields |= {
                x: role
                for x, role in roles.items()
                if c < x < until and role in ("nik", "mutu", "kinerja", "total", "tertimbang")
            }
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
    fields |= {
        c: role
        for c, role in roles.items()
        if role in ("mutu", "kinerja", "nik", "total", "tertimbang") and c not in fields and role not in fields.values()
    }
    return {"": fields}, []


_ROLE_WORDS = re.compile(
    r"\b(nilai|nrr|rata|rerata|indeks|index|skor|score|mean|ikm|skm|unsur|per|kinerja|hasil|mutu|pelayanan|layanan|kepuasan|masyarakat|survei|konversi|x|yang)\b"
)


def _residue(header: str) -> str:
    """Return what is left of a header besides the words for a value: the period or service."""
    rest = " ".join(_ROLE_WORDS.sub(" ", normalise(header)).split())
    return header.strip() if rest else ""


def _relation(grid: PrintedGrid, rows: Sequence[int], a: int, b: int, rule: Regulasi) -> str | None:
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
