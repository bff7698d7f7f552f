"""Two values for one unsur side by side: what was hoped or how much it matters, and what was met.

Surveys that compare expectation with performance ask every unsur twice. What was met is the answer; the other value is
left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skm.answers.code_runs import is_code
from skm.answers.signatures import other_value
from skm.basics.words import normalise

_MET = re.compile(
    r"\b(?:kenyataan|kinerja|realita|realitas|realisasi|persepsi|kepuasan|dirasakan|diterima|performance|perception"
    r"|perceived|actual|satisfaction)\b"
)
_HOPED = re.compile(
    r"\b(?:harapan|diharapkan|ekspektasi|kepentingan|penting|importance|important|expectation|expectations|expected)\b"
)
_FILLER = re.compile(r"\b(?:tingkat|nilai|skor|skala|penilaian|yang|level|score|of|unsur(?! \d))\b")
_LEAST = 3
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PairedValues:
    """Column -> the bare name of what it asks, for what was met; kind of the other value -> its columns."""

    kinerja: Mapping[str, str]
    lain: Mapping[str, Sequence[str]]


def paired_values(columns: Sequence[str], named: Callable[[str], str | None]) -> PairedValues | None:
    """Return the columns of both values, or None where the unsur are not asked twice so.

    Examples
    --------
    >>> heads = ["U1 Harapan", "U1 Kenyataan", "U2 Harapan", "U2 Kenyataan", "U3 Harapan", "U3 Kenyataan"]
    >>> paired_values(heads, lambda text: None).kinerja["U2 Kenyataan"]
    'u2'
    """
    met: dict[str, str] = {}
    lain: dict[str, list[str]] = {}
    about: set[str] = set()
    for column in columns:
        said = _said(column)
        if said is None or not (is_code(said[0]) or named(said[0])):
            continue
        bare, other = said
        if other:
            lain.setdefault(other, []).append(column)
            about.add(bare)
        elif bare in met.values():
            return None  # two columns of what was met
        else:
            met[column] = bare
    plain = {normalise(column) for column in columns}
    both = about & set(met.values())
    if len(both) < _LEAST or both < about or plain & set(met.values()):
        return None
    return PairedValues(met, lain)


def coded_value(column: str) -> bool:
    """Tell whether a header is a code with the word for one of the two values.

    >>> coded_value("U1 Harapan"), coded_value("Kenyataan (U9)"), coded_value("U1")
    (True, True, False)
    """
    said = _said(column)
    return said is not None and is_code(said[0])


def _said(column: str) -> tuple[str, str] | None:
    """Return the bare name in a header and the kind of the other value, empty for what was met; None without either."""
    key = normalise(column) if len(column) <= _LONGEST else ""
    performance, other = _MET.search(key), _HOPED.search(key)
    if bool(performance) == bool(other):
        return None
    bare = " ".join(_FILLER.sub(" ", _MET.sub(" ", _HOPED.sub(" ", key))).split())
    return (bare, (other_value(key) or "harapan") if other else "") if bare else None


def value_word(text: str) -> bool:
    """Tell whether a text says only which of the two values stands below it.

    >>> value_word("Harapan"), value_word("Tingkat Kinerja"), value_word("Kinerja petugas")
    (True, True, False)
    """
    key = normalise(text) if len(text) <= _LONGEST else ""
    rest = _FILLER.sub(" ", _MET.sub(" ", _HOPED.sub(" ", key))).strip()
    return bool(key) and rest in ("", "pelayanan", "layanan", "responden", "masyarakat") and rest != key
