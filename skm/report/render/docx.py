"""A document as Word: real heading styles, numbered captions, a filled table of contents, alt texts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.basics.errors import UnreadableFileError
from skm.basics.files import read_bytes
from skm.basics.packages import need
from skm.basics.table import Table
from skm.report.chapters.blocks import (
    Bullets,
    ChartBlock,
    Contents,
    Cover,
    Document,
    Heading,
    Letterhead,
    Missing,
    PageBreak,
    Paragraph,
    PhotoBlock,
    SignatureBlock,
    TableBlock,
    WriterNote,
)
from skm.report.material.clean_text import fit, runs
from skm.report.render.block_writer import (
    MOST_COLUMNS,
    PHOTO_HEIGHT,
    BlockWriter,
    chart_height,
    foot_label,
    is_wide,
    shares,
)
from skm.report.render.docx_styles import PageStyles, prepare
from skm.report.render.docx_xml import (
    bookmark,
    borders,
    cell_shade,
    describe,
    field,
    hyperlink,
    keep_lines,
    keep_next,
    marked,
    page_of,
    repeat_header,
    row_whole,
    rule_below,
    stamp,
)
from skm.report.render.page_bonds import bound
from skm.report.render.page_numbers import page_numbers
from skm.report.render.same_bytes import moment, same_zip, word_properties

_DPI = 200
_CENTIMETRE = 360_000  # EMU
_PHOTO = (13.0, PHOTO_HEIGHT)  # centimetres
# No archive, a damaged or locked one, one without the parts of a document; python-docx takes elements for granted.
_NOT_WORD = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, AttributeError, TypeError)


def document(dokumen: Document, *, templat: str | Path | None = None, nomor_halaman: bool = True) -> bytes:
    """Return the Word document as bytes."""
    docx = need("docx")
    word = _open(docx, templat)
    word_properties(word, judul=dokumen.judul, penulis=dokumen.penulis, hari=dokumen.hari, lang=dokumen.lang)
    penulis = _WordWriter(word, prepare(word, dokumen, own=templat is not None), dokumen)
    for blok in bound(dokumen).blok:
        penulis.write(blok)
    content = _saved(word)
    pages = page_numbers(content, penulis.entries) if nomor_halaman and penulis.entries else {}
    if not pages:
        return content
    penulis.number(pages)
    return _saved(word)


def _saved(word: Any) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return same_zip(buffer.getvalue())


def _open(docx: Any, templat: str | Path | None) -> Any:
    if templat is None:
        return docx.Document()
    name, content = Path(templat).name, read_bytes(Path(templat))
    refused = (need("docx.opc.exceptions").OpcError, need("lxml.etree").LxmlError)
    try:
        return docx.Document(io.BytesIO(content))
    except (*refused, *_NOT_WORD):
        raise UnreadableFileError("templat-bukan-docx", berkas=name) from None


class _WordWriter(BlockWriter):
    """Writes blocks, one after the other, into one Word document."""

    def __init__(self, word: Any, halaman: PageStyles, dokumen: Document) -> None:
        super().__init__(dokumen)
        self.word = word
        self.page = halaman
        self.entries: dict[str, tuple[Any, Any]] = {}
        self.ids = 100
        self.fresh = False
        self.after_table = False
        self.last: Any = None

    def number(self, pages: Mapping[str, int]) -> None:
        """Write the page numbers into the table of contents."""
        for anchor, page in pages.items():
            page_of(*self.entries[anchor], anchor, page)

    def cover(self, b: Cover) -> None:
        """Write the cover."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        if b.logo is not None:
            p = self.word.add_paragraph()
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            p.paragraph_format.space_before = Pt(60)
            self._picture(p, b.logo.isi, _fit(b.logo.lebar / b.logo.tinggi, 5.0, 4.0), "Logo")
        lines = ((b.judul, 20, True), (b.unit, 16, True), (b.instansi, 13, False), (b.periode, 13, False))
        for position, (text, size, bold) in enumerate(lines):
            p = self.word.add_paragraph()
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            before = 120 if position == 0 and b.logo is None else 28 if position in (0, 1, 3) else 6
            p.paragraph_format.space_before = Pt(before)
            for run in self._runs(p, text):
                run.font.size = Pt(size)
                run.bold = bold

    def heading(self, b: Heading) -> None:
        """Write a heading, which links and the table of contents can point to."""
        from docx.shared import Pt

        p = self._new(f"Heading {b.tingkat}" if b.terdaftar else self.page.judul)
        if self.fresh and b.tingkat == 1:
            p.paragraph_format.page_break_before = True
        elif b.tingkat == 1:
            p.paragraph_format.space_before = Pt(18)
        self.fresh = False
        self.after_table = False
        self.ids += 1
        bookmark(p, b.jangkar, self.ids, b.lengkap)

    def paragraph(self, b: Paragraph) -> None:
        """Write a paragraph in its style."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        style = {"penting": self.page.penting, "catatan": self.page.catatan}.get(b.gaya, self.page.biasa)
        p = self._new(style)
        for run in self._runs(p, b.teks):
            run.bold = True if b.gaya in ("tebal", "tengah") else run.bold
        if b.lekat or b.gaya in ("tebal", "tengah"):
            keep_next(p)
        if b.gaya == "tengah":
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def bullets(self, b: Bullets) -> None:
        """Write a list, numbered or not."""
        from docx.shared import Pt

        for number, text in enumerate(b.butir, start=1):
            p = self._new(self.page.daftar)
            lead = p.add_run(f"{number}.\t" if b.bernomor else "\u2022\t")
            for run in (lead, *self._runs(p, text)):
                if b.kecil:
                    run.font.size = Pt(9)
            self._bind(p, b, len(b.butir) - number)
            if number == len(b.butir):
                p.paragraph_format.space_after = Pt(6)

    def table(self, b: TableBlock) -> None:
        """Write a table with its caption, last rows and notes."""
        caption = self._caption("keterangan-tabel", b.nomor, b.keterangan)
        keep_next(caption)
        table = b.isi
        cells = table.cells()
        grid = self.word.add_table(rows=1 + len(cells) + len(b.kaki), cols=len(table.columns))
        grid.style = self.page.tabel
        grid.autofit = False
        parts = shares(b)
        widths = [int(self.page.lebar * part / sum(parts)) for part in parts]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        borders(grid)
        small = (7 if len(table.columns) > MOST_COLUMNS else 8) if is_wide(b) else 0
        rows = list(grid.rows)
        repeat_header(rows[0])
        self._row(rows[0], [c.label for c in table.columns], table, widths, small, head=True)
        for row, texts in zip(rows[1:], cells, strict=False):
            self._row(row, texts, table, widths, small)
        for row, (label, value) in zip(rows[1 + len(cells) :], b.kaki, strict=True):
            self._foot(row, label, value, foot_label(b), widths)
        for row in rows:
            row_whole(row)
        last = len(rows) - 1
        together = range(last) if b.utuh else (*range(min(2, last)), *range(max(0, last - max(b.ekor, 2) + 1), last))
        for i in (*together, last) if table.notes or b.lekat else together:
            for cell in rows[i].cells:
                keep_next(cell.paragraphs[0])
        self.after_table = True
        for i, note in enumerate(table.notes, start=1):
            self.paragraph(Paragraph(note, "catatan", lekat=b.lekat or i < len(table.notes)))

    def _row(
        self, row: Any, texts: list[str], table: Table, widths: list[Any], small: int, *, head: bool = False
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        for cell, column, text, width in zip(row.cells, table.columns, texts, widths, strict=True):
            cell.width = width
            p = cell.paragraphs[0]
            p._p.style = self.page.sel_id
            if column.kind != "text":
                p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in self._runs(p, text):
                run.bold = True if head else run.bold
                if small:
                    run.font.size = Pt(small)
            if head:
                cell_shade(cell, "DCE6F0")

    def _foot(self, row: Any, label: str, value: str, left: int, widths: list[Any]) -> None:
        cells = row.cells
        n = len(cells)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        first = cells[0].merge(cells[left - 1]) if left > 1 else cells[0]
        second = cells[left].merge(cells[n - 1]) if n - left > 1 else cells[left]
        for cell, text in ((first, label), (second, value)):
            p = cell.paragraphs[0]
            p._p.style = self.page.sel_id
            for run in self._runs(p, text):
                run.bold = True
            cell_shade(cell, "F3F6F9")

    def chart(self, b: ChartBlock) -> None:
        """Write a chart."""
        most = (99.0, chart_height(b))
        self._figure(b.gambar.png(_DPI), b.gambar.ratio, b.nomor, b.keterangan, b.alt, most, b.lekat)

    def photo(self, b: PhotoBlock) -> None:
        """Write a photograph."""
        ratio = b.gambar.lebar / b.gambar.tinggi
        self._figure(b.gambar.isi, ratio, b.nomor, b.keterangan, b.keterangan, _PHOTO, b.lekat)

    def _figure(
        self,
        content: bytes,
        ratio: float,
        number: int,
        caption: str,
        alt: str,
        most: tuple[float, float],
        bound_on: bool,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        p = self._new(self.page.gambar)
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        keep_next(p)
        width = min(most[0], self.page.lebar / _CENTIMETRE)
        height = min(most[1], self.page.tinggi / _CENTIMETRE - 2.2)
        self._picture(p, content, _fit(ratio, width, height), alt)
        below = self._caption("keterangan-gambar", number, caption, middle=True)
        if bound_on:
            keep_next(below)

    def _picture(self, p: Any, content: bytes, size: tuple[float, float], alt: str) -> None:
        from docx.shared import Cm

        shape = p.add_run().add_picture(io.BytesIO(content), width=Cm(size[0]), height=Cm(size[1]))
        describe(shape, alt)

    def _caption(self, code: str, number: int, text: str, *, middle: bool = False) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        label = self.say(code)
        p = self._new(self.page.keterangan)
        self.ids += 1
        with marked(p, f"{code.removeprefix('keterangan-')[0]}{number}", self.ids):
            p.add_run(f"{label} ")
            field(p, f"SEQ {label} \\* ARABIC", str(number))
            p.add_run(f". {text}")
        if middle:
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            p.paragraph_format.space_after = Pt(12)
        return p

    def blank(self, b: Missing) -> None:
        """Write a marked place."""
        p = self._new(self.page.biasa)
        run = p.add_run(self.say("kosong-label", teks=b.teks))
        _mark(run)
        if b.lekat:
            keep_next(p)

    def note(self, b: WriterNote) -> None:
        """Put a note beside the last paragraph that has text."""
        runs_ = [] if self.last is None else self.last.runs
        if not runs_:
            return
        comment = self.word.add_comment(runs_, text=fit(b.teks), author="skm", initials="skm")
        stamp(comment, moment(self.d.hari))

    def new_page(self, _: PageBreak) -> None:
        """Write a new page."""
        self.fresh = True

    def contents(self, b: Contents) -> None:
        """Write a list of headings, tables or figures."""
        if b.jenis != "isi":
            self._captions(b)
            return
        entries = self.d.isi
        for position, heading in enumerate(entries):
            p = self._new(self.page.isi[heading.tingkat - 1])
            if position == 0:
                field(p, 'TOC \\o "1-2" \\h \\z \\u', "", part="begin")
            self._bind(p, b, len(entries) - 1 - position)
            self.entries[heading.jangkar] = (p, hyperlink(p, heading.jangkar, heading.lengkap))
            if position == len(entries) - 1:
                field(p, "", "", part="end")

    def _captions(self, b: Contents) -> None:
        """List the captions of tables or figures, as a field that Word can fill with page numbers."""
        entries = self.d.listed(b.jenis)
        label = self.say(f"keterangan-{b.jenis}")
        for position, (anchor, text) in enumerate(entries):
            p = self._new(self.page.isi[1])
            if position == 0:
                field(p, f'TOC \\h \\z \\c "{label}"', "", part="begin")
            self._bind(p, b, len(entries) - 1 - position)
            self.entries[anchor] = (p, hyperlink(p, anchor, text))
            if position == len(entries) - 1:
                field(p, "", "", part="end")

    @staticmethod
    def _bind(p: Any, b: Bullets | Contents, left: int) -> None:
        """Keep an item, so many before the last, with the next where the end of its list stays together."""
        if b.lekat if left == 0 else left < b.ekor:
            keep_next(p)

    def letterhead(self, b: Letterhead) -> None:
        """Write a letterhead."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        if b.logo is not None:
            p = self._new(self.page.biasa)
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._picture(p, b.logo.isi, _fit(b.logo.lebar / b.logo.tinggi, 3.0, 2.0), "Logo")
        for position, text in enumerate(b.baris):
            p = self._new(self.page.biasa)
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            p.paragraph_format.space_after = Pt(0)
            keep_next(p)
            run = p.add_run(fit(text))
            run.bold, run.font.size = position < 2, Pt(13 if position < 2 else 9.5)
        rule_below(p)
        p.paragraph_format.space_after = Pt(12)

    def signature(self, b: SignatureBlock) -> None:
        """Write a place to sign."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        lines = [b.tempat_tanggal, b.jabatan, b.nama, *([b.nip] if b.nip else [])]
        for position, text in enumerate(lines):
            p = self._new(self.page.biasa)
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
            p.paragraph_format.left_indent = Cm(8.2)
            p.paragraph_format.space_after = Pt(0 if position < len(lines) - 1 else 14)
            p.paragraph_format.space_before = Pt(24 if position == 0 else 64 if position == 2 else 0)
            keep_lines(p)
            if b.lekat or position < len(lines) - 1:
                keep_next(p)
            for run in self._runs(p, text):
                run.bold = True if position == 2 else run.bold

    def _new(self, style: str) -> Any:
        """Start a paragraph; the first after a table stands off from it."""
        from docx.shared import Pt

        p = self.last = self.word.add_paragraph(style=style)
        if self.after_table:
            p.paragraph_format.space_before = Pt(10)
            self.after_table = False
        return p

    def _runs(self, p: Any, text: str) -> list[Any]:
        out = []
        for part, blank in runs(text):
            run = p.add_run(self.say("isi-tempat", teks=part) if blank else part)
            if blank:
                _mark(run)
            out.append(run)
        return out


def _mark(run: Any) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _fit(ratio: float, width: float, height: float) -> tuple[float, float]:
    """Return the largest width and height in centimetres with this ratio in a frame."""
    return (width, width / ratio) if width / ratio <= height else (height * ratio, height)
