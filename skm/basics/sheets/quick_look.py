"""A quick look over sheet XML that is written as nearly every program writes it, with whole arrays of bytes at once.

It sees exactly what the patterns of `skm.basics.sheets.extent` see, or nothing: whatever is written otherwise (a
prefix, other quotes, an attribute before the address, many kinds of tags) is left to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ATTRIBUTES = rb"(?: (?!r=)[A-Za-z][\w.:-]*=\"[^\"<>]*\")*\s?/?>"
_REST = re.compile(ATTRIBUTES)
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_HEAD = b'<c r="'
_KINDS = 64  # different ends of tags; a sheet has a few formats
_LONGEST = 16
_PAD = bytes(64)
_LESS, _COLON, _SMALL_C, _SMALL_F = b"<:cf"
_ENDS = np.zeros(256, dtype=np.bool_)
_ENDS[list(b" \t\r\n/>")] = True


def _all(byte: int) -> np.uint64:
    """Return a word whose eight bytes are all this one."""
    return np.uint64(int.from_bytes(bytes([byte]) * 8, "little"))


_ONES, _TOPS, _QUOTES, _ZEROS, _OVER_NINE = _all(1), _all(0x80), _all(0x22), _all(0x30), _all(0x76)
_SEVEN, _ONE = np.uint64(7), np.uint64(1)


@dataclass(frozen=True, slots=True)
class Look:
    """What a piece holds: tags, cells, the farthest row and column, whether to look for errors or formulas."""

    tags: int
    cells: int = 0
    row: int = 0
    letters: bytes = b""
    errors: bool = False
    formulas: bool = False


def look(text: bytes) -> Look | None:
    """Return what a piece of sheet XML holds; None where a cell is written in a way that only patterns can tell.

    Parameters
    ----------
    text : bytes
        A piece that ends where a tag ends.

    Examples
    --------
    >>> look(b'<row r="2"><c r="A2" s="1"><v>4</v></c><c r="AB12" t="e"/></row>')
    Look(tags=7, cells=2, row=12, letters=b'AB', errors=True, formulas=False)
    >>> look(b"<c r='A2'><v>4</v></c>") is None
    True
    """
    padded = text + _PAD
    octets = np.frombuffer(padded, dtype=np.uint8)
    tags = np.flatnonzero(octets == _LESS)
    after = octets[tags + 1]
    colons = octets[np.flatnonzero(octets == _COLON) + 1]
    formulas = bool((after == _SMALL_F).any() or (colons == _SMALL_F).any())
    if (colons == _SMALL_C).any():  # perhaps a prefix
        return None
    starts = tags[after == _SMALL_C]
    words = np.ndarray((len(padded) - 7,), dtype="<u8", buffer=padded, strides=(1,))
    usual = (words[starts] & np.uint64((1 << 8 * len(_HEAD)) - 1)) == np.uint64(int.from_bytes(_HEAD, "little"))
    if not usual.all():
        if _ENDS[octets[starts[~usual] + 2]].any():
            return None
        starts = starts[usual]
    if not len(starts):
        return Look(len(tags), formulas=formulas)
    at = starts + len(_HEAD)
    letters = _letters(octets, at)
    if letters is None:
        return None
    farthest, width = letters
    rows = _digits(words, at + width)
    if rows is None:
        return None
    row, count = rows
    kinds = _kinds(text, words, at + width + count + 1)
    if kinds is None:
        return None
    errors = any(_ERROR.search(kind) for kind in kinds)
    return Look(len(tags), len(starts), row, farthest, errors, formulas)


def _letters(octets: NDArray[Any], at: NDArray[Any]) -> tuple[bytes, NDArray[Any]] | None:
    """Return the farthest column and how many letters each cell's address has; None where one has none."""
    first, second, third = (octets[at + i] - np.uint8(65) for i in range(3))  # below A wraps around
    if (first >= 26).any():
        return None
    two = second < 26
    three = two & (third < 26)
    width = 1 + two.astype(np.intp) + three
    if three.any():
        number = (first[three].astype(np.uint32) * 26 + second[three]) * 26 + third[three]
        i = np.flatnonzero(three)[number.argmax()]
    elif two.any():
        i = np.flatnonzero(two)[(first[two].astype(np.uint32) * 26 + second[two]).argmax()]
    else:
        i = first.argmax()
    return bytes(octets[at[i] : at[i] + width[i]]), width


def _digits(words: NDArray[Any], at: NDArray[Any]) -> tuple[int, NDArray[Any]] | None:
    """Return the farthest row and how many digits each has; None where one is no number of 1 to 7 digits in quotes."""
    word = words[at]
    mixed = word ^ _QUOTES
    quote = (mixed - _ONES) & ~mixed & _TOPS
    quote &= ~quote + _ONE  # the first quote alone
    mask = (quote >> _SEVEN) - _ONE  # the bytes before it; all eight where there is none
    digits = word ^ _ZEROS
    wrong = (digits + _OVER_NINE | digits) & _TOPS & mask
    if not quote.all() or not mask.all() or wrong.any() or not (digits & np.uint64(0xFF)).all():
        return None
    most = mask.max()
    longest = (word[mask == most] & most).byteswap().max()
    count = (((quote >> _SEVEN).astype(np.float64).view(np.int64) >> 52) - 1023) >> 3  # of 256 ** count, exact
    return int(int(longest).to_bytes(8, "big").rstrip(b"\0")), count


def _kinds(text: bytes, words: NDArray[Any], at: NDArray[Any]) -> set[bytes] | None:
    """Return the different ends of the tags after the address, each looked at once; None where one is unusual."""
    found: set[bytes] = set()
    word = words[at]
    while len(at):
        begin = int(at[0])
        end = text.find(b">", begin, begin + _LONGEST) + 1
        kind = text[begin:end]
        if not end or not _REST.fullmatch(kind) or len(found) == _KINDS:
            return None
        found.add(kind)
        low = kind[:8]
        other = (word ^ np.uint64(int.from_bytes(low, "little"))) & np.uint64((1 << 8 * len(low)) - 1) != 0
        if high := kind[8:]:
            mask = np.uint64((1 << 8 * len(high)) - 1)
            other |= (words[at + 8] & mask) != np.uint64(int.from_bytes(high, "little"))
        at, word = at[other], word[other]
    return found
