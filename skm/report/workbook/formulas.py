"""What the sheets of the workbook share: cell formats, where the data stand, formulas for rounding and grading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skm.basics.numbers import Lang
from skm.report.material.answers import CiriColumn
from skm.report.material.bahan import Bahan
from skm.report.material.clean_text import fit

DATA = "Data"


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Cell formats, each made once."""

    judul: Any
    kepala: Any
    teks: Any
    isi: Any
    bulat: Any
    dua: Any
    tiga: Any
    empat: Any
    tebal: Any
    tebal2: Any
    hasil: Any
    huruf: Any
    isian: Any
    redup: Any
    lipat: Any

    @classmethod
    def of(cls, book: Any) -> CellFormats:
        """Return the formats of a workbook."""
        base = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
        box = {**base, "border": 1, "border_color": "#B8C0C8"}
        bold = {**box, "bold": True}
        return cls(
            judul=book.add_format({**base, "bold": True, "font_size": 13}),
            kepala=book.add_format({**bold, "bg_color": "#DCE6F0", "align": "center", "text_wrap": True}),
            teks=book.add_format(box),
            isi=book.add_format({**box, "align": "center"}),
            bulat=book.add_format({**box, "num_format": "#,##0"}),
            dua=book.add_format({**box, "num_format": "0.00"}),
            tiga=book.add_format({**box, "num_format": "0.000"}),
            empat=book.add_format({**box, "num_format": "0.0000"}),
            tebal=book.add_format({**bold, "bg_color": "#EEF2F6"}),
            tebal2=book.add_format({**bold, "bg_color": "#EEF2F6", "num_format": "0.00"}),
            hasil=book.add_format({**bold, "bg_color": "#FFF2CC", "num_format": "0.00", "font_size": 12}),
            huruf=book.add_format({**bold, "bg_color": "#FFF2CC", "align": "center", "font_size": 12}),
            isian=book.add_format({**bold, "bg_color": "#FFFFE0", "align": "center"}),
            redup=book.add_format(
                {**base, "italic": True, "font_color": "#52606D", "text_wrap": True, "valign": "top"}
            ),
            lipat=book.add_format({**box, "text_wrap": True, "valign": "top"}),
        )


@dataclass(frozen=True, slots=True)
class DataPlaces:
    """Where the data sheet has what: column numbers of characteristics and questions, first and last row (from 0)."""

    ciri: dict[str, int]
    butir: dict[str, int]
    awal: int
    akhir: int

    def range(self, column: int) -> str:
        """Return a column's answers as an absolute reference."""
        from xlsxwriter.utility import xl_range_abs

        return f"{DATA}!{xl_range_abs(self.awal, column, self.akhir, column)}"

    def cell(self, row: int, column: int) -> str:
        """Return one cell of the data."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"{DATA}!{xl_rowcol_to_cell(row, column)}"

    def cell_in(self, row: str, column: int) -> str:
        """Return one cell of the data in a row that is named by a text."""
        from xlsxwriter.utility import xl_col_to_name

        return f"{DATA}!{xl_col_to_name(column)}{row}"


def shown_levels(bahan: Bahan, ciri: CiriColumn, lang: Lang) -> dict[str, str]:
    """Return how the data sheet writes a characteristic's levels: as the profile names them."""
    rows = bahan.profil.karakteristik.get(ciri.id, ()) if bahan.profil else ()
    names = {fit(str(row.tingkat)): fit(row.name(lang)) for row in rows if row.tingkat is not None}
    doubled = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {level: level if name in doubled else name for level, name in names.items()}


def header_of(bahan: Bahan, position: int, lang: Lang) -> str:
    """Return the header of a question: code and official name, numbered where an unsur has several questions."""
    butir = bahan.data.butir[position]
    unsur = bahan.hasil.unsur[butir.unsur]
    name = unsur.nama.name(lang)
    same = [b.id for b in bahan.data.butir if b.unsur == butir.unsur]
    if len(same) == 1:
        return unsur.kode if name == unsur.kode else f"{unsur.kode} {name}"
    return f"{unsur.kode}.{same.index(butir.id) + 1} {name}"


def landscape(sheet: Any, header: int) -> None:
    """Set a sheet up for printing: A4 across, as wide as the page, the header row on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&L&8&A&R&8&P / &N")


def half_up(expression: str, places: int) -> str:
    """Return a formula that rounds half up; the inner rounding takes away the noise of binary fractions."""
    return f"ROUND(ROUND({expression},10),{places})"


def letter(nik: str, bounds: str, letters: str) -> str:
    """Return a formula that looks up the letter of a NIK; below the scale it is the lowest."""
    return f"INDEX({letters},MATCH(MAX(ROUND({nik},2),MIN({bounds})),{bounds},1))"


def join(parts: Sequence[str]) -> str:
    """Return references joined by commas."""
    return ",".join(parts)
