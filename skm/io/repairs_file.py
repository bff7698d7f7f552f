"""The file of repairs: one row per change, filled in by `skm periksa --usulkan`, decided by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from skm.answers.repairs import EMPTY, Repair
from skm.basics.errors import OptionError
from skm.basics.export import ExportColumn, write_table
from skm.basics.files import read_bytes
from skm.basics.sheets.grid import is_empty, whole_number
from skm.basics.sheets.opened import open_sheets
from skm.basics.words import normalise

COLUMNS = ("pakai", "jenis", "kolom", "dari", "menjadi", "berkas", "lembar", "baris", "alasan", "keterangan")
KINDS = ("ubah-isi", "gabung-kolom", "kecualikan", "sembunyikan-pribadi")
_YES, _NO = ("ya", "y", "yes", "1", "true", "x", "v"), ("tidak", "t", "no", "n", "0", "false", "")


def read_repairs(source: Any) -> tuple[Repair, ...]:
    """Read repairs from a workbook or CSV with the columns of `COLUMNS`, or pass steps through.

    Rows whose ``pakai`` is not "ya" are left alone. Changes of one column become one step, in order of first
    appearance; rows left out for one reason become one step.

    Raises
    ------
    OptionError
        A column is missing or a kind is not known.
    """
    if isinstance(source, (list, tuple)) and all(isinstance(s, Repair) for s in source):
        return tuple(source)
    changes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cells in read_rows(Path(str(source))):
        kind = str(cells["jenis"]).strip()
        group = str(cells.get("alasan") or "") if kind == "kecualikan" else str(cells.get("kolom") or "")
        changes.setdefault((kind, group), []).append(cells)
    return tuple(_step(kind, group, cells) for (kind, group), cells in changes.items())


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of repairs whose ``pakai`` is "ya", as they are.

    Raises
    ------
    OptionError
        A column is missing or a kind is not known.
    """
    sheet = open_sheets(read_bytes(path), path.name)[0]
    rows = [row for row in sheet.baris if not all(map(is_empty, row))]
    header = [normalise(cell) for cell in rows[0]] if rows else []
    missing = [c for c in ("pakai", "jenis") if c not in header]
    if missing:
        raise OptionError("perbaikan-kolom", hilang=missing, berkas=path.name)
    out = []
    for row in rows[1:]:
        cells = {name: _cell(row[i]) if i < len(row) else None for i, name in enumerate(header)}
        answer = str(cells["pakai"] or "").strip().casefold()
        if answer not in (*_YES, *_NO):
            raise OptionError(
                "opsi-tidak-dikenal", opsi="pakai", nilai=answer, pilihan=["ya", "tidak"], berkas=path.name
            )
        if answer in _NO:
            continue
        if (kind := str(cells["jenis"]).strip()) not in KINDS:
            raise OptionError("perbaikan-jenis", nilai=kind, pilihan=list(KINDS), berkas=path.name)
        out.append(cells)
    return out


def write_repairs(rows: Iterable[dict[str, Any]], path: str | Path, *, overwrite: bool = False) -> Path:
    """Write proposals as a workbook (or CSV) to be decided row by row."""
    entries: Sequence[dict[str, Any]] = list(rows)
    columns = [ExportColumn(name, [entry.get(name) for entry in entries]) for name in COLUMNS]
    return write_table(columns, Path(path), overwrite=overwrite)


def _step(kind: str, group: str, cells: Sequence[dict[str, Any]]) -> Repair:
    if kind == "ubah-isi":
        changes = {_value(c.get("dari")): _value(c.get("menjadi")) for c in cells}
        return Repair("ubah-isi", group, changes)
    if kind == "gabung-kolom":
        return Repair("gabung-kolom", group, daftar=tuple(str(c["dari"]) for c in cells if c.get("dari")))
    if kind == "kecualikan":
        places = tuple((str(c.get("berkas") or ""), str(c.get("lembar") or ""), int(c["baris"])) for c in cells)
        return Repair("kecualikan", daftar=places, alasan=group)
    return Repair("sembunyikan-pribadi")


def _cell(value: Any) -> Any:
    if is_empty(value):
        return None
    if isinstance(value, str):
        # An apostrophe before = + - @ is how a text that is no formula is written.
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value
    return whole_number(value)


def _value(value: Any) -> Any:
    return None if value is None or value == EMPTY else value
