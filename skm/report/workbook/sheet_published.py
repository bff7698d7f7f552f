"""The sheets "Profil" and "Per Layanan" of the workbook that is published: values, small groups hidden.

The sheet "Data" of that workbook has no characteristics: rows that tell age, education, work and service together can
point to a person even where no level is small. Counts and figures by group therefore stand here as values.
"""

from __future__ import annotations

from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import fit
from skm.report.workbook.formulas import CellFormats, landscape

HIDDEN = "*"


def published_profile(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang) -> None:
    """Write counts and shares by characteristic."""
    heads = ("buku-no", "buku-karakteristik", "buku-indikator", "buku-jumlah", "buku-persen")
    sheet = _sheet(book, gaya, "Profil", "buku-judul-profil", [_say(code, lang) for code in heads], lang)
    sheet.set_column(1, 2, 30)
    sheet.set_column(3, 4, 13)
    if bahan.profil is None:
        sheet.write_string(3, 1, _say("buku-tanpa-profil", lang), gaya.teks)
        return
    closed = bahan.tertutup()
    row = 3
    for number, (key, levels) in enumerate(bahan.profil.karakteristik.items(), start=1):
        for position, level in enumerate(levels):
            sheet.write_string(row, 0, "" if position else str(number), gaya.isi)
            sheet.write_string(row, 1, "" if position else bahan.profil.judul[key][lang], gaya.teks)
            sheet.write_string(row, 2, fit(level.name(lang)), gaya.teks)
            if (key, level.tingkat) in closed:
                sheet.write_string(row, 3, HIDDEN, gaya.isi)
                sheet.write_string(row, 4, HIDDEN, gaya.isi)
            else:
                sheet.write_number(row, 3, level.jumlah, gaya.bulat)
                sheet.write_number(row, 4, float(level.persentase), gaya.dua)
            row += 1
    _told(sheet, gaya, bahan, row + 1, 4, lang, told=bool(closed))


def published_services(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang) -> None:
    """Write the figure of every service."""
    codes = [u.kode for u in bahan.hasil.unsur.values()]
    heads = [_say(code, lang) for code in ("buku-no", "buku-layanan", "buku-responden")]
    sheet = _sheet(
        book, gaya, "Per Layanan", "buku-judul-layanan", [*heads, *codes, "IKM", _say("buku-mutu", lang)], lang
    )
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 4 + len(codes), 10)
    per = bahan.per
    if per is None:
        sheet.write_string(3, 1, _say("buku-tanpa-layanan", lang), gaya.teks)
        return
    closed = bahan.tertutup_per()
    last = 3 + len(codes)
    for number, label in enumerate(per):
        row = 3 + number
        name = messages.text("kelompok", "tidak-diisi", lang) if label is None else fit(str(label))
        sheet.write_number(row, 0, number + 1, gaya.isi)
        sheet.write_string(row, 1, name, gaya.teks)
        has = per.mutu[number] is not None
        if number in closed:
            for column in range(2, last + 1):  # blanks: a star among figures would make text of the column
                sheet.write_blank(row, column, None, gaya.isi)
            sheet.write_string(row, last + 1, HIDDEN, gaya.huruf)
            continue
        sheet.write_number(row, 2, int(per.n[number]), gaya.bulat)
        one = per[label] if has else None
        for column, unsur in enumerate(bahan.hasil.unsur, start=3):
            if one is not None and unsur in one.unsur:
                sheet.write_number(row, column, float(one.unsur[unsur].nrr), gaya.dua)
            else:
                sheet.write_blank(row, column, None, gaya.dua)
        if one is None:
            sheet.write_blank(row, last, None, gaya.hasil)
        else:
            sheet.write_number(row, last, float(one.ikm), gaya.hasil)
        sheet.write_string(row, last + 1, one.mutu if one is not None else "-", gaya.huruf)
    row = 3 + len(per)
    simple = bahan.gabungan()
    for column in range(last):
        sheet.write_blank(row, column, None, gaya.tebal)
    sheet.write_string(row, 1, _say("buku-rerata-layanan", lang), gaya.tebal)
    if simple is not None:
        sheet.write_number(row, last, float(simple.ikm), gaya.hasil)
        sheet.write_string(row, last + 1, simple.mutu, gaya.huruf)
    sheet.merge_range(row + 2, 0, row + 2, last + 1, _say("buku-catatan-rerata", lang), gaya.redup)
    sheet.set_row(row + 2, 44)
    _told(sheet, gaya, bahan, row + 3, last + 1, lang, told=bool(closed))


def _sheet(book: Any, gaya: CellFormats, name: str, title: str, heads: list[str], lang: Lang) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, _say(title, lang), gaya.judul)
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, gaya.kepala)
    sheet.set_column(0, 0, 6)
    sheet.set_row(2, 32)
    sheet.freeze_panes(3, 0)
    landscape(sheet, 2)
    return sheet


def _told(sheet: Any, gaya: CellFormats, bahan: Bahan, row: int, last: int, lang: Lang, *, told: bool) -> None:
    if told:
        text = messages.text("laporan", "catatan-samaran", lang, batas=bahan.batas_samaran)
        sheet.merge_range(row, 0, row, last, text, gaya.redup)
        sheet.set_row(row, 30)


def _say(code: str, lang: Lang) -> str:
    return messages.text("laporan", code, lang)
