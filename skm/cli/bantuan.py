"""``skm bantuan``: what a code of an error or a note means."""

from __future__ import annotations

import argparse

from skm.api.envelope.document import Done
from skm.api.help import bantuan, index
from skm.basics import messages
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    commands.add("bantuan", run).fill("kode", "meta-nama", "bantuan.kode", needed=False)


def run(args: argparse.Namespace) -> Done:
    """Explain one code, or list all."""
    if args.kode is not None:
        found = bantuan(args.kode, args.lang)
        return Done(found.to_dict, lambda: str(found))
    codes = sorted({code for listed in index().values() for code in listed})
    head = messages.text("bantuan", "daftar", args.lang, banyak=len(codes))
    return Done(lambda: {"kode": codes}, lambda: "\n".join([head, *codes]))
