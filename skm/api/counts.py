"""Friendly functions about counts themselves: take them, add them up, combine files of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skm.scores.options import ScoreOptions

if TYPE_CHECKING:
    from skm.counts.hitungan import Hitungan
    from skm.regulasi import Regulasi
    from skm.scores.from_files import CombinedFiles


def tally(
    data: Any,
    by: str | Sequence[str] = (),
    *,
    regulasi: str | Path | Regulasi | None = None,
    kuesioner: Any = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    utuh: bool = False,
) -> Hitungan:
    """Reduce answers to counts of levels, by groups if wanted: all that the official figures need.

    Counts are small, hold no respondent, and add up exactly (`merge`), so data that no function here can read are
    counted partition by partition where they lie.

    Parameters
    ----------
    data
        As in `score`.
    by : str or sequence of str
        A characteristic or column, or several.
    utuh : bool
        For rows per answer: whether every respondent is whole in them. Counts of pieces that may cut respondents apart
        are not added up.

    Returns
    -------
    Hitungan
        `score`, `score_by` and `merge` take it; ``save`` writes it to a file that can be sent upward.

    Examples
    --------
    >>> rows = [{"unit": u, **{f"u{i}": v for i in range(1, 10)}} for u, v in [("A", 4), ("B", 3)]]
    >>> tally(rows, "unit", u8="sarana")
    Hitungan(2 responden, 9 butir, 2 kelompok)
    """
    from skm.io.opened import opened, reduce
    from skm.io.options import ReadOptions

    keys = (by,) if isinstance(by, str) else tuple(by)
    given = opened(data, ReadOptions(regulasi, kuesioner, u8, nilai_kosong, columns))
    counts = reduce(given, keys, ScoreOptions())[0]
    long = getattr(getattr(given, "tabel", None), "long", False)
    return replace(counts, terpotong=True) if long and not utuh else counts


def merge(parts: Iterable[Hitungan]) -> Hitungan:
    """Add up counts of several files, days or partitions; groups with the same label become one.

    Raises
    ------
    DataError
        The parts do not ask the same questions, or are not divided by the same keys.

    Examples
    --------
    >>> rows = [{f"u{i}": 3 for i in range(1, 10)}] * 4
    >>> merge(tally(part, u8="sarana") for part in (rows[:1], rows[1:]))
    Hitungan(4 responden, 9 butir, 1 kelompok)
    """
    from skm.counts import hitungan as _hitungan

    return _hitungan.merge(list(parts))


def combine_files(
    paths: Sequence[str | Path], *, per: str, method: str, weights: Mapping[Any, Any] | str | None = None
) -> CombinedFiles:
    """Combine files of counts that units have sent (`Hitungan.save`) into one figure.

    Parameters
    ----------
    paths : sequence of path
        Files of counts.
    per : str
        What a unit is: a key of the files, or, for files that are not divided by it, what each file as a whole is
        one of (named by its note, else by its file name).
    method, weights
        As in `combine`.

    Returns
    -------
    CombinedFiles
        ``gabungan`` is the figure of all, ``unit`` those of the units.

    Raises
    ------
    UnreadableFileError
        A file is none of ours, or damaged.
    DataError
        The files differ in questions, regulation or options, or one unit was sent twice.

    Examples
    --------
    >>> combine_files(["a.hitungan", "b.hitungan"], per="unit", method="pooled")  # doctest: +SKIP
    """
    from skm.scores import from_files as _rekap

    return _rekap.combine_files(paths, per=per, method=method, weights=weights)
