"""The poster of a report: what the facts and the result say, small groups hidden, as PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path

from skm import charts
from skm.basics.errors import DataError, OptionError
from skm.basics.numbers import resolve_lang
from skm.basics.writing import write_file
from skm.report.material.bahan import Bahan
from skm.report.material.fields import catalogue
from skm.report.material.periods import in_words

_KINDS = (".png", ".svg", ".pdf")
_DPI = {"a4": 200, "persegi": 100}


def write_poster(
    bahan: Bahan,
    path: str | Path,
    *,
    ukuran: str = "a4",
    metode: str = "",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path:
    """Write the poster with which a result is published.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`; unit, agency, period, service, days of the survey and the logo come from its facts.
    path : str or Path
        A .png, .svg or .pdf file.
    ukuran : {"a4", "persegi"}
        A sheet of paper, or a square of 1080 x 1080 pixels for social media.
    metode : str
        How the survey was made, in one sentence. Default: number of unsur, the regulation and the weight.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language.

    Returns
    -------
    Path

    Raises
    ------
    DataError
        The facts do not name the unit or the period: a poster has no places to fill in by hand.
    OptionError
        No such format or ending.

    Notes
    -----
    PermenPANRB 14/2017, Lampiran IV, p. 30. Groups below ``batas_samaran`` of the material are hidden.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in _KINDS:
        raise OptionError("opsi-tidak-dikenal", opsi="path", nilai=target.name, pilihan=list(_KINDS))
    return write_file(target, poster(bahan, kind, ukuran, metode=metode, lang=lang), overwrite=overwrite)


def poster(bahan: Bahan, kind: str, ukuran: str, *, metode: str = "", lang: str | None = None) -> bytes:
    """Return the poster as a file's content; see `write_poster`."""
    language = resolve_lang(lang)
    facts = bahan.fakta
    if missing := [catalogue().label(key, language) for key in ("unit", "periode") if facts.get(key) is None]:
        raise DataError("poster-fakta", isian=missing)

    def fact(key: str) -> str:
        return facts.text(key, language) or ""

    logo = facts.get("logo")
    period = in_words(fact("periode"), language)
    days = (fact("survei_mulai"), fact("survei_selesai"))
    ax = charts.poster(
        bahan.hasil,
        unit=fact("unit"),
        instansi=fact("instansi"),
        periode=period,
        layanan=fact("layanan"),
        profil=bahan.profil,
        tutup=bahan.tertutup(),
        mulai=days[0],
        selesai=days[1],
        metode=metode,
        logo=None if logo is None else logo.isi,
        ukuran=ukuran,
        lang=language,
    )
    return charts.to_bytes(ax, kind.removeprefix("."), dpi=_DPI[ukuran])
