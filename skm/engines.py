"""Any table -> `Hitungan` and `Pola`. The one place where rows are read and turned into counts.

Understood are pandas and other eager frames (through narwhals), mappings of arrays, structured and plain
NumPy arrays, lists of records, and long rows (respondent, unsur, answer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm import jawaban
from skm._values import Finding
from skm.errors import EmptyDataError, MissingColumnError, OptionError
from skm.hitungan import Hitungan
from skm.jawaban import Aturan, Salah
from skm.kuesioner import Kuesioner, custom
from skm.pencocokan import match_columns, profile_columns
from skm.pola import Pola, collapse, collapse_weighted
from skm.tabel import Tabel, open_table

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Bacaan:
    """A table together with the understanding of it: which column is which butir, and how cells are read.

    ``baris`` names each row for messages (an Excel row, an index label); None counts from 0.
    """

    tabel: Tabel
    kuesioner: Kuesioner
    kuesioner_dasar: Kuesioner
    kolom: dict[str, str]
    profil: dict[str, str]
    aturan: Aturan
    u8: str
    catatan: tuple[Finding, ...] = ()
    baris: Sequence[Any] | None = None
    tempat: dict[str, Any] = field(default_factory=dict)


def understand(
    data: Any,
    kuesioner: Kuesioner,
    *,
    peta: dict[str, Any] | None = None,
    u8: str | None = None,
    nilai_kosong: Sequence[Any] = (),
    columns: Sequence[str] | None = None,
    digits: bool = False,
    teks: bool = False,
    tempat: dict[str, Any] | None = None,
) -> Bacaan:
    """Find the answers in a table.

    Parameters
    ----------
    data : table
        See the module's first lines.
    kuesioner : Kuesioner
        The questionnaire that headers are matched with.
    peta : dict, optional
        An office's own map of unsur to column or columns; nothing is matched then.
    u8 : {"pengaduan", "sarana"}, optional
        What an unnamed U8 means.
    nilai_kosong : sequence
        Values that mean "not answered".
    columns : sequence of str, optional
        Names of the columns of a plain two-dimensional array.
    digits : bool
        Whether digits written as text are answers (database exports, JSON).
    teks : bool
        Whether digits, letters and the questionnaire's labels are answers (files).
    tempat : dict, optional
        File and sheet, for messages.
    """
    tabel = data if isinstance(data, Tabel) else open_table(data, kuesioner, columns)
    if tabel.n == 0:
        raise EmptyDataError("data-kosong")
    notes = tabel.catatan
    if peta is not None:
        own, kolom = custom(peta, kuesioner)
        absent = [column for column in kolom.values() if column not in tabel.names]
        if absent:
            raise MissingColumnError("kolom-peta-tidak-ada", kolom_hilang=absent, tersedia=list(tabel.names)[:30])
        others = [name for name in tabel.names if name not in kolom.values()]
        profil, u8_text = profile_columns(others, kuesioner), "bernama"
    else:
        match = match_columns(tabel.names, kuesioner, u8=u8)
        own, kolom, profil, u8_text = match.kuesioner, match.kolom, match.profil, match.u8
        notes += match.catatan
    rules = jawaban.text_rules(own) if teks else jawaban.digit_rules(own) if digits else {}
    aturan = Aturan(len(own.nilai), rules, tuple(nilai_kosong), teks)
    return Bacaan(tabel, own, kuesioner, kolom, profil, aturan, u8_text, notes, tabel.baris, tempat or {})


def read_levels(bacaan: Bacaan) -> tuple[list[NDArray[np.int8]], tuple[Salah, ...], int]:
    """Decode all answer columns: levels per butir, wrong cells, how many cells were named as blank."""
    levels: list[NDArray[np.int8]] = []
    salah: list[Salah] = []
    named = 0
    for butir in bacaan.kuesioner.butir:
        terbaca = jawaban.decode(bacaan.tabel.column(bacaan.kolom[butir.id]), butir, bacaan.aturan)
        levels.append(terbaca.level)
        salah.extend(terbaca.salah)
        named += terbaca.dinamai_kosong
    return levels, tuple(salah), named


def tally(bacaan: Bacaan, by: Sequence[str] = ()) -> tuple[Hitungan, tuple[Finding, ...]]:
    """Reduce to counts, by groups if wanted; and say what was noticed on the way.

    Raises
    ------
    InvalidAnswerError
        Some cells are no answers; all are told together.
    """
    kuesioner, levels, notes = _checked(bacaan)
    codes, labels = group_codes(bacaan, by)
    counts = count_levels(levels, bacaan.aturan.levels, codes, len(labels))
    return Hitungan(kuesioner, *counts, tuple(by), labels), (*bacaan.catatan, *notes)


def patterns(bacaan: Bacaan, by: Sequence[str] = (), weights: NDArray[np.float64] | None = None) -> Pola:
    """Reduce to distinct answer patterns, by groups if wanted, with respondents' weights if there are any.

    Respondents of weight zero are left out.

    Raises
    ------
    InvalidAnswerError
        Some cells are no answers; all are told together.
    """
    kuesioner, levels, _ = _checked(bacaan)
    codes, labels = group_codes(bacaan, by)
    if weights is None:
        nilai, kali, kelompok = collapse(levels, codes, bacaan.aturan.levels, len(labels))
        return Pola(kuesioner, nilai, kali, kelompok, tuple(by), labels)
    keep = weights > 0
    levels = [column[keep] for column in levels]
    codes = None if codes is None else codes[keep]
    nilai, kali, kelompok, w, w2 = collapse_weighted(levels, codes, bacaan.aturan.levels, len(labels), weights[keep])
    return Pola(kuesioner, nilai, kali, kelompok, tuple(by), labels, w, w2)


def count_levels(
    levels: Sequence[NDArray[np.int8]], n_levels: int, codes: NDArray[np.int64] | None, n_groups: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count levels per group and butir, for all rows and for complete rows.

    Returns the arrays of `Hitungan` in its order: semua, lengkap, n, n_lengkap, n_tanpa_jawaban. Rows with a
    blank are few as a rule, so complete rows are counted as all rows less those.
    """
    width = n_levels + 1
    rows = len(levels[0])
    semua = np.zeros((n_groups, len(levels), width), np.int64)
    partial = np.zeros_like(semua)
    n, n_partial, n_none = (np.zeros(n_groups, np.int64) for _ in range(3))
    for start in range(0, rows, _CHUNK):
        part = slice(start, start + _CHUNK)
        columns = [column[part] for column in levels]
        group = np.zeros(len(columns[0]), np.int64) if codes is None else codes[part]
        _add_counts(semua, columns, group)
        n += np.bincount(group, minlength=n_groups)
        blank = np.zeros(len(group), np.int16)
        for column in columns:
            blank += column == 0
        incomplete = np.flatnonzero(blank)
        if len(incomplete):
            some = group[incomplete]
            _add_counts(partial, [column[incomplete] for column in columns], some)
            n_partial += np.bincount(some, minlength=n_groups)
            n_none += np.bincount(some[blank[incomplete] == len(columns)], minlength=n_groups)
    return semua, (semua - partial)[:, :, 1:], n, n - n_partial, n_none


def group_codes(bacaan: Bacaan, by: Sequence[str]) -> tuple[NDArray[np.int64] | None, tuple[tuple[Any, ...], ...]]:
    """Return a dense group number per row and the labels of the groups, sorted; blanks form the last group.

    Raises
    ------
    OptionError
        No such column or characteristic.
    """
    if not by:
        return None, ((),)
    parts = [_codes_of(bacaan, key) for key in by]
    combined = np.zeros(bacaan.tabel.n, np.int64)
    for codes, labels in parts:
        combined = combined * len(labels) + codes
    present, dense = np.unique(combined, return_inverse=True)
    tuples = []
    for value in present.tolist():
        label: list[Any] = []
        rest = value
        for _, labels in reversed(parts):
            rest, position = divmod(rest, len(labels))
            label.append(labels[position])
        tuples.append(tuple(reversed(label)))
    return dense.astype(np.int64).reshape(-1), tuple(tuples)


def _checked(bacaan: Bacaan) -> tuple[Kuesioner, list[NDArray[np.int8]], list[Finding]]:
    """Return the butir that count with their levels; refuse wrong cells.

    Columns beyond the regulation's unsur that nobody answered are left out: apps export U10..U15 whether used
    or not, and whether a respondent is complete must not depend on them.
    """
    levels, salah, named = read_levels(bacaan)
    jawaban.refuse(salah, bacaan.kuesioner, bacaan.kolom, bacaan.baris, **bacaan.tempat)
    notes = []
    if named:
        values = [repr(value) for value in bacaan.aturan.kosong]
        notes.append(Finding("nilai-kosong", "catatan", "catatan", {"banyak": named, "nilai": values}))
    known = {u.id for u in bacaan.kuesioner.regulasi.unsur}
    pairs = list(zip(bacaan.kuesioner.butir, levels, strict=True))
    kept = [(butir, level) for butir, level in pairs if butir.unsur in known or level.any()]
    if len(kept) == len(pairs):
        return bacaan.kuesioner, levels, notes
    dropped = [bacaan.kolom[butir.id] for butir, level in pairs if butir.unsur not in known and not level.any()]
    notes.append(Finding("kolom-tambahan-kosong", "catatan", "catatan", {"kolom": dropped}))
    return bacaan.kuesioner.with_butir([butir for butir, _ in kept]), [level for _, level in kept], notes


def _add_counts(into: NDArray[np.int64], columns: Sequence[NDArray[np.int8]], group: NDArray[np.int64]) -> None:
    groups, _, width = into.shape
    base = group * width
    for position, column in enumerate(columns):
        into[:, position, :] += np.bincount(base + column, minlength=groups * width).reshape(groups, width)


def _codes_of(bacaan: Bacaan, key: str) -> tuple[NDArray[np.int64], list[Any]]:
    column = bacaan.profil.get(key, key)
    if column not in bacaan.tabel.names:
        choices = [*bacaan.profil, *(n for n in bacaan.tabel.names if n not in bacaan.kolom.values())]
        raise OptionError("opsi-tidak-dikenal", opsi="by", nilai=key, pilihan=list(dict.fromkeys(choices)))
    values, order = bacaan.tabel.labels(column)
    return factorize(values, order)


def factorize(values: Sequence[Any], order: Sequence[Any] | None = None) -> tuple[NDArray[np.int64], list[Any]]:
    """Number the distinct values: in the given order, else numbers before texts, ascending; blanks last."""
    cleaned = [None if jawaban.is_blank(v) or (isinstance(v, str) and not v.strip()) else v for v in values]
    distinct = set(cleaned)
    if order is not None:
        labels = [v for v in order if v in distinct]
    else:
        labels = sorted((v for v in distinct if v is not None), key=_sort_key)
    if None in distinct:
        labels.append(None)
    position = {label: i for i, label in enumerate(labels)}
    return np.fromiter((position[v] for v in cleaned), np.int64, len(cleaned)), labels


def _sort_key(value: Any) -> tuple[int, Any, str]:
    if isinstance(value, (int, float)):
        return 0, value, ""
    return 1, str(value).casefold(), str(value)
