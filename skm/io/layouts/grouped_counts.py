"""Counts by group as ``GROUP BY unit, unsur, nilai`` returns them: one row a level, with how often it was chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from skm.answers.cells import BLANK, CellRules, decode, is_blank, text_rules
from skm.answers.code_runs import asked_code
from skm.answers.column import cleaned
from skm.answers.column_kinds import is_identity, is_personal
from skm.answers.table import ANSWER, QUESTION, RESPONDENT, RawTable
from skm.answers.unsur_names import unsur_named
from skm.basics.errors import DataError
from skm.basics.reading_numbers import read_count
from skm.basics.sheets.grid import whole_number
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan
from skm.io.layouts.long_roles import answer_columns, names_unsur
from skm.io.options import SheetOptions
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._unsur import unsur_id

COUNT = {"jumlah", "cacah", "frekuensi", "banyak", "count", "count star", "count 1", "n", "total", "freq", "frequency"}
_COUNTED = re.compile(r"^(?:jumlah|jml|banyak(?:nya)?|cacah|frekuensi|frek|freq|frequency|count|total|n|cnt)\b")
_SAMPLE = 2_000


def read_grouped(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> Hitungan | None:
    """Return the counts of a table with columns unsur, nilai, jumlah and those that name the group; else None.

    The three are known by usual names, or by what they hold beside a name that announces a count.

    Raises
    ------
    DataError
        A level is none of the scale, a count is no count, or one level of a group and unsur stands twice.
    """
    keys = _columns(tabel.names) or _by_content(tabel, base, cara)
    if keys is None or not _by_level(tabel, keys):
        return None
    question, answer, count = keys
    groups = tuple(name for name in tabel.names if name not in keys and not is_identity(name))
    asked, levels = _unsur_of(tabel.column(question).tolist(), base, cara), _levels_of(tabel, answer, base, cara)
    counts = tabel.column(count).tolist()
    labels = list(zip(*(map(cleaned, tabel.column(g).tolist()) for g in groups), strict=True)) or [()] * len(counts)
    unsur = list(dict.fromkeys(asked))
    place = {u: i for i, u in enumerate(unsur)}
    distinct = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    table = np.zeros((len(distinct), len(unsur), len(base.nilai) + 1), dtype=np.int64)
    seen: set[tuple[Any, str, int]] = set()
    for row, (label, u, level, k) in enumerate(zip(labels, asked, levels, counts, strict=True)):
        if (label, u, level) in seen:
            raise DataError("cacah-kembar", baris=row, unsur=u, nilai=level)
        seen.add((label, u, level))
        table[distinct[label], place[u], level] = read_count(k, count)
    return _counted(table, unsur, groups, tuple(distinct), base)


def may_be_grouped(names: Sequence[str]) -> bool:
    """Tell by the headers alone whether a table can hold grouped counts: without a column of counts it cannot."""
    return _columns(names) is not None or any(_COUNTED.search(normalise(n)) and not is_identity(n) for n in names)


def _counted(
    table: Any, unsur: Sequence[str], groups: tuple[str, ...], labels: tuple[tuple[Any, ...], ...], base: Kuesioner
) -> Hitungan:
    """Return the counts; who did not answer an unsur that others of the group answered left a blank."""
    n = table.sum(axis=2).max(axis=1)
    table[:, :, BLANK] = n[:, None] - table[:, :, 1:].sum(axis=2)
    butir = [next((b for b in base.butir if b.unsur == u), Butir(u, u)) for u in unsur]
    whole = not table[:, :, BLANK].any()
    return Hitungan(
        base.with_butir(butir),
        table,
        np.ascontiguousarray(table[:, :, 1:]) if whole else None,
        n,
        n if whole else None,
        np.zeros(len(n), dtype=np.int64),
        groups,
        labels,
    )


def _columns(names: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the columns of unsur, level and count, where each is there once and nothing names respondents."""
    if any(normalise(name) in RESPONDENT for name in names):
        return None
    found: list[str] = []
    for choices in (QUESTION, ANSWER, COUNT):
        hits = [name for name in names if normalise(name) in choices]
        if len(hits) != 1:
            return None
        found.append(hits[0])
    return found[0], found[1], found[2]


def _by_content(tabel: RawTable, base: Kuesioner, cara: SheetOptions) -> tuple[str, str, str] | None:
    """Return the columns of unsur, level and count by what they hold, where only one reading is possible.

    A count is announced by its name, and every level of an unsur stands once for each group: rows of single answers
    and printed means have no such column.
    """
    names = [n for n in tabel.names if not is_personal(n)]
    if any(normalise(n) in RESPONDENT - {"responden"} - _NUMBERS for n in tabel.names):
        return None
    first = tabel.head(_SAMPLE)
    told = [n for n in names if _COUNTED.search(normalise(n)) and not is_identity(n)]
    if not told:
        return None
    values = {n: list(first(n)) for n in names}
    rows = len(values[told[0]])
    counts = [n for n in told if _counts(values[n])]
    questions = [n for n in names if n not in counts and names_unsur(values[n], base)]
    answers = answer_columns([n for n in names if n not in (*counts, *questions)], values, base)
    if not (len(counts) == len(questions) == len(answers) == 1):
        return None
    question, answer, count = questions[0], answers[0], counts[0]
    groups = [n for n in tabel.names if n not in (question, answer, count) and not is_identity(n)]
    held = [list(first(n)) for n in (question, *groups)]
    if any(type(v).__hash__ is None for cells in held for v in cells):
        return None
    cells = list(zip(*held, list(first(answer)), strict=True))
    pairs = len(set(zip(*held, strict=True)))
    return (question, answer, count) if pairs * 4 <= rows * 3 and len(set(cells)) == rows else None


def _by_level(tabel: RawTable, keys: tuple[str, str, str]) -> bool:
    """Tell whether some unsur stands at several levels, or all at one level with the same count: no printed results."""
    question, _, count = (tabel.column(key).tolist() for key in keys)
    filled = [str(v) for v in question if not is_blank(v)]
    return len(set(filled)) < len(filled) or len(set(map(str, count))) == 1


_NUMBERS = {"id", "no responden", "nomor responden"}


def _counts(values: Sequence[Any]) -> bool:
    """Tell whether all values are counts."""
    filled = [v for v in values if not is_blank(v)]
    texts = [str(v).strip().removesuffix(".0") for v in filled]
    return bool(filled) and all(text.isdecimal() and len(text) < 10 for text in texts)


def _unsur_of(values: Sequence[Any], base: Kuesioner, cara: SheetOptions) -> list[str]:
    own = {}
    if cara.peta is not None:
        for unsur, column in cara.peta.kolom.items():
            for one in [column] if isinstance(column, str) else column:
                own[normalise(one)] = unsur_id(str(unsur), base.regulasi, cara.u8)
    table: dict[Any, str] = {}
    for value in dict.fromkeys(values):
        text = str(whole_number(value)).strip()
        number = int(text) if text.isdecimal() else asked_code(text)
        code = f"U{number}" if number is not None else text
        named = own.get(normalise(text)) or (unsur_named(text, base) if number is None else None)
        table[value] = named or unsur_id(code, base.regulasi, cara.u8)
    return [table[value] for value in values]


def _levels_of(tabel: RawTable, column: str, base: Kuesioner, cara: SheetOptions) -> list[int]:
    rules = {key: level for table in text_rules(base).values() for key, level in table.items()}
    for own in cara.labels(base).values():
        rules |= own
    aturan = CellRules(len(base.nilai), {"*": rules}, tuple(cara.nilai_kosong), spasi_kosong=True)
    read = decode(tabel.column(column), Butir("*", "*"), aturan)
    if read.salah:
        raise DataError("cacah-nilai", kolom=column, banyak=len(read.salah), baris=read.salah[0].posisi)
    return [int(level) for level in read.level.tolist()]
