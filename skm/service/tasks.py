"""What workers do: plain functions of paths and options that return what JSON can hold.

A refusal comes back as a mapping with ``galat`` instead of being raised, so that it crosses the process in words that
are already chosen; nothing that a file contains crosses it.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from skm.api.envelope.answer import Answer, from_rows
from skm.api.envelope.document import SCHEMA, Done, defect, galat
from skm.api.envelope.request import parse
from skm.basics.errors import SKMError
from skm.basics.packages import missing
from skm.service import calls, choices
from skm.service.replies import status_of
from skm.service.tables import plain_table

P = ParamSpec("P")


def told(function: Callable[P, Mapping[str, Any]]) -> Callable[P, dict[str, Any]]:
    """Turn what a task raises into a mapping with ``galat`` and ``status``; the first argument is the language."""

    @wraps(function)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        lang = str(args[0])
        try:
            return dict(function(*args, **kwargs))
        except SKMError as problem:
            return {"galat": galat(problem, lang, {}), "status": status_of(problem)}
        except ModuleNotFoundError as problem:
            return {"galat": galat(missing((problem.name or "").split(".")[0]), lang, {}), "status": 501}
        except MemoryError:
            return {"galat": galat(SKMError("layanan-memori", batas=0), lang, {}), "status": 422}
        except Exception as problem:
            # The one place where a defect becomes an answer here.
            return {"galat": galat(defect(problem), lang, {}), "status": 500}

    return attempt


def outcome(done: Done, lang: str) -> dict[str, Any]:
    """Return a command's answer as what crosses a process."""
    return {"hasil": done.hasil(), "peringatan": [t.to_dict(lang) for t in done.temuan]}


def as_document(command: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a task found as the one JSON document."""
    return {
        "versi_skema": SCHEMA,
        "perintah": command,
        "hasil": found.get("hasil"),
        "peringatan": found.get("peringatan", []),
        "galat": found.get("galat"),
    }


@told
def envelope(lang: str, command: str, content: bytes) -> Mapping[str, Any]:
    """Answer a large envelope."""
    return outcome(calls.CALLS[command](parse(content), lang), lang)


@told
def files(lang: str, command: str, paths: list[str], options: dict[str, Any]) -> Mapping[str, Any]:
    """Answer uploaded files."""
    if command == "audit":
        from skm.auditing.audit import audit

        return {"hasil": audit(Path(paths[0])).to_dict(lang) | {"tertulis": None}}
    if command == "gabung":
        return _combined(lang, paths, options)
    survei = choices.read(paths, options)
    made = choices.checked(options)
    if command == "periksa":
        return outcome(calls.checked(survei, lang), lang)
    if command == "profil":
        return outcome(calls.described(survei, made.get("profil", True), lang), lang)
    answer = scored(survei, made)
    return outcome(Done(lambda: answer.to_dict(lang), lambda: answer.text(lang), answer.findings()), lang)


def scored(survei: Any, made: Mapping[str, Any]) -> Answer:
    """Return everything that was asked of a survey."""
    asked = {key: made[key] for key in ("per", "profil") if key in made} | choices.scoring(made)
    if isinstance(asked.get("per"), str):
        asked["per"] = [asked["per"]]
    return from_rows(survei, asked, made.get("populasi"))


def _combined(lang: str, paths: list[str], options: dict[str, Any]) -> Mapping[str, Any]:
    from skm.api import counts

    calls.known(options, ("cara", "berat", "per"))
    whole = counts.combine_files(
        [Path(p) for p in paths],
        per=options.get("per") or "unit",
        method=options.get("cara") or "",
        weights=options.get("berat"),
    )
    rows = [
        {"kelompok": dict(zip(whole.unit.kunci, label, strict=True)), "n": n, "ikm": ikm, "mutu": letter}
        for label, n, ikm, letter in whole.unit.rows()
    ]
    names = [Path(p).name for p in paths]
    return {"hasil": {"gabungan": whole.gabungan.to_dict(lang), "kelompok": rows, "berkas": names}}


@told
def report_of_files(
    lang: str, folder: str, paths: list[str], options: dict[str, Any], facts: dict[str, Any] | None = None,
    kinds: Sequence[str] | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """Write the report set of files as a zip in the folder."""
    given = dict(options)
    facts = dict(given.pop("fakta", None) or facts or {})
    made = choices.checked(given)
    return _report(lang, Path(folder), choices.read(paths, made), made, facts, kinds)


@told
def report_of_envelope(lang: str, folder: str, content: bytes) -> Mapping[str, Any]:
    """Write the report set of an envelope as a zip in the folder."""
    request = parse(content)
    survei = calls.rows_of(request)
    made = {key: value for key, value in request.opsi.items() if key not in ("u8", "nilai_kosong", "profil")}
    if request.populasi is not None:
        made["populasi"] = request.populasi
    return _report(lang, Path(folder), survei, made, dict(request.fakta or {}), None)


def _report(
    lang: str, folder: Path, survei: Any, made: Mapping[str, Any], facts: dict[str, Any], kinds: Sequence[str] | None
) -> Mapping[str, Any]:
    from skm import report

    step(folder, "bahan")
    per = made.get("per") or "layanan"
    bahan = report.compile(
        survei,
        population=made.get("populasi"),
        fakta=facts,
        per=per[0] if isinstance(per, list) else per,
        **choices.scoring(made),
    )
    step(folder, "tulis")
    target = folder / "laporan"
    shutil.rmtree(target, ignore_errors=True)
    written = report.write_report(bahan, target, hanya=list(kinds) if kinds else None, lang=lang)
    step(folder, "zip")
    pack(target, folder / "laporan-skm.zip")
    return {
        "hasil": {
            "zip": "laporan-skm.zip",
            "berkas": sorted(f.path.name for f in written),
            "belum_diisi": [str(name) for name in bahan.missing(lang)],
        },
        "peringatan": [f.to_dict(lang) for f in bahan.findings()],
    }


def step(folder: Path, name: str) -> None:
    """Leave word of how far a job is, for whoever asks."""
    (folder / "langkah.txt").write_text(name, encoding="utf-8")


def pack(source: Path, target: Path) -> None:
    """Put a folder into a zip, ordered and without times: the same content gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(source.parent).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


@told
def judged(lang: str, path: str) -> Mapping[str, Any]:
    """Judge a printed result for the page."""
    from skm.auditing.audit import audit

    found = audit(Path(path))
    return {
        "hasil": {
            "judul": found.headline(lang),
            "temuan": [f.to_dict(lang) for f in found],
            "catatan": [str(note) for note in found.notes(lang)],
        }
    }


@told
def trend_of_lines(lang: str, text: str) -> Mapping[str, Any]:
    """Put typed figures in the order of time: one a line, the period before the last ``=``, ``;`` or tab."""
    import re

    from skm.api.after import trend
    from skm.basics.errors import DataError

    given: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        period, _, figure = (part.strip() for part in re.sub(r"[;\t]", "=", line).rpartition("="))
        if not period or not figure:
            raise DataError("layanan-tren-baris", baris=number)
        given[period] = figure
    if not given:
        raise DataError("layanan-tren-baris", baris=1)
    found = trend(given)
    return {"hasil": {"kalimat": found.kalimat(lang), "tabel": plain_table(found.table(lang))}}


@told
def kit(lang: str, folder: str, unit: str) -> Mapping[str, Any]:
    """Write the starter kit as a zip in the folder."""
    from skm import report

    target = Path(folder) / "survei-skm"
    report.write_starter_kit(target, unit=unit, lang=lang)
    pack(target, Path(folder) / "survei-skm.zip")
    return {"hasil": {"zip": "survei-skm.zip"}}


@told
def compilation(lang: str, folder: str, paths: list[str], options: dict[str, Any]) -> Mapping[str, Any]:
    """Collect the files of many units; with a method, one figure of all; the compilation as a zip in the folder."""
    from skm import report

    calls.known(options, ("cara", "berat", "periode", "bobot", "u8", "dokumen"))
    recap = report.collect(
        [Path(p) for p in paths],
        periode=options.get("periode") or None,
        method=options.get("cara") or None,
        weights=options.get("berat"),
        bobot=options.get("bobot") or "tepat",
        u8=options.get("u8") or None,
        processes=1,
    )
    hasil = {**recap.to_dict(lang), "tertulis": []}
    if options.get("dokumen"):
        step(Path(folder), "tulis")
        target = Path(folder) / "kompilasi"
        report.write_compilation(recap, target, nomor_halaman=False, lang=lang)
        pack(target, Path(folder) / "kompilasi-skm.zip")
        hasil |= {"tertulis": sorted(p.name for p in target.iterdir()), "zip": "kompilasi-skm.zip"}
    return {
        "hasil": hasil,
        "peringatan": [f.to_dict(lang) for f in recap.findings()],
        "tabel": plain_table(recap.summary(lang)),
        "judul": "" if recap.gabungan is None else recap.gabungan.headline(lang),
    }
