"""From cells to levels: what may stand in an answer column, and what to say about what may not."""

from __future__ import annotations

import json
import numbers
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.answers import column as larik
from skm.answers.cell_grammar import NO_ANSWER, label_key, level_of_number, level_of_text
from skm.answers.label_sets import contradicts, fitting_sets, looks_missing, set_levels
from skm.answers.place import RowPlaces
from skm.basics.errors import InvalidAnswerError
from skm.basics.messages import Phrase
from skm.basics.words import edit_distance, normalise
from skm.regulasi._kuesioner import Butir, Kuesioner

BLANK = 0
is_blank = larik.is_blank
_BAD = NO_ANSWER
_NAMED = -2
_SHOWN = 8
_FEW = 3  # places shown where headers are whole questions
_LONG_HEADER, _WORDS = 40, 4
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
        Butir id -> `label_key` of a text -> level. Empty for bare frames, where text is refused.
    kosong : tuple
        Values that the caller named as "not answered", e.g. (0, "").
    spasi_kosong : bool
        Whether a text of spaces only is a blank, as in files.
    """

    levels: int
    teks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    kosong: tuple[Any, ...] = ()
    spasi_kosong: bool = False

    def plain(self, butir: str) -> bool:
        """Tell whether the numbers 1..levels are the levels themselves, as they are unless a map turns them."""
        rules = self.teks.get(butir)
        numbers = [text for text in rules or () if text.isdecimal() and len(text) < 10]
        digits = {int(text): rules[text] for text in numbers} if rules else {}
        return not rules or digits == {level: level for level in range(1, self.levels + 1)}


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
    return {butir: dict(rules) for butir, rules in _text_rules(kuesioner).items()}


@lru_cache(maxsize=64)
def _text_rules(kuesioner: Kuesioner) -> dict[str, dict[str, int]]:
    common = _digits(kuesioner)
    common |= {letter: level for level, letter in enumerate(kuesioner.huruf, start=1)}
    meaning = {label_key(text): level for level, text in enumerate(kuesioner.makna, start=1)}
    rules = {}
    for butir in kuesioner.butir:
        labels = {label_key(label): level for level, label in enumerate(butir.label, start=1)}
        rules[butir.id] = meaning | labels | common
    return rules


def _digits(kuesioner: Kuesioner) -> dict[str, int]:
    """Return the numbers that stand for the levels: 1, 2, 3, 4, or 25, 50, 75, 100 or 0, 1, 2, 3 under a conversion."""
    if not kuesioner.angka:
        return {str(level): level for level in range(1, len(kuesioner.nilai) + 1)}
    numbers = {str(number): level for level, number in enumerate(kuesioner.angka, start=1)}
    if kuesioner.angka[0] == 0:  # no shares of a hundred
        return numbers
    return numbers | {label_key(f"{number}%"): level for number, level in numbers.items()}


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


def is_answer(value: Any, butir: str, aturan: CellRules) -> bool:
    """Tell whether a single cell is an answer."""
    return _level_of(value, aturan.teks.get(butir, {}), aturan) > BLANK


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
    places, fields = [], []
    short = _short_names(salah, kolom, tempat)
    for s in salah[: _SHOWN if all(len(name) <= _LONG_HEADER for name in kolom.values()) else _FEW]:
        column = kolom.get(s.butir, s.butir)
        if tempat is not None:
            row: Any = tempat.cell(column, s.posisi)
            kind = "sel-excel" if tempat.lettered(s.posisi) else "sel-berkas"
        else:
            row = baris[s.posisi] if baris is not None else s.posisi
        fields.append(_fields(column, s.posisi, baris, tempat))
        shown = describe(s.nilai, labels.get(s.butir, ()))
        places.append(Phrase("galat", kind, {"kolom": short[s.butir], "baris": row, "isi": shown}))
    columns = tuple(dict.fromkeys(short[s.butir] for s in salah))
    context: dict[str, Any] = {"banyak": len(salah) + lebih, "kolom_salah": columns, "tempat": places, "lokasi": fields}
    code, more = _what_is_wrong(salah, kuesioner, short, teks=teks)
    raise InvalidAnswerError(code, **context, **more, **where)


def _short_names(salah: Sequence[WrongCell], kolom: Mapping[str, str], tempat: RowPlaces | None) -> dict[str, str]:
    """Return butir -> its column as a message calls it: a whole question by its letter or by what tells it apart."""
    names = {s.butir: kolom.get(s.butir, s.butir) for s in salah}
    long = {butir: name for butir, name in names.items() if len(name) > _LONG_HEADER}
    questions = [name.split() for name in long.values()]
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*questions, strict=False))
    shared = sum(1 for _ in alike) if len(long) > 1 else 0
    letters = tempat.bagian[0].huruf if tempat is not None and len(tempat.bagian) == 1 else {}
    for butir, name in long.items():
        words = name.split()[shared:]
        told = " ".join(words[:_WORDS])[:_LONG_HEADER] + (" ..." if len(words) > _WORDS else "")
        names[butir] = letters.get(name) or (f"... {told}" if shared else told)
    return names


def _fields(column: str, position: int, rows: Sequence[Any] | None, tempat: RowPlaces | None) -> dict[str, str]:
    """Return where a cell stands, as fields for programs."""
    if tempat is None:
        row = rows[position] if rows is not None else position
        return {"baris": str(row), "kolom": column}
    berkas, lembar, nomor = tempat.id(position)
    found = {"berkas": berkas, "lembar": lembar, "baris": str(nomor), "kolom": column}
    if tempat.lettered(position):
        found["sel"] = str(tempat.cell(column, position)).rpartition(" ")[2]
    return {key: str(value) for key, value in found.items() if value}


def _what_is_wrong(
    salah: Sequence[WrongCell], kuesioner: Kuesioner, kolom: Mapping[str, str], *, teks: bool
) -> tuple[str, dict[str, Any]]:
    """Return the code of the error that names the remedy for these very cells, and what it needs to say it."""
    levels = len(kuesioner.nilai)
    if all(_is_zero_or_empty(s.nilai) for s in salah):
        return "jawaban-nol", {}
    if all(_is_zero_or_empty(s.nilai) or looks_missing(s.nilai) for s in salah):
        often = Counter(str(s.nilai).strip().removesuffix(".0") for s in salah)
        written = [
            text if isinstance(_as_value(text), float) else json.dumps(text, ensure_ascii=False) for text in often
        ]
        told = {"kode": [f"{text} ({many})" for text, many in often.items()], "nilai": written}
        return "jawaban-kode-kosong", told | {"opsi": [f"--nilai-kosong{_shell(text)}" for text in often]}
    # Codes for "not answered" beside something else are asked about once that is settled.
    salah = [s for s in salah if not (_is_zero_or_empty(s.nilai) or looks_missing(s.nilai))]
    if not kuesioner.angka and {_as_value(str(s.nilai).removesuffix("%").strip()) for s in salah} <= _hundred(levels):
        return "jawaban-seratus", {"contoh": sorted(int(v) for v in _hundred(levels))}
    if all(isinstance(s.nilai, str) and (not teks or not _NUMBER.fullmatch(s.nilai)) for s in salah):
        if not teks:
            return "jawaban-teks", {}
        labels = {"label": _unknown_labels(salah, kolom)}
        rules = text_rules(kuesioner)
        common = {k: v for table in rules.values() for k, v in table.items()}
        if any(_turned(str(s.nilai), int(d), common, levels) for s in salah for d in re.findall(r"[1-9]", s.nilai)[:1]):
            return "jawaban-terbalik", labels
        texts: dict[str, set[str]] = {}
        for s in salah:
            if not looks_missing(s.nilai):
                texts.setdefault(s.butir, set()).add(str(s.nilai))
        sets = fitting_sets(texts, rules, levels)
        same = [name for name in sets if set_levels(name) == levels]
        if same or not sets:
            return ("jawaban-label-set" if same else "jawaban-label"), labels | {"rangkaian": same}
        return "jawaban-label-panjang", labels | {"rangkaian": sets, "banyak_tingkat": set_levels(sets[0])}
    return ("jawaban-skala-lain" if teks and _longer_scale(salah, levels) else "jawaban-tidak-sah"), {}


def _hundred(levels: int) -> set[float]:
    """Return the levels as they are stored on a scale of a hundred: 25, 50, 75, 100."""
    return {float(100 * k // levels) for k in range(1, levels + 1)}


def _shell(text: str) -> str:
    """Return a value as it is typed behind its option; one that looks like an option itself behind an equals sign."""
    quoted = text if re.fullmatch(r"-?\w+", text) else f'"{text}"'
    return f"={quoted}" if text.startswith("--") else f" {quoted}"


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
    for value in map(_as_value, aturan.kosong):
        if isinstance(value, float):
            named |= array == value
    if not aturan.plain(butir.id):
        return _decode_objects([None if b else v for v, b in zip(array.tolist(), blank, strict=True)], butir, aturan)
    with np.errstate(invalid="ignore"):
        good = (array >= 1) & (array <= aturan.levels)
        if array.dtype.kind == "f":
            good &= np.floor(array) == array
    good &= ~named
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
    if bool in kinds or np.bool_ in kinds or any(kind.__hash__ is None for kind in kinds):
        return None
    try:
        distinct = set(items)
    except TypeError:
        return None
    if kinds == {int} and not aturan.kosong:
        table = {item: level_of_number(float(item), rules, aturan.levels) or _NAMED for item in distinct}
    else:
        table = {item: _code_of(item, rules, aturan) for item in distinct}
    return np.fromiter(map(table.__getitem__, items), np.int8, len(items))


def _code_of(item: Any, rules: Mapping[str, int], aturan: CellRules) -> int:
    found = _level_of(item, rules, aturan)
    return _NAMED if found == BLANK and not is_blank(item) else found


def _level_of(item: Any, rules: Mapping[str, int], aturan: CellRules) -> int:
    if type(item) is int and not aturan.kosong:  # most cells of most files
        return level_of_number(float(item), rules, aturan.levels)
    if is_blank(item) or _named_blank(item, aturan.kosong):
        return BLANK
    if isinstance(item, (bool, np.bool_)):
        return _BAD
    if isinstance(item, (int, float, numbers.Real, Decimal)):  # the usual kinds first
        return level_of_number(float(item), rules, aturan.levels)
    if isinstance(item, str):
        if not item.strip():
            return BLANK if aturan.spasi_kosong else _BAD
        level = level_of_text(item, rules, aturan.levels)
        return _BAD if _turned(item, level, rules, aturan.levels) else level
    return _BAD


def _turned(text: str, level: int, rules: Mapping[str, int], levels: int) -> bool:
    """Tell whether number and label of one text contradict each other, and nobody said what the whole text means."""
    mixed = level > BLANK and len(text) > 3 and any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    return mixed and label_key(text) not in rules and contradicts(text, level, levels)


def _named_blank(item: Any, named: Sequence[Any]) -> bool:
    return bool(named) and not isinstance(item, (bool, np.bool_)) and _as_value(item) in map(_as_value, named)


def _as_value(value: Any) -> Any:
    """Return a value so that 0, "0", 0.0 and "0,0" are one; other texts without case and outer spaces."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, (numbers.Real, Decimal, np.number)):
        return float(value)
    text = str(value).strip().casefold()
    if re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?", text):
        return float(text.replace(",", "."))
    return text


def _is_zero_or_empty(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip() in ("", "0", "0,0", "0.0")
    return type(value) not in (bool, np.bool_) and isinstance(value, numbers.Real) and float(value) == 0
