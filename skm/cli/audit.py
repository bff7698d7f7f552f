"""``skm audit``: what a printed result cannot be, with proof; and the empty form to type one into."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from skm.api.envelope.document import LEVELS, Done
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.writing import write_file
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from skm.auditing.audit import HasilTelaah

_FORMATS = (".html", ".md", ".json", ".txt")


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("audit", run, {"publikasi": "BERKAS", "opsi": "--out"})
    parser.fill("berkas", "meta-publikasi", "audit.berkas", needed=False)
    parser.switch("--contoh", text="audit.contoh", dest="contoh")
    parser.option("--regulasi", "meta-id", "hitung.regulasi")
    parser.option("--out", "meta-berkas", "audit.out")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def run(args: argparse.Namespace) -> Done:
    """Audit, or write the form."""
    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    if getattr(args, "contoh", False):
        return _form(args)
    if args.berkas is None:
        raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-publikasi", args.lang))
    out = None if args.out is None else Path(args.out)
    if out is not None and out.suffix.lower() not in _FORMATS:
        raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.suffix or out.name, pilihan=list(_FORMATS))
    hasil = _audit(args.berkas, args.regulasi)
    written = None
    if out is not None:
        written = str(write_file(out, _content(hasil, out, args.lang), overwrite=getattr(args, "timpa", False)))
    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)
    gagal = any(LEVELS.index(f.tingkat) >= limit for f in hasil)

    def text() -> str:
        shown = hasil.to_text(args.lang)
        return shown if written is None else f"{shown}\n\n{messages.text('cli', 'tertulis', args.lang, berkas=written)}"

    document = hasil.to_dict(args.lang) | {"tertulis": written}
    return Done(lambda: document, text, gagal=gagal)


def _form(args: argparse.Namespace) -> Done:
    from skm import publikasi

    out = Path("publikasi.xlsx" if args.out is None else args.out)
    if out.suffix.lower() != ".xlsx":
        raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.suffix or out.name, pilihan=[".xlsx"])
    written = str(publikasi.form(out, args.lang, overwrite=getattr(args, "timpa", False)))
    return Done(
        lambda: {"tertulis": written}, lambda: messages.text("cli", "audit.formulir", args.lang, berkas=written)
    )


def _audit(source: str, regulasi: str | None) -> HasilTelaah:
    from skm.auditing import audit
    from skm.publikasi import parse

    printed = parse(sys.stdin.buffer.read(), "masukan.json", regulasi) if source == "-" else source
    return audit.audit(printed, regulasi=regulasi)


def _content(hasil: HasilTelaah, out: Path, lang: str) -> bytes:
    suffix = out.suffix.lower()
    if suffix == ".html":
        return hasil.to_html(lang).encode()
    if suffix == ".md":
        return hasil.to_markdown(lang).encode()
    if suffix == ".txt":
        return f"{hasil.to_text(lang)}\n".encode()
    return f"{json.dumps(hasil.to_dict(lang), ensure_ascii=True, allow_nan=False, indent=2)}\n".encode("ascii")
