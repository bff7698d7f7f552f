"""A document as PDF by typst: the same blocks as Word and HTML, without any program to be installed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from skm.basics.packages import need
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
from skm.report.material.clean_text import runs
from skm.report.render.block_writer import (
    MOST_COLUMNS,
    PHOTO_HEIGHT,
    WIDTH,
    BlockWriter,
    chart_height,
    foot_label,
    is_wide,
    shares,
)
from skm.report.render.page_bonds import bound

# The page and the fonts of the Word report; the last font comes with typst itself.
_HEAD = """
#set document(title: {judul}, date: none)
#set page(paper: "a4", margin: (left: 3cm, right: 2.2cm, top: 2.5cm, bottom: 2.2cm), numbering: none,
  footer: context {{ if here().page() > 1 [#align(center, counter(page).display("1"))] }})
#set text(font: ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans", "Libertinus Serif"), size: 10.5pt,
  lang: {lang}, fill: rgb("#1f2933"))
#set par(leading: 0.72em, spacing: 0.95em, justify: false)
#set heading(numbering: none)
#show heading.where(level: 1): it => align(center, text(size: 14.5pt, fill: rgb("#08417f"), upper(it)))
#show heading.where(level: 2): set text(size: 11.8pt)
#show heading: set block(above: 1.5em, below: 0.9em, sticky: true)
#show figure: set block(breakable: false)
#show table: set text(size: 8.8pt)
#show table: set par(leading: 0.55em)
#set table(stroke: 0.5pt + rgb("#9aa5b1"), inset: 4.5pt)
#show outline.entry.where(level: 1): set text(weight: "bold")
"""
_HIGH = 22.0  # centimetres of text on a page, a caption allowed for


def render(dokumen: Document) -> bytes:
    """Return the PDF, tagged as PDF/UA-1: structure, language, alternative texts; typst refuses what breaks it.

    Raises
    ------
    MissingDependencyError
        typst is not installed.
    """
    typst = need("typst")
    with tempfile.TemporaryDirectory(prefix="skm-") as name:
        folder = Path(name)
        source = folder / "laporan.typ"
        source.write_text(_TypstWriter(dokumen, folder).source(), encoding="utf-8")
        try:
            return _compiled(typst, source, folder, "ua-1")
        except typst.TypstError as problem:
            if "could not be displayed" not in str(problem):
                raise
            # A script that no font of this computer has: the standard forbids the empty boxes that stand for it.
            return _compiled(typst, source, folder, None)


def _compiled(typst: Any, source: Path, folder: Path, standard: str | None) -> bytes:
    chosen = {} if standard is None else {"pdf_standards": standard}
    content: bytes = typst.compile(str(source), root=str(folder), format="pdf", timestamp=0, **chosen)
    return content


class _TypstWriter(BlockWriter):
    """Writes blocks as typst markup; pictures become files beside it."""

    def __init__(self, dokumen: Document, folder: Path) -> None:
        super().__init__(dokumen)
        self.folder = folder
        self.pictures = 0

    def source(self) -> str:
        """Return the whole source."""
        head = _HEAD.format(judul=_string(self.d.judul), lang=_string(self.d.lang))
        return "\n".join([head, *(self.write(b) for b in bound(self.d).blok), ""])

    def text(self, words: str) -> str:
        """Return a text as markup in which nothing has a meaning of its own; blanks are marked."""
        parts = []
        for part, blank in runs(words):
            parts.append(self.marked(self.say("isi-tempat", teks=part)) if blank else f"#{_string(part)}")
        return "".join(parts)

    @staticmethod
    def marked(words: str) -> str:
        """Return a place that is to be filled in."""
        return f'#highlight(fill: rgb("#fff3a3"))[#{_string(words)}]'

    def cover(self, b: Cover) -> str:
        """Return the cover."""
        lines = [f"#align(center)[#v({'2cm' if b.logo else '5cm'})"]
        if b.logo is not None:
            name = self._file(b.logo.isi, "jpg" if b.logo.jenis == "jpeg" else b.logo.jenis)
            lines.append(f'#image("{name}", height: 4cm, fit: "contain", alt: "Logo")\n#v(1.5cm)')
        for words, size, weight in ((b.judul, 20, "bold"), (b.unit, 16, "bold"), (b.instansi, 13, "regular")):
            lines.append(f'#block(above: 1.1em, text(size: {size}pt, weight: "{weight}")[{self.text(words)}])')
        lines.append(f"#v(1.2cm)\n#text(size: 13pt)[{self.text(b.periode)}]\n]")
        return "\n".join(lines)

    def heading(self, b: Heading) -> str:
        """Return a heading, which links and the table of contents can point to."""
        listed = "true" if b.terdaftar else "false"
        return f"#heading(level: {b.tingkat}, outlined: {listed}, bookmarked: {listed})[#{_string(b.lengkap)}]"

    def paragraph(self, b: Paragraph) -> str:
        """Return a paragraph in its style."""
        words = self.text(b.teks)
        sticky = _flag(b.lekat)
        if b.gaya == "penting":
            return f'#block(sticky: {sticky}, fill: rgb("#fff2e5"), inset: 7pt, width: 100%)[{words}]'
        if b.gaya == "catatan":
            return f'#block(sticky: {sticky}, text(size: 8.5pt, fill: rgb("#52606d"))[{words}])'
        if b.gaya == "tengah":
            return f"#block(sticky: true, width: 100%, align(center, strong[{words}]))"
        if b.gaya == "tebal":
            return f"#block(sticky: true, strong[{words}])"
        return f"#block(sticky: true, par[{words}])" if b.lekat else f"#par[{words}]"

    def bullets(self, b: Bullets) -> str:
        """Return a list, numbered or not."""
        if not b.butir:
            return ""
        free = max(0, len(b.butir) - b.ekor) if b.ekor or not b.lekat else 0
        written = self._items(b, 0, free)
        if free < len(b.butir):
            bond = f"breakable: false, sticky: {_flag(b.lekat)}"
            written += f"\n#block({bond})[{self._items(b, free, len(b.butir))}]"
        return f"#[#set text(size: 8.8pt)\n{written}]" if b.kecil else written

    def _items(self, b: Bullets, start: int, end: int) -> str:
        if start == end:
            return ""
        items = ", ".join(f"[{self.text(item)}]" for item in b.butir[start:end])
        kind = f"enum(start: {start + 1}, " if b.bernomor else "list("
        return f"#{kind}tight: false, spacing: 0.7em, indent: 0.4em, {items})"

    def table(self, b: TableBlock) -> str:
        """Return a table with its caption, last rows and notes."""
        columns = b.isi.columns
        parts_of = shares(b)
        head = ", ".join(f"[#strong[{self.text(c.label)}]]" for c in columns)
        body = ",\n".join(", ".join(f"[{self.text(cell)}]" for cell in row) for row in b.isi.cells())
        feet = ",\n".join(self._foot(label, value, b) for label, value in b.kaki)
        align = ", ".join("left" if c.kind == "text" else "right" for c in columns)
        caption = f"{self.say('keterangan-tabel')} {b.nomor}. {b.keterangan}"
        size = 6.4 if len(columns) > MOST_COLUMNS else 7.3
        small = f"#set text(size: {size}pt)\n#set table(inset: (x: 3pt, y: 2.6pt))\n" if is_wide(b) else ""
        parts = [
            f"columns: ({', '.join(f'{share}fr' for share in parts_of)},), align: ({align},)",
            'fill: (_, y) => if y == 0 { rgb("#dce6f0") }',
            f"table.header({head})",
            *(part for part in (body, feet) if part),
        ]
        notes = "\n".join(self.paragraph(Paragraph(note, "catatan", lekat=b.lekat)) for note in b.isi.notes)
        sticky = (
            f'#block(sticky: true, below: 0.6em, text(size: 9.2pt, weight: "bold")[#{_string(caption)}]) <t{b.nomor}>'
        )
        table = ",\n".join(parts)
        whole = "false" if b.utuh else "true"
        onward = ", sticky: true" if b.lekat or (b.isi.notes and b.utuh) else ""
        return f"{sticky}\n#block(width: 100%, breakable: {whole}{onward})[{small}#table({table})]\n{notes}"

    def _foot(self, label: str, value: str, b: TableBlock) -> str:
        n = len(b.isi.columns)
        left = foot_label(b)
        cell = 'table.cell(colspan: {span}, fill: rgb("#f3f6f9"), align: left)[#strong[{words}]]'
        return ", ".join(
            cell.format(span=span, words=self.text(words)) for span, words in ((left, label), (n - left, value))
        )

    def chart(self, b: ChartBlock) -> str:
        """Return a chart."""
        name = self._file(b.gambar.svg().encode("utf-8"), "svg")
        return self._figure(name, b.gambar.ratio, b, b.alt, chart_height(b))

    def photo(self, b: PhotoBlock) -> str:
        """Return a photograph."""
        name = self._file(b.gambar.isi, "jpg" if b.gambar.jenis == "jpeg" else b.gambar.jenis)
        return self._figure(name, b.gambar.lebar / b.gambar.tinggi, b, b.keterangan, PHOTO_HEIGHT)

    def _figure(self, name: str, ratio: float, b: ChartBlock | PhotoBlock, alt: str, most: float) -> str:
        caption = f"{self.say('keterangan-gambar')} {b.nomor}. {b.keterangan}"
        width = min(WIDTH, min(_HIGH, most) * ratio)
        picture = f'#image("{name}", width: {width:.2f}cm, alt: {_string(alt)})'
        below = f'#block(above: 0.5em, text(size: 9.2pt, weight: "bold")[#{_string(caption)}]) <g{b.nomor}>'
        onward = ", sticky: true" if b.lekat else ""
        return f"#block(breakable: false{onward}, width: 100%)[#align(center)[{picture}\n{below}]]"

    def blank(self, b: Missing) -> str:
        """Return a marked place."""
        words = f"par[{self.marked(self.say('kosong-label', teks=b.teks))}]"
        return f"#block(sticky: true, {words})" if b.lekat else f"#{words}"

    def note(self, _: WriterNote) -> str:
        """Return a note for the writer."""
        return ""

    def new_page(self, _: PageBreak) -> str:
        """Return a new page."""
        return "#pagebreak(weak: true)"

    def contents(self, b: Contents) -> str:
        """Return a list of headings, tables or figures."""
        if b.jenis == "isi":
            return "#outline(title: none, depth: 2, indent: 1.2em)"
        line = "[#link(<{0}>)[#{1}] #box(width: 1fr, repeat[.])], [#context counter(page).at(<{0}>).first()]"
        lines = [line.format(anchor, _string(words)) for anchor, words in self.d.listed(b.jenis)]
        shape = "columns: (1fr, auto), align: (left, right + bottom), column-gutter: 0.4em, row-gutter: 0.75em"
        free = max(0, len(lines) - b.ekor)
        head, end = (
            "#grid(" + ",\n".join([shape, *part]) + ")" if part else "" for part in (lines[:free], lines[free:])
        )
        bond = f"breakable: false, above: 0.75em, sticky: {_flag(b.lekat)}"
        return f"{head}\n#block({bond})[{end}]" if end else head

    def letterhead(self, b: Letterhead) -> str:
        """Return a letterhead."""
        lines = []
        for position, words in enumerate(b.baris):
            size, weight = (13, "bold") if position < 2 else (9.5, "regular")
            lines.append(f'#text(size: {size}pt, weight: "{weight}")[{self.text(words)}]')
        picture = ""
        if b.logo is not None:
            name = self._file(b.logo.isi, "jpg" if b.logo.jenis == "jpeg" else b.logo.jenis)
            picture = f'#image("{name}", height: 2cm, fit: "contain", alt: "Logo")\n'
        body = " #linebreak() ".join(lines)
        frame = "width: 100%, below: 1.4em, stroke: (bottom: 1.5pt), inset: (bottom: 6pt)"
        return f"#block({frame})[#align(center)[{picture}{body}]]"

    def signature(self, b: SignatureBlock) -> str:
        """Return a place to sign."""
        lines = [self.text(b.tempat_tanggal), self.text(b.jabatan), "#v(2cm)", f"#strong[{self.text(b.nama)}]"]
        lines += [self.text(b.nip)] if b.nip else []
        return f"#block(breakable: false, above: 2em, below: 2em, inset: (left: 9cm))[{' #linebreak() '.join(lines)}]"

    def _file(self, content: bytes, kind: str) -> str:
        self.pictures += 1
        name = f"gambar-{self.pictures}.{kind}"
        (self.folder / name).write_bytes(content)
        return name


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _string(words: str) -> str:
    """Return a text as a literal of typst, whose escapes are those of JSON but for the form of code points."""
    clean = "".join(c if c.isprintable() else " " for c in words)
    return json.dumps(clean, ensure_ascii=False)
