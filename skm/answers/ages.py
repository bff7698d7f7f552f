"""Age groups as data: ages into groups, groups read from printed labels, holes and overlaps between them.

The regulation wants respondents compiled by age group and prints no groups, so every office has its own.
"""

from __future__ import annotations

import dataclasses
import math
import numbers
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from skm.answers.column import holds_nothing
from skm.answers.understand import Reading
from skm.basics.values import Finding
from skm.regulasi._kuesioner import KelompokUsia

# A respondent fills in the questionnaire; ages outside these are slips of the pen. Convention of this package.
YOUNGEST, OLDEST = 5, 120
OUTSIDE = "di luar kewajaran"
NO_GROUP = "tanpa kelompok"
_AREA = "profil"


def bin_ages(values: Iterable[Any], kelompok: Sequence[KelompokUsia]) -> list[Any]:
    """Return the name of the age group of every value; nothing is dropped.

    Parameters
    ----------
    values : iterable
        Ages in years, as numbers or as text ("23", "23,5", "23 th"). Fractions of a year are cut off: who is
        23.9 is 23. Other text is an age group already and comes back as it is.
    kelompok : sequence of KelompokUsia
        Where groups overlap, the first that holds the age counts; `check_bins` tells.

    Returns
    -------
    list
        Names of groups, `OUTSIDE` for ages below `YOUNGEST` or above `OLDEST` years, `NO_GROUP` for ages that
        no group holds, None for blanks.

    Examples
    --------
    >>> muda = KelompokUsia("< 20 th", None, 19)
    >>> bin_ages([19.5, "23", -41, None, "20-29"], [muda])
    ['< 20 th', 'tanpa kelompok', 'di luar kewajaran', None, '20-29']
    """
    known: dict[tuple[type, Any], Any] = {}
    out: list[Any] = []
    for value in values:
        if holds_nothing(value):
            out.append(None)
            continue
        key = (type(value), value)
        if key not in known:
            age = _age(value)
            known[key] = value if age is None else _group(age, kelompok)
        out.append(known[key])
    return out


def with_age_groups(bacaan: Reading, column: str, kelompok: Sequence[KelompokUsia]) -> tuple[Reading, list[Finding]]:
    """Return a reading whose age column holds group names, with the notes about it.

    A column without numbers, or with nothing but the codes 1 to 9, comes back as it was. Grouping by the new
    column keeps the order of ``kelompok``.
    """
    counted = bacaan.tabel.counted(column)
    values = list(counted)
    ages = [age for value in values if not holds_nothing(value) and (age := _age(value)) is not None]
    if not ages:
        return bacaan, []
    if all(1 <= age <= 9 for age in ages):
        span = {"dari": min(ages), "hingga": max(ages)}
        return bacaan, [Finding("usia-kode", "catatan", _AREA, span)]
    labels = dict(zip(values, bin_ages(values, kelompok), strict=True))
    order = age_order(labels.values(), kelompok)
    tabel = bacaan.tabel.recoded(column, labels, order)
    often: Counter[Any] = Counter()
    for value, label in labels.items():
        often[label] += counted[value] if label is not None else 0
    notes = [*check_bins(kelompok), *unusual(often)]
    return dataclasses.replace(bacaan, tabel=tabel), notes


def age_order(labels: Iterable[Any], kelompok: Sequence[KelompokUsia]) -> list[Any]:
    """Return the names of all groups in order, then the other labels in which an age column may end up."""
    names = [k.nama for k in kelompok]
    others = {label for label in labels if label is not None} - {*names, OUTSIDE, NO_GROUP}
    placed = sorted(others, key=lambda label: (rank(label, kelompok) or (OLDEST, 0), str(label)))
    return [*names, *placed, NO_GROUP, OUTSIDE]


def check_bins(kelompok: Sequence[KelompokUsia | str], *, complete: bool = True) -> tuple[Finding, ...]:
    """Find ages that belong to no group, or to several.

    Parameters
    ----------
    kelompok : sequence of KelompokUsia or str
        Groups, or the labels that an office prints ("< 20 th", "20-29 th", "58 ke atas").
    complete : bool
        Whether these are all groups. If not (labels met in data, where nobody may have chosen some), only holes
        narrower than the narrowest group are told, and no open end.

    Examples
    --------
    >>> for note in check_bins(["< 20", "20-29", "30-39", "40-49", "> 50"]): print(note.text("id"))
    Umur 50 tidak masuk kelompok usia mana pun.
    """
    unread = [k for k in kelompok if isinstance(k, str) and parse_bin(k) is None]
    bins = [b for k in kelompok if (b := parse_bin(k) if isinstance(k, str) else k) is not None]
    notes = [Finding("usia-tak-terbaca", "catatan", _AREA, {"label": unread})] if unread else []
    inverted = [k.nama for k in bins if _span(k)[0] > _span(k)[1]]
    if inverted:
        notes.append(Finding("usia-terbalik", "catatan", _AREA, {"label": inverted}))
    spans = [_span(k) for k in bins if k.nama not in inverted]
    if not spans:
        return tuple(notes)
    low, high = min(s[0] for s in spans), max(s[1] for s in spans)
    held = [(age, sum(a <= age <= b for a, b in spans)) for age in range(YOUNGEST, OLDEST + 1)]
    holes = _runs([age for age, count in held if count == 0 and low < age < high])
    if not complete:
        closed = [k.hingga - k.dari + 1 for k in bins if k.dari is not None and k.hingga is not None]
        holes = [run for run in holes if run[1] - run[0] + 1 < max(min(closed, default=2), 2)]
    # An unread label may well be the one that fills a hole.
    if holes and not unread:
        notes.append(Finding("usia-berlubang", "catatan", _AREA, {"umur": [_written(run) for run in holes]}))
    if twice := _runs([age for age, count in held if count > 1]):
        notes.append(Finding("usia-tumpang-tindih", "catatan", _AREA, {"umur": [_written(run) for run in twice]}))
    if complete and not unread and low > YOUNGEST:
        notes.append(Finding("usia-tanpa-bawah", "catatan", _AREA, {"umur": low}))
    if complete and not unread and high < OLDEST:
        notes.append(Finding("usia-tanpa-atas", "catatan", _AREA, {"umur": high}))
    return tuple(notes)


def parse_bins(labels: Sequence[str]) -> tuple[KelompokUsia, ...] | None:
    """Read age groups from their labels, or return None where one of them is not a group of ages.

    Examples
    --------
    >>> [(k.dari, k.hingga) for k in parse_bins(["Dibawah 20", "17 – 23 tahun", "58 ke atas"])]
    [(None, 19), (17, 23), (58, None)]
    """
    bins = [parse_bin(label) for label in labels]
    return tuple(b for b in bins if b is not None) if all(bins) else None


def parse_bin(label: str) -> KelompokUsia | None:
    """Read one age group from its label; a bare number is an age, not a group."""
    text = _tidy(label)
    if match := _NAMED.fullmatch(text):
        text = match["inner"] or match["range"]
    for pattern, low, high in _FORMS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        dari = None if low is None else int(match["a"]) + low + bool(match.groupdict().get("more"))
        upper = match.groupdict().get("b") or match["a"]
        hingga = None if high is None else int(upper) + high - bool(match.groupdict().get("less"))
        bin_ = KelompokUsia(str(label), dari, hingga)
        first, last = _span(bin_)
        return bin_ if first <= last and last >= 0 and first <= OLDEST and (hingga or 0) <= OLDEST else None
    return None


def rank(label: Any, kelompok: Sequence[KelompokUsia]) -> tuple[int, int] | None:
    """Return the ends of the age group that a label names, to sort and compare by; None where it names none."""
    if label == NO_GROUP:
        return OLDEST + 1, OLDEST + 1
    if label == OUTSIDE:
        return OLDEST + 2, OLDEST + 2
    if not isinstance(label, str):
        return None
    found = next((k for k in kelompok if k.nama == label), None) or parse_bin(label)
    return None if found is None else _span(found)


def unusual(counts: Mapping[Any, int]) -> list[Finding]:
    """Return the notes about impossible ages and ages without a group, given how often each label occurs."""
    notes = []
    if many := counts.get(OUTSIDE, 0):
        bounds = {"banyak": many, "dari": YOUNGEST, "hingga": OLDEST}
        notes.append(Finding("usia-tidak-wajar", "catatan", _AREA, bounds))
    if many := counts.get(NO_GROUP, 0):
        notes.append(Finding("usia-tanpa-kelompok", "catatan", _AREA, {"banyak": many}))
    return notes


def _age(value: Any) -> int | None:
    """Return an age in whole years, or None where the value is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        match = _NUMBER.fullmatch(_dashes(unicodedata.normalize("NFKC", value)).strip().casefold())
        return None if match is None else math.floor(Decimal(match["number"].replace(",", ".")))
    if isinstance(value, (numbers.Real, Decimal)):
        return math.floor(float(value)) if math.isfinite(value) else OLDEST + 1
    return None


def _group(age: int, kelompok: Sequence[KelompokUsia]) -> str:
    if not YOUNGEST <= age <= OLDEST:
        return OUTSIDE
    return next((k.nama for k in kelompok if _span(k)[0] <= age <= _span(k)[1]), NO_GROUP)


def _span(kelompok: KelompokUsia) -> tuple[int, int]:
    return (-1 if kelompok.dari is None else kelompok.dari), (OLDEST if kelompok.hingga is None else kelompok.hingga)


def _runs(ages: Sequence[int]) -> list[tuple[int, int]]:
    """Return the unbroken stretches of sorted ages."""
    if not ages:
        return []
    breaks = [(a, b) for a, b in pairwise(ages) if b > a + 1]
    return list(zip([ages[0], *(b for _, b in breaks)], [*(a for a, _ in breaks), ages[-1]], strict=True))


def _written(run: tuple[int, int]) -> str:
    low, high = run
    return f"{low}+" if high == OLDEST else str(low) if low == high else f"{low}-{high}"


def _dashes(text: str) -> str:
    return re.sub("[\u2010-\u2015\u2212~]", "-", text)


def _tidy(label: str) -> str:
    """Bring a label to one spelling: no unit, one kind of dash, ASCII signs, single spaces."""
    text = _dashes(unicodedata.normalize("NFKC", str(label))).casefold()
    for old, new in (("\u2264", "<="), ("\u2265", ">="), ("=<", "<="), ("=>", ">=")):
        text = text.replace(old, new)
    text = _ENUMERATOR.sub("", text.strip(" \t\n\"'"))
    text = _UNIT.sub(" ", text)
    text = _BETWEEN.sub("-", text)
    text = re.sub(r"\s+", " ", text).strip(" ,.:")
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


_NUMBER = re.compile(r"(?P<number>[+-]?\d+(?:[.,]\d+)?) ?(?:tahun|thn|th|years?|yrs?)?\.?")
_ENUMERATOR = re.compile(r"^(?:\d{1,2}|[a-z])[.)]\s+")
_UNIT = re.compile(r"(?<![a-z])(?:tahun|thn|th|years? old|years?|yrs?|berusia|berumur|usia|umur|aged?)(?![a-z])\.?")
_BETWEEN = re.compile(r"(?<=\d)\s*(?:-|s\s?/\s?d|s\.\s?d\.?|sd|sampai dengan|sampai|hingga|to|until)\s*(?=\d|<\s*\d)")
_NAMED = re.compile(r"[a-z][a-z /]*(?:\( ?(?P<inner>[^()]+?) ?\)|[: ]\s*(?P<range>\d{1,3}-\d{1,3}))")
_BELOW = r"<|di ?bawah|kurang dari|kurang|lebih muda dari|below|under|less than|younger than"
_AT_MOST = (
    r"<=|kurang dari (?:atau )?sama dengan|maksimal|maksimum|maks\.?|max\.?|paling tinggi|paling tua"
    r"|sampai dengan|sampai|hingga|s/d|s\.d\.?|up to|at most"
)
_ABOVE = r">|di ?atas|lebih dari|lebih tua dari|lebih|above|over|more than|older than"
_AT_LEAST = (
    r">=|lebih dari (?:atau )?sama dengan|minimal|minimum|min\.?|mulai dari|mulai"
    r"|paling rendah|paling muda|at least|from"
)
_UPWARDS = r"\+|(?:dan |atau )?(?:ke ?atas|lebih)|(?:or|and) (?:more|older|over|above|up)"
_DOWNWARDS = r"(?:dan |atau )?(?:ke ?bawah|kurang)|(?:or|and) (?:less|younger|under|below)"
# Pattern, what to add to the number for the lower end and for the upper end; None leaves the end open.
_FORMS: tuple[tuple[re.Pattern[str], int | None, int | None], ...] = (
    (re.compile(rf"(?:{_AT_MOST}) ?(?P<a>\d{{1,3}})"), None, 0),
    (re.compile(rf"(?:{_BELOW}) ?(?P<a>\d{{1,3}})"), None, -1),
    (re.compile(rf"(?:{_AT_LEAST}) ?(?P<a>\d{{1,3}})"), 0, None),
    (re.compile(rf"(?:{_ABOVE}) ?(?P<a>\d{{1,3}})"), 1, None),
    (re.compile(rf"(?P<a>\d{{1,3}}) ?(?:{_UPWARDS})"), 0, None),
    (re.compile(rf"(?P<a>\d{{1,3}}) ?(?:{_DOWNWARDS})"), None, 0),
    (re.compile(r"(?:>=|(?P<more>>))? ?(?P<a>\d{1,3}) ?- ?(?:<=|(?P<less><))? ?(?P<b>\d{1,3})"), 0, 0),
)
