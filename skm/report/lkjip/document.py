"""The performance chapter -> blocks: every table of the value, a sentence before it, what was noticed at the end."""

from __future__ import annotations

from dataclasses import replace

from skm.basics.numbers import Lang, resolve_lang
from skm.basics.table import Table
from skm.basics.values import Finding
from skm.kinerja import Indikator, Lkjip, scale_table, tables_of
from skm.kinerja._belanja import say
from skm.kinerja._quarter_line import roman
from skm.report.chapters.assemble import finish
from skm.report.chapters.blocks import (
    Blok,
    Bullets,
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


def document_of(k: Lkjip, lang: str | None = None) -> Document:
    """Return the chapter as a document."""
    language = resolve_lang(lang)
    title = say("dokumen-judul", language)
    blok: list[Blok] = [
        Cover(title, k.unit or "-", "", str(k.tahun)),
        PageBreak(),
        Heading(say("dokumen-isi", language), 1, terdaftar=False),
        Contents(),
        PageBreak(),
        Heading(say("dokumen-ikhtisar", language), 1, "A."),
        Paragraph(say("dokumen-cara", language)),
        *(WriterNote(with_advice(f, language)) for f in for_office(k)),
        _block(scale_table(k, language)),
        *_overview(k.table(language), language),
        Heading(say("dokumen-per-indikator", language), 1, "B."),
    ]
    for number, one in enumerate(k.indikator, start=1):
        blok += _indicator(k, one, number, language)
    letter = "C."
    if k.belanja is not None:
        blok += [Heading(say("dokumen-belanja", language), 1, letter), _block(k.belanja.table(language))]
        letter = "D."
    if k.triwulan is not None:
        blok.append(Heading(say("dokumen-triwulan", language), 1, letter))
        letter = "D." if letter == "C." else "E."
        for quarter in k.triwulan.ada:
            blok.append(Heading(say("dokumen-satu-triwulan", language, triwulan=roman(quarter)), 2))
            blok += _quarter(k.triwulan.table(quarter, language), quarter, language)
    notes = tuple(f.text(language) for f in k.catatan if f.tingkat == "catatan")
    if notes:
        blok += [Heading(say("dokumen-catatan", language), 1, letter), Bullets(notes)]
    return finish(f"{title} {k.tahun}: {k.unit or '-'}", language, blok)


def for_office(k: Lkjip) -> tuple[Finding, ...]:
    """Return what the office should settle before it signs: errors and warnings, never printed in the chapter."""
    return tuple(f for f in k.catatan if f.tingkat != "catatan")


def _quarter(table: Table, quarter: int, lang: Lang) -> list[Blok]:
    """Return a quarter as two tables that fit a page, performance and money: no number is broken over lines."""
    keys = [c.key for c in table.columns]
    level, name, what, unit, pagu, spent = (
        keys.index(key) for key in ("tingkat", "nama", "indikator", "satuan", "pagu", "anggaran")
    )
    rows = []
    for row in table.rows:
        cells = list(row)
        cells[name] = f"{row[level]}: {row[name]}" if row[level] else row[name]
        cells[what] = f"{row[what]} ({row[unit]})" if row[unit] and row[unit] != row[what] else row[what]
        rows.append(tuple(cells))
    whole = replace(table, rows=tuple(rows))
    money = replace(whole, rows=tuple(r for r in rows if r[pagu] is not None or r[spent] is not None))
    total = bool(rows) and not table.rows[-1][level]
    reached = replace(whole, rows=tuple(rows[:-1])) if total else whole
    parts: list[Blok] = []
    if reached.rows:
        parts.append(_block(_columns(reached, ("nama", "indikator", "target", "realisasi", "capaian"), table.title)))
    if money.rows:
        title = say("tabel-triwulan-anggaran", lang, triwulan=roman(quarter))
        parts.append(_block(_columns(money, ("nama", "pagu", "anggaran", "serapan"), title)))
    return parts


def _indicator(k: Lkjip, one: Indikator, number: int, lang: Lang) -> list[Blok]:
    blok: list[Blok] = [Heading(one.nama, 2, f"B.{number}"), Paragraph(one.capaian.kalimat(lang), "penting")]
    if one.sumber:
        blok.append(Paragraph(say("dokumen-sumber", lang, sumber=one.sumber), "catatan"))
    if one.anggaran is not None:
        blok.append(Paragraph(one.anggaran.kalimat(lang)))
    blok += [_block(table) for table in tables_of(k, one, lang)]
    return blok


def _overview(table: Table, lang: Lang) -> list[Blok]:
    """Return the overview as two tables that fit a page: performance, and money."""
    whole = [c.key for c in table.columns]
    money = ("no", "indikator", "pagu", "anggaran", "serapan", "efisiensi", "porsi")
    performance = tuple(key for key in whole if key not in money[2:])
    parts: list[Blok] = [_block(_only(table, performance, table.title))]
    if any(row[whole.index("pagu")] is not None for row in table.rows):
        parts.append(_block(_only(table, money, say("tabel-ikhtisar-anggaran", lang))))
    return parts


def _only(table: Table, keys: tuple[str, ...], title: str) -> Table:
    found = _columns(table, keys, title)
    # A total row has nothing to say in a table without money.
    return replace(found, rows=tuple(row for row in found.rows if "pagu" in keys or row[0] != ""))


def _columns(table: Table, keys: tuple[str, ...], title: str) -> Table:
    places = [i for i, c in enumerate(table.columns) if c.key in keys]
    rows = tuple(tuple(row[i] for i in places) for row in table.rows)
    return Table(title, tuple(table.columns[i] for i in places), rows, (), table.lang)


def _block(table: Table) -> TableBlock:
    return TableBlock(replace(table, title="", notes=()), table.title, lebar=widths(table))
