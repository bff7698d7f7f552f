"""An understood table on an engine -> counts and patterns, the same as the local engine's to the last unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from skm.answers.frames.remote import Partitioned, RelationalTable
from skm.answers.understand import Reading
from skm.counts.engines import packed, partitioned, wrong
from skm.counts.engines.keys import Keys
from skm.counts.hitungan import Hitungan
from skm.counts.pola import Pola
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True)
class Counted:
    """What an engine has counted: counts, patterns, cells named as blanks, columns that nobody filled in.

    ``texts`` are the distinct short texts of every question, from which the direction of letters is told.
    """

    hitungan: Hitungan | None
    pola: Pola | None
    named: int
    dropped: list[str]
    texts: Mapping[str, Iterable[str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Respondents counted."""
        if self.hitungan is not None:
            return int(self.hitungan.n.sum())
        return 0 if self.pola is None else self.pola.n


def reduce_remote(bacaan: Reading, by: Sequence[str], columns: Sequence[str], *, hitungan: bool, pola: bool) -> Counted:
    """Reduce where the rows are.

    Raises
    ------
    InvalidAnswerError
        Some cells are no answers; all are told together.
    DataError
        There are more distinct values or patterns than may come home.
    """
    tabel = bacaan.tabel
    keys = Keys(tuple(by), tuple(columns), tabel.derived)
    table = tabel.remote
    if isinstance(table, Partitioned):
        return Counted(*partitioned.reduce(bacaan, table, keys, hitungan=hitungan, pola=pola))
    table = cast(RelationalTable, table)
    kuesioner, dropped = _butir_that_count(bacaan, table)
    judged = {b.id: packed.levels_of(table, bacaan.kolom[b.id], b, bacaan.aturan) for b in kuesioner.butir}
    levels = [each.levels for each in judged.values()]
    texts = {butir: each.texts for butir, each in judged.items()}
    counts = folded = None
    if hitungan or not pola:
        counts, many = packed.tally(table, kuesioner, levels, keys)
        if any(many):
            wrong.refuse(table, bacaan, kuesioner.butir, levels, keys, many)
    if pola:
        folded, bad = packed.patterns(table, kuesioner, levels, keys)
        if bad:
            _, many = packed.tally(table, kuesioner, levels, keys)
            wrong.refuse(table, bacaan, kuesioner.butir, levels, keys, many)
    named = sum(each.named for each in judged.values())
    return Counted(counts if hitungan else None, folded, named, dropped, texts)


def _butir_that_count(bacaan: Reading, table: RelationalTable) -> tuple[Kuesioner, list[str]]:
    """Return the questionnaire without an office's own columns that nobody filled in, and those columns."""
    kuesioner = bacaan.kuesioner
    known = {u.id for u in kuesioner.regulasi.unsur}
    extra = [b for b in kuesioner.butir if b.unsur not in known]
    if not extra:
        return kuesioner, []
    empty = []
    for butir in extra:
        level = packed.levels_of(table, bacaan.kolom[butir.id], butir, bacaan.aturan).levels
        short = table.chosen({"_skm_x": level.term(table)})
        if not int(short.grouped((), {"_skm_x": short.filled(short.value("_skm_x"))}).fetch()[0][0]):
            empty.append(butir.id)
    if not empty:
        return kuesioner, []
    kept = kuesioner.with_butir([b for b in kuesioner.butir if b.id not in empty])
    return kept, [bacaan.kolom[b] for b in empty]
