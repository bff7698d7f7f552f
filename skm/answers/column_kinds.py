"""Columns that are neither answers nor characteristics: time stamps, suggestions, personal data, quiz points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from skm.basics.words import normalise, remembered

# What the cells of a column look like: answers, a choice among few texts, dates, personal codes, free text, numbers.
# "tertutup" is what nobody may look into: it could be anything.
Jenis = Literal["jawaban", "pilihan", "tanggal", "pribadi", "teks", "angka", "kosong", "tertutup"]
# What a question of the survey can look like.
ANSWERING: tuple[Jenis, ...] = ("jawaban", "pilihan", "kosong", "tertutup")
_FIRST_YEAR = 1000  # numbers below it name no year and, as days of a spreadsheet, none that a survey has


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """What stands in a column: its kind, its distinct values as far as looked at, how many cells of choices."""

    jenis: Jenis
    nilai: tuple[Any, ...] = ()
    banyak: int = 0


Pandang = Callable[[str], ColumnLook]


def unseen(_: str) -> ColumnLook:
    """Return the look of a column that nobody may look into."""
    return ColumnLook("tertutup")


@dataclass(frozen=True, slots=True)
class OtherColumns:
    """Columns that are not answers, by what they are."""

    tanggal: str | None = None
    saran: str | None = None
    pribadi: tuple[str, ...] = ()
    kuis: tuple[str, ...] = ()


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the lists of headers, normalised (the quiz patterns as they are)."""
    raw = tomllib.loads(resources.files("skm").joinpath("data", "kolom.toml").read_text(encoding="utf-8"))
    return {key: tuple(v if key == "kuis" else normalise(v) for v in values) for key, values in raw.items()}


def sort_out(columns: Sequence[str], isi: Pandang | None = None) -> OtherColumns:
    """Find the columns of each kind; where cells can be looked at they have a say."""
    known = lists()
    quiz = tuple(c for c in columns if is_quiz(c))
    points = set(quiz)
    personal = tuple(c for c in columns if c not in points and (is_personal(c) or _looks_personal(c, isi)))
    passed = {*quiz, *personal}
    rest = [(c, normalise(c)) for c in columns if c not in passed]
    dates = [
        c
        for name in (*known["tanggal"], *known["tanggal_lemah"])
        for c, key in rest
        if key == name and _may_be_date(c, isi)
    ]
    if not dates and isi is not None:
        dates = [c for c, key in rest if isi(c).jenis == "tanggal" and key not in known["baris_batal"]]
    remarks = [c for name in known["saran"] for c, key in rest if key == name]
    return OtherColumns(dates[0] if dates else None, remarks[0] if remarks else None, personal, quiz)


@remembered
def is_identity(column: str) -> bool:
    """Tell whether a header numbers or stamps the rows, so that nobody need understand it as an answer."""
    key = normalise(column)
    return key in lists()["identitas"] or key in lists()["tanggal"]


def is_listed(column: str) -> bool:
    """Tell whether a header is one of those that announce a date or a suggestion."""
    key, known = normalise(column), lists()
    return any(key in known[kind] for kind in ("tanggal", "tanggal_lemah", "saran"))


@remembered
def is_quiz(column: str) -> bool:
    """Tell whether a header is points or feedback that a form adds to each question.

    >>> is_quiz("Bagaimana kecepatan pelayanan? [Skor]"), is_quiz("Points - Waktu")
    (True, True)
    """
    return any(re.search(pattern, column.strip().casefold()) for pattern in lists()["kuis"])


@remembered
def is_personal(column: str) -> bool:
    """Tell whether a header announces names, numbers of persons or addresses.

    >>> is_personal("Nama Lengkap"), is_personal("Nama Layanan"), is_personal("No. HP/WA")
    (True, False, True)
    """
    key = f" {normalise(column)} "
    if not any(f" {word} " in key for word in lists()["pribadi"]):
        return False
    return not any(f" {word} " in key for word in lists()["bukan_pribadi"])


def personal_kind(values: Sequence[Any]) -> bool:
    """Tell whether most values are identity numbers, telephone numbers or e-mail addresses."""
    texts = [str(v).strip() for v in values if v is not None]
    if len(texts) < 3:
        return False
    return sum(1 for t in texts if _PERSONAL.fullmatch(t)) * 2 > len(texts)


_PERSONAL = re.compile(r"\d{16}|(?:\+?62|0)[ -]?8[\d -]{7,13}|8\d{8,11}|[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")


_NUMBER_OF_PERSON = re.compile(r"\d[\d .-]{7,}\d|[^@\s]@[^@\s]{1,250}?\.\w{2}|\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b")


_YEARS = re.compile(
    r"\b(?:19|20)\d\d ?[-/\u2013] ?(?:19|20)\d\d\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b"
)


def holds_person(text: str) -> bool:
    """Tell whether a text holds a NIK, a telephone or account number, an e-mail address or a plate.

    >>> holds_person("NIK 3302123456780001"), holds_person("AB 1234 CD"), holds_person("Umur 20-29")
    (True, True, False)
    >>> holds_person("NRR 2024-2025"), holds_person("Survei 01-07-2026")
    (False, False)
    """
    return _NUMBER_OF_PERSON.search(_YEARS.sub(" ", text)) is not None


@lru_cache(maxsize=1024)
def shown_header(name: str, letter: str, position: int) -> str:
    """Return a header as it may be shown: one that holds a person's number by its place.

    >>> shown_header("081234567890", "D", 3), shown_header("Umur", "C", 2)
    ('kolom D', 'Umur')
    """
    return f"kolom {letter or position + 1}" if holds_person(name) else name


_BARE = re.compile(r"\d{1,3}(?:[.,]\d+)?|[a-dA-D](?:\.\d+)?")
_LEVEL = re.compile(r"[1-6](?:[.,]\d+)?|[a-dA-D]|25|50|75|100")


def shown_headers(names: Sequence[str]) -> list[str]:
    """Return headers as they may be shown; by place where the header row seems to be a respondent.

    >>> shown_headers(["Siti", "081234567890", "4", "3", "4.1"])[:2]
    ['kolom 1', 'kolom 2']
    """
    bare = sum(1 for name in names if _BARE.fullmatch(name.strip()))
    if bare >= 3 and bare * 3 >= len(names):
        return [f"kolom {i}" for i in range(1, len(names) + 1)]
    return [shown_header(name, "", i) for i, name in enumerate(names)]


def is_headless(names: Sequence[str], labels: frozenset[str] = frozenset()) -> bool:
    """Tell whether what stands in the place of headers are a respondent's own answers.

    Rows that only number the columns are none; libraries number names that occur twice ("4.1").

    >>> is_headless(["1", "Siti", "3", "4", "3.1", "4.1", "2"]), is_headless(["1", "2", "3", "4", "5", "6"])
    (True, False)
    """
    every = {name.strip() for name in names}
    heads = {name: re.sub(r"(?:\.\d+| \(\d+\))$", "", name) for name in every}
    plain = [heads[n] if heads[n := name.strip()] in every else n for name in names]
    answers = [text for text in plain if _LEVEL.fullmatch(text) or normalise(text) in labels]
    counting = [n.strip() for n in names if n.strip().isdigit()]
    if counting == [str(i) for i in range(1, len(counting) + 1)] and len(counting) >= len(answers):
        return False
    return len(answers) >= 5 and len(answers) * 3 >= len(names)


def _looks_personal(column: str, isi: Pandang | None) -> bool:
    return isi is not None and isi(column).jenis == "pribadi"


def _may_be_date(column: str, isi: Pandang | None) -> bool:
    if isi is None:
        return True
    look = isi(column)
    if look.jenis == "angka" and look.nilai and max(look.nilai) < _FIRST_YEAR:
        return False  # the number of a month or a day names no date
    return look.jenis in ("tanggal", "kosong", "angka", "teks", "pilihan", "tertutup")
