"""The facts form in Excel: written from the list of what can be filled in, and read back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from skm.basics import messages
from skm.basics.errors import DataError, UnreadableFileError
from skm.basics.numbers import resolve_lang
from skm.basics.packages import need
from skm.basics.sheets.archive import ZIP
from skm.basics.sheets.grid import whole_number
from skm.basics.sheets.opened import OLE
from skm.basics.sheets.workbook import read_whole_sheets
from skm.basics.words import normalise
from skm.basics.writing import write_file
from skm.report.material.fields import FieldList, FieldTable, catalogue
from skm.report.render.same_bytes import book_properties

_KEPT = 10**15  # a spreadsheet keeps fifteen digits of a number; an NIP has eighteen
_BOX = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B8C0C8"}


def write_facts_form(
    path: str | Path | IO[bytes],
    *,
    isi: Mapping[str, Any] | None = None,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the form in which an office types what only it knows.

    Parameters
    ----------
    path : str, Path or binary stream
        The .xlsx file, or what it is written into.
    isi : mapping, optional
        Values already known, by id.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language of the labels; a form is read back in either.

    Returns
    -------
    Path or None
        The file; None where a stream was given.
    """
    return write_file(path, facts_form(isi, lang), overwrite=overwrite)


def facts_form(isi: Mapping[str, Any] | None = None, lang: str | None = None) -> bytes:
    """Return the form as a file's content; see `write_facts_form`."""
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book_properties(book, judul=_say("formulir-judul", language))
        _first_sheet(book, catalogue(), dict(isi or {}), language)
        for tabel in catalogue().tabel:
            _table_sheet(book, tabel, language)
    return buffer.getvalue()


def read_form(content: bytes, name: str) -> dict[str, Any]:
    """Return what a form holds, by id, as typed; blank cells are left out.

    Raises
    ------
    UnreadableFileError
        No workbook, or none of its sheets is the form's first.
    DataError
        A number of more digits than a spreadsheet keeps, such as an NIP in a cell that is not text.
    """
    if not content.startswith((ZIP, OLE)):
        raise UnreadableFileError("buku-rusak", berkas=name, sebab="bukan buku kerja")
    sheets = read_whole_sheets(content, name)
    known = catalogue()
    first = {normalise(_say("formulir-lembar", lang)) for lang in ("id", "en")}
    main = next((rows for title, rows in sheets.items() if normalise(title) in first), None)
    if main is None:
        raise UnreadableFileError("fakta-tanpa-lembar", berkas=name, lembar_ada=list(sheets) or ["-"])
    values = _values(main, known, name)
    for tabel in known.tabel:
        titles = {normalise(_title(tabel, lang)) for lang in ("id", "en")}
        rows = next((rows for title, rows in sheets.items() if normalise(title) in titles), None)
        if rows is not None:
            values[tabel.id] = _table(rows, tabel, name)
    return {key: value for key, value in values.items() if value not in (None, [])}


def _values(rows: Sequence[Sequence[Any]], known: FieldList, name: str) -> dict[str, Any]:
    """Return the first sheet's values; a label that nobody knows becomes a key of its own, refused later."""
    labels = {normalise(text): i.id for i in known.isian for text in (i.id, *i.label.values(), *i.lama)}
    heads = {normalise(_say(code, lang)) for code in ("formulir-isian", "formulir-judul") for lang in ("id", "en")}
    values: dict[str, Any] = {}
    for row in rows:
        label, value = (row[0] if row else None), (row[1] if len(row) > 1 else None)
        if _blank(value) or _blank(label) or normalise(label) in heads:
            continue
        values[labels.get(normalise(label), str(label))] = _cell(value, str(label), name)
    return values


def _table(rows: Sequence[Sequence[Any]], tabel: FieldTable, name: str) -> list[dict[str, Any]]:
    labels = {normalise(text): k.id for k in tabel.kolom for text in (k.id, *k.label.values())}
    for position, row in enumerate(rows):
        heads = [labels.get(normalise(cell)) if not _blank(cell) else None for cell in row]
        if tabel.kolom[0].id in heads:
            found = []
            for line in rows[position + 1 :]:
                filled = [(h, c) for h, c in zip(heads, line, strict=False) if h is not None and not _blank(c)]
                entry = {h: _cell(c, tabel.name(), name) for h, c in filled}
                if entry:
                    found.append(entry)
            return found
    return []


def _first_sheet(book: Any, known: FieldList, isi: Mapping[str, Any], lang: str) -> None:
    head, wrap, needed, grey = _formats(book)
    # A spreadsheet keeps fifteen digits of a number: an NIP typed into such a cell would lose its last three.
    typed = book.add_format({**_BOX, "num_format": "@"})
    sheet = book.add_worksheet(_say("formulir-lembar", lang))
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 48)
    sheet.set_column(3, 3, 8)
    sheet.write_string(0, 0, _say("formulir-judul", lang), book.add_format({"bold": True, "font_size": 13}))
    for column, code in enumerate(("formulir-isian", "formulir-isi", "formulir-contoh", "formulir-wajib")):
        sheet.write_string(2, column, _say(code, lang), head)
    for row, isian in enumerate(known.isian, start=3):
        sheet.write_string(row, 0, isian.name(lang), needed if isian.wajib else wrap)
        value = isi.get(isian.id)
        sheet.write_string(row, 1, "" if value is None else str(value), typed if isian.jenis == "teks" else wrap)
        sheet.write_string(row, 2, isian.contoh, grey)
        sheet.write_string(row, 3, _say("formulir-ya", lang) if isian.wajib else "", wrap)
    sheet.freeze_panes(3, 1)
    _print_setup(sheet)


def _table_sheet(book: Any, tabel: FieldTable, lang: str) -> None:
    head, _, _, grey = _formats(book)
    sheet = book.add_worksheet(_title(tabel, lang))
    sheet.write_string(0, 0, tabel.name(lang), book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, _say("formulir-petunjuk-tabel", lang), grey)
    for column, isian in enumerate(tabel.kolom):
        sheet.write_string(2, column, isian.contoh, grey)
        sheet.write_string(3, column, isian.name(lang), head)
        sheet.set_column(column, column, 9 if isian.jenis in ("centang", "cacah") else 38)
    sheet.freeze_panes(4, 0)
    _print_setup(sheet)


def _print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _formats(book: Any) -> tuple[Any, Any, Any, Any]:
    return (
        book.add_format({**_BOX, "bold": True, "bg_color": "#DCE6F0"}),
        book.add_format(_BOX),
        book.add_format({**_BOX, "bold": True}),
        book.add_format({"italic": True, "font_color": "#6B7680", "valign": "top"}),
    )


def _title(tabel: FieldTable, lang: str) -> str:
    return tabel.name(lang)[:31]


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _cell(cell: Any, label: str, name: str) -> Any:
    """Return a cell as typed; a number longer than a spreadsheet keeps is not what was typed any more."""
    if isinstance(cell, (int, float)) and abs(cell) >= _KEPT:
        raise DataError("fakta-angka-terpotong", isian=label, berkas=name)
    return whole_number(cell)


def _say(code: str, lang: str) -> str:
    return messages.text("laporan", code, lang)
