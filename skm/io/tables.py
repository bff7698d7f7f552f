"""Any table that is no file (frames, records, rows of a database) -> a survey, counts or printed figures.

A tidy table is understood as it lies. One that holds more than respondents (sums below them, counts by unsur, a recap)
is read as the sheet that it would be in a file, by the same readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from skm.answers.cells import decode, is_blank
from skm.answers.column import Source
from skm.answers.column_kinds import shown_header
from skm.answers.survei import FileSource, Survei
from skm.answers.table import RawTable, from_source, joined, raw_table
from skm.answers.understand import Reading, understand
from skm.basics.errors import MissingColumnError, SKMError
from skm.basics.sheets.grid import Sheet
from skm.counts.hitungan import Hitungan
from skm.io.layouts.ages import age_codes
from skm.io.layouts.aggregate import PrintedTable
from skm.io.layouts.code_lists import with_codes
from skm.io.layouts.detect import read_sheet
from skm.io.layouts.footer import label_kind
from skm.io.layouts.grouped_counts import read_grouped
from skm.io.layouts.long_rows import long_table, refuse_unclear_roles
from skm.io.layouts.units import may_name_units
from skm.io.nested import flattened, is_nested
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

_TAIL = 60
_SHEET_ROWS = 50_000  # a table of sums or a worksheet of an office is smaller


def read_table(
    data: Any, base: Kuesioner, cara: SheetOptions, columns: Sequence[str] | None = None
) -> Survei | Hitungan | PrintedTable:
    """Read whatever holds rows: a frame, records, a mapping of columns, a cursor, a list of rows with a header.

    Raises
    ------
    DataError
        The object is no table.
    MissingColumnError
        No answers were recognised.
    """
    if isinstance(data, (list, tuple)) and data and all(type(row) in (list, tuple) for row in data):
        # A header and rows of cells, as csv.reader gives them.
        return read_sheet(Sheet("", [list(row) for row in data], range(1, len(data) + 1)), "", base, cara).nilai
    if isinstance(data, (list, tuple)) and is_nested(data):
        data = flattened(data)
    tabel = _safe(raw_table(data, columns))
    if (counts := _grouped(tabel, base, cara)) is not None:
        return counts
    return _read(_joined(tabel, base, cara), base, cara)


def read_source(
    source: Source, base: Kuesioner, cara: SheetOptions, berkas: str, layout: str
) -> Survei | Hitungan | PrintedTable:
    """Read a table that comes from files and knows its columns; see `read_table`."""
    tabel = from_source(source)
    if (counts := _grouped(tabel, base, cara)) is not None:
        return counts
    return _read(_joined(tabel, base, cara), base, cara, berkas, layout)


def _safe(tabel: RawTable) -> RawTable:
    """Return the table with columns whose names hold a number of a person called by their position."""
    shown = {shown_header(name, "", j): name for j, name in enumerate(tabel.names)}
    if tabel.remote is not None or all(new == old for new, old in shown.items()) or len(shown) < len(tabel.names):
        return tabel
    return replace(
        tabel,
        names=tuple(shown),
        column=lambda name: tabel.column(shown.get(name, name)),
        order=lambda name: tabel.order(shown.get(name, name)),
        sumber=None,
    )


def _grouped(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> Hitungan | None:
    """Return the counts of a table of counts by group; it is small, so its rows are at hand."""
    if tabel.remote is not None or len(set(tabel.names)) < len(tabel.names):
        return None
    return read_grouped(tabel, base, cara)


def _joined(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> RawTable:
    """Return a table with a row per respondent; long rows on an engine are joined there."""
    if len(set(tabel.names)) < len(tabel.names):
        return joined(tabel)
    wide = long_table(tabel, base, cara)
    return joined(tabel) if wide is None else wide


def _read(
    given: RawTable, base: Kuesioner, cara: SheetOptions, berkas: str = "", layout: str = "tabel"
) -> Survei | Hitungan | PrintedTable:
    if given.remote is not None:
        source = FileSource("", "", "panjang" if given.long else layout)
        try:
            return survey_of(given, base, cara, source)
        except MissingColumnError:
            if not given.long:
                refuse_unclear_roles(given.names, None, base, {})
            raise
    long = given.long
    where = {"berkas": berkas, "lembar": None} if berkas else None
    try:
        survei = survey_of(given, base, cara, FileSource(berkas, "", "panjang" if long else layout), where)
    except MissingColumnError:
        if (other := _as_sheet(given, base, cara)) is not None:
            return other
        if not long and not given.lazy:
            refuse_unclear_roles(given.names, given.head(_SHEET_ROWS), base, where or {})
        raise
    if not long and may_name_units(given.names) and isinstance(other := _as_sheet(given, base, cara), PrintedTable):
        return other
    if not long and _untidy(survei.bacaan):
        other = _as_sheet(given, base, cara)
        if isinstance(other, Survei) and other.n < survei.n:
            return other
    return survei


def survey_of(
    tabel: RawTable, base: Kuesioner, cara: SheetOptions, sumber: FileSource, tempat: dict[str, Any] | None = None
) -> Survei:
    """Return the survey in a table with a row per respondent.

    Raises
    ------
    SKMError
        See `skm.answers.understand.understand`.
    """
    peta = cara.peta.kolom if cara.peta is not None and cara.peta.kolom else None
    bacaan = understand(
        tabel,
        base,
        peta=None if peta is None else _as_written(peta, tabel.names),
        u8=cara.u8,
        nilai_kosong=cara.nilai_kosong,
        terima=cara.terima,
        label=cara.labels(base),
        tempat=tempat,
    )
    if cara.peta is not None and cara.peta.profil:
        bacaan = replace(bacaan, profil=bacaan.profil | _as_written(cara.peta.profil, tabel.names))
    return Survei(age_codes(with_codes(bacaan, cara.kode)), sumber)


def _as_written(peta: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return a map with headers as the table writes them; those of maps have no surplus spaces."""
    tidy = {" ".join(name.split()): name for name in names}
    return {
        key: tidy.get(value, value) if isinstance(value, str) else [tidy.get(one, one) for one in value]
        for key, value in peta.items()
    }


def _untidy(bacaan: Reading) -> bool:
    """Tell whether the last rows hold what is no answer, or are labelled as sums."""
    tabel = bacaan.tabel
    if tabel.lazy or tabel.n > _SHEET_ROWS:
        return False
    for butir in bacaan.kuesioner.butir:
        tail = tabel.column(bacaan.kolom[butir.id])[-_TAIL:]
        if decode(tail, butir, bacaan.aturan).salah:
            return True
    answers = set(bacaan.kolom.values())
    for name in tabel.names:
        if name in answers:
            continue
        tail = tabel.column(name)[-_TAIL:]
        texts = {v for v in tail.tolist() if isinstance(v, str)} if tail.dtype == object else ()
        if any(label_kind(text) not in (None, "lain") for text in texts):
            return True
    return False


def _as_sheet(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> Survei | Hitungan | PrintedTable | None:
    """Return what the table is when read as a sheet, or None where that does not help."""
    if tabel.lazy or tabel.n > _SHEET_ROWS:
        return None
    columns = [[None if is_blank(v) else v for v in tabel.column(name).tolist()] for name in tabel.names]
    if any(type(v).__hash__ is None for values in columns for v in values):
        return None
    rows = [list(tabel.names), *map(list, zip(*columns, strict=True))]
    try:
        return read_sheet(Sheet("", rows, range(len(rows))), "", base, cara).nilai
    except SKMError as problem:
        if problem.code == "rekap-atau-responden":
            raise
        return None
