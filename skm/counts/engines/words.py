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
from skm.counts.engines.gather import adder
from skm.counts.engines.keys import Keys
from skm.counts.hitungan import Hitungan
from skm.regulasi._kuesioner import Kuesioner

_COMPLETE, _ANSWERS, _NOTHING, _PARTIAL = "_skm_l", "_skm_a", "_skm_z", "_skm_p"
_ROOM = 62  # bits of what is added up as a whole number of 64
_LEAST = 8  # bits of a level below which small groups are not worth a form of their own

Counts = NDArray[np.int64]
Packed = NDArray[Any]


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
class Words:
    """What came home, one row per group, or two where complete rows are apart.

    Attributes
    ----------
    form : Form
        How counts share the words.
    semua, lengkap : int64 or object array (butir * words of a question, rows)
        Words over all respondents, and over those who answered everything.
    n, n_lengkap, n_tanpa, jawaban : int64 array (rows,)
        Respondents; those who answered everything; nothing; and how many answers all of them gave.
    labels : list of sequence
        The values of every key.
    """

    form: Form
    semua: Packed
    lengkap: Packed
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


def asked(short: RelationalTable, butir: int, levels: int, keys: Keys, form: Form) -> Words | None:
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
    labels, numbers = ready.grouped(known, columns).totals(len(known))
    held = butir * len(starts) * (1 if form.apart else 2)
    if form.step > 1 and form.step * form.bits > _ROOM:  # no column may be wide alone, and its groups' sums be
        numbers[:held] = [word.astype(object) for word in numbers[:held]]
    n, answers, nothing = numbers[held : held + 3]
    if (n >> form.bits).any():
        return None
    if form.apart:
        semua = np.stack(numbers[:held])
        whole = np.array([bool(value) for value in labels.pop()], dtype=bool)
        lengkap = np.where(whole, semua, 0)
        n_lengkap = np.where(whole, n, 0)
    else:
        semua = np.stack(numbers[:held:2])
        # Every count of incomplete rows is among all of them, so that nothing is borrowed.
        lengkap, n_lengkap = semua - np.stack(numbers[1:held:2]), n - numbers[-1]
    return Words(form, semua, lengkap, n, n_lengkap, nothing, answers + n_lengkap * butir, labels)


def hitungan(found: Words, kuesioner: Kuesioner, keys: Keys) -> tuple[Hitungan, bool]:
    """Add up the rows of a group, and take its counts apart; return them, and whether answers were wrong."""
    group, label = keys.arranged(found.labels, len(found.n))
    add = adder(group, len(label))
    n, form = add(found.n), found.form
    butir, levels = len(kuesioner.butir), len(kuesioner.nilai)
    if (n >> form.bits).any():  # together the rows of a group have no room
        semua, lengkap = (add(_opened(words, butir, levels, form)) for words in (found.semua, found.lengkap))
    else:
        semua, lengkap = (_opened(add(words.T).T, butir, levels, form) for words in (found.semua, found.lengkap))
    given = semua[:, :, 1:].sum(axis=2)
    semua[:, :, 0] = n[:, None] - given
    wrong = bool((add(found.jawaban) != given.sum(axis=1)).any())
    complete = np.ascontiguousarray(lengkap[:, :, 1:])
    return Hitungan(kuesioner, semua, complete, n, add(found.n_lengkap), add(found.n_tanpa), keys.by, label), wrong


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


def _opened(words: Packed, butir: int, levels: int, form: Form) -> Counts:
    """Take apart what shares a number: words by butir and first level -> counts (rows, butir, levels + 1), 0 at 0."""
    counts = np.zeros((words.shape[1], butir, levels + 1), np.int64)
    mask = (1 << form.bits) - 1
    each = iter(words)
    for i in range(butir):
        for first in range(0, levels, form.step):
            word = next(each)
            for k in range(first, min(first + form.step, levels)):
                counts[:, i, k + 1] = (word >> (k - first) * form.bits) & mask if form.step > 1 else word
    return counts
