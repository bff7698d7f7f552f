"""What follows from results: the trend over periods, and what to improve first. Friendly entries of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from numbers import Number
from pathlib import Path
from typing import Any, Protocol, overload

from skm import prioritas, tren
from skm.answers.survei import Survei
from skm.answers.understand import Reading
from skm.auditing import audit as telaah
from skm.auditing.audit import HasilTelaah
from skm.auditing.many import Audits, sources
from skm.basics.errors import DataError
from skm.basics.files import is_folder
from skm.basics.values import Interval
from skm.counts.hitungan import Hitungan
from skm.counts.reduce import BOTH, PATTERNS
from skm.counts.reduce import reduce as counted
from skm.io.opened import opened, reduce
from skm.io.options import ReadOptions
from skm.prioritas import Prioritas
from skm.publikasi import PrintedNumber, Publikasi
from skm.regulasi import Regulasi
from skm.scores import index as _indeks
from skm.scores.combined import HasilGabungan
from skm.scores.options import ScoreOptions
from skm.scores.result import HasilIKM
from skm.stats._core import MeanInterval, mean_interval, rank_unsur
from skm.tren import Tren

__all__ = ["audit", "priorities", "trend"]


class _Units(Protocol):
    """A recap: what was printed, or computed, of every unit."""

    def publications(self) -> dict[str, Any]: ...


@overload
def audit(
    apa: _Units,
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    regulasi: str | Path | Regulasi | None = None,
) -> dict[str, HasilTelaah]: ...
@overload
def audit(
    apa: list[Any] | tuple[Any, ...] | Iterator[Any],
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    regulasi: str | Path | Regulasi | None = None,
) -> Audits: ...
@overload
def audit(
    apa: Any,
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    regulasi: str | Path | Regulasi | None = None,
) -> HasilTelaah: ...
def audit(
    apa: Any,
    *,
    populasi: int | str | None = None,
    selang: Interval | None = None,
    regulasi: str | Path | Regulasi | None = None,
) -> HasilTelaah | Audits | dict[str, HasilTelaah]:
    """Audit a printed result, or our own before it is published.

    Parameters
    ----------
    apa : Publikasi, mapping, str, Path, HasilIKM, HasilKelompok, Bahan or recap
        A printed result, as `skm.publikasi.load` reads it; a computed one; or the compiled material of a report,
        which brings its own population, interval and groups. A list or iterator of these, or a folder of them, is
        audited one by one as it is walked through.
    populasi : int or str, optional
        People served; for a computed result.
    selang : Interval, optional
        Confidence interval of the IKM, 25-100; for a computed result.
    regulasi : str, Path or Regulasi, optional
        The regulation of a printed result, where it does not name one; an office's own one too.

    Returns
    -------
    HasilTelaah
        The findings, gravest first, and the index recomputed under each admissible weight. Of a recap
        (`skm.report.collect`) a dict of unit to it, each unit judged by itself; of a list, an iterator or a folder an
        `Audits`, which reads nothing before it is walked through.

    Examples
    --------
    >>> audit("wonoasih-2024-s2").temuan[0].kode
    'ikm-di-atas-unsur-tertinggi'
    """
    if isinstance(apa, (list, tuple, Iterator)) or (isinstance(apa, (str, Path)) and _is_folder(apa)):
        return Audits(sources(apa) if isinstance(apa, (str, Path)) else apa, regulasi=regulasi)
    if hasattr(apa, "publications"):  # a recap, unit by unit
        return {unit: telaah.audit(one, regulasi=regulasi) for unit, one in apa.publications().items()}
    material = getattr(apa, "for_audit", None)
    if material is None:
        return telaah.audit(apa, populasi=populasi, selang=selang, regulasi=regulasi)
    known = material()
    return telaah.audit(
        known["hasil"],
        populasi=known["populasi"] if populasi is None else populasi,
        selang=known["selang"] if selang is None else selang,
        per=known["per"],
        catatan=known["catatan"],
    )


def _is_folder(place: str | Path) -> bool:
    return "\n" not in str(place) and is_folder(place)


_ESTIMATOR = {"per-unsur": "per-unsur", "tolak": "per-unsur", "hanya-lengkap": "hanya-lengkap"}


def trend(
    data: Mapping[Any, Any] | Iterable[Any],
    *,
    bobot: Any = None,
    interval: Mapping[Any, Any] | None = None,
    populasi: Mapping[Any, Any] | None = None,
    level: float = 0.95,
    kosong: Any = "per-unsur",
    **baca: Any,
) -> Tren:
    """Compare the index of one unit over periods.

    Parameters
    ----------
    data : mapping or iterable
        Period -> value, pairs of the two, or values that name their own period. A period is "2023", "2024-S1",
        "2024-TW3", "2024-07" or as offices write it ("Semester I 2024"). A value is a result, a stored result
        (``hasil.json``), a publication, a printed figure (``"94,15"``, or ``{"ikm": "94,15", "bobot": "0,111"}``), or
        answers: a survey, a workbook, a table, or counts.
    bobot : optional
        Weight that all periods are brought to. Default: that of the latest period that tells its weight.
    interval : mapping, optional
        Period -> result of `skm.stats.mean_interval`, or a standard error on 25-100, for periods without answers.
    populasi : mapping, optional
        Period -> people served, for the finite population correction where answers are given.
    level : float
        Confidence level of the change.
    kosong : optional
        As in `score`, for periods given as answers.
    **baca
        Options of reading (``kuesioner``, ``regulasi``, ``u8``, ``nilai_kosong``, ``columns``) for answers.

    Returns
    -------
    Tren
        Figures under different weights are brought to one, exactly where means or answers are known and to the last
        digit where only the weight is; where neither is, they are not compared and a note says so. The change is
        between the figures as shown; a gap in time has none.

    Raises
    ------
    EmptyDataError, DataError, OptionError
        No period, a period twice, or something that cannot be read.

    Examples
    --------
    >>> t = trend({"2023": "94,15", "2024": "94,17"})
    >>> t.kalimat("id")
    'IKM naik 0,02 dari 94,15 (2023) menjadi 94,17 (2024).'
    >>> t.perubahan
    Decimal('0.02')
    """
    cara = ReadOptions(**baca)
    values: list[tuple[Any, Any]] = []
    answers: dict[Any, Reading] = {}
    for period, figure in tren.pairs(data):
        value = _of_recap(figure)
        if _finished(value):
            values.append((period, value))
            continue
        opsi = ScoreOptions("tepat" if bobot is None else bobot, kosong=kosong)
        given = opened(value, cara)
        hitungan, pola, asal, notes = reduce(given, (), opsi)
        hasil = _indeks.score(hitungan, opsi, pola=pola, asal=asal, catatan=notes)
        values.append((period, hasil))
        if isinstance(given, Survei):
            answers[period if period is not None else asal.periode] = given.bacaan
    plain = tren.build(values, bobot=bobot, interval=interval, level=level)
    if not answers or len(values) < 2:
        return plain
    own = {
        key: _interval(bacaan, plain, bobot, kosong, level, (populasi or {}).get(key))
        for key, bacaan in answers.items()
    }
    return tren.build(values, bobot=bobot, interval={**own, **(interval or {})}, level=level)


def priorities(
    data: Any,
    k: int = 3,
    *,
    population: Any = None,
    level: float = 0.95,
    bobot: Any = "tepat",
    kosong: Any = "per-unsur",
    pertanyaan: Any = "butir",
    **baca: Any,
) -> Prioritas:
    """Say what to improve first: the lowest unsur, with all that tie and all that cannot be told apart from it.

    Parameters
    ----------
    data : HasilIKM, or answers as in `score`
        A result of `score` or its relatives ranks the unsur. Answers (a survey, a path, a table) are scored, and the
        unsur are compared within respondents too: ``setara`` then names those that the sample cannot tell apart from
        the lowest.
    k : int
        How many; more where unsur tie for the last place, none where all are equal.
    population : int, optional
        People served, for the finite population correction of the comparison.
    level : float
        Confidence that all comparisons of unsur hold together.
    bobot, kosong, pertanyaan
        As in `score`, where answers are given.
    **baca
        Options of reading (``kuesioner``, ``regulasi``, ``u8``, ``nilai_kosong``, ``columns``) for answers.

    Returns
    -------
    Prioritas
        ``utama`` are the priorities, ``baris`` all unsur from the lowest, ``kalimat_setara()`` the sentence about those
        that cannot be told apart. A plan for them: `skm.prioritas.rencana`.

    Notes
    -----
    PermenPANRB 14/2017, BAB V.C, p. 24: improvement starts from the lowest unsur. The number three is the
    ministry template's.

    Examples
    --------
    >>> from skm import contoh, read, score
    >>> p = priorities(score(read(contoh())))
    >>> [row.id for row in p.utama]
    ['prosedur', 'produk', 'persyaratan']
    >>> p = priorities(read(contoh()))
    >>> [row.id for row in p.setara]
    ['prosedur']
    """
    if isinstance(data, HasilIKM):
        return prioritas.rank(data, k)
    opsi = ScoreOptions(bobot, kosong=kosong, pertanyaan=pertanyaan)
    given = opened(data, ReadOptions(**baca))
    if isinstance(given, Hitungan):
        hitungan, pola, asal, notes = reduce(given, (), opsi)
        return prioritas.rank(_indeks.score(hitungan, opsi, pola=pola, asal=asal, catatan=notes), k)
    both = counted(given.bacaan, (), BOTH)
    hasil = _indeks.score(both.hitungan, opsi, pola=both.pola, asal=given.asal(), catatan=both.catatan)
    compared = None
    if len(hasil.unsur) > 1:
        answers = both.pola.where_complete() if kosong == "hanya-lengkap" else both.pola
        compared = rank_unsur(answers, population=population, level=level)
    return prioritas.rank(hasil, k, compared)


def _of_recap(value: Any) -> Any:
    """Return the figure of all units where a recap stands for a period.

    Raises
    ------
    DataError
        It has none, since no method was named.
    """
    if not hasattr(value, "unit_figures"):
        return value
    if value.gabungan is None:
        raise DataError("tren-rekap-tanpa-gabungan")
    return value.gabungan


def _finished(value: Any) -> bool:
    """Tell whether a value is a figure already, and not answers."""
    if isinstance(value, (str, Path)):
        suffix = Path(value).suffix.lower()
        return suffix == ".json" or (isinstance(value, str) and not re.search("[a-z]", suffix))
    if isinstance(value, Mapping):
        return bool({"provenance", "hasil", "keseluruhan", "ikm"} & set(value)) or isinstance(
            value.get("unsur"), Mapping
        )
    return value is None or isinstance(value, (HasilIKM, HasilGabungan, Publikasi, PrintedNumber, Number))


def _interval(bacaan: Reading, plain: Tren, bobot: Any, kosong: Any, level: float, population: Any) -> MeanInterval:
    weight = bobot if bobot is not None else tren.weight_of(plain.bobot) if plain.bobot else "tepat"
    result = mean_interval(
        counted(bacaan, (), PATTERNS).pola,
        population=population,
        level=level,
        estimator=_ESTIMATOR.get(kosong, "per-unsur"),  # type: ignore[arg-type]
        bobot=weight,
    )
    if not isinstance(result, MeanInterval):
        raise DataError("indeks-satu-kelompok", banyak=len(result))
    return result
