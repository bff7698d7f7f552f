"""Rows of the form -> lines of quarters: names from above, totals, several indicators of one line, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from skm.basics.errors import DataError, OptionError, placed
from skm.basics.reading_numbers import read_count
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.kinerja._anggaran import amount, is_dash
from skm.kinerja._belanja import AREA
from skm.kinerja._capaian import Angka, exact
from skm.kinerja._quarter_line import KEYS, LEVELS, ROMAN, Key, QuarterLine, highest_of, money_of, roman
from skm.kinerja._totals import begins_like_total, total_of

_BLANK = frozenset({"", "n a", "na", "belum ada", "tidak ada data"})
# Measures whose numbers have decimals; "1.250" of anything else that is counted is one thousand.
_MEASURES = frozenset(
    {"", "persen", "percent", "indeks", "index", "nilai", "skor", "poin", "point", "angka", "rasio", "skala"}
)
_NUMBER = re.compile(
    r"\s*+[<>≤≥~=]{0,2}\s*+(?:(?:min(?:imal)?|maks(?:imal)?)\.?)?\s*+([\d.,]{1,40})\s*+(%?)\s*+(.{0,60})", re.IGNORECASE
)


def read_quarters(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[QuarterLine, ...], list[Finding]]:
    """Return the lines, and what was decided about them.

    Raises
    ------
    DataError, OptionError
        An unknown key, a line without a name or a quarter, a number that cannot be read.
    """
    listed = list(rows)
    lines = list(_read(listed, frozenset()))
    alone = frozenset(b.nomor for b in lines if b.milik is not None and _doubtful(b) and not _agrees(b, lines))
    if alone:
        lines = list(_read(listed, alone))
    found = [
        Finding("belanja-mirip-jumlah", "peringatan", AREA, {"nama": b.nama, "nomor": b.nomor})
        for b in lines
        if b.nomor in alone
    ]
    kept, once = _money_once(lines)
    return tuple(kept), [*found, *once]


def _read(rows: Sequence[Mapping[str, Any]], alone: frozenset[int]) -> Iterator[QuarterLine]:
    """Yield the lines; ``alone`` are numbers of rows that begin like a total and are lines."""
    above = dict.fromkeys(LEVELS, "")
    known = {normalise(row.get(key) or "") for row in rows for key in LEVELS} - {""}
    quarter = 0
    for position, row in enumerate(rows, start=1):
        number = int(row.get("nomor") or position)
        if unknown := [key for key in row if key not in KEYS]:
            raise DataError("kinerja-kunci", baris=number, kunci=unknown, pilihan=list(KEYS))
        told = row.get("triwulan")
        label = next((str(row[k]).strip() for k in (*reversed(LEVELS), "indikator", "triwulan") if _text(row, k)), "")
        whose = None if number in alone else _total(label, told, known - {normalise(label)})
        if whose is not None and quarter and isinstance(told, str) and begins_like_total(told):
            told = None
        asked = _quarter(told, number) if told not in (None, "") else quarter
        if not asked:
            raise DataError("lkjip-tanpa-triwulan", baris=number)
        if asked != quarter:
            above, quarter = dict.fromkeys(LEVELS, ""), asked
        if whose is not None:
            yield _line(row, quarter, ("", label.rstrip(" :"), "", ""), number, whose)
            continue
        given = {key: str(row.get(key) or "").strip() for key in LEVELS}
        level = next((i for i in (3, 2, 1, 0) if given[LEVELS[i]]), None)
        if level is None and _text(row, "indikator") and any(above.values()):
            level = next(i for i in (3, 2, 1, 0) if above[LEVELS[i]])  # another indicator of the line above
        elif level is None:
            raise DataError("lkjip-tanpa-nama", baris=number)
        for i, key in enumerate(LEVELS):
            if given[key]:
                above[key] = given[key]
                above.update(dict.fromkeys(LEVELS[i + 1 :], ""))
        names = [above[key] if i <= level else "" for i, key in enumerate(LEVELS)]
        yield _line(row, quarter, names, number, None)


def _text(row: Mapping[str, Any], key: str) -> bool:
    return isinstance(row.get(key), str) and bool(row[key].strip())


def _total(label: str, told: Any, known: set[str]) -> str | None:
    """Return what a row is the total of, by its lowest label or by what stands where the quarter does."""
    if not begins_like_total(label):
        return None
    if normalise(label) == normalise(told or ""):
        return ""
    whose = total_of(label, known)
    return normalise(label) if whose is None else whose


def _doubtful(line: QuarterLine) -> bool:
    """Tell whether only its amounts can say that a row is a total."""
    return line.milik == normalise(line.nama) and line.milik != ""


def _agrees(total: QuarterLine, lines: Sequence[QuarterLine]) -> bool:
    """Tell whether a row has the amounts of its quarter, or of a line of it."""
    own = [b for b in lines if b.triwulan == total.triwulan and not b.jumlah]
    money = (total.pagu or Decimal(0), total.belanja or Decimal(0))
    return any(money) and (money == money_of(highest_of(own)) or any(money == (b.pagu, b.belanja) for b in own))


def _line(row: Mapping[str, Any], quarter: int, names: Sequence[str], number: int, whose: str | None) -> QuarterLine:
    iku, program, kegiatan, sub = names
    name = next(text for text in reversed(names) if text)
    unit = str(row.get("satuan") or "").strip()
    with placed(baris=number):
        return QuarterLine(
            quarter,
            iku,
            program,
            kegiatan,
            sub,
            str(row.get("indikator") or "").strip(),
            unit,
            None if whose is not None else number_in(row.get("target"), unit, f"target, {name}"),
            None if whose is not None else number_in(row.get("realisasi"), unit, f"realisasi, {name}"),
            _money(row.get("pagu"), f"pagu, {name}"),
            _money(row.get("realisasi_anggaran"), f"realisasi anggaran, {name}"),
            number,
            whose,
        )


def _quarter(value: Any, row: int) -> int:
    """Return the number of a quarter: "TW I", "s.d. Triwulan II", "IV (empat)", "2026-Q3", 4."""
    text = re.sub(r"\b(?:19|20)\d\d\b|\b(?:tahun|ta|s d|sampai dengan)\b", " ", normalise(value))
    text = re.sub(r"\b(?:tw|triwulan|q|kuartal|quarter) ?", " ", text).strip()
    words = re.sub(r" (?:satu|dua|tiga|empat)$", "", re.sub(r"^([1-4]) 0$", r"\1", text)).split()
    found = {ROMAN[w] if w in ROMAN else int(w) for w in words if w in ROMAN or re.fullmatch(r"[1-4]", w)}
    if len(found) != 1 or len(words) != 1:
        raise OptionError(
            "opsi-tidak-dikenal", opsi="triwulan", nilai=value, pilihan=["I", "II", "III", "IV"], baris=row
        )
    return found.pop()


def number_in(value: Any, unit: str, purpose: str) -> Angka | None:
    """Read a number that may carry its unit, its grade or "at least"; a dash, a blank or "n/a" is none.

    >>> number_in("150 Orang", "Orang/Bulan", ""), number_in("85,71%", "%", ""), number_in("1.250", "orang", "")
    (Decimal('150'), Decimal('85.71'), Decimal('1250'))
    >>> number_in("82,50 (A)", "nilai", ""), number_in("≥ 88,31", "indeks", "")
    (Decimal('82.50'), Decimal('88.31'))
    """
    if value is None or (isinstance(value, str) and (is_dash(value) or normalise(value) in _BLANK)):
        return None
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if match is None or not (_is_grade(match[3]) or _is_unit(match[3], unit)):
        return exact(value, purpose)
    own = normalise(match[3]) or normalise(unit)
    counted = not match[2] and "%" not in unit and own not in _MEASURES and not _is_grade(match[3] or "-")
    if counted and re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", match[1]):
        return Decimal(read_count(match[1], purpose))
    return exact(f"{match[1]}{match[2]}", purpose)


def _is_grade(text: str) -> bool:
    return not text or bool(re.fullmatch(r"\([A-Za-z ]{1,30}\)", text.strip()))


def _is_unit(text: str, unit: str) -> bool:
    """Tell whether words behind a number are its unit, perhaps shortened or written longer."""
    word = next(iter(normalise(text).split()), "")
    own = [part for part in normalise(unit).split() if len(part) >= 3]
    shortened = len(word) >= 3 and any(part.startswith(word) or word.startswith(part) for part in own)
    return shortened or (bool(word) and word in normalise(unit).split())


def _money(value: Any, purpose: str) -> Decimal | None:
    return None if value is None or value == "" or is_dash(value) else amount(value, purpose)


def _money_once(lines: Sequence[QuarterLine]) -> tuple[list[QuarterLine], list[Finding]]:
    """Leave the money of a line with several indicators at the first; tell where it was repeated, or differs."""
    first: dict[tuple[int, Key], QuarterLine] = {}
    kept: list[QuarterLine] = []
    once: dict[int, list[str]] = {}
    added: dict[int, list[str]] = {}
    for line in lines:
        before = line if line.jumlah else first.setdefault((line.triwulan, line.kunci), line)
        money = (line.pagu, line.belanja)
        other = before is not line and normalise(before.indikator) != normalise(line.indikator)
        if not other or money == (None, None):
            kept.append(line)
            continue
        same = money == (before.pagu, before.belanja)
        names = (once if same else added).setdefault(line.triwulan, [])
        if line.nama not in names:
            names.append(line.nama)
        kept.append(replace(line, pagu=None, belanja=None) if same else line)
    return kept, [
        *(Finding("triwulan-pagu-sekali", "catatan", AREA, _named(q, names)) for q, names in once.items()),
        *(Finding("triwulan-pagu-dijumlah", "peringatan", AREA, _named(q, names)) for q, names in added.items()),
    ]


def _named(quarter: int, names: list[str]) -> dict[str, Any]:
    return {"triwulan": roman(quarter), "nama": names[:5], "banyak": len(names)}
