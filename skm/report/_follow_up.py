"""The follow-up report (Laporan Tindak Lanjut): Word, HTML or PDF from a result, its plan and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from skm.basics.errors import OptionError
from skm.basics.writing import write_file
from skm.report._render import render_as
from skm.report.chapters.assemble import assemble
from skm.report.chapters.blocks import Document
from skm.report.chapters.sentences import Sentences
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import runs
from skm.report.material.compile import compile as gathered
from skm.report.material.compile import with_unsur
from skm.report.material.facts import Fakta, read_facts
from skm.report.render.kind import kind_of
from skm.scores.result import HasilIKM

KERANGKA = "tindak-lanjut"
FOLLOW_UP_KINDS = (".docx", ".html", ".pdf")


def write_follow_up(
    hasil: Bahan | HasilIKM,
    path: str | Path | IO[bytes],
    *,
    fakta: Fakta | str | Path | Mapping[str, Any] | None = None,
    realisasi: Sequence[Mapping[str, Any]] | None = None,
    kerangka: Any = None,
    templat: str | Path | None = None,
    jenis: str = "docx",
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the follow-up report, Bab I to IV; the file name's ending chooses Word, HTML or PDF.

    Parameters
    ----------
    hasil : Bahan or HasilIKM
        The survey that was followed up; of a `Bahan` its facts are used.
    path : str, Path or binary stream
        A .docx, .html or .pdf file, or what it is written into.
    fakta : path, mapping or Fakta, optional
        The facts form with the plan (``rtl``) and what became of it (``realisasi``); replaces those of a `Bahan`.
    realisasi : rows, optional
        What became of the plan, if it is not in the facts; see `skm.prioritas.realisasi`.
    kerangka : optional
        Another outline than "tindak-lanjut".
    templat : str or Path, optional
        The office's own .docx, for Word and PDF.
    jenis : {"docx", "html", "pdf"}
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
    OptionError
        Another ending; U8 and U9 have no names.
    DataError
        The plan or its realisation cannot be understood.

    Notes
    -----
    What is not filled in becomes a marked place. The regulation asks for plan and follow-up to be published and has
    no outline; this one is of practice.
    """
    kind = kind_of(path, jenis, FOLLOW_UP_KINDS)
    dokumen, versi = follow_up(hasil, fakta=fakta, realisasi=realisasi, kerangka=kerangka, lang=lang)
    return write_file(path, render_as(dokumen, kind, versi=versi, templat=templat), overwrite=overwrite)


def follow_up(
    hasil: Bahan | HasilIKM,
    *,
    fakta: Any = None,
    realisasi: Sequence[Mapping[str, Any]] | None = None,
    kerangka: Any = None,
    lang: str | None = None,
) -> tuple[Document, str]:
    """Return the document and the version of the result; see `write_follow_up`."""
    bahan = gathered(hasil) if isinstance(hasil, HasilIKM) else hasil
    if any(f.kode == "u8-dianggap" for f in bahan.hasil.catatan):
        raise OptionError("laporan-u8")
    facts = bahan.fakta if fakta is None else with_unsur(read_facts(fakta), bahan.hasil)
    if realisasi is not None:
        facts = facts.with_values(realisasi=[dict(row) for row in realisasi])
    own = replace(bahan, fakta=facts)
    dokumen = assemble(own, KERANGKA if kerangka is None else kerangka, lang)
    k = Sentences(own, dokumen.lang)
    unit = "".join(text for text, _ in runs(k.fact("unit")))
    return replace(dokumen, judul=k.say("tl-judul", unit=unit)), own.hasil.provenance.versi
