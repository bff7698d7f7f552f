"""Whatever was handed over -> an understood table, or counts: the common entry of all friendly functions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from skm.answers.survei import Survei
from skm.answers.understand import Reading
from skm.basics.errors import DataError
from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan, roll_up
from skm.counts.pola import Pola
from skm.counts.reduce import reduce as counted
from skm.io import read as io
from skm.io.layouts.aggregate import kind_of
from skm.io.options import ReadOptions
from skm.scores.options import ScoreOptions


def reduce(
    data: Any, by: tuple[str, ...], opsi: ScoreOptions, cara: ReadOptions | None = None
) -> tuple[Hitungan, Pola | None, Origin, list[Finding]]:
    """Bring any input to counts, with the patterns where the options need them."""
    given = opened(data, cara)
    if isinstance(given, Hitungan):
        counts = given.total() if not by else given if given.kunci == by else roll_up(given, by)
        return counts, None, Origin(sidik=counts.fingerprint()), list(counts.catatan)
    asal = given.asal()
    found = counted(given.bacaan, by, opsi.needs(given.bacaan.kuesioner))
    own = replace(asal, sidik=found.hitungan.fingerprint() if not by else "")
    return found.hitungan, found.lipatan, own, list(found.catatan)


def understood(data: Any, cara: ReadOptions) -> tuple[Reading, Origin]:
    """Bring a survey, a path or any table to an understood table, with what results say of its source.

    Raises
    ------
    DataError
        Counts, which hold no respondents.
    """
    given = opened(data, cara)
    if isinstance(given, Hitungan):
        raise DataError("bukan-survei", tata_letak=kind_of(given))
    return given.bacaan, given.asal()


def opened(data: Any, cara: ReadOptions | None = None) -> Survei | Hitungan:
    """Bring a survey, counts, a path or any table to a survey, or to counts where it holds nothing else.

    Raises
    ------
    OptionError
        Counts are given with options of reading: they are read already.
    DataError
        The source holds printed results, which are no counts.
    """
    read = io.read(data, cara)
    if isinstance(read, io.PrintedTable):
        raise DataError("bukan-survei", tata_letak=read.sumber.tata_letak, berkas=read.sumber.berkas)
    return read
