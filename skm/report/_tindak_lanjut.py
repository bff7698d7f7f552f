"""The follow-up report (Laporan Tindak Lanjut): Word, HTML or PDF from a result, its plan and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import skm.report._docx as word
import skm.report._html as page
import skm.report._pdf as printed
from skm import kuesioner as _kuesioner
from skm._files import write_file
from skm.errors import OptionError
from skm.hasil import HasilIKM
from skm.indeks import Opsi
from skm.report._bahan import Bahan, with_unsur
from skm.report._blok import Dokumen
from skm.report._data import LembarData
from skm.report._fakta import Fakta, read_facts
from skm.report._kalimat import Kalimat
from skm.report._susun import assemble
from skm.report._teks import runs

KERANGKA = "tindak-lanjut"
_KINDS = (".docx", ".html", ".pdf")


def write_follow_up(
    hasil: Bahan | HasilIKM,
    path: str | Path,
    *,
    fakta: Fakta | str | Path | Mapping[str, Any] | None = None,
    realisasi: Sequence[Mapping[str, Any]] | None = None,
    kerangka: Any = None,
    templat: str | Path | None = None,
    lang: str | None = None,
) -> Path:
    """Write the follow-up report, Bab I to IV; the file name's ending chooses Word, HTML or PDF.

    Parameters
    ----------
    hasil : Bahan or HasilIKM
        The survey that was followed up; of a `Bahan` its facts are used.
    path : str or Path
        A .docx, .html or .pdf file.
    fakta : path, mapping or Fakta, optional
        The facts form with the plan (``rtl``) and what became of it (``tindak_lanjut``); replaces those of a `Bahan`.
    realisasi : rows, optional
        What became of the plan, if it is not in the facts; see `skm.prioritas.realisasi`.
    kerangka : optional
        Another outline than "tindak-lanjut".
    templat : str or Path, optional
        The office's own .docx, for Word and PDF.
    lang : str, optional
        Language.

    Returns
    -------
    Path

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
    target = Path(path)
    if target.suffix.lower() not in _KINDS:
        raise OptionError("opsi-tidak-dikenal", opsi="path", nilai=target.name, pilihan=list(_KINDS))
    dokumen, versi = follow_up(hasil, fakta=fakta, realisasi=realisasi, kerangka=kerangka, lang=lang)
    if target.suffix.lower() == ".docx":
        return write_file(target, word.document(dokumen, templat=templat))
    if target.suffix.lower() == ".html":
        return write_file(target, page.render(dokumen, versi).encode("utf-8"))
    return write_file(target, printed.pdf(dokumen, templat=templat))


def follow_up(
    hasil: Bahan | HasilIKM,
    *,
    fakta: Any = None,
    realisasi: Sequence[Mapping[str, Any]] | None = None,
    kerangka: Any = None,
    lang: str | None = None,
) -> tuple[Dokumen, str]:
    """Return the document and the version of the result; see `write_follow_up`."""
    bahan = _material(hasil) if isinstance(hasil, HasilIKM) else hasil
    if any(f.kode == "u8-dianggap" for f in bahan.hasil.catatan):
        raise OptionError("laporan-u8")
    facts = bahan.fakta if fakta is None else with_unsur(read_facts(fakta), bahan.hasil)
    if realisasi is not None:
        facts = facts.with_values(tindak_lanjut=[dict(row) for row in realisasi])
    own = replace(bahan, fakta=facts)
    dokumen = assemble(own, KERANGKA if kerangka is None else kerangka, lang)
    k = Kalimat(own, dokumen.lang)
    unit = "".join(text for text, _ in runs(k.fact("unit")))
    return replace(dokumen, judul=k.say("tl-judul", unit=unit)), own.hasil.provenance.versi


def _material(hasil: HasilIKM) -> Bahan:
    """Return material that holds nothing but a result."""
    base = replace(_kuesioner.load(), regulasi=hasil.regulasi)
    return Bahan(
        hasil=hasil,
        profil=None,
        per=None,
        kecukupan=None,
        fakta=Fakta().with_values(periode=hasil.provenance.periode or None),
        sebelumnya=(),
        saran=(),
        data=LembarData(0, base, (), (), ()),
        opsi=Opsi(),
        interval=None,
        batas_samaran=0,
        catatan=(),
    )
