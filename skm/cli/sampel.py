"""``skm sampel``: how many respondents are needed, and whether those reached are enough."""

from __future__ import annotations

import argparse
from typing import Any

from skm.api.envelope.document import Done
from skm.cli.parser import Commands

# What the functions call an option -> what it is called on the command line.
_NAMES = {
    "method": "--metode",
    "level": "--tingkat",
    "margin": "--margin",
    "p": "--p",
    "rounding": "--pembulatan",
    "chi2": "--chi2",
    "n": "--n",
}


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("sampel", run, _NAMES)
    parser.fill("populasi", "meta-n", "sampel.populasi")
    parser.option("--n", "meta-n-kecil", "sampel.n")
    parser.option("--metode", "meta-cara", "sampel.metode", default="krejcie-morgan")
    parser.option("--tingkat", "meta-bagian", "sampel.tingkat", default="0.95")
    parser.option("--margin", "meta-bagian", "sampel.margin", default="0.05")
    parser.option("--p", "meta-bagian", "sampel.p", default="0.5")
    parser.option("--pembulatan", "meta-cara", "sampel.pembulatan", default="half-up")
    parser.option("--chi2", "meta-cara", "sampel.chi2", default="tabel")


def run(args: argparse.Namespace) -> Done:
    """Compute."""
    from skm.sampling import adequacy, sample_size

    opsi: dict[str, Any] = {
        "method": args.metode,
        "level": args.tingkat,
        "margin": args.margin,
        "p": args.p,
        "rounding": args.pembulatan,
        "chi2": args.chi2,
    }
    if args.n is None:
        size, enough = sample_size(args.populasi, **opsi), None
    else:
        enough = adequacy(args.n, args.populasi, **opsi)
        size = enough.size
    table = (size if enough is None else enough).table(args.lang)
    hasil = {
        "ukuran": size.to_dict(args.lang),
        "kecukupan": None if enough is None else enough.to_dict(args.lang),
        "tampil": {"judul": table.title, "catatan": list(table.notes)},
    }
    return Done(lambda: hasil, table.to_text)
