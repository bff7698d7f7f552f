"""The report as Word, HTML or PDF: one way from material to a file, whichever renderer makes it."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from skm.basics.writing import write_file
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Document
from skm.report.material.bahan import Bahan
from skm.report.render import docx, html, pdf
from skm.report.render.pdf import Cara


def write_docx(
    bahan: Bahan,
    path: str | Path | IO[bytes],
    *,
    kerangka: Any = None,
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the report as a Word document.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`.
    path : str, Path or binary stream
        The .docx file, or what it is written into.
    kerangka : str, Path, optional
        Id of an outline ("upp-2023", "per-layanan-2025") or an office's own TOML file.
    templat : str or Path, optional
        The office's own .docx: its page, header, footer and styles are used, its text is left out.
    nomor_halaman : bool
        Whether the lists of contents, tables and figures have page numbers. They come from laying the document out
        with LibreOffice; where it is not installed the entries have none until the lists are updated in Word (F9).
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
    UnreadableFileError
        The template is no Word document.
    DataError
        The file cannot be written, for instance because it is open in Word.
    """
    content = docx.document(assemble(bahan, kerangka, lang), templat=templat, nomor_halaman=nomor_halaman)
    return write_file(path, content, overwrite=overwrite)


def write_html(
    bahan: Bahan,
    path: str | Path | IO[bytes],
    *,
    kerangka: Any = None,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the report as one HTML page.

    Parameters
    ----------
    bahan, path, kerangka, overwrite, lang
        As in `write_docx`; ``path`` is an .html file or a stream.

    Returns
    -------
    Path or None
        The file; None where a stream was given.
    """
    content = render_as(assemble(bahan, kerangka, lang), ".html", versi=bahan.hasil.provenance.versi)
    return write_file(path, content, overwrite=overwrite)


def write_pdf(
    bahan: Bahan,
    path: str | Path | IO[bytes],
    *,
    kerangka: Any = None,
    templat: str | Path | None = None,
    cara: Cara | None = None,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the report as PDF.

    Parameters
    ----------
    bahan, path, kerangka, templat, overwrite, lang
        As in `write_docx`; ``path`` is a .pdf file or a stream, ``templat`` is for Word and LibreOffice.
    cara : {"word", "libreoffice", "typst"}, optional
        Default: the first of these that the computer has. Word and LibreOffice lay out the Word report; typst (the
        extra ``pdf``) renders the same blocks and needs no program.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Raises
    ------
    MissingDependencyError
        None of the three is there.
    DataError
        All that are there failed, or the file cannot be written.
    """
    content = pdf.pdf(assemble(bahan, kerangka, lang), templat=templat, cara=cara)
    return write_file(path, content, overwrite=overwrite)


def render_as(
    dokumen: Document, kind: str, *, versi: str, templat: str | Path | None = None, nomor_halaman: bool = True
) -> bytes:
    """Return a document as the bytes of a .docx, .html or .pdf file."""
    if kind == ".html":
        return html.render(dokumen, versi).encode("utf-8")
    if kind == ".docx":
        return docx.document(dokumen, templat=templat, nomor_halaman=nomor_halaman)
    return pdf.pdf(dokumen, templat=templat)
