"""``skm audit``: what a printed result cannot be, with proof; of one publication, several, or a folder of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from skm.api.envelope.document import LEVELS, Done
from skm.basics import messages
from skm.basics.errors import OptionError
from skm.basics.files import is_folder
from skm.basics.public_name import public_name
from skm.basics.writing import check_writable, write_file
from skm.cli.parser import Commands

if TYPE_CHECKING:
    from skm.auditing.audit import HasilTelaah
    from skm.auditing.many import AuditRow, Audits

_FORMATS = (".html", ".md", ".json", ".txt")
_LIST_FORMATS = (".html", ".jsonl", ".txt")
_UNREAD = "tak-terbaca"


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("audit", run, {"publikasi": "BERKAS", "opsi": "--out"})
    parser.fill("berkas", "meta-publikasi", "audit.berkas", needed=False, many=True)
    parser.switch("--contoh", text="audit.contoh", dest="contoh")
    parser.option("--regulasi", "meta-id", "hitung.regulasi")
    parser.option("--out", "meta-berkas", "audit.out")
    parser.switch("--timpa", text="laporan.timpa", dest="timpa")
    parser.option("--gagal-jika", "meta-tingkat", "audit.gagal-jika")


def run(args: argparse.Namespace) -> Done:
    """Audit, or write the form."""
    conditions = [*LEVELS, _UNREAD]
    if args.gagal_jika is not None and args.gagal_jika not in conditions:
        raise OptionError("opsi-tidak-dikenal", opsi="--gagal-jika", nilai=args.gagal_jika, pilihan=conditions)
    if getattr(args, "contoh", False):
        return _form(args)
    if not args.berkas:
        raise OptionError("argumen-hilang", isian=messages.text("cli", "meta-publikasi", args.lang))
    if len(args.berkas) > 1 or (args.berkas[0] != "-" and is_folder(args.berkas[0])):
        return _many(args)
    return _one(args)


def _one(args: argparse.Namespace) -> Done:
    from skm.auditing.many import Audits, rows_of

    out = _target(args, (*_FORMATS, ".jsonl"))
    hasil = _audit(args.berkas[0], args.regulasi)
    several = Audits.of(rows_of(public_name(Path(args.berkas[0]).name), hasil)) if len(hasil.bagian) > 1 else None

    def content() -> bytes:
        if out is None:
            return b""
        listed = several is not None and out.suffix.lower() in (".html", ".jsonl")
        if several is None and out.suffix.lower() == ".jsonl":
            return _list_content(Audits.of(rows_of(args.berkas[0], hasil)), out, args.lang)
        return _list_content(several, out, args.lang) if listed and several else _content(hasil, out, args.lang)

    written = _written(args, out, content)

    def text() -> str:
        listed = "" if several is None else f"{several.to_text(args.lang)}\n\n"
        return _with_note(listed + hasil.to_text(args.lang), written, args.lang)

    document = hasil.to_dict(args.lang) | {"tertulis": written}
    return Done(lambda: document, text, gagal=_fails(args.gagal_jika, hasil, hasil.terbaca))


def _many(args: argparse.Namespace) -> Done:
    from skm.auditing.many import Audits, sources

    out = _target(args, _LIST_FORMATS)
    places: list[str | Path] = []
    for name in args.berkas:
        places += sources(name) if is_folder(name) else [name]
    audits = Audits(places, regulasi=args.regulasi)
    written = _written(args, out, lambda: _list_content(audits, out, args.lang) if out is not None else b"")

    def text() -> str:
        return _with_note(audits.to_text(args.lang), written, args.lang)

    document = {"ringkasan": audits.headline(args.lang), "hasil": [row.to_dict(args.lang) for row in audits]}
    gagal = any(_row_fails(args.gagal_jika, row) for row in audits)
    return Done(lambda: document | {"tertulis": written}, text, gagal=gagal)


def _fails(condition: str | None, hasil: HasilTelaah, read: bool) -> bool:
    if condition is None:
        return False
    if condition == _UNREAD:
        return not read
    limit = LEVELS.index(condition)
    return any(LEVELS.index(f.tingkat) >= limit for f in hasil)


def _row_fails(condition: str | None, row: AuditRow) -> bool:
    if row.hasil is None:
        return condition is not None
    return _fails(condition, row.hasil, row.terbaca)


def _target(args: argparse.Namespace, formats: tuple[str, ...]) -> Path | None:
    """Return where to write, after a look whether that can be done at all."""
    if args.out is None:
        return None
    out = Path(args.out)
    if out.suffix.lower() not in formats:
        raise OptionError("opsi-tidak-dikenal", opsi="--out", nilai=out.suffix or out.name, pilihan=list(formats))
    check_writable(out, overwrite=getattr(args, "timpa", False))
    return out


def _written(args: argparse.Namespace, out: Path | None, content: Callable[[], bytes]) -> str | None:
    if out is None:
        return None
    return str(write_file(out, content(), overwrite=getattr(args, "timpa", False)))


def _with_note(shown: str, written: str | None, lang: str) -> str:
    return shown if written is None else f"{shown}\n\n{messages.text('cli', 'tertulis', lang, berkas=written)}"


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

    printed = parse(sys.stdin.buffer.read(), "masukan", regulasi) if source == "-" else source
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


def _list_content(audits: Audits, out: Path, lang: str) -> bytes:
    suffix = out.suffix.lower()
    if suffix == ".html":
        return audits.to_html(lang).encode()
    if suffix == ".txt":
        return f"{audits.to_text(lang)}\n".encode()
    lines = [json.dumps(row.to_dict(lang), ensure_ascii=True, allow_nan=False) for row in audits]
    return ("\n".join(lines) + "\n").encode("ascii")
