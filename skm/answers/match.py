"""Which column answers which question: one assignment over all columns, by the strength of what speaks for each.

Names, a run of codes and the user's own map are sure; a sentence with the signature of one unsur is strong. Anything
weaker that could change a figure stops with a proposal and the option that accepts it; it is never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from skm.answers.accepted import ACCEPT_ALL, WITHOUT
from skm.answers.block_evidence import compare_blocks
from skm.answers.blocks import Cells, Chosen, is_block_word, repeated_heads
from skm.answers.code_runs import UNSUR_CODES, code_of, official_run, read_code, runs_of
from skm.answers.column_kinds import (
    ANSWERING,
    ColumnLook,
    OtherColumns,
    Pandang,
    is_identity,
    is_quiz,
    shown_headers,
    sort_out,
    unseen,
)
from skm.answers.matched import Match
from skm.answers.paired_values import PairedValues, paired_values
from skm.answers.placed import Placed, profile_columns, reasons
from skm.answers.signatures import YES_NO, Evidence, mentioned, other_instrument, readings
from skm.answers.sub_questions import parts_beside_whole, sub_questions
from skm.answers.unsur_names import named, proof_of
from skm.basics.errors import MissingColumnError
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Butir, Kuesioner, custom
from skm.regulasi._kuesioner import ids as kuesioner_ids
from skm.regulasi._unsur import is_ambiguous, order_of

_QUESTIONS = ("p", "q", "n", "pertanyaan", "pernyataan", "soal", "butir", "item", "question", "nilai", "jawaban")
_LIKELY = ("jawaban", "tertutup")


def match_columns(
    columns: Sequence[str],
    base: Kuesioner,
    *,
    u8: str | None = None,
    isi: Pandang | None = None,
    terima: Sequence[str] = (),
    cells: Cells | None = None,
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
        Column -> what its cells look like. Default: every column could hold answers.
    terima : sequence of str
        Proposals that were accepted: "biaya" takes the weak reading of that unsur, "semua" of all, "tanpa-biaya" says
        that nobody asks about it, "blok-2" takes the second of several sets of columns.
    cells : Cells, optional
        What tells whether two sets of columns hold the same answers.

    Raises
    ------
    MissingColumnError
        No answers recognised, a hole in the codes, two columns for one unsur, a question that fits several unsur,
        or unsur that are missing while columns remain that nobody understands.
    """
    look = isi or unseen
    pairs = paired_values([c for c in columns if not is_quiz(c)], lambda text: named(text, base))
    if pairs is not None:
        return _of_pairs(pairs, columns, base, u8, look, terima)
    usable = [c for c in columns if not is_quiz(c) and look(c).jenis != "tanggal"]
    by_name = {column: butir for column in usable if (butir := named(column, base))}
    runs = runs_of(usable, look)
    answers = [c for c in usable if look(c).jenis in ANSWERING]
    several = sub_questions(answers, lambda text: named(text, base))
    if several is not None and not _several(base):
        return _from_parts(several, columns, base, u8, look)
    if not _several(base) and (chosen := compare_blocks(usable, by_name, runs, base, look, terima, cells)):
        return _of_block(chosen, columns, base, u8, look, terima)
    if clash := parts_beside_whole(answers):
        raise MissingColumnError("kolom-ganda", kolom=clash[1], lain=clash[0], unsur=clash[0])
    coded = max((len(members) for members in runs.values() if 1 in members), default=0)
    # A dump with u1..u9 often has a column "waktu" that holds a time stamp: the larger set decides.
    if coded and len(by_name) < coded:
        return _from_codes(columns, usable, base, u8, look, runs)
    lone = {c for c in usable if code_of(c) is not None}
    proofs = {c: proof_of(c, base) for c in usable if c not in by_name and c not in lone}
    why = {c: Placed("pasti", "nama") for c in by_name}
    found = _strong(proofs, base, look, why)
    settled = _accepted(proofs, dict.fromkeys([*by_name.values(), *found.values()]), base, look, terima, why)
    by_name |= found | settled
    if not by_name:
        return _from_codes(columns, usable, base, u8, look, runs)
    return _from_names(columns, usable, by_name, base, u8, look, terima, proofs, why)


def _of_pairs(
    pairs: PairedValues,
    columns: Sequence[str],
    base: Kuesioner,
    u8: str | None,
    isi: Pandang,
    terima: Sequence[str],
) -> Match:
    """Match the columns of what was met, under the bare names of what they ask; the other value is left out."""
    left = {c: Placed("pasti", "bukan-unsur", kind) for kind, cs in pairs.lain.items() for c in cs}
    shown = {pairs.kinerja.get(c, c): c for c in columns if c not in left}
    found = match_columns(tuple(shown), base, u8=u8, isi=lambda c: isi(shown[c]), terima=terima)
    notes = [
        Finding("nilai-lain", "catatan", "catatan", {"nilai": k, "banyak": len(cs)}) for k, cs in pairs.lain.items()
    ]
    return found.renamed(shown, columns, left, notes)


def _of_block(
    chosen: Chosen,
    columns: Sequence[str],
    base: Kuesioner,
    u8: str | None,
    isi: Pandang,
    terima: Sequence[str],
) -> Match:
    """Match the columns without the sets that do not count; those are left out and named."""
    note = Finding("blok-sama" if chosen.sama else "blok-lain", "catatan", "catatan")
    left = {c: Placed("pasti", note.kode, block.judul) for block in chosen.lain for c in block.kolom}
    # The codes of the set that counts are those of unsur, whatever letters they bear.
    called = chosen.pakai.kolom if chosen.pakai.bebas else {}
    again = repeated_heads(list(columns))
    heads = {c: f"U{called[c]}" if c in called else again.get(c, c) for c in chosen.pakai.kolom}
    shown = {heads.get(c, c): c for c in columns if c not in left}
    words = [word for word in terima if not is_block_word(word)]
    found = match_columns(tuple(shown), base, u8=u8, isi=lambda c: isi(shown[c]), terima=words)
    told = replace(note, bukti={"blok": [block.judul for block in chosen.lain], "banyak": len(left)})
    return found.renamed(shown, columns, left, [told] if left else [])


def _from_parts(
    parts: Mapping[int, Sequence[str]], columns: Sequence[str], base: Kuesioner, u8: str | None, isi: Pandang
) -> Match:
    """Match columns of which several carry the code of one unsur with a number or letter behind it: U1.1, U1.2, U2."""
    names: dict[str, list[str]] = {}
    named_two = False
    for number in sorted(parts):
        said = {n for c in parts[number] if (n := named(c, base))}
        named_two |= number in (8, 9) and bool(said)
        unsur = said.pop() if len(said) == 1 else _numbered(number, base, u8)
        names.setdefault(unsur, []).extend(parts[number])
    owner = {u if len(cs) == 1 else f"{u}.{i}": c for u, cs in names.items() for i, c in enumerate(cs, start=1)}
    taken = set(owner.values())
    free = [c for c in columns if c not in taken]
    profile = profile_columns(free, base, isi)
    rest = tuple(c for c in free if c not in profile.values())
    special = sort_out(rest, isi)
    assumed = max(parts) >= 8 and is_ambiguous(base.regulasi) and not named_two
    u8_text = _u8_text(base, u8) if assumed else "bernama"
    own, kolom = custom({u: cs if len(cs) > 1 else cs[0] for u, cs in names.items()}, base)
    found = _result(owner, profile, rest, special, base, u8_text, assumed=assumed and u8 is None)
    why = dict.fromkeys(kolom.values(), Placed("pasti", "kode"))
    placed = reasons(columns, kolom, profile, special, why, isi, base=base)
    return replace(found, kuesioner=own, kolom=kolom, alasan=placed)


def _strong(
    proofs: Mapping[str, Evidence | None], base: Kuesioner, look: Pandang, why: dict[str, Placed]
) -> dict[str, str]:
    """Return column -> butir for the questions with the signature of one unsur, or a word of it and its own labels."""
    found: dict[str, str] = {}
    for column, proof in proofs.items():
        if proof is None or not proof.butir or look(column).jenis not in ANSWERING:
            continue
        hits = proof.butir
        if proof.kekuatan == "kuat":
            found[column] = hits[0]
            why[column] = Placed("kuat", proof.alasan)
        elif proof.alasan in ("tanda-beberapa", "kata"):
            labelled = _by_labels(hits, look(column), base)
            if len(labelled) == 1:
                found[column] = labelled[0]
                why[column] = Placed("kuat", "label")
    return found


def _accepted(
    proofs: Mapping[str, Evidence | None],
    owned: Collection[str],
    base: Kuesioner,
    look: Pandang,
    terima: Sequence[str],
    why: dict[str, Placed],
) -> dict[str, str]:
    """Return what was accepted of the weak readings of unsur that have no column yet.

    Raises
    ------
    MissingColumnError
        A weak reading is open, or a question fits several unsur.
    """
    words = {normalise(word) for word in terima}
    unsur = {b.id: b.unsur for b in base.butir}
    open_: dict[str, list[str]] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for column, proof in proofs.items():
        if proof is None or column in why or not proof.butir or look(column).jenis not in _LIKELY:
            continue
        if proof.alasan == YES_NO and len(look(column).nilai) <= 2:
            continue
        refused = {normalise(WITHOUT + unsur[b]) for b in proof.butir} & words
        hits = tuple(b for b in proof.butir if b not in owned and normalise(WITHOUT + unsur[b]) not in refused)
        if len(hits) == 1:
            open_.setdefault(hits[0], []).append(column)
        elif hits:
            doubtful[column] = hits
    done = {b: cs[0] for b, cs in open_.items() if words & {ACCEPT_ALL, normalise(b), normalise(unsur[b])}}
    for column in done.values():
        why[column] = Placed("pasti", "diterima")
    if left := {b: cs for b, cs in open_.items() if b not in done}:
        first = next(iter(left))
        raise MissingColumnError(
            "kolom-lemah",
            unsur=[unsur[b] for b in left],
            pilihan=[f'{unsur[b]}: "{cs[0]}"' for b, cs in left.items()],
            terima=unsur[first],
            tanpa=WITHOUT + unsur[first],
            usulan={unsur[b]: list(cs) for b, cs in left.items()},
        )
    if doubtful:
        raise MissingColumnError(
            "kolom-ragu",
            pilihan=[f'"{c}" ({" / ".join(hits)})' for c, hits in doubtful.items()],
            peta=_ready_map(
                {b: c for c, b in done.items()} | dict.fromkeys(owned, "..."),
                [u.id for u in base.regulasi.unsur if u.id not in owned],
            ),
        )
    return {column: b for b, column in done.items()}


def _from_names(
    columns: Sequence[str],
    usable: Sequence[str],
    by_name: dict[str, str],
    base: Kuesioner,
    u8: str | None,
    isi: Pandang,
    terima: Sequence[str],
    proofs: Mapping[str, Evidence | None],
    why: dict[str, Placed],
) -> Match:
    owner: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for column, butir in _answers_first(by_name, isi):
        if butir not in owner:
            owner[butir] = column
        elif isi(column).jenis in ANSWERING:
            more.setdefault(butir, []).append(column)
    extra: dict[str, str] = {}
    for column in usable:
        number = code_of(column)
        if column not in by_name and number is not None and not _numbers_on(column, number, base, u8):
            butir = _numbered(number, base, u8)
            if butir in owner:
                raise MissingColumnError("kolom-ganda", kolom=column, lain=owner[butir], unsur=butir)
            owner[butir] = extra[butir] = column
    taken = {*owner.values(), *(c for cs in more.values() for c in cs)}
    free, told = [c for c in columns if c not in taken], set(usable)
    profile = profile_columns([c for c in free if c in told], base, isi)
    special = sort_out([c for c in free if c not in profile.values()], isi)
    rest = tuple(c for c in free if c not in profile.values())
    missing = [b.id for b in base.butir if b.id not in owner] if _several(base) else _missing_unsur(owner, base)
    without = {normalise(word) for word in terima}
    missing = [u for u in missing if normalise(WITHOUT + u) not in without]
    unclear = [c for c in rest if _unclear(c, special, isi) and proofs.get(c) is None]
    if missing and unclear:
        ready = _ready_map(owner, missing)
        option = WITHOUT + missing[0]
        raise MissingColumnError(
            "kolom-unsur-hilang", unsur=missing, pilihan=shown_headers(unclear), peta=ready, terima=option
        )
    assumed = bool(extra.keys() & {"pengaduan", "sarana"})
    u8_text = _u8_text(base, u8) if assumed else "bernama"
    why |= dict.fromkeys(extra.values(), Placed("pasti", "kode"))
    result = _result(owner, profile, rest, special, base, u8_text, assumed=assumed and u8 is None)
    doubles = {key: tuple(cs) for key, cs in more.items()}
    placed = reasons(columns, result.kolom, profile, special, why, isi, base=base, doubles=doubles, proofs=proofs)
    return replace(result, ganda=doubles, alasan=placed)


def _from_codes(
    columns: Sequence[str],
    usable: Sequence[str],
    base: Kuesioner,
    u8: str | None,
    isi: Pandang,
    runs: Mapping[tuple[str, str], Mapping[int, Sequence[str]]],
) -> Match:
    families: dict[tuple[str, str], dict[int, str]] = {}
    for key, numbered in runs.items():
        for number, names in numbered.items():
            if len(names) > 1:
                raise MissingColumnError("kolom-ganda", kolom=names[1], lain=names[0], unsur=f"U{number}")
        families[key] = {number: names[0] for number, names in numbered.items()}
    candidates = {key: members for key, members in families.items() if 1 in members and len(members) > 1}
    if not candidates and len(families) == 1:
        candidates = {key: members for key, members in families.items() if 1 in members}
    if not candidates:
        holes = {key: members for key, members in families.items() if len(members) > 1}
        if holes:
            _refuse_hole(max(holes.values(), key=len))
        ready = _ready_map({}, [u.id for u in base.regulasi.unsur])
        raise MissingColumnError(
            "kolom-tidak-ada", tersedia=shown_headers(columns)[:30], banyak=len(columns), peta=ready
        )
    candidates = official_run(candidates, len(_order(base, u8))) or candidates
    if len(candidates) > 1:
        raise MissingColumnError("kolom-mendua", pilihan=[next(iter(m.values())) for m in candidates.values()])
    (_, family), members = next(iter(candidates.items()))
    _refuse_hole(members)
    _refuse_questions(family, members, base, u8, isi)
    owner = {_numbered(i, base, u8): members[i] for i in sorted(members)}
    taken, told = set(owner.values()), set(usable)
    free = [c for c in columns if c not in taken]
    profile = profile_columns([c for c in free if c in told], base, isi)
    rest = tuple(c for c in free if c not in profile.values())
    assumed = len(members) >= 8 and not _several(base) and is_ambiguous(base.regulasi)
    u8_text = _u8_text(base, u8) if assumed else "bernama"
    special = sort_out(rest, isi)
    result = _result(owner, profile, rest, special, base, u8_text, assumed=assumed and u8 is None)
    why = dict.fromkeys(owner.values(), Placed("pasti", "kode"))
    return replace(result, alasan=reasons(columns, result.kolom, profile, special, why, isi, base=base))


def _refuse_hole(members: dict[int, str]) -> None:
    missing = [f"U{i}" for i in range(1, max(members)) if i not in members]
    if missing:
        raise MissingColumnError("kolom-berlubang", hilang=missing, tersedia=[members[i] for i in sorted(members)])


def _refuse_questions(family: str, members: dict[int, str], base: Kuesioner, u8: str | None, isi: Pandang) -> None:
    """Refuse more numbered questions than unsur: q10 is one more question on some unsur, not a tenth unsur."""
    known = len(_order(base, u8))
    beyond = [column for number, column in members.items() if number > known]
    if family in _QUESTIONS and any(isi(column).jenis != "kosong" for column in beyond):
        raise MissingColumnError("kolom-pertanyaan", banyak=len(members), baku=known, pilihan=kuesioner_ids())


def evidence(column: str, base: Kuesioner) -> tuple[str, ...]:
    """Return the butir that a question's wording points at, however weakly: by phrases, else by single words.

    >>> from skm.regulasi._kuesioner import load
    >>> evidence("6. Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan?", load())
    ('perilaku',)
    """
    for text in readings(column):
        if hits := mentioned(normalise(text), base):
            return hits
    return ()


def _by_labels(hits: Iterable[str], content: ColumnLook, base: Kuesioner) -> tuple[str, ...]:
    """Return those butir whose own labels hold all texts of the column; nothing where the texts are common ones."""
    texts = {normalise(v) for v in content.nilai if isinstance(v, str) and not v.strip().isdigit()}
    if not texts:
        return ()
    fitting = [b.id for b in base.butir if texts <= {normalise(label) for label in b.label}]
    return tuple(h for h in hits if h in fitting)


def _answers_first(by_name: dict[str, str], isi: Pandang) -> list[tuple[str, str]]:
    """Return the pairs with columns that hold answers before columns of free text."""
    return sorted(by_name.items(), key=lambda pair: isi(pair[0]).jenis not in ANSWERING)


def _unclear(column: str, special: OtherColumns, isi: Pandang) -> bool:
    if is_identity(column) or column in (special.tanggal, special.saran) or other_instrument(column):
        return False
    return column not in special.pribadi and column not in special.kuis and isi(column).jenis in _LIKELY


def _missing_unsur(owner: dict[str, str], base: Kuesioner) -> list[str]:
    return [u.id for u in base.regulasi.unsur if u.id not in owner]


def _ready_map(owner: dict[str, str], missing: Iterable[str]) -> str:
    """Return the map of what was understood, with gaps to fill in, as a person would type it."""
    pairs = [f'"{butir}": "{column}"' for butir, column in owner.items()]
    return "{" + ", ".join([*pairs, *(f'"{butir}": "?"' for butir in missing)]) + "}"


def _result(
    owner: dict[str, str],
    profile: dict[str, str],
    rest: tuple[str, ...],
    special: OtherColumns,
    base: Kuesioner,
    u8: str,
    *,
    assumed: bool,
) -> Match:
    template = {b.id: b for b in base.butir}
    order = _order(base, u8 if u8 != "bernama" else _printed_u8(owner, base))
    ordered = sorted(owner, key=lambda u: (order.index(u) if u in order else len(order), _number(u)))
    butir = [template.get(u, Butir(u, u.partition(".")[0])) for u in ordered]
    notes: list[Finding] = []
    used = (special.tanggal, special.saran, *special.pribadi)
    others: dict[str, list[str]] = {}
    for column in rest:
        if name := other_instrument(column):
            others.setdefault(name, []).append(column)
    for name, theirs in others.items():
        notes.append(Finding("instrumen-lain", "catatan", "catatan", {"instrumen": name, "banyak": len(theirs)}))
    unknown = [c for c in rest if not is_identity(c) and c not in used and not other_instrument(c)]
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


def _numbers_on(column: str, number: int, base: Kuesioner, u8: str | None) -> bool:
    """Tell whether a code goes on counting questions behind the unsur: Q10 is none of them, U10 is the office's own."""
    code = read_code(normalise(column))
    return number > len(_order(base, u8)) and code is not None and code[0] not in UNSUR_CODES


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
