"""The styles and the page of a Word report: our own, or those of an office's template with what it lacks added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skm.basics.packages import need
from skm.report.chapters.blocks import Document
from skm.report.render.docx_xml import field, paragraph_shade

_FONT = "Arial"
_BLUE = (0x08, 0x41, 0x7F)
_INK = (0x1F, 0x29, 0x33)


@dataclass(frozen=True, slots=True)
class PageStyles:
    """Names of styles, and the space for text in EMU."""

    biasa: str
    judul: str
    daftar: str
    catatan: str
    penting: str
    keterangan: str
    gambar: str
    sel: str
    sel_id: str
    tabel: str
    isi: tuple[str, str]
    lebar: int
    tinggi: int


def prepare(word: Any, dokumen: Document, *, own: bool) -> PageStyles:
    """Empty the document, set page and styles, and return their names.

    ``own`` says that the document is an office's template: its page, header, footer and styles stay, and only
    styles that it lacks are added.
    """
    from docx.shared import Cm

    body = word.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    section = word.sections[-1]
    if not own:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3.0), Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
        section.different_first_page_header_footer = True
        _base(word)
        _footer(section)
    _language(word, dokumen.lang)
    added = _StyleAdder(word, own=own)
    sel = added.paragraph("SKM Sel", size=9, after=1, before=1, single=True)
    return PageStyles(
        biasa="Normal",
        judul=added.title(),
        daftar=added.paragraph("SKM Daftar", indent=(0.9, -0.55), after=2),
        catatan=added.paragraph("SKM Catatan", size=8.5, colour=(0x52, 0x60, 0x6D), after=6),
        penting=added.paragraph("SKM Penting", after=8, before=4, indent=(0.3, 0), shade="FFF2E5"),
        keterangan=added.caption(),
        gambar=added.paragraph("SKM Gambar", after=2, before=6),
        sel=sel,
        sel_id=word.styles[sel].style_id,
        tabel=added.table(),
        isi=(added.contents(1), added.contents(2)),
        lebar=section.page_width - section.left_margin - section.right_margin,
        tinggi=section.page_height - section.top_margin - section.bottom_margin,
    )


def _base(word: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    styles = word.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    _east_asian(normal)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.line_spacing = 1.12
    for level, size, before, after in ((1, 15, 0, 10), (2, 12, 12, 5)):
        style = styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = RGBColor(*(_BLUE if level == 1 else _INK))
        _east_asian(style)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        if level == 1:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.font.all_caps = True


def _footer(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    p = section.footer.paragraphs[0]
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(p, "PAGE", "1")


def _language(word: Any, lang: str) -> None:
    """Say in which language the text is, so that Word does not underline it all."""
    qn = need("docx.oxml.ns").qn
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = None if defaults is None else defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is None:
        return
    found = properties.find(qn("w:lang"))
    if found is None:
        found = need("docx.oxml").OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), "id-ID" if lang == "id" else "en-GB")


def _east_asian(style: Any) -> None:
    """Set the font for all kinds of script; themes of templates would win otherwise."""
    qn = need("docx.oxml.ns").qn
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        if fonts.get(qn(name)) is not None:
            del fonts.attrib[qn(name)]


class _StyleAdder:
    """Adds styles that a document lacks; what it has stays as it is."""

    def __init__(self, word: Any, *, own: bool) -> None:
        self.word = word
        self.styles = word.styles
        self.own = own
        for level in (1, 2):
            if f"Heading {level}" not in self.styles:
                self._heading(level)

    def _heading(self, level: int) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        style = self.styles.add_style(f"Heading {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = self.styles["Normal"]
        style.font.bold, style.font.size = True, Pt(15 if level == 1 else 12)
        style.paragraph_format.keep_with_next = True
        outline = need("docx.oxml").OxmlElement("w:outlineLvl")
        outline.set(need("docx.oxml.ns").qn("w:val"), str(level - 1))
        style.element.get_or_add_pPr().append(outline)

    def paragraph(
        self,
        name: str,
        *,
        size: float | None = None,
        colour: tuple[int, int, int] | None = None,
        before: float = 0,
        after: float = 6,
        indent: tuple[float, float] | None = None,
        shade: str | None = None,
        single: bool = False,
        builtin: bool = False,
    ) -> str:
        """Add a paragraph style and return its name."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Cm, Pt, RGBColor

        if name in self.styles:
            return name
        style = self.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
        style.base_style = self.styles["Normal"]
        if size is not None:
            style.font.size = Pt(size)
        if colour is not None:
            style.font.color.rgb = RGBColor(*colour)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        if single:
            form.line_spacing = 1.0
        if indent is not None:
            form.left_indent, form.first_line_indent = Cm(indent[0]), Cm(indent[1])
            form.tab_stops.add_tab_stop(Cm(indent[0]))
        if shade is not None:
            paragraph_shade(style.element.get_or_add_pPr(), shade)
        return name

    def title(self) -> str:
        """Return a style that looks like a heading but is not listed in the table of contents."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        name = self.paragraph("SKM Judul", after=10)
        style = self.styles[name]
        style.font.bold, style.font.size = True, Pt(15)
        if not self.own:
            style.font.color.rgb = RGBColor(*_BLUE)
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.font.all_caps = True
        return name

    def caption(self) -> str:
        """Return the style of captions; in our own document it is small, bold and dark."""
        from docx.shared import Pt, RGBColor

        if "Caption" not in self.styles:
            self.paragraph("Caption", size=9.5, before=6, after=4, builtin=True)
        elif self.own:
            return "Caption"
        style = self.styles["Caption"]
        style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(9.5), True, False
        style.font.color.rgb = RGBColor(*_INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
        return "Caption"

    def table(self) -> str:
        """Return the style of tables: a grid."""
        from docx.enum.style import WD_STYLE_TYPE

        if "Table Grid" in self.styles:
            return "Table Grid"
        style = self.styles.add_style("SKM Tabel", WD_STYLE_TYPE.TABLE)
        oxml, qn = need("docx.oxml"), need("docx.oxml.ns").qn
        properties = oxml.OxmlElement("w:tblPr")
        borders = oxml.OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = oxml.OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        properties.append(borders)
        style.element.append(properties)
        return "SKM Tabel"

    def contents(self, level: int) -> str:
        """Return the style of a line of the table of contents, with a leader to the page number."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Cm, Pt

        name = f"TOC {level}"
        if name not in self.styles and name.lower() in self.styles:
            name = name.lower()
        if name not in self.styles:
            self.paragraph(name, after=2, before=4 if level == 1 else 0, builtin=True)
            style = self.styles[name]
            section = self.word.sections[-1]
            width = section.page_width - section.left_margin - section.right_margin
            style.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            style.font.bold = level == 1
            style.font.size = Pt(10.5)
            style.paragraph_format.left_indent = Cm(0 if level == 1 else 0.8)
        return name
