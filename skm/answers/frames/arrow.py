"""Arrow tables, datasets and streams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from weakref import WeakSet

import numpy as np
import pyarrow as pa

from skm.answers.column import PART, Column, Part, Source, join, spans, unordered
from skm.basics.errors import DataError

_SPENT: WeakSet[Any] = WeakSet()  # readers that have been gone through; they would look empty a second time


def open_arrow(data: pa.Table | pa.RecordBatch | pa.RecordBatchReader) -> Source:
    """Return a source over a table, one batch or a reader. A reader can be gone through once only."""
    if isinstance(data, pa.RecordBatchReader):
        return open_stream(data)
    table = pa.Table.from_batches([data]) if isinstance(data, pa.RecordBatch) else data

    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        return _slices(table.select(wanted), 0)

    def first(rows: int) -> Part | None:
        return next(_slices(table.slice(0, rows), 0), None)

    return Source(
        tuple(table.column_names), table.num_rows, lambda name: column(table[name]), unordered, parts, awal=first
    )


def open_dataset(dataset: Any, *, berkas: bool = False, banyak: int | Callable[[], int] | None = None) -> Source:
    """Return a source over a dataset, read in batches."""

    def batches(wanted: Sequence[str]) -> Iterable[pa.RecordBatch]:
        found: Iterable[pa.RecordBatch] = dataset.to_batches(columns=list(wanted), batch_size=PART)
        return found

    return over_batches(dataset.schema.names, dataset.count_rows if banyak is None else banyak, batches, berkas=berkas)


def open_stream(data: Any) -> Source:
    """Return a source over whatever hands over an Arrow stream. A reader is spent once it has been gone through."""

    def batches(wanted: Sequence[str]) -> Iterable[pa.RecordBatch]:
        if isinstance(data, pa.RecordBatchReader):
            if data in _SPENT:
                raise DataError("aliran-sekali")
            _SPENT.add(data)
            stream = data
        else:
            stream = pa.RecordBatchReader.from_stream(data)
        return (batch.select(list(wanted)) for batch in stream)

    try:
        schema = (
            data.schema if isinstance(data, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(data).schema
        )
    except pa.ArrowInvalid:  # a single column hands over a stream too
        raise DataError("bukan-tabel", jenis=f"{type(data).__module__.split('.')[0]}.{type(data).__name__}") from None

    def count() -> int:
        return sum(batch.num_rows for batch in batches([]))

    return over_batches(schema.names, count, batches, sekali=isinstance(data, pa.RecordBatchReader))


def over_batches(
    names: Sequence[str],
    banyak: int | Callable[[], int],
    batches: Callable[[Sequence[str]], Iterable[pa.RecordBatch]],
    order: Callable[[str], list[Any] | None] = unordered,
    *,
    berkas: bool = False,
    sekali: bool = False,
) -> Source:
    """Return a source over record batches; small ones are put together, large ones cut."""

    def parts(wanted: Sequence[str]) -> Iterator[Part]:
        held: list[pa.RecordBatch] = []
        start = rows = 0
        for batch in batches(wanted):
            if held and batch.schema != held[0].schema:  # another file may hold the same numbers in another width
                yield from _slices(pa.Table.from_batches(held), start)
                start, held, rows = start + rows, [], 0
            held.append(batch)
            rows += batch.num_rows
            if rows >= PART // 2:
                yield from _slices(pa.Table.from_batches(held), start)
                start, held, rows = start + rows, [], 0
        if rows:
            yield from _slices(pa.Table.from_batches(held), start)

    def whole(name: str) -> Column:
        return join([part.larik(name) for part in parts([name])])

    return Source(tuple(names), banyak, whole, order, parts, berkas=berkas, sekali=sekali)


def _slices(table: pa.Table, offset: int) -> Iterator[Part]:
    for start, end in spans(table.num_rows, PART * 2):
        piece = table.slice(start, end - start)
        yield Part(offset + start, end - start, partial(_column_of, piece))


def _column_of(table: pa.Table, name: str) -> Column:
    return column(table[name])


def column(values: pa.ChunkedArray) -> Column:
    """Return a column as a `Column`."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _dictionary(values.unify_dictionaries())
    if pa.types.is_null(kind):
        return Column(np.zeros(len(values), np.int8), len(values), lambda: np.ones(len(values), dtype=bool))
    if pa.types.is_integer(kind):
        if not values.null_count:
            return Column(_numpy(values))
        return Column(_numpy(values.fill_null(0)), values.null_count, lambda: _numpy(values.is_null()))
    if pa.types.is_floating(kind):
        floats = values.cast(pa.float32()) if pa.types.is_float16(kind) else values
        return Column(_numpy(floats.fill_null(float("nan"))))
    if kind in (pa.string(), pa.large_string()) or str(kind) == "string_view":
        texts = values.cast(pa.large_string()) if str(kind) == "string_view" else values
        return _dictionary(texts.dictionary_encode())
    objects = np.empty(len(values), dtype=object)
    objects[:] = values.to_pylist()
    return Column(objects)


def _dictionary(values: pa.ChunkedArray) -> Column:
    if not values.num_chunks:
        return Column(np.empty(0, np.int32), kamus=[])
    codes = [chunk.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False) for chunk in values.chunks]
    return Column(codes[0] if len(codes) == 1 else np.concatenate(codes), kamus=values.chunk(0).dictionary.to_pylist())


def _numpy(values: pa.ChunkedArray) -> Any:
    if values.num_chunks == 1:
        return values.chunk(0).to_numpy(zero_copy_only=False)
    return values.to_numpy()
