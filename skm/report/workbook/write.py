"""`write_workbook`: the processing of the survey as a workbook with live formulas and stored values.

There are two. The one that may be published has the answers without characteristics, and hides small groups. The
internal one has both, with formulas by characteristic and by service; its name and every page say INTERNAL.

Every derived cell holds a formula and the value that the library computed, so that previews and protected views show
numbers, and so that the figure follows when an answer is changed.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np

from skm.basics import messages
from skm.basics.errors import DataError
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.basics.writing import write_file
from skm.report.material.answers import AnswerSheet
from skm.report.material.bahan import Bahan
from skm.report.render.same_bytes import book_properties
from skm.report.workbook.block_sheet import Block, RowText, add_block_sheet, letters
from skm.report.workbook.counts_book import counts_sheet
from skm.report.workbook.formulas import DATA, CellFormats, DataPlaces, header_of, landscape, shown_levels
from skm.report.workbook.sheet_kamus import dictionary_sheet
from skm.report.workbook.sheet_olah_data import work_sheet
from skm.report.workbook.sheet_published import published_profile, published_services
from skm.report.workbook.sheet_summaries import profile_sheet, service_sheet, unsur_sheet

MOST_ROWS = 100_000
INTERNAL = "olah_data_INTERNAL.xlsx"


def write_workbook(
    bahan: Bahan,
    path: str | Path | IO[bytes],
    *,
    internal: bool = False,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the workbook: Data, Olah Data, Profil, Per Unsur, Per Layanan, Kamus.

    Parameters
    ----------
    bahan : Bahan
        Result of `compile`.
    path : str, Path or binary stream
        The .xlsx file, or what it is written into.
    internal : bool
        Whether the workbook is for the office only: characteristics beside the answers, small groups shown, formulas
        by characteristic and by service, INTERNAL on every page.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language of the headers; names of sheets never change.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Raises
    ------
    DataError
        More respondents than a workbook with formulas bears, or the file cannot be written.
    """
    return write_file(path, workbook(bahan, lang, internal=internal), overwrite=overwrite)


def workbook(bahan: Bahan, lang: str | None = None, *, internal: bool = False) -> bytes:
    """Return the workbook as bytes; see `write_workbook`."""
    if not internal:
        bahan = replace(bahan, data=replace(bahan.data, ciri=()))
    if bahan.data.n > MOST_ROWS:
        raise DataError("buku-kerja-terlalu-besar", banyak=bahan.data.n, batas=MOST_ROWS)
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        unit = bahan.fakta.text("unit", language) or ""
        day, made_by = bahan.fakta.get("tanggal_laporan"), f"skm {bahan.hasil.provenance.versi}"
        book_properties(book, judul=f"SKM {unit}", penulis=unit, hari=day, ket=made_by)
        gaya = CellFormats.of(book)
        if bahan.data.n:
            _respondent_sheets(book, gaya, bahan, language, internal=internal)
        else:
            counts_sheet(book, gaya, bahan, language)
            published_services(book, gaya, bahan, language)
    return buffer.getvalue()


def _respondent_sheets(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang, *, internal: bool) -> None:
    tempat = _data_sheet(book, gaya, bahan, lang)
    olah = work_sheet(book, gaya, bahan, tempat, lang)
    if internal:
        profile_sheet(book, gaya, bahan, tempat, lang)
    else:
        published_profile(book, gaya, bahan, lang)
    unsur_sheet(book, gaya, bahan, tempat, olah, lang)
    if internal:
        service_sheet(book, gaya, bahan, tempat, olah, lang)
    else:
        published_services(book, gaya, bahan, lang)
    dictionary_sheet(book, gaya, bahan, tempat, lang, internal=internal)
    if internal:
        for sheet in book.worksheets():
            sheet.set_header(f'&C&"Calibri,Bold"&12{messages.text("laporan", "buku-internal", lang)}')
            sheet.set_tab_color("#B84A00")


def _data_sheet(book: Any, gaya: CellFormats, bahan: Bahan, lang: Lang) -> DataPlaces:
    data = bahan.data
    sheet = add_block_sheet(book, DATA)
    sheet.write_string(0, 0, messages.text("laporan", "buku-no", lang), gaya.kepala)
    ciri = {c.id: i for i, c in enumerate(data.ciri, start=1)}
    first = 1 + len(data.ciri)
    butir = {b.id: first + i for i, b in enumerate(data.butir)}
    for one in data.ciri:
        sheet.write_string(0, ciri[one.id], one.judul[lang], gaya.kepala)
        names = shown_levels(bahan, one, lang)
        for row, value in enumerate(one.isi, start=1):
            if value is None:
                sheet.write_blank(row, ciri[one.id], None, gaya.teks)
            else:
                sheet.write_string(row, ciri[one.id], names.get(value, value), gaya.teks)
    for position, one_butir in enumerate(data.butir):
        sheet.write_string(0, butir[one_butir.id], header_of(bahan, position, lang), gaya.kepala)
    rows = range(1, data.n + 1)
    sheet.put_block(Block(rows, range(1), gaya.isi, lambda row, xf: f'<c r="A{row + 1}" s="{xf}"><v>{row}</v></c>'))
    sheet.put_block(Block(rows, range(first, first + len(data.butir)), gaya.isi, _levels_of(data, first)))
    levels = len(data.kuesioner.nilai)
    sheet.data_validation(
        1,
        first,
        data.n,
        first + len(data.butir) - 1,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1,
            "maximum": levels,
            "error_title": "SKM",
            "error_message": messages.text("laporan", "buku-jawaban-salah", lang, banyak=levels),
        },
    )
    sheet.set_row(0, 58)
    sheet.set_column(0, 0, 6)
    if data.ciri:
        sheet.set_column(1, len(data.ciri), 19)
    sheet.set_column(first, first + len(data.butir) - 1, 14)
    sheet.freeze_panes(1, 1)
    landscape(sheet, 0)
    return DataPlaces(ciri, butir, 1, data.n)


def _levels_of(data: AnswerSheet, first: int) -> RowText:
    """Return what gives the cells of one respondent's answers."""
    columns = letters(first, first + len(data.butir) - 1)
    answers = [level.astype(np.uint8).tobytes() for level in data.level]

    def text(row: int, xf: int) -> str:
        return "".join(
            f'<c r="{column}{row + 1}" s="{xf}"><v>{value}</v></c>' if value else f'<c r="{column}{row + 1}" s="{xf}"/>'
            for column, value in zip(columns, (level[row - 1] for level in answers), strict=True)
        )

    return text
