"""Label sets with a name, for answers outside the official questionnaire; and what is written for "not answered"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from skm.answers.cell_grammar import NO_ANSWER, label_key, level_of_text

_LEGEND = re.compile(r"(?<![^\W_])(\d|[a-i])\s{0,3}[=:\-\u2013.]\s{0,3}([^\W\d_][^\d,;()\[\]/=]{1,60})", re.IGNORECASE)
_RANGE = re.compile(
    r"[(\[]\s?(?:skala|scale|nilai)?\s?1\s?(?:-|\u2013|s\.?[/.]?d\.?|sampai|to)\s?([2-9]|10)\s?[)\]]", re.IGNORECASE
)
_LONGEST = 400


@cache
def label_sets() -> Mapping[str, Mapping[str, int]]:
    """Return name -> `label_key` of a text -> level, for every known set.

    >>> label_sets()["puas"]["kurang puas"], label_sets()["a-terbaik"]["a"]
    (2, 4)
    """
    sets = {name: levels for name, levels in _table().items() if isinstance(levels, list)}
    return {
        name: {
            label_key(text): level
            for level, texts in enumerate(levels, start=1)
            for text in ([texts] if isinstance(texts, str) else texts)
        }
        for name, levels in sets.items()
    }


@cache
def header_sets() -> Mapping[str, Mapping[str, int]]:
    """Return the known sets that may head columns of counts."""
    # A bare code over counts is read by itself; which end is best is then the user's own label.
    return {name: table for name, table in label_sets().items() if max(map(len, table)) > 1}


def abbreviated(texts: Iterable[str], levels: int) -> dict[str, int]:
    """Return text -> level for headers of counts that are abbreviations of one set of labels; nothing for others.

    >>> abbreviated(["SP", "P", "CP", "TP", "Jumlah"], 4)
    {'TP': 1, 'CP': 2, 'P': 3, 'SP': 4}
    >>> abbreviated(["A", "B", "C", "D"], 4), abbreviated(["S.B", "B", "K.B", "T.B"], 4)["S.B"]
    ({}, 4)
    """
    short = {key: text for text in texts if 1 <= len(key := re.sub(r"[\W\d_]", "", text).casefold()) <= 5}
    for shapes in _table()["singkatan"].values():
        for core in short if len(shapes) == levels else ():
            wanted = [shape.replace("{}", core) for shape in shapes]
            if len(core) <= 3 and set(wanted) <= short.keys():
                return {short[key]: level for level, key in enumerate(wanted, start=1)}
    return {}


def set_levels(name: str) -> int:
    """Return how many levels a set has."""
    return max(label_sets()[name].values())


def fitting_sets(texts: Mapping[str, Iterable[str]], rules: Mapping[str, Mapping[str, int]], levels: int) -> list[str]:
    """Return the names of the sets with which every text says a level; sets of more levels need a conversion too.

    Parameters
    ----------
    texts : mapping
        Butir -> the texts that are no answer yet. A set is tried on each beside that question's own labels only.
    rules : mapping
        Butir -> text -> level, as the questionnaire has them.
    """
    wanted = {butir: list(own) for butir, own in texts.items()}
    out = []
    for name, labels in label_sets().items():
        scale = set_levels(name)
        digits = {str(k): k for k in range(1, scale + 1)}
        if max(map(len, labels)) == 1 and not any(c.isalpha() for c in "".join(labels)):
            continue  # digits are no labels that anybody could have meant
        if scale >= levels and all(
            level_of_text(text, {**(rules.get(butir, {}) if scale == levels else digits), **labels}, scale) != NO_ANSWER
            for butir, own in wanted.items()
            for text in own
        ):
            out.append(name)
    return out


def contradicts(text: str, level: int, levels: int) -> bool:
    """Tell whether a text names the best label at a low level, or the worst one at a high level.

    >>> contradicts("1. Sangat Puas", 1, 4), contradicts("4 = Tidak Baik", 4, 4), contradicts("2 - Puas", 2, 4)
    (True, True, False)
    """
    label = label_key(re.sub(r"[^\w\s]|[\d_]", " ", text))
    best, worst = _ends()
    return (level * 2 <= levels and _begins(label, best)) or (level * 2 > levels and _begins(label, worst))


def is_end_label(text: str) -> bool:
    """Tell whether a text is the best or the worst label of a known set.

    >>> is_end_label("Sangat Puas"), is_end_label("S1/D4")
    (True, False)
    """
    best, worst = _ends()
    return _begins(label_key(re.sub(r"[^\w\s]|[\d_]", " ", text)), best | worst)


@lru_cache(maxsize=1024)
def turned_legend(header: str, levels: int) -> tuple[str, ...]:
    """Return the codes from worst to best where a text's own legend has its best label at the low end, else nothing.

    >>> turned_legend("Biaya (1 = Sangat Puas, 4 = Tidak Puas)", 4), turned_legend("Biaya (4: Sangat Baik)", 4)
    (('4', '3', '2', '1'), ())
    >>> turned_legend("Biaya (A = Sangat Baik, D = Tidak Baik)", 4)
    ('d', 'c', 'b', 'a')
    """
    for codes in ("123456789"[:levels], "abcdefghi"[:levels]):
        pairs = [(codes.find(c.casefold()) + 1, text) for c, text in _LEGEND.findall(header[:_LONGEST])]
        if any(level and contradicts(text, level, levels) for level, text in pairs):
            return tuple(reversed(codes))
    return ()


@lru_cache(maxsize=1024)
def longer_legend(header: str, levels: int) -> int:
    """Return how many levels a header says it has where they are more than the scale's, else 0.

    >>> [longer_legend(text, 4) for text in ("Biaya (1-5)", "Biaya [1 = Buruk, 5 = Baik]", "Biaya (1-4)")]
    [5, 5, 0]
    """
    text = header[:_LONGEST]
    said = [int(number) for number in _RANGE.findall(text)]
    codes = {int(code) for code, _ in _LEGEND.findall(text) if code.isdigit()}
    return max((n for n in (*said, *(codes if 1 in codes else ())) if n > levels), default=0)


def _begins(label: str, known: frozenset[str]) -> bool:
    return any(f"{label} ".startswith(f"{one} ") for one in known)


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return the labels that are the best in every set that has them, and those that are the worst in one."""
    places: dict[str, set[int]] = {}
    for name, labels in label_sets().items():
        top = set_levels(name)
        for text, level in labels.items():
            if len(text) > 3:
                places.setdefault(text, set()).add(1 if level == top else -1 if level == 1 else 0)
    return frozenset(t for t, at in places.items() if at == {1}), frozenset(t for t, at in places.items() if -1 in at)


def looks_missing(value: Any) -> bool:
    """Tell whether a value is what offices and programs write where a question was not answered.

    >>> looks_missing(-1), looks_missing("99"), looks_missing(" TT "), looks_missing("Siti")
    (True, True, True, False)
    """
    if isinstance(value, bool):
        return False
    text = str(value).strip().casefold()
    return not _missing().isdisjoint({text, text.removesuffix(".0").removesuffix(",0"), label_key(text)})


@cache
def _missing() -> frozenset[str]:
    table = _table()["tidak-menjawab"]
    return frozenset({*table["teks"], *map(str, table["angka"])})


@cache
def _table() -> Mapping[str, Any]:
    source = resources.files("skm").joinpath("data", "label.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
