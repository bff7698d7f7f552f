"""Whatever was handed over -> an understood table, or counts: the common entry of all friendly functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skm.answers import understand
from skm.answers.survei import FileSource, Survei
from skm.answers.understand import Reading
from skm.basics.errors import DataError, OptionError
from skm.basics.provenance import Origin
from skm.basics.values import Finding
from skm.counts.hitungan import Hitungan, roll_up
from skm.counts.pola import Pola
from skm.counts.reduce import reduce as counted
from skm.io import read as io
from skm.io.layouts.aggregate import kind_of
from skm.regulasi._choose import questionnaire
from skm.scores.options import ScoreOptions


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a table is to be understood (see `skm.score` for the options)."""

    regulasi: Any = None
    kuesioner: Any = None
    u8: str | None = None
    nilai_kosong: Sequence[Any] = ()
    columns: Sequence[str] | None = None
    digits: bool = False


def reduce(
    data: Any, by: tuple[str, ...], opsi: ScoreOptions, cara: ReadOptions | None = None
) -> tuple[Hitungan, Pola | None, Origin, list[Finding]]:
    """Bring any input to counts, with the patterns where the options need them."""
    given = opened(data, cara)
    if isinstance(given, Hitungan):
        counts = given.total() if not by else given if given.kunci == by else roll_up(given, by)
        return counts, None, Origin(sidik=counts.fingerprint()), []
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
    cara = ReadOptions() if cara is None else cara
    if isinstance(data, Hitungan):
        if cara != ReadOptions():
            raise OptionError("hitungan-sudah-jadi")
        return data
    if isinstance(data, Survei) and cara == ReadOptions():
        return data
    if isinstance(data, (str, Path, Survei)) and cara.columns is not None:
        raise OptionError("columns-hanya-larik")
    base, peta = questionnaire(cara.kuesioner, cara.regulasi)
    if isinstance(data, Survei):
        if cara.kuesioner is None and cara.regulasi is None:
            base = data.bacaan.kuesioner_dasar
        return data.reinterpret(base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong)
    if isinstance(data, (str, Path)):
        read = io.read(data, base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong)
        if isinstance(read, io.PrintedTable):
            raise DataError("bukan-survei", tata_letak=read.sumber.tata_letak, berkas=read.sumber.berkas)
        return read  # type: ignore[no-any-return]
    bacaan = understand.understand(
        data, base, peta=peta, u8=cara.u8, nilai_kosong=cara.nilai_kosong, columns=cara.columns, digits=cara.digits
    )
    return Survei(bacaan, FileSource(""))
