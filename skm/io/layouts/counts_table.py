"""A table of counts: a row per unsur, a column per level, under any of the usual headers.

Headers may be levels ("1", "n4"), letters, labels, or both together, over one or two rows; totals, sums and
percentages beside the counts are compared or passed over, never counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from skm.answers.cell_grammar import NO_ANSWER, label_key, level_of_text
from skm.answers.cells import text_rules
from skm.answers.column_kinds import shown_headers
from skm.answers.label_sets import abbreviated, contradicts, header_sets, label_sets, looks_missing, set_levels
from skm.basics.errors import DataError, MissingColumnError
from skm.basics.sheets.grid import Sheet, is_empty
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.counts.hitungan import Hitungan, from_counts
from skm.io.layouts.header import number_row
from skm.regulasi._kuesioner import Kuesioner

_HEADER_ROWS = 3
# Words around a level that say only that answers are counted: "Jumlah jawaban nilai 4", "f (4)", "Skor 4".
_AROUND = re.compile(
    r"\b(?:jumlah|jml|banyak(?:nya)?|frekuensi|frek|f|n|sigma|nilai|skor|jawaban|jawab|responden|orang|yang|menjawab"
    r"|memilih|persepsi|tingkat|kategori|pilihan|skala|bobot|count|total)\b[.:]?|\u03a3",
    re.I,
)
_PERCENT = re.compile(r"%|\bpersen(?:tase)?\b|\bprosentase\b|\bpercent", re.I)
_ANSWERED = {"jumlah responden", "total responden", "responden", "n", "jumlah jawaban", "total jawaban"}
_SUMMED = {"jumlah nilai", "total nilai", "jumlah skor", "total skor", "nilai total", "skor total"}
_EITHER = {"jumlah", "jml", "total"}
# What a third row of headers says of every column: that persons are counted.
_COUNTED = {"orang", "org", "jiwa", "f", "frek", "frekuensi", "n", "jumlah", "jml", "responden", "persen", "persentase"}
_LEAST = 3  # rows of unsur that make a table
_KEPT = 400  # characters of a header that is kept, once it was looked at


def read_counts(
    sheet: Sheet,
    column: int,
    rows: Sequence[int],
    keys: Mapping[int, str],
    base: Kuesioner,
    u8: str | None,
    labels: Mapping[str, Mapping[str, int]] | None = None,
) -> Hitungan | None:
    """Return the counts, or None where the columns beside the unsur are no levels.

    Parameters
    ----------
    column, rows : int, sequence of int
        Where the unsur stand, one below the other.
    keys : mapping
        Row -> unsur.
    labels : mapping, optional
        Butir -> text -> level, as the user gave them; they go before every usual reading of a header.

    Raises
    ------
    DataError
        A count is no whole number, a printed sum does not follow from the counts beside it, or the table has more
        levels than the scale.
    """
    heads = _heads(sheet, column, rows[0])
    own = _shared(labels or {})
    levels = _level_columns(sheet, rows, heads, base, own)
    if not levels:
        _refuse_unnamed(sheet, rows, heads, base, own)
        return None
    where = {"lembar": sheet.nama or None}
    blank = next((j for j, head in heads.items() if j not in levels and looks_missing(head[-1])), None)
    table: dict[str, list[int]] = {}
    wrong: list[str] = []
    answered: list[int] = []
    for i in rows:
        row = sheet.baris[i]
        counts = [0] * len(base.nilai)
        for j, level in levels.items():
            counts[level - 1] = _count(sheet, i, j, where)
        table[keys[i]] = counts
        total, n = sum((k + 1) * c for k, c in enumerate(counts)), sum(counts)
        answered.append(n + (_count(sheet, i, blank, where) if blank is not None else 0))
        for j, head in heads.items():
            name = normalise(head[-1])
            if j in levels or _percent(head) or j >= len(row) or (printed := _number(row[j])) is None:
                continue
            right = {n, answered[-1]} if name in _ANSWERED | _EITHER else set()
            right |= {total} if name in _SUMMED | _EITHER else set()
            if right and printed not in right:
                wrong.append(f"{keys[i]}: {_shown(printed)} / {total if name in _SUMMED else n}")
    if wrong:
        raise DataError("cacah-tidak-cocok", tempat="; ".join(wrong[:8]), banyak=len(wrong), **where)
    return replace(
        from_counts(table, base, n=max(answered), u8=u8), catatan=_letters(levels, heads, base, turned=bool(own))
    )


def level_of_header(text: str, base: Kuesioner) -> int:
    """Return the level that a header names, or `NO_ANSWER`.

    >>> from skm.regulasi._kuesioner import load
    >>> [level_of_header(t, load()) for t in ("a (1)", "1 (Tidak Baik)", "Sangat Baik", "D", "Jumlah Jawaban 3", "n2")]
    [1, 1, 4, 4, 3, 2]
    """
    return _level_said(text, base) if len(text) <= _KEPT else _said(text, base)


@lru_cache(maxsize=4096)
def _level_said(text: str, base: Kuesioner) -> int:
    return _said(text, base)


def _said(text: str, base: Kuesioner) -> int:
    rules = _common_rules(base)
    bare = re.sub(r"(?<=[a-zA-Z])(?=\d)", " ", text.replace("_", " "))
    for reading in (text, _AROUND.sub(" ", bare).strip(" :-.")):
        if reading and (level := _level(reading, rules, len(base.nilai))) != NO_ANSWER:
            return NO_ANSWER if contradicts(reading, level, len(base.nilai)) else level
    return NO_ANSWER


def _level(text: str, rules: Mapping[str, int], levels: int) -> int:
    """Return the level of "4", "d", "Baik", "4 (Baik)", and of a letter with its number: "d (4)", "d = 4"."""
    level = level_of_text(text, rules, levels)
    pair = re.fullmatch(r"(?P<a>[a-zA-Z]|\d) ?[(=:.\-\u2013]+ ?(?P<b>[a-zA-Z]|\d) ?\)?", " ".join(text.split()))
    if level != NO_ANSWER or pair is None:
        return level
    said = {rules.get(part.casefold(), NO_ANSWER) for part in (pair["a"], pair["b"])}
    return said.pop() if len(said) == 1 else NO_ANSWER


@lru_cache(maxsize=32)
def _common_rules(base: Kuesioner) -> dict[str, int]:
    """Return the texts that mean one level under every question: digits, letters, the general labels."""
    # Every cell that may be a header asks, and always for the questionnaire that is being read.
    if not _latest or _latest[0][0] is not base:
        _latest[:] = [(base, _made_rules(base))]
    return _latest[0][1]


_latest: list[tuple[Kuesioner, dict[str, int]]] = []


def _made_rules(base: Kuesioner) -> dict[str, int]:
    tables = list(text_rules(base).values())
    common = dict(tables[0]) if tables else {}
    for table in tables[1:]:
        common = {text: level for text, level in common.items() if table.get(text) == level}
    return common


def _heads(sheet: Sheet, column: int, first: int) -> dict[int, tuple[str, ...]]:
    """Return, per column, its header texts from the top down; what spans several columns stands in each of them."""
    lines: list[list[str | None]] = []
    above = sheet.baris[first - 1]
    if number_row(above) and not is_empty(above[column]):  # 1, 2, 3, ... numbers the columns, that of the unsur too
        first -= 1
    for i in range(first - 1, max(-1, first - 1 - _HEADER_ROWS), -1):
        row = sheet.baris[i]
        if all(map(is_empty, row)) or (lines and sum(not is_empty(c) for c in row) < 2):
            break
        texts: list[str | None] = [None if is_empty(c) else _text(c) for c in row]
        texts += [None] * (sheet.lebar - len(texts))
        if lines:  # a merged header names the columns up to the next one
            for j in range(column + 1, len(texts)):
                if texts[j] is None and texts[j - 1] is not None and lines[0][j] is not None:
                    texts[j] = texts[j - 1]
        lines.insert(0, texts)
    heads: dict[int, tuple[str, ...]] = {}
    for j in range(sheet.lebar):
        own = tuple(text for line in lines if (text := line[j]))
        if own and j != column:
            heads[j] = _without_measure(own)
    return heads


def _without_measure(head: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts of a header without a last one that says only what is counted, where another stands above it."""
    if len(head) < 2 or (normalise(head[-1]) not in _COUNTED and head[-1].strip(" ()") != "%"):
        return head
    # A percentage stays one: the sign goes along with the name above.
    return (*head[:-2], f"{head[-2]} %") if _percent(head[-1:]) else head[:-1]


def _level_columns(
    sheet: Sheet,
    rows: Sequence[int],
    heads: Mapping[int, tuple[str, ...]],
    base: Kuesioner,
    labels: Mapping[str, int],
) -> dict[int, int]:
    """Return column -> level where the headers name every level; of counts and percentages the counts."""
    wanted = len(base.nilai)
    # Four of five labels are a known set too: the fifth would be left out in silence.
    longer = [n for n in label_sets() if set_levels(n) > wanted and _names_all(n, heads)]
    if longer and not labels:
        raise DataError("cacah-skala-lain", banyak=set_levels(longer[0]), lembar=sheet.nama or None)
    short = abbreviated({_bare(head[-1]) for head in heads.values()}, wanted)
    sets = {name: table for name, table in header_sets().items() if max(table.values()) == wanted}
    for names in (short,) if short else (None, *sets.values()):
        found: dict[int, list[int]] = {}
        every: set[int] = set()
        for j, head in heads.items():
            own = _level_under(names, head, base, labels)
            if own != NO_ANSWER and not _words_only(sheet, rows, j):
                every.add(own)
                if not _percent(head) and _whole(sheet, rows, j):
                    found.setdefault(own, []).append(j)
        if len(found) == wanted:
            _refuse_longer(heads, {j for js in found.values() for j in js}, wanted)
            return _one_each(found, sheet)
        if len(every) == wanted and len(heads) <= 2 * wanted + 6:
            raise DataError("cacah-persen", lembar=sheet.nama or None)
    return {}


def _level_under(
    names: Mapping[str, int] | None, head: Sequence[str], base: Kuesioner, labels: Mapping[str, int]
) -> int:
    """Return the level of a header: by the user's own labels, else by the usual readings or a known set.

    A letter below a label is only the label's letter; a number below a label that contradicts it says nothing.
    """
    last, above = _bare(head[-1]), head[-2] if len(head) > 1 else ""
    if labels:
        own = labels.get(label_key(last), labels.get(_code(last)))
        if own is not None:
            return own
    if last.strip(" ().").casefold() in base.huruf and len(label_key(above)) > 1:
        upper = _level_under(names, head[:-1], base, labels)
        last = above if upper != NO_ANSWER else last
    level = level_of_header(last, base) if names is None else names.get(last, names.get(label_key(last), NO_ANSWER))
    return NO_ANSWER if level != NO_ANSWER and contradicts(above, level, len(base.nilai)) else level


def _bare(text: str) -> str:
    """Return a header without the sign that says it is a percentage."""
    return text.removesuffix(" %")


def _refuse_unnamed(
    sheet: Sheet,
    rows: Sequence[int],
    heads: Mapping[int, tuple[str, ...]],
    base: Kuesioner,
    labels: Mapping[str, int],
) -> None:
    """Refuse counts under headers that say no level, or say it the other way round, with what settles it.

    Counts are as many columns as levels whose sums are the same in every row, or stand printed beside them.

    Raises
    ------
    MissingColumnError
        The best label stands at the lowest number, or the headers name no level.
    """
    wanted = len(base.nilai)
    if len(rows) < _LEAST:
        return
    whole = [j for j in sorted(heads) if not _percent(heads[j]) and _integers(sheet, rows, j)]
    for at in range(len(whole) - wanted + 1):
        columns = whole[at : at + wanted]
        cells = [[_number(_cell(sheet, i, j)) or Fraction(0) for j in columns] for i in rows]
        sums = [sum(row) for row in cells]
        beside = any([_number(_cell(sheet, i, j)) for i in rows] == sums for j in whole if j not in columns)
        if max(sums) <= wanted or not (beside or (len(set(sums)) == 1 and len({tuple(row) for row in cells}) > 1)):
            continue
        texts = [heads[j][-1] for j in columns]
        for text in texts if not labels else ():
            code = _code(text)
            level = _common_rules(base).get(code)
            if code and level and contradicts(text, level, wanted):
                best, worst = ("1", str(wanted)) if code.isdigit() else ("a", base.huruf[-1])
                choices = [f"{best}-terbaik", f"{worst}-terbaik"]
                raise MissingColumnError("cacah-terbalik", pilihan=choices, lembar=sheet.nama or None)
        raise MissingColumnError("cacah-judul", pilihan=shown_headers(texts), lembar=sheet.nama or None)


def _integers(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    """Tell whether a column holds whole numbers only, blanks apart, and at least one."""
    cells = [cell for i in rows if not is_empty(cell := _cell(sheet, i, column))]
    numbers = [_number(cell) for cell in cells]
    return bool(cells) and all(n is not None and n.denominator == 1 and n >= 0 for n in numbers)


def _cell(sheet: Sheet, row: int, column: int) -> Any:
    cells = sheet.baris[row]
    return cells[column] if column < len(cells) else None


def _shared(labels: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Return the user's labels that mean one level under every question: a column stands for all of them."""
    tables = [{label_key(text): level for text, level in table.items()} for table in labels.values()]
    first = tables[0] if tables else {}
    return {text: level for text, level in first.items() if all(t.get(text) == level for t in tables)}


def _letters(
    levels: Mapping[int, int], heads: Mapping[int, tuple[str, ...]], base: Kuesioner, *, turned: bool
) -> tuple[Finding, ...]:
    """Return the note that tells which level each letter was read as, where letters alone head the counts.

    The same for a number that the user's own label turned into another level.
    """
    said = {_code(heads[j][-1]) if turned else heads[j][-1].strip(" ().\"'").casefold(): k for j, k in levels.items()}
    pairs = [f"{code} = {level}" for code, level in sorted(said.items()) if code in base.huruf]
    digits = [f"{code} = {level}" for code, level in sorted(said.items()) if code.isdigit()]
    if turned and any(code.isdigit() and int(code) != level for code, level in said.items()):
        pairs = digits
    return (Finding("huruf-arah", "catatan", "catatan", {"arah": pairs}),) if len(pairs) == len(levels) else ()


def _code(text: str) -> str:
    """Return the bare number or letter that a header begins with, or nothing."""
    lead = re.match(r"\W{0,3}([0-9a-iA-I])(?![^\W_])", text)
    return lead[1].casefold() if lead else ""


def _one_each(found: Mapping[int, list[int]], sheet: Sheet) -> dict[int, int]:
    """Return column -> level; where a level has several columns, the one run of columns that has every level.

    Raises
    ------
    DataError
        Several runs have every level, or none has.
    """
    if all(len(columns) == 1 for columns in found.values()):
        return {columns[0]: level for level, columns in found.items()}
    level_of = {j: level for level, columns in found.items() for j in columns}
    runs = [range(j, j + len(found)) for j in level_of]
    whole = [run for run in runs if {level_of.get(j) for j in run} == set(found)]
    if len(whole) != 1:
        twice = [sheet.letter(j) or str(j + 1) for columns in found.values() if len(columns) > 1 for j in columns]
        raise DataError("cacah-kolom-ganda", kolom_ganda=twice[:8], lembar=sheet.nama or None)
    return {j: level_of[j] for j in whole[0]}


def _names_all(name: str, heads: Mapping[int, tuple[str, ...]]) -> bool:
    """Tell whether the headers name every level of a set."""
    texts = [head[-1] for head in heads.values() if normalise(head[-1]) not in _ANSWERED | _SUMMED | _EITHER]
    found = {label_sets()[name].get(label_key(text)) for text in texts} - {None}
    return len(found) == set_levels(name)


def _refuse_longer(heads: Mapping[int, tuple[str, ...]], used: set[int], wanted: int) -> None:
    """Refuse a table that has a column for a level beyond the scale, which would be left out in silence."""
    for j, head in heads.items():
        number = re.sub(r"\D", "", _AROUND.sub("", head[-1])) if len(head[-1]) < 12 else ""
        if j not in used and number == str(wanted + 1) and any(_is_digit(heads[k][-1]) for k in used):
            raise DataError("cacah-skala-lain", banyak=wanted + 1)
        label = label_key(_bare(head[-1]))
        if j not in used and not _percent(head) and len(label) > 3 and any(label in t for t in label_sets().values()):
            raise DataError("cacah-skala-lain", banyak=wanted + 1)


def _is_digit(text: str) -> bool:
    return bool(re.search(r"\d", text))


def _percent(head: Sequence[str]) -> bool:
    return any(_PERCENT.search(text) for text in head)


def _whole(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    """Tell whether a column can hold counts: nothing written as a percentage."""
    cells = [sheet.baris[i][column] for i in rows if column < len(sheet.baris[i])]
    return not any(isinstance(cell, str) and "%" in cell for cell in cells)


def _words_only(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    """Tell whether a column holds words and no number at all: labels of answers, explained below their levels."""
    cells = [sheet.baris[i][column] for i in rows if column < len(sheet.baris[i])]
    filled = [cell for cell in cells if not is_empty(cell)]
    return bool(filled) and all(isinstance(cell, str) and not re.search(r"\d", cell) for cell in filled)


def _count(sheet: Sheet, row: int, column: int, where: Mapping[str, Any]) -> int:
    """Return a count; a blank cell is none.

    Raises
    ------
    DataError
        The cell holds something else than a whole number.
    """
    cell = sheet.baris[row][column] if column < len(sheet.baris[row]) else None
    number = Fraction(0) if is_empty(cell) or str(cell).strip() in ("-", "\u2013") else _number(cell)
    if number is None or number.denominator != 1 or number < 0:
        place = sheet.letter(column) + str(sheet.nomor[row])
        raise DataError("cacah-bukan-bilangan", tempat=place, **where)
    return int(number)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"\s+", " ", str(cell)).strip()


def _number(value: Any) -> Fraction | None:
    """Return a number; a point before three digits in a text groups thousands."""
    if isinstance(value, bool) or is_empty(value):
        return None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(repr(value)) if abs(value) < 1e12 else None
    text = str(value).strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
        return Fraction(text.replace(".", ""))
    return Fraction(text.replace(",", ".")) if re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,9})?", text) else None


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
