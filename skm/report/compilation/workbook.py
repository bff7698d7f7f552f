"""The compilation as a workbook: the collected sheet with live figures, a sheet a table, one audit sheet a unit."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.basics.table import Table
from skm.report.compilation.document import all_tables, audits
from skm.report.compilation.recap import Recap, say
from skm.report.render.same_bytes import book_properties, same_zip
from skm.report.workbook.formulas import CellFormats, half_up, landscape

_TEXT = 60  # characters of the widest column of texts


def workbook(recap: Recap, lang: str | None = None) -> bytes:
    """Return the workbook as bytes."""
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, settings) as book:
        book_properties(book, judul=f"{say('dokumen-judul', language)} {recap.periode}")
        style = CellFormats.of(book)
        taken = {say("lembar", language).casefold()}
        _collected(book.add_worksheet(say("lembar", language)), style, recap, language)
        for code, table in all_tables(recap, language):
            _sheet(book, style, _name(say(f"lembar-{code}", language), taken), table)
        _notes(book, style, recap, taken, language)
        for unit, found in audits(recap):
            _sheet(book, style, _name(f"T {unit}", taken), found.table(language))
    return same_zip(buffer.getvalue())


def _collected(sheet: Any, style: CellFormats, recap: Recap, lang: Lang) -> None:
    """Write the collected sheet; the city's plain or weighted mean is a formula over the rows that count."""
    table = recap.table(lang)
    rows = table.rows if recap.gabungan is None else table.rows[:-1]
    _head(sheet, style, table, 0)
    # Some thirty columns are two pages wide, the unit on both; on one page nobody could read them.
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, 1)
    sheet.set_paper(8)
    for number, row in enumerate(rows, start=1):
        _line(sheet, style, table, number, row)
    if recap.gabungan is None:
        return
    last = len(rows) + 1
    _line(sheet, style, table, last, table.rows[-1], bold=True)
    keys = [c.key for c in table.columns]
    index, count = keys.index("ikm"), keys.index("n")
    from xlsxwriter.utility import xl_rowcol_to_cell

    places = [i for i, row in enumerate(recap.baris, start=1) if row.dihitung]
    cells = [xl_rowcol_to_cell(i, index) for i in places]
    g = recap.gabungan
    if g.cara == "simple":
        total = "+".join(f"SUM({','.join(cells[i : i + 200])})" for i in range(0, len(cells), 200))
        sheet.write_formula(last, index, f"={half_up(f'({total})/{len(cells)}', 2)}", style.hasil, float(g.ikm))
    elif g.cara == "weighted" and all(r.n is not None and Fraction(r.n, g.n or 1) == w for r, (_, _, w) in
                                      zip(recap.dihitung, g.unit, strict=True)):  # fmt: skip
        people = [xl_rowcol_to_cell(i, count) for i in places]
        products = "+".join(f"{a}*{b}" for a, b in zip(cells, people, strict=True))
        if len(products) < 8000:  # what a cell's formula may hold
            whole = "+".join(f"SUM({','.join(people[i : i + 200])})" for i in range(0, len(people), 200))
            sheet.write_formula(last, index, f"={half_up(f'({products})/({whole})', 2)}", style.hasil, float(g.ikm))


def _sheet(book: Any, style: CellFormats, name: str, table: Table) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, table.title, style.judul)
    _head(sheet, style, table, 2)
    for number, row in enumerate(table.rows, start=3):
        _line(sheet, style, table, number, row)
    for number, note in enumerate(table.notes, start=len(table.rows) + 4):
        sheet.write_string(number, 0, note)


def _head(sheet: Any, style: CellFormats, table: Table, top: int) -> None:
    cells = table.cells()
    for column, head in enumerate(table.columns):
        sheet.write_string(top, column, head.label, style.kepala)
        longest = max([len(row[column]) for row in cells] or [1])
        word = max(map(len, head.label.split()), default=1)
        sheet.set_column(column, column, min(_TEXT, max(longest, word, 5) + 2))
    sheet.set_row(top, 48 if top == 0 else 32)
    sheet.freeze_panes(top + 1, 2 if top == 0 else 1)
    landscape(sheet, top)


def _line(sheet: Any, style: CellFormats, table: Table, number: int, row: Any, *, bold: bool = False) -> None:
    lines = 1
    for column, (head, value) in enumerate(zip(table.columns, row, strict=True)):
        if value is None or value == "":
            sheet.write_blank(number, column, None, style.tebal if bold else style.teks)
        elif isinstance(value, str):
            sheet.write_string(number, column, _clean(value), style.tebal if bold else style.lipat)
            lines = max(lines, -(-len(value) // (_TEXT - 4)))
        elif isinstance(value, (int, float, Decimal, Fraction)):
            cell = style.bulat if head.kind == "count" else style.tebal2 if bold else style.dua
            sheet.write_number(number, column, float(value), cell)
        else:
            sheet.write_string(number, column, str(value), style.lipat)
    if lines > 1:
        sheet.set_row(number, 13.5 * lines)


def _notes(book: Any, style: CellFormats, recap: Recap, taken: set[str], lang: Lang) -> None:
    sheet = book.add_worksheet(_name(say("lembar-keterangan", lang), taken))
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, say("lembar-keterangan", lang), style.judul)
    landscape(sheet, 0)
    for number, f in enumerate(recap.findings(), start=2):
        text = f"{f.text(lang)} {f.advice(lang)}".strip()
        sheet.write_string(number, 0, text, style.lipat)
        if len(text) > 115:
            sheet.set_row(number, 13.5 * -(-len(text) // 115))


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have, unlike all others."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip().strip("'")[:31] or "T"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = plain[: 31 - len(tail)] + tail
    taken.add(name.casefold())
    return name
