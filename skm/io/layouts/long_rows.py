"""Dumps of apps: one row per answer, or all answers of a respondent packed in one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.code_runs import is_code
from skm.answers.match import evidence
from skm.answers.place import RowPlaces, SheetPlace
from skm.answers.table import ANSWER, QUESTION, RESPONDENT, RawTable, widen
from skm.answers.unsur_names import is_named
from skm.basics.errors import DataError
from skm.basics.sheets.grid import Sheet, blanks, clean
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.io.layouts.header import Header, plain_header
from skm.regulasi._kuesioner import Kuesioner

_LONGEST = 1_000  # characters of a cell that holds all answers of a respondent
_ANSWERS = frozenset("0123456789abcdefABCDEF")
_LEAST = 5


def read_long(sheet: Sheet, berkas: str, base: Kuesioner) -> RawTable | None:
    """Return a table with one row per respondent if the sheet has one row per answer, else None.

    Raises
    ------
    DataError
        A row names no respondent or question, or one respondent gave different answers to one question.
    """
    kepala = plain_header(sheet)
    keys = None if kepala is None else _keys([name for name in kepala.nama if name is not None])
    tabel = None if keys is None else _table(sheet, berkas)
    if tabel is None or keys is None:
        return None
    questions = tabel.column(keys[1])
    distinct = [q for q in dict.fromkeys(questions.tolist()) if q is not None]
    numbers = all(isinstance(q, int) or (isinstance(q, str) and q.isdecimal() and len(q) < 10) for q in distinct)
    if len(distinct) < 2 or not (numbers or all(_is_question(q, base) for q in distinct)):
        return None
    if numbers:
        table = {q: f"U{int(q)}" for q in distinct}
        renamed = np.empty(len(questions), dtype=object)
        renamed[:] = [table.get(q) for q in questions.tolist()]
        tabel = tabel.with_column(keys[1], renamed)
    wide = widen(tabel, keys, kembar=True)
    # Row ids and the other leftovers of an answer's row say nothing about the respondent.
    return wide.without([n for n in wide.names if normalise(n) == "id"])


def read_packed(sheet: Sheet, berkas: str) -> tuple[RawTable, str] | None:
    """Return a table with U1, U2, ... and the packed column's name, if a column holds all answers in one cell.

    Raises
    ------
    DataError
        The cells hold different numbers of answers.
    """
    tabel = _table(sheet, berkas)
    if tabel is None:
        return None
    for name in tabel.names:
        values = tabel.column(name).tolist()
        filled = [v for v in values if v is not None]
        packed = [v for v in filled if isinstance(v, str) and _is_packed(v)]
        if filled and len(packed) * 10 >= len(filled) * 8:
            return _unpack(tabel, name, values), name
    return None


def _unpack(tabel: RawTable, name: str, values: Sequence[Any]) -> RawTable:
    parts = {v: _split(v) for v in set(values) if v is not None}
    sizes = Counter(len(parts[v]) for v in values if v is not None)
    usual = sizes.most_common(1)[0][0]
    if len(sizes) > 1:
        odd = [i for i, v in enumerate(values) if v is not None and len(parts[v]) != usual]
        rows = [tabel.tempat.row(i) if tabel.tempat else str(i) for i in odd[:8]]
        raise DataError("padat-tidak-sama", kolom=name, banyak=sorted(sizes), tempat=", ".join(rows))
    blank = [None] * usual
    unpacked = tabel.without([name])
    for k in range(usual):
        column = np.empty(len(values), dtype=object)
        column[:] = [(parts[v] if v is not None else blank)[k] for v in values]
        unpacked = unpacked.with_column(f"U{k + 1}", column)
    note = Finding("kolom-padat", "catatan", "io", {"kolom": name, "banyak": usual})
    return replace(unpacked, catatan=(*unpacked.catatan, note))


def _is_packed(text: str) -> bool:
    """Tell whether a cell holds five or more answers, each a digit, a letter or nothing."""
    if len(text) > _LONGEST:
        return False
    parts = _split(text)
    return len(parts) >= _LEAST and all(part is None or part in _ANSWERS for part in parts)


def _split(value: Any) -> list[str | None]:
    text = str(value).strip("[](){}\"' ")
    separator = next((s for s in ",;|/" if s in text), None)
    cells = text.split(separator) if separator else text.split()
    return [cell.strip() or None for cell in cells]


def _table(sheet: Sheet, berkas: str) -> RawTable | None:
    kepala = plain_header(sheet)
    if kepala is None or kepala.akhir + 1 >= len(sheet.baris):
        return None
    named = _named_columns(kepala)
    if len(set(named.values())) < len(named):
        return None
    start = kepala.akhir + 1
    columns = [clean(values) for values in zip_longest(*sheet.baris[start:])]
    columns = [c for j, c in enumerate(columns) if j in named or j < len(kepala.nama)]
    blank: NDArray[np.bool_] = np.logical_and.reduce([blanks(c) for c in columns])
    rows = np.flatnonzero(~blank)
    if not len(rows):
        return None
    place = {name: j for j, name in named.items() if j < len(columns)}
    ready = {name: columns[j][rows] for name, j in place.items()}
    bagian = SheetPlace(berkas, sheet.nama, {n: sheet.letter(j) for n, j in place.items()} if sheet.buku_kerja else {})
    tempat = RowPlaces.single(bagian, [sheet.nomor[start + int(i)] for i in rows])
    return RawTable(tuple(place), len(rows), ready.__getitem__, lambda _: None, None, (), tempat=tempat)


def _named_columns(kepala: Header) -> dict[int, str]:
    return {j: name for j, name in enumerate(kepala.nama) if name is not None}


def _keys(names: Sequence[str]) -> tuple[str, str, str] | None:
    found = []
    for choices in (RESPONDENT, QUESTION, ANSWER):
        hits = [name for name in names if normalise(name) in choices]
        if len(hits) > 1:  # a dump has the row's own id beside the respondent's
            hits = [name for name in hits if normalise(name) != "id"]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    return found[0], found[1], found[2]


def _is_question(value: Any, base: Kuesioner) -> bool:
    return isinstance(value, str) and (is_code(value) or is_named(value, base) or bool(evidence(value, base)))
