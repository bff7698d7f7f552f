"""`Pola`: each distinct pattern of answers and how often it occurs. Joint statistics are computed from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.kuesioner import Kuesioner


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
        Position of the pattern's group in ``label``; ascending, and patterns ascend within a group.
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
        edges = np.searchsorted(self.kelompok, np.arange(len(self.label) + 1)).tolist()
        for label, start, end in zip(self.label, edges, edges[1:], strict=False):
            yield (
                label,
                Pola(self.kuesioner, self.nilai[start:end], self.kali[start:end], np.zeros(end - start, np.int64)),
            )

    def __repr__(self) -> str:
        return f"Pola({self.n} responden, {len(self.kali)} pola, {self.nilai.shape[1]} butir)"
