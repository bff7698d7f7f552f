"""`saran_periksa.xlsx`: the remarks for a person to read and tick; only ticked ones are quoted in a report."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

from skm.basics import messages
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.basics.sheets.workbook import read_whole_sheets
from skm.basics.words import normalise
from skm.report.material.clean_text import clean, fit
from skm.report.material.remarks import Saran
from skm.report.render.same_bytes import book_properties

REVIEW = "saran_periksa.xlsx"
_NO = {"", "-", "0", "tidak", "belum", "no", "false", "x"}


def review_sheet(saran: Sequence[Saran], names: Mapping[str, str], lang: str | None = None) -> bytes:
    """Return the workbook: unsur, remark with persons taken out, a column to tick.

    Parameters
    ----------
    saran : sequence of Saran
        Remarks by unsur; those quoted are ticked.
    names : mapping
        Unsur -> its name.
    """
    language = resolve_lang(lang)
    xlsxwriter = need("xlsxwriter")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book_properties(book, judul=_say("saran-buku-judul", language))
        box = {"border": 1, "border_color": "#B8C0C8", "valign": "top", "text_wrap": True}
        head, cell = book.add_format({**box, "bold": True, "bg_color": "#DCE6F0"}), book.add_format(box)
        sheet = book.add_worksheet(_say("saran-buku-lembar", language))
        sheet.write_string(0, 0, _say("saran-buku-judul", language), book.add_format({"bold": True, "font_size": 13}))
        sheet.merge_range(1, 0, 1, 2, _say("saran-buku-petunjuk", language), book.add_format({"text_wrap": True}))
        sheet.set_row(1, 44)
        for column, code in enumerate(("saran-buku-cantumkan", "buku-unsur", "saran-buku-isi")):
            sheet.write_string(3, column, _say(code, language), head)
        row = 4
        for group in saran:
            for text in group.isi:
                sheet.write_string(row, 0, "v" if text in group.dikutip else "", cell)
                sheet.write_string(row, 1, names.get(group.unsur, _say("saran-umum", language)), cell)
                sheet.write_string(row, 2, fit(text), cell)
                row += 1
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 90)
        sheet.set_header(f"&C&B{messages.text('laporan', 'buku-internal', language)}")
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return buffer.getvalue()


def ticked(content: bytes, name: str) -> frozenset[str]:
    """Return the remarks that were ticked, in the words in which they stand there.

    Raises
    ------
    UnreadableFileError
        It is no workbook.
    """
    heads = {normalise(_say("saran-buku-isi", lang)) for lang in ("id", "en")}
    found: set[str] = set()
    for rows in read_whole_sheets(content, name).values():
        start = next((i for i, r in enumerate(rows) if len(r) > 2 and normalise(str(r[2])) in heads), None)
        for row in rows[start + 1 :] if start is not None else ():
            if len(row) > 2 and normalise(str(row[0] or "")) not in _NO and str(row[0] or "").strip():
                found.add(clean(row[2]))
    return frozenset(found - {""})


def with_quotes(saran: Sequence[Saran], chosen: frozenset[str]) -> tuple[Saran, ...]:
    """Return the remarks with those quoted that a person ticked; a remark that was reworded is quoted as it stands.

    A reworded remark is known by its words no more: it is quoted among those that belong to no unsur.
    """
    out = [replace(group, dikutip=tuple(t for t in group.isi if clean(t) in chosen)) for group in saran]
    known = {clean(t) for group in saran for t in group.isi}
    own = tuple(sorted(chosen - known))
    if own:
        general = next((i for i, group in enumerate(out) if not group.unsur), None)
        if general is None:
            out.append(Saran("", own, own))
        else:
            out[general] = replace(out[general], dikutip=(*out[general].dikutip, *own))
    return tuple(out)


def _say(code: str, lang: Lang | str) -> str:
    return messages.text("laporan", code, lang)
