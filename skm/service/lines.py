"""JSON lines: one request a line on standard input, one document a line on standard output, for who may open no port.

A line is ``{"perintah": "hitung", "masukan": {...}, "lang": "id", "id": ...}``; ``id`` comes back as it was. A line
that is no request is answered like any other refusal, and the next line is read.

What the interface takes as a form is said by paths here: ``{"berkas": ["a.xlsx"], "opsi": {...}}``. Whoever writes the
lines runs the process and may read the files anyway. With ``folder`` the compilation's documents are written there, as
a zip.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from skm.api.envelope.document import defect, document, galat
from skm.api.envelope.request import load, parse
from skm.basics.errors import DataError, OptionError, SKMError
from skm.basics.files import read_bytes
from skm.basics.numbers import LANGS
from skm.basics.writing import check_writable, write_file
from skm.service import tasks
from skm.service.calls import CALLS, PLAIN, known, of_kind
from skm.service.choices import ANSWERS, REPAIRS
from skm.service.settings import Settings

_RECAP, _ZIP = "rekap", "kompilasi-skm.zip"
_NAMES = (*CALLS, *PLAIN, _RECAP)


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
    known(asked, ("perintah", "masukan", "lang", "id", "folder"))
    return dict(asked)


def _done(asked: dict[str, Any], lang: str) -> str:
    name = str(asked.get("perintah", ""))
    if name not in _NAMES:
        raise OptionError("opsi-tidak-dikenal", opsi="perintah", nilai=name[:40], pilihan=list(_NAMES))
    content: dict[str, Any] = of_kind(asked.get("masukan"), dict, "object", "masukan")
    target = _target(asked, name)
    if "berkas" in content or name == _RECAP:
        return _of_files(name, content, target, lang)
    if name in CALLS:
        return document(name, lang, selesai=CALLS[name](parse(json.dumps(content).encode()), lang))
    return document(name, lang, selesai=PLAIN[name](content, lang))


def _target(asked: Mapping[str, Any], name: str) -> Path | None:
    """Return the zip that documents are written to, checked before the work; None where none are asked for.

    Raises
    ------
    DataError
        The command writes none, or the zip is there already.
    """
    folder = asked.get("folder")
    if folder is None:
        return None
    if name != _RECAP:
        raise DataError("masukan-kunci-asing", jalur="folder", kunci="folder", pilihan=["perintah", "masukan"])
    return check_writable(Path(of_kind(folder, str, "string", "folder")) / _ZIP, overwrite=False)


def _of_files(name: str, content: Mapping[str, Any], target: Path | None, lang: str) -> str:
    known(content, ("berkas", "opsi"), "masukan")
    given, options = content.get("berkas"), content.get("opsi") or {}
    if not given:
        raise DataError("masukan-kunci-hilang", jalur="masukan.berkas")
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise DataError(
            "masukan-jenis-salah", jalur="masukan.berkas", diharapkan="array", ditemukan=type(given).__name__
        )
    of_kind(options, dict, "object", "masukan.opsi")
    with tempfile.TemporaryDirectory(prefix="skm-baris-") as folder:
        paths = _beside(given, Path(folder))
        if name != _RECAP:
            done = tasks.files(lang, name, folder, paths, options)
        else:
            done = tasks.compilation(lang, folder, paths, {**options, "dokumen": target is not None})
            if target is not None and "galat" not in done:
                write_file(target, (Path(folder) / _ZIP).read_bytes())
                done["hasil"]["tertulis"] = [str(target)]
    return json.dumps(tasks.as_document(name, done), ensure_ascii=True, allow_nan=False)


def _beside(given: Sequence[str], place: Path) -> list[str]:
    """Return the files of answers; kept answers and repairs among them are put where the tasks look for them."""
    aside = [path for path in map(Path, given) if path.name.lower() in (ANSWERS, REPAIRS)]
    for path in aside:
        (place / path.name.lower()).write_bytes(read_bytes(path))
    paths = [str(path) for path in map(Path, given) if path not in aside]
    if not paths:
        raise DataError("layanan-tanpa-berkas")
    return paths


def _name(asked: dict[str, Any]) -> str | None:
    name = asked.get("perintah")
    return name if name in _NAMES else None
