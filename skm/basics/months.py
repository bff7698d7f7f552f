"""The names of months as they are written, Indonesian and English, with the usual abbreviations: one table."""

from __future__ import annotations

_NAMES = (
    "januari january jan",
    "februari february febuari pebruari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agus agt ags agu aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
MONTHS: dict[str, int] = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}

# For patterns: longer names first, so that "juni" is not read as "jun".
MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))
