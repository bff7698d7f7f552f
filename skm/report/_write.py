"""All documents of a report in one folder: one set, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from skm.basics.errors import OptionError
from skm.report._poster import poster
from skm.report._set import SetFile, WrittenSet, write_set
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import ChartBlock, Document
from skm.report.chapters.notes import NOTES, notes_text
from skm.report.material.bahan import Bahan
from skm.report.material.remark_review import REVIEW, review_sheet
from skm.report.render.docx import document
from skm.report.render.html import render
from skm.report.render.pdf import pdf
from skm.report.workbook.write import INTERNAL, workbook

ALWAYS = ("docx", "html", "xlsx", "grafik", "json", "catatan", "saran")
KINDS = (*ALWAYS, "pdf", "poster", "internal")


def write_report(
    bahan: Bahan,
    folder: str | Path,
    *,
    hanya: Sequence[str] | None = None,
    overwrite: bool = False,
    kerangka: Any = None,
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    maju: Callable[[int, int, str], None] | None = None,
    lang: str | None = None,
) -> WrittenSet:
    """Write laporan.docx, laporan.html, olah_data.xlsx, the folder grafik, hasil.json and catatan_penyusun.txt.

    Where respondents left remarks, saran_periksa.xlsx as well: the ones ticked there are quoted by the next run.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`.
    folder : str or Path
        Where to write; made if it is not there.
    hanya : sequence of str, optional
        Only some of "docx", "html", "xlsx", "grafik", "json", "catatan", "saran"; or "pdf", "poster" and "internal"
        (the workbook that shows small groups) as well, which are written when asked for only.
    overwrite : bool
        Whether a set that is there is replaced; otherwise it is refused. Edited files are moved aside, see
        `write_set`.
    maju : callable, optional
        Told of each file before it is made; see `write_set`.
    kerangka, templat, nomor_halaman, lang
        As in `write_docx`.

    Returns
    -------
    WrittenSet
        One entry a file, and where files edited by hand were moved.

    Raises
    ------
    OptionError
        No such kind of file, or no such outline.
    DataError
        There is a set already; a document cannot be made or written. Then nothing is written.
    """
    return write_set(
        folder,
        report_files(bahan, hanya=hanya, kerangka=kerangka, templat=templat, nomor_halaman=nomor_halaman, lang=lang),
        overwrite=overwrite,
        maju=maju,
    )


def report_files(
    bahan: Bahan,
    *,
    hanya: Sequence[str] | None = None,
    kerangka: Any = None,
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    lang: str | None = None,
) -> list[SetFile]:
    """Return the files of a report, each made when it is asked for; see `write_report`."""
    wanted = ALWAYS if hanya is None else tuple(dict.fromkeys(hanya))
    for kind in wanted:
        if kind not in KINDS:
            raise OptionError("opsi-tidak-dikenal", opsi="hanya", nilai=kind, pilihan=list(KINDS))
    dokumen = assemble(bahan, kerangka, lang)
    word = cache(partial(document, dokumen, templat=templat, nomor_halaman=nomor_halaman))
    return list(_files(bahan, dokumen, wanted, word, lang))


def _files(
    bahan: Bahan, dokumen: Document, wanted: Sequence[str], word: Callable[[], bytes], lang: str | None
) -> Iterator[SetFile]:
    if "docx" in wanted:
        yield SetFile("docx", "laporan.docx", word)
    if "pdf" in wanted:
        yield SetFile("pdf", "laporan.pdf", lambda: pdf(dokumen, docx=word))
    if "poster" in wanted:
        for sheet, size in (("poster.png", "a4"), ("poster.pdf", "a4"), ("poster_persegi.png", "persegi")):
            yield SetFile("poster", sheet, partial(poster, bahan, Path(sheet).suffix, size, lang=lang))
    if "html" in wanted:
        yield SetFile("html", "laporan.html", lambda: render(dokumen, bahan.hasil.provenance.versi).encode("utf-8"))
    if "xlsx" in wanted:
        yield SetFile("xlsx", "olah_data.xlsx", lambda: workbook(bahan, lang))
    if "internal" in wanted:
        yield SetFile("internal", INTERNAL, lambda: workbook(bahan, lang, internal=True))
    if "json" in wanted:
        yield SetFile("json", "hasil.json", lambda: _json(bahan, lang))
    if "grafik" in wanted:
        for grafik in dokumen.grafik:
            for kind in ("png", "svg"):
                yield SetFile("grafik", f"grafik/{grafik.nama}.{kind}", _picture(grafik, kind))
    yield from _texts(bahan, dokumen, wanted, lang)


def _texts(bahan: Bahan, dokumen: Document, wanted: Sequence[str], lang: str | None) -> Iterator[SetFile]:
    """Yield what is for the office only: remarks to read, notes for the writer."""
    if "saran" in wanted and bahan.saran:
        names = {u.id: u.nama.name(lang) for u in bahan.hasil.unsur.values()}
        yield SetFile("saran", REVIEW, lambda: review_sheet(bahan.saran, names, lang))
    if "catatan" in wanted:
        yield SetFile("catatan", NOTES, lambda: notes_text(bahan, dokumen.catatan, lang))


def _picture(grafik: ChartBlock, kind: str) -> Callable[[], bytes]:
    return grafik.gambar.png if kind == "png" else partial(_svg, grafik)


def _svg(grafik: ChartBlock) -> bytes:
    return f"{grafik.gambar.svg()}\n".encode()


def _json(bahan: Bahan, lang: str | None) -> bytes:
    text = json.dumps(bahan.to_dict(lang), ensure_ascii=True, allow_nan=False, indent=2)
    return f"{text}\n".encode("ascii")
