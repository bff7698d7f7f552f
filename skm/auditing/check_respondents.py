"""profil-*: tables of respondents against n, against themselves and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from skm.answers import ages
from skm.auditing.context import Context, finding
from skm.basics.values import ExactFraction, Finding, Tingkat
from skm.basics.words import normalise
from skm.publikasi import PrintedNumber, PrintedProfile, PrintedProfileRow


def examine(k: Context) -> list[Finding]:
    """Check every printed table of respondents."""
    out = [*_totals(k)]
    for table in k.publikasi.profil:
        out += [
            *_printed_total(table),
            *_shares(table, k),
            *_share_sum(table, k),
            *_counts_elsewhere(table),
            *_ages(table),
        ]
    return out


def _sum(table: PrintedProfile) -> int | None:
    counts = [row.jumlah for row in table.baris]
    return None if not counts or None in counts else sum(c for c in counts if c is not None)


def _totals(k: Context) -> Iterator[Finding]:
    """Compare the tables' totals with n, tables with one total together; without n, with each other."""
    sums = [(table.judul, total) for table in k.publikasi.profil if (total := _sum(table)) is not None]
    n = k.publikasi.n
    for total in sorted({total for _, total in sums}):
        names = [name for name, other in sums if other == total]
        if n is not None and total > n:
            once = [table.judul for table in k.publikasi.profil if _sum(table) == total and _single(table)]
            several = [name for name in names if name not in once]
            if once:
                yield finding("profil-melebihi-n", "kesalahan", tabel=once, jumlah=total, n=n)
            if several:
                yield finding("profil-melebihi-n", "peringatan", tabel=several, jumlah=total, n=n)
        elif n is not None and total < n:
            yield finding("profil-kurang-dari-n", "peringatan", tabel=names, jumlah=total, n=n, kurang=n - total)
    if n is None and len({total for _, total in sums}) > 1:
        yield finding("profil-jumlah-berlainan", "peringatan", tabel=[f"{name}: {total}" for name, total in sums])


def _single(table: PrintedProfile) -> bool:
    """Tell whether a table is of something that everybody has once: sex, age, education."""
    words = set(normalise(f"{table.karakteristik} {table.judul}").split())
    return bool(words & {"jk", "kelamin", "gender", "sex", "usia", "umur", "age", "pendidikan", "education"})


def _printed_total(table: PrintedProfile) -> Iterator[Finding]:
    total = _sum(table)
    if table.total is not None and total is not None and table.total != total:
        yield finding("profil-total", "kesalahan", tabel=table.judul, jumlah=total, tercetak=table.total)


def _shares(table: PrintedProfile, k: Context) -> Iterator[Finding]:
    """Check each percentage against its count, over the table's own total or n."""
    bases = {base for base in (_sum(table) if _whole(table) else None, table.total, k.publikasi.n) if base}
    for row in table.baris:
        printed = [("", row.persen)] if row.persen is not None else []
        printed += [(other.tempat, other.nilai) for other in row.persen_lain if isinstance(other.nilai, PrintedNumber)]
        for place, share in printed:
            if row.jumlah is None or not bases or share is None:
                continue
            gap = min(_gap(row, base, share) for base in bases)
            if gap <= 0:
                continue
            base = min(bases, key=lambda b: _gap(row, b, share))
            facts = {
                "tabel": table.judul,
                "tingkat": row.tingkat,
                "jumlah": row.jumlah,
                "dari": base,
                "cetak": share.nilai,
                "hitung": ExactFraction(Fraction(row.jumlah * 100, base)),
            }
            # One unit of the last place off: cut off, rounded twice, or made to add up to 100.
            small = gap <= share.satuan
            code = "profil-persen-satu-angka" if small else "profil-persen"
            level: Tingkat = "peringatan" if small else "kesalahan"
            if place:
                yield finding(f"{code}-tempat", level, **facts, tempat=place)
            else:
                yield finding(code, level, **facts)


def _whole(table: PrintedProfile) -> bool:
    """Tell whether all levels are there: their printed shares add up to about 100."""
    shares = [row.persen for row in table.baris if row.persen is not None]
    slack = sum((share.satuan for share in shares), Fraction(0)) + 1
    return not shares or abs(sum((share.tepat for share in shares), Fraction(0)) - 100) <= slack


def _gap(row: PrintedProfileRow, base: int, share: PrintedNumber) -> Fraction:
    """Return how far the exact percentage lies outside what prints as this share."""
    exact = Fraction((row.jumlah or 0) * 100, base)
    low, high = share.rentang
    return max(low - exact, exact - high)


def _share_sum(table: PrintedProfile, k: Context) -> Iterator[Finding]:
    """Check that percentages add up to 100 within their own rounding.

    More than 100 is possible where people may choose several answers. Where counts stand beside the percentages and
    the number of respondents is known, each of them has been held against it already.
    """
    shares = [row.persen for row in table.baris]
    if len(shares) < 2 or any(share is None for share in shares):
        return
    known = [share for share in shares if share is not None]
    total = sum((share.tepat for share in known), Fraction(0))
    slack = sum((share.satuan for share in known), Fraction(0)) / 2
    counted = all(row.jumlah is not None for row in table.baris) and bool(k.publikasi.n or table.total)
    facts = {"tabel": table.judul, "jumlah": ExactFraction(total), "paling": ExactFraction(100 + slack)}
    if total > 100 + slack and not counted:
        if _single(table):
            yield finding("profil-persen-lebih", "kesalahan", **facts)
        else:
            yield finding("profil-persen-lebih-ganda", "peringatan", **facts)
    elif total < 100 - slack and not counted:
        yield finding("profil-persen-kurang", "peringatan", **facts | {"paling": ExactFraction(100 - slack)})
    if table.total_persen is not None:
        low, high = table.total_persen.rentang
        if total + slack < low or high < total - slack:
            yield finding("profil-persen-total", "kesalahan", **facts | {"cetak": table.total_persen.nilai})


def _counts_elsewhere(table: PrintedProfile) -> Iterator[Finding]:
    for row in table.baris:
        for other in row.jumlah_lain:
            if row.jumlah is not None and other.nilai != row.jumlah:
                facts = {"tabel": table.judul, "tingkat": row.tingkat, "jumlah": row.jumlah}
                yield finding("profil-jumlah-lain", "peringatan", **facts, lain=other.nilai, tempat=other.tempat or "-")


def _ages(table: PrintedProfile) -> Iterator[Finding]:
    """Look for ages that belong to no printed group, or to two."""
    labels = [row.tingkat for row in table.baris]
    about = {normalise(table.karakteristik), normalise(table.judul)}
    named = any(word in text.split() for text in about for word in ("usia", "umur", "age"))
    read = [label for label in labels if ages.parse_bin(label) is not None]
    if len(read) < 2 or not (named or len(read) == len(labels)):
        return
    for note in ages.check_bins(read):
        if note.kode == "usia-berlubang":
            yield finding("profil-usia-celah", "peringatan", tabel=table.judul, umur=note.bukti["umur"])
        elif note.kode == "usia-tumpang-tindih":
            yield finding("profil-usia-tumpang-tindih", "peringatan", tabel=table.judul, umur=note.bukti["umur"])
