"""Tables of lakes, opened by their own libraries: Delta (deltalake) and Iceberg (pyiceberg), read in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from skm.answers.column import PART, Source
from skm.answers.frames import arrow as _arrow


def open_delta(table: Any) -> Source:
    """Return a source over the rows that a Delta table holds now; files that it no longer counts are not read."""
    return _arrow.open_dataset(table.to_pyarrow_dataset())


def open_iceberg(table: Any) -> Source:
    """Return a source over an Iceberg table, or over a scan of one."""
    scan = table if hasattr(table, "to_arrow_batch_reader") else table.scan()
    names = list(scan.projection().column_names)

    def batches(wanted: Sequence[str]) -> Iterable[Any]:
        some = list(wanted) or names[:1]
        for batch in scan.select(*some).to_arrow_batch_reader():
            for start in range(0, batch.num_rows, PART):
                yield batch.select(list(wanted)).slice(start, PART) if wanted else batch.slice(start, PART)

    return _arrow.over_batches(names, scan.count, batches)
