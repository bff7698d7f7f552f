"""The form of choices: what is open about the files first, then everything else that can be said; and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from skm.answers.blocks import is_block_word
from skm.basics import messages
from skm.basics.errors import DataError
from skm.service import choices

AREA = "layani"
# Choice -> the values that can be chosen; none means that it is typed.
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "usul": (),
    "terima": (),
    "periode": (),
    "u8": ("pengaduan", "sarana"),
    "lembar": (),
    "label": ("puas", "setuju", "baik", "setuju-5"),
    "konversi": ("5-linear", "5-proporsional", "6-linear", "6-proporsional", "25-100", "0-3"),
    "nilai_kosong": (),
    "urutan": ("hari-bulan", "bulan-hari"),
    "tanpa_tanggal": ("tolak", "lewati"),
    "per": (),
    "populasi": (),
    "unit_dari": ("nama-berkas", "lembar"),
    "rusak": ("tolak", "lewati"),
    "bobot": ("tepat", "0.111", "0.11"),
    "pembulatan": ("nik-2", "indeks-2", "indeks-3"),
    "kosong": ("per-unsur", "hanya-lengkap", "tolak"),
    "pertanyaan": ("butir", "responden"),
    "unsur_kosong": ("tinggalkan", "tolak"),
    "regulasi": (),
    "kuesioner": (),
    "tata_letak": (),
}
# Several values at once, each kept beside what was answered before.
_SEVERAL = ("terima", "nilai_kosong", "usul")
_LABEL, _COLUMN, _PROFILE = "label|", "kolom|", "profil|"
# An answer to the question where an unsur is: kolom=<unsur>=<column>.
_NAMED = "kolom="
# An answer to the question what 0 means: konversi=0-3.
_CONVERTED = "konversi="


def fields(found: Mapping[str, Any], made: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    """Return the fields of the form: what is open first."""
    asked = {q["kunci"]: q for q in found.get("pertanyaan", ())}
    out = []
    for key, known in _CHOICES.items():
        question = asked.get(key)
        if key == "usul" and question is None:
            continue
        offered = _offered(key, known, found, lang) if question is None else [tuple(p) for p in question["pilihan"]]
        value = made.get(key)
        one = {
            "kunci": key,
            "opsi": "--perbaikan" if key == "usul" else f"--{key.replace('_', '-')}",
            "nama": messages.text(AREA, f"pilihan-{key}", lang),
            "bantu": messages.text(AREA, f"bantu-{key}", lang),
            "sebab": (question or {}).get("sebab", ""),
            "kode": (question or {}).get("kode", ""),
            # Asked although something was chosen: the choice did not settle it.
            "terbuka": question is not None and (question["wajib"] or not value),
            "wajib": bool(question and question["wajib"]),
            "banyak": key in _SEVERAL and not any("=" in value for value, _ in offered if key == "nilai_kosong"),
            "pilihan": offered,
            "pasangan": _pairs(offered) if key == "terima" else [],
            "nilai": _typed(value),
            "lama": value if isinstance(value, list) else choices.split(value) if isinstance(value, str) else [],
            "peta": isinstance(value, Mapping),
        }
        out.append(one)
    return sorted(out, key=lambda f: not f["terbuka"])


def _offered(key: str, known: tuple[str, ...], found: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    if key == "per":
        return [(name, _word(name, lang)) for name in found.get("ciri", ())]
    if key == "regulasi":
        from skm.regulasi import _regulation

        return [(name, name) for name in _regulation.ids()]
    if key == "kuesioner":
        from skm.regulasi import _kuesioner

        return [(name, name) for name in _kuesioner.ids()]
    return [(value, _word(value, lang)) for value in known]


def _pairs(offered: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the choices about one unsur together: it is asked, or it is not."""
    out: dict[str, dict[str, Any]] = {}
    for value, text in offered:
        unsur = value.split("=")[1] if _names_column(value) else _about(value)
        out.setdefault(unsur, {"unsur": unsur, "pilihan": []})["pilihan"].append((value, text))
    return list(out.values())


def _typed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ""
    return ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _word(value: str, lang: str) -> str:
    code = f"nilai-{value}"
    return messages.text(AREA, code, lang) if messages.has(AREA, code) else value.replace("_", " ")


def chosen(form: FormData, made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices of a form; an empty field says nothing, and what no field can show is kept.

    Raises
    ------
    DataError
        A label without a level that the scale has.
    """
    given: dict[str, Any] = {
        name: str(value).strip()
        for name, value in form.items()
        if isinstance(value, str) and name in choices.EVERY and name not in _SEVERAL
    }
    # One answer may be another choice: all sheets together instead of one of them, codes from zero instead of a blank.
    key, mark, value = str(given.get("lembar", "")).partition("=")
    if mark and key == "unit_dari":
        given |= {"lembar": "", key: value}
    for value in filter(_is_conversion, map(str, form.getlist("nilai_kosong"))):
        given["konversi"] = value.removeprefix(_CONVERTED)
    for name in ("terima", "nilai_kosong"):
        texts = [str(v) for v in form.getlist(name)]
        texts += [str(v) for key, v in form.multi_items() if key.startswith(f"{name}|") and not _names_column(str(v))]
        texts = [text for text in texts if not _is_conversion(text)]
        parts = list(dict.fromkeys(part for text in texts for part in choices.split(text)))
        given[name] = _settled(parts) if name == "terima" else parts
    for name in ("label", "kuesioner"):
        if isinstance(made.get(name), Mapping) and not given.get(name) and f"tanpa_{name}" not in form:
            given[name] = made[name]
    given |= {"label": labels} if (labels := _labels(form, given.get("label"))) else {}
    return {**{k: v for k, v in made.items() if k not in _CHOICES}, **_said(given)}


def _names_column(value: str) -> bool:
    return value.startswith(_NAMED)


def _is_conversion(value: str) -> bool:
    return value.startswith(_CONVERTED)


def columns_named(form: FormData) -> dict[str, str]:
    """Return the columns that a person named for unsur that were not found."""
    given = [str(v).removeprefix(_NAMED).partition("=") for v in form.values() if _names_column(str(v))]
    return {unsur: column for unsur, mark, column in given if mark}


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in given.items() if value not in ("", [], {}, None)}
    choices.checked(kept)
    return kept


def _settled(parts: list[str]) -> list[str]:
    """Return what was accepted, the last word about an unsur standing."""
    out: dict[str, str] = {}
    for part in parts:
        out[_about(part)] = part
    return list(out.values())


def _about(word: str) -> str:
    """Return what an accepted word is about: an unsur, or which of several sets of columns counts."""
    return "blok" if is_block_word(word) else word.removeprefix("tanpa-")


def _labels(form: FormData, before: Any) -> dict[str, dict[str, int]]:
    """Return the level of every label that was given one."""
    out: dict[str, dict[str, int]] = {}
    for name, value in form.multi_items():
        butir, mark, text = name.removeprefix(_LABEL).partition("|")
        if not name.startswith(_LABEL) or not mark or not str(value).strip():
            continue
        if not str(value).strip().isdigit():
            raise DataError("layanan-label-nilai", label=text[:60])
        out.setdefault(butir, {})[text] = int(str(value))
    return {**(before if isinstance(before, Mapping) else {}), **out} if out else {}


def mapped(form: FormData) -> dict[str, Any]:
    """Return the map of columns of a form: unsur -> column, and the characteristics that were found.

    Raises
    ------
    DataError
        No column was named, or one twice.
    """
    columns = {
        name.removeprefix(_COLUMN): str(value) for name, value in form.items() if name.startswith(_COLUMN) and value
    }
    if not columns:
        raise DataError("layanan-peta-kosong")
    twice = [column for column in columns.values() if list(columns.values()).count(column) > 1]
    if twice:
        raise DataError("layanan-peta-ganda", kolom=twice[0][:60])
    used = set(columns.values())
    profil = {n.removeprefix(_PROFILE): str(v) for n, v in form.items() if n.startswith(_PROFILE) and v not in used}
    return {"kolom": columns, **({"profil": profil} if profil else {})}
