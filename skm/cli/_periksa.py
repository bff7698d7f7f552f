"""``skm periksa``: what is wrong, doubtful or worth knowing about a file of answers; and the repairs it suggests."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from skm import _messages
from skm.cli import _berkas
from skm.cli._output import LEVELS, Selesai
from skm.cli._parser import Commands
from skm.errors import OptionError


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("periksa", run, _berkas.NAMES)
    parser.fill("berkas", "meta-berkas", "baca.berkas")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.option("--u8", "meta-unsur", "hitung.u8")
    _berkas.add_options(parser)
    parser.option("--usulkan", "meta-berkas", "periksa.usulkan")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def run(args: argparse.Namespace) -> Selesai:
    """Check, and write the proposals where they are wanted."""
    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    from skm import berkas

    opsi = {**_berkas.reading(args), "sheet": args.lembar, "kuesioner": args.kuesioner, "u8": args.u8}
    survei = _berkas.in_period(berkas.read(args.berkas, **opsi), args)
    hasil = berkas.check(survei)
    written = None if args.usulkan is None else str(berkas.repairs(survei, Path(args.usulkan)))
    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)
    gagal = any(LEVELS.index(t.tingkat) >= limit for t in hasil)

    def text() -> str:
        parts = [survei.kolom(args.lang).to_text(), hasil.table(args.lang).to_text()]
        if written is not None:
            parts.append(_messages.text("cli", "tertulis", args.lang, berkas=written))
        return "\n\n".join(parts)

    def document() -> dict[str, Any]:
        rows = [dict(zip(("huruf", "kolom", "peran", "arti"), row, strict=True)) for row in survei.peran()]
        return {**hasil.to_dict(args.lang), "tata_letak": survei.sumber.tata_letak, "kolom": rows, "tertulis": written}

    return Selesai(document, text, gagal=gagal)
