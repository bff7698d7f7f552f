"""Typed files: Parquet, SPSS (.sav) and Stata (.dta), column by column, with value labels and user-missing values."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from skm._values import Finding
from skm.engines import Bacaan, understand
from skm.errors import (
    EmptyDataError,
    InvalidAnswerError,
    MissingColumnError,
    MissingDependencyError,
    UnreadableFileError,
)
from skm.io._grid import clean
from skm.io._options import Cara
from skm.io._respondents import placed
from skm.kuesioner import Kuesioner, normalise
from skm.survei import Sumber, Survei
from skm.tabel import Tabel
from skm.tempat import Bagian, Tempat


@dataclass(frozen=True, slots=True)
class _Kolom:
    """Columns of a typed file, with what the file says about them."""

    isi: dict[str, Any]
    nilai: Mapping[str, Mapping[Any, str]]
    judul: Mapping[str, str]
    catatan: tuple[Finding, ...] = ()


def read_typed(content: bytes, name: str, base: Kuesioner, cara: Cara) -> Survei | None:
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
            raise placed(problem, {"berkas": name}) from None
        renamed = _Kolom(titled, {found.judul.get(c) or c: v for c, v in found.nilai.items()}, {}, found.catatan)
        found, bacaan = renamed, _understood(renamed, titled, name, base, cara)
    return Survei(_with_labels(bacaan, found), Sumber(name, "", kind))


def _understood(found: _Kolom, columns: dict[str, Any], name: str, base: Kuesioner, cara: Cara) -> Bacaan:
    rows = len(next(iter(columns.values())))
    tempat = Tempat.single(Bagian(name), range(1, rows + 1))
    tabel = Tabel(tuple(columns), rows, columns.__getitem__, lambda _: None, None, found.catatan, tempat)
    peta = dict(cara.peta.kolom) if cara.peta is not None and cara.peta.kolom else None
    return understand(
        tabel,
        base,
        peta=peta,
        u8=cara.u8,
        nilai_kosong=cara.nilai_kosong,
        teks=True,
        label=cara.labels(base),
        tempat={"berkas": name},
    )


def _with_labels(bacaan: Bacaan, found: _Kolom) -> Bacaan:
    """Name the levels of characteristics by their value labels; stop where labels of answers contradict the codes."""
    tabel, problems = bacaan.tabel, list(bacaan.halangan)
    answers = {column: butir for butir, column in bacaan.kolom.items()}
    for column, labels in found.nilai.items():
        if column in answers:
            rules = bacaan.aturan.teks.get(answers[column], {})
            known = {code: rules[key] for code, text in labels.items() if (key := normalise(text)) in rules}
            wrong = [code for code, level in known.items() if code != level]
            if wrong:
                problems.append(InvalidAnswerError("label-lawan-kode", kolom=column, banyak=len(wrong), **bacaan.tempat))
            continue
        values = tabel.column(column)
        named = np.empty(len(values), dtype=object)
        named[:] = [labels.get(v, v) if v is not None else None for v in values.tolist()]
        tabel = tabel.with_column(column, named)
    return replace(bacaan, tabel=tabel, halangan=tuple(problems))


def _parquet(content: bytes, name: str) -> _Kolom:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise MissingDependencyError("perlu-paket", paket="pyarrow", untuk="Parquet", tambahan="scale") from None
    try:
        table = parquet.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise UnreadableFileError("berkas-bertipe-rusak", berkas=name, sebab=_cause(problem)) from None
    return _Kolom({c: clean(table.column(c).to_pylist()) for c in table.column_names}, {}, {})


def _stat(content: bytes, name: str, ending: str) -> _Kolom:
    try:
        import pyreadstat
    except ImportError:
        raise MissingDependencyError("perlu-paket", paket="pyreadstat", untuk=ending, tambahan="spss") from None
    reader = pyreadstat.read_sav if ending == ".sav" else pyreadstat.read_dta
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"masukan{ending}"
        path.write_bytes(content)
        try:
            data, meta = reader(str(path), output_format="dict")
            marked = reader(str(path), output_format="dict", user_missing=True)[0]
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OSError) as problem:
            raise UnreadableFileError("berkas-bertipe-rusak", berkas=name, sebab=_cause(problem)) from None
    columns = {c: clean(_objects(data[c])) for c in meta.column_names}
    every = {c: clean(_objects(marked[c])) for c in meta.column_names}
    hidden = sum(int(a is None and b is not None) for c in columns for a, b in zip(columns[c], every[c], strict=True))
    notes = (Finding("nilai-kosong-pengguna", "catatan", "io", {"banyak": hidden}),) if hidden else ()
    titles = {c: str(t) for c, t in meta.column_names_to_labels.items() if t}
    return _Kolom(columns, meta.variable_value_labels, titles, notes)


def _cause(problem: BaseException) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:120]


def _objects(values: Any) -> list[Any]:
    items = values.tolist() if isinstance(values, np.ndarray) else list(values)
    return [None if isinstance(v, float) and v != v else v for v in items]
