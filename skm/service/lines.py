"""JSON lines: one request a line on standard input, one document a line on standard output, for who may open no port.

A line is ``{"perintah": "hitung", "masukan": {...}, "lang": "id", "id": ...}``; ``id`` comes back as it was. A line
that is no request is answered like any other refusal, and the next line is read.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from skm.api.envelope.document import document, galat
from skm.api.envelope.request import load, parse
from skm.basics.errors import DataError, SKMError
from skm.basics.numbers import LANGS
from skm.service.calls import CALLS, PLAIN, command, known
from skm.service.settings import Settings


def serve_lines(source: BinaryIO, target: BinaryIO, lang: str) -> int:
    """Answer every line until the end of the input; return how many were answered."""
    limit = Settings().upload
    count = 0
    while line := source.readline(limit + 1):
        if not line.strip():
            continue
        target.write(answer(line, lang, limit).encode("ascii") + b"\n")
        target.flush()
        count += 1
    return count


def answer(line: bytes, lang: str, limit: int) -> str:
    """Return the document that answers one line."""
    name: str | None = None
    mark: Any = None
    try:
        if len(line) > limit:
            raise DataError("layanan-terlalu-besar", batas=limit >> 20)
        asked = load(line)
        known(asked, ("perintah", "masukan", "lang", "id"))
        mark = asked.get("id")
        if asked.get("lang") in LANGS:
            lang = asked["lang"]
        name = command(str(asked.get("perintah", "")))
        content = asked.get("masukan")
        if not isinstance(content, dict):
            raise DataError(
                "masukan-jenis-salah", jalur="masukan", diharapkan="object", ditemukan=type(content).__name__
            )
        done = CALLS[name](parse(json.dumps(content).encode()), lang) if name in CALLS else PLAIN[name](content, lang)
        text = document(name, lang, selesai=done)
    except SKMError as problem:
        text = document(name, lang, galat=galat(problem, lang, {}))
    except Exception as defect:
        # The one place where a defect becomes an answer here: one bad line must not end the others.
        internal = SKMError("cacat-internal", jenis=type(defect).__name__)
        text = document(name, lang, galat=galat(internal, lang, {}))
    return text if mark is None else json.dumps({**json.loads(text), "id": mark}, ensure_ascii=True)
