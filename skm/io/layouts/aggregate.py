"""Tables of processed figures: recaps of units, means, totals and level counts. They are no survey."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skm.answers.code_runs import is_code
from skm.answers.survei import FileSource
from skm.answers.unsur_names import is_named, unsur_named
from skm.basics.errors import DataError, EmptyDataError
from skm.basics.limits import is_long_number
from skm.basics.sheets.grid import Sheet, is_empty, whole_number
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.io.layouts.counts_table import read_counts
from skm.io.layouts.footer import label_kind
from skm.io.layouts.header import Header
from skm.io.layouts.respondents import Cut
from skm.io.layouts.turned import numbered_across
from skm.io.layouts.units import FIELDS, UNIT
from skm.regulasi._kuesioner import Kuesioner

if TYPE_CHECKING:
    from skm.publikasi import Publikasi

_MEANS = (
    "nrr",
    "nilai rata rata",
    "rata rata",
    "nrr unsur",
    "nrr per unsur",
    "nilai",
    "nilai unsur",
    "indeks",
    "nilai ikm",
    "mean",
    "ikm",
    "nilai indeks",
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PrintedTable(Mapping[str, "Publikasi"]):
    """Printed results by unit: a mapping of unit to `Publikasi`, which `skm.audit` takes.

    Attributes
    ----------
    isi : mapping
        Unit -> what was read, as a mapping that `skm.publikasi.load` takes.
    kepala : str
        Header of the column that names the rows; empty where there is none.
    status : mapping
        Unit -> what a column "Status" says of its row, where there is one.
    """

    sumber: FileSource
    isi: Mapping[str, Mapping[str, Any]]
    status: Mapping[str, str] = field(default_factory=dict)
    kepala: str = ""

    def __getitem__(self, unit: str) -> Publikasi:
        from skm.publikasi import load  # readers of publications are no part of reading answers

        return load(self.isi[unit])

    def __iter__(self) -> Iterator[str]:
        return iter(self.isi)

    def __len__(self) -> int:
        return len(self.isi)

    def __repr__(self) -> str:
        return f"Rekap({len(self.isi)} unit; {self.sumber})"


def kind_of(value: Any) -> str:
    """Return what people call a table that is no survey."""
    return "Rekap" if isinstance(value, PrintedTable) else type(value).__name__


def is_processed(potongan: Cut, kepala: Header, base: Kuesioner) -> bool:
    """Tell whether the cells below the unsur are means or totals and no answers."""
    # Each distinct value is looked at once: answers are the same few thousands of times.
    seen: Counter[Any] = Counter()
    for name, j in potongan.letak.items():
        if j in kepala.jawaban:
            cells = potongan.tabel.column(name)[:2000].tolist()
            kinds = set(map(type, cells))
            if len(kinds) == 1:
                kind = kinds.pop()
                seen.update({(kind, value): times for value, times in Counter(cells).items()})
            else:
                seen.update(zip(map(type, cells), cells, strict=True))
    seen.pop((type(None), None), None)
    if not seen:
        return False
    numbers = {key: number for key in seen if (number := _number(key[1])) is not None}
    filled = sum(seen[key] for key in numbers)
    if filled * 10 < seen.total() * 9:
        return False
    if set(numbers.values()) <= {Fraction(100 * k // len(base.nilai)) for k in range(1, len(base.nilai) + 1)}:
        return False  # answers stored as 25, 50, 75, 100: respondents, about whom a question is asked
    whole = _whole(6)
    levels = sum(seen[key] for key, number in numbers.items() if number in whole)
    return levels * 2 < filled


def read_recap(potongan: Cut, kepala: Header, base: Kuesioner, sumber: FileSource) -> PrintedTable:
    """Return printed results by unit from a table with a column per unsur.

    Where a column says what each row is (sums, means, index), the rows of one unit become one result.

    Raises
    ------
    EmptyDataError
        There is no value under any unsur.
    """
    tabel = potongan.tabel
    answers = [name for name, j in potongan.letak.items() if j in kepala.jawaban]
    others = [name for name in tabel.names if name not in answers]
    kinds = next((c for c in others if _all(tabel.column(c).tolist(), label_kind)), None)
    unit = _unit_column([c for c in others if c != kinds], potongan)
    state = next((c for c in others if normalise(c) == "status"), None)
    result: dict[str, dict[str, Any]] = {}
    status: dict[str, str] = {}
    for i in range(tabel.n):
        values = {c: tabel.column(c)[i] for c in tabel.names}
        kind = label_kind(values[kinds]) if kinds else None
        name = (
            str(values[unit]).strip()
            if unit and values[unit] is not None
            else f"baris {potongan.tabel.tempat.row(i)}"
            if potongan.tabel.tempat
            else str(i)
        )
        if not kinds and name in result:
            name = f"{name} (baris {potongan.tabel.tempat.row(i)})" if potongan.tabel.tempat else f"{name} ({i})"
        entry = result.setdefault(name, {})
        if state is not None and isinstance(values[state], str):
            status[name] = values[state].strip()
        cells = {c: values[c] for c in answers if _number(values[c]) is not None}
        if cells:
            what = _what(kind, cells)
            for column, value in cells.items():
                given = _total(value, column) if what == "total" else value
                entry.setdefault("unsur", {}).setdefault(column, {})[what] = given
        if kind == "ikm":
            entry["ikm"] = next(
                (v for c in tabel.names if (v := values[c]) is not None and _number(v) is not None), None
            )
        for key, columns in FIELDS.items():
            found = next((values[c] for c in others if normalise(c) in columns and values[c] is not None), None)
            if found is not None and key not in entry and _fits(key, found):
                entry[key] = str(found) if key in ("mutu", "kinerja", "periode") else found
    kept = {name: {"unit": name, **_with_n(entry)} for name, entry in result.items() if entry.keys() & {"unsur", "ikm"}}
    if not kept:
        raise EmptyDataError("rekap-kosong", berkas=sumber.berkas)
    return PrintedTable(sumber, kept, status, unit or "")


def _fits(key: str, value: Any) -> bool:
    """Tell whether a value can be what its column announces: numbers for counts and the index."""
    return key in ("mutu", "kinerja", "periode") or _number(value) is not None


def read_down(
    sheet: Sheet,
    base: Kuesioner,
    sumber: FileSource,
    u8: str | None = None,
    labels: Mapping[str, Mapping[str, int]] | None = None,
) -> Hitungan | PrintedTable | None:
    """Return counts or means from a table with a row per unsur, or None where the sheet is no such table.

    Raises
    ------
    DataError
        A printed sum or number of answers does not follow from the counts beside it.
    """
    place = _unsur_column(sheet, base)
    if place is None:
        return None
    column, rows = place
    top = next((i for i in range(rows[0] - 1, -1, -1) if not all(map(is_empty, sheet.baris[i]))), None)
    if top is None:
        return None
    header = {j: _head(cell) for j, cell in enumerate(sheet.baris[top]) if not is_empty(cell) and j != column}
    keys = {i: _unsur_in(sheet.baris[i], column, base) for i in rows}
    if len(set(keys.values())) < len(keys):
        return None  # an unsur stands in several rows: rows of answers, or of counts by group
    across = numbered_across(sheet, column, rows, top, len(base.nilai))
    if across > len(base.nilai) + 1:
        return None  # respondents side by side
    if across >= len(base.nilai):
        raise DataError("cacah-atau-responden", banyak=across, lembar=sheet.nama or None)
    counts = read_counts(sheet, column, rows, keys, base, u8, labels)
    if counts is not None:
        return counts
    means = next((j for name in _MEANS for j, h in header.items() if h == name and _numeric(sheet, rows, j)), None)
    if means is not None:
        return PrintedTable(sumber, {sumber.lembar or sumber.berkas: _printed_down(sheet, rows, keys, means, None)})
    units = {j: str(sheet.baris[top][j]).strip() for j in header if _is_unit(sheet, rows, j, header[j], base)}
    if len(units) < 2 or len(set(units.values())) < len(units):
        return None
    found = {name: {"unit": name, **_printed_down(sheet, rows, keys, j, j)} for j, name in units.items()}
    return PrintedTable(sumber, found)


def _is_unit(sheet: Sheet, rows: Sequence[int], column: int, head: str, base: Kuesioner) -> bool:
    """Tell whether a column holds one unit's means: numbers within the scale, some of them no levels, under a name."""
    if not re.search(r"[a-z]", head) or head in ("no", "nomor", "bobot") or not _numeric(sheet, rows, column):
        return False
    values = [_number(sheet.baris[i][column]) or Fraction(0) for i in rows]
    low, high = base.regulasi.terendah, base.regulasi.tertinggi * base.regulasi.konversi
    return all(low <= v <= high for v in values) and any(v.denominator != 1 for v in values)


def _printed_down(
    sheet: Sheet, rows: Sequence[int], keys: Mapping[int, str], column: int, only: int | None
) -> dict[str, Any]:
    """Return the values of a column, and the index and n in the rows below: in that column, or anywhere in the row."""
    entry: dict[str, Any] = {"unsur": {keys[i]: {"nilai": sheet.baris[i][column]} for i in rows}}
    for i in range(rows[-1] + 1, len(sheet.baris)):
        row = sheet.baris[i]
        kind = label_kind(next((cell for cell in row if not is_empty(cell)), None))
        cells = row if only is None else row[only : only + 1]
        value = next((cell for cell in cells if _number(cell) is not None), None)
        if kind in ("ikm", "n") and kind not in entry and value is not None:
            entry[kind] = value
    return entry


def _head(cell: Any) -> str:
    """Return a header as text; numbers as a person sees them."""
    return normalise(whole_number(cell))


def _unsur_column(sheet: Sheet, base: Kuesioner) -> tuple[int, list[int]] | None:
    """Return the column that lists the unsur downwards, and its rows."""
    best: tuple[int, list[int]] | None = None
    for j in range(min(sheet.lebar, 50)):
        rows = [
            i
            for i, row in enumerate(sheet.baris[:400])
            if j < len(row) and isinstance(row[j], str) and (is_code(row[j]) or is_named(row[j], base))
        ]
        run: list[int] = []
        for i in rows:
            run = [*run, i] if run and i - run[-1] <= 1 else [i]
            if len(run) >= 3 and (best is None or len(run) > len(best[1])):
                best = (j, run)
    return best


def _unsur_in(row: Sequence[Any], column: int, base: Kuesioner) -> str:
    """Return the unsur of a row: by a name anywhere on it, else by its code."""
    for cell in row[:8]:
        if isinstance(cell, str) and not is_code(cell) and is_named(cell, base):
            return str(unsur_named(cell, base))
    text = str(row[column])
    return str(unsur_named(text, base)) if is_named(text, base) else text


def _numeric(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    return all(column < len(sheet.baris[i]) and _number(sheet.baris[i][column]) is not None for i in rows)


def _what(kind: str | None, cells: Mapping[str, Any]) -> str:
    """Return what the values under the unsur are: sums, weighted means, or means."""
    if kind == "tertimbang":
        return "nrr_tertimbang"
    if kind == "jumlah" or (kind is None and all((_number(v) or 0) > 100 for v in cells.values())):
        return "total"
    return "nilai"


def _with_n(entry: dict[str, Any]) -> dict[str, Any]:
    """Add n where sums and means together allow exactly one number of respondents."""
    fitting: set[int] | None = None
    for cells in entry.get("unsur", {}).values():
        mean, summed = _number(cells.get("nilai")), _number(cells.get("total"))
        if not mean or summed is None:
            continue
        half = Fraction(1, 2 * 10 ** max(2, len(str(cells["nilai"]).replace(",", ".").partition(".")[2])))
        low, high = summed / (mean + half), summed / (mean - half)
        possible = {n for n in range(int(low), int(high) + 2) if low <= n <= high}
        fitting = possible if fitting is None else fitting & possible
    if "n" not in entry and fitting and len(fitting) == 1:
        return {**entry, "n": next(iter(fitting))}
    return entry


def _unit_column(others: Sequence[str], potongan: Cut) -> str | None:
    for name in others:
        if normalise(name) in UNIT:
            return name
    return next(
        (c for c in others if any(isinstance(v, str) and not v.isdigit() for v in potongan.tabel.column(c).tolist())),
        None,
    )


def _all(values: Sequence[Any], test: Any) -> bool:
    filled = [v for v in values if v is not None]
    return len(filled) > 1 and all(test(v) not in (None, "lain") for v in filled)


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool) or is_empty(value):
        return None
    if isinstance(value, (int, float)):
        return Fraction(repr(value)) if math.isfinite(value) and abs(value) < 1e12 else None
    text = str(value).strip().replace(",", ".").rstrip("%")
    return Fraction(text) if not is_long_number(text) and _PLAIN.fullmatch(text) else None


_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _whole(limit: int) -> set[Fraction]:
    return {Fraction(i) for i in range(limit + 1)}


def _total(value: Any, column: str) -> int:
    """Return a total of answers.

    Raises
    ------
    DataError
        It is no whole number, as a sum of answers must be.
    """
    number = _number(value)
    if number is None or number != int(number):
        raise DataError("cacah-bukan-bilangan", tempat=column)
    return int(number)
