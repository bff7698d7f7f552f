"""One face for the tables people hold: names, number of rows, columns whole as NumPy arrays or in parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.column import Column, Part, Source, cut, from_array, from_columns, is_blank, looked_into
from skm.answers.frames import open_frame, rows
from skm.answers.frames.remote import Derived, RemoteTable, no_rows
from skm.answers.long_grid import Numbered, long_grid, numbered, row_by_row
from skm.answers.place import RowPlaces
from skm.basics.errors import DataError, OptionError
from skm.basics.values import Finding
from skm.basics.words import normalise

RESPONDENT = {"responden", "id responden", "respondent", "respondent id", "no responden", "nomor responden", "id"}
QUESTION = {"unsur", "butir", "pertanyaan", "id pertanyaan", "soal", "id soal", "question", "kode unsur", "indikator"}
_DOUBLED = 8  # answers given twice that are told
ANSWER = {"nilai", "jawaban", "skor", "answer", "value", "score"}
PERSON = re.compile(
    r"\b(?:responden|respondent|respondents|biodata|masyarakat|pengguna|user|peserta|pelanggan|customer|pengunjung|visitor"
    r"|pemohon|pengisi|penjawab|survei|survey|submission|session|token|kuesioner|form|formulir|entry|person|orang|uuid"
    r"|warga|nasabah|pasien|submit|instance)\b"
)


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A table whose columns are fetched one at a time.

    Attributes
    ----------
    names : tuple of str
        Column names, each once.
    banyak : int or callable
        Rows, or how to learn their number where that costs something.
    column : callable
        Name -> array of the raw values.
    order : callable
        Name -> categories in their order where the column has them, else None.
    baris : sequence or None
        Labels of the rows, for messages; None counts from 0.
    sumber : Source or None
        The same columns for reading in parts; passed over once ``column`` has been put in another's place.
    tempat : RowPlaces or None
        File, sheet and row of every row, where the table comes from files.
    remote : RemoteTable or None
        The engine that holds the rows, where they stay there.
    derived : mapping
        Columns of such a table that are another's values put through a table.
    long : bool
        Whether the rows were joined from one row per answer.
    asal : int
        How many rows they were joined from.
    responden : array or None
        Then who each row is, so that a respondent who is spread over several files can be put together.
    """

    names: tuple[str, ...]
    banyak: int | Callable[[], int]
    column: Callable[[str], NDArray[Any]]
    order: Callable[[str], list[Any] | None]
    baris: Sequence[Any] | None = None
    catatan: tuple[Finding, ...] = ()
    sumber: tuple[Callable[[str], NDArray[Any]], Source] | None = None
    tempat: RowPlaces | None = None
    remote: RemoteTable | None = None
    derived: Mapping[str, Derived] = field(default_factory=dict)
    long: bool = False
    asal: int = 0
    responden: NDArray[Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the columns themselves; a table whose rows stay on their engine has none to hand over."""
        columns = {name: self.column(name) for name in self.names}
        orders = {name: order for name in self.names if (order := self.order(name)) is not None}
        labels = None if self.baris is None else list(self.baris)
        rest = (self.catatan, self.tempat, self.long, self.asal, self.responden)
        return _restored, (columns, self.n, orders, labels, *rest)

    @property
    def lazy(self) -> bool:
        """Whether fetching a whole column costs something, so that the table is looked at by its beginning only."""
        return callable(self.banyak) or (self.sumber is not None and (self.sumber[1].berkas or self.sumber[1].sekali))

    @property
    def n(self) -> int:
        """Rows; counted now if nobody has counted them."""
        return self.banyak() if callable(self.banyak) else self.banyak

    def source(self) -> Source:
        """Return the columns for reading in parts."""
        if self.sumber is not None and self.sumber[0] is self.column:
            return self.sumber[1]
        return from_columns(self.names, self.n, self.column, self.order)

    def head(self, rows: int) -> Callable[[str], NDArray[Any]]:
        """Return a function that hands over the first values of a column, fetched once where fetching costs."""
        if self.sumber is None or self.sumber[0] is not self.column:
            return lambda name: self.column(name)[:rows]
        part = self.sumber[1].first(rows)
        if part is None:
            return lambda _: np.empty(0, dtype=object)
        return lambda name: cut(part.larik(name), 0, rows).array()

    def counted(self, name: str) -> Counter[Any]:
        """Return how often each value of a column occurs, without holding the column; blanks are None."""
        if self.remote is not None:
            return Counter(dict(self.remote.values_of(name)))
        often: Counter[Any] = Counter()
        for part in self.source().bagian([name]):
            larik = part.larik(name)
            if larik.kamus is not None:
                each = np.bincount(larik.nilai.astype(np.intp) + 1, minlength=len(larik.kamus) + 1).tolist()
                often.update({value: k for value, k in zip([None, *larik.kamus], each, strict=True) if k})
            elif larik.nilai.dtype.kind in "iuf":
                blank = larik.mask() if larik.kosong else np.isnan(larik.nilai)
                values, many = np.unique(larik.nilai[~blank], return_counts=True)
                often.update(dict(zip(values.tolist(), many.tolist(), strict=True)))
                often.update({None: int(blank.sum())} if blank.any() else {})
            else:
                often.update(None if is_blank(value) else value for value in larik.nilai.tolist())
        return often

    def recoded(self, name: str, values: Mapping[Any, Any], order: Sequence[Any]) -> RawTable:
        """Return the same table with the values of one column put through a mapping; blanks stay blanks."""
        if self.remote is not None:
            return self.derive(name, Derived(name, values, order))
        source = self.source()

        def changed(larik: Column) -> Column:
            cells = larik.array().tolist() if larik.kamus is None else list(larik.kamus)
            new = np.empty(len(cells), dtype=object)
            new[:] = [None if is_blank(cell) else values[cell] for cell in cells]
            return Column(new) if larik.kamus is None else Column(larik.nilai, kamus=new.tolist())

        def one(fetch: Callable[[str], Column], n: str) -> Column:
            return changed(fetch(n)) if n == name else fetch(n)

        def parts(wanted: Sequence[str]) -> Iterator[Part]:
            for part in source.bagian(wanted):
                yield replace(part, larik=partial(one, part.larik))

        new = replace(
            source,
            larik=partial(one, source.larik),
            order=lambda n: list(order) if n == name else source.order(n),
            bagian=parts,
            baris=self.baris,
        )
        return replace(from_source(new, self.catatan), banyak=self.banyak, tempat=self.tempat)

    def days(self, name: str) -> tuple[list[Any], NDArray[np.int64]]:
        """Return the values of a date column and how often each stands there: of an engine every day once."""
        if self.remote is None:
            values = self.column(name).tolist()
            return values, np.ones(len(values), np.int64)
        found = self.remote.values_of(name, day=True)
        return [day for day, _ in found], np.array([many for _, many in found], np.int64)

    def keep(self, name: str, values: Sequence[Any], *, day: bool = False) -> RawTable:
        """Return the rows on an engine in which a column (of moments: its day) holds one of some values."""
        if self.remote is None:
            raise TypeError(name)
        kept = self.remote.keep(name, values, day=day)
        return replace(self, remote=kept, banyak=kept.rows)

    def derive(self, name: str, derived: Derived) -> RawTable:
        """Return the same table of an engine with a column that is another's values put through a table."""
        names = self.names if name in self.names else (*self.names, name)
        return replace(self, names=names, derived={**self.derived, name: derived})

    def take(self, rows: NDArray[np.intp]) -> RawTable:
        """Return the same table with some of its rows."""
        kept: dict[str, NDArray[Any]] = {}

        def column(name: str) -> NDArray[Any]:
            if name not in kept:
                kept[name] = self.column(name)[rows]
            return kept[name]

        place = None if self.tempat is None else self.tempat.take(rows)
        labels = None if self.baris is None else SomeLabels(self.baris, rows)
        if self.baris is None and self.tempat is None:
            labels = SomeLabels(range(self.n), rows)
        who = None if self.responden is None else self.responden[rows]
        return replace(self, banyak=len(rows), column=column, baris=labels, tempat=place, responden=who)

    def with_column(self, name: str, values: NDArray[Any]) -> RawTable:
        """Return the same table with a column added or put in another's place."""
        names = self.names if name in self.names else (*self.names, name)
        return replace(
            self,
            names=names,
            column=lambda n: values if n == name else self.column(n),
            order=lambda n: None if n == name else self.order(n),
        )

    def without(self, names: Sequence[str]) -> RawTable:
        """Return the same table without some columns."""
        return replace(self, names=tuple(n for n in self.names if n not in names))

    def labels(self, name: str) -> tuple[list[Any], list[Any] | None]:
        """Return a column's values as Python objects, and the order of its categories."""
        return self.column(name).tolist(), self.order(name)


def _restored(
    columns: dict[str, NDArray[Any]],
    n: int,
    orders: dict[str, list[Any]],
    labels: list[Any] | None,
    catatan: tuple[Finding, ...],
    tempat: RowPlaces | None,
    long: bool,
    asal: int,
    responden: NDArray[Any] | None,
) -> RawTable:
    """Return a table from what its pickle holds."""
    table = RawTable(tuple(columns), n, columns.__getitem__, orders.get, labels, catatan, tempat=tempat)
    return replace(table, long=long, asal=asal, responden=responden)


class SomeLabels(Sequence[Any]):
    """Labels of some rows, looked up when asked for."""

    def __init__(self, labels: Sequence[Any], rows: NDArray[np.intp]) -> None:
        self._labels = labels
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return [self._labels[int(i)] for i in self._rows[row]]
        return self._labels[int(self._rows[row])]


def open_table(data: Any, columns: Sequence[str] | None = None) -> RawTable:
    """Recognise a table.

    Raises
    ------
    DataError
        The object is no table, or names a column twice.
    """
    return joined(raw_table(data, columns))


def joined(tabel: RawTable) -> RawTable:
    """Return a table with a row per respondent: as it is, or joined where it has a row per answer.

    Raises
    ------
    DataError
        A column is named twice.
    """
    twice = sorted(name for name, times in Counter(tabel.names).items() if times > 1)
    if twice:
        raise DataError("judul-kembar", kolom_kembar=twice)
    keys = long_keys(tabel.names)
    return widen(tabel, keys, kembar=True) if keys else tabel


def raw_table(data: Any, columns: Sequence[str] | None = None) -> RawTable:
    """Return a table as it lies, a row per answer where it has such."""
    if isinstance(data, RawTable):
        return data
    if isinstance(data, np.ndarray):
        return _from_numpy(data, columns)
    if columns is not None:
        raise OptionError("columns-hanya-larik")
    if rows.is_result(data):
        data = rows.fetched(data)
    if isinstance(data, Mapping):
        return _from_arrays({str(name): values for name, values in data.items()})
    if isinstance(data, (list, tuple)):
        return _from_list(data)
    return _frame(data)


def _frame(data: Any) -> RawTable:
    frame = open_frame(data)
    return from_remote(frame) if isinstance(frame, RemoteTable) else from_source(frame)


def _from_list(data: Sequence[Any]) -> RawTable:
    """Return a table of records, or of frames that follow one another."""
    if not data or rows.as_record(data[0]) is not None:
        return _from_records(data)
    if isinstance(data[0], (str, bytes, int, float, list, tuple, type(None))):
        raise DataError("bukan-tabel", jenis=f"{type(data).__name__} of {type(data[0]).__name__}")
    return stacked([_frame(one) for one in data])


def stacked(tables: Sequence[RawTable]) -> RawTable:
    """Return tables put one below the other, columns joined by name.

    Raises
    ------
    DataError
        A table has other columns than the first.
    """
    first = tables[0]
    if len(tables) == 1:
        return first
    for number, other in enumerate(tables[1:], start=2):
        if set(other.names) != set(first.names):
            differ = sorted(set(other.names) ^ set(first.names))[:8]
            raise DataError("potongan-kolom-berbeda", potongan=number, kolom_beda=differ)
    held = {name: np.concatenate([np.asarray(t.column(name), dtype=object) for t in tables]) for name in first.names}
    n = sum(t.n for t in tables)
    return RawTable(first.names, n, held.__getitem__, first.order)


def _from_numpy(data: NDArray[Any], columns: Sequence[str] | None) -> RawTable:
    if data.dtype.names:
        return _from_arrays({name: data[name] for name in data.dtype.names})
    if data.ndim != 2 or columns is None:
        raise DataError("larik-tanpa-nama", bentuk=str(data.shape))
    if len(columns) != data.shape[1]:
        raise DataError("larik-lebar", banyak=len(columns), lebar=data.shape[1])
    names = [str(name) for name in columns]
    return RawTable(tuple(names), len(data), lambda name: data[:, names.index(name)], lambda _: None)


def _from_arrays(arrays: Mapping[str, Any]) -> RawTable:
    ready = {
        name: values if isinstance(values, np.ndarray) else _objects(values, name) for name, values in arrays.items()
    }
    lengths = {len(values) for values in ready.values()}
    if len(lengths) > 1:
        raise DataError("panjang-berbeda", panjang=sorted(lengths))
    return RawTable(tuple(ready), lengths.pop() if lengths else 0, ready.__getitem__, lambda _: None)


def _from_records(data: Sequence[Any]) -> RawTable:
    if (held := _uniform(data)) is not None:
        return RawTable(tuple(held), len(data), held.__getitem__, lambda _: None)
    records = [rows.as_record(row) for row in data]
    known = [record for record in records if record is not None]
    if len(known) < len(records):
        raise DataError("bukan-tabel", jenis=f"{type(data).__name__} berisi bukan rekaman")
    keys = dict.fromkeys(key for record in known for key in record)
    names = {str(key): key for key in keys}
    if len(names) < len(keys):
        raise DataError("judul-kembar", kolom_kembar=sorted(names))
    return RawTable(
        tuple(names),
        len(known),
        lambda name: _objects([record.get(names[name]) for record in known], name),
        lambda _: None,
    )


def _uniform(data: Sequence[Any]) -> dict[str, NDArray[Any]] | None:
    """Return the columns of plain records that all have the same keys, else None."""
    if set(map(type, data)) != {dict} or set(map(len, data)) != {len(data[0])}:
        return None
    try:
        held = {str(key): np.fromiter(map(itemgetter(key), data), object, len(data)) for key in data[0]}
    except KeyError:
        return None
    return held if len(held) == len(data[0]) else None


def from_source(source: Source, catatan: tuple[Finding, ...] = ()) -> RawTable:
    """Return a table over a source of columns. One that can be gone through once is looked into now."""
    if source.sekali and source.awal is None:
        source = looked_into(source)

    def column(name: str) -> NDArray[Any]:
        return source.larik(name).array()

    return RawTable(source.names, source.banyak, column, source.order, source.baris, catatan, (column, source))


def from_remote(remote: RemoteTable) -> RawTable:
    """Return a table whose rows stay on their engine."""

    def column(_: str) -> NDArray[Any]:
        no_rows(remote.mesin)

    return RawTable(tuple(remote.kinds), remote.rows, column, lambda _: None, remote=remote)


def _objects(values: Any, name: str) -> NDArray[Any]:
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        raise DataError("kolom-bukan-daftar", kolom=name, jenis=type(values).__name__)
    if hasattr(values, "to_numpy"):
        return np.asarray(values.to_numpy())
    array = np.empty(len(values), dtype=object)
    array[:] = values if type(values) is list else list(values)
    return array


def long_keys(names: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the three columns of long rows (respondent, question, answer) where all three have a usual name."""
    found: list[str] = []
    for choices in (RESPONDENT, QUESTION, ANSWER):
        hits = [name for name in names if normalise(name) in choices]
        if len(hits) > 1:  # a dump has the row's own id beside the respondent's
            hits = [name for name in hits if normalise(name) != "id"]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    # "id" alone is the row's own where another column is called the respondent's.
    if normalise(found[0]) == "id" and any(PERSON.search(normalise(n)) for n in names if n not in found):
        return None
    return found[0], found[1], found[2]


def widen(
    tabel: RawTable,
    keys: tuple[str, str, str],
    *,
    kembar: bool = False,
    nama: Mapping[Any, str] | None = None,
    respondents: Numbered | None = None,
    questions: Numbered | None = None,
) -> RawTable:
    """Turn long rows into one row per respondent; an absent row is a blank.

    On an engine ``nama`` says which column each question becomes; else ``respondents`` and ``questions`` may stand in
    the place of the columns that the keys name. With ``kembar`` rows that repeat an answer exactly, as dumps of apps
    have them, count once and are noted.

    Raises
    ------
    DataError
        A row names no respondent or no question, or somebody gave two different answers to one question.
    """
    if tabel.remote is not None:
        return _widened(tabel.remote, keys, nama)
    who = numbered(tabel.column(keys[0]).tolist()) if respondents is None else respondents
    asked = numbered(tabel.column(keys[1]).tolist()) if questions is None else questions
    answers = tabel.column(keys[2]).tolist()
    grid, same = long_grid(who, asked, answers), 0
    if grid is None:
        told = str if tabel.tempat is None else tabel.tempat.row
        grid, same = row_by_row(who.values(), asked.values(), answers, keys, told, kembar=kembar)
    columns, rows = grid.columns, grid.first
    others = [name for name in tabel.names if name not in keys and name not in columns]

    def column(name: str) -> NDArray[Any]:
        return columns[name] if name in columns else tabel.column(name)[rows]

    notes = tabel.catatan
    if same:
        notes += (Finding("jawaban-kembar", "catatan", "catatan", {"banyak": same}),)
    place = None if tabel.tempat is None else tabel.tempat.take(rows)
    persons = np.empty(len(rows), dtype=object)
    persons[:] = grid.respondents
    names, counted = (*others, *columns), grid.counted
    begun = Part(0, len(rows), lambda name: from_array(column(name)))
    source = from_columns(names, len(rows), lambda name: counted.get(name) or column(name), tabel.order)
    return RawTable(
        names,
        len(rows),
        column,
        tabel.order,
        None,
        notes,
        (column, replace(source, awal=lambda _: begun)),
        tempat=place,
        long=True,
        asal=len(answers),
        responden=persons,
    )


def _widened(remote: RemoteTable, keys: tuple[str, str, str], nama: Mapping[Any, str] | None) -> RawTable:
    """Return long rows on an engine as one row per respondent, after the same checks as at home."""
    asked = [value for value, _ in remote.values_of(keys[1]) if value is not None]
    questions = {value: str(value) if nama is None else nama[value] for value in asked}
    for key in keys[:2]:
        if blank := remote.blanks(key):
            raise DataError("mesin-baris-panjang-kosong", banyak=blank, kolom=key)
    doubled = remote.doubled(keys, _DOUBLED)
    if doubled.different:
        places = ", ".join(f"({question})" for question in doubled.examples)
        raise DataError("jawaban-ganda", banyak=doubled.different, tempat=places)
    # Row ids and the other leftovers of an answer's row say nothing about the respondent.
    varying = remote.varying(keys)
    tabel = replace(from_remote(remote.widened(keys, questions)), long=True).without(varying)
    if not doubled.same:
        return tabel
    return replace(tabel, catatan=(Finding("jawaban-kembar", "catatan", "catatan", {"banyak": doubled.same}),))
