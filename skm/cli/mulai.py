"""``skm mulai``: a folder with everything for one survey."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from skm.api.envelope.document import Done
from skm.basics import messages
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from skm.basics.numbers import Lang


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("mulai", run, {"kuesioner": "--kuesioner"})
    parser.fill("folder", "meta-folder", "mulai.folder")
    parser.option("--unit", "meta-nama", "mulai.unit")
    parser.option("--instansi", "meta-nama", "mulai.instansi")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")


def run(args: argparse.Namespace) -> Done:
    """Write the folder and say what is in it."""
    from skm import report

    lang: Lang = args.lang
    kit = report.write_starter_kit(
        args.folder,
        unit=args.unit or "",
        instansi=args.instansi or "",
        kuesioner=args.kuesioner,
        overwrite=getattr(args, "timpa", False),
        lang=lang,
    )
    files = kit.berkas

    def text() -> str:
        def say(code: str, **fields: Any) -> str:
            return messages.text("cli", code, lang, **fields)

        made, kept = [f for f in files if f.ditulis], [f for f in files if not f.ditulis]
        lines = [say("laporan.ditulis"), *(f"  {f.path}" for f in made)] if made else []
        lines += [say("laporan.dibiarkan"), *(f"  {f.path}" for f in kept)] if kept else []
        if kit.disimpan:
            lines += [say("laporan.disimpan"), *(f"  {path}" for path in kit.disimpan)]
        return "\n".join([*lines, say("mulai.lanjut", berkas=files[0].path)])

    return Done(
        lambda: {
            "berkas": [{"jalur": str(f.path), "ditulis": f.ditulis} for f in files],
            "disimpan": [str(path) for path in kit.disimpan],
        },
        text,
    )
