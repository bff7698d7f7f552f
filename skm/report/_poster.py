"""The poster of a report: what the facts and the result say, small groups hidden, as PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from skm import charts
from skm.basics.errors import DataError
from skm.basics.numbers import resolve_lang
from skm.basics.writing import write_file
from skm.report.material.bahan import Bahan
from skm.report.material.fields import catalogue
from skm.report.material.periods import in_words
from skm.report.render.kind import kind_of

_KINDS = (".png", ".svg", ".pdf")
_DPI = {"a4": 200, "persegi": 100}


def write_poster(
    bahan: Bahan,
    path: str | Path | IO[bytes],
    *,
    ukuran: str = "a4",
    metode: str = "",
    jenis: str = "png",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the poster with which a result is published.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`; unit, agency, period, service, days of the survey and the logo come from its facts.
    path : str, Path or binary stream
        A .png, .svg or .pdf file, or what it is written into.
    ukuran : {"a4", "persegi"}
        A sheet of paper, or a square of 1080 x 1080 pixels for social media.
    metode : str
        How the survey was made, in one sentence. Default: number of unsur, the regulation and the weight.
    jenis : {"png", "svg", "pdf"}
        What is written into a stream; a file's name says it.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

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
    kind = kind_of(path, jenis, _KINDS)
    return write_file(path, poster(bahan, kind, ukuran, metode=metode, lang=lang), overwrite=overwrite)


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
