"""Tables in partitions (Dask): each is counted by the local kernels where it lies, and only counts travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.cells import CellRules
from skm.answers.column import Column, days, is_blank
from skm.answers.frames.remote import Partitioned
from skm.answers.understand import Reading
from skm.counts.engines import wrong
from skm.counts.engines.gather import CountRows, gathered, gathered_patterns, opened
from skm.counts.engines.keys import Keys
from skm.counts.group_numbers import GroupNumbers
from skm.counts.hitungan import Hitungan
from skm.counts.kernel_fold import PatternFold
from skm.counts.kernel_tally import LevelTally
from skm.counts.kernel_words import MANY, WordCounts, count_words, merged
from skm.counts.pola import Pola
from skm.counts.read_part import read_part
from skm.regulasi._kuesioner import Butir, Kuesioner

_SHOWN = 8
_SHORT = 6  # characters of a text that may be a letter of the questionnaire
_TOGETHER = 8  # partitions whose counts are added up before they travel


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker has to know; small, and without anything of the caller's process."""

    butir: tuple[Butir, ...]
    kolom: Mapping[str, str]
    aturan: CellRules
    keys: Keys
    places: Keys
    hitungan: bool
    pola: bool


@dataclass(slots=True)
class _Piece:
    """What came of some partitions: labels by key, counts by group, patterns by group; and what was wrong."""

    labels: list[NDArray[Any]]
    counts: CountRows | WordCounts | None
    patterns: tuple[NDArray[np.int8], NDArray[np.int64], list[NDArray[Any]]] | None
    named: int
    wrong: list[int]
    examples: list[tuple[int, Any, list[Any]]]
    texts: list[set[str]]


def reduce(
    bacaan: Reading, table: Partitioned, keys: Keys, *, hitungan: bool, pola: bool
) -> tuple[Hitungan | None, Pola | None, int, list[str], dict[str, set[str]]]:
    """Reduce partition by partition; return counts, patterns, cells named as blanks, columns nobody filled in."""
    keys = replace(keys, orders=table.orders)
    kuesioner, dropped = _butir_that_count(bacaan, table)
    columns = wrong.place_columns(bacaan, keys)
    task = _Task(
        kuesioner.butir,
        {b.id: bacaan.kolom[b.id] for b in kuesioner.butir},
        bacaan.aturan,
        keys,
        replace(keys, by=columns, columns=columns),
        hitungan,
        pola,
    )
    found = _several(table.folded(partial(_one, task=task), _several, _TOGETHER))
    if sum(found.wrong):
        shown = [(kuesioner.butir[i], value, labels) for i, value, labels in found.examples]
        wrong.raise_for(bacaan, columns, sorted(shown, key=lambda s: kuesioner.butir.index(s[0])), sum(found.wrong))
    counts = folded = None
    if found.counts is not None:
        counts = gathered(kuesioner, found.counts, found.labels, keys.settled())
    if found.patterns is not None:
        nilai, often, labels = found.patterns
        folded = gathered_patterns(kuesioner, nilai, often, labels, keys.settled())
    texts = {butir.id: seen for butir, seen in zip(kuesioner.butir, found.texts, strict=True)}
    return counts, folded, found.named, dropped, texts


def _butir_that_count(bacaan: Reading, table: Partitioned) -> tuple[Kuesioner, list[str]]:
    """Return the questionnaire without an office's own columns that are blank in every partition."""
    kuesioner = bacaan.kuesioner
    known = {u.id for u in kuesioner.regulasi.unsur}
    extra = tuple(b for b in kuesioner.butir if b.unsur not in known)
    if not extra:
        return kuesioner, []
    columns = {b.id: bacaan.kolom[b.id] for b in extra}
    met = table.each(partial(_filled, butir=extra, kolom=columns, aturan=bacaan.aturan))
    empty = [b.id for i, b in enumerate(extra) if not any(part[i] for part in met)]
    if not empty:
        return kuesioner, []
    return kuesioner.with_butir([b for b in kuesioner.butir if b.id not in empty]), [bacaan.kolom[b] for b in empty]


def _filled(frame: Any, butir: Sequence[Butir], kolom: Mapping[str, str], aturan: CellRules) -> list[bool]:
    from skm.answers.frames.pandas import column as column_of

    out = []
    for asked in butir:
        level, _, bad, _ = read_part(column_of(frame[kolom[asked.id]]), asked, aturan)
        out.append(bool(bad or level.any()))
    return out


def _one(frame: Any, task: _Task) -> _Piece:
    """Count a partition."""
    from skm.answers.frames.pandas import column as column_of

    levels, bad, named = [], [], 0
    examples: list[tuple[int, Any, list[Any]]] = []
    texts: list[set[str]] = []
    for position, butir in enumerate(task.butir):
        cells = column_of(frame[task.kolom[butir.id]])
        level, salah, many, blanks = read_part(cells, butir, task.aturan)
        texts.append({v for v in cells.kamus or () if isinstance(v, str) and len(v) <= _SHORT})
        levels.append(level)
        bad.append(many)
        named += blanks
        for cell in salah[: max(0, _SHOWN - len(examples))]:
            row = frame.iloc[cell.posisi]
            place = [task.places.label(i, row[_source(task.places, i)]) for i in range(len(task.places.columns))]
            examples.append((position, cell.nilai, place))
    if sum(bad) or not len(frame):
        return _Piece([_array([]) for _ in task.keys.columns], None, None, named, bad, examples, texts)
    group, labels = _groups(frame, task.keys)
    size = len(labels[0]) if labels else 1
    top = task.aturan.levels
    counts = _counts(levels, group, size, top) if task.hitungan else None
    patterns = None
    if task.pola:
        fold = PatternFold(len(levels), top)
        fold.add(fold.prepare(levels, group))
        nilai, often, member = fold.finish(np.arange(size))
        patterns = (nilai, often, [column[member] for column in labels])
    return _Piece(labels, counts, patterns, named, bad, examples, texts)


def _counts(
    levels: list[NDArray[np.int8]], group: NDArray[np.intp] | None, size: int, top: int
) -> CountRows | WordCounts:
    words = count_words(levels, group, size, top) if group is not None and size >= MANY else None
    if words is not None:
        return words
    tally = LevelTally(len(levels), top)
    tally.add(levels, group, size)
    table, n, none = tally.finish(size)
    return CountRows(table.sum(axis=1), np.ascontiguousarray(table[:, 1, :, 1:]), n.sum(axis=1), n[:, 1], none)


def _source(keys: Keys, position: int) -> str:
    column = keys.columns[position]
    derived = keys.derived.get(column)
    return column if derived is None else derived.source


def _groups(frame: Any, keys: Keys) -> tuple[NDArray[np.intp] | None, list[NDArray[Any]]]:
    """Return every row's group, and the groups' labels by key; only groups that occur."""
    if not keys.columns:
        return None, []
    each, labels = zip(*[_one_key(_key_column(frame, keys, i)) for i in range(len(keys.columns))], strict=True)
    if len(each) == 1 and len(labels[0]) <= each[0].max() + 1:
        first = np.flatnonzero(np.bincount(each[0]))
        if len(first) == len(labels[0]):
            return each[0], list(labels)
    # A number for blanks is kept ready even where there are none: only groups that occur are groups.
    numbers, first = _numbered(each, len(frame))
    return numbers, [column[own[first]] for column, own in zip(labels, each, strict=True)]


def _one_key(column: Column) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Return every row's number, and what the numbers stand for."""
    import pandas as pd

    if column.kamus is None and column.nilai.dtype.kind in "iu" and not column.kosong:
        numbers, distinct = pd.factorize(column.nilai)
        # In order, so that pieces with the same groups have them in the same places.
        order = np.argsort(distinct)
        rank = np.empty(len(order), np.intp)
        rank[order] = np.arange(len(order))
        return rank[numbers], distinct[order].astype(np.int64)
    known = GroupNumbers()
    numbers = known.number(column)
    return numbers, _array(known.label)


def _numbered(columns: Sequence[NDArray[Any]], rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return numbers for the combinations of some columns, and the first row of each."""
    import pandas as pd

    numbers = np.zeros(rows, np.intp)
    for column in columns:
        own, distinct = pd.factorize(column, use_na_sentinel=False)
        numbers, _ = pd.factorize(numbers * len(distinct) + own)
    first = np.full(int(numbers.max(initial=-1)) + 1, rows, np.intp)
    np.minimum.at(first, numbers, np.arange(rows))
    return numbers, first


def _array(labels: Sequence[Any]) -> NDArray[Any]:
    """Return labels as an array: of whole numbers where all are, else of objects."""
    if labels and all(type(label) is int and abs(label) < 1 << 62 for label in labels):
        return np.array(labels, np.int64)
    out = np.empty(len(labels), dtype=object)
    out[:] = labels
    return out


def _key_column(frame: Any, keys: Keys, position: int) -> Column:
    from skm.answers.frames.pandas import column as column_of

    derived = keys.derived.get(keys.columns[position])
    values = frame[_source(keys, position)]
    if derived is None:
        return column_of(values)
    cells = days(values.tolist()) if derived.day else values.tolist()
    out = np.empty(len(cells), dtype=object)
    out[:] = [None if is_blank(cell) else derived.values[cell] for cell in cells]
    return Column(out)


def _several(pieces: Sequence[_Piece]) -> _Piece:
    """Add up pieces: groups of the same labels become one."""
    bad = [sum(column) for column in zip(*(p.wrong for p in pieces), strict=True)]
    examples = [example for piece in pieces for example in piece.examples][:_SHOWN]
    named = sum(piece.named for piece in pieces)
    keys = len(pieces[0].labels)
    counts = [piece for piece in pieces if piece.counts is not None]
    labels = [_array([]) for _ in range(keys)]
    joined = patterns = None
    if counts:
        labels, joined = _added([(piece.labels, piece.counts) for piece in counts if piece.counts is not None])
    folded = [piece.patterns for piece in pieces if piece.patterns is not None]
    if folded:
        nilai, often = np.concatenate([f[0] for f in folded]), np.concatenate([f[1] for f in folded])
        members = [np.concatenate([f[2][k] for f in folded]) for k in range(keys)]
        patterns = _once(nilai, often, members)
    texts = [set().union(*sets) for sets in zip(*(p.texts for p in pieces), strict=True)]
    return _Piece(labels, joined, patterns, named, bad, examples, texts)


def _added(
    pieces: Sequence[tuple[list[NDArray[Any]], CountRows | WordCounts]],
) -> tuple[list[NDArray[Any]], CountRows | WordCounts]:
    """Add up the counts of equal labels; within a piece every label stands once."""
    labels = pieces[0][0]
    if len(pieces) == 1:
        return pieces[0]
    same = all(all(map(np.array_equal, own, labels)) for own, _ in pieces)
    places = None
    groups = len(labels[0]) if labels else 1
    if not same:
        sizes = [len(own[0]) for own, _ in pieces]
        columns = [np.concatenate([own[k] for own, _ in pieces]) for k in range(len(labels))]
        where, first = _numbered(columns, sum(sizes))
        places, groups = np.split(where, np.cumsum(sizes)[:-1]), len(first)
        labels = [column[first] for column in columns]
    words = [counts for _, counts in pieces if isinstance(counts, WordCounts)]
    together = merged(words, places, groups) if len(words) == len(pieces) else None
    if together is not None:
        return labels, together
    rows = [opened(counts) for _, counts in pieces]
    names = CountRows.__dataclass_fields__
    out = []
    for name in names:
        total = np.zeros((groups, *getattr(rows[0], name).shape[1:]), np.int64)
        for number, counts in enumerate(rows):
            total[slice(None) if places is None else places[number]] += getattr(counts, name)
        out.append(total)
    return labels, CountRows(*out)


def _once(
    nilai: NDArray[np.int8], often: NDArray[np.int64], members: list[NDArray[Any]]
) -> tuple[NDArray[np.int8], NDArray[np.int64], list[NDArray[Any]]]:
    """Add up equal patterns of the same group."""
    group, first = _numbered(members, len(often))
    both = np.column_stack([group, nilai])
    distinct, which = np.unique(both, axis=0, return_inverse=True)
    total = np.bincount(which.reshape(-1), often, minlength=len(distinct)).astype(np.int64)
    return distinct[:, 1:].astype(np.int8), total, [column[first[distinct[:, 0]]] for column in members]
