"""Which column answers which question.

Names decide first, then codes (U1, A1, q1 ...), then phrases in full-sentence questions. What is not certain is an
error that shows the map to complete, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from skm.answers.column_kinds import ColumnLook, OtherColumns, Pandang, is_identity, is_personal, is_quiz, sort_out
from skm.basics.errors import MissingColumnError
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._kuesioner import ids as kuesioner_ids
from skm.regulasi._unsur import is_ambiguous, names_of, order_of

_CODE = re.compile(r"(?P<family>u|unsur|a|q|n|pertanyaan|soal|butir|nilai) ?0*(?P<number>\d{1,2})")
_LEAD = re.compile(r"^(?:(?:u|unsur|a|q|pertanyaan|soal|butir|no)? ?0*\d{1,2}) (?P<rest>.+)$")
_ROW = re.compile(r"\[(?P<baris>[^\[\]]+)\]\s*$")
_QUESTIONS = ("q", "n", "pertanyaan", "soal", "butir", "nilai")
_ANSWERS = ("jawaban", "pilihan", "kosong")
# How this package writes the header of an office's own question, so that it reads it back.
OWN = "unsur:"


@dataclass(frozen=True, slots=True)
class Match:
    """The result of matching.

    Attributes
    ----------
    kuesioner : Kuesioner
        The questionnaire reduced to the butir that have a column, the office's own unsur added.
    kolom : dict
        Butir id -> column.
    profil : dict
        Profile id -> column.
    lain : tuple of str
        Columns that are neither; they are ignored, and listed.
    u8 : str
        How the unnamed U8 and U9 were understood: "bernama" where names decide, else what U8 means.
    khusus : OtherColumns
        Columns with dates, suggestions, personal data and quiz points.
    ganda : dict
        Butir id -> further columns that ask the same; only where cells could be looked at.
    """

    kuesioner: Kuesioner
    kolom: dict[str, str]
    profil: dict[str, str]
    lain: tuple[str, ...]
    u8: str
    catatan: tuple[Finding, ...] = field(default=())
    khusus: OtherColumns = field(default_factory=OtherColumns)
    ganda: dict[str, tuple[str, ...]] = field(default_factory=dict)


def match_columns(
    columns: Sequence[str], base: Kuesioner, *, u8: str | None = None, isi: Pandang | None = None
) -> Match:
    """Match headers with the questionnaire.

    Parameters
    ----------
    columns : sequence of str
        Headers.
    base : Kuesioner
        The questionnaire.
    u8 : {"pengaduan", "sarana"}, optional
        What an unnamed U8 means.
    isi : callable, optional
        Column -> what its cells look like. With it full-sentence questions are matched too.

    Raises
    ------
    MissingColumnError
        No answers recognised, a hole in the codes, two columns for one unsur, a question that fits several unsur,
        or unsur that are missing while columns remain that nobody understands.
    """
    usable = [c for c in columns if not is_quiz(c) and not (isi is not None and isi(c).jenis == "tanggal")]
    by_name = {column: butir for column in usable if (butir := _named(column, base))}
    coded = [column for column in usable if _code(column) is not None]
    # A dump with u1..u9 often has a column "waktu" that holds a time stamp: the larger set decides.
    if (not by_name or len(by_name) < len(coded)) and (coded or isi is None):
        return _from_codes(columns, usable, base, u8, isi)
    if isi is not None:
        by_name |= _sentences([c for c in usable if c not in by_name and _code(c) is None], base, isi)
    if not by_name:
        return _from_codes(columns, usable, base, u8, isi)
    return _from_names(columns, usable, by_name, base, u8, isi)


def profile_columns(columns: Sequence[str], base: Kuesioner, isi: Pandang | None = None) -> dict[str, str]:
    """Return profile id -> column for the headers that name a characteristic; the first of several wins."""
    found: dict[str, str] = {}
    table = {normalise(name): c.id for c in base.profil for name in (c.id, *c.nama.values(), *c.sinonim)}
    for column in columns:
        key = table.get(normalise(column))
        if key is not None:
            found.setdefault(key, column)
    if isi is None:
        return found
    for column in columns:
        if column in found.values() or is_personal(column) or isi(column).jenis in ("tanggal", "pribadi"):
            continue
        hits = [c.id for c in base.profil if _mentions(normalise(column), c.kata)]
        if len(hits) == 1 and len(normalise(column).split()) > 1:
            found.setdefault(hits[0], column)
    return found


def _from_names(
    columns: Sequence[str],
    usable: Sequence[str],
    by_name: dict[str, str],
    base: Kuesioner,
    u8: str | None,
    isi: Pandang | None,
) -> Match:
    owner: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for column, butir in _answers_first(by_name, isi):
        if butir not in owner:
            owner[butir] = column
        elif isi is None:
            raise MissingColumnError("kolom-ganda", kolom=column, lain=owner[butir], unsur=butir)
        elif isi(column).jenis in _ANSWERS:
            more.setdefault(butir, []).append(column)
    extra: dict[str, str] = {}
    for column in usable:
        number = _code(column)
        if column not in by_name and number is not None:
            butir = _numbered(number, base, u8)
            if butir in owner:
                raise MissingColumnError("kolom-ganda", kolom=column, lain=owner[butir], unsur=butir)
            owner[butir] = extra[butir] = column
    taken = {*owner.values(), *(c for cs in more.values() for c in cs)}
    free = [c for c in columns if c not in taken]
    profile = profile_columns([c for c in free if c in usable], base, isi)
    special = sort_out([c for c in free if c not in profile.values()], isi)
    rest = tuple(c for c in free if c not in profile.values())
    missing = [b.id for b in base.butir if b.id not in owner] if _several(base) else _missing_unsur(owner, base)
    unclear = [c for c in rest if _unclear(c, special, isi)]
    if missing and unclear:
        ready = _ready_map(owner, missing)
        raise MissingColumnError("kolom-unsur-hilang", unsur=missing, pilihan=unclear, peta=ready)
    assumed = bool(extra.keys() & {"pengaduan", "sarana"})
    u8_text = _u8_text(base, u8) if assumed else "bernama"
    result = _result(owner, profile, rest, special, base, u8_text, assumed=assumed and u8 is None, seen=isi is not None)
    return _with_doubles(result, {key: tuple(cs) for key, cs in more.items()})


def _from_codes(
    columns: Sequence[str], usable: Sequence[str], base: Kuesioner, u8: str | None, isi: Pandang | None
) -> Match:
    families: dict[str, dict[int, str]] = {}
    for column in usable:
        if match := _CODE.fullmatch(normalise(column)):
            members = families.setdefault(match["family"], {})
            number = int(match["number"])
            if number in members:
                raise MissingColumnError("kolom-ganda", kolom=column, lain=members[number], unsur=f"U{number}")
            members[number] = column
    candidates = {name: members for name, members in families.items() if 1 in members and len(members) > 1}
    if not candidates and len(families) == 1:
        candidates = {name: members for name, members in families.items() if 1 in members}
    if not candidates:
        holes = {name: members for name, members in families.items() if len(members) > 1}
        if holes:
            _refuse_hole(max(holes.values(), key=len))
        ready = _ready_map({}, [u.id for u in base.regulasi.unsur])
        raise MissingColumnError("kolom-tidak-ada", tersedia=list(columns)[:30], banyak=len(columns), peta=ready)
    if len(candidates) > 1:
        raise MissingColumnError("kolom-mendua", pilihan=[next(iter(m.values())) for m in candidates.values()])
    family, members = next(iter(candidates.items()))
    _refuse_hole(members)
    _refuse_questions(family, members, base, u8, isi)
    owner = {_numbered(i, base, u8): members[i] for i in sorted(members)}
    free = [c for c in columns if c not in owner.values()]
    profile = profile_columns([c for c in free if c in usable], base, isi)
    rest = tuple(c for c in free if c not in profile.values())
    assumed = len(members) >= 8 and not _several(base) and is_ambiguous(base.regulasi)
    u8_text = _u8_text(base, u8) if assumed else "bernama"
    special = sort_out(rest, isi)
    return _result(owner, profile, rest, special, base, u8_text, assumed=assumed and u8 is None, seen=isi is not None)


def _refuse_hole(members: dict[int, str]) -> None:
    missing = [f"U{i}" for i in range(1, max(members)) if i not in members]
    if missing:
        raise MissingColumnError("kolom-berlubang", hilang=missing, tersedia=[members[i] for i in sorted(members)])


def _refuse_questions(
    family: str, members: dict[int, str], base: Kuesioner, u8: str | None, isi: Pandang | None
) -> None:
    """Refuse more numbered questions than unsur: q10 is one more question on some unsur, not a tenth unsur."""
    known = len(_order(base, u8))
    beyond = [column for number, column in members.items() if number > known]
    if family in _QUESTIONS and any(isi is None or isi(column).jenis != "kosong" for column in beyond):
        raise MissingColumnError("kolom-pertanyaan", banyak=len(members), baku=known, pilihan=kuesioner_ids())


def _sentences(columns: Sequence[str], base: Kuesioner, isi: Pandang) -> dict[str, str]:
    """Return column -> butir for the questions whose words point at exactly one unsur.

    Raises
    ------
    MissingColumnError
        A question points at several and its answers do not settle it.
    """
    found: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for column in columns:
        content = isi(column)
        if content.jenis not in _ANSWERS:
            continue
        hits = evidence(column, base)
        if len(hits) > 1:
            hits = _by_labels(hits, content, base) or hits
        if len(hits) == 1:
            found[column] = hits[0]
        elif hits and content.jenis != "kosong":
            doubtful[column] = hits
    if doubtful:
        raise MissingColumnError(
            "kolom-ragu",
            pilihan=[f'"{c}" ({" / ".join(hits)})' for c, hits in doubtful.items()],
            peta=_ready_map(
                {b: c for c, b in found.items()}, [u.id for u in base.regulasi.unsur if u.id not in found.values()]
            ),
        )
    return found


def evidence(column: str, base: Kuesioner) -> tuple[str, ...]:
    """Return the butir that a question's wording points at: by strong phrases, else by single words.

    >>> from skm.regulasi._kuesioner import load
    >>> evidence("6. Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan?", load())
    ('perilaku',)
    """
    for text in _readings(column):
        key = normalise(text)
        for kind in ("kuat", "kata"):
            hits = tuple(b.id for b in base.butir if _mentions(key, getattr(b, kind)))
            if hits:
                return hits
    return ()


def _by_labels(hits: Iterable[str], content: ColumnLook, base: Kuesioner) -> tuple[str, ...]:
    """Return those butir whose own labels hold all texts of the column; nothing where the texts are common ones."""
    texts = {normalise(v) for v in content.nilai if isinstance(v, str) and not v.strip().isdigit()}
    if not texts:
        return ()
    fitting = [b.id for b in base.butir if texts <= {normalise(label) for label in b.label}]
    return tuple(h for h in hits if h in fitting)


def _mentions(key: str, phrases: Iterable[str]) -> bool:
    padded = f" {key} "
    return any(f" {normalise(phrase)} " in padded for phrase in phrases)


def _readings(column: str) -> list[str]:
    """Return the texts a header may be known by: the row of a grid question alone, then the whole."""
    match = _ROW.search(column)
    return [match["baris"], column] if match else [column]


def _answers_first(by_name: dict[str, str], isi: Pandang | None) -> list[tuple[str, str]]:
    """Return the pairs with columns that hold answers before columns of free text."""
    pairs = list(by_name.items())
    return pairs if isi is None else sorted(pairs, key=lambda pair: isi(pair[0]).jenis not in _ANSWERS)


def _unclear(column: str, special: OtherColumns, isi: Pandang | None) -> bool:
    if is_identity(column) or column in (special.tanggal, special.saran):
        return False
    if isi is None:
        return True
    return column not in special.pribadi and column not in special.kuis and isi(column).jenis == "jawaban"


def _missing_unsur(owner: dict[str, str], base: Kuesioner) -> list[str]:
    return [u.id for u in base.regulasi.unsur if u.id not in owner]


def _ready_map(owner: dict[str, str], missing: Iterable[str]) -> str:
    """Return the map of what was understood, with gaps to fill in, as a person would type it."""
    pairs = [f'"{butir}": "{column}"' for butir, column in owner.items()]
    return "{" + ", ".join([*pairs, *(f'"{butir}": "?"' for butir in missing)]) + "}"


def _with_doubles(result: Match, ganda: dict[str, tuple[str, ...]]) -> Match:
    return Match(
        result.kuesioner,
        result.kolom,
        result.profil,
        result.lain,
        result.u8,
        result.catatan,
        result.khusus,
        ganda,
    )


def _result(
    owner: dict[str, str],
    profile: dict[str, str],
    rest: tuple[str, ...],
    special: OtherColumns,
    base: Kuesioner,
    u8: str,
    *,
    assumed: bool,
    seen: bool,
) -> Match:
    template = {b.id: b for b in base.butir}
    order = _order(base, u8 if u8 != "bernama" else _printed_u8(owner, base))
    ordered = sorted(owner, key=lambda u: (order.index(u) if u in order else len(order), _number(u)))
    butir = [template.get(u, Butir(u, u.partition(".")[0])) for u in ordered]
    notes: list[Finding] = []
    used = (special.tanggal, special.saran) if seen else ()
    unknown = [c for c in rest if not is_identity(c) and c not in used]
    if unknown:
        notes.append(Finding("kolom-diabaikan", "catatan", "catatan", {"kolom": unknown, "banyak": len(unknown)}))
    asked = len(dict.fromkeys(b.unsur for b in butir))
    standard = len(order_of(base.regulasi))
    if asked != standard:
        notes.append(Finding("unsur-banyak", "catatan", "catatan", {"banyak": asked, "baku": standard}))
    if assumed:
        u9 = "sarana" if u8 == "pengaduan" else "pengaduan"
        notes.append(Finding("u8-dianggap", "catatan", "catatan", {"u8": u8, "u9": u9}))
    kolom = {u: owner[u] for u in ordered}
    return Match(base.with_butir(butir), kolom, profile, rest, u8, tuple(notes), special)


def _several(base: Kuesioner) -> bool:
    """Tell whether some unsur has several questions, which are then numbered in their own order."""
    return len(base.butir) > len(base.unsur)


def _order(base: Kuesioner, u8: str | None) -> tuple[str, ...]:
    return tuple(b.id for b in base.butir) if _several(base) else order_of(base.regulasi, u8)


def _numbered(number: int, base: Kuesioner, u8: str | None) -> str:
    order = _order(base, u8)
    return order[number - 1] if 1 <= number <= len(order) else f"u{number}"


def _printed_u8(owner: dict[str, str], base: Kuesioner) -> str | None:
    """Return what the source itself numbers 8, so that tables keep the order of the office's own questionnaire."""
    for order in base.regulasi.urutan.values():
        if len(order) >= 8 and order[7] in owner and _lead_number(owner[order[7]]) == 8:
            return order[7]
    return None


def _lead_number(column: str) -> int | None:
    match = re.match(r"(?:u|unsur|a|q|pertanyaan|soal|butir|no)? ?0*(\d{1,2})\b", normalise(column))
    return int(match[1]) if match else None


def _u8_text(base: Kuesioner, u8: str | None) -> str:
    order = order_of(base.regulasi, u8)
    return order[7] if len(order) >= 8 else "bernama"


def _number(unsur: str) -> int:
    return int(unsur[1:]) if re.fullmatch(r"u\d+", unsur) else 0


def _code(column: str) -> int | None:
    match = _CODE.fullmatch(normalise(column))
    return int(match["number"]) if match else None


def is_code(header: Any) -> bool:
    """Tell whether a header is a bare code such as U1 or q7."""
    return _code(str(header)) is not None


def is_named(header: Any, base: Kuesioner) -> bool:
    """Tell whether a header is an unsur's name, with or without a code before it."""
    return _named(str(header), base) is not None


def _named(column: str, base: Kuesioner) -> str | None:
    """Return the butir that a header names, with or without a code or a number before the name."""
    table = _synonyms(base)
    if column.casefold().startswith(OWN):
        return column[len(OWN) :].strip() or None
    for text in _readings(column):
        key = normalise(text)
        if key in table:
            return table[key]
        lead = _LEAD.match(key)
        if lead and lead["rest"] in table:
            return table[lead["rest"]]
    return None


@cache
def _synonyms(base: Kuesioner) -> dict[str, str]:
    single = {b.unsur: b.id for b in base.butir if sum(other.unsur == b.unsur for other in base.butir) == 1}
    known = {b.unsur for b in base.butir}
    # An unsur with several questions has no column of its own name; an unsur not asked about keeps its id.
    table = {name: single.get(u, u) for name, u in names_of(base.regulasi).items() if u in single or u not in known}
    for butir in base.butir:
        for name in (butir.id, *butir.sinonim, *butir.tanya.values()):
            if name:
                table[normalise(name)] = butir.id
    return table


def unsur_named(header: Any, base: Kuesioner) -> str | None:
    """Return the unsur that a header names, or None."""
    butir = _named(str(header), base)
    return next((b.unsur for b in base.butir if b.id == butir), butir)
