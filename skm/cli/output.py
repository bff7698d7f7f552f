"""How a command's answer reaches a terminal, a pipe or a program."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from skm.api.envelope.document import as_typed, hint_for
from skm.basics import messages
from skm.basics.errors import SKMError


def as_text(problem: SKMError, lang: str, names: Mapping[str, str]) -> str:
    """Return an error as a person reads it."""
    named = as_typed(problem, names)
    lines = [f"[{named.code}] {named.message(lang)}"]
    place = named.where(lang)
    if path := named.context.get("jalur"):
        place = ", ".join(part for part in (place, str(path)) if part)
    if place:
        lines.append(f"{messages.text('galat', 'label-di', lang)}: {place}")
    if hint := hint_for(named, lang):
        lines.append(f"{messages.text('galat', 'label-saran', lang)}: {hint}")
    if named.code not in ("cacat-internal", "dihentikan"):
        lines.append(messages.text("bantuan", "selengkapnya", lang, kode=named.code))
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
