"""What python-docx has no words for: fields, bookmarks, links, alt texts, repeated header rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from skm.basics.packages import need
from skm.report.material.clean_text import fit

# Word refuses files whose elements stand out of order: these may only come after what is put in here.
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
_AFTER_CELL_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
_AFTER_PARAGRAPH_SHADE = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE",
    "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def field(p: Any, instruction: str, result: str, *, part: str = "all") -> None:
    """Add a field with its stored result, so that it shows without being updated.

    ``part="begin"`` opens a field whose result is what follows, up to ``part="end"``.
    """
    if part in ("all", "begin"):
        _char(p, "begin")
        run = p.add_run()
        text = _element("w:instrText")
        text.set(_q("xml:space"), "preserve")
        text.text = f" {instruction} "
        run._r.append(text)
        _char(p, "separate")
    if part == "all":
        p.add_run(result)
    if part in ("all", "end"):
        _char(p, "end")


def bookmark(p: Any, name: str, number: int, text: str) -> None:
    """Add a text that links and the table of contents can point to."""
    start = _element("w:bookmarkStart")
    start.set(_q("w:id"), str(number))
    start.set(_q("w:name"), bookmark_name(name))
    end = _element("w:bookmarkEnd")
    end.set(_q("w:id"), str(number))
    p._p.append(start)
    p.add_run(text)
    p._p.append(end)


@contextmanager
def marked(p: Any, name: str, number: int) -> Iterator[None]:
    """Put what is added to a paragraph between the ends of a bookmark."""
    start = _element("w:bookmarkStart")
    start.set(_q("w:id"), str(number))
    start.set(_q("w:name"), bookmark_name(name))
    end = _element("w:bookmarkEnd")
    end.set(_q("w:id"), str(number))
    p._p.append(start)
    yield
    p._p.append(end)


def rule_below(p: Any) -> None:
    """Draw a double line below a paragraph, as below a letterhead."""
    lines = _element("w:pBdr")
    line = _element("w:bottom")
    for key, value in (("val", "double"), ("sz", "6"), ("space", "4"), ("color", "auto")):
        line.set(_q(f"w:{key}"), value)
    lines.append(line)
    p._p.get_or_add_pPr().insert_element_before(lines, "w:shd", *_AFTER_PARAGRAPH_SHADE)


def hyperlink(p: Any, anchor: str, text: str) -> Any:
    """Add the link of a line of the table of contents and return it."""
    link = _element("w:hyperlink")
    link.set(_q("w:anchor"), bookmark_name(anchor))
    link.set(_q("w:history"), "1")
    p._p.append(link)
    run = p.add_run(text)
    link.append(run._r)
    return link


def page_of(p: Any, link: Any, anchor: str, page: int) -> None:
    """Add to a line of the table of contents a leader and the page number, as a field that Word can update."""
    before = set(p._p)
    p.add_run("\t")
    field(p, f"PAGEREF {bookmark_name(anchor)} \\h", str(page))
    for element in [e for e in p._p if e not in before]:
        link.append(element)


def describe(shape: Any, alt: str) -> None:
    """Give a picture its alternative text."""
    properties = shape._inline.docPr
    properties.set("descr", fit(alt))
    properties.set("title", fit(alt)[:80])


def stamp(comment: Any, when: Any) -> None:
    """Give a comment a time of its own; the library takes that of the clock."""
    comment._comment_elm.set(_q("w:date"), when.strftime("%Y-%m-%dT%H:%M:%SZ"))


def repeat_header(row: Any) -> None:
    """Let a row be repeated on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def row_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def keep_next(p: Any) -> None:
    """Keep a paragraph on the page of the next one."""
    p.paragraph_format.keep_with_next = True


def keep_lines(p: Any) -> None:
    """Keep the lines of a paragraph together."""
    p.paragraph_format.keep_together = True


def borders(table: Any) -> None:
    """Draw thin grey lines around every cell of a table, and leave little room beside the text."""
    lines = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = _element(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "9AA5B1")):
            line.set(_q(f"w:{key}"), value)
        lines.append(line)
    properties = table._tbl.tblPr
    properties.insert_element_before(lines, *_AFTER_BORDERS)
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margin = _element(f"w:{side}")
        margin.set(_q("w:w"), "70")
        margin.set(_q("w:type"), "dxa")
        margins.append(margin)
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def cell_shade(cell: Any, colour: str) -> None:
    """Colour a cell's ground."""
    shade = _element("w:shd")
    shade.set(_q("w:val"), "clear")
    shade.set(_q("w:color"), "auto")
    shade.set(_q("w:fill"), colour)
    cell._tc.get_or_add_tcPr().insert_element_before(shade, *_AFTER_CELL_SHADE)


def paragraph_shade(properties: Any, colour: str) -> None:
    """Colour the ground of paragraphs with these properties."""
    shade = _element("w:shd")
    shade.set(_q("w:val"), "clear")
    shade.set(_q("w:color"), "auto")
    shade.set(_q("w:fill"), colour)
    properties.insert_element_before(shade, *_AFTER_PARAGRAPH_SHADE)


def _char(p: Any, kind: str) -> None:
    run = p.add_run()
    char = _element("w:fldChar")
    char.set(_q("w:fldCharType"), kind)
    run._r.append(char)


def bookmark_name(anchor: str) -> str:
    """Return an anchor as Word takes it: letters, digits and underscores, at most 40."""
    return "_" + anchor.replace("-", "_")[:39]


def _element(tag: str) -> Any:
    return need("docx.oxml").OxmlElement(tag)


def _q(name: str) -> str:
    if name.startswith("xml:"):
        return "{http://www.w3.org/XML/1998/namespace}" + name.removeprefix("xml:")
    found: str = need("docx.oxml.ns").qn(name)
    return found
