"""A large JSON document of flat records that are all written alike, read as columns without making the records.

The text between two values (``, "jawaban": ``) is then the same in every record. Each such text is replaced by a comma
and a few control characters that say which one it was, and what is left is one list of plain values. A JSON parser
refuses control characters inside of strings. So where the list is read and the marks follow one another as they must,
every replaced text stood between two values, and the document is exactly these records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any

_HEAD = 1 << 14  # bytes in which the first record and the beginning of the second must lie
_TAIL = 1 << 8
_KEYS = 8  # with more keys, replacing them takes longer than making records
_STRING = rb'"(?:[^"\\]|\\.)*+"'
_OPENING = re.compile(rb"[ \n]*+(\[?)[ \n]*+\{")
_FIELD = re.compile(rb"([ \n]*+(" + _STRING + rb")[ \n]*+:[ \n]*+)(?:" + _STRING + rb"|[-+.\w]++)")
_COMMA = re.compile(rb"[ \n]*+,")
_NEXT = re.compile(rb"[ \n]*+\}[ \n]*+,[ \n]*+\{")
_CLOSING = re.compile(rb"\}[ \n]*+\][ \n]*+\Z")
_NEXT_LINE = re.compile(rb" *+\} *+\n[ \n]*+\{")
_LAST_LINE = re.compile(rb"\}[ \n]*+\Z")
_MARKS = b"\t\r"
_OTHERS = bytes(set(range(256)) - set(_MARKS))


def flat_columns(content: bytes, number: Callable[[str], float]) -> dict[str, list[Any]] | None:
    """Return the columns of a list of flat records, or of one record a line; None says nothing about the document.

    Parameters
    ----------
    content : bytes
        The document, in UTF-8. That it is large enough to be worth it is the caller's affair, and so are limits of
        its size and of the digits of its numbers.
    number : callable
        Makes a number with a point of its text; a ValueError leaves the document to others.

    Examples
    --------
    >>> flat_columns(b'[{"id": 1, "u1": 4}, {"id": 2, "u1": 3}]', float)
    {'id': [1, 2], 'u1': [4, 3]}
    >>> flat_columns(b'[{"id": 1, "u1": 4}, {"u1": 3, "id": 2}]', float) is None
    True
    """
    frame = None if any(mark in content for mark in (b"\t", b"\r")) else _frame(content)
    if frame is None:
        return None
    values = content[len(frame.opening) : len(content) - frame.closing]
    wide = len(frame.keys)
    marks = [bytes(mark) for mark in product(_MARKS, repeat=max(1, (wide - 1).bit_length()))][:wide]
    for between, mark in zip(frame.between, marks, strict=True):
        values = values.replace(between, b"," + mark)
    met, turn = values.translate(None, _OTHERS), b"".join(marks)
    records = len(met) // len(turn) + 1
    if met + marks[-1] != turn * records or b"[" in values or b"{" in values or (frame.lines and b"\n" in values):
        return None
    with suppress(ValueError):
        plain = json.loads(f"[{values.decode()}]", parse_float=number, parse_constant=_refused)
        if len(plain) == records * wide:
            return {key: plain[place::wide] for place, key in enumerate(frame.keys)}
    return None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the values: before the first, between two (last: from a record to the next), behind all."""

    keys: tuple[str, ...]
    opening: bytes
    between: tuple[bytes, ...]
    closing: int
    lines: bool


def _frame(content: bytes) -> _Frame | None:
    """Look at the first record, the beginning of the second and the end."""
    head = content[:_HEAD]
    opened = _OPENING.match(head)
    if opened is None:
        return None
    lines = not opened[1]
    names: list[bytes] = []
    starts: list[int] = []
    ends: list[int] = []
    place = opened.end()
    while (field := _FIELD.match(head, place)) is not None and len(names) <= _KEYS:
        names.append(field[2])
        starts.append(field.end(1))
        ends.append(field.end())
        comma = _COMMA.match(head, field.end())
        if comma is None:
            break
        place = comma.end()
    following = (_NEXT_LINE if lines else _NEXT).match(head, ends[-1]) if ends else None
    second = _FIELD.match(head, following.end()) if following is not None else None
    closed = (_LAST_LINE if lines else _CLOSING).search(content, max(0, len(content) - _TAIL))
    if second is None or closed is None or second[2] != names[0] or len(names) > _KEYS:
        return None
    between = [head[end:start] for end, start in zip(ends, [*starts[1:], second.end(1)], strict=True)]
    if lines and b"\n" in b"".join([head[opened.end() : starts[0]], *between[:-1], second[1]]):
        return None  # a record over several lines
    with suppress(ValueError):
        keys = tuple(json.loads(name.decode()) for name in names)
        if len(set(keys)) == len(keys):
            return _Frame(keys, head[: starts[0]], tuple(between), len(content) - closed.start(), lines)
    return None


def _refused(word: str) -> float:
    raise ValueError(word)
