"""The workbook of a report that was made from counts: how often each level was chosen, and the figure by formulas."""

from __future__ import annotations

from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang
from skm.report.material.bahan import Bahan
from skm.report.workbook.formulas import CellFormats, half_up, landscape

_TOP = 3  # first row of the counts, counted from 0


def counts_sheet(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang) -> None:
    """Write counts by unsur, mean, weighted mean, index and figure; every derived cell is a formula."""
    from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, lang, **fields)

    hasil = bahan.hasil
    levels = len(bahan.data.kuesioner.nilai)
    values = [float(str(v)) for v in bahan.data.kuesioner.nilai]
    sheet = book.add_worksheet("Olah Data")
    sheet.write_string(0, 0, say("buku-judul"), gaya.judul)
    heads = [
        say("buku-kode"),
        say("buku-unsur"),
        *(say("buku-banyak-tingkat", tingkat=i) for i in range(1, levels + 1)),
    ]
    heads += [say("buku-terisi"), say("buku-nrr-pendek"), say("buku-bobot"), say("kolom-tertimbang")]
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, gaya.kepala)
    for column, value in enumerate(values, start=2):
        sheet.write_number(1, column, value, gaya.redup)
    scale = xl_range_abs(1, 2, 1, 1 + levels)
    last = 1 + levels
    row = _TOP
    for u, w in zip(hasil.unsur.values(), hasil.bobot.nilai, strict=True):
        counts = u.frekuensi or (0,) * levels
        sheet.write_string(row, 0, u.kode, gaya.isi)
        sheet.write_string(row, 1, u.nama.name(lang), gaya.teks)
        for column, count in enumerate(counts, start=2):
            sheet.write_number(row, column, count, gaya.bulat)
        span = xl_range(row, 2, row, last)
        sheet.write_formula(row, last + 1, f"=SUM({span})", gaya.bulat, sum(counts))
        total = xl_rowcol_to_cell(row, last + 1)
        if sum(b.unsur == u.id for b in bahan.data.butir) == 1:
            sheet.write_formula(row, last + 2, f"=SUMPRODUCT({span},{scale})/{total}", gaya.tiga, float(u.nrr))
        else:  # the mean of its questions' means, which the counts of all of them together do not give
            sheet.write_number(row, last + 2, float(u.nrr), gaya.tiga)
        sheet.write_formula(row, last + 3, f"={w.numerator}/{w.denominator}", gaya.empat, float(w))
        product = f"{xl_rowcol_to_cell(row, last + 2)}*{xl_rowcol_to_cell(row, last + 3)}"
        sheet.write_formula(row, last + 4, f"={product}", gaya.tiga, float(u.nrr_tertimbang))
        row += 1
    index = f"SUM({xl_range(_TOP, last + 4, row - 1, last + 4)})"
    sheet.write_string(row, 1, say("buku-jumlah-tertimbang"), gaya.tebal)
    sheet.write_formula(
        row, last + 4, f"={index}", gaya.tiga, float(sum(u.nrr_tertimbang for u in hasil.unsur.values()))
    )
    sheet.write_string(row + 1, 1, say("buku-ikm"), gaya.tebal)
    places = {"indeks-2": 2, "indeks-3": 3}.get(bahan.opsi.pembulatan)
    rounded = index if places is None else half_up(index, places)
    figure = half_up(f"{rounded}*{hasil.regulasi.konversi}", 2)
    sheet.write_formula(row + 1, last + 4, f"={figure}", gaya.hasil, float(hasil.ikm))
    sheet.write_string(row + 2, 1, say("buku-mutu-unit"), gaya.tebal)
    sheet.write_string(row + 2, last + 4, hasil.mutu, gaya.huruf)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, last + 4, 12)
    sheet.set_row(2, 32)
    sheet.freeze_panes(3, 2)
    landscape(sheet, 2)
