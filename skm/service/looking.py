"""What the page shows of files that were handed over: the account, the figure, charts and findings, as plain values.

Runs in a worker. Texts are in the language asked for; tables cross the process as rows of cells already written.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from skm.answers.account import OpenQuestion
from skm.answers.questions import question_of
from skm.answers.survei import Survei
from skm.answers.understand import read_levels
from skm.api.envelope.document import galat
from skm.basics import messages
from skm.basics.errors import MissingColumnError, SKMError
from skm.basics.numbers import format_count, format_decimal
from skm.counts.hitungan import Hitungan
from skm.regulasi._kuesioner import FROM_ZERO
from skm.service import choices, proposing
from skm.service.choices import ANSWERS, REPAIRS
from skm.service.local import keep_beside
from skm.service.replies import status_of
from skm.service.tables import plain_table
from skm.service.tasks import TAKEN, scored, told

AREA = "layani"
_LABELS = ("jawaban-label", "jawaban-label-set", "jawaban-label-panjang", "jawaban-terbalik")
_ASKED = ("jawaban-tidak-terbaca", "belum-diputuskan")
_FEW = 8
_NUMBERS = "pertanyaan-tanpa-nama"


@told
def look(lang: str, folder: str, paths: list[str], made: dict[str, Any]) -> Mapping[str, Any]:
    """Return everything the page shows about the files; the same files and choices are looked at once."""
    place = Path(folder)
    state = _mark(place, paths, made)
    stored = place / f"lihat-{state}-{lang}.json"
    if stored.is_file():
        out = dict(json.loads(stored.read_text(encoding="utf-8")))
    else:
        out = _looked(lang, place, paths, made)
        stored.write_text(json.dumps(out, ensure_ascii=False), encoding="utf-8")
    # What can be taken along belongs to the choices of now, also after going back to earlier ones.
    last = place / "terakhir.txt"
    if not last.is_file() or last.read_text(encoding="utf-8") != state:
        _take_along(place, paths, made)
        last.write_text(state, encoding="utf-8")
    return out | {"bekal": sorted(path.name for path in (place / TAKEN).glob("*"))}


def _mark(folder: Path, paths: Sequence[str], made: Mapping[str, Any]) -> str:
    files = [Path(path) for path in paths] + [folder / name for name in (ANSWERS, REPAIRS)]
    facts = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in files if p.is_file()]
    return hashlib.sha256(json.dumps([facts, made], sort_keys=True).encode()).hexdigest()[:20]


def _looked(lang: str, folder: Path, paths: list[str], made: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {
        "tabel": {}, "grafik": [], "pertanyaan": [], "temuan": [], "perbaikan": proposing.repairs(None, folder, lang)
    }  # fmt: skip
    whole: Any = None
    try:
        whole = choices.read_all(paths, choices.checked(made), folder)
        if isinstance(whole, Survei):
            _of_survey(out, whole, lang, folder, paths, made)
        else:
            _of_others(out, whole, lang, folder, paths)
    except SKMError as problem:
        out |= {"galat": galat(problem, lang, {}), "status": status_of(problem)}
        question = question_of(problem)
        known = {q["kunci"] for q in out["pertanyaan"]}
        if question is not None and _key(question.opsi) not in known:
            out["pertanyaan"].append(asked(question, lang, from_zero=_may_begin_at_zero(whole, problem)))
        out["ditanya"] = question is not None and bool(question.pilihan or problem.code in _LABELS)
        if out["ditanya"]:  # what the question is about needs no findings of its own, one a column
            out["temuan"] = [one for one in out["temuan"] if one["kode"] not in _ASKED]
        if problem.code in _LABELS:
            out["label"] = proposing.labels(paths, made)
        if isinstance(problem, MissingColumnError):
            out["peta"] = _map(problem, paths, made)
            _name_columns(out, lang)
    return out


def _of_survey(
    out: dict[str, Any], whole: Survei, lang: str, folder: Path, paths: list[str], made: dict[str, Any]
) -> None:
    """Fill in what is known of answers: first what was read, so that it is shown even where no figure can be had."""
    out["ciri"] = _groupings(whole)
    out["sama"] = _alike(paths)
    out["pertanyaan"] = [asked(question, lang) for question in whole.account().pertanyaan]
    out["ringkas"] = whole.account().line().text(lang)
    out["akun"] = plain_table(whole.account().table(lang))
    out["perbaikan"] = proposing.repairs(whole, folder, lang)
    if (spread := semesters(whole, lang)) and (len(spread["pilihan"]) > 2 or made.get("periode")):
        out["pertanyaan"].append(spread)
    survei = choices.read(paths, made, folder) if made.get("periode") not in (None, choices.ALL_ROWS) else whole
    out["temuan"] = [_finding(f, lang) for f in _findings(survei)]
    # Answers without characteristics have a figure too.
    answer = scored(survei, {**({"profil": True} if survei.bacaan.profil else {}), **choices.checked(made)})
    interval = _interval(survei, made)
    _figure(out, answer.keseluruhan, interval, lang)
    parts = {"profil": answer.profil, "per": answer.per, "kecukupan": answer.kecukupan, "selang": interval}
    out["tabel"] |= {name: plain_table(part.table(lang)) for name, part in parts.items() if part is not None}
    out["grafik"] = draw(folder, answer, interval, lang)


def _of_others(out: dict[str, Any], read: Any, lang: str, folder: Path, paths: list[str]) -> None:
    """Fill in what is known of a file that holds processed figures instead of answers."""
    if isinstance(read, Hitungan):
        from skm.api.envelope.answer import Answer
        from skm.api.score import score

        out["ringkas"] = messages.text(AREA, "berisi-cacah", lang)
        answer = Answer(score(read))
        _figure(out, answer.keseluruhan, None, lang)
        out["grafik"] = draw(folder, answer, None, lang)
        return
    from skm.auditing.audit import audit

    judged = {unit: audit(publikasi) for unit, publikasi in read.items()} if len(read) else audit(Path(paths[0]))
    said = messages.text(AREA, "tercetak", lang, banyak=len(read))
    out["tercetak"] = {"judul": said, **judgement(judged, lang)}


def judgement(found: Any, lang: str) -> dict[str, Any]:
    """Return a judged publication as the page shows it, with what was read of it."""
    parts = list(found.values()) if isinstance(found, Mapping) else [found]
    return {
        "hasil": [
            {
                "judul": part.headline(lang),
                "akun": list(part.account(lang)),
                "temuan": [f.to_dict(lang) for f in part],
                "hitung_ulang": plain_table(part.recomputed(lang)) if part.hitung_ulang else None,
                "catatan": [str(note) for note in part.notes(lang)],
            }
            for part in parts
        ]
    }


def _figure(out: dict[str, Any], hasil: Any, interval: Any, lang: str) -> None:
    if hasil is None:
        raise SKMError("tanpa-jawaban")
    out["judul"] = hasil.headline(lang)
    out["ikm"], out["mutu"], out["kinerja"] = format(hasil.ikm, "f"), hasil.mutu, hasil.kinerja
    out["tabel"]["hasil"] = plain_table(hasil.table(lang))
    tiles = [
        ("ikm", format_decimal(hasil.ikm, 2, lang), ""),
        ("mutu", hasil.mutu, hasil.regulasi.grade(hasil.ikm).word(lang)),
    ]
    tiles.append(("responden", format_count(hasil.n, lang), ""))
    if interval is not None and not any(map(math.isnan, (interval.ikm.interval.low, interval.ikm.interval.high))):
        ends = [format_decimal(v, 2, lang) for v in (interval.ikm.interval.low, interval.ikm.interval.high)]
        level = messages.text(AREA, "selang-tingkat", lang, tingkat=f"{interval.level:.0%}")
        tiles.append(("selang", " - ".join(ends), level))
    lowest = hasil.lowest(1)
    names = ", ".join(u.nama.short(lang) for u in lowest)
    tiles.append(("terendah", ", ".join(u.kode for u in lowest), f"{names}: {format_decimal(lowest[0].nrr, 2, lang)}"))
    out["ubin"] = [(messages.text(AREA, f"ubin-{name}", lang), value, more) for name, value, more in tiles if value]


def _alike(paths: Sequence[str]) -> list[str]:
    """Return the names of files that are byte for byte the same: sent twice, they would count twice."""
    often: dict[str, list[str]] = {}
    for path in map(Path, paths if len(paths) > 1 else ()):
        often.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(path.name)
    return [name for names in often.values() if len(names) > 1 for name in names]


def _groupings(survei: Survei) -> list[str]:
    """Return the characteristics that the figure can be divided by."""
    own = survei.bacaan.profil
    place = survei.tabel.tempat
    several = place is not None and len(place.bagian) > 1
    return [*own, *(["unit"] if several and "unit" not in own else [])]


def semesters(survei: Survei, lang: str) -> dict[str, Any] | None:
    """Return the half-years in which answers were given, to choose from; None where there are no dates."""
    try:
        found = survei.dates()
    except SKMError:
        return None
    if found is None or found.mendua:
        return None
    days = [date.fromordinal(day) for day in found.mulai.tolist() if day]
    often = Counter(f"{day.year}-S{1 if day.month < 7 else 2}" for day in days)
    offered = [
        (code, messages.text(AREA, "semester", lang, ke=int(code[-1]), tahun=code[:4], banyak=many))
        for code, many in sorted(often.items(), reverse=True)
    ][:12]
    return {
        "kunci": "periode",
        "kode": "",
        "pilihan": [*offered, (choices.ALL_ROWS, messages.text(AREA, "periode-semua", lang, banyak=survei.n))],
        "sebab": messages.text(AREA, "periode-tanya", lang, banyak=len(often)),
        "wajib": False,
    }


# Argument of `skm.read` -> choice; the rest have one name.
_CHOICE = {argument: choice for choice, argument in choices.READING.items()}


def _key(option: str) -> str:
    return _CHOICE.get(option, option)


def _may_begin_at_zero(survei: Any, problem: SKMError) -> bool:
    """Tell whether 0 may be the lowest code instead of a blank: nobody gave the highest answer."""
    if problem.code != "jawaban-nol" or not isinstance(survei, Survei):
        return False
    levels, _, _ = read_levels(survei.bacaan)
    return not any((level == survei.bacaan.aturan.levels).any() for level in levels)


def asked(question: OpenQuestion, lang: str, *, from_zero: bool = False) -> dict[str, Any]:
    """Return one question as a field of the form."""
    key = _key(question.opsi)
    offered = [(value, meaning.text(lang)) for value, meaning in question.pilihan]
    if question.kode == "lembar-mendua":
        offered.append(("unit_dari=lembar", messages.text(AREA, "lembar-semua", lang)))
    if from_zero:
        offered.append((f"konversi={FROM_ZERO}", messages.text("akun", "pilih-dari-nol", lang)))
    if key == "perbaikan":  # columns of one question: accepted as any repair is
        offered = [
            (proposing.key_of({"jenis": "gabung-kolom", "kolom": value.removeprefix("gabung-kolom ")}), text)
            for value, text in offered
        ]
    return {
        "kunci": "usul" if key == "perbaikan" else key,
        "kode": question.kode,
        "pilihan": offered,
        "sebab": question.tanya.text(lang),
        "wajib": question.wajib,
    }


def _map(problem: SKMError, paths: Sequence[str], made: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the map of columns to be filled in; of long rows the numbers of questions stand in for columns."""
    found = proposing.columns(paths, made)
    numbers = problem.context.get("pertanyaan")
    if found is not None and problem.code == _NUMBERS and numbers:
        found |= {"kolom": [str(number) for number in numbers], "profil": {}}
    return found


def _name_columns(out: dict[str, Any], lang: str) -> None:
    """Offer the columns that nobody understands for the unsur that are missing, where they are few."""
    left = (out["peta"] or {}).get("sisa", ())
    for question in out["pertanyaan"]:
        if question["kode"] != "kolom-unsur-hilang" or not 0 < len(left) <= _FEW:
            continue
        offered = []
        for value, text in question["pilihan"]:
            unsur = value.removeprefix("tanpa-")
            for column in left:
                told = messages.text("akun", "pilih-unsur", lang, unsur=unsur, kolom=column)
                offered.append((f"kolom={unsur}={column}", told))
            offered.append((value, text))
        question["pilihan"] = offered


def _take_along(folder: Path, paths: Sequence[str], made: Mapping[str, Any]) -> None:
    try:
        proposing.take_along(folder, paths, made)
        keep_beside(folder, folder / TAKEN / ANSWERS)
    except SKMError:
        return  # what cannot be kept is asked again next time; the figure does not depend on it


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
    own = f"saran-{finding.kode}"  # where the general advice is a call in Python
    places = [str(place) for place in row.tempat[:8]]
    return {
        "tingkat": finding.tingkat,
        "kode": finding.kode,
        "pesan": finding.text(lang),
        "saran": messages.text(AREA, own, lang) if messages.has(AREA, own) else finding.advice(lang),
        "tempat": places,
        "banyak": row.banyak,
        "lagi": max(0, row.banyak - len(places)) if len(row.tempat) > len(places) else 0,
    }
