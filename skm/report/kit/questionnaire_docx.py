"""The questionnaire on paper, as Word: who answers, nine questions with four answers each, room for remarks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Any

from skm.basics import messages
from skm.basics.numbers import resolve_lang
from skm.basics.packages import need
from skm.basics.writing import write_file
from skm.regulasi import _kuesioner
from skm.regulasi._kuesioner import Butir, Kuesioner
from skm.report.kit.respondent_fields import RespondentField, fields, labels
from skm.report.material.clean_text import clean
from skm.report.render.docx_xml import borders, keep_lines, row_whole
from skm.report.render.same_bytes import same_zip, word_properties

_BOX = "\u2610"


def write_questionnaire(
    path: str | Path | IO[bytes],
    *,
    unit: str = "",
    instansi: str = "",
    kuesioner: Any = None,
    overwrite: bool = False,
    lang: str | None = None,
) -> Path | None:
    """Write the questionnaire as a Word document to print or to change.

    Parameters
    ----------
    path : str, Path or binary stream
        The .docx file, or what it is written into.
    unit, instansi : str
        Names at the top; lines to write on where they are empty.
    kuesioner : str, Path or Kuesioner, optional
        The questions. Default: the regulation's sample (Lampiran III).
    overwrite : bool
        Whether a file that is there is replaced; otherwise it is an error.
    lang : str, optional
        Language of the headings and questions; answers are in the language of the questionnaire.

    Returns
    -------
    Path or None
        The file; None where a stream was given.
    """
    return write_file(path, questionnaire(unit, instansi, kuesioner, lang), overwrite=overwrite)


def questionnaire(unit: str = "", instansi: str = "", kuesioner: Any = None, lang: str | None = None) -> bytes:
    """Return the questionnaire as a file's content; see `write_questionnaire`."""
    docx = need("docx")
    language = resolve_lang(lang)
    base = _kuesioner.load() if kuesioner is None else _kuesioner.load(kuesioner)
    word = docx.Document()
    sheet = _Form(word, language)
    sheet.head(unit, instansi)
    sheet.respondent()
    sheet.questions(base)
    sheet.remarks()
    buffer = io.BytesIO()
    word.save(buffer)
    return same_zip(buffer.getvalue())


class _Form:
    def __init__(self, word: Any, lang: str) -> None:
        from docx.shared import Cm, Pt

        self.word, self.lang = word, lang
        section = word.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin = section.bottom_margin = Cm(1.2)
        style = word.styles["Normal"]
        style.font.name, style.font.size = "Arial", Pt(10)
        style.paragraph_format.space_after = Pt(2)
        word_properties(word, judul=self.say("kuesioner-judul"), penulis="", hari=None, lang=lang)

    def say(self, code: str, **given: Any) -> str:
        return messages.text("mulai", code, self.lang, **given)

    def line(self, text: str, *, size: float = 10, bold: bool = False, middle: bool = False, after: float = 2) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        p = self.word.add_paragraph()
        run = p.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        p.paragraph_format.space_after = Pt(after)
        if middle:
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return p

    def head(self, unit: str, instansi: str) -> None:
        blank = "." * 60
        self.line(self.say("kuesioner-judul"), size=14, bold=True, middle=True)
        self.line(clean(unit) or blank, size=11, bold=True, middle=True)
        self.line(clean(instansi) or blank, middle=True, after=6)
        self.line(self.say("kuesioner-pembuka"), after=8)

    def respondent(self) -> None:
        from docx.shared import Cm

        self.line(self.say("kuesioner-bagian-1"), bold=True, after=3)
        asked = fields()
        grid = self.word.add_table(rows=len(asked), cols=2)
        grid.autofit = False
        borders(grid)
        for row, field in zip(grid.rows, asked, strict=True):
            row_whole(row)
            for cell, text, width in zip(
                row.cells, (field.name(self.lang), self._answer(field)), (Cm(4.6), Cm(12.8)), strict=True
            ):
                cell.width = width
                cell.paragraphs[0].add_run(text)

    def questions(self, base: Kuesioner) -> None:
        from docx.shared import Cm

        self.line("", size=4)
        self.line(self.say("kuesioner-bagian-2"), bold=True)
        self.line(self.say("kuesioner-petunjuk"), after=3)
        rows = -(-len(base.butir) // 2)
        grid = self.word.add_table(rows=rows, cols=2)
        borders(grid)
        # Down the left column first, then down the right one, as on the regulation's sheet.
        for number, b in enumerate(base.butir, start=1):
            row, column = (number - 1) % rows, (number - 1) // rows
            cell = grid.rows[row].cells[column]
            cell.width = Cm(8.7)
            self._question(cell, number, b, base)
        for row in grid.rows:
            row_whole(row)

    def _question(self, cell: Any, number: int, b: Butir, base: Kuesioner) -> None:
        from docx.shared import Cm, Pt

        text = b.tanya.get(self.lang) or base.describe(b.unsur).name(self.lang)
        p = cell.paragraphs[0]
        p.add_run(f"{number}. {self.say('kuesioner-tanya', hal=text[:1].lower() + text[1:])}").bold = True
        keep_lines(p)
        answers = labels(b, len(base.nilai), self.lang)
        for level, (letter, label) in enumerate(zip(base.huruf, answers, strict=False), start=1):
            line = cell.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.paragraph_format.left_indent = Cm(0.4)
            line.paragraph_format.tab_stops.add_tab_stop(Cm(7.9))
            line.add_run(f"{letter}.  {label}\t{level}")

    def remarks(self) -> None:
        self.line("", size=4)
        self.line(self.say("kuesioner-bagian-3"), bold=True, after=4)
        for _ in range(2):
            self.line("." * 150, after=5)
        self.line(self.say("kuesioner-penutup"), middle=True, bold=True)

    def _answer(self, field: RespondentField) -> str:
        """Return what stands beside a field: boxes to tick, or a line to write on."""
        if field.jenis == "pilihan":
            return "    ".join(f"{_BOX}\u00a0{choice}" for choice in field.pilihan)
        return self.say("kuesioner-tahun") if field.jenis == "umur" else "." * 40
