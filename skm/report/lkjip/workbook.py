"""The performance chapter as a workbook: figures typed once, every share and sum a formula with its value stored."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.kinerja import Lkjip
from skm.kinerja._belanja import say, sums_of
from skm.kinerja._budget_line import BudgetLine
from skm.kinerja._quarter_line import QuarterLine, roman
from skm.report.render.same_bytes import book_properties, same_zip
from skm.report.workbook.formulas import CellFormats, half_up, landscape

_TOP = 3  # row of the headers, counted from 0


def workbook(k: Lkjip, lang: str | None = None) -> bytes:
    """Return the workbook as bytes."""
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, settings) as book:
        book_properties(book, judul=f"{say('dokumen-judul', language)} {k.tahun} {k.unit}")
        style = CellFormats.of(book)
        main = book.add_worksheet(say("lembar-indikator", language))
        if k.tahunan_ada:
            _years(book, style, k, language)
        places = _budget(book, style, k, language) if k.belanja is not None else {}
        _indicators(main, style, k, places, language)
        for quarter in k.triwulan.ada if k.triwulan else ():
            _quarter(book, style, k, quarter, language)
        _notes(book, style, k, language)
    return same_zip(buffer.getvalue())


def _head(sheet: Any, style: CellFormats, title: str, labels: list[str], widths: list[int], lang: Lang) -> None:
    sheet.write_string(0, 0, title, style.judul)
    sheet.write_string(1, 0, say("buku-petunjuk", lang))
    for column, (label, width) in enumerate(zip(labels, widths, strict=True)):
        sheet.write_string(_TOP, column, label, style.kepala)
        sheet.set_column(column, column, width)
    sheet.set_row(_TOP, 32)
    sheet.freeze_panes(_TOP + 1, 2)
    landscape(sheet, _TOP)


def _height(sheet: Any, row: int, *texts: tuple[str, int]) -> None:
    """Make a row as high as its wrapped texts need; not every program does so when it opens a file."""
    lines = max(-(-len(text) * 11 // (width * 10)) for text, width in texts)
    if lines > 1:
        sheet.set_row(row, 13.5 * lines)


def _number(value: Any) -> float:
    return float(value)


def _put(sheet: Any, row: int, column: int, value: Any, cell: Any) -> None:
    """Write a number, or a dash where there is none."""
    if value is None:
        sheet.write_string(row, column, "-", cell)
    else:
        sheet.write_number(row, column, _number(value), cell)


def _formula(sheet: Any, row: int, column: int, formula: str, cell: Any, value: Any) -> None:
    sheet.write_formula(row, column, f"={formula}", cell, "" if value is None else _number(value))


def _share(above: str, below: str) -> str:
    """Return a formula of a percentage with two decimals; blank where a dash stands for a number, or below is 0."""
    return f'IF(AND(ISNUMBER({above}),N({below})>0),{half_up(f"{above}/{below}*100", 2)},"")'


def _indicators(sheet: Any, style: CellFormats, k: Lkjip, places: Mapping[str, str], lang: Lang) -> None:
    keys = ("no", "indikator", "satuan", "target_renstra", "target", "realisasi", "capaian", "predikat")
    labels = [say(f"kolom-{key}", lang) for key in keys]
    labels += [say("kolom-kemajuan", lang)]
    labels += [say(f"kolom-{key}", lang) for key in ("pagu", "anggaran", "serapan", "efisiensi", "porsi")]
    widths = [5, 44, 10, 12, 12, 12, 12, 14, 13, 20, 20, 11, 12, 12]
    _head(sheet, style, f"{say('dokumen-judul', lang)} {k.tahun}: {k.unit or '-'}", labels, widths, lang)
    first, last = _TOP + 2, _TOP + 1 + len(k.indikator)
    total = last + 1 if k.total is not None else None
    for row, one in enumerate(k.indikator, start=_TOP + 1):
        at = row + 1
        sheet.write_number(row, 0, row - _TOP, style.isi)
        sheet.write_string(row, 1, one.nama, style.lipat)
        _height(sheet, row, (one.nama, 44))
        sheet.write_string(row, 2, one.satuan, style.isi)
        _put(sheet, row, 3, one.target_renstra, style.dua)
        _put(sheet, row, 4, one.target, style.dua)
        _put(sheet, row, 5, one.realisasi, style.dua)
        share = _achievement(one.capaian.arah, f"E{at}", f"F{at}")
        _formula(sheet, row, 6, half_up(share, 2), style.dua, one.capaian.persen)
        word = _word(k, half_up(share, k.skala.desimal), lang)
        sheet.write_formula(row, 7, f"={word}", style.isi, one.capaian.predikat.word(lang))
        progress = f'IF(N(D{at})>0,{half_up(_achievement(one.capaian.arah, f"D{at}", f"F{at}"), 2)},"")'
        _formula(sheet, row, 8, progress, style.dua, _rounded(one.kemajuan_renstra))
        a = one.anggaran
        if a is None:
            for column in range(9, 14):
                sheet.write_string(row, column, "-", style.isi)
            continue
        for column, value, key in ((9, a.pagu, "D"), (10, a.realisasi, "E")):
            cells = [f"{places[name]}".replace("#", key) for name in one.program if name in places]
            # A formula only where programmes are whole and nothing else was typed beside the indicator.
            whole = k.belanja is not None and sums_of(k.belanja.lines(one.program)) == (a.pagu, a.realisasi)
            if whole and cells and len(cells) == len(one.program):
                _formula(sheet, row, column, "+".join(cells), style.bulat, value)
            else:
                _put(sheet, row, column, value, style.bulat)
        _formula(sheet, row, 11, _share(f"K{at}", f"J{at}"), style.dua, a.serapan)
        # Exact shares divided, as the documents do: not the rounded ones shown beside it.
        exact = f'IF(N(J{at})*({share})>0,{half_up(f"(K{at}/J{at}*100)/({share})*100", 2)},"")'
        _formula(sheet, row, 12, exact, style.dua, a.efisiensi)
        if total is not None:
            _formula(sheet, row, 13, _share(f"J{at}", f"J${total + 1}"), style.dua, a.porsi)
        else:
            _put(sheet, row, 13, a.porsi, style.dua)
    if total is not None and k.total is not None:
        for column in range(14):
            sheet.write_blank(total, column, None, style.tebal)
        sheet.write_string(total, 1, say("total", lang), style.tebal)
        for column, value, key in ((9, k.total.pagu, "D"), (10, k.total.realisasi, "E")):
            letter = "J" if column == 9 else "K"
            grand = places.get("", "").replace("#", key)
            _formula(sheet, total, column, grand or f"SUM({letter}{first}:{letter}{last + 1})", style.bulat, value)
        _formula(sheet, total, 11, _share(f"K{total + 1}", f"J{total + 1}"), style.tebal2, k.total.serapan)
        _formula(sheet, total, 13, _share(f"J{total + 1}", f"J{total + 1}"), style.tebal2, k.total.porsi)


def _achievement(arah: str, goal: str, reached: str) -> str:
    if arah == "turun-selisih":
        return f"(2*{goal}-{reached})/{goal}*100"
    return f"{goal}/{reached}*100" if arah == "turun-banding" else f"{reached}/{goal}*100"


def _word(k: Lkjip, value: str, lang: Lang) -> str:
    """Return a formula that reads the scale, best word first."""
    out = f'"{k.skala.predikat[-1].word(lang)}"'
    for p in reversed(k.skala.predikat[:-1]):
        sign = ">=" if p.bawah_termasuk else ">"
        out = f'IF({value}{sign}{p.bawah},"{p.word(lang)}",{out})'
    return out


def _rounded(value: Fraction | None) -> Decimal | None:
    from skm.basics.numbers import round_half_up

    return None if value is None else round_half_up(value, 2)


def _years(book: Any, style: CellFormats, k: Lkjip, lang: Lang) -> None:
    sheet = book.add_worksheet(say("lembar-tahunan", lang))
    labels = [say(f"kolom-{key}", lang) for key in ("indikator", "tahun", "target", "realisasi", "capaian", "predikat")]
    _head(sheet, style, say("lembar-tahunan-judul", lang), labels, [44, 9, 13, 13, 13, 16], lang)
    row = _TOP
    for one in k.indikator:
        for y in one.tahunan:
            row += 1
            sheet.write_string(row, 0, one.nama, style.lipat)
            sheet.write_number(row, 1, y.tahun, style.isi)
            _put(sheet, row, 2, y.target, style.dua)
            _put(sheet, row, 3, y.realisasi, style.dua)
            if y.capaian is None:
                sheet.write_string(row, 4, "-", style.isi)
                sheet.write_string(row, 5, "-", style.isi)
                continue
            share = _achievement(one.capaian.arah, f"C{row + 1}", f"D{row + 1}")
            _formula(sheet, row, 4, half_up(share, 2), style.dua, y.capaian.persen)
            word = _word(k, half_up(share, k.skala.desimal), lang)
            sheet.write_formula(row, 5, f"={word}", style.isi, y.capaian.predikat.word(lang))


def _budget(book: Any, style: CellFormats, k: Lkjip, lang: Lang) -> dict[str, str]:
    """Write the budget tree with sums as formulas; return where each programme and the total stand ("#" the column)."""
    title = say("lembar-anggaran", lang)
    sheet = book.add_worksheet(title)
    labels = [say("kolom-no", lang), say("kolom-uraian", lang), say("kolom-tingkat", lang)]
    labels += [say(f"kolom-{key}", lang) for key in ("pagu", "anggaran", "serapan")]
    _head(sheet, style, say("tabel-belanja", lang), labels, [9, 70, 13, 20, 20, 12], lang)
    if k.belanja is None:
        return {}
    lines = list(k.belanja.numbered())
    rows = {number: _TOP + 2 + i for i, (number, _) in enumerate(lines)}  # as the sheet counts them
    places: dict[str, str] = {}
    for number, (level, line) in lines:
        row = rows[number] - 1
        below = [rows[other] for other, _ in lines if other.rpartition(".")[0] == number]
        sheet.write_string(row, 0, number, style.isi)
        sheet.write_string(row, 1, line.nama, style.lipat if below == [] else style.tebal)
        sheet.write_string(row, 2, say(f"tingkat-{level + 1}", lang), style.isi)
        _height(sheet, row, (line.nama, 70))
        _amounts(sheet, style, row, line, below)
        if level == 0:
            places[line.program] = f"'{title}'!#{row + 1}"
    row = _TOP + 1 + len(lines)
    tops = [rows[number] for number, (level, _) in lines if level == 0]
    for column in (0, 2):
        sheet.write_blank(row, column, None, style.tebal)
    sheet.write_string(row, 1, say("total", lang), style.tebal)
    _amounts(sheet, style, row, BudgetLine("", "", "", k.belanja.pagu, k.belanja.realisasi), tops)
    places[""] = f"'{title}'!#{row + 1}"
    return places


def _amounts(sheet: Any, style: CellFormats, row: int, line: BudgetLine, below: list[int]) -> None:
    for column, letter, value in ((3, "D", line.pagu), (4, "E", line.realisasi)):
        if below:
            _formula(sheet, row, column, _sum(letter, below), style.bulat, value)
        else:
            _put(sheet, row, column, value, style.bulat)
    _formula(sheet, row, 5, _share(f"E{row + 1}", f"D{row + 1}"), style.dua, _rounded(line.serapan))


def _sum(letter: str, rows: list[int]) -> str:
    """Return a sum of cells; in groups, since a function takes 255 arguments at most."""
    if rows == list(range(rows[0], rows[-1] + 1)):
        return f"SUM({letter}{rows[0]}:{letter}{rows[-1]})"
    groups = [rows[i : i + 200] for i in range(0, len(rows), 200)]
    return "+".join(f"SUM({','.join(f'{letter}{r}' for r in group)})" for group in groups)


def _quarter(book: Any, style: CellFormats, k: Lkjip, quarter: int, lang: Lang) -> None:
    if k.triwulan is None:
        return
    sheet = book.add_worksheet(say("buku-triwulan", lang, triwulan=roman(quarter)))
    keys = (
        "tingkat",
        "uraian",
        "indikator",
        "satuan",
        "target",
        "realisasi-sd",
        "capaian",
        "pagu",
        "anggaran-sd",
        "serapan",
    )
    labels = [say(f"kolom-{key}", lang) for key in keys]
    _head(
        sheet,
        style,
        say("tabel-triwulan", lang, triwulan=roman(quarter)),
        labels,
        [12, 52, 44, 10, 11, 12, 11, 18, 18, 11],
        lang,
    )
    lines = [b for b in k.triwulan.of(quarter) if not b.jumlah]
    for row, line in enumerate(lines, start=_TOP + 1):
        _quarter_line(sheet, style, row, line, lang)
    row = _TOP + 1 + len(lines)
    pagu, spent = k.triwulan.total(quarter)
    highest = {id(line) for line in k.triwulan.highest(quarter)}
    tops = [row for row, line in enumerate(lines, start=_TOP + 2) if id(line) in highest]
    for column in range(10):
        sheet.write_blank(row, column, None, style.tebal)
    sheet.write_string(row, 1, say("total", lang), style.tebal)
    if tops:
        _formula(sheet, row, 7, _sum("H", tops), style.bulat, pagu)
        _formula(sheet, row, 8, _sum("I", tops), style.bulat, spent)
        share = None if pagu <= 0 else _rounded(Fraction(spent) / Fraction(pagu) * 100)
        _formula(sheet, row, 9, _share(f"I{row + 1}", f"H{row + 1}"), style.tebal2, share)


def _quarter_line(sheet: Any, style: CellFormats, row: int, line: QuarterLine, lang: Lang) -> None:
    sheet.write_string(row, 0, say(f"tingkat-{line.tingkat}", lang), style.isi)
    sheet.write_string(row, 1, line.nama, style.lipat)
    sheet.write_string(row, 2, line.indikator, style.lipat)
    _height(sheet, row, (line.nama, 52), (line.indikator, 44))
    sheet.write_string(row, 3, line.satuan, style.isi)
    _put(sheet, row, 4, line.target, style.dua)
    _put(sheet, row, 5, line.realisasi, style.dua)
    _formula(sheet, row, 6, _share(f"F{row + 1}", f"E{row + 1}"), style.dua, _rounded(line.capaian))
    _put(sheet, row, 7, line.pagu, style.bulat)
    _put(sheet, row, 8, line.belanja, style.bulat)
    _formula(sheet, row, 9, _share(f"I{row + 1}", f"H{row + 1}"), style.dua, _rounded(line.serapan))


def _notes(book: Any, style: CellFormats, k: Lkjip, lang: Lang) -> None:
    sheet = book.add_worksheet(say("buku-catatan", lang))
    sheet.set_column(0, 0, 120)
    sheet.write_string(0, 0, say("dokumen-catatan", lang), style.judul)
    lines = [say("dokumen-cara", lang)]
    lines += [f"{p.rentang(lang)} %: {p.word(lang)}" for p in k.skala.predikat]
    lines += [f"{f.text(lang)} {f.advice(lang)}".strip() for f in k.catatan]
    for row, text in enumerate(lines, start=2):
        sheet.write_string(row, 0, text, style.lipat)
        _height(sheet, row, (text, 120))
