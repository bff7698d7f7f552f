"""What all commands that read files of answers share: options, and reading with them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.errors import DataError
from skm.cli.parser import Parser

if TYPE_CHECKING:
    from skm.io.options import ReadOptions

_UNWRITABLE = frozenset({"berkas-tidak-tertulis", "berkas-terkunci-tulis", "berkas-hanya-baca"})
_PACKAGE = Path(__file__).resolve().parents[1]

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
    "keputusan": "--keputusan",
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
    parser.option("--keputusan", "meta-berkas", "baca.keputusan")


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
        "keputusan": decisions_of(args),
        "terima": tuple(
            w.strip() for text in getattr(args, "terima", None) or () for w in text.split(",") if w.strip()
        ),
    }


def decisions_of(args: argparse.Namespace) -> Path | None:
    """Return the file of earlier answers: the one named, else the one beside the input; None where none is wanted."""
    named = getattr(args, "keputusan", None)
    if named is not None:
        return None if named == "tidak" else Path(named)
    source = getattr(args, "berkas", None)
    if not isinstance(source, str) or not Path(source).exists() or _PACKAGE in Path(source).resolve().parents:
        return None
    path = Path(source)
    return (path if path.is_dir() else path.parent) / "keputusan.toml"


def kept(args: argparse.Namespace, survei: Any) -> str:
    """Keep the answers that were typed, for the next time; return the sentence that says so, or nothing.

    A folder that may not be written to keeps nobody from the figure: then the sentence says that nothing is kept.
    """
    from skm.answers.survei import Survei
    from skm.io.decisions import KEPT, remember
    from skm.io.read import header_prints

    given: ReadOptions | None = getattr(args, "dibaca", None)
    path = None if given is None else given.keputusan
    if given is None or path is None or not isinstance(survei, Survei) or not set(given.given()) & set(KEPT):
        return ""
    prints = header_prints(args.berkas, given)
    own = prints.get(survei.sumber.lembar) or next(iter(prints.values()), None)
    if own is None:
        return ""
    try:
        names = remember(Path(path), own, given)
    except DataError as problem:
        if problem.code not in _UNWRITABLE:
            raise
        return messages.text("cli", "keputusan-tidak-disimpan", args.lang, berkas=str(path))
    shown = [NAMES.get(name, f"--{name.replace('_', '-')}") for name in names]
    return messages.text("cli", "keputusan-disimpan", args.lang, berkas=str(path), opsi=shown) if names else ""


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
    order = getattr(args, "urutan", None) or survei.bacaan.urutan
    undated = getattr(args, "tanpa_tanggal", "tolak")
    return survei.period(periode, urutan=order, tanpa_tanggal=undated)


def typed(args: argparse.Namespace) -> list[str]:
    """Return which of the options were typed, for input that knows none of them."""
    own = {k: v for k, v in reading(args).items() if k not in ("sheet", "keputusan")}
    given = {**own, "urutan": getattr(args, "urutan", None)}
    if hasattr(args, "urutan"):
        given["periode"] = args.periode
    return [
        key
        for key, value in given.items()
        if value is not None and (key, value) not in (("rusak", "tolak"), ("terima", ()))
    ]
