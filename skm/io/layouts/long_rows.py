"""Dumps of apps: one row per answer, or all answers of a respondent packed in one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.cells import is_blank
from skm.answers.code_runs import asked_code
from skm.answers.column_kinds import holds_person, shown_headers
from skm.answers.long_grid import Numbered, numbered
from skm.answers.match import evidence
from skm.answers.place import RowPlaces, SheetPlace
from skm.answers.table import RawTable, widen
from skm.answers.unsur_names import is_named
from skm.basics.errors import DataError, MissingColumnError
from skm.basics.sheets.grid import Sheet, blanks, clean
from skm.basics.values import Finding
from skm.io.layouts.header import Header, table_header
from skm.io.layouts.long_roles import Keys, far_roles, long_roles, may_be_long
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Kuesioner

_LONGEST = 1_000  # characters of a cell that holds all answers of a respondent
_ANSWERS = frozenset("0123456789abcdefABCDEF")
_SAMPLE = 20_000
_LEAST = 5


def read_long(sheet: Sheet, berkas: str, base: Kuesioner, cara: SheetOptions) -> RawTable | None:
    """Return a table with one row per respondent if the sheet has one row per answer, else None; see `long_table`."""
    kepala = table_header(sheet)
    if kepala is None or not (cara.panjang or _may_be_long(sheet, kepala, base)):
        return None
    tabel = plain_table(sheet, berkas)
    return None if tabel is None else long_table(tabel, base, cara)


def _may_be_long(sheet: Sheet, kepala: Header, base: Kuesioner) -> bool:
    """Look at the first rows before the whole sheet is taken for a table."""
    place = {name: j for j, name in _named_columns(kepala).items()}
    rows = sheet.baris[kepala.akhir + 1 : kepala.akhir + 1 + _SAMPLE]

    def first(name: str) -> list[Any]:
        return list(clean([row[place[name]] if place[name] < len(row) else None for row in rows]))

    return long_roles(tuple(place), first, base) is not None


def long_table(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> RawTable | None:
    """Return a table with one row per respondent if the table has one row per answer, else None.

    Question ids become the columns of the wide table: U1..U9 where they are 1..9, what the table of questions says
    where one is given, themselves where a map names them. Rows on an engine are joined there: their roles are told by
    the names of the columns, or by the map.

    Raises
    ------
    MissingColumnError
        The ids do not say what they ask, and neither a map nor a table of questions does.
    DataError
        A row names no respondent or question, or one respondent gave different answers to one question.
    """
    keys = _keys(tabel, base, cara)
    if keys is None:
        return None
    far = tabel.remote
    asked = numbered([v for v, _ in far.values_of(keys[1])] if far is not None else tabel.column(keys[1]).tolist())
    ids = list(map(_id, asked.distinct))
    distinct = [q for q in dict.fromkeys(ids) if q is not None]
    numbers = all(q.isdecimal() and len(q) < 10 for q in distinct)
    known, mapped = cara.daftar_pertanyaan or {}, _mapped(cara)
    told = numbers or known or mapped or cara.panjang or all(_is_question(q, base) for q in distinct)
    if len(distinct) < 2 or not told:
        return None
    names = _named(distinct, known, numbers=numbers and not known, mapped=mapped)
    called = [None if q is None else names[q] for q in ids]
    if far is not None:
        return widen(tabel, keys, nama={q: name or "" for q, name in zip(asked.distinct, called, strict=True)})
    asked = asked.named(called)
    people = _tidied(numbered(tabel.column(keys[0]).tolist()))
    varying = _of_answers(tabel, keys, people)
    # Row ids and the other leftovers of an answer's row say nothing about the respondent.
    return widen(tabel.without(varying), keys, kembar=True, respondents=people, questions=asked)


def _tidied(respondents: Numbered) -> Numbered:
    """Return respondents without surplus spaces in their names."""
    whole = "\0".join([value for value in respondents.distinct if isinstance(value, str)])
    if whole.split() in ([], [whole]):  # codes without any space
        return respondents
    return respondents.named(" ".join(v.split()) if isinstance(v, str) else v for v in respondents.distinct)


def _quoted(question: str) -> str:
    """Return a question's id as a map in Python writes it: a number as such, a text in quotation marks."""
    return question if question.isdigit() else f'"{question}"'


def refuse_unclear_roles(
    names: Sequence[str], fetch: Callable[[str], Any] | None, base: Kuesioner, where: Mapping[str, Any]
) -> None:
    """Refuse a table of answers one below the other whose roles are unclear, with the option that names them.

    Raises
    ------
    MissingColumnError
        The table may be one.
    """
    if fetch is not None and (keys := long_roles(names, fetch, base)) is not None:
        ids = [q for q in dict.fromkeys(map(_id, list(fetch(keys[1])))) if q is not None]
        if not any(map(holds_person, ids)):
            raise MissingColumnError(
                "pertanyaan-tanpa-nama", pertanyaan=ids[:20], banyak=len(ids), contoh=_quoted(ids[0]), **where
            )
    if may_be_long(names, fetch, base):
        raise MissingColumnError("panjang-peran", tersedia=shown_headers(names), **where)


def _keys(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> Keys | None:
    """Return the columns of respondent, question and answer: as the map names them, else as they are found."""
    if cara.panjang is not None:
        tidy = {" ".join(name.split()): name for name in tabel.names}
        absent = [name for name in cara.panjang if name not in tidy]
        if absent:
            raise MissingColumnError(
                "kolom-peta-tidak-ada", kolom_hilang=absent, tersedia=shown_headers(tabel.names)[:30]
            )
        respondent, question, answer = (tidy[name] for name in cara.panjang)
        return respondent, question, answer
    if tabel.remote is not None:
        return far_roles(tabel.names)
    return long_roles(tabel.names, tabel.head(_SAMPLE), base)


def _named(distinct: Sequence[str], known: Mapping[str, str], *, numbers: bool, mapped: set[str]) -> dict[str, str]:
    """Return question id -> the name of its column in the wide table."""
    if mapped & set(distinct):
        return {q: q for q in distinct}
    if known:
        absent = [q for q in distinct if q not in known]
        if absent:
            raise MissingColumnError("pertanyaan-tidak-ada", pertanyaan=absent[:20], banyak=len(absent))
        return {q: known[q] for q in distinct}
    if not numbers:
        return {q: q for q in distinct}
    ids = sorted(map(int, distinct))
    if ids != list(range(1, len(ids) + 1)):
        shown = [str(i) for i in ids]
        raise MissingColumnError("pertanyaan-tanpa-nama", pertanyaan=shown[:20], banyak=len(ids), contoh=shown[0])
    return {q: f"U{int(q)}" for q in distinct}


def _mapped(cara: SheetOptions) -> set[str]:
    if cara.peta is None:
        return set()
    return {c for value in cara.peta.kolom.values() for c in ([value] if isinstance(value, str) else value)}


def _id(value: Any) -> str | None:
    """Return a question's id as text: 17, 17.0 and " 17 " are one."""
    if is_blank(value) or (isinstance(value, str) and not value.strip()):
        return None
    text = " ".join(str(value).split())
    number = text.removesuffix(".0").rstrip(".)")
    return number if number.isdigit() else text


def _of_answers(tabel: RawTable, keys: Keys, respondents: Numbered) -> list[str]:
    """Return the columns whose values change within a respondent: they belong to the answers."""
    people, many = respondents.numbers.tolist(), len(respondents.distinct)
    out = []
    for name in tabel.names:
        if name in keys:
            continue
        values = ["" if is_blank(v) else str(v) for v in tabel.column(name).tolist()]
        if len(set(zip(people, values, strict=True))) > many:
            out.append(name)
    return out


def read_packed(sheet: Sheet, berkas: str) -> tuple[RawTable, str] | None:
    """Return a table with U1, U2, ... and the packed column's name, if a column holds all answers in one cell.

    Raises
    ------
    DataError
        The cells hold different numbers of answers.
    """
    tabel = plain_table(sheet, berkas)
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


def plain_table(sheet: Sheet, berkas: str) -> RawTable | None:
    """Return a sheet as the table that it holds: a row of headers, whatever stands above it, and the rows below."""
    kepala = table_header(sheet)
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


def _is_question(value: Any, base: Kuesioner) -> bool:
    return isinstance(value, str) and (
        asked_code(value) is not None or is_named(value, base) or bool(evidence(value, base))
    )
