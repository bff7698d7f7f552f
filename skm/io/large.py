"""Large files: Parquet, and text tables too large to hold, read in parts by the same rules as small ones."""

from __future__ import annotations

import codecs
import glob
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from skm.answers.column import PART, Source
from skm.answers.survei import Survei
from skm.answers.table import from_source
from skm.basics.errors import DataError, UnreadableFileError
from skm.basics.inputs import remember
from skm.basics.limits import limit
from skm.basics.parquet import libraries
from skm.basics.sheets.delimited import read_delimited, separator_of
from skm.basics.sheets.grid import is_empty
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan
from skm.io.folders import data_files, folder_keys, refuse_lakes, without_hidden
from skm.io.lakes import delta_table, iceberg_table, is_metadata
from skm.io.layouts.aggregate import PrintedTable
from skm.io.layouts.detect import read_sheet
from skm.io.many import TABLES
from skm.io.options import ReadOptions, SheetOptions
from skm.io.stores import Stored, is_store, stored
from skm.io.tables import read_source
from skm.regulasi._kuesioner import Kuesioner

if TYPE_CHECKING:
    import pyarrow as pa

LARGE = 64 << 20
"""Bytes from which text tables are read in parts."""

# What can be asked of files that are read in parts; for the rest they are held whole.
_IN_PARTS = {
    "kuesioner",
    "regulasi",
    "u8",
    "nilai_kosong",
    "label",
    "skala",
    "perbaikan",
    "populasi",
    "terima",
    "keputusan",
}

_HEAD = 1 << 20
_BLOCK = 8 << 20
_PARQUET = (".parquet", ".pq")
_TEXT = (".csv", ".tsv", ".txt")


def read_large(source: Any, options: ReadOptions) -> Survei | Hitungan | PrintedTable | None:
    """Return a `Survei` over large files, or None where the source is no such thing.

    Parameters
    ----------
    source : str or Path
        A file, a pattern such as ``"2026/*.parquet"``, or a folder of Parquet files.

    Raises
    ------
    UnreadableFileError
        A file is damaged, or the files do not have the same columns.
    MissingDependencyError
        pyarrow is not installed.
    """
    if is_store(source):
        return read_stored(stored(source), options)
    if (table := _lake(source, options)) is not None:
        return read_source(table[0], *options.ready(), Path(source).name, table[1])
    paths = _paths(source)
    name = str(source) if len(paths) > 1 else paths[0].name if paths else ""
    for path in paths:
        remember(path, data=True)
    if paths and all(path.suffix.lower() in _PARQUET for path in paths):
        if not set(options.given()) <= _IN_PARTS:
            return None
        kuesioner, cara = options.ready()
        return read_source(_parquet(paths), kuesioner, cara, name, "parquet")
    texts = [path for path in paths if path.suffix.lower() in _TEXT]
    if paths and len(texts) == len(paths) and sum(p.stat().st_size for p in paths) >= LARGE:
        if not set(options.given()) <= _IN_PARTS:
            return None
        return _large_text(paths, name, *options.ready())
    return None


def read_stored(held: Stored, options: ReadOptions) -> Survei | Hitungan | PrintedTable | None:
    """Return a `Survei` over large files of a store, or None where they are to be held whole.

    Parquet is read where it is, column by column; text tables too large to hold are copied to this machine first.

    Raises
    ------
    DataError
        The folder is a table of Delta, Hudi or Iceberg, whose files alone are not the table, and it is not opened here.
    """
    name = held.address.rstrip("/").rpartition("/")[2]
    paths: Sequence[PurePath] = held.files
    in_parts = set(options.given()) <= _IN_PARTS
    if held.table:
        rows = delta_table(held.address) if held.table == "Delta" and in_parts else None
        if rows is None:
            raise DataError("folder-tabel", format=held.table, berkas=name)
        return read_source(rows, *options.ready(), name, "delta")
    if not in_parts:
        return None
    if held.single and is_metadata(paths[0]) and (rows := iceberg_table(held.address)) is not None:
        return read_source(rows, *options.ready(), name, "iceberg")
    if all(path.suffix.lower() in _PARQUET for path in paths):
        return read_source(_parquet(paths, held.system), *options.ready(), name, "parquet")
    if all(path.suffix.lower() in _TEXT for path in paths) and held.size() >= LARGE:
        return _large_text(held.copied(), name, *options.ready())
    return None


def _lake(source: Any, options: ReadOptions) -> tuple[Source, str] | None:
    """Return the rows of a table of a lake and its format, where its library is there to open it."""
    if not isinstance(source, (str, Path)) or not set(options.given()) <= _IN_PARTS:
        return None
    path = Path(source)
    if (path / "_delta_log").is_dir():
        found, kind = delta_table(str(source)), "delta"
    elif is_metadata(path) and path.is_file():
        remember(path, data=True)
        found, kind = iceberg_table(str(source)), "iceberg"
    else:
        return None
    return None if found is None else (found, kind)


def _large_text(paths: Sequence[Path], name: str, kuesioner: Kuesioner, cara: SheetOptions) -> Survei | None:
    """Return a survey whose head says how the rest is read, or None where the table is no tidy one."""
    sheet = _first_sheet(_head(paths[0]), paths[0])
    read = read_sheet(sheet, name, kuesioner, cara).nilai
    header = [str(cell).strip() for cell in sheet.baris[0] if not is_empty(cell)]
    if not isinstance(read, Survei) or header != list(read.tabel.names):
        return None
    table = from_source(_delimited(paths, header))
    # What was noticed about rows so far concerns the head only; the source tells about all of them.
    notes = tuple(note for note in read.catatan if note.kode != "baris-kosong")
    return replace(read, bacaan=replace(read.bacaan, tabel=table, baris=table.baris, catatan=notes))


def _paths(source: Any) -> list[Path]:
    if not isinstance(source, (str, Path)) or str(source) == "-":
        return []
    path = Path(source)
    if path.is_dir():
        # Beside other tables Parquet files are some of many files, read one by one.
        files = data_files(path, (*TABLES, *_PARQUET), deep=False)
        if all(file.suffix.lower() in _PARQUET for file in files):
            return data_files(path, _PARQUET, deep=True)
        return files if _one_large_table(files) else []
    if path.exists() or not glob.has_magic(str(source)):
        return [path] if path.is_file() else []
    found = glob.glob(str(source), recursive=True)  # noqa: PTH207
    files = sorted(path for path in map(Path, found) if path.is_file())
    for folder in {path.parent for path in files}:
        refuse_lakes(folder)
    return without_hidden(files)


def _one_large_table(files: Sequence[Path]) -> bool:
    """Tell whether text files go on with one table, and are together too large to hold."""
    if any(path.suffix.lower() not in _TEXT for path in files) or sum(path.stat().st_size for path in files) < LARGE:
        return False
    heads = set()
    for path in files:
        with path.open("rb") as stream:
            heads.add(stream.readline(_HEAD).removeprefix(codecs.BOM_UTF8).strip())
    return len(heads) == 1


def _parquet(paths: Sequence[PurePath], system: Any = None) -> Source:
    """Return a source over Parquet files; those of one schema are read as one dataset.

    ``system`` is the filesystem (fsspec) that has them; by default that of this machine.
    """
    arrow, parquet = libraries()
    from pyarrow import dataset

    from skm.answers.frames.arrow import over_batches

    metadata = []
    for path in paths:
        try:
            metadata.append(parquet.read_metadata(str(path), filesystem=system))
        except (OSError, arrow.ArrowInvalid) as problem:
            raise UnreadableFileError("parquet-rusak", berkas=path.name, sebab=_first_line(problem)) from None
    schemas = [_flat(m.schema.to_arrow_schema().remove_metadata(), p) for m, p in zip(metadata, paths, strict=True)]
    names = _same_columns(paths, [schema.names for schema in schemas])
    said = [{k: v for k, v in folder_keys(path).items() if k not in names} for path in paths]
    keys = [key for key in dict.fromkeys(key for one in said for key in one) if all(key in one for one in said)]
    runs = [
        (dataset.dataset([str(path) for path, _, _ in run], schema, "parquet", filesystem=system), constant)
        for (schema, constant), run in (
            (key, list(group))
            for key, group in groupby(zip(paths, schemas, said, strict=True), key=lambda item: (item[1], item[2]))
        )
    ]

    def batches(wanted: Sequence[str]) -> Iterable[pa.RecordBatch]:
        own = [name for name in wanted if name not in keys]
        for one, constant in runs:
            # A batch without columns has lost its number of rows in old versions of Arrow.
            for batch in _whole_batches(one.to_batches(columns=own or names[:1], batch_size=PART), paths[0]):
                arrays = [
                    arrow.array([constant[name]] * batch.num_rows, arrow.string()).dictionary_encode()
                    if name in keys
                    else batch.column(own.index(name))
                    for name in wanted
                ]
                yield arrow.RecordBatch.from_arrays(arrays, names=list(wanted)) if wanted else batch

    names = [*names, *keys]
    return over_batches(names, sum(m.num_rows for m in metadata), batches, berkas=True)


def _flat(schema: pa.Schema, path: PurePath) -> pa.Schema:
    """Refuse columns that hold lists or tables, and more columns than any table has."""
    import pyarrow as arrow

    nested = [field.name for field in schema if arrow.types.is_nested(field.type)]
    if nested:
        raise UnreadableFileError("parquet-bersarang", berkas=path.name, kolom_beda=nested[:8])
    if len(schema) > limit("kolom"):
        raise UnreadableFileError("tabel-terlalu-besar", berkas=path.name, batas=limit("kolom"))
    return schema


def _whole_batches(batches: Iterator[pa.RecordBatch], path: PurePath) -> Iterator[pa.RecordBatch]:
    """Yield batches; what is damaged inside a file shows only when it is unpacked."""
    import pyarrow as arrow

    try:
        yield from batches
    except (OSError, arrow.ArrowException) as problem:
        raise UnreadableFileError("parquet-rusak", berkas=path.name, sebab=_first_line(problem)) from None


def _delimited(paths: Sequence[Path], names: Sequence[str]) -> Source:
    """Return a source over text tables. All columns are texts; wholly empty rows are passed over."""
    arrow, _ = libraries()
    from pyarrow import compute, csv

    from skm.answers.frames.arrow import over_batches

    heads = [_head(path) for path in paths]
    sheets = [_first_sheet(head, path) for head, path in zip(heads, paths, strict=True)]
    columns = [[str(cell).strip() for cell in sheet.baris[0] if not is_empty(cell)] for sheet in sheets]
    _same_columns(paths, columns)
    kosong = _BlankRows()
    kind = arrow.dictionary(arrow.int32(), arrow.string())

    def of_file(path: Path, own: Sequence[str], head: bytes) -> Iterator[pa.RecordBatch]:
        separator, hint = separator_of(_text(head))
        reader = csv.open_csv(
            path,
            csv.ReadOptions(
                block_size=_BLOCK, encoding=_encoding(head), column_names=list(own), skip_rows=2 if hint else 1
            ),
            csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            csv.ConvertOptions(column_types=dict.fromkeys(own, kind), null_values=[""], strings_can_be_null=True),
        )
        kosong.next_file()
        for batch in reader:
            filled = compute.is_valid(batch.column(0))
            for column in batch.columns[1:]:
                filled = compute.or_(filled, compute.is_valid(column))
            kosong.see(filled.to_numpy(zero_copy_only=False))
            yield batch if compute.all(filled).as_py() else batch.filter(filled)

    def batches(wanted: Sequence[str]) -> Iterable[pa.RecordBatch]:
        kosong.inside = 0
        for path, own, head in zip(paths, columns, heads, strict=True):
            try:
                for batch in of_file(path, own, head):
                    yield batch.select(list(wanted))
            except (OSError, arrow.ArrowException) as problem:
                raise UnreadableFileError("csv-rusak", berkas=path.name, sebab=_first_line(problem)) from None

    def count() -> int:
        return sum(batch.num_rows for batch in batches([names[0]]))

    source = over_batches(names, count, batches, berkas=True)
    first_row = 3 if separator_of(_text(heads[0]))[1] else 2
    rows = range(first_row, sys.maxsize) if len(paths) == 1 else None
    return replace(source, baris=rows, temuan=kosong.found)


class _BlankRows:
    """Counts wholly empty rows, save those after the last filled row of a file."""

    def __init__(self) -> None:
        self.inside = self._after = 0

    def next_file(self) -> None:
        """Forget the empty rows at the end of the file before."""
        self._after = 0

    def see(self, filled: Any) -> None:
        """Take in some rows: whether each holds anything."""
        places = filled.nonzero()[0]
        if not len(places):
            self._after += len(filled)
            return
        last = int(places[-1])
        self.inside += self._after + last + 1 - len(places)
        self._after = len(filled) - last - 1

    def found(self) -> tuple[Finding, ...]:
        """Return the note about them."""
        return (Finding("baris-kosong", "catatan", "io", {"banyak": self.inside}),) if self.inside else ()


def _same_columns(paths: Sequence[PurePath], columns: Sequence[Sequence[str]]) -> list[str]:
    """Return the columns of the first file.

    Raises
    ------
    DataError
        Another file has other columns.
    """
    first = list(columns[0])
    for path, own in zip(paths[1:], columns[1:], strict=True):
        if set(own) != set(first):
            differ = sorted(set(own) ^ set(first))
            raise DataError("berkas-kolom-berbeda", berkas=path.name, pertama=paths[0].name, kolom_beda=differ[:8])
    return first


def _head(path: Path) -> bytes:
    """Return the beginning of a file, up to the end of a line where it is long."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    return head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1] or head


def _first_sheet(head: bytes, path: Path) -> Any:
    (sheet,) = read_delimited(head, path.name)
    return sheet


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        # A character may be cut in two at the end of the head; anything else is Windows-1252.
        return "utf-8" if problem.start >= len(head) - 3 else "cp1252"
    return "utf-8"


def _text(head: bytes) -> str:
    return head.decode("utf-8-sig" if _encoding(head) == "utf-8" else _encoding(head), errors="replace")


def _first_line(problem: BaseException) -> str:
    return str(problem).splitlines()[0][:120]
