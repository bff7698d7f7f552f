"""How a file is to be read, in one value that all readers share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm.io.layouts.column_map import ColumnMap
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """The options of `skm.read` that say how cells and columns are understood."""

    sheet: str | None = None
    layout: str | None = None
    peta: ColumnMap | None = None
    u8: str | None = None
    nilai_kosong: Sequence[Any] = ()

    def labels(self, base: Kuesioner) -> dict[str, Mapping[str, int]]:
        """Return butir id -> own text -> level."""
        return {} if self.peta is None else self.peta.labels_for(base)
