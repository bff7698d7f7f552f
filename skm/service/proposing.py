"""What a person may accept about files: repairs, a map of columns, values of labels; and what was answered, kept.

Runs in a worker.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skm.answers.column_kinds import holds_person, is_identity, is_personal
from skm.answers.survei import Survei
from skm.basics import messages
from skm.basics.errors import DataError, SKMError
from skm.service import choices
from skm.service.choices import ANSWERS, REPAIRS
from skm.service.tasks import TAKEN, told

AREA = "layani"
_SHOWN = 200


@told
def accept(lang: str, folder: str, paths: list[str], made: dict[str, Any], keys: list[str]) -> Mapping[str, Any]:
    """Keep the repairs of some keys, those accepted before among them; the others are dropped."""
    from skm.io.repairs_file import write_repairs

    path = Path(folder) / REPAIRS
    rows = [*accepted(path), *_proposed(Path(folder), paths, made)]
    kept: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        kept.setdefault(key_of(row), []).append(row | {"pakai": "ya"})
    chosen = [row for key in dict.fromkeys(keys) for row in _once(kept.get(key, []))]
    if chosen:
        write_repairs(chosen, path, overwrite=True)
    else:
        path.unlink(missing_ok=True)
    return {"hasil": len(chosen)}


def key_of(row: Mapping[str, Any]) -> str:
    """Return what tells a repair from the others; the columns of one question are one repair."""
    alone = () if row.get("jenis") == "gabung-kolom" else ("dari", "menjadi", "berkas", "lembar", "baris")
    text = "\x1f".join(str(row.get(name) or "") for name in ("jenis", "kolom", *alone))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def accepted(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of accepted repairs; none where there is no file."""
    if not path.is_file():
        return []
    from skm.io.repairs_file import read_rows

    return read_rows(path)


def repairs(survei: Any, folder: Path, lang: str) -> list[dict[str, Any]]:
    """Return what can be accepted: first what was, then what is proposed now."""
    from skm.answers import checks

    found: dict[str, dict[str, Any]] = {}
    proposed = checks.proposals(survei) if isinstance(survei, Survei) else []
    for row, mark in [*((r, True) for r in accepted(folder / REPAIRS)), *((r, False) for r in proposed)]:
        if row["jenis"] == "sembunyikan-pribadi":
            continue  # nothing personal leaves the page anyway
        one = found.setdefault(key_of(row), {"kunci": key_of(row), "diterima": mark, "usul": row["pakai"] == "ya"})
        if row["jenis"] == "gabung-kolom":
            one["dari"] = [*one.get("dari", ()), str(row.get("dari"))]
            fields: dict[str, Any] = {"unsur": row.get("kolom"), "kolom": one["dari"]}
        else:
            fields = {name: _word(row.get(name)) for name in ("kolom", "dari", "menjadi", "berkas", "lembar", "baris")}
        one["teks"] = messages.text(AREA, f"usul-{row['jenis']}", lang, **fields)
    return list(found.values())[:_SHOWN]


def columns(paths: Sequence[str], made: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return unsur with the column each was found in, and the columns to choose from; None where there is no header."""
    from skm.api import files

    named = made.get("kuesioner") if isinstance(made.get("kuesioner"), Mapping) else None
    try:
        draft = files.draft_map(paths[0], sheet=made.get("lembar"), kuesioner=named)
    except SKMError:
        return None
    found = [c for cs in (*draft.kolom.values(), *draft.calon.values()) for c in cs]
    rest = [c for c in draft.sisa if not is_personal(c) and not is_identity(c) and not holds_person(c)]
    return {
        "unsur": [(unsur, list(names)[:1]) for unsur, names in draft.kolom.items()],
        "kolom": list(dict.fromkeys([*found, *rest])),
        "sisa": [c for c in rest if c not in found],
        "profil": dict(draft.profil),
    }


@told
def map_with(lang: str, paths: list[str], made: dict[str, Any], named: dict[str, str]) -> Mapping[str, Any]:
    """Return the map of columns that was found, with the columns that a person named for some unsur."""
    found = columns(paths, made)
    if found is None:
        raise DataError("layanan-peta-kosong")
    absent = {part.removeprefix("tanpa-") for part in made.get("terima", ()) if part.startswith("tanpa-")}
    known = {unsur: names[0] for unsur, names in found["unsur"] if names and unsur not in absent}
    profil = {key: column for key, column in found["profil"].items() if column not in named.values()}
    return {"hasil": {"kolom": known | named, **({"profil": profil} if profil else {})}}


def labels(paths: Sequence[str], made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the labels of every question with the level that is proposed for each, where one is."""
    from skm.api import files

    try:
        draft = files.draft_map(paths[0], sheet=made.get("lembar"), kuesioner=made.get("kuesioner"))
    except SKMError:
        return []
    named = made.get("label")
    given = named if isinstance(named, Mapping) else {}
    return [
        {"butir": butir, "label": [(text, given.get(butir, {}).get(text, level)) for text, level in found.items()]}
        for butir, found in draft.label.items()
    ]


def take_along(folder: Path, paths: Sequence[str], made: Mapping[str, Any]) -> None:
    """Keep the answers given here, and the repairs accepted, as files for next time."""
    import shutil

    from skm.io.decisions import remember
    from skm.io.options import ReadOptions
    from skm.io.read import header_prints

    target = folder / TAKEN
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in (ANSWERS, REPAIRS):
        if (folder / name).is_file():
            shutil.copy(folder / name, target / name)
    given = {key: value for key, value in choices.arguments(choices.checked(made)).items() if key != "sheet"}
    if "urutan" in made:
        given["urutan"] = made["urutan"]
    if isinstance(given.get("terima"), list):
        given["terima"] = tuple(given["terima"])
    options = ReadOptions(**given)
    for own in dict.fromkeys(header_prints(choices.source(paths), options).values()):
        remember(target / ANSWERS, own, options)


def _proposed(folder: Path, paths: Sequence[str], made: Mapping[str, Any]) -> list[dict[str, Any]]:
    from skm.answers import checks

    survei = choices.read_all(paths, choices.checked(made), folder)
    return checks.proposals(survei) if isinstance(survei, Survei) else []


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without those that say the same again."""
    seen: dict[str, dict[str, Any]] = {}
    for row in rows:
        text = repr([row.get(name) for name in ("jenis", "kolom", "dari", "menjadi", "berkas", "lembar", "baris")])
        seen.setdefault(text, row)
    return list(seen.values())


def _word(value: Any) -> str:
    return "" if value is None else str(value)
