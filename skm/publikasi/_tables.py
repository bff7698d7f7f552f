"""Any table of a report -> the mapping that a publication is read from.

Two shapes are known: one row per unsur, and one column per unsur (the result table of the ministry's template).
Rows such as "NILAI IKM" and "Jumlah responden" below it, and tables of respondents, are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from skm.basics.errors import DataError, OptionError
from skm.basics.words import normalise
from skm.publikasi._figures import PrintedNumber, split_grade
from skm.publikasi._grids import Grid, cell_text
from skm.publikasi._unsur import known_unsur, unsur_id

# Header -> field of an unsur; the first that fits.
_FIELDS = (
    ("nrr_tertimbang", r"tertimbang|tertbg|weighted"),
    ("total", r"\b(jumlah|total|sigma) ?(nilai|skor)|nilai per unsur$|^total$"),
    ("nik", r"konversi|\bnik\b|x ?25|skala 100|25 100"),
    ("bobot", r"\b(bobot|penimbang|weight)\b"),
    ("mutu", r"\b(mutu|kategori|grade)\b"),
    ("kinerja", r"\b(kinerja|predikat|keterangan)\b"),
    ("n", r"\b(responden|pengisi|banyak jawaban|jumlah jawaban|n)\b"),
    ("nilai", r"\b(nrr|rata rata|rerata|mean|indeks|nilai|skor|ikm|skm)\b"),
)
_LOOSE = (
    ("n", r"^(jumlah|banyak(nya)?|total)? ?(responden|respondents)\b|^n$"),
    ("populasi", r"\bpopulasi\b"),
    ("sampel_minimum", r"\b(sampel|sample) minim|\bminimum (sampel|sample)"),
    ("mutu", r"^(mutu|kategori)\b"),
    ("kinerja", r"^kinerja\b"),
    ("periode", r"^periode\b"),
    ("unit", r"^(unit|nama unit|opd|instansi)\b"),
    ("indeks", r"^(nilai )?indeks$|jumlah nrr|jumlah tertimbang|total tertimbang|nilai indeks\b"),
    ("ikm", r"\b(ikm|skm|indeks kepuasan)\b"),
)


def mapping(grids: Sequence[Grid], name: str) -> dict[str, Any]:
    """Return the mapping of the table with the most unsur, and of the tables of respondents.

    Raises
    ------
    DataError
        No table names two unsur.
    """
    found = [shape(grid) for grid in grids for shape in (_vertical, _horizontal)]
    out: dict[str, Any] = max(found, key=lambda v: len(v.get("unsur", {})), default={})
    if len(out.get("unsur", {})) < 2:
        raise DataError("publikasi-tanpa-tabel", berkas=name, pilihan=[grid.nama for grid in grids][:10])
    for grid in grids:
        for key, value in _loose(grid).items():
            out.setdefault(key, value)
    if profiles := [table for grid in grids for table in _profiles(grid)]:
        out["profil"] = profiles
    return out


def _field(header: Any) -> str | None:
    key = normalise(cell_text(header))
    if re.fullmatch(r"(jawaban |nilai |skor )?[1-9]", key):
        return f"f{key[-1]}"
    return next((field for field, pattern in _FIELDS if key and re.search(pattern, key)), None)


def _vertical(grid: Grid) -> dict[str, Any]:
    """Read one row per unsur: the column with the most names of unsur, the header above it."""
    width = max((len(row) for row in grid.baris), default=0)
    hits = {
        c: [r for r, row in enumerate(grid.baris) if c < len(row) and known_unsur(cell_text(row[c]))]
        for c in range(width)
    }
    if not hits:
        return {}
    column = max(hits, key=lambda c: (len(hits[c]), sum(not _is_code(grid.baris[r][c]) for r in hits[c])))
    rows = hits[column]
    if len(rows) < 2:
        return {}
    header = _header(grid, rows[0])
    fields = {c: f for c, cell in enumerate(header) if c != column and (f := _field(cell))}
    if "nilai" not in fields.values() and not {"total", "nik"} & set(fields.values()):
        return {}
    unsur: dict[str, Any] = {}
    for r in rows:
        row = grid.baris[r]
        entry = _entry(row, fields)
        code = next((cell_text(c) for c in row if _is_code(c)), "")
        label = cell_text(row[column])
        entry |= {"nama": "" if _is_code(label) else label, "kode": code if re.match(r"[A-Za-z]", code) else ""}
        unsur[label if label not in unsur else f"{label} {r + 1}"] = entry
    out: dict[str, Any] = {"unsur": unsur}
    for row in grid.baris[rows[-1] + 1 :]:
        label = normalise(next((cell_text(c) for c in row if cell_text(c)), ""))
        if not re.search(r"\b(ikm|skm|indeks kepuasan)\b", label):
            continue
        entry = _entry(row, fields)
        for field, target in (
            ("nik", "ikm"),
            ("nrr_tertimbang", "indeks"),
            ("nilai", "indeks"),
            ("mutu", "mutu"),
            ("kinerja", "kinerja"),
        ):
            if field in entry:
                out.setdefault(target, entry[field])
    return _sorted_figures(out)


def _sorted_figures(out: dict[str, Any]) -> dict[str, Any]:
    """An index above four is an IKM."""
    index = out.get("indeks")
    if index is not None and (value := _number(index)) is not None and value.nilai > 5:
        del out["indeks"]
        out.setdefault("ikm", index)
    return out


def _entry(row: Sequence[Any], fields: dict[int, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    counts: dict[str, Any] = {}
    for c, field in fields.items():
        value = row[c] if c < len(row) else None
        if value is None or cell_text(value) in ("", "-"):
            continue
        if re.fullmatch(r"f\d", field):
            counts[field] = value
        elif field not in entry and (field in ("mutu", "kinerja") or _number(value) is not None):
            entry[field] = value
    levels = sorted({field for field in fields.values() if re.fullmatch(r"f\d", field)})
    if levels and len(counts) == len(levels):
        entry["frekuensi"] = [counts[level] for level in levels]
    return entry


def _header(grid: Grid, first: int) -> tuple[Any, ...]:
    """Return the nearest row above that has two texts which are headers."""
    for r in range(first - 1, -1, -1):
        if (
            sum(_field(cell) is not None for cell in grid.baris[r]) >= 1
            and sum(bool(cell_text(c)) for c in grid.baris[r]) >= 2
        ):
            return grid.baris[r]
    return ()


def _horizontal(grid: Grid) -> dict[str, Any]:
    """Read one column per unsur: a row with names or codes, the rows below it labelled at the left."""
    for r, row in enumerate(grid.baris):
        columns = {c: cell_text(cell) for c, cell in enumerate(row) if known_unsur(cell_text(cell))}
        if len(columns) < 2 or len({unsur_id(text) for text in columns.values()}) < len(columns):
            continue
        unsur: dict[str, dict[str, Any]] = {text: {} for text in columns.values()}
        for lower in grid.baris[r + 1 :]:
            label = next((cell_text(c) for i, c in enumerate(lower) if i < min(columns) and cell_text(c)), "")
            field = _field(label) if label else "nilai"
            if field is None or re.search(r"unit", normalise(label)):
                continue
            for c, text in columns.items():
                value = lower[c] if c < len(lower) else None
                if (
                    value is not None
                    and field not in unsur[text]
                    and (field in ("mutu", "kinerja") or _number(value) is not None)
                ):
                    unsur[text][field] = value
        if sum("nilai" in entry or "nik" in entry or "total" in entry for entry in unsur.values()) >= 2:
            return {"unsur": unsur}
    return {}


def _loose(grid: Grid) -> dict[str, Any]:
    """Read labels with a value to the right: IKM, index, respondents, population, grade."""
    out: dict[str, Any] = {}
    for row in grid.baris:
        cells = [c for c in row if cell_text(c)]
        if len(cells) < 2 or known_unsur(cell_text(cells[0])):
            continue
        label = normalise(cell_text(cells[0]))
        field = next((f for f, pattern in _LOOSE if re.search(pattern, label)), None)
        value = next(
            (c for c in cells[1:] if field in ("mutu", "kinerja", "periode", "unit") or _number(_lead(c)) is not None),
            None,
        )
        if field is None or value is None or len(set(map(cell_text, cells[1:]))) > 3:
            continue
        if field in ("ikm", "indeks") and (number := _number(_lead(value))) is not None:
            field = "ikm" if number.nilai > 5 else "indeks"
            if field == "indeks":
                value = _lead(value)
        out.setdefault(field, value)
    return out


def _profiles(grid: Grid) -> list[dict[str, Any]]:
    """Read the table of respondents: No, Karakteristik, Indikator, Jumlah, Persentase."""
    for r, row in enumerate(grid.baris):
        keys = [normalise(cell_text(c)) for c in row]
        group = next((i for i, k in enumerate(keys) if k in ("karakteristik", "characteristic")), None)
        level = next((i for i, k in enumerate(keys) if k in ("indikator", "kategori", "tingkat", "level")), None)
        count = next((i for i, k in enumerate(keys) if k in ("jumlah", "frekuensi", "count")), None)
        share = next((i for i, k in enumerate(keys) if k.startswith(("persen", "percent"))), None)
        if group is None or level is None or count is None:
            continue
        tables: dict[str, list[dict[str, Any]]] = {}
        name = ""
        for lower in grid.baris[r + 1 :]:
            cells = [*lower, *([None] * (len(row) - len(lower)))]
            name = cell_text(cells[group]) or name
            label = cell_text(cells[level])
            if not label or _number(cells[count]) is None or re.fullmatch(r"(jumlah|total)", normalise(label)):
                continue
            entry = {"tingkat": label, "jumlah": _whole(cells[count])}
            if share is not None and _number(cells[share]) is not None:
                entry["persen"] = cells[share]
            tables.setdefault(name, []).append(entry)
        return [{"karakteristik": key, "baris": rows} for key, rows in tables.items()]
    return []


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _lead(value: Any) -> Any:
    """Return the number at the start of "94,17 (Sangat Baik)"."""
    if not isinstance(value, str):
        return value
    match = re.match(r"[+-]?[\d.,]*\d\s*%?", value.strip())
    return match[0] if match and not split_grade(value[: match.end()])[0] else value


def _number(value: Any) -> PrintedNumber | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return PrintedNumber.read(value)
    except OptionError:
        return None


def _is_code(value: Any) -> bool:
    return re.fullmatch(r"(?:u|p|unsur)? ?0*\d{1,2}", normalise(cell_text(value))) is not None and bool(
        cell_text(value)
    )
