"""penduduk-*: men and women against both together, rows against the total."""

from __future__ import annotations

from collections.abc import Iterator

from skm.auditing.context import Context, finding
from skm.auditing.phrases import frasa
from skm.basics.values import Finding
from skm.publikasi import PrintedPeople


def examine(k: Context) -> list[Finding]:
    """Check every table of people: whole numbers, so that a sum comes out or does not."""
    return [found for table in k.publikasi.klaim.penduduk for found in (*_rows(table), *_columns(table))]


def _rows(table: PrintedPeople) -> Iterator[Finding]:
    for row in table.baris:
        if row.jumlah is not None and row.laki + row.perempuan != row.jumlah:
            facts = {"tempat": table.tempat, "nama": row.nama, "laki": row.laki, "perempuan": row.perempuan}
            yield finding("penduduk-baris", "kesalahan", **facts, hitung=row.laki + row.perempuan, cetak=row.jumlah)


def _columns(table: PrintedPeople) -> Iterator[Finding]:
    totals = [row for row in table.baris if row.total]
    rows = [row for row in table.baris if not row.total]
    if len(totals) != 1 or len(rows) < 2 or table.baris[-1] is not totals[0]:
        return  # several totals are of parts, and which rows they sum is not printed
    for key, what in (("laki", "laki"), ("perempuan", "perempuan"), ("jumlah", "jumlah-semua")):
        printed, parts = getattr(totals[0], key), [getattr(row, key) for row in rows]
        if printed is None or None in parts or sum(parts) == printed:
            continue
        facts = {"tempat": table.tempat, "apa": frasa(f"penduduk-{what}"), "cetak": printed, "hitung": sum(parts)}
        yield finding("penduduk-jumlah", "kesalahan", **facts, banyak=len(rows))
