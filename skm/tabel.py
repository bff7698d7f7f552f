"""One face for the tables people hold: names, number of rows, and a column at a time as a NumPy array."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm._values import Finding
from skm.errors import DataError, OptionError
from skm.kuesioner import Kuesioner, normalise

_RESPONDENT = {"responden", "id responden", "respondent", "respondent id", "no responden", "nomor responden", "id"}
_QUESTION = {"unsur", "butir", "pertanyaan", "id pertanyaan", "soal", "id soal", "question", "kode unsur"}
_ANSWER = {"nilai", "jawaban", "skor", "answer", "value", "score"}


@dataclass(frozen=True, slots=True, eq=False)
class Tabel:
    """A table whose columns are fetched one at a time.

    Attributes
    ----------
    names : tuple of str
        Column names, each once.
    n : int
        Rows.
    column : callable
        Name -> array of the raw values.
    order : callable
        Name -> categories in their order where the column has them, else None.
    baris : sequence or None
        Labels of the rows, for messages; None counts from 0.
    """

    names: tuple[str, ...]
    n: int
    column: Callable[[str], NDArray[Any]]
    order: Callable[[str], list[Any] | None]
    baris: Sequence[Any] | None = None
    catatan: tuple[Finding, ...] = ()

    def labels(self, name: str) -> tuple[list[Any], list[Any] | None]:
        """Return a column's values as Python objects, and the order of its categories."""
        return self.column(name).tolist(), self.order(name)


def open_table(data: Any, kuesioner: Kuesioner, columns: Sequence[str] | None = None) -> Tabel:
    """Recognise a table.

    Raises
    ------
    DataError
        The object is no table, or names a column twice.
    """
    tabel = _open(data, columns)
    twice = sorted({name for name in tabel.names if tabel.names.count(name) > 1})
    if twice:
        raise DataError("judul-kembar", kolom_kembar=twice)
    keys = _long_keys(tabel.names)
    return _widen(tabel, keys) if keys else tabel


def _open(data: Any, columns: Sequence[str] | None) -> Tabel:
    if isinstance(data, np.ndarray):
        return _from_numpy(data, columns)
    if columns is not None:
        raise OptionError("columns-hanya-larik")
    if isinstance(data, Mapping):
        return _from_arrays({str(name): values for name, values in data.items()})
    if isinstance(data, (list, tuple)):
        return _from_records(data)
    return _from_frame(data)


def _from_numpy(data: NDArray[Any], columns: Sequence[str] | None) -> Tabel:
    if data.dtype.names:
        return _from_arrays({name: data[name] for name in data.dtype.names})
    if data.ndim != 2 or columns is None:
        raise DataError("larik-tanpa-nama", bentuk=str(data.shape))
    if len(columns) != data.shape[1]:
        raise DataError("larik-lebar", banyak=len(columns), lebar=data.shape[1])
    names = [str(name) for name in columns]
    return Tabel(tuple(names), len(data), lambda name: data[:, names.index(name)], lambda _: None)


def _from_arrays(arrays: Mapping[str, Any]) -> Tabel:
    ready = {
        name: values if isinstance(values, np.ndarray) else _objects(values, name) for name, values in arrays.items()
    }
    lengths = {len(values) for values in ready.values()}
    if len(lengths) > 1:
        raise DataError("panjang-berbeda", panjang=sorted(lengths))
    return Tabel(tuple(ready), lengths.pop() if lengths else 0, ready.__getitem__, lambda _: None)


def _from_records(data: Sequence[Any]) -> Tabel:
    if not all(isinstance(row, Mapping) for row in data):
        raise DataError("bukan-tabel", jenis=f"{type(data).__name__} berisi bukan rekaman")
    names = dict.fromkeys(str(key) for row in data for key in row)
    if len(names) < len({key for row in data for key in row}):
        raise DataError("judul-kembar", kolom_kembar=sorted(names))
    return Tabel(tuple(names), len(data), lambda name: _objects([row.get(name) for row in data], name), lambda _: None)


def _from_frame(data: Any) -> Tabel:
    import narwhals.stable.v2 as nw

    try:
        frame = nw.from_native(data, eager_only=True)
    except TypeError:
        raise DataError("bukan-tabel", jenis=f"{type(data).__module__.split('.')[0]}.{type(data).__name__}") from None
    pandas_names = getattr(data, "columns", None)
    if pandas_names is not None and not all(isinstance(name, str) for name in pandas_names):
        raise DataError("judul-bukan-teks", contoh=[repr(n) for n in pandas_names if not isinstance(n, str)][:5])
    index = getattr(data, "index", None)
    rows = None if index is None or type(index).__name__ == "RangeIndex" else list(index)

    def order(name: str) -> list[Any] | None:
        series = frame[name]
        if isinstance(series.dtype, (nw.Enum, nw.Categorical)):
            return list(series.cat.get_categories().to_list())
        return None

    return Tabel(tuple(frame.columns), len(frame), lambda name: _series(frame[name]), order, rows)


def _series(series: Any) -> NDArray[Any]:
    import narwhals.stable.v2 as nw

    dtype = series.dtype
    if dtype.is_integer():
        return np.asarray((series.cast(nw.Float64) if series.null_count() else series).to_numpy())
    if dtype.is_float():
        return np.asarray(series.cast(nw.Float64).to_numpy() if series.null_count() else series.to_numpy())
    return _objects(series.to_list(), series.name)


def _objects(values: Any, name: str) -> NDArray[Any]:
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        raise DataError("kolom-bukan-daftar", kolom=name, jenis=type(values).__name__)
    if hasattr(values, "to_numpy"):
        return np.asarray(values.to_numpy())
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array


def _long_keys(names: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the three columns of long rows (respondent, question, answer) where a table consists of such rows."""
    found: list[str] = []
    for choices in (_RESPONDENT, _QUESTION, _ANSWER):
        hits = [name for name in names if normalise(name) in choices]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    return found[0], found[1], found[2]


def _widen(tabel: Tabel, keys: tuple[str, str, str]) -> Tabel:
    """Turn long rows into one row per respondent; an absent row is a blank."""
    respondents, questions = (tabel.column(key).tolist() for key in keys[:2])
    answers = tabel.column(keys[2])
    for position, (respondent, question) in enumerate(zip(respondents, questions, strict=True)):
        if respondent is None or question is None:
            raise DataError("baris-panjang-kosong", baris=position, kolom=keys[0] if respondent is None else keys[1])
    ids = {value: i for i, value in enumerate(dict.fromkeys(respondents))}
    names = [str(value) for value in dict.fromkeys(questions)]
    columns = {name: np.full(len(ids), None, dtype=object) for name in names}
    seen: set[tuple[Any, str]] = set()
    doubled: list[str] = []
    first: dict[int, int] = {}
    for position, (respondent, question, answer) in enumerate(
        zip(respondents, questions, answers.tolist(), strict=True)
    ):
        cell = (respondent, str(question))
        if cell in seen:
            doubled.append(f"{position} ({question})")
        seen.add(cell)
        columns[str(question)][ids[respondent]] = answer
        first.setdefault(ids[respondent], position)
    if doubled:
        raise DataError("jawaban-ganda", banyak=len(doubled), tempat=", ".join(doubled[:8]))
    others = [name for name in tabel.names if name not in keys and name not in columns]
    rows = np.array([first[i] for i in range(len(ids))], dtype=np.intp)

    def column(name: str) -> NDArray[Any]:
        return columns[name] if name in columns else tabel.column(name)[rows]

    return Tabel((*others, *names), len(ids), column, tabel.order, None, tabel.catatan)
