"""What all commands that read files of answers share: options, and reading with them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.basics.errors import DataError
from skm.cli.parser import Parser

if TYPE_CHECKING:
    from skm.io.options import ReadOptions

# What the API calls an argument -> what it is called on the command line.
NAMES = {
    "sheet": "--lembar",
    "layout": "--tata-letak",
    "unit": "--unit-dari",
    "rusak": "--rusak",
    "label": "--label",
    "skala": "--konversi",
    "urutan": "--urutan",
    "perbaikan": "--perbaikan",
    "tanpa_tanggal": "--tanpa-tanggal",
    "terima": "--terima",
    "daftar_pertanyaan": "--daftar-pertanyaan",
}


def add_options(parser: Parser) -> None:
    """Describe the options beyond those that say how a figure is computed."""
    parser.option("--periode", "meta-periode", "baca.periode")
    parser.option("--urutan", "meta-cara", "baca.urutan")
    parser.option("--tanpa-tanggal", "meta-cara", "baca.tanpa-tanggal", default="tolak")
    parser.option("--tata-letak", "meta-nama", "baca.tata-letak")
    parser.option("--unit-dari", "meta-kolom", "baca.unit")
    parser.option("--rusak", "meta-cara", "baca.rusak", default="tolak")
    parser.option("--label", "meta-berkas", "baca.label")
    parser.option("--konversi", "meta-cara", "baca.konversi")
    parser.option("--perbaikan", "meta-berkas", "baca.perbaikan")
    parser.option("--terima", "meta-nama", "baca.terima", action="append")
    parser.option("--daftar-pertanyaan", "meta-berkas", "baca.daftar-pertanyaan")


def add_score_options(parser: Parser) -> None:
    """Describe the options that say how answers are understood and how the figure is computed."""
    parser.option("--bobot", "meta-bobot", "hitung.bobot")
    parser.option("--pembulatan", "meta-cara", "hitung.pembulatan")
    parser.option("--kosong", "meta-cara", "hitung.kosong")
    parser.option("--pertanyaan", "meta-cara", "hitung.pertanyaan")
    parser.option("--unsur-kosong", "meta-cara", "hitung.unsur-kosong")
    parser.option("--u8", "meta-unsur", "hitung.u8")
    parser.option("--nilai-kosong", "meta-nilai", "hitung.nilai-kosong", action="append")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.option("--regulasi", "meta-id", "hitung.regulasi")


def options(args: argparse.Namespace, **chosen: Any) -> ReadOptions:
    """Return the options of reading as one value; ``chosen`` are those that a command has settled itself."""
    from skm.io.options import ReadOptions

    return ReadOptions(**{**reading(args), **chosen})


def reading(args: argparse.Namespace) -> dict[str, Any]:
    """Return the options as arguments of `skm.read`; one that a command does not know has its default."""
    label = getattr(args, "label", None)
    return {
        "sheet": getattr(args, "lembar", None),
        "layout": getattr(args, "tata_letak", None),
        "unit": getattr(args, "unit_dari", None),
        "rusak": getattr(args, "rusak", "tolak"),
        "label": None if label is None else Path(label),
        "skala": getattr(args, "konversi", None),
        "perbaikan": getattr(args, "perbaikan", None),
        "daftar_pertanyaan": getattr(args, "daftar_pertanyaan", None),
        "terima": tuple(
            w.strip() for text in getattr(args, "terima", None) or () for w in text.split(",") if w.strip()
        ),
    }


def in_period(survei: Any, args: argparse.Namespace) -> Any:
    """Return the respondents of the period asked for; everything where none is.

    Raises
    ------
    DataError
        A period is asked of processed figures, which know no days.
    """
    periode = getattr(args, "periode", None)
    if periode is None:
        return survei
    from skm.answers.survei import Survei
    from skm.io.layouts.aggregate import kind_of

    if not isinstance(survei, Survei):
        raise DataError("bukan-survei", tata_letak=kind_of(survei))
    order, undated = getattr(args, "urutan", None), getattr(args, "tanpa_tanggal", "tolak")
    return survei.period(periode, urutan=order, tanpa_tanggal=undated)


def typed(args: argparse.Namespace) -> list[str]:
    """Return which of the options were typed, for input that knows none of them."""
    given = {**{k: v for k, v in reading(args).items() if k != "sheet"}, "urutan": getattr(args, "urutan", None)}
    if hasattr(args, "urutan"):
        given["periode"] = args.periode
    return [
        key
        for key, value in given.items()
        if value is not None and (key, value) not in (("rusak", "tolak"), ("terima", ()))
    ]
