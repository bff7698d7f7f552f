"""The one way from the text of a TOML or JSON file to values: bounded in size, depth and numbers before parsing."""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from skm.basics.errors import DataError, UnreadableFileError
from skm.basics.files import decode, refuse_large
from skm.basics.flat_json import flat_columns
from skm.basics.limits import TABLE, is_long_number, limit

# Strings and comments, closed or not: what is inside them is no structure. Each alternative always ends, so that
# the text is gone through once.
_TOML_TEXT = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\\?\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*+(?:"|\\?(?=\n)|\\?\Z)'
    r"|'[^'\n]*+(?:'|(?=\n)|\Z)"
    r"|#[^\n]*+",
    re.DOTALL,
)
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_ROUND = bytes.maketrans(b"[{]}", b"(())")
_NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))
_DIGITS = bytes(ord("0") if chr(byte).isdecimal() and byte < 128 else ord(" ") for byte in range(256))
_LARGE = 1 << 16  # bytes of a document that is worth a look at how its records are written
_BITS = 340  # of a whole number: a hundred digits
_BETWEEN_KEYS = re.compile(r"[\n=,{}\[\]]")


def parse_toml(content: bytes | str, name: str, *, exact: bool = True) -> dict[str, Any]:
    """Read a TOML file as offices save them: with or without a mark, in UTF-8, UTF-16 or cp1252.

    Parameters
    ----------
    content : bytes or str
        The file.
    name : str
        Its name, for messages.
    exact : bool
        Whether numbers with a point become decimals; otherwise floats.

    Raises
    ------
    UnreadableFileError
        It is no TOML (``toml-tidak-terbaca``), or beyond the limits of size, depth and numbers.

    Examples
    --------
    >>> parse_toml(b"nilai = 3.40", "a.toml")
    {'nilai': Decimal('3.40')}
    """
    text = _text(content, name, "toml", "toml-tidak-terbaca")
    bare = _TOML_TEXT.sub('"', text)
    dots = max(part.count(".") for part in _BETWEEN_KEYS.split(bare))
    if _depth(bare) > limit("dalam") or dots > limit("dalam"):
        raise UnreadableFileError("berkas-terlalu-dalam", berkas=name, batas=limit("dalam"))
    try:
        values = tomllib.loads(text, parse_float=_decimal if exact else _float)
        _refuse_long(values)
    except DataError as problem:
        raise UnreadableFileError(problem.code, **{**problem.context, "berkas": name}) from None
    except (ValueError, RecursionError) as problem:  # a TOMLDecodeError, or a whole number of thousands of digits
        raise UnreadableFileError("toml-tidak-terbaca", berkas=name, sebab=_cause(problem)) from None
    return values


def parse_json(
    content: bytes | str,
    name: str,
    *,
    exact: bool = True,
    pairs: Callable[[list[tuple[str, Any]]], Any] | None = None,
) -> Any:
    """Read a JSON document.

    Parameters
    ----------
    content : bytes or str
        The document.
    name : str
        Its name, for messages.
    exact : bool
        Whether numbers with a point become decimals; otherwise floats.
    pairs : callable, optional
        Makes an object of its pairs, for instance to refuse a key that stands twice.

    Raises
    ------
    UnreadableFileError
        It is no JSON (``masukan-json-rusak``; NaN and Infinity are none), or beyond the limits of size, depth and
        numbers.

    Examples
    --------
    >>> parse_json('{"nilai": 3.40}', "a.json")
    {'nilai': Decimal('3.40')}
    """
    refuse_large(len(content), "json", name)
    plain = _plainly_bounded(content)
    text = _text(content, name, "json", "masukan-json-rusak").removeprefix("\ufeff")

    def constant(word: str) -> Any:
        raise UnreadableFileError("masukan-bukan-angka", nilai=word, berkas=name or None)

    number = _decimal if exact else _float
    if plain:  # what is wrong with it is said below, in the order in which it is looked for
        with suppress(ValueError, RecursionError):
            return json.loads(text, parse_float=number, parse_constant=constant, object_pairs_hook=pairs)
    if _depth(_JSON_TEXT.sub('"', text)) > limit("dalam"):
        raise UnreadableFileError("masukan-json-batas", berkas=name or None)

    try:
        return json.loads(
            text,
            parse_float=number,
            parse_int=_integer,
            parse_constant=constant,
            object_pairs_hook=pairs,
        )
    except json.JSONDecodeError as problem:
        where = {"baris": problem.lineno, "huruf": problem.colno}
        raise UnreadableFileError("masukan-json-rusak", berkas=name or None, **where) from None
    except DataError as problem:
        if problem.code == "angka-di-luar-batas":
            raise UnreadableFileError("masukan-json-batas", berkas=name or None) from None
        raise
    except (ValueError, RecursionError):
        raise UnreadableFileError("masukan-json-batas", berkas=name or None) from None


def json_columns(content: bytes, name: str) -> dict[str, list[Any]] | None:
    """Return the columns of a large JSON document of flat records that are all written alike, or of one record a line.

    None says nothing about the document: `parse_json` reads it, or says what is wrong with it. What is returned is
    what that would have read.

    Raises
    ------
    UnreadableFileError
        It is larger than the limit.
    """
    refuse_large(len(content), "json", name)
    if len(content) < _LARGE or _long_digits(content):
        return None
    return flat_columns(content.removeprefix(codecs.BOM_UTF8), _float)


def _text(content: bytes | str, name: str, which: str, code: str) -> str:
    refuse_large(len(content), which, name)
    if isinstance(content, str):
        return content
    try:
        return decode(content)
    except UnicodeDecodeError as problem:
        raise UnreadableFileError(code, berkas=name or None, sebab=_cause(problem), baris=1, huruf=1) from None


def _plainly_bounded(content: bytes | str) -> bool:
    """Tell at a glance that a JSON document, if it is one, is not too deep and holds no whole number of many digits.

    Only brackets and the marks of strings are kept. Where every string between them is empty, what is left are the
    brackets; the innermost pairs are taken out round by round. False says that one has to look closely.
    """
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or _long_digits(raw):
        return False
    if b"\\" in raw:  # in a document that is one, they stand in strings only
        raw = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    left = raw.translate(_ROUND, _NO_MARKS).replace(b'""', b"")
    for _ in range(limit("dalam")):
        if not left or b'"' in left:
            break
        left = left.replace(b"()", b"")
    return not left


def _long_digits(raw: bytes) -> bool:
    """Tell whether as many digits follow one another as a number may have; samples rule it out for most documents."""
    most = TABLE["huruf-angka"].value
    step = most // 8
    if b"0" * (most // step - 1) not in raw[::step].translate(_DIGITS):
        return False
    return b"0" * most in raw.translate(_DIGITS)


def _depth(bare: str) -> int:
    """Return how many brackets are open at once."""
    most = depth = 0
    for mark in _BRACKET.findall(bare):
        depth += 1 if mark in "[{" else -1
        most = max(most, depth)
    return most


def _refuse_long(values: dict[str, Any]) -> None:
    """Refuse whole numbers that TOML writes in hexadecimal, which its parser takes however long they are."""
    waiting: list[Any] = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, int) and value.bit_length() > _BITS:
            raise DataError("angka-di-luar-batas", banyak=value.bit_length() // 3)


def _decimal(text: str) -> Decimal:
    number = Decimal("NaN") if is_long_number(text) else Decimal(text.replace("_", ""))
    if not number.is_finite():  # TOML knows nan and inf; no figure is one
        raise DataError("angka-di-luar-batas", banyak=len(text))
    return number


def _float(text: str) -> float:
    return float(_decimal(text))


_SHORT = 18  # so many digits are a number of any size that is counted


def _integer(text: str) -> int:
    if (len(text) > _SHORT or not text.isdecimal()) and is_long_number(text):
        raise DataError("angka-di-luar-batas", banyak=len(text))
    return int(text)


def _cause(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:120]
