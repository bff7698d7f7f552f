"""Free text of respondents: grouped by unsur by the words in it, with persons taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skm.basics.words import normalise
from skm.report.material.clean_text import clean
from skm.report.material.redactor import without_persons
from skm.stats._suggestion_words import unsur_patterns, unsur_words

_COLUMN = re.compile(r"\b(saran|kritik|masukan|keluhan|aduan|komentar|pesan|harapan)\b")
_PERSON = re.compile(r"\b(nama|nik|no ktp|nomor ktp|telepon|telp|hp|whatsapp|wa|email|e mail|surel|alamat|username)\b")
_NOTHING = {
    "",
    "tidak ada",
    "tidak",
    "tdk ada",
    "tdk",
    "nihil",
    "kosong",
    "belum ada",
    "tak ada",
    "ga ada",
    "gak ada",
    "no",
    "none",
    "n a",
}


@dataclass(frozen=True, slots=True)
class Saran:
    """What was said about one unsur: ``unsur`` is its id, "" for remarks that belong to none.

    ``dikutip`` are the remarks that a person read and ticked, in the words that person left: a report quotes no
    others. ``suntingan`` are pairs of a remark and its other words; ``tambahan`` were added by hand, and not counted.
    """

    unsur: str
    isi: tuple[str, ...]
    dikutip: tuple[str, ...] = ()
    suntingan: tuple[tuple[str, str], ...] = ()
    tambahan: tuple[str, ...] = ()

    def shown(self, text: str) -> str:
        """Return a remark in the words that a person gave it, if any."""
        return dict(self.suntingan).get(text, text)


def collect(columns: Mapping[str, Sequence[Any]], people: Iterable[Any], unsur: Sequence[str]) -> tuple[Saran, ...]:
    """Group the remarks by unsur, in the survey's order, general remarks last.

    Parameters
    ----------
    columns : mapping
        Header -> cells of the columns with free text.
    people : iterable
        Cells of columns that hold names; their words are taken out of the remarks.
    unsur : sequence of str
        Unsur of the survey.
    """
    names = _names(people)
    grouped: dict[str, dict[str, str]] = {}
    for cells in columns.values():
        for cell in cells:
            text = clean(cell) if isinstance(cell, str) else ""
            if normalise(text) in _NOTHING or not re.search(r"[^\W\d_]{2}", text):
                continue
            told = without_persons(" ".join(text.split()), names)
            key = about(told)
            grouped.setdefault(key if key in unsur else "", {}).setdefault(normalise(told), told)
    order = [*unsur, ""]
    return tuple(Saran(key, tuple(grouped[key].values())) for key in order if key in grouped)


def is_remark_column(header: str) -> bool:
    """Tell whether a header asks for free remarks."""
    key = normalise(header)
    return bool(_COLUMN.search(key)) and not is_person_column(header)


def is_person_column(header: str) -> bool:
    """Tell whether a column holds persons: names, numbers, addresses."""
    return bool(_PERSON.search(normalise(header)))


def about(text: str) -> str:
    """Return the unsur that the words of a remark point to, or "" where none or several do equally.

    >>> about("Antrenya lama sekali"), about("Terima kasih")
    ('waktu', '')
    """
    key = normalise(text)
    hits = {unsur: len(pattern.findall(key)) for unsur, pattern in unsur_patterns().items()}
    most = max(hits.values(), default=0)
    leaders = [unsur for unsur, count in hits.items() if count == most]
    return leaders[0] if most and len(leaders) == 1 else ""


def _names(people: Iterable[Any]) -> frozenset[str]:
    """Return the words of names; short ones and common words would take out too much."""
    words = {w.casefold() for cell in people if isinstance(cell, str) for w in re.findall(r"[^\W\d_][\w'’]+", cell)}
    common = {w for texts in unsur_words().values() for text in texts for w in text.split()}
    return frozenset(w for w in words if len(w) > 3 and w not in common)
