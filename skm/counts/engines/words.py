"""How counts share numbers on an engine: the one grouped question, in a form that its groups have room for.

A group's counts would be levels x butir sums, for all rows and for complete ones. Several levels share one sum
instead, each on a power of two of its own, so that nine questions on four levels cost 18 sums (two levels a sum), or 9
where an engine has room for four. Complete rows are counted as groups of their own, or, where groups are many and
small, the incomplete ones once more beside all. Every answer is counted besides: a wrong one makes the two differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers.frames.remote import ROWS, RelationalTable, Term
from skm.counts.engines.keys import Keys

_COMPLETE, _ANSWERS, _NOTHING, _PARTIAL = "_skm_l", "_skm_a", "_skm_z", "_skm_p"
_LEAST = 8  # bits of a level below which small groups are not worth a form of their own

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the question.

    Attributes
    ----------
    step : int
        Levels that share a sum.
    bits : int
        A group holds fewer rows than 2 to this power, or it is asked again in another form.
    apart : bool
        Complete rows are groups of their own; else incomplete rows are summed once more beside all.
    """

    step: int
    bits: int
    apart: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Unpacked:
    """What came home, one row per group, or two where complete rows are apart.

    Attributes
    ----------
    semua, lengkap : int64 array (rows, butir, levels)
        Over all respondents, and over those who answered everything.
    n, n_lengkap, n_tanpa, jawaban : int64 array (rows,)
        Respondents; those who answered everything; nothing; and how many answers all of them gave.
    labels : list of sequence
        The values of every key.
    """

    semua: Counts
    lengkap: Counts
    n: Counts
    n_lengkap: Counts
    n_tanpa: Counts
    jawaban: Counts
    labels: list[Sequence[Any]]


def forms(short: RelationalTable, levels: int, keys: Keys, most: int) -> Iterator[Form]:
    """Yield forms, the cheapest first; the last has room for everything."""
    room = min(short.narrow // levels, most)
    if room >= _LEAST and short.crowded(keys.names):
        yield Form(levels, room, apart=short.narrow_apart)
    for step, bits in short.sharing:
        yield Form(step, min(bits, most))
    yield Form(1, 62)


def asked(short: RelationalTable, butir: int, levels: int, keys: Keys, form: Form) -> Unpacked | None:
    """Ask in a form; None where a group has more rows than the form has room for."""
    ready = _ready(short, butir, levels, keys)
    columns: dict[str, Term] = {}
    partial = ready.value(_PARTIAL)
    starts = range(0, levels, form.step)
    for i in range(butir):
        term = ready.value(f"_skm_{i}")
        for first in starts:
            weights = [1 << (k - first) * form.bits if first <= k < first + form.step else 0 for k in range(levels)]
            weight = ready.looked(term, weights, form.step * form.bits)
            columns[f"_skm_{i}_{first}"] = ready.total(weight)
            if not form.apart:
                columns[f"_skm_{i}_{first}_p"] = ready.total_where(weight, ready.present(partial))
    columns[ROWS] = ready.size()
    columns[_ANSWERS] = ready.total(ready.value(_ANSWERS))
    columns[_NOTHING] = ready.filled(ready.value(_NOTHING))
    if not form.apart:
        columns[_PARTIAL] = ready.filled(partial)
    known = [*keys.names, _COMPLETE] if form.apart else keys.names
    answer = ready.grouped(known, columns).fetch()
    labels, numbers = answer[: len(keys.names)], list(map(_whole, answer[len(known) :]))
    n, answers, nothing = numbers[butir * len(starts) * (1 if form.apart else 2) :][:3]
    if (n >> form.bits).any():
        return None
    rows = len(n)
    size = (rows, butir, levels)
    if form.apart:
        semua = _opened(numbers[: butir * len(starts)], size, form)
        whole = np.array([bool(value) for value in answer[len(keys.names)]], dtype=bool)
        lengkap = np.where(whole[:, None, None], semua, 0)
        n_lengkap = np.where(whole, n, 0)
    else:
        semua, partly = (_opened(numbers[k : 2 * butir * len(starts) : 2], size, form) for k in range(2))
        lengkap, n_lengkap = semua - partly, n - numbers[-1]
    return Unpacked(semua, lengkap, n, n_lengkap, nothing, answers + n_lengkap * butir, labels)


def _ready(short: RelationalTable, butir: int, levels: int, keys: Keys) -> RelationalTable:
    """Return the table with what is asked of every row: its levels, and whether and how much it answers."""
    terms = [short.value(f"_skm_{i}") for i in range(butir)]
    # A condition, not a number made of it: databases know that it divides a group into two at most.
    complete = short.every([short.present(term) for term in terms])
    answered = short.case([(short.present(terms[0]), short.weight(1))], short.weight(0))
    for term in terms[1:]:
        answered = answered + short.case([(short.present(term), short.weight(1))], short.weight(0))
    nothing = short.every([short.missing(term) for term in terms])
    return short.chosen(
        {name: short.value(name) for name in keys.names}
        | {f"_skm_{i}": short.placed(term, levels) for i, term in enumerate(terms)}
        | {
            _COMPLETE: complete,
            _PARTIAL: short.case([(complete, None)], 1),
            _ANSWERS: short.case([(complete, short.weight(0))], answered),
            _NOTHING: short.case([(nothing, 1)], None),
        }
    )


def _opened(words: Sequence[NDArray[Any]], size: tuple[int, int, int], form: Form) -> Counts:
    """Take apart what shares a number: words by butir and first level -> counts (rows, butir, levels)."""
    _, butir, levels = size
    counts = np.empty(size, np.int64)
    mask = (1 << form.bits) - 1
    each = iter(words)
    for i in range(butir):
        for first in range(0, levels, form.step):
            word = next(each)
            for k in range(first, min(first + form.step, levels)):
                counts[:, i, k] = (word >> (k - first) * form.bits) & mask if form.step > 1 else word
    return counts


def _whole(column: Sequence[Any]) -> NDArray[Any]:
    """Return sums as whole numbers, whatever kind of number an engine gives them as; of nothing as 0."""
    values = np.asarray(column)
    if values.dtype.kind in "iuf" and not (values.dtype.kind == "f" and np.isnan(values).any()):
        return values.astype(np.int64)
    numbers = [int(value or 0) for value in column]
    wide = max(numbers, default=0) >> 63
    return np.array(numbers, dtype=object if wide else np.int64)
