"""What the page shows of files that were handed over: the account, the figure, charts and findings, as plain values.

Runs in a worker. Texts are in the language asked for; tables cross the process as rows of cells already written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from skm.answers.account import OpenQuestion
from skm.answers.questions import question_of
from skm.answers.survei import Survei
from skm.api.envelope.document import galat
from skm.basics import messages
from skm.basics.errors import SKMError
from skm.service import choices
from skm.service.replies import status_of
from skm.service.tables import plain_table
from skm.service.tasks import scored, told

AREA = "layani"


@told
def look(lang: str, folder: str, paths: list[str], made: dict[str, Any]) -> Mapping[str, Any]:
    """Return everything the page shows about the files."""
    out: dict[str, Any] = {"tabel": {}, "grafik": [], "pertanyaan": [], "temuan": [], "galat_hitung": None}
    try:
        survei = choices.read(paths, made)
    except SKMError as problem:
        question = question_of(problem)
        open_now = [] if question is None else [asked(question, lang)]
        return {"galat": galat(problem, lang, {}), "status": status_of(problem), "pertanyaan": open_now}
    if not isinstance(survei, Survei):
        return {"lain": _other(survei, lang)}
    out["n"] = survei.n
    account = survei.account()
    out["ringkas"] = account.line().text(lang)
    out["akun"] = plain_table(account.table(lang))
    out["pertanyaan"] = questions(survei, lang)
    answer = scored(survei, {"profil": True, **made})
    hasil = answer.keseluruhan
    if hasil is None:
        raise SKMError("tanpa-jawaban")
    out["judul"] = hasil.headline(lang)
    out["ikm"], out["mutu"], out["kinerja"] = format(hasil.ikm, "f"), hasil.mutu, hasil.kinerja
    shown = {"hasil": hasil.table(lang)}
    if answer.profil is not None:
        shown["profil"] = answer.profil.table(lang)
    if answer.per is not None:
        shown["per"] = answer.per.table(lang)
    if answer.kecukupan is not None:
        shown["kecukupan"] = answer.kecukupan.table(lang)
    interval = _interval(survei, made)
    if interval is not None:
        shown["selang"] = interval.table(lang)
    out["tabel"] = {name: plain_table(table) for name, table in shown.items()}
    out["grafik"] = draw(Path(folder), answer, interval, lang)
    out["temuan"] = [_finding(f, lang) for f in _findings(survei)]
    out["catatan"] = [f.finding.text(lang) for f in answer.findings()]
    return out


# Argument of `skm.read` -> choice; the rest have one name.
_CHOICE = {argument: choice for choice, argument in choices.READING.items()}


def questions(survei: Any, lang: str) -> list[dict[str, Any]]:
    """Return what is open about a survey, each with the choice that settles it."""
    return [asked(question, lang) for question in survei.account().pertanyaan]


def asked(question: OpenQuestion, lang: str) -> dict[str, Any]:
    """Return one question as a field of the form."""
    return {
        "kunci": _CHOICE.get(question.opsi, question.opsi),
        "pilihan": [(value, meaning.text(lang)) for value, meaning in question.pilihan],
        "sebab": question.tanya.text(lang),
        "wajib": question.wajib,
    }


def _other(read: Any, lang: str) -> dict[str, Any]:
    """Return what is shown of a file that holds processed figures instead of answers."""
    from skm.counts.hitungan import Hitungan

    if isinstance(read, Hitungan):
        from skm.api.score import score

        return {"jenis": "cacah", "tabel": plain_table(score(read).table(lang)), "judul": score(read).headline(lang)}
    return {"jenis": "tercetak", "tabel": None, "judul": messages.text(AREA, "tercetak", lang, banyak=len(read))}


def _interval(survei: Any, made: Mapping[str, Any]) -> Any:
    """Return the interval of the index where the answers allow one."""
    from skm.stats import MeanInterval, mean_interval

    try:
        found = mean_interval(survei, population=made.get("populasi") or None)
    except SKMError:
        return None  # a statistic that cannot be had does not keep the figure from being shown
    return found if isinstance(found, MeanInterval) else None


def draw(folder: Path, answer: Any, interval: Any, lang: str) -> list[dict[str, str]]:
    """Draw the charts into the folder; return file names with what they show in words."""
    from skm import charts

    hasil = answer.keseluruhan
    wanted: list[tuple[str, Callable[[], Any]]] = [
        ("unsur", lambda: charts.unsur_bar(hasil, interval=interval, lang=lang)),
        ("jawaban", lambda: charts.answer_bar(hasil, lang=lang)),
    ]
    if answer.profil is not None:
        wanted.append(("profil", lambda: charts.profile_bar(answer.profil, lang=lang)))
    if answer.per is not None and len(answer.per) > 1:
        wanted.append(("per", lambda: charts.group_bar(answer.per, lang=lang)))
    made = []
    for name, make in wanted:
        path = folder / f"{name}-{lang}.svg"
        path.write_text(charts.to_svg(make()), encoding="utf-8")
        made.append({"nama": path.name, "alt": messages.text(AREA, f"alt-{name}", lang, judul=hasil.headline(lang))})
    return made


def _findings(survei: Any) -> Sequence[Any]:
    from skm.api import files

    return list(files.check(survei))


def _finding(row: Any, lang: str) -> dict[str, Any]:
    finding = row.finding
    return {
        "tingkat": finding.tingkat,
        "kode": finding.kode,
        "pesan": finding.text(lang),
        "saran": finding.advice(lang),
        "tempat": [str(place) for place in row.tempat[:8]],
        "banyak": row.banyak,
    }
