"""Repairs as values: what was changed, merged or left out, so that it can be printed and done again.

A step is applied to an understood table and gives a new one; the source is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from skm.answers.account import RowAccount
from skm.answers.column import cleaned, holds_nothing
from skm.answers.understand import Reading, read_levels
from skm.basics.dates import read_dates
from skm.basics.errors import DataError, OptionError
from skm.basics.messages import Phrase

Jenis = Literal["ubah-isi", "gabung-kolom", "kecualikan", "sembunyikan-pribadi"]
EMPTY = "(kosong)"


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair.

    Attributes
    ----------
    jenis : {"ubah-isi", "gabung-kolom", "kecualikan", "sembunyikan-pribadi"}
        What is done.
    kolom : str
        Characteristic, unsur or column that it concerns.
    isi : mapping
        For "ubah-isi": old value -> new value; None empties the cell.
    daftar : tuple
        For "gabung-kolom" the columns, for "kecualikan" the rows as (file, sheet, row number).
    alasan : str
        Why; needed for "kecualikan".
    """

    jenis: Jenis
    kolom: str = ""
    isi: Mapping[Any, Any] | None = None
    daftar: tuple[Any, ...] = ()
    alasan: str = ""


def apply(bacaan: Reading, langkah: Repair) -> tuple[Reading, Phrase]:
    """Return the repaired reading and what was done, for the sentence that is printed with results.

    Raises
    ------
    OptionError
        A column, value or row is not there.
    DataError
        Columns to be merged are filled in by the same respondent, or nobody would be left.
    """
    if langkah.jenis == "ubah-isi":
        return _recode(bacaan, langkah.kolom, langkah.isi or {})
    if langkah.jenis == "gabung-kolom":
        return _merge(bacaan, langkah.kolom, [str(c) for c in langkah.daftar])
    if langkah.jenis == "kecualikan":
        return without_rows(bacaan, _positions(bacaan, langkah.daftar), langkah.alasan)
    if langkah.jenis == "sembunyikan-pribadi":
        return _deidentify(bacaan)
    raise OptionError(
        "opsi-tidak-dikenal",
        opsi="jenis",
        nilai=langkah.jenis,
        pilihan=["ubah-isi", "gabung-kolom", "kecualikan", "sembunyikan-pribadi"],
    )


def column_of(bacaan: Reading, name: str) -> str:
    """Return the column meant by a characteristic, a butir or a column's own name.

    Raises
    ------
    OptionError
        There is none.
    """
    column = bacaan.profil.get(name) or bacaan.kolom.get(name) or name
    if column not in bacaan.tabel.names:
        choices = [*bacaan.profil, *bacaan.kolom, *(n for n in bacaan.tabel.names if n not in bacaan.khusus.pribadi)]
        raise OptionError("opsi-tidak-dikenal", opsi="kolom", nilai=name, pilihan=list(dict.fromkeys(choices)))
    return column


def without_rows(bacaan: Reading, drop: NDArray[np.bool_], alasan: str) -> tuple[Reading, Phrase]:
    """Return the reading without some rows, and what was left out.

    Raises
    ------
    OptionError
        No reason is given.
    DataError
        Nobody would be left.
    """
    if not alasan.strip():
        raise OptionError("alasan-kosong")
    if len(drop) != bacaan.tabel.n:
        raise OptionError("masker-panjang", banyak=len(drop), n=bacaan.tabel.n)
    if drop.all():
        raise DataError("semua-dikecualikan", n=bacaan.tabel.n)
    gone = np.flatnonzero(drop)
    shown = ", ".join(row_label(bacaan, int(i)) for i in gone[:10]) + (", ..." if len(gone) > 10 else "")
    facts = {"banyak": len(gone), "alasan": alasan.strip(), "baris": shown}
    return take(bacaan, np.flatnonzero(~drop), (RowAccount("dikecualikan", len(gone)),)), Phrase(
        "survei", "perbaikan-keluar", facts
    )


def without_values(bacaan: Reading, where: Mapping[str, Sequence[Any]], alasan: str) -> tuple[Reading, Phrase]:
    """Return the reading without the rows in which a column holds one of some values, and what was left out.

    Raises
    ------
    OptionError
        No reason, more than one column, or a value that no row holds.
    DataError
        Nobody would be left.
    """
    if not alasan.strip():
        raise OptionError("alasan-kosong")
    if len(where) != 1:
        raise OptionError("kecualikan-satu-kolom", banyak=len(where))
    ((name, values),) = where.items()
    column = column_of(bacaan, name)
    drop = {_key(cleaned(value)) for value in values}
    often = bacaan.tabel.counted(column)
    unknown = drop - {_key(cleaned(value)) for value in often}
    if unknown or not drop:
        raise OptionError("isi-tidak-ada", kolom=name, banyak=len(unknown))
    gone = [value for value in often if _key(cleaned(value)) in drop]
    if len(gone) == len(often):
        raise DataError("semua-dikecualikan", n=sum(often.values()))
    shown = f"{name}: {len(drop)}"
    facts = {"banyak": sum(often[value] for value in gone), "alasan": alasan.strip(), "baris": shown}
    told = Phrase("survei", "perbaikan-keluar", facts)
    gone_rows = (RowAccount("dikecualikan", sum(often[value] for value in gone)),)
    tabel = bacaan.tabel
    if tabel.remote is not None:
        kept = tabel.keep(column, [value for value in often if value not in gone])
        return replace(bacaan, tabel=kept, kemudian=(*bacaan.kemudian, *gone_rows)), told
    labels = [_key(cleaned(value)) not in drop for value in tabel.column(column).tolist()]
    return take(bacaan, np.flatnonzero(labels), gone_rows), told


def take(bacaan: Reading, rows: NDArray[np.intp], left: tuple[RowAccount, ...] = ()) -> Reading:
    """Return the reading of some rows, with what the others were left out for."""
    tabel = bacaan.tabel.take(rows)
    return replace(bacaan, tabel=tabel, baris=tabel.baris, kemudian=(*bacaan.kemudian, *left))


def row_label(bacaan: Reading, row: int) -> str:
    """Return how a row is called in messages."""
    if bacaan.tabel.tempat is not None:
        return bacaan.tabel.tempat.row(row)
    return str(bacaan.baris[row] if bacaan.baris is not None else row)


def _recode(bacaan: Reading, name: str, changes: Mapping[Any, Any]) -> tuple[Reading, Phrase]:
    column = column_of(bacaan, name)
    values = bacaan.tabel.column(column)
    table = {_key(old): new for old, new in changes.items()}
    done: dict[Any, int] = {}
    out = np.empty(len(values), dtype=object)
    for i, value in enumerate(values.tolist()):
        key = _key(value)
        if key in table:
            out[i] = table[key]
            done[key] = done.get(key, 0) + 1
        else:
            out[i] = value
    unknown = [old for old in changes if _key(old) not in done]
    if unknown or not changes:
        raise OptionError("isi-tidak-ada", kolom=name, banyak=len(unknown))
    steps = [
        Phrase("survei", "perbaikan-ubah-satu", {"lama": _quoted(old), "baru": _quoted(new), "banyak": done[_key(old)]})
        for old, new in changes.items()
    ]
    told = Phrase("survei", "perbaikan-ubah", {"kolom": name, "isi": steps})
    return replace(bacaan, tabel=bacaan.tabel.with_column(column, out)), told


def _merge(bacaan: Reading, butir: str, names: Sequence[str]) -> tuple[Reading, Phrase]:
    columns = list(names) or list(bacaan.usulan.get(butir, ()))
    if len(columns) < 2 or butir not in bacaan.kolom:
        raise OptionError("gabung-kolom-apa", kolom=butir, pilihan=sorted(bacaan.usulan) or ["-"])
    parts = [bacaan.tabel.column(column_of(bacaan, c)).tolist() for c in columns]
    merged = np.full(bacaan.tabel.n, None, dtype=object)
    both: list[int] = []
    for i, cells in enumerate(zip(*parts, strict=True)):
        filled = [c for c in cells if not holds_nothing(c)]
        if len(filled) > 1:
            both.append(i)
        elif filled:
            merged[i] = filled[0]
    if both:
        rows = [row_label(bacaan, i) for i in both[:8]]
        raise DataError("gabung-kolom-tumpang-tindih", banyak=len(both), contoh=rows, kolom=columns[0])
    tabel = bacaan.tabel.with_column(columns[0], merged).without(columns[1:])
    kept = tuple(h for h in bacaan.halangan if not (h.code == "kolom-terbelah" and h.context.get("unsur") == butir))
    proposals = {k: v for k, v in bacaan.usulan.items() if k != butir}
    new = replace(bacaan, tabel=tabel, kolom=bacaan.kolom | {butir: columns[0]}, halangan=kept, usulan=proposals)
    quoted = " + ".join(f'"{c}"' for c in columns)
    return new, Phrase("survei", "perbaikan-gabung", {"unsur": butir, "kolom": quoted})


def _deidentify(bacaan: Reading) -> tuple[Reading, Phrase]:
    """Drop personal columns and those nobody understands; time stamps become dates."""
    keep = {*bacaan.kolom.values(), *bacaan.profil.values(), bacaan.khusus.tanggal}
    gone = [n for n in bacaan.tabel.names if n not in keep]
    tabel = bacaan.tabel.without(gone)
    stamp = bacaan.khusus.tanggal
    if stamp is not None:
        values = tabel.column(stamp).tolist()
        read = read_dates(values)
        if not read.mendua:
            days = np.empty(len(values), dtype=object)
            days[:] = [_day(a, b) for a, b in zip(read.mulai.tolist(), read.akhir.tolist(), strict=True)]
            tabel = tabel.with_column(stamp, days)
    special = replace(bacaan.khusus, pribadi=(), kuis=(), saran=None)
    told = Phrase("survei", "perbaikan-pribadi", {"banyak": len(gone)})
    return replace(bacaan, tabel=tabel, khusus=special), told


def _day(first: int, last: int) -> Any:
    from datetime import date

    if not first:
        return None
    return date.fromordinal(first) if first == last else date.fromordinal(first).strftime("%Y-%m")


def _positions(bacaan: Reading, rows: Sequence[Any]) -> NDArray[np.bool_]:
    """Return which rows are meant by (file, sheet, number), (file, number), or bare numbers in a single sheet."""
    tempat = bacaan.tabel.tempat
    drop = np.zeros(bacaan.tabel.n, dtype=bool)
    labels: dict[Any, list[int]] = {}
    for i in range(bacaan.tabel.n):
        if tempat is None:
            labels.setdefault(row_label(bacaan, i), []).append(i)
            continue
        berkas, lembar, nomor = tempat.id(i)
        for key in ((berkas, lembar, nomor), (berkas, nomor), nomor):
            labels.setdefault(key, []).append(i)
    missing = []
    for row in rows:
        key = tuple(row) if isinstance(row, (list, tuple)) else row
        found = labels.get(key if tempat is not None else str(key), [])
        if len(found) != 1:
            missing.append(str(row))
        else:
            drop[found[0]] = True
    if missing:
        raise OptionError("baris-tidak-ada", banyak=len(missing), contoh=missing[:5])
    return drop


def fingerprint(bacaan: Reading) -> str:
    """Return a digest of answers and characteristics row by row: the same file and repairs give the same text."""
    import hashlib

    digest = hashlib.sha256()
    levels, _, _ = read_levels(bacaan)
    for butir, level in zip(bacaan.kuesioner.butir, levels, strict=True):
        digest.update(f"{butir.id}:{butir.unsur};".encode())
        digest.update(np.ascontiguousarray(level).tobytes())
    for key, column in sorted(bacaan.profil.items()):
        digest.update(f"{key};".encode())
        digest.update("\x1f".join(map(str, bacaan.tabel.column(column).tolist())).encode())
    return digest.hexdigest()[:16]


def _key(value: Any) -> Any:
    if holds_nothing(value) or value == EMPTY:
        return None
    return str(value).strip() if isinstance(value, str) else value


def _quoted(value: Any) -> str | Phrase:
    return Phrase("survei", "isi-kosong") if value is None else f'"{value}"'
