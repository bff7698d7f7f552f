"""A document as PDF: by Word, else LibreOffice, else the typst package; a plain sentence where none is there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Literal, get_args

import skm.report.render.docx as word
import skm.report.render.typst as typesetter
from skm.basics.errors import DataError, MissingDependencyError, OptionError
from skm.report.chapters.blocks import Document
from skm.report.render import office

Cara = Literal["word", "libreoffice", "typst"]


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
