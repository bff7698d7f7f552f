"""The list of units that should report: names, other spellings, population, and what else the city knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skm.answers.column_kinds import shown_headers
from skm.basics.errors import DataError, EmptyDataError
from skm.basics.files import read_bytes
from skm.basics.reading_numbers import read_count, read_decimal
from skm.basics.sheets.grid import is_empty
from skm.basics.sheets.opened import open_sheets
from skm.basics.words import edit_distance, normalise

# What a column of the list is called, spellings brought together.
_HEADS: Mapping[str, frozenset[str]] = {
    "unit": frozenset({"unit", "nama unit", "unit layanan", "opd", "upp", "opd upp", "perangkat daerah", "nama",
                       "instansi", "nama opd", "unit kerja", "skpd", "office", "name", "unit name"}),
    "nama_lain": frozenset({"nama lain", "singkatan", "alias", "kode", "sebutan", "other names", "short name", "code"}),
    "populasi": frozenset({"populasi", "population", "jumlah populasi", "n populasi", "pengguna layanan",
                           "jumlah pengguna", "jumlah pengguna layanan", "jumlah penerima layanan", "penerima layanan",
                           "jumlah pemohon", "pemohon", "users", "service users"}),
    "metode": frozenset({"metode", "metode skm", "cara", "cara pengumpulan", "method", "survey method"}),
    "rtl_rencana": frozenset({"rtl rencana", "jumlah rtl", "rencana tindak lanjut", "rtl", "planned actions"}),
    "rtl_selesai": frozenset({"rtl selesai", "tindak lanjut selesai", "selesai", "actions done"}),
}  # fmt: skip
_SHORT = {
    "kec": "kecamatan", "kel": "kelurahan", "din": "dinas", "dis": "dinas", "pkm": "puskesmas", "bid": "bidang",
    "bag": "bagian", "sekt": "sekretariat", "sekr": "sekretariat", "ktr": "kantor", "kab": "kabupaten",
    "prov": "provinsi",
}  # fmt: skip
_KINDS_OF_OFFICE = {*_SHORT.values(), "badan", "upt", "uptd", "kota", "dan"}
# Words of file names that name no unit; a number belongs to the unit (Puskesmas 3) unless it counts a period,
# a version or a copy.
_NOISE = re.compile(
    r"\b(?:(?:semester|sem|smt|triwulan|tw|periode|bulan)(?: (?:\d{1,2}|i{1,3}|iv))?|(?:tahun )?(?:19|20)\d\d|"
    r"s[12]|tw[1-4]|"
    r"(?:rev(?:isi)?|versi|final|fix|v)(?: ?\d{1,2})?|(?:salinan|copy)(?: (?:dari|of))?|"
    r"skm|ikm|survei|survey|kepuasan|masyarakat|laporan|rekap|rekapitulasi|data|olah|olahan|hasil|jawaban|responses?|"
    r"formulir|form)\b"
)
_NUMBER = ("no", "nomor", "no urut")
_COPY = re.compile(r"\s{0,5}\(\d{1,3}\)")  # what a browser adds to a name that is taken


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One unit of the list."""

    nama: str
    nama_lain: tuple[str, ...] = ()
    populasi: int | None = None
    metode: str = ""
    rtl_rencana: int | None = None
    rtl_selesai: int | None = None


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A unit found for a name: the list's own spelling, and whether it stood there ("persis") or was near ("mirip")."""

    nama: str
    cara: str


@dataclass(frozen=True, slots=True)
class UnitList:
    """Units in the order of the list; empty where there is no list. Columns of its table that were not used."""

    unit: tuple[ListedUnit, ...] = ()
    kolom_lain: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name on the list, other spellings too."""
        return tuple(name for u in self.unit for name in (u.nama, *u.nama_lain))

    def find(self, name: str) -> NameMatch | None:
        """Return the unit of this name: as listed, by another listed name, or the only one a slip away."""
        wanted = _key(name)
        exact = [u for u in self.unit if wanted in {_key(n) for n in (u.nama, *u.nama_lain)}]
        if len(exact) == 1:
            same = normalise(name) in {normalise(n) for n in (exact[0].nama, *exact[0].nama_lain)}
            return NameMatch(exact[0].nama, "persis" if same else "mirip")
        near = [u for u in self.unit if any(_slip(wanted, _key(n)) for n in (u.nama, *u.nama_lain))]
        return NameMatch(near[0].nama, "mirip") if len(near) == 1 and not exact else None

    def find_in(self, text: str) -> NameMatch | None:
        """Return the unit whose name stands in a longer text, such as a file's name; the longest where several do."""
        words = f" {_key(text)} "
        names = [(_key(n), u.nama) for u in self.unit for n in (u.nama, *u.nama_lain)]
        found = [(len(key), unit) for key, unit in names if key and f" {key} " in words]
        best = max(found, default=None)
        if best is None:
            return self.find(stem_name(text))
        ties = {name for length, name in found if length == best[0]}
        return NameMatch(best[1], "persis") if len(ties) == 1 else None

    def near(self, name: str) -> tuple[str, ...]:
        """Return units that the name may mean, though it is not theirs: all its words in theirs, or all theirs in it.

        >>> read_units(["Kelurahan Kareng Lor", "Kelurahan Jati"]).near("Kel. Kareng")
        ('Kelurahan Kareng Lor',)
        """
        wanted = set(_key(name).split()) - _KINDS_OF_OFFICE
        if not wanted:
            return ()
        if len(wanted) == 1 and (short := [u.nama for u in self.unit if _abbreviates(next(iter(wanted)), u.nama)]):
            return tuple(short) if len(short) == 1 else ()
        named = [(u.nama, set(_key(n).split()) - _KINDS_OF_OFFICE) for u in self.unit for n in (u.nama, *u.nama_lain)]
        return tuple(dict.fromkeys(unit for unit, words in named if words and (wanted <= words or words <= wanted)))

    def of(self, name: str) -> ListedUnit | None:
        """Return what the list knows of a unit."""
        return next((u for u in self.unit if u.nama == name), None)


def read_units(source: Any) -> UnitList:
    """Read the list of units.

    Parameters
    ----------
    source : path, iterable of names, mapping of name to population, iterable of mappings, or UnitList
        A table has a column of units (unit, OPD, perangkat daerah, ...) and optionally nama_lain (";" between several),
        populasi, metode, rtl_rencana, rtl_selesai.

    Raises
    ------
    EmptyDataError
        There is no unit.
    DataError
        No column of units, or a unit that is listed twice.

    Examples
    --------
    >>> units = read_units([{"unit": "Kecamatan Wonoasih", "nama_lain": "Wonoasih", "populasi": "3.441"}])
    >>> units.find("KEC. WONOASIH").nama, units.find_in("SKM Wonoasih Semester II 2024 final.xlsx").nama
    ('Kecamatan Wonoasih', 'Kecamatan Wonoasih')
    """
    if source is None:
        return UnitList()
    if isinstance(source, UnitList):
        return source
    unused: tuple[str, ...] = ()
    if isinstance(source, (str, Path)):
        rows, unused = _table(Path(source))
    elif isinstance(source, Mapping):
        rows = [{"unit": k, "populasi": v} for k, v in source.items()]
    else:
        rows = [dict(r) if isinstance(r, Mapping) else {"unit": r} for r in source]
    units = tuple(_unit(row, number) for number, row in enumerate(rows, start=1))
    if not units:
        raise EmptyDataError("rekap-daftar-kosong")
    seen: dict[str, str] = {}
    for u in units:
        for name in (u.nama, *u.nama_lain):
            owner = seen.setdefault(normalise(name), u.nama)
            if owner != u.nama or (name == u.nama and sum(x.nama == u.nama for x in units) > 1):
                raise DataError("rekap-daftar-ganda", unit=name)
    return UnitList(units, unused)


def stem_name(text: str) -> str:
    """Return what a file name says of its unit: without ending, periods, versions and the usual words.

    >>> stem_name("SKM_Dinas Kesehatan semester 2 2025 (final).xlsx"), stem_name("Puskesmas 3 TW IV.xlsx")
    ('dinas kesehatan', 'puskesmas 3')
    """
    words = normalise(_COPY.sub("", re.sub(r"\.[A-Za-z0-9]{2,9}$", "", text)))
    return re.sub(r"\s+", " ", _NOISE.sub(" ", words)).strip()


def _key(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in normalise(name).split())


def _abbreviates(short: str, name: str) -> bool:
    """Tell whether a word is made of a name's letters in their order, beginning where the name and its parts begin.

    >>> _abbreviates("bakesbangpol", "Badan Kesatuan Bangsa dan Politik"), _abbreviates("balitbang", "Badan Pendapatan")
    (True, False)
    """
    words = [word for word in normalise(name).split() if word != "dan"]
    if len(short) < 4 or len(words) < 2 or short in words or short[0] != words[0][0]:
        return False
    ends = {0}  # how many letters of the short form may be used up by the words so far
    for word in words:
        reached = set()
        for start in ends:
            at = start
            for place, letter in enumerate(word):
                if at < len(short) and letter == short[at] and (place > 0 or at == start):
                    at += 1
                    reached.add(at)
        # A word of the name may be left out of the short form only where it is not the first.
        ends = reached | (ends if word != words[0] else set())
    return len(short) in ends


def _slip(a: str, b: str) -> bool:
    """Tell whether two names are one but for a space, or for one letter in one long word."""
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    left, right = a.split(), b.split()
    if len(left) != len(right):
        return False
    apart = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
    if len(apart) != 1:
        return False
    x, y = apart[0]
    return min(len(x), len(y)) >= 5 and not any(c.isdigit() for c in x + y) and edit_distance(x, y, 1) <= 1


def _unit(row: Mapping[str, Any], number: int) -> ListedUnit:
    values = {_head(key) or str(key): value for key, value in row.items() if not is_empty(value)}
    if unknown := [key for key in values if key not in _HEADS and key != "nomor"]:
        raise DataError("kinerja-kunci", baris=number, kunci=unknown, pilihan=list(_HEADS))
    name = str(values.get("unit") or "").strip()
    if not name:
        raise DataError("rekap-daftar-tanpa-nama", baris=values.get("nomor", number))
    given = values.get("nama_lain") or ()
    other = [str(n) for n in given] if isinstance(given, (list, tuple)) else re.split(r"[;\n]", str(given))
    counts = {key: _count(values.get(key), f"{key}, {name}") for key in ("populasi", "rtl_rencana", "rtl_selesai")}
    return ListedUnit(
        name,
        tuple(n.strip() for n in other if n.strip() and normalise(n) != normalise(name)),
        counts["populasi"] or None,
        str(values.get("metode") or "").strip(),
        counts["rtl_rencana"],
        counts["rtl_selesai"],
    )


def _count(value: Any, purpose: str) -> int | None:
    if value is None or (isinstance(value, str) and value.strip() in ("", "-")):
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else read_decimal(value, purpose)
    return read_count(value, purpose)


def _head(cell: Any) -> str | None:
    key = normalise(cell)
    return next((name for name, heads in _HEADS.items() if key in heads or key == normalise(name)), None)


def _table(path: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the rows of a list of units, and the headers of columns that say nothing known."""
    sheets = open_sheets(read_bytes(path), path.name)
    for sheet in sheets:
        for top, row in enumerate(sheet.baris[:20]):
            heads = [None if is_empty(cell) else _head(cell) for cell in row]
            if "unit" in heads:
                rows = list(_lines(heads, sheet.baris[top + 1 :], list(sheet.nomor)[top + 1 :]))
                shown = shown_headers(["" if is_empty(cell) else str(cell).strip() for cell in row])
                unused = [
                    s for s, h in zip(shown, heads, strict=True) if s and h is None and normalise(s) not in _NUMBER
                ]
                return rows, tuple(unused)
    have = [str(c) for c in sheets[0].baris[0] if not is_empty(c)]
    raise DataError("rekap-daftar-kolom", berkas=path.name, kolom_ada=have)


def _lines(
    heads: Sequence[str | None], rows: Iterable[Sequence[Any]], numbers: Iterable[int]
) -> Iterable[dict[str, Any]]:
    for number, row in zip(numbers, rows, strict=False):
        entry = {h: c for h, c in zip(heads, row, strict=False) if h is not None and not is_empty(c)}
        if entry.get("unit") is not None and normalise(entry["unit"]) not in ("jumlah", "total"):
            yield {**entry, "nomor": number}
