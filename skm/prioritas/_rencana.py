"""The follow-up plan (RTL): activities per unsur, their quarters, who is responsible; checked against the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skm import regulasi as _regulasi
from skm.basics.errors import DataError, EmptyDataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.reading_numbers import read_count
from skm.basics.table import Table, TableColumn
from skm.basics.values import Finding
from skm.prioritas._horizons import Jangka, horizon
from skm.prioritas._ranking import AREA, UnsurWithMean, rank, say
from skm.regulasi import Unsur
from skm.regulasi._unsur import unsur_id
from skm.scores.result import SCHEMA, HasilIKM

if TYPE_CHECKING:
    import pandas as pd

QUARTERS = ("I", "II", "III", "IV")
_KEYS = (
    "no",
    "unsur",
    "label",
    "kegiatan",
    "triwulan",
    "tw1",
    "tw2",
    "tw3",
    "tw4",
    "penanggung_jawab",
    "bulan",
    "mulai",
    "selesai",
)
# "ü" is what a tick of the Wingdings font is as text.
YES = frozenset({"v", "x", "√", "✓", "✔", "ü", "ya", "y", "yes", "true", "1", "sudah", "selesai"})
NO = frozenset({"", "-", "tidak", "no", "false", "0", "belum", "n"})


@dataclass(frozen=True, slots=True)
class BarisRencana:
    """One activity.

    Attributes
    ----------
    unsur : str
        Id of the unsur it is for.
    label : str
        The unsur as the plan names it; the regulation's name where it does not.
    triwulan : tuple of bool
        Whether it runs in TW I to TW IV.
    jangka : Jangka or None
        Horizon, where months or dates were given.
    """

    unsur: str
    label: str
    kegiatan: str
    triwulan: tuple[bool, bool, bool, bool]
    penanggung_jawab: str
    jangka: Jangka | None = None

    @property
    def kapan(self) -> str:
        """The quarters in words: "TW I-III", "TW II, IV"; empty where none is ticked."""
        runs: list[list[int]] = []
        for i, ticked in enumerate(self.triwulan):
            if ticked and runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            elif ticked:
                runs.append([i])
        shown = [QUARTERS[r[0]] if len(r) == 1 else f"{QUARTERS[r[0]]}-{QUARTERS[r[-1]]}" for r in runs]
        return f"TW {', '.join(shown)}" if shown else ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rencana:
    """A plan in the order in which it was given, which is its order of priority.

    Attributes
    ----------
    baris : tuple of BarisRencana
    catatan : tuple of Finding
        What the plan leaves open, and where it does not follow the result.
    """

    baris: tuple[BarisRencana, ...]
    catatan: tuple[Finding, ...]

    @property
    def unsur(self) -> tuple[str, ...]:
        """Ids of the unsur in order of priority."""
        return tuple(dict.fromkeys(row.unsur for row in self.baris))

    def table(self, lang: str | None = None) -> Table:
        """Return the table of the report: No, unsur, activity, TW I to IV, who; one number an unsur."""
        language = resolve_lang(lang)
        far = any(row.jangka for row in self.baris)
        columns = [
            TableColumn("no", say("kolom-no", language)),
            TableColumn("unsur", say("kolom-prioritas-unsur", language)),
            TableColumn("kegiatan", say("kolom-kegiatan", language)),
            *(TableColumn(f"tw{i}", say("kolom-tw", language, nomor=q)) for i, q in enumerate(QUARTERS, start=1)),
            TableColumn("penanggung_jawab", say("kolom-penanggung-jawab", language)),
            *([TableColumn("jangka", say("kolom-jangka", language))] if far else []),
        ]
        rows: list[tuple[Any, ...]] = []
        number, before = 0, ""
        for row in self.baris:
            fresh = row.unsur != before
            number, before = number + fresh, row.unsur
            cells = [str(number) if fresh else "", row.label if fresh else "", row.kegiatan]
            cells += ["v" if ticked else "" for ticked in row.triwulan]
            cells.append(row.penanggung_jawab)
            cells += [row.jangka.name(language) if row.jangka else ""] if far else []
            rows.append(tuple(cells))
        notes = tuple(f.text(language) for f in self.catatan)
        return Table(say("judul-rencana", language), tuple(columns), tuple(rows), notes, language)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an activity; quarters as booleans."""
        import pandas as pd

        return pd.DataFrame(
            {
                "unsur": [r.unsur for r in self.baris],
                "label": [r.label for r in self.baris],
                "kegiatan": [r.kegiatan for r in self.baris],
                **{f"tw{i + 1}": [r.triwulan[i] for r in self.baris] for i in range(4)},
                "penanggung_jawab": [r.penanggung_jawab for r in self.baris],
                "jangka": [r.jangka.id if r.jangka else None for r in self.baris],
            }
        )

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Return a JSON-ready mapping."""
        return {
            "versi_skema": SCHEMA,
            "baris": [
                {
                    "unsur": r.unsur,
                    "label": r.label,
                    "kegiatan": r.kegiatan,
                    "triwulan": [q for q, ticked in zip(QUARTERS, r.triwulan, strict=True) if ticked],
                    "penanggung_jawab": r.penanggung_jawab,
                    "jangka": r.jangka.id if r.jangka else None,
                }
                for r in self.baris
            ],
            "catatan": [f.to_dict(lang) for f in self.catatan],
        }

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __repr__(self) -> str:
        return self.table().to_text()


def rencana(baris: Iterable[Mapping[str, Any]], hasil: HasilIKM | None = None, *, k: int = 3) -> Rencana:
    """Read a follow-up plan and check it against the result.

    Parameters
    ----------
    baris : iterable of mapping, or facts of a report
        Rows with ``unsur`` (id, name, or code of the result), ``kegiatan``, the quarters as ``tw1`` to ``tw4`` (true,
        "v", "x") or ``triwulan`` (["I", "II"], "TW I-III"), ``penanggung_jawab``, and optionally ``label`` (the unsur
        as the plan names it), ``bulan``, or ``mulai`` and ``selesai`` for the horizon. A row with an empty unsur
        continues the one above, as in printed tables.
    hasil : HasilIKM, optional
        The result that the plan follows; without it the order is not checked.
    k : int
        How many of the lowest unsur a plan has to deal with.

    Returns
    -------
    Rencana

    Raises
    ------
    EmptyDataError
        No row.
    DataError
        An unknown key, no activity, an unsur that the result does not have, a tick or quarter that cannot be read.
    OptionError
        The result does not know what its U8 and U9 are called: a plan prints names.

    Examples
    --------
    >>> r = rencana([{"unsur": "waktu", "kegiatan": "Tambah loket", "tw4": "v", "penanggung_jawab": "Seksi Pelayanan"}])
    >>> r.baris[0].kapan
    'TW IV'
    """
    if hasil is not None and any(f.kode == "u8-dianggap" for f in hasil.catatan):
        raise OptionError("rtl-u8")
    given = baris.rows("rtl") if hasattr(baris, "rows") else baris
    rows: list[BarisRencana] = []
    for number, entry in enumerate(given, start=1):
        rows.append(_row(entry, number, hasil, rows[-1] if rows else None))
    if not rows:
        raise EmptyDataError("rtl-kosong")
    found = _open(rows) if hasil is None else [*_order(rows, hasil, k), *_open(rows)]
    return Rencana(tuple(rows), tuple(found))


def _row(entry: Mapping[str, Any], number: int, hasil: HasilIKM | None, above: BarisRencana | None) -> BarisRencana:
    if not isinstance(entry, Mapping):
        raise DataError("rtl-baris", baris=number)
    if unknown := [key for key in entry if key not in _KEYS]:
        raise DataError("rtl-kunci", baris=number, kunci=unknown, pilihan=list(_KEYS))
    activity = text(entry.get("kegiatan"))
    if not activity:
        raise DataError("rtl-tanpa-kegiatan", baris=number)
    name = text(entry.get("unsur")) or text(entry.get("label"))
    if name:
        unsur, known = find_unsur(name, hasil, number)
        label = text(entry.get("label")) or known
    elif above is not None:
        unsur, label = above.unsur, above.label
    else:
        raise DataError("rtl-tanpa-unsur", baris=number)
    months, start, end = entry.get("bulan"), entry.get("mulai"), entry.get("selesai")
    term = horizon(months, mulai=start, selesai=end) if months is not None or (start and end) else None
    return BarisRencana(unsur, label, activity, _quarters(entry, number), text(entry.get("penanggung_jawab")), term)


def find_unsur(name: str, hasil: HasilIKM | None, number: int) -> tuple[str, str]:
    """Return id and official name of an unsur by id, name, or the code it has in the result."""
    if hasil is not None:
        for u in hasil.unsur.values():
            if name.casefold() in {u.id.casefold(), u.kode.casefold(), *(t.casefold() for t in _names(u.nama))}:
                return u.id, u.nama.name()
    rule = _regulasi.load() if hasil is None else hasil.regulasi
    unsur = unsur_id(name, rule)
    if hasil is not None and unsur not in hasil.unsur:
        raise DataError("rtl-unsur", baris=number, unsur=name[:40], pilihan=list(hasil.unsur))
    known = rule.by_id(unsur)
    if known is None and hasil is None:
        raise DataError("rtl-unsur", baris=number, unsur=name[:40], pilihan=[u.id for u in rule.unsur])
    return unsur, known.name() if known else unsur


def _names(unsur: Unsur) -> tuple[str, ...]:
    return (*unsur.nama.values(), *unsur.pendek.values())


def _quarters(entry: Mapping[str, Any], number: int) -> tuple[bool, bool, bool, bool]:
    found = [tick(entry.get(f"tw{i}"), number, f"tw{i}") for i in range(1, 5)]
    listed = entry.get("triwulan")
    if listed:
        for part in re.split(r"[,;/&]|\bdan\b", listed) if isinstance(listed, str) else [str(item) for item in listed]:
            for position in _span(part, number):
                found[position] = True
    return found[0], found[1], found[2], found[3]


def _span(words: str, number: int) -> range:
    """Return the positions that "TW II", "2" or "I-III" mean."""
    clean = re.sub(r"(?i)triwulan|tw|\s", "", words).upper().replace("–", "-").replace("S.D.", "-").replace("S/D", "-")
    ends = clean.split("-")
    places = [QUARTERS.index(e) if e in QUARTERS else int(e) - 1 if e in {"1", "2", "3", "4"} else -1 for e in ends]
    if len(places) > 2 or -1 in places or places[0] > places[-1]:
        raise DataError("rtl-triwulan", baris=number, nilai=words.strip()[:20])
    return range(places[0], places[-1] + 1)


def tick(mark: Any, number: int, column: str) -> bool:
    """Read a tick: true, "v", "x", "ya"; blank, "-", "tidak"."""
    if mark is None or isinstance(mark, bool):
        return bool(mark)
    word = text(mark).casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise DataError("rtl-centang", baris=number, kolom=column)


def text(cell: Any) -> str:
    """Return the text of a cell, spaces put in order; nothing for a blank."""
    return "" if cell is None else " ".join(str(cell).split())


def _order(rows: list[BarisRencana], hasil: HasilIKM, k: int) -> list[Finding]:
    """Say where the plan's order is not that of the lowest unsur, and which of the lowest it leaves out."""
    found = []
    first = rank(hasil, read_count(k, "k", minimum=1)).utama
    planned = list(dict.fromkeys(r.unsur for r in rows))
    means = [hasil.unsur[u].nrr for u in planned]
    listed = [UnsurWithMean.of(hasil.unsur[u].nama, hasil.unsur[u].nrr) for u in planned]
    lowest = [UnsurWithMean.of(r.nama, r.nrr) for r in first]
    if means != sorted(means):
        found.append(Finding("rtl-urutan", "peringatan", AREA, {"rencana": listed, "terendah": lowest}))
    if left := [UnsurWithMean.of(r.nama, r.nrr) for r in first if r.id not in planned]:
        found.append(Finding("rtl-terendah-tanpa-rencana", "peringatan", AREA, {"unsur": left, "rencana": listed}))
    return found


def _open(rows: list[BarisRencana]) -> list[Finding]:
    found = []
    if when := [i for i, r in enumerate(rows, start=1) if not any(r.triwulan) and r.jangka is None]:
        found.append(Finding("rtl-tanpa-waktu", "catatan", AREA, {"baris": when}))
    if who := [i for i, r in enumerate(rows, start=1) if not r.penanggung_jawab]:
        found.append(Finding("rtl-tanpa-penanggung-jawab", "catatan", AREA, {"baris": who}))
    seen: dict[tuple[str, str], int] = {}
    for i, r in enumerate(rows, start=1):
        key = (r.unsur, r.kegiatan.casefold())
        if key in seen:
            found.append(Finding("rtl-kegiatan-ganda", "catatan", AREA, {"baris": [seen[key], i]}))
        seen.setdefault(key, i)
    return found
