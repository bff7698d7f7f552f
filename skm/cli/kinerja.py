"""``skm kinerja``: the filled-in performance form -> the tables of the LKjIP, on the terminal and as documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from skm.api.envelope.document import LEVELS, Done, GroupFinding
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.cli.parser import Commands

_FILES = ("kinerja.docx", "kinerja.html", "kinerja.xlsx")


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("kinerja", run, {"skala": "--skala", "path": "--out"})
    parser.fill("berkas", "meta-berkas", "kinerja.berkas", needed=False)
    parser.option("--out", "meta-folder", "kinerja.out")
    parser.option("--skala", "meta-nama", "kinerja.skala")
    parser.option("--templat", "meta-berkas", "laporan.templat")
    parser.switch("--pdf", text="kinerja.pdf", dest="pdf")
    parser.switch("--contoh", text="kinerja.contoh", dest="contoh")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--gagal-jika", "meta-tingkat", "hitung.gagal-jika")


def run(args: argparse.Namespace) -> Done:
    """Show and write the tables, or write the empty form."""
    from skm import kinerja

    lang = args.lang
    if args.gagal_jika is not None and args.gagal_jika not in LEVELS:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=list(LEVELS))
    overwrite = getattr(args, "timpa", False)
    if getattr(args, "contoh", False):
        out = Path("kinerja.xlsx" if args.out is None else args.out)
        if out.suffix.lower() != ".xlsx":
            raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.name, pilihan=[".xlsx"])
        path = str(kinerja.write_form(out, overwrite=overwrite, lang=lang))
        return Done(lambda: {"tertulis": path}, lambda: messages.text("cli", "kinerja.formulir", lang, berkas=path))
    if args.berkas is None:
        raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-berkas", lang))
    value = kinerja.lkjip(args.berkas, skala=args.skala)
    made = _write(args, value, overwrite=overwrite)

    def text() -> str:
        parts = [value.text(lang)]
        if made:
            parts.append("\n".join([messages.text("cli", "laporan.ditulis", lang), *(f"  {p}" for p in made)]))
        return "\n\n".join(parts)

    limit = len(LEVELS) if args.gagal_jika is None else LEVELS.index(args.gagal_jika)
    failed = any(LEVELS.index(f.tingkat) >= limit for f in value.catatan)
    document: dict[str, Any] = {**value.to_dict(lang), "tertulis": [str(p) for p in made]}
    return Done(lambda: document, text, [GroupFinding(f) for f in value.catatan], failed)


def _write(args: argparse.Namespace, value: Any, *, overwrite: bool) -> list[Path]:
    """Write the set: all of it, or nothing where one of the files is there."""
    if args.out is None:
        return []
    from skm import report

    names = [*_FILES, *(["kinerja.pdf"] if getattr(args, "pdf", False) else [])]
    files = report.kinerja_files(value, names, templat=args.templat, lang=args.lang)
    return [f.path for f in report.write_set(args.out, files, overwrite=overwrite)]
