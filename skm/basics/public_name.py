"""The name of a file or sheet as it may be shown: people put numbers of persons there, too."""

from __future__ import annotations

import re

HIDDEN = "[…]"

# A NIK (16 digits), a NIP (18), a telephone; codes of villages have ten digits, stamps of time 8, 12, 14 or 17.
_PERSONS_NUMBER = re.compile(
    r"(?<!\d)(?:\d{16}|\d{18}|(?:\+?62|0)8\d{7,11}|(?:\+?62|0)[ .-]?8\d{1,2}[ .-]\d{3,4}[ .-]\d{3,5})(?!\d)"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{2,20}){1,4}")
_ENDING = re.compile(
    r"\.(?:xls[bmx]?|ods|csv|tsv|txt|jsonl?|docx?|odt|pdf|html?|xml|toml|zip|sav|dta|parquet|hitungan)\Z", re.I
)


def public_name(name: str) -> str:
    """Return a name without numbers that are a person's and addresses of e-mail.

    >>> public_name("Siti 081234567890.xlsx"), public_name("3302123456780001 (1).csv"), public_name("SKM 0812-345-6789")
    ('Siti […].xlsx', '[…] (1).csv', 'SKM […]')
    >>> public_name("SKM_20260701101530.csv"), public_name("3273010001.xlsx"), public_name("2026-07-01 TW 3.xlsx")
    ('SKM_20260701101530.csv', '3273010001.xlsx', '2026-07-01 TW 3.xlsx')
    >>> public_name("Data siti.aminah@dinas.go.id.xlsx")
    'Data […].xlsx'
    """
    return _PERSONS_NUMBER.sub(HIDDEN, _MAIL.sub(_without_address, name) if "@" in name else name)


def _without_address(match: re.Match[str]) -> str:
    """Return what stands for an address, with the ending of the file that was taken for its last part."""
    ending = _ENDING.search(match[0])
    return HIDDEN + (ending[0] if ending else "")
