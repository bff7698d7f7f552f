"""From cells to levels: what may stand in an answer column, and what to say about what may not."""

from __future__ import annotations

import numbers
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import column as larik
from skm.answers.place import RowPlaces
from skm.basics.errors import InvalidAnswerError
from skm.basics.messages import Phrase
from skm.basics.words import edit_distance, normalise
from skm.regulasi._kuesioner import Butir, Kuesioner

BLANK = 0
is_blank = larik.is_blank
_BAD = -1
_NAMED = -2
_SHOWN = 8
_NUMBER = re.compile(r"\s*[+-]?\d+(?:[.,]\d+)?\s*")
_LONGEST_NUMBER = 7  # a NIK has 16 digits, a phone number at least 8


@dataclass(frozen=True, slots=True)
class CellRules:
    """How cells are read.

    Attributes
    ----------
    levels : int
        The scale is 1..levels.
    teks : mapping
        Butir id -> normalised text -> level. Empty for bare frames, where text is refused.
    kosong : tuple
        Values that the caller named as "not answered", e.g. (0, "").
    spasi_kosong : bool
        Whether a text of spaces only is a blank, as in files.
    """

    levels: int
    teks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    kosong: tuple[Any, ...] = ()
    spasi_kosong: bool = False


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One cell that cannot be an answer: the butir, the position of the row, the value."""

    butir: str
    posisi: int
    nilai: Any


@dataclass(frozen=True, slots=True)
class DecodedColumn:
    """A decoded column: levels (0 blank), the cells that are wrong, how many were named as blank."""

    level: NDArray[np.int8]
    salah: tuple[WrongCell, ...] = ()
    dinamai_kosong: int = 0


def text_rules(kuesioner: Kuesioner) -> dict[str, dict[str, int]]:
    """Return, per butir, every text that stands for a level: digits, letters and the printed labels."""
    common = {str(level): level for level in range(1, len(kuesioner.nilai) + 1)}
    common |= {letter: level for level, letter in enumerate(kuesioner.huruf, start=1)}
    meaning = {normalise(text): level for level, text in enumerate(kuesioner.makna, start=1)}
    rules = {}
    for butir in kuesioner.butir:
        labels = {normalise(label): level for level, label in enumerate(butir.label, start=1)}
        rules[butir.id] = meaning | labels | common
    return rules


def digit_rules(kuesioner: Kuesioner) -> dict[str, dict[str, int]]:
    """Return rules that understand digits as text only, as databases hand them over."""
    digits = {str(level): level for level in range(1, len(kuesioner.nilai) + 1)}
    return {butir.id: digits for butir in kuesioner.butir}


def decode(values: Any, butir: Butir, aturan: CellRules) -> DecodedColumn:
    """Read one column of answers.

    Integers and integral floats on the scale are levels; None, NaN and pandas' NA are blanks. Everything else
    is wrong unless the rules name it. Nothing is raised here: wrong cells are collected.
    """
    array = values if isinstance(values, np.ndarray) else _to_array(values)
    if array.dtype.kind in "iu":
        return _decode_numbers(array, np.zeros(len(array), dtype=bool), butir, aturan)
    if array.dtype.kind == "f":
        return _decode_numbers(array, np.isnan(array), butir, aturan)
    return _decode_objects(array.tolist() if array.dtype.kind in "OUSb" else list(array), butir, aturan)


def refuse(
    salah: Sequence[WrongCell],
    kuesioner: Kuesioner,
    kolom: Mapping[str, str],
    baris: Sequence[Any] | None,
    tempat: RowPlaces | None = None,
    *,
    lebih: int = 0,
    teks: bool = False,
    bentuk: str | None = None,
    **where: Any,
) -> None:
    """Raise one error that tells all wrong cells together, if there are any.

    ``lebih`` is how many more there are than were kept; ``teks`` whether labels are answers, as in files;
    ``bentuk`` the sentence that a place is told in, where it is neither a file's nor a table's.

    Raises
    ------
    InvalidAnswerError
        With the total and the first places; texts that may be personal are described, not quoted.
    """
    if not salah:
        return
    teks = teks or tempat is not None
    labels = {b.id: b.label for b in kuesioner.butir}
    kind = bentuk or ("sel-berkas" if where else "sel-tabel")
    places = []
    for s in salah[:_SHOWN]:
        column = kolom.get(s.butir, s.butir)
        if tempat is not None:
            row: Any = tempat.cell(column, s.posisi)
            kind = "sel-excel" if tempat.lettered(s.posisi) else "sel-berkas"
        else:
            row = baris[s.posisi] if baris is not None else s.posisi
        shown = describe(s.nilai, labels.get(s.butir, ()))
        places.append(Phrase("galat", kind, {"kolom": column, "baris": row, "isi": shown}))
    columns = tuple(dict.fromkeys(kolom.get(s.butir, s.butir) for s in salah))
    code = "jawaban-tidak-sah"
    if all(_is_zero_or_empty(s.nilai) for s in salah):
        code = "jawaban-nol"
    elif all(isinstance(s.nilai, str) and (not teks or not _NUMBER.fullmatch(s.nilai)) for s in salah):
        code = "jawaban-teks"
    elif teks and _longer_scale(salah, len(kuesioner.nilai)):
        code = "jawaban-skala-lain"
    context: dict[str, Any] = {"banyak": len(salah) + lebih, "kolom_salah": columns, "tempat": places}
    if code == "jawaban-teks" and teks:
        code = "jawaban-label"
        context["label"] = _unknown_labels(salah, kolom)
    raise InvalidAnswerError(code, **context, **where)


def _longer_scale(salah: Sequence[WrongCell], levels: int) -> bool:
    """Tell whether what is wrong are answers of 5 or 6 only, as from a longer scale."""
    values = {str(s.nilai).strip().removesuffix(".0") for s in salah if isinstance(s.nilai, (int, float, str))}
    return len(salah) > 2 and bool(values) and values <= {"5", "6"} - {str(levels)}


def _unknown_labels(salah: Sequence[WrongCell], kolom: Mapping[str, str]) -> list[str]:
    """Return how many different unknown texts each question has; the texts themselves may be personal."""
    texts: dict[str, set[str]] = {}
    for s in salah:
        texts.setdefault(s.butir, set()).add(normalise(s.nilai))
    return [f"{kolom.get(butir, butir)} ({len(found)})" for butir, found in texts.items()]


def describe(value: Any, known: Iterable[str] = ()) -> Phrase:
    """Quote a short number or what is nearly a known label; otherwise only describe it, since it may be personal.

    >>> str(describe(5)), str(describe("Siti Aminah")), str(describe(3573012345678901))
    ('5', 'teks, 11 huruf', 'angka, 16 digit')
    """
    if isinstance(value, (bool, np.bool_)):
        return _quoted(str(value).upper())
    if isinstance(value, (date, time, timedelta)):
        return Phrase("galat", "isi-tanggal")
    text = str(value).strip()
    if not text:
        return Phrase("galat", "isi-kosong")
    number = isinstance(value, (numbers.Number, np.number)) or re.fullmatch(r"[+-]?[\d.,\s]+", text) is not None
    if number and len(text) <= _LONGEST_NUMBER:
        return _quoted(text)
    if number:
        return Phrase("galat", "isi-angka", {"digit": sum(map(str.isdigit, text))})
    key = normalise(text)
    for label in map(normalise, known):
        slips = min(2, len(label) // 3)
        if edit_distance(key, label, slips) <= slips:
            return _quoted(text)
    return Phrase("galat", "isi-teks", {"huruf": len(text)})


def _quoted(text: str) -> Phrase:
    return Phrase("galat", "isi", {"isi": text})


def _to_array(values: Any) -> NDArray[Any]:
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def _decode_numbers(array: NDArray[Any], blank: NDArray[np.bool_], butir: Butir, aturan: CellRules) -> DecodedColumn:
    named = np.zeros(len(array), dtype=bool)
    for value in aturan.kosong:
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            named |= array == value
    with np.errstate(invalid="ignore"):
        good = (array >= 1) & (array <= aturan.levels)
        if array.dtype.kind == "f":
            good &= np.floor(array) == array
    wrong = ~(good | blank | named)
    if not wrong.any() and not blank.any() and not named.any():
        return DecodedColumn(array.astype(np.int8))
    level = np.zeros(len(array), dtype=np.int8)
    level[good] = array[good].astype(np.int8)
    salah = tuple(WrongCell(butir.id, int(i), array[i].item()) for i in np.flatnonzero(wrong))
    return DecodedColumn(level, salah, int((named & ~blank).sum()))


def _decode_objects(items: list[Any], butir: Butir, aturan: CellRules) -> DecodedColumn:
    rules = aturan.teks.get(butir.id, {})
    codes = _codes_at_once(items, rules, aturan)
    if codes is None:
        codes = np.fromiter((_code_of(item, rules, aturan) for item in items), np.int8, len(items))
    wrong = np.flatnonzero(codes == _BAD)
    named = int((codes == _NAMED).sum())
    salah = tuple(WrongCell(butir.id, int(i), items[i]) for i in wrong)
    return DecodedColumn(np.where(codes > 0, codes, BLANK).astype(np.int8), salah, named)


def _codes_at_once(items: list[Any], rules: Mapping[str, int], aturan: CellRules) -> NDArray[np.int8] | None:
    """Read every distinct cell once. None where cells cannot be told apart by value alone (1, TRUE) or not hashed."""
    kinds = set(map(type, items))
    if any(kind in (bool, np.bool_) or kind.__hash__ is None for kind in kinds):
        return None
    try:
        distinct = set(items)
    except TypeError:
        return None
    table = {item: _code_of(item, rules, aturan) for item in distinct}
    return np.fromiter(map(table.__getitem__, items), np.int8, len(items))


def _code_of(item: Any, rules: Mapping[str, int], aturan: CellRules) -> int:
    found = _level_of(item, rules, aturan)
    return _NAMED if found == BLANK and not is_blank(item) else found


def _level_of(item: Any, rules: Mapping[str, int], aturan: CellRules) -> int:
    if is_blank(item) or _named_blank(item, aturan.kosong):
        return BLANK
    if isinstance(item, (bool, np.bool_)):
        return _BAD
    if isinstance(item, (numbers.Real, Decimal)):
        number = float(item)
        return int(number) if number.is_integer() and 1 <= number <= aturan.levels else _BAD
    if isinstance(item, str):
        key = normalise(item)
        if not key and not item.strip():
            return BLANK if aturan.spasi_kosong else _BAD
        if key in rules:
            return rules[key]
        number = _whole_number(item, rules)
        return number if number != _BAD or not aturan.spasi_kosong else _composed(item, rules, aturan.levels)
    return _BAD


_FRONT = re.compile(r"\s*[(\[]?\s*(?P<kode>\d|[a-zA-Z])\s*(?:[)\].:=\-\u2013\u2014]+\s*|\s+)(?P<teks>[^\W\d_].*)")
_BACK = re.compile(r"(?P<teks>.*[^\W\d_])\s*[(\[=:\-\u2013\u2014]\s*(?P<kode>\d)\s*[)\]]?\s*")
_STARS, _HOLLOW = "\u2605\u2b50\U0001f31f", "\u2606"


def _composed(text: str, rules: Mapping[str, int], levels: int) -> int:
    """Return the level of "4 - Sangat sesuai", "d. Gratis", "Mudah (3)", three stars or "3 bintang".

    A digit decides by itself; a letter needs a known label after it. A label that means another level is wrong.
    """
    plain = text.replace("\ufe0f", "").strip()
    marks = plain.replace(" ", "")
    if marks and set(marks) <= set(_STARS + _HOLLOW):
        full = sum(marks.count(star) for star in _STARS)
        whole = len(marks) in (full, levels)
        return full if whole and 1 <= full <= levels else _BAD
    if match := re.fullmatch(r"(?:(\d)\s*(?:bintang|stars?)|bintang\s*(\d))", plain, re.I):
        return rules.get(match[1] or match[2], _BAD)
    match = _FRONT.fullmatch(text) or _BACK.fullmatch(text)
    if match is None:
        return _BAD
    code, label = rules.get(match["kode"].casefold(), _BAD), rules.get(normalise(match["teks"]))
    if label is None:
        return code if match["kode"].isdigit() and not any(c.isdigit() for c in match["teks"]) else _BAD
    return code if code == label else _BAD


def _whole_number(text: str, rules: Mapping[str, int]) -> int:
    """Return the level that "3,0" or "3.00" stands for; numbers kept as text lose nothing but their decimals."""
    match = re.fullmatch(r"\s*(\d+)[.,]0+\s*", text)
    return rules.get(str(int(match[1])), _BAD) if match else _BAD


def _named_blank(item: Any, named: Sequence[Any]) -> bool:
    if isinstance(item, str):
        return any(isinstance(value, str) and value.strip().casefold() == item.strip().casefold() for value in named)
    if isinstance(item, (bool, np.bool_)):
        return False
    return any(not isinstance(value, (str, bool)) and value == item for value in named)


def _is_zero_or_empty(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip() in ("", "0", "0,0", "0.0")
    return type(value) not in (bool, np.bool_) and isinstance(value, numbers.Real) and float(value) == 0
