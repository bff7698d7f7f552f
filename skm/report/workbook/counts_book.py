"""The workbook of a report without respondents: how often each level was chosen, or sums or means, and the figure.

Every derived cell is a formula: from counts the mean, from sums the mean too, from means alone the weighted ones.
"""

from __future__ import annotations

from typing import Any

from skm.basics import messages
from skm.basics.numbers import Lang
from skm.report.material.bahan import Bahan
from skm.report.workbook.formulas import CellFormats, half_up, landscape
from skm.scores.result import NilaiUnsur

_TOP = 3  # first row of the counts, counted from 0


def counts_sheet(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang) -> None:
    """Write counts by unsur, mean, weighted mean, index and figure; every derived cell is a formula."""
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, lang, **fields)

    hasil = bahan.hasil
    counted = all(u.frekuensi is not None for u in hasil.unsur.values())
    levels = len(bahan.data.kuesioner.nilai) if counted else 0
    sheet = book.add_worksheet("Olah Data")
    sheet.write_string(0, 0, say("buku-judul-hitungan"), gaya.judul)
    heads = [say("buku-kode"), say("buku-unsur")]
    heads += [say("buku-banyak-tingkat", tingkat=i) for i in range(1, levels + 1)] or [say("buku-jumlah-nilai")]
    heads += [say("buku-terisi"), say("buku-nrr-pendek"), say("buku-bobot"), say("kolom-tertimbang")]
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, gaya.kepala)
    for column, value in enumerate(bahan.data.kuesioner.nilai[:levels], start=2):
        sheet.write_number(1, column, float(value), gaya.redup)
    last = 1 + max(levels, 1)
    row = _TOP
    for u, w in zip(hasil.unsur.values(), hasil.bobot.nilai, strict=True):
        sheet.write_string(row, 0, u.kode, gaya.isi)
        sheet.write_string(row, 1, u.nama.name(lang), gaya.teks)
        one = sum(b.unsur == u.id for b in bahan.data.butir) == 1
        mean = _counted(sheet, gaya, row, u, last) if counted else _summed(sheet, gaya, row, u)
        if mean and one:
            sheet.write_formula(row, last + 2, f"={mean}", gaya.tiga, float(u.nrr))
        else:  # the mean of its questions' means, which the counts of all of them together do not give; or only a mean
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


def _counted(sheet: Any, gaya: CellFormats, row: int, u: NilaiUnsur, last: int) -> str:
    """Write how often each level was chosen, and return the formula of the mean."""
    from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

    counts = u.frekuensi or ()
    for column, count in enumerate(counts, start=2):
        sheet.write_number(row, column, count, gaya.bulat)
    span = xl_range(row, 2, row, last)
    sheet.write_formula(row, last + 1, f"=SUM({span})", gaya.bulat, sum(counts))
    return f"SUMPRODUCT({span},{xl_range_abs(1, 2, 1, last)})/{xl_rowcol_to_cell(row, last + 1)}"


def _summed(sheet: Any, gaya: CellFormats, row: int, u: NilaiUnsur) -> str:
    """Write the sum of the answers and how many they are; return the formula of the mean, or nothing."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    known = u.total is not None and bool(u.n)
    for column, value, form in ((2, u.total, gaya.tiga), (3, u.n, gaya.bulat)):
        if known and value is not None:
            whole = isinstance(value, int)
            sheet.write_number(row, column, float(value), gaya.bulat if whole else form)
        else:
            sheet.write_blank(row, column, None, gaya.isi)
    return f"{xl_rowcol_to_cell(row, 2)}/{xl_rowcol_to_cell(row, 3)}" if known else ""
