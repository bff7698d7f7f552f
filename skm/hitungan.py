"""`Hitungan`: how often each level was chosen, per group and question. Everything official comes from it.

It holds no respondent, is exact (int64), and adds up over units, days and files in any order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.cacahan import read_given
from skm.errors import DataError, OptionError
from skm.kuesioner import Kuesioner

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hitungan:
    """Counts of answers.

    Attributes
    ----------
    kuesioner : Kuesioner
        Its butir are the second axis of the counts, in order.
    semua : array (groups, butir, levels + 1)
        Over all respondents; position 0 of the last axis counts the blanks, position l the level l.
    lengkap : array (groups, butir, levels) or None
        Over respondents who answered every butir; None where only totals per butir are known.
    n, n_lengkap, n_tanpa_jawaban : array (groups,)
        Respondents, those who answered everything, those who answered nothing.
    kunci : tuple of str
        What the groups are of; empty for a single undivided group.
    label : tuple of tuple
        One label per key for every group; None stands for "not filled in".
    """

    kuesioner: Kuesioner
    semua: Counts
    lengkap: Counts | None
    n: Counts
    n_lengkap: Counts | None
    n_tanpa_jawaban: Counts
    kunci: tuple[str, ...] = ()
    label: tuple[tuple[Any, ...], ...] = ((),)

    @property
    def jawaban(self) -> Counts:
        """Counts of answers without the blanks: (groups, butir, levels)."""
        return self.semua[:, :, 1:]

    def total(self) -> Hitungan:
        """Return all groups added up into one."""
        return Hitungan(
            self.kuesioner,
            self.semua.sum(axis=0)[None, ...],
            None if self.lengkap is None else self.lengkap.sum(axis=0)[None, ...],
            self.n.sum()[None],
            None if self.n_lengkap is None else self.n_lengkap.sum()[None],
            self.n_tanpa_jawaban.sum()[None],
        )

    def only(self, butir: Sequence[int]) -> Hitungan:
        """Return the same groups with some of the butir, by position."""
        keep = list(butir)
        return Hitungan(
            self.kuesioner.with_butir([self.kuesioner.butir[i] for i in keep]),
            self.semua[:, keep],
            None if self.lengkap is None else self.lengkap[:, keep],
            self.n,
            self.n_lengkap,
            self.n_tanpa_jawaban,
            self.kunci,
            self.label,
        )

    def fingerprint(self) -> str:
        """Return a digest of the counts: the same answers give the same text, in whatever order they came."""
        digest = hashlib.sha256()
        butir = sorted(range(len(self.kuesioner.butir)), key=lambda i: self.kuesioner.butir[i].id)
        for i in butir:
            digest.update(f"{self.kuesioner.butir[i].id}:{self.kuesioner.butir[i].unsur};".encode())
        groups = sorted(range(len(self.n)), key=lambda g: repr(self.label[g]))
        for g in groups:
            digest.update(repr(tuple(map(str, self.label[g]))).encode())
            digest.update(np.ascontiguousarray(self.semua[g, butir], dtype="<i8").tobytes())
            digest.update(int(self.n[g]).to_bytes(8, "little"))
            if self.lengkap is not None:
                digest.update(np.ascontiguousarray(self.lengkap[g, butir], dtype="<i8").tobytes())
        return digest.hexdigest()[:16]

    def __repr__(self) -> str:
        groups, butir = self.semua.shape[:2]
        return f"Hitungan({int(self.n.sum())} responden, {butir} butir, {groups} kelompok)"


def merge(parts: Sequence[Hitungan]) -> Hitungan:
    """Add up several counts; groups with the same label become one.

    Scoring a concatenation of data equals scoring the merged counts.

    Raises
    ------
    DataError
        The parts do not ask the same questions, or are not divided by the same keys.
    """
    if not parts:
        raise OptionError("gabung-kosong")
    first = parts[0]
    for part in parts[1:]:
        same = (
            [b.id for b in part.kuesioner.butir] == [b.id for b in first.kuesioner.butir]
            and part.kuesioner.nilai == first.kuesioner.nilai
            and part.kuesioner.regulasi.id == first.kuesioner.regulasi.id
            and part.kunci == first.kunci
        )
        if not same:
            raise DataError("gabung-tidak-serasi", kiri=repr(first), kanan=repr(part))
    labels = list(dict.fromkeys(label for part in parts for label in part.label))
    position = {label: i for i, label in enumerate(labels)}
    where = [np.array([position[label] for label in part.label], dtype=np.intp) for part in parts]
    joint = all(part.lengkap is not None for part in parts)

    def add(name: str) -> Counts:
        arrays = [getattr(part, name) for part in parts]
        out = np.zeros((len(labels), *arrays[0].shape[1:]), dtype=np.int64)
        for index, array in zip(where, arrays, strict=True):
            np.add.at(out, index, array)
        return out

    return Hitungan(
        first.kuesioner,
        add("semua"),
        add("lengkap") if joint else None,
        add("n"),
        add("n_lengkap") if joint else None,
        add("n_tanpa_jawaban"),
        first.kunci,
        tuple(labels),
    )


def from_counts(
    counts: Mapping[str, Sequence[int]], base: Kuesioner, *, n: int | None = None, u8: str | None = None
) -> Hitungan:
    """Return the counts of one group from level counts per unsur, as ``GROUP BY`` or a report gives them.

    Parameters
    ----------
    counts : mapping
        Unsur (id, official name or code) -> how often each level was chosen, from worst to best.
    n : int, optional
        Respondents. Default: the most answers that any unsur has.

    Raises
    ------
    DataError
        A row has the wrong number of levels or more answers than respondents, or two keys mean one unsur.
    """
    given = read_given(counts, base, n=n, u8=u8)
    table = np.array([[k, *row] for k, row in zip(given.kosong, given.baris, strict=True)], dtype=np.int64)
    respondents = np.array([given.n], dtype=np.int64)
    return Hitungan(
        given.kuesioner,
        table[None, ...],
        table[None, :, 1:] if given.lengkap else None,
        respondents,
        respondents if given.lengkap else None,
        np.zeros(1, dtype=np.int64),
    )
