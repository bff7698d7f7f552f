"""``skm petakan``: a ready-made map of a file's columns, to be completed and given as ``--kuesioner``."""

from __future__ import annotations

import argparse
from pathlib import Path

from skm.api.envelope.document import Done
from skm.basics import messages
from skm.basics.public_name import public_name
from skm.basics.writing import write_file
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("petakan", run, {"sheet": "--lembar"})
    parser.fill("berkas", "meta-berkas", "baca.berkas")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.option("--out", "meta-berkas", "petakan.out")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")


def run(args: argparse.Namespace) -> Done:
    """Draw up the map, and write it where it is wanted."""
    from skm.api import files

    rancangan = files.draft_map(args.berkas, sheet=args.lembar, kuesioner=args.kuesioner)
    toml = rancangan.to_toml()
    written = None
    if args.out is not None:
        written = str(write_file(Path(args.out), toml.encode(), overwrite=getattr(args, "timpa", False)))

    def text() -> str:
        if written is None:
            return toml.rstrip("\n")
        code = "petakan.lengkap" if rancangan.lengkap else "petakan.sunting"
        return messages.text("cli", code, args.lang, berkas=written)

    document = {
        "berkas": public_name(rancangan.berkas),
        "peta": toml,
        "lengkap": rancangan.lengkap,
        "tertulis": written,
    }
    return Done(lambda: document, text)
