"""`write_compilation`: the compilation's set of documents, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import skm.report.render.docx as word
import skm.report.render.html as page
from skm._version import __version__
from skm.basics.writing import check_writable, write_file
from skm.report.compilation.collect import collect
from skm.report.compilation.document import document_of
from skm.report.compilation.recap import Recap, as_json
from skm.report.compilation.workbook import workbook

FILES = ("kompilasi.docx", "kompilasi.html", "kompilasi.xlsx", "rekap.json")


def write_compilation(
    recap: Recap | Any,
    folder: str | Path,
    *,
    judul: str = "",
    templat: str | Path | None = None,
    overwrite: bool = False,
    lang: str | None = None,
    **options: Any,
) -> list[Path]:
    """Write the compilation: kompilasi.docx, kompilasi.html, kompilasi.xlsx and rekap.json.

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
    overwrite : bool
        Whether files that are there are replaced; else, if one is there, nothing is written.
    lang : {"id", "en"}, optional
        Language.
    **options
        Options of `collect`.

    Returns
    -------
    list of Path

    Raises
    ------
    DataError
        A file is there already, or cannot be written.

    Notes
    -----
    All documents print the same tables of the same value. ``rekap.json`` is what the next period's compilation takes
    as ``previous``.
    """
    target = Path(folder)
    for name in FILES:
        check_writable(target / name, overwrite=overwrite)
    value = recap if isinstance(recap, Recap) else collect(recap, **options)
    dokumen = document_of(value, judul=judul, lang=lang)
    contents = {
        FILES[0]: word.document(dokumen, templat=templat),
        FILES[1]: page.render(dokumen, __version__).encode("utf-8"),
        FILES[2]: workbook(value, lang),
        FILES[3]: as_json(value, lang),
    }
    return [write_file(target / name, content, overwrite=overwrite) for name, content in contents.items()]
