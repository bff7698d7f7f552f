"""`Tallier`: counts that grow as parts arrive, each part once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.counts.group_numbers import arranged
from skm.counts.hitungan import Hitungan, merge
from skm.regulasi._kuesioner import Butir


class Tallier:
    """Counts of a stream of parts: nightly files, batches of a queue, days of a service.

    A part is known by an id; a part that comes twice with the same counts counts once. Adding and merging may happen
    in any order and on any number of machines: the result is the same to the last unit.

    Parameters
    ----------
    hitung : callable, optional
        Turns a part into counts, for parts that are not `Hitungan` yet; ``functools.partial(skm.tally, by="unit",
        kuesioner=...)`` is the usual one. Name the questionnaire in it: a part is not a survey, and what nobody
        answered in it is still asked.

    Examples
    --------
    >>> import skm
    >>> malam = lambda nilai: skm.tally([{f"u{i}": nilai for i in range(1, 10)}] * 5, u8="sarana")
    >>> hitung = skm.Tallier()
    >>> hitung.add("2026-07-01", malam(4)), hitung.add("2026-07-02", malam(3)), hitung.add("2026-07-01", malam(4))
    (True, True, False)
    >>> skm.score(hitung.result()).n, len(hitung)
    (10, 2)
    """

    def __init__(self, hitung: Any = None) -> None:
        self._count = hitung
        self._parts: dict[Hashable, Hitungan | None] = {}

    def add(self, part: Hashable, data: Any) -> bool:
        """Add a part, unless it is in already; return whether it was added.

        Parameters
        ----------
        part : hashable
            What the part is known by everywhere: a file's name, a day, a partition and offset.
        data : Hitungan, or what ``hitung`` takes
            Its answers. A part without a single row is noted as seen.

        Raises
        ------
        DataError
            The part came before with other counts, or asks other questions than the parts so far.
        OptionError
            The data are no counts, and no ``hitung`` was given.
        """
        counts = self._counted(data)
        if part in self._parts:
            self._same(part, self._parts[part], counts)
            return False
        self._fits(counts)
        self._parts[part] = counts
        return True

    def merge(self, other: Tallier) -> Tallier:
        """Return a new tallier with the parts of both; a part that both hold counts once.

        Raises
        ------
        DataError
            Both hold a part with different counts, or ask different questions.
        """
        joined = Tallier(self._count or other._count)
        joined._parts = dict(self._parts)
        for part, counts in other._parts.items():
            if part in joined._parts:
                joined._same(part, joined._parts[part], counts)
                continue
            joined._fits(counts)
            joined._parts[part] = counts
        return joined

    def result(self) -> Hitungan:
        """Return the counts of all parts, groups in the order of their labels.

        Raises
        ------
        EmptyDataError
            No part holds a row.
        """
        filled = [counts for _, counts in self._ordered() if counts is not None]
        if not filled:
            raise EmptyDataError("data-kosong")
        return _arranged(merge(_asked_alike(filled)))

    @property
    def parts(self) -> tuple[Hashable, ...]:
        """The parts that are in, in order of their names."""
        return tuple(part for part, _ in self._ordered())

    def _ordered(self) -> Iterable[tuple[Hashable, Hitungan | None]]:
        return sorted(self._parts.items(), key=lambda item: (type(item[0]).__name__, repr(item[0])))

    def _counted(self, data: Any) -> Hitungan | None:
        if isinstance(data, Hitungan):
            return data if int(data.n.sum()) else None
        if self._count is None:
            raise OptionError("bagian-bukan-hitungan", jenis=type(data).__name__)
        try:
            counts = self._count(data)
        except EmptyDataError as problem:
            if problem.code != "data-kosong":
                raise
            return None
        if not isinstance(counts, Hitungan):
            raise OptionError("bagian-bukan-hitungan", jenis=type(counts).__name__)
        return counts

    def _same(self, part: Hashable, old: Hitungan | None, new: Hitungan | None) -> None:
        prints = [None if counts is None else counts.fingerprint() for counts in (old, new)]
        if prints[0] != prints[1]:
            rows = [0 if counts is None else int(counts.n.sum()) for counts in (old, new)]
            raise DataError("bagian-berbeda", bagian=str(part), dulu=rows[0], kini=rows[1])

    def _fits(self, counts: Hitungan | None) -> None:
        """Refuse at once what could not be added up later, so that the part at fault is the one that is told."""
        first = next((held for held in self._parts.values() if held is not None), None)
        if counts is not None and first is not None:
            merge([part.take([]) for part in _asked_alike([first, counts])])

    def __len__(self) -> int:
        return len(self._parts)

    def __contains__(self, part: object) -> bool:
        return part in self._parts

    def __getstate__(self) -> Mapping[str, Any]:
        return {"_parts": self._parts, "_count": None}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state)

    def __repr__(self) -> str:
        n = sum(int(counts.n.sum()) for counts in self._parts.values() if counts is not None)
        return f"Tallier({len(self)} bagian, {n} responden)"


def _asked_alike(parts: Sequence[Hitungan]) -> list[Hitungan]:
    """Give every part the office's own questions that another part has: nobody answered them there.

    A column of its own that is blank in a whole part is no question of that part (apps export such columns used or
    not); over all parts it is one as soon as anybody answers it, and then nobody of that part is complete.
    """
    butir: dict[str, Butir] = {}
    for part in parts:
        known = {u.id for u in part.kuesioner.regulasi.unsur}
        butir.update({b.id: b for b in part.kuesioner.butir if b.unsur not in known and b.id not in butir})
    return [
        _with_blanks(part, [b for b in butir.values() if b.id not in {o.id for o in part.kuesioner.butir}])
        for part in parts
    ]


def _with_blanks(part: Hitungan, missing: Sequence[Butir]) -> Hitungan:
    if not missing:
        return part
    groups, _, width = part.semua.shape
    blank = np.zeros((groups, len(missing), width), np.int64)
    blank[:, :, 0] = part.n[:, None]
    semua = np.concatenate([part.semua, blank], axis=1)
    return replace(
        part,
        kuesioner=part.kuesioner.with_butir([*part.kuesioner.butir, *missing]),
        semua=semua,
        lengkap=None if part.lengkap is None else np.zeros_like(semua[:, :, 1:]),
        n_lengkap=None if part.n_lengkap is None else np.zeros_like(part.n),
    )


def _arranged(counts: Hitungan) -> Hitungan:
    """Put groups in the order of their labels, blanks last."""
    if not counts.kunci:
        return counts
    places = [arranged(column, None) for column in zip(*counts.label, strict=True)]
    return counts.take(np.lexsort(places[::-1]).tolist())
