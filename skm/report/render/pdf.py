"""A document as PDF: by Word, else LibreOffice, else the typst package; a plain sentence where none is there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import IO, Any, Literal, get_args

import skm.report.render.docx as word
import skm.report.render.typst as typesetter
from skm.basics.errors import DataError, MissingDependencyError, OptionError
from skm.basics.writing import write_file
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Document
from skm.report.material.bahan import Bahan
from skm.report.render import office

Cara = Literal["word", "libreoffice", "typst"]


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
    bahan : Bahan
        Result of `compile`.
    path : str, Path or binary stream
        The .pdf file, or what it is written into.
    kerangka : str, Path, optional
        Outline, as in `write_docx`.
    templat : str or Path, optional
        The office's own .docx, for Word and LibreOffice.
    cara : {"word", "libreoffice", "typst"}, optional
        Default: the first of these that the computer has. Word and LibreOffice lay out the Word report; typst (the
        extra ``pdf``) renders the same blocks and needs no program.
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
    MissingDependencyError
        None of the three is there.
    DataError
        All that are there failed, or the file cannot be written.
    """
    return write_file(path, pdf(assemble(bahan, kerangka, lang), templat=templat, cara=cara), overwrite=overwrite)


def pdf(
    dokumen: Document,
    *,
    templat: str | Path | None = None,
    cara: Cara | None = None,
    docx: Callable[[], bytes] | None = None,
) -> bytes:
    """Return a document as PDF; see `write_pdf`. ``docx`` makes its Word document, which is asked for once at most."""
    if cara is not None and cara not in get_args(Cara):
        raise OptionError("opsi-tidak-dikenal", opsi="cara", nilai=cara, pilihan=list(get_args(Cara)))
    laid = cache(docx if docx is not None else partial(word.document, dokumen, templat=templat))
    ways: dict[str, Callable[[], bytes | None]] = {
        "word": lambda: office.word_pdf(laid()),
        "libreoffice": lambda: office.libreoffice_pdf(laid()),
        "typst": lambda: typesetter.render(dokumen),
    }
    failed: list[str] = []
    for name in ways if cara is None else (cara,):
        try:
            content = ways[name]()
        except MissingDependencyError:
            continue
        except (OSError, subprocess.SubprocessError) as problem:
            failed.append(f"{name} ({type(problem).__name__})")
            continue
        if content is not None:
            return content
    if failed:
        raise DataError("pdf-gagal", cara=failed)
    raise MissingDependencyError("pdf-tanpa-alat", cara=[cara] if cara else list(get_args(Cara)))
