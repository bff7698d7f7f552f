"""``skm skema``: the JSON schemas of what goes in and what comes out."""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path
from typing import Any

from skm.api.envelope.document import Done
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.table import Table, TableColumn
from skm.basics.writing import write_file
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("skema", run)
    parser.fill("nama", "meta-nama", "skema.nama", needed=False)
    parser.option("--out", "meta-berkas", "skema.out")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")


def run(args: argparse.Namespace) -> Done:
    """Show one schema, or the list of them."""
    found = {
        e.name.removesuffix(".json"): e
        for e in resources.files("skm").joinpath("data", "schemas").iterdir()
        if e.name.endswith(".json")
    }
    lang = args.lang
    if args.nama is None:
        if args.out is not None:
            raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-nama", lang))
        rows = tuple((name, messages.text("cli", f"skema.isi-{name}", lang)) for name in sorted(found))
        columns = (
            TableColumn("nama", messages.text("cli", "kolom-nama", lang)),
            TableColumn("isi", messages.text("cli", "kolom-isi", lang)),
        )
        table = Table(messages.text("cli", "skema.judul", lang), columns, rows, (), lang)
        return Done(
            lambda: {"skema": [dict(zip(("nama", "isi"), row, strict=True)) for row in rows], "tertulis": None},
            table.to_text,
        )
    if args.nama not in found:
        raise OptionError(
            "opsi-tidak-dikenal", opsi=messages.text("cli", "meta-nama", lang), nilai=args.nama, pilihan=sorted(found)
        )
    content = found[args.nama].read_text(encoding="utf-8")
    schema: Any = json.loads(content)
    written = None
    if args.out is not None:
        written = str(write_file(Path(args.out), content.encode(), overwrite=getattr(args, "timpa", False)))
    shown = content if written is None else messages.text("cli", "tertulis", lang, berkas=written)
    return Done(lambda: {"skema": schema, "tertulis": written}, lambda: shown)
