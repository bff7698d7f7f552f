"""`write_compilation`: the compilation's set of documents, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import skm.report.render.docx as word
import skm.report.render.html as page
from skm._version import __version__
from skm.report._set import SetFile, WrittenSet, write_set
from skm.report.chapters.notes import NOTES, findings_text
from skm.report.compilation.collect import collect
from skm.report.compilation.document import document_of, for_office
from skm.report.compilation.recap import Recap, as_json
from skm.report.compilation.workbook import workbook

FILES = ("kompilasi.docx", "kompilasi.html", "kompilasi.xlsx", "rekap.json")


def write_compilation(
    recap: Recap | Any,
    folder: str | Path,
    *,
    judul: str = "",
    templat: str | Path | None = None,
    nomor_halaman: bool = True,
    overwrite: bool = False,
    lang: str | None = None,
    **options: Any,
) -> WrittenSet:
    """Write the compilation: kompilasi.docx, .html and .xlsx, rekap.json, and catatan_penyusun.txt for who writes it.

    Parameters
    ----------
    recap : Recap or source
        What `collect` returns, or takes.
    folder : str or Path
        Where to; made if it is not there.
    judul : str
        Title, e.g. the name of the city.
    templat : str or Path, optional
        The office's own .docx.
    nomor_halaman : bool
        Whether the table of contents in Word has page numbers, as in `write_docx`.
    overwrite : bool
        Whether a set that is there is replaced as a whole; what was edited in it is moved aside, never lost.
    lang : {"id", "en"}, optional
        Language.
    **options
        Options of `collect`.

    Returns
    -------
    WrittenSet

    Raises
    ------
    DataError
        There is a set already, or a file cannot be written; then nothing is.

    Notes
    -----
    All documents print the same tables of the same value. ``rekap.json`` is what the next period's compilation takes
    as ``previous``.
    """
    value = recap if isinstance(recap, Recap) else collect(recap, **options)
    dokumen = document_of(value, judul=judul, lang=lang)
    makers = {
        "docx": lambda: word.document(dokumen, templat=templat, nomor_halaman=nomor_halaman),
        "html": lambda: page.render(dokumen, __version__).encode("utf-8"),
        "xlsx": lambda: workbook(value, lang),
        "json": lambda: as_json(value, lang),
    }
    files = [SetFile(kind, name, make) for (kind, make), name in zip(makers.items(), FILES, strict=True)]
    files.append(SetFile("catatan", NOTES, lambda: findings_text(for_office(value), lang)))
    return write_set(folder, files, overwrite=overwrite)
