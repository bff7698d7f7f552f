"""The sheet "Kamus": what each column means, and how the figure came about."""

from __future__ import annotations

import math
from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang
from skm.report.material.bahan import Bahan
from skm.report.material.origin import origin
from skm.report.workbook.formulas import CellFormats, DataPlaces, header_of, landscape, shown_levels


def dictionary_sheet(
    book: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, lang: Lang, *, internal: bool
) -> None:
    """Write the dictionary."""

    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, lang, **fields)

    sheet = book.add_worksheet("Kamus")
    sheet.write_string(0, 0, say("buku-judul-kamus"), gaya.judul)
    for column, code in enumerate(("buku-kolom", "buku-arti", "buku-isi")):
        sheet.write_string(2, column, say(code), gaya.kepala)
    lines: list[tuple[str, str, str]] = [(say("buku-no"), say("buku-arti-no"), "")]
    for ciri in bahan.data.ciri:
        names = dict.fromkeys(shown_levels(bahan, ciri, lang).values()) or dict.fromkeys(filter(None, ciri.isi))
        shown = "; ".join(list(names)[:40])
        lines.append((ciri.judul[lang], say("buku-arti-ciri"), shown))
    for position, butir in enumerate(bahan.data.butir):
        ask = butir.tanya.get(lang) or butir.tanya.get("id") or bahan.hasil.unsur[butir.unsur].nama.name(lang)
        answers = "; ".join(f"{i} = {label}" for i, label in enumerate(butir.label, start=1))
        levels = len(bahan.data.kuesioner.nilai)
        lines.append((header_of(bahan, position, lang), ask, answers or say("buku-tingkat", banyak=levels)))
    row = 3
    for line in lines:
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, gaya.lipat)
        lengths = (len(line[0]) / 38, len(line[1]) / 44, len(line[2]) / 70)
        sheet.set_row(row, 14 * max(1, math.ceil(1.1 * max(lengths))))
        row += 1
    row += 1
    sheet.write_string(row, 0, say("buku-judul-asal"), gaya.judul)
    row += 1
    for label, text in origin(bahan, lang):
        sheet.write_string(row, 0, label, gaya.lipat)
        sheet.merge_range(row, 1, row, 2, text, gaya.lipat)
        if len(text) > 110:
            sheet.set_row(row, 13 * (1 + len(text) // 105))
        row += 1
    row += 1
    for code in ("buku-petunjuk-ubah", "buku-petunjuk-rahasia" if internal else "buku-petunjuk-terbit"):
        sheet.merge_range(row, 0, row, 2, say(code), gaya.redup)
        sheet.set_row(row, 32)
        row += 1
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 70)
    landscape(sheet, 2)
    if bahan.fakta.text("catatan_data", lang):
        sheet.merge_range(row, 0, row, 2, str(bahan.fakta.text("catatan_data", lang)), gaya.lipat)
        sheet.set_row(row, 40)
