"""All documents of a report in one folder, one by one; what is there already is kept unless said otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from skm import charts
from skm.basics.errors import DataError, OptionError, SKMError
from skm.basics.writing import write_file
from skm.report._poster import poster
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import ChartBlock, Document
from skm.report.material.bahan import Bahan
from skm.report.render.docx import document
from skm.report.render.html import render
from skm.report.render.pdf import pdf
from skm.report.workbook.write import workbook

ALWAYS = ("docx", "html", "xlsx", "grafik", "json")
KINDS = (*ALWAYS, "pdf", "poster")


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file of a report: written, or left alone because it was there (``ditulis`` False), or refused."""

    jenis: str
    path: Path
    ditulis: bool
    galat: SKMError | None = None


def write_report(
    bahan: Bahan,
    folder: str | Path,
    *,
    hanya: Sequence[str] | None = None,
    timpa: bool = False,
    kerangka: Any = None,
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    lang: str | None = None,
) -> tuple[WrittenFile, ...]:
    """Write laporan.docx, laporan.html, olah_data.xlsx, the folder grafik and hasil.json.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`.
    folder : str or Path
        Where to write; made if it is not there.
    hanya : sequence of str, optional
        Only some of "docx", "html", "xlsx", "grafik", "json"; or "pdf" and "poster" as well, which are written
        when asked for only.
    timpa : bool
        Whether files that exist are replaced; otherwise they are kept.
    kerangka, templat, nomor_halaman, lang
        As in `write_docx`.

    Returns
    -------
    tuple of WrittenFile
        One entry a file. A file that cannot be written is told and does not keep the others from being written.

    Raises
    ------
    OptionError
        No such kind of file, or no such outline.
    DataError
        The folder cannot be made.
    """
    wanted = ALWAYS if hanya is None else tuple(dict.fromkeys(hanya))
    for kind in wanted:
        if kind not in KINDS:
            raise OptionError("opsi-tidak-dikenal", opsi="hanya", nilai=kind, pilihan=list(KINDS))
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DataError("folder-tidak-dapat-dibuat", berkas=str(target), sebab=problem.strerror or "-") from None
    dokumen = _drawn_once(assemble(bahan, kerangka, lang))
    done = []
    word = cache(partial(document, dokumen, templat=templat, nomor_halaman=nomor_halaman))
    for kind, path, make in _files(bahan, dokumen, target, wanted, word, lang):
        if path.exists() and not timpa:
            done.append(WrittenFile(kind, path, ditulis=False))
            continue
        try:
            done.append(WrittenFile(kind, write_file(path, make(), overwrite=timpa), ditulis=True))
        except SKMError as problem:
            done.append(WrittenFile(kind, path, ditulis=False, galat=problem))
    return tuple(done)


def _files(
    bahan: Bahan,
    dokumen: Document,
    folder: Path,
    wanted: Sequence[str],
    word: Callable[[], bytes],
    lang: str | None,
) -> Iterator[tuple[str, Path, Callable[[], bytes]]]:
    if "docx" in wanted:
        yield "docx", folder / "laporan.docx", word
    if "pdf" in wanted:
        yield "pdf", folder / "laporan.pdf", lambda: pdf(dokumen, docx=word)
    if "poster" in wanted:
        for sheet, size in (("poster.png", "a4"), ("poster.pdf", "a4"), ("poster_persegi.png", "persegi")):
            yield "poster", folder / sheet, partial(poster, bahan, Path(sheet).suffix, size, lang=lang)
    if "html" in wanted:
        yield "html", folder / "laporan.html", lambda: render(dokumen, bahan.hasil.provenance.versi).encode("utf-8")
    if "xlsx" in wanted:
        yield "xlsx", folder / "olah_data.xlsx", lambda: workbook(bahan, lang)
    if "json" in wanted:
        yield "json", folder / "hasil.json", lambda: _json(bahan, lang)
    if "grafik" in wanted:
        for grafik in dokumen.grafik:
            for kind in ("png", "svg"):
                name = folder / "grafik" / f"{grafik.nama}.{kind}"
                yield "grafik", name, _picture(grafik, kind)


def _picture(grafik: ChartBlock, kind: str) -> Callable[[], bytes]:
    if kind == "png":
        return lambda: charts.to_png(grafik.buat())
    return lambda: charts.to_svg(grafik.buat()).encode("utf-8")


def _json(bahan: Bahan, lang: str | None) -> bytes:
    text = json.dumps(bahan.to_dict(lang), ensure_ascii=True, allow_nan=False, indent=2)
    return f"{text}\n".encode("ascii")


def _drawn_once(dokumen: Document) -> Document:
    """Return the document with charts that are drawn once, however many files show them."""
    blok = tuple(replace(b, buat=cache(b.buat)) if isinstance(b, ChartBlock) else b for b in dokumen.blok)
    return replace(dokumen, blok=blok)
