"""Typed files: Parquet, SPSS (.sav) and Stata (.dta), column by column, with value labels and user-missing values."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from skm.answers.label_sets import contradicts, is_end_label
from skm.answers.place import RowPlaces, SheetPlace
from skm.answers.survei import FileSource, Survei
from skm.answers.table import RawTable
from skm.answers.understand import Reading, understand
from skm.basics.child import read_in_child
from skm.basics.errors import (
    EmptyDataError,
    InvalidAnswerError,
    MissingColumnError,
    UnreadableFileError,
)
from skm.basics.limits import limit
from skm.basics.packages import installed, need
from skm.basics.sheets.grid import clean, whole_number
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

_CHILD = Path(__file__).with_name("stat_child.py")


@dataclass(frozen=True, slots=True)
class _TypedColumns:
    """Columns of a typed file, with what the file says about them."""

    isi: dict[str, Any]
    nilai: Mapping[str, Mapping[Any, str]]
    judul: Mapping[str, str]
    catatan: tuple[Finding, ...] = ()


def read_typed(content: bytes, name: str, base: Kuesioner, cara: SheetOptions) -> Survei | None:
    """Return the survey in a typed file, or None where the bytes are no such file.

    Value labels name the levels of characteristics; for answers they must agree with the codes.

    Raises
    ------
    MissingDependencyError
        pyarrow or pyreadstat is not installed.
    UnreadableFileError
        The file is damaged.
    """
    if content.startswith(b"PAR1"):
        found, kind = _parquet(content, name), "parquet"
    elif content.startswith((b"$FL2", b"$FL3")):
        found, kind = _stat(content, name, ".sav"), "spss"
    elif content.startswith(b"<stata_dta>") or (name.lower().endswith(".dta") and content[:1] in (b"q", b"r", b"s")):
        found, kind = _stat(content, name, ".dta"), "stata"
    else:
        return None
    if not found.isi or not len(next(iter(found.isi.values()))):
        raise EmptyDataError("data-kosong", berkas=name)
    try:
        bacaan = _understood(found, found.isi, name, base, cara)
    except MissingColumnError as problem:
        # SPSS names are short; the questions stand in the variable labels.
        titled = {found.judul.get(c) or c: values for c, values in found.isi.items()}
        if len(titled) < len(found.isi) or titled.keys() == found.isi.keys():
            raise problem.at(berkas=name) from None
        renamed = _TypedColumns(titled, {found.judul.get(c) or c: v for c, v in found.nilai.items()}, {}, found.catatan)
        found, bacaan = renamed, _understood(renamed, titled, name, base, cara)
    return Survei(_with_labels(bacaan, found, own=bool(cara.labels(base))), FileSource(name, "", kind))


def _understood(
    found: _TypedColumns, columns: dict[str, Any], name: str, base: Kuesioner, cara: SheetOptions
) -> Reading:
    rows = len(next(iter(columns.values())))
    tempat = RowPlaces.single(SheetPlace(name), range(1, rows + 1))
    tabel = RawTable(tuple(columns), rows, columns.__getitem__, lambda _: None, None, found.catatan, tempat=tempat)
    peta = dict(cara.peta.kolom) if cara.peta is not None and cara.peta.kolom else None
    return understand(
        tabel,
        base,
        peta=peta,
        u8=cara.u8,
        nilai_kosong=cara.nilai_kosong,
        terima=cara.terima,
        label=cara.labels(base),
        tempat={"berkas": name},
    )


def _with_labels(bacaan: Reading, found: _TypedColumns, *, own: bool) -> Reading:
    """Name the levels of characteristics by their value labels; stop where labels of answers contradict the codes.

    ``own``: the office has said what its answers mean, so that a longer list of labels says nothing more.
    """
    tabel, problems = bacaan.tabel, list(bacaan.halangan)
    answers = {column: butir for butir, column in bacaan.kolom.items()}
    for column, labels in found.nilai.items():
        if column in answers:
            rules = bacaan.aturan.teks.get(answers[column], {})
            levels = len(bacaan.kuesioner.nilai)
            # A label set such as "1-terbaik" says what the codes mean.
            meant = {code: rules.get(str(code), code) for code in labels if isinstance(code, int)}
            known = {code: rules[key] for code, text in labels.items() if (key := normalise(text)) in rules}
            wrong = [code for code, level in known.items() if meant.get(code, code) != level]
            wrong = wrong or [
                c for c, level in meant.items() if 1 <= level <= levels and contradicts(labels[c], level, levels)
            ]
            longer = max((c for c in meant if levels < c < 8 and is_end_label(labels[c])), default=0)
            if set(range(1, longer)) <= set(meant) and longer and not own:
                problems.append(InvalidAnswerError("judul-skala-lain", banyak=longer, kolom=column, **bacaan.tempat))
                continue
            if wrong:
                problems.append(
                    InvalidAnswerError("label-lawan-kode", kolom=column, banyak=len(wrong), **bacaan.tempat)
                )
            continue
        values = tabel.column(column)
        named = np.empty(len(values), dtype=object)
        named[:] = [labels.get(v, v) if v is not None else None for v in values.tolist()]
        tabel = tabel.with_column(column, named)
    return replace(bacaan, tabel=tabel, halangan=tuple(problems))


def _parquet(content: bytes, name: str) -> _TypedColumns:
    pa, parquet = need("pyarrow", "Parquet"), need("pyarrow.parquet", "Parquet")
    try:
        table = _flat_table(pa, parquet.ParquetFile(io.BytesIO(content)), name)
        columns = {c: clean(table.column(c).to_pylist()) for c in table.column_names}
    except UnreadableFileError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError, TypeError) as problem:
        raise UnreadableFileError("berkas-bertipe-rusak", berkas=name, sebab=_cause(problem)) from None
    return _TypedColumns(columns, {}, {})


def _flat_table(pa: Any, opened: Any, name: str) -> Any:
    if opened.metadata.num_rows * opened.metadata.num_columns > limit("sel"):
        raise UnreadableFileError("tabel-terlalu-besar", berkas=name, batas=limit("sel"))
    nested = [field.name for field in opened.schema_arrow if pa.types.is_nested(field.type)]
    if nested:
        raise UnreadableFileError("parquet-bersarang", berkas=name, kolom_beda=nested[:8])
    return opened.read()


def _stat(content: bytes, name: str, ending: str) -> _TypedColumns:
    installed("pyreadstat", ending)
    read = read_in_child(_CHILD, content, name, ending)
    if "galat" in read:
        cause = (read["galat"].splitlines() or ["?"])[0][:120]
        raise UnreadableFileError("berkas-bertipe-rusak", berkas=name, sebab=cause)
    columns = {str(c): clean(values) for c, values in read["kolom"].items()}
    labels = {str(c): {whole_number(code): text for code, text in pairs} for c, pairs in read["label"].items()}
    hidden = read["kosong"]
    notes = (Finding("nilai-kosong-pengguna", "catatan", "io", {"banyak": hidden}),) if hidden else ()
    return _TypedColumns(columns, labels, read["judul"], notes)


def _cause(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:120]
