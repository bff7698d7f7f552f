"""Finding the header: the row that names the answers, with merged rows above it and names below the codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any
from weakref import WeakKeyDictionary

from skm.answers.cell_grammar import NO_ANSWER, level_of_text
from skm.answers.cells import text_rules
from skm.answers.code_runs import ends_in_code, is_code, unknown_runs
from skm.answers.column_kinds import shown_header, unseen
from skm.answers.match import evidence
from skm.answers.paired_values import coded_value, value_word
from skm.answers.sub_questions import is_part
from skm.answers.unsur_names import is_named
from skm.basics.errors import DataError
from skm.basics.sheets.grid import Sheet, is_empty, whole_number
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

_ROWS, _COLUMNS = 80, 400
_LINES = 3  # lines of a header below the one that names the answers
_RULE = re.compile(r"[-:=+_| ]{2,400}")
# What some programs write below every question: the kind of what follows.
_KIND_WORDS = ("response", "responses", "respon", "respons", "tanggapan", "jawaban", "answer")
_UNSUR = re.compile(r"\b(?:unsur|skm|ikm|kepuasan)\b")
_FOUND: WeakKeyDictionary[Sheet, dict[tuple[Kuesioner, tuple[str, ...]], Header | None]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet.

    Attributes
    ----------
    akhir : int
        Position of the last header row; the data begin below.
    nama : tuple
        Name of each column, None where it has none.
    grup : tuple
        What stands above the name, e.g. "NILAI UNSUR PELAYANAN".
    jawaban : tuple of int
        Columns whose names announce answers.
    judul : str
        The texts above the header, for recognising the form.
    """

    akhir: int
    nama: tuple[str | None, ...]
    grup: tuple[str | None, ...]
    jawaban: tuple[int, ...]
    judul: str


def find_header(sheet: Sheet, base: Kuesioner, wanted: Sequence[str] = ()) -> Header | None:
    """Return the header of a sheet: the row with most columns that announce answers, or that hold wanted names.

    Raises
    ------
    DataError
        Two columns that matter bear one name.
    """
    kept = _FOUND.setdefault(sheet, {})  # several readers look for the header of one sheet
    asked = (base, tuple(wanted))
    if asked not in kept:
        kept[asked] = _header(sheet, base, set(wanted))
    return kept[asked]


def _header(sheet: Sheet, base: Kuesioner, names: set[str]) -> Header | None:
    best = -1
    hits: list[int] = []
    rows = [row[:_COLUMNS] for row in sheet.baris[:_ROWS]]
    words = {cell for row in rows for cell in row if isinstance(cell, str)}  # most stand in many rows
    telling = set() if names else {word for word in words if _announces(word, base)}
    for i, row in enumerate(rows):
        if names:
            found = [j for j, cell in enumerate(row) if _text(cell) in names]
        else:
            found = [j for j, cell in enumerate(row) if isinstance(cell, str) and cell in telling]
        if len(found) > len(hits) and not _repeats(row, rows[best], hits):
            best, hits = i, found
    if best < 0 or (not names and _listed(rows, best, hits, telling)):
        return None
    last = best
    lower = sheet.baris[best + 1] if best + 1 < len(sheet.baris) else []
    upper = sheet.baris[best - 1] if best else []
    columns: list[str | None] = [_text(cell) for cell in sheet.baris[best]]
    columns += [None] * (sheet.lebar - len(columns))
    codes = [j for j in hits if is_code(sheet.baris[best][j])]
    if _names_for(codes, lower, base) or _questions_for(codes, rows[best + 1 :], telling):
        last = best + 1
        _join(columns, codes, lower)
    elif _names_for(codes, upper, base):
        _join(columns, codes, upper)
    group: list[str | None] = [_text(cell) for cell in upper] + [None] * (sheet.lebar - len(upper))
    _fill_from_above(columns, sheet, best)
    if last > best:
        for j in range(len(columns)):
            if columns[j] is None and j < len(lower):
                columns[j] = _text(lower[j])
    if values := _values_below(columns, hits, lower):
        last = best + 1
        hits = values
    else:
        _join_value_above(columns, hits, upper)
    title = " ".join(t for row in sheet.baris[:best] for cell in row if (t := _text(cell)))
    return Header(last, _shown(columns, sheet), tuple(group), tuple(hits), normalise(title))


def coded_header(sheet: Sheet, base: Kuesioner) -> Header | None:
    """Return the row that numbers as many columns as there are unsur, under a code that does not say so: X1 ..., 1 ....

    Below a heading that names the unsur ("NILAI UNSUR PELAYANAN") the numbers are theirs.
    """
    whole = len({b.unsur for b in base.butir})
    for i, row in enumerate(sheet.baris[:_ROWS]):
        names = [_text(cell) for cell in row[:_COLUMNS]]
        runs = unknown_runs([name for name in names if name is not None], unseen, whole)
        found = [members for members in runs.values() if len(members) == whole]
        if not found or (number_row(row) and i and sum(not is_empty(c) for c in sheet.baris[i - 1]) >= whole):
            continue
        columns: list[str | None] = names + [None] * (sheet.lebar - len(names))
        places = {name: j for j, name in reversed([*enumerate(names)])}
        coded = [{number: places[cs[0]] for number, cs in members.items()} for members in found]
        if len(coded) == 1 and _under_unsur(sheet, i, min(coded[0].values())):
            columns = [*columns]
            for number, j in coded[0].items():
                columns[j] = f"U{number}"
        _fill_from_above(columns, sheet, i)
        upper = [_text(cell) for cell in sheet.baris[i - 1]] if i else []
        group = tuple(upper + [None] * (sheet.lebar - len(upper)))
        title = " ".join(t for line in sheet.baris[:i] for cell in line if (t := _text(cell)))
        hits = tuple(sorted(j for one in coded for j in one.values()))
        return Header(i, _shown(columns, sheet), group, hits, normalise(title))
    return None


def _under_unsur(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether the heading that spans a column from above speaks of unsur."""
    for line in reversed(sheet.baris[max(0, row - 2) : row]):
        heads = [text for cell in line[: column + 1] if (text := _text(cell))]
        if sum(not is_empty(cell) for cell in line) > 1 and heads and _UNSUR.search(normalise(heads[-1])):
            return True
    return False


def _repeats(row: Sequence[Any], best: Sequence[Any], hits: Sequence[int]) -> bool:
    """Tell whether a row says a header again, with what stood in the line above it."""
    return len(hits) > 2 and all(j < len(row) and _text(row[j]) == _text(best[j]) for j in hits)


def plain_header(sheet: Sheet) -> Header | None:
    """Return the first row that holds anything as the header."""
    first = next((i for i, row in enumerate(sheet.baris) if not all(map(is_empty, row))), None)
    return None if first is None else _row_header(sheet, first)


def _listed(rows: Sequence[Sequence[Any]], best: int, hits: Sequence[int], telling: set[str]) -> bool:
    """Tell whether what announces answers stands in one column row after row: questions of long rows, no header."""
    if len(hits) > 2:
        return False
    below = [row for row in rows[best + 1 : best + 13] if not all(map(is_empty, row))]
    again = [row for row in below if any(j < len(row) and row[j] in telling for j in hits if _hashable(row, j))]
    return len(below) >= 3 and len(again) * 3 >= len(below) * 2


def _hashable(row: Sequence[Any], column: int) -> bool:
    return column < len(row) and isinstance(row[column], str)


def table_header(sheet: Sheet) -> Header | None:
    """Return the first row of three cells and more that another follows, below lines of a title; else the first row."""
    filled = (_three(row) for row in sheet.baris[:_ROWS])
    for i, (here, below) in enumerate(pairwise(filled)):
        if here and below:
            return _row_header(sheet, i)
    return plain_header(sheet)


def _three(row: Sequence[Any]) -> bool:
    """Tell whether a row has three filled cells or more."""
    return len(list(islice((cell for cell in row if not is_empty(cell)), 3))) == 3


def _row_header(sheet: Sheet, row: int) -> Header:
    names = [_text(cell) for cell in sheet.baris[row]]
    names += [None] * (sheet.lebar - len(names))
    return Header(row, _shown(names, sheet), (None,) * len(names), (), "")


def _shown(names: Sequence[str | None], sheet: Sheet) -> tuple[str | None, ...]:
    """Return the names of columns; one that holds a number of a person is called by its position."""
    return tuple(None if n is None else shown_header(n, sheet.letter(j), j) for j, n in enumerate(names))


def number_row(row: Sequence[Any]) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3, ... or (1), (2), ..."""
    cells = [re.sub(r"[()\s.]", "", str(whole_number(c))) for c in row if not is_empty(c)]
    return len(cells) >= 4 and cells == [str(i) for i in range(1, len(cells) + 1)]


def first_row(sheet: Sheet, kepala: Header) -> int:
    """Return where the rows begin: below lines that only number or rule off the columns, or say what kind they are."""
    start = kepala.akhir + 1
    while start < min(len(sheet.baris), kepala.akhir + 1 + _LINES) and _goes_on(sheet.baris[start], kepala):
        start += 1
    return start


def _goes_on(row: Sequence[Any], kepala: Header) -> bool:
    """Tell whether a row below the header is part of it: column numbers, a rule, "Response", an id of an import."""
    cells = [text for cell in row if (text := _text(cell)) is not None]
    if number_row(row) or (len(cells) > 1 and all(_RULE.fullmatch(text) for text in cells)):
        return True
    asked = [normalise(text) for j in kepala.jawaban if j < len(row) and (text := _text(row[j])) is not None]
    if not asked or len(asked) < len(kepala.jawaban):
        return False
    return all(word in _KIND_WORDS for word in asked) or all(word.startswith("importid ") for word in asked)


def unique_names(
    kepala: Header, base: Kuesioner, *, forms: bool, where: dict[str, Any]
) -> tuple[list[str | None], list[str]]:
    """Return names that occur once each, and those that had to be numbered.

    Raises
    ------
    DataError
        A code or name of an unsur occurs twice outside a form, where a repeated question is an edited one.
    """
    seen: dict[str, int] = {}
    names: list[str | None] = []
    doubled: list[str] = []
    for name in kepala.nama:
        if name is None:
            names.append(None)
            continue
        seen[name] = seen.get(name, 0) + 1
        if seen[name] == 1:
            names.append(name)
            continue
        if not forms and (is_code(name) or is_named(name, base)):
            _refuse_blocks(kepala.nama, base, where)
            raise DataError("judul-kembar", kolom_kembar=[name], **where)
        doubled.append(name)
        names.append(f"{name} ({seen[name]})")
    return names, doubled


def _refuse_blocks(names: Sequence[str | None], base: Kuesioner, where: dict[str, Any]) -> None:
    """Refuse a sheet with several tables side by side, each with the same unsur, by what it is."""
    often = Counter(name for name in names if name is not None and (is_code(name) or is_named(name, base)))
    times = set(often.values())
    if len(often) >= 3 and len(times) == 1 and (blocks := times.pop()) > 1:
        raise DataError("tabel-berdampingan", banyak=blocks, kolom_kembar=list(often)[:9], **where)


@lru_cache(maxsize=4096)
def _announces(cell: str, base: Kuesioner) -> bool:
    """Tell whether a text announces answers. Several readers look for the header of one sheet, so it is kept."""
    if not cell.strip() or len(cell) > 400:
        return False
    if is_code(cell) or is_named(cell, base) or ends_in_code(cell) or is_part(cell) or coded_value(cell):
        return True
    return len(cell.split()) >= 3 and bool(evidence(cell, base)) and not _is_label(cell, base)


def _is_label(cell: str, base: Kuesioner) -> bool:
    """Tell whether a text is an answer: "Sopan dan ramah (3)" speaks of an unsur and asks nothing."""
    levels = len(base.nilai)
    return any(level_of_text(cell, rules, levels) != NO_ANSWER for rules in text_rules(base).values())


def _names_for(codes: Sequence[int], row: Sequence[Any], base: Kuesioner) -> bool:
    """Tell whether a row holds the unsur's names for most of the codes."""
    named = [j for j in codes if j < len(row) and isinstance(row[j], str) and is_named(row[j], base)]
    return len(codes) > 1 and len(named) * 2 > len(codes)


def _questions_for(codes: Sequence[int], rows: Sequence[Sequence[Any]], telling: set[str]) -> bool:
    """Tell whether the first row holds the questions themselves for most of the codes, and no row below it does.

    Answers may be sentences that speak of an unsur too; those stand in row after row.
    """

    def asked(row: Sequence[Any]) -> int:
        return sum(
            j < len(row) and isinstance(row[j], str) and row[j] in telling and not is_code(row[j]) for j in codes
        )

    return len(codes) > 1 and bool(rows) and asked(rows[0]) * 2 > len(codes) and not any(map(asked, rows[1:]))


def _join(columns: list[str | None], codes: Sequence[int], row: Sequence[Any]) -> None:
    for j in codes:
        name = _text(row[j]) if j < len(row) else None
        if name:
            columns[j] = f"{columns[j]} {name}"


def _values_below(columns: list[str | None], hits: Sequence[int], lower: Sequence[Any]) -> list[int]:
    """Name columns by their unsur and the word below it (hoped, met), where one unsur spans both; return them."""
    texts = [_text(cell) for cell in lower]
    words = [j for j, text in enumerate(texts) if text and value_word(text)]
    if len(words) < 2 * len(hits) or len(words) < sum(text is not None for text in texts):
        return []
    name: str | None = None
    for j in range(min(hits), len(texts)):
        name = columns[j] or name
        if j in words and name is not None:
            columns[j] = f"{name} {texts[j]}"
    return [j for j in words if j >= min(hits)]


def _join_value_above(columns: list[str | None], hits: Sequence[int], upper: Sequence[Any]) -> None:
    """Name columns that stand twice by the word above them (hoped, met), which spans the columns up to the next."""
    names = [columns[j] for j in hits]
    if len(set(names)) == len(names):
        return
    spans: list[str | None] = []
    for cell in upper:
        spans.append(_text(cell) or (spans[-1] if spans else None))
    spans += [spans[-1] if spans else None] * (len(columns) - len(spans))
    if all((text := spans[j]) and value_word(text) for j in hits):
        for j in hits:
            columns[j] = f"{columns[j]} {spans[j]}"


def _fill_from_above(columns: list[str | None], sheet: Sheet, best: int) -> None:
    """Name columns whose header is merged downwards, from the row above as long as it is part of the header."""
    for up in (1, 2):
        if best - up < 0:
            return
        row = sheet.baris[best - up]
        if sum(not is_empty(cell) for cell in row) < 2:
            return
        for j, cell in enumerate(row):
            if columns[j] is None:
                columns[j] = _text(cell)


def _text(cell: Any) -> str | None:
    if is_empty(cell):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\s+", " ", str(cell)).strip()
