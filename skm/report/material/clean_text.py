"""Text from people made fit for documents: no control characters, no marks of ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# A place to fill in stands between these in any text of a report; renderers set it apart.
OPEN, CLOSE = "\u27e6", "\u27e7"
_MARK = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def clean(value: object) -> str:
    r"""Return a text without control characters, lone surrogates and our own marks, its ends trimmed.

    >>> clean("  Puskesmas \x0bA  ")
    'Puskesmas A'
    """
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace(OPEN, "[").replace(CLOSE, "]")
    return fit(text).strip()


def fit(text: str) -> str:
    """Return a text without the characters that no document can hold."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or not _unfit(c))


def fill_in(label: str) -> str:
    """Return the mark of a place that only the office can fill in."""
    return f"{OPEN}{label}{CLOSE}"


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text into parts and whether each is a place to fill in.

    >>> list(runs("Camat " + fill_in("nama")))
    [('Camat ', False), ('nama', True)]
    """
    text = fit(text)
    start = 0
    for match in _MARK.finditer(text):
        if match.start() > start:
            yield text[start : match.start()], False
        yield match[1], True
        start = match.end()
    if start < len(text):
        yield text[start:], False


def _unfit(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) in {"Cc", "Cs"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
