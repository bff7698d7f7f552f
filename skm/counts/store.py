"""The columns of a file of counts, and back: one row per group and question, and a note about all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import numpy as np

from skm._version import __version__
from skm.basics.errors import DataError, OptionError, UnreadableFileError
from skm.regulasi import _kuesioner
from skm.regulasi import load as load_regulasi
from skm.regulasi._kuesioner import Butir, Kuesioner

FORMAT = "1"


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
        "kuesioner": kuesioner.id,
        "nilai": [str(value) for value in kuesioner.nilai],
        "butir": [{"id": b.id, "unsur": b.unsur} for b in kuesioner.butir],
        "kunci": list(hitungan.kunci),
        "sidik": hitungan.fingerprint(),
    }
    return columns, note


def from_columns(
    columns: Mapping[str, Sequence[Any]], note: Mapping[str, Any], name: str, regulasi: Any
) -> dict[str, Any]:
    """Return the fields of the `Hitungan` that was written.

    Raises
    ------
    UnreadableFileError
        The format is newer, or something is missing or impossible.
    """
    if note.get("bentuk") != FORMAT:
        raise UnreadableFileError("hitungan-bentuk", berkas=name, bentuk=note.get("bentuk"), versi=note.get("versi"))
    try:
        kuesioner = _questionnaire(note, regulasi)
        return {"kuesioner": kuesioner, **_arrays(columns, note, len(kuesioner.butir), len(kuesioner.nilai))}
    except (KeyError, ValueError, TypeError, IndexError) as problem:
        if isinstance(problem, (DataError, OptionError)):
            raise
        raise UnreadableFileError("hitungan-rusak", berkas=name) from None


def _arrays(columns: Mapping[str, Sequence[Any]], note: Mapping[str, Any], butir: int, levels: int) -> dict[str, Any]:
    groups = len(columns["n"]) // butir

    def table(names: Sequence[str]) -> Any:
        return np.stack([np.array(columns[c], np.int64).reshape(groups, butir) for c in names], axis=2)

    per_group = {c: np.array(columns[c], np.int64)[::butir] for c in ("n", "n_tanpa_jawaban")}
    joint = "n_lengkap" in columns
    return {
        "semua": table(["kosong", *(f"tingkat_{level}" for level in range(1, levels + 1))]),
        "lengkap": table([f"lengkap_{level}" for level in range(1, levels + 1)]) if joint else None,
        "n": per_group["n"],
        "n_lengkap": np.array(columns["n_lengkap"], np.int64)[::butir] if joint else None,
        "n_tanpa_jawaban": per_group["n_tanpa_jawaban"],
        "kunci": tuple(note["kunci"]),
        "label": tuple(tuple(map(_read, json.loads(text))) for text in columns["kelompok"][::butir]),
    }


def _questionnaire(note: Mapping[str, Any], regulasi: Any) -> Kuesioner:
    rules = load_regulasi(note["regulasi"] if regulasi is None else regulasi)
    known = note["kuesioner"] if note["kuesioner"] in _kuesioner.ids() else rules.kuesioner
    base = _kuesioner.load(known if known in _kuesioner.ids() else _kuesioner.DEFAULT)
    template = {b.unsur: b for b in base.butir}
    butir = []
    for entry in note["butir"]:
        same = template.get(entry["unsur"])
        butir.append(Butir(entry["id"], entry["unsur"], same.tanya if same else {}, same.label if same else ()))
    return replace(base, regulasi=rules, butir=tuple(butir), nilai=tuple(Fraction(text) for text in note["nilai"]))


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
