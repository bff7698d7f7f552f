"""What cannot be in the quarters of a year, and what has to be told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from skm.basics.messages import Phrase
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.kinerja._belanja import AREA, alike
from skm.kinerja._capaian import show
from skm.kinerja._quarter_line import Key, QuarterLine, highest_of, money_of, roman


def judged(lines: tuple[QuarterLine, ...]) -> list[Finding]:
    """Return figures that fall, lines above what they belong to, sums that do not come out, ceilings that changed."""
    return [*_falls(lines), *_parents(lines), *_totals(lines), *_over(lines), *_changed(lines), *_spelt(lines)]


def _by_place(lines: Iterable[QuarterLine]) -> dict[Key, list[QuarterLine]]:
    found: dict[Key, list[QuarterLine]] = {}
    for line in sorted(lines, key=lambda b: b.triwulan):
        if not line.jumlah:
            found.setdefault(line.kunci, []).append(line)
    return found


def _shown(value: Any) -> Any:
    return Phrase(AREA, "rp", {"nilai": value})


def _falls(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    for rows in _by_place(lines).values():
        # Another indicator or unit is another quantity, and may well be smaller.
        apart: dict[tuple[str, str], list[QuarterLine]] = {}
        for line in rows:
            apart.setdefault((normalise(line.indikator), normalise(line.satuan)), []).append(line)
        for own in apart.values():
            yield from _falling(own)
        money = _money_by_quarter(rows)
        for (early, a), (late, b) in pairwise(sorted(money.items())):
            if b < a:
                where = {"nama": rows[0].nama, "dari": roman(early), "ke": roman(late)}
                facts = {"apa": Phrase(AREA, "apa-realisasi"), "lama": _shown(a), "baru": _shown(b)}
                yield Finding("triwulan-turun", "kesalahan", AREA, {**where, **facts})


def _falling(rows: list[QuarterLine]) -> Iterator[Finding]:
    for a, b in pairwise(rows):
        where = {"nama": b.nama, "dari": roman(a.triwulan), "ke": roman(b.triwulan)}
        if a.triwulan == b.triwulan:
            yield Finding("triwulan-kembar", "peringatan", AREA, {**where, "pertama": a.nomor, "nomor": b.nomor})
    known = [b for b in rows if b.realisasi is not None]
    for a, b in pairwise(known):
        if (
            a.triwulan != b.triwulan
            and a.realisasi is not None
            and b.realisasi is not None
            and b.realisasi < a.realisasi
        ):
            where = {"nama": b.nama, "dari": roman(a.triwulan), "ke": roman(b.triwulan)}
            facts = {"apa": Phrase(AREA, "apa-kinerja"), "lama": show(a.realisasi), "baru": show(b.realisasi)}
            yield Finding("triwulan-turun", "kesalahan", AREA, {**where, **facts})


def _money_by_quarter(rows: list[QuarterLine]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in rows:
        if line.belanja is not None:
            found[line.triwulan] = found.get(line.triwulan, Decimal(0)) + line.belanja
    return found


def _parents(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    """Lines against what they belong to: none above it, and together the same."""
    for parent in lines:
        if not 1 <= parent.tingkat <= 2 or parent.jumlah:
            continue
        below = [
            b
            for b in lines
            if b.triwulan == parent.triwulan
            and b.tingkat == parent.tingkat + 1
            and b.kunci[: parent.tingkat + 1] == parent.kunci[: parent.tingkat + 1]
        ]
        for key in ("pagu", "belanja"):
            whole = getattr(parent, key)
            parts = _by_line(below, key)
            if whole is None or not parts:
                continue
            what = Phrase(AREA, "apa-pagu" if key == "pagu" else "apa-realisasi")
            where = {"triwulan": roman(parent.triwulan), "apa": what}
            above = [(b, v) for b, v in parts if v is not None and v > whole]
            for b, v in above:
                facts = {"nama": b.nama, "nilai": _shown(v), "induk": parent.nama, "batas": _shown(whole)}
                yield Finding("triwulan-anak-melebihi", "kesalahan", AREA, {**where, **facts})
            summed = sum((v for _, v in parts if v is not None), Decimal(0))
            if not above and summed != whole and all(v is not None for _, v in parts):
                facts = {"nama": parent.nama, "cetak": _shown(whole), "hitung": _shown(summed)}
                yield Finding("triwulan-jumlah", "peringatan", AREA, {**where, **facts})


def _by_line(lines: list[QuarterLine], key: str) -> list[tuple[QuarterLine, Decimal | None]]:
    """Return each line once with its money, however many indicators it has; None where none of them has any."""
    found: dict[Key, tuple[QuarterLine, Decimal | None]] = {}
    for line in lines:
        first, money = found.get(line.kunci, (line, None))
        own = getattr(line, key)
        found[line.kunci] = (first, money if own is None else own + (money or 0))
    return list(found.values())


def _totals(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    programs = {b.kunci[1]: b.nama for b in lines if b.tingkat == 1 and not b.jumlah}
    before: dict[int, int] = {}  # quarter -> place below its last total
    for place, total in enumerate(lines):
        if not total.jumlah:
            continue
        start = before.get(total.triwulan, 0)
        before[total.triwulan] = place
        own = [b for b in lines if b.triwulan == total.triwulan and not b.jumlah]
        if total.milik:
            rows = highest_of([b for b in own if total.milik in b.kunci[1:3]])
        elif any(_money_agrees(total, part) for part in _parts(own, [b for b in lines[start:place] if b in own])):
            continue  # a subtotal of what stands above it
        else:
            rows = highest_of(own)
            have = {b.kunci[1] for b in rows}
            missing = [n for key, n in programs.items() if key not in have and not any(alike(key, k) for k in have)]
            if missing:
                # The total of what is not all there proves nothing.
                facts = {"triwulan": roman(total.triwulan), "program": missing}
                yield Finding("triwulan-program-kurang", "peringatan", AREA, facts)
                continue
        yield from _total(total, rows)


def _parts(own: list[QuarterLine], above: list[QuarterLine]) -> list[list[QuarterLine]]:
    """Return what a total without a name may sum: lines since the total before it, or one programme's or kegiatan's."""
    return [highest_of(above), *([b] for b in own if b.tingkat in (1, 2))]


def _money_agrees(total: QuarterLine, rows: list[QuarterLine]) -> bool:
    sums = money_of(rows)
    printed = (total.pagu, total.belanja)
    return bool(rows) and all(p is None or p == s for p, s in zip(printed, sums, strict=True)) and any(sums)


def _total(total: QuarterLine, rows: list[QuarterLine]) -> Iterator[Finding]:
    for key, summed in zip(("pagu", "belanja"), money_of(rows), strict=True):
        printed = getattr(total, key)
        if printed is not None and rows and printed != summed:
            facts = {"triwulan": roman(total.triwulan), "cetak": _shown(printed), "hitung": _shown(summed)}
            what = Phrase(AREA, "apa-pagu" if key == "pagu" else "apa-realisasi")
            facts |= {"apa": what, "selisih": _shown(abs(printed - summed)), "nama": total.nama}
            yield Finding("triwulan-total", "kesalahan", AREA, facts)


def _over(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    for b in lines:
        if b.pagu is not None and b.belanja is not None and b.belanja > b.pagu:
            facts = {"triwulan": roman(b.triwulan), "nama": b.nama, "lebih": _shown(b.belanja - b.pagu)}
            yield Finding("triwulan-lebih", "peringatan", AREA, facts)


def _changed(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    """Say once in which quarters ceilings changed, and by how much the whole did."""
    moved: dict[tuple[int, int], list[str]] = {}
    for rows in _by_place(lines).values():
        for a, b in pairwise(rows):
            if a.pagu is not None and b.pagu is not None and a.pagu != b.pagu and a.triwulan != b.triwulan:
                moved.setdefault((a.triwulan, b.triwulan), []).append(b.nama)
    for (early, late), names in sorted(moved.items()):
        facts = {"dari": roman(early), "ke": roman(late), "banyak": len(names), "contoh": names[:3]}
        yield Finding("triwulan-pagu-berubah", "catatan", AREA, facts)


def _spelt(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    """Names that stand in some quarters only and resemble one of the others: compared they are not, told they are."""
    places = _by_place(lines)
    quarters = {b.triwulan for b in lines}
    part = [(key, rows) for key, rows in places.items() if len({b.triwulan for b in rows}) < len(quarters)]
    told: set[tuple[str, str]] = set()
    for i, (ka, rows_a) in enumerate(part):
        for kb, rows_b in part[i + 1 :]:
            a, b = rows_a[0], rows_b[0]
            names = ka[a.tingkat], kb[b.tingkat]
            if a.tingkat != b.tingkat or names[0] == names[1] or names in told:
                continue
            if {r.triwulan for r in rows_a} & {r.triwulan for r in rows_b} or not alike(*names):
                continue
            told.add(names)
            quarter = [", ".join(roman(r.triwulan) for r in rows) for rows in (rows_a, rows_b)]
            facts = {"a": a.nama, "b": b.nama, "di_a": quarter[0], "di_b": quarter[1]}
            yield Finding("triwulan-ejaan", "peringatan", AREA, facts)
