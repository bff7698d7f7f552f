"""The budget by program, kegiatan and sub kegiatan: every printed subtotal and percentage checked against its rows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from skm.basics import messages
from skm.basics.errors import DataError, EmptyDataError, placed
from skm.basics.numbers import resolve_lang
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding, plain
from skm.basics.words import edit_distance, normalise
from skm.kinerja._anggaran import amount, is_dash, rupiah
from skm.kinerja._budget_line import LEVELS, BudgetLine, Path, absorbed
from skm.kinerja._totals import PrintedTotal, agreeing, begins_like_total, is_average, lines_of, total_of
from skm.publikasi import PrintedNumber
from skm.scores.result import SCHEMA

if TYPE_CHECKING:
    import pandas as pd

AREA = "lkjip"
KEYS = (*LEVELS, "pagu", "realisasi", "persen", "indikator", "nomor")
_LONG = 5  # words that two names must share from their beginning to count as one


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Belanja:
    """A budget as a tree.

    Attributes
    ----------
    baris : tuple of BudgetLine
        The lowest lines, in order; all sums are of these.
    catatan : tuple of Finding
        Subtotals and percentages that do not follow from the lines, overspending, lines twice, names spelt twice.
    """

    baris: tuple[BudgetLine, ...]
    catatan: tuple[Finding, ...] = ()

    @property
    def pagu(self) -> Decimal:
        """The whole ceiling."""
        return sum((b.pagu for b in self.baris), Decimal(0))

    @property
    def realisasi(self) -> Decimal:
        """All that was spent."""
        return sum((b.realisasi for b in self.baris), Decimal(0))

    @property
    def program(self) -> tuple[str, ...]:
        """Names of the programmes, in order."""
        names: dict[str, str] = {}
        for b in self.baris:
            names.setdefault(normalise(b.program), b.program)
        return tuple(names.values())

    def of(self, program: Iterable[str]) -> tuple[Decimal, Decimal]:
        """Return ceiling and spent of some programmes, kegiatan or sub kegiatan; each line once.

        Raises
        ------
        DataError
            The budget has no such name.
        """
        return sums_of(self.lines(program))

    def lines(self, program: Iterable[str]) -> tuple[BudgetLine, ...]:
        """Return the lines of some programmes; a name that is no programme's is looked for below them.

        Raises
        ------
        DataError
            The budget has no such name.
        """
        programs = {b.kunci[0] for b in self.baris}
        lower = {part for b in self.baris for part in b.kunci[1:] if part} - programs
        known = {**{normalise(p): p for p in self.program}, **{part: part for part in lower}}
        wanted = {normalise(p): p for p in program}
        if unknown := [name for key, name in wanted.items() if key not in known]:
            near = difflib.get_close_matches(normalise(unknown[0]), programs, n=1, cutoff=0.6)
            raise DataError("lkjip-program", program=unknown, pilihan=[known[k] for k in near] or list(self.program))
        return tuple(b for b in self.baris if wanted.keys() & (programs | lower) & set(b.kunci))

    def tree(self) -> Iterator[tuple[int, BudgetLine]]:
        """Yield level (0 programme, 1 kegiatan, 2 sub kegiatan) and line, sums above what they sum."""
        seen: set[Path] = set()
        for line in self.baris:
            for level in (0, 1):
                names = (line.program, line.kegiatan, "") if level else (line.program, "", "")
                key = (normalise(names[0]), normalise(names[1]), "")
                if key in seen or key == line.kunci or (level and not line.kegiatan):
                    continue
                seen.add(key)
                below = [b for b in self.baris if b.kunci[: level + 1] == key[: level + 1]]
                pagu = sum((b.pagu for b in below), Decimal(0))
                yield level, BudgetLine(*names, pagu, sum((b.realisasi for b in below), Decimal(0)))
            yield 2 if line.sub_kegiatan else 1 if line.kegiatan else 0, line

    def numbered(self) -> Iterator[tuple[str, tuple[int, BudgetLine]]]:
        """Yield the lines of the tree with their numbers: 1, 1.2, 1.2.3."""
        counts = [0, 0, 0]
        for level, line in self.tree():
            counts = [*counts[:level], counts[level] + 1, *(0 for _ in counts[level + 1 :])]
            yield ".".join(str(n) for n in counts[: level + 1]), (level, line)

    def table(self, lang: str | None = None) -> Table:
        """Return the tree for people, the total below."""
        language = resolve_lang(lang)
        columns = (
            TableColumn("no", say("kolom-no", language)),
            TableColumn("nama", say("kolom-uraian", language)),
            TableColumn("pagu", say("kolom-pagu", language), "decimal", 0),
            TableColumn("realisasi", say("kolom-anggaran", language), "decimal", 0),
            TableColumn("serapan", say("kolom-serapan", language), "decimal", 2),
        )
        rows: list[tuple[Any, ...]] = [
            (number, line.nama, line.pagu, line.realisasi, line.serapan) for number, (_, line) in self.numbered()
        ]
        rows.append(("", say("total", language), self.pagu, self.realisasi, absorbed(self.pagu, self.realisasi)))
        notes = tuple(f.text(language) for f in self.catatan)
        return Table(say("tabel-belanja", language), columns, tuple(rows), notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a lowest line; percentages unrounded."""
        import pandas as pd

        return pd.DataFrame(
            {
                **{key: [getattr(b, key) for b in self.baris] for key in LEVELS},
                "pagu": [float(b.pagu) for b in self.baris],
                "realisasi": [float(b.realisasi) for b in self.baris],
                "serapan": [float("nan") if b.serapan is None else float(b.serapan) for b in self.baris],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping; amounts are text."""
        return {
            "versi_skema": SCHEMA,
            "pagu": plain(self.pagu),
            "realisasi": plain(self.realisasi),
            "baris": [
                {**{key: getattr(b, key) for key in LEVELS}, "pagu": plain(b.pagu), "realisasi": plain(b.realisasi)}
                for b in self.baris
            ],
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def belanja(baris: Iterable[Mapping[str, Any]]) -> Belanja:
    """Build a budget from its lines, printed subtotals among them.

    Parameters
    ----------
    baris : iterable of mapping
        Keys ``program``, ``kegiatan``, ``sub_kegiatan``, ``pagu``, ``realisasi``, and optionally ``persen`` (as
        printed), ``indikator`` and ``nomor``. A blank name stands for the one above, as merged cells have it. A line
        without ``sub_kegiatan`` whose kegiatan has lines below is a printed subtotal. A line named "Jumlah",
        "Sub total" or "Jumlah <programme>" is a total of what it names, of what stands above it, or of everything;
        so is any that begins like one and has their amounts. A dash among amounts is zero.

    Returns
    -------
    Belanja

    Raises
    ------
    EmptyDataError
        No line.
    DataError
        An unknown key, a line without a name or an amount.

    Examples
    --------
    >>> b = belanja([
    ...     {"program": "P", "kegiatan": "K", "sub_kegiatan": "S1", "pagu": 100, "realisasi": 90},
    ...     {"sub_kegiatan": "S2", "pagu": 50, "realisasi": 50},
    ...     {"program": "Jumlah", "pagu": 160, "realisasi": 140},
    ... ])
    >>> b.pagu, [f.kode for f in b.catatan]
    (Decimal('150'), ['belanja-jumlah'])
    """
    rows = list(baris)
    lines, totals, beside = _read(rows, frozenset())
    leaves = _leaves(lines)
    doubtful = [t for t in totals if t.milik is None]
    # A label that only begins like a total is one where its amounts are those of the lines; else it is a line.
    starts = {t.posisi: start for t, start in zip(totals, [0, *(t.sebelum for t in totals)], strict=False)}
    alone = frozenset(t.posisi for t in doubtful if not agreeing(t, lines, leaves, starts[t.posisi]))
    if alone:
        lines, totals, beside = _read(rows, alone)
        leaves = _leaves(lines)
    if not leaves:
        raise EmptyDataError("lkjip-belanja-kosong")
    sums = {b.kunci for b in lines} - {b.kunci for b in leaves}
    printed = [(b, [leaf for leaf in leaves if _below(leaf.kunci, b.kunci)]) for b in lines if b.kunci in sums]
    starts_now = [0, *(t.sebelum for t in totals)]
    printed += [(t.baris, lines_of(t, lines, leaves, start)) for t, start in zip(totals, starts_now, strict=False)]
    found = [*_sums(printed), *_lines([*lines, *(t.baris for t in totals)]), *_twice(leaves)]
    found += [
        Finding("belanja-mirip-jumlah", "peringatan", AREA, {"nama": t.baris.nama, "nomor": t.baris.nomor})
        for t in doubtful
        if t.posisi in alone
    ]
    found += [Finding("belanja-bukan-rincian", "catatan", AREA, {"nama": n, "nomor": r}) for r, n in beside]
    return Belanja(leaves, (*found, *_spelt(leaves)))


def sums_of(lines: Iterable[BudgetLine]) -> tuple[Decimal, Decimal]:
    """Return ceiling and spent of some lines."""
    kept = list(lines)
    return sum((b.pagu for b in kept), Decimal(0)), sum((b.realisasi for b in kept), Decimal(0))


def _leaves(lines: Sequence[BudgetLine]) -> tuple[BudgetLine, ...]:
    """Return the lines that have none below them."""
    above = {b.kunci[:level] for b in lines for level in (1, 2) if any(b.kunci[level:])}
    return tuple(b for b in lines if tuple(part for part in b.kunci if part) not in above)


def say(code: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return a text of the performance report."""
    return messages.text(AREA, code, lang, **fields)


def _read(
    rows: Sequence[Mapping[str, Any]], alone: frozenset[int]
) -> tuple[list[BudgetLine], list[PrintedTotal], list[tuple[int, str]]]:
    """Return the lines in order, the totals between and below them, and rows beside both (a rest, an average).

    ``alone`` are the positions of rows that begin like a total and are lines.
    """
    above = dict.fromkeys(LEVELS, "")
    known = {normalise(row.get(key) or "") for row in rows for key in LEVELS} - {""}
    lines: list[BudgetLine] = []
    totals: list[PrintedTotal] = []
    beside: list[tuple[int, str]] = []
    for position, row in enumerate(rows, start=1):
        number = int(row.get("nomor") or position)
        if unknown := [key for key in row if key not in KEYS]:
            raise DataError("kinerja-kunci", baris=number, kunci=unknown, pilihan=list(KEYS))
        given = {key: str(row.get(key) or "").strip() for key in LEVELS}
        level = next((i for i in (2, 1, 0) if given[LEVELS[i]]), None)
        if level is None:
            raise DataError("lkjip-tanpa-nama", baris=number)
        label = given[LEVELS[level]]
        blank = [key for key in ("pagu", "realisasi") if row.get(key) in (None, "")]
        if blank and is_average(label):
            beside.append((number, label))
            continue
        whose = total_of(label, known - {normalise(label)})
        if whose is not None or (begins_like_total(label) and not blank and position not in alone):
            line = _line(row, number, (label.rstrip(" :"), "", ""))
            totals.append(PrintedTotal(line, whose, above["program"], above["kegiatan"], len(lines), position))
            continue
        for i, key in enumerate(LEVELS):
            if given[key]:
                above[key] = given[key]
                above.update(dict.fromkeys(LEVELS[i + 1 :], ""))
        names = above["program"], above["kegiatan"] if level else "", above["sub_kegiatan"] if level == 2 else ""
        if level < 2 and all(row.get(key) in (None, "") or is_dash(row[key]) for key in ("pagu", "realisasi")):
            continue  # a heading above its lines
        lines.append(_line(row, number, names))
    return lines, totals, beside


def _line(row: Mapping[str, Any], number: int, names: Path) -> BudgetLine:
    name = next(n for n in reversed(names) if n)
    if blank := [key for key in ("pagu", "realisasi") if row.get(key) in (None, "")]:
        raise DataError("lkjip-angka-kosong", baris=number, kunci=blank, nama=name)
    printed = row.get("persen")
    with placed(baris=number):
        # A dash among amounts is nothing planned or spent, as spreadsheets show it.
        pagu, spent = (
            Decimal(0) if is_dash(row[key]) else amount(row[key], f"{key}, {name}") for key in ("pagu", "realisasi")
        )
        share = None if printed in (None, "") or is_dash(printed) else PrintedNumber.read(printed, f"persen, {name}")
    return BudgetLine(*names, pagu, spent, share, number, str(row.get("indikator") or "").strip())


def _below(other: Path, key: Path) -> bool:
    level = sum(1 for part in key if part)
    return other != key and other[:level] == key[:level]


def _sums(printed: Iterable[tuple[BudgetLine, Sequence[BudgetLine]]]) -> Iterator[Finding]:
    """Printed sums, each with the lines that it sums."""
    for line, below in printed:
        for key in ("pagu", "realisasi"):
            summed = sum((getattr(b, key) for b in below), Decimal(0))
            value = getattr(line, key)
            if value != summed:
                facts = {
                    "nama": line.nama,
                    "apa": messages.Phrase(AREA, f"apa-{key}"),
                    "cetak": messages.Phrase(AREA, "rp", {"nilai": value}),
                    "hitung": messages.Phrase(AREA, "rp", {"nilai": summed}),
                    "selisih": messages.Phrase(AREA, "rp", {"nilai": abs(value - summed)}),
                    "nomor": line.nomor,
                }
                yield Finding("belanja-jumlah", "kesalahan", AREA, facts)


def _lines(lines: list[BudgetLine]) -> Iterator[Finding]:
    for line in lines:
        where = {"nama": line.nama, "nomor": line.nomor}
        share = line.serapan
        if line.realisasi > line.pagu:
            over = messages.Phrase(AREA, "rp", {"nilai": line.realisasi - line.pagu})
            yield Finding("belanja-lebih", "peringatan", AREA, {**where, "lebih": over})
        if share is None or line.tercetak is None:
            continue
        low, high = line.tercetak.rentang
        # A cell of Excel may hold 0.95 for 95 %.
        part = line.tercetak.biner and 0 <= line.tercetak.nilai <= 1 and low * 100 <= share <= high * 100
        if not low <= share <= high and not part:
            yield Finding("belanja-persen", "kesalahan", AREA, {**where, "cetak": line.tercetak.nilai, "hitung": share})


def _twice(leaves: tuple[BudgetLine, ...]) -> Iterator[Finding]:
    first: dict[Path, BudgetLine] = {}
    for line in leaves:
        if (same := first.setdefault(line.kunci, line)) is not line:
            facts = {"nama": line.nama, "pertama": same.nomor, "nomor": line.nomor}
            yield Finding("belanja-kembar", "peringatan", AREA, facts)


def _spelt(leaves: tuple[BudgetLine, ...]) -> Iterator[Finding]:
    """Programmes, and kegiatan of one programme, whose names differ by a slip."""
    names = list(dict.fromkeys((b.program, "") for b in leaves))
    names += list(dict.fromkeys((b.program, b.kegiatan) for b in leaves if b.kegiatan))
    for (pa, ka), (pb, kb) in combinations(names, 2):
        if bool(ka) != bool(kb) or (ka and normalise(pa) != normalise(pb)):
            continue
        a, b = (ka or pa), (kb or pb)
        keys = normalise(a), normalise(b)
        if keys[0] != keys[1] and alike(*keys):
            yield Finding("belanja-ejaan", "peringatan", AREA, {"a": a, "b": b})


def alike(a: str, b: str) -> bool:
    """Tell whether two names, spellings brought together, differ by a slip only.

    Spaces set otherwise, one name that begins with the other, or at most two words a letter or two apart; numbers are
    never a slip.

    >>> alike("program pelayanan umum", "program pelayanan ummum"), alike("pengadaan barang", "pemeliharaan barang")
    (True, False)
    """
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    left, right = a.split(), b.split()
    short = min(len(left), len(right))
    if len(left) != len(right):
        return short >= _LONG and left[:short] == right[:short]
    apart = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    return len(apart) <= 2 and all(
        not (x.isdigit() or y.isdigit()) and min(len(x), len(y)) > 3 and edit_distance(x, y, 2) <= 2 for x, y in apart
    )


def money_text(value: Decimal | None, lang: str | None = None) -> str:
    """Return an amount with its sign of money, or a dash."""
    return "-" if value is None else f"Rp {rupiah(value, lang)}"
