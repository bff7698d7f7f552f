"""How a column was placed: the strength and the reason of its role, and the columns that describe respondents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm.answers.column_kinds import OtherColumns, Pandang, is_identity, is_listed, is_personal, is_quiz
from skm.answers.signatures import YES_NO, Evidence, Kekuatan, other_instrument
from skm.answers.unsur_names import characteristics
from skm.basics.words import normalise
from skm.regulasi._kuesioner import Kuesioner


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a column has its role: the strength of it, the code of the reason, and what that is about."""

    kekuatan: Kekuatan
    alasan: str
    rinci: str = ""


def profile_columns(columns: Sequence[str], base: Kuesioner, isi: Pandang | None = None) -> dict[str, str]:
    """Return profile id -> column for the headers that name a characteristic; the first of several wins."""
    found: dict[str, str] = {}
    table = characteristics(base)
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


def reasons(
    columns: Sequence[str],
    kolom: Mapping[str, str],
    profil: Mapping[str, str],
    special: OtherColumns,
    why: Mapping[str, Placed],
    isi: Pandang,
    *,
    base: Kuesioner | None = None,
    doubles: Mapping[str, Sequence[str]] | None = None,
    proofs: Mapping[str, Evidence | None] | None = None,
) -> dict[str, Placed]:
    """Return how every column was placed."""
    owned = {*kolom.values(), *(c for cs in (doubles or {}).values() for c in cs)}
    exact = set(profile_columns(columns, base).values()) if base is not None else set(profil.values())
    proofs = proofs or {}
    out: dict[str, Placed] = {}
    for column in columns:
        proof = proofs.get(column)
        if column in owned:
            out[column] = why.get(column, Placed("pasti", "nama"))
        elif column in profil.values():
            out[column] = Placed("pasti", "nama-ciri") if column in exact else Placed("kuat", "kata-ciri")
        elif column in (special.tanggal, special.saran):
            named = is_listed(column)
            out[column] = Placed("pasti", "judul-dikenal") if named else Placed("kuat", "isi-tanggal")
        elif column in special.pribadi:
            out[column] = Placed("pasti", "judul-pribadi") if is_personal(column) else Placed("kuat", "isi-pribadi")
        elif is_quiz(column):
            out[column] = Placed("pasti", "kuis")
        elif is_identity(column):
            out[column] = Placed("pasti", "judul-dikenal")
        elif (name := other_instrument(column)) or (proof is not None and proof.alasan == "instrumen"):
            out[column] = Placed("pasti", "instrumen", name)
        elif proof is not None and proof.alasan in ("bukan-unsur", "nilai-lain", YES_NO):
            out[column] = Placed("pasti", "bukan-unsur", proof.rinci)
        elif proof is not None:
            out[column] = Placed("kuat", "unsur-sudah-ada", ", ".join(proof.butir))
        else:
            out[column] = Placed("lemah", "kosong" if isi(column).jenis == "kosong" else "tidak-dipakai")
    return out


def _mentions(key: str, phrases: Iterable[str]) -> bool:
    padded = f" {key} "
    return any(f" {normalise(phrase)} " in padded for phrase in phrases)
