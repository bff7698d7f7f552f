"""Characteristics that a file holds as codes, turned into words by the code list of a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from skm.answers.cells import is_blank
from skm.answers.understand import Reading
from skm.basics.errors import OptionError
from skm.basics.sheets.grid import Sheet
from skm.basics.values import Finding


def with_codes(bacaan: Reading, kode: Mapping[str, Mapping[str, str]]) -> Reading:
    """Return the reading with codes of characteristics turned into their words; every word of a list is a known level.

    Parameters
    ----------
    kode : mapping
        Characteristic -> code as text -> word, in the order of the questionnaire.

    Raises
    ------
    OptionError
        The list is for a characteristic that the file does not have.
    """
    for key, words in kode.items():
        column = bacaan.profil.get(key)
        if column is None:
            raise OptionError("kode-tanpa-ciri", ciri=key, pilihan=list(bacaan.profil))
        values = bacaan.tabel.column(column).tolist()
        known = {_code(code): word for code, word in words.items()}
        named = np.empty(len(values), dtype=object)
        named[:] = [None if is_blank(v) else known.get(_code(v), v) for v in values]
        stray = sum(not is_blank(v) and _code(v) not in known and v not in known.values() for v in values)
        notes = bacaan.catatan
        if stray:
            notes += (Finding("kode-tak-dikenal", "catatan", "io", {"ciri": key, "banyak": stray}),)
        levels = bacaan.tingkat | {key: tuple(dict.fromkeys(words.values()))}
        bacaan = replace(bacaan, tabel=bacaan.tabel.with_column(column, named), catatan=notes, tingkat=levels)
    return bacaan


def with_choices(bacaan: Reading, sheet: Sheet, letak: Mapping[str, int]) -> Reading:
    """Return the reading with the words of drop-down lists as known levels of the characteristics that have them.

    Parameters
    ----------
    letak : mapping
        Column -> its position on the sheet. What was typed beside the list stays a level of its own.
    """
    found: dict[str, tuple[str, ...]] = {}
    last = sheet.nomor[-1] if len(sheet.nomor) else 0
    for key, column in bacaan.profil.items():
        at = sheet.kolom_awal + letak[column] if column in letak else -1
        lists = [c for c in sheet.fakta.pilihan if c.kolom <= at <= c.kolom_akhir and c.baris <= last]
        if lists and key not in bacaan.tingkat:
            found[key] = max(lists, key=lambda c: c.baris_akhir - c.baris).kata
    return replace(bacaan, tingkat={**bacaan.tingkat, **found}) if found else bacaan


def _code(value: Any) -> str:
    """Return a code as text: 1, 1.0 and " 1 " are one."""
    text = str(value).strip()
    return text.removesuffix(".0") if text.removesuffix(".0").isdigit() else text.casefold()
