"""The sheets "Profil", "Per Unsur" and "Per Layanan": counts and figures as formulas over the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from skm.basics import messages
from skm.basics.numbers import Lang, round_half_up
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import fit
from skm.report.workbook.formulas import CellFormats, DataPlaces, half_up, landscape, letter, shown_levels
from skm.report.workbook.sheet_olah_data import OlahPlaces, SheetColumn, figure, weight


def profile_sheet(book: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, lang: Lang) -> None:
    """Count the respondents by characteristic."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet = book.add_worksheet("Profil")
    _title(sheet, gaya, "buku-judul-profil", lang)
    heads = ("buku-no", "buku-karakteristik", "buku-indikator", "buku-jumlah", "buku-persen")
    _heads(sheet, gaya, 2, [_say(code, lang) for code in heads])
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 2, 30)
    sheet.set_column(3, 4, 13)
    sheet.freeze_panes(3, 0)
    landscape(sheet, 2)
    if bahan.profil is None:
        sheet.write_string(3, 1, _say("buku-tanpa-profil", lang), gaya.teks)
        return
    n = f"COUNT({tempat.range(0)})"
    row = 3
    columns = {c.id: c for c in bahan.data.ciri}
    for number, (key, levels) in enumerate(bahan.profil.karakteristik.items(), start=1):
        source = tempat.range(tempat.ciri[key])
        names = shown_levels(bahan, columns[key], lang)
        start = row
        for level in levels:
            name = fit(names.get(fit(str(level.tingkat)), level.name(lang)))
            here = xl_rowcol_to_cell(row, 2)
            test = f"LEN({source})=0" if level.tingkat is None else f"EXACT({source},{here})"
            sheet.write_string(row, 0, str(number) if row == start else "", gaya.isi)
            sheet.write_string(row, 1, bahan.profil.judul[key][lang] if row == start else "", gaya.teks)
            sheet.write_string(row, 2, name, gaya.teks)
            sheet.write_formula(row, 3, f"=SUMPRODUCT(--({test}))", gaya.bulat, level.jumlah)
            share = half_up(f"{xl_rowcol_to_cell(row, 3)}/{n}*100", 2)
            sheet.write_formula(row, 4, f"={share}", gaya.dua, float(level.persentase))
            row += 1
        sheet.write_string(row, 0, "", gaya.tebal)
        sheet.write_string(row, 1, _say("buku-jumlah", lang), gaya.tebal)
        sheet.write_string(row, 2, "", gaya.tebal)
        span = f"{xl_rowcol_to_cell(start, 3)}:{xl_rowcol_to_cell(row - 1, 3)}"
        sheet.write_formula(row, 3, f"=SUM({span})", gaya.tebal, bahan.profil.n)
        shares = f"{xl_rowcol_to_cell(start, 4)}:{xl_rowcol_to_cell(row - 1, 4)}"
        total = sum(float(level.persentase) for level in levels)
        sheet.write_formula(row, 4, f"=ROUND(SUM({shares}),2)", gaya.tebal2, round(total, 2))
        row += 1
    sheet.merge_range(row + 1, 0, row + 1, 4, _say("catatan-persen", lang), gaya.redup)


def unsur_sheet(book: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, olah: OlahPlaces, lang: Lang) -> None:
    """Show every unsur: sums, means, letter, place, and how often each answer was chosen."""
    from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

    hasil = bahan.hasil
    levels = len(bahan.data.kuesioner.nilai)
    sheet = book.add_worksheet("Per Unsur")
    _title(sheet, gaya, "buku-judul-unsur", lang)
    heads = ["buku-kode", "buku-unsur", "buku-jumlah-nilai", "buku-jawaban", "buku-nrr-pendek", "buku-nik", "buku-mutu"]
    names = [_say(code, lang) for code in (*heads, "buku-peringkat")]
    counts = [messages.text("laporan", "buku-banyak-tingkat", lang, tingkat=k) for k in range(1, levels + 1)]
    shares = [messages.text("laporan", "buku-persen-tingkat", lang, tingkat=k) for k in range(1, levels + 1)]
    _heads(sheet, gaya, 2, [*names, *counts, *shares])
    start, end = 3, 3 + len(hasil.unsur) - 1
    every = xl_range_abs(start, 4, end, 4)
    for row, u in enumerate(hasil.unsur.values(), start=start):
        mine = olah.of(u.id)
        sheet.write_string(row, 0, u.kode, gaya.isi)
        sheet.write_string(row, 1, u.nama.name(lang), gaya.teks)
        sums = "+".join(f"SUM({olah.range(k.kolom)})" for k in mine)
        answers = "+".join(f"COUNT({olah.range(k.kolom)})" for k in mine)
        sheet.write_formula(row, 2, f"={sums}", gaya.bulat, float(u.total or 0))
        sheet.write_formula(row, 3, f"={answers}", gaya.bulat, u.n or 0)
        sheet.write_formula(row, 4, f"={olah.nrr[u.id]}", gaya.tiga, float(u.nrr))
        mean = xl_rowcol_to_cell(row, 4)
        nik = half_up(f"{mean}*{hasil.regulasi.konversi}", 2)
        sheet.write_formula(row, 5, f'=IF({mean}="","",{nik})', gaya.dua, float(u.nik))
        cell = xl_rowcol_to_cell(row, 5)
        graded = f'=IF({mean}="","",{letter(cell, olah.bawah, olah.huruf)})'
        sheet.write_formula(row, 6, graded, gaya.isi, u.mutu)
        place = f'=IF({mean}="","",1+SUMPRODUCT(--(ROUND({every},10)>ROUND({mean},10))))'
        sheet.write_formula(row, 7, place, gaya.bulat, u.rank)
        _frequencies(sheet, gaya, bahan, tempat, mine, (row, u.frekuensi or (0,) * levels))
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 7 + 2 * levels, 11)
    sheet.set_row(2, 32)
    sheet.freeze_panes(3, 2)
    landscape(sheet, 2)


def _frequencies(
    sheet: Any,
    gaya: CellFormats,
    bahan: Bahan,
    tempat: DataPlaces,
    mine: Sequence[SheetColumn],
    at: tuple[int, Sequence[int]],
) -> None:
    """Count each level among the answers that are used, and its share."""
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    row, frekuensi = at
    levels = len(frekuensi)
    span = xl_range(row, 8, row, 7 + levels)
    total = sum(frekuensi)
    first, last = min(tempat.butir.values()), max(tempat.butir.values())
    for k, count in enumerate(frekuensi, start=1):
        parts = []
        for kolom in mine:
            for butir in kolom.butir:
                test = f"--({tempat.range(tempat.butir[butir.id])}={k})"
                if bahan.opsi.kosong == "hanya-lengkap":
                    whole = (
                        f'--(MMULT(--({_block(tempat, first, last)}<>""),{_ones(last - first + 1)})={last - first + 1})'
                    )
                    parts.append(f"SUMPRODUCT({test},{whole})")
                else:
                    parts.append(f"SUMPRODUCT({test})")
        sheet.write_formula(row, 7 + k, f"={'+'.join(parts)}", gaya.bulat, count)
        share = half_up(f"{xl_rowcol_to_cell(row, 7 + k)}/SUM({span})*100", 2)
        value: Any = float(round_half_up(100 * count / total, 2)) if total else ""
        sheet.write_formula(row, 7 + levels + k, f'=IF(SUM({span})=0,"",{share})', gaya.dua, value)


def _block(tempat: DataPlaces, first: int, last: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"Data!{xl_range_abs(tempat.awal, first, tempat.akhir, last)}"


def _ones(k: int) -> str:
    return "{" + ";".join(["1"] * k) + "}"


def service_sheet(book: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, olah: OlahPlaces, lang: Lang) -> None:
    """Show the figure of every service, and their plain mean."""
    hasil, per = bahan.hasil, bahan.per
    sheet = book.add_worksheet("Per Layanan")
    _title(sheet, gaya, "buku-judul-layanan", lang)
    codes = [u.kode for u in hasil.unsur.values()]
    heads = ["buku-no", "buku-layanan", "buku-responden"]
    tail = [_say("buku-nik-utuh", lang), "IKM", _say("buku-mutu", lang)]
    _heads(sheet, gaya, 2, [*(_say(c, lang) for c in heads), *codes, *tail])
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 5 + len(codes), 10)
    sheet.set_row(2, 32)
    sheet.freeze_panes(3, 2)
    landscape(sheet, 2)
    if per is None or per.kunci[0] not in tempat.ciri:
        sheet.write_string(3, 1, _say("buku-tanpa-layanan", lang), gaya.teks)
        return
    key = per.kunci[0]
    source = tempat.range(tempat.ciri[key])
    names = shown_levels(bahan, next(c for c in bahan.data.ciri if c.id == key), lang)
    start = 3
    for number, label in enumerate(per):
        own = fit(str(label))
        name = messages.text("kelompok", "tidak-diisi", lang) if label is None else names.get(own, own)
        _service(sheet, gaya, bahan, olah, (start + number, number, label), name, source)
    _plain_mean(sheet, gaya, bahan, olah, start, lang)


def _service(
    sheet: Any, gaya: CellFormats, bahan: Bahan, olah: OlahPlaces, at: tuple[int, int, Any], name: str, source: str
) -> None:
    """Write one service's row: respondents, means, figure, letter."""
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    row, number, label = at
    per = bahan.per
    if per is None:  # pragma: no cover - called for services only
        return
    hasil, last = bahan.hasil, 2 + len(bahan.hasil.unsur)
    here = xl_rowcol_to_cell(row, 1, col_abs=True)
    test = f"--(LEN({source})=0)" if label is None else f"--EXACT({source},{here})"
    one = per[label] if per.mutu[number] is not None else None
    sheet.write_number(row, 0, number + 1, gaya.isi)
    sheet.write_string(row, 1, name, gaya.teks)
    complete = bahan.opsi.kosong == "hanya-lengkap"
    counted = f"{test},--ISNUMBER({olah.range(olah.kolom[0].kolom)})" if complete else test
    sheet.write_formula(row, 2, f"=SUMPRODUCT({counted})", gaya.bulat, int(per.n[number]))
    for position, unsur in enumerate(hasil.unsur, start=3):
        value: Any = float(one.unsur[unsur].nrr) if one is not None and unsur in one.unsur else ""
        sheet.write_formula(row, position, f"={_mean(olah.of(unsur), olah, test)}", gaya.dua, value)
    means = xl_range(row, 3, row, last)
    index = _index(bahan, olah, means)
    factor = hasil.regulasi.konversi
    exact: Any = float(one.ikm_tepat) if one is not None else ""
    sheet.write_formula(row, last + 1, f'=IF(COUNT({means})=0,"",({index})*{factor})', gaya.empat, exact)
    rounded = figure(index, bahan.opsi.pembulatan, factor)
    ikm: Any = "" if np.isnan(per.ikm[number]) else float(per.ikm[number])
    sheet.write_formula(row, last + 2, f'=IF(COUNT({means})=0,"",{rounded})', gaya.hasil, ikm)
    cell = xl_rowcol_to_cell(row, last + 2)
    graded = f'=IF({cell}="","",{letter(cell, olah.bawah, olah.huruf)})'
    sheet.write_formula(row, last + 3, graded, gaya.huruf, per.mutu[number] or "")


def _plain_mean(sheet: Any, gaya: CellFormats, bahan: Bahan, olah: OlahPlaces, start: int, lang: Lang) -> None:
    """Write the plain mean of the services' figures below them, and what it is not."""
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    row, last = start + len(bahan.per or ()), 2 + len(bahan.hasil.unsur)
    simple = bahan.gabungan()
    sheet.write_string(row, 0, "", gaya.tebal)
    sheet.write_string(row, 1, _say("buku-rerata-layanan", lang), gaya.tebal)
    for column in range(2, last + 2):
        sheet.write_blank(row, column, None, gaya.tebal)
    span = xl_range(start, last + 1, row - 1, last + 1)
    value = float(simple.ikm) if simple is not None else ""
    sheet.write_formula(row, last + 2, f'=IF(COUNT({span})=0,"",{half_up(f"AVERAGE({span})", 2)})', gaya.hasil, value)
    cell = xl_rowcol_to_cell(row, last + 2)
    graded = f'=IF({cell}="","",{letter(cell, olah.bawah, olah.huruf)})'
    sheet.write_formula(row, last + 3, graded, gaya.huruf, simple.mutu if simple else "")
    sheet.merge_range(row + 2, 0, row + 2, last + 3, _say("buku-catatan-layanan", lang), gaya.redup)
    sheet.set_row(row + 2, 44)


def _mean(mine: Sequence[SheetColumn], olah: OlahPlaces, test: str) -> str:
    """Return a formula for an unsur's mean among the rows of a service; "" where nobody answered."""
    sums = [f"SUMPRODUCT({test},{olah.range(k.kolom)})" for k in mine]
    counts = [f"SUMPRODUCT({test},--ISNUMBER({olah.range(k.kolom)}))" for k in mine]
    if len(mine) == 1:
        return f'IF({counts[0]}=0,"",{sums[0]}/{counts[0]})'
    parts = "+".join(f"IF({c}=0,0,{s}/MAX({c},1))" for s, c in zip(sums, counts, strict=True))
    present = "+".join(f"({c}>0)" for c in counts)
    return f'IF(({present})=0,"",({parts})/({present}))'


def _index(bahan: Bahan, olah: OlahPlaces, means: str) -> str:
    """Return a formula for the index of one row of means under the workbook's weight."""
    hasil = bahan.hasil
    if hasil.bobot.nama in ("tepat", "3-desimal", "2-desimal"):
        return f"SUM({means})*{weight(olah.cara, f'COUNT({means})')}"
    shares = ",".join(f"{w.numerator}/{w.denominator}" for w in hasil.bobot.nilai)
    if len(hasil.bobot.nilai) == 1:
        return f"SUM({means})"
    terms = means.split(":")
    return "+".join(f"N({cell})*{share}" for cell, share in zip(_cells(terms), shares.split(","), strict=True))


def _cells(ends: Sequence[str]) -> list[str]:
    """Return the cells between two cells of one row."""
    from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

    (row, first), (_, last) = (xl_cell_to_rowcol(end) for end in ends)
    return [xl_rowcol_to_cell(row, column) for column in range(first, last + 1)]


def _title(sheet: Any, gaya: CellFormats, code: str, lang: Lang) -> None:
    sheet.write_string(0, 0, _say(code, lang), gaya.judul)


def _heads(sheet: Any, gaya: CellFormats, row: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, gaya.kepala)


def _say(code: str, lang: Lang) -> str:
    return messages.text("laporan", code, lang)
