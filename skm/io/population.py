"""The table of populations, unit by unit, joined to a survey once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm.answers.survei import Survei
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.reading_numbers import read_count
from skm.basics.sheets.grid import is_empty
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.many import UNIT

_UNIT_HEADS = ("unit", "layanan", "unit layanan", "nama unit", "opd", "upp", "jenis layanan", "satuan kerja", "nama")
_N_HEADS = ("n", "populasi", "population", "jumlah populasi", "jumlah", "penduduk")


def with_population(survei: Survei, populasi: Any) -> Survei:
    """Return the survey with its population by unit; units on one side only are told.

    Raises
    ------
    DataError
        The table names a unit twice, or has no column of units or of N.
    """
    table = read_population(populasi)
    column = survei.bacaan.profil.get(UNIT)
    if column is None:
        return replace(survei, populasi=table)
    units = {str(v).strip(): None for v in survei.tabel.column(column).tolist() if not is_empty(v)}
    known = {normalise(name): name for name in table}
    joined = {u: table[known[normalise(u)]] for u in units if normalise(u) in known}
    without = [u for u in units if u not in joined]
    rest = [name for key, name in known.items() if key not in {normalise(u) for u in units}]
    result = replace(survei, populasi=joined)
    if without or rest:
        fields = {"tanpa": without[:10] or ["-"], "sisa": rest[:10] or ["-"]}
        result = result.noted(Finding("populasi-tidak-cocok", "catatan", "io", fields))
    return result


def read_population(populasi: Any) -> dict[str, int]:
    """Read a mapping unit -> N, or a table with a column of units and one of N.

    Examples
    --------
    >>> read_population({"Kelurahan A": "3.441"})
    {'Kelurahan A': 3441}
    """
    if isinstance(populasi, Mapping):
        return {str(unit): read_count(n, f"N {unit}", minimum=1) for unit, n in populasi.items()}
    path = Path(str(populasi))
    sheet = open_sheets(read_bytes(path), path.name)[0]
    rows = [row for row in sheet.baris if not all(map(is_empty, row))]
    header = [normalise(cell) for cell in rows[0]]
    unit = next((header.index(h) for h in _UNIT_HEADS if h in header), None)
    number = next((header.index(h) for h in _N_HEADS if h in header), None)
    if unit is None or number is None or unit == number:
        raise OptionError("populasi-tabel", berkas=path.name)
    table: dict[str, int] = {}
    for row in rows[1:]:
        if unit >= len(row) or is_empty(row[unit]):
            continue
        name = str(row[unit]).strip()
        if name in table:
            raise DataError("populasi-ganda", unit=name, berkas=path.name)
        cell = row[number] if number < len(row) else None
        table[name] = read_count(
            int(cell) if isinstance(cell, float) and cell.is_integer() else cell, f"N {name}", minimum=1
        )
    return table
