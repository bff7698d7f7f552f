"""Files -> `Survei`: the reader that looks at a file's content, not at its name, to see what it is."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any

from skm.answers.account import SheetAccount
from skm.answers.row_counts import settle_row_counts
from skm.answers.survei import Survei
from skm.answers.understand import read_levels
from skm.answers.withdrawn_rows import settle_withdrawn
from skm.basics import parquet
from skm.basics.errors import DataError, EmptyDataError, MissingColumnError, OptionError, SKMError
from skm.basics.files import read_bytes
from skm.basics.progress import announced, progress
from skm.basics.sheets.grid import Sheet
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.io.decisions import recalled, sheet_prints, table_print
from skm.io.folders import folder_keys
from skm.io.json_rows import named, read_json, refuse_dumps
from skm.io.large import read_large, read_stored
from skm.io.layouts.aggregate import PrintedTable, kind_of
from skm.io.layouts.column_map import ColumnMap, is_map, read_labels, read_map, toml_of
from skm.io.layouts.detect import LAYOUTS, SheetReading, is_answer_sheet, read_sheet
from skm.io.layouts.legends import refuse_whole
from skm.io.long_parts import PIECES, read_pieces
from skm.io.many import expand, join, members, opener, read_files, with_unit
from skm.io.options import ReadOptions, SheetOptions
from skm.io.population import with_population
from skm.io.repairs_file import read_repairs, write_repairs
from skm.io.stores import is_store, stored
from skm.io.tables import read_table
from skm.io.typed_files import read_typed
from skm.regulasi._choose import questionnaire
from skm.regulasi._kuesioner import FROM_ZERO, HUNDRED, Kuesioner

if TYPE_CHECKING:
    from skm.io.layouts.draft import DraftMap

__all__ = [
    "LAYOUTS",
    "ColumnMap",
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
_EXPLAINED = 200  # rows of a sheet that explains codes, at most
_BLANK = frozenset({"jawaban", "answers"})  # the sheet of our own blank workbook


def read(
    source: Any, options: ReadOptions | None = None, *, maju: Callable[[int, int, str], None] | None = None
) -> Survei | Hitungan | PrintedTable:
    """Read anything into a `Survei`, or processed figures into a `PrintedTable` or `Hitungan`. See `skm.read`."""
    cara = options or ReadOptions()
    if isinstance(source, Hitungan):
        if cara.given():
            raise OptionError("hitungan-sudah-jadi")
        return source
    if isinstance(source, PrintedTable):
        raise DataError("bukan-survei", tata_letak=source.sumber.tata_letak, berkas=source.sumber.berkas)
    if isinstance(source, Survei):
        return _finished(_again(source, cara), cara)
    told: Finding | None = None
    if cara.keputusan is not None:
        source, cara, told = _recalled(source, cara)
    result = _read_anything(source, cara, maju)
    if not isinstance(result, Survei):
        return result
    if told is not None:
        result = result.noted(told)
    if cara.skala is not None:
        result = result.noted(_scale_note(cara.skala, result.bacaan.aturan.levels))
    return _finished(result, cara)


def _read_anything(
    source: Any, cara: ReadOptions, maju: Callable[[int, int, str], None] | None
) -> Survei | Hitungan | PrintedTable:
    if _is_path(source):
        if cara.columns is not None:
            raise OptionError("columns-hanya-larik")
        return _read_files(source, cara, maju)
    base, sheets = cara.ready()
    result = read_table(source, base, sheets, cara.columns)
    return with_unit(_looked_over(result, cara), cara.unit, "") if isinstance(result, Survei) else result


def _looked_over(read: Survei, cara: ReadOptions) -> Survei:
    """Return a survey with what its own columns say about its rows settled, or stopped until it is."""
    return settle_row_counts(settle_withdrawn(read, cara.terima))


def _finished(result: Survei, cara: ReadOptions) -> Survei:
    """Return the survey with what concerns it as a whole: the order of its dates, repairs, the population."""
    if cara.urutan is not None:
        result = replace(result, bacaan=replace(result.bacaan, urutan=cara.urutan))
    if cara.perbaikan is not None:
        result = result.apply(*read_repairs(cara.perbaikan))
    return with_population(result, cara.populasi) if cara.populasi is not None else result


def header_prints(source: Any, options: ReadOptions) -> dict[str, str]:
    """Return the fingerprints of a file's headers by sheet; of the first file where there are several."""
    files = expand(source)
    content, name = _content(source if files is None else files[0])
    inside = members(content, name) if content.startswith(b"PK") else None
    if inside:
        name, content = inside[0]
    base, _ = replace(options, label=None, kuesioner=None, skala=None, terima=()).ready()
    if (rows := read_json(content, name, base)) is not None:
        return {"": table_print(rows, None)[1]}
    try:
        return sheet_prints(open_sheets(content, name), base)
    except SKMError:
        return {}  # no sheet that could have been asked about; reading says what it is


def _recalled(source: Any, cara: ReadOptions) -> tuple[Any, ReadOptions, Finding | None]:
    if not Path(str(cara.keputusan)).is_file() or (isinstance(source, str) and source == "-"):
        return source, cara, None
    if not _is_path(source):
        table, own = table_print(source, cara.columns)
        options, told = recalled(cara, [own])
        return table, replace(options, columns=None), told
    if not isinstance(source, (str, os.PathLike, bytes, bytearray, list, tuple)):
        content, name = _content(source)
        source = io.BytesIO(content)
        source.name = name
        prints = header_prints(content, cara)
    else:
        prints = header_prints(source, cara)
    return source, *recalled(cara, prints.values())


_COUNTED = {"regulasi", "keputusan"}  # what still means something for counts that are read
_AGAIN = {"kuesioner", "regulasi", "u8", "nilai_kosong", "perbaikan", "populasi", "urutan"}


def _again(survei: Survei, cara: ReadOptions) -> Survei:
    """Return a survey that was read under other options, as far as they do not concern the file.

    Raises
    ------
    OptionError
        An option says how a file is read, and that is over.
    """
    late = [name for name in cara.given() if name not in _AGAIN]
    if late:
        code = "columns-hanya-larik" if late == ["columns"] else "survei-sudah-dibaca"
        raise OptionError(code, opsi=late)
    if not {"kuesioner", "regulasi", "u8", "nilai_kosong"} & set(cara.given()):
        return survei
    base, peta = questionnaire(cara.kuesioner, cara.regulasi)
    if cara.kuesioner is None and cara.regulasi is None:
        base = survei.bacaan.kuesioner_dasar
    return survei.reinterpret(base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong)


def _is_path(source: Any) -> bool:
    """Tell whether a source is a file, its bytes, a stream, or a list of files; anything else holds rows itself."""
    if isinstance(source, (str, bytes, bytearray, os.PathLike, io.IOBase)):
        return True
    if isinstance(source, (list, tuple)):
        return bool(source) and all(isinstance(item, (str, os.PathLike)) for item in source)
    return callable(getattr(source, "read", None)) and not hasattr(source, "columns")


def _read_files(
    source: Any, cara: ReadOptions, maju: Callable[[int, int, str], None] | None
) -> Survei | Hitungan | PrintedTable:
    held = stored(source) if is_store(source) else None
    large = read_large(source, cara) if held is None else read_stored(held, cara)
    if large is not None:
        return large
    base, sheets = cara.ready()
    unit = cara.unit

    def one(content: bytes, name: str) -> Any:
        if parquet.has_note(content):
            return _stored_counts(content, name, cara)
        read = _read_one(content, name, base, sheets, unit)
        return _looked_over(read, cara) if isinstance(read, Survei) else read

    files: Sequence[PurePath] | None = expand(source) if held is None else None if held.single else held.files
    if files is not None:
        parts = [(f.name, opener(Path(f)) if held is None else held.opener(PurePosixPath(f))) for f in files]
        keys = [folder_keys(f) for f in files]
        return _joined(parts, one, base, cara, maju, unit=None if unit == _ALL_SHEETS else unit, keys=keys)
    content, name = _content(source) if held is None else (held.opener(held.files[0])(), held.files[0].name)
    inside = members(content, name) if content.startswith(b"PK") else None
    if inside is not None and len(inside) > 1:
        parts = [(n, _given(c)) for n, c in inside]
        return _joined(parts, one, base, cara, maju, unit=unit, together=True)
    if inside:
        name, content = inside[0][0], inside[0][1]
    with announced(name, len(content)):
        result: Survei | Hitungan | PrintedTable = one(content, name)
    if isinstance(result, Survei) and unit != _ALL_SHEETS:
        result = with_unit(result, unit, name)
    return result


def _joined(
    parts: Sequence[tuple[str, Callable[[], bytes]]],
    one: Callable[[bytes, str], Any],
    base: Kuesioner,
    cara: ReadOptions,
    maju: Callable[[int, int, str], None] | None,
    **how: Any,
) -> Survei:
    """Return many files as one survey: each as it is, or all as the pieces of one table."""
    try:
        return read_files(parts, one, rusak=cara.rusak, progress=progress(maju), **how)
    except SKMError as problem:
        # Where each file is a unit, its respondents are its own.
        pieces = problem.code in PIECES and cara.unit is None
        if (whole := read_pieces(parts, base, cara.ready()[1]) if pieces else None) is None:
            raise
        return whole


def _stored_counts(content: bytes, name: str, cara: ReadOptions) -> Hitungan:
    """Return counts that `skm.tally` or ``skm hitung --simpan`` has written; tell the options they came with."""
    if late := set(cara.given()) - _COUNTED:
        raise OptionError("hitungan-sudah-jadi", opsi=sorted(late))
    counts = Hitungan.parse(content, name, regulasi=cara.regulasi)
    own = {key: str(value) for key, value in parquet.parse(content, name)[1].get("opsi", {}).items()}
    if not own:
        return counts
    shown = ", ".join(f"{key}={value}" for key, value in own.items())
    return replace(counts, catatan=(*counts.catatan, Finding("hitungan-opsi", "catatan", "io", {"opsi": shown})))


def draft_map(source: Any, base: Kuesioner, *, sheet: str | None = None, lama: ColumnMap | None = None) -> DraftMap:
    """Return a map of a file's columns to be completed. See `skm.draft_map`."""
    content, name = _content(source)
    inside = members(content, name) if content.startswith(b"PK") else None
    if inside:
        name, content = inside[0]
    sheets = open_sheets(content, name)
    from skm.io.layouts.draft import draft  # only `petakan` drafts; a start of `hitung` is 5 ms shorter without

    return draft(sheets if sheet is None else [_named(sheets, sheet, name)], name, base, SheetOptions(), lama)


def _named(sheets: list[Sheet], sheet: str, name: str) -> Sheet:
    chosen = [s for s in sheets if s.nama == sheet]
    if not chosen:
        raise OptionError(
            "opsi-tidak-dikenal", opsi="sheet", nilai=sheet, pilihan=[s.nama for s in sheets], berkas=name
        )
    return chosen[0]


def _read_one(content: bytes, name: str, base: Kuesioner, cara: SheetOptions, unit: str | None) -> Any:
    refuse_dumps(content, name)
    typed = read_typed(content, name, base, cara)
    if typed is not None:
        return typed
    if (rows := read_json(content, name, base)) is not None:
        return named(read_table(rows, base, cara), name)
    sheets = open_sheets(content, name)
    if cara.sheet is not None:
        chosen_sheet = read_sheet(_named(sheets, cara.sheet, name), name, base, cara).nilai
        if isinstance(chosen_sheet, Survei):
            _refuse_legends_on([s for s in sheets if s.nama != cara.sheet], name, base, cara)
        return chosen_sheet
    read: list[SheetReading] = []
    problems: list[SKMError] = []
    for sheet in sheets:
        try:
            read.append(read_sheet(sheet, name, base, cara))
        except (MissingColumnError, EmptyDataError, OptionError) as problem:
            problems.append(problem)
    surveys = [r for r in read if isinstance(r.nilai, Survei)]
    if surveys:
        told = {_sheet_of(r) for r in surveys}
        _refuse_legends_on([s for s in sheets if s.nama not in told], name, base, cara)
    if unit == _ALL_SHEETS and surveys:
        own = [settle_withdrawn(s, cara.terima) for r in surveys if isinstance(s := r.nilai, Survei)]
        joined = [with_unit(s, _ALL_SHEETS, name) for s in own]
        return joined[0] if len(joined) == 1 else join(joined)
    if surveys:
        chosen = _best(surveys, name)
        return _with_other_sheets(chosen, name, [s.nama for s in sheets], {_sheet_of(r) for r in surveys})
    if read:
        return read[0].nilai
    # What is nearly understood tells more than a sheet of notes.
    raise max(problems, key=_telling)


def _refuse_legends_on(sheets: Sequence[Sheet], name: str, base: Kuesioner, cara: SheetOptions) -> None:
    """Refuse answers whose codes another, short sheet of the workbook explains otherwise; see `layouts.legends`."""
    for sheet in () if cara.labels(base) else sheets:
        if len(sheet.baris) <= _EXPLAINED:
            refuse_whole(sheet.baris, len(base.nilai), {"berkas": name, "lembar": sheet.nama})


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


def _sheet_of(read: SheetReading) -> str:
    return read.nilai.sumber.lembar if isinstance(read.nilai, Survei) else ""


def _with_other_sheets(survei: Survei, berkas: str, names: list[str], answers: set[str]) -> Survei:
    """Return the survey with the sheets of its file that were not read, for the account."""
    own = survei.sumber.lembar
    others = tuple(
        SheetAccount(berkas, name, "jawaban-lain" if name in answers else "bukan-responden")
        for name in names
        if name != own
    )
    return replace(survei, bacaan=replace(survei.bacaan, lembar_lain=others))


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
    if skala == HUNDRED:
        return Finding("skala-seratus", "catatan", "io", {"skala": skala})
    if skala == FROM_ZERO:
        return Finding("skala-dari-nol", "catatan", "io", {"skala": skala})
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
