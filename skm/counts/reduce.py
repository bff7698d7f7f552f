"""An understood table -> `Hitungan` and `Pola`. The one place where rows become counts.

Rows are read in parts, by several threads where there are many. Every part is brought to levels and group numbers,
whatever kind of table it comes from; counts of parts add up, so neither order nor cutting changes a digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from skm.answers import cells
from skm.answers.cells import WrongCell
from skm.answers.column import PART, Part, Source
from skm.answers.grouping import with_age_groups, with_periods
from skm.answers.row_counts import ROW_COUNTS
from skm.answers.understand import Reading, group_columns, letters
from skm.basics.errors import EmptyDataError
from skm.basics.progress import counted
from skm.basics.values import Finding
from skm.counts.group_numbers import GroupNumbers, PairNumbers, arranged
from skm.counts.hitungan import Hitungan
from skm.counts.kernel_fold import PatternFold
from skm.counts.kernel_tally import LevelTally
from skm.counts.pola import Pola, collapse_weighted
from skm.counts.read_part import KEPT, read_part
from skm.counts.threads import _Pool
from skm.regulasi._kuesioner import Butir, KelompokUsia, Kuesioner

_TELLING = 100  # answers; among fewer nobody may have given the highest by chance

Want = Literal["hitungan", "pola"]
COUNTS: tuple[Want, ...] = ("hitungan",)
PATTERNS: tuple[Want, ...] = ("pola",)
BOTH: tuple[Want, ...] = ("hitungan", "pola")


@dataclass(frozen=True, slots=True)
class Reduced:
    """What came of the trip: counts and patterns as far as they were wanted, and what was noticed on the way.

    ``kelompok_usia`` are the age groups that ages were turned into; empty where that did not happen.
    """

    cacah: Hitungan | None
    lipatan: Pola | None
    catatan: tuple[Finding, ...]
    kelompok_usia: tuple[KelompokUsia, ...] = ()

    @property
    def hitungan(self) -> Hitungan:
        """The counts; only where they were wanted."""
        return cast(Hitungan, self.cacah)

    @property
    def pola(self) -> Pola:
        """The patterns; only where they were wanted."""
        return cast(Pola, self.lipatan)


def reduce(
    bacaan: Reading,
    by: Sequence[str] = (),
    want: Sequence[Want] = COUNTS,
    *,
    tingkat: Sequence[str] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> Reduced:
    """Make the one trip from an understood table to counts, to patterns, or to both in one pass over the rows.

    Parameters
    ----------
    by : sequence of str
        Characteristics or columns that divide the groups. "semester" and its like come out of the date column,
        "usia" comes as age groups.
    want : sequence of {"hitungan", "pola"}
        What is wanted.
    tingkat : sequence of str, optional
        Age groups as printed, in place of the questionnaire's.
    weights : array, optional
        A weight per respondent, for patterns; respondents of weight zero are left out.

    Raises
    ------
    InvalidAnswerError
        Some cells are no answers; all are told together.
    EmptyDataError
        There is not a single row.
    OptionError
        No such column or characteristic.
    """
    dated = with_periods(bacaan, by)
    grouped, ages, noticed = with_age_groups(dated, by, tingkat)
    keys = group_columns(grouped, by)
    if weights is not None:  # they say how many each row stands for
        settled = tuple(problem for problem in grouped.halangan if problem.code != ROW_COUNTS)
        grouped = replace(grouped, halangan=settled)
        return Reduced(None, _weighted(grouped, by, keys, weights), tuple(noticed), ages)
    counts, folded, told = _reduce_rows(grouped, by, keys, hitungan="hitungan" in want, pola="pola" in want)
    used = {grouped.profil.get(key, key) for key in by}
    return Reduced(counts, folded, (*_without(told, used), *noticed), ages)


def _without(notes: Sequence[Finding], used: set[str]) -> list[Finding]:
    """Take columns that divide the groups out of the note about unused ones."""
    out = []
    for note in notes:
        columns = [c for c in note.bukti.get("kolom", ()) if c not in used]
        if note.kode != "kolom-diabaikan" or len(columns) == len(note.bukti["kolom"]):
            out.append(note)
        elif columns:
            out.append(replace(note, bukti={"kolom": columns, "banyak": len(columns)}))
    return out


def _without_extra(notes: Sequence[Finding], asked: int) -> list[Finding]:
    """Tell how many unsur there are without the extra columns that nobody answered."""
    out = []
    for note in notes:
        if note.kode != "unsur-banyak":
            out.append(note)
        elif note.bukti["baku"] != asked:
            out.append(replace(note, bukti={**note.bukti, "banyak": asked}))
    return out


def _reduce_rows(
    bacaan: Reading, by: Sequence[str], keys: Sequence[str], *, hitungan: bool, pola: bool
) -> tuple[Hitungan | None, Pola | None, list[Finding]]:
    if bacaan.tabel.remote is not None:
        return _reduce_remote(bacaan, by, keys, hitungan=hitungan, pola=pola)
    sumber = bacaan.tabel.source()
    kuesioner, dropped, parts = _butir_that_count(bacaan, sumber, keys)
    kerja = _Work(bacaan, kuesioner.butir, keys, hitungan=hitungan, pola=pola)
    known = sumber.banyak if isinstance(sumber.banyak, int) else None
    with _Pool(known is None or known > PART) as pool:
        for part in pool.in_order(kerja.work, counted(parts, known) if sumber.berkas else parts):
            kerja.take(part)
        kerja.refuse()
        if not kerja.n:
            raise EmptyDataError("data-kosong")
        urutan, label = kerja.groups(sumber)
        counts = kerja.counts(kuesioner, tuple(by), urutan, label) if hitungan else None
        folded = Pola(kuesioner, *kerja.lipatan.finish(urutan, pool.map), tuple(by), label) if pola else None
    own = _without_extra(bacaan.catatan, len(kuesioner.unsur))
    notes = [*own, *(sumber.temuan() if sumber.temuan is not None else ())]
    return counts, folded, [*notes, *_told(bacaan, kerja.named, dropped, counts)]


def _told(bacaan: Reading, named: int, dropped: list[str], counts: Hitungan | None) -> list[Finding]:
    """Return the notes about cells named as blanks, and about extra columns that nobody filled in."""
    notes = []
    if named:
        values = [repr(value) for value in bacaan.aturan.kosong]
        notes.append(Finding("nilai-kosong", "catatan", "catatan", {"banyak": named, "nilai": values}))
        if counts is not None and (facts := _from_zero(bacaan, counts)):
            notes.append(Finding("mungkin-dari-nol", "peringatan", "catatan", facts))
    if dropped:
        notes.append(Finding("kolom-tambahan-kosong", "catatan", "catatan", {"kolom": dropped}))
    return notes


def _from_zero(bacaan: Reading, counts: Hitungan) -> dict[str, int]:
    """Return what makes it likely that 0 is the lowest code and no blank: nobody gave the highest answer of all."""
    zero = any(str(value).strip().removesuffix(".0") == "0" for value in bacaan.aturan.kosong)
    given = counts.jawaban.sum(axis=(0, 1)).tolist()
    if not zero or bacaan.kuesioner.angka or given[-1] or not all(given[:-1]) or sum(given) < _TELLING:
        return {}
    return {"banyak": sum(given), "tertinggi": len(given)}


def _reduce_remote(
    bacaan: Reading, by: Sequence[str], keys: Sequence[str], *, hitungan: bool, pola: bool
) -> tuple[Hitungan | None, Pola | None, list[Finding]]:
    """Have the engine count that holds the rows."""
    if bacaan.halangan:
        raise bacaan.halangan[0]
    from skm.counts.engines import remote  # no part of counting a file

    found = remote.reduce_remote(bacaan, by, keys, hitungan=hitungan, pola=pola)
    if not found.rows:
        raise EmptyDataError("data-kosong")
    notes = [*bacaan.catatan, *letters(bacaan.kuesioner, bacaan.aturan.teks, found.texts)]
    return found.hitungan, found.pola, [*notes, *_told(bacaan, found.named, found.dropped, found.hitungan)]


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Every row as levels, with the position of its group in ``label``."""

    kuesioner: Kuesioner
    levels: list[NDArray[np.int8]]
    group: NDArray[np.int64] | None
    label: tuple[tuple[Any, ...], ...]


def _whole_rows(bacaan: Reading, keys: Sequence[str]) -> _Rows:
    """Return all rows in their order, for what needs respondents one by one (their weights).

    Raises
    ------
    InvalidAnswerError
        Some cells are no answers; all are told together.
    """
    sumber = bacaan.tabel.source()
    kuesioner, _, parts = _butir_that_count(bacaan, sumber, keys)
    kerja = _Work(bacaan, kuesioner.butir, keys, hitungan=False, pola=False)
    levels: list[list[NDArray[np.int8]]] = []
    groups: list[NDArray[np.intp]] = []
    for part in parts:
        hasil, columns, group = kerja.read(part)
        kerja.take(hasil)
        levels.append(columns)
        if group is not None:
            groups.append(group)
    kerja.refuse()
    if not kerja.n:
        raise EmptyDataError("data-kosong")
    joined = [np.concatenate(columns) for columns in zip(*levels, strict=True)]
    if not keys:
        return _Rows(kuesioner, joined, None, ((),))
    group = np.concatenate(groups)
    urutan, label = kerja.groups(sumber, np.bincount(group, minlength=kerja.known()) > 0)
    place = np.zeros(kerja.known(), np.int64)
    place[urutan] = np.arange(len(urutan))
    return _Rows(kuesioner, joined, place[group], label)


def _butir_that_count(
    bacaan: Reading, sumber: Source, keys: Sequence[str]
) -> tuple[Kuesioner, list[str], Iterable[Part]]:
    """Return the questionnaire without extra columns that nobody answered, those columns, and the parts to read.

    Apps export U10..U15 whether used or not, and whether a respondent is complete must not depend on them. What
    can be gone through only once is held, as far as its columns are needed.
    """
    if bacaan.halangan:
        raise bacaan.halangan[0]
    kuesioner = bacaan.kuesioner
    known = {u.id for u in kuesioner.regulasi.unsur}
    extra = [b for b in kuesioner.butir if b.unsur not in known]
    every = list(dict.fromkeys([*(bacaan.kolom[b.id] for b in kuesioner.butir), *keys]))
    if not extra:
        return kuesioner, [], sumber.bagian(every)
    parts: Iterable[Part] | None = list(sumber.bagian(every)) if sumber.sekali else None
    open_ = {b.id: b for b in extra}
    for part in parts if parts is not None else sumber.bagian([bacaan.kolom[b.id] for b in extra]):
        for butir in list(open_.values()):
            level, _, wrong, _ = read_part(part.larik(bacaan.kolom[butir.id]), butir, bacaan.aturan)
            if wrong or level.any():
                del open_[butir.id]
        if not open_:
            break
    kept = [b for b in kuesioner.butir if b.id not in open_]
    own = kuesioner if len(kept) == len(kuesioner.butir) else kuesioner.with_butir(kept)
    return own, [bacaan.kolom[b] for b in open_], parts if parts is not None else sumber.bagian(every)


@dataclass(slots=True)
class _PartResult:
    """What came of a part."""

    n: int
    named: int = 0
    wrong: int = 0
    salah: list[WrongCell] = field(default_factory=list)
    lipat: Any = None


class _Work:
    """The work on parts, and what has come of them so far."""

    def __init__(
        self, bacaan: Reading, butir: Sequence[Butir], keys: Sequence[str], *, hitungan: bool, pola: bool
    ) -> None:
        self.bacaan, self.butir, self.keys = bacaan, butir, keys
        self.n = self.named = self.wrong = 0
        self.salah: list[WrongCell] = []
        self.penomor = [GroupNumbers() for _ in keys]
        self.pasangan = [PairNumbers() for _ in keys[1:]]
        self.lipatan = PatternFold(len(butir), bacaan.aturan.levels)
        self._hitungan, self._pola = hitungan, pola
        self._all: list[LevelTally] = []
        self._free: list[LevelTally] = []

    def work(self, part: Part) -> _PartResult:
        """Read and count a part. Several threads do this at once, each with counts of its own."""
        hasil, levels, group = self.read(part)
        if hasil.wrong or self.wrong or not part.n:
            return hasil
        if self._hitungan:
            cacah = self._borrow()
            cacah.add(levels, group, self.known())
            self._free.append(cacah)
        if self._pola:
            hasil.lipat = self.lipatan.prepare(levels, group)
        return hasil

    def read(self, part: Part) -> tuple[_PartResult, list[NDArray[np.int8]], NDArray[np.intp] | None]:
        """Bring a part to levels and group numbers."""
        hasil = _PartResult(part.n)
        levels = []
        for butir in self.butir:
            level, salah, wrong, named = read_part(part.larik(self.bacaan.kolom[butir.id]), butir, self.bacaan.aturan)
            levels.append(level)
            hasil.named += named
            hasil.wrong += wrong
            hasil.salah += [WrongCell(s.butir, s.posisi + part.mulai, s.nilai) for s in salah]
        return hasil, levels, None if hasil.wrong else self._group(part)

    def take(self, hasil: _PartResult) -> None:
        """Add what came of a part."""
        self.n += hasil.n
        self.named += hasil.named
        self.wrong += hasil.wrong
        self.salah += hasil.salah[: max(0, KEPT * 10 - len(self.salah))]
        if hasil.lipat is not None:
            self.lipatan.add(hasil.lipat)

    def refuse(self) -> None:
        """Raise if cells were wrong."""
        bacaan = self.bacaan
        # Column by column, as a person goes through a table.
        place = {b.id: i for i, b in enumerate(self.butir)}
        ordered = sorted(self.salah, key=lambda s: (place[s.butir], s.posisi))
        more = self.wrong - len(ordered)
        place_of = bacaan.tabel.tempat
        cells.refuse(
            ordered,
            bacaan.kuesioner,
            bacaan.kolom,
            bacaan.baris,
            place_of,
            lebih=more,
            teks=bacaan.aturan.spasi_kosong,
            **bacaan.tempat,
        )

    def groups(
        self, sumber: Source, met: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], tuple[tuple[Any, ...], ...]]:
        """Return the numbers of the groups that occur, in order, and their labels; blanks form the last group."""
        if not self.keys:
            return np.zeros(1, np.intp), ((),)
        index = self._index()
        met = self._met(len(index[0])) if met is None else met
        places = [
            arranged(p.label, sumber.order(key))[i] for p, key, i in zip(self.penomor, self.keys, index, strict=True)
        ]
        urutan = np.lexsort(places[::-1])
        urutan = urutan[met[urutan]]
        columns = [[p.label[k] for k in i[urutan].tolist()] for p, i in zip(self.penomor, index, strict=True)]
        return urutan, tuple(zip(*columns, strict=True))

    def counts(
        self, kuesioner: Kuesioner, by: tuple[str, ...], urutan: NDArray[np.intp], label: tuple[tuple[Any, ...], ...]
    ) -> Hitungan:
        """Return the counts of all parts."""
        groups = self.known()
        done = [cacah.finish(groups) for cacah in self._all]
        table, n, none = (sum(parts)[urutan] for parts in zip(*done, strict=True))
        return Hitungan(
            kuesioner,
            table.sum(axis=1),
            np.ascontiguousarray(table[:, 1, :, 1:]),
            n.sum(axis=1),
            n[:, 1],
            none,
            by,
            label,
        )

    def _group(self, part: Part) -> NDArray[np.intp] | None:
        numbers: NDArray[np.intp] | None = None
        for position, (penomor, key) in enumerate(zip(self.penomor, self.keys, strict=True)):
            own = penomor.number(part.larik(key))
            numbers = own if numbers is None else self.pasangan[position - 1].number(numbers, own)
        return numbers

    def known(self) -> int:
        """Return how many groups there are so far."""
        if not self.keys:
            return 1
        return len(self.pasangan[-1]) if self.pasangan else len(self.penomor[0].label)

    def _index(self) -> list[NDArray[np.intp]]:
        """Return, per key, the number of every group's label."""
        out: list[NDArray[np.intp]] = []
        numbers = np.arange(self.known())
        for pairs in reversed(self.pasangan):
            both = np.array(pairs.pairs, np.intp).reshape(-1, 2)[numbers]
            out.append(both[:, 1])
            numbers = both[:, 0]
        return [numbers, *reversed(out)]

    def _met(self, groups: int) -> NDArray[np.bool_]:
        """Return which groups occur; a number for blanks is kept ready even where there are none."""
        if self.pasangan:
            return np.ones(groups, dtype=bool)
        if self._hitungan:
            return np.asarray(sum(cacah.rows(groups) for cacah in self._all)) > 0
        return self.lipatan.met(groups)

    def _borrow(self) -> LevelTally:
        try:
            return self._free.pop()
        except IndexError:
            cacah = LevelTally(len(self.butir), self.bacaan.aturan.levels)
            self._all.append(cacah)
            return cacah


def _weighted(bacaan: Reading, by: Sequence[str], keys: Sequence[str], weights: NDArray[np.float64]) -> Pola:
    rows = _whole_rows(bacaan, keys)
    keep = weights > 0
    folded = collapse_weighted(
        [column[keep] for column in rows.levels],
        None if rows.group is None else rows.group[keep],
        bacaan.aturan.levels,
        len(rows.label),
        weights[keep],
    )
    nilai, kali, kelompok, w, w2 = folded
    return Pola(rows.kuesioner, nilai, kali, kelompok, tuple(by), rows.label, w, w2)
