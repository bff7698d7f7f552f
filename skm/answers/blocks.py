"""Several sets of columns that could each be the survey: which counts where that is certain, and else the choice.

A set bears the unsur's own names or sentences, or a run of codes. The survey's name, the unsur's names and the codes
U1, U2, ... come before mere numbers of questions; two sets of equal standing are asked about, and one word settles it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from skm.answers.code_runs import OWN_PREFIX, UNSUR_CODES, Runs, read_code, unknown_runs
from skm.answers.column_kinds import ANSWERING, Pandang, shown_header
from skm.basics.errors import MissingColumnError
from skm.basics.words import normalise

ACCEPT_BLOCK = "blok-"
_WORD = re.compile(r"blok 0*(\d{1,2})")
# How libraries and readers number a header that stood there before: "U1.1", "U1 (2)".
_AGAIN = re.compile(r"(?P<kepala>.+?)(?:\.(?P<titik>\d{1,2})| \((?P<kurung>\d{1,2})\))")
# How much a set's headers say: the survey's name; an unsur's; a question's number; a code of any kind.
_WORDED = 3  # unsur that sentences have to speak of
_SURVEY, _UNSUR, _QUESTION, _CODE = 3, 2, 1, 0


class Cells(Protocol):
    """What can be learned of the cells of two sets of columns."""

    def apart(self, first: Mapping[str, str], second: Mapping[str, str]) -> bool:
        """Tell whether no respondent answered a question of both."""

    def same(self, first: Sequence[str], second: Sequence[str]) -> bool:
        """Tell whether both hold the same answers, column by column in some order."""


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """Columns that could be the survey: header -> its number where codes are all that is known, else the butir."""

    kolom: Mapping[str, str]
    pangkat: int
    utuh: bool

    @property
    def bebas(self) -> bool:
        """Whether its code is of any kind, so that only a person can say that it numbers the unsur."""
        return self.pangkat == _CODE

    @property
    def judul(self) -> str:
        """The first and the last header, as a person finds them on the sheet."""
        first, *_, last = (shown_header(name, "", i).strip() for i, name in enumerate(self.kolom))
        return f"{first} ... {last}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The set that counts, the others, and whether those hold the same answers once more."""

    pakai: QuestionBlock
    lain: tuple[QuestionBlock, ...]
    sama: bool = False


def choose_block(
    usable: Sequence[str],
    asks: Mapping[str, str],
    runs: Runs,
    every: Sequence[str],
    look: Pandang,
    terima: Sequence[str],
    cells: Cells | None = None,
    weak: Mapping[str, str] = MappingProxyType({}),
) -> Chosen | None:
    """Return which of several sets of columns counts; None where there is one only, or none is whole.

    Parameters
    ----------
    usable : sequence of str
        Columns in their order.
    asks : mapping
        Column -> the butir that its name or sentence asks about.
    runs : mapping
        See `code_runs.runs_of`.
    every : sequence of str
        The butir that a whole survey asks about.
    cells : Cells, optional
        What tells whether two sets hold the same answers, or one goes on where the other stops.
    weak : mapping
        Column -> a butir that a word of its sentence points at.

    Raises
    ------
    MissingColumnError
        Two sets are of equal standing, or the only one bears a code that says nothing.
    """
    place = {column: i for i, column in enumerate(usable)}
    blocks = _blocks(usable, asks, runs, every, look, place)
    if len(set(weak.values())) >= _WORDED and all(b.pangkat < _UNSUR for b in blocks if b.utuh):
        # Sentences that speak of several unsur may be the survey rather than numbered questions beside them.
        blocks = [*blocks, QuestionBlock(weak, _QUESTION, utuh=False)]
        blocks.sort(key=lambda block: min(place[column] for column in block.kolom))
    if not any(block.utuh for block in blocks):
        return None
    if len(blocks) == 1 and (blocks[0].pangkat > _CODE or len(blocks[0].kolom) > len(every)):
        return None
    if picked := _accepted(blocks, terima):
        return Chosen(picked, tuple(b for b in blocks if b is not picked))
    if cells is not None and _one_survey(blocks, cells):
        return None
    if (sure := _certain(blocks, place)) is not None:
        return Chosen(sure, tuple(b for b in blocks if b is not sure))
    if cells is not None and len(blocks) > 1 and all(cells.same([*blocks[0].kolom], [*b.kolom]) for b in blocks[1:]):
        best = max(blocks, key=lambda b: b.pangkat)
        return Chosen(best, tuple(b for b in blocks if b is not best), sama=True)
    choices = [f'{ACCEPT_BLOCK}{i} = "{block.judul}"' for i, block in enumerate(blocks, start=1)]
    words = [f"{ACCEPT_BLOCK}{i}" for i in range(1, len(blocks) + 1)]
    code = "kolom-mendua" if len(blocks) > 1 else "kolom-kode"
    raise MissingColumnError(code, pilihan=choices, terima=words[0], blok=words)


def is_block_word(word: str) -> bool:
    """Tell whether an accepted word names a set of columns.

    >>> is_block_word("blok-2"), is_block_word("biaya")
    (True, False)
    """
    return _WORD.fullmatch(normalise(word)) is not None


def repeated_heads(usable: Sequence[str]) -> dict[str, str]:
    """Return the columns whose header is another's, numbered because it stood there before -> that header.

    >>> repeated_heads(["U1", "U2", "U1.1", "U2 (2)", "U3.1"])
    {'U1.1': 'U1', 'U2 (2)': 'U2'}
    """
    known = set(usable)
    found = {}
    for column in usable:
        match = _AGAIN.fullmatch(column) if column[-1:].isdigit() or column[-1:] == ")" else None
        if match and match["kepala"] in known and read_code(normalise(column)) is None:
            found[column] = match["kepala"]
    return found


def _accepted(blocks: Sequence[QuestionBlock], terima: Sequence[str]) -> QuestionBlock | None:
    said = {int(m[1]) for word in terima if (m := _WORD.fullmatch(normalise(word)))}
    number = said.pop() if len(said) == 1 else 0
    return blocks[number - 1] if 1 <= number <= len(blocks) else None


def _one_survey(blocks: Sequence[QuestionBlock], cells: Cells) -> bool:
    """Tell whether sets of names go on where others stop: a form whose questions were reworded half-way."""
    asked = [b for b in blocks if b.pangkat == _UNSUR and not any(v.isdigit() for v in b.kolom.values())]
    turned = [{butir: column for column, butir in block.kolom.items()} for block in asked]
    return len(turned) == len(blocks) > 1 and all(
        cells.apart(one, other) for i, one in enumerate(turned) for other in turned[:i]
    )


def _certain(blocks: Sequence[QuestionBlock], place: Mapping[str, int]) -> QuestionBlock | None:
    """Return the set whose headers say most, if the others are mere numbers behind it or less."""
    best, *others = sorted(blocks, key=lambda b: (-b.pangkat, not b.utuh))
    coded = all(value.isdigit() for value in best.kolom.values())
    equal = [other for other in others if other.pangkat == best.pangkat]
    # Some unsur asked again under their names: one question too many, or several of one unsur. Codes are no names.
    if not best.utuh or best.pangkat < _UNSUR or any(other.utuh or not coded for other in equal):
        return None
    end = max(place[column] for column in best.kolom)
    rivals = [o for o in others if o.utuh and o.pangkat == _QUESTION and best.pangkat == _UNSUR]
    return best if all(min(place[column] for column in rival.kolom) > end for rival in rivals) else None


def _blocks(
    usable: Sequence[str],
    asks: Mapping[str, str],
    runs: Runs,
    every: Sequence[str],
    look: Pandang,
    place: Mapping[str, int],
) -> list[QuestionBlock]:
    """Return the sets of columns in the order in which they stand."""
    again = repeated_heads(usable)
    found = _named(usable, {**{c: asks[head] for c, head in again.items() if head in asks}, **asks}, every, look)
    for (start, family), members in runs.items():
        own = family == "skm" or bool(OWN_PREFIX.search(start))
        rank = _SURVEY if own else _UNSUR if not start and family in UNSUR_CODES else _QUESTION
        found += _coded(members, again, len(every), rank)
    if any(b.utuh and b.pangkat == _UNSUR for b in found):
        # Numbers that go on behind the survey's own: Q10, Q11, ...
        found += [
            QuestionBlock(
                {column: str(n) for n, columns in members.items() for column in columns}, _QUESTION, utuh=False
            )
            for (_, family), members in runs.items()
            if family not in UNSUR_CODES and min(members) > 1
        ]
    if not any(b.utuh and b.pangkat == _SURVEY for b in found):
        # Codes of any kind matter where they could be the survey: beside nothing better than numbers of questions.
        taken = {column for block in found for column in block.kolom}
        others = unknown_runs([c for c in usable if c not in taken], look, len(every))
        found += [block for members in others.values() for block in _coded(members, {}, len(every), _CODE)]
    return sorted(found, key=lambda block: min(place[column] for column in block.kolom))


def _named(usable: Sequence[str], asks: Mapping[str, str], every: Sequence[str], look: Pandang) -> list[QuestionBlock]:
    """Return the sets that names or sentences make: a new one begins where an unsur is asked about again."""
    sets: list[dict[str, str]] = [{}]
    for column in usable:
        butir = asks.get(column)
        if butir is None or look(column).jenis not in ANSWERING:
            continue
        if butir in sets[-1]:
            sets.append({})
        sets[-1][butir] = column
    whole = set(every)
    return [QuestionBlock({c: b for b, c in one.items()}, _UNSUR, one.keys() >= whole) for one in sets if len(one) > 1]


def _coded(
    members: Mapping[int, Sequence[str]], again: Mapping[str, str], whole: int, rank: int
) -> list[QuestionBlock]:
    """Return the sets that a run of codes makes: one, or several where every code occurs as often."""
    numbers = sorted(members)
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return []
    times = {n: [*members[n], *(c for c, head in again.items() if head in members[n])] for n in numbers}
    many = {len(columns) for columns in times.values()}
    each = many.pop() if len(many) == 1 else 1
    return [QuestionBlock({times[n][k]: str(n) for n in numbers}, rank, len(numbers) >= whole) for k in range(each)]
