"""JSON lines: one request a line on standard input, one document a line on standard output, for who may open no port.

A line is ``{"perintah": "hitung", "masukan": {...}, "lang": "id", "id": ...}``; ``id`` comes back as it was. A line
that is no request is answered like any other refusal, and the next line is read.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from skm.api.envelope.document import defect, document, galat
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
    asked: dict[str, Any] = {}
    try:
        asked = _asked(line, limit)
        lang = asked["lang"] if asked.get("lang") in LANGS else lang
        text = _done(asked, lang)
    except SKMError as problem:
        text = document(_name(asked), lang, galat=galat(problem, lang, {}))
    except Exception as problem:
        # The one place where a defect becomes an answer here: one bad line must not end the others.
        text = document(_name(asked), lang, galat=galat(defect(problem), lang, {}))
    mark = asked.get("id")
    return text if mark is None else json.dumps({**json.loads(text), "id": mark}, ensure_ascii=True)


def _asked(line: bytes, limit: int) -> dict[str, Any]:
    if len(line) > limit:
        raise DataError("layanan-terlalu-besar", batas=limit >> 20)
    asked = load(line)
    known(asked, ("perintah", "masukan", "lang", "id"))
    return dict(asked)


def _done(asked: dict[str, Any], lang: str) -> str:
    name, content = command(str(asked.get("perintah", ""))), asked.get("masukan")
    if not isinstance(content, dict):
        raise DataError("masukan-jenis-salah", jalur="masukan", diharapkan="object", ditemukan=type(content).__name__)
    if name in CALLS:
        return document(name, lang, selesai=CALLS[name](parse(json.dumps(content).encode()), lang))
    return document(name, lang, selesai=PLAIN[name](content, lang))


def _name(asked: dict[str, Any]) -> str | None:
    name = asked.get("perintah")
    return name if name in CALLS or name in PLAIN else None
