"""The columns of a file of counts, and back: one row per group and question, and a note about all of them.

Such a file comes from another office. It is believed only as a whole: a checksum over every column and the note shows
what was changed by hand or on the way, and what the counts say about each other and about the regulation must be
possible whoever computed the checksum.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import numpy as np

from skm._version import __version__
from skm.basics.errors import DataError, RegulationError, SKMError, UnreadableFileError
from skm.basics.limits import is_long_number, limit
from skm.basics.strict_text import parse_json
from skm.basics.values import Finding
from skm.regulasi import _kuesioner
from skm.regulasi import load as load_regulasi
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.regulasi._regulation import Regulasi

FORMAT = "2"
_DIRECTION = "huruf-arah"
_PAIR = re.compile(r"[0-9a-i] = [0-9]")
_TEXTS = ("versi", "regulasi", "revisi", "aturan", "kuesioner", "skala", "sidik", "periksa")


def to_columns(hitungan: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of a `Hitungan`, and the note that goes with them."""
    kuesioner: Kuesioner = hitungan.kuesioner
    groups, butir, width = hitungan.semua.shape
    columns: dict[str, Any] = {
        "kelompok": [json.dumps([_written(part) for part in label]) for label in hitungan.label for _ in range(butir)],
        "butir": [b.id for b in kuesioner.butir] * groups,
        "kosong": hitungan.semua[:, :, 0].reshape(-1),
    }
    for level in range(1, width):
        columns[f"tingkat_{level}"] = hitungan.semua[:, :, level].reshape(-1)
    if hitungan.lengkap is not None:
        for level in range(1, width):
            columns[f"lengkap_{level}"] = hitungan.lengkap[:, :, level - 1].reshape(-1)
        columns["n_lengkap"] = np.repeat(hitungan.n_lengkap, butir)
    columns["n"] = np.repeat(hitungan.n, butir)
    columns["n_tanpa_jawaban"] = np.repeat(hitungan.n_tanpa_jawaban, butir)
    note = {
        "bentuk": FORMAT,
        "versi": __version__,
        "regulasi": kuesioner.regulasi.id,
        "revisi": kuesioner.regulasi.revisi,
        "aturan": rules_digest(kuesioner.regulasi),
        "kuesioner": kuesioner.id,
        "skala": kuesioner.skala,
        "nilai": [str(value) for value in kuesioner.nilai],
        "butir": [{"id": b.id, "unsur": b.unsur} for b in kuesioner.butir],
        "kunci": list(hitungan.kunci),
        "sidik": hitungan.fingerprint(),
    }
    if told := [list(note.bukti["arah"]) for note in hitungan.catatan if note.kode == _DIRECTION]:
        note["arah"] = told[0]
    return columns, note


def from_columns(
    columns: Mapping[str, Sequence[Any]], note: Mapping[str, Any], name: str, regulasi: Any
) -> dict[str, Any]:
    """Return the fields of the `Hitungan` that was written.

    Raises
    ------
    UnreadableFileError
        The format is newer, the checksum is not that of the content, or counts, levels, questions or groups are
        impossible.
    RegulationError
        The regulation is none that comes with the package, and was not given.
    """
    if note.get("bentuk") != FORMAT:
        shown = {key: str(note.get(key))[:20] for key in ("bentuk", "versi")}
        raise UnreadableFileError("hitungan-bentuk", berkas=name, **shown)
    try:
        _believable(columns, note)
        kuesioner = _questionnaire(note, regulasi)
        fields = {"kuesioner": kuesioner, **_arrays(columns, note, kuesioner), "catatan": _direction(note)}
    except RegulationError as problem:
        raise RegulationError(problem.code, **{**problem.context, "berkas": name}) from None
    except SKMError as problem:
        if problem.code == "hitungan-regulasi":
            raise DataError(problem.code, **{**problem.context, "berkas": name}) from None
        raise UnreadableFileError("hitungan-rusak", berkas=name, sebab=problem.code) from None
    except _Broken as problem:
        raise UnreadableFileError("hitungan-rusak", berkas=name, sebab=str(problem)) from None
    except (KeyError, ValueError, TypeError, IndexError, OverflowError, AttributeError) as problem:
        raise UnreadableFileError("hitungan-rusak", berkas=name, sebab=type(problem).__name__) from None
    return fields


def _direction(note: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return the note that tells which level each letter or number was read as, where the file keeps one."""
    told = note.get("arah", [])
    if not isinstance(told, list) or not all(isinstance(text, str) and _PAIR.fullmatch(text) for text in told):
        raise _Broken("arah")
    return (Finding(_DIRECTION, "catatan", "catatan", {"arah": told}),) if told else ()


class _Broken(Exception):  # noqa: N818 - never leaves this file
    """What does not fit, by the name of the column or of the note's entry."""


def _believable(columns: Mapping[str, Any], note: Mapping[str, Any]) -> None:
    if any(not isinstance(note.get(key), str) for key in _TEXTS):
        raise _Broken("catatan")
    for key in ("opsi", "keterangan"):
        entries = note.get(key)
        if not isinstance(entries, dict) or not all(isinstance(text, str) for text in entries.values()):
            raise _Broken(key)
    if note["periksa"] != checksum(columns, note):
        raise _Broken("periksa")


def checksum(columns: Mapping[str, Any], note: Mapping[str, Any]) -> str:
    """Return a digest over every column and the whole note."""
    digest = hashlib.sha256()
    about = {key: value for key, value in note.items() if key != "periksa"}
    digest.update(json.dumps(about, sort_keys=True, ensure_ascii=True, default=str).encode())
    for column in sorted(columns):
        values = columns[column]
        plain = values.tolist() if isinstance(values, np.ndarray) else list(values)
        digest.update(json.dumps([column, plain], ensure_ascii=True, default=str).encode())
    return digest.hexdigest()[:32]


def rules_digest(regulasi: Regulasi) -> str:
    """Return a digest of what a regulation computes with: its scale, its unsur and its grades."""
    grades = [(k.mutu, str(k.nik[0])) for k in regulasi.kategori]
    about = [regulasi.terendah, regulasi.tertinggi, regulasi.konversi, regulasi.desimal, grades]
    text = json.dumps([*about, [u.id for u in regulasi.unsur]], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _arrays(columns: Mapping[str, Sequence[Any]], note: Mapping[str, Any], kuesioner: Kuesioner) -> dict[str, Any]:
    butir, levels = len(kuesioner.butir), len(kuesioner.nilai)
    joint = "n_lengkap" in columns
    tables = ["kosong", *(f"tingkat_{level}" for level in range(1, levels + 1))]
    joints = [f"lengkap_{level}" for level in range(1, levels + 1)] if joint else []
    singles = ["n", "n_tanpa_jawaban", *(["n_lengkap"] if joint else [])]
    if set(columns) != {"kelompok", "butir", *tables, *joints, *singles}:
        raise _Broken("kolom")
    groups, rest = divmod(len(columns["n"]), butir)
    if rest or not groups:
        raise _Broken("baris")
    numbers = {name: _counts(columns[name], name).reshape(groups, butir) for name in (*tables, *joints, *singles)}
    for name in singles:
        if (numbers[name] != numbers[name][:, :1]).any():
            raise _Broken(name)
    if list(columns["butir"]) != [b.id for b in kuesioner.butir] * groups:
        raise _Broken("butir")
    kunci = tuple(note["kunci"])
    texts = list(columns["kelompok"])
    if any(texts[i] != texts[i - i % butir] for i in range(len(texts))):
        raise _Broken("kelompok")
    label = tuple(tuple(map(_read, parse_json(text, "", exact=False))) for text in texts[::butir])
    if not all(isinstance(key, str) for key in kunci) or any(len(one) != len(kunci) for one in label):
        raise _Broken("kunci")
    if len(set(label)) != len(label) or len(set(kunci)) != len(kunci):
        raise _Broken("kelompok")
    fields = {
        "semua": np.stack([numbers[name] for name in tables], axis=2),
        "lengkap": np.stack([numbers[name] for name in joints], axis=2) if joint else None,
        "n": numbers["n"][:, 0].copy(),
        "n_lengkap": numbers["n_lengkap"][:, 0].copy() if joint else None,
        "n_tanpa_jawaban": numbers["n_tanpa_jawaban"][:, 0].copy(),
        "kunci": kunci,
        "label": label,
    }
    _possible(fields)
    return fields


def _possible(fields: Mapping[str, Any]) -> None:
    """Refuse counts that no answers give, whoever wrote them down."""
    semua, n, nothing = fields["semua"], fields["n"], fields["n_tanpa_jawaban"]
    if (semua.sum(axis=2) != n[:, None]).any():
        raise _Broken("n")
    if (nothing > n).any() or (nothing > semua[:, :, 0].min(axis=1)).any():
        raise _Broken("n_tanpa_jawaban")
    if fields["lengkap"] is not None:
        complete, everything = fields["lengkap"], fields["n_lengkap"]
        if (complete > semua[:, :, 1:]).any() or (complete.sum(axis=2) != everything[:, None]).any():
            raise _Broken("lengkap")
        if (everything + nothing > n).any():
            raise _Broken("n_lengkap")


def _counts(values: Sequence[Any], name: str) -> Any:
    if not all(type(value) is int and 0 <= value <= limit("cacah") for value in values):
        raise _Broken(name)
    return np.array(values, np.int64)


def _questionnaire(note: Mapping[str, Any], regulasi: Any) -> Kuesioner:
    rules = load_regulasi(note["regulasi"] if regulasi is None else regulasi)
    if rules.id != note["regulasi"] or rules_digest(rules) != note["aturan"]:
        raise DataError("hitungan-regulasi", tercatat=note["regulasi"], dipakai=rules.id)
    known = note["kuesioner"] if note["kuesioner"] in _kuesioner.ids() else rules.kuesioner
    base = _kuesioner.load(known if known in _kuesioner.ids() else _kuesioner.DEFAULT)
    nilai = _levels(note, rules)
    template = {b.unsur: b for b in base.butir}
    butir = []
    for entry in note["butir"]:
        if set(entry) != {"id", "unsur"} or not all(isinstance(text, str) and text for text in entry.values()):
            raise _Broken("butir")
        same = template.get(entry["unsur"])
        asked = (same.tanya, same.label) if same and not note["skala"] else ({}, ())
        butir.append(Butir(entry["id"], entry["unsur"], *asked))
    if not butir or len({b.id for b in butir}) != len(butir):
        raise _Broken("butir")
    made = replace(base, regulasi=rules, butir=tuple(butir), nilai=nilai, skala=note["skala"])
    return replace(made, huruf=(), makna=()) if note["skala"] else made


def _levels(note: Mapping[str, Any], rules: Regulasi) -> tuple[Fraction, ...]:
    """Return the levels' values: the regulation's own, or those of the conversion that the note names."""
    own = tuple(Fraction(level) for level in range(rules.terendah, rules.tertinggi + 1))
    right = _kuesioner.CONVERSIONS.get(note["skala"]) if note["skala"] else own
    texts = note["nilai"]
    if right is None or any(not isinstance(text, str) or is_long_number(text) for text in texts):
        raise _Broken("nilai")
    if tuple(map(Fraction, texts)) != right:
        raise _Broken("nilai")
    return right


def _written(part: Any) -> Any:
    if part is None or isinstance(part, (bool, int, float, str)):
        return part
    if isinstance(part, datetime):
        return {"waktu": part.isoformat()}
    return {"tanggal": part.isoformat()} if isinstance(part, date) else str(part)


def _read(part: Any) -> Any:
    if isinstance(part, dict):
        return datetime.fromisoformat(part["waktu"]) if "waktu" in part else date.fromisoformat(part["tanggal"])
    return part
