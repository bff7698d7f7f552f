"""`write_kinerja`: the performance chapter as Word, page, PDF or workbook; the ending of the name says which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from skm._version import __version__
from skm.basics.writing import check_writable, write_file
from skm.kinerja import Lkjip, lkjip
from skm.report._render import render_as
from skm.report._set import SetFile
from skm.report.chapters.notes import NOTES, findings_text
from skm.report.lkjip.document import document_of, for_office
from skm.report.lkjip.workbook import workbook
from skm.report.render.kind import is_stream, kind_of

KINDS = (".docx", ".html", ".xlsx", ".pdf")


def write_kinerja(
    kinerja: Lkjip | Mapping[str, Any] | str | Path,
    path: str | Path | IO[bytes],
    *,
    skala: Any = None,
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    jenis: str = "docx",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the performance chapter of an LKjIP; the file name's ending chooses Word, page, workbook or PDF.

    Parameters
    ----------
    kinerja : Lkjip, mapping, str or Path
        What `skm.kinerja.lkjip` returns or takes: the filled-in form, for instance.
    path : str, Path or binary stream
        A .docx, .html, .xlsx or .pdf file, or what it is written into.
    skala : optional
        Scale of words, where ``kinerja`` is not built yet; see `skm.kinerja.skala`.
    templat : str or Path, optional
        The office's own .docx, for Word and PDF.
    nomor_halaman : bool
        Whether the table of contents in Word has page numbers, as in `write_docx`.
    jenis : {"docx", "html", "xlsx", "pdf"}
        What is written into a stream; a file's name says it.
    overwrite : bool
        Whether a file that is there is replaced.
    lang : {"id", "en"}, optional
        Language.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Raises
    ------
    OptionError
        Another ending.
    DataError
        The figures cannot be read, or the file cannot be written.

    Notes
    -----
    All documents print the same tables of the same value. In the workbook every share, sum and word is a formula, its
    value stored, so that it follows when a figure is changed.
    """
    kind = kind_of(path, jenis, KINDS)
    target = path if is_stream(path) else Path(str(path))
    if isinstance(target, Path):
        check_writable(target, overwrite=overwrite)
    value = kinerja if isinstance(kinerja, Lkjip) else lkjip(kinerja, skala=skala)
    return write_file(
        target, made(value, kind, templat=templat, nomor_halaman=nomor_halaman, lang=lang), overwrite=overwrite
    )


def made(
    k: Lkjip, kind: str, *, templat: str | Path | None = None, nomor_halaman: bool = True, lang: str | None = None
) -> bytes:
    """Return the bytes of one of the documents."""
    if kind == ".xlsx":
        return workbook(k, lang)
    return render_as(document_of(k, lang), kind, versi=__version__, templat=templat, nomor_halaman=nomor_halaman)


def kinerja_files(
    k: Lkjip, names: Sequence[str], *, templat: str | Path | None = None, lang: str | None = None
) -> list[SetFile]:
    """Return documents of the chapter as files of a set, by their names, and the notes for the office beside them."""
    files = [
        SetFile(Path(name).suffix[1:], name, partial(made, k, Path(name).suffix, templat=templat, lang=lang))
        for name in names
    ]
    return [*files, SetFile("catatan", NOTES, partial(findings_text, for_office(k), lang))]
