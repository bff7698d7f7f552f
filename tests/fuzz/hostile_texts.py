"""Texts that nobody types: nested, endless, in no encoding, numbers of a thousand digits, spaces that make patterns think."""

from __future__ import annotations

import codecs
import random
from collections.abc import Iterator

Attack = tuple[str, str, bytes]

HEADER = "Persyaratan,Prosedur,Waktu,Biaya,Produk,Kompetensi,Perilaku,Pengaduan,Sarana"
ROW = "4,3,4,3,4,3,4,3,4"

SHAPES = {
    "spaces": " " * 20_000,
    "30 spaces": " " * 30,
    "digits and spaces": "1" + " " * 20_000 + "1",
    "letters": "a" * 32_000,
    "letters and spaces": "a " * 10_000,
    "digits": "9" * 20_000,
    "points": "." * 20_000,
    "commas": "1," * 10_000,
    "grouped": "1.000" * 4_000,
    "open brackets": "(" * 20_000,
    "brackets": "(a)" * 7_000,
    "slashes": "1/" * 10_000,
    "hyphens": "1-" * 10_000,
    "dates": "1/2/2026 " * 2_500,
    "clock": "12:" * 8_000,
    "stars": "\u2605" * 20_000,
    "emoji": "\U0001f600" * 10_000,
    "combining": "a" + "\u0301" * 20_000,
    "zero width": "4" + "\u200b" * 20_000,
    "bidi": "\u202e4" * 10_000,
    "non-breaking": "4" + "\u00a0" * 20_000 + "4",
    "tabs": "\t" * 20_000,
    "percent": "%" * 20_000,
    "signs": "-" * 20_000 + "1",
    "at signs": "a@" * 10_000,
    "phones": "0812-" * 4_000,
    "plates": "N 1234 AB " * 2_000,
    "names": "Budi Santoso, S.H. " * 1_100,
    "quotes": '"' * 20_000,
    "backslashes": "\\" * 20_000,
    "equal signs": "=" * 20_000,
    "unsur": "U1 " * 7_000,
    "label twice": "Sangat Baik " * 1_700,
    "semester": "Semester I " * 1_800,
    "s.d.": "1 s/d " * 3_300,
    "roman": "i" * 20_000,
    "months": "januari" * 2_900,
    "control": "\x01\x02\x1b[31m" * 3_000,
    "surrogates escaped": "\\ud800" * 3_300,
    "cells of a formula": "=cmd|' /C calc'!A0" * 1_000,
}


def _csv(rows: list[list[str]]) -> bytes:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join(quoted).encode()


def long_cells() -> Iterator[Attack]:
    """Each shape as a header, an answer, a characteristic, a suggestion, a date, and in a table that is not understood."""
    names = HEADER.split(",")
    good = ROW.split(",")
    for name, text in SHAPES.items():
        yield f"header: {name}", ".csv", _csv([[*names[:8], text], good])
        yield f"answer: {name}", ".csv", _csv([names, [*good[:8], text], good])
        yield (
            f"remark: {name}",
            ".csv",
            _csv([[*names, "Saran", "Usia", "Tanggal", "Pekerjaan"], [*good, text, text, text, text]] * 1),
        )
        yield f"strange table: {name}", ".csv", _csv([["a", "b", "c", "d", "e", "f"], [text] * 6, [text] * 6])


def shapes_of_tables() -> Iterator[Attack]:
    yield "16,384 columns", ".csv", (",".join(f"k{i}" for i in range(16_384)) + "\n" + ",".join("4" * 16_384)).encode()
    yield (
        "16,384 columns of one name",
        ".csv",
        (",".join(["Persyaratan"] * 16_384) + "\n" + ",".join("4" * 16_384)).encode(),
    )
    yield "300,000 columns", ".csv", b"," * 300_000 + b"\n" + b"1," * 300_000
    yield "10 million separators", ".csv", b"," * 10_000_000
    yield "10 million lines", ".csv", b"\n" * 10_000_000
    yield "25 million cells", ".csv", (HEADER + "\n").encode() + b"4,4,4,4,4,4,4,4,4\n" * 2_800_000
    yield "an open quote", ".csv", (HEADER + "\n" + ROW + '\n"4,3,4\n' + (ROW + "\n") * 50).encode()
    yield "a field of 2 MB", ".csv", (HEADER + "\n" + '"' + "x" * 2_000_000 + '",3,4,3,4,3,4,3,4').encode()
    yield "rows of every width", ".csv", "\n".join(["1," * i for i in range(800)]).encode()
    yield "only carriage returns", ".csv", (HEADER + "\r" + ROW).encode() * 20
    yield "a mark only", ".csv", b"\xef\xbb\xbf"
    yield "sep= and nothing", ".csv", b"sep=;"
    yield "NUL bytes", ".csv", HEADER.encode() + b"\n" + b"\0" * 1000
    yield "SQL", ".csv", b"INSERT INTO x VALUES (1,'" + b"a" * 100_000
    yield "PDF", ".csv", b"%PDF-1.7" + b"x" * 1000
    yield "HTML", ".csv", b"<html>" + b"<table>" * 10_000
    yield "nothing", ".csv", b""
    yield "one byte", ".csv", b"4"
    for ending in (
        ".xlsx",
        ".xls",
        ".ods",
        ".parquet",
        ".sav",
        ".dta",
        ".txt",
        ".tsv",
        ".zip",
        ".json",
        ".hitungan",
        ".docx",
        "",
    ):
        yield f"a text called {ending or 'nothing'}", ending, f"{HEADER}\n{ROW}\n".encode()
        yield f"noise called {ending or 'nothing'}", ending, random.Random(ending).randbytes(3000)


def encodings() -> Iterator[Attack]:
    text = f"{HEADER},Saran\n{ROW},\u00e9\u4e2d\n{ROW},x\n"
    for name in ("utf-7", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "big5", "shift_jis",
                 "iso2022_jp", "euc_kr", "hz", "cp037", "cp500", "cp1252", "cp850", "koi8-r", "latin-1", "mac_roman", "ascii"):  # fmt: skip
        yield f"in {name}", ".csv", text.encode(name, "replace")
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        yield f"mark {mark!r} and a text", ".csv", mark + text.encode()
        yield f"mark {mark!r} and half a letter", ".csv", mark + b"\xd8"
        yield f"mark {mark!r} twice", ".csv", mark * 2 + text.encode()
        yield f"mark {mark!r} in JSON", ".json", mark + b'{"data": [{"persyaratan": 4}]}'
        yield f"mark {mark!r} in TOML", ".toml", mark + b'kolom = {persyaratan = "U1"}'
    for tail in (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80\x81\x8d\x8f\x90\x9d"):
        yield f"ends in {tail!r}", ".csv", text.encode() + tail


TOMLS = {
    "100,000 dots": "a." * 100_000 + "b = 1",
    "100,000 dots in a header": "[" + "a." * 100_000 + "b]",
    "dots inside a table": "x = {" + "a." * 50_000 + "b = 1}",
    "quoted parts": '"a".' * 50_000 + "b = 1",
    "spaces around dots": "a . " * 50_000 + "b = 1",
    "brackets": "x = " + "[" * 100_000,
    "brackets closed": "x = " + "[" * 500 + "]" * 500,
    "inline tables": "x = " + "{a = " * 50_000,
    "arrays of tables": "[[a]]\n" * 50_000,
    "tables": "\n".join(f"[t{i}]" for i in range(50_000)),
    "one key twice": "a = 1\na = 2",
    "long integer": "a = " + "9" * 10_000,
    "long hexadecimal": "a = 0x" + "f" * 10_000,
    "long float": "a = 0." + "9" * 100_000,
    "huge exponent": "a = 1e999999999",
    "negative exponent": "a = 1e-999999999",
    "nan": "a = nan",
    "inf": "a = inf",
    "bad date": "a = 2026-99-99",
    "bad time": "a = 2026-01-01T99:99:99",
    "open string": 'a = "' + "x" * 100_000,
    "open literal": "a = '" + "x" * 100_000,
    "open long string": 'a = """' + '""' * 50_000,
    "backslashes": 'a = "' + "\\" * 100_001,
    "escaped quotes": 'a = "' + '\\"' * 50_000,
    "bad escape": 'a = "\\q"',
    "surrogate": 'a = "\\ud800"',
    "NUL": "a = \0",
    "only comment": "#" * 100_000,
    "comments": "# x\n" * 50_000,
    "no value": "a =",
    "no key": "= 1",
    "five megabytes": "a = 1 # " + "x" * 5_000_000,
    "5,000 keys": "\n".join(f"k{i} = 'x'" for i in range(5_000)),
    "carriage returns": "a = 1\r\r\r",
    "empty": "",
    "spaces": " " * 100_000,
    "JSON": '{"a": 1}',
}

JSONS = {
    "brackets": "[" * 100_000,
    "objects": '{"a":' * 100_000,
    "brackets closed": "[" * 900 + "]" * 900,
    "objects closed": '{"a":' * 500 + "1" + "}" * 500,
    "long integer": '{"n": ' + "9" * 100_000 + "}",
    "long float": '{"n": 0.' + "9" * 100_000 + "}",
    "huge exponent": '{"n": 1e999999999}',
    "negative exponent": '{"n": 1e-999999999}',
    "NaN": '{"n": NaN}',
    "Infinity": '{"n": -Infinity}',
    "open string": '{"a": "' + "x" * 100_000,
    "escaped quotes": '{"a": "' + '\\"' * 50_000,
    "backslashes": '{"a": "' + "\\" * 100_001,
    "surrogate": '{"data": [{"persyaratan": "\\ud800"}]}',
    "a key twice": '{"data": [], "data": []}',
    "50,000 keys": "{" + ",".join(f'"k{i}": 1' for i in range(50_000)) + "}",
    "strings for lists": '{"data": "abc"}',
    "null": "null",
    "number": "4",
    "true": '{"data": true}',
    "rows of lists": '{"data": [[1,2],[3]]}',
    "rows of rows": '{"data": [{"persyaratan": {"a": {"b": 1}}}]}',
    "mixed": '{"data": [1, "a", null, {}, []]}',
    "counts negative": '{"jumlah": {"persyaratan": [-1, 0, 0, 5]}}',
    "counts huge": '{"jumlah": {"persyaratan": [0, 0, 0, 99999999999999999999999999]}}',
    "counts as text": '{"jumlah": {"persyaratan": ["a", 0, 0, 5]}}',
    "counts beyond 64 bits": '{"jumlah": {"persyaratan": [0, 0, 0, 18446744073709551616]}}',
    "counts as floats": '{"jumlah": {"persyaratan": [0.5, 0, 0, 5]}}',
    "weight huge": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": "1e999999999"}}',
    "weight nan": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": "nan"}}',
    "weight sNaN": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": "sNaN"}}',
    "weights nan": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": {"persyaratan": "nan"}}}',
    "weights a fraction": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": {"persyaratan": "' + "9" * 9000 + "/" + "9" * 9000 + '"}}}',
    "weights by zero": '{"data": [{"persyaratan": 4}], "opsi": {"bobot": {"persyaratan": "1/0"}}}',
    "options a list": '{"data": [{"persyaratan": 4}], "opsi": []}',
    "options a text": '{"data": [{"persyaratan": 4}], "opsi": "x"}',
    "regulation a path": '{"data": [{"persyaratan": 4}], "opsi": {"regulasi": "../../etc/passwd"}}',
    "questionnaire a path": '{"data": [{"persyaratan": 4}], "kuesioner": "/etc/passwd"}',
    "questionnaire a list": '{"data": [{"persyaratan": 4}], "kuesioner": [1]}',
    "population text": '{"data": [{"persyaratan": 4}], "populasi": "banyak"}',
    "population huge": '{"data": [{"persyaratan": 4}], "populasi": 1e300}',
    "blank value a list": '{"data": [{"persyaratan": 4}], "opsi": {"nilai_kosong": [[1]]}}',
    "blank value a map": '{"data": [{"persyaratan": 4}], "opsi": {"nilai_kosong": [{"a": 1}]}}',
    "means": '{"rata_rata": {"persyaratan": "1e400"}, "n": 5}',
    "totals": '{"total": {"persyaratan": 1e308}, "n": 5}',
    "facts": '{"data": [{"persyaratan": 4}], "fakta": {"logo": "/etc/passwd"}}',
    "a level of a million": '{"data": [{"persyaratan": 1000000}]}',
    "answers as lists": '{"data": [{"persyaratan": [4]}]}',
    "answers as booleans": '{"data": [{"persyaratan": true}]}',
    "a long answer": '{"data": [{"persyaratan": "' + "4 " * 50_000 + '"}]}',
    "publication": '{"unsur": {"U1": "' + "9" * 5000 + '"}, "ikm": "94,17"}',
    "publication exponent": '{"unsur": {"U1": 1e999999999}, "ikm": 94.17}',
    "publication deep": '{"unsur": {"U1": [[[[[[1]]]]]]}, "ikm": {"a": []}}',
    "publication n": '{"unsur": {"U1": "3,4"}, "ikm": "85,0", "n": ' + "9" * 60 + "}",
}  # fmt: skip

NUMBERS = (
    "1e999999999", "1e-999999999", "-1e999999999", "9" * 5000, "0." + "9" * 5000, "nan", "NaN", "sNaN", "inf", "-inf", "Infinity",
    "1" + " " * 20_000 + "1", "1_000", "0x10", "1e5", "1E400", "٣", "१२", "４", "1/3", "1/0", "9" * 3000 + "/7", "1,2,3", "1.2.3", "--1", "+-1",
    "1%", "%", "", " ", ".", ",", "e", "1e", "e5", "-", "-0", "1e0", "1" + "0" * 99, "1" + "0" * 101, "\u00bd", "\u2167", "1\u00a0000", "3,4\x00",
)  # fmt: skip
