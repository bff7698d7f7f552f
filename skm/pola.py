"""`Pola`: each distinct pattern of answers and how often it occurs. Joint statistics are computed from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.kuesioner import Kuesioner

_WORD_BITS = 62


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pola:
    """Distinct answer patterns.

    Attributes
    ----------
    nilai : int8 array (patterns, butir)
        Levels 1..L, 0 for a blank.
    kali : int64 array (patterns,)
        How often the pattern occurs.
    kelompok : int64 array (patterns,)
        Position of the pattern's group in ``label``.
    """

    kuesioner: Kuesioner
    nilai: NDArray[np.int8]
    kali: NDArray[np.int64]
    kelompok: NDArray[np.int64]
    kunci: tuple[str, ...] = ()
    label: tuple[tuple[Any, ...], ...] = ((),)

    @property
    def n(self) -> int:
        """Number of respondents."""
        return int(self.kali.sum())

    def groups(self) -> Iterator[tuple[tuple[Any, ...], Pola]]:
        """Yield each group's label and its own patterns."""
        for position, label in enumerate(self.label):
            mask = self.kelompok == position
            yield label, Pola(self.kuesioner, self.nilai[mask], self.kali[mask], np.zeros(int(mask.sum()), np.int64))

    def __repr__(self) -> str:
        return f"Pola({self.n} responden, {len(self.kali)} pola, {self.nilai.shape[1]} butir)"


def collapse(
    levels: Sequence[NDArray[np.int8]], groups: NDArray[np.int64] | None, n_levels: int, n_groups: int
) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    """Return distinct patterns, their counts and their groups, sorted by group and pattern.

    Patterns are packed into integers; where groups and butir need more than 62 bits, several words are sorted.
    """
    base = n_levels + 1
    rows = len(levels[0]) if levels else 0
    words: list[NDArray[np.int64]] = []
    word = np.zeros(rows, np.int64) if groups is None else groups.astype(np.int64)
    room = max(n_groups, 1)
    for column in levels:
        if room * base >= 1 << _WORD_BITS:
            words.append(word)
            word, room = np.zeros(rows, np.int64), 1
        word = word * base + column
        room *= base
    words.append(word)
    if len(words) == 1:
        _, first, counts = np.unique(words[0], return_index=True, return_counts=True)
    else:
        order = np.lexsort(words[::-1])
        changed = np.zeros(rows, dtype=bool)
        changed[:1] = True
        for w in words:
            ordered = w[order]
            changed[1:] |= ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(changed)
        first = order[starts]
        counts = np.diff(np.append(starts, rows))
    nilai = np.stack([column[first] for column in levels], axis=1) if levels else np.zeros((len(first), 0), np.int8)
    kelompok = np.zeros(len(first), np.int64) if groups is None else groups[first].astype(np.int64)
    return nilai.astype(np.int8), counts.astype(np.int64), kelompok
