"""What respondents wrote freely, grouped by unsur and tone with stated rules; no text leaves this file.

The rules, in order. A remark is cut at ``. ; ! ?``, commas and words such as "tapi" and "namun". Of every clause: the
unsur whose words it holds most often (up to three, if equally often); a word of praise counts for praise and one of
complaint against it, turned around by a negation up to two words before ("tidak ribet", "kurang jelas"); a negation
without any such word is a complaint where an unsur is named ("wifi tidak ada"); a request ("mohon", "agar", "perlu",
"lebih cepat lagi") is a wish for improvement, whatever else it says; a wish of good luck is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from skm.basics.errors import DataError
from skm.basics.progress import walked
from skm.basics.table import TableColumn
from skm.basics.values import Finding, Interval
from skm.basics.words import normalise
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Kuesioner
from skm.stats._dist import t_quantile
from skm.stats._estimate import wilson_bounds
from skm.stats._result import StatResult, check_level, note, percent, say
from skm.stats._suggestion_words import tone_patterns, unsur_patterns

Tone = Literal["puji", "keluh", "campur", "netral"]
TONES: tuple[str, ...] = ("keluh", "puji", "netral")
LONGEST = 2000  # letters of a remark that are read
# Measured by benchmarks/saran.py on the labelled remarks that were not used to make the rules.
MEASURED = {"nada": 77, "unsur": 73, "banyak": 60}
_WAITING = re.compile(r"\b(?:ruang|ruangan|kursi|tempat) tunggu\b")  # the place, not the time
_CUT = re.compile(r"[.;!?,\n]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """What one remark says: unsur with a tone each (unsur "" for none), and the tone of the whole."""

    parts: tuple[tuple[str, str], ...]
    tone: Tone


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Suggestions(StatResult):
    """Remarks counted by unsur and tone; a remark about two unsur counts for both.

    Attributes
    ----------
    counts : tuple
        Unsur id ("" for general remarks), tone, remarks, share of all remarks, its interval.
    n : int
        Remarks that say something.
    empty : int
        Cells without a remark ("tidak ada", "-").
    tones : dict
        Tone of whole remarks -> how many.
    """

    JENIS: ClassVar[str] = "saran"
    COLUMNS: ClassVar[tuple[TableColumn, ...]] = (
        TableColumn("unsur", "", "text"),
        TableColumn("nada", "", "text"),
        TableColumn("n", "", "count"),
        TableColumn("share", "", "decimal", 3),
        TableColumn("low", "", "decimal", 3),
        TableColumn("high", "", "decimal", 3),
    )

    counts: tuple[tuple[str, str, int, float, Interval], ...]
    n: int
    empty: int
    tones: dict[str, int]
    level: float
    catatan: tuple[Finding, ...]
    kuesioner: Kuesioner

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row an unsur and tone, most frequent first."""
        return [(u, tone, n, share, i.low, i.high) for u, tone, n, share, i in self.counts]

    def show(self, key: str, value: Any, lang: Any) -> Any:
        """Return a value as people read it; remarks about no unsur are general."""
        return say("saran-umum", lang) if key == "unsur" and value == "" else StatResult.show(self, key, value, lang)

    def kalimat(self, lang: str | None = None) -> str:
        """Return how many remarks wish for improvement, and about what most, as one sentence."""
        if not self.n:
            return say("saran-kosong", lang)
        wishes = self.tones.get("keluh", 0) + self.tones.get("campur", 0)
        low, high = _share(wishes, self.n, self.level)
        most = next(((u, n) for u, tone, n, *_ in self.counts if tone == "keluh" and u), None)
        fill: dict[str, Any] = {
            "n": self.n, "k": wishes, "bagian": 100 * wishes / self.n, "rendah": 100 * low, "tinggi": 100 * high,
            "persen": percent(self.level),
        }  # fmt: skip
        if most is None:
            return say("saran-ringkas-umum", lang, **fill)
        return say(
            "saran-ringkas", lang, unsur=self.name_of(most[0], "en" if lang == "en" else "id"), m=most[1], **fill
        )

    def extra(self) -> dict[str, Any]:
        """Return the counts of whole remarks."""
        return {"n": self.n, "empty": self.empty, "nada": dict(self.tones), "level": self.level}


def group_suggestions(texts: Iterable[Any], *, kuesioner: Kuesioner | None = None, level: float = 0.95) -> Suggestions:
    """Group free remarks by unsur and tone, with shares and their intervals.

    Parameters
    ----------
    texts : iterable
        One remark per respondent; blanks and "tidak ada" say nothing.
    kuesioner : Kuesioner, optional
        Whose unsur are told; default the official one.
    level : float
        Of the intervals of the shares (Wilson), as if respondents were a random sample.

    Notes
    -----
    Rules and words are ours (``data/saran/nada.toml``, ``data/laporan/kata_kunci.toml``); no model is used. How often
    they err was measured on labelled remarks (``data/saran/berlabel.csv``) and is told with every result.

    Examples
    --------
    >>> r = group_suggestions(["Antrenya lama", "Petugas ramah", "Mohon kursi ditambah", "-"])
    >>> r.n, r.empty, r.tones
    (3, 1, {'keluh': 2, 'puji': 1})
    """
    check_level(level)
    if isinstance(texts, str):
        raise DataError("saran-daftar")
    own = _kuesioner.load() if kuesioner is None else kuesioner
    counts: dict[tuple[str, str], int] = {}
    tones: dict[str, int] = {}
    n = empty = 0
    for text in walked(list(texts)):
        told = read_remark(text, own.unsur)
        if told is None:
            empty += 1
            continue
        n += 1
        tones[told.tone] = tones.get(told.tone, 0) + 1
        for part in told.parts:
            counts[part] = counts.get(part, 0) + 1
    order = {tone: i for i, tone in enumerate(TONES)}
    rows = []
    for (unsur, tone), count in sorted(counts.items(), key=lambda c: (order[c[0][1]], -c[1], c[0][0])):
        low, high = _share(count, n, level)
        rows.append((unsur, tone, count, count / n, Interval(low, high, level, "Wilson")))
    found = (note("saran-aturan", **MEASURED),)
    return Suggestions(tuple(rows), n, empty, dict(sorted(tones.items())), level, found, own)


def read_remark(text: Any, unsur: Sequence[str]) -> Remark | None:
    """Return what a remark says, or None where it says nothing."""
    if not isinstance(text, str):
        return None
    text = text[:LONGEST]
    whole, words = normalise(text), tone_patterns()
    if not re.search(r"[^\W\d_]{2}", whole) or words["kosong"].fullmatch(whole):
        return None
    found: list[tuple[str, str]] = []
    for sentence in _CUT.split(text):
        for clause in words["pisah"].split(normalise(sentence)):
            if clause.strip():
                about = _about(clause, unsur)
                tone = _tone(clause, words, about != [""])
                if about == [""] and tone != "netral" and found and found[-1][0] and found[-1][1] == "netral":
                    about = [found.pop()[0]]  # "syarat terlalu banyak, mohon dipermudah"
                found += [(u, tone) for u in about]
    told = [part for part in found if part[1] != "netral"] or found[:1]
    # A general part of the tone of a named one adds nothing: "ramah, bagus" is about behaviour.
    named = {tone for u, tone in told if u}
    parts = tuple(dict.fromkeys(part for part in told if part[0] or part[1] not in named))
    tones = {tone for _, tone in told}
    if {"puji", "keluh"} <= tones:
        return Remark(parts, "campur")
    return Remark(parts, "keluh" if "keluh" in tones else "puji" if "puji" in tones else "netral")


def _about(clause: str, unsur: Sequence[str]) -> list[str]:
    clause = _WAITING.sub(" kursi ", clause)
    hits = {u: len(p.findall(clause)) for u, p in unsur_patterns().items() if u in unsur}
    most = max(hits.values(), default=0)
    leaders = [u for u, count in hits.items() if count == most]
    return leaders if most and len(leaders) <= 3 else [""]


def _tone(clause: str, words: dict[str, re.Pattern[str]], about_unsur: bool) -> str:
    if words["doa"].search(clause):
        wish = words["lebih"].search(clause) or words["minta"].search(words["doa"].sub(" ", clause))
        return "keluh" if wish else "netral" if not words["puji"].search(clause) else "puji"
    balance = 0
    tokens = clause.split()
    for kind, sign in (("puji", 1), ("keluh", -1)):
        for hit in words[kind].finditer(clause):
            before = tokens[: len(clause[: hit.start()].split())]
            balance += -sign if _negated(before, words) else sign
    keeps = words["tetap"].search(clause) is not None
    asks = [m for m in words["minta"].finditer(clause) if not _negated(clause[: m.start()].split(), words)]
    better = words["lebih"].search(clause) and re.search(r"\b(lagi|dari|ke depan|kedepan)\b", clause)
    if (asks and not keeps) or better:
        return "keluh"
    if balance == 0 and about_unsur and any(words["sangkal"].fullmatch(t) for t in tokens):
        return "keluh"  # "wifi tidak ada", "aduan tidak dijawab"
    return "puji" if balance > 0 else "keluh" if balance < 0 else "netral"


def _negated(before: list[str], words: dict[str, re.Pattern[str]]) -> bool:
    """Tell whether a negation stands up to two words before, words that say nothing themselves passed over."""
    near = 0
    for word in reversed(before):
        if words["sangkal"].fullmatch(word):
            return True
        if words["lewat"].fullmatch(word):
            continue
        near += 1
        if near > 1:
            return False
    return False


def _share(k: int, n: int, level: float) -> tuple[float, float]:
    return wilson_bounds(k / n, n, t_quantile((1 + level) / 2, math.inf), 0.0, 1.0)
