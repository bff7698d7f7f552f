"""Files of which none holds a whole survey: rows per answer cut into pieces, read as the one table they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.place import RowPlaces
from skm.answers.survei import Survei
from skm.answers.table import RawTable
from skm.basics.errors import SKMError
from skm.basics.sheets.opened import open_sheets
from skm.basics.values import Finding
from skm.io.layouts.detect import whole_table
from skm.io.layouts.long_roles import long_roles
from skm.io.layouts.long_rows import long_table, plain_table
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

# What a piece of such a table is refused with: it lacks questions that another piece has.
PIECES = frozenset({"berkas-banyak-rusak", "berkas-kolom-berbeda", "kolom-berlubang"})
_SAMPLE = 20_000


def read_pieces(files: Sequence[tuple[str, Callable[[], bytes]]], base: Kuesioner, cara: SheetOptions) -> Survei | None:
    """Return the survey whose rows of answers lie in several files; None where the files are nothing of the kind.

    Every file has the same columns, and together they are rows of respondent, question and answer.
    """
    try:
        pieces = [_piece(content(), name, cara) for name, content in files]
        tables = [piece for piece in pieces if piece is not None]
        if len(tables) < len(pieces) or len({frozenset(t.names) for t in tables}) > 1:
            return None
        whole = _stacked(tables)
        if cara.panjang is None and long_roles(whole.names, whole.head(_SAMPLE), base) is None:
            return None
        wide = long_table(whole, base, cara)
        if wide is None:
            return None
        read = whole_table(wide, "", f"{len(files)} berkas", base, cara, "panjang").nilai
    except SKMError:
        return None  # what each file was refused with says more
    note = Finding("bagian-disatukan", "catatan", "io", {"banyak": len(files)})
    return read.noted(note) if isinstance(read, Survei) else None


def _piece(content: bytes, name: str, cara: SheetOptions) -> RawTable | None:
    sheets = [s for s in open_sheets(content, name) if s.baris and cara.sheet in (None, s.nama)]
    return plain_table(sheets[0], name) if len(sheets) == 1 else None


def _stacked(tables: Sequence[RawTable]) -> RawTable:
    names = tables[0].names
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([np.asarray(t.column(name), dtype=object) for t in tables]) for name in names
    }
    places = [t.tempat for t in tables if t.tempat is not None]
    tempat = RowPlaces.joined(places) if len(places) == len(tables) else None
    n = sum(t.n for t in tables)
    return RawTable(names, n, columns.__getitem__, lambda _: None, None, (), tempat=tempat)
