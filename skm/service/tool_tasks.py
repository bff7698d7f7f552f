"""What workers do for the other screens: judge a printed result, order periods, compile a city, write the kit."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.api.envelope.document import LEVELS, galat
from skm.basics.errors import DataError, SKMError
from skm.service.choices import ANSWERS
from skm.service.looking import judgement
from skm.service.tables import plain_table
from skm.service.tasks import compilation, pack, told

_FIGURE = re.compile(r"\d{1,3}([.,]\d{1,8})?")
# What can be had of the kit by itself.
KIT = ("kuesioner.docx", "jawaban.xlsx", "fakta.xlsx", "kuesioner_daring.txt")


@told
def judged(lang: str, folder: str, paths: list[str], typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Judge a printed result, pasted or handed over, with the account of what was read of it."""
    from skm.auditing.audit import audit

    text = typed.get("teks", "")
    if text:
        pasted = Path(folder) / "tempelan.txt"
        pasted.write_text(text, encoding="utf-8")
        return judgement(audit(pasted), lang)
    if not paths:
        raise DataError("layanan-tanpa-berkas")
    parts: list[dict[str, Any]] = []
    refused: list[SKMError] = []
    for path in map(Path, paths):
        try:
            parts += judgement(audit(path), lang)["hasil"]
        except SKMError as problem:  # one file that cannot be judged takes nothing from the others
            refused.append(problem)
            parts.append({"judul": path.name, "galat": galat(problem, lang, {})})
    if len(refused) == len(paths):
        raise refused[0]
    return {"hasil": parts}


@told
def trend(lang: str, folder: str, paths: list[str], typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Put the figures of several periods in order: typed ones and those of files.

    A line is ``period = index`` or ``period = name of a file``; a file that no line names tells its own period.
    """
    from skm import charts
    from skm.api.after import trend as ordered

    files = {Path(path).name: Path(path) for path in paths}
    given: list[Any] = []
    named = set()
    for number, line in enumerate(typed.get("teks", "").splitlines(), start=1):
        if not line.strip():
            continue
        period, _, figure = (part.strip() for part in re.sub(r"[;\t]", "=", line).rpartition("="))
        # What is neither a figure nor one of the files handed over would be looked for on this computer.
        if not period or not (figure in files or _FIGURE.fullmatch(figure)):
            raise DataError("layanan-tren-baris", baris=number)
        if figure in files:
            named.add(figure)
        given.append((period, files.get(figure, figure)))
    given += [path for name, path in files.items() if name not in named]
    if not given:
        raise DataError("layanan-tren-baris", baris=1)
    found = ordered(given)
    picture = Path(folder) / f"tren-{lang}.svg"
    picture.write_text(charts.to_svg(charts.trend_line(found, lang=lang)), encoding="utf-8")
    return {"hasil": {"kalimat": found.kalimat(lang), "tabel": plain_table(found.table(lang)), "grafik": picture.name}}


def mark(lang: str, folder: Path, typed: Mapping[str, str]) -> str:
    """Return what tells a compilation from another: its files, what was typed, its language."""
    facts = sorted(
        (str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns)
        for p in [*folder.glob("masukan/*"), *folder.glob("daftar/*"), folder / ANSWERS]
        if p.is_file()
    )
    return hashlib.sha256(json.dumps([lang, facts, dict(typed)], sort_keys=True).encode()).hexdigest()[:20]


def stored_recap(folder: Path, state: str) -> dict[str, Any] | None:
    """Return what was collected before of the same entries, or None."""
    stored = folder / f"rekap-{state}.json"
    return dict(json.loads(stored.read_text(encoding="utf-8"))) if stored.is_file() else None


@told
def compiled(lang: str, folder: str, paths: list[str], typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Collect what units sent, with the compilation's documents as a zip; the same entries are collected once."""
    place = Path(folder)
    state = mark(lang, place, typed)
    if not paths:
        raise DataError("layanan-tanpa-berkas")
    options: dict[str, Any] = {key: value for key, value in typed.items() if value} | {"dokumen": True}
    found = compilation(lang, folder, paths, options)
    if "galat" in found:
        return found
    shown = {name: found[name] for name in ("tabel", "judul")}
    shown["peringatan"] = sorted(found["peringatan"], key=lambda note: -LEVELS.index(note["tingkat"]))
    shown["daftar"] = [p.name for p in place.glob("daftar/*")]
    out = {"hasil": {**found["hasil"], **shown}}
    whole = place / f"tulis-{state}.json"
    whole.write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
    whole.replace(place / f"rekap-{state}.json")  # nobody reads half of it
    return out


@told
def kit(lang: str, folder: str, typed: Mapping[str, str]) -> Mapping[str, Any]:
    """Write the starter kit as a zip in the folder; or one file of it."""
    from skm import report

    target = Path(folder) / "survei-skm"
    report.write_starter_kit(target, unit=typed.get("unit", ""), instansi=typed.get("instansi", ""), lang=lang)
    one = typed.get("bagian", "")
    if one in KIT:
        shutil.copy(target / one, Path(folder) / one)
        return {"hasil": {"berkas": one}}
    pack(target, Path(folder) / "survei-skm.zip")
    return {"hasil": {"berkas": "survei-skm.zip"}}
