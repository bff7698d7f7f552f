"""How many unsur the sentences of a report say that its survey has."""

from __future__ import annotations

import re

UNSUR_TOLD = "banyak unsur"
_FIRST = 5  # what the first numeral counts; fewer unsur are those of a sentence about some of them
_NUMERALS = (
    "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "dua belas", "tiga belas", "empat belas",
)  # fmt: skip
_TOLD = re.compile(
    r"\b(?:memakai|menggunakan|mencakup|meliputi|memuat|terdiri|mengukur|menilai|dinilai|atas|dari|terhadap|sebanyak|ada"
    r"|uses?|of|with)\s{1,3}(?:atas |dari |sebanyak )?(?:(?P<angka>\d{1,2})|(?P<kata>[a-z]{4,12}(?: belas)?))\s{0,2}"
    r"(?:\([\w ]{1,14}\)\s{0,2})?(?:unsur|elements)\b"
    r"(?! (?:ter\w+|yang (?:masih|perlu|harus|ter\w+|paling)|prioritas|lain\w*))"
)


def told_counts(low: str) -> set[int]:
    """Return the numbers of unsur that a sentence in small letters names; those of some of them are not meant.

    >>> told_counts("survei memakai 8 (delapan) unsur"), told_counts("dari tiga unsur terendah")
    ({8}, set())
    """
    found = set()
    for match in _TOLD.finditer(low):
        if match["angka"] or match["kata"] in _NUMERALS:
            found.add(int(match["angka"] or _NUMERALS.index(match["kata"]) + _FIRST))
    return found
