"""Files -> `Survei`: the reader that looks at a file's content, not at its name, to see what it is."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from skm.answers.survei import Survei
from skm.answers.understand import read_levels
from skm.basics.errors import DataError, EmptyDataError, MissingColumnError, OptionError, SKMError
from skm.basics.files import read_bytes
from skm.basics.sheets.grid import Sheet
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.large import read_large
from skm.io.layouts.aggregate import PrintedTable, kind_of
from skm.io.layouts.column_map import ColumnMap, is_map, read_labels, read_map, toml_of
from skm.io.layouts.detect import LAYOUTS, SheetReading, is_answer_sheet, read_sheet
from skm.io.layouts.draft import DraftMap, draft
from skm.io.many import expand, join, members, opener, read_files, with_unit
from skm.io.options import SheetOptions
from skm.io.population import with_population
from skm.io.progress import announced, progress
from skm.io.repairs_file import read_repairs, write_repairs
from skm.io.typed_files import read_typed
from skm.regulasi._kuesioner import Kuesioner, convert

__all__ = [
    "LAYOUTS",
    "ColumnMap",
    "DraftMap",
    "PrintedTable",
    "SheetOptions",
    "draft_map",
    "is_map",
    "read",
    "read_labels",
    "read_map",
    "read_repairs",
    "toml_of",
    "write_repairs",
]

_ALL_SHEETS = "lembar"
_BLANK = frozenset({"jawaban", "answers"})  # the sheet of our own blank workbook


def read(
    source: Any,
    kuesioner: Kuesioner,
    *,
    sheet: str | None = None,
    layout: str | None = None,
    peta: Any = None,
    label: Any = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    skala: str | None = None,
    unit: str | None = None,
    rusak: Any = "tolak",
    populasi: Any = None,
    perbaikan: Any = None,
    maju: Callable[[int, int, str], None] | None = None,
) -> Any:
    """Read files into a `Survei`, or processed figures into a `PrintedTable` or `Hitungan`. See `skm.read`."""
    plain = (sheet, layout, label, skala, unit, populasi, perbaikan) == (None,) * 7
    if plain and (large := read_large(source, kuesioner, peta=peta, u8=u8, nilai_kosong=nilai_kosong)) is not None:
        return large
    base = convert(kuesioner, skala) if skala is not None else kuesioner
    ready = peta if isinstance(peta, ColumnMap) or peta is None else read_map(peta, len(base.nilai))
    if label is not None:
        ready = (ready or ColumnMap()).with_labels(label, len(base.nilai))
    cara = SheetOptions(sheet, layout, ready, u8, tuple(nilai_kosong))

    def one(content: bytes, name: str) -> Any:
        return _read_one(content, name, base, cara, unit)

    files = expand(source)
    if files is not None:
        parts = [(str(f.name), opener(f)) for f in files]
        result: Any = read_files(
            parts, one, unit=None if unit == _ALL_SHEETS else unit, rusak=rusak, progress=progress(maju)
        )
    else:
        content, name = _content(source)
        inside = members(content, name) if content.startswith(b"PK") else None
        if inside is not None and len(inside) > 1:
            parts = [(n, _given(c)) for n, c in inside]
            result = read_files(parts, one, unit=unit, rusak=rusak, progress=progress(maju))
        else:
            if inside:
                name, content = inside[0][0], inside[0][1]
            with announced(name, len(content)):
                result = one(content, name)
            if isinstance(result, Survei) and unit != _ALL_SHEETS:
                result = with_unit(result, unit, name)
    if not isinstance(result, Survei):
        return result
    if skala is not None:
        result = result.noted(_scale_note(skala, len(base.nilai)))
    if perbaikan is not None:
        result = result.apply(*read_repairs(perbaikan))
    return with_population(result, populasi) if populasi is not None else result


def draft_map(source: Any, base: Kuesioner, *, sheet: str | None = None) -> DraftMap:
    """Return a map of a file's columns to be completed. See `skm.draft_map`."""
    content, name = _content(source)
    inside = members(content, name) if content.startswith(b"PK") else None
    if inside:
        name, content = inside[0]
    sheets = open_sheets(content, name)
    return draft(sheets if sheet is None else [_named(sheets, sheet, name)], name, base, SheetOptions())


def _named(sheets: list[Sheet], sheet: str, name: str) -> Sheet:
    chosen = [s for s in sheets if s.nama == sheet]
    if not chosen:
        raise OptionError(
            "opsi-tidak-dikenal", opsi="sheet", nilai=sheet, pilihan=[s.nama for s in sheets], berkas=name
        )
    return chosen[0]


def _read_one(content: bytes, name: str, base: Kuesioner, cara: SheetOptions, unit: str | None) -> Any:
    typed = read_typed(content, name, base, cara)
    if typed is not None:
        return typed
    sheets = open_sheets(content, name)
    if cara.sheet is not None:
        return read_sheet(_named(sheets, cara.sheet, name), name, base, cara).nilai
    read: list[SheetReading] = []
    problems: list[SKMError] = []
    for sheet in sheets:
        try:
            read.append(read_sheet(sheet, name, base, cara))
        except (MissingColumnError, EmptyDataError, OptionError) as problem:
            problems.append(problem)
    surveys = [r for r in read if isinstance(r.nilai, Survei)]
    if unit == _ALL_SHEETS and surveys:
        joined = [with_unit(s, _ALL_SHEETS, name) for r in surveys if isinstance(s := r.nilai, Survei)]
        return joined[0] if len(joined) == 1 else join(joined)
    if surveys:
        return _best(surveys, name)
    if read:
        return read[0].nilai
    # What is nearly understood tells more than a sheet of notes.
    raise max(problems, key=_telling)


def _best(surveys: list[SheetReading], name: str) -> Survei:
    """Return the sheet with respondents: the form's own, or the only one with most unsur.

    Raises
    ------
    DataError
        Several sheets hold answers alike.
    """

    def survei(r: SheetReading) -> Survei:
        if not isinstance(r.nilai, Survei):  # pragma: no cover - filtered by the caller
            raise DataError("berkas-campur", jenis=kind_of(r.nilai))
        return r.nilai

    if len(surveys) == 1:
        return survei(surveys[0])
    forms = [r for r in surveys if is_answer_sheet(survei(r).sumber.lembar)]
    most = max(r.unsur for r in surveys)
    best = forms if len(forms) == 1 else [r for r in surveys if r.unsur == most]
    names = [survei(r).sumber.lembar for r in surveys]
    if len(best) > 1 and len({_answers(survei(r)) for r in best}) > 1:
        raise DataError("lembar-mendua", pilihan=names, contoh=names[0], berkas=name)
    # The same answers twice, as our own workbook has them: the sheet that says more about the respondents.
    chosen = max((survei(r) for r in best), key=lambda s: len(s.bacaan.profil))
    others = [n for n in names if n != chosen.sumber.lembar]
    return chosen.noted(Finding("lembar-lain", "catatan", "io", {"lembar": chosen.sumber.lembar, "lain": others}))


def _answers(survei: Survei) -> tuple[Any, ...]:
    """Return what makes two sheets hold the same answers: questions and levels, row by row."""
    levels, wrong, _ = read_levels(survei.bacaan)
    asked = tuple(b.id for b in survei.bacaan.kuesioner.butir)
    return asked, tuple(level.tobytes() for level in levels), tuple((w.butir, w.posisi) for w in wrong)


def _telling(problem: SKMError) -> int:
    order = ("kolom-tidak-ada", "data-kosong", "rekap-kosong", "tata-letak-tidak-cocok")
    sheet = str(problem.context.get("lembar") or "")
    if problem.code == "data-kosong" and (is_answer_sheet(sheet) or normalise(sheet) in _BLANK):
        return 2  # a sheet made for answers, and nobody has typed any
    return -1 - order.index(problem.code) if problem.code in order else 1


def _scale_note(skala: str, levels: int) -> Any:
    return Finding("skala-diubah", "peringatan", "io", {"skala": skala, "banyak": levels})


def _given(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _content(source: Any) -> tuple[bytes, str]:
    if isinstance(source, (bytes, bytearray)):
        return bytes(source), "masukan"
    if isinstance(source, io.IOBase) or hasattr(source, "read"):
        data = source.read()
        name = getattr(source, "name", "")
        return (data if isinstance(data, bytes) else data.encode()), Path(str(name)).name or "masukan"
    if str(source) == "-":
        return sys.stdin.buffer.read(), "masukan"
    path = Path(str(source))
    return read_bytes(path, data=True), path.name
