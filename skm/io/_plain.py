"""The tidy layout: one header row, one row per respondent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from skm._values import Finding
from skm.engines import understand
from skm.errors import DataError, EmptyDataError, MissingColumnError, SKMError
from skm.io._grid import Lembar, is_empty
from skm.kuesioner import Kuesioner
from skm.survei import Sumber, Survei
from skm.tabel import Tabel

LAYOUT = "tabel-rapi"


def read_plain(
    sheet: Lembar,
    berkas: str,
    kuesioner: Kuesioner,
    *,
    peta: dict[str, Any] | None = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
) -> Survei:
    """Turn a sheet into a `Survei`. Wholly empty rows are passed over, and told.

    Raises
    ------
    MissingColumnError
        The header row names no answers.
    EmptyDataError
        There is no row below the header.
    """
    where = {"berkas": berkas, "lembar": sheet.nama or None}
    start = next((i for i, row in enumerate(sheet.baris) if not all(map(is_empty, row))), None)
    if start is None:
        raise EmptyDataError("data-kosong", **where)
    header = [None if is_empty(cell) else str(cell).strip() for cell in sheet.baris[start]]
    places = [i for i, name in enumerate(header) if name is not None]
    rows = [(n, row) for n, row in zip(sheet.nomor[start + 1 :], sheet.baris[start + 1 :], strict=True)]
    kept = [(n, row) for n, row in rows if not all(map(is_empty, row))]
    if not kept:
        raise EmptyDataError("data-kosong", **where)
    names = [header[i] or "" for i in places]
    columns = {}
    for name, place in zip(names, places, strict=True):
        values = np.empty(len(kept), dtype=object)
        values[:] = [row[place] if place < len(row) else None for _, row in kept]
        columns[name] = values
    if len(columns) < len(names):
        raise DataError("judul-kembar", kolom_kembar=sorted({n for n in names if names.count(n) > 1}), **where)
    last = max(i for i, (_, row) in enumerate(rows) if not all(map(is_empty, row)))
    inside = sum(all(map(is_empty, row)) for _, row in rows[:last])
    notes = (Finding("baris-kosong", "catatan", "io", {"banyak": inside}),) if inside else ()
    numbers = [n for n, _ in kept]
    tabel = Tabel(tuple(names), len(kept), columns.__getitem__, lambda _: None, numbers, notes)
    try:
        bacaan = understand(tabel, kuesioner, peta=peta, u8=u8, nilai_kosong=nilai_kosong, teks=True, tempat=where)
    except MissingColumnError as problem:
        raise _placed(problem, where) from None
    return Survei(bacaan, Sumber(berkas, sheet.nama, LAYOUT))


def _placed(problem: SKMError, where: dict[str, Any]) -> SKMError:
    """Return the same error with the file and sheet it concerns."""
    return type(problem)(problem.code, **(where | dict(problem.context)))
