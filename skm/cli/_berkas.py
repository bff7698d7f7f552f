"""What all commands that read files of answers share: options, and reading with them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from skm.cli._parser import Parser
from skm.errors import DataError

# What the API calls an argument -> what it is called on the command line.
NAMES = {
    "sheet": "--lembar",
    "layout": "--tata-letak",
    "unit": "--unit",
    "rusak": "--rusak",
    "label": "--label",
    "skala": "--konversi",
    "urutan": "--urutan",
    "perbaikan": "--perbaikan",
    "tanpa_tanggal": "--tanpa-tanggal",
}


def add_options(parser: Parser) -> None:
    """Describe the options beyond those that say how a figure is computed."""
    parser.option("--periode", "meta-periode", "baca.periode")
    parser.option("--urutan", "meta-cara", "baca.urutan")
    parser.option("--tanpa-tanggal", "meta-cara", "baca.tanpa-tanggal", default="tolak")
    parser.option("--tata-letak", "meta-nama", "baca.tata-letak")
    parser.option("--unit", "meta-kolom", "baca.unit")
    parser.option("--rusak", "meta-cara", "baca.rusak", default="tolak")
    parser.option("--label", "meta-berkas", "baca.label")
    parser.option("--konversi", "meta-cara", "baca.konversi")
    parser.option("--perbaikan", "meta-berkas", "baca.perbaikan")


def reading(args: argparse.Namespace) -> dict[str, Any]:
    """Return the options as arguments of `skm.io.read`."""
    return {
        "layout": args.tata_letak,
        "unit": args.unit,
        "rusak": args.rusak,
        "label": None if args.label is None else Path(args.label),
        "skala": args.konversi,
        "perbaikan": args.perbaikan,
    }


def in_period(survei: Any, args: argparse.Namespace) -> Any:
    """Return the respondents of the period asked for; everything where none is.

    Raises
    ------
    DataError
        A period is asked of processed figures, which know no days.
    """
    if args.periode is None:
        return survei
    from skm.survei import Survei

    if not isinstance(survei, Survei):
        raise DataError("bukan-survei", tata_letak=type(survei).__name__)
    return survei.period(args.periode, urutan=args.urutan, tanpa_tanggal=args.tanpa_tanggal)


def typed(args: argparse.Namespace) -> list[str]:
    """Return which of the options were typed, for input that knows none of them."""
    given = {**reading(args), "periode": args.periode, "urutan": args.urutan}
    return [key for key, value in given.items() if value is not None and (key, value) != ("rusak", "tolak")]
