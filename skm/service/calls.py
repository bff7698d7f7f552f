"""The calls of the interface: a request that was read -> what the command of the same name answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from skm.api.envelope.answer import compute, survey_of
from skm.api.envelope.document import Done, GroupFinding
from skm.api.envelope.request import Request
from skm.basics.errors import DataError
from skm.service.choices import no_file


def hitung(request: Request, lang: str) -> Done:
    """Answer with the official figure, groups, profile and adequacy, as ``skm hitung -`` does."""
    answer = compute(request, None)
    return Done(lambda: answer.to_dict(lang), lambda: answer.text(lang), answer.findings())


def periksa(request: Request, lang: str) -> Done:
    """Answer with what is wrong, doubtful or worth knowing about rows, as ``skm periksa`` does."""
    return checked(rows_of(request), lang)


def profil(request: Request, lang: str) -> Done:
    """Answer with who answered, as ``skm hitung - --profil`` does."""
    return described(rows_of(request), request.opsi.get("profil", True), lang)


def described(survei: Any, wanted: Any, lang: str) -> Done:
    """Return who answered."""
    from skm.api import score

    made = score.profile(survei, ciri=None if wanted is True else wanted)
    return Done(lambda: made.to_dict(lang), made.table(lang).to_text, [GroupFinding(f) for f in made.catatan])


def rows_of(request: Request) -> Any:
    """Return the rows of an envelope as a survey.

    Raises
    ------
    DataError
        It holds counts, totals or means: nothing is known of single respondents.
    """
    from skm.regulasi._choose import questionnaire

    if request.bentuk != "data":
        raise DataError("layanan-perlu-data", bentuk=request.bentuk)
    return survey_of(request, *questionnaire(request.kuesioner, request.opsi.get("regulasi")))


def material_of(request: Request) -> Any:
    """Return what a report is made of: the rows of an envelope, its counts, or the figure of its totals or means."""
    from skm.api.envelope.answer import given_of
    from skm.regulasi._choose import questionnaire

    return given_of(request, *questionnaire(request.kuesioner, request.opsi.get("regulasi")))


def checked(survei: Any, lang: str) -> Done:
    """Return the findings about a survey."""
    from skm.api import files

    found = files.check(survei)
    rows = [dict(zip(("huruf", "kolom", "peran", "arti"), row, strict=True)) for row in survei.peran()]
    document = {
        **found.to_dict(lang),
        "akun": survei.account().to_dict(lang),
        "tata_letak": survei.sumber.tata_letak,
        "kolom": rows,
        "tertulis": None,
    }
    return Done(lambda: document, found.table(lang).to_text)


def sampel(asked: Mapping[str, Any], lang: str) -> Done:
    """Answer how many respondents a population needs and, with ``n``, whether that was reached."""
    from skm.sampling import adequacy, sample_size

    names = {
        "metode": "method",
        "tingkat": "level",
        "margin": "margin",
        "p": "p",
        "pembulatan": "rounding",
        "chi2": "chi2",
    }
    known(asked, ("populasi", "n", *names))
    if asked.get("populasi") is None:
        raise DataError("masukan-kunci-hilang", jalur="populasi")
    options = {names[key]: value for key, value in asked.items() if key in names and value is not None}
    enough = None if asked.get("n") is None else adequacy(asked["n"], asked["populasi"], **options)
    size = sample_size(asked["populasi"], **options) if enough is None else enough.size
    table = (size if enough is None else enough).table(lang)
    document = {
        "ukuran": size.to_dict(lang),
        "kecukupan": None if enough is None else enough.to_dict(lang),
        "rencana": None,
        "tampil": {"judul": table.title, "catatan": list(table.notes)},
    }
    return Done(lambda: document, table.to_text)


def audit(asked: Mapping[str, Any], lang: str) -> Done:
    """Answer with what a printed result cannot be; the content is a publication as ``skm audit`` reads it."""
    from skm.auditing.audit import audit as judge

    found = judge(dict(asked))
    document = found.to_dict(lang) | {"tertulis": None}
    return Done(lambda: document, lambda: found.to_text(lang))


def gabung(asked: Mapping[str, Any], lang: str) -> Done:
    """Answer with one figure for several units: ``satuan`` lists their counts, ``cara`` names the method."""
    from skm.api import score

    known(asked, ("satuan", "cara", "berat", "opsi"))
    for key in ("satuan", "cara"):
        if not asked.get(key):
            raise DataError("masukan-kunci-hilang", jalur=key)
    options = asked.get("opsi") or {}
    known(options, ("bobot", "pembulatan", "unsur_kosong", "u8", "regulasi"), "opsi")
    no_file("regulasi", options.get("regulasi"))
    of_kind(asked["satuan"], list, "array", "satuan")
    units: dict[str, Any] = {}
    for number, unit in enumerate(asked["satuan"]):
        place = f"satuan[{number}]"
        known(unit, ("unit", "jumlah", "n"), place)
        name = str(unit.get("unit") or "")
        if not name or not unit.get("jumlah"):
            raise DataError("masukan-kunci-hilang", jalur=f"{place}.{'unit' if not name else 'jumlah'}")
        if name in units:
            raise DataError("masukan-kelompok-ganda", jalur=f"{place}.unit")
        units[name] = score.score_counts(unit["jumlah"], n=unit.get("n"), **options)
    # All answers together need the counts themselves; the other ways need only each unit's figure.
    together = asked["cara"] == "pooled"
    given = score.score_by(_counts(asked["satuan"]), "unit", **options) if together else units
    whole = score.combine(given, method=asked["cara"], weights=asked.get("berat"))
    rows = [{"kelompok": {"unit": k}, "n": h.n, "ikm": float(h.ikm), "mutu": h.mutu} for k, h in units.items()]
    document = {"gabungan": whole.to_dict(lang), "kelompok": rows, "berkas": []}
    noted = [GroupFinding(f, {"unit": name}) for name, one in units.items() for f in one.catatan]
    return Done(lambda: document, whole.table(lang).to_text, noted)


def _counts(units: Any) -> Any:
    """Return the counts of all units as one table of grouped counts."""
    from skm.api import files

    return files.read(
        [
            {"unit": str(unit["unit"]), "unsur": unsur, "nilai": level, "jumlah": count}
            for unit in units
            for unsur, counts in unit["jumlah"].items()
            for level, count in enumerate(counts, start=1)
        ]
    )


def of_kind(value: Any, kinds: type | tuple[type, ...], expected: str, place: str) -> Any:
    """Return a part of a request, or refuse one of another type than expected.

    Raises
    ------
    DataError
        Naming its place.
    """
    if not isinstance(value, kinds):
        raise DataError("masukan-jenis-salah", jalur=place, diharapkan=expected, ditemukan=type(value).__name__)
    return value


def known(given: Mapping[str, Any], keys: tuple[str, ...], place: str = "") -> None:
    """Refuse a key that has no meaning.

    Raises
    ------
    DataError
        Naming the first.
    """
    of_kind(given, Mapping, "object", place or "-")
    for key in given:
        if key not in keys:
            where = f"{place}.{key}" if place else str(key)
            raise DataError("masukan-kunci-asing", jalur=where[:60], kunci=str(key)[:60], pilihan=list(keys))


# Envelope in; and plain objects in.
CALLS: Mapping[str, Callable[[Request, str], Done]] = {"hitung": hitung, "periksa": periksa, "profil": profil}
PLAIN: Mapping[str, Callable[[Mapping[str, Any], str], Done]] = {"sampel": sampel, "audit": audit, "gabung": gabung}
