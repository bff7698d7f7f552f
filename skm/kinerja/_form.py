"""The form of a performance report in Excel: written empty or with an example, and read back."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.numbers import resolve_lang
from skm.basics.packages import need
from skm.basics.sheets.grid import Sheet, is_empty, whole_number
from skm.basics.sheets.opened import open_sheets
from skm.basics.words import normalise
from skm.basics.writing import write_file
from skm.kinerja._belanja import say
from skm.kinerja._form_rows import table_rows

_GENERAL = ("unit", "tahun", "akhir_renstra", "skala")
# Sheet -> its columns in order, each with its width and whether numbers are typed there as text, as people write them.
_SHEETS: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "indikator": (
        ("nama", 40, ""),
        ("sasaran", 32, ""),
        ("satuan", 11, ""),
        ("arah", 13, ""),
        ("target_renstra", 13, "@"),
        ("target", 13, "@"),
        ("realisasi", 14, "@"),
        ("awal", 12, "@"),
        ("program", 40, ""),
        ("pagu", 18, "#,##0"),
        ("realisasi_anggaran", 18, "#,##0"),
        ("penyebab", 40, ""),
        ("solusi", 40, ""),
    ),
    "tahunan": (("indikator", 40, ""), ("tahun", 9, "0"), ("target", 13, "@"), ("realisasi", 13, "@")),
    "anggaran": (
        ("program", 34, ""),
        ("kegiatan", 34, ""),
        ("sub_kegiatan", 46, ""),
        ("pagu", 18, "#,##0"),
        ("realisasi", 18, "#,##0"),
        ("persen", 11, "@"),
        ("indikator", 24, ""),
    ),
    "triwulan": (
        ("triwulan", 10, ""),
        ("iku", 28, ""),
        ("program", 28, ""),
        ("kegiatan", 28, ""),
        ("sub_kegiatan", 34, ""),
        ("indikator", 34, ""),
        ("satuan", 11, ""),
        ("target", 12, "@"),
        ("realisasi", 12, "@"),
        ("pagu", 18, "#,##0"),
        ("realisasi_anggaran", 18, "#,##0"),
    ),
}
_FIRST = 3  # row of the headers, counted from 0: title, hint, example above them


def write_form(path: str | Path, *, overwrite: bool = False, lang: str | None = None) -> Path:
    """Write the empty form of a performance report, with an example line above each table.

    Parameters
    ----------
    path : str or Path
        The .xlsx file to write.
    overwrite : bool
        Whether a file that is there is replaced.
    lang : {"id", "en"}, optional
        Language of the labels; a form is read back in either.

    Returns
    -------
    Path
    """
    return write_file(Path(path), form(lang), overwrite=overwrite)


def form(lang: str | None = None) -> bytes:
    """Return the form as a file's content; see `write_form`."""
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        box = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C0C8"}
        head = book.add_format({**box, "bold": True, "bg_color": "#DCE6F0"})
        grey = book.add_format({"italic": True, "font_color": "#6B7680", "valign": "top", "text_wrap": True})
        title = book.add_format({"bold": True, "font_size": 13})
        hint = book.add_format({"font_color": "#6B7680"})
        cells = {
            kind: book.add_format({**box, "num_format": kind} if kind else box) for kind in ("", "@", "0", "#,##0")
        }
        _general(book, language, {"judul": title, "kepala": head, "redup": grey, "isi": cells["@"]})
        for name, fields in _SHEETS.items():
            sheet = book.add_worksheet(say(f"lembar-{name}", language))
            sheet.write_string(0, 0, say(f"lembar-{name}-judul", language), title)
            sheet.write_string(1, 0, say(f"lembar-{name}-petunjuk", language), hint)
            for column, (key, width, kind) in enumerate(fields):
                sheet.set_column(column, column, width, None)
                sheet.write_string(2, column, say(f"contoh-{name}-{key}", language), grey)
                sheet.write_string(_FIRST, column, say(f"isian-{key}", language), head)
                for row in range(_FIRST + 1, _FIRST + (13 if name in ("indikator", "tahunan") else 61)):
                    sheet.write_blank(row, column, None, cells[kind])
            sheet.set_row(2, 48)
            sheet.set_row(_FIRST, 32)
            sheet.freeze_panes(_FIRST + 1, 1)
            _print_setup(sheet)
            sheet.repeat_rows(_FIRST)
    return buffer.getvalue()


def read_form(content: bytes, name: str) -> dict[str, Any]:
    """Return what a form holds, as the mapping that `lkjip` takes; every row with its number in the sheet.

    Under "_dilewati" stand the rows around each table that are none of it, by sheet.

    Raises
    ------
    UnreadableFileError
        No workbook, or none with the sheet of indicators.
    """
    sheets = open_sheets(content, name)
    values: dict[str, Any] = {}
    for sheet in sheets:
        title = normalise(sheet.nama)
        if title in _names("lembar-umum"):
            values |= _pairs(sheet)
        for key, fields in _SHEETS.items():
            if title in _names(f"lembar-{key}"):
                names = [column for column, _, _ in fields]
                labels = {label: n for n in names for label in (*_names(f"isian-{n}"), n, normalise(n))}
                values[key], below = table_rows(sheet, key, names, labels)
                values["_dilewati"] = {**values.get("_dilewati", {}), **({sheet.nama: below} if below else {})}
    if "indikator" not in values:
        raise UnreadableFileError("lkjip-tanpa-lembar", berkas=name, lembar_ada=[s.nama for s in sheets])
    return values


def _general(book: Any, lang: str, style: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(say("lembar-umum", lang))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 48)
    _print_setup(sheet)
    sheet.write_string(0, 0, say("formulir-judul", lang), style["judul"])
    sheet.write_string(1, 0, say("formulir-petunjuk", lang))
    for column, code in enumerate(("formulir-isian", "formulir-isi", "formulir-contoh")):
        sheet.write_string(_FIRST, column, say(code, lang), style["kepala"])
    for row, key in enumerate(_GENERAL, start=_FIRST + 1):
        sheet.write_string(row, 0, say(f"isian-{key}", lang), style["isi"])
        sheet.write_blank(row, 1, None, style["isi"])
        sheet.write_string(row, 2, say(f"contoh-umum-{key}", lang), style["redup"])


def _print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _names(code: str) -> set[str]:
    return {normalise(say(code, lang)) for lang in ("id", "en")}


def _pairs(sheet: Sheet) -> dict[str, Any]:
    labels = {label: key for key in _GENERAL for label in (*_names(f"isian-{key}"), key)}
    found = {}
    for row in sheet.baris:
        filled = [cell for cell in row[:2] if not is_empty(cell)]
        if len(filled) == 2 and (key := labels.get(normalise(filled[0]))):
            found[key] = whole_number(filled[1])
    return found
