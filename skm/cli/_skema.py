"""``skm skema``: the JSON schemas of what goes in and what comes out."""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path
from typing import Any

from skm import _messages
from skm._files import write_file
from skm._table import Column, Table
from skm.cli._output import Selesai
from skm.cli._parser import Commands
from skm.errors import OptionError


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("skema", run)
    parser.fill("nama", "meta-nama", "skema.nama", needed=False)
    parser.option("--out", "meta-berkas", "skema.out")


def run(args: argparse.Namespace) -> Selesai:
    """Show one schema, or the list of them."""
    found = {
        e.name.removesuffix(".json"): e
        for e in resources.files("skm").joinpath("schemas").iterdir()
        if e.name.endswith(".json")
    }
    lang = args.lang
    if args.nama is None:
        if args.out is not None:
            raise OptionError("argumen-hilang", isian=_messages.text("cli", "meta-nama", lang))
        rows = tuple((name, _messages.text("cli", f"skema.isi-{name}", lang)) for name in sorted(found))
        columns = (
            Column("nama", _messages.text("cli", "kolom-nama", lang)),
            Column("isi", _messages.text("cli", "kolom-isi", lang)),
        )
        table = Table(_messages.text("cli", "skema.judul", lang), columns, rows, (), lang)
        return Selesai(
            lambda: {"skema": [dict(zip(("nama", "isi"), row, strict=True)) for row in rows], "tertulis": None},
            table.to_text,
        )
    if args.nama not in found:
        raise OptionError(
            "opsi-tidak-dikenal", opsi=_messages.text("cli", "meta-nama", lang), nilai=args.nama, pilihan=sorted(found)
        )
    content = found[args.nama].read_text(encoding="utf-8")
    schema: Any = json.loads(content)
    written = None if args.out is None else str(write_file(Path(args.out), content.encode()))
    shown = content if written is None else _messages.text("cli", "tertulis", lang, berkas=written)
    return Selesai(lambda: {"skema": schema, "tertulis": written}, lambda: shown)
