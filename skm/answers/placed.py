"""How a column was placed: the strength and the reason of its role, and the columns that describe respondents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from skm.answers.column_kinds import ColumnLook, OtherColumns, Pandang, is_identity, is_listed, is_personal, is_quiz
from skm.answers.signatures import YES_NO, Evidence, Kekuatan, is_judgement, other_instrument
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
        if column in found.values() or is_personal(column) or (look := isi(column).jenis) in ("tanggal", "pribadi"):
            continue
        if look in ("jawaban", "tertutup") and is_judgement(column):
            continue  # it is answered as an unsur is, and asks how good something was
        hits = _mentioned(column, base)
        if len(hits) == 1 and len(normalise(column).split()) > 1:
            found.setdefault(hits[0], column)
    if "layanan" not in found and any(c.id == "layanan" for c in base.profil):
        rest = [c for c in columns if c not in found.values() and not is_personal(c) and not is_identity(c)]
        services = [c for c in rest if _names_services(isi(c))]
        if len(services) == 1:
            found["layanan"] = services[0]
    return found


# Words of which names of public services are made; a column of a few such names says what was served.
_SERVICES = re.compile(
    r"\b(?:layanan|pelayanan|pembuatan|penerbitan|perekaman|pendaftaran|pencatatan|permohonan|pengurusan|perpanjangan"
    r"|legalisir|legalisasi|rekomendasi|surat|akta|akte|izin|ijin|perizinan|ktp|ktp el|e ktp|kk|kartu keluarga|kia|skck"
    r"|sim|paspor|nib|imb|pbg|sertifikat|konsultasi|rawat (?:jalan|inap)|poli(?:klinik)?|imunisasi|uji kir|pajak)\b"
)


def _names_services(look: ColumnLook) -> bool:
    """Tell whether a column holds a few texts that return and mostly name public services."""
    texts = [v for v in look.nilai if isinstance(v, str)] if look.jenis == "pilihan" else []
    # Remarks hold such words too, and do not return.
    if not look.banyak > 2 * len(texts) >= 4:
        return False
    named = sum(bool(_SERVICES.search(normalise(text))) for text in texts)
    return named * 10 >= len(texts) * 7


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
    pribadi = set(special.pribadi)
    proofs = proofs or {}
    out: dict[str, Placed] = {}
    for column in columns:
        proof = proofs.get(column)
        if column in owned:
            out[column] = why.get(column, Placed("pasti", "nama"))
        elif column in profil.values():
            worded = base is None or _mentioned(column, base)
            out[column] = Placed("kuat", "kata-ciri" if worded else "isi-layanan")
            if column in exact:
                out[column] = Placed("pasti", "nama-ciri")
        elif column in (special.tanggal, special.saran):
            named = is_listed(column)
            out[column] = Placed("pasti", "judul-dikenal") if named else Placed("kuat", "isi-tanggal")
        elif column in pribadi:
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


def _mentioned(column: str, base: Kuesioner) -> list[str]:
    """Return the ids of the characteristics whose words a header holds."""
    padded = f" {normalise(column)} "
    return [ciri for ciri, phrases in _phrases(base) if any(phrase in padded for phrase in phrases)]


@lru_cache(maxsize=16)
def _phrases(base: Kuesioner) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((c.id, tuple(f" {normalise(phrase)} " for phrase in c.kata)) for c in base.profil)
