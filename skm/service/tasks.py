"""What workers do: plain functions of paths and options that return what JSON can hold.

A refusal comes back as a mapping with ``galat`` instead of being raised, so that it crosses the process in words that
are already chosen; nothing that a file contains crosses it.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from skm.api.envelope.answer import Answer, from_rows
from skm.api.envelope.document import SCHEMA, Done, defect, galat
from skm.api.envelope.request import parse
from skm.basics.errors import DataError, SKMError
from skm.basics.packages import missing
from skm.service import calls, choices
from skm.service.jobs import STEP, STEPS
from skm.service.replies import status_of
from skm.service.tables import plain_table

P = ParamSpec("P")
# Documents beside the report's own set.
BESIDE = ("tindak-lanjut", "rekap")
# Choices of the compilation, in the words of `skm rekap`.
RECAP = (
    "cara", "berat", "periode", "bobot", "pembulatan", "kosong", "u8", "nilai_kosong", "kuesioner", "ganda",
    "luar_daftar", "kecil", "daftar",
)  # fmt: skip
# What was made to be taken along, in the folder of the work; and the zip that everything goes into.
TAKEN, REPORT = "bekal", "laporan-skm.zip"


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
def files(lang: str, command: str, folder: str, paths: list[str], options: dict[str, Any]) -> Mapping[str, Any]:
    """Answer uploaded files."""
    if command == "audit":
        from skm.auditing.audit import audit

        return {"hasil": audit(Path(paths[0])).to_dict(lang) | {"tertulis": None}}
    if command == "gabung":
        return _combined(lang, paths, options)
    survei = choices.read(paths, options, Path(folder))
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
def facts_checked(lang: str, facts: dict[str, Any]) -> Mapping[str, Any]:
    """Tell whether facts can be understood."""
    from skm.report import read_facts

    return {"hasil": len(read_facts(_facts(facts)).missing())}


@told
def report_of_files(
    lang: str, folder: str, paths: list[str], options: dict[str, Any], facts: dict[str, Any] | None = None,
    kinds: Sequence[str] | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    """Write the report set of files as a zip in the folder."""
    given = dict(options)
    facts = dict(given.pop("fakta", None) or facts or {})
    kinds = given.pop("jenis", None) or kinds
    made = choices.checked(given)
    step(Path(folder), "baca")
    return _report(lang, Path(folder), choices.read_all(paths, made, Path(folder)), made, facts, kinds)


@told
def report_of_envelope(lang: str, folder: str, content: bytes) -> Mapping[str, Any]:
    """Write the report set of an envelope as a zip in the folder."""
    from skm.scores.result import HasilIKM

    request = parse(content)
    survei = calls.material_of(request)
    made = {key: value for key, value in request.opsi.items() if key not in ("u8", "nilai_kosong", "profil", "skala")}
    if isinstance(survei, HasilIKM):  # totals and means are a result already; their choices are used up
        made = {}
    if request.populasi is not None:
        made["populasi"] = request.populasi
    made.pop("periode", None)  # the rows of an envelope are cut already
    return _report(lang, Path(folder), survei, made, dict(request.fakta or {}), None)


def _report(
    lang: str, folder: Path, survei: Any, made: Mapping[str, Any], facts: dict[str, Any], kinds: Sequence[str] | None
) -> Mapping[str, Any]:
    from skm import report

    step(folder, "bahan")
    per = made.get("per") or "layanan"
    bahan = report.compile(
        survei,
        periode=made.get("periode"),
        population=made.get("populasi"),
        fakta=_facts(facts),
        per=per[0] if isinstance(per, list) else per,
        **{key: made[key] for key in choices.PERIOD if key in made},
        **choices.scoring(made),
    )
    step(folder, "tulis")
    target = Path(tempfile.mkdtemp(prefix="tulis-", dir=folder)) / "laporan"
    own = [kind for kind in kinds or () if kind not in BESIDE]
    written: list[str] = []
    if own or not kinds:
        written += [f.path.name for f in report.write_report(bahan, target, hanya=own or None, lang=lang)]
    target.mkdir(exist_ok=True)
    if "tindak-lanjut" in (kinds or ()):
        report.write_follow_up(bahan, target / "tindak_lanjut.docx", lang=lang)
        written.append("tindak_lanjut.docx")
    if "rekap" in (kinds or ()):
        unit = str(bahan.fakta.get("unit") or "-")
        report.write_recap({unit: bahan.hasil}, target / "rekap.xlsx", lang=lang)
        written.append("rekap.xlsx")
    for path in sorted((folder / TAKEN).glob("*")):
        shutil.copy(path, target / path.name)
        written.append(path.name)
    step(folder, "zip")
    pack(target, folder / REPORT)
    shutil.rmtree(target.parent, ignore_errors=True)
    return {
        "hasil": {
            "zip": REPORT,
            "berkas": sorted(written),
            "belum_diisi": [str(name) for name in bahan.missing(lang)],
        },
        "peringatan": [f.to_dict(lang) for f in bahan.findings()],
    }


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts that name no file of this computer: they may come from anywhere.

    Raises
    ------
    DataError
        They do.
    """
    for key in ("logo", "foto"):
        if facts.get(key):
            raise DataError("masukan-jalur-berkas", jalur=f"fakta.{key}", nilai=key)
    return facts


def step(folder: Path, name: str, done: int | None = None, of: int = len(STEPS)) -> None:
    """Leave word of how far a job is, for whoever asks: numbers only, the name of a file may be that of a person."""
    (folder / STEP).write_text(f"{name} {STEPS.index(name) if done is None else done} {of}", encoding="utf-8")


def pack(source: Path, target: Path) -> None:
    """Put a folder into a zip, ordered and without times: the same content gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(source.parent).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())


@told
def compilation(lang: str, folder: str, paths: list[str], options: dict[str, Any]) -> Mapping[str, Any]:
    """Collect the files of many units; with a method, one figure of all; the compilation as a zip in the folder."""
    from skm import report

    calls.known(options, (*RECAP, "dokumen"))
    choices.no_file("kuesioner", options.get("kuesioner"))
    choices.no_file("daftar", options.get("daftar"))
    blanks = options.get("nilai_kosong") or ()
    blanks = choices.split(blanks) if isinstance(blanks, str) else blanks
    calls.of_kind(blanks, (list, tuple), "array", "opsi.nilai_kosong")
    calls.of_kind(options.get("daftar") or [], (list, dict, str), "array", "opsi.daftar")
    place = Path(folder)
    of = len(paths) + 2  # each file, the documents, the zip
    step(place, "baca", 0, of)
    answers = place / choices.ANSWERS
    beside = next(iter(sorted((place / "daftar").glob("*"))), None)
    recap = report.collect(
        [Path(p) for p in paths],
        units=options.get("daftar") or beside,
        periode=options.get("periode") or None,
        method=options.get("cara") or None,
        weights=options.get("berat"),
        bobot=options.get("bobot") or "tepat",
        pembulatan=options.get("pembulatan") or "nik-2",
        kosong=options.get("kosong") or "per-unsur",
        u8=options.get("u8") or None,
        nilai_kosong=blanks,
        kuesioner=options.get("kuesioner") or None,
        keputusan=answers if answers.is_file() else None,
        duplicates=options.get("ganda") or "tahan",
        unlisted=options.get("luar_daftar") or "tinggalkan",
        batas_kecil=options.get("kecil") or 30,
        processes=1,
        maju=lambda number, _many, _name: step(place, "baca", number, of),
    )
    hasil = {**recap.to_dict(lang), "tertulis": []}
    if options.get("dokumen"):
        step(place, "tulis", of - 2, of)
        target = place / "kompilasi"
        shutil.rmtree(target, ignore_errors=True)
        report.write_compilation(recap, target, nomor_halaman=False, lang=lang)
        step(place, "zip", of - 1, of)
        pack(target, place / "kompilasi-skm.zip")
        hasil |= {"tertulis": sorted(p.name for p in target.iterdir()), "zip": "kompilasi-skm.zip"}
    return {
        "hasil": hasil,
        "peringatan": [f.to_dict(lang) for f in recap.findings()],
        "tabel": plain_table(recap.summary(lang)),
        "judul": "" if recap.gabungan is None else recap.gabungan.headline(lang),
    }
