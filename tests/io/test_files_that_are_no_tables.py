"""What is no table of answers is called by what it is, whatever its ending says; rows of units are no respondents."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import skm
from skm.errors import SKMError


def _zip(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
        if "mimetype" not in members:
            archive.writestr("[Content_Types].xml", b"<Types/>")
    return stream.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + stream.encode("utf-16-le") + bytes(2000)


FOREIGN = {
    "berkas-gambar": [
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300),
        b"\x89PNG\r\n\x1a\n" + bytes(300),
        b"GIF89a" + bytes(300),
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(300),
        b"\x00\x00\x00\x18ftypheic" + bytes(300),
        b"II*\x00" + bytes(300),
    ],
    "berkas-dokumen": [
        b"{\\rtf1 Laporan}",
        _zip(word__document_dot_xml=b"<w/>"),
        _zip(ppt__presentation_dot_xml=b"<p/>"),
        _zip(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<office/>"),
        _ole("WordDocument"),
        _ole("PowerPoint Document"),
    ],
    "berkas-arsip": [
        b"Rar!\x1a\x07\x01\x00" + bytes(300),
        b"7z\xbc\xaf\x27\x1c" + bytes(300),
        b"\x1f\x8b\x08" + bytes(99),
    ],
    "berkas-pintasan": [
        b"[InternetShortcut]\r\nURL=https://docs.google.com/x\r\n",
        b'{"url":"https://docs.google.com/open?id=1","doc_id":"1","email":"siti@contoh.id"}',
    ],
    "berkas-html": [b"<!DOCTYPE html><html><body></body></html>", b"\n <html><table></table></html>"],
    "berkas-pdf": [b"%PDF-1.7\n" + bytes(99)],
    "berkas-media": [b"ID3\x04" + bytes(99), b"\x00\x00\x00\x18ftypmp42" + bytes(300)],
    "berkas-surel": [_ole("__substg1.0_001A")],
}


@pytest.mark.parametrize(("code", "content"), [(code, one) for code, many in FOREIGN.items() for one in many])
@pytest.mark.parametrize("ending", ["xlsx", "csv", "jpg"])
def test_a_file_that_is_no_table_is_called_by_what_it_is(
    code: str, content: bytes, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"jawaban.{ending}"
    path.write_bytes(content)
    with pytest.raises(SKMError) as problem:
        skm.read(path)
    assert problem.value.code == code
    assert "siti@" not in str(problem.value)
    steps = ("skm audit", ".xlsx", "arsip", "lampiran")
    assert any(step in str(problem.value) for step in steps)


@pytest.mark.parametrize("figure", ["IKM", "Nilai IKM", "Mutu"])
@pytest.mark.parametrize("number", ["n", "Jumlah Responden", "Populasi"])
@pytest.mark.parametrize("door", ["csv", "xlsx", "rows", "frame"])
def test_rows_with_a_number_of_respondents_and_an_index_are_units(figure: str, number: str, door: str) -> None:
    """Whole means look like answers; what stands beside them says that nobody answered so."""
    value = {"IKM": 75.0, "Nilai IKM": 75.0, "Mutu": "C"}[figure]
    table: list[list[Any]] = [["Unit", *(f"U{j}" for j in range(1, 10)), number, figure]]
    table += [[f"Dinas {name}", *[3] * 9, 90, value] for name in "ABC"]
    source: Any = table
    if door == "csv":
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(table)
        source = text.getvalue().encode()
    elif door == "xlsx":
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        source = stream.getvalue()
    elif door == "frame":
        source = pd.DataFrame(table[1:], columns=table[0])
    read = skm.read(source)
    assert type(read).__name__ == "PrintedTable"
    assert list(read) == ["Dinas A", "Dinas B", "Dinas C"]


QUESTIONS = [
    "kesesuaian persyaratan pelayanan dengan jenis pelayanannya",
    "kemudahan prosedur pelayanan di unit ini",
    "kecepatan waktu dalam memberikan pelayanan",
    "kewajaran biaya/tarif dalam pelayanan",
    "kesesuaian produk pelayanan dengan hasil yang diberikan",
    "kompetensi/kemampuan petugas dalam pelayanan",
    "perilaku petugas terkait kesopanan dan keramahan",
    "kualitas sarana dan prasarana",
    "penanganan pengaduan pengguna layanan",
]


@pytest.mark.parametrize("book", [True, False])
def test_a_refusal_about_whole_questions_stays_readable(book: bool) -> None:
    """Every question is named once, by its letter or by what tells it apart; the advice is not buried."""
    heads = [f"Bagaimana pendapat Saudara tentang {question}?" for question in QUESTIONS]
    table = [heads, *[["Mantap", "Oke", "Parah"] * 3] * 9]
    stream: Any = io.BytesIO()
    if book:
        made = openpyxl.Workbook()
        for row in table:
            made.active.append(row)
        made.save(stream)
        source = stream.getvalue()
    else:
        stream = io.StringIO()
        csv.writer(stream).writerows(table)
        source = stream.getvalue().encode()
    with pytest.raises(SKMError) as problem:
        skm.score(source)
    text = str(problem.value)
    assert len(text) < 1000
    assert "Bagaimana pendapat" not in text
    assert len(problem.value.context["kolom_salah"]) == 9
    fields = problem.value.context["lokasi"]
    assert all(field["kolom"] in heads for field in fields)
    assert len(fields) == 3
