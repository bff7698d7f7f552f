"""The levels of a characteristic: their order, the names people read, and spellings that mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from skm.answers.ages import NO_GROUP, OUTSIDE, check_bins, parse_bin, rank, unusual
from skm.answers.cells import is_blank
from skm.answers.level_order import beside, own_order, parts_of
from skm.basics import messages
from skm.basics.numbers import LANGS
from skm.basics.values import Finding
from skm.basics.words import edit_distance, normalise
from skm.regulasi._kuesioner import Ciri, KelompokUsia

_AREA = "profil"
_SHOWN = 10
_SPECIAL = {OUTSIDE: "di-luar-kewajaran", NO_GROUP: "tanpa-kelompok"}


@dataclass(frozen=True, slots=True)
class ArrangedLevel:
    """One row: the level as the data have it (None: not filled in), its names, and which groups make it up."""

    tingkat: Any
    nama: Mapping[str, str]
    posisi: tuple[int, ...]


def arrange(
    key: str, labels: Sequence[Any], counts: Sequence[int], ciri: Ciri | None, given: Sequence[Any] | None = None
) -> tuple[list[ArrangedLevel], list[Finding]]:
    """Put the levels met in data in order; every group comes back in exactly one row.

    The order is that of ``given``; else of the questionnaire or of ages; else the one in which the labels come.
    Blanks are the last row. Two spellings of one level stay two rows, and are told.
    """
    blank: list[int] = []
    where: dict[Any, list[int]] = {}
    for i, label in enumerate(labels):
        (blank if is_blank_level(label) else where.setdefault(label, [])).append(i)
    arti = Meanings(ciri)
    levels = list(where)
    alike: dict[Hashable, list[Any]] = {}
    for level in levels:
        alike.setdefault(arti.meaning(level), []).append(level)
    notes: list[Finding] = []
    rows: list[ArrangedLevel] = []
    rest = _in_order(levels, arti)
    if given is not None:
        matched = _match(given, alike, arti)
        taken = set(matched.values())
        rest = [level for level in rest if level not in taken]
        for position, name in enumerate(given):
            groups = where[matched[position]] if position in matched else []
            rows.append(ArrangedLevel(matched.get(position, name), arti.names(name, _text(name)), tuple(groups)))
        notes += _outsiders(key, rest, [name for i, name in enumerate(given) if i not in matched], arti)
    for level in rest:
        alone = len(alike[arti.meaning(level)]) == 1
        rows.append(ArrangedLevel(level, arti.names(level) if alone else _same(_text(level)), tuple(where[level])))
    if blank:
        rows.append(ArrangedLevel(None, _translated("tidak-diisi"), tuple(blank)))
    doubled = [" = ".join(f'"{_text(level)}"' for level in group) for group in alike.values() if len(group) > 1]
    if doubled:
        notes.append(Finding("ejaan-berbeda", "catatan", _AREA, {"karakteristik": key, "ejaan": doubled[:_SHOWN]}))
    if arti.usia:
        notes += _about_ages(levels, given, arti.kelompok)
        notes += unusual({level: sum(counts[i] for i in where[level]) for level in levels})
    return rows, notes


class Meanings:
    """What the spellings of a characteristic's levels mean."""

    def __init__(self, ciri: Ciri | None) -> None:
        self.tingkat = () if ciri is None else ciri.tingkat
        self.kelompok = () if ciri is None else ciri.kelompok
        self.usia = ciri is not None and (ciri.id == "usia" or bool(ciri.kelompok))
        self._known: dict[tuple[str, ...], int] = {}
        for position, tingkat in enumerate(self.tingkat):
            for name in (tingkat.nama, tingkat.en, *tingkat.sinonim):
                if name:
                    self._known.setdefault(_fold(name), position)

    def place(self, level: Any) -> Any:
        """Return where the level stands in the questionnaire or among ages; None where it is known in neither."""
        return rank(level, self.kelompok) if self.usia else self._known.get(_fold(level))

    def order(self, level: Any) -> Any:
        """Return what to sort the level by: its place, or that of the known levels it is put together from.

        "D1-D2-D3", "SLTA/SMA", "SD ke bawah" and "S2 ke atas" have the place of their lowest part; None where a part
        is not known.
        """
        place = self.place(level)
        if place is not None or self.usia or not self._known:
            return place if self.usia or place is None else (place, 1)
        places = [self._known.get(_fold(part)) for part in parts_of(_text(level))]
        if not places or None in places:
            return None
        return min(p for p in places if p is not None), beside(_text(level))

    def meaning(self, level: Any) -> Hashable:
        """Return a key that two spellings of one level share."""
        place = self.place(level)
        return _fold(level) if place is None else ("", place)

    def special(self, level: Any) -> bool:
        """Tell whether the level is one that binning of ages adds."""
        return self.usia and level in _SPECIAL

    def names(self, level: Any, written: str | None = None) -> dict[str, str]:
        """Return the level's names: the office's own words in Indonesian, but L and P, and mere case, in full."""
        if self.special(level):
            return _translated(_SPECIAL[level])
        fold = _fold(level)
        position = self._known.get(fold)
        if position is None:
            return _same(written or _text(level).strip())
        tingkat = self.tingkat[position]
        official = len(fold[0]) == 1 or fold == _fold(tingkat.nama)
        shown = written or (tingkat.nama if official else _text(level).strip())
        return {"id": shown, "en": tingkat.en or shown}


def _in_order(levels: Sequence[Any], arti: Meanings) -> list[Any]:
    """Order levels by the questionnaire or by age where all are known there.

    An alphabet says nothing about order: where most levels are known and the labels come sorted, the known ones
    go first and the others follow.
    """
    places = {level: place for level in levels if (place := arti.order(level)) is not None}
    if not places and (own := own_order(levels, _text)):
        return own
    as_sorted = list(levels) == sorted(levels, key=_alphabet)
    if len(places) < len(levels) and not (as_sorted and 2 * len(places) > len(levels)):
        return list(levels)
    return [*sorted(places, key=lambda level: places[level]), *(level for level in levels if level not in places)]


def _match(given: Sequence[Any], alike: Mapping[Hashable, Sequence[Any]], arti: Meanings) -> dict[int, Any]:
    """Return position in ``given`` -> level of the data: the same text, else the only one that means the same."""
    by_text: dict[str, Any] = {}
    for group in alike.values():
        for level in group:
            by_text.setdefault(_text(level), level)
    wanted = Counter(arti.meaning(name) for name in given)
    matched: dict[int, Any] = {}
    for i, name in enumerate(given):
        same = alike.get(arti.meaning(name), ())
        if _text(name) in by_text:
            matched[i] = by_text[_text(name)]
        elif len(same) == 1 and wanted[arti.meaning(name)] == 1:
            matched[i] = same[0]
    return matched


def _outsiders(key: str, rest: Sequence[Any], spare: Sequence[Any], arti: Meanings) -> list[Finding]:
    """Return the note about levels that the caller's list does not name, with what they may be a slip of."""
    outside = [level for level in rest if not arti.special(level)]
    if not outside:
        return []
    shown = []
    for level in outside[:_SHOWN]:
        # SLTA is not a slip of SLTP: both are known.
        others = [name for name in spare if arti.place(level) is None or arti.place(name) is None]
        near = next((_text(name) for name in others if _near(level, name)), None)
        shown.append(f"{_text(level)} ({near}?)" if near else _text(level))
    evidence = {"karakteristik": key, "banyak": len(outside), "tingkat": shown}
    return [Finding("tingkat-di-luar-daftar", "catatan", _AREA, evidence)]


def _near(a: Any, b: Any) -> bool:
    left, right = normalise(_text(a)), normalise(_text(b))
    same_digits = re.findall(r"\d+", left) == re.findall(r"\d+", right)
    return same_digits and min(len(left), len(right)) > 4 and edit_distance(left, right, 2) <= 2


def _about_ages(levels: Sequence[Any], given: Sequence[Any] | None, kelompok: Sequence[KelompokUsia]) -> list[Finding]:
    """Check the age groups that the labels name; nothing to check where some labels are no groups."""
    by_name = {k.nama: k for k in kelompok}
    spans: dict[tuple[int | None, int | None], KelompokUsia] = {}
    for level in [*(given or ()), *levels]:
        if level in _SPECIAL:
            continue
        found = (by_name.get(level) or parse_bin(level)) if isinstance(level, str) else None
        if found is None:
            return []
        spans.setdefault((found.dari, found.hingga), found)
    return list(check_bins(list(spans.values()), complete=given is not None))


def _same(name: str) -> dict[str, str]:
    return {lang: name for lang in LANGS}  # noqa: C420


def _translated(code: str) -> dict[str, str]:
    return {lang: messages.text(_AREA, code, lang) for lang in LANGS}


def _fold(level: Any) -> tuple[str, ...]:
    """Fold a spelling; signs that carry the meaning stay ("< 1 juta" is not "> 1 juta", -5 is not 5)."""
    return _folded(_text(level))


@lru_cache(maxsize=4096)
def _folded(written: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKC", written).strip()
    return normalise(text) or text.casefold(), *re.findall(r"[<>\u2264\u2265=+%]|^-(?=\d)", text)


def _text(level: Any) -> str:
    if isinstance(level, float) and level.is_integer():
        return str(int(level))
    return str(level)


def is_blank_level(label: Any) -> bool:
    """Tell whether nobody filled the level in."""
    return is_blank(label) or (isinstance(label, str) and not label.strip())


def _alphabet(level: Any) -> tuple[int, Any, str]:
    return (0, level, "") if isinstance(level, (int, float)) else (1, str(level).casefold(), str(level))
