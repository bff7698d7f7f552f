"""anggaran-triwulan-*, klaim-triwulan-*: figures counted from the beginning of the year, quarter after quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skm.auditing.context import Context, finding
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.publikasi import PrintedBudget, PrintedBudgetLine, PrintedIndicator

_LAST = 4
_NAMES = {1: "I", 2: "II", 3: "III", 4: "IV"}


def examine(k: Context) -> list[Finding]:
    """Check that what is counted from the beginning of the year never falls, and ends at the year's own figure."""
    claims = k.publikasi.klaim
    return [*_spent(claims.anggaran), *_reached(claims.indikator), *_year(claims.anggaran)]


def _spent(tables: Sequence[PrintedBudget]) -> Iterator[Finding]:
    quarters = sorted((t for t in tables if t.triwulan and t.kumulatif), key=lambda t: t.triwulan or 0)
    for early, late in pairwise(quarters):
        if early.triwulan == late.triwulan:
            continue
        before = _by_name(early.baris)
        for name, row in _by_name(late.baris).items():
            old = before.get(name)
            if old is not None and row.realisasi_anggaran < old.realisasi_anggaran:
                where = {"dari": _NAMES[early.triwulan or 1], "ke": _NAMES[late.triwulan or 1], "nama": row.nama}
                facts = {"lama": old.realisasi_anggaran, "baru": row.realisasi_anggaran}
                yield finding("anggaran-triwulan-turun", "kesalahan", **where, **facts)


def _by_name(rows: Sequence[PrintedBudgetLine]) -> dict[str, PrintedBudgetLine]:
    """Return rows by name; a name that stands twice tells nothing apart, and is left out."""
    names = [normalise(row.nama) for row in rows]
    return {name: row for name, row in zip(names, rows, strict=True) if names.count(name) == 1}


def _reached(lines: Sequence[PrintedIndicator]) -> Iterator[Finding]:
    """Compare what was reached: only counts, and means of the same indicator, never shares that may fall."""
    quarters = sorted((x for x in lines if x.triwulan and x.kumulatif and x.realisasi), key=lambda x: x.triwulan or 0)
    places: dict[tuple[str, str], list[PrintedIndicator]] = {}
    for line in quarters:
        places.setdefault((normalise(line.nama), normalise(line.indikator)), []).append(line)
    for rows in places.values():
        for a, b in pairwise(rows):
            if a.triwulan == b.triwulan or a.realisasi is None or b.realisasi is None or a.target != b.target:
                continue
            whole = a.realisasi.desimal == b.realisasi.desimal == 0 and (a.target is None or a.target.desimal == 0)
            if b.realisasi.nilai < a.realisasi.nilai:
                where = {"dari": _NAMES[a.triwulan or 1], "ke": _NAMES[b.triwulan or 1], "nama": b.nama}
                facts = {"lama": a.realisasi.nilai, "baru": b.realisasi.nilai}
                yield finding("klaim-triwulan-turun", "kesalahan" if whole else "peringatan", **where, **facts)


def _year(tables: Sequence[PrintedBudget]) -> Iterator[Finding]:
    """Hold the fourth quarter against the year's own table: the same row has spent the same."""
    ends = [t for t in tables if t.triwulan == _LAST and t.kumulatif]
    years = [t for t in tables if t.triwulan is None]
    for end in ends:
        last = _by_name(end.baris)
        for table in years:
            for name, row in _by_name(table.baris).items():
                quarter = last.get(name)
                if quarter is not None and quarter.realisasi_anggaran != row.realisasi_anggaran and not row.total:
                    facts = {"tempat": table.tempat, "triwulan": quarter.realisasi_anggaran}
                    facts |= {"nama": row.nama, "tahun": row.realisasi_anggaran}
                    yield finding("anggaran-triwulan-tahun", "peringatan", **facts)
