"""The rows of one table of a filled-in form; what offices put around a table is none of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from skm.basics.sheets.grid import Sheet, is_empty, whole_number
from skm.basics.words import normalise
from skm.kinerja._totals import is_average, total_of

# The columns of a table whose numbers make a row of it.
_FIGURES: Mapping[str, tuple[str, ...]] = {
    "indikator": ("target_renstra", "target", "realisasi"),
    "tahunan": ("tahun",),
    "anggaran": ("pagu", "realisasi"),
    "triwulan": ("target", "realisasi", "pagu", "realisasi_anggaran"),
}
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?\.?(?: ?= ?[\d()/ x:*+-]{1,20})?")
_FIGURE = re.compile(r"(?:rp\.?)?\s*+[<>≤≥~]?=?\s*+\(?-?[\d.,]{1,40}\)?\s*+(?:%|[^\d\s].{0,40})?", re.IGNORECASE)
_NOTE = re.compile(r"\W*(?:sumber|catatan|keterangan|ket|note|notes|source|mengetahui)\b", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b", re.IGNORECASE
)


def table_rows(
    sheet: Sheet, table: str, keys: Sequence[str], labels: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the rows below the header, each with its number in the sheet, and the numbers of rows that were passed by.

    A row of column numbers and a header that is repeated are passed by in silence. Below the last row with a figure,
    notes, sources and signatures are passed by and told: rows set apart by a blank row or a total, or that begin as
    notes do, and all below them. A row without a figure that stands directly below the others is kept, and its reader
    refuses it.
    """
    top, heads = _header(sheet, keys, labels)
    if top < 0:
        return [], []
    rows: list[dict[str, Any]] = []
    for number, row in zip(list(sheet.nomor)[top + 1 :], sheet.baris[top + 1 :], strict=True):
        entry = {k: whole_number(c) for k, c in zip(heads, row, strict=False) if k is not None and not is_empty(c)}
        if entry and not _numbers_columns(row) and not _repeats_header(entry, labels):
            rows.append({**entry, "nomor": number})
    last = max((i for i, row in enumerate(rows) if _holds(row, table)), default=len(rows) - 1)
    end = next((i for i in range(last + 1, len(rows)) if _set_apart(rows, i, keys)), len(rows))
    below = [int(row["nomor"]) for row in rows[end:]]
    kept = rows[:end]
    if table == "indikator":
        below = [*(int(r["nomor"]) for r in kept if _sums_indicators(r)), *below]
        kept = [r for r in kept if not _sums_indicators(r)]
    return kept, below


def _header(sheet: Sheet, keys: Sequence[str], labels: Mapping[str, str]) -> tuple[int, list[str | None]]:
    for position, row in enumerate(sheet.baris):
        found = [labels.get(normalise(cell)) if not is_empty(cell) else None for cell in row]
        if sum(1 for key in found if key) >= 3 or (len(keys) == 4 and sum(1 for key in found if key) == 4):
            return position, found
    return -1, []


def _numbers_columns(row: Sequence[Any]) -> bool:
    """Tell whether a row only counts its columns: 1, 2, 3 or (1), (2), (3) = (2)/(1)."""
    texts = [str(whole_number(cell)).strip() for cell in row if not is_empty(cell)]
    found = [match for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
    numbers = [int(match[1]) for match in found]
    return len(texts) == len(found) >= 3 and numbers == list(range(1, len(numbers) + 1))


def _repeats_header(entry: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    same = sum(1 for key, cell in entry.items() if isinstance(cell, str) and labels.get(normalise(cell)) == key)
    return same >= 3 or (same >= 2 and same == len(entry))


def _holds(row: Mapping[str, Any], table: str) -> bool:
    return any(_is_figure(row.get(key)) for key in _FIGURES[table])


def _is_figure(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return False
    if not isinstance(value, str):
        return True
    text = value.strip()
    return text.lower().endswith(".json") or (bool(_FIGURE.fullmatch(text)) and not _MONTH.search(text))


def _set_apart(rows: Sequence[Mapping[str, Any]], i: int, keys: Sequence[str]) -> bool:
    if i == 0:
        return False
    texts = [str(rows[i][key]) for key in keys if key in rows[i]]
    above = [str(rows[i - 1][key]) for key in keys if isinstance(rows[i - 1].get(key), str)]
    return (
        rows[i]["nomor"] - rows[i - 1]["nomor"] > 1
        or any(_NOTE.match(text) for text in texts)
        or any(total_of(text, ()) == "" for text in above)
    )


def _sums_indicators(row: Mapping[str, Any]) -> bool:
    """Tell whether a row among the indicators is a total or an average of them."""
    name = str(row.get("nama") or "")
    whole = all(row.get(key) in (None, "", "-") for key in ("target_renstra", "target", "realisasi"))
    return whole and (total_of(name, ()) == "" or is_average(name))
