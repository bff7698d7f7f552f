"""Rows that are units rather than respondents: what the columns beside the unsur and the units' names say.

A recap of whole means looks like answers. Columns that say how many answered, and the index or grade beside them, tell
it apart; where they only hint at it, a person says which it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skm.basics.errors import MissingColumnError
from skm.basics.words import normalise
from skm.io.layouts.foot_rows import number_of
from skm.io.layouts.header import Header
from skm.io.layouts.respondents import Cut

FIELDS: dict[str, tuple[str, ...]] = {
    "n": (
        "sampel",
        "n",
        "n responden",
        "jumlah responden",
        "responden",
        "n respondents",
        "respondents",
        "banyak responden",
        "jml responden",
    ),
    "populasi": ("populasi", "population", "jumlah populasi", "n populasi"),
    "ikm": ("ikm", "nilai ikm", "nilai skm", "skm", "printed ikm", "ikm unit", "nilai", "ikm tercetak"),
    "mutu": ("mutu", "kategori", "mutu pelayanan", "printed mutu", "mutu layanan", "kategori mutu"),
    "kinerja": ("kinerja", "kinerja unit", "printed kinerja", "kinerja unit pelayanan"),
    "periode": ("periode", "year period", "periode pelaksanaan", "tahun"),
}
_FIGURES = {
    *("ikm", "nilai ikm", "nilai skm", "ikm unit", "ikm tercetak", "mutu", "mutu pelayanan", "mutu layanan"),
    *("nrr", "nrr tertimbang", "nilai indeks", "indeks", "nilai konversi", "ikm konversi", "mutu unit pelayanan"),
}
_SURE = {"jumlah responden", "n responden", "n respondents", "banyak responden", "banyaknya responden", "jml responden"}
_NUMBERS = {*FIELDS["n"], *FIELDS["populasi"], *_SURE}
_PERIODS = ("periode", "triwulan", "semester", "bulan", "tahun")
_PLACES = ("puskesmas", "kecamatan", "kelurahan", "desa", "dinas", "badan", "bagian", "kantor", "upt", "uptd", "loket")
UNIT = (
    "unit",
    "opd",
    "opp",
    "upp",
    "opd upp",
    "nama opd",
    "nama unit",
    "unit layanan",
    "perangkat daerah",
    "bidang",
    "skpd",
    "instansi",
    "layanan",
    "jenis layanan",
)

_TOLD = {*_FIGURES, *_NUMBERS, *UNIT, *_PERIODS, *_PLACES}


def is_recap(potongan: Cut, kepala: Header) -> bool:
    """Tell whether the columns beside the unsur say that rows are units.

    Either how many answered stands there with the index or grade, or under a name that says nothing else.

    Raises
    ------
    MissingColumnError
        Whole numbers may be the means of units: every row names another unit or period, nothing describes a person,
        and a column holds what units have. The error names the options that say which they are.
    """
    beside = _beside(potongan, kepala)
    if _names_units(beside) or any(_counts(potongan, beside[key]) for key in _SURE & beside.keys()):
        return True
    told = [beside[key] for key in beside if key in _FIGURES or (key in _NUMBERS and _counts(potongan, beside[key]))]
    if not told or potongan.tabel.n == 1:
        return False
    if units := [key for key in (*UNIT, *_PERIODS, *_PLACES) if key in beside and _differ(potongan, beside[key])]:
        unit = beside[units[0]]
        raise MissingColumnError("rekap-atau-responden", banyak=potongan.tabel.n, kolom_unit=unit, kolom_lain=told)
    return False


def may_name_units(names: Sequence[str]) -> bool:
    """Tell whether headers alone say that rows may be units, so that it is worth looking at them."""
    keys = set(map(normalise, names))
    return bool((_FIGURES | _SURE) & keys) or bool(_NUMBERS & keys and {*UNIT, *_PERIODS, *_PLACES} & keys)


def _names_units(beside: dict[str, str]) -> bool:
    return bool(_FIGURES & beside.keys()) and bool(_NUMBERS & beside.keys())


def _beside(potongan: Cut, kepala: Header) -> dict[str, str]:
    """Return the filled columns that hold no answers and whose name a unit may have: normalised name -> name."""
    others = ((normalise(name), name) for name, j in potongan.letak.items() if j not in kepala.jawaban)
    return {key: name for key, name in others if key in _TOLD and any(v is not None for v in _cells(potongan, name))}


def _cells(potongan: Cut, column: str) -> list[Any]:
    return list(potongan.tabel.column(column).tolist())


def _counts(potongan: Cut, column: str) -> bool:
    """Tell whether a column holds how many answered: whole numbers in every row, and not the numbers of the rows."""
    numbers = [number_of(value) for value in _cells(potongan, column)]
    whole = all(number.is_integer() and number >= 1 for number in numbers)
    return whole and any(number > 1 for number in numbers) and numbers != [*range(1, len(numbers) + 1)]


def _differ(potongan: Cut, column: str) -> bool:
    values = [str(value).strip() for value in _cells(potongan, column) if value is not None]
    return len(values) == potongan.tabel.n and len(set(values)) == len(values)
