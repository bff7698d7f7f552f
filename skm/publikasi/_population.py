"""Tables of people by sex, as annexes print them: men, women and both together, by place or service, and a total."""

from __future__ import annotations

import re
from typing import Any

from skm.basics.words import normalise
from skm.publikasi._document import PrintedGrid, cell_text
from skm.publikasi._meaning import counting, is_total, number

_MEN = re.compile(r"(?:jumlah |penduduk )?(?:laki laki|laki2|lk|l|pria|male)(?: jiwa| orang)?")
_WOMEN = re.compile(r"(?:jumlah |penduduk )?(?:perempuan|pr|p|wanita|female)(?: jiwa| orang)?")
_BOTH = re.compile(r"(?:jumlah|total|l p|jml)(?: .{0,20})?")
_TOP = 8  # rows among which the header stands


def read_population(grid: PrintedGrid) -> dict[str, Any] | None:
    """Return the rows of a table of people (``klaim.penduduk``), or None."""
    for top in range(min(_TOP, len(grid.baris))):
        keys = [normalise(cell_text(c)) for c in grid.baris[top]]
        men = [i for i, k in enumerate(keys) if _MEN.fullmatch(k)]
        women = [i for i, k in enumerate(keys) if _WOMEN.fullmatch(k)]
        if len(men) != 1 or len(women) != 1:
            continue
        both = next((i for i, k in enumerate(keys) if i > max(men[0], women[0]) and _BOTH.fullmatch(k)), None)
        rows = []
        for row in grid.baris[top + 1 :]:
            name = next((cell_text(c) for c in row[: men[0]] if cell_text(c) and counting(c) is None), "")
            cells = {"laki": _count(row, men[0]), "perempuan": _count(row, women[0])}
            if both is not None:
                cells["jumlah"] = _count(row, both)
            if name and number(name) is None and cells["laki"] is not None and cells["perempuan"] is not None:
                kept = {key: value for key, value in cells.items() if value is not None}
                rows.append({"nama": name[:80], **kept, "total": is_total(name)})
        if len(rows) > 1:
            return {"tempat": grid.judul[:80] or grid.nama, "baris": rows}
    return None


def _count(row: tuple[Any, ...], c: int) -> int | None:
    """Return a whole number of people; "4.604" is one with a mark for thousands."""
    cell = row[c] if c < len(row) else None
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if float(cell).is_integer() and cell >= 0 else None
    text = re.sub(r"\s{0,9}(?:jiwa|orang)$", "", cell_text(cell), flags=re.I)
    return int(re.sub(r"[.,]", "", text)) if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+", text) else None
