"""`saran_periksa.xlsx`: the remarks for a person to read and tick; only ticked ones are quoted in a report."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skm.basics import messages
from skm.basics.numbers import Lang, resolve_lang
from skm.basics.packages import need
from skm.basics.sheets.workbook import read_whole_sheets
from skm.basics.words import normalise
from skm.report.material.clean_text import clean, fit
from skm.report.material.remarks import Saran
from skm.report.render.same_bytes import book_properties

REVIEW = "saran_periksa.xlsx"
_CODE = 3  # column, hidden
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
            for text in (*group.isi, *group.tambahan):
                shown = group.shown(text)
                sheet.write_string(row, 0, "v" if shown in group.dikutip else "", cell)
                sheet.write_string(row, 1, names.get(group.unsur, _say("saran-umum", language)), cell)
                sheet.write_string(row, 2, fit(shown), cell)
                sheet.write_string(row, _CODE, code_of(text) if text in group.isi else "", cell)
                row += 1
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 90)
        sheet.set_column(_CODE, _CODE, 20, None, {"hidden": True})
        sheet.set_header(f"&C&B{messages.text('laporan', 'buku-internal', language)}")
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A remark as a person left it.

    ``kode`` is that of the words as they were, "" for a row added by hand; ``isi`` are its words now.
    """

    kode: str
    isi: str
    dikutip: bool


def code_of(text: str) -> str:
    """Return by what a remark is known when its words have been changed; nothing of it can be read from that."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:16]


def reviewed(content: bytes, name: str) -> tuple[Reviewed, ...]:
    """Return the remarks as a person left them.

    Raises
    ------
    UnreadableFileError
        It is no workbook.
    """
    heads = {normalise(_say("saran-buku-isi", lang)) for lang in ("id", "en")}
    found: list[Reviewed] = []
    for rows in read_whole_sheets(content, name).values():
        start = next((i for i, r in enumerate(rows) if len(r) > 2 and normalise(str(r[2])) in heads), None)
        for row in rows[start + 1 :] if start is not None else ():
            if len(row) < 3 or not (text := clean(row[2] or "")):
                continue
            code = clean(row[_CODE] or "") if len(row) > _CODE else ""
            mark = str(row[0] or "").strip()
            found.append(Reviewed(code, text, bool(mark) and normalise(mark) not in _NO))
    return tuple(found)


def with_quotes(saran: Sequence[Saran], read: Sequence[Reviewed]) -> tuple[tuple[Saran, ...], int]:
    """Return the remarks with those quoted that a person ticked, in the words that the person left.

    A row that was added by hand belongs to no unsur. A ticked remark that the answers do not hold any more, as in the
    file of an earlier period, is not quoted; how many there are is returned too.
    """
    left = {one.kode or code_of(one.isi): one for one in read}
    out = []
    for group in saran:
        own = [(text, left.pop(code_of(text), None)) for text in group.isi]
        quoted = tuple(one.isi for _, one in own if one is not None and one.dikutip)
        edits = tuple((text, one.isi) for text, one in own if one is not None and one.isi != clean(text))
        out.append(replace(group, dikutip=quoted, suntingan=edits))
    added = tuple(one.isi for one in left.values() if one.dikutip and not one.kode)
    old = sum(one.dikutip and bool(one.kode) for one in left.values())
    if added:
        general = next((i for i, group in enumerate(out) if not group.unsur), None)
        if general is None:
            out.append(Saran("", (), added, tambahan=added))
        else:
            group = out[general]
            out[general] = replace(group, dikutip=(*group.dikutip, *added), tambahan=added)
    return tuple(out), old


def _say(code: str, lang: Lang | str) -> str:
    return messages.text("laporan", code, lang)
