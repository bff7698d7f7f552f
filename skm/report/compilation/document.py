"""The compilation -> blocks: figures of all units, each doubt beside its unit, audits of what was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from skm.auditing.audit import HasilTelaah, audit
from skm.basics.numbers import Lang, format_count, format_exact, resolve_lang
from skm.basics.table import Table
from skm.basics.values import Finding
from skm.basics.words import normalise
from skm.report.chapters.assemble import finish
from skm.report.chapters.blocks import (
    Blok,
    Bullets,
    ChartBlock,
    Contents,
    Cover,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    TableBlock,
    WriterNote,
)
from skm.report.chapters.column_widths import widths
from skm.report.chapters.notes import with_advice
from skm.report.compilation import analysis, pictures
from skm.report.compilation.recap import COUNTED, Recap, say
from skm.report.compilation.unit_report import ASIDE


def document_of(recap: Recap, *, judul: str = "", lang: str | None = None) -> Document:
    """Return the compilation as a document."""
    language = resolve_lang(lang)
    title = judul or say("dokumen-judul", language)
    blok: list[Blok] = [
        Cover(say("dokumen-judul", language), judul, "", recap.periode),
        PageBreak(),
        Heading(say("dokumen-isi", language), 1, terdaftar=False),
        Contents(),
        PageBreak(),
    ]
    sections = (_summary, _ranks, _grades, _unsur, _changes, _samples, _follow_up, _sources, _audits)
    number = 0
    for section in sections:
        inner = section(recap, language)
        if inner:
            number += 1
            name = say(f"bagian-{section.__name__.strip('_').replace('_', '-')}", language)
            blok += [Heading(name, 1, f"{number}."), *inner]
    return finish(f"{title} {recap.periode}".strip(), language, blok)


def _summary(recap: Recap, lang: Lang) -> list[Blok]:
    blok: list[Blok] = []
    if recap.gabungan is not None:
        g = recap.gabungan
        fields = {
            "ikm": format_exact(g.ikm, lang), "mutu": g.mutu, "kinerja": g.regulasi.grade(g.ikm).word(lang),
            "cara": say(f"cara-{g.cara}", lang), "banyak": len(g.unit),
        }  # fmt: skip
        blok.append(Paragraph(say("ringkas-gabungan", lang, **fields), "penting"))
        blok.append(Paragraph(say("ringkas-tanpa-rumus", lang), "catatan"))
    else:
        blok.append(Paragraph(say("ringkas-tanpa-gabungan", lang)))
    counts = [(status, len({normalise(row.unit) for row in recap.of_status(status)})) for status in (COUNTED, *ASIDE)]
    lines = [
        say("ringkas-status", lang, status=say(f"status-{status}", lang), banyak=format_count(count, lang))
        for status, count in counts
        if count
    ]
    people = [r.n for r in recap.dihitung if r.n is not None]
    lines.append(say("ringkas-responden", lang, n=sum(people), banyak=len(people)))
    blok.append(Bullets(tuple(lines)))
    return [*blok, *_told(recap.catatan, lang)]


# Notes about the files and the list, which say nothing of the units' figures.
_FOR_THE_WRITER = frozenset({"rekap-daftar-kolom-lain", "rekap-mungkin-unit", "rekap-subfolder", "rekap-ejaan"})


def _ranks(recap: Recap, lang: Lang) -> list[Blok]:
    if not recap.dihitung:
        return []
    made = analysis.ranks(recap)
    spans = pictures.intervals(made)
    blok: list[Blok] = [_block(analysis.rank_table(recap, lang, made))]
    parts = pictures.pages(recap)
    for number, rows in enumerate(parts, start=1):
        caption = (
            say("grafik-unit", lang) if len(parts) == 1 else say("grafik-unit-bagian", lang, ke=number, dari=len(parts))
        )
        alt = "; ".join(f"{r.unit} {format_exact(r.ikm, lang)}" for r in rows if r.ikm is not None)
        blok.append(ChartBlock(f"unit_{number}", caption, alt, partial(pictures.unit_bar, rows, spans, lang)))
    blok.append(_block(analysis.means_table(recap, lang)))
    return blok


def _grades(recap: Recap, lang: Lang) -> list[Blok]:
    if not recap.dihitung:
        return []
    alt = ", ".join(f"{letter}: {count}" for letter, _, count in analysis.grades(recap))
    chart = ChartBlock("sebaran", say("grafik-sebaran", lang), alt, partial(pictures.histogram, recap, lang))
    people = analysis.profile_table(recap, lang)
    return [_block(analysis.grade_table(recap, lang)), chart, *([_block(people)] if people is not None else [])]


def _unsur(recap: Recap, lang: Lang) -> list[Blok]:
    if not any(r.hasil is not None for r in recap.dihitung):
        return []
    alt = ", ".join(f"{u.name(lang)}: {least}" for u, least, _, _ in analysis.lowest_counts(recap))
    chart = ChartBlock("unsur_terendah", say("grafik-terendah", lang), alt, partial(pictures.lowest_bar, recap, lang))
    return [chart, _block(analysis.unsur_table(recap, lang))]


def _changes(recap: Recap, lang: Lang) -> list[Blok]:
    table = analysis.change_table(recap, lang)
    return [] if table is None else [_block(table)]


def _samples(recap: Recap, lang: Lang) -> list[Blok]:
    return [_block(analysis.sample_table(recap, lang))] if recap.dihitung else []


def _follow_up(recap: Recap, lang: Lang) -> list[Blok]:
    table = analysis.follow_up_table(recap, lang)
    return [] if table is None else [_block(table)]


def _sources(recap: Recap, lang: Lang) -> list[Blok]:
    blok: list[Blok] = [_block(analysis.sources_table(recap, lang))]
    return [*blok, *_told(recap.row_findings(), lang)]


def _told(findings: Iterable[Finding], lang: Lang) -> list[Blok]:
    """Return what the reader should know as a list, and what the writer can do about it as notes for the writer."""
    found = list(findings)
    facts = tuple(f.text(lang) for f in found if f.kode not in _FOR_THE_WRITER)
    notes = dict.fromkeys(with_advice(f, lang) for f in found if _to_do(f))
    return [*([Bullets(facts)] if facts else []), *(WriterNote(note) for note in notes)]


def for_office(recap: Recap) -> tuple[Finding, ...]:
    """Return what can be done about the files, the list and the figures before the compilation is handed up."""
    return tuple(f for f in recap.findings() if _to_do(f))


def _to_do(finding: Finding) -> bool:
    return finding.kode in _FOR_THE_WRITER or bool(finding.advice())


def _audits(recap: Recap, lang: Lang) -> list[Blok]:
    """One part a unit that printed a result: what its own figures cannot be."""
    blok: list[Blok] = []
    for unit, found in audits(recap):
        blok.append(Heading(unit, 2))
        blok.append(Paragraph(found.headline(lang)))
        lines = [f"{f.text(lang)} {f.advice(lang)}".strip() for f in found.temuan if f.tingkat != "catatan"]
        blok.append(Bullets(tuple(lines)) if lines else Paragraph(say("telaah-bersih", lang)))
    return blok


def audits(recap: Recap) -> list[tuple[str, HasilTelaah]]:
    """Return the audit of every unit that printed a result."""
    return [(r.unit, audit(r.publikasi)) for r in recap.baris if r.publikasi is not None]


def _block(table: Table) -> TableBlock:
    return TableBlock(replace(table, title=""), table.title, lebar=widths(table))


def all_tables(recap: Recap, lang: str | None = None) -> Iterable[tuple[str, Table]]:
    """Yield the tables of the compilation with the codes of their sheets."""
    makers: tuple[tuple[str, Any], ...] = (
        ("peringkat", analysis.rank_table),
        ("mutu", analysis.grade_table),
        ("unsur", analysis.unsur_table),
        ("perubahan", analysis.change_table),
        ("sampel", analysis.sample_table),
        ("rtl", analysis.follow_up_table),
        ("profil", analysis.profile_table),
        ("sumber", analysis.sources_table),
    )
    for code, make in makers:
        table = make(recap, lang)
        if table is not None and table.rows:
            yield code, table
