"""anggaran-*: a performance report's budget tables: percentages, rows against totals, more spent than allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from skm.auditing.context import Context, finding
from skm.auditing.phrases import frasa
from skm.basics.values import ExactFraction, Finding
from skm.basics.words import normalise
from skm.publikasi import PrintedBudget, PrintedBudgetLine, PrintedIndicator


def examine(k: Context) -> list[Finding]:
    """Check every budget table of the document."""
    found: list[Finding] = []
    claims = k.publikasi.klaim
    for table in claims.anggaran:
        found += [*_rows(table), *_above(table), *_tree(table), *_totals(table)]
    return [*found, *_portions(claims.indikator, claims.anggaran), *_again(claims.indikator, claims.anggaran)]


def _tree(table: PrintedBudget) -> Iterator[Finding]:
    """Check rows against the rows below them where every row says how deep it stands."""
    rows = [row for row in table.baris if not row.total]
    if any(row.tingkat == 0 for row in rows) or len({row.tingkat for row in rows}) < 2:
        return
    for i, parent in enumerate(rows[:-1]):
        level = rows[i + 1].tingkat
        if level <= parent.tingkat:
            continue
        below = list(takewhile(lambda row, depth=parent.tingkat: row.tingkat > depth, rows[i + 1 :]))  # type: ignore[misc]
        children = [row for row in below if row.tingkat == level]
        for key, what in (("pagu", "pagu"), ("realisasi_anggaran", "realisasi")):
            total, printed = sum(getattr(row, key) for row in children), getattr(parent, key)
            if total != printed:
                facts = {"tempat": table.tempat, "nama": parent.nama, "apa": frasa(f"apa-{what}")}
                yield finding("anggaran-induk", "peringatan", **facts, cetak=printed, hitung=total)


def _portions(lines: Sequence[PrintedIndicator], tables: Sequence[PrintedBudget]) -> Iterator[Finding]:
    """Check shares of the whole budget against every whole that the document prints or its lines make."""
    told = [line for line in lines if line.porsi is not None and line.pagu]
    wholes = {row.pagu for table in tables for row in table.baris if row.total and row.pagu}
    wholes |= {sum(row.pagu for row in table.baris if not row.total) for table in tables}
    wholes.add(sum({normalise(line.nama): line.pagu or 0 for line in told}.values()))
    for line in told:
        if line.porsi is None or not line.pagu or len(told) < 2:
            continue
        low, high = line.porsi.rentang
        shares = [Fraction(line.pagu * 100, whole) for whole in wholes if whole]
        if not any(low <= x <= high for x in shares):
            nearest = min(shares, key=lambda x: abs(x - line.porsi.tepat))  # type: ignore[union-attr]
            facts = {"nama": line.nama, "cetak": line.porsi.nilai, "hitung": ExactFraction(nearest)}
            yield finding("anggaran-porsi", "peringatan", **facts)


def _again(lines: Sequence[PrintedIndicator], tables: Sequence[PrintedBudget]) -> Iterator[Finding]:
    """Compare rows of one name that stand in several tables of the year: with one budget, one amount is spent.

    Where both differ one table may be of the changed budget, and the other of the first.
    """
    seen: dict[str, tuple[str, int, int]] = {}
    for name, place, ceiling, spent in _named(lines, tables):
        key = normalise(name)
        there, budget, before = seen.setdefault(key, (place, ceiling, spent))
        if (budget == ceiling) == (before == spent):
            continue
        what, one, other = ("realisasi", before, spent) if budget == ceiling else ("pagu", budget, ceiling)
        facts = {"nama": name, "apa": frasa(f"apa-{what}"), "satu": one, "lain": other}
        yield finding("anggaran-berlainan", "peringatan", **facts, tempat=there, tempat_lain=place)


def _named(lines: Sequence[PrintedIndicator], tables: Sequence[PrintedBudget]) -> Iterator[tuple[str, str, int, int]]:
    for table in tables:
        names = [normalise(row.nama) for row in table.baris]
        for name, row in zip(names, table.baris, strict=True):
            if table.triwulan is None and not row.total and names.count(name) == 1:
                yield row.nama, table.tempat, row.pagu, row.realisasi_anggaran
    for line in lines:
        if line.triwulan is None and line.pagu is not None and line.realisasi_anggaran is not None:
            yield line.nama, line.nama, line.pagu, line.realisasi_anggaran


def _above(table: PrintedBudget) -> Iterator[Finding]:
    """Find rows above the programme that they stand under, where programmes are told by their name."""
    if sum(row.tingkat == 1 for row in table.baris) < 2:
        return
    parent: PrintedBudgetLine | None = None
    for row in table.baris:
        if row.total or row.tingkat == 1:
            parent = None if row.total else row
            continue
        for key, what in (("pagu", "pagu"), ("realisasi_anggaran", "realisasi")):
            if parent is not None and getattr(row, key) > getattr(parent, key):
                facts = {"tempat": table.tempat, "nama": row.nama, "apa": frasa(f"apa-{what}")}
                facts |= {"nilai": getattr(row, key), "induk": parent.nama, "batas": getattr(parent, key)}
                yield finding("anggaran-anak-melebihi", "kesalahan", **facts)


def _rows(table: PrintedBudget) -> Iterator[Finding]:
    for row in table.baris:
        if row.pagu <= 0:
            continue
        share = Fraction(row.realisasi_anggaran * 100, row.pagu)
        if row.serapan is not None:
            low, high = row.serapan.rentang
            if not low <= share <= high:
                facts = {"tempat": table.tempat, "nama": row.nama, "cetak": row.serapan.nilai}
                yield finding("anggaran-persen", "kesalahan", **facts, hitung=ExactFraction(share))
        if row.sisa is not None and row.sisa != row.pagu - row.realisasi_anggaran:
            facts = {"tempat": table.tempat, "nama": row.nama, "cetak": row.sisa}
            yield finding("anggaran-sisa", "kesalahan", **facts, hitung=row.pagu - row.realisasi_anggaran)
        if row.realisasi_anggaran > row.pagu:
            over = row.realisasi_anggaran - row.pagu
            yield finding("anggaran-lebih", "peringatan", tempat=table.tempat, nama=row.nama, lebih=over)


def _totals(table: PrintedBudget) -> Iterator[Finding]:
    """Hold a printed total against its rows; where rows stand on several levels, against every level."""
    totals = [row for row in table.baris if row.total]
    rows = [row for row in table.baris if not row.total]
    if len(totals) != 1 or len(rows) < 2:
        return  # several totals are subtotals of parts, and which rows they sum is not printed
    flat, groups = _levels(rows)
    for key, what in (("pagu", "pagu"), ("realisasi_anggaran", "realisasi")):
        printed = getattr(totals[0], key)
        sums = [sum(getattr(row, key) for row in group) for group in groups]
        if printed in sums:
            continue
        nearest = min(sums, key=lambda value: abs(value - printed))
        facts = {"tempat": table.tempat, "apa": frasa(f"apa-{what}"), "cetak": printed, "hitung": nearest}
        code, level = ("anggaran-jumlah", "kesalahan") if flat else ("anggaran-jumlah-bertingkat", "peringatan")
        yield finding(code, level, **facts, selisih=abs(nearest - printed))  # type: ignore[arg-type]


def _levels(rows: Sequence[PrintedBudgetLine]) -> tuple[bool, list[list[PrintedBudgetLine]]]:
    """Return whether all rows stand on one level, and the groups whose sum a total may be."""
    seen = sorted({row.tingkat for row in rows})
    pages = [i for i, row in enumerate(rows) if row.lanjutan]
    if len(seen) == 1 and not pages and not _sums_inside(rows):
        return True, [list(rows)]
    groups = [list(rows), *([row for row in rows if row.tingkat == level] for level in seen)]
    # Rows that are no sum of the rows right below them are the lowest.
    groups.append([row for i, row in enumerate(rows) if not _is_sum(rows, i)])
    groups.append(_tops(rows))
    for start in pages:  # a page without a caption may also be the beginning of a table of its own
        groups += [list(rows[start:]), _tops(rows[start:])]
    return False, groups


def _sums_inside(rows: Sequence[PrintedBudgetLine]) -> bool:
    return any(_is_sum(rows, i) for i in range(len(rows)))


def _is_sum(rows: Sequence[PrintedBudgetLine], place: int) -> bool:
    return _reach(rows, place) > place + 1


def _reach(rows: Sequence[PrintedBudgetLine], place: int) -> int:
    """Return the end of the rows right below that a row is the sum of; the next place where it is the sum of none.

    Ceiling and spending must both come out; a single row below with the same figures is a level too.
    """
    ceiling = spent = 0
    for i in range(place + 1, len(rows)):
        ceiling += rows[i].pagu
        spent += rows[i].realisasi_anggaran
        if (ceiling, spent) == (rows[place].pagu, rows[place].realisasi_anggaran) and ceiling > 0:
            return i + 1
        if ceiling > rows[place].pagu:
            break
    return place + 1


def _tops(rows: Sequence[PrintedBudgetLine]) -> list[PrintedBudgetLine]:
    """Return the rows that no other row sums."""
    inside: set[int] = set()
    for i in range(len(rows)):
        inside |= set(range(i + 1, _reach(rows, i)))
    return [row for i, row in enumerate(rows) if i not in inside]
