"""A printed result as a value: what a published SKM says, digit by digit, before anybody judges it.

`load` reads the shipped cases, a dict, JSON, TOML, a filled-in form, or a table in a spreadsheet or document.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from skm.errors import OptionError, UnreadableFileError
from skm.publikasi._baca import from_mapping
from skm.publikasi._nilai import (
    Bagian,
    BarisProfil,
    DiTempat,
    Indikator,
    Kegiatan,
    Klaim,
    KlaimUnsur,
    NilaiPeriode,
    Publikasi,
    Selisih,
    TabelProfil,
    Tercetak,
    Tren,
    UnsurTercetak,
)

__all__ = [
    "Bagian",
    "BarisProfil",
    "DiTempat",
    "Indikator",
    "Kegiatan",
    "Klaim",
    "KlaimUnsur",
    "NilaiPeriode",
    "Publikasi",
    "Selisih",
    "TabelProfil",
    "Tercetak",
    "Tren",
    "UnsurTercetak",
    "ids",
    "load",
]


def load(publikasi: str | Path | Mapping[str, Any] | Publikasi) -> Publikasi:
    """Return a printed result.

    Parameters
    ----------
    publikasi : str, Path, mapping or Publikasi
        The id of a shipped case (`ids`), a path ending in .toml or .json, a mapping with the same keys, or a
        `Publikasi` (returned as it is). Numbers are best given as text, with the decimals they were printed with.

    Raises
    ------
    OptionError
        No case of this id, or a number that cannot be read.
    DataError
        An unknown key or a value of the wrong kind; the message names it.
    UnreadableFileError
        The file is not in its format.

    Examples
    --------
    >>> load("wonoasih-2024-s2").ikm
    Tercetak(nilai=Decimal('94.17'), dianggap=False)
    >>> load({"unsur": {"U1": "3,47", "U2": "3,35"}, "ikm": "92,53% A (Sangat Baik)"}).mutu
    'A'
    """
    if isinstance(publikasi, Publikasi):
        return publikasi
    if isinstance(publikasi, Mapping):
        return from_mapping(_inner(publikasi))
    path = Path(publikasi)
    if isinstance(publikasi, str) and publikasi in _files():
        return _structured(_files()[publikasi].read_bytes(), f"{publikasi}.toml")
    if path.suffix.lower() in (".toml", ".json"):
        return _structured(path.read_bytes(), path.name)
    raise OptionError("opsi-tidak-dikenal", opsi="publikasi", nilai=str(publikasi), pilihan=ids())


def ids() -> tuple[str, ...]:
    """Return the ids of the published cases that come with the package.

    Examples
    --------
    >>> "wonoasih-2024-s2" in ids()
    True
    """
    return tuple(sorted(_files()))


def _structured(content: bytes, name: str) -> Publikasi:
    try:
        text = content.decode("utf-8-sig")
        values = (
            tomllib.loads(text, parse_float=Decimal)
            if name.lower().endswith(".toml")
            else json.loads(text, parse_float=Decimal)
        )
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, json.JSONDecodeError) as problem:
        raise UnreadableFileError("publikasi-tidak-terbaca", berkas=name, sebab=str(problem)) from problem
    return from_mapping(_inner(values), name)


def _inner(values: Any) -> Any:
    """Return the publication inside a case file: its ``publikasi`` table, with its id and performance table."""
    if not isinstance(values, Mapping) or not isinstance(values.get("publikasi"), Mapping):
        return values
    inner = dict(values["publikasi"])
    inner.setdefault("id", values.get("id", ""))
    lines = values.get("lkjip", {}).get("indikator", [])
    if lines:
        klaim = dict(inner.get("klaim", {}))
        klaim.setdefault("indikator", [_line(line) for line in lines])
        inner["klaim"] = klaim
    return inner


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    budget = line.get("anggaran", {})
    return {
        "nama": line.get("nama", ""),
        "target": line.get("target"),
        "realisasi": line.get("realisasi"),
        "capaian": line.get("capaian"),
        "pagu": budget.get("pagu"),
        "realisasi_anggaran": budget.get("realisasi"),
        "serapan": budget.get("serapan"),
        "efisiensi": budget.get("efisiensi"),
    }


def _files() -> dict[str, Any]:
    folder = resources.files("skm").joinpath("data", "kasus")
    return {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
