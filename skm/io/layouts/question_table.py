"""A table of questions: what the ids in long rows ask, as an app keeps it beside the answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.basics.errors import DataError, OptionError
from skm.basics.files import read_bytes
from skm.basics.sheets.opened import open_sheets
from skm.basics.words import normalise

_ID = ("id pertanyaan", "id soal", "id butir", "kode pertanyaan", "kode soal", "id", "kode", "no", "nomor")
_UNSUR = ("unsur", "id unsur", "kode unsur", "nama unsur")
_TEXT = (
    "pertanyaan",
    "soal",
    "butir",
    "teks",
    "isi pertanyaan",
    "nama pertanyaan",
    "uraian",
    "question",
    "judul",
    "nama",
)


def read_questions(source: Any) -> dict[str, str]:
    """Return question id -> its text, or the unsur it asks about.

    Parameters
    ----------
    source : mapping or path
        ``{17: "Bagaimana kecepatan ...?"}``, or a table with columns for the id and for the text or the unsur.

    Raises
    ------
    OptionError
        The table has no such columns.
    DataError
        An id stands twice with different texts.
    """
    if isinstance(source, Mapping):
        return {_written(key): str(value).strip() for key, value in source.items()}
    path = Path(str(source))
    sheet = open_sheets(read_bytes(path), path.name)[0]
    header = [normalise(cell) for cell in sheet.baris[0]]
    at = next((header.index(name) for name in _ID if name in header), None)
    text = next((header.index(name) for name in (*_UNSUR, *_TEXT) if name in header and header.index(name) != at), None)
    if at is None or text is None:
        found = [str(cell) for cell in sheet.baris[0] if cell not in (None, "")]
        raise OptionError("tabel-pertanyaan", berkas=path.name, ditemukan=found[:12])
    out: dict[str, str] = {}
    for row in sheet.baris[1:]:
        cells = [row[j] if j < len(row) else None for j in (at, text)]
        if any(cell in (None, "") for cell in cells):
            continue
        key, value = _written(cells[0]), " ".join(str(cells[1]).split())
        if out.setdefault(key, value) != value:
            raise DataError("pertanyaan-ganda", pertanyaan=key, berkas=path.name)
    return out


def _written(value: Any) -> str:
    """Return an id as it is compared: 17, 17.0 and " 17 " are one."""
    text = str(value).strip()
    return text.removesuffix(".0") if text.removesuffix(".0").isdigit() else text
