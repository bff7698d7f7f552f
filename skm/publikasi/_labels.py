"""Cells with a label beside them: figures of the whole, tables of respondents, units or periods with an IKM only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from skm.basics.sheets.grid import whole_number
from skm.basics.words import normalise
from skm.publikasi._account import AccountLine
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._found import Finds
from skm.publikasi._meaning import SHARE, counting, figure_meaning, lead, number
from skm.publikasi._unsur import known_unsur
from skm.regulasi import Regulasi

_WORDS = ("mutu", "kinerja", "periode", "unit")
_COUNT = re.compile(r"(jumlah|frekuensi|banyak\w*|f|n|count|orang|responden|jml|jumlah (orang|responden)|total)")
_LEVEL = re.compile(r".*\b(indikator|kategori|tingkat|level|uraian|kelompok|klasifikasi|pilihan|jenis|rentang)\b.*")
_TRAIT = re.compile(r".*\b(karakteristik|profil|variabel|characteristic|aspek)\b.*")
_NOTHING = re.compile(r"(nihil|kosong|tidak ada|tidak diketahui|na|n a|none|nil)?")
_TOP = 12  # rows among which the first header of a table of respondents stands
_TRAITS = (
    ("jenis_kelamin", r"\b(kelamin|gender|sex)\b"),
    ("pendidikan", r"\bpendidikan\b|\beducation\b"),
    ("pekerjaan", r"\bpekerjaan\b|\boccupation\b|\bprofesi\b"),
    ("usia", r"\b(usia|umur|age)\b"),
    ("layanan", r"\b(jenis|macam)? ?(layanan|pelayanan|service)\b"),
)


def read_labels(finds: Finds, rule: Regulasi) -> None:
    """Read what is left of a grid: each label with a figure beside it."""
    grid = finds.grid
    for r, row in enumerate(grid.baris):
        cells = [
            (c, x) for c, x in enumerate(row) if cell_text(x) and cell_text(x) != ":" and (r, c) not in finds.dipakai
        ]
        seen: list[tuple[int, Any]] = []
        for c, x in cells:
            if not seen or cell_text(seen[-1][1]) != cell_text(x):
                seen.append((c, x))
        if len(seen) > 1 and counting(seen[0][1]) is not None and number(seen[1][1]) is None:
            seen = seen[1:]
        if len(seen) == 1:
            _inside(finds, r, *seen[0], rule)
            continue
        if len(seen) < 2 or known_unsur(cell_text(seen[0][1]), rule) or number(seen[0][1]) is not None:
            continue
        role = figure_meaning(cell_text(seen[0][1]).split(":")[0])
        rest = seen[1:]
        if not role or sum(number(x) is not None for _, x in rest) > 2:
            continue
        _take(finds, r, role, rest, rule)


def _inside(finds: Finds, r: int, c: int, cell: Any, rule: Regulasi) -> None:
    """Read a cell that holds label and figure: "NILAI IKM : 94,17"."""
    if not isinstance(cell, str) or len(cell) > 160:
        return
    for line in cell.splitlines():
        label, mark, value = line.partition(":")
        if not mark:
            label, mark, value = line.partition("=")
        role = figure_meaning(label)
        if mark and role and value.strip() and _take(finds, r, role, [(c, value.strip())], rule):
            finds.dipakai.add((r, c))


def _take(finds: Finds, r: int, role: str, cells: Sequence[tuple[int, Any]], rule: Regulasi) -> bool:
    taken = False
    for c, x in cells:
        shown = cell_text(x).lstrip(": ") if isinstance(x, str) else x
        if role in _WORDS:
            placed = not taken and _word(finds, role, cell_text(shown))
        elif role in ("ikm", "indeks", "rata"):
            placed = _figure(finds, role, shown, rule)
        else:
            placed = not taken and _count(finds, role, shown)
        if placed:
            finds.dipakai.add((r, c))
            taken = True
    if taken:
        finds.akun.append(AccountLine("angka", f"{finds.grid.nama} baris {r + 1}", "pasti", True, {"apa": role}))
    return taken


def _word(finds: Finds, role: str, text: str) -> bool:
    if role in ("mutu", "kinerja") and number(text) is not None:
        return False
    letter = re.fullmatch(r"[A-E]\b.*", text) is not None or len(text) == 1
    finds.figure("kinerja" if role == "mutu" and not letter else role, text)
    return True


def _figure(finds: Finds, role: str, shown: Any, rule: Regulasi) -> bool:
    """Place an index by the scale that it lies on; a letter or a word beside it is its grade."""
    low, high, factor = rule.terendah, rule.tertinggi, rule.konversi
    text, found = cell_text(shown), number(shown)
    if found is None:
        if re.fullmatch(r"[A-E]", text):
            finds.figure("mutu", text)
        elif re.search(r"\b(baik|puas|memuaskan)\b", text.casefold()):
            finds.figure("kinerja", text)
        return False
    if low <= found.nilai <= high:
        finds.figure("indeks" if role != "rata" else "rata", lead(shown))
        return True
    if low * factor * 9 <= found.nilai * 10 <= high * factor * 11 and role != "rata":
        finds.figure("ikm", shown)
        return True
    return False


def _count(finds: Finds, role: str, shown: Any) -> bool:
    found = number(shown)
    if found is None or role not in ("n", "populasi", "sampel_minimum", "target"):
        return False
    grouped = found.desimal == len("000")  # "3.441" is a count with a mark for thousands
    if role != "target" and found.nilai != int(found.nilai) and not grouped:
        return False
    finds.figure(role, lead(shown))
    return True


def read_profiles(finds: Finds) -> list[dict[str, Any]]:
    """Read tables of respondents, one for all characteristics or one for each, also one under the other."""
    tables: list[dict[str, Any]] = []
    r = 0
    while r < len(finds.grid.baris) and (tables or finds.hasil or r < _TOP):
        found, r = _profile_at(finds, r, bool(tables))
        tables += found
    if tables:
        names = {"tabel": [t["judul"] for t in tables]}
        finds.akun.append(AccountLine("tabel-responden", finds.grid.nama, "pasti", True, names))
    return tables


def _profile_at(finds: Finds, r: int, later: bool) -> tuple[list[dict[str, Any]], int]:
    """Return the tables whose header is row ``r``, and the row to go on from."""
    grid = finds.grid
    row = grid.baris[r]
    keys = [normalise(cell_text(c)) for c in row]
    raw = [cell_text(c).casefold() for c in row]
    count = next((i for i, k in enumerate(keys) if _COUNT.fullmatch(k) and not SHARE.search(raw[i])), None)
    share = next((i for i, k in enumerate(raw) if SHARE.search(k)), None)
    if any((r, c) in finds.dipakai for c in range(len(row)) if cell_text(row[c])):
        return [], r + 1
    if (count is None and share is None) or any(known_unsur(cell_text(c)) for c in row if c):
        return [], r + 1
    first = min(i for i in (count, share) if i is not None)
    group = next((i for i, k in enumerate(keys[:first]) if _TRAIT.fullmatch(k)), None)
    traits = [(i, trait) for i, k in enumerate(keys[:first]) for trait, pattern in _TRAITS if re.search(pattern, k)]
    level = next(
        (
            i
            for i, k in enumerate(keys[:first])
            if i != group and (_LEVEL.fullmatch(k) or any(i == t for t, _ in traits))
        ),
        None,
    )
    if level is None and group is None:
        return [], r + 1
    if level is None:
        level = group
        group = None
    above = cell_text(grid.baris[r - 1][0]) if r else ""
    title = above if later else grid.judul or above
    named = traits[0][1] if traits else next((t for t, p in _TRAITS if re.search(p, normalise(title))), "")
    return _levels(finds, r, level, group, count, share, named or cell_text(row[level or 0]))


def _levels(
    finds: Finds, head: int, level: int | None, group: int | None, count: int | None, share: int | None, named: str
) -> tuple[list[dict[str, Any]], int]:
    grid, name = finds.grid, named
    tables: dict[str, dict[str, Any]] = {}
    figures = [c for c in (count, share) if c is not None]
    end = len(grid.baris)
    for r in range(head + 1, len(grid.baris)):
        closed = any({"total", "total_persen"} & set(table) for table in tables.values())
        again = [cell_text(c) for c in grid.baris[r]] == [cell_text(c) for c in grid.baris[head]]
        shown = [c for c in figures if number(grid.cell(r, c)) is not None]
        elsewhere = bool(shown) and all((r, c) in finds.dipakai for c in shown)
        if elsewhere or (_is_header(grid.baris[r], figures) and (closed or not again or _is_title(grid.baris[r - 1]))):
            end = r
            break
        if again:  # the header of the next page
            finds.use_row(r)
        label = cell_text(grid.cell(r, level or 0))
        if group is None and _is_title(grid.baris[r]) and any(re.search(p, normalise(label)) for _, p in _TRAITS):
            name = label
        if (
            group is not None
            and cell_text(grid.cell(r, group))
            and not re.fullmatch(r"(jumlah|total)", normalise(cell_text(grid.cell(r, group))))
        ):
            name = cell_text(grid.cell(r, group))
        figure = number(grid.cell(r, count)) if count is not None else None
        part = number(grid.cell(r, share)) if share is not None else None
        if figure is None and part is None:
            continue
        total = bool(
            re.fullmatch(r"(jumlah|total|sub total|subtotal)( .*)?", normalise(label or cell_text(grid.cell(r, 0))))
        )
        if not label and not total:
            continue
        table = tables.setdefault(name, {"karakteristik": _trait(name), "judul": name.replace("_", " "), "baris": []})
        finds.use_row(r)
        if total:
            if figure is not None:
                table["total"] = _counted(grid.cell(r, count or 0))
            if part is not None:
                table["total_persen"] = lead(grid.cell(r, share or 0))
            continue
        entry: dict[str, Any] = {"tingkat": label}
        if figure is not None:
            entry["jumlah"] = _counted(grid.cell(r, count or 0))
        if part is not None:
            entry["persen"] = lead(grid.cell(r, share or 0))
        table["baris"].append(entry)
    finds.use_row(head)
    return [table for table in tables.values() if table["baris"]], end


def _is_header(row: Sequence[Any], figures: Sequence[int]) -> bool:
    """Tell whether a row names columns: words only, also where a table above it has its figures."""
    texts = [cell_text(c) for c in row]
    if any(number(text) is not None for text in texts) or len({t for t in texts if t}) < 2:
        return False
    shown = [texts[c] for c in figures if c < len(texts)]
    worded = (t for t in shown if "%" in t or re.search(r"[^\W\d_]", t))
    return any("%" in text or not _NOTHING.fullmatch(normalise(text)) for text in worded)


def _is_title(row: Sequence[Any]) -> bool:
    """Tell whether a row holds one text and no figure."""
    texts = {cell_text(c) for c in row if cell_text(c)}
    return len(texts) == 1 and number(next(iter(texts))) is None


def _trait(name: str) -> str:
    return next((trait for trait, pattern in _TRAITS if re.search(pattern, normalise(name))), name)


def _counted(value: Any) -> Any:
    return whole_number(lead(value))


def is_sample_table(grid: PrintedGrid) -> bool:
    """Tell whether a grid is the printed table of Krejcie and Morgan: pairs of population and sample, rising."""
    numbers = [
        int(n.nilai) for row in grid.baris for c in row if (n := number(c)) is not None and n.nilai == int(n.nilai)
    ]
    words = {normalise(cell_text(c)) for row in grid.baris[:3] for c in row if isinstance(c, str)}
    named = bool(words & {"n", "s", "populasi", "sampel", "populasi n", "sampel n", "sample", "population"})
    return (
        len(numbers) >= 10
        and named
        and not any(
            n.desimal for row in grid.baris for c in row if (n := number(c)) is not None and n.desimal not in (0, 3)
        )
    )
