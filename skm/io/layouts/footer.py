"""The block below the rows of a worksheet: sums, means, weighted means, the index, the list of names.

It is never read as respondents; it is compared with what the answers give.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from skm.answers.code_runs import is_code
from skm.answers.unsur_names import is_named
from skm.basics.errors import OptionError
from skm.basics.numbers import format_exact, round_half_up
from skm.basics.reading_numbers import read_decimal
from skm.basics.sheets.grid import Sheet, is_empty
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner

# Other figures of a block; nothing may follow, for a person may be called Max.
_MEASURE = re.compile(
    r"(?:nilai )?(?:maks(?:imum|imal)?|max(?:imum)?|min(?:imum|imal)?|tertinggi|terendah|modus|median|st ?dev"
    r"|std(?: dev\w*)?|standar deviasi|simpangan baku|varian\w*|persen\w*|prosen\w*|konversi|bobot)"
    r"(?: (?:per )?unsur| nilai)?"
)
_KINDS = (
    (
        "tertimbang",
        re.compile(r".*\b(?:tertimbang|tertbg|tertb|ttbg|terbobot)\b.*|(?:bobot (?:x )?nrr|nrr (?:x )?bobot)\b.*"),
    ),
    ("ikm", re.compile(r"(?:nilai |angka )?(?:ikm|skm|indeks kepuasan)\b.*")),
    ("n", re.compile(r"(?:count|n|(?:jumlah|jml|jlh|banyak(?:nya)?) (?:responden|resp|kuesioner|kuisioner|data)\b.*)")),
    ("nrr", re.compile(r"(?:(?:nilai |skor )?(?:nrr ?2?|rata rata|rata ?2|rata|rerata)|mean|average|avg)\b.*")),
    ("jumlah", re.compile(r"(?:[σse] ?)?nilai (?:per )?unsur|(?:(?:skor |nilai )?(?:jumlah|jml|jlh|total)|sum)\b.*")),
    ("ukuran", _MEASURE),
    ("lain", re.compile(r"(?:keterangan|catatan|mengetahui|mutu|kinerja|unsur pelayanan|no unsur|legenda)\b.*")),
)
_ANY_KIND = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _KINDS))
_BESIDE = 300
_WEIGHT = re.compile(r"[x×*]\s*(0[.,]\d+|1\s*/\s*\d+)", re.I)


@dataclass(frozen=True, slots=True)
class FooterFigures:
    """What the sheet itself says below its rows: values per column position, and the index."""

    nilai: Mapping[str, Mapping[int, Fraction]] = field(default_factory=dict)
    ikm: Fraction | None = None
    bobot_tertulis: str = ""
    nama: Mapping[int, str] = field(default_factory=dict)
    dihitung: bool = False


def label_kind(cell: Any) -> str | None:
    """Return what a label of the block announces, or None for other text.

    >>> label_kind("NRR tertbg/unsur"), label_kind("ΣNilai/Unsur"), label_kind("Kelurahan Baru")
    ('tertimbang', 'jumlah', None)
    """
    if not isinstance(cell, str) or len(cell) > 200 or cell.startswith("\\"):  # \N is a database's blank
        return None
    key = normalise(cell)
    if not _ANY_KIND.fullmatch(key):  # nearly every cell
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(key)), None)


def read_block(
    sheet: Sheet, start: int, columns: Mapping[int, str], base: Kuesioner, used: range, kinds: Mapping[int, str]
) -> FooterFigures:
    """Read the block from a row on; and the list of names from wherever it stands.

    Parameters
    ----------
    start : int
        Position of the first row below the respondents.
    columns : mapping
        Position of each answer column -> its name.
    used : range
        Positions of the rows of respondents, which are not looked at.
    kinds : mapping
        Position of a row without a label -> what it was found to be (`foot_rows`).
    """
    found: dict[str, dict[int, Fraction]] = {}
    index: Fraction | None = None
    weight = ""
    for i in range(start, len(sheet.baris)):
        row = sheet.baris[i]
        place = next((j for j, cell in enumerate(row) if not is_empty(cell)), None)
        if place is None:
            continue
        kind = label_kind(row[place]) or kinds.get(i)
        if match := _WEIGHT.search(str(row[place])):
            weight = weight or re.sub(r"\s", "", match[1]).replace(".", ",")
        if kind in ("jumlah", "nrr", "tertimbang", "n") and kind not in found:
            values = {j: v for j in columns if j < len(row) and (v := _number(sheet, i, j)) is not None}
            if values:
                found[kind] = values
        if kind in ("ikm", "indeks") and index is None:
            numbers = [v for j in range(len(row)) if (v := _number(sheet, i, j)) is not None]
            index = numbers[0] if numbers else _after_colon(str(row[place]))
    calculated = any(value for values in found.values() for value in values.values())
    names = _legend(sheet, columns, base, used)
    return FooterFigures(found, index if index else None, weight, names, calculated)


def compare(
    tercetak: FooterFigures,
    totals: Mapping[int, int],
    answered: Mapping[int, int],
    names: Mapping[int, str],
    konversi: int,
) -> list[Finding]:
    """Compare the block with the answers: totals and answers per column.

    A block that was never calculated (all zero, as programs write formulas without values) says nothing.
    """
    if not tercetak.nilai and tercetak.ikm is None:
        return []
    if not tercetak.dihitung:
        return [Finding("blok-belum-dihitung", "catatan", "io", {})]
    means = {j: Fraction(totals[j], answered[j]) for j in totals if answered[j]}
    wrong: list[str] = []
    _differences(tercetak.nilai.get("jumlah", {}), totals, names, "jumlah", wrong)
    _differences(tercetak.nilai.get("nrr", {}), means, names, "NRR", wrong)
    weights = _weights(len(means))
    weighted = tercetak.nilai.get("tertimbang", {})
    fitting = [
        w for w, value in weights.items() if all(_near(p, means[j] * value) for j, p in weighted.items() if j in means)
    ]
    if weighted and not fitting:
        wrong.append("NRR tertimbang")
    ours = {w: sum(means.values(), Fraction(0)) * value * konversi for w, value in weights.items()}
    if tercetak.ikm is not None:
        by_index = [w for w in ours if _near(tercetak.ikm, ours[w], 1) or _near(tercetak.ikm, ours[w] / konversi)]
        if not by_index:
            wrong.append(f"IKM {_text(tercetak.ikm)}")
        fitting = [w for w in fitting if w in by_index] or by_index
    figures = [f"{w}: {format_exact(round_half_up(v, 2))}" for w, v in ours.items()]
    if wrong:
        return [Finding("blok-beda", "catatan", "io", {"beda": wrong[:12], "banyak": len(wrong), "hitungan": figures})]
    if not weighted and tercetak.ikm is None:
        return [Finding("blok-cocok-tanpa-bobot", "catatan", "io", {})]
    return [Finding("blok-cocok", "catatan", "io", {"bobot": " / ".join(fitting), "hitungan": figures})]


def _weights(unsur: int) -> dict[str, Fraction]:
    if not unsur:
        return {}
    exact = Fraction(1, unsur)
    three, two = (Fraction(round_half_up(exact, places)) for places in (3, 2))
    return {f"1/{unsur}": exact, _text(three): three, _text(two): two}


def _differences(
    printed: Mapping[int, Fraction], ours: Mapping[int, Any], names: Mapping[int, str], what: str, wrong: list[str]
) -> None:
    for j, value in printed.items():
        if j in ours and not _near(value, Fraction(ours[j])):
            wrong.append(f"{what} {names[j]}: {_text(value)} / {_text(Fraction(ours[j]))}")


def _near(printed: Fraction, exact: Fraction, least: int = 2) -> bool:
    """Tell whether a printed value is the exact one as far as it shows; full floats must agree to a millionth.

    Trailing zeros are lost in a cell, so ``least`` places are taken to show always.
    """
    text = format(float(printed), ".10g")
    places = max(least, len(text.partition(".")[2]) if "e" not in text else 10)
    half = Fraction(1, 2 * 10**places) if places <= 4 else Fraction(1, 10**6)
    return abs(printed - exact) <= half + Fraction(1, 10**9)


def _text(value: Fraction) -> str:
    return format_exact(round_half_up(value, 4).normalize()) if value.denominator != 1 else str(value.numerator)


def _number(sheet: Sheet, row: int, column: int) -> Fraction | None:
    cell = sheet.baris[row][column]
    if is_empty(cell) or isinstance(cell, bool) or (sheet.nomor[row], sheet.kolom_awal + column) in sheet.fakta.rumus:
        return None
    if isinstance(cell, (int, float)):
        return Fraction(repr(cell)) if math.isfinite(cell) and abs(cell) < 1e12 else None
    try:
        return Fraction(read_decimal(re.sub(r"[*)\s]+", "", str(cell)), "-"))
    except OptionError:
        return None


def _after_colon(text: str) -> Fraction | None:
    match = re.search(r"[:=]\s*(\d+(?:[.,]\d+)?)", text)
    return Fraction(match[1].replace(",", ".")) if match else None


def _legend(sheet: Sheet, columns: Mapping[int, str], base: Kuesioner, used: range) -> dict[int, str]:
    """Return column -> name from a list such as "U8 | Sarana dan Prasarana" somewhere on the sheet."""
    by_code = {normalise(name): j for j, name in columns.items() if is_code(name)}
    found: dict[int, str] = {}
    known = 0
    right = max(columns, default=-1) + 1
    beside = range(used.start, min(used.stop, used.start + _BESIDE)) if sheet.lebar > right + 1 else range(0)
    for i in (*range(used.start), *beside, *range(used.stop, len(sheet.baris))):
        # Beside the rows of respondents a list stands in cells right of the answers.
        row = [*[None] * right, *sheet.baris[i][right:]] if i in used else sheet.baris[i]
        codes = [j for j, cell in enumerate(row) if isinstance(cell, str) and normalise(cell) in by_code]
        # A row with several codes is a header; a list has one a row.
        for j in codes if len(codes) == 1 else ():
            cell = row[j]
            name = next((c for c in row[j + 1 : j + 3] if isinstance(c, str) and len(normalise(c)) > 2), None)
            if name and not is_code(name) and label_kind(name) is None:
                found.setdefault(by_code[normalise(cell)], re.sub(r"\s+", " ", name).strip(" :="))
    known = sum(is_named(name, base) for name in found.values())
    # Two names that are the regulation's make a list; fewer may be any text beside a code.
    return found if known >= 2 and known * 2 > len(found) else {}
