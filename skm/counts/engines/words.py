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

_COMPLETE, _ANSWERS, _NOTHING, _PARTIAL, _REST = "_skm_l", "_skm_a", "_skm_z", "_skm_p", "_skm_r"
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

    def rest(self, butir: int, room: int) -> tuple[int, int] | None:
        """Return where incomplete and empty rows are counted in one sum with the answers of incomplete rows.

        None where the three have no room together.
        """
        partial = self.bits + butir.bit_length()
        nothing = partial if self.apart else partial + self.bits  # apart, incomplete rows are counted already
        return (partial, nothing) if nothing + self.bits <= room else None


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
    ready = _ready(short, butir, levels, keys, form)
    columns: dict[str, Term] = {}
    starts = range(0, levels, form.step)
    for i in range(butir):
        term = ready.value(f"_skm_{i}")
        for first in starts:
            weights = [1 << (k - first) * form.bits if first <= k < first + form.step else 0 for k in range(levels)]
            weight = ready.looked(term, weights, form.step * form.bits)
            columns[f"_skm_{i}_{first}"] = ready.total(weight)
            if not form.apart:
                columns[f"_skm_{i}_{first}_p"] = ready.total_where(weight, ready.present(ready.value(_PARTIAL)))
    columns[ROWS] = ready.size()
    rest = form.rest(butir, short.room)
    if rest is not None:
        columns[_REST] = ready.total(ready.value(_REST))
    else:
        columns[_ANSWERS] = ready.total(ready.value(_ANSWERS))
        columns[_NOTHING] = ready.filled(ready.value(_NOTHING))
        if not form.apart:
            columns[_PARTIAL] = ready.filled(ready.value(_PARTIAL))
    known = [*keys.names, _COMPLETE] if form.apart else keys.names
    labels, numbers = ready.grouped(known, columns).totals(len(known))
    held = butir * len(starts) * (1 if form.apart else 2)
    if form.step > 1 and form.step * form.bits > _ROOM:  # no column may be wide alone, and its groups' sums be
        numbers[:held] = [word.astype(object) for word in numbers[:held]]
    n = numbers[held]
    if (n >> form.bits).any():
        return None
    if rest is not None:
        many = (1 << form.bits) - 1
        answers, nothing, partial = (
            numbers[-1] & ((1 << rest[0]) - 1),
            numbers[-1] >> rest[1] & many,
            numbers[-1] >> rest[0] & many,
        )
    else:
        answers, nothing, partial = numbers[held + 1], numbers[held + 2], numbers[-1]
    if form.apart:
        semua = np.stack(numbers[:held])
        whole = np.array([bool(value) for value in labels.pop()], dtype=bool)
        lengkap = np.where(whole, semua, 0)
        n_lengkap = np.where(whole, n, 0)
    else:
        semua = np.stack(numbers[:held:2])
        # Every count of incomplete rows is among all of them, so that nothing is borrowed.
        lengkap, n_lengkap = semua - np.stack(numbers[1:held:2]), n - partial
    return Words(form, semua, lengkap, n, n_lengkap, nothing, answers + n_lengkap * butir, labels)


def hitungan(found: Words, kuesioner: Kuesioner, keys: Keys) -> tuple[Hitungan, bool]:
    """Add up the rows of a group, and take its counts apart; return them, and whether answers were wrong."""
    group, label = keys.arranged(found.labels, len(found.n))
    add = adder(group, len(label))
    n, form = add(found.n), found.form
    butir, levels = len(kuesioner.butir), len(kuesioner.nilai)
    if (n >> form.bits).any():  # together the rows of a group have no room
        semua = add(_opened(found.semua, butir, levels, form, 1))
        lengkap = add(_opened(found.lengkap, butir, levels, form, 0))
    else:
        semua = _opened(add(found.semua.T).T, butir, levels, form, 1)
        lengkap = _opened(add(found.lengkap.T).T, butir, levels, form, 0)
    given = np.einsum("gbl->gb", semua[:, :, 1:])
    np.subtract(n[:, None], given, out=semua[:, :, 0])
    wrong = bool((add(found.jawaban) != given.sum(axis=1)).any())
    return Hitungan(kuesioner, semua, lengkap, n, add(found.n_lengkap), add(found.n_tanpa), keys.by, label), wrong


def _ready(short: RelationalTable, butir: int, levels: int, keys: Keys, form: Form) -> RelationalTable:
    """Return the table with what is asked of every row: its levels, and whether and how much it answers."""
    names = [f"_skm_{i}" for i in range(butir)]
    given = short.every([short.present(short.value(name)) for name in names])
    # A condition, not a number made of it: databases know that it divides a group into two at most.
    known = short.chosen({name: short.value(name) for name in [*keys.names, *names]} | {_COMPLETE: given})
    terms, complete = [known.value(name) for name in names], known.value(_COMPLETE)
    nothing = known.every([known.missing(term) for term in terms])
    zero = known.weight(0)
    answered = known.case([(known.present(terms[0]), known.weight(1))], zero)
    for term in terms[1:]:
        answered = answered + known.case([(known.present(term), known.weight(1))], zero)
    partial = {} if form.apart else {_PARTIAL: known.case([(complete, None)], 1)}
    rest = form.rest(butir, short.room)
    if rest is None:
        counted = partial | {
            _ANSWERS: known.case([(complete, zero)], answered),
            _NOTHING: known.case([(nothing, 1)], None),
        }
    else:
        if not form.apart:
            answered = answered + known.weight(1 << rest[0])
        answered = answered + known.case([(nothing, known.weight(1 << rest[1]))], zero)
        counted = partial | {_REST: known.case([(complete, zero)], answered)}
    return known.chosen(
        {name: known.value(name) for name in keys.names}
        | {name: known.placed(term, levels) for name, term in zip(names, terms, strict=True)}
        | {_COMPLETE: complete}
        | counted
    )


def _opened(words: Packed, butir: int, levels: int, form: Form, first: int) -> Counts:
    """Take apart what shares a number: words by butir and level -> counts (rows, butir, levels), from ``first`` on."""
    counts = np.zeros((words.shape[1], butir, first + levels), np.int64)
    mask = (1 << form.bits) - 1
    each = iter(words)
    for i in range(butir):
        for start in range(0, levels, form.step):
            word = next(each)
            for k in range(start, min(start + form.step, levels)):
                counts[:, i, first + k] = (word >> (k - start) * form.bits) & mask if form.step > 1 else word
    return counts
