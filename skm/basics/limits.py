"""The one table of limits: how much of anything is read, and why no more.

A survey of a public office is small: the largest that an office keeps in one workbook fills it (a million rows). What
goes beyond these limits is no survey but a mistake or an attack, and is refused before a pattern, a fraction or a
parser sees it. Those who do need more say so: each limit marked as one's own choice is read from the environment
(``SKM_BATAS_SEL=50000000``) or set for a while with `raised`.

Memory of child processes is bounded on Linux; on Windows and macOS they have the time limit only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from skm.basics.errors import OptionError


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its value, whether users may raise it, and the reason for it."""

    value: int
    own: bool
    reason: str


TABLE: Mapping[str, Limit] = MappingProxyType(
    {
        "berkas": Limit(
            1_000_000_000, True, "bytes of a file that is read whole; larger text and Parquet files are read in parts"
        ),
        "teks": Limit(256_000_000, True, "bytes of a text table that is read whole; it takes several times that"),
        "teks-tercetak": Limit(8_000_000, True, "bytes of a text table with printed figures"),
        "terurai": Limit(1_000_000_000, True, "bytes that all members of an archive unpack to, together"),
        "anggota": Limit(10_000, False, "members of an archive; a workbook with photos has some hundreds"),
        "sel": Limit(20_000_000, True, "cells of a file, blank ones between filled ones too, over all its sheets"),
        "sel-tercetak": Limit(1_000_000, True, "cells of a file with printed figures, read with their formats"),
        "lembar": Limit(1_000, False, "sheets of a workbook"),
        "kolom": Limit(16_384, False, "columns of a table: those of the widest spreadsheet"),
        "kolom-survei": Limit(2_000, True, "columns that are looked at as possible questions, each against each unsur"),
        "tanda": Limit(20_000_000, False, "elements of the parts of a workbook that hold no cells: texts, styles"),
        "huruf-sel": Limit(131_072, False, "characters of a cell: four times what a spreadsheet holds"),
        "huruf-judul": Limit(4_000, False, "characters of a header that is compared with the questions"),
        "huruf-angka": Limit(100, False, "characters of a number: an exact fraction of two long numbers fits"),
        "pangkat": Limit(60, False, "power of ten of a number; a larger one would be written out digit by digit"),
        "toml": Limit(4_000_000, False, "bytes of a TOML file: a map of two thousand columns has a tenth of it"),
        "json": Limit(256_000_000, True, "bytes of a JSON document"),
        "dalam": Limit(64, False, "tables or lists inside each other, and parts of a dotted key"),
        "hitungan": Limit(256_000_000, True, "bytes of a file of counts, packed"),
        "cacah": Limit(10**15, False, "respondents: sums of squares of counts still fit 64 bits where they are needed"),
        "detik": Limit(120, True, "seconds that a child process may take to read a file"),
        "memori": Limit(4_000_000_000, True, "bytes of memory that a child process may take (Linux)"),
    }
)

_PREFIX = "SKM_BATAS_"
_raised: ContextVar[Mapping[str, int]] = ContextVar("skm_limits", default=MappingProxyType({}))


def limit(name: str) -> int:
    """Return a limit as it holds now.

    Raises
    ------
    OptionError
        The environment sets it to something that is no count.

    Examples
    --------
    >>> limit("dalam")
    64
    """
    entry = TABLE[name]
    if not entry.own:
        return entry.value
    if name in (given := _raised.get()):
        return given[name]
    text = os.environ.get(setting(name))
    return entry.value if text is None else _count(text, name)


def setting(name: str) -> str:
    """Return the environment variable that sets a limit; "-" where it is nobody's choice.

    Examples
    --------
    >>> setting("sel-tercetak")
    'SKM_BATAS_SEL_TERCETAK'
    """
    return _PREFIX + name.upper().replace("-", "_") if TABLE[name].own else "-"


@contextmanager
def raised(**limits: int) -> Iterator[None]:
    """Set limits for what is done inside; names are those of the table with ``_`` for ``-``.

    Raises
    ------
    OptionError
        No such limit, or not one that may be set, or no count.

    Examples
    --------
    >>> with raised(sel=50_000_000):
    ...     limit("sel")
    50000000
    """
    own = [key for key, entry in TABLE.items() if entry.own]
    chosen = {}
    for name, value in limits.items():
        key = name.replace("_", "-")
        if key not in own:
            raise OptionError("opsi-tidak-dikenal", opsi="batas", nilai=name, pilihan=own)
        chosen[key] = _count(str(value), key)
    token = _raised.set(MappingProxyType({**_raised.get(), **chosen}))
    try:
        yield
    finally:
        _raised.reset(token)


def is_long_number(text: str) -> bool:
    """Tell whether a text is too long for a number, or its exponent too large to be written out.

    Examples
    --------
    >>> is_long_number("94.17"), is_long_number("1e999999999"), is_long_number("9" * 5000)
    (False, True, True)
    """
    if len(text) > TABLE["huruf-angka"].value:
        return True
    _, mark, power = text.lower().rpartition("e")
    digits = power.strip().lstrip("+-").lstrip("0_")
    return bool(mark) and digits.isdecimal() and (len(digits) > 9 or int(digits) > TABLE["pangkat"].value)


def is_far(number: Decimal) -> bool:
    """Tell whether a decimal is so large, so small or so long that writing it out would be work."""
    if not number.is_finite():
        return False
    _, digits, exponent = number.as_tuple()
    return len(digits) > TABLE["huruf-angka"].value or abs(int(exponent)) > 2 * TABLE["pangkat"].value


def _count(text: str, name: str) -> int:
    digits = text.strip().replace("_", "").replace(".", "")
    if not (digits.isascii() and digits.isdecimal() and 0 < len(digits) <= 15 and int(digits) > 0):
        raise OptionError("batas-bukan-cacah", opsi=setting(name), nilai=text[:40])
    return int(digits)
