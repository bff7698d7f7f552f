"""Outline + material -> a document: parts in order, chapters, tables and figures numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import skm.report.chapters.analysis as analisis
import skm.report.chapters.annexes as lampiran
import skm.report.chapters.follow_up as tindak_lanjut
import skm.report.chapters.front as depan
import skm.report.chapters.opening as awal
import skm.report.chapters.outline as outlines
import skm.report.chapters.results as hasil
from skm.basics.errors import DataError
from skm.basics.numbers import Lang, resolve_lang
from skm.report.chapters.blocks import (
    Blok,
    Bullets,
    ChartBlock,
    Document,
    Heading,
    Letterhead,
    PageBreak,
    Paragraph,
    PhotoBlock,
    SignatureBlock,
    TableBlock,
)
from skm.report.chapters.outline import Outline, OutlinePart
from skm.report.chapters.sentences import Sentences
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import clean, fit, runs

PARTS: dict[str, Callable[[Sentences], list[Blok]]] = {
    "sampul": depan.cover,
    "kata-pengantar": depan.preface,
    "daftar-isi": depan.contents,
    "daftar-tabel": depan.tables,
    "daftar-gambar": depan.figures,
    "ringkasan": awal.summary,
    "latar-belakang": awal.background,
    "dasar": awal.basis,
    "maksud-tujuan": awal.aims,
    "pelaksana": awal.team,
    "metode": awal.method,
    "lokasi": awal.place,
    "waktu": awal.schedule,
    "sampel": awal.sample,
    "profil": hasil.profile,
    "ikm": hasil.index,
    "sebaran": hasil.distribution,
    "per-layanan": hasil.services,
    "per-layanan-unsur": hasil.services_by_unsur,
    "kelemahan-kelebihan": analisis.weak_and_strong,
    "saran": analisis.remarks,
    "rtl": analisis.plan,
    "tren": analisis.trend,
    "kesimpulan": analisis.conclusion,
    "rekomendasi": analisis.advice,
    "tanda-tangan": analisis.signature,
    "kuesioner": lampiran.questionnaire,
    "olah-data": lampiran.processing,
    "dokumentasi": lampiran.photographs,
    "tindak-lanjut": lampiran.follow_up,
    "fkp": lampiran.consultation,
    "asal-angka": lampiran.provenance,
    "tl-sampul": tindak_lanjut.cover,
    "tl-latar": tindak_lanjut.background,
    "tl-nilai": tindak_lanjut.figures,
    "tl-rencana": tindak_lanjut.plan,
    "tl-realisasi": tindak_lanjut.realised,
    "tl-kesimpulan": tindak_lanjut.conclusion,
}


def assemble(bahan: Bahan, kerangka: str | Path | Outline | None = None, lang: str | None = None) -> Document:
    """Return the document that an outline makes of the material.

    Raises
    ------
    DataError
        The outline names a part that nobody knows.
    """
    language = resolve_lang(lang)
    outline = outlines.load(outlines.DEFAULT if kerangka is None else kerangka)
    kalimat = Sentences(bahan, language)
    blok: list[Blok] = []
    chapter = annex = 0
    before: OutlinePart | None = None
    before_apart = False
    for bagian in outline.bagian:
        content = _content(bagian, kalimat, chapter + (bagian.jenis == "bab"))
        apart = any(isinstance(b, (Letterhead, SignatureBlock)) for b in content)
        if blok and (before is None or apart or before_apart or not _runs_on(before, bagian)):
            blok.append(PageBreak())
        before, before_apart = bagian, apart
        if bagian.jenis == "bab":
            chapter += 1
            blok.append(Heading(bagian.name(language), 1, kalimat.say("nomor-bab", nomor=_roman(chapter))))
        elif bagian.jenis == "lampiran":
            annex += 1
            blok.append(Heading(bagian.name(language), 1, kalimat.say("nomor-lampiran", nomor=annex)))
        elif bagian.jenis == "polos":
            blok.append(Heading(bagian.name(language), 1, terdaftar=not _is_list(bagian)))
        blok += content
    unit = "".join(text for text, _ in runs(kalimat.fact("unit")))
    return Document(
        kalimat.say("judul-dokumen", unit=unit),
        language,
        tuple(_numbered(blok)),
        penulis=bahan.fakta.text("unit", language) or "",
        hari=bahan.fakta.get("tanggal_laporan"),
    )


def finish(judul: str, lang: Lang, blok: Iterable[Blok]) -> Document:
    """Return a document of blocks that no outline put together, its tables, figures and headings numbered."""
    return Document(judul, lang, tuple(_numbered(blok)))


def _runs_on(before: OutlinePart, bagian: OutlinePart) -> bool:
    """Tell whether a part needs no page of its own: lists after lists, annexes after annexes."""
    return (_is_list(before) and _is_list(bagian)) or before.jenis == bagian.jenis == "lampiran"


def _is_list(bagian: OutlinePart) -> bool:
    """Tell whether a part is a list of contents, tables or figures: they share pages and do not list themselves."""
    return bagian.jenis == "polos" and any(name.startswith("daftar-") for name in bagian.isi)


def _content(bagian: OutlinePart, kalimat: Sentences, chapter: int) -> list[Blok]:
    blok: list[Blok] = [Paragraph(clean(text)) for text in bagian.teks]
    blok += _parts(bagian.isi, kalimat)
    for number, sub in enumerate(bagian.sub, start=1):
        own = f"{chapter}.{number}" if bagian.jenis == "bab" else ""
        blok.append(Heading(sub.name(kalimat.lang), 2, own))
        blok += [Paragraph(clean(text)) for text in sub.teks]
        blok += _parts(sub.isi, kalimat)
    return blok


def _parts(names: Iterable[str], kalimat: Sentences) -> list[Blok]:
    blok: list[Blok] = []
    for name in names:
        if name not in PARTS:
            raise DataError("kerangka-bahan", nama=name, pilihan=list(PARTS))
        blok += PARTS[name](kalimat)
    return blok


# What a paragraph leads up to: it stays on the page of what follows.
_SHOWN = (TableBlock, ChartBlock, PhotoBlock, Bullets)


def _numbered(blok: Iterable[Blok]) -> Iterable[Blok]:
    """Number tables and figures (photographs with the charts) and give headings their anchors."""
    tables = figures = heads = 0
    known = list(blok)
    for one, following in zip_longest(known, known[1:]):
        if isinstance(one, Paragraph) and isinstance(following, _SHOWN):
            yield replace(one, lekat=True)
        elif isinstance(one, TableBlock):
            tables += 1
            yield replace(one, nomor=tables)
        elif isinstance(one, (ChartBlock, PhotoBlock)):
            figures += 1
            yield (
                replace(one, nomor=figures, alt=fit(one.alt))
                if isinstance(one, ChartBlock)
                else replace(one, nomor=figures)
            )
        elif isinstance(one, Heading):
            heads += 1
            slug = re.sub(r"[^a-z0-9]+", "-", one.teks.casefold()).strip("-")[:24]
            yield replace(one, jangkar=f"b{heads}-{slug}")
        else:
            yield one


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out, number = out + sign, number - value
    return out
