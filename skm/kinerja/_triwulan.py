"""Performance by quarter, cumulative: what was planned and reached, allowed and spent; and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.messages import Phrase
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import ExactFraction, Finding, plain
from skm.basics.words import normalise
from skm.kinerja._anggaran import amount
from skm.kinerja._belanja import AREA, alike, say
from skm.kinerja._budget_line import absorbed
from skm.kinerja._capaian import Angka, exact, show
from skm.kinerja._totals import total_of
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("iku", "program", "kegiatan", "sub_kegiatan")
KEYS = (
    "triwulan",
    *LEVELS,
    "indikator",
    "satuan",
    "target",
    "realisasi",
    "pagu",
    "realisasi_anggaran",
    "nomor",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One line of one quarter; all figures are cumulative from the beginning of the year.

    Attributes
    ----------
    triwulan : int
        1 to 4.
    iku, program, kegiatan, sub_kegiatan : str
        The name at the line's level and above it; empty below. A total has none but ``program`` "Jumlah".
    target, realisasi : Decimal, ExactFraction or None
        In the indicator's unit.
    pagu, belanja : Decimal or None
        Allowed and spent, rupiah.
    """

    triwulan: int
    iku: str
    program: str
    kegiatan: str
    sub_kegiatan: str
    indikator: str
    satuan: str
    target: Angka | None
    realisasi: Angka | None
    pagu: Decimal | None
    belanja: Decimal | None
    nomor: int = 0

    @property
    def tingkat(self) -> int:
        """0 for an IKU, 1 programme, 2 kegiatan, 3 sub kegiatan."""
        return next(i for i in (3, 2, 1, 0) if getattr(self, LEVELS[i]))

    @property
    def nama(self) -> str:
        """The name at its own level."""
        return str(getattr(self, LEVELS[self.tingkat]))

    @property
    def kunci(self) -> Key:
        """Its place in the tree, spellings brought together; an IKU stands by itself, all else below a programme."""
        parts = [normalise(getattr(self, key)) for key in LEVELS]
        return ("", *parts[1:]) if self.tingkat else (parts[0], "", "", "")  # type: ignore[return-value]

    @property
    def jumlah(self) -> bool:
        """Whether it is the total of its quarter."""
        return total_of(self.nama, ()) is not None

    @property
    def capaian(self) -> ExactFraction | None:
        """Reached / planned x 100, where both are numbers and something was planned."""
        if self.target is None or self.realisasi is None or self.target <= 0:
            return None
        return ExactFraction(Fraction(self.realisasi) / Fraction(self.target) * 100)

    @property
    def serapan(self) -> ExactFraction | None:
        """Spent / allowed x 100."""
        return None if self.pagu is None or self.belanja is None else absorbed(self.pagu, self.belanja)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Triwulan:
    """The quarters of a year.

    Attributes
    ----------
    baris : tuple of QuarterLine
    catatan : tuple of Finding
        Figures that fall, lines above what they belong to, sums that do not come out, ceilings that changed.
    """

    baris: tuple[QuarterLine, ...]
    catatan: tuple[Finding, ...] = ()

    @property
    def ada(self) -> tuple[int, ...]:
        """The quarters there are."""
        return tuple(sorted({b.triwulan for b in self.baris}))

    def of(self, triwulan: int) -> tuple[QuarterLine, ...]:
        """Return the lines of a quarter, in order."""
        return tuple(b for b in self.baris if b.triwulan == triwulan)

    def total(self, triwulan: int) -> tuple[Decimal, Decimal]:
        """Return ceiling and spent of a quarter: the sums of its programmes, or of what stands highest below them."""
        rows = self._highest(triwulan)
        return sum((b.pagu or Decimal(0) for b in rows), Decimal(0)), sum(
            (b.belanja or Decimal(0) for b in rows), Decimal(0)
        )

    def _highest(self, triwulan: int) -> list[QuarterLine]:
        """Return the lines with money that no other such line of the quarter holds."""
        money = [b for b in self.of(triwulan) if not b.jumlah and (b.pagu is not None or b.belanja is not None)]
        below = [b for b in money if b.tingkat] or money  # an IKU's money is that of its programmes
        return [b for b in below if not any(_holds(other, b) for other in below)]

    def table(self, triwulan: int, lang: str | None = None) -> Table:
        """Return one quarter for people."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("tingkat", say("kolom-tingkat", language)),
            TableColumn("nama", say("kolom-uraian", language)),
            TableColumn("indikator", say("kolom-indikator", language)),
            TableColumn("satuan", say("kolom-satuan", language)),
            TableColumn("target", say("kolom-target", language)),
            TableColumn("realisasi", say("kolom-realisasi-sd", language)),
            TableColumn("capaian", say("kolom-capaian", language), "decimal", 2),
            TableColumn("pagu", say("kolom-pagu", language), "decimal", 0),
            TableColumn("anggaran", say("kolom-anggaran-sd", language), "decimal", 0),
            TableColumn("serapan", say("kolom-serapan", language), "decimal", 2),
        )
        rows = [
            (
                say(f"tingkat-{b.tingkat}", language),
                b.nama,
                b.indikator,
                b.satuan,
                "-" if b.target is None else show(b.target, language),
                "-" if b.realisasi is None else show(b.realisasi, language),
                b.capaian,
                b.pagu,
                b.belanja,
                b.serapan,
            )
            for b in self.of(triwulan)
            if not b.jumlah
        ]
        if self._highest(triwulan):
            pagu, belanja = self.total(triwulan)
            rows.append(("", say("total", language), "", "", "", "", None, pagu, belanja, absorbed(pagu, belanja)))
        return Table(say("tabel-triwulan", language, triwulan=roman(triwulan)), columns, tuple(rows), (), language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a line and quarter."""
        import pandas as pd

        def number(value: Any) -> float:
            return float("nan") if value is None else float(value)

        data: dict[str, Any] = {"triwulan": [b.triwulan for b in self.baris]}
        data |= {key: [getattr(b, key) for b in self.baris] for key in (*LEVELS, "indikator", "satuan")}
        for key in ("target", "realisasi", "capaian", "pagu", "belanja", "serapan"):
            data[key] = [number(getattr(b, key)) for b in self.baris]
        return pd.DataFrame(data)

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; figures are text."""
        keys = ("triwulan", *LEVELS, "indikator", "satuan", "target", "realisasi", "pagu", "belanja")
        return {
            "versi_skema": SCHEMA,
            "baris": [{key: plain(getattr(b, key)) for key in keys} for b in self.baris],
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return "".join(self.table(q).to_html() for q in self.ada)

    def __repr__(self) -> str:
        return "\n\n".join(self.table(q).to_text() for q in self.ada)


def _holds(other: QuarterLine, line: QuarterLine) -> bool:
    """Tell whether a line belongs to another: a sub kegiatan to its kegiatan and programme."""
    depth = other.tingkat
    return 0 < depth < line.tingkat and other.kunci[: depth + 1] == line.kunci[: depth + 1]


def triwulan(baris: Iterable[Mapping[str, Any]]) -> Triwulan:
    """Build the measurement of performance by quarter.

    Parameters
    ----------
    baris : iterable of mapping
        Keys ``triwulan`` (1-4 or I-IV), ``iku``, ``program``, ``kegiatan``, ``sub_kegiatan`` (blank names stand for
        those above), ``indikator``, ``satuan``, ``target``, ``realisasi``, ``pagu``, ``realisasi_anggaran``: all from
        the beginning of the year to the end of the quarter. A line named "Jumlah" is the printed total.

    Returns
    -------
    Triwulan

    Raises
    ------
    EmptyDataError, DataError, OptionError
        No line; an unknown key or a line without a name; a quarter or number that cannot be read.

    Examples
    --------
    >>> t = triwulan([
    ...     {"triwulan": "I", "program": "P", "target": 4, "realisasi": 2, "pagu": 100, "realisasi_anggaran": 60},
    ...     {"triwulan": "II", "program": "P", "target": 4, "realisasi": 1, "pagu": 100, "realisasi_anggaran": 70},
    ... ])
    >>> [f.kode for f in t.catatan]
    ['triwulan-turun']
    """
    lines = tuple(_read(baris))
    if not lines:
        raise EmptyDataError("lkjip-triwulan-kosong")
    found = [*_falls(lines), *_parents(lines), *_totals(lines), *_over(lines), *_changed(lines), *_spelt(lines)]
    return Triwulan(lines, tuple(found))


def roman(number: int) -> str:
    """Return the number of a quarter as offices write it."""
    return next(k.upper() for k, v in _ROMAN.items() if v == number)


def _read(rows: Iterable[Mapping[str, Any]]) -> Iterator[QuarterLine]:
    above = dict.fromkeys(LEVELS, "")
    quarter = 0
    for position, row in enumerate(rows, start=1):
        number = int(row.get("nomor") or position)
        if unknown := [key for key in row if key not in KEYS]:
            raise DataError("kinerja-kunci", baris=number, kunci=unknown, pilihan=list(KEYS))
        asked = _quarter(row.get("triwulan"), number) if row.get("triwulan") not in (None, "") else quarter
        if not asked:
            raise DataError("lkjip-tanpa-triwulan", baris=number)
        if asked != quarter:
            above, quarter = dict.fromkeys(LEVELS, ""), asked
        given = {key: str(row.get(key) or "").strip() for key in LEVELS}
        level = next((i for i in (3, 2, 1, 0) if given[LEVELS[i]]), None)
        if level is None:
            raise DataError("lkjip-tanpa-nama", baris=number)
        for i, key in enumerate(LEVELS):
            if given[key]:
                above[key] = given[key]
                above.update(dict.fromkeys(LEVELS[i + 1 :], ""))
        names = [above[key] if i <= level else "" for i, key in enumerate(LEVELS)]
        iku, program, kegiatan, sub = names
        unit = str(row.get("satuan") or "").strip()
        yield QuarterLine(
            quarter,
            iku,
            program,
            kegiatan,
            sub,
            str(row.get("indikator") or "").strip(),
            unit,
            number_in(row.get("target"), unit, f"target, {names[level]}"),
            number_in(row.get("realisasi"), unit, f"realisasi, {names[level]}"),
            _money(row.get("pagu"), f"pagu, {names[level]}"),
            _money(row.get("realisasi_anggaran"), f"realisasi anggaran, {names[level]}"),
            number,
        )


def _quarter(value: Any, row: int) -> int:
    text = re.sub(r"^(?:tw|triwulan|q|kuartal|quarter)\s*", "", normalise(value))
    found = _ROMAN.get(text) or (int(float(text)) if re.fullmatch(r"[1-4](?: 0)?", text) else 0)
    if not found:
        raise OptionError(
            "opsi-tidak-dikenal", opsi="triwulan", nilai=value, pilihan=["I", "II", "III", "IV"], baris=row
        )
    return found


def number_in(value: Any, unit: str, purpose: str) -> Angka | None:
    """Read a number that may carry its unit ("150 Orang", "85,71%"); a dash or a blank is none."""
    if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–", "—")):
        return None
    if isinstance(value, str):
        match = re.fullmatch(r"\s*([\d.,]+)\s*([^\d%].*)", value)
        if match and normalise(match[2]) in {normalise(unit), *normalise(unit).split()}:
            value = match[1]
    return exact(value, purpose)


def _money(value: Any, purpose: str) -> Decimal | None:
    if value is None or (isinstance(value, str) and value.strip() in ("", "-", "–", "—")):
        return None
    return amount(value, purpose)


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
        for a, b in pairwise(rows):
            where = {"nama": b.nama, "dari": roman(a.triwulan), "ke": roman(b.triwulan)}
            if a.triwulan == b.triwulan:
                yield Finding("triwulan-kembar", "peringatan", AREA, {**where, "nomor": b.nomor})
                continue
            # Another indicator or unit is another quantity, and may well be smaller.
            same = normalise(a.satuan) == normalise(b.satuan) and normalise(a.indikator) == normalise(b.indikator)
            if same and a.realisasi is not None and b.realisasi is not None and b.realisasi < a.realisasi:
                facts = {"apa": Phrase(AREA, "apa-kinerja"), "lama": show(a.realisasi), "baru": show(b.realisasi)}
                yield Finding("triwulan-turun", "kesalahan", AREA, {**where, **facts})
            if a.belanja is not None and b.belanja is not None and b.belanja < a.belanja:
                facts = {"apa": Phrase(AREA, "apa-realisasi"), "lama": _shown(a.belanja), "baru": _shown(b.belanja)}
                yield Finding("triwulan-turun", "kesalahan", AREA, {**where, **facts})


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
            parts = [(b, getattr(b, key)) for b in below]
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


def _totals(lines: tuple[QuarterLine, ...]) -> Iterator[Finding]:
    programs = {b.kunci[1]: b.nama for b in lines if b.tingkat == 1 and not b.jumlah}
    for total in (b for b in lines if b.jumlah):
        rows = [b for b in lines if b.triwulan == total.triwulan and b.tingkat == 1 and not b.jumlah]
        have = {b.kunci[1] for b in rows}
        absent = [name for key, name in programs.items() if key not in have and not any(alike(key, k) for k in have)]
        if absent:
            # The total of what is not all there proves nothing.
            yield Finding(
                "triwulan-program-kurang", "peringatan", AREA, {"triwulan": roman(total.triwulan), "program": absent}
            )
            continue
        for key in ("pagu", "belanja"):
            printed = getattr(total, key)
            summed = sum((getattr(b, key) or Decimal(0) for b in rows), Decimal(0))
            if printed is not None and rows and printed != summed:
                facts = {"triwulan": roman(total.triwulan), "cetak": _shown(printed), "hitung": _shown(summed)}
                what = Phrase(AREA, "apa-pagu" if key == "pagu" else "apa-realisasi")
                facts |= {"apa": what, "selisih": _shown(abs(printed - summed))}
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
