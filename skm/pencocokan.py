"""Which column answers which question: headers matched by name first, by code (U1, A1, q1 ...) otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from skm._values import Finding
from skm.errors import MissingColumnError
from skm.kuesioner import Butir, Kuesioner, is_ambiguous, names_of, normalise, order_of

_CODE = re.compile(r"(?P<family>u|unsur|a|q|pertanyaan|soal|butir) ?0*(?P<number>\d{1,2})")
_LEAD = re.compile(r"^(?:(?:u|unsur|a|q|pertanyaan|soal|butir|no)? ?0*\d{1,2}) (?P<rest>.+)$")
_IDENTITY = re.compile(
    r"(no|nomor|no resp|no responden|nomor responden|id|id responden|responden|timestamp|tanggal|bulan|tahun|periode)"
)


@dataclass(frozen=True, slots=True)
class Pencocokan:
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
    """

    kuesioner: Kuesioner
    kolom: dict[str, str]
    profil: dict[str, str]
    lain: tuple[str, ...]
    u8: str
    catatan: tuple[Finding, ...] = field(default=())


def match_columns(columns: Sequence[str], base: Kuesioner, *, u8: str | None = None) -> Pencocokan:
    """Match headers with the questionnaire.

    Names decide wherever there are any: ids, official and short names, with or without a code before them.
    Otherwise one family of codes must run 1..k without a hole.

    Raises
    ------
    MissingColumnError
        No answers recognised, a hole in the codes, two columns for one unsur, or unsur that are missing while
        columns remain that nobody understands.
    """
    by_name = {column: unsur for column in columns if (unsur := _named(column, base))}
    coded = [column for column in columns if _code(column) is not None]
    # A dump with u1..u9 often has a column "waktu" that holds a time stamp: the larger set decides.
    if by_name and len(by_name) >= len(coded):
        return _from_names(columns, by_name, base, u8)
    return _from_codes(columns, base, u8)


def profile_columns(columns: Sequence[str], base: Kuesioner) -> dict[str, str]:
    """Return profile id -> column for the headers that name a characteristic; the first of several wins."""
    found: dict[str, str] = {}
    table = {normalise(name): c.id for c in base.profil for name in (c.id, *c.nama.values(), *c.sinonim)}
    for column in columns:
        key = table.get(normalise(column))
        if key is not None:
            found.setdefault(key, column)
    return found


def _from_names(columns: Sequence[str], by_name: dict[str, str], base: Kuesioner, u8: str | None) -> Pencocokan:
    owner: dict[str, str] = {}
    for column, unsur in by_name.items():
        if unsur in owner:
            raise MissingColumnError("kolom-ganda", kolom=column, lain=owner[unsur], unsur=unsur)
        owner[unsur] = column
    extra: dict[str, str] = {}
    for column in columns:
        number = _code(column)
        if column not in by_name and number is not None:
            order = order_of(base.regulasi, u8)
            unsur = order[number - 1] if number <= len(order) else f"u{number}"
            if unsur in owner:
                raise MissingColumnError("kolom-ganda", kolom=column, lain=owner[unsur], unsur=unsur)
            owner[unsur] = column
            extra[unsur] = column
    profile = profile_columns([c for c in columns if c not in owner.values()], base)
    rest = tuple(c for c in columns if c not in owner.values() and c not in profile.values())
    missing = [u.id for u in base.regulasi.unsur if u.id not in owner]
    unclear = [c for c in rest if not _IDENTITY.fullmatch(normalise(c))]
    if missing and unclear:
        raise MissingColumnError("kolom-unsur-hilang", unsur=missing, pilihan=unclear)
    assumed = bool(extra.keys() & {"pengaduan", "sarana"})
    return _result(owner, profile, rest, base, _u8_text(base, u8) if assumed else "bernama", assumed and u8 is None)


def _from_codes(columns: Sequence[str], base: Kuesioner, u8: str | None) -> Pencocokan:
    families: dict[str, dict[int, str]] = {}
    for column in columns:
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
            members = max(holes.values(), key=len)
            _refuse_hole(members)
        raise MissingColumnError("kolom-tidak-ada", tersedia=list(columns)[:30], banyak=len(columns))
    if len(candidates) > 1:
        raise MissingColumnError("kolom-mendua", pilihan=[next(iter(m.values())) for m in candidates.values()])
    members = next(iter(candidates.values()))
    _refuse_hole(members)
    order = order_of(base.regulasi, u8)
    owner = {(order[i - 1] if i <= len(order) else f"u{i}"): members[i] for i in sorted(members)}
    profile = profile_columns([c for c in columns if c not in owner.values()], base)
    rest = tuple(c for c in columns if c not in owner.values() and c not in profile.values())
    assumed = len(members) >= 8 and is_ambiguous(base.regulasi)
    return _result(owner, profile, rest, base, _u8_text(base, u8) if assumed else "bernama", assumed and u8 is None)


def _refuse_hole(members: dict[int, str]) -> None:
    missing = [f"U{i}" for i in range(1, max(members)) if i not in members]
    if missing:
        raise MissingColumnError("kolom-berlubang", hilang=missing, tersedia=[members[i] for i in sorted(members)])


def _result(
    owner: dict[str, str], profile: dict[str, str], rest: tuple[str, ...], base: Kuesioner, u8: str, assumed: bool
) -> Pencocokan:
    template = {b.unsur: b for b in base.butir}
    order = order_of(base.regulasi, u8 if u8 != "bernama" else _printed_u8(owner, base))
    ordered = sorted(owner, key=lambda u: (order.index(u) if u in order else len(order), _number(u)))
    butir = [
        Butir(u, u, template[u].tanya, template[u].label, template[u].sinonim) if u in template else Butir(u, u)
        for u in ordered
    ]
    notes: list[Finding] = []
    unknown = [c for c in rest if not _IDENTITY.fullmatch(normalise(c))]
    if unknown:
        notes.append(Finding("kolom-diabaikan", "catatan", "catatan", {"kolom": unknown, "banyak": len(unknown)}))
    if len(owner) != len(order):
        notes.append(Finding("unsur-banyak", "catatan", "catatan", {"banyak": len(owner), "baku": len(order)}))
    if assumed:
        notes.append(
            Finding(
                "u8-dianggap", "catatan", "catatan", {"u8": u8, "u9": "sarana" if u8 == "pengaduan" else "pengaduan"}
            )
        )
    kolom = {u: owner[u] for u in ordered}
    return Pencocokan(base.with_butir(butir), kolom, profile, rest, u8, tuple(notes))


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


def _named(column: str, base: Kuesioner) -> str | None:
    """Return the unsur that a header names, with or without a code or a number before the name."""
    key = normalise(column)
    table = _synonyms(base)
    if key in table:
        return table[key]
    lead = _LEAD.match(key)
    return table.get(lead["rest"]) if lead else None


@cache
def _synonyms(base: Kuesioner) -> dict[str, str]:
    table = dict(names_of(base.regulasi))
    for butir in base.butir:
        for name in butir.sinonim:
            table[normalise(name)] = butir.unsur
    return table
