"""Workbooks that nobody needs: far cells, hidden parts, lying archives, texts that multiply."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

Attack = tuple[str, str, bytes]  # label, ending, bytes

_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
_REL = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
_BOOK = b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>%s</sheets></workbook>'
_SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
_HEAD = b'<row r="1"><c r="A1" t="inlineStr"><is><t>U1</t></is></c></row>'


def packed(parts: dict[str, bytes] | list[tuple[str, bytes]], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book(
    rows: bytes, *, part: str = "xl/worksheets/sheet1.xml", target: str = "worksheets/sheet1.xml", folder: str = "xl/",
    kind: str = "worksheet", sheets: int = 1, whole: bytes = b"", more: dict[str, bytes] | None = None,
) -> dict[str, bytes]:  # fmt: skip
    """Return the parts of a workbook with one sheet's part, named by as many sheets as one likes."""
    titles = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (i, i) for i in range(1, sheets + 1))
    return {
        "[Content_Types].xml": _TYPES % f"{folder}workbook.xml".encode(),
        "_rels/.rels": _REL % (b"officeDocument", f"{folder}workbook.xml".encode()),
        f"{folder}workbook.xml": _BOOK % titles,
        f"{folder}_rels/workbook.xml.rels": _REL % (kind.encode(), target.encode()),
        part: whole or _SHEET % (_HEAD + rows),
        **(more or {}),
    }


FAR = {
    "plain": b'<row r="1048576"><c r="XFD1048576"><v>4</v></c></row>',
    "small letters": b'<row r="1048576"><c r="xfd1048576"><v>4</v></c></row>',
    "single quotes": b"<row r='1048576'><c r='XFD1048576'><v>4</v></c></row>",
    "spaces around": b'<row r="1048576"><c  r = "XFD1048576" ><v>4</v></c></row>',
    "newline before": b'<row r="1048576"><c\nr="XFD1048576"><v>4</v></c></row>',
    "tab before": b'<row r="1048576"><c\tr="XFD1048576"><v>4</v></c></row>',
    "attribute before": b'<row r="1048576"><c s="1" r="XFD1048576"><v>4</v></c></row>',
    "leading zeros": b'<row r="1048576"><c r="XFD0001048576"><v>4</v></c></row>',
    "wrapped row": b'<c r="XFD4296015872"><v>4</v></c>',
    "many digits": b'<c r="XFD99999999999999999999"><v>4</v></c>',
    "many letters": b'<c r="ZZZZZZ1048576"><v>4</v></c>',
    "entity in address": b'<c r="&#88;FD1048576"><v>4</v></c>',
    "prefix": b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576"><x:c r="XFD1048576"><x:v>4</x:v></x:c></x:row>',
    "odd prefix": b'<\xc3\xa9:c xmlns:\xc3\xa9="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><\xc3\xa9:v>4</\xc3\xa9:v></\xc3\xa9:c>',
    "row without cell address": b'<row r="1048576">' + b"<c><v>4</v></c>" * 16_384 + b"</row>",
    "row number huge": b'<row r="4294967295"><c><v>4</v></c></row>',
    "second address": b'<c r="A2" r="XFD1048576"><v>4</v></c>',
    "cell after comment": b'<!-- > --><c r="XFD1048576"><v>4</v></c>',
    "cell after data section": b'<![CDATA[<c r="A1">]]><c r="XFD1048576"><v>4</v></c>',
    "cell past a long text": b"<row><c><is><t>" + b"x" * 5_000_000 + b'</t></is></c></row><c r="XFD1048576"><v>4</v></c>',
    "two far corners": b'<c r="XFD1"><v>4</v></c><c r="A1048576"><v>4</v></c>',
    "inside another element": b'<x><c r="XFD1048576"><v>4</v></c></x>',
    "unclosed": b'<c r="XFD1048576"><v>4</v>',
    "no quotes": b"<c r=XFD1048576><v>4</v></c>",
}  # fmt: skip

PLACES = {
    "usual": {},
    "outside xl/worksheets": {"part": "xl/x.xml", "target": "x.xml"},
    "absolute": {"part": "data/s.xml", "target": "/data/s.xml"},
    "upper-case ending": {"part": "xl/worksheets/sheet1.XML", "target": "worksheets/sheet1.XML"},
    "upper-case path": {"part": "XL/WORKSHEETS/SHEET1.XML"},
    "no ending": {"part": "xl/worksheets/sheet1", "target": "worksheets/sheet1"},
    "image ending": {"part": "xl/media/a.png", "target": "media/a.png"},
    "backslashes": {"part": "xl\\worksheets\\sheet1.xml"},
    "another folder": {"part": "zz/worksheets/sheet1.xml", "folder": "zz/"},
    "beside a dummy content.xml": {"more": {"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}},
    "chart sheet": {"kind": "chartsheet"},
    "rels in capitals": {"more": {"xl/_rels/WORKBOOK.XML.RELS": b"<x/>"}},
}  # fmt: skip


def far_cells() -> Iterator[Attack]:
    for place, options in PLACES.items():
        for name, rows in FAR.items():
            if place == "usual" or name in ("plain", "newline before", "leading zeros", "prefix", "two far corners"):
                yield f"{place}; {name}", ".xlsx", packed(book(rows, **options))  # type: ignore[arg-type]


def _long_sheet(cell: bytes, times: int) -> bytes:
    return _SHEET % (_HEAD + b'<row r="2">' + cell * times + b"</row>")


def multiplied() -> Iterator[Attack]:
    """Small files that become large: sheets, texts, styles, merged ranges, elements."""
    wide = b"".join(b'<c r="XFD%d"><v>1</v></c>' % row for row in range(2, 1100))
    for sheets in (2, 40, 900, 5000):
        yield f"{sheets} sheets over one part", ".xlsx", packed(book(wide, sheets=sheets))
    long = b"x" * 100_000
    strings = b"<sst><si><t>" + long + b"</t></si></sst>"
    shared = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (r, r) for r in range(2, 40_000))
    yield "one text of 100 KB in 40,000 cells", ".xlsx", packed(book(shared, more={"xl/sharedStrings.xml": strings}))
    odd = shared.replace(b't="s"><v>', b"t='s' ><v >")
    yield "the same, written oddly", ".xlsx", packed(book(odd, more={"xl/sharedStrings.xml": strings}))
    for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
        yield (
            f"30 million elements in {part}",
            ".xlsx",
            packed(book(b"", more={part: b"<sst>" + b"<si/>" * 30_000_000 + b"</sst>"})),
        )
    yield (
        "a cell 30 million times",
        ".xlsx",
        packed(book(b"", whole=_long_sheet(b'<c r="A2"><v>1</v></c>', 3_000_000 * 10))),
    )
    yield (
        "merged over the whole sheet",
        ".xlsx",
        packed(
            book(
                b"",
                whole=_SHEET.replace(
                    b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
                )
                % _HEAD,
            )
        ),
    )
    yield (
        "dimension of the whole sheet",
        ".xlsx",
        packed(
            book(b"", whole=(_SHEET % _HEAD).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'))
        ),
    )
    yield "`<c ` 600,000 times in a comment", ".xlsx", packed(book(b"<!-- " + b"<c " * 600_000 + b"-->"))
    yield "an attribute of 50 MB", ".xlsx", packed(book(b'<c x="' + b"y" * 50_000_000 + b'" r="B2"><v>1</v></c>'))
    yield (
        "100,000 hidden rows",
        ".xlsx",
        packed(book(b"".join(b'<row r="%d" hidden="1"/>' % r for r in range(2, 100_000)))),
    )
    yield (
        "a million formulas without a value",
        ".xlsx",
        packed(book(b'<c r="B2"><f>1</f>' + b" " * 1_000_000 + b"</c>")),
    )
    yield "spaces before a missing end", ".xlsx", packed(book(b'<c r="B2"><f>1</f>' + b" " * 3_000_000))
    for entity in (b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<! DOCTYPE x>", b"<!doctype x>", b"<!ENTITY a 'b'>"):
        for part in (
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
        ):
            parts = book(b"", more={"xl/styles.xml": b"<styleSheet/>"})
            parts[part] = entity + parts[part].replace(b'<?xml version="1.0"?>', b"")
            yield f"{entity.decode()[:12]} in {part}", ".xlsx", packed(parts)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        parts = book(FAR["plain"])
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].decode().encode(encoding)
        yield f"sheet in {encoding}", ".xlsx", packed(parts)


def lying_archives() -> Iterator[Attack]:
    """Archives that are two things at once, or not what their list says."""
    good, bad = packed(book(b"")), packed(book(FAR["plain"]))
    yield "a good list behind a bad archive", ".xlsx", bad + good
    yield "a bad archive behind a good list", ".xlsx", good + bad
    yield "the list repeated in the comment", ".xlsx", good[:-2] + struct.pack("<H", len(bad)) + bad
    yield "a compound file before an archive", ".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + bad
    yield "junk before the archive", ".xlsx", b"PK\x03\x04junk" + good
    for name, content in (("first", book(b"")), ("second", book(FAR["plain"]))):
        both = [*content.items(), ("xl/worksheets/sheet1.xml", book(FAR["plain"])["xl/worksheets/sheet1.xml"])]
        yield f"one name twice, the far cell {name}", ".xlsx", packed(both)
    # The list says 100 bytes and has their checksum; the stream goes on.
    for field, value in (("size", 200), ("crc", None), ("both", 200)):
        yield f"a member longer than listed ({field})", ".xlsx", _mislabelled(field, value)
    for bits in (1, 0x41, 0x2001):
        yield f"marked as protected ({bits:#x})", ".xlsx", _patched(good, 8, bits)
    for method in (1, 6, 9, 12, 14, 93, 99):
        yield f"compression {method}", ".xlsx", _patched(good, 10, method)
    yield (
        "20,000 members",
        ".xlsx",
        packed([*book(b"").items(), *((f"x/{i}", b"") for i in range(20_000))], stored=True),
    )
    yield "a gigabyte of spaces in a sheet", ".xlsx", packed(book(b" " * 300_000_000))
    for step in range(4, len(good), max(len(good) // 30, 1)):
        yield f"cut at {step}", ".xlsx", good[:step]
    for step in range(10, len(good), max(len(good) // 40, 1)):
        turned = bytearray(good)
        turned[step] ^= 0xFF
        yield f"byte {step} turned", ".xlsx", bytes(turned)
    csv = b"U1,U2,U3,U4,U5,U6,U7,U8,U9\n" + b"1,1,1,1,1,1,1,1,1\n" * 2_000_000
    yield "nine CSV files of 36 MB", ".zip", packed({f"{i}.csv": csv for i in range(9)})
    yield "an archive in an archive", ".zip", packed({"a.zip": good, "b.zip": good})
    yield "paths that climb", ".zip", packed({"../../a.csv": b"U1\n1\n", "/etc/b.csv": b"U1\n1\n"})
    yield "an empty archive", ".zip", packed({})
    yield "a folder only", ".zip", packed({"a/": b""})


def _patched(content: bytes, offset: int, value: int) -> bytes:
    """Change a field of every entry of the list; the list's fields lie two bytes further than those of a member."""
    out = bytearray(content)
    for mark, shift in ((b"PK\x01\x02", 0), (b"PK\x03\x04", -2)):
        at = out.find(mark)
        while at >= 0:
            struct.pack_into("<H", out, at + offset + shift, value)
            at = out.find(mark, at + 4)
    return bytes(out)


def _mislabelled(field: str, size: int | None) -> bytes:
    parts = book(b" " * 400 + FAR["plain"])
    content = packed(parts)
    body = parts["xl/worksheets/sheet1.xml"]
    out = bytearray(content)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        if content[at + 46 : at + 46 + length] == b"xl/worksheets/sheet1.xml":
            kept = size if size is not None else len(body)
            if field in ("size", "both"):
                struct.pack_into("<I", out, at + 24, kept)
            if field in ("crc", "both"):
                struct.pack_into("<I", out, at + 16, zlib.crc32(body[:kept]))
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(out)


_ODS = b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>'


def ods(body: bytes) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": _ODS % body,
        },
        stored=len(body) < 1000,
    )


def repeated() -> Iterator[Attack]:
    """OpenDocument sheets: rows, cells and spaces that are repeated."""
    cell = b'<table:table-cell office:value-type="string" %s><text:p>%s</text:p></table:table-cell>'
    table = b'<table:table table:name="A">%s</table:table>'
    for count in (16_384, 1_048_576, 2**31, 2**32, 2**63, 10**30):
        many = b'table:number-columns-repeated="%d"' % count
        row = b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>'
        yield f"cell repeated {count}", ".ods", ods(table % (row % (2000, cell % (many, b"4"))))
        yield f"row repeated {count}", ".ods", ods(table % (row % (count, (cell % (b"", b"4")) * 40)))
        yield (
            f"space repeated {count}",
            ".ods",
            ods(table % (row % (1, cell % (b"", b'<text:s text:c="%d"/>' % count)))),
        )
        blank = b'<table:table-cell table:number-columns-repeated="%d"/><table:table-cell/>' % count
        yield f"blank cells repeated {count}", ".ods", ods(table % ((row % (1, blank)) * 3000))
    long = cell % (b'table:number-columns-repeated="1000"', b"x" * 100_000)
    yield (
        "a long text repeated",
        ".ods",
        ods(table % (b'<table:table-row table:number-rows-repeated="1000">' + long + b"</table:table-row>")),
    )
    formula = b'<table:table-cell table:formula="of:=1" table:number-columns-repeated="16384"/>'
    yield (
        "a formula repeated",
        ".ods",
        ods(table % (b'<table:table-row table:number-rows-repeated="20000">' + formula + b"</table:table-row>")),
    )
    for text in (b"-5", b"abc", b"", b"1e9", b"0x10", b"4.5", "٣".encode()):
        many = b'table:number-columns-repeated="%s"' % text
        yield (
            f"repeated {text!r}",
            ".ods",
            ods(table % (b"<table:table-row>" + cell % (many, b"4") + b"</table:table-row>")),
        )
    yield (
        "40 tables with 10 million cells each",
        ".ods",
        ods(
            (
                table
                % (
                    b'<table:table-row table:number-rows-repeated="1000000">'
                    + (cell % (b'table:number-columns-repeated="10"', b"1"))
                    + b"</table:table-row>"
                )
            )
            * 40
        ),
    )
    yield (
        "percentages repeated",
        ".ods",
        ods(
            table
            % (
                b'<table:table-row table:number-rows-repeated="1000"><table:table-cell office:value-type="percentage" office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
            )
        ),
    )
    yield "tables in tables", ".ods", ods(b'<table:table table:name="A"><table:table-row><table:table-cell>' * 5000)
    yield "a document type", ".ods", ods(b"").replace(b"<office:document-content", b"<!DOCTYPE x><office:docume", 1)
