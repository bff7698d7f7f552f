"""What a command hands back, and how it reaches a terminal, a pipe or a program."""

from __future__ import annotations

import errno
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from skm import _messages
from skm._values import Finding, plain
from skm.errors import SKMError

SCHEMA = "1"

# Findings in rising order of weight.
LEVELS = ("catatan", "peringatan", "kesalahan")

_PLACES = ("berkas", "lembar", "baris", "kolom", "jalur")


@dataclass(frozen=True, slots=True)
class Temuan:
    """A finding, and the group it is about where it concerns one group only."""

    finding: Finding
    kelompok: Mapping[str, Any] | None = None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        own = self.finding.to_dict(lang)
        return own if self.kelompok is None else own | {"kelompok": plain(self.kelompok)}


@dataclass(frozen=True, slots=True)
class Selesai:
    """A command's answer.

    Attributes
    ----------
    hasil : callable
        Returns what stands under ``hasil`` in the JSON document.
    teks : callable
        Returns what a person reads.
    temuan : sequence of Temuan
        What somebody should know.
    gagal : bool
        Whether a condition holds that the caller named as a failure.
    """

    hasil: Callable[[], Any]
    teks: Callable[[], str]
    temuan: Sequence[Temuan] = ()
    gagal: bool = False


def document(
    command: str | None, lang: str, *, selesai: Selesai | None = None, galat: Mapping[str, Any] | None = None
) -> str:
    """Return the one JSON document, in ASCII."""
    content = {
        "versi_skema": SCHEMA,
        "perintah": command,
        "hasil": None if selesai is None else selesai.hasil(),
        "peringatan": [] if selesai is None else [t.to_dict(lang) for t in selesai.temuan],
        "galat": galat,
    }
    return json.dumps(content, ensure_ascii=True, allow_nan=False)


def galat(problem: SKMError, lang: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return an error as a JSON-ready mapping."""
    named = _as_typed(problem, names)
    place = {key: str(plain(problem.context[key])) for key in _PLACES if problem.context.get(key) is not None}
    return {"kode": problem.code, "pesan": named.message(lang), "petunjuk": _hint(named, lang), "lokasi": place or None}


def as_text(problem: SKMError, lang: str, names: Mapping[str, str]) -> str:
    """Return an error as a person reads it."""
    named = _as_typed(problem, names)
    lines = [f"[{named.code}] {named.message(lang)}"]
    place = named.where(lang)
    if path := named.context.get("jalur"):
        place = ", ".join(part for part in (place, str(path)) if part)
    if place:
        lines.append(f"{_messages.text('galat', 'label-di', lang)}: {place}")
    if hint := _hint(named, lang):
        lines.append(f"{_messages.text('galat', 'label-saran', lang)}: {hint}")
    return "\n".join(lines)


def write_text(stream: Any, text: str) -> bool:
    """Write a text and a line end; what the stream's encoding lacks is replaced. Tell whether it worked."""
    if not text or stream is None:
        return True
    fitted = fit(text, getattr(stream, "encoding", None) or "ascii")
    return _written(stream, lambda: stream.write(f"{fitted}\n"))


def write_bytes(stream: Any, text: str) -> bool:
    """Write an ASCII text and a line end as bytes, whatever the stream's encoding. Tell whether it worked."""
    raw = getattr(stream, "buffer", None)
    if raw is None:
        return write_text(stream, text)
    return _written(stream, lambda: raw.write(f"{text}\n".encode("ascii")))


def fit(text: str, encoding: str) -> str:
    r"""Return the text in the characters that an encoding has.

    >>> fit("25 ≥ 3 – café", "ascii")
    '25 >= 3 - cafe'
    """
    if _has(text, encoding):
        return text
    return "".join(char if _has(char, encoding) else _nearest(char, encoding) for char in text)


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _nearest(char: str, encoding: str) -> str:
    known = _SIMILAR.get(char)
    plain_form = unicodedata.normalize("NFKD", char) if known is None else known
    kept = "".join(c for c in plain_form if not unicodedata.combining(c) and _has(c, encoding))
    return kept or "?"


_SIMILAR = {
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "•": "*", "·": ".", "×": "x", "÷": "/",
    "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "√": "sqrt", "χ": "chi", "α": "alpha",
}  # fmt: skip


def _written(stream: Any, write: Callable[[], Any]) -> bool:
    """Write and flush. A reader who has stopped listening (``skm ... | head``) is no failure; a full disk is."""
    try:
        with suppress(ValueError):  # the text layer above may be closed or hold nothing
            stream.flush()
        write()
        stream.flush()
    except OSError as problem:
        _forget(stream)
        return isinstance(problem, BrokenPipeError) or (sys.platform == "win32" and problem.errno == errno.EINVAL)
    except ValueError:  # the stream was closed before
        return False
    return True


def _forget(stream: Any) -> None:
    """Send what is still buffered to nowhere, so that the interpreter does not complain on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _as_typed(problem: SKMError, names: Mapping[str, str]) -> SKMError:
    """Return the same error with arguments called what the caller typed."""
    renamed = {
        key: names[value]
        for key, value in problem.context.items()
        if key in ("opsi", "untuk") and isinstance(value, str) and value in names
    }
    return type(problem)(problem.code, **(dict(problem.context) | renamed)) if renamed else problem


def _hint(problem: SKMError, lang: str) -> str:
    """Return what to do: in terms of the command line where the catalogue has that, else as the API says it."""
    own = f"saran.{problem.code}"
    if _messages.has("cli", own):
        return _messages.text("cli", own, lang, **problem.context)
    return problem.hint(lang)
