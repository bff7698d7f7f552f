"""`Hitungan`: how often each level was chosen, per group and question. Everything official comes from it.

It holds no respondent, is exact (int64), and adds up over units, days and files in any order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics import parquet
from skm.basics.errors import DataError, OptionError, UnreadableFileError
from skm.basics.files import read_bytes
from skm.basics.values import Finding
from skm.counts.given import read_given
from skm.counts.store import checksum, from_columns, to_columns
from skm.regulasi._kuesioner import Kuesioner

Counts = NDArray[np.int64]

SMALL = 5
"""Groups with fewer respondents could point at persons."""

OTHERS = "(lainnya)"


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
    terpotong : bool
        Whether respondents may be cut apart between these counts and others: they come from rows per answer.
    catatan : tuple of Finding
        What was decided in reading a table of counts; it goes with the result.
    """

    kuesioner: Kuesioner
    semua: Counts
    lengkap: Counts | None
    n: Counts
    n_lengkap: Counts | None
    n_tanpa_jawaban: Counts
    kunci: tuple[str, ...] = ()
    label: tuple[tuple[Any, ...], ...] = ((),)
    terpotong: bool = False
    catatan: tuple[Finding, ...] = ()

    @property
    def jawaban(self) -> Counts:
        """Counts of answers without the blanks: (groups, butir, levels)."""
        return self.semua[:, :, 1:]

    def take(self, groups: Sequence[int]) -> Hitungan:
        """Return some of the groups, by position, in the order given."""
        keep = list(groups)
        return self._each(lambda array: array[keep], self.kunci, tuple(self.label[i] for i in keep))

    def alone(self, group: int) -> Hitungan:
        """Return one group as undivided counts."""
        return replace(self.take([group]), kunci=(), label=((),))

    def summed(
        self, groups: Sequence[Sequence[int]], kunci: tuple[str, ...], label: tuple[tuple[Any, ...], ...]
    ) -> Hitungan:
        """Return groups added up: one for each list of positions, under new keys and labels."""
        rows = [list(group) for group in groups]
        return self._each(lambda array: np.stack([array[row].sum(axis=0) for row in rows]), kunci, label)

    def total(self) -> Hitungan:
        """Return all groups added up into one."""
        return self._each(lambda array: array.sum(axis=0)[None, ...], (), ((),))

    def _each(
        self, change: Callable[[Counts], Counts], kunci: tuple[str, ...], label: tuple[tuple[Any, ...], ...]
    ) -> Hitungan:
        return Hitungan(
            self.kuesioner,
            change(self.semua),
            None if self.lengkap is None else change(self.lengkap),
            change(self.n),
            None if self.n_lengkap is None else change(self.n_lengkap),
            change(self.n_tanpa_jawaban),
            kunci,
            label,
            catatan=self.catatan,
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
            catatan=self.catatan,
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

    def save(
        self,
        path: str | Path,
        *,
        opsi: Mapping[str, str] | None = None,
        keterangan: Mapping[str, str] | None = None,
        kecil: str = "simpan",
        overwrite: bool = False,
    ) -> tuple[Finding, ...]:
        """Write the counts to a file that can be sent upward: it holds no respondent.

        Parameters
        ----------
        path : str or Path
            File to write, by custom ``*.hitungan`` (a small Parquet file).
        opsi : mapping, optional
            Options of `skm.score` under which the sender computed; whoever combines uses the same.
        keterangan : mapping, optional
            What else the receiver should know, such as ``{"unit": "Puskesmas A", "periode": "2026-S1"}``.
        kecil : {"simpan", "satukan"}
            Groups of fewer than five respondents: kept, or put together (with the next smallest where needed).
        overwrite : bool
            Whether a file that is there is replaced; otherwise it is an error.

        Returns
        -------
        tuple of Finding
            Whether there were such groups, and what became of them.

        Raises
        ------
        OptionError
            No such choice for small groups.
        MissingDependencyError
            pyarrow is not installed.
        DataError
            The file cannot be written.
        """
        counts, notes = _small_groups(self, kecil)
        columns, note = to_columns(counts)
        note |= {"opsi": dict(opsi or {}), "keterangan": {k: str(v) for k, v in (keterangan or {}).items()}}
        note["periksa"] = checksum(columns, note)
        parquet.write(Path(path), columns, note, overwrite=overwrite)
        return notes

    @classmethod
    def load(cls, path: str | Path, *, regulasi: Any = None) -> Hitungan:
        """Read counts that `save` has written.

        Parameters
        ----------
        regulasi : str, Path or Regulasi, optional
            The regulation, where it is not one of those that come with the package.

        Raises
        ------
        UnreadableFileError
            The file is none of ours, of a newer format, or its counts are not those that were written.
        """
        return cls.parse(read_bytes(Path(path)), Path(path).name, regulasi=regulasi)

    @classmethod
    def parse(cls, content: bytes, name: str, *, regulasi: Any = None) -> Hitungan:
        """Read the bytes of a file of counts; see `load`. ``name`` is what errors call it."""
        columns, note = parquet.parse(content, name)
        counts = cls(**from_columns(columns, note, name, regulasi))
        if counts.fingerprint() != note.get("sidik"):
            raise UnreadableFileError("hitungan-rusak", berkas=name, sebab="sidik")
        return counts

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
    cut = sum(part.terpotong for part in parts)
    if cut > 1:
        raise DataError("gabung-panjang", banyak=cut)
    parts = [first, *(_aligned(part, first) for part in parts[1:])]
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


def _aligned(part: Hitungan, first: Hitungan) -> Hitungan:
    """Return the part with its butir in the order of the first."""
    place = {(b.id, b.unsur): i for i, b in enumerate(part.kuesioner.butir)}
    wanted = [(b.id, b.unsur) for b in first.kuesioner.butir]
    same = (
        sorted(place) == sorted(wanted)
        and part.kuesioner.nilai == first.kuesioner.nilai
        and part.kuesioner.regulasi.id == first.kuesioner.regulasi.id
        and part.kunci == first.kunci
    )
    if not same:
        raise DataError("gabung-tidak-serasi", kiri=repr(first), kanan=repr(part))
    return part if list(place) == wanted else part.only([place[key] for key in wanted])


def roll_up(hitungan: Hitungan, keys: Sequence[str]) -> Hitungan:
    """Add up over all keys but these.

    Raises
    ------
    OptionError
        The counts are not divided by one of the keys.
    """
    missing = [key for key in keys if key not in hitungan.kunci]
    if missing:
        raise OptionError("opsi-tidak-dikenal", opsi="by", nilai=missing[0], pilihan=list(hitungan.kunci))
    places = [hitungan.kunci.index(key) for key in keys]
    labels = [tuple(label[i] for i in places) for label in hitungan.label]
    return merge([replace(hitungan, kunci=tuple(keys), label=tuple(labels))])


def _small_groups(hitungan: Hitungan, choice: str) -> tuple[Hitungan, tuple[Finding, ...]]:
    if choice not in ("simpan", "satukan"):
        raise OptionError("opsi-tidak-dikenal", opsi="kecil", nilai=choice, pilihan=["simpan", "satukan"])
    small = (hitungan.n > 0) & (hitungan.n < SMALL) if hitungan.kunci else np.zeros(len(hitungan.n), dtype=bool)
    if not small.any():
        return hitungan, ()
    if choice == "simpan":
        return hitungan, (_small_note("kelompok-kecil-dikirim", small),)
    chosen = small.copy()
    for position in np.argsort(hitungan.n, kind="stable").tolist():
        if hitungan.n[chosen].sum() >= SMALL:
            break
        chosen[position] = True
    together = tuple(OTHERS for _ in hitungan.kunci)
    labels = tuple(together if c else label for label, c in zip(hitungan.label, chosen.tolist(), strict=True))
    return merge([replace(hitungan, label=labels)]), (_small_note("kelompok-kecil-disatukan", chosen),)


def _small_note(code: str, chosen: NDArray[np.bool_]) -> Finding:
    return Finding(code, "catatan", "kelompok", {"banyak": int(chosen.sum()), "batas": SMALL})


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
