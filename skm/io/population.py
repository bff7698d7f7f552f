"""The table of populations, unit by unit, joined to a survey once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.answers.survei import Survei
from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.sheets.grid import is_empty, whole_number
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.many import UNIT

_UNIT_HEADS = (
    "unit", "layanan", "unit layanan", "nama unit", "opd", "upp", "jenis layanan", "satuan kerja", "nama",
    "strata", "kelompok", "klaster", "desa", "kelurahan", "kecamatan",
)  # fmt: skip
_N_HEADS = ("n", "populasi", "population", "jumlah populasi", "jumlah", "penduduk")
_SD_HEADS = ("simpangan", "simpangan baku", "sd", "s")
_COST_HEADS = ("biaya", "biaya per responden", "cost")


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
    rows, columns = _table(path)
    unit, number = columns["unit"], columns["n"]
    table: dict[str, int] = {}
    for row in rows:
        if unit >= len(row) or is_empty(row[unit]):
            continue
        name = str(row[unit]).strip()
        if name in table:
            raise DataError("populasi-ganda", unit=name, berkas=path.name)
        table[name] = read_count(_cell(row, number), f"N {name}", minimum=1)
    return table


@dataclass(frozen=True, slots=True)
class Strata:
    """Units with their people; standard deviations and costs where the table has a column of them, else None."""

    population: dict[str, int]
    sd: dict[str, Decimal] | None
    cost: dict[str, Decimal] | None


def read_strata(file: Any) -> Strata:
    """Read a table of strata: their names, N, and where given the standard deviation and the cost of a respondent.

    Raises
    ------
    DataError, OptionError
        As in `read_population`; a number that cannot be read.
    """
    population = read_population(file)
    path = Path(str(file))
    rows, columns = _table(path)
    found: dict[str, dict[str, Decimal] | None] = {"sd": None, "cost": None}
    for key in found:
        if columns[key] is not None:
            named = ((str(row[columns["unit"]]).strip(), _cell(row, columns[key])) for row in rows)
            found[key] = {name: read_decimal(cell, f"{key} {name}") for name, cell in named if name in population}
    return Strata(population, **found)


def _table(path: Path) -> tuple[list[list[Any]], dict[str, Any]]:
    """Return the rows below the header of a table of units, and where its columns are."""
    sheet = open_sheets(read_bytes(path), path.name)[0]
    rows = [row for row in sheet.baris if not all(map(is_empty, row))]
    header = [normalise(cell) for cell in rows[0]]
    heads = {"unit": _UNIT_HEADS, "n": _N_HEADS, "sd": _SD_HEADS, "cost": _COST_HEADS}
    found = {key: next((header.index(h) for h in names if h in header), None) for key, names in heads.items()}
    if found["unit"] is None or found["n"] is None or found["unit"] == found["n"]:
        raise OptionError("populasi-tabel", berkas=path.name)
    return rows[1:], found


def _cell(row: list[Any], place: int) -> Any:
    cell = row[place] if place < len(row) else None
    return whole_number(cell)
