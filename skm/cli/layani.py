"""``skm layani``: the local page and the HTTP interface; or JSON lines on standard input and output."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from skm.api.envelope.document import Done
from skm.basics import messages
from skm.basics.errors import DataError, OptionError
from skm.cli.parser import Commands

_PORT = "8766"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_parser(commands: Commands) -> None:
    """Describe the arguments."""
    parser = commands.add("layani", run)
    parser.fill("berkas", "meta-berkas", "layani.berkas", needed=False, many=True)
    parser.option("--port", "meta-bagian", "layani.port")
    parser.option("--host", "meta-nama", "layani.host", default="127.0.0.1")
    parser.option("--nama", "meta-nama", "layani.nama", action="append")
    parser.switch("--jangan-buka", text="layani.jangan-buka", dest="jangan_buka")
    parser.switch("--stdin", text="layani.stdin", dest="baris")


def run(args: argparse.Namespace) -> Done:
    """Serve until stopped."""
    if getattr(args, "baris", False):
        from skm.service.lines import serve_lines

        count = serve_lines(sys.stdin.buffer, sys.stdout.buffer, args.lang)
        return Done(lambda: {"dijawab": count}, lambda: "")
    token = os.environ.get("SKM_TOKEN") or None
    if args.host not in _LOOPBACK and not token:
        raise DataError("layanan-perlu-token")
    port = _PORT if args.port is None else args.port
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
        raise OptionError("opsi-tidak-dikenal", opsi="--port", nilai=port, pilihan=["0-65535"])
    from skm.service.running import serve

    names = [*(getattr(args, "nama", None) or []), *([args.host] if args.host not in _LOOPBACK else [])]

    def ready(address: str) -> None:
        print(messages.text("layani", "layani-siap", args.lang, alamat=address), file=sys.stderr, flush=True)  # noqa: T201

    options: dict[str, Any] = {"hosts": names, "token": token, "files": list(args.berkas or ()), "lang": args.lang}
    options["elsewhere"] = args.port is None  # a second double click opens a second page, and no error
    serve(args.host, int(port), ready, browse=not getattr(args, "jangan_buka", False), **options)
    return Done(lambda: {"ditutup": True}, lambda: messages.text("layani", "layani-tutup", args.lang))
