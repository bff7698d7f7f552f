"""A blank workbook to type answers into: one row a respondent, drop-downs for what can be chosen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.basics.packages import need
from skm.basics.writing import write_file
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Kuesioner
from skm.report.kit.respondent_fields import RespondentField, fields, labels
from skm.report.render.same_bytes import book_properties

ROWS = 1000
_WIDTH = {"tanggal": 13, "jam": 13, "layanan": 24, "jenis_kelamin": 9, "usia": 7, "pendidikan": 12, "pekerjaan": 13}


def write_blank_answers(
    path: str | Path | IO[bytes],
    *,
    kuesioner: Any = None,
    baris: int = ROWS,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write a workbook for typing answers from paper: a row a respondent, 1 to 4 from a drop-down.

    Parameters
    ----------
    path : str, Path or binary stream
        The .xlsx file, or what it is written into.
    kuesioner : str, Path or Kuesioner, optional
        The questions. Default: the regulation's sample.
    baris : int
        Rows with drop-downs; more may be typed below them.
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language of the headings; both are read back.

    Returns
    -------
    Path or None
        The file; None where a stream was given.

    Notes
    -----
    The columns of the unsur bear their names, so that `skm.read` needs no map and no order of U8 and U9. There is no
    column for names or numbers of persons.
    """
    return write_file(path, blank_answers(kuesioner, baris, lang), overwrite=overwrite)


def blank_answers(kuesioner: Any = None, baris: int = ROWS, lang: str | None = None) -> bytes:
    """Return the workbook as a file's content; see `write_blank_answers`."""
    xlsxwriter = need("xlsxwriter")
    language = resolve_lang(lang)
    base = _kuesioner.load() if kuesioner is None else _kuesioner.load(kuesioner)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book_properties(book, judul=_say("lembar-jawaban", language))
        _answers(book, base, baris, language)
        _guide(book, base, language)
    return buffer.getvalue()


def headers(base: Kuesioner, lang: str) -> list[str]:
    """Return the headings of the sheet of answers, in order."""
    return [*(f.name(lang) for f in fields()), *headings(base, lang).values(), _say("kolom-saran", lang)]


def headings(base: Kuesioner, lang: str) -> Mapping[str, str]:
    """Return butir id -> heading: the name of its unsur, numbered where an unsur has several questions."""
    several = {b.unsur for b in base.butir if sum(o.unsur == b.unsur for o in base.butir) > 1}
    count: dict[str, int] = {}
    out = {}
    for b in base.butir:
        count[b.unsur] = count.get(b.unsur, 0) + 1
        name = base.describe(b.unsur).name(lang)
        out[b.id] = f"{name} {count[b.unsur]}" if b.unsur in several else name
    return out


def _answers(book: Any, base: Kuesioner, baris: int, lang: str) -> None:
    sheet = book.add_worksheet(_say("lembar-jawaban", lang))
    shared = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#B8C0C8", "bold": True}
    head = book.add_format({**shared, "bg_color": "#DCE6F0", "align": "center"})
    asked = book.add_format({**shared, "bg_color": "#FFF2CC", "align": "center"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    middle = book.add_format({"align": "center"})
    sheet.set_row(0, 48)
    last = baris
    for j, field in enumerate(fields()):
        sheet.write_string(0, j, field.name(lang), head)
        sheet.set_column(j, j, _WIDTH.get(field.id, 14), day if field.jenis == "tanggal" else None)
        rule = _rule(field, lang)
        if rule is not None:
            sheet.data_validation(1, j, last, j, rule)
    start = len(fields())
    levels = [str(i) for i in range(1, len(base.nilai) + 1)]
    for j, b in enumerate(base.butir, start=start):
        sheet.write_string(0, j, headings(base, lang)[b.id], asked)
        sheet.set_column(j, j, 15, middle)
        answers = enumerate(labels(b, len(levels), lang), start=1)
        sheet.data_validation(
            1,
            j,
            last,
            j,
            {
                "validate": "list",
                "source": [int(level) for level in levels],
                "input_title": b.tanya.get(lang, "")[:32],
                "input_message": "\n".join(f"{i} = {label}" for i, label in answers)[:255],
                "error_title": _say("salah-judul", lang)[:32],
                "error_message": _say("salah-jawaban", lang, banyak=len(levels))[:255],
            },
        )
    sheet.write_string(0, start + len(base.butir), _say("kolom-saran", lang), head)
    sheet.set_column(start + len(base.butir), start + len(base.butir), 48)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _rule(field: RespondentField, lang: str) -> dict[str, Any] | None:
    """Return what may be typed; a warning only, because an office may know better."""
    shared = {"error_title": _say("salah-judul", lang)[:32], "error_type": "warning"}
    if field.jenis == "pilihan":
        return {
            **shared,
            "validate": "list",
            "source": list(field.pilihan),
            "error_message": _say("salah-pilihan", lang),
        }
    if field.jenis == "umur":
        limits = {"criteria": "between", "minimum": 10, "maximum": 110}
        return {**shared, "validate": "integer", **limits, "error_message": _say("salah-umur", lang)}
    if field.jenis == "tanggal":
        from datetime import date

        limits_ = {"criteria": ">=", "value": date(2017, 1, 1)}
        return {**shared, "validate": "date", **limits_, "error_message": _say("salah-tanggal", lang)}
    return None


def _guide(book: Any, base: Kuesioner, lang: str) -> None:
    sheet = book.add_worksheet(_say("lembar-petunjuk", lang))
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 4, 24)
    sheet.merge_range(0, 0, 0, 4, _say("petunjuk", lang), wrap)
    sheet.set_row(0, 96)
    sheet.write_string(2, 0, _say("petunjuk-pertanyaan", lang), bold)
    for level in range(1, len(base.nilai) + 1):
        sheet.write_string(2, level, str(level), bold)
    for row, b in enumerate(base.butir, start=3):
        sheet.write_string(row, 0, b.tanya.get(lang) or base.describe(b.unsur).name(lang), wrap)
        for level, label in enumerate(labels(b, len(base.nilai), lang), start=1):
            sheet.write_string(row, level, label, wrap)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _say(code: str, lang: str, **fields_: Any) -> str:
    return messages.text("mulai", code, lang, **fields_)
