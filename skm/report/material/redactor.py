"""Persons taken out of free text: numbers, addresses, plates, names after a form of address or a call to act.

No list of names is complete. What is found by its form (a telephone, a plate, an account) is always taken out; a name
is found by what stands before it. What remains is for a person to read: without that no remark is quoted.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from skm.basics.public_name import HIDDEN
from skm.basics.strict_mapping import StrictReader
from skm.publikasi._names import shown

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}")
_DIGITS = re.compile(r"(?<![\w,.])(?:\+?\d[ .-]?){6,24}(?!\w)")
_HANDLE = re.compile(r"(?<!\w)@\w{3,40}")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}")
_PLATE = re.compile(r"(?<!\w)(?-i:[A-Z]{1,2})[ -]?\d{1,4}[ -]?(?-i:[A-Z]{1,3})(?!\w)")
_LOWER_PLATE = re.compile(
    r"\b(?:plat|nopol|nomor polisi|no polisi)\b[\s:.]{0,3}(?:nomor\s)?[a-z]{1,2}[ -]?\d{1,4}[ -]?[a-z]{0,3}",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:jalan|jln|jl|gang|gg|perumahan|perum|komplek|kompleks|dusun|dsn|kampung|kp|blok)\b\.?\s{1,5}"
    r"[\w'’.-]{1,30}(?:\s{1,5}(?!no\b|nomor\b)(?-i:[A-Z])[\w'’.-]{0,30}){0,3}(?:\s{0,5},?\s{0,5}(?:no|nomor|nmr)\b\.?\s{0,5}\w{1,6})?",
    re.IGNORECASE,
)
_RT = re.compile(r"\b(?:rt|rw)\b[\s.:/]{0,3}\d{1,3}(?:\s*/\s*\d{1,3})?", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{9,}")  # a NIK, a telephone; a date has fewer digits
# What parts the name of a file: its ending, the sheet in brackets, several of them.
_PARTS = re.compile(r"(\.[A-Za-z]{2,8}(?![^\W_])|\[\u2026\]|[\[\](),;>/]+)")
_LONGEST_NAME = 200  # letters of a name of a file
_WORD = r"[^\W\d_][\w'’.-]{0,30}"
_BEFORE_NAME = re.compile(
    r"\b(?:bapak|bpk|pak|bp|ibu|bu|sdr|sdri|saudara|saudari|mas|mbak|mba|kak|kang|bang|cak|ning|gus|dr|drs|dra|ust|"
    r"ustad|ustadz|haji|hj|tn|ny|nona|bernama|namanya|nama\s+saya|saya\s+bernama|atas\s+nama|a\.?n|oknum|"
    r"(?:tolong|mohon|harap)\s+(?:di)?(?:tegur|pecat|pindah(?:kan)?|mutasi(?:kan)?|ganti|sanksi|bina)|"
    r"(?:di)?(?:tegur|pecat|laporkan)|petugas\s+(?:yang\s+)?bernama|ttd|hormat\s+saya)\b\.?:?\s+"
    rf"(?P<name>{_WORD}(?:\s+(?-i:[A-Z])[\w'’.-]{{0,30}}){{0,3}})",
    re.IGNORECASE,
)


def without_persons(text: str, names: frozenset[str] = frozenset()) -> str:
    """Return the text with numbers, addresses, plates and names of persons taken out.

    Parameters
    ----------
    text : str
        A remark.
    names : frozenset of str
        Words of the column of names, in lower case.

    Examples
    --------
    >>> without_persons("Pak Budi Santoso lama, hubungi 0812 3456 7890")
    'Pak […] lama, hubungi […]'
    >>> without_persons("tolong tegur rina, motornya N 1234 AB")
    'tolong tegur […], motornya […]'
    """
    for pattern in (_LINK, _MAIL, _HANDLE, _LOWER_PLATE, _PLATE, _DIGITS, _STREET, _RT):
        text = pattern.sub(lambda m: HIDDEN + m[0][len(m[0].rstrip()) :], text)
    text = _BEFORE_NAME.sub(_without_name, text)
    if names:
        text = re.sub(r"[^\W\d_][\w'’]{0,60}", lambda m: HIDDEN if m[0].casefold() in names else m[0], text)
    return re.sub(rf"(?:{re.escape(HIDDEN)}[\s.]{{0,3}}){{2,}}", f"{HIDDEN} ", text).strip()


def without_names(name: str, *public: str) -> str:
    """Return the name of a file or sheet without persons; its dates and numbers stay.

    Any word that is no common one, and not of a ``public`` name such as the unit's, may be somebody's name.

    >>> [without_names(name) for name in ("Rekap 2026-07-01 Bu Sutarmi.xlsx", "SKM_2026.csv", "wulandari.xlsx")]
    ['Rekap 2026-07-01 Bu […].xlsx', 'SKM_2026.csv', '[…].xlsx']
    """
    words = name.replace("_", " ")
    found = _BEFORE_NAME.sub(_without_file_name, _LONG_NUMBER.sub(HIDDEN, _MAIL.sub(HIDDEN, words)))
    places = frozenset(word.casefold() for text in public for word in re.findall(r"[^\W\d_]+", text))
    found = "".join(part if at % 2 else _common(part, places) for at, part in enumerate(_PARTS.split(found)))
    return name if found == words else _twice(found)


def _common(part: str, places: frozenset[str]) -> str:
    """Return a part of a file's name with the words that may be a person's hidden."""
    if len(part) > _LONGEST_NAME:
        return HIDDEN
    told = shown(part, places, strict=True)
    if told == part:
        return part
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return before + re.sub(r"\[?\u2026\]?", HIDDEN, told) + after


def _twice(text: str) -> str:
    once = re.sub(rf"{re.escape(HIDDEN)}(?:[\s.-]{{0,3}}{re.escape(HIDDEN)})+", HIDDEN, text)
    return once.replace(f"[{HIDDEN}]", HIDDEN).replace(f"{HIDDEN} -", f"{HIDDEN}-")


def _without_file_name(match: re.Match[str]) -> str:
    """Return the match without the name; the file's ending stays."""
    ending = re.search(r"\.[A-Za-z]{2,8}$", match["name"])
    return _without_name(match) + (ending[0] if ending else "")


def _without_name(match: re.Match[str]) -> str:
    words = match["name"].split()
    first = words[0].casefold().strip(".,-'’")
    if first in _no_names() or HIDDEN in match["name"]:
        return match[0]
    tail = match["name"][len(match["name"].rstrip(".,")) :]
    return match[0][: match.start("name") - match.start()] + HIDDEN + tail


@cache
def _no_names() -> frozenset[str]:
    """Return the words that are no names after a form of address: offices and ordinary words."""
    source = resources.files("skm").joinpath("data", "laporan", "bukan_nama.toml")
    top = StrictReader.parse(source.read_bytes(), "bukan_nama.toml")
    words = top.texts("kata")
    top.finish()
    return frozenset(words)
