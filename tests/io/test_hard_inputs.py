"""Hard inputs: each gives a clear error or a right reading, in bounded memory."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.amounts import sampled

import skm
from skm.errors import DataError, EmptyDataError, InvalidAnswerError, SKMError, UnreadableFileError

CODES = [f"U{i}" for i in range(1, 10)]
GOOD = [[3] * 9, [4] * 9, [2] * 9]

SHEET = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""


def plain(path: Path, rows: list[list[Any]] | None = None, header: list[Any] | None = None) -> Path:
    book = openpyxl.Workbook()
    for row in [CODES if header is None else header, *(GOOD if rows is None else rows)]:
        book.active.append(row)
    book.save(path)
    return path


def altered(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Rewrite the parts of a workbook."""
    source = plain(path.with_name("asal.xlsx"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    return path


def with_sheet(path: Path, rows: str) -> Path:
    return altered(path, lambda name, data: SHEET.format(rows=rows).encode() if name.endswith("sheet1.xml") else data)


def header_row() -> str:
    cells = "".join(f'<c r="{c}1" t="inlineStr"><is><t>U{i}</t></is></c>' for i, c in enumerate("ABCDEFGHI", 1))
    return f'<row r="1">{cells}</row>'


def data_row(number: int, first: str | None = None) -> str:
    cells = "".join(f'<c r="{c}{number}"><v>3</v></c>' for c in ("ABCDEFGHI" if first is None else "BCDEFGHI"))
    return f'<row r="{number}">{first or ""}{cells}</row>'


def code_of(path: Path, *, score: bool = False) -> str:
    with pytest.raises(SKMError) as problem:
        skm.score(path) if score else skm.read(path)
    assert path.name in str(problem.value)
    return problem.value.code


# --- size -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "far",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c s="0"  r="xfd1048576" ><v>1</v></c></row>',
        '<row r="900000"><c r="AAA900000"><v>1</v></c></row>',
    ],
)
def test_a_far_cell(tmp_path: Path, far: str) -> None:
    """A cell at the end of the sheet is measured before the reader asks for memory."""
    path = with_sheet(tmp_path / "jauh.xlsx", header_row() + data_row(2) + far)
    assert code_of(path) == "lembar-terlalu-luas"


def test_a_far_cell_without_addresses(tmp_path: Path) -> None:
    """Cells without addresses follow one another; a wide row and many rows make a large sheet."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"
    long = "<row><c><v>1</v></c></row>" * 3_000
    assert code_of(with_sheet(tmp_path / "jauh.xlsx", wide + long)) == "lembar-terlalu-luas"


def test_far_selection_and_styles_do_no_harm(tmp_path: Path) -> None:
    """A cursor left at XFD1048576 is no cell."""
    view = b'<sheetViews><sheetView workbookViewId="0"><selection activeCell="XFD1048576" sqref="XFD1048576"/></sheetView></sheetViews><sheetData>'
    path = altered(
        tmp_path / "a.xlsx", lambda n, d: d.replace(b"<sheetData>", view, 1) if n.endswith("sheet1.xml") else d
    )
    assert skm.read(path).n == 3


def test_zip_bomb(tmp_path: Path) -> None:
    """A few kilobytes that unpack to more than a gigabyte are refused before they are unpacked."""
    path = tmp_path / "bom.xlsx"
    source = plain(tmp_path / "asal.xlsx")
    block = b" " * (1 << 20)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename.endswith("sheet1.xml"):
                with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                    part.write(b"<worksheet><sheetData>")
                    for _ in range(1001):
                        part.write(block)
            else:
                new.writestr(entry.filename, old.read(entry))
    assert path.stat().st_size < 3_000_000
    assert code_of(path) == "buku-terlalu-besar"


@pytest.mark.slow
def test_memory_stays_bounded(tmp_path: Path) -> None:
    """The far cell and the bomb are refused by a process that may use one gigabyte only."""
    pytest.importorskip("resource")
    path = with_sheet(tmp_path / "jauh.xlsx", header_row() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "import sys, skm\ntry:\n    skm.read(sys.argv[1])\nexcept skm.errors.SKMError as e:\n    print(e.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "lembar-terlalu-luas"


@pytest.mark.slow
@sampled(50_000, 1_048_576)
def test_a_sheet_as_long_as_excel_allows(tmp_path: Path, amount: int) -> None:
    """1,048,576 rows of nine answers are read, all of them; fifty thousand in every run."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "panjang.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, CODES)
    for row in range(1, amount):
        sheet.write_row(row, 0, GOOD[row % 3])
    book.close()
    survei = skm.read(path)
    assert survei.n == amount - 1
    assert skm.score(survei).ikm == skm.score(plain(tmp_path / "b.xlsx", GOOD)).ikm


def test_three_hundred_columns(tmp_path: Path) -> None:
    """The answers are found among 300 columns, in a workbook and in text."""
    head = [f"x{i}" for i in range(291)] + CODES
    rows = [[0] * 291 + r for r in GOOD]
    assert skm.read(plain(tmp_path / "a.xlsx", rows, head)).n == 3
    text = tmp_path / "b.csv"
    text.write_text("\n".join(";".join(map(str, r)) for r in [head, *rows]))
    assert skm.score(skm.read(text)).ikm == 75


# --- damaged, protected, misnamed -----------------------------------------------------------------------------------


def test_truncated_at_any_place(tmp_path: Path) -> None:
    """A workbook cut anywhere is an error of ours."""
    content = plain(tmp_path / "asal.xlsx").read_bytes()
    path = tmp_path / "potong.xlsx"
    for share in (0.1, 0.4, 0.7, 0.95, 0.999):
        path.write_bytes(content[: int(len(content) * share)])
        assert code_of(path) == "buku-rusak"


def test_password(tmp_path: Path) -> None:
    """An encrypted workbook (an OLE file with EncryptedPackage) is told as such or as unreadable, never as empty."""
    path = tmp_path / "sandi.xlsx"
    path.write_bytes(ole_with("EncryptedPackage"))
    assert code_of(path) in {"buku-bersandi", "buku-rusak"}
    packed = tmp_path / "sandi.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "U1,U2\n1,2\n")
    data = bytearray(packed.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark)
        data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    packed.write_bytes(bytes(data))
    assert code_of(packed) == "buku-bersandi"


def ole_with(name: str) -> bytes:
    """The smallest compound file with one named stream."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = (0x3E).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\xfe\xff" + (9).to_bytes(2, "little") + (6).to_bytes(2, "little")  # fmt: skip
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = (0xFFFFFFFE).to_bytes(4, "little")
    header[76:80] = (0).to_bytes(4, "little")
    header[80:512] = b"\xff" * 432
    fat = bytearray(b"\xff" * sector)
    fat[0:4] = (0xFFFFFFFD).to_bytes(4, "little")
    fat[4:8] = (0xFFFFFFFE).to_bytes(4, "little")

    def entry(title: str, kind: int, child: int) -> bytes:
        raw = bytearray(128)
        text = title.encode("utf-16-le") + b"\0\0"
        raw[: len(text)] = text
        raw[64:66] = len(text).to_bytes(2, "little")
        raw[66] = kind
        raw[67] = 1
        raw[68:76] = b"\xff" * 8
        raw[76:80] = child.to_bytes(4, "little", signed=True)
        raw[116:120] = (0xFFFFFFFE).to_bytes(4, "little")
        return bytes(raw)

    directory = entry("Root Entry", 5, 1) + entry(name, 2, -1) + bytes(256)
    return bytes(header) + bytes(fat) + directory


def test_xml_entities(tmp_path: Path) -> None:
    """A workbook with a document type is not opened at all."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    for part in ("sheet1.xml", "workbook.xml"):
        path = altered(
            tmp_path / "entitas.xlsx",
            lambda name, data, part=part: (
                data.replace(b"<worksheet", bomb + b"<worksheet", 1)
                .replace(b"<sst", bomb + b"<sst", 1)
                .replace(b"<workbook", bomb + b"<workbook", 1)
                if name.endswith(part)
                else data
            ),
        )
        assert code_of(path) == "xml-entitas"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "berkas-kosong"),
        (b"%PDF-1.7 x", "berkas-pdf"),
        (b"<!DOCTYPE html><html><table>", "berkas-html"),
        (b"U1;U2;U3\n", "data-kosong"),
        (b"\xff\xfeU\x001\x00", "data-kosong"),
    ],
)
def test_misnamed_and_empty(tmp_path: Path, content: bytes, code: str) -> None:
    """The content says what a file is, not its name."""
    path = tmp_path / "nama.xlsx"
    path.write_bytes(content)
    assert code_of(path) == code


def test_only_hidden_sheets_hold_answers(tmp_path: Path) -> None:
    """Hidden sheets are not read; where nothing else is there, that is told."""
    book = openpyxl.Workbook()
    book.create_sheet("Data")
    for row in [CODES, *GOOD]:
        book["Data"].append(row)
    book["Data"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert code_of(tmp_path / "a.xlsx") == "lembar-tersembunyi"


def test_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds is told as such."""

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "sharing violation", str(self))

    path = plain(tmp_path / "terbuka.xlsx")
    monkeypatch.setattr(Path, "read_bytes", locked)
    assert code_of(path) == "berkas-terkunci"


# --- cells ----------------------------------------------------------------------------------------------------------


def test_error_values_are_no_blanks(tmp_path: Path) -> None:
    """#DIV/0! in an answer cell stops with its address; in a column that is not used it does no harm."""
    error = '<c r="A3" t="e"><v>#DIV/0!</v></c>'
    path = with_sheet(tmp_path / "a.xlsx", header_row() + data_row(2) + data_row(3, error))
    with pytest.raises(DataError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "sel-galat"
    assert "A3" in str(problem.value)
    aside = f'<row r="3">{"".join(f"<c r={chr(34)}{c}3{chr(34)}><v>3</v></c>" for c in "ABCDEFGHI")}<c r="K3" t="e"><v>#N/A</v></c></row>'
    assert skm.score(skm.read(with_sheet(tmp_path / "b.xlsx", header_row() + data_row(2) + aside))).n == 2


@pytest.mark.parametrize(
    "cell", ['<c r="A3"><f>B3</f></c>', '<c r="A3"><f>B3</f><v></v></c>', '<c r="A3"><f t="shared" si="0"/><v/></c>']
)
def test_formulas_without_values_are_no_blanks(tmp_path: Path, cell: str) -> None:
    """A formula that was never calculated stops with its address."""
    path = with_sheet(tmp_path / "a.xlsx", header_row() + data_row(2) + data_row(3, cell))
    with pytest.raises(DataError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "rumus-tanpa-nilai"
    assert "A3" in str(problem.value)


def test_calculated_formulas_are_read(tmp_path: Path) -> None:
    """A formula with its value is its value."""
    path = with_sheet(tmp_path / "a.xlsx", header_row() + data_row(2) + data_row(3, '<c r="A3"><f>B3</f><v>4</v></c>'))
    assert skm.score(skm.read(path)).unsur["persyaratan"].total == 7


def test_merged_answer_cells(tmp_path: Path) -> None:
    """Merged answers would leave blanks behind; merged cells elsewhere do no harm."""
    book = openpyxl.Workbook()
    for row in [["Unit", *CODES], ["A", *[3] * 9], ["A", *[4] * 9], ["B", *[2] * 9]]:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    assert skm.score(skm.read(tmp_path / "a.xlsx")).n == 3
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(DataError) as problem:
        skm.score(skm.read(tmp_path / "b.xlsx"))
    assert problem.value.code == "sel-gabungan"
    assert "C2:C3" in str(problem.value)


@pytest.mark.parametrize("cell", [True, date(2026, 4, 3), "007", 0, 5, 3.5, -1, "x", "3;4"])
def test_cells_that_are_no_answers(tmp_path: Path, cell: Any) -> None:
    """TRUE, dates, 007, 0, 5, 3.5: refused with the address."""
    path = plain(tmp_path / "a.xlsx", [[3] * 9, [cell, *[3] * 8], [4] * 9])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(path))
    assert "A3" in str(problem.value)


def test_text_that_may_be_a_person_is_never_quoted(tmp_path: Path) -> None:
    """A shifted row puts a name among the answers: described, not shown, not even where it repeats."""
    rows = [[*[3] * 8, 4]] * 4 + [["Siti Aminah", *[3] * 8]] * 4
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(plain(tmp_path / "a.xlsx", rows)))
    assert "Siti" not in str(problem.value)
    assert "Siti" not in repr(dict(problem.value.context))


def test_codes_of_units_keep_their_zeros(tmp_path: Path) -> None:
    """Unit 007 stays 007 in text and in a workbook."""
    path = tmp_path / "a.csv"
    path.write_text("unit," + ",".join(CODES) + "\n" + "\n".join("007," + ",".join("3" * 9) for _ in range(3)))
    assert list(skm.score_by(skm.read(path), "unit")) == ["007"]
    book = plain(tmp_path / "b.xlsx", [["007", *r] for r in GOOD], ["unit", *CODES])
    assert list(skm.score_by(skm.read(book), "unit")) == ["007"]


def test_a_total_row_that_looks_like_a_respondent(tmp_path: Path) -> None:
    """Labelled it is left out; without a label its sums tell what it is, and sums of nothing above stop."""
    rows = [[i, *[3] * 9] for i in range(1, 6)]
    labelled = plain(tmp_path / "a.xlsx", [*rows, ["Jumlah", *[15] * 9]], ["No", *CODES])
    assert skm.score(skm.read(labelled)).n == 5
    mean = plain(tmp_path / "b.xlsx", [*rows, ["Rata-rata", *[3.0] * 8, 3.2]], ["No", *CODES])
    assert skm.score(skm.read(mean)).n == 5
    bare = plain(tmp_path / "c.xlsx", [*rows, [None, *[15] * 9]], ["No", *CODES])
    assert skm.score(skm.read(bare)).n == 5
    bare = plain(tmp_path / "d.xlsx", [*rows, [None, *[16] * 9]], ["No", *CODES])
    with pytest.raises(InvalidAnswerError) as problem:
        skm.score(skm.read(bare))
    assert "B7" in str(problem.value)


def test_remarks_and_signatures_below_the_rows(tmp_path: Path) -> None:
    """Texts below the last answer are no respondents; a numbered respondent who answered nothing is one."""
    rows: list[list[Any]] = [[i, "L", "KTP", *[3] * 9] for i in range(1, 6)]
    head = ["No", "Jenis Kelamin", "Jenis Layanan", *CODES]
    signed = [
        *rows,
        [6, "P", "KTP"],
        [],
        ["Mengetahui,", None, "Probolinggo, 1 Juli 2026"],
        ["Kepala"],
        [None, "Seseorang"],
    ]
    survei = skm.read(plain(tmp_path / "a.xlsx", signed, head))
    assert survei.n == 6
    assert "Seseorang" not in repr(survei.kolom()) + survei.to_frame().to_csv()
    assert "baris-tanpa-isi" in {n.kode for n in survei.catatan}


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    """Filtered rows are respondents too."""
    book = openpyxl.Workbook()
    for row in [CODES, *GOOD]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    survei = skm.read(tmp_path / "a.xlsx")
    assert survei.n == 3
    assert "baris-tersembunyi" in {n.kode for n in survei.catatan}


def test_coloured_blank_rows(tmp_path: Path) -> None:
    """Formatting and spaces far below the data are nothing."""
    book = openpyxl.Workbook()
    for row in [CODES, *GOOD]:
        book.active.append(row)
    for i in range(5, 1500):
        book.active.cell(i, 1).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    book.active.cell(800, 2).value = "   "
    book.save(tmp_path / "a.xlsx")
    assert skm.read(tmp_path / "a.xlsx").n == 3


def test_two_languages_in_one_file(tmp_path: Path) -> None:
    """Indonesian and English headers beside one another, answers of the regulation."""
    head = ["Timestamp", "Persyaratan", "Ease of the procedure", "Speed of the service?", "Biaya", "Produk", "Competence of the staff", "Perilaku", "Sarana", "Handling of complaints"]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(map(str, r)) for r in [head, *[["2026-01-02", *r] for r in GOOD]]))
    assert len(skm.score(skm.read(path)).unsur) == 9


def test_duplicate_headers(tmp_path: Path) -> None:
    """Codes twice are refused; other names twice are numbered and told."""
    assert code_of(plain(tmp_path / "a.xlsx", [[3] * 10] * 2, [*CODES, "U1"])) == "judul-kembar"
    other = plain(tmp_path / "b.xlsx", [["x", "y", *r] for r in GOOD], ["Catatan", "Catatan", *CODES])
    survei = skm.read(other)
    assert skm.score(survei).n == 3
    assert "judul-dinomori" in {n.kode for n in survei.catatan}


def test_ods(tmp_path: Path) -> None:
    """An OpenDocument sheet is read; rows repeated without content do not count, filled ones do."""
    head = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in CODES
    )
    cells = '<table:table-cell office:value-type="float" office:value="3" table:number-columns-repeated="9"/>'

    def make(path: Path, repeat: int, tail: str = "") -> Path:
        xml = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Data">'
            f'<table:table-row>{head}</table:table-row><table:table-row table:number-rows-repeated="{repeat}">{cells}</table:table-row>{tail}'
            "</table:table></office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", xml)
            archive.writestr(
                "META-INF/manifest.xml",
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            )
        return path

    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert skm.score(skm.read(make(tmp_path / "a.ods", 4, empty))).n == 4
    assert code_of(make(tmp_path / "b.ods", 9_000_000)) == "lembar-terlalu-luas"


def test_nothing_is_read_from_nowhere(tmp_path: Path) -> None:
    """Headers only and an empty workbook."""
    assert code_of(plain(tmp_path / "a.xlsx", [])) == "data-kosong"
    book = openpyxl.Workbook()
    book.save(tmp_path / "b.xlsx")
    assert code_of(tmp_path / "b.xlsx") == "berkas-kosong"
    with pytest.raises(EmptyDataError):
        skm.read(plain(tmp_path / "c.xlsx", [[None] * 9]))


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe")
def test_unreadable_object() -> None:
    """An object that gives nothing is an empty file."""
    with pytest.raises(UnreadableFileError):
        skm.read(io.BytesIO(b""))


def test_error_values_in_ods(tmp_path: Path) -> None:
    """An error value in an OpenDocument sheet is no blank."""
    cell = '<table:table-cell office:value-type="float" office:value="3"/>'
    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    head = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in CODES
    )
    xml = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="Data"><table:table-row>{head}</table:table-row>'
        f"<table:table-row>{cell * 9}</table:table-row><table:table-row>{error}{cell * 8}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", xml)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    with pytest.raises(DataError) as problem:
        skm.score(skm.read(path))
    assert problem.value.code == "sel-galat"
    assert "A3" in str(problem.value)
