"""``skm periksa``: what is wrong, doubtful or worth knowing about a file of answers; and the repairs it suggests."""

from __future__ import annotations

import argparse
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from skm.api.envelope.document import LEVELS, Done
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.cli import reading
from skm.cli.parser import Commands


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("periksa", run, reading.NAMES)
    parser.fill("berkas", "meta-berkas", "baca.berkas")
    parser.option("--lembar", "meta-nama", "hitung.lembar")
    parser.option("--kuesioner", "meta-peta", "hitung.kuesioner")
    parser.option("--u8", "meta-unsur", "hitung.u8")
    reading.add_options(parser)
    parser.option("--usulkan", "meta-berkas", "periksa.usulkan")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def _given(args: argparse.Namespace) -> Any:
    """Return the survey of a JSON envelope, from a file or from standard input; else what is to be read."""
    from skm.api.envelope.answer import survey_of
    from skm.api.envelope.request import load, parse
    from skm.cli.hitung import json_file, reading_words, standard_input
    from skm.regulasi._choose import questionnaire

    content = standard_input() if args.berkas == "-" else json_file(args.berkas)
    if content is None:
        return args.berkas
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and "data" in load(content):
        permintaan = parse(content)
        asked = permintaan.kuesioner if args.kuesioner is None else args.kuesioner
        chosen = {**permintaan.opsi, **reading_words(args), **({"u8": args.u8} if args.u8 else {})}
        return survey_of(replace(permintaan, opsi=chosen), *questionnaire(asked, chosen.get("regulasi")))
    source: Any = io.BytesIO(content)
    if args.berkas != "-":
        source.name = args.berkas
    return source


def run(args: argparse.Namespace) -> Done:
    """Check, and write the proposals where they are wanted."""
    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    from skm.answers.survei import Survei
    from skm.api import files

    opsi = {**reading.reading(args), "kuesioner": args.kuesioner, "u8": args.u8}
    args.dibaca = reading.options(args, kuesioner=args.kuesioner, u8=args.u8)
    given = _given(args)
    survei = given if isinstance(given, Survei) else reading.in_period(files.read(given, **opsi), args)
    hasil = files.check(survei)
    written = None
    if args.usulkan is not None:
        written = str(files.repairs(survei, Path(args.usulkan), overwrite=getattr(args, "timpa", False)))
    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)
    gagal = any(LEVELS.index(t.tingkat) >= limit for t in hasil)

    account = survei.account()
    kept = reading.kept(args, survei)

    def text() -> str:
        parts = [account.table(args.lang).to_text(), hasil.table(args.lang).to_text()]
        if written is not None:
            parts.append(messages.text("cli", "tertulis", args.lang, berkas=written))
        parts += [kept] if kept else []
        return "\n\n".join(parts)

    def document() -> dict[str, Any]:
        rows = [dict(zip(("huruf", "kolom", "peran", "arti"), row, strict=True)) for row in survei.peran()]
        told = account.to_dict(args.lang)
        return {
            **hasil.to_dict(args.lang),
            "akun": told,
            "tata_letak": survei.sumber.tata_letak,
            "kolom": rows,
            "tertulis": written,
        }

    return Done(document, text, gagal=gagal)
