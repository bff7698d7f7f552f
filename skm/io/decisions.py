"""What was answered once about a file (columns, labels, U8/U9, missing codes, scale): kept beside it, used again.

An answer is used again only where the headers are the same. Nothing personal is kept: an answer that names a person's
number is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.answers.column_kinds import holds_person
from skm.answers.table import RawTable, raw_table
from skm.basics.errors import DataError
from skm.basics.sheets.grid import Sheet
from skm.basics.strict_text import parse_toml
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.basics.writing import write_file
from skm.io.layouts.column_map import read_labels
from skm.io.layouts.header import coded_header, find_header, plain_header
from skm.io.options import ReadOptions
from skm.regulasi._kuesioner import Kuesioner

FILE = "keputusan.toml"
KEPT = ("terima", "u8", "nilai_kosong", "skala", "label", "kuesioner", "layout", "urutan")
_VERSION = 1


def header_print(names: Iterable[str | None]) -> str:
    """Return the fingerprint of headers: their order and spelling do not matter, each of them does.

    >>> header_print(["U1", "Umur"]) == header_print(["umur ", "u1", None])
    True
    """
    known = sorted(normalise(name) for name in names if name is not None)
    return hashlib.sha256("\x1f".join(known).encode()).hexdigest()[:16]


def sheet_prints(sheets: Iterable[Sheet], base: Kuesioner) -> dict[str, str]:
    """Return the fingerprint of each sheet's headers, by the sheet's name."""
    out = {}
    for sheet in sheets:
        header = find_header(sheet, base) or coded_header(sheet, base) or plain_header(sheet)
        if header is not None:
            out[sheet.nama] = header_print(header.nama)
    return out


def recalled(options: ReadOptions, prints: Iterable[str]) -> tuple[ReadOptions, Finding | None]:
    """Return the options with earlier answers in the place of those not given, and the note that says so.

    Raises
    ------
    DataError
        The file of answers cannot be understood.
    """
    path = Path(str(options.keputusan))
    wanted = set(prints)
    found = [entry for entry in _load(path) if entry["judul"] in wanted]
    if not found:
        return options, None
    given = set(options.given())
    used = {key: value for key, value in found[-1].items() if key in KEPT and key not in given}
    if not used:
        return options, None
    evidence = {"berkas": path.name, "opsi": sorted(used), "sidik": _print_of(used)}
    return replace(options, **used), Finding("keputusan-dipakai", "catatan", "io", evidence)


def remember(path: Path, judul: str, options: ReadOptions) -> tuple[str, ...]:
    """Keep the answers among some options for headers of a fingerprint; return the names of those that were kept.

    Raises
    ------
    DataError
        The file cannot be understood or written.
    """
    base, _ = replace(options, label=None, kuesioner=None, terima=()).ready()
    answers = {key: _plain(key, getattr(options, key), base) for key in options.given() if key in KEPT}
    kept = {key: value for key, value in answers.items() if value is not None and not _personal(value)}
    if not kept:
        return ()
    entries = _load(path)
    old = next((entry for entry in entries if entry["judul"] == judul), {"judul": judul})
    new = {**old, **kept}
    if new == old:
        return ()
    text = _written([entry for entry in entries if entry["judul"] != judul] + [new])
    write_file(path, text.encode(), overwrite=True)
    return tuple(kept)


def table_print(data: Any, columns: Any) -> tuple[RawTable, str]:
    """Return a table and the fingerprint of its headers; what can be gone through once is opened here, once."""
    tabel = raw_table(data, columns)
    return tabel, header_print(tabel.names)


def _load(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    values = parse_toml(path.read_bytes(), path.name, exact=False)
    entries = values.get("keputusan", [])
    sound = isinstance(entries, list) and all(isinstance(e, dict) and isinstance(e.get("judul"), str) for e in entries)
    if values.get("versi") != _VERSION or not sound:
        raise DataError("keputusan-rusak", berkas=path.name)
    unknown = sorted({key for entry in entries for key in entry} - {"judul", *KEPT})
    if unknown:
        raise DataError("keputusan-asing", berkas=path.name, opsi=unknown, pilihan=list(KEPT))
    return [dict(entry) for entry in entries]


def _plain(key: str, value: Any, base: Kuesioner) -> Any:
    """Return an answer as it is written; None where it is no value that a file could hold."""
    if key == "label":
        return read_labels(value, len(base.nilai))
    if isinstance(value, Mapping):
        return {str(k): _plain("", v, base) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain("", item, base) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, (str, int, float, bool)) else None


def _personal(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(holds_person(str(k)) or _personal(v) for k, v in value.items())
    if isinstance(value, list):
        return any(map(_personal, value))
    return isinstance(value, str) and holds_person(value)


def _print_of(used: Mapping[str, Any]) -> str:
    text = json.dumps(used, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _written(entries: Iterable[Mapping[str, Any]]) -> str:
    lines = [
        "# Jawaban atas pertanyaan skm tentang berkas di folder ini; dipakai lagi bila judul kolomnya sama.",
        "# Hapus satu baris atau satu bagian untuk ditanya lagi.",
        f"versi = {_VERSION}",
    ]
    for entry in entries:
        lines += ["", "[[keputusan]]", *(f"{_toml(key)} = {_value(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(str(k))} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _toml(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key, ensure_ascii=False)
