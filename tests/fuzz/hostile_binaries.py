"""Binary files that are damaged, cut, forged or nested: .xls, .xlsb, .sav, .dta, .parquet, .hitungan, .docx."""

from __future__ import annotations

import io
import random
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.hostile_workbooks import packed

Attack = tuple[str, str, bytes]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound(stream: bytes, name: str = "Workbook", *, sectors: int | None = None) -> bytes:
    """Return a compound file (OLE) with one stream."""
    body = stream + b"\0" * max(4096 - len(stream), 0)
    body += b"\0" * (-len(body) % 512)
    count = len(body) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table) % 128)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack(
        "<IIIIIIIIII", 0, len(table) // 128 if sectors is None else sectors, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
    )
    head = head[:76] + struct.pack("<I", 0) + b"\xff" * (512 - 80)
    wide = name.encode("utf-16-le")
    root = "Root Entry".encode("utf-16-le")
    entries = (
        root
        + b"\0" * (64 - len(root))
        + struct.pack("<HBBIII", len(root) + 2, 5, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1)
        + b"\0" * 36
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
    )
    entries += (
        wide
        + b"\0" * (64 - len(wide))
        + struct.pack("<HBBIII", len(wide) + 2, 2, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
        + b"\0" * 36
        + struct.pack("<IQ", 2, len(body))
    )
    return head + struct.pack(f"<{len(table)}I", *table)[:512] + (entries + b"\0" * 512)[:512] + body


def biff(cells: bytes, sheets: int = 1) -> bytes:
    """Return a BIFF8 stream with some sheets of the same cells."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6)) + cells + _record(0x0A, b"")
    names = [f"S{i}".encode() for i in range(sheets)]
    size = sum(len(_record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(n), 0) + n)) for n in names)
    start = len(begin) + size + 4
    bounds = b"".join(
        _record(0x85, struct.pack("<IBBBB", start + i * len(sheet), 0, 0, len(n), 0) + n) for i, n in enumerate(names)
    )
    return begin + bounds + _record(0x0A, b"") + sheet * sheets


def _number(row: int, column: int, value: float = 4.0) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def old_workbooks() -> Iterator[Attack]:
    head = b"".join(_number(0, c) for c in range(9))
    far = {
        "column 65535": head + _number(1, 65535),
        "row and column 65535": head + _number(65535, 65535),
        "column 255, last row": head + _number(65535, 255),
        "dimensions only": _record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)),
        "a multiple record past its end": _record(
            0xBD, struct.pack("<HH", 0, 65530) + b"\0" * 60 + struct.pack("<H", 3)
        ),
        "blanks over the row": _record(0xBE, struct.pack("<HH", 0, 0) + b"\0\0" * 300 + struct.pack("<H", 65535)),
        "merged over the sheet": head + _record(0xE5, struct.pack("<HHHHH", 1, 0, 65535, 0, 255)),
        "a label of 65,535 letters": _record(0x204, struct.pack("<HHHH", 1, 1, 0, 65535) + b"a" * 20),
        "a formula without an end": _record(0x06, struct.pack("<HHHdHIH", 1, 1, 0, 1.0, 0, 0, 0xFFFF)),
        "a shared string that is not there": _record(0xFD, struct.pack("<HHHI", 1, 1, 0, 0xFFFFFFFF)),
        "records without bodies": b"".join(struct.pack("<HH", kind, 0) for kind in range(0, 0x300, 7)),
        "a body longer than the stream": struct.pack("<HH", 0x203, 0xFFFF),
        "an encrypted book": _record(0x2F, b"\0" * 54),
        "nan and infinity": head + _number(1, 0, float("nan")) + _number(1, 1, float("inf")),
    }
    for name, cells in far.items():
        for book in ("Workbook", "Book"):
            yield f"{book}: {name}", ".xls", compound(biff(cells), book)
    yield "200 sheets with far cells", ".xls", compound(biff(head + _number(65535, 255), 12))
    good = compound(biff(head + b"".join(_number(r, c) for r in range(1, 40) for c in range(9))))
    yield "sectors beyond the end", ".xls", compound(biff(head), sectors=0xFFFFFF)
    dice = random.Random(14)
    for i in range(24):
        turned = bytearray(good)
        for _ in range(1 + i % 5):
            turned[dice.randrange(len(turned))] = dice.randrange(256)
        yield f"damage {i}", ".xls", bytes(turned)
    for step in range(1, len(good), len(good) // 12):
        yield f"cut at {step}", ".xls", good[:step]
    loop = bytearray(good)
    struct.pack_into("<I", loop, 512 + 8, 2)  # the second sector leads to itself
    yield "a chain that never ends", ".xls", bytes(loop)
    for kind in ("xl/workbook.bin", "XL/WORKBOOK.BIN"):
        yield (
            f"binary workbook {kind}",
            ".xlsb",
            packed({"[Content_Types].xml": b"<Types/>", kind: b"\x83\x01\x00" * 50_000}),
        )


def typed_files() -> Iterator[Attack]:
    """SPSS and Stata files, whole and damaged; each is read in a process of its own."""
    import pandas as pd
    import pyreadstat

    names = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
    frame = pd.DataFrame({name: [4.0, 3.0, 2.0, 1.0] * 5 for name in names})
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        for ending, write in ((".sav", pyreadstat.write_sav), (".dta", pyreadstat.write_dta)):
            path = Path(folder) / f"a{ending}"
            write(frame, str(path))
            good = path.read_bytes()
            for i in range(9):
                turned = bytearray(good)
                for _ in range(1 + i % 4):
                    turned[dice.randrange(8, len(turned))] = dice.randrange(256)
                yield f"damage {i}", ending, bytes(turned)
            for step in range(6, len(good), len(good) // 5):
                yield f"cut at {step}", ending, good[:step]
            yield "the head and zeros", ending, good[:100] + b"\0" * 100_000
            yield "the head and ones", ending, good[:100] + b"\xff" * 100_000
            if ending == ".sav":
                many = bytearray(good)
                struct.pack_into("<i", many, 68, 2**31 - 1)
                struct.pack_into("<i", many, 80, 2**31 - 1)
                yield "two billion variables and cases", ending, bytes(many)


def columnar_files() -> Iterator[Attack]:
    """Parquet files and files of counts: damaged, foreign, with more rows than bytes."""
    import pyarrow as pa
    from pyarrow import parquet

    import skm

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.hitungan"
        skm.tally([{"persyaratan": 4, "waktu": 3, "unit": "A"}] * 20, "unit").save(path)
        counts = path.read_bytes()
    many = io.BytesIO()
    column = pa.array([4], type=pa.int8())
    table = pa.table(
        {name: pa.chunked_array([pa.concat_arrays([column] * 1000)] * 30_000) for name in ("persyaratan", "waktu")}
    )
    parquet.write_table(table, many, compression="zstd")
    wide = io.BytesIO()
    parquet.write_table(pa.table({f"k{i}": [1] for i in range(20_000)}), wide)
    nested = io.BytesIO()
    parquet.write_table(pa.table({"persyaratan": [[{"a": [1]}]]}), nested)
    dice = random.Random(3)
    for ending, good in ((".hitungan", counts), (".parquet", counts)):
        for i in range(14):
            turned = bytearray(good)
            for _ in range(1 + i % 3):
                turned[dice.randrange(4, len(turned) - 4)] = dice.randrange(256)
            yield f"damage {i}", ending, bytes(turned)
        for step in range(4, len(good), len(good) // 8):
            yield f"cut at {step}", ending, good[:step] + b"PAR1"
        yield "30 million rows", ending, many.getvalue()
        yield "20,000 columns", ending, wide.getvalue()
        yield "nested columns", ending, nested.getvalue()
        yield "a foreign note", ending, _noted(b"[1]")
        yield "a deep note", ending, _noted(b"[" * 50_000)
        yield "a note of a huge number", ending, _noted(b'{"bentuk": ' + b"9" * 5000 + b"}")
        yield "a note in no encoding", ending, _noted(b'{"bentuk": "\xff"}')
        yield "an empty note", ending, _noted(b"{}")


def _noted(note: bytes) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(pa.table({"n": [1], "butir": ["x"]}).replace_schema_metadata({b"skm": note}), out)
    return out.getvalue()


_WORD = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
_WORD_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
_WORD_RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'


def word(body: str, more: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": _WORD_TYPES.encode(),
        "_rels/.rels": _WORD_RELS.encode(),
        "word/document.xml": (_WORD % body).encode(),
    }
    return packed({**parts, **(more or {})})


def word_files() -> Iterator[Attack]:
    cell = "<w:tc><w:tcPr>%s</w:tcPr><w:p><w:r><w:t>U1</w:t></w:r></w:p></w:tc>"
    table = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>%s</w:tbl>"
    for span in (100_000, 10**7, 10**9, 10**30, -5):
        for tag in ("gridSpan", "gridBefore", "gridAfter"):
            one = cell % f'<w:{tag} w:val="{span}"/>'
            yield f"{tag} {span}", ".docx", word(table % f"<w:tr><w:trPr/>{one}</w:tr>")
    down = cell % '<w:vMerge w:val="continue"/>'
    yield "5,000 cells merged downwards", ".docx", word(table % (f"<w:tr>{down}</w:tr>" * 5000))
    yield "tables in tables", ".docx", word("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)
    yield "a document type", ".docx", word("").replace(b"x", b"x")
    yield (
        "a document type inside",
        ".docx",
        packed({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "[Content_Types].xml": b"<Types/>"}),
    )
    yield "30 million elements", ".docx", word("<w:p/>" * 30_000_000)
    good = word(table % f"<w:tr>{(cell % '') * 2}</w:tr>")
    for step in range(4, len(good), len(good) // 10):
        yield f"cut at {step}", ".docx", good[:step]
