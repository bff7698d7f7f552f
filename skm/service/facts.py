"""The facts form of the page: the same list as the form in Excel, as fields, and back into what a report reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from skm.report.material.fields import Field, FieldTable, catalogue

# Rows offered for each list; a filled form offers two more than it holds.
_ROWS = 3
# Pictures come from files; the form on the page holds words and numbers.
_TYPES = {"cacah": "text", "desimal": "text", "tanggal": "date", "teks": "text", "unsur": "text", "centang": "checkbox"}


def form_rows(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return fields and tables to show, with what was filled in before."""
    listed = catalogue()
    fields = [_field(one, one.id, facts.get(one.id), lang) for one in listed.isian if one.jenis in _TYPES]
    tables = [_table(one, facts.get(one.id) or [], lang) for one in listed.tabel]
    missing = [f["nama"] for f in fields if f["wajib"] and not f["nilai"]]
    return {"isian": fields, "tabel": tables, "kurang": missing}


def _field(one: Field, name: str, value: Any, lang: str) -> dict[str, Any]:
    return {
        "id": name,
        "nama": one.name(lang),
        "jenis": _TYPES.get(one.jenis, "text"),
        "contoh": one.contoh,
        "wajib": one.wajib,
        "nilai": "" if value is None else str(value),
    }


def _table(one: FieldTable, rows: list[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    columns = [c for c in one.kolom if c.jenis in _TYPES]
    shown = [*rows, *({} for _ in range(max(2, _ROWS - len(rows))))]
    return {
        "id": one.id,
        "nama": one.name(lang),
        "kolom": [{"nama": c.name(lang)} for c in columns],
        "baris": [
            [_field(c, f"{one.id}.{number}.{c.id}", row.get(c.id), lang) for c in columns]
            for number, row in enumerate(shown)
        ],
        "terisi": len(rows),
    }


def facts_from_form(form: FormData) -> dict[str, Any]:
    """Return what was filled in, as `skm.report.compile` reads facts; empty fields and rows are left out."""
    listed = catalogue()
    given = {name: str(value).strip() for name, value in form.items() if isinstance(value, str) and str(value).strip()}
    out: dict[str, Any] = {one.id: given[one.id] for one in listed.isian if one.id in given}
    for table in listed.tabel:
        rows: dict[int, dict[str, Any]] = {}
        for name, value in given.items():
            parts = name.split(".")
            if len(parts) == 3 and parts[0] == table.id and parts[1].isdigit() and len(parts[1]) < 4:
                rows.setdefault(int(parts[1]), {})[parts[2]] = value
        known = {c.id for c in table.kolom}
        filled = [{k: v for k, v in rows[number].items() if k in known} for number in sorted(rows)]
        if any(filled):
            out[table.id] = [row for row in filled if row]
    return out
