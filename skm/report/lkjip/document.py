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
            blok.append(_block(_narrow(k.triwulan.table(quarter, language))))
    notes = tuple(f.text(language) for f in k.catatan if f.tingkat == "catatan")
    if notes:
        blok += [Heading(say("dokumen-catatan", language), 1, letter), Bullets(notes)]
    return finish(f"{title} {k.tahun}: {k.unit or '-'}", language, blok)


def for_office(k: Lkjip) -> tuple[Finding, ...]:
    """Return what the office should settle before it signs: errors and warnings, never printed in the chapter."""
    return tuple(f for f in k.catatan if f.tingkat != "catatan")


def _narrow(table: Table) -> Table:
    """Return the table of a quarter in fewer columns: amounts in rupiah are long, and no number is broken."""
    keys = [c.key for c in table.columns]
    level, name, what, unit = (keys.index(key) for key in ("tingkat", "nama", "indikator", "satuan"))
    rows = []
    for row in table.rows:
        cells = list(row)
        cells[name] = f"{row[level]}: {row[name]}" if row[level] else row[name]
        cells[what] = f"{row[what]} ({row[unit]})" if row[unit] and row[unit] != row[what] else row[what]
        rows.append(tuple(cell for i, cell in enumerate(cells) if i not in (level, unit)))
    kept = tuple(c for i, c in enumerate(table.columns) if i not in (level, unit))
    return Table(table.title, kept, tuple(rows), table.notes, table.lang)


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
    places = [i for i, c in enumerate(table.columns) if c.key in keys]
    columns = tuple(table.columns[i] for i in places)
    rows = tuple(tuple(row[i] for i in places) for row in table.rows)
    # A total row has nothing to say in a table without money.
    kept = tuple(row for row in rows if "pagu" in keys or row[0] != "")
    return Table(title, columns, kept, (), table.lang)


def _block(table: Table) -> TableBlock:
    return TableBlock(replace(table, title="", notes=()), table.title, lebar=widths(table))


def widths(table: Table) -> tuple[int, ...]:
    """Return the share of the page that each column takes: numbers are never broken, long texts are."""
    cells = table.cells()
    shares = []
    for i, column in enumerate(table.columns):
        texts = [row[i] for row in cells]
        longest = max(map(len, texts), default=1)
        head = max(map(len, column.label.split()), default=1)
        number = column.kind != "text"
        # Headers are bold, and their longest word is not broken either.
        # Digits are wider than letters on average.
        wide = longest * 1.2 if number else min(longest, 26)
        shares.append(max(head * 1.25 + 1, wide, 3) + (4 if number else 2))
    total = sum(shares)
    return tuple(round(100 * share / total) for share in shares)
