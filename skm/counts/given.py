"""Level counts as people give them (what ``GROUP BY unsur, nilai`` returns, or a report prints), checked.

Nothing here needs NumPy, so that a program that asks for one figure does not wait for it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm.basics.errors import DataError
from skm.basics.limits import limit
from skm.basics.reading_numbers import read_count
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._unsur import unsur_id


@dataclass(frozen=True, slots=True)
class GivenCounts:
    """Counts of one group.

    Attributes
    ----------
    kuesioner : Kuesioner
        One butir per unsur given.
    baris : tuple of tuple of int
        Per butir how often each level was chosen, worst first.
    n : int
        Respondents.
    """

    kuesioner: Kuesioner
    baris: tuple[tuple[int, ...], ...]
    n: int

    @property
    def kosong(self) -> tuple[int, ...]:
        """Blanks per butir."""
        return tuple([self.n - sum(row) for row in self.baris])

    @property
    def lengkap(self) -> bool:
        """Whether everybody answered everything, so that joint counts are known too."""
        return not any(self.kosong)

    def fingerprint(self) -> str:
        """Return the digest that `Hitungan.fingerprint` gives for the same counts."""
        digest = hashlib.sha256()
        blanks = self.kosong
        order = sorted(range(len(self.baris)), key=lambda i: self.kuesioner.butir[i].id)
        for i in order:
            digest.update(f"{self.kuesioner.butir[i].id}:{self.kuesioner.butir[i].unsur};".encode())
        digest.update(repr(()).encode())
        digest.update(_bytes([number for i in order for number in (blanks[i], *self.baris[i])]))
        digest.update(_bytes([self.n]))
        if not any(blanks):
            digest.update(_bytes([number for i in order for number in self.baris[i]]))
        return digest.hexdigest()[:16]


def _wrong_kind(value: Any, expected: str, column: str | None = None) -> DataError:
    return DataError("masukan-jenis-salah", kolom=column, diharapkan=expected, ditemukan=type(value).__name__)


def _is_list(value: Any) -> bool:
    """Tell whether a value is a list of counts: a text and a mapping have members, too, and are none."""
    if type(value) in (list, tuple):
        return True
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def read_given(
    counts: Mapping[str, Sequence[Any]], base: Kuesioner, *, n: Any = None, u8: str | None = None
) -> GivenCounts:
    """Check counts per unsur.

    Parameters
    ----------
    counts : mapping
        Unsur (id, official name or code) -> how often each level was chosen, from worst to best.
    n : int, optional
        Respondents. Default: the most answers that any unsur has.

    Raises
    ------
    DataError
        A row has the wrong number of levels or more answers than respondents, two keys mean one unsur, or the counts
        are beyond any population.
    """
    levels = len(base.nilai)
    rows: dict[str, tuple[int, ...]] = {}
    if not isinstance(counts, Mapping):
        raise _wrong_kind(counts, "object")
    for key, values in counts.items():
        unsur = unsur_id(str(key), base.regulasi, u8)
        if not _is_list(values):
            raise _wrong_kind(values, "array", str(key))
        row = tuple([read_count(value, str(key)) for value in values])
        if len(row) != levels:
            raise DataError("cacah-tingkat", kolom=str(key), banyak=len(row), diharapkan=levels)
        if unsur in rows:
            raise DataError("unsur-ganda", kolom=str(key), unsur=unsur)
        rows[unsur] = row
    if not rows:
        raise DataError("unsur-tidak-ada", pilihan=[u.id for u in base.regulasi.unsur])
    respondents = max(map(sum, rows.values())) if n is None else read_count(n, "n")
    if respondents > limit("cacah"):
        raise DataError("cacah-terlalu-besar", batas=limit("cacah"))
    for unsur, row in rows.items():
        if sum(row) > respondents:
            raise DataError("cacah-melebihi-n", kolom=unsur, banyak=sum(row), n=respondents)
    butir = [next((b for b in base.butir if b.unsur == unsur), Butir(unsur, unsur)) for unsur in rows]
    return GivenCounts(base.with_butir(butir), tuple(rows.values()), respondents)


def _bytes(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}q", *numbers)
