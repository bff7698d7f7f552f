"""What one cell of an answer column says: a level, a blank, or nothing that counts. The same in every channel.

A level stands alone (4, "4", " 4,0 ", "(4)", "d."), as stars ("4 bintang"), as a label, or as level and label that
agree ("4 - Sangat baik", "Mudah (3)"). A sign beside a digit makes it something else: "-1", "<3", "3%" and "3?" are no
answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from skm.basics.words import normalise

NO_ANSWER = -1
_LONGEST = 200  # longer texts are remarks, and no pattern looks at them

_OPEN, _SHUT = "\"'\u201c\u201d\u2018\u2019(\\[{", "\"'\u201c\u201d\u2018\u2019)\\]}.;:,!*"
# A level or a letter alone, with what people put around it; ="4" is how programs keep Excel from changing a number.
_ALONE = re.compile(rf"=?[{_OPEN}\s]*(?P<kode>\d{{1,3}}|[a-z])(?:[.,]0+)?[{_SHUT}\s]*", re.I)
_SIGNED = re.compile(
    r"[<>~?%$#+\u00b1\u2264\u2265\u2248]\s*\d|\d\s*[<>~?%$#+\u00b1\u2264\u2265\u2248\u2030]"
    r"|(?:^|[(\[{=:\"'])\s*[-\u2010-\u2015\u2212]\s*\d"
)
_DASH = r"\-\u2010-\u2015\u2212"
_FRONT = re.compile(
    rf"[{_OPEN}]? ?(?P<kode>\d|[a-zA-Z]) ?(?:[)\].:={_DASH}]+ ?| |(?=[(\[]))[(\[]? ?(?P<teks>[^\W\d_].*?) ?[)\]]?"
)
_BACK = re.compile(rf"(?P<teks>[^\d]*[^\W\d_])\s*(?:[(\[]\s*(?P<a>\d)\s*[)\]]|[=:{_DASH}]\s*(?P<b>\d))\s*\.?")
_STARS, _HOLLOW = "\u2605\u2b50\U0001f31f", "\u2606"
_NAMED_STARS = re.compile(r"(?:(?P<a>\d)\s*(?:bintang|stars?)|(?:bintang|stars?)\s*(?P<b>\d))", re.I)
# A number of these is an amount, not a level.
_MEASURES = frozenset(
    [
        "hari",
        "jam",
        "menit",
        "detik",
        "minggu",
        "bulan",
        "tahun",
        "th",
        "thn",
        "kali",
        "orang",
        "lembar",
        "berkas",
        "meter",
        "km",
        "ribu",
        "rb",
        "juta",
        "jt",
        "rupiah",
        "rp",
        "persen",
        "percent",
        "days",
        "hours",
        "minutes",
        "years",
        "times",
        "people",
    ]
)


def label_key(text: object) -> str:
    """Return the form in which labels are compared: case, punctuation, spaces and decorative emoji do not matter.

    Signs beside a digit do ("< 1 jam" is not "> 1 jam"), and a text of signs or emoji alone is a label of its own.

    >>> label_key(" Sangat  Baik! "), label_key("< 1 jam") == label_key("> 1 jam"), label_key(":-)")
    ('sangat baik', False, ':-)')
    """
    return _label_key(str(text))


@lru_cache(maxsize=8192)
def _label_key(text: str) -> str:
    key = normalise(text)
    plain = _plain(text)
    if not key:
        return "".join(plain.split())
    signs = "".join(re.sub(r"[\s\d]", "", sign) for sign in _SIGNED.findall(plain)) if len(plain) <= _LONGEST else ""
    return f"{key} {signs}" if signs else key


def level_of_text(text: str, rules: Mapping[str, int], levels: int) -> int:
    """Return the level that a text says, or `NO_ANSWER`.

    Parameters
    ----------
    rules : mapping
        `label_key` of every text that stands for a level -> the level; digits and letters are among them.
    levels : int
        How many levels there are, for stars.

    Examples
    --------
    >>> rules = {"1": 1, "2": 2, "3": 3, "4": 4, "d": 4, "sangat baik": 4, "baik": 3}
    >>> [level_of_text(t, rules, 4) for t in (" 4 ", "4,0", "(4)", "d)", "4 - Sangat Baik", "4 bintang")]
    [4, 4, 4, 4, 4, 4]
    >>> [level_of_text(t, rules, 4) for t in ("-1", "<3", "3%", "3?", "5", "4 - Baik", "3 hari")]
    [-1, -1, -1, -1, -1, -1, -1]
    """
    plain = _undecorated(_plain(text))
    if match := _ALONE.fullmatch(plain):
        return rules.get(match["kode"].casefold(), NO_ANSWER)
    key = label_key(text)
    # A bare code was read above; "3?" folds to one and is none.
    if key in rules and not (key.isdigit() or (len(key) == 1 and key.isalpha())):
        return rules[key]
    if len(plain) > _LONGEST or _SIGNED.search(plain):
        return NO_ANSWER
    return _composed(plain, rules, levels)


def level_of_number(number: float, rules: Mapping[str, int], levels: int) -> int:
    """Return the level that a number says: by the rules where there are any, else itself on the scale."""
    if not number.is_integer():
        return NO_ANSWER
    if rules:
        return rules.get(str(int(number)), NO_ANSWER)
    return int(number) if 1 <= number <= levels else NO_ANSWER


def _plain(text: str) -> str:
    """Return a text without width, variation marks and digits of other scripts."""
    if text.isascii():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").replace("\u20e3", "")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in folded).strip()


def _undecorated(text: str) -> str:
    """Return a text without the emoji beside it; stars say something themselves, and emoji alone stay."""
    if text.isascii():
        return text
    kept = "".join(c for c in text if c in _STARS + _HOLLOW or unicodedata.category(c) not in ("So", "Sk", "Cf", "Mn"))
    return kept.strip() or text


def _composed(plain: str, rules: Mapping[str, int], levels: int) -> int:
    """Return the level of stars, or of level and label together.

    A digit decides by itself beside an unknown label; a letter needs a known one. A label that means another level,
    and a unit of measure, make it no answer.
    """
    marks = "".join(plain.split())
    if marks and set(marks) <= set(_STARS + _HOLLOW):
        full = sum(marks.count(star) for star in _STARS)
        return full if len(marks) in (full, levels) and 1 <= full <= levels else NO_ANSWER
    if match := _NAMED_STARS.fullmatch(plain):
        return rules.get(match["a"] or match["b"], NO_ANSWER)
    plain = " ".join(plain.split())
    match = _FRONT.fullmatch(plain) or _BACK.fullmatch(plain)
    if match is None:
        return NO_ANSWER
    said = match.groupdict()
    code = said.get("kode") or said.get("a") or said.get("b") or ""
    level, label = rules.get(code.casefold(), NO_ANSWER), rules.get(label_key(said["teks"]))
    if label is not None:
        return level if level == label else NO_ANSWER
    words = set(normalise(said["teks"]).split())
    unknown = code.isdigit() and not any(c.isdigit() for c in said["teks"]) and not words & _MEASURES
    return level if unknown else NO_ANSWER
