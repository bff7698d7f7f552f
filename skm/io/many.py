"""Many files as one survey: lists, globs, folders and archives; columns are joined by what they mean."""

from __future__ import annotations

import glob as _glob
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells
from skm.answers.account import RowAccount
from skm.answers.accounting import sheet_account
from skm.answers.cells import CellRules
from skm.answers.column_kinds import OtherColumns
from skm.answers.place import RowNumbers, RowPlaces
from skm.answers.survei import FileSource, Survei
from skm.answers.table import RawTable
from skm.answers.understand import Reading, read_levels
from skm.basics.dates import read_dates
from skm.basics.errors import DataError, OptionError, SKMError, UnreadableFileError
from skm.basics.files import is_folder, read_bytes, refuse_large
from skm.basics.limits import limit, raised
from skm.basics.messages import Phrase
from skm.basics.public_name import public_name
from skm.basics.sheets.archive import Archive
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.copies import find_copies
from skm.io.folders import data_files, refuse_lakes, without_hidden
from skm.io.layouts.aggregate import kind_of
from skm.regulasi._kuesioner import Butir

UNIT = "unit"
_TEXTS = (".csv", ".tsv", ".txt")
_TOO_LARGE = ("tabel-terlalu-besar", "lembar-terlalu-luas", "berkas-terlalu-besar", "buku-terlalu-besar")
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".parquet", ".sav", ".dta")
Rusak = Literal["tolak", "lewati"]


def expand(source: Any) -> list[Path] | None:
    """Return the files of a list, a glob or a folder in order of name; None where the source is one file.

    Lock files that Excel leaves beside an open workbook (~$) are passed over.

    Raises
    ------
    UnreadableFileError
        Nothing matches, or the name is empty: it would be read as the current folder.
    """
    if isinstance(source, (list, tuple)):
        files = [f for item in source for f in (expand(item) or [Path(str(item))])]
    elif isinstance(source, (str, Path)) and is_folder(source):
        folder = Path(str(source))
        files = data_files(folder, TABLES, deep=False) or data_files(folder, TABLES, deep=True)
    elif isinstance(source, str) and any(c in source for c in "*?[") and not Path(source).exists():
        # A pattern may be absolute, which Path.glob refuses.
        found = [Path(p) for p in sorted(_glob.glob(source, recursive=True)) if Path(p).is_file()]  # noqa: PTH207
        for folder in {path.parent for path in found}:
            refuse_lakes(folder)
        files = without_hidden(found)
    else:
        return None
    files = [f for f in files if not f.name.startswith(("~$", ".~lock", "._"))]
    if not files:
        raise UnreadableFileError("sumber-kosong", nilai=str(source))
    return files


def members(content: bytes, name: str) -> list[tuple[str, bytes]] | None:
    """Return the tables in an archive as Google Forms hands it out, or None where the bytes are no plain archive.

    Raises
    ------
    UnreadableFileError
        The archive is damaged or protected, holds no table, or unpacks to more than the limit.
    """
    archive = Archive(content, name, holds_archives=True)
    inside = {member.entry.filename for member in archive.members}
    if inside & {"[Content_Types].xml", "content.xml", "mimetype"} or any(n.startswith("xl/") for n in inside):
        return None
    tables = [m for m in archive.members if Path(m.name).suffix in TABLES and not _junk(m.entry.filename)]
    if not tables:
        raise UnreadableFileError("zip-tanpa-tabel", berkas=name, isi=sorted(inside)[:8] or ["-"])
    refuse_large(sum(m.entry.file_size for m in tables if Path(m.name).suffix in _TEXTS), "teks", name)
    ordered = sorted(tables, key=lambda member: member.entry.filename)
    return [(Path(m.entry.filename).name, archive.whole(m, limit("teks"))) for m in ordered]


def _junk(name: str) -> bool:
    return "__MACOSX" in name or Path(name).name.startswith(("~$", "._", ".~lock"))


def read_files(
    files: Sequence[tuple[str, Callable[[], bytes]]],
    read_one: Callable[[bytes, str], Any],
    *,
    unit: str | None,
    rusak: Rusak,
    progress: Callable[[Sequence[Any]], Iterator[Any]] = iter,
    together: bool = False,
    keys: Sequence[Mapping[str, str | None]] = (),
) -> Survei:
    """Read every file and join the surveys.

    Raises
    ------
    OptionError
        ``rusak`` is neither "tolak" nor "lewati".
    DataError
        Some files cannot be read and ``rusak`` is "tolak"; all are told together.
    """
    if rusak not in ("tolak", "lewati"):
        raise OptionError("opsi-tidak-dikenal", opsi="rusak", nilai=rusak, pilihan=["tolak", "lewati"])
    surveys: list[Survei] = []
    bad: list[tuple[str, SKMError]] = []
    free = limit("sel")  # for all files of an archive together, as for all sheets of a workbook
    for position, (name, content) in enumerate(progress(files)):
        try:
            with raised(sel=max(free, 1)) if together else nullcontext():
                one = read_one(content(), name)
            if not isinstance(one, Survei):
                raise DataError("berkas-campur", jenis=kind_of(one), berkas=name)
            if surveys:
                _same_questions(surveys[0], one)
            free -= one.n * len(one.tabel.names)
            surveys.append(with_unit(_with_keys(one, keys[position] if keys else {}), unit, name))
        except SKMError as problem:
            if together and problem.code in _TOO_LARGE:  # the others would be read to be refused
                raise
            bad.append((public_name(name), problem))
    if bad and (rusak == "tolak" or not surveys):
        if len(files) == 1 or (len(bad) == 1 and bad[0][1].code == "berkas-kolom-berbeda"):
            raise bad[0][1]
        places = "; ".join(f"{name} ({problem.code})" for name, problem in bad[:10])
        raise DataError("berkas-banyak-rusak", rusak=len(bad), banyak=len(files), tempat=places)
    survei = surveys[0] if len(surveys) == 1 else join(surveys)
    if bad:
        names = [f"{name} ({problem.code})" for name, problem in bad]
        note = Finding("berkas-ditinggalkan", "peringatan", "io", {"banyak": len(bad), "berkas": names})
        left = Phrase("survei", "berkas-tidak-terbaca", {"banyak": len(bad), "berkas": names})
        survei = replace(survei, pengecualian=(*survei.pengecualian, left)).noted(note)
    return survei


def _with_keys(survei: Survei, keys: Mapping[str, str | None]) -> Survei:
    """Return the survey with what the folders of its file say, as columns; those it has itself stay."""
    tabel, profil = survei.tabel, dict(survei.bacaan.profil)
    for key, value in keys.items():
        if key in tabel.names:
            continue
        tabel = tabel.with_column(key, np.full(survei.n, value, dtype=object))
        profil.setdefault(key, key)
    return replace(survei, bacaan=replace(survei.bacaan, tabel=tabel, profil=profil)) if keys else survei


def with_unit(survei: Survei, unit: str | None, name: str) -> Survei:
    """Return the survey with a characteristic "unit" from the file's name, the sheet's name or a column.

    Raises
    ------
    OptionError
        There is no such column.
    """
    if unit is None:
        return survei
    bacaan = survei.bacaan
    if unit in ("nama-berkas", "lembar"):
        value = Path(name).stem if unit == "nama-berkas" else survei.sumber.lembar
        values = np.empty(survei.n, dtype=object)
        values[:] = [value or None] * survei.n
        column = _free_name(UNIT, bacaan.tabel.names)
        tabel = bacaan.tabel.with_column(column, values)
        return replace(survei, bacaan=replace(bacaan, tabel=tabel, profil=bacaan.profil | {UNIT: column}))
    column = next((c for c in bacaan.tabel.names if c == unit or normalise(c) == normalise(unit)), "")
    if not column:
        raise OptionError("unit-tidak-ada", nilai=unit, berkas=name)
    if column in bacaan.khusus.pribadi:
        raise OptionError("kolom-pribadi", opsi="unit", kolom=column)
    return replace(survei, bacaan=replace(bacaan, profil=bacaan.profil | {UNIT: column}))


def _same_questions(first: Survei, other: Survei) -> None:
    """Refuse files that ask other questions: what is missing there would look like blanks."""
    asked, here = ({b.id for b in s.bacaan.kuesioner.butir} for s in (first, other))
    if asked != here:
        differ = sorted(asked ^ here)[:8]
        where = {"berkas": other.sumber.berkas, "lembar": other.sumber.lembar or None}
        raise DataError("berkas-kolom-berbeda", pertama=str(first.sumber), kolom_beda=differ, **where)


def join(surveys: Sequence[Survei]) -> Survei:
    """Put surveys one below the other. Answers are joined by butir, characteristics by id, the rest by name.

    Raises
    ------
    DataError
        They do not ask the same questions, or one holds the respondents of others once more.
    """
    first = surveys[0].bacaan
    for other in surveys[1:]:
        _same_questions(surveys[0], other)
    butir: dict[str, Butir] = {b.id: b for s in surveys for b in s.bacaan.kuesioner.butir}
    order = {b: i for i, b in enumerate(butir)}
    asked = sorted(butir.values(), key=lambda b: order[b.id])
    kuesioner = first.kuesioner_dasar.with_butir(asked)
    columns: dict[str, NDArray[Any]] = {b.id: _stack([_answers(s.bacaan, b.id) for s in surveys]) for b in asked}
    profile = dict.fromkeys(key for s in surveys for key in s.bacaan.profil)
    names = {key: _free_name(key, tuple(columns)) for key in profile}
    for key, name in names.items():
        columns[name] = _stack([_column(s.bacaan, s.bacaan.profil.get(key)) for s in surveys])
    compared = {key: values for key, values in columns.items() if key != names.get(UNIT)}
    copies = find_copies(surveys, compared)
    special = _special(surveys, columns)
    tempat = RowPlaces.joined([_tempat(s) for s in surveys])
    notes = (*_notes(surveys, names), *copies)
    kemudian = tuple(row for s in surveys for row in s.bacaan.kemudian)
    if (people := _people(surveys, columns.get(names.get(UNIT, "")))) is not None:
        own = one_row_each(columns, [b.id for b in asked], people)
        if spread := len(people) - len(own):
            columns = {name: values[own] for name, values in columns.items()}
            tempat = tempat.take(own)
            kemudian = (*kemudian, RowAccount("bagian-responden", spread))
            notes = (*notes, Finding("responden-disatukan", "catatan", "io", {"banyak": spread}))
    n = len(tempat.nomor)
    tabel = RawTable(tuple(columns), n, columns.__getitem__, lambda _: None, RowNumbers(tempat), tempat=tempat)
    rules: dict[str, dict[str, int]] = {}
    for s in surveys:
        for key, table in s.bacaan.aturan.teks.items():
            rules.setdefault(key, {}).update(table)
    blanks = tuple(dict.fromkeys(v for s in surveys for v in s.bacaan.aturan.kosong))
    aturan = CellRules(first.aturan.levels, rules, blanks, spasi_kosong=True)
    u8 = {s.bacaan.u8 for s in surveys}
    bacaan = Reading(
        tabel,
        kuesioner,
        first.kuesioner_dasar,
        {b.id: b.id for b in asked},
        names,
        aturan,
        u8.pop() if len(u8) == 1 else "bernama",
        notes,
        RowNumbers(tempat),
        {},
        special,
        tuple(h for s in surveys for h in s.bacaan.halangan),
        lembar=tuple(sheet for s in surveys for sheet in (s.bacaan.lembar or (sheet_account(s.bacaan),))),
        lembar_lain=tuple(sheet for s in surveys for sheet in s.bacaan.lembar_lain),
        tingkat={key: known for s in surveys for key, known in s.bacaan.tingkat.items()},
        kemudian=kemudian,
    )
    layouts = ", ".join(dict.fromkeys(s.sumber.tata_letak for s in surveys))
    files = dict.fromkeys(s.sumber.berkas for s in surveys)
    title = next(iter(files)) if len(files) == 1 else f"{len(files)} berkas"
    left = tuple(phrase for s in surveys for phrase in s.pengecualian)
    return Survei(bacaan, FileSource(title, "", layouts), pengecualian=left)


def _people(surveys: Sequence[Survei], unit: NDArray[Any] | None) -> list[Any] | None:
    """Return who each row is, where all surveys come from rows per answer; numbers may start anew in every unit."""
    who = [s.tabel.responden for s in surveys]
    if any(one is None for one in who):
        return None
    ids = [_plain(value) for one in who if one is not None for value in one.tolist()]
    return ids if unit is None else list(zip(unit.tolist(), ids, strict=True))


def _plain(value: Any) -> Any:
    """Return a respondent's number as text files and databases both give it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def one_row_each(columns: dict[str, NDArray[Any]], answers: Sequence[str], people: Sequence[Any]) -> NDArray[np.intp]:
    """Put together the rows of one respondent, in place; return the position of everyone's first row.

    Raises
    ------
    DataError
        Two rows of one respondent answer a question differently: they are two persons, or one is a mistake.
    """
    place: dict[Any, int] = {}
    differ: set[Any] = set()
    for row, who in enumerate(people):
        first = place.setdefault(who, row)
        if first == row:
            continue
        for name, values in columns.items():
            if values[first] is None:
                values[first] = values[row]
            elif name in answers and values[row] is not None and values[row] != values[first]:
                differ.add(who)
    if differ:
        raise DataError("responden-di-beberapa-berkas", banyak=len(differ))
    return np.fromiter(place.values(), np.intp, len(place))


def _answers(bacaan: Reading, butir: str) -> NDArray[Any]:
    """Return the levels of a question as they are read in its own file; cells that are wrong stay as they stand."""
    if butir not in bacaan.kolom:
        return np.full(bacaan.tabel.n, None, dtype=object)
    values = bacaan.tabel.column(bacaan.kolom[butir])
    asked = next(b for b in bacaan.kuesioner.butir if b.id == butir)
    read = cells.decode(values, asked, bacaan.aturan)
    out = np.empty(len(values), dtype=object)
    out[:] = [level or None for level in read.level.tolist()]
    for wrong in read.salah:
        out[wrong.posisi] = wrong.nilai
    return out


def _column(bacaan: Reading, name: str | None) -> NDArray[Any]:
    return (
        np.full(bacaan.tabel.n, None, dtype=object)
        if name is None
        else np.asarray(bacaan.tabel.column(name), dtype=object)
    )


def _stack(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate([np.asarray(p, dtype=object) for p in parts])


def _special(surveys: Sequence[Survei], columns: dict[str, NDArray[Any]]) -> OtherColumns:
    """Join dates and suggestions under common names; personal columns are not taken along."""
    found: dict[str, str | None] = {}
    for key in ("tanggal", "saran"):
        names = [getattr(s.bacaan.khusus, key) for s in surveys]
        found[key] = None
        if any(names):
            found[key] = _free_name(key, tuple(columns))
            parts = [_column(s.bacaan, n) for s, n in zip(surveys, names, strict=True)]
            columns[str(found[key])] = _stack([_settled(p) for p in parts] if key == "tanggal" else parts)
    used = [
        {*s.bacaan.kolom.values(), *s.bacaan.profil.values(), *s.bacaan.khusus.pribadi, *s.bacaan.khusus.kuis}
        for s in surveys
    ]
    taken = [{s.bacaan.khusus.tanggal, s.bacaan.khusus.saran} for s in surveys]
    rest: dict[str, None] = {}
    for s, a, b in zip(surveys, used, taken, strict=True):
        rest.update(dict.fromkeys(c for c in s.bacaan.tabel.names if c not in a and c not in b))
    for name in rest:
        own = _free_name(name, tuple(columns))
        columns[own] = _stack(
            [
                _column(s.bacaan, name if name in s.bacaan.tabel.names and name not in a and name not in b else None)
                for s, a, b in zip(surveys, used, taken, strict=True)
            ]
        )
    return OtherColumns(found["tanggal"], found["saran"])


def _settled(values: NDArray[Any]) -> NDArray[Any]:
    """Return dates as dates where the file itself decides the order of day and month, else the cells as they stand."""
    items = values.tolist()
    read = read_dates(items)
    if read.mendua:
        return values
    out = np.empty(len(items), dtype=object)
    for i, (first, last, second) in enumerate(
        zip(read.mulai.tolist(), read.akhir.tolist(), read.detik.tolist(), strict=True)
    ):
        if not first:
            out[i] = items[i]
        elif first != last:
            out[i] = date.fromordinal(first).strftime("%Y-%m")
        else:
            out[i] = datetime.fromordinal(first) + timedelta(seconds=max(second, 0))
    return out


def _tempat(survei: Survei) -> RowPlaces:
    tempat = survei.bacaan.tabel.tempat
    if tempat is None:
        raise DataError("berkas-campur", jenis="tabel tanpa berkas")
    return tempat


def _notes(surveys: Sequence[Survei], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return each note once, those that many files share first; and characteristics spelled differently by file."""
    notes: dict[tuple[str, str], Finding] = {}
    for s in surveys:
        for note in s.bacaan.catatan:
            notes.setdefault((note.kode, note.text()), note)
    for key in names:
        labels: dict[str, set[str]] = {}
        for s in surveys:
            column = s.bacaan.profil.get(key)
            if key == UNIT or column is None:
                continue
            for value in set(s.bacaan.tabel.column(column).tolist()):
                if isinstance(value, str):
                    labels.setdefault(normalise(value), set()).add(value.strip())
        different = [" = ".join(sorted(v)) for v in labels.values() if len(v) > 1]
        if different:
            found = Finding("label-beda-berkas", "catatan", "io", {"ciri": key, "label": different[:10]})
            notes[key, "label"] = found
    return tuple(notes.values())


def _free_name(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name = f"{name} (2)" if not name.endswith(")") else f"{name}'"
    return name


def opener(path: Path) -> Callable[[], bytes]:
    """Return a function that reads a file when asked."""
    return lambda: read_bytes(path, data=True)


__all__ = ["UNIT", "expand", "join", "members", "opener", "read_files", "read_levels", "with_unit"]
