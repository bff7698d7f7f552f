"""The tables of a performance report (LKjIP) in a document: target and realisation, budget, absorption, efficiency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._figures import PrintedNumber
from skm.publikasi._meaning import is_total, number
from skm.publikasi._measured import is_measured, measured

_TOP = 6  # rows in which a header is looked for
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("porsi", r"(?:porsi|proporsi|kontribusi)(?: .*)?|persen(?:tase)? (?:dari |terhadap )?total(?: .*)?|share.*"),
        ("sisa", r"sisa(?: .*)?|saldo(?: .*)?|left.*"),
        ("efisiensi", r"(?:tingkat |persentase )?efisiensi(?: .*)?|efficiency.*"),
        ("serapan", r"(?:persentase |persen |tingkat )?(?:serapan|penyerapan)(?: .*)?|absorbed.*"),
        ("belanja", r"realisasi (?:anggaran|keuangan|belanja|pagu)(?: .*)?|realisasi rp|penyerapan rp|spent.*"),
        ("kemajuan", r"(?:tingkat |persentase )?kemajuan(?: .*)?|progress.*"),
        (
            "renstra",
            r"target (?:akhir )?(?:renstra|rpjmd|jangka menengah)(?: .*)?|target akhir.*|strategic plan target",
        ),
        ("capaian", r"(?:persentase |persen |tingkat |nilai )?(?:capaian|ketercapaian)(?: .*)?|achievement.*"),
        ("target", r"target(?: .*)?|rencana"),
        ("realisasi", r"realisasi(?: .*)?|realised|realisation"),
        ("pagu", r"(?:jumlah |alokasi |total )?(?:pagu|anggaran)(?: .*)?|budget.*"),
        ("persen", r"persen|persentase|"),
        ("nama", r"(?:nama |uraian )?(?:indikator|sasaran|program|kegiatan|sub kegiatan|uraian)(?: .*)?"),
        ("nama", r"performance .*|programme.*"),
    )
)
_MONEY = re.compile(r"anggaran|keuangan|budget|\brp\b|belanja")
_INDEX = re.compile(r"\bindeks kepuasan masyarakat\b|\bikm\b|\b(?:nilai|indeks) skm\b")
_CAPTION = re.compile(r"(?!halaman|lanjutan|tabel|table|page)\b[a-z]{4,}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_performance(grid: PrintedGrid) -> tuple[list[dict[str, Any]], dict[str, Any] | None] | None:
    """Return lines of performance (``klaim.indikator``) or a budget (``klaim.anggaran``); None where it is neither."""
    for top in range(min(_TOP, len(grid.baris))):
        roles = _header(grid, top)
        kinds = {role for role, _ in roles.values()}
        if "nama" not in kinds and (named := _unnamed(grid, top, roles)) is not None:
            roles[named] = ("nama", "")
            kinds.add("nama")
        if "nama" not in kinds:
            continue
        if is_measured(grid, top, roles):
            lines, budget = measured(grid, top, roles, _share, _rupiah)
            if lines or budget:
                return lines, budget
        if _is_performance(kinds):
            return list(_lines(grid, top, roles)), None
        if {"pagu", "belanja"} <= kinds:
            table = _budget(grid, top, roles)
            more = list(_shares_of(grid, top, roles)) if kinds & {"porsi", "efisiensi"} else []
            return more, table if table["baris"] else None
        if {"pagu", "porsi"} <= kinds and (lines := list(_shares_of(grid, top, roles))):
            return lines, None
    return None


def joined(tables: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return budgets whole that go over several pages: the next piece has no caption of its own, and no total yet."""
    whole: list[dict[str, Any]] = []
    for table in tables:
        rows = table["baris"]
        open_ = bool(whole) and not any(row.get("total") for row in whole[-1]["baris"])
        if open_ and not _CAPTION.search(normalise(table["tempat"])):
            whole[-1]["baris"] += [{**row, "lanjutan": True} if i == 0 else row for i, row in enumerate(rows)]
        else:
            whole.append({**table, "baris": list(rows)})
    return [table for table in whole if len(table["baris"]) > 1]


def index_claim(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the lines say of the satisfaction index: target, realisation, achievement; nothing without it."""
    for line in lines:
        if (
            _INDEX.search(normalise(line["nama"]))
            and {"target", "realisasi"} <= line.keys()
            and "(" not in line["nama"]
        ):
            return {key: line[key] for key in ("target", "realisasi", "capaian") if key in line}
    return {}


def _unnamed(grid: PrintedGrid, top: int, roles: dict[int, tuple[str, str]]) -> int | None:
    """Return the first column of texts or years where no header says that it names the rows."""
    first = min(roles, default=0)
    for c in range(first):
        texts = [cell_text(row[c]) for row in grid.baris[top + 1 :] if c < len(row) and cell_text(row[c])]
        named = [t for t in texts if number(t) is None or _YEAR.fullmatch(t)]
        if texts and len(named) * 2 > len(texts):
            return c
    return None


def _shares_of(grid: PrintedGrid, top: int, roles: dict[int, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield what a table of money says besides: the share of the whole, and efficiency."""
    names = _columns(roles, "nama")
    for row in grid.baris[top + 1 :]:
        name = next((text for j in reversed(names) if (text := _name(row, j))), "")
        found = {
            role: row[columns[0]]
            for role in ("pagu", "serapan", "efisiensi", "porsi")
            if (columns := _columns(roles, role)) and columns[0] < len(row)
        }
        made: dict[str, Any] = {"nama": name, "pagu": _rupiah(found.get("pagu"))}
        made |= {role: _share(found.get(role)) for role in ("serapan", "efisiensi", "porsi")}
        if name and not is_total(name) and (made["efisiensi"] is not None or made["porsi"] is not None):
            yield {key: value for key, value in made.items() if value is not None}


def _is_performance(kinds: set[str]) -> bool:
    reached = {"realisasi", "capaian"} <= kinds and bool(kinds & {"target", "renstra"})
    return reached or {"capaian", "serapan", "efisiensi"} <= kinds or {"renstra", "realisasi", "kemajuan"} <= kinds


def _header(grid: PrintedGrid, top: int) -> dict[int, tuple[str, str]]:
    """Return column -> role and year, from a row and the merged row above it; nothing where it is no header."""
    row = grid.baris[top]
    if sum(number(c) is not None for c in row) > 1:
        return {}
    above = ""
    found: dict[int, tuple[str, str]] = {}
    for j, cell in enumerate(row):
        upper = cell_text(grid.cell(top - 1, j)) if top else ""
        above = upper or above
        text = cell_text(cell)
        words = normalise(re.sub(r"[()]", " ", text.replace("%", " ")))
        if not text or len(text) > 80:
            continue
        role = next((role for role, pattern in _ROLES if pattern.fullmatch(_bare(words))), "")
        # Below a heading of money, "target" is the ceiling, "realisasi" what was spent, "capaian" what was absorbed.
        if top and _MONEY.search(normalise(above)) and number(upper) is None:
            role = {"target": "pagu", "realisasi": "belanja", "capaian": "serapan", "persen": "serapan"}.get(role, role)
        if role == "realisasi" and re.search(r"\brp\b", words):
            role = "belanja"
        if role:
            year = _YEAR.search(text) or _YEAR.search(above if top else "")
            found[j] = (role, year[0] if year else "")
    found = _shares(found)
    kinds = [role for role, _ in found.values()]
    if "pagu" in kinds and "belanja" not in kinds and kinds.count("realisasi") == 1 and "target" not in kinds:
        found = {j: ("belanja" if role == "realisasi" else role, year) for j, (role, year) in found.items()}
    return found


def _shares(found: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Tell bare percentages apart by what stands before them: reached over planned, or spent over allowed."""
    out = dict(found)
    for j, (role, year) in found.items():
        if role != "persen":
            continue
        before = next((found[i][0] for i in sorted(found, reverse=True) if i < j and found[i][0] != "persen"), "")
        money = before in ("pagu", "belanja") or "target" not in {r for r, _ in found.values()}
        if before in ("realisasi", "target") and not money:
            out[j] = "capaian", year
        elif money and "pagu" in {r for r, _ in found.values()}:
            out[j] = "serapan", year
    return out


def _bare(words: str) -> str:
    """Return words without what numbers a column or names its year."""
    return re.sub(r"\s+", " ", re.sub(r"\b(?:tahun|tw|triwulan)?\s*(?:19|20)\d\d\b|\brp\b", " ", words)).strip()


def _columns(roles: dict[int, tuple[str, str]], role: str) -> list[int]:
    return [j for j, (known, _) in roles.items() if known == role]


def _lines(grid: PrintedGrid, top: int, roles: dict[int, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield one mapping a row and year; columns that repeat stand for several years."""
    names = _columns(roles, "nama")
    for row in grid.baris[top + 1 :]:
        name = next((text for j in reversed(names) if (text := _name(row, j) or _year(grid, row, j))), "")
        if not name or is_total(name):
            continue
        sets = max(len(_columns(roles, role)) for role in ("target", "realisasi", "capaian", "serapan", "kemajuan"))
        for k in range(max(1, sets)):
            yield from _line(row, roles, name, k)


def _line(row: Sequence[Any], roles: dict[int, tuple[str, str]], name: str, k: int) -> Iterator[dict[str, Any]]:
    def at(role: str) -> Any:
        columns = _columns(roles, role)
        j = columns[k] if k < len(columns) else None
        return None if j is None or j >= len(row) else row[j]

    years = {roles[c[k]][1] for role in ("target", "realisasi", "capaian") if k < len(c := _columns(roles, role))}
    label = f"{name} ({years.pop()})" if len(years) == 1 and years != {""} else name
    money = {"pagu": _rupiah(at("pagu")), "realisasi_anggaran": _rupiah(at("belanja"))}
    shares = {key: _share(at(key)) for key in ("serapan", "efisiensi")}
    target = _share(at("target"))
    made: dict[str, Any] = {
        "nama": label,
        "target": target,
        "realisasi": _share(at("realisasi")),
        "capaian": _share(at("capaian")),
        **money,
        **shares,
    }
    kept = {key: value for key, value in made.items() if value is not None}
    if len(kept) > 2:
        yield kept
    plan, progress = _share(at("renstra")), _share(at("kemajuan"))
    if plan is not None and progress is not None and made["realisasi"] is not None:
        yield {"nama": f"{label} (Renstra)", "target": plan, "realisasi": made["realisasi"], "capaian": progress}


def _budget(grid: PrintedGrid, top: int, roles: dict[int, tuple[str, str]]) -> dict[str, Any]:
    """Return the rows of a budget table, its totals, and how deep each row stands where that is seen."""
    names = _columns(roles, "nama")
    first = {role: columns[0] for role in ("pagu", "belanja", "serapan", "sisa") if (columns := _columns(roles, role))}
    rows = []
    before = [cell_text(c) for row in grid.baris[top + 1 :] for c in row[: min(names) if names else 1]]
    outline = any(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+\.?", text) for text in before)
    for row in grid.baris[top + 1 :]:
        label = next((text for j in reversed(names) if (text := _name(row, j))), "")
        others = [cell_text(c) for c in row if isinstance(c, str) and is_total(cell_text(c))]
        money = [_rupiah(row[first[r]]) if first[r] < len(row) else None for r in ("pagu", "belanja")]
        if not (label or others) or None in money:
            continue
        share = row[first["serapan"]] if "serapan" in first and first["serapan"] < len(row) else None
        left = row[first["sisa"]] if "sisa" in first and first["sisa"] < len(row) else None
        entry: dict[str, Any] = {
            "nama": label or others[0],
            "pagu": money[0],
            "realisasi_anggaran": money[1],
            "sisa": _rupiah(left),
        }
        entry |= {"serapan": _share(share), "total": bool(others) or is_total(label)}
        entry["tingkat"] = _depth(row, label, names, outline)
        rows.append({key: value for key, value in entry.items() if value is not None})
    return {"tempat": grid.judul[:80] or grid.nama, "baris": rows}


def _depth(row: Sequence[Any], label: str, names: list[int], outline: bool) -> int:
    """Return how deep a row stands: by its number 1.2.3, by the word it begins with, else 0 for not known."""
    for cell in row[: min(names) if names else 1]:
        text = cell_text(cell).rstrip(".")
        if re.fullmatch(r"\d{1,4}(?:\.\d{1,4})+", text):
            return text.count(".") + 1
        if re.fullmatch(r"\d{1,2}", text) and outline:
            return 1
    word = normalise(label).split(" ", 1)[0]
    return {"program": 1, "kegiatan": 2, "sub": 3, "subkegiatan": 3}.get(word, 0)


def _year(grid: PrintedGrid, row: Sequence[Any], column: int) -> str:
    """Return a year that names a row, with the caption that says of what."""
    text = cell_text(row[column]) if column < len(row) else ""
    return f"{grid.judul[:80]} {text}".strip() if _YEAR.fullmatch(text) else ""


def _name(row: Sequence[Any], column: int) -> str:
    text = cell_text(row[column]) if column < len(row) else ""
    return text[:200] if text and number(text) is None and any(c.isalpha() for c in text) else ""


def _share(cell: Any) -> PrintedNumber | None:
    return None if cell is None else number(cell.replace("Rp", "").strip() if isinstance(cell, str) else cell)


def _rupiah(cell: Any) -> int | None:
    """Return an amount of whole rupiah; one with sen or in another unit is none that rows can be added in."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if float(cell).is_integer() and cell >= 0 else None
    text = re.sub(r"(?i)^\s*(?:rp|idr)\.?|[\s\u00a0\u202f]|[,.](?:00|-{1,4})$|-{1,4}$", "", cell_text(cell))
    text = re.sub(r"(?i)^rp\.?", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+", text):
        return int(re.sub(r"[.,]", "", text))
    return None
