"""The sheet "Olah Data" in the ministry's layout: answers, sums, means, weighted means, the index; all formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.basics import messages
from skm.basics.numbers import Lang
from skm.regulasi._kuesioner import Butir
from skm.report.material.bahan import Bahan
from skm.report.material.periods import in_words
from skm.report.material.scales import scales
from skm.report.workbook.block_sheet import Block, add_block_sheet, letters
from skm.report.workbook.formulas import CellFormats, DataPlaces, half_up, landscape, letter

NAME = "Olah Data"
_SHEET = "'Olah Data'"
_ROW = "\0"  # stands for the number of a row
_TOP = 7  # first row of the answers, counted from 0


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: the unsur it belongs to and the questions it is made of."""

    unsur: str
    butir: tuple[Butir, ...]
    kolom: int


@dataclass(frozen=True, slots=True)
class OlahPlaces:
    """Where the sheet has what, as absolute references with the sheet's name."""

    kolom: tuple[SheetColumn, ...]
    awal: int
    akhir: int
    nrr: Mapping[str, str]
    ikm: str
    cara: str
    bawah: str
    huruf: str
    kinerja: str

    def range(self, column: int) -> str:
        """Return the values of one column."""
        from xlsxwriter.utility import xl_range_abs

        return f"{_SHEET}!{xl_range_abs(self.awal, column, self.akhir, column)}"

    def of(self, unsur: str) -> tuple[SheetColumn, ...]:
        """Return the columns of one unsur."""
        return tuple(k for k in self.kolom if k.unsur == unsur)


def work_sheet(book: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, lang: Lang) -> OlahPlaces:
    """Write the sheet."""
    from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

    sheet = add_block_sheet(book, NAME)
    columns = _columns(bahan)
    last = len(columns)
    top, end = _TOP, _TOP + bahan.data.n - 1
    _head(sheet, gaya, bahan, columns, lang)
    _answers(sheet, gaya, bahan, tempat, columns)
    rows = {
        name: end + 1 + i
        for i, name in enumerate(("total", "n", "rata", "nrr", "bobot", "tertimbang", "jumlah", "ikm"))
    }
    panel = last + 2
    legend = _legend(sheet, gaya, bahan, panel, lang)
    cara = f"{_SHEET}!{xl_rowcol_to_cell(legend.pilihan, panel + 2, True, True)}"
    nrr = {
        unsur: xl_rowcol_to_cell(rows["nrr"], min(k.kolom for k in columns if k.unsur == unsur), True, True)
        for unsur in bahan.hasil.unsur
    }
    absolute = {unsur: f"{_SHEET}!{cell}" for unsur, cell in nrr.items()}
    olah = OlahPlaces(
        kolom=columns,
        awal=top,
        akhir=end,
        nrr=absolute,
        ikm=f"{_SHEET}!{xl_rowcol_to_cell(rows['ikm'], last, True, True)}",
        cara=cara,
        bawah=f"{_SHEET}!{xl_range_abs(legend.awal, panel, legend.akhir, panel)}",
        huruf=f"{_SHEET}!{xl_range_abs(legend.awal, panel + 2, legend.akhir, panel + 2)}",
        kinerja=f"{_SHEET}!{xl_range_abs(legend.awal, panel + 3, legend.akhir, panel + 3)}",
    )
    _bottom(sheet, gaya, bahan, columns, rows, nrr, olah, lang)
    _panel(sheet, gaya, bahan, panel, olah, legend, lang)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, last, 9)
    sheet.set_column(last + 1, last + 1, 3)
    sheet.set_column(panel, panel, 12)
    sheet.set_column(panel + 1, panel + 1, 30)
    sheet.set_column(panel + 2, panel + 3, 14)
    sheet.freeze_panes(_TOP, 1)
    landscape(sheet, _TOP - 2)
    return olah


def weight(cara: str, count: str) -> str:
    """Return a formula for the weight of one of ``count`` unsur under the chosen way."""
    return f'IF({cara}="tepat",1/{count},IF({cara}="3-desimal",ROUND(1/{count},3),ROUND(1/{count},2)))'


def figure(index: str, pembulatan: str, konversi: int) -> str:
    """Return a formula for the rounded IKM from the index on the answer scale."""
    if pembulatan == "nik-2":
        return half_up(f"({index})*{konversi}", 2)
    places = int(pembulatan.removeprefix("indeks-"))
    return f"ROUND({half_up(index, places)}*{konversi},{max(places, 2)})"


def _columns(bahan: Bahan) -> tuple[SheetColumn, ...]:
    """Return the columns in the order of the unsur; one per unsur where respondents' own means count."""
    grouped = {u: tuple(b for b in bahan.data.butir if b.unsur == u) for u in bahan.hasil.unsur}
    if bahan.opsi.pertanyaan == "responden":
        return tuple(SheetColumn(u, butir, i) for i, (u, butir) in enumerate(grouped.items(), start=1))
    flat = [(u, b) for u, butir in grouped.items() for b in butir]
    return tuple(SheetColumn(u, (b,), i) for i, (u, b) in enumerate(flat, start=1))


def _head(sheet: Any, gaya: CellFormats, bahan: Bahan, columns: Sequence[SheetColumn], lang: Lang) -> None:
    def say(code: str, **fields: Any) -> str:
        return messages.text("laporan", code, lang, **fields)

    periode = bahan.fakta.text("periode", lang)
    sheet.write_string(0, 0, say("buku-judul"), gaya.judul)
    sheet.write_string(1, 0, say("buku-unit"), gaya.teks)
    sheet.merge_range(1, 1, 1, max(len(columns), 2), bahan.fakta.text("unit", lang) or "-", gaya.teks)
    sheet.write_string(2, 0, say("buku-periode"), gaya.teks)
    sheet.merge_range(2, 1, 2, max(len(columns), 2), in_words(periode, lang) if periode else "-", gaya.teks)
    sheet.merge_range(4, 0, 5, 0, say("buku-no-resp"), gaya.kepala)
    if len(columns) > 1:
        sheet.merge_range(4, 1, 4, len(columns), say("buku-nilai-unsur"), gaya.kepala)
    else:
        sheet.write_string(4, 1, say("buku-nilai-unsur"), gaya.kepala)
    sheet.write_number(6, 0, 1, gaya.isi)
    for k in columns:
        code = bahan.hasil.unsur[k.unsur].kode
        same = [other.kolom for other in columns if other.unsur == k.unsur]
        sheet.write_string(5, k.kolom, f"{code}.{same.index(k.kolom) + 1}" if len(same) > 1 else code, gaya.kepala)
        sheet.write_number(6, k.kolom, k.kolom + 1, gaya.isi)


def _answers(sheet: Any, gaya: CellFormats, bahan: Bahan, tempat: DataPlaces, columns: Sequence[SheetColumn]) -> None:
    """Mirror the answers as values; a blank stays a blank, and with "hanya-lengkap" so does an incomplete row."""
    rows = range(_TOP, _TOP + bahan.data.n)
    number = range(1)
    sheet.put_block(
        Block(rows, number, gaya.isi, lambda row, xf: f'<c r="A{row + 1}" s="{xf}"><v>{row - _TOP + 1}</v></c>')
    )
    places = letters(columns[0].kolom, columns[-1].kolom)
    formulas = [_escaped(_row_formula(bahan, tempat, k)) for k in columns]
    shown = [_shown(bahan, k) for k in columns]
    first = tempat.awal + 1

    def text(row: int, xf: int) -> str:
        place, source = row + 1, str(first + row - _TOP)
        values = [each[numbers[row - _TOP]] for each, numbers in shown]
        return "".join(
            f'<c r="{column}{place}" s="{xf}"><f>{formula.replace(_ROW, source)}</f><v>{value}</v></c>'
            for column, formula, value in zip(places, formulas, values, strict=True)
        )

    sheet.put_block(Block(rows, range(columns[0].kolom, columns[-1].kolom + 1), gaya.isi, text))


def _row_formula(bahan: Bahan, tempat: DataPlaces, k: SheetColumn) -> str:
    """Return the formula of a column, with a mark in the place of the number of the data's row."""
    formula = _value_formula([tempat.cell_in(_ROW, tempat.butir[b.id]) for b in k.butir], bahan)
    if bahan.opsi.kosong != "hanya-lengkap":
        return formula
    first, last = (tempat.cell_in(_ROW, end(tempat.butir.values())) for end in (min, max))
    return f'IF(COUNT({first}:{last.split("!")[1]})<{len(bahan.data.butir)},"",{formula})'


def _escaped(formula: str) -> str:
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _shown(bahan: Bahan, k: SheetColumn) -> tuple[list[str], list[int]]:
    """Return what a column shows, a number or nothing, each once as text; and the number of every respondent's."""
    each, numbers = _patterns(bahan, k)
    return ["" if value is None else str(float(value)) for value in each], numbers.tolist()


def _patterns(bahan: Bahan, k: SheetColumn) -> tuple[list[Fraction | None], NDArray[np.intp]]:
    """Return the exact values that a column shows, each once, and the number of every respondent's."""
    data = bahan.data
    nilai = data.kuesioner.nilai
    level = {b.id: v for b, v in zip(data.butir, data.level, strict=True)}
    answers = np.array([level[b.id] for b in k.butir], dtype=np.int64)
    if bahan.opsi.kosong == "hanya-lengkap":
        answers = np.where(np.all([v > 0 for v in level.values()], axis=0), answers, 0)
    kinds, numbers = np.unique(answers, axis=1, return_inverse=True)
    each = []
    for kind in kinds.T.tolist():
        given = [nilai[a - 1] for a in kind if a]
        each.append(sum(given, Fraction(0)) / len(given) if given else None)
    return each, np.asarray(numbers, np.intp).reshape(-1)


def _value_formula(cells: Sequence[str], bahan: Bahan) -> str:
    nilai = bahan.data.kuesioner.nilai

    def worth(cell: str) -> str:
        if bahan.data.plain_scale:
            return cell
        return f"CHOOSE({cell},{','.join(f'{v.numerator}/{v.denominator}' for v in nilai)})"

    if len(cells) == 1:
        return f'IF({cells[0]}="","",{worth(cells[0])})'
    total = "+".join(f'IF({cell}="",0,{worth(cell)})' for cell in cells)
    count = f"COUNT({','.join(cells)})"
    return f'IF({count}=0,"",({total})/{count})'


def _bottom(
    sheet: Any,
    gaya: CellFormats,
    bahan: Bahan,
    columns: Sequence[SheetColumn],
    rows: Mapping[str, int],
    nrr: Mapping[str, str],
    olah: OlahPlaces,
    lang: Lang,
) -> None:
    from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

    hasil = bahan.hasil
    several = len(columns) > len(hasil.unsur)
    labels = {
        "total": "buku-total",
        "n": "buku-terisi",
        "rata": "buku-rata-butir",
        "nrr": "buku-nrr",
        "bobot": "buku-bobot",
        "tertimbang": "buku-tertimbang",
    }
    for name, code in labels.items():
        sheet.write_string(rows[name], 0, messages.text("laporan", code, lang), gaya.tebal)
    for k in columns:
        column = xl_range(olah.awal, k.kolom, olah.akhir, k.kolom)
        total, count = _sums(bahan, k)
        sheet.write_formula(rows["total"], k.kolom, f"=SUM({column})", gaya.bulat, float(total))
        sheet.write_formula(rows["n"], k.kolom, f"=COUNT({column})", gaya.bulat, count)
        s, n = (xl_rowcol_to_cell(rows[name], k.kolom) for name in ("total", "n"))
        mean: Any = float(total / count) if count else ""
        sheet.write_formula(rows["rata"], k.kolom, f'=IF({n}=0,"",{s}/{n})', gaya.tiga, mean)
    means = ",".join(nrr.values())
    own = hasil.bobot.nama not in ("tepat", "3-desimal", "2-desimal")
    cells = []
    for u, w in zip(hasil.unsur.values(), hasil.bobot.nilai, strict=True):
        mine = [k.kolom for k in columns if k.unsur == u.id]
        span = xl_range(rows["rata"], mine[0], rows["rata"], mine[-1])
        formula = f'=IF(COUNT({span})=0,"",AVERAGE({span}))'
        here = xl_rowcol_to_cell(rows["nrr"], mine[0])
        there = xl_rowcol_to_cell(rows["bobot"], mine[0])
        _wide(sheet, rows["nrr"], mine, gaya.tiga)
        sheet.write_formula(rows["nrr"], mine[0], formula, gaya.tiga, float(u.nrr))
        _wide(sheet, rows["bobot"], mine, gaya.empat)
        if own:
            sheet.write_number(rows["bobot"], mine[0], float(w), gaya.empat)
        else:
            text = f"={weight(olah.cara.split('!')[1], f'COUNT({means})')}"
            sheet.write_formula(rows["bobot"], mine[0], text, gaya.empat, float(w))
        _wide(sheet, rows["tertimbang"], mine, gaya.tiga)
        weighted = f'=IF({here}="","",{here}*{there})'
        sheet.write_formula(rows["tertimbang"], mine[0], weighted, gaya.tiga, float(u.nrr_tertimbang))
        cells.append(xl_rowcol_to_cell(rows["tertimbang"], mine[0]))
    last = len(columns)
    index = hasil.ikm_tepat / hasil.regulasi.konversi
    total_row, ikm_row = rows["jumlah"], rows["ikm"]
    sheet.write_string(total_row, 0, _say("buku-jumlah-tertimbang", lang), gaya.tebal)
    sheet.write_formula(total_row, last, f"=SUM({','.join(cells)})", gaya.tiga, float(index))
    sheet.write_string(ikm_row, 0, _say("buku-ikm", lang), gaya.tebal)
    formula = figure(xl_rowcol_to_cell(total_row, last), bahan.opsi.pembulatan, hasil.regulasi.konversi)
    sheet.write_formula(ikm_row, last, f"={formula}", gaya.hasil, float(hasil.ikm))
    if last > 1:
        for row in (total_row, ikm_row):
            for column in range(1, last):
                sheet.write_blank(row, column, None, gaya.tebal)
    if not several:
        sheet.set_row(rows["rata"], None, None, {"hidden": True})
    sheet.merge_range(
        ikm_row + 1,
        0,
        ikm_row + 1,
        max(last, 6),
        messages.text("laporan", "buku-keterangan", lang, **scales(bahan.hasil.regulasi)),
        gaya.redup,
    )
    sheet.set_row(ikm_row + 1, 40)


def _wide(sheet: Any, row: int, columns: Sequence[int], style: Any) -> None:
    if len(columns) > 1:
        sheet.merge_range(row, columns[0], row, columns[-1], "", style)


def _sums(bahan: Bahan, k: SheetColumn) -> tuple[Fraction, int]:
    """Return sum and count of what a column shows."""
    each, numbers = _patterns(bahan, k)
    often = np.bincount(numbers, minlength=len(each)).tolist()
    used = [(value, times) for value, times in zip(each, often, strict=True) if value is not None]
    return sum((value * times for value, times in used), Fraction(0)), sum(times for _, times in used)


@dataclass(frozen=True, slots=True)
class _Legend:
    awal: int
    akhir: int
    pilihan: int
    bawah: int


def _legend(sheet: Any, gaya: CellFormats, bahan: Bahan, panel: int, lang: Lang) -> _Legend:
    """Write the table of grades and the choice of the weight at the right."""
    hasil = bahan.hasil
    heads = ("buku-nik-dari", "buku-nik", "buku-mutu", "buku-kinerja")
    for i, code in enumerate(heads):
        sheet.write_string(_TOP, panel + i, _say(code, lang), gaya.kepala)
    start = _TOP + 1
    for i, kategori in enumerate(hasil.regulasi.kategori):
        low, high = kategori.nik
        sheet.write_number(start + i, panel, float(low), gaya.dua)
        text = f"{low} - {high}" if lang == "en" else f"{low} - {high}".replace(".", ",")
        sheet.write_string(start + i, panel + 1, text, gaya.teks)
        sheet.write_string(start + i, panel + 2, kategori.mutu, gaya.isi)
        sheet.write_string(start + i, panel + 3, kategori.word(lang), gaya.teks)
    end = start + len(hasil.regulasi.kategori) - 1
    choice = end + 2
    sheet.merge_range(choice, panel, choice, panel + 1, _say("buku-cara-bobot", lang), gaya.tebal)
    own = hasil.bobot.nama not in ("tepat", "3-desimal", "2-desimal")
    sheet.write_string(choice, panel + 2, _say("buku-bobot-sendiri", lang) if own else hasil.bobot.nama, gaya.isian)
    if not own:
        options = {"validate": "list", "source": ["tepat", "3-desimal", "2-desimal"]}
        sheet.data_validation(choice, panel + 2, choice, panel + 2, options)
    return _Legend(start, end, choice, choice + 2)


def _panel(
    sheet: Any, gaya: CellFormats, bahan: Bahan, panel: int, olah: OlahPlaces, legend: _Legend, lang: Lang
) -> None:
    """Write the figure, its letter, the means by unsur and the figure under other weights at the right."""
    from xlsxwriter.utility import xl_range

    hasil = bahan.hasil
    own_bounds, own_letters, own_words = (ref.split("!")[1] for ref in (olah.bawah, olah.huruf, olah.kinerja))
    row = legend.bawah
    kategori = hasil.regulasi.grade(hasil.ikm)
    ikm = olah.ikm.split("!")[1]
    entries = (
        ("buku-ikm-unit", f"={ikm}", gaya.hasil, float(hasil.ikm)),
        ("buku-mutu-unit", f"={letter(ikm, own_bounds, own_letters)}", gaya.huruf, hasil.mutu),
        ("buku-kinerja-unit", f"={letter(ikm, own_bounds, own_words)}", gaya.huruf, kategori.word(lang)),
    )
    for code, formula, style, value in entries:
        sheet.merge_range(row, panel, row, panel + 1, _say(code, lang), gaya.tebal)
        sheet.write_formula(row, panel + 2, formula, style, value)
        row += 1
    row += 1
    for i, code in enumerate(("buku-kode", "buku-unsur", "buku-nrr-pendek", "buku-mutu")):
        sheet.write_string(row, panel + i, _say(code, lang), gaya.kepala)
    first = row + 1
    for i, u in enumerate(hasil.unsur.values(), start=first):
        cell = olah.nrr[u.id].split("!")[1]
        nik = half_up(f"{cell}*{hasil.regulasi.konversi}", 2)
        sheet.write_string(i, panel, u.kode, gaya.isi)
        sheet.write_string(i, panel + 1, u.nama.name(lang), gaya.teks)
        sheet.write_formula(i, panel + 2, f"={cell}", gaya.tiga, float(u.nrr))
        graded = f'=IF({cell}="","",{letter(nik, own_bounds, own_letters)})'
        sheet.write_formula(i, panel + 3, graded, gaya.isi, u.mutu)
    row = first + len(hasil.unsur) + 1
    means = xl_range(first, panel + 2, first + len(hasil.unsur) - 1, panel + 2)
    for i, code in enumerate(("buku-bobot-lain", "", "IKM", "buku-mutu")):
        text = _say(code, lang) if code.startswith("buku") else code
        sheet.write_string(row, panel + i, text, gaya.kepala)
    places = {"3-desimal": 3, "2-desimal": 2}
    for i, p in enumerate(hasil.pembanding, start=row + 1):
        count = f"COUNT({means})"
        share = f"ROUND(1/{count},{places[p.bobot]})" if p.bobot in places else f"1/{count}"
        formula = half_up(f"SUM({means})*{share}*{hasil.regulasi.konversi}", 2)
        label = p.label if lang == "en" else p.label.replace(".", ",")
        sheet.write_string(i, panel, label, gaya.isi)
        sheet.write_string(i, panel + 1, p.bobot, gaya.teks)
        sheet.write_formula(i, panel + 2, f"={formula}", gaya.dua, float(p.ikm))
        sheet.write_formula(i, panel + 3, f"={letter(formula, own_bounds, own_letters)}", gaya.isi, p.mutu)


def _say(code: str, lang: Lang) -> str:
    return messages.text("laporan", code, lang)
